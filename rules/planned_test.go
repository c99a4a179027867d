package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// frozenWorld is a world in which SHOP-100 freezes planning. Sprint 11 of board 1 stood
// before with issue 103 in it, sprint 13 too with 104; 12 is BLOG's.
func frozenWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	w.sprint(13, "SHOP 3", SprintFuture, 1, "104")
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(time.Minute)
	return w
}

func TestWhereAnIssueGoesThatWasPutIntoASprint(t *testing.T) {
	for _, test := range []struct {
		name  string
		act   func(w *world)
		issue string
		want  int64
	}{
		{"from the backlog it goes back there", func(w *world) { w.put(sm, 11, "105") }, "105", 0},
		{"from a cancelled sprint it goes to the backlog", func(w *world) { w.put(sm, 11, "101") }, "101", 0},
		{"from another sprint it goes back into that one", func(w *world) { w.put(sm, 11, "104") }, "104", 13},
		{"over two stations it goes back to the first", func(w *world) {
			w.sprint(14, "new", SprintFuture, 1)
			w.put(sm, 13, "103")
			w.put(dev, 14, "103")
			w.put(sm, 13, "103")
		}, "103", 11},
		{"from a sprint to one of the freeze it goes back before that one is deleted", func(w *world) { w.sprint(14, "new", SprintFuture, 1); w.put(sm, 14, "104") }, "104", 13},
		{"from the backlog to one of the freeze it comes back with the deletion", func(w *world) { w.sprint(14, "new", SprintFuture, 1); w.put(sm, 14, "105") }, "105", 0},
		{"whoever moves it back himself has done nothing", func(w *world) { w.put(sm, 13, "103"); w.put(sm, 11, "103") }, "103", 11},
		{"whoever takes it out may do so", func(w *world) { w.put(sm, 0, "103") }, "103", 0},
		{"what was taken out stays out", func(w *world) { w.put(sm, 0, "103"); w.put(dev, 11, "103") }, "103", 0},
		{"where its sprint is gone it goes to the backlog", func(w *world) {
			w.put(sm, 11, "104")
			w.sprints = slices.DeleteFunc(w.sprints, func(s *wsprint) bool { return s.ID == 13 })
		}, "104", 0},
		{"where its sprint was started meanwhile it goes to the backlog", func(w *world) { w.put(sm, 11, "104"); w.find(13).State = SprintActive }, "104", 0},
		{"andon's own account may not plan either", func(w *world) { w.put(andon, 11, "105") }, "105", 0},
		{"a Product Owner may not plan either", func(w *world) { w.put(po, 11, "105") }, "105", 0},
		{"another team's sprint is left alone", func(w *world) { w.put(sm, 12, "105") }, "105", 12},
		{"the disaster itself may be in a sprint", func(w *world) { w.put(sm, 11, "100") }, "100", 11},
		{"a task of the disaster may be in a sprint", func(w *world) { w.put(sm, 11, "1002") }, "1002", 11},
		{"one that was created in the sprint goes to the backlog", func(w *world) {
			w.tick(time.Second)
			w.issue("500", dev)
			w.find(11).issues = append(w.find(11).issues, "500")
		}, "500", 0},
		{"one that was created before and never moved stays", func(*world) {}, "103", 11},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := frozenWorld(t)
			test.act(w)
			w.look(t)
			if got := w.openSprint(test.issue); got != test.want {
				t.Errorf("it is in %d, want %d; %v", got, test.want, w.logged)
			}
			settled(t, w)
		})
	}
}

func TestAnIssueThatWasPlannedBeforeTheFreezeStays(t *testing.T) {
	for _, gap := range []time.Duration{time.Second, time.Minute, time.Hour} {
		w := newWorld()
		w.put(sm, 11, "105")
		w.tick(gap)
		w.add(po, "100", "disaster")
		w.tick(gap)
		w.look(t)
		if got := w.openSprint("105"); got != 11 {
			t.Errorf("planned %s before the label, it is in %d", gap, got)
		}
	}
}

func TestTheFreezeBeginsWithTheLabelWhereAndonSawItSoon(t *testing.T) {
	for _, test := range []struct {
		late time.Duration
		want int64
	}{{time.Minute, 0}, {time.Hour, 11}} {
		w := newWorld()
		w.add(po, "100", "disaster")
		w.put(sm, 11, "105")
		w.tick(test.late)
		w.look(t)
		if got := w.openSprint("105"); got != test.want {
			t.Errorf("put after the label, seen %s later, it is in %d, want %d", test.late, got, test.want)
		}
	}
}

func TestAfterARelapseOnlyWhatWasPlannedSinceGoesBack(t *testing.T) {
	w := frozenWorld(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.put(sm, 11, "105")
	w.look(t)
	w.tick(time.Minute)
	w.reopenTask("100", "root-cause")
	w.look(t)
	w.tick(time.Minute)
	w.put(sm, 11, "106")
	w.look(t)
	if a, b := w.openSprint("105"), w.openSprint("106"); a != 11 || b != 0 {
		t.Errorf("what was planned while planning was free is in %d, what was planned since in %d", a, b)
	}
	settled(t, w)
}

func TestTheFirstDisasterThatForbidsItRemembersThePut(t *testing.T) {
	w := frozenWorld(t)
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	w.tick(time.Minute)
	w.put(sm, 11, "105")
	w.refuse["remember/100"] = Failure{Text: "no", Final: true}
	w.look(t)
	first, _ := w.recordOf("100")
	second, _ := w.recordOf("200")
	if len(first.Returned) != 0 || len(second.Returned) != 1 || w.openSprint("105") != 0 {
		t.Errorf("remembered %v and %v, the issue is in %d", first.Returned, second.Returned, w.openSprint("105"))
	}
}

func TestNothingMovesThatCannotBeRemembered(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105")
	w.refuse["remember/"] = Failure{Text: "no", Final: true}
	w.look(t)
	if got := w.openSprint("105"); got != 11 {
		t.Fatalf("it is in %d, though nobody could remember it", got)
	}
	w.refuse = map[string]Failure{}
	w.look(t)
	if got := w.openSprint("105"); got != 0 {
		t.Errorf("it is in %d", got)
	}
	settled(t, w)
}

func TestOneActOnManyIssuesIsOneComment(t *testing.T) {
	w := frozenWorld(t)
	var issues []string
	for i := range 70 {
		issues = append(issues, fmt.Sprint(600+i))
	}
	w.put(sm, 11, issues...)
	w.look(t)
	got := bodies(w, "planned")
	if len(got) != 1 || !strings.Contains(got[0], "Sam Master put 70 issues into sprint 11 \"SHOP 2\"") || !strings.Contains(got[0], "SHOP-600, SHOP-601") ||
		!strings.Contains(got[0], "20 more.") {
		t.Errorf("it says %q", got)
	}
	rec, _ := w.recordOf("100")
	if len(rec.Returned) != 1 || !slices.Equal(rec.Returned[0].Issues, issues) || rec.Returned[0].Times != 1 {
		t.Errorf("remembered %+v", rec.Returned)
	}
	settled(t, w)
}

func TestActsOfTwoPeopleAndToTwoPlacesAreTold(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105")
	w.put(dev, 11, "106")
	w.put(sm, 13, "107")
	w.put(sm, 11, "104")
	w.look(t)
	if got := bodies(w, "planned"); len(got) != 4 {
		t.Errorf("there are %d comments: %q", len(got), got)
	}
}

func TestTheSamePutIsCountedAndNotToldAgain(t *testing.T) {
	w := frozenWorld(t)
	for range 3 {
		w.put(sm, 11, "105", "106")
		w.look(t)
		w.tick(2 * time.Minute)
	}
	rec, _ := w.recordOf("100")
	if got := bodies(w, "planned"); len(got) != 1 || len(rec.Returned) != 1 || rec.Returned[0].Times != 3 {
		t.Errorf("%d comments, remembered %+v", len(got), rec.Returned)
	}
	if got := bodies(w, "status")[0]; !strings.Contains(got, "* 2 issues into sprint 11 by Sam Master: put back at 2026-03-02 09:05 UTC, 3 times") {
		t.Errorf("the status says %s", got)
	}
}

func TestAfterACrashTheCommentStillNamesTheIssues(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105", "106")
	w.lookUntil(t, 2) // remembered and moved
	if w.openSprint("105") != 0 || len(bodies(w, "planned")) != 0 {
		t.Fatal("the crash came at another moment")
	}
	w.seen = map[string]bool{}
	w.look(t)
	if got := bodies(w, "planned"); len(got) != 1 || !strings.Contains(got[0], "SHOP-105, SHOP-106. Andon put") {
		t.Errorf("it says %q", got)
	}
	settled(t, w)
}

func TestARefusedIssueHoldsUpNoOther(t *testing.T) {
	f := Effect(Facts{Planned: []Planned{{ID: "1", In: []int64{11}}, {ID: "2", In: []int64{11}}}},
		PutBack{Disaster: "100", Issues: l("1", "2")}, Result{Refused: map[string]Failure{"2": {Text: "no", Final: true}}})
	if got := f.Planned[0].In; !slices.Equal(got, []int64{0}) {
		t.Errorf("the moved one is in %v", got)
	}
	if got := f.Planned[1].In; !slices.Equal(got, []int64{11}) {
		t.Errorf("the refused one is in %v", got)
	}
	if _, noted := f.Failed["put-back/100/issue/2"]; !noted || len(f.Failed) != 1 {
		t.Errorf("noted %v", f.Failed)
	}
}

func TestASprintThatJiraDoesNotCloseTakesNoIssues(t *testing.T) {
	w := newWorld()
	w.refuse["cancel-sprint/"] = Failure{Text: "no", Final: true}
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(time.Minute)
	w.put(sm, 10, "105")
	w.look(t)
	if a, b := w.openSprint("105"), w.openSprint("101"); a != 0 || b != 10 {
		t.Errorf("the new issue is in %d, the old one in %d", a, b)
	}
}

func TestADeletionWaitsForNoMoveThatJiraRefuses(t *testing.T) {
	w := frozenWorld(t)
	w.refuse["put-back/"] = Failure{Text: "no", Final: true}
	w.sprint(14, "new", SprintFuture, 1)
	w.put(sm, 14, "104")
	w.look(t)
	rec, _ := w.recordOf("100")
	if e, ok := rec.sprint(14); w.find(14) != nil || !ok || !slices.Equal(e.Issues, l("104")) {
		t.Errorf("sprint 14 is %v, remembered %+v", w.find(14), e)
	}
}

func TestUnreadableMovesAreToldAndHoldUpNothing(t *testing.T) {
	f := frozenFacts(Sprint{ID: 50, Name: "s", State: SprintFuture, Board: 1})
	f.PlannedIn, f.PlannedUnreadable = []int64{50}, "the index is broken"
	p := decideFully(f)
	body := ""
	for _, a := range p {
		if s, ok := a.(WriteStatus); ok {
			body = s.Body
		}
	}
	if !strings.Contains(body, "*Needs a human:* Jira refused to tell which issues were put into sprints since the freeze began: the index is broken.") {
		t.Errorf("the status says %s", body)
	}
	if !slices.ContainsFunc(p, func(a Action) bool { _, ok := a.(CreateTasks); return ok }) {
		t.Error("the tasks were not created")
	}
}

// decideFully carries out everything in the facts alone.
func decideFully(f Facts) []Action {
	var all []Action
	for range 20 {
		p := Decide(f)
		for _, a := range p.Actions {
			all = append(all, a)
			f = Effect(f, a, predicted(f, a))
		}
	}
	return all
}

func TestABoardOfTheFreezeOnDataCenter(t *testing.T) {
	s := Sprint{ID: 60, Name: "s", State: SprintFuture, Board: 9, ScopeRead: true}
	entered := func(at time.Time) Sprint { e := s; e.EnteredRead, e.Entered = true, at; return e }
	known := func(f Facts) Facts {
		f.Boards = append(f.Boards, Board{ID: 9, Name: "new", Type: "scrum", ProjectID: "10000", ProjectKey: "SHOP"})
		return f.with("100", func(d *Disaster) { d.Record.Baseline.Board = 8 })
	}
	for _, test := range []struct {
		name   string
		sprint Sprint
		change func(Facts) Facts
		want   []string
	}{
		{"an empty sprint of a new board was created since", entered(time.Time{}), nil, l("remember 60 (created) on 100")},
		{"one into which everything was put since too", entered(start.Add(time.Minute)), nil, l("remember 60 (created) on 100")},
		{"one that holds something from before was not", entered(start.Add(-time.Minute)), nil, nil},
		{"one of a board with a lower id came along with it", entered(time.Time{}), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Baseline.Board = 9 })
		}, nil},
		{"one with a lower id is from before", func() Sprint { e := entered(time.Time{}); e.ID = 49; return e }(), nil, nil},
		{"a record that noted no boards convicts nobody", entered(time.Time{}), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Baseline.Board = 0 })
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := known(frozenFacts(test.sprint))
			if test.change != nil {
				f = test.change(f)
			}
			if got := undoings(f); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if p := Decide(known(frozenFacts(s))); !slices.Equal(p.Wants.Entered, []int64{60}) || len(p.Wants.Scopes) != 0 {
		t.Errorf("it is not asked when its issues came: %+v", p.Wants)
	}
}
