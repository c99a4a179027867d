package rules

import (
	"fmt"
	"testing"
	"time"
)

// watchedLabel is a label that is on, as somebody saw it being put there.
type watchedLabel struct {
	by Person
	at int
}

// everyOrder calls a function with every sequence of n numbers below limit.
func everyOrder(n, limit int, f func([]int)) {
	order := make([]int, n)
	var next func(int)
	next = func(i int) {
		if i == n {
			f(order)
			return
		}
		for v := range limit {
			order[i] = v
			next(i + 1)
		}
	}
	next(0)
}

// TestLabelsInEveryOrder plays every sequence of five single edits by a Product Owner and
// a developer on two labels, and compares the verdict with what was watched.
func TestLabelsInEveryOrder(t *testing.T) {
	names, people := l("disaster", "disaster-data"), []Person{po, dev}
	f := judgeFacts()
	seen := map[Verdict]int{}
	everyOrder(5, 8, func(order []int) {
		d, on := candidate(nil), map[string]watchedLabel{}
		story := ""
		for i, v := range order {
			who, name := people[v&1], names[v>>1&1]
			c := LabelChange{ID: itoa(i + 1), At: start.Add(time.Duration(i) * time.Minute), By: who}
			_, there := on[name]
			switch add := v>>2 == 0; {
			case add == there:
				continue // Jira writes nothing where nothing changes
			case add:
				on[name], c.Added = watchedLabel{who, i + 1}, l(name)
			default:
				delete(on, name)
				c.Removed = l(name)
			}
			story += fmt.Sprintf(" %s +%v -%v;", who.ID, c.Added, c.Removed)
			d.History = append(d.History, c)
		}
		want, by := NoDisaster, 0
		for _, name := range names {
			w, there := on[name]
			if !there {
				continue
			}
			d.Labels = append(d.Labels, name)
			v := Proposed
			if w.by.ID == po.ID {
				v = Declared
			}
			if want == NoDisaster || v == Declared && want == Proposed || v == want && w.at < by {
				want, by = v, w.at
			}
		}
		change := ""
		if by > 0 {
			change = itoa(by)
		}
		got := Judge(f, d)
		seen[got.Verdict]++
		if got.Verdict != want || got.By.Change != change {
			t.Errorf("after%s: got %s by change %q, want %s by %q", story, got.Verdict, got.By.Change, want, change)
		}
		if want == NoDisaster && (got.Reason.Code != "no-label" || len(got.Reason.Evidence) != 0) {
			t.Errorf("after%s: %+v", story, got.Reason)
		}
		if want != NoDisaster && (len(got.Reason.Evidence) != 1 || got.Reason.Evidence[0].Change != change) {
			t.Errorf("after%s: the evidence is %+v", story, got.Reason.Evidence)
		}
	})
	for _, v := range []Verdict{NoDisaster, Proposed, Declared} {
		if seen[v] < 1000 {
			t.Errorf("%s was seen only %d times", v, seen[v])
		}
	}
}

func TestProposalsThatWereAnswered(t *testing.T) {
	d := candidate(l("disaster", "disaster-data"), change("1", 1, dev, l("disaster"), nil), change("2", 2, po, l("disaster-data"), nil))
	record := func(refs ...string) func(*Disaster) {
		return func(d *Disaster) { d.RecordState, d.Record.Said = RecordValid, refs }
	}
	tests := []struct {
		name   string
		owners []Person
		change func(*Disaster)
		want   Verdict
		code   string
		by     string
	}{
		{"the Product Owner's label declares beside an answered proposal", []Person{po}, func(d *Disaster) { d.Said = l("proposed.100.1") }, Declared, "declared-by-product-owner", "2"},
		{"of two Product Owners' labels the one that was never answered declares", []Person{po, dev}, func(d *Disaster) { d.Said = l("proposed.100.1") }, Declared, "declared-by-product-owner", "2"},
		{"where both were answered neither declares", []Person{po, dev}, func(d *Disaster) { d.Said = l("proposed.100.1", "proposed.100.2") }, Proposed, "proposed-before", "1"},
		{"the record tells too", []Person{po, dev}, record("proposed.100.1", "proposed.100.2"), Proposed, "proposed-before", "1"},
		{"the record and the comments together tell", []Person{po, dev}, func(d *Disaster) { record("proposed.100.1")(d); d.Said = l("proposed.100.2") }, Proposed, "proposed-before", "1"},
		{"an answer on another issue, as on a clone's original, says nothing", []Person{dev}, func(d *Disaster) { d.Said = l("proposed.99.1") }, Declared, "declared-by-product-owner", "1"},
		{"another answer to the same act says nothing", []Person{dev}, func(d *Disaster) { d.Said = l("rehearsal.100.1", "kind.100.data.1") }, Declared, "declared-by-product-owner", "1"},
		{"an answer to a longer id says nothing", []Person{dev}, func(d *Disaster) { d.Said = l("proposed.100.11") }, Declared, "declared-by-product-owner", "1"},
		{"an answered proposal by somebody who is still none is a plain proposal", []Person{sm}, func(d *Disaster) { d.Said = l("proposed.100.1", "proposed.100.2") }, Proposed, "added-by-other", "1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, d := judgeFacts(), d
			f.People.ProductOwners = test.owners
			test.change(&d)
			if got := Judge(f, d); got.Verdict != test.want || got.Reason.Code != test.code || got.By.Change != test.by {
				t.Errorf("got %s, %s by change %q: %s", got.Verdict, got.Reason.Code, got.By.Change, got.Reason.Text)
			}
		})
	}
}
