package rules

import (
	"fmt"
	"testing"
	"time"
)

var t0 = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var (
	owner = Person{ID: "po", Name: "Paula Owner"}
	dev   = Person{ID: "dev", Name: "Dev Eloper"}
	bot   = Person{ID: "andon", Name: "andon"}
)

// shop is a project with one board, one active and one future sprint.
func shop() Facts {
	return Facts{
		Now: t0.Add(time.Minute), Settings: DefaultSettings(), Site: Site{BaseURL: "https://jira.example.com", Flavour: Cloud}, Self: bot,
		Project: Project{ID: "10000", Key: "SHOP", Name: "Shop", Subtask: IssueType{ID: "5", Subtask: true, Level: -1}, Task: IssueType{ID: "3"}},
		People:  People{Source: "role", ProductOwners: []Person{owner}, Read: true},
		Boards:  []Board{{ID: 1, Name: "SHOP board", Type: "scrum", ProjectID: "10000", ProjectKey: "SHOP"}, {ID: 2, Name: "BLOG + SHOP", Type: "scrum", ProjectID: "20000", ProjectKey: "BLOG"}},
		Sprints: []Sprint{
			{ID: 10, Name: "SHOP 1", Goal: "sell", State: SprintActive, Board: 1, ScopeRead: true, Unfinished: []string{"101", "102"}, Done: 3},
			{ID: 11, Name: "SHOP 2", State: SprintFuture, Board: 1, ScopeRead: true},
			{ID: 12, Name: "BLOG 1", State: SprintActive, Board: 2, ScopeRead: true},
		},
		Memory: ProjectMemory{Writable: true},
		Disasters: []Disaster{{ID: "100", Key: "SHOP-7", Summary: "shop is down", ProjectID: "10000", Labels: []string{"disaster"},
			Creator: dev, Created: t0.Add(-time.Hour), SaidRead: true,
			History: []LabelChange{{ID: "1", At: t0, By: owner, Added: []string{"disaster"}}}}},
	}
}

// settle carries plans out, in facts alone, until there is nothing left to do.
func settle(t *testing.T, f Facts) (Facts, []Action) {
	t.Helper()
	var done []Action
	for range 20 {
		p := Decide(f)
		if !p.Wants.Empty() {
			t.Fatalf("wants %+v although everything has been read", p.Wants)
		}
		if len(p.Actions) == 0 {
			return f, done
		}
		for i, a := range p.Actions {
			r := predicted(f, a)
			for k := range r.Tasks {
				r.Tasks[k].ID = fmt.Sprint(1000 + 100*len(done) + k)
				r.Tasks[k].Key = "SHOP-" + r.Tasks[k].ID
			}
			if r.Comment == "0" {
				r.Comment = fmt.Sprint(5000 + len(done) + i)
			}
			f = Effect(f, a, r)
			done = append(done, a)
		}
	}
	t.Fatalf("the plan never becomes empty: %v", done)
	return f, nil
}

func TestTheProductOwnersLabelStopsTheLine(t *testing.T) {
	f, done := settle(t, shop())
	for _, a := range done {
		t.Log(a.Key(), "|", a.Line())
	}
	t.Log(done[len(done)-2].(WriteStatus).Body)
	if len(f.Sprints) != 2 {
		t.Errorf("sprints left: %+v, want the future one and BLOG's", f.Sprints)
	}
}
