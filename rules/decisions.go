package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// maxActs bounds how many mode changes a record keeps; the oldest are forgotten first.
const maxActs = 20

// Act is a decision of a Product Owner by a label, judged once.
type Act struct {
	Label string    `json:"label"`
	By    Person    `json:"by"`
	At    time.Time `json:"at"`
	// Change is the id of the changelog entry, empty for a label present at creation.
	Change string `json:"change,omitempty"`
	// Ended is when a Product Owner was seen to have taken a mode off again.
	Ended time.Time `json:"ended,omitzero"`
}

// is says whether an attribution is this very act.
func (a Act) is(at Attribution) bool {
	return a.Label == at.Label && a.Change == at.Change && a.At.Equal(at.At)
}

// decide follows the labels by which a Product Owner leads a declared disaster: the
// system's mode and the return to service. Anybody else's are taken off again, with a
// comment that says who may.
func (w *work) decide(c *dossier) {
	w.restoredOff(c)
	w.lead(c)
}

// lead judges the labels that are new.
func (w *work) lead(c *dossier) {
	l := w.f.Settings.Labels
	for _, label := range append(l.Modes(), l.Restored, l.Resume) {
		if at, ok := Attribute(c.d, label); ok && w.fresh(c, at) {
			w.decideLabel(c, at)
		}
	}
	w.modeOff(c) // of the latest one, which may have been set just now
	w.oneMode(c)
}

// fresh says whether an act has not been judged yet and belongs to this declaration.
func (w *work) fresh(c *dossier, at Attribution) bool {
	l := w.f.Settings.Labels
	switch {
	case c.rec.Declared.At.Sub(at.At) > w.f.Settings.MaxAge || c.fromElsewhere(at.At):
		return false // from before, like any other old label
	case at.Label == l.Restored:
		return c.rec.Restored == nil
	case at.By.ID == w.f.Self.ID && slices.ContainsFunc(c.rec.Modes, func(a Act) bool { return a.Label == at.Label }):
		return false // andon put it back itself
	case at.Label == l.Resume:
		early := !at.At.After(c.rec.Declared.At) && (!w.f.People.Read || w.f.People.Unreadable != "" || w.f.mayDecide(at.By))
		return !early && (c.rec.Resume == nil || !c.rec.Resume.is(at))
	}
	return !slices.ContainsFunc(c.rec.Modes, func(a Act) bool { return a.is(at) })
}

// decideLabel judges one act.
func (w *work) decideLabel(c *dossier, at Attribution) {
	l := w.f.Settings.Labels
	act := Act{Label: at.Label, By: at.By, At: at.At, Change: at.Change}
	switch {
	case w.ownersUnknown(c, "the label "+at.Label+" waits"):
	case !w.f.mayDecide(at.By):
		w.explain(c, w.notAnOwner(c.d, at), EditLabels{Disaster: c.d.ID, Remove: []string{at.Label}, Why: "only a Product Owner may set it"})
	case at.Label == l.Resume:
		c.rec.Resume = &act
	case at.Label != l.Restored:
		c.rec.Modes = append(c.rec.Modes, act)
		slices.SortStableFunc(c.rec.Modes, func(a, b Act) int { return a.At.Compare(b.At) })
		c.rec.Modes = c.rec.Modes[max(0, len(c.rec.Modes)-maxActs):]
	default:
		if missing := w.gateRTS(c); len(missing) > 0 {
			w.explain(c, w.notReady(c.d, at, missing), EditLabels{Disaster: c.d.ID, Remove: []string{at.Label}, Why: "the return-to-service gate has not passed"})
			return
		}
		c.rec.Restored = &act
	}
}

// ownersUnknown says whether it is not known who the Product Owners are, and asks for
// them where nobody has asked yet.
func (w *work) ownersUnknown(c *dossier, waits string) bool {
	if w.f.People.Read && w.f.People.Unreadable == "" {
		return false
	}
	w.needPeople()
	c.ownersWait = true
	w.notice(Reason{Code: ownersUnreadable, Text: fmt.Sprintf("it cannot be read who the Product Owners are (%s); %s on %s", orElse(w.f.People.Unreadable, "not asked yet"), waits, c.d.Key)})
	return true
}

// restoredOff looks whether the return to service was taken back since, even if the
// label is on again by now.
func (w *work) restoredOff(c *dossier) {
	label := w.f.Settings.Labels.Restored
	if c.rec.Restored == nil {
		return
	}
	off := w.removalsOf(c, *c.rec.Restored)
	on := contains(c.d.Labels, label)
	switch {
	case len(off) == 0 && on:
	case len(off) == 0:
		w.notice(Reason{Code: "history-contradicts", Text: fmt.Sprintf("the label %s is off %s, but its history does not tell who took it off; looking again", label, c.d.Key)})
	case w.ownersUnknown(c, "the removal of "+label+" waits"):
	case slices.ContainsFunc(off, func(r LabelChange) bool { return w.f.mayDecide(r.By) }):
		// It is noted before any label is touched, or andon's own removal of a label that
		// came back too early would look like somebody's.
		c.turnedBack(off[slices.IndexFunc(off, func(r LabelChange) bool { return w.f.mayDecide(r.By) })])
		c.rec.Restored, c.mustRemember = nil, true
		if c.rec.Released != nil && c.rec.Resumed.IsZero() {
			c.rec.MustRestore = true
		}
	case !on:
		w.explain(c, w.restoredBack(c.d, off[len(off)-1]), EditLabels{Disaster: c.d.ID, Add: []string{label}, Why: "only a Product Owner takes back the return to service"})
	}
}

// gateRTS lists what is missing for the return to service: the tasks of that gate that
// are not done, or not there.
func (w *work) gateRTS(c *dossier) []string {
	var missing []string
	for _, e := range w.f.Settings.Playbook.For(c.rec.Kinds) {
		if e.Gate != ReturnToService {
			continue
		}
		t, ok := taskOf(w.f, c.d, c.rec.Round, e.ID)
		switch {
		case !ok:
			missing = append(missing, e.Title+" (there is no such task)")
		case t.Status.Category != CategoryDone:
			missing = append(missing, fmt.Sprintf("%s: %s (%s)", t.Key, e.Title, orElse(t.Status.Name, "not done")))
		}
	}
	return missing
}

// explain has a comment written before labels are changed: once they are changed,
// nothing tells any more that they were different. Where Jira refuses the comment for
// good, or the same fight has gone on for long, the labels are changed all the same.
func (w *work) explain(c *dossier, s Say, edit EditLabels) {
	if !c.anchored(w.f) || w.away(c) {
		return
	}
	kind, _, _ := strings.Cut(s.Ref, ".")
	told := 0
	for _, ref := range c.rec.Said {
		if strings.HasPrefix(ref, kind+".") {
			told++
		}
	}
	if told < maxExplained && !slices.Contains(c.rec.Said, s.Ref) && !w.f.Failed[s.Key()].Final {
		w.labels = append(w.labels, s)
		return
	}
	w.labels = append(w.labels, edit)
}

// maxExplained is how many comments of one sort on changed labels a disaster gets, so
// that a fight with an automation fills neither the issue nor the record.
const maxExplained = 5
