package rules

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAttribute(t *testing.T) {
	tests := []struct {
		name   string
		d      Disaster
		by     string
		change string
		ok     bool
	}{
		{"a label that is not on the issue is nobody's", candidate(nil, change("1", 1, po, l("disaster"), nil), change("2", 2, po, nil, l("disaster"))), "", "", false},
		{"a label without a history is the creator's", candidate(l("disaster")), "dev", "", true},
		{"a label whose history tells of others only is the creator's", candidate(l("disaster", "a"), change("1", 1, po, l("a"), l("b"))), "dev", "", true},
		{"the one addition counts", candidate(l("disaster"), change("1", 1, po, l("disaster"), nil)), "po", "1", true},
		{"the last addition counts", candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 2, po, nil, l("disaster")), change("3", 3, sm, l("disaster"), nil)), "sm", "3", true},
		{"a removal without a later addition contradicts the label", candidate(l("disaster"), change("1", 1, po, nil, l("disaster"))), "", "", false},
		{"labels are compared to the letter", candidate(l("Disaster"), change("1", 1, po, l("disaster"), nil)), "", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := Attribute(test.d, "disaster")
			if got.By.ID != test.by || got.Change != test.change || ok != test.ok {
				t.Errorf("got %q by change %q, %v; want %q by %q, %v", got.By.ID, got.Change, ok, test.by, test.change, test.ok)
			}
			if ok && got.Label != "disaster" {
				t.Errorf("the label is %q", got.Label)
			}
		})
	}
}

func TestEmptied(t *testing.T) {
	both := l("disaster", "disaster-data")
	tests := []struct {
		name   string
		d      Disaster
		change string
		at     time.Time
		ok     bool
	}{
		{"an issue that always had one was never without", candidate(l("disaster")), "", time.Time{}, false},
		{"an issue that never had one was without at its creation", candidate(nil), "", start.Add(-time.Hour), true},
		{"before the first label it was without", candidate(l("disaster"), change("1", 1, po, l("disaster"), nil)), "", start.Add(-time.Hour), true},
		{"the last gap counts", candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 2, dev, nil, l("disaster")), change("3", 3, po, l("disaster"), nil)),
			"2", start.Add(2 * time.Minute), true},
		{"another label on top leaves no gap", candidate(l("disaster-data"), change("1", 1, po, l("disaster-data"), nil), change("2", 2, dev, nil, l("disaster"))), "", time.Time{}, false},
		{"swapping in one edit leaves no gap", candidate(l("disaster-data"), change("1", 1, po, l("disaster-data"), l("disaster"))), "", time.Time{}, false},
		{"both taken off in one edit", candidate(nil, change("1", 1, po, both, nil), change("2", 2, po, nil, both)), "2", start.Add(2 * time.Minute), true},
		{"other labels do not matter", candidate(l("other"), change("1", 1, po, l("other"), nil), change("2", 2, po, nil, l("disaster"))), "2", start.Add(2 * time.Minute), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := emptied(test.d, both)
			if got.ID != test.change || !got.At.Equal(test.at) || ok != test.ok {
				t.Errorf("got change %q at %v, %v; want %q at %v, %v", got.ID, got.At, ok, test.change, test.at, test.ok)
			}
		})
	}
}

func TestAfter(t *testing.T) {
	d := candidate(nil, change("1", 1, po, l("a"), nil), change("2", 1, po, l("b"), nil), change("3", 3, po, l("c"), nil))
	tests := []struct {
		name   string
		change string
		minute int
		want   int
	}{
		{"after the creation comes everything", "", 0, 0},
		{"positions count where two changes share a moment", "1", 1, 1},
		{"after the last change comes nothing", "3", 3, 3},
		{"a change that the history forgot is placed by its time", "9", 2, 2},
		{"a change later than all others", "9", 4, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := after(d, test.change, start.Add(time.Duration(test.minute)*time.Minute)); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

// watchedLabels is a history that was watched as it happened: after each change, which
// labels are on and who put each there.
type watchedLabels struct {
	d      Disaster
	by     map[string]string // who put a label on that is on
	change map[string]string
	gaps   []int
	sets   [][]string // the labels before each change
}

// watchedHistory draws a history that Jira could have written.
func watchedHistory(t *rapid.T) watchedLabels {
	names := l("disaster", "disaster-data", "other")
	people := []Person{po, dev, sm}
	w := watchedLabels{by: map[string]string{}, change: map[string]string{}}
	w.d = candidate(nil)
	for _, n := range names {
		if rapid.Bool().Draw(t, "from the start") {
			w.d.Labels, w.by[n] = append(w.d.Labels, n), dev.ID
		}
	}
	declaring := func() bool { _, a := w.by["disaster"]; _, b := w.by["disaster-data"]; return a || b }
	if !declaring() {
		w.gaps = append(w.gaps, -1)
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "changes") {
		w.sets = append(w.sets, slices.Clone(w.d.Labels))
		had := declaring()
		c := LabelChange{ID: itoa(i + 1), At: start.Add(time.Duration(i/2) * time.Minute), By: rapid.SampledFrom(people).Draw(t, "who")}
		for _, n := range names {
			switch _, on := w.by[n]; {
			case !rapid.Bool().Draw(t, "touch "+n):
			case on:
				delete(w.by, n)
				c.Removed = append(c.Removed, n)
				w.d.Labels = slices.DeleteFunc(slices.Clone(w.d.Labels), func(o string) bool { return o == n })
			default:
				w.by[n], w.change[n] = c.By.ID, c.ID
				c.Added = append(c.Added, n)
				w.d.Labels = append(slices.Clone(w.d.Labels), n)
			}
		}
		if had && !declaring() {
			w.gaps = append(w.gaps, i)
		}
		w.d.History = append(w.d.History, c)
	}
	return w
}

func TestAttributionsAreThoseThatWereWatched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := watchedHistory(t)
		for _, n := range l("disaster", "disaster-data", "other", "never") {
			at, ok := Attribute(w.d, n)
			by, on := w.by[n]
			if ok != on || at.By.ID != by {
				t.Fatalf("%s: got %q, %v; want %q, %v", n, at.By.ID, ok, by, on)
			}
			if on && w.change[n] != at.Change && at.Change != "" {
				t.Fatalf("%s: got change %q, want %q", n, at.Change, w.change[n])
			}
		}
	})
}

func TestGapsAreThoseThatWereWatched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := watchedHistory(t)
		if got := gaps(w.d, l("disaster", "disaster-data")); !slices.Equal(got, w.gaps) {
			t.Fatalf("got %v, want %v for %+v", got, w.gaps, w.d.History)
		}
	})
}

func TestThePastIsAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := watchedHistory(t)
		kept := slices.Clone(w.d.Labels)
		for i, want := range w.sets {
			past := before(w.d, i)
			got := slices.Clone(past.Labels)
			slices.Sort(got)
			want = slices.Clone(want)
			slices.Sort(want)
			if !slices.Equal(got, want) || len(past.History) != i {
				t.Fatalf("before change %d: got %v after %d changes, want %v", i, got, len(past.History), want)
			}
		}
		if !reflect.DeepEqual(kept, slices.Clone(w.d.Labels)) {
			t.Fatalf("the issue itself was changed")
		}
	})
}

func TestMayDecide(t *testing.T) {
	f := judgeFacts()
	f.People.ProductOwners = []Person{po, robot, andon, {}}
	for p, want := range map[string]bool{"po": true, "dev": false, "robot": false, "andon": false, "": false} {
		if got := f.mayDecide(Person{ID: p}); got != want {
			t.Errorf("%q may decide: %v, want %v", p, got, want)
		}
	}
	f.People.AppsAllowed = []string{"robot", "andon"}
	if !f.mayDecide(robot) || f.mayDecide(andon) {
		t.Error("a program that the operator names may decide, andon itself never")
	}
}
