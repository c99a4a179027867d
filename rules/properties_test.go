package rules

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// randomFacts lets an adversary act for a while and gives the facts that a look gathers
// then, with some of the wants fulfilled.
func randomFacts(t *rapid.T) Facts {
	a := &adversary{w: newWorld()}
	a.w.issue("200", po)
	acts := a.acts()
	names := sortedNames(acts)
	for range rapid.IntRange(0, 15).Draw(t, "acts") {
		acts[rapid.SampledFrom(names).Draw(t, "act")](t)
	}
	f := a.w.facts()
	for range rapid.IntRange(0, 3).Draw(t, "wants") {
		f = a.w.fulfil(f, Decide(f).Wants)
	}
	if rapid.Bool().Draw(t, "failing") {
		for _, action := range Decide(f).Actions {
			if rapid.Bool().Draw(t, "this one") {
				f = Failing(f, action, Failure{Text: "no", Final: rapid.Bool().Draw(t, "final")})
			}
		}
	}
	return f
}

// sortedNames are the names of acts in order.
func sortedNames[V any](m map[string]V) []string {
	var out []string
	for n := range m {
		out = append(out, n)
	}
	for i := range out {
		for k := i + 1; k < len(out); k++ {
			if out[k] < out[i] {
				out[i], out[k] = out[k], out[i]
			}
		}
	}
	return out
}

// deep is a copy of a value that shares nothing with it.
func deep(t tb, f Facts) Facts {
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	var out Facts
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("decode: %v", err)
	}
	return out
}

func TestDecideIsPure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		before := deep(t, f)
		first, second := Decide(f), Decide(f)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("the same facts give two plans:\n%s", diff)
		}
		if after := deep(t, f); !reflect.DeepEqual(before, after) {
			t.Fatalf("the facts were changed:\n%s", cmp.Diff(before, after))
		}
	})
}

func TestEffectChangesNothingInItsFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		before := deep(t, f)
		for _, a := range Decide(f).Actions {
			next := Effect(f, a, predicted(f, a))
			next = Failing(next, a, Failure{Text: "x"})
			Decide(next)
			if after := deep(t, f); !reflect.DeepEqual(before, after) {
				t.Fatalf("%s changed the facts that it was given:\n%s", a.Key(), cmp.Diff(before, after))
			}
		}
	})
}

func TestAPlanHoldsEachActOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		seen := map[string]bool{}
		for _, a := range Decide(f).Actions {
			if seen[a.Key()] {
				t.Fatalf("%s is planned twice at once", a.Key())
			}
			if a.Line() == "" || a.Key() == "" {
				t.Fatalf("%T has no key or no words", a)
			}
			seen[a.Key()] = true
			if _, failed := f.Failed[a.Key()]; failed {
				t.Fatalf("%s has failed in this pass and is planned again", a.Key())
			}
		}
	})
}

func TestNothingIrrevocableIsPlannedWhileTheOwnersAreWanted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		f.People = People{}
		p := Decide(f)
		for _, a := range p.Actions {
			switch a.(type) {
			case CancelSprint, DeleteSprint:
				if p.Wants.People {
					t.Fatalf("%s is planned although it is asked who the Product Owners are", a.Key())
				}
			}
		}
	})
}

func TestRememberingComesBeforeUndoing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		for _, a := range Decide(f).Actions {
			var disaster string
			var sprint int64
			switch a := a.(type) {
			case CancelSprint:
				disaster, sprint = a.Disaster, a.Sprint
			case DeleteSprint:
				disaster, sprint = a.Disaster, a.Sprint
			default:
				continue
			}
			for _, d := range f.Disasters {
				if _, ok := d.Record.sprint(sprint); d.ID == disaster && (!ok || d.RecordState != RecordValid || d.Unsaved) {
					t.Fatalf("%s is planned before Jira holds what it undoes", a.Key())
				}
			}
			if !ScopeOf(f, sprintOf(f, sprint)).In {
				t.Fatalf("%s is out of scope", a.Key())
			}
		}
	})
}

// sprintOf finds a sprint in the facts.
func sprintOf(f Facts, id int64) Sprint {
	for _, s := range f.Sprints {
		if s.ID == id {
			return s
		}
	}
	return Sprint{}
}

func TestNothingIsWrittenWithoutAProductOwnersWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		a := &adversary{w: w}
		for range rapid.IntRange(1, 20).Draw(t, "acts") {
			who := rapid.SampledFrom([]Person{dev, sm, robot, andon}).Draw(t, "who")
			switch rapid.IntRange(0, 5).Draw(t, "act") {
			case 0, 1:
				w.add(who, "100", a.name(t))
			case 2:
				w.take(who, "100", a.name(t))
			case 3:
				w.issues["100"].state = rapid.SampledFrom([]RecordState{RecordAbsent, RecordVoid, RecordDamaged}).Draw(t, "record")
			case 4:
				a.createSprint(t)
			case 5:
				a.setState(t, SprintFuture, SprintActive)
			}
			for _, act := range w.look(t).acts {
				if _, comment := act.(Say); !comment {
					t.Fatalf("without a Product Owner andon did: %s", act.Line())
				}
			}
		}
	})
}

func TestEveryPointOfDeathIsSurvived(t *testing.T) {
	for most := range 12 {
		t.Run(fmt.Sprintf("after %d acts", most), func(t *testing.T) {
			w := newWorld()
			w.settings.Channels = []string{"chat"}
			w.add(po, "100", "disaster-data")
			for range 12 {
				w.tick(time.Second)
				w.lookUntil(t, most)
			}
			w.look(t)
			settled(t, w)
			if s := w.find(10); s.State != SprintClosed || s.Goal != "CANCELLED by SHOP-100: sell more" {
				t.Errorf("the sprint is %s with goal %q", s.State, s.Goal)
			}
			rec, _ := w.recordOf("100")
			if len(rec.Sprints) != 1 || rec.Sprints[0].Why != AtDeclaration || len(rec.Sprints[0].Issues) != 2 {
				t.Errorf("remembered: %+v", rec.Sprints)
			}
			if len(rec.Tasks) != 13 {
				t.Errorf("%d tasks", len(rec.Tasks))
			}
		})
	}
}

func TestThePlanDoesNotDependOnTheOrderOfTheFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFacts(t)
		turned := f
		turned.Disasters = rapid.Permutation(f.Disasters).Draw(t, "order")
		if diff := cmp.Diff(Decide(f), Decide(turned)); diff != "" {
			t.Fatalf("another order of the disasters gives another plan:\n%s", diff)
		}
	})
}
