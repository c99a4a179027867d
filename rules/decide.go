package rules

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Decide tells what to do next about a project. It is a pure function: the same facts
// always give the same plan, and nothing in the facts is changed. When the plan has
// been carried out (see [Effect]) and Decide is asked again, the next stage comes; in
// the end the plan is empty.
func Decide(f Facts) Plan {
	w := weigh(f)
	if w.wants.People { // an answer could show that a Product Owner has taken it back
		w.undo = nil
	}
	if w.wants.People || w.frozenNow() {
		w.resumes = nil
	}
	plan := w.plan()
	slices.Sort(w.wants.Scopes)
	slices.Sort(w.wants.Said)
	w.wants.Scopes, w.wants.Said = slices.Compact(w.wants.Scopes), slices.Compact(w.wants.Said)
	plan.Wants = w.wants
	return plan
}

// weigh judges everything that the facts tell. What is done about it, and what is told of
// it, both rest on this one judgement.
func weigh(f Facts) *work {
	w := newWork(f)
	for _, open := range []bool{true, false} { // what is over may go on once no other one freezes planning any more
		for i := range w.cases {
			if c := &w.cases[i]; w.stillOpen(c.d) == open {
				w.assess(c)
			}
		}
	}
	w.enforce()
	w.planned()
	w.settleSprints()
	w.settleReturned()
	w.unremembered()
	w.permissions()
	w.endFirst()
	return w
}

// work is one decision in the making.
type work struct {
	f       Facts
	cases   []dossier
	wants   Wants
	notices []Reason
	undo    []Action
	labels  []Action
	notes   []Action
	resumes []Action
	scheme  exchange
	// heldNews are the notices on disasters that cannot be read now, told or not.
	heldNews []string
	// misplaced are the issues that stand in a sprint into which the freeze forbids to
	// put them, with that sprint; nil while that is not known.
	misplaced map[string]put
	// again is when something is to be looked at without a hint, zero for no such moment.
	again time.Time
}

// dossier is a disaster with the record that it should have.
type dossier struct {
	d     Disaster
	rec   Record
	state State
	says  []Say
	// fresh are the notices that are news now, told or not.
	fresh []string
	// live is true where andon keeps a record on the issue.
	live bool
	// trouble says what a human must do, beyond what Jira refused.
	trouble []string
	// mustRemember is true where the record has to be written before anything else.
	mustRemember bool
	// untold is true where a disaster stays on the project's list only until a channel has
	// taken the notice on its end.
	untold bool
	// kept is true where the issue cannot be read and the project has its record.
	kept bool
	// held is true where only the last known state is known.
	held bool
	// ownersWait is true where a label waits until it can be told who the owners are.
	ownersWait bool
	// doubt is true where the declaration may have been taken back, so that nothing
	// irrevocable is done on its account.
	doubt bool
}

// anchored says whether Jira holds the record of this very declaration. Before that
// nothing is done that would leave a trace without it.
func (c *dossier) anchored(f Facts) bool {
	r := c.d.Record
	return c.d.RecordState == RecordValid && r.Project == f.Project.ID && r.Round == c.rec.Round
}

// newWork copies what the decision will change.
func newWork(f Facts) *work {
	w := &work{f: f}
	all := slices.Clone(f.Disasters)
	for _, id := range f.Memory.Disasters {
		if !slices.ContainsFunc(all, func(d Disaster) bool { return d.ID == id }) {
			all = append(all, Disaster{ID: id, Unreadable: "it was not read"})
		}
	}
	for _, d := range all {
		kept := keptOf(&d, f)
		c := dossier{kept: kept, d: d, rec: d.Record.clone(), state: State{ID: d.ID, Key: d.Key, Phase: PhaseNone, Settled: true}}
		c.live = d.RecordState == RecordValid && d.Record.Project == f.Project.ID
		c.takeBack(f)
		w.cases = append(w.cases, c)
	}
	slices.SortStableFunc(w.cases, func(a, b dossier) int { return compareIDs(a.d.ID, b.d.ID) })
	return w
}

// compareIDs orders Jira's ids by number.
func compareIDs(a, b string) int {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	switch {
	case errX != nil || errY != nil || x == y:
		return cmpStrings(a, b)
	case x < y:
		return -1
	}
	return 1
}

// cmpStrings orders strings.
func cmpStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// plan collects the first stage that has something to do.
func (w *work) plan() Plan {
	p := Plan{Notices: w.notices}
	for i := range w.cases {
		c := &w.cases[i]
		p.States = append(p.States, c.state)
		p.Frozen = p.Frozen || c.state.Frozen
		p.Watched = p.Watched || !c.state.Settled
	}
	p.Watched = p.Watched || w.scheme.kept.State != SwapNone || w.f.Memory.Swap.State != SwapNone
	if p.Frozen || p.Watched {
		p.Again = w.f.Settings.Resync
	}
	if !w.again.IsZero() && w.again.Sub(w.f.Now) < p.Again {
		p.Again = max(w.again.Sub(w.f.Now), time.Second)
	}
	stages := []struct {
		name    Stage
		actions []Action
	}{
		{StageRemember, append(w.remember(true), w.memory(true)...)},
		{StageStop, w.undo},
		{StageScheme, w.scheme.acts},
		{StageTasks, slices.Concat(w.memory(false), w.tasks())}, // a comment on a label names the tasks
		{StageTasks, w.labels},
		{StageResume, w.resumes},
		{StageTell, w.tell()},
		{StageRecord, w.remember(false)},
		{StageNotify, w.notes},
		{StageTidy, w.scheme.late},
	}
	for _, s := range stages {
		if actions := w.untried(s.actions); len(actions) > 0 {
			p.Stage, p.Actions = s.name, actions
			return p
		}
	}
	return p
}

// untried leaves out what Jira has refused in this pass.
func (w *work) untried(actions []Action) []Action {
	return slices.DeleteFunc(slices.Clone(actions), func(a Action) bool {
		_, failed := w.f.Failed[a.Key()]
		return failed
	})
}

// remember gives the records that have to be written: first only those that something
// irrevocable waits for, in the end all that differ from what Jira holds.
func (w *work) remember(first bool) []Action {
	var out []Action
	for _, c := range w.cases {
		if !c.live || c.kept || first && !c.mustRemember {
			continue
		}
		if !c.d.Unsaved && c.d.RecordState == RecordValid && sameRecord(c.rec, c.d.Record) {
			continue
		}
		why := "what has been done"
		if first {
			why = "what stands before it is undone"
		}
		out = append(out, Remember{Disaster: c.d.ID, Record: c.rec, Why: why})
	}
	return out
}

// sameRecord compares records by what would be written.
func sameRecord(a, b Record) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// memory gives the write of what the project's property should tell, if it differs. A
// disaster comes on it once its record is written, and leaves it once the record says
// that it is over. One that is missing there and cannot be read any more comes on it, too:
// only this process has seen it freeze planning, and nobody else would ever know.
func (w *work) memory(first bool) []Action {
	m := w.f.Memory
	if !m.Writable || m.Unreadable != "" {
		return nil
	}
	if first && !slices.ContainsFunc(w.cases, func(c dossier) bool { return c.kept && c.mustRemember }) {
		return nil
	}
	var open []string
	var kept []Record
	for _, c := range w.cases {
		listed := slices.Contains(m.Disasters, c.d.ID)
		unsaved := c.live && (c.d.RecordState != RecordValid || c.d.Unsaved || c.d.Record.open())
		if listed && c.untold {
			open = append(open, c.d.ID)
		}
		if listed && unsaved || c.state.Frozen && (listed || c.anchored(w.f) || c.d.Unreadable != "" && !c.state.Doubted) {
			open = append(open, c.d.ID)
			kept = append(kept, w.keepFor(c)...)
		}
	}
	kept = append(kept, w.keepOrdered()...)
	told := slices.DeleteFunc(slices.Clone(m.Told), func(ref string) bool { return !w.keepsTold(ref) })
	if slices.Equal(open, m.Disasters) && w.scheme.kept.same(m.Swap) && len(told) == len(m.Told) && !m.Unsaved && sameRecords(kept, m.Kept) {
		return nil
	}
	return []Action{RememberProject{Project: w.f.Project.ID, Disasters: open, Swap: w.scheme.kept, Told: told, Kept: kept}}
}

// notice adds something that people should hear of through the log.
func (w *work) notice(r Reason) { w.notices = append(w.notices, r) }
