package rules

import (
	"fmt"
	"slices"
	"time"
)

// Planned is an issue of the project that may have been put into a sprint.
type Planned struct {
	ID      string
	Key     string
	Creator Person
	Created time.Time
	// In are the sprints that hold it now; closed ones stay among them for ever.
	In []int64
	// Moves are the changes of its sprints, oldest first.
	Moves []SprintMove
	// Task is true for a task that andon created. Tasks of a disaster are no planning.
	Task bool
}

// SprintMove is one entry of an issue's changelog that touched its sprints.
type SprintMove struct {
	ID   string
	At   time.Time
	By   Person
	From []int64
	To   []int64
}

// PlannedWant asks for the issues that may have been put into sprints since a moment.
type PlannedWant struct {
	Sprints []int64
	Since   time.Time
}

// put is one act that put an issue into a sprint in the freeze.
type put struct {
	issue  string
	sprint int64
	// to is where the issue belongs, 0 for the backlog.
	to int64
	by Person
	at time.Time
	// created is true where the issue was created in the sprint.
	created bool
}

// planned sends the issues back that were put into a sprint in the freeze. The sprints
// themselves come first: what they hold is remembered with them, and reading who moved
// what must not hold up the stopping of the line.
func (w *work) planned() {
	keepers := w.keepers()
	if len(keepers) == 0 || !w.stopped() {
		return
	}
	g := w.plannable(keepers)
	want := PlannedWant{Sprints: slices.Concat(g.ours, g.doomed, g.others), Since: keepers[0].began()}
	for _, c := range keepers {
		if c.began().Before(want.Since) {
			want.Since = c.began()
		}
	}
	slices.Sort(want.Sprints)
	switch {
	case len(g.ours)+len(g.doomed) == 0:
		w.misplaced = map[string]put{} // no open sprint is left that could hold one
		return
	case slices.ContainsFunc(want.Sprints, func(id int64) bool { return !slices.Contains(w.f.PlannedIn, id) }):
		w.wants.Planned = want
		return
	case w.f.PlannedUnreadable != "":
		keepers[0].trouble = append(keepers[0].trouble, fmt.Sprintf("Jira refused to tell which issues were put into sprints since the freeze began: %s. They cannot go back by themselves. %s", foreign(w.f.PlannedUnreadable), adviceScope))
		return
	}
	w.misplaced = map[string]put{}
	var first []put
	for _, p := range w.f.Planned {
		if put, inHand := w.judgePlanned(keepers, p, g); inHand && slices.Contains(g.doomed, put.sprint) {
			first = append(first, put)
		}
	}
	w.holdDeletions(first)
}

// stopped says whether everything is done that stops the line, as far as it can be. A
// sprint that is still to come may wait until what it holds has gone back.
func (w *work) stopped() bool {
	urgent := slices.DeleteFunc(slices.Clone(w.undo), func(a Action) bool { _, future := a.(DeleteSprint); return future })
	return w.wants.Empty() && len(w.untried(w.remember(true))) == 0 && len(w.untried(urgent)) == 0
}

// holdDeletions leaves the deletion of sprints for later from which issues go back to
// another sprint first: with the sprint they would end in the backlog.
func (w *work) holdDeletions(first []put) {
	w.undo = slices.DeleteFunc(w.undo, func(a Action) bool {
		d, ok := a.(DeleteSprint)
		return ok && slices.ContainsFunc(first, func(p put) bool { return p.sprint == d.Sprint && !w.moveFailed(p) })
	})
}

// moveFailed says whether Jira has refused in this pass to move an issue back.
func (w *work) moveFailed(p put) bool {
	for _, a := range w.undo {
		if b, ok := a.(PutBack); ok && slices.Contains(b.Issues, p.issue) {
			_, failed := w.f.Failed[b.Key()]
			return failed
		}
	}
	for _, c := range w.cases {
		if _, refused := w.f.Failed[refusedPut(c.d.ID, p.issue)]; refused {
			return true
		}
	}
	return false
}

// plannable are the open sprints into which issues can be put.
type plannable struct {
	// ours stand or go on: what was put into them goes back.
	ours []int64
	// doomed are about to be deleted: only what stood in another sprint goes back first.
	doomed []int64
	// others are other people's.
	others []int64
}

// plannable sorts the open sprints. A sprint that is about to be cancelled is in none of
// the lists: what it holds is remembered with it.
func (w *work) plannable(keepers []*dossier) plannable {
	var g plannable
	for _, s := range w.f.Sprints {
		scope := w.scope(keepers, s)
		switch {
		case scope.Reason.Code == boardOfNobody:
			// A board in no project is no team's: its sprint is not touched, but an issue of the
			// project that is put into it goes back, or it would be a way around the freeze.
			g.ours = append(g.ours, s.ID)
		case !scope.In:
			g.others = append(g.others, s.ID)
		case scope.Reason.Code == holdsTheDisaster:
		case !w.forbidden(keepers, s) || w.undoRefused(keepers, s):
			g.ours = append(g.ours, s.ID)
		case s.State == SprintFuture:
			g.doomed = append(g.doomed, s.ID)
		}
	}
	return g
}

// forbidden says whether any freeze forbids a sprint.
func (w *work) forbidden(keepers []*dossier, s Sprint) bool {
	return slices.ContainsFunc(keepers, func(c *dossier) bool {
		_, no := forbids(c.rec.Baseline, s)
		return no
	})
}

// undoRefused says whether Jira has refused in this pass to undo a sprint, so that it
// goes on and issues can be put into it.
func (w *work) undoRefused(keepers []*dossier, s Sprint) bool {
	return slices.ContainsFunc(keepers, func(c *dossier) bool {
		_, running := w.f.Failed[CancelSprint{Disaster: c.d.ID, Sprint: s.ID}.Key()]
		_, waiting := w.f.Failed[DeleteSprint{Disaster: c.d.ID, Sprint: s.ID}.Key()]
		return running || waiting
	})
}

// began is when the freeze began. The label's own moment is by Jira's clock like every
// change that is held against it; it counts where andon was there to see it.
func (c *dossier) began() time.Time {
	b := c.rec.Baseline
	if b.Number == 1 && c.rec.Rebuilt.IsZero() && b.Since.Sub(c.rec.Declared.At) <= clockSlack {
		return c.rec.Declared.At
	}
	return b.Since
}

// judgePlanned sends one issue back if a freeze forbids where it is. It says whether that
// is in hand.
func (w *work) judgePlanned(keepers []*dossier, p Planned, g plannable) (put, bool) {
	if w.mayBePlanned(p) {
		return put{}, false
	}
	for _, c := range keepers {
		put, ok := w.putSince(p, c.began())
		if !ok {
			continue
		}
		put.to = w.home(keepers, put.to)
		switch {
		case slices.Contains(g.doomed, put.sprint) && put.to == 0:
			return put, false // it comes to the backlog with the end of its sprint
		case !slices.Contains(g.ours, put.sprint) && !slices.Contains(g.doomed, put.sprint):
			w.notice(Reason{Code: "planned-elsewhere", Text: fmt.Sprintf("%s put %s into sprint %d in the freeze; the sprint is left alone, since it is not the project's own, or is undone as a whole", nameOf(put.by), p.Key, put.sprint)})
			if slices.Contains(g.others, put.sprint) {
				w.say(c, w.plannedElsewhere(*c, p, put))
			}
			return put, false
		}
		w.misplaced[p.ID] = put
		if w.sendBack(c, put) {
			return put, true
		}
	}
	return put{}, false
}

// mayBePlanned says whether an issue is no planning wherever it is: a task of a disaster,
// or a declared disaster itself.
func (w *work) mayBePlanned(p Planned) bool {
	return p.Task || slices.ContainsFunc(w.cases, func(c dossier) bool {
		return c.d.ID == p.ID && (c.live && c.rec.Withdrawn == nil || c.held)
	})
}

// putSince finds the act by which an issue came to the sprint where it is, if that is
// not where it belongs. It belongs where it was when the freeze began. Whoever takes it
// out of there changes that, since only putting is planning; whoever moves it back by
// himself has undone his own act.
func (w *work) putSince(p Planned, began time.Time) (put, bool) {
	home := w.openAmong(p.In)
	if len(p.Moves) > 0 {
		home = w.openAmong(p.Moves[0].From)
	}
	var last put
	if p.Created.After(began) && home != 0 {
		last, home = put{sprint: home, by: p.Creator, at: p.Created, created: true}, 0
	}
	at := last.sprint
	if at == 0 {
		at = home
	}
	for _, m := range p.Moves {
		to := w.openAmong(m.To)
		switch {
		case !m.At.After(began):
			home, last = to, put{}
		case to == 0 && at == home && !m.adds():
			home, last = 0, put{}
		case to == 0, to == home:
			last = put{}
		case to != at:
			last = put{sprint: to, by: m.By, at: m.At}
		}
		if at = to; to == 0 && m.adds() {
			at = elsewhere
		}
	}
	if last.sprint == 0 || w.openAmong(p.In) != last.sprint {
		return put{}, false
	}
	last.issue, last.to = p.ID, home
	return last, true
}

// elsewhere is a sprint that is not open any more.
const elsewhere = -1

// adds says whether a change put the issue into a sprint where it was not before.
func (m SprintMove) adds() bool {
	return slices.ContainsFunc(m.To, func(id int64) bool { return !slices.Contains(m.From, id) })
}

// openAmong is the open one among the sprints that an issue's field holds, 0 for none.
func (w *work) openAmong(ids []int64) int64 {
	for _, id := range ids {
		if slices.ContainsFunc(w.f.Sprints, func(s Sprint) bool { return s.ID == id }) {
			return id
		}
	}
	return 0
}

// home is where an issue can go back to: the sprint where it was, if that one is ours and
// not undone itself, or else the backlog.
func (w *work) home(keepers []*dossier, id int64) int64 {
	for _, s := range w.f.Sprints {
		if s.ID == id && w.scope(keepers, s).In && !w.forbidden(keepers, s) {
			return id
		}
	}
	return 0
}

// sendBack has an issue moved once Jira holds in the record who had put it where. It says
// whether the matter is in hand.
func (w *work) sendBack(c *dossier, p put) bool {
	stored := c.d.Record.covers(p) && c.anchored(w.f) && !c.d.Unsaved
	_, failed := w.f.Failed[Remember{Disaster: c.d.ID}.Key()]
	switch {
	case stored:
		w.addPutBack(c.d.ID, p)
	case failed:
		return false
	case !c.d.Record.covers(p) && w.waits(c, issueSource(p.by)):
	default:
		c.keepPut(p, w.f.Now)
	}
	return true
}

// addPutBack adds an issue to those that go back to the same place, unless Jira has
// refused to move it in this pass.
func (w *work) addPutBack(disaster string, p put) {
	if _, refused := w.f.Failed[refusedPut(disaster, p.issue)]; refused {
		return
	}
	for i, a := range w.undo {
		if b, ok := a.(PutBack); ok && b.Disaster == disaster && b.Sprint == p.to {
			if !slices.Contains(b.Issues, p.issue) {
				b.Issues = append(b.Issues, p.issue)
			}
			w.undo[i] = b
			return
		}
	}
	w.undo = append(w.undo, PutBack{Disaster: disaster, Sprint: p.to, Issues: []string{p.issue}})
}
