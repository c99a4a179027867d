package rules

import (
	"slices"
	"testing"
	"time"
)

// vanish makes the disaster unreadable: hidden, or deleted for good.
func vanish(w *world, deleted bool) {
	if deleted {
		delete(w.issues, "100")
		return
	}
	w.issues["100"].hidden = true
}

func TestAFreezeIsEnforcedAlsoWhileItsIssueCannotBeRead(t *testing.T) {
	for name, deleted := range map[string]bool{"hidden": false, "deleted": true} {
		t.Run(name, func(t *testing.T) {
			w := declaredWorld(t)
			vanish(w, deleted)
			w.seen = map[string]bool{} // a restart: the project alone tells
			w.tick(time.Minute)
			w.sprint(30, "Habit", SprintFuture, 1, "105")
			w.find(11).State = SprintActive
			p := w.look(t)
			if w.find(30) != nil || w.find(11).State != SprintClosed || w.find(11).Goal != "CANCELLED by SHOP-100:" || !p.plan.Frozen {
				t.Errorf("did %v; sprint 11 is %s with goal %q", p.lines, w.find(11).State, w.find(11).Goal)
			}
			for _, a := range p.acts {
				switch a.(type) {
				case RememberProject, CancelSprint, DeleteSprint, Notify:
				default:
					t.Errorf("%s: nothing can be written on the issue", a.Key())
				}
			}
			if again := w.look(t); len(again.acts) > 0 {
				t.Errorf("a second look still does %v", again.lines)
			}
		})
	}
}

func TestAFreezeThatOnlyThisProcessHasSeenComesOnTheList(t *testing.T) {
	w := declaredWorld(t)
	w.memory, w.kept, w.writable = nil, nil, false // Jira refused the list
	vanish(w, true)
	if p := w.look(t); !p.plan.Frozen || len(w.memory) > 0 {
		t.Fatalf("frozen: %v, the list: %v", p.plan.Frozen, w.memory)
	}
	w.writable = true
	w.look(t)
	settled(t, w)
	w.seen = map[string]bool{} // a restart
	if p := w.look(t); !p.plan.Frozen || !slices.Equal(w.memory, []string{"100"}) {
		t.Errorf("frozen: %v, the list: %v", p.plan.Frozen, w.memory)
	}
	settled(t, w)
}

func TestWhatWasUndoneInTheDarkIsToldAndRememberedLater(t *testing.T) {
	w := declaredWorld(t)
	vanish(w, false)
	w.tick(time.Minute)
	w.find(11).State = SprintActive
	w.look(t)
	w.issues["100"].hidden = false
	w.look(t)
	rec, _ := w.recordOf("100")
	if s, ok := rec.sprint(11); !ok || s.Why != StartedInFreeze || !slices.Equal(s.Issues, []string{"103"}) || s.Undone.IsZero() {
		t.Errorf("the record says %+v, %v", s, ok)
	}
	if n := len(bodies(w, "violation")); n != 1 {
		t.Errorf("it was told %d times", n)
	}
	for _, r := range w.kept {
		if len(r.Sprints) > 0 {
			t.Errorf("the project still keeps %+v", r.Sprints)
		}
	}
	settled(t, w)
}

func TestNothingIsUndoneInTheDarkWithoutWhatTheProjectKeeps(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"the project kept nothing":               func(w *world) { w.kept = nil },
		"what it kept is another project's":      func(w *world) { w.kept[0].Project = "20000" },
		"what it kept is over":                   func(w *world) { w.kept[0].Released = &Ending{At: w.now} },
		"what is to be undone cannot be written": func(w *world) { w.refuse["remember-project/"] = Failure{Text: "403", Final: true} },
	} {
		t.Run(name, func(t *testing.T) {
			w := declaredWorld(t)
			vanish(w, false)
			change(w)
			w.find(11).State = SprintActive
			p := w.look(t)
			if w.find(11).State != SprintActive || !p.plan.Frozen {
				t.Errorf("frozen %v, did %v", p.plan.Frozen, p.lines)
			}
		})
	}
}

func TestTheProjectForgetsTheRecordOfADisasterThatIsOver(t *testing.T) {
	w := declaredWorld(t)
	if len(w.kept) != 1 || w.kept[0].Issue != "100" || len(w.kept[0].Sprints) > 0 {
		t.Fatalf("the project keeps %+v", w.kept)
	}
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.look(t)
	if len(w.kept) > 0 {
		t.Errorf("the project still keeps %+v", w.kept)
	}
}
