package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// order is what an operator's command writes on the project.
func (w *world) order(id string, round int) {
	w.orders = append(slices.Clone(w.orders), Order{Disaster: id, Round: round, At: w.now, By: "ops", Reason: "the issue was deleted"})
}

// hiddenWorld is a declared disaster whose issue cannot be read any more.
func hiddenWorld(t *testing.T, deleted bool) *world {
	t.Helper()
	w := declaredWorld(t)
	w.settings.Channels = []string{MailChannel, "chat"}
	if !deleted {
		w.look(t)
	}
	vanish(w, deleted)
	if deleted {
		w.issues["100"] = &wissue{hidden: true} // for what the channels hear
	}
	w.look(t)
	w.tick(time.Minute)
	return w
}

func TestAnOrderEndsTheFreezeOfADisasterThatCannotBeRead(t *testing.T) {
	for name, deleted := range map[string]bool{"hidden": false, "deleted": true} {
		for where, forget := range map[string]func(w *world){"": func(*world) {}, " after a restart": func(w *world) { w.seen = map[string]bool{} }} {
			t.Run(name+where, func(t *testing.T) {
				w := hiddenWorld(t, deleted)
				forget(w)
				w.order("100", 1)
				p := w.look(t)
				if p.plan.Frozen || len(w.memory) > 0 {
					t.Errorf("frozen %v, the list is %v", p.plan.Frozen, w.memory)
				}
				w.sprint(30, "On we go", SprintFuture, 1)
				w.tick(time.Minute)
				if again := w.look(t); len(again.acts) > 0 || w.find(30) == nil {
					t.Errorf("a second look still does %v", again.lines)
				}
				told := strings.Join(w.issues["100"].told, "\n")
				if strings.Count(told, "released by an operator") != 1 {
					t.Errorf("the channels heard:\n%s", told)
				}
			})
		}
	}
}

func TestAnOrderSaysWhoAndWhy(t *testing.T) {
	w := hiddenWorld(t, false)
	w.order("100", 1)
	f := w.facts()
	p := Decide(f)
	i := slices.IndexFunc(p.States, func(s State) bool { return s.ID == "100" })
	if s := p.States[i]; s.Phase != PhaseResolved || s.Frozen || s.Reason.Code != byOperator || !strings.Contains(s.Reason.Text, "(ops)") || !strings.Contains(s.Reason.Text, "the issue was deleted") {
		t.Errorf("the state is %+v", s)
	}
	if !slices.ContainsFunc(p.Notices, func(r Reason) bool { return r.Code == byOperator }) {
		t.Errorf("the log hears %v", p.Notices)
	}
}

func TestAReleasedDisasterThatCanBeReadAgainStaysReleased(t *testing.T) {
	w := hiddenWorld(t, false)
	w.order("100", 1)
	w.look(t)
	w.issues["100"].hidden = false
	w.tick(time.Hour)
	if p := w.look(t); p.plan.Frozen {
		t.Fatalf("the freeze came back: %v", p.lines)
	}
	notes := bodies(w, "operator")
	if len(notes) != 1 || !strings.Contains(notes[0], "Released by: ops") || !strings.Contains(notes[0], "the issue was deleted") || !strings.Contains(notes[0], "Planning is free") {
		t.Errorf("the comments say %q", notes)
	}
	if body := w.issues["100"].bodies[makeRef(statusRef, "100")]; !strings.Contains(body, "released by an operator") || strings.Contains(body, "planning is frozen") {
		t.Errorf("the status comment says:\n%s", body)
	}
	if told := strings.Join(w.issues["100"].told, "\n"); strings.Count(told, "released by an operator") != 1 || strings.Contains(told, "root cause closed") {
		t.Errorf("the channels heard:\n%s", told)
	}
	settled(t, w)
	w.orders = nil // whoever deletes the order brings nothing back either
	w.sprint(30, "On we go", SprintActive, 1)
	w.reopenTask("100", "root-cause")
	if p := w.look(t); p.plan.Frozen || w.find(30).State != SprintActive {
		t.Errorf("frozen %v: %v", p.plan.Frozen, p.lines)
	}
}

func TestAnOrderGivenJustBeforeTheIssueCameBackIsObeyedAndTold(t *testing.T) {
	w := hiddenWorld(t, false)
	w.order("100", 1)
	w.issues["100"].hidden = false
	for dies := range 6 {
		w.lookUntil(t, dies)
	}
	if p := w.look(t); p.plan.Frozen || len(bodies(w, "operator")) != 1 {
		t.Errorf("frozen %v, comments %q", p.plan.Frozen, bodies(w, "operator"))
	}
	if told := strings.Join(w.issues["100"].told, "\n"); !strings.Contains(told, "released by an operator") {
		t.Errorf("the channels heard:\n%s", told)
	}
	settled(t, w)
}

func TestWhatWasUndoneInTheDarkIsNotLostByAnOrder(t *testing.T) {
	w := hiddenWorld(t, false)
	w.find(11).State = SprintActive
	w.look(t)
	w.order("100", 1)
	w.look(t)
	w.tick(time.Minute)
	w.look(t)
	w.issues["100"].hidden = false
	w.look(t)
	rec, _ := w.recordOf("100")
	if s, ok := rec.sprint(11); !ok || s.Why != StartedInFreeze || rec.Order == nil {
		t.Errorf("the record says %+v, %v", s, ok)
	}
	w.look(t)
	if len(w.kept) > 0 {
		t.Errorf("the project still keeps %+v", w.kept)
	}
}

func TestAnOrderReachesNoOtherDeclaration(t *testing.T) {
	tests := map[string]struct {
		change func(w *world)
		frozen bool
	}{
		"the one it means":                     {func(w *world) { w.order("100", 1) }, false},
		"another round":                        {func(w *world) { w.order("100", 2) }, true},
		"another issue":                        {func(w *world) { w.order("200", 1) }, true},
		"no round, after the declaration":      {func(w *world) { w.order("100", 0) }, false},
		"no round, before the declaration":     {func(w *world) { w.now = start.Add(-time.Hour); w.order("100", 0); w.now = start.Add(time.Hour) }, true},
		"a round of which nothing is known":    {func(w *world) { w.kept = nil; w.order("100", 1) }, true},
		"no round where nothing is known":      {func(w *world) { w.kept = nil; w.order("100", 0) }, false},
		"what was kept is another project's":   {func(w *world) { w.kept[0].Project = "20000"; w.order("100", 1) }, true},
		"an order that was written long ago":   {func(w *world) { w.order("100", 1); w.tick(400 * time.Hour) }, false},
		"the same order twice":                 {func(w *world) { w.order("100", 1); w.order("100", 1) }, false},
		"an order while the owners are unread": {func(w *world) { w.order("100", 1); w.unreadable = "403" }, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := hiddenWorld(t, false)
			tt.change(w)
			if p := w.look(t); p.plan.Frozen != tt.frozen {
				t.Errorf("frozen %v, want %v", p.plan.Frozen, tt.frozen)
			}
		})
	}
}

func TestADisasterDeclaredAgainAfterAnOrderFreezes(t *testing.T) {
	w := hiddenWorld(t, false)
	w.order("100", 1)
	w.look(t)
	w.issues["100"].hidden = false
	w.look(t)
	w.tick(time.Minute)
	w.take(po, "100", "disaster")
	w.tick(time.Minute)
	w.add(po, "100", "disaster")
	w.look(t)
	rec, _ := w.recordOf("100")
	if p := w.look(t); !p.plan.Frozen || rec.Round != 2 || rec.Order != nil || len(bodies(w, "declared-again")) != 1 {
		t.Errorf("frozen %v, round %d, order %v, comments %q", p.plan.Frozen, rec.Round, rec.Order, bodies(w, "declared-again"))
	}
	vanish(w, false)
	if p := w.look(t); !p.plan.Frozen {
		t.Error("the old order ended the new freeze")
	}
}

func TestAnotherDisasterGoesOnFreezing(t *testing.T) {
	w := hiddenWorld(t, false)
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	w.order("100", 1)
	w.tick(time.Minute)
	p := w.look(t)
	if !p.plan.Frozen || !slices.Equal(w.memory, []string{"200"}) {
		t.Errorf("frozen %v, the list is %v", p.plan.Frozen, w.memory)
	}
	if told := strings.Join(w.issues["100"].told, "\n"); !strings.Contains(told, "planning stays frozen") {
		t.Errorf("the channels heard:\n%s", told)
	}
	w.issues["100"].hidden = false
	w.look(t)
	if notes := bodies(w, "operator"); len(notes) != 1 || !strings.Contains(notes[0], "SHOP-200 still does") {
		t.Errorf("the comments say %q", notes)
	}
	settled(t, w)
}

func TestAHostileOrderStaysText(t *testing.T) {
	w := hiddenWorld(t, false)
	w.orders = []Order{{Disaster: "100", Round: 1, At: w.now, By: "[~accountid:x]\nops", Reason: "{code}" + strings.Repeat("x", 5000)}}
	w.look(t)
	w.issues["100"].hidden = false
	w.look(t)
	for _, body := range bodies(w, "operator") {
		if strings.Contains(body, "[~accountid:x]") || strings.Contains(body, "{code}") && !strings.Contains(body, `\{code`) || len(body) > 3000 {
			t.Errorf("the comment says:\n%s", body)
		}
	}
}

func TestAnOrderIsToldWhereverTheProcessDies(t *testing.T) {
	for dies := range 5 {
		w := hiddenWorld(t, false)
		w.order("100", 1)
		w.lookUntil(t, dies)
		w.seen = map[string]bool{} // a restart
		for range 3 {
			w.tick(time.Minute)
			w.look(t)
		}
		told := strings.Count(strings.Join(w.issues["100"].told, "\n"), "released by an operator")
		if told < 1 || told > 2 || len(w.memory) > 0 {
			t.Errorf("died after %d acts: told %d times, the list is %v", dies, told, w.memory)
		}
	}
}

func TestAnOrderWaitsADayForAChannelThatFails(t *testing.T) {
	w := hiddenWorld(t, false)
	w.order("100", 1)
	w.refuse["notify/"] = Failure{Text: "503"}
	if p := w.look(t); p.plan.Frozen || !p.plan.Watched || len(w.memory) != 1 {
		t.Errorf("frozen %v, watched %v, the list is %v", p.plan.Frozen, p.plan.Watched, w.memory)
	}
	w.tick(maxAge + time.Hour)
	if p := w.look(t); p.plan.Frozen || p.plan.Watched || len(w.memory) > 0 {
		t.Errorf("frozen %v, watched %v, the list is %v", p.plan.Frozen, p.plan.Watched, w.memory)
	}
}
