package rules

import (
	"slices"
	"time"
)

// Attribution tells who put a label on an issue and when.
type Attribution struct {
	Label string
	By    Person
	At    time.Time
	// Change is the id of the changelog entry, empty where the label has been there
	// since the issue was created.
	Change string
}

// Attribute tells who put a label on an issue that carries it now: the author of its
// last addition that no removal follows, or the creator where the history
// never adds it (Jira writes no history for the creation of an issue, and a clone's
// labels are there from the start). It says false where the issue does not carry the
// label, or where history and label contradict each other, which happens while an
// answer of Jira is older than the other; nothing can be proved then.
func Attribute(d Disaster, label string) (Attribution, bool) {
	if !slices.Contains(d.Labels, label) {
		return Attribution{}, false
	}
	for _, c := range slices.Backward(d.History) {
		switch {
		case slices.Contains(c.Added, label):
			return Attribution{Label: label, By: c.By, At: c.At, Change: c.ID}, true
		case slices.Contains(c.Removed, label):
			return Attribution{}, false
		}
	}
	return Attribution{Label: label, By: d.Creator, At: d.Created}, true
}

// emptied tells the last moment at which none of the given labels was on the issue:
// the change that took the last of them off. Now tells that there is none at present.
// It says false where there has been one at all times since the creation.
func emptied(d Disaster, labels []string) (change LabelChange, now, ok bool) {
	on := map[string]bool{}
	for _, l := range labels {
		if slices.Contains(d.Labels, l) {
			on[l] = true
		}
	}
	now = len(on) == 0
	for _, c := range slices.Backward(d.History) {
		after := len(on) == 0
		for _, l := range labels {
			if slices.Contains(c.Added, l) {
				delete(on, l)
			}
			if slices.Contains(c.Removed, l) {
				on[l] = true
			}
		}
		if after && len(on) > 0 {
			return c, now, true
		}
	}
	if len(on) == 0 { // there was none at the creation either
		return LabelChange{At: d.Created}, now, true
	}
	return LabelChange{}, now, false
}

// presentAt says whether the label was on the issue just after the given moment, and
// since when and by whom.
func presentAt(d Disaster, label string, at time.Time) (Attribution, bool) {
	past := d
	past.Labels = slices.Clone(d.Labels)
	past.History = nil
	for _, c := range d.History {
		if !c.At.After(at) {
			past.History = append(past.History, c)
		}
	}
	for _, c := range slices.Backward(d.History) {
		if !c.At.After(at) {
			break
		}
		past.Labels = slices.DeleteFunc(past.Labels, func(l string) bool { return slices.Contains(c.Added, l) })
		past.Labels = append(past.Labels, c.Removed...)
	}
	return Attribute(past, label)
}

// mayDecide says whether a person is a Product Owner whose act counts. Andon's own
// account never decides, and a program only where the operator named it.
func (f Facts) mayDecide(p Person) bool {
	if p.ID == "" || p.ID == f.Self.ID {
		return false
	}
	i := slices.IndexFunc(f.People.ProductOwners, func(o Person) bool { return o.ID == p.ID })
	if i < 0 {
		return false
	}
	return !p.App || slices.Contains(f.People.AppsAllowed, p.ID)
}
