package rules

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// adversary acts on the model as wildly as it likes between two looks.
type adversary struct {
	w      *world
	sprint int64
}

// adversaryActs are the acts, by name.
func (a *adversary) acts() map[string]func(*rapid.T) {
	acts := map[string]func(*rapid.T){
		"add a label":         a.addLabel,
		"take a label":        a.takeLabel,
		"swap labels":         a.swapLabels,
		"close a task":        a.closeTask,
		"close the gate":      a.closeGate,
		"reopen a task":       func(t *rapid.T) { a.w.reopenTask(a.issue(t), a.entry(t)) },
		"delete a task":       func(t *rapid.T) { a.w.deleteTask(a.issue(t), a.entry(t)) },
		"double a task":       a.doubleTask,
		"create a sprint":     a.createSprint,
		"start a sprint":      func(t *rapid.T) { a.setState(t, SprintFuture, SprintActive) },
		"complete a sprint":   func(t *rapid.T) { a.setState(t, SprintActive, SprintClosed) },
		"open a sprint again": func(t *rapid.T) { a.setState(t, SprintClosed, SprintActive) },
		"put into a sprint":   a.putIntoSprint,
		"plan an issue":       a.plan,
		"lose a record":       func(t *rapid.T) { i := a.w.issues[a.issue(t)]; i.record, i.state = nil, RecordAbsent },
		"damage a record":     func(t *rapid.T) { a.w.issues[a.issue(t)].state = a.recordState(t) },
		"forget the memory":   func(t *rapid.T) { a.w.memory, a.w.schemes.swap = nil, Swap{} },
		"restart":             func(t *rapid.T) { a.w.seen = map[string]bool{} },
		"order by hand": func(t *rapid.T) {
			a.w.order(a.issue(t), rapid.IntRange(0, 2).Draw(t, "round"))
		},
		"hide or show":         func(t *rapid.T) { i := a.w.issues[a.issue(t)]; i.hidden = !i.hidden },
		"move":                 a.move,
		"change owners":        a.changeOwners,
		"refuse":               a.refuse,
		"forbid the memory":    func(t *rapid.T) { a.w.writable = rapid.Bool().Draw(t, "writable") },
		"hide a board":         func(t *rapid.T) { a.w.boards[0].Unreadable = rapid.Bool().Draw(t, "unreadable") },
		"change the settings":  a.changeSettings,
		"let time pass":        a.wait,
		"look":                 func(t *rapid.T) { a.w.look(t) },
		"look again and again": func(t *rapid.T) { a.w.look(t); a.w.look(t) },
		"die in the middle":    func(t *rapid.T) { a.w.lookUntil(t, rapid.IntRange(0, 6).Draw(t, "acts")) },
	}
	maps.Copy(acts, a.schemeActs())
	return acts
}

func (a *adversary) issue(t *rapid.T) string {
	return rapid.SampledFrom([]string{"100", "200"}).Draw(t, "issue")
}

func (a *adversary) who(t *rapid.T) Person {
	return rapid.SampledFrom([]Person{po, dev, sm, robot, andon}).Draw(t, "who")
}

func (a *adversary) name(t *rapid.T) string {
	return rapid.SampledFrom([]string{"disaster", "disaster", "disaster-data", "disaster-security", "disaster-rehearsal",
		"system-offline", "system-maintenance", "system-restored", "sprint-resume", "other"}).Draw(t, "label")
}

func (a *adversary) entry(t *rapid.T) string {
	return rapid.SampledFrom([]string{"root-cause", "root-cause", "inform", "salvage", "verify"}).Draw(t, "entry")
}

func (a *adversary) recordState(t *rapid.T) RecordState {
	return rapid.SampledFrom([]RecordState{RecordDamaged, RecordVoid, RecordNewer}).Draw(t, "state")
}

func (a *adversary) addLabel(t *rapid.T)  { a.w.add(a.who(t), a.issue(t), a.name(t)) }
func (a *adversary) takeLabel(t *rapid.T) { a.w.take(a.who(t), a.issue(t), a.name(t)) }

func (a *adversary) swapLabels(t *rapid.T) {
	a.w.tick(time.Second)
	a.w.label(a.who(t), a.issue(t), []string{a.name(t)}, []string{a.name(t)})
}

func (a *adversary) closeTask(t *rapid.T) {
	a.w.closeTask(a.issue(t), a.entry(t), rapid.SampledFrom([]string{"Done", "", "Won't Do"}).Draw(t, "resolution"))
}

// closeGate closes every task that the return to service waits for.
func (a *adversary) closeGate(t *rapid.T) {
	id := a.issue(t)
	for _, e := range a.w.settings.Playbook.Entries {
		if e.Gate == ReturnToService {
			a.w.closeTask(id, e.ID, "Done")
		}
	}
}

func (a *adversary) changeSettings(t *rapid.T) {
	s := &a.w.settings
	s.RecoverySLA = rapid.SampledFrom([]time.Duration{0, time.Hour}).Draw(t, "recovery time")
	s.OwnersAccept = rapid.Bool().Draw(t, "owners accept")
	s.EvidenceNeeded = rapid.Bool().Draw(t, "evidence")
	s.RestoredNeeded = rapid.Bool().Draw(t, "restored needed")
	s.Channels = rapid.SampledFrom([][]string{nil, {"chat"}, {"chat", "mail"}}).Draw(t, "channels")
}

// doubleTask is a task that another worker created at the same time.
func (a *adversary) doubleTask(t *rapid.T) {
	if old := a.w.task(a.issue(t), a.entry(t)); old != nil {
		id := a.w.id()
		twin := a.w.issue(id, andon)
		mark := *old.mark
		twin.mark, twin.ProjectID = &mark, old.ProjectID
	}
}

func (a *adversary) createSprint(t *rapid.T) {
	a.sprint++
	board := rapid.SampledFrom([]int64{1, 1, 2, 3}).Draw(t, "board")
	a.w.sprint(100+a.sprint, fmt.Sprintf("new %d", a.sprint), SprintFuture, board, "105")
}

func (a *adversary) setState(t *rapid.T, from, to SprintState) {
	var fit []*wsprint
	for _, s := range a.w.sprints {
		if s.State == from {
			fit = append(fit, s)
		}
	}
	if len(fit) > 0 {
		rapid.SampledFrom(fit).Draw(t, "sprint").State = to
	}
}

func (a *adversary) putIntoSprint(t *rapid.T) {
	s := rapid.SampledFrom(a.w.sprints).Draw(t, "sprint")
	id := rapid.SampledFrom([]string{"100", "200", "106", "107"}).Draw(t, "into")
	if s.State != SprintClosed && !slices.Contains(s.issues, id) {
		s.issues = append(slices.Clone(s.issues), id)
	}
}

// plan moves issues as people do, with a trace in Jira's history.
func (a *adversary) plan(t *rapid.T) {
	to := rapid.SampledFrom([]int64{0, 11, 11, 12, 13, 101, 102}).Draw(t, "to")
	if s := a.w.find(to); to != 0 && (s == nil || s.State == SprintClosed) {
		return
	}
	a.w.put(a.who(t), to, rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"100", "101", "103", "105", "106", "107"}), 1, 3, rapid.ID[string]).Draw(t, "planned")...)
}

func (a *adversary) move(t *rapid.T) {
	i := a.w.issues[a.issue(t)]
	i.Moved = a.w.now
	if i.ProjectID == a.w.project.ID {
		i.ProjectID = "20000"
	} else {
		i.ProjectID = a.w.project.ID
	}
	for _, task := range a.w.issues {
		if task.mark != nil && task.mark.ParentID == i.ID && !task.mark.Linked {
			task.ProjectID = i.ProjectID
		}
	}
}

func (a *adversary) changeOwners(t *rapid.T) {
	a.w.owners = rapid.SampledFrom([][]Person{{po}, {sm}, {po, sm}, {po, robot, andon}}).Draw(t, "owners")
	a.w.unreadable = rapid.SampledFrom([]string{"", "", "Jira answers 404"}).Draw(t, "unreadable")
}

func (a *adversary) refuse(t *rapid.T) {
	what := rapid.SampledFrom([]string{"remember/", "cancel-sprint/", "delete-sprint/", "create-tasks/", "status/", "say/", "labels/", "put-back/", "remember-project/", "notify/"}).Draw(t, "what")
	if rapid.Bool().Draw(t, "allow again") {
		a.w.refuse = map[string]Failure{}
		return
	}
	a.w.refuse[what] = Failure{Text: "no", Final: rapid.Bool().Draw(t, "final")}
}

func (a *adversary) wait(t *rapid.T) {
	a.w.tick(rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour, 25 * time.Hour}).Draw(t, "wait"))
}

// calm lets every fault end.
func (a *adversary) calm() {
	a.w.refuse, a.w.unreadable, a.w.boards[0].Unreadable, a.w.schemes.unreadable = map[string]Failure{}, "", false, ""
}

func TestWhateverAnAdversaryDoesNothingIsUndoneWrongly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &adversary{w: newWorld()}
		a.w.issue("200", po)
		a.w.sprint(13, "mine", SprintActive, 3, "300")
		t.Repeat(a.acts())
		a.calm()
		a.w.look(t)
		settled(t, a.w)
	})
}

// settled checks what must hold once all faults have ended and andon has looked.
func settled(t tb, w *world) {
	t.Helper()
	p := w.look(t)
	for _, l := range p.lines {
		t.Errorf("a second look still has something to do: %s", l)
	}
	schemesSettled(t, w, p.plan)
	if !p.plan.Frozen {
		return
	}
	var open []Record
	for _, s := range p.plan.States {
		if rec, state := w.recordOf(s.ID); s.Frozen && s.Phase != PhaseUnreadable && state == RecordValid {
			open = append(open, rec)
		}
	}
	for _, s := range w.sprints {
		if s.Board != 1 || s.State == SprintClosed {
			continue
		}
		for _, r := range open {
			spared := slices.Contains(r.Baseline.Spared, s.ID)
			if s.State == SprintActive && !spared && !undecidable(w, r.Issue) {
				t.Errorf("planning is frozen by %s, and sprint %d runs", r.Issue, s.ID)
			}
			if s.State == SprintFuture && s.ID > r.Baseline.Sprint && s.Created.After(r.Baseline.Since) && !undecidable(w, r.Issue) {
				t.Errorf("planning is frozen by %s, and sprint %d was created since", r.Issue, s.ID)
			}
		}
	}
}

// undecidable says whether the labels of an issue and their history contradict.
func undecidable(*world, string) bool { return false }
