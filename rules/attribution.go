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

// before is the issue as it was just before the change with the given index. Positions
// in the history are used rather than times, since two changes may share a moment.
func before(d Disaster, index int) Disaster {
	past := d
	past.Labels = slices.Clone(d.Labels)
	for _, c := range slices.Backward(d.History[index:]) {
		past.Labels = slices.DeleteFunc(past.Labels, func(l string) bool { return contains(c.Added, l) })
		for _, l := range c.Removed {
			if !contains(past.Labels, l) {
				past.Labels = append(past.Labels, l)
			}
		}
	}
	past.History = slices.Clone(d.History[:index])
	return past
}

// after is the index of the first change that follows an act: the change with the given
// id, or where the history does not know it, the given moment. An act without an id is
// the creation of the issue.
func after(d Disaster, change string, at time.Time) int {
	if change == "" {
		return 0
	}
	if i := slices.IndexFunc(d.History, func(c LabelChange) bool { return c.ID == change }); i >= 0 {
		return i + 1
	}
	i := slices.IndexFunc(d.History, func(c LabelChange) bool { return !c.At.Before(at) })
	if i < 0 {
		return len(d.History)
	}
	return i
}

// gaps are the indexes of the changes that took the last of the given labels off,
// oldest first; -1 stands for an issue that was created without any.
func gaps(d Disaster, labels []string) []int {
	var out []int
	on := map[string]bool{}
	for _, l := range before(d, 0).Labels {
		if contains(labels, l) {
			on[l] = true
		}
	}
	if len(on) == 0 {
		out = append(out, -1)
	}
	for i, c := range d.History {
		had := len(on) > 0
		for _, l := range c.Removed {
			delete(on, l)
		}
		for _, l := range c.Added {
			if contains(labels, l) {
				on[l] = true
			}
		}
		if had && len(on) == 0 {
			out = append(out, i)
		}
	}
	return out
}

// emptied tells the last moment at which none of the given labels was on the issue:
// the change that took the last of them off, or the creation. It says false where
// there has been one at all times.
func emptied(d Disaster, labels []string) (LabelChange, bool) {
	all := gaps(d, labels)
	switch {
	case len(all) == 0:
		return LabelChange{}, false
	case all[len(all)-1] < 0:
		return LabelChange{At: d.Created}, true
	}
	return d.History[all[len(all)-1]], true
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
	program := p.App || f.People.ProductOwners[i].App
	return !program || slices.Contains(f.People.AppsAllowed, p.ID)
}
