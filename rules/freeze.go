package rules

import (
	"fmt"
	"slices"
)

// enforce undoes what the freeze forbids: the sprints that were active at the
// declaration, those started since, and those created since. Everything is remembered
// in the record of the disaster that froze first.
func (w *work) enforce() {
	owner := w.owner()
	if owner == nil {
		w.settleSprints()
		return
	}
	for _, s := range w.f.Sprints {
		scope := ScopeOf(w.f, s)
		if !scope.In {
			w.leaveAlone(s, scope.Reason)
			continue
		}
		switch {
		case slices.Contains(owner.rec.Baseline.Spared, s.ID):
		case s.State == SprintActive:
			w.undoActive(owner, s)
		case s.State == SprintFuture && createdSince(owner.rec.Baseline, s):
			w.undoFuture(owner, s)
		}
	}
	w.settleSprints()
}

// owner is the dossier that keeps the records of the freeze: the earliest declaration
// whose record can be written.
func (w *work) owner() *dossier {
	var best *dossier
	for i := range w.cases {
		c := &w.cases[i]
		if !c.live || !c.state.Frozen {
			continue
		}
		if best == nil || c.rec.Declared.Judged.Before(best.rec.Declared.Judged) {
			best = c
		}
	}
	return best
}

// leaveAlone tells of an active sprint of somebody else that shows the project's issues.
func (w *work) leaveAlone(s Sprint, why Reason) {
	if s.State == SprintActive {
		w.notice(Reason{Code: why.Code, Text: fmt.Sprintf("sprint %d %q is left alone: %s", s.ID, s.Name, why.Text)})
	}
}

// createdSince says whether a sprint was created after the freeze began. Ids grow, so
// a higher one than the highest known then is new; where Jira tells the creation date
// it has to agree, and a board that was not in scope then may have brought older
// sprints along.
func createdSince(b Baseline, s Sprint) bool {
	if !s.Created.IsZero() {
		return s.ID > b.Sprint && !s.Created.Before(b.Since.Add(-clockSlack))
	}
	return s.ID > b.Sprint && slices.Contains(b.Boards, s.Board)
}

// undoActive cancels an active sprint, once its scope is remembered.
func (w *work) undoActive(c *dossier, s Sprint) {
	why := StartedInFreeze
	if c.fresh {
		why = AtDeclaration
	}
	why, ready := w.keep(c, s, why)
	if !ready {
		return
	}
	w.undo = append(w.undo, CancelSprint{Disaster: c.d.ID, Sprint: s.ID, Name: s.Name, Goal: cancelledGoal(c.d.Key, s.Goal), Why: why})
}

// undoFuture deletes a sprint that was created in the freeze, once it is remembered.
func (w *work) undoFuture(c *dossier, s Sprint) {
	if _, ready := w.keep(c, s, CreatedInFreeze); ready {
		w.undo = append(w.undo, DeleteSprint{Disaster: c.d.ID, Sprint: s.ID, Name: s.Name})
	}
}

// keep makes sure that a sprint is in the record before it is undone. It says whether
// Jira already holds that entry, so that the act may follow, and for what reason the
// sprint is undone.
func (w *work) keep(c *dossier, s Sprint, why Undoing) (Undoing, bool) {
	if old, ok := c.d.Record.sprint(s.ID); ok && old.Undone.IsZero() && !c.d.Unsaved && c.d.RecordState == RecordValid {
		return old.Why, true
	}
	if !s.ScopeRead {
		w.wants.Scopes = append(w.wants.Scopes, s.ID)
		return why, false
	}
	entry := SprintRecord{ID: s.ID, Name: s.Name, Goal: plainGoal(s.Goal), Board: s.Board, Start: s.Start, End: s.End,
		Why: why, At: w.f.Now, Issues: slices.Clone(s.Unfinished), Done: s.Done}
	if old, ok := c.rec.sprint(s.ID); ok {
		entry.Times = old.Times
		if len(entry.Issues) == 0 {
			entry.Issues = old.Issues
		}
	}
	c.rec.Sprints = slices.DeleteFunc(c.rec.Sprints, func(o SprintRecord) bool { return o.ID == s.ID })
	c.rec.Sprints = append(c.rec.Sprints, entry)
	c.mustRemember = true
	return why, false
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
			if e.Undone.IsZero() && !w.standing(*e) {
				e.Undone = w.f.Now
				e.Times++
			}
			if !e.Undone.IsZero() && e.Why != AtDeclaration && c.state.Frozen {
				w.say(c, w.violation(c.d, *e))
			}
		}
	}
}

// standing says whether a remembered sprint still has to be undone.
func (w *work) standing(e SprintRecord) bool {
	return slices.ContainsFunc(w.f.Sprints, func(s Sprint) bool {
		return s.ID == e.ID && (s.State == SprintActive || e.Why == CreatedInFreeze)
	})
}
