package rules

import (
	"fmt"
	"slices"
)

// enforce undoes what the freeze forbids: the sprints that were active at the
// declaration, those started since, and those created since. A sprint is remembered in
// the record of the disaster that was declared first and forbids it.
func (w *work) enforce() {
	keepers := w.keepers()
	if len(keepers) == 0 {
		return
	}
	for _, s := range w.f.Sprints {
		scope := w.scope(keepers, s)
		if !scope.In {
			w.leaveAlone(s, scope.Reason)
			continue
		}
		for _, c := range keepers {
			if scope.Reason.Code == holdsTheDisaster && !slices.Contains(c.rec.Baseline.Active, s.ID) {
				continue // it is another disaster that it holds
			}
			if undated(c.rec.Baseline, s) && !s.EnteredRead {
				w.wants.Entered = append(w.wants.Entered, s.ID)
				break
			}
			if why, forbidden := forbids(c.rec.Baseline, s); forbidden && w.canKeep(c, s) {
				w.undoSprint(c, s, why)
				break
			}
		}
	}
}

// keepers are the dossiers on whose account sprints are undone, the earliest
// declaration first. A disaster that nobody is sure of any more undoes nothing.
func (w *work) keepers() []*dossier {
	var out []*dossier
	for i := range w.cases {
		if c := &w.cases[i]; c.live && c.state.Frozen && !c.doubt {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *dossier) int { return a.rec.Declared.Judged.Compare(b.rec.Declared.Judged) })
	return out
}

// canKeep says whether the record of a disaster holds the sprint or can still be
// written in this pass.
func (w *work) canKeep(c *dossier, s Sprint) bool {
	_, failed := w.f.Failed[c.keeper(w.f)]
	return !failed || c.stored(w.f, s)
}

// keeper is the key of the write that keeps the record.
func (c *dossier) keeper(f Facts) string {
	if c.kept {
		return RememberProject{Project: f.Project.ID}.Key()
	}
	return Remember{Disaster: c.d.ID}.Key()
}

// scope is [ScopeOf] in the light of what is frozen: that a sprint of nobody's board
// holds a disaster counts only for a declared one, and only if it did so when the
// freeze began.
func (w *work) scope(keepers []*dossier, s Sprint) Scope {
	scope := ScopeOf(w.f, s)
	held := func(c *dossier) bool { return slices.Contains(c.rec.Baseline.Active, s.ID) }
	if scope.Reason.Code == holdsTheDisaster && !slices.ContainsFunc(keepers, held) {
		return Scope{Reason: Reason{Code: boardOfNobody, Text: scope.Reason.Text + ", but it did not hold a declared one when the freeze began"}}
	}
	return scope
}

// leaveAlone tells of an active sprint of somebody else that shows the project's issues.
func (w *work) leaveAlone(s Sprint, why Reason) {
	if s.State == SprintActive {
		w.notice(Reason{Code: why.Code, Text: fmt.Sprintf("sprint %d %q is left alone: %s", s.ID, s.Name, why.Text)})
	}
}

// forbids says whether a freeze forbids a sprint, and why.
func forbids(b Baseline, s Sprint) (Undoing, bool) {
	switch {
	case slices.Contains(b.Spared, s.ID):
		return "", false
	case s.State == SprintFuture:
		return CreatedInFreeze, createdSince(b, s)
	case s.State != SprintActive:
		return "", false
	case slices.Contains(b.Active, s.ID):
		return AtDeclaration, true
	}
	return StartedInFreeze, true
}

// createdSince says whether a sprint was created after the freeze began. Ids grow, so
// a higher one than the highest known then is new; where Jira tells the creation date
// it has to agree. A board that was not in scope then may have brought older sprints
// along: without a date it is new itself, by its id, and nothing in the sprint may be
// from before.
func createdSince(b Baseline, s Sprint) bool {
	began := b.Since.Add(-clockSlack)
	switch {
	case s.ID <= b.Sprint:
		return false
	case !s.Created.IsZero():
		return !s.Created.Before(began)
	case slices.Contains(b.Boards, s.Board):
		return true
	}
	return undated(b, s) && s.EnteredRead && (s.Entered.IsZero() || s.Entered.After(b.Since))
}

// undated says whether a sprint to come may have been created in the freeze on a board
// of the freeze, and nothing but its issues tells.
func undated(b Baseline, s Sprint) bool {
	return s.State == SprintFuture && s.ID > b.Sprint && s.Created.IsZero() && b.Board > 0 && s.Board > b.Board && !slices.Contains(b.Boards, s.Board)
}

// undoSprint cancels or deletes a sprint, once Jira holds in the record what it was.
func (w *work) undoSprint(c *dossier, s Sprint, why Undoing) {
	switch {
	case s.ScopeUnreadable != "":
		c.trouble = append(c.trouble, fmt.Sprintf("Jira refused to list the issues of sprint %d \"%s\": %s. What cannot be remembered is not undone, so the sprint stays as it is. %s",
			s.ID, EscapeWiki(s.Name), foreign(s.ScopeUnreadable), adviceScope))
		w.notice(Reason{Code: "scope-unreadable", Text: fmt.Sprintf("sprint %d %q is not undone, since its issues cannot be read and remembered: %s", s.ID, s.Name, s.ScopeUnreadable)})
	case !c.stored(w.f, s):
		if !w.holdsOff(c, s, why) {
			w.keep(c, s, why)
		}
	case s.State == SprintFuture:
		w.undo = append(w.undo, DeleteSprint{Disaster: c.d.ID, Sprint: s.ID, Name: s.Name})
	default:
		old, _ := c.d.Record.sprint(s.ID)
		w.undo = append(w.undo, CancelSprint{Disaster: c.d.ID, Sprint: s.ID, Name: s.Name, Goal: cancelledGoal(c.d.Key, s.Goal), Why: old.Why})
	}
}

// stored says whether Jira holds an entry for the sprint as it is, so that it may be
// undone. Its issues are read afresh before each try: after one that failed others may
// have come in, and what is undone can never be looked up again.
func (c *dossier) stored(f Facts, s Sprint) bool {
	old, ok := c.d.Record.sprint(s.ID)
	switch {
	case !ok || !old.Undone.IsZero() || c.d.Unsaved || !c.anchored(f):
		return false
	case !s.ScopeRead:
		return false
	case s.State == SprintFuture && old.Why != CreatedInFreeze:
		return false
	case s.State == SprintActive && old.Why == CreatedInFreeze:
		return false
	case old.Cut > 0:
		return len(s.Unfinished) <= len(old.Issues)+old.Cut
	}
	return len(union(old.Issues, s.Unfinished)) == len(old.Issues)
}

// keep puts a sprint into the record, which has to be written before it is undone. A
// sprint that was opened again keeps what was known of it.
func (w *work) keep(c *dossier, s Sprint, why Undoing) {
	if !s.ScopeRead {
		w.wants.Scopes = append(w.wants.Scopes, s.ID)
		return
	}
	e := SprintRecord{ID: s.ID, Name: s.Name, Goal: plainGoal(s.Goal), Board: s.Board, Start: s.Start, End: s.End,
		Why: why, At: w.f.Now, Issues: slices.Clone(s.Unfinished), Done: s.Done}
	if old, ok := c.rec.sprint(s.ID); ok {
		e.Times, e.Issues = old.Times, union(s.Unfinished, old.Issues)
		switch {
		case !old.Undone.IsZero() && old.Why != CreatedInFreeze: // it ran again after it had been cancelled
			e.Why = StartedInFreeze
		case old.Undone.IsZero() && old.Why != CreatedInFreeze:
			e.Why = old.Why
		}
		if s.Goal == cancelledGoal(c.d.Key, old.Goal) {
			e.Goal = old.Goal // the mark may have pushed its end off
		}
		e.Mute = old.Mute
	}
	if e.Why != AtDeclaration && c.rec.anew(s.ID) {
		e.Mute = c.rec.strike(Source{Of: sprintSource(e.Why, s.Board), Why: e.Why, Board: s.Board}, w.f.Now)
	}
	c.rec.Sprints = slices.DeleteFunc(c.rec.Sprints, func(o SprintRecord) bool { return o.ID == s.ID })
	c.rec.Sprints = append(c.rec.Sprints, e)
	c.rec.bound()
	c.mustRemember = true
}

// union is the first list, then what only the second one has.
func union(first, second []string) []string {
	out := slices.Clone(first)
	for _, s := range second {
		if !contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// settleSprints notes which remembered sprints are undone by now, and tells of the
// violations among them.
func (w *work) settleSprints() {
	for i := range w.cases {
		c := &w.cases[i]
		if !c.live {
			continue
		}
		for k := range c.rec.Sprints {
			e := &c.rec.Sprints[k]
			if e.Undone.IsZero() && w.undone(*e) {
				e.Undone = w.f.Now
				e.Times++
			}
			if !e.Undone.IsZero() && e.Why != AtDeclaration && !e.Mute && c.tells(e.Undone) {
				w.say(c, w.violation(*c, *e))
			}
		}
	}
}

// undone says whether a remembered sprint is seen to be closed or deleted. Where its
// board cannot be read, nobody can say so.
func (w *work) undone(e SprintRecord) bool {
	if b, ok := w.f.board(e.Board); ok && b.Unreadable {
		return false
	}
	return !slices.ContainsFunc(w.f.Sprints, func(s Sprint) bool { return s.ID == e.ID })
}
