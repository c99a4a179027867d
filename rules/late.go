package rules

import (
	"slices"
	"time"
)

// tells says whether it is told that a violation was undone. Whoever died between undoing
// it and telling is followed by somebody who may find the freeze at its end: what was seen
// undone by then is told late. What ended later was not andon's doing.
func (c *dossier) tells(undone time.Time) bool {
	return c.state.Frozen || c.rec.Released != nil && !undone.After(c.rec.Released.At)
}

// settled says whether the issues of an act are seen to be back. When the freeze has ended
// nobody sends them back any more, so it is found out once more how that came out.
func (w *work) settled(c *dossier, b *Returned) bool {
	switch {
	case c.state.Frozen:
		return w.back(c, *b)
	case c.rec.Released == nil && c.rec.Withdrawn == nil, !c.anchored(w.f):
		return false
	case w.openAmong([]int64{b.Sprint}) == 0: // with its sprint, nothing is left that could hold them
		return true
	case !slices.Contains(w.f.PlannedIn, b.Sprint):
		w.wantLate(c, b.Sprint)
		return false
	}
	if len(w.wants.Planned.Sprints) > 0 { // another freeze asks anew, and has to ask for this as well
		w.wantLate(c, b.Sprint)
	}
	if w.f.PlannedUnreadable != "" {
		return false
	}
	b.Stays = slices.ContainsFunc(w.f.Planned, func(p Planned) bool {
		return slices.Contains(b.Issues, p.ID) && w.openAmong(p.In) == b.Sprint
	})
	return !b.Stays
}

// wantLate asks for what a sprint holds of what was touched since a freeze began.
func (w *work) wantLate(c *dossier, sprint int64) {
	want := &w.wants.Planned
	if len(want.Sprints) == 0 || c.began().Before(want.Since) {
		want.Since = c.began()
	}
	if !slices.Contains(want.Sprints, sprint) {
		want.Sprints = append(want.Sprints, sprint)
		slices.Sort(want.Sprints)
	}
}
