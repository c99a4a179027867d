package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// createAndLook creates a sprint in the freeze and looks.
func createAndLook(t *testing.T, w *world, id int64) pass {
	t.Helper()
	w.sprint(id, fmt.Sprintf("auto %d", id), SprintFuture, 1, "105")
	return w.look(t)
}

func TestAnAutomationIsToldOnceAndMetOnceAMinute(t *testing.T) {
	w := frozenWorld(t)
	for n := range 5 {
		createAndLook(t, w, int64(200+n))
		w.tick(10 * time.Second)
	}
	if got := bodies(w, "fight"); len(got) != 1 || !strings.Contains(got[0], "Sprints are created on board 1 again and again") || !strings.Contains(got[0], "*Planning stays frozen.*") {
		t.Fatalf("it says %q", got)
	}
	p := createAndLook(t, w, 210)
	if len(p.acts) != 0 || w.find(210) == nil || !p.plan.Frozen {
		t.Errorf("ten seconds later: %v", p.lines)
	}
	if p.plan.Again != 50*time.Second {
		t.Errorf("it looks again after %s, the rest of the interval", p.plan.Again)
	}
	w.tick(50 * time.Second)
	w.sprint(211, "auto too", SprintFuture, 1)
	if w.look(t); w.find(210) != nil || w.find(211) != nil {
		t.Error("after the interval it is still there")
	}
	if n := len(bodies(w, "violation")); n != 5 {
		t.Errorf("%d single comments", n)
	}
	if got := bodies(w, "status")[0]; !strings.Contains(got, "sprints are created on board 1, 7 violations so far. Its acts are undone once every 1 min.") {
		t.Errorf("the status says %s", got)
	}
	settled(t, w)
}

func TestAnotherSourceIsMetAtOnce(t *testing.T) {
	w := frozenWorld(t)
	for n := range 6 {
		createAndLook(t, w, int64(200+n))
	}
	w.find(11).State = SprintActive
	w.put(dev, 13, "106")
	w.look(t)
	if w.find(11).State != SprintClosed || w.openSprint("106") != 0 {
		t.Errorf("sprint 11 is %s, the issue in %d", w.find(11).State, w.openSprint("106"))
	}
}

func TestAnHourOfQuietForgives(t *testing.T) {
	w := frozenWorld(t)
	for n := range 5 {
		createAndLook(t, w, int64(200+n))
	}
	w.tick(fightWindow)
	if w.look(t); strings.Contains(bodies(w, "status")[0], "seems to fight") {
		t.Error("after an hour the status still speaks of it")
	}
	if createAndLook(t, w, 220); w.find(220) != nil || len(bodies(w, "violation")) != 6 {
		t.Error("a single violation after that is not met and told at once")
	}
	for n := range 4 {
		createAndLook(t, w, int64(221+n))
	}
	if n := len(bodies(w, "fight")); n != 2 {
		t.Errorf("the second fight makes %d comments in all", n)
	}
	settled(t, w)
}

func TestFiveViolationsOverADayAreNoAutomation(t *testing.T) {
	w := frozenWorld(t)
	for n := range 12 {
		createAndLook(t, w, int64(200+n))
		w.tick(20 * time.Minute)
	}
	if got := bodies(w, "fight"); len(got) != 0 || len(bodies(w, "violation")) != 12 {
		t.Errorf("it says %q", got)
	}
}

func TestTheLikelyCauseIsNamed(t *testing.T) {
	for _, test := range []struct {
		name    string
		flavour Flavour
		from    Source
		want    string
	}{
		{"sprints that are started on Cloud", Cloud, Source{Why: StartedInFreeze, Board: 4}, "Sprints of board 4 are started again and again: by a rule or script that starts sprints."},
		{"and on Data Center", DataCenter, Source{Why: StartedInFreeze, Board: 4}, "or by the automatic start that Data Center has for them"},
		{"sprints that are created", Cloud, Source{Why: CreatedInFreeze, Board: 4}, "by a rule or script that creates sprints"},
		{"an app", Cloud, Source{By: robot}, "The app Automation puts issues into sprints: look for a rule of it"},
		{"a person", Cloud, Source{By: dev}, "The account Dev Eloper puts issues into sprints: a rule or script may act under it"},
		{"nobody", Cloud, Source{}, "The account an unknown account puts issues"},
		{"a hostile name", Cloud, Source{By: Person{ID: "x", Name: "{code}"}}, `\{code\}`},
	} {
		w := &work{f: Facts{Site: Site{Flavour: test.flavour}}}
		if got := w.cause(test.from, person); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q lacks %q", test.name, got, test.want)
		}
	}
}

func TestARecordStaysSmallHoweverLongSomebodyGoesOn(t *testing.T) {
	w := frozenWorld(t)
	for n := range 300 {
		w.sprint(int64(200+n), fmt.Sprintf("storm %d", n), SprintFuture, 1, fmt.Sprint(2000+n))
		w.put(Person{ID: fmt.Sprint("p", n), Name: "somebody"}, 11, fmt.Sprint(5000+n))
		w.look(t)
		w.tick(7 * time.Minute)
	}
	rec, _ := w.recordOf("100")
	if len(rec.Sprints) > maxKept+1 || len(rec.Returned) > maxKept || len(rec.Sources) > maxSources {
		t.Errorf("%d sprints, %d acts, %d sources", len(rec.Sprints), len(rec.Returned), len(rec.Sources))
	}
	if e, ok := rec.sprint(10); !ok || e.Why != AtDeclaration {
		t.Error("what the declaration cancelled is forgotten")
	}
	if rec.Merged == nil || rec.Merged.Sprints+len(rec.Sprints) != 301 || rec.Merged.Puts+len(rec.Returned) != 300 {
		t.Errorf("the counts are %+v with %d and %d", rec.Merged, len(rec.Sprints), len(rec.Returned))
	}
	for _, id := range []string{"2000", "2299", "5000", "5299"} {
		if !remembersIssue(rec, id) {
			t.Errorf("issue %s is forgotten", id)
		}
	}
	settled(t, w)
}

// remembersIssue says whether an issue waits for the resumption.
func remembersIssue(r Record, id string) bool {
	raw, err := json.Marshal(r)
	return err == nil && strings.Contains(string(raw), `"`+id+`"`)
}

func TestWhatIsStillToBeUndoneIsNeverMerged(t *testing.T) {
	var r Record
	for n := range 100 {
		r.Sprints = append(r.Sprints, SprintRecord{ID: int64(n), Why: StartedInFreeze})
		r.Returned = append(r.Returned, Returned{Sprint: 11, Issues: []string{fmt.Sprint(n)}})
	}
	r.Sprints[7].Undone, r.Returned[9].Undone, r.Sprints[8].Undone, r.Sprints[8].Why = start, start, start, AtDeclaration
	r.bound()
	if len(r.Sprints) != 99 || len(r.Returned) != 99 || r.Merged.Sprints != 1 || r.Merged.Puts != 1 || !slices.Equal(r.Merged.Issues, l("9")) {
		t.Errorf("%d sprints, %d acts, %+v", len(r.Sprints), len(r.Returned), r.Merged)
	}
}

func TestSourcesAreCountedEachForItself(t *testing.T) {
	var r Record
	for n := range 2 * fightAfter {
		fought := r.strike(Source{Of: "a"}, start.Add(time.Duration(n)*time.Second))
		if want := n >= fightAfter; fought != want {
			t.Errorf("strike %d: fought %v", n+1, fought)
		}
		r.strike(Source{Of: fmt.Sprint("b", n)}, start)
	}
	a, _ := r.source("a")
	if a.Count != 2*fightAfter || len(a.Recent) != fightAfter || !a.Fight.Equal(start.Add((fightAfter-1)*time.Second)) {
		t.Errorf("a is %+v", a)
	}
	if b, ok := r.source("b3"); !ok || b.Count != 1 || !b.Fight.IsZero() {
		t.Errorf("b3 is %+v", b)
	}
}

func TestTheChannelsHearOfIssuesThatWentBackAndOfAnAutomation(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.issues["100"].told = nil
	for n := range 7 {
		w.tick(2 * time.Minute)
		w.put(robot, 11, fmt.Sprint(600+n))
		w.look(t)
	}
	count := map[string]int{}
	for _, told := range w.issues["100"].told {
		count[told]++
	}
	if count["chat: SHOP-100: issues went back"] != 5 || count["chat: SHOP-100: an automation seems to fight the freeze"] != 1 || len(count) != 2 {
		t.Errorf("told %v", count)
	}
	settled(t, w)
}

func TestAfterTheReleaseTheIssuesThatWentBackAreCounted(t *testing.T) {
	w := frozenWorld(t)
	w.put(sm, 11, "105", "106")
	w.put(dev, 13, "106", "107")
	w.look(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	if got := bodies(w, "released"); len(got) != 1 || !strings.Contains(got[0], "* 3 issues that were put into a sprint in the freeze and went back") {
		t.Errorf("it says %q", got)
	}
}
