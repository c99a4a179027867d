package rules

import (
	"fmt"
	"slices"
)

// removalsOf are the changes since an act that took its label off, oldest first. A
// removal that andon has answered by putting the label back has been judged then.
func (w *work) removalsOf(c *dossier, a Act) []LabelChange {
	var out []LabelChange
	for _, r := range c.d.History[after(c.d, a.Change, a.At):] {
		switch {
		case contains(r.Removed, a.Label):
			out = append(out, r)
		case contains(r.Added, a.Label) && r.By.ID == w.f.Self.ID && len(out) > 0:
			out = out[:len(out)-1]
		}
	}
	return out
}

// mode is the system mode in force: the latest one that a Product Owner set, unless one
// has ended it. Older ones do not come back.
func (w *work) mode(c *dossier) (Act, bool) {
	if len(c.rec.Modes) == 0 {
		return Act{}, false
	}
	a := c.rec.Modes[len(c.rec.Modes)-1]
	return a, a.Ended.IsZero() && contains(c.d.Labels, a.Label)
}

// modeOff looks whether the system mode was taken off: a Product Owner ends it, anybody
// else's removal is undone, since nobody else changes the mode.
func (w *work) modeOff(c *dossier) {
	if len(c.rec.Modes) == 0 || !c.rec.Modes[len(c.rec.Modes)-1].Ended.IsZero() {
		return
	}
	a := &c.rec.Modes[len(c.rec.Modes)-1]
	off, on := w.removalsOf(c, *a), contains(c.d.Labels, a.Label)
	switch {
	case len(off) == 0 && on:
	case len(off) == 0:
		w.notice(Reason{Code: "history-contradicts", Text: fmt.Sprintf("the label %s is off %s, but its history does not tell who took it off; looking again", a.Label, c.d.Key)})
	case w.ownersUnknown(c, "the removal of "+a.Label+" waits"):
	case slices.ContainsFunc(off, func(r LabelChange) bool { return w.f.mayDecide(r.By) }):
		a.Ended, c.mustRemember = w.f.Now, true
	case !on:
		w.explain(c, w.modeBack(c.d, a.Label, off[len(off)-1]), EditLabels{Disaster: c.d.ID, Add: []string{a.Label}, Why: "only a Product Owner ends a system mode"})
	}
}

// modeBack answers somebody who took off the system mode.
func (w *work) modeBack(d Disaster, label string, off LabelChange) Say {
	who := "Somebody"
	if off.By.ID != "" {
		who = person(off.By)
	}
	return comment(d, "the system mode stands", fmt.Sprintf(
		"%s took off the label %s. Only a Product Owner changes the system mode, so andon put it back. %s may take it off, or set another one.",
		who, EscapeWiki(label), w.owners()), "mode-back", d.ID, label, orElse(off.ID, "unknown"))
}

// oneMode takes off the older ones of several system modes.
func (w *work) oneMode(c *dossier) {
	now, ok := w.mode(c)
	if !ok || !c.anchored(w.f) || w.away(c) {
		return
	}
	var old []string
	for _, label := range w.f.Settings.Labels.Modes() {
		at, on := Attribute(c.d, label)
		set := slices.ContainsFunc(c.rec.Modes, func(a Act) bool { return a.is(at) || a.Label == label && at.By.ID == w.f.Self.ID })
		if on && label != now.Label && set {
			old = append(old, label)
		}
	}
	if len(old) > 0 {
		w.labels = append(w.labels, EditLabels{Disaster: c.d.ID, Remove: old, Why: "the latest system mode counts, " + now.Label})
	}
}
