package rules

import (
	"strings"
	"testing"
	"time"
)

// diesAndIsReleased has someone put issues into a sprint, andon die after so many actions
// about that, and the root cause be closed before anybody looks again.
func diesAndIsReleased(t *testing.T, acts int) *world {
	t.Helper()
	w := frozenWorld(t)
	w.put(sm, 11, "105", "106")
	w.lookUntil(t, acts)
	w.tick(time.Minute)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	return w
}

func TestABreachThatWasUndoneBeforeADeathIsToldAfterTheRelease(t *testing.T) {
	w := diesAndIsReleased(t, 2) // remembered and moved
	if got := bodies(w, "planned"); len(got) != 1 || !strings.Contains(got[0], "SHOP-105, SHOP-106. Andon put") || !strings.Contains(got[0], "has ended since") {
		t.Errorf("it says %q", got)
	}
	if got := bodies(w, "status")[0]; !strings.Contains(got, "* 2 issues into sprint 11 by Sam Master: put back at ") {
		t.Errorf("the status says %s", got)
	}
	rec, _ := w.recordOf("100")
	if rec.Released == nil || rec.Returned[0].Times != 1 || rec.Returned[0].Stays {
		t.Errorf("remembered %+v", rec.Returned)
	}
	settled(t, w)
}

func TestABreachThatADeathLeftStandingIsShownAsItIs(t *testing.T) {
	w := diesAndIsReleased(t, 1) // remembered only
	if w.openSprint("105") != 11 {
		t.Error("issue 105 was moved though planning is free")
	}
	if got := bodies(w, "planned"); len(got) != 0 {
		t.Errorf("it says %q", got)
	}
	got := bodies(w, "status")[0]
	if strings.Contains(got, "to be put back") || !strings.Contains(got, "by Sam Master: not all were back when the freeze ended, so they stay") {
		t.Errorf("the status says %s", got)
	}
	settled(t, w)
}

func TestABreachWhoseSprintIsGoneAtTheReleaseCountsAsUndone(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105")
	w.lookUntil(t, 2)
	w.find(11).State = SprintClosed
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	if got := bodies(w, "status")[0]; !strings.Contains(got, "* 1 issue into sprint 11 by Sam Master: put back at ") {
		t.Errorf("the status says %s", got)
	}
	settled(t, w)
}

func TestASprintThatWasUndoneBeforeADeathIsToldAfterTheRelease(t *testing.T) {
	for _, c := range []struct {
		name, ref, want string
		do              func(w *world)
	}{
		{"created", "violation", "Andon deleted it at ", func(w *world) { w.sprint(14, "new", SprintFuture, 1) }},
		{"started", "violation", "Andon cancelled it again at ", func(w *world) { w.find(11).State = SprintActive }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := frozenWorld(t)
			c.do(w)
			w.lookUntil(t, 2) // remembered and undone
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			if got := bodies(w, c.ref); len(got) != 1 || !strings.Contains(got[0], c.want) {
				t.Errorf("it says %q", got)
			}
			settled(t, w)
		})
	}
}

func TestASprintThatRunsOnAtTheReleaseIsNotSaidToBeUndoneSoon(t *testing.T) {
	w := frozenWorld(t)
	w.find(11).State = SprintActive
	w.lookUntil(t, 1) // remembered only
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	if got := bodies(w, "status")[0]; strings.Contains(got, "to be undone") || !strings.Contains(got, "not undone before the freeze ended") {
		t.Errorf("the status says %s", got)
	}
	w.tick(time.Hour)
	w.find(11).State = SprintClosed
	w.look(t)
	if got := bodies(w, "violation"); len(got) != 0 {
		t.Errorf("andon claims what somebody else did: %q", got)
	}
	settled(t, w)
}

func TestABreachLeftStandingIsMetAgainAfterARelapse(t *testing.T) {
	w := diesAndIsReleased(t, 1)
	w.tick(time.Minute)
	w.reopenTask("100", "root-cause")
	w.look(t)
	w.tick(time.Minute)
	w.shift(sm, 0, "105")
	w.put(sm, 11, "105")
	w.look(t)
	if w.openSprint("105") != 0 {
		t.Error("issue 105 was put into a sprint in the second freeze and stays there")
	}
	if got := bodies(w, "status")[0]; strings.Contains(got, "so they stay") || !strings.Contains(got, "put back at ") {
		t.Errorf("the status says %s", got)
	}
	settled(t, w)
}

func TestABreachThatAWithdrawalFindsUndoneIsShownAsUndone(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105")
	w.lookUntil(t, 2)
	w.tick(time.Minute)
	w.take(po, "100", "disaster")
	w.look(t)
	if got := bodies(w, "status")[0]; strings.Contains(got, "to be put back") || !strings.Contains(got, "put back at ") {
		t.Errorf("the status says %s", got)
	}
	settled(t, w)
}

func TestOfABreachThatNobodyCanReadTheStatusSaysNoMore(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105")
	w.lookUntil(t, 2)
	w.closeTask("100", "root-cause", "Done")
	f := w.facts()
	p := Decide(f)
	for range maxRounds {
		if p.Wants.Empty() {
			break
		}
		in := p.Wants.Planned.Sprints
		f = w.fulfil(f, p.Wants)
		if len(in) > 0 {
			f.Planned, f.PlannedIn, f.PlannedUnreadable = nil, in, "no"
		}
		p = Decide(f)
	}
	var said string
	for range maxRounds {
		for _, a := range p.Actions {
			if s, is := a.(WriteStatus); is {
				said = s.Body
			}
			f = Effect(f, a, Result{Comment: "1"})
		}
		if p = Decide(f); len(p.Actions) == 0 {
			break
		}
	}
	if !strings.Contains(said, "not seen back before the freeze ended") {
		t.Errorf("the status says %s", said)
	}
}
