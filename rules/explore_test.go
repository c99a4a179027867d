package rules

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// exploreDepth is how many acts follow one another after each beginning. One more takes
// ten times as long: ANDON_TEST_EXPLORE sets another depth.
const exploreDepth = 2

// explorer is one state: the model, and what the field's words say of it.
type explorer struct {
	w    *world
	tale tale
	path []string
}

// copied is a state that shares nothing that an act changes.
func (e explorer) copied() explorer {
	w := *e.w
	w.seen, w.memory, w.done, w.logged = maps.Clone(e.w.seen), slices.Clone(e.w.memory), nil, nil
	w.sprints, w.issues, w.schemes = nil, map[string]*wissue{}, e.w.schemes.copied()
	for _, s := range e.w.sprints {
		c := *s
		w.sprints = append(w.sprints, &c)
	}
	for id, i := range e.w.issues {
		c := *i
		c.bodies, c.comments, c.told = map[string]string{}, slices.Clone(i.comments), nil
		w.issues[id] = &c
	}
	return explorer{w: &w, tale: e.tale.copied(), path: slices.Clone(e.path)}
}

// exploreAct is something that somebody does.
type exploreAct struct {
	name string
	do   func(e *explorer)
}

// exploreActs are all acts.
func exploreActs() []exploreAct {
	var acts []exploreAct
	for _, label := range []string{"disaster", "disaster-data", "disaster-security", "disaster-rehearsal", "system-maintenance", "system-offline", "system-restored", "sprint-resume"} {
		for _, who := range []Person{po, dev} {
			acts = append(acts,
				exploreAct{who.ID + " adds " + label, func(e *explorer) { e.w.add(who, "100", label); e.tale.adds(who.ID, label, e.w.now) }},
				exploreAct{who.ID + " takes " + label, func(e *explorer) { e.w.take(who, "100", label); e.tale.takes(who.ID, label, e.w.now) }})
		}
	}
	rc := func(does, state string, do func(w *world)) exploreAct {
		return exploreAct{"the team " + does + " root-cause", func(e *explorer) {
			if rec, _ := e.w.recordOf("100"); e.w.task("100", "root-cause") != nil && e.w.task("100", "root-cause").mark.Round == rec.Round {
				do(e.w)
				e.tale.root = state
			}
		}}
	}
	return append(acts,
		rc("closes", "closed", func(w *world) { w.closeTask("100", "root-cause", "Done") }),
		rc("gives up on", "refused", func(w *world) { w.closeTask("100", "root-cause", "Won't Do") }),
		rc("opens", "open", func(w *world) { w.reopenTask("100", "root-cause") }),
		rc("deletes", "", func(w *world) { w.deleteTask("100", "root-cause") }),
		exploreAct{"the team closes the gate", exploreGate},
		exploreAct{"the team opens verify", func(e *explorer) {
			if e.w.task("100", "verify") != nil {
				e.w.reopenTask("100", "verify")
			}
		}},
		exploreAct{"the team closes inform as not needed", func(e *explorer) { e.w.closeTask("100", "inform", "Won't Do") }},
		exploreAct{"the team deletes dns", func(e *explorer) { e.w.deleteTask("100", "dns") }},
		exploreAct{"the team starts a sprint", exploreStart},
		exploreAct{"the team creates a sprint", func(e *explorer) {
			e.w.tick(time.Second)
			id := int64(100 + len(e.w.sprints))
			for e.w.find(id) != nil {
				id++
			}
			e.w.sprint(id, "new", SprintFuture, 1, "105")
		}})
}

// exploreGate closes every task that the return to service waits for.
func exploreGate(e *explorer) {
	for _, entry := range e.w.settings.Playbook.Entries {
		if entry.Gate == ReturnToService {
			e.w.closeTask("100", entry.ID, "Done")
		}
	}
}

// exploreStart starts the first sprint that waits.
func exploreStart(e *explorer) {
	for _, s := range e.w.sprints {
		if s.State == SprintFuture && s.Board == 1 {
			s.State = SprintActive
			return
		}
	}
}

// step is one act, then andon looks, then everything is checked.
func (e explorer) step(t tb, act exploreAct) explorer {
	t.Helper()
	next := e.copied()
	next.path = append(next.path, act.name)
	act.do(&next)
	running := slices.ContainsFunc(next.w.sprints, func(s *wsprint) bool { return s.Board == 1 && s.State == SprintActive })
	next.tale.settle(next.w, running)
	next.check(t)
	return next
}

// check looks, and holds the state against the tale and the invariants of the field.
func (e *explorer) check(t tb) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("after %s: "+format, append([]any{strings.Join(e.path, ", ")}, args...)...)
	}
	before := e.w.task("100", "root-cause")
	p := e.w.look(t)
	for _, a := range p.acts {
		switch a.(type) {
		case CancelSprint, DeleteSprint:
			if !e.tale.open {
				fail("%s, and no Product Owner's disaster is open", a.Line())
			}
		case CreateTasks:
			if !e.tale.open {
				fail("%s, and no disaster is open", a.Line())
			}
		case CreateSprint, FillSprint:
			if at, on := Attribute(e.w.disaster("100"), "sprint-resume"); e.tale.open || !on || at.By.ID != po.ID {
				fail("%s, in a freeze or without the Product Owner's wish", a.Line())
			}
		}
	}
	if p.plan.Frozen != e.tale.open {
		fail("frozen is %v, want %v (root cause task %+v)", p.plan.Frozen, e.tale.open, before)
	}
	if got, want := explorePhase(p.plan), e.tale.phase(); got != want {
		fail("the phase is %q, want %q", got, want)
	}
	e.checkLabels(fail)
	e.checkTasks(fail)
	e.checkSprints(fail)
	if again := e.w.look(t); len(again.acts) > 0 {
		fail("a second look still does %v", again.lines)
	}
}

// explorePhase is the phase of the one disaster there is.
func explorePhase(p Plan) Phase {
	for _, s := range p.States {
		if s.ID == "100" {
			return s.Phase
		}
	}
	return PhaseNone
}

// checkLabels: while a declaration is followed, only a Product Owner's decisions are
// left on the issue, one system mode at most, and what is on is in force.
func (e *explorer) checkLabels(fail func(string, ...any)) {
	if !e.tale.open && !e.tale.released {
		return
	}
	rec, _ := e.w.recordOf("100")
	modes := 0
	for _, l := range e.w.issues["100"].Labels {
		if strings.HasPrefix(l, "system-") && l != "system-restored" {
			modes++
		}
	}
	on := slices.Contains(e.w.issues["100"].Labels, "system-restored")
	switch {
	case modes > 1:
		fail("%d system modes are on the issue: %v", modes, e.w.issues["100"].Labels)
	case e.tale.mode() != exploreMode(e.w):
		fail("the mode on the issue is %q, want %q", exploreMode(e.w), e.tale.mode())
	case on != (rec.Restored != nil):
		fail("system-restored is on the issue: %v; the record says %v", on, rec.Restored)
	case on != e.tale.restored:
		fail("the return to service is in force: %v, want %v", on, e.tale.restored)
	}
}

// exploreMode is the mode that the issue shows.
func exploreMode(w *world) string {
	for _, l := range w.issues["100"].Labels {
		if l == "system-maintenance" || l == "system-offline" {
			return l
		}
	}
	return ""
}

// checkTasks: in a freeze there is exactly one task for every entry of the playbook.
func (e *explorer) checkTasks(fail func(string, ...any)) {
	rec, _ := e.w.recordOf("100")
	count := map[string]int{}
	for _, i := range e.w.issues {
		if i.mark != nil && i.mark.Round == rec.Round {
			count[i.mark.Entry]++
		}
	}
	for entry, n := range count {
		if n > 1 {
			fail("there are %d tasks for %s", n, entry)
		}
	}
	if !e.tale.open {
		return
	}
	for _, entry := range e.w.settings.Playbook.For(rec.Kinds) {
		if count[entry.ID] != 1 {
			fail("there are %d tasks for %s in a freeze", count[entry.ID], entry.ID)
		}
	}
	if _, on := e.tale.on["disaster-data"]; on && e.tale.on["disaster-data"].by == po.ID && count["salvage"] != 1 {
		fail("the Product Owner set the kind data, and there is no task for it")
	}
}

// checkSprints: nothing of the project runs in a freeze, and what others run goes on.
func (e *explorer) checkSprints(fail func(string, ...any)) {
	for _, s := range e.w.sprints {
		switch {
		case s.Board != 1 && s.State != SprintActive:
			fail("sprint %d of somebody else is %s", s.ID, s.State)
		case s.Board == 1 && s.State == SprintActive && e.tale.open:
			fail("sprint %d runs in a freeze", s.ID)
		}
	}
	if e.w.find(11) == nil {
		fail("a sprint that was there before the freeze is gone")
	}
}

// key is the state without its times, its ids and its past, so that two ways to the
// same state are gone on from only once.
func (e *explorer) key() string {
	rec, state := e.w.recordOf("100")
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%d|%v|%v|%v|%v|%v|%v|", e.tale.key(), state, rec.Withdrawn != nil, rec.Released != nil, !rec.Resumed.IsZero(), rec.MustRestore, rec.Restored != nil, rec.Kinds)
	d := e.w.disaster("100")
	labels := slices.Sorted(slices.Values(d.Labels))
	for _, l := range labels {
		at, ok := Attribute(d, l)
		fmt.Fprintf(&b, "%s by %s %v,", l, at.By.ID, ok)
	}
	for _, entry := range []string{"root-cause", "dns", "verify", "salvage"} {
		if i := e.w.task("100", entry); i != nil {
			fmt.Fprintf(&b, "%s %s %s %v,", entry, i.Status.Category, i.resolved, i.mark.Round == rec.Round)
		}
	}
	states := map[SprintState]int{}
	for _, s := range e.w.sprints {
		states[s.State]++
	}
	fmt.Fprintf(&b, "%d active, %d future", states[SprintActive], min(states[SprintFuture], 2))
	return b.String()
}

// exploreBeginnings are the acts that lead to where the exploration begins.
func exploreBeginnings() map[string][]string {
	restored := []string{"po adds disaster", "the team closes the gate", "po adds system-restored"}
	return map[string][]string{
		"from nothing":           nil,
		"from a proposal":        {"dev adds disaster"},
		"from a declaration":     {"po adds disaster"},
		"from a return":          restored,
		"from a release":         append(slices.Clone(restored), "the team closes root-cause"),
		"from a relapse":         append(slices.Clone(restored), "the team closes root-cause", "po takes system-restored"),
		"from a new sprint":      append(slices.Clone(restored), "the team closes root-cause", "the team starts a sprint"),
		"from an open release":   {"po adds disaster", "the team closes root-cause"},
		"from a withdrawal":      {"po adds disaster", "po takes disaster"},
		"from an early decision": {"po adds system-restored", "dev adds system-offline", "po adds disaster"},
	}
}

func TestEveryInterleavingOfActsKeepsTheFieldsWord(t *testing.T) {
	depth := exploreDepth
	if n, err := strconv.Atoi(os.Getenv("ANDON_TEST_EXPLORE")); err == nil {
		depth = n
	}
	acts := exploreActs()
	byName := map[string]exploreAct{}
	for _, a := range acts {
		byName[a.name] = a
	}
	seen, steps := map[string]bool{}, 0
	var layer []explorer
	for _, name := range slices.Sorted(maps.Keys(exploreBeginnings())) {
		e := explorer{w: newWorld(), tale: newTale()}
		for _, act := range exploreBeginnings()[name] {
			if byName[act].do == nil {
				t.Fatalf("%s: nobody knows the act %q", name, act)
			}
			e = e.step(t, byName[act])
		}
		if !seen[e.key()] {
			seen[e.key()] = true
			layer = append(layer, e)
		}
	}
	for range depth {
		var next []explorer
		for _, e := range layer {
			for _, act := range acts {
				n := e.step(t, act)
				steps++
				if k := n.key(); !seen[k] {
					seen[k] = true
					next = append(next, n)
				}
			}
		}
		layer = next
	}
	t.Logf("depth %d: %d acts led to %d states", depth, steps, len(seen))
	if len(seen) < 100*depth {
		t.Errorf("only %d states were seen: the exploration has become blind", len(seen))
	}
}
