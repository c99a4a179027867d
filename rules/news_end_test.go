package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// heard are the titles that the channel "chat" was told about an issue.
func (w *world) heard(id string) []string {
	var out []string
	for _, n := range w.issues[id].told {
		_, title, _ := strings.Cut(n, "SHOP-"+id+": ")
		out = append(out, title)
	}
	return out
}

// closeCause closes the root-cause task, and Jira's history tells when.
func (w *world) closeCause(id string) {
	w.closeTask(id, "root-cause", "Done")
	w.task(id, "root-cause").mark.ClosedAt = w.now
}

func TestTheEndOfTheRootCauseIsToldWhereTheFreezeWaits(t *testing.T) {
	w := newWorld()
	w.settings.Channels, w.settings.RestoredNeeded = []string{"chat"}, true
	w.add(po, "100", "disaster")
	w.look(t)
	w.closeCause("100")
	w.look(t)
	w.look(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.add(po, "100", "system-restored")
	w.look(t)
	want := []string{"disaster declared, planning is frozen", "root cause closed, planning waits for the return to service", "back in service", "root cause closed, planning is free"}
	if got := w.heard("100"); !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
}

func TestARootCauseThatWasClosedBeforeARelapseIsNoNews(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.add(po, "100", "system-restored")
	w.look(t)
	w.closeCause("100")
	w.look(t)
	w.take(po, "100", "system-restored")
	w.look(t)
	got := w.heard("100")
	if last := got[len(got)-1]; last != "planning is frozen again" {
		t.Errorf("heard %q", got)
	}
}

func TestNobodyHearsThatPlanningIsFreeWhileAnotherDisasterFreezesIt(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.issue("101", dev)
	w.add(po, "100", "disaster")
	w.add(po, "101", "disaster")
	w.look(t)
	w.closeCause("100")
	w.look(t)
	if got := w.heard("100"); !slices.Contains(got, "root cause closed, planning stays frozen") || len(got) != 2 {
		t.Errorf("heard %q", got)
	}
	w.closeCause("101")
	w.look(t)
	if got := w.heard("101"); !slices.Contains(got, "root cause closed, planning is free") || len(got) != 2 {
		t.Errorf("heard %q", got)
	}
}

func TestAChannelThatFailsForDaysHearsEverythingInTheEnd(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.refuse["notify/"] = Failure{Text: "502"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.add(po, "100", "system-offline")
	w.look(t)
	w.tick(50 * time.Hour)
	w.look(t)
	if rec, _ := w.recordOf("100"); len(rec.Owed) != 2 {
		t.Errorf("the record owes %q, want two notices", rec.Owed)
	}
	w.refuse = map[string]Failure{}
	w.look(t)
	w.look(t)
	if got, want := w.heard("100"), []string{"disaster declared, planning is frozen", "system mode is system-offline"}; !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
	if rec, _ := w.recordOf("100"); len(rec.Owed) != 0 {
		t.Errorf("the record still owes %q", rec.Owed)
	}
}

func TestAChannelThatIsTakenAwayIsOwedNothing(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.refuse["notify/"] = Failure{Text: "502"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.settings.Channels = nil
	w.look(t)
	if rec, _ := w.recordOf("100"); len(rec.Owed) != 0 {
		t.Errorf("the record still owes %q", rec.Owed)
	}
}
