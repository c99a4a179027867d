package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOldModesAreHistory(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "system-offline")
	w.tick(48 * time.Hour)
	w.add(po, "100", "disaster")
	w.look(t)
	if !slices.Contains(w.issues["100"].Labels, "system-offline") {
		t.Error("a label from before was touched")
	}
	if got := bodies(w, "status")[0]; !strings.Contains(got, "*System mode:* not set") {
		t.Errorf("a mode from before counts:\n%s", got)
	}
}

func TestAModeSetJustBeforeTheDeclarationCounts(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "system-offline")
	w.tick(10 * time.Minute)
	w.add(po, "100", "disaster")
	w.look(t)
	if got := bodies(w, "status")[0]; !strings.Contains(got, "*System mode:* system-offline since 2026-03-02 09:00 UTC, by Paula Owner.") {
		t.Errorf("the mode does not count:\n%s", got)
	}
}

func TestOldKindsAreHistory(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "disaster-data")
	w.add(dev, "100", "disaster-security")
	w.tick(48 * time.Hour)
	w.add(po, "100", "disaster")
	w.look(t)
	if rec, _ := w.recordOf("100"); len(rec.Kinds) > 0 || len(bodies(w, "kind")) > 0 {
		t.Errorf("kinds %v, said %v", rec.Kinds, bodies(w, "kind"))
	}
}

func TestAKindThatWasSetBeforeCounts(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "disaster-data")
	w.unreadable = "404"
	w.tick(time.Hour)
	w.look(t)
	w.unreadable = ""
	w.add(po, "100", "disaster-security")
	w.look(t)
	if rec, _ := w.recordOf("100"); !slices.Equal(rec.Kinds, []Kind{Security, Data}) || rec.Declared.Label != "disaster-data" {
		t.Errorf("kinds %v, declared by %s", rec.Kinds, rec.Declared.Label)
	}
}

func TestTheReturnToServiceThatIsOffWithoutATrace(t *testing.T) {
	w := declaredWorld(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.play(t, "po labels SHOP-100 system-restored")
	w.look(t)
	f := w.facts()
	f.Disasters[0].Labels = []string{"disaster"}
	p := decided(w, f)
	if s := stateOf(t, p, "100"); s.Phase != PhaseInvestigating || len(p.Actions) > 0 {
		t.Errorf("the phase is %s, %d actions", s.Phase, len(p.Actions))
	}
	if !slices.ContainsFunc(p.Notices, func(r Reason) bool { return r.Code == "history-contradicts" }) {
		t.Errorf("the log says nothing: %+v", p.Notices)
	}
}

func TestTwoPersonalSprintsAreKeptByTheirOwnDisasters(t *testing.T) {
	w := newWorld()
	w.issue("200", dev)
	w.sprint(30, "mine", SprintActive, 3, "200")
	w.add(po, "100", "disaster")
	w.add(po, "200", "disaster")
	w.look(t)
	rec, _ := w.recordOf("200")
	if e, ok := rec.sprint(30); !ok || e.Why != AtDeclaration || w.find(30).State != SprintClosed {
		t.Errorf("remembered %+v, the sprint is %s", e, w.find(30).State)
	}
}

func TestScrumMastersAreNamed(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "disaster")
	f := w.fulfil(w.facts(), Wants{People: true, Said: []string{"100"}, Scopes: []int64{10}})
	f.People.ScrumMasters = []Person{sm}
	var rec Record
	for range 10 {
		p := Decide(f)
		if len(p.Actions) == 0 {
			break
		}
		for _, a := range p.Actions {
			if s, ok := a.(WriteStatus); ok && !strings.Contains(s.Body, "*Scrum Master:* [~accountid:sm]") {
				t.Errorf("the status does not name the Scrum Master:\n%s", s.Body)
			}
			if r, ok := a.(Remember); ok {
				rec = r.Record
			}
			f = Effect(f, a, predicted(f, a))
		}
	}
	if len(rec.Masters) != 1 || rec.Masters[0] != sm {
		t.Errorf("remembered are %+v", rec.Masters)
	}
}

func TestWithoutOwnersTheWordsStillMakeSense(t *testing.T) {
	w := newWorld()
	w.owners = []Person{andon}
	w.add(dev, "100", "disaster")
	w.look(t)
	if got := bodies(w, "proposed")[0]; !strings.Contains(got, "the Product Owner, please decide:") {
		t.Errorf("said %s", got)
	}
}

func TestEveryOwnerIsMentioned(t *testing.T) {
	w := newWorld()
	w.owners = []Person{po, sm, andon}
	w.add(dev, "100", "disaster")
	w.look(t)
	if got := bodies(w, "proposed")[0]; !strings.Contains(got, "[~accountid:po], [~accountid:sm], please decide:") {
		t.Errorf("said %s", got)
	}
}

func TestAProposalWithEveryLabelTellsAWayToConfirm(t *testing.T) {
	w := newWorld()
	w.label(dev, "100", DefaultLabels().Declaring(), nil)
	w.look(t)
	if got := bodies(w, "proposed")[0]; !strings.Contains(got, "To declare it, take the label disaster off and set it again.") {
		t.Errorf("said %s", got)
	}
}

func TestANewProposalOnAResolvedDisasterIsAnswered(t *testing.T) {
	w := declaredWorld(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.tick(time.Minute)
	w.take(dev, "100", "disaster")
	w.look(t)
	w.add(dev, "100", "disaster-data")
	p := w.look(t)
	if len(bodies(w, "proposed")) != 1 || stateOf(t, p.plan, "100").Phase != PhaseResolved || p.plan.Frozen {
		t.Errorf("did %v, %+v", p.lines, p.plan.States)
	}
	settled(t, w)
}

func TestAWithdrawnDisasterIsKeptWhileTheOwnersCannotBeRead(t *testing.T) {
	w := declaredWorld(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.add(po, "100", "disaster")
	w.unreadable = "404"
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); s.Phase != PhaseWithdrawn || s.Frozen || s.Settled || len(bodies(w, "undecided")) != 1 {
		t.Errorf("got %+v, did %v", s, p.lines)
	}
	if again := w.look(t); len(again.acts) > 0 {
		t.Errorf("a second look still does %v", again.lines)
	}
	w.unreadable = ""
	if p := w.look(t); stateOf(t, p.plan, "100").Phase != PhaseRecovering {
		t.Errorf("the new declaration does not count: %v", p.lines)
	}
}

func TestARelapseWaitsUntilItIsKnownWhoTookTheLabelOff(t *testing.T) {
	for _, test := range []struct {
		name   string
		who    Person
		frozen bool
	}{
		{"somebody else took it off", dev, true},
		{"the Product Owner took it off", po, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			w.take(test.who, "100", "disaster")
			w.reopenTask("100", "root-cause")
			w.unreadable = "404"
			if p := w.look(t); p.plan.Frozen || len(p.plan.States) == 0 || p.plan.States[0].Settled {
				t.Errorf("frozen %v before it is known, %+v", p.plan.Frozen, p.plan.States)
			}
			w.unreadable = ""
			if p := w.look(t); p.plan.Frozen != test.frozen {
				t.Errorf("frozen %v, did %v", p.plan.Frozen, p.lines)
			}
			settled(t, w)
		})
	}
}

func TestThePhaseOfARelapseAfterTheReturnToService(t *testing.T) {
	w := declaredWorld(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.play(t, "po labels SHOP-100 system-restored")
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.reopenTask("100", "root-cause")
	if s := stateOf(t, w.look(t).plan, "100"); s.Phase != PhaseInvestigating || !s.Frozen {
		t.Errorf("got %s, frozen %v", s.Phase, s.Frozen)
	}
}

func TestASprintThatAnotherFreezeUndoesIsNoResumption(t *testing.T) {
	w := declaredWorld(t)
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.find(11).State = SprintActive
	w.look(t)
	if rec, _ := w.recordOf("100"); !rec.Resumed.IsZero() {
		t.Error("a sprint that was undone counts as a new start")
	}
	w.closeTask("200", "root-cause", "Done")
	w.look(t)
	w.reopenTask("100", "root-cause")
	if p := w.look(t); !p.plan.Frozen {
		t.Error("the freeze of the first disaster did not come back")
	}
}

func TestWhatCountsAsANewSprint(t *testing.T) {
	tests := []struct {
		name    string
		start   func(*world)
		resumed bool
	}{
		{
			name:    "a sprint of the project's board",
			start:   func(w *world) { w.sprint(60, "next", SprintActive, 1) },
			resumed: true,
		},
		{
			name:    "the sprint that was planned before",
			start:   func(w *world) { w.find(11).State = SprintActive },
			resumed: true,
		},
		{
			name:    "the cancelled sprint, opened again by a person",
			start:   func(w *world) { w.find(10).State = SprintActive },
			resumed: true,
		},
		{
			name:    "a sprint that is only planned",
			start:   func(w *world) { w.sprint(60, "next", SprintFuture, 1) },
			resumed: false,
		},
		{
			name:    "a sprint of another project",
			start:   func(w *world) { w.sprint(60, "next", SprintActive, 2) },
			resumed: false,
		},
		{
			name:    "a personal sprint, even with the issue in it",
			start:   func(w *world) { w.sprint(60, "mine", SprintActive, 3, "100") },
			resumed: false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			test.start(w)
			p := w.look(t)
			rec, _ := w.recordOf("100")
			if got := !rec.Resumed.IsZero(); got != test.resumed || stateOf(t, p.plan, "100").Settled != test.resumed {
				t.Errorf("resumed %v, settled %v", got, stateOf(t, p.plan, "100").Settled)
			}
			w.reopenTask("100", "root-cause")
			if p := w.look(t); p.plan.Frozen == test.resumed {
				t.Errorf("after the root cause was opened again, frozen is %v", p.plan.Frozen)
			}
		})
	}
}

func TestASprintThatJiraRefusedToCloseIsNoNewSprint(t *testing.T) {
	w := newWorld()
	w.refuse["cancel-sprint/"] = Failure{Text: "no", Final: true}
	w.add(po, "100", "disaster")
	w.look(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.look(t)
	if rec, _ := w.recordOf("100"); !rec.Resumed.IsZero() {
		t.Error("the sprint that should have been cancelled counts as a new one")
	}
}

func TestDataCenterTellsNoCreationDates(t *testing.T) {
	w := newWorld()
	w.flavour = DataCenter
	for _, s := range w.sprints {
		s.Created = time.Time{}
	}
	w.add(po, "100", "disaster")
	w.look(t)
	w.sprint(20, "new", SprintFuture, 1, "105")
	w.boards = append(w.boards, Board{ID: 7, Name: "new board", Type: "scrum", ProjectID: "10000", ProjectKey: "SHOP"})
	w.sprint(21, "of a board that came along", SprintFuture, 7, "106")
	w.look(t)
	if w.find(20) != nil {
		t.Error("the new sprint was not deleted")
	}
	if w.find(21) == nil {
		t.Error("a sprint of a board that was not in scope then may be older, and was deleted")
	}
	w.find(21).State = SprintActive
	w.look(t)
	if w.find(21).State != SprintClosed {
		t.Error("a sprint that runs in the freeze is cancelled, whenever it was created")
	}
	settled(t, w)
}

func TestEveryUnfinishedIssueOfADeletedSprintIsRemembered(t *testing.T) {
	w := declaredWorld(t)
	w.sprint(20, "new", SprintFuture, 1, "105")
	w.refuse["delete-sprint/"] = Failure{Text: "no", Final: false}
	w.look(t)
	w.find(20).issues = []string{"105", "106", "107"}
	w.refuse = map[string]Failure{}
	w.look(t)
	rec, _ := w.recordOf("100")
	if e, ok := rec.sprint(20); !ok || !slices.Equal(e.Issues, []string{"105", "106", "107"}) || w.find(20) != nil {
		t.Errorf("remembered %+v, still there %v", e, w.find(20) != nil)
	}
}

func TestNothingIsUndoneWhileAnythingIsAskedAboutTheOwners(t *testing.T) {
	w := declaredWorld(t)
	w.find(11).State = SprintActive
	w.refuse["cancel-sprint/"] = Failure{Text: "no"}
	w.look(t)
	w.add(dev, "100", "disaster-data")
	p := Decide(w.facts())
	if !p.Wants.People {
		t.Fatalf("the owners are not asked for: %+v", p.Wants)
	}
	for _, a := range p.Actions {
		if _, ok := a.(CancelSprint); ok {
			t.Errorf("%s is planned already", a.Key())
		}
	}
}

func TestASprintThatAnotherFreezeCannotUndoIsNoResumption(t *testing.T) {
	w := declaredWorld(t)
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.refuse["cancel-sprint/"] = Failure{Text: "no", Final: true}
	w.find(11).State = SprintActive
	w.look(t)
	if rec, _ := w.recordOf("100"); !rec.Resumed.IsZero() {
		t.Error("a violation that Jira would not let undo counts as a new start")
	}
}

func TestNothingElseIsSaidWhileTheRecordCannotBeStored(t *testing.T) {
	w := newWorld()
	w.refuse["remember/"] = Failure{Text: "no", Final: true}
	w.add(dev, "100", "disaster-data")
	w.add(dev, "100", "system-offline")
	w.add(po, "100", "disaster")
	p := w.look(t)
	if len(p.acts) != 1 || !strings.HasPrefix(p.acts[0].Key(), "say/100/not-stored.") {
		t.Errorf("did %v", p.lines)
	}
}
