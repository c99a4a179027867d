package rules

import (
	"fmt"
	"slices"
	"time"
)

// assess finds the phase of a disaster and what its record should say.
func (w *work) assess(c *dossier) {
	switch {
	case c.d.Unreadable != "":
		w.unreadable(c)
	case c.d.RecordState == RecordNewer:
		w.newer(c)
	case c.d.RecordState == RecordValid && !c.live:
		w.elsewhere(c)
	case c.live && c.rec.Withdrawn == nil:
		w.goOn(c)
	default:
		w.begin(c)
	}
}

// remembered says whether a disaster is known to be open from elsewhere than the issue:
// by the project's property, or by what this process saw last.
func (w *work) remembered(d Disaster) bool { return w.frozeBefore(d) || d.Doubted }

// frozeBefore says whether a disaster is known to have frozen planning. That this process
// held it frozen for want of anything better proves nothing.
func (w *work) frozeBefore(d Disaster) bool {
	return d.WasFrozen || slices.Contains(w.f.Memory.Disasters, d.ID)
}

// hold keeps the last known state of a disaster that cannot be understood now: planning
// stays frozen, and nothing is undone on its account.
func (w *work) hold(c *dossier, why Reason) {
	c.live, c.held = false, true
	c.state.Doubted = !w.frozeBefore(c.d)
	c.state.Phase, c.state.Frozen, c.state.Settled, c.state.Reason = PhaseUnreadable, true, false, why
	w.notice(why)
}

// unreadable is an issue that Jira does not show. Only an open disaster holds the
// freeze; a proposal that was deleted is gone.
func (w *work) unreadable(c *dossier) {
	if o, ordered := w.orderFor(c.d); ordered {
		w.obeyUnread(c, o)
		return
	}
	if !w.remembered(c.d) {
		c.state.Reason = Reason{Code: "issue-gone", Text: fmt.Sprintf("the issue with id %s cannot be read (%s), and no disaster was open on it", c.d.ID, c.d.Unreadable)}
		return
	}
	live := c.kept
	w.hold(c, Reason{Code: "issue-unreadable", Text: fmt.Sprintf(
		"the open disaster with id %s cannot be read (%s): it may be deleted, hidden or moved out of reach; planning stays frozen until an operator releases it", c.d.ID, c.d.Unreadable)})
	c.live = live // the freeze goes on by what the project keeps
	w.tellHeld(c)
}

// newer is an issue whose record a later version of andon wrote. Whether it is open,
// the project's list tells; where there is none, it is taken for open.
func (w *work) newer(c *dossier) {
	why := Reason{Code: "record-newer", Text: fmt.Sprintf("andon's record on %s was written by a later version; nothing is guessed, the last known state holds", c.d.Key)}
	if m := w.f.Memory; w.remembered(c.d) || !m.Writable || m.Unreadable != "" {
		w.hold(c, why)
		return
	}
	c.state.Phase, c.state.Reason, c.state.Settled = PhaseUnreadable, why, false
	w.notice(why)
}

// elsewhere is an issue whose record belongs to another project: it was moved here,
// and keeps the freeze of the project that it came from.
func (w *work) elsewhere(c *dossier) {
	if c.rec.open() {
		c.state.Reason = movedHere()
		w.notice(c.state.Reason)
		return
	}
	w.begin(c)
}

// movedHere is why the disaster of another project is none here.
func movedHere() Reason {
	return Reason{Code: "moved-here", Text: "the disaster was declared in another project and keeps that project's freeze; only this one's Product Owner could declare it here, anew"}
}

// away says whether the labels of an issue are another project's by now: it was moved
// there and declared anew, so that its Product Owner decides with them.
func (w *work) away(c *dossier) bool { return c.d.Foreign && c.d.ProjectID != w.f.Project.ID }

// fromElsewhere says whether an act on an issue is from before it came to the project in
// which it was declared.
func (c *dossier) fromElsewhere(at time.Time) bool {
	return !c.d.Moved.IsZero() && at.Before(c.d.Moved) && c.rec.Declared.At.After(c.d.Moved)
}

// begin judges an issue on which no declaration is open.
func (w *work) begin(c *dossier) {
	w.ending(c)
	if c.d.RecordState != RecordValid && w.lost(c) {
		return
	}
	j := Judge(w.f, c.d)
	if c.state.Phase == PhaseNone || j.Verdict != NoDisaster && j.Verdict != History {
		c.state.Reason = j.Reason
	}
	if c.d.Foreign && (j.Verdict == NoDisaster || j.Verdict == History) {
		c.state.Reason = movedHere()
		w.notice(c.state.Reason)
	}
	switch j.Verdict {
	case Proposed:
		c.state.Phase = PhaseProposed
	case Rehearsal:
		c.state.Phase = PhaseRehearsal
	case NoDisaster, History, Declared, Undecided:
	}
	w.respond(c, j)
}

// respond does what a judgement asks for on an issue whose declaration, if there was
// one, is over.
func (w *work) respond(c *dossier, j Judgement) {
	switch j.Verdict {
	case Declared:
		if !w.unsaid(c, proposalRef(c.d, j.By)) { // it may have been answered as a proposal
			c.state.Settled = false
			return
		}
		w.declare(c, j)
	case Undecided:
		w.needPeople()
		c.state.Settled = false
		w.notice(j.Reason)
		if j.Reason.Code == ownersUnreadable && w.f.People.Unreadable != "" {
			w.sayOnce(c, w.undecided(c.d, j))
		}
	case Proposed:
		c.state.Settled = false
		w.sayOnce(c, w.proposal(c.d, j))
	case Rehearsal:
		if w.unsaid(c, rehearsalRef(c.d, j)) {
			w.sayOnce(c, w.rehearse(c.d, j))
		}
	case History:
		w.notice(j.Reason)
	case NoDisaster:
		w.unproposed(c)
	}
}

// needPeople asks for the Product Owners, unless they have been asked for.
func (w *work) needPeople() {
	w.wants.People = w.wants.People || !w.f.People.Read && w.f.People.Unreadable == ""
}

// ending shows a story that was withdrawn, and tells it where that was missed.
func (w *work) ending(c *dossier) {
	if !c.live || c.rec.Withdrawn == nil {
		return
	}
	c.state.Phase = PhaseWithdrawn
	c.state.Reason = Reason{Code: "withdrawn", Text: fmt.Sprintf("%s, Product Owner, took the declaration back", nameOf(c.rec.Withdrawn.By)),
		Evidence: []Evidence{{Who: c.rec.Withdrawn.By, When: c.rec.Withdrawn.At, What: "took off the last disaster label"}}}
	c.rec.Tasks = taskIDs(w.f, c.d, c.rec.Round)
	if at, on := Attribute(c.d, w.f.Settings.Labels.Resume); on && w.fresh(c, at) {
		w.decideLabel(c, at)
	}
	w.say(c, w.withdrawal(*c))
	w.resume(c)
	w.tellStory(c)
}

// lost deals with an issue on which andon has acted and whose record is gone: the
// project's list names it, or andon's own tasks hang on it. It says whether there is
// nothing else to be judged. That this process saw it frozen proves no act: a
// declaration whose record was never stored is simply judged again.
func (w *work) lost(c *dossier) bool {
	if c.d.Foreign {
		return false // its tasks are those of the other project's disaster
	}
	listed, acted := slices.Contains(w.f.Memory.Disasters, c.d.ID), len(c.d.Tasks) > 0
	if !listed && !(acted && (c.d.WasFrozen || c.d.ProjectID == w.f.Project.ID)) {
		return false
	}
	if !w.f.People.Read || w.f.People.Unreadable != "" {
		w.needPeople()
		w.hold(c, Reason{Code: "record-lost", Text: fmt.Sprintf("andon's record on %s is gone, and it is not known yet who the Product Owners are (%s); planning stays frozen", c.d.Key, orElse(w.f.People.Unreadable, "not asked yet"))})
		return true
	}
	var since time.Time
	if !listed && !c.d.WasFrozen {
		since = c.d.Moved // what was said in another project declares nothing here
	}
	by, over, proved := w.proof(c.d, since)
	round := lastRound(c.d)
	switch {
	case listed, c.d.WasFrozen && proved:
	case c.d.WasFrozen: // it froze, and nobody can prove any more on whose word
		w.hold(c, Reason{Code: "record-lost", Text: fmt.Sprintf("andon's record on %s is gone, and no Product Owner of now ever set a disaster label on it; planning stays frozen, and nothing is undone", c.d.Key)})
		return true
	case !proved || over:
		return false // nothing of a Product Owner's stands behind it
	case closure(w.f, c.d, round).State == CauseClosed:
		return w.longResolved(c, by, round)
	}
	w.rebuild(c, by, max(round, 1))
	return true
}

// longResolved is a resolved disaster without a record. It is left in peace, unless a
// Product Owner has set a label after the last task was created.
func (w *work) longResolved(c *dossier, by Attribution, round int) bool {
	j := Judge(w.f, c.d)
	unknown := slices.ContainsFunc(c.d.Tasks, func(t Task) bool { return t.Created.IsZero() || !t.Created.Before(by.At) })
	if j.Verdict == Declared && !unknown {
		return false
	}
	c.state.Cause = closure(w.f, c.d, round)
	w.resolved(c)
	return true
}

// lastRound is the latest declaration that left tasks.
func lastRound(d Disaster) int {
	round := 0
	for _, t := range d.Tasks {
		round = max(round, t.Round)
	}
	return round
}
