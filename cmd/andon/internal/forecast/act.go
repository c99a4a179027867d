package forecast

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"andon/rules"
)

// Act is something that somebody does before andon looks again. Exactly one of its
// fields says what.
type Act struct {
	// Declare is true for a Product Owner's declaration, with Kinds.
	Declare bool
	Kinds   []rules.Kind
	// Entry is the playbook's entry whose task is closed, as Resolution.
	Entry      string
	Resolution string
	// Label is the label that is added, or taken off where Off is true, by By.
	Label string
	Off   bool
	By    string
}

// Owner stands for a Product Owner, and Developer for somebody who is none.
const (
	Owner     = "po"
	Developer = "dev"
)

// ParseTask reads ENTRY or ENTRY=RESOLUTION.
func ParseTask(s string) (Act, error) {
	entry, resolution, given := strings.Cut(s, "=")
	if entry == "" || given && resolution == "" {
		return Act{}, fmt.Errorf("%q: say ENTRY or ENTRY=RESOLUTION, such as root-cause=Done", s)
	}
	if !given {
		resolution = "Done"
	}
	return Act{Entry: entry, Resolution: resolution}, nil
}

// ParseLabel reads +LABEL or -LABEL, then by WHOM where it is not a Product Owner.
func ParseLabel(s string) (Act, error) {
	words := strings.Fields(s)
	bad := fmt.Errorf("%q: say \"+LABEL by po\" or \"-LABEL by dev\"; by whom is po (a Product Owner), dev (somebody else) or an account's id", s)
	if len(words) != 1 && (len(words) != 3 || words[1] != "by") || len(words) > 0 && len(words[0]) < 2 {
		return Act{}, bad
	}
	a := Act{Label: words[0][1:], Off: words[0][0] == '-', By: Owner}
	if words[0][0] != '+' && !a.Off {
		return Act{}, bad
	}
	if len(words) == 3 {
		a.By = whom(words[2])
	}
	return a, nil
}

// whom reads by whom, as people may write it.
func whom(word string) string {
	switch strings.ToLower(word) {
	case Owner, "owner", "product-owner":
		return Owner
	case Developer, "developer":
		return Developer
	}
	return word
}

// byOwner says whether it has to be known who the Product Owners are.
func (a Act) byOwner() bool { return a.Declare || a.Label != "" || a.Entry != "" }

// words says what is done.
func (a Act) words(f rules.Facts, issue string) string {
	key := keyOf(f, issue)
	switch {
	case a.Declare && len(a.Kinds) > 0:
		names := make([]string, len(a.Kinds))
		for i, k := range a.Kinds {
			names[i] = string(k)
		}
		return "a Product Owner declares " + key + " a disaster (" + strings.Join(names, ", ") + ")"
	case a.Declare:
		return "a Product Owner declares " + key + " a disaster"
	case a.Entry != "":
		return a.task(key) + " is closed as " + rules.Printable(a.Resolution)
	case a.Off:
		return a.who() + " takes the label " + rules.Printable(a.Label) + " off " + key
	}
	return a.who() + " adds the label " + rules.Printable(a.Label) + " to " + key
}

// task names what is closed.
func (a Act) task(key string) string {
	if a.Entry == GateEntry {
		return "every task of " + key + " that the return to service waits for"
	}
	return "the task " + rules.Printable(a.Entry) + " of " + key
}

// who does it, in words.
func (a Act) who() string {
	switch a.By {
	case Owner:
		return "a Product Owner"
	case Developer:
		return "somebody who is no Product Owner"
	}
	return rules.Printable(a.By)
}

// do gives the facts in which it was done.
func (a Act) do(f rules.Facts, issue string) (rules.Facts, error) {
	i := slices.IndexFunc(f.Disasters, func(d rules.Disaster) bool { return d.ID == issue })
	switch {
	case i < 0:
		return f, fmt.Errorf("what if: the issue is not among the facts of project %s", f.Project.Key)
	case f.Disasters[i].Unreadable != "":
		return f, fmt.Errorf("what if: Jira does not show the issue (%s), so nobody can do anything on it", f.Disasters[i].Unreadable)
	}
	f.Disasters = slices.Clone(f.Disasters)
	d := &f.Disasters[i]
	switch {
	case a.Declare:
		return f, a.declare(f, d)
	case a.Entry != "":
		return f, a.close(f, d)
	}
	by, err := a.person(f)
	if err != nil {
		return f, err
	}
	edit(d, f, by, a.Label, a.Off)
	return f, nil
}

// declare sets the labels that a Product Owner would set. One that was on already is
// taken off first, since only a new one declares.
func (a Act) declare(f rules.Facts, d *rules.Disaster) error {
	by, err := Act{By: Owner}.person(f)
	if err != nil {
		return err
	}
	l := f.Settings.Labels
	labels := []string{l.Disaster}
	if len(a.Kinds) > 0 {
		labels = nil
	}
	for _, k := range a.Kinds {
		for _, name := range l.Declaring() {
			if l.Kind(name) == k {
				labels = append(labels, name)
			}
		}
	}
	if d.RecordState != rules.RecordValid || d.Record.Withdrawn != nil || d.Record.Released != nil {
		for _, off := range append(l.Declaring(), l.Rehearsal) {
			edit(d, f, by, off, true)
		}
	}
	for _, on := range labels {
		edit(d, f, by, on, false)
	}
	return nil
}

// edit adds a label or takes it off, with the entry that Jira would write.
func edit(d *rules.Disaster, f rules.Facts, by rules.Person, label string, off bool) {
	if slices.Contains(d.Labels, label) != off {
		return
	}
	c := rules.LabelChange{ID: "if-" + strconv.Itoa(len(d.History)+1), At: f.Now, By: by}
	d.Labels = slices.DeleteFunc(slices.Clone(d.Labels), func(l string) bool { return l == label })
	if off {
		c.Removed = []string{label}
	} else {
		d.Labels, c.Added = append(d.Labels, label), []string{label}
	}
	d.History = append(slices.Clone(d.History), c)
}

// person finds who does it.
func (a Act) person(f rules.Facts) (rules.Person, error) {
	switch a.By {
	case Developer:
		return rules.Person{ID: "somebody", Name: "Somebody"}, nil
	case Owner:
		for _, p := range f.People.ProductOwners {
			if p.ID != f.Self.ID && (!p.App || slices.Contains(f.People.AppsAllowed, p.ID)) {
				return p, nil
			}
		}
		if f.People.Unreadable != "" {
			return rules.Person{}, fmt.Errorf("what if: it cannot be read who the Product Owners are: %s", f.People.Unreadable)
		}
		return rules.Person{}, fmt.Errorf("what if: project %s has no Product Owner who may decide", f.Project.Key)
	}
	for _, p := range slices.Concat(f.People.ProductOwners, f.People.ScrumMasters) {
		if p.ID == a.By || p.Username != "" && p.Username == a.By {
			return p, nil
		}
	}
	return rules.Person{ID: a.By, Name: a.By}, nil
}

// GateEntry stands for every task that the return to service waits for.
const GateEntry = "rts"

// close closes a task, as a Product Owner would where there is one.
func (a Act) close(f rules.Facts, d *rules.Disaster) error {
	d.Tasks = slices.Clone(d.Tasks)
	var there []string
	done := false
	for i := range d.Tasks {
		t := &d.Tasks[i]
		if t.Round != d.Record.Round {
			continue
		}
		there = append(there, t.Entry)
		e, _ := f.Settings.Playbook.Entry(t.Entry)
		if t.Entry != a.Entry && !(a.Entry == GateEntry && e.Gate == rules.ReturnToService) {
			continue
		}
		done = true
		t.Status, t.Resolution, t.ClosedAt = rules.Status{Name: "Done", Category: rules.CategoryDone}, a.Resolution, f.Now
		if by, err := (Act{By: Owner}).person(f); err == nil { // without one it was closed by nobody known
			t.ClosedBy = by
		}
	}
	if !done {
		return fmt.Errorf("what if: %s has no task %q; there are: %s", name(*d), a.Entry, orNone(strings.Join(there, ", ")))
	}
	return nil
}

// orNone is a list, or that it is empty.
func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// itoa is an id in digits.
func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// has says whether a list holds something.
func has[T comparable](list []T, x T) bool { return slices.Contains(list, x) }
