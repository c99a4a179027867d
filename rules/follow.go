package rules

import (
	"fmt"
	"slices"
)

// goOn follows a declared disaster: who took the label off, which kinds were set, how
// the root cause stands.
func (w *work) goOn(c *dossier) {
	c.state.Settled = false
	c.state.Cause = closure(w.f, c.d, c.rec.Round)
	c.rec.Tasks = taskIDs(w.f, c.d, c.rec.Round)
	w.accept(c)
	if w.obey(c) || c.rec.Released != nil && w.released(c) {
		w.tellStory(c)
		return
	}
	if w.withdrawn(c) {
		return
	}
	w.kinds(c)
	w.decide(c)
	c.state.Phase, c.state.Frozen = PhaseRecovering, true
	if c.rec.Restored != nil {
		c.state.Phase = PhaseInvestigating
	}
	c.state.Reason = Reason{Code: "declared", Text: fmt.Sprintf("%s declared the disaster with the label %s", nameOf(c.rec.Declared.By), c.rec.Declared.Label),
		Evidence: []Evidence{{Who: c.rec.Declared.By, When: c.rec.Declared.At, What: "added the label " + c.rec.Declared.Label, Change: c.rec.Declared.Change}}}
	if c.rec.Baseline.Number > 1 {
		w.say(c, w.relapse(*c))
	}
	if c.rec.Round > 1 && slices.ContainsFunc(c.rec.Said, func(ref string) bool {
		return ref == makeRef("withdrawn", c.d.ID, itoa(c.rec.Round-1)) || ref == makeRef("released", c.d.ID, itoa(c.rec.Round-1), "1") || ref == makeRef("operator", c.d.ID, itoa(c.rec.Round-1))
	}) {
		w.say(c, w.declaredAgain(*c))
	}
	w.declaredProposals(c)
	w.watchClock(c)
	w.sayWish(c)
	w.byCause(c)
	w.tellStory(c)
}

// byCause does what the state of the root-cause task asks for.
func (w *work) byCause(c *dossier) {
	switch c.state.Cause.State {
	case CauseClosed:
		if c.rec.Restored == nil && (w.f.Settings.RestoredNeeded || c.rec.MustRestore) {
			c.state.Cause.Reason = Reason{Code: "waits-for-restored", Text: c.state.Cause.Reason.Text + ", and planning waits for the return to service"}
			return
		}
		c.rec.Released, c.rec.MustRestore = &Ending{At: w.f.Now, Change: lastChange(c.d)}, false
		w.resolved(c)
		w.say(c, w.releaseNote(*c))
	case CauseRefused:
		w.say(c, w.refusedCause(*c))
		w.watchAge(c)
	case CauseOpen:
		if c.d.Status.Category == CategoryDone {
			w.say(c, w.issueClosed(*c))
		}
		w.watchAge(c)
	case CauseMissing:
		w.watchAge(c)
	}
}

// accept asks of a closed root-cause task what the operator's options demand. What has
// led to a release is not judged again.
func (w *work) accept(c *dossier) {
	cause := &c.state.Cause
	refuse := func(code, text string) {
		cause.State, cause.Reason = CauseRefused, Reason{Code: code, Text: fmt.Sprintf(text, cause.Task.Key)}
	}
	switch {
	case cause.State != CauseClosed || c.rec.Released != nil:
	case w.f.Settings.OwnersAccept && w.ownersUnknown(c, "the closing of the root-cause task waits"):
		cause.State, cause.Reason = CauseOpen, Reason{Code: ownersUnreadable, Text: "it is not known yet whether a Product Owner closed the root-cause task " + cause.Task.Key}
	case w.f.Settings.OwnersAccept && !w.f.mayDecide(cause.Task.ClosedBy):
		refuse("root-cause-not-accepted", "the root-cause task %s was not closed by a Product Owner, and only a Product Owner's closing counts here")
	case w.f.Settings.EvidenceNeeded && !cause.Task.HumanText:
		refuse("root-cause-no-text", "nobody has written anything on the root-cause task %s since it was created")
	case w.f.Settings.EvidenceNeeded && len(cause.Task.Prevention) == 0:
		refuse("root-cause-no-prevention", "no prevention issue is linked to the root-cause task %s")
	}
}

// kinds notes the kinds that a Product Owner has set. They only grow. A kind from long
// before the declaration is history like any other label from before.
func (w *work) kinds(c *dossier) {
	for _, label := range w.f.Settings.Labels.Declaring() {
		kind := w.f.Settings.Labels.Kind(label)
		if kind == "" || slices.Contains(c.rec.Kinds, kind) {
			continue
		}
		at, ok := Attribute(c.d, label)
		switch {
		case !ok || at.By.ID == w.f.Self.ID || w.away(c) || c.fromElsewhere(at.At) || c.rec.Declared.At.Sub(at.At) > w.f.Settings.MaxAge:
		case !w.f.People.Read || w.f.People.Unreadable != "":
			w.needPeople()
			c.ownersWait = true
			w.notice(Reason{Code: ownersUnreadable, Text: "it cannot be read who the Product Owners are (" + orElse(w.f.People.Unreadable, "not asked yet") + "); the kind " + string(kind) + " waits"})
		case w.f.mayDecide(at.By):
			c.rec.Kinds = append(c.rec.Kinds, kind)
			slices.SortFunc(c.rec.Kinds, func(a, b Kind) int { return slices.Index(Kinds(), a) - slices.Index(Kinds(), b) })
		default:
			w.say(c, w.kindProposed(c.d, at))
		}
	}
}

// withdrawn looks whether the last disaster label of a declared disaster was taken off:
// a Product Owner took the declaration back, or somebody else's removal is undone.
// While that cannot be told, nothing irrevocable is done.
func (w *work) withdrawn(c *dossier) bool {
	declaring := w.f.Settings.Labels.Declaring()
	on := slices.ContainsFunc(declaring, func(l string) bool { return contains(c.d.Labels, l) })
	off := w.removals(c)
	switch {
	case len(off) == 0 && on:
		return false
	case len(off) == 0:
		c.doubt = true
		w.notice(Reason{Code: "history-contradicts", Text: fmt.Sprintf("no disaster label is on %s, but its history does not tell who took it off; looking again", c.d.Key)})
		return false
	case !w.f.People.Read || w.f.People.Unreadable != "":
		w.needPeople()
		c.doubt, c.ownersWait = true, true
		w.notice(Reason{Code: ownersUnreadable, Text: "the disaster label was taken off, and it cannot be read who the Product Owners are (" + orElse(w.f.People.Unreadable, "not asked yet") + "); planning stays frozen"})
		return false
	}
	if i := slices.IndexFunc(off, func(r LabelChange) bool { return w.f.mayDecide(r.By) }); i >= 0 {
		c.rec.Withdrawn = &Ending{At: off[i].At, By: off[i].By}
		w.ending(c)
		return true
	}
	if !on {
		w.putLabelBack(c, off[len(off)-1])
	}
	return false
}

// removals are the changes since the declaration that took the last disaster label off,
// oldest first. A removal that andon has answered by putting the label back has been
// judged then and is not judged again.
func (w *work) removals(c *dossier) []LabelChange {
	declaring := w.f.Settings.Labels.Declaring()
	since := after(c.d, c.rec.Declared.Change, c.rec.Declared.At)
	var out []LabelChange
	for _, i := range gaps(c.d, declaring) {
		if i < since {
			continue
		}
		next := slices.IndexFunc(c.d.History[i:], func(r LabelChange) bool {
			return slices.ContainsFunc(r.Added, func(l string) bool { return contains(declaring, l) })
		})
		if next < 0 || c.d.History[i+next].By.ID != w.f.Self.ID {
			out = append(out, c.d.History[i])
		}
	}
	return out
}

// putLabelBack undoes the removal of the last disaster label.
func (w *work) putLabelBack(c *dossier, off LabelChange) {
	back := slices.DeleteFunc(w.f.Settings.Labels.Declaring(), func(l string) bool { return !contains(off.Removed, l) })
	w.explain(c, w.putBack(c.d, off, back), EditLabels{Disaster: c.d.ID, Add: back, Why: "only a Product Owner withdraws a declared disaster"})
}

// resolved shows a disaster whose root cause was closed.
func (w *work) resolved(c *dossier) {
	c.state.Phase, c.state.Frozen, c.state.Reason = PhaseResolved, false, c.state.Cause.Reason
	if c.rec.Order != nil {
		c.state.Reason = c.rec.Order.reason("the disaster " + c.d.Key)
		return
	}
	if c.state.Cause.State != CauseClosed {
		c.state.Reason = Reason{Code: "released", Text: fmt.Sprintf("planning was freed at %s, when the root-cause task was closed", when(c.rec.Released.At))}
	}
}

// released looks after a disaster whose freeze has ended. Until a new sprint has been
// started, a root-cause task that is opened again brings the freeze back, and so does a
// return to service that is taken back. It says whether the disaster is still released,
// and judges the new labels only where it is.
func (w *work) released(c *dossier) bool {
	if c.rec.Resumed.IsZero() && !w.othersOpen(c) && w.running(c) {
		c.rec.Resumed = w.f.Now
	}
	w.restoredOff(c)
	reopened := c.state.Cause.State == CauseOpen || c.state.Cause.State == CauseRefused
	if (reopened || c.rec.MustRestore) && c.rec.Order == nil && c.rec.Resumed.IsZero() && w.stands(c) {
		c.rec.turn(Turn{Code: StepFrozen, At: c.rec.Baseline.Since}, Turn{Code: StepUnfrozen, At: c.rec.Released.At})
		c.rec.Released = nil
		c.rec.Baseline = w.baseline(c, c.rec.Baseline.Number+1)
		c.mustRemember = true
		return false // the freeze takes over the kinds first, which add to the gate, and judges the labels then
	}
	w.lead(c)
	w.resolved(c)
	w.say(c, w.endNote(*c))
	if reopened && c.rec.Order == nil && !c.rec.Resumed.IsZero() {
		w.notice(Reason{Code: "reopened-after-resumption", Text: "the root-cause task was opened again after a new sprint had been started; planning stays free"})
	}
	c.state.Settled = !c.rec.Resumed.IsZero()
	w.resume(c)
	w.respond(c, Judge(w.f, c.d))
	return true
}

// stands says whether a released declaration could still come back: no Product Owner
// has taken it off since. While that is not known, nothing freezes again.
func (w *work) stands(c *dossier) bool {
	off := w.removals(c)
	if len(off) == 0 {
		return true
	}
	if !w.f.People.Read || w.f.People.Unreadable != "" {
		w.needPeople()
		return false
	}
	return !slices.ContainsFunc(off, func(r LabelChange) bool { return w.f.mayDecide(r.By) })
}

// othersOpen says whether another disaster still freezes planning, so that a sprint that
// runs is a violation and no resumption.
func (w *work) othersOpen(c *dossier) bool {
	return slices.ContainsFunc(w.cases, func(o dossier) bool { return o.d.ID != c.d.ID && w.stillOpen(o.d) })
}

// stillOpen says whether an issue is an open disaster by what is stored about it.
func (w *work) stillOpen(d Disaster) bool {
	if _, ordered := w.orderFor(d); ordered && (d.Unreadable != "" || d.RecordState == RecordValid) {
		return false
	}
	ours := d.RecordState == RecordValid && d.Record.Project == w.f.Project.ID && d.Record.open()
	lost := d.RecordState != RecordValid && w.remembered(d)
	return ours || lost || d.RecordState == RecordNewer
}

// running says whether a sprint of the project runs that the freeze had not to undo.
func (w *work) running(c *dossier) bool {
	return slices.ContainsFunc(w.f.Sprints, func(s Sprint) bool {
		scope := ScopeOf(w.f, s)
		old, remembered := c.rec.sprint(s.ID)
		return s.State == SprintActive && scope.In && scope.Reason.Code != holdsTheDisaster &&
			!slices.Contains(c.rec.Baseline.Spared, s.ID) && (!remembered || !old.Undone.IsZero())
	})
}
