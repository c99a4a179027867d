package rules

import (
	"slices"
	"time"
)

// giveUpFor is how long an exchange that Jira refused is not tried again.
const giveUpFor = time.Hour

// exchange is what a decision makes of the permission scheme.
type exchange struct {
	// kept is what the project's property should remember.
	kept Swap
	// shown is what people should know where that is not the same.
	shown Swap
	// acts are the changes of the scheme, late what is tidied up at the end.
	acts, late []Action
	// stuck says why the project's own scheme is not back although it should be.
	stuck string
}

// permissions decides about the project's permission scheme, once the line is stopped.
// The copy is for as long as planning is frozen and the operator wants it; in all other
// cases the project's own scheme is due.
func (w *work) permissions() {
	s := &w.scheme
	s.kept = w.f.Memory.Swap
	switch {
	case len(w.untried(w.undo)) > 0 || len(w.untried(w.remember(true))) > 0:
		return // stopping the line waits for nothing
	case w.f.Memory.Unreadable != "":
		if w.prevents() {
			s.shown = Swap{State: SwapGivenUp, Why: "a later version of andon wrote the project's property"}
		}
	case w.prevents():
		w.takeAway()
	default:
		w.giveBack()
	}
	w.noteScheme()
	w.addSchemeNews()
}

// prevents says whether the copy is due.
func (w *work) prevents() bool { return w.f.Settings.Freeze == FreezePermissions && w.frozen() }

// frozen says whether planning is frozen.
func (w *work) frozen() bool {
	for _, c := range w.cases {
		if c.state.Frozen {
			return true
		}
	}
	return false
}

// sure says whether a declaration stands behind the freeze that Jira holds and that
// nobody may have taken back.
func (w *work) sure() bool {
	for i := range w.cases {
		if c := &w.cases[i]; c.live && c.state.Frozen && !c.doubt && c.anchored(w.f) {
			return true
		}
	}
	return false
}

// ends says whether a disaster ends with this very decision.
func (c *dossier) ends() bool {
	return c.live && c.d.RecordState == RecordValid && c.d.Record.open() && !c.rec.open()
}

// noteScheme keeps in the records of the disasters how the scheme stands, for the status.
func (w *work) noteScheme() {
	shown := w.scheme.shown
	if shown.State == SwapNone {
		shown = w.scheme.kept
	}
	if w.frozen() && !w.prevents() && w.scheme.stuck == "" {
		shown = Swap{} // the operator has changed his mind
	}
	for i := range w.cases {
		switch c := &w.cases[i]; {
		case c.rec.Scheme.open() && !shown.open() && (!w.f.Scheme.Read || w.f.Scheme.Unreadable != ""):
			// what may be in use stays noted until somebody has seen that it is not
		case c.live && c.state.Frozen, c.ends() && shown.State != SwapNone:
			c.rec.Scheme = shown.brief()
		case c.live && c.rec.Scheme.open() && w.original():
			c.rec.Scheme = Swap{}
		}
	}
}

// present is the scheme in use, and whether it is known. It is asked for where nobody
// has asked yet.
func (w *work) present() (Scheme, bool) {
	if !w.f.Scheme.Read {
		w.wants.Scheme = true
	}
	return w.f.Scheme, w.f.Scheme.Read && w.f.Scheme.Unreadable == ""
}

// original says whether the project is seen to use no copy, and nothing is left to do.
func (w *work) original() bool {
	p := w.f.Scheme
	return p.Read && p.Unreadable == "" && !p.Copy && w.f.Memory.Swap.State == SwapNone && w.scheme.kept.State == SwapNone
}

// canNote says whether the project's property can be written in this pass.
func (w *work) canNote() bool {
	_, failed := w.f.Failed[RememberProject{Project: w.f.Project.ID}.Key()]
	return w.f.Memory.Writable && !failed
}

// takeAway sees to it that the project uses the copy.
func (w *work) takeAway() {
	s := &w.scheme
	switch now := s.kept; now.State {
	case SwapMoving, SwapInForce:
		w.keepTaken(now)
	case SwapLeft:
		if w.cameBack(now) {
			w.keepTaken(now)
			return
		}
		w.tidyUp(now)
	case SwapGivenUp:
		if w.f.Now.Sub(now.Since) < giveUpFor {
			w.tidyUp(now)
			return
		}
		w.beginSwap(now)
	case SwapNone:
		w.beginSwap(now)
	}
}

// beginSwap writes down which scheme is the project's own. A copy that is in use
// already tells by its description; it is never taken for an original.
func (w *work) beginSwap(now Swap) {
	s := &w.scheme
	if why := w.cannotSwap(); why != "" {
		s.shown = Swap{State: SwapGivenUp, Why: why}
		return
	}
	if !w.canNote() {
		return
	}
	switch p, known := w.present(); {
	case !known && (!p.Read || p.Passing || w.mayBeForgotten()):
	case !known:
		s.kept = Swap{State: SwapGivenUp, Since: w.f.Now, Why: p.Unreadable, Clean: now.State == SwapNone || now.Clean}
	case p.Copy:
		s.kept = Swap{State: SwapInForce, Original: p.Original, Copy: p.Present, Since: w.f.Now}
	case p.Foreign:
		s.kept = Swap{State: SwapGivenUp, Since: w.f.Now, Why: "it is " + p.Present.words() + ", which andon made for another project", Clean: now.State == SwapNone || now.Clean}
	case w.sure():
		s.kept = Swap{State: SwapMoving, Original: p.Present, Since: w.f.Now}
		s.acts = w.memory(false) // the way back first
	}
}

// cannotSwap says why an exchange need not even be tried.
func (w *work) cannotSwap() string {
	refused, failed := w.f.Failed[RememberProject{Project: w.f.Project.ID}.Key()]
	switch {
	case w.f.Project.TeamManaged:
		return "a team-managed project has no permission scheme"
	case !w.f.Memory.Writable, failed && refused.Final:
		return "andon may not write the project's property, so the way back could be forgotten; Administer Projects lets it"
	}
	return ""
}

// keepTaken follows an exchange that has begun.
func (w *work) keepTaken(now Swap) {
	s := &w.scheme
	switch p, known := w.present(); {
	case !known: // the last known state holds
	case p.ours(now):
		s.kept.State, s.kept.Copy, s.kept.Why = SwapInForce, p.Present, ""
	case now.State == SwapMoving && p.Present.ID == now.Original.ID:
		w.swapNow(now)
	default:
		s.kept.State, s.kept.Why = SwapLeft, "it is "+p.Present.words()+" now"
	}
}

// swapNow exchanges the schemes, and gives up for a while where Jira refuses for good.
func (w *work) swapNow(now Swap) {
	a := SwapScheme{Project: w.f.Project.ID, Original: now.Original, Name: copyName(w.f.Project), Description: copyDescription(w.f.Project, now.Original)}
	switch why, failed := w.f.Failed[a.Key()]; {
	case !failed:
		w.scheme.acts = []Action{a}
	case why.Final:
		w.scheme.kept = Swap{State: SwapGivenUp, Since: w.f.Now, Why: why.Text}
	}
}

// giveBack sees to it that the project uses its own scheme.
func (w *work) giveBack() {
	switch now := w.scheme.kept; now.State {
	case SwapMoving, SwapInForce:
		w.giveBackCopy(now)
	case SwapLeft:
		if w.cameBack(now) {
			w.giveBackCopy(now)
			return
		}
		w.tidyUp(now)
	case SwapGivenUp, SwapNone:
		w.giveBackUnknown(now)
	}
}

// cameBack says whether somebody has assigned the copy again before it was deleted.
func (w *work) cameBack(now Swap) bool {
	if now.Clean || w.f.Scheme.Dropped {
		return false
	}
	p, known := w.present()
	return known && p.ours(now)
}

// giveBackUnknown looks for a copy in use that the project's property does not tell of.
func (w *work) giveBackUnknown(now Swap) {
	if now.State == SwapNone && !w.mayBeForgotten() && !w.mayBeOverwritten() {
		return
	}
	switch p, known := w.present(); {
	case known && p.Copy:
		w.giveBackCopy(Swap{State: SwapMoving, Original: p.Original, Copy: p.Present, Since: w.f.Now})
	case p.Read && now.State == SwapGivenUp:
		w.tidyUp(now)
	}
}

// mayBeForgotten says whether a copy may be in use of which the project's property
// tells nothing, because somebody has changed or deleted it: the record of a disaster
// tells of an exchange whose end nobody has seen.
func (w *work) mayBeForgotten() bool {
	for _, c := range w.cases {
		if c.live && c.d.Record.Scheme.open() {
			return true
		}
	}
	return w.f.Memory.Damaged
}

// mayBeOverwritten says whether a story has just ended that may have taken permissions
// away: another worker that had looked before the exchange may have written over all that
// tells of it. As long as a copy is in use nobody can start the sprint that settles the story.
func (w *work) mayBeOverwritten() bool {
	return w.f.Settings.Freeze == FreezePermissions && !w.f.Project.TeamManaged && slices.ContainsFunc(w.cases, func(c dossier) bool {
		return c.live && !c.rec.open() && (!c.state.Settled || c.ends())
	})
}

// giveBackCopy changes the schemes back, if the copy is still in use.
func (w *work) giveBackCopy(now Swap) {
	s := &w.scheme
	s.kept = now
	switch p, known := w.present(); {
	case !p.Read:
	case !known && p.Passing:
		s.stuck = "Jira does not tell at the moment which one the project uses"
	case !known:
		s.stuck = "Jira does not tell which one the project uses: " + p.Unreadable
	case p.ours(now):
		w.restore(now)
	case now.State == SwapMoving:
		w.tidyUp(now)
	default:
		s.kept.State, s.kept.Why = SwapLeft, "it is "+p.Present.words()+" now"
		w.tidyUp(s.kept)
	}
}

// restore gives the project's own scheme back. That this is andon's own doing is noted
// before, or it would look like somebody's where the freeze comes back right then. Where
// Jira refuses the note for good, the permissions come back all the same; a fault that
// passes is waited for.
func (w *work) restore(now Swap) {
	s := &w.scheme
	a := RestoreScheme{Project: w.f.Project.ID, Original: now.Original, Copy: w.f.Scheme.Present}
	why, failed := w.f.Failed[a.Key()]
	note, unnoted := w.f.Failed[RememberProject{Project: w.f.Project.ID}.Key()]
	s.kept.State, s.kept.Copy = SwapMoving, w.f.Scheme.Present
	switch {
	case failed && why.Final:
		s.stuck = "Jira refused to put it back: " + why.Text
	case failed, unnoted && !note.Final && !s.kept.same(w.f.Memory.Swap):
		s.stuck = "Jira does not answer as it should"
	case !s.kept.same(w.f.Memory.Swap) && w.canNote():
		s.acts = w.memory(false)
	default:
		s.acts = []Action{a}
	}
}

// tidyUp has the copies deleted, and once that is done forgets an exchange that is over.
// It waits until that can be noted, or it would be done again at every look.
func (w *work) tidyUp(now Swap) {
	s := &w.scheme
	switch {
	case !w.canNote():
	case !now.Clean && !w.f.Scheme.Dropped:
		s.late = []Action{DropScheme{Project: w.f.Project.ID}}
	case w.prevents():
		s.kept.Clean = true
	default:
		s.kept = Swap{}
	}
}
