package rules

import (
	"fmt"
	"slices"
)

// assess finds the phase of a disaster and what its record should say.
func (w *work) assess(c *dossier) {
	switch {
	case c.d.Unreadable != "":
		w.hold(c, Reason{Code: "issue-unreadable", Text: fmt.Sprintf(
			"the open disaster with id %s cannot be read (%s): it may be deleted, hidden or moved out of reach; planning stays frozen until an operator releases it", c.d.ID, c.d.Unreadable)})
	case c.d.RecordState == RecordNewer:
		w.hold(c, Reason{Code: "record-newer", Text: "andon's record on the issue was written by a later version; nothing is guessed, planning stays frozen"})
	case c.d.RecordState == RecordValid && !c.live:
		w.elsewhere(c)
	case c.live && c.rec.Withdrawn == nil:
		w.goOn(c)
	default:
		w.begin(c)
	}
}

// hold keeps the last known state of a disaster that cannot be understood now.
func (w *work) hold(c *dossier, why Reason) {
	c.live = false
	c.state.Phase, c.state.Frozen, c.state.Settled, c.state.Reason = PhaseUnreadable, true, false, why
	w.notice(why)
}

// elsewhere is an issue whose record belongs to another project: it was moved here,
// and keeps the freeze of the project that it came from.
func (w *work) elsewhere(c *dossier) {
	if c.rec.open() {
		c.state.Reason = Reason{Code: "moved-here", Text: "the disaster was declared in another project and keeps that project's freeze"}
		w.notice(c.state.Reason)
		return
	}
	w.begin(c)
}

// begin judges an issue on which no declaration is open.
func (w *work) begin(c *dossier) {
	j := Judge(w.f, c.d)
	c.state.Reason = j.Reason
	if w.traces(c.d) {
		w.rebuild(c, j)
		return
	}
	switch j.Verdict {
	case Declared:
		w.declare(c, j)
	case Undecided:
		w.wants.People = w.wants.People || !w.f.People.Read
		c.state.Settled = false
		w.notice(j.Reason)
	case Proposed:
		c.state.Phase = PhaseProposed
		c.state.Settled = false
		w.sayOnce(c, w.proposal(c.d, j))
	case Rehearsal:
		c.state.Phase = PhaseRehearsal
		w.sayOnce(c, w.rehearse(c.d, j))
	case History:
		w.notice(j.Reason)
		w.ending(c)
	case NoDisaster:
		w.ending(c)
	}
}

// ending shows a story that is over.
func (w *work) ending(c *dossier) {
	if c.live && c.rec.Withdrawn != nil {
		c.state.Phase = PhaseWithdrawn
		c.state.Reason = Reason{Code: "withdrawn", Text: fmt.Sprintf("%s, Product Owner, took the declaration back", nameOf(c.rec.Withdrawn.By)),
			Evidence: []Evidence{{Who: c.rec.Withdrawn.By, When: c.rec.Withdrawn.At, What: "took off the last disaster label"}}}
	}
}

// traces says whether andon has acted on an issue whose record is gone: its own tasks
// hang on it, or the project remembers it as an open disaster.
func (w *work) traces(d Disaster) bool {
	if d.RecordState == RecordValid {
		return false
	}
	return len(d.Tasks) > 0 || slices.Contains(w.f.Memory.Disasters, d.ID)
}

// declare opens the record of a newly declared disaster.
func (w *work) declare(c *dossier, j Judgement) {
	round := 1
	said := []string(nil)
	comment := ""
	if c.live {
		round, said, comment = c.rec.Round+1, c.rec.Said, c.rec.Comment
	}
	c.rec = Record{
		Version: RecordVersion, Issue: c.d.ID, Project: w.f.Project.ID, Round: round,
		Declared: Declaration{By: j.By.By, Label: j.By.Label, At: j.By.At, Change: j.By.Change, Judged: w.f.Now, Source: w.f.People.Source},
		Baseline: w.baseline(1), Said: said, Comment: comment,
	}
	for _, s := range w.f.Sprints {
		if scope := ScopeOf(w.f, s); s.State == SprintActive && !scope.In {
			c.rec.Left = append(c.rec.Left, LeftAlone{ID: s.ID, Name: s.Name, Why: scope.Reason.Text})
		}
	}
	c.live, c.mustRemember, c.fresh = true, true, true
	w.goOn(c)
}

// baseline is what stands now.
func (w *work) baseline(number int) Baseline {
	return Baseline{Number: number, Since: w.f.Now, Sprint: highestSprint(w.f), Boards: boardsInScope(w.f)}
}

// rebuild makes a lost or forged record anew from what Jira still shows. Nobody can
// prove any more what stood at the declaration, so the sprints of now are spared.
func (w *work) rebuild(c *dossier, j Judgement) {
	by := j.By
	if by.At.IsZero() {
		by = Attribution{Label: w.f.Settings.Labels.Disaster, At: w.f.Now}
	}
	c.rec = Record{
		Version: RecordVersion, Issue: c.d.ID, Project: w.f.Project.ID, Round: 1, Rebuilt: w.f.Now,
		Declared: Declaration{By: by.By, Label: by.Label, At: by.At, Change: by.Change, Judged: w.f.Now, Source: "rebuilt"},
		Baseline: w.baseline(1),
	}
	for _, t := range c.d.Tasks {
		c.rec.Round = max(c.rec.Round, t.Round)
	}
	for _, s := range w.f.Sprints {
		if s.State == SprintActive {
			c.rec.Baseline.Spared = append(c.rec.Baseline.Spared, s.ID)
		}
	}
	c.live, c.mustRemember, c.fresh = true, true, true
	w.notice(Reason{Code: "record-rebuilt", Text: fmt.Sprintf("andon's record on %s was missing or changed by somebody else; it was made anew, and sprints that run now are left alone", c.d.Key)})
	w.goOn(c)
}

// goOn follows a declared disaster: who took the label off, which kinds were set, how
// the root cause stands.
func (w *work) goOn(c *dossier) {
	c.state.Settled = false
	c.state.Cause = closure(w.f, c.d, c.rec.Round)
	c.rec.Tasks = taskIDs(c.d, c.rec.Round)
	if c.rec.Released != nil && w.released(c) {
		return
	}
	if w.withdrawn(c) {
		return
	}
	w.kinds(c)
	c.state.Phase, c.state.Frozen = PhaseRecovering, true
	c.state.Reason = Reason{Code: "declared", Text: fmt.Sprintf("%s declared the disaster with the label %s", nameOf(c.rec.Declared.By), c.rec.Declared.Label),
		Evidence: []Evidence{{Who: c.rec.Declared.By, When: c.rec.Declared.At, What: "added the label " + c.rec.Declared.Label, Change: c.rec.Declared.Change}}}
	switch c.state.Cause.State {
	case CauseClosed:
		w.release(c)
	case CauseRefused:
		w.say(c, w.refusedCause(*c))
	case CauseMissing, CauseOpen:
	}
}

// taskIDs are the ids of the tasks that exist, by playbook entry; the lowest id counts
// where there are two.
func taskIDs(d Disaster, round int) map[string]string {
	out := map[string]string{}
	for _, t := range d.Tasks {
		if t.Round != round || !belongs(d, t) {
			continue
		}
		if old, twice := out[t.Entry]; !twice || compareIDs(t.ID, old) < 0 {
			out[t.Entry] = t.ID
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// kinds notes the kinds that a Product Owner has set. They only grow.
func (w *work) kinds(c *dossier) {
	for _, label := range w.f.Settings.Labels.Declaring() {
		kind := w.f.Settings.Labels.Kind(label)
		if kind == "" || slices.Contains(c.rec.Kinds, kind) || !contains(c.d.Labels, label) {
			continue
		}
		at, ok := Attribute(c.d, label)
		switch {
		case !ok || at.By.ID == w.f.Self.ID:
		case !w.f.People.Read:
			w.wants.People = true
		case w.f.People.Unreadable != "":
			w.notice(Reason{Code: "owners-unreadable", Text: "it cannot be read who the Product Owners are (" + w.f.People.Unreadable + "); the kind " + string(kind) + " waits"})
		case w.f.mayDecide(at.By):
			c.rec.Kinds = append(c.rec.Kinds, kind)
			slices.SortFunc(c.rec.Kinds, func(a, b Kind) int { return slices.Index(Kinds(), a) - slices.Index(Kinds(), b) })
		default:
			w.say(c, w.kindProposed(c.d, at))
		}
	}
}

// withdrawn looks at a declared disaster without a disaster label: a Product Owner
// took the declaration back, or somebody else's removal is undone.
func (w *work) withdrawn(c *dossier) bool {
	declaring := w.f.Settings.Labels.Declaring()
	if slices.ContainsFunc(declaring, func(l string) bool { return contains(c.d.Labels, l) }) {
		return false
	}
	change, _, known := emptied(c.d, declaring)
	switch {
	case known && !w.f.People.Read:
		w.wants.People = true
	case known && w.f.People.Unreadable != "":
		w.notice(Reason{Code: "owners-unreadable", Text: "the disaster label was taken off, and it cannot be read who the Product Owners are (" + w.f.People.Unreadable + "); planning stays frozen"})
	case known && w.f.mayDecide(change.By) && !change.At.Before(c.rec.Declared.At):
		c.rec.Withdrawn = &Ending{At: change.At, By: change.By}
		w.ending(c)
		w.say(c, w.withdrawal(*c))
		c.state.Settled = true
		return true
	default:
		back := slices.DeleteFunc(slices.Clone(declaring), func(l string) bool { return !contains(change.Removed, l) })
		if len(back) == 0 {
			back = []string{c.rec.Declared.Label}
		}
		w.explain(c, w.putBack(c.d, change, back),
			EditLabels{Disaster: c.d.ID, Add: back, Why: "only a Product Owner withdraws a declared disaster"})
	}
	return false
}

// explain has a comment written before labels are changed: once they are changed,
// nothing tells any more that they were different. Where Jira refuses the comment for
// good, the labels are changed all the same.
func (w *work) explain(c *dossier, s Say, edit EditLabels) {
	if !slices.Contains(c.rec.Said, s.Ref) && !w.f.Failed[s.Key()].Final {
		w.labels = append(w.labels, s)
		return
	}
	w.labels = append(w.labels, edit)
}

// release ends the freeze of this disaster: the root cause is closed.
func (w *work) release(c *dossier) {
	c.rec.Released = &Ending{At: w.f.Now}
	w.resolved(c)
	w.say(c, w.releaseNote(*c))
}

// resolved shows a disaster whose root cause is closed.
func (w *work) resolved(c *dossier) {
	c.state.Phase, c.state.Frozen, c.state.Reason = PhaseResolved, false, c.state.Cause.Reason
}

// released looks after a disaster whose freeze has ended. Until a new sprint has been
// started, a root-cause task that is opened again brings the freeze back. It says
// whether the disaster is still released.
func (w *work) released(c *dossier) bool {
	if c.rec.Resumed.IsZero() && w.running(c) {
		c.rec.Resumed = w.f.Now
	}
	reopened := c.state.Cause.State == CauseOpen || c.state.Cause.State == CauseRefused
	if reopened && c.rec.Resumed.IsZero() {
		c.rec.Released = nil
		c.rec.Baseline = w.baseline(c.rec.Baseline.Number + 1)
		c.mustRemember, c.fresh = true, true
		w.say(c, w.relapse(*c))
		return false
	}
	if j := Judge(w.f, c.d); j.Verdict == Declared {
		w.declare(c, j)
		return true
	} else if j.Verdict == Undecided {
		w.wants.People = w.wants.People || !w.f.People.Read
	}
	w.resolved(c)
	if reopened {
		w.notice(Reason{Code: "reopened-after-resumption", Text: "the root-cause task was opened again after a new sprint had been started; planning stays free"})
	}
	c.state.Settled = !c.rec.Resumed.IsZero()
	return true
}

// running says whether a sprint in scope runs that the freeze had not to undo.
func (w *work) running(c *dossier) bool {
	return slices.ContainsFunc(w.f.Sprints, func(s Sprint) bool {
		old, remembered := c.rec.sprint(s.ID)
		return s.State == SprintActive && ScopeOf(w.f, s).In &&
			!slices.Contains(c.rec.Baseline.Spared, s.ID) && (!remembered || !old.Undone.IsZero())
	})
}
