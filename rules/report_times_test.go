package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhichDisastersCount(t *testing.T) {
	for name, want := range map[string]bool{
		"just-declared": true, "investigating": true, "resolved": true, "resumed": true, "hidden": true,
		"withdrawn": false, "proposed": false, "rejected": false, "rehearsal": false,
	} {
		if r, _ := toldAfter(t, reportTales()[name]); r.Times.Counts != want {
			t.Errorf("%s counts: %v", name, r.Times.Counts)
		}
	}
}

func TestTheFiguresOfALife(t *testing.T) {
	hour := time.Hour
	tests := []struct {
		name, tale string
		figure     func(Times) time.Duration
		want       time.Duration
	}{
		{"the time to restore runs from the label to the label", "resolved", func(x Times) time.Duration { return x.ToRestore }, 2*hour + 15*time.Minute},
		{"the time to restore is open before that", "recovering", func(x Times) time.Duration { return x.ToRestore }, 0},
		{"the margin stands still once the system is back", "resolved", func(x Times) time.Duration { return x.Margin }, hour + 45*time.Minute},
		{"the margin runs before that", "recovering", func(x Times) time.Duration { return x.Margin }, 3*hour + 10*time.Minute},
		{"the margin is negative after the time is over", "late", func(x Times) time.Duration { return x.Margin }, -hour},
		{"without a recovery time there is no margin", "withdrawn", func(x Times) time.Duration { return x.Margin }, 0},
		{"the time to the cause runs from the label", "resolved", func(x Times) time.Duration { return x.ToCause }, 28*hour + 15*time.Minute},
		{"a withdrawal ends the frozen time", "withdrawn", func(x Times) time.Duration { return x.Frozen }, 40 * time.Minute},
		{"a relapse adds to the frozen time and leaves out what was free", "relapse", func(x Times) time.Duration { return x.Frozen }, 33*hour + 15*time.Minute},
		{"a running freeze counts up to now", "investigating", func(x Times) time.Duration { return x.Frozen }, 5*hour + 15*time.Minute},
		{"a hidden disaster goes on being frozen", "hidden", func(x Times) time.Duration { return x.Frozen }, 2 * hour},
		{"taking the service back opens the time to restore again", "service-taken-back", func(x Times) time.Duration { return x.ToRestore }, 4*hour + 15*time.Minute},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, _ := toldAfter(t, reportTales()[test.tale])
			if got := test.figure(r.Times); got.Round(time.Minute) != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestThePastOfARecordIsTold(t *testing.T) {
	r, w := toldAfter(t, reportTales()["relapse"])
	var codes []string
	for _, s := range r.Steps {
		if slices.Contains([]string{StepUnfrozen, StepRelapse, StepCauseClosed}, s.Code) {
			codes = append(codes, s.Code)
		}
	}
	if got, want := strings.Join(codes, " "), "unfrozen relapse cause-closed unfrozen"; got != want {
		t.Errorf("the end is told as %q, want %q", got, want)
	}
	rec, _ := w.recordOf("100")
	if len(rec.Past) != 2 {
		t.Errorf("the record keeps %+v", rec.Past)
	}
}

func TestARecordKeepsOnlyTheLatestTurns(t *testing.T) {
	r := Record{}
	for i := range 3 * maxTurns {
		at := start.Add(time.Duration(i) * time.Hour)
		r.turn(Turn{Code: StepFrozen, At: at}, Turn{Code: StepUnfrozen, At: at.Add(time.Minute)})
	}
	if len(r.Past) != maxTurns || !r.Past[0].At.Equal(start.Add(time.Duration(3*maxTurns-maxTurns/2)*time.Hour)) {
		t.Errorf("%d turns are kept, the first is of %s", len(r.Past), r.Past[0].At)
	}
	if pairs := r.turns(StepFrozen, StepUnfrozen); len(pairs) != maxTurns/2 {
		t.Errorf("they make %d pairs", len(pairs))
	}
	if pairs := r.turns(StepRestored, StepRestoredOff); len(pairs) != 0 {
		t.Errorf("pairs of something else: %+v", pairs)
	}
}

func TestATurnWithoutItsEndIsNoPair(t *testing.T) {
	r := Record{Past: []Turn{{Code: StepUnfrozen, At: start}, {Code: StepFrozen, At: start}}}
	if pairs := r.turns(StepFrozen, StepUnfrozen); len(pairs) != 0 {
		t.Errorf("it makes the pairs %+v", pairs)
	}
}

func TestTheClockOnlyTellsWhatHasCome(t *testing.T) {
	tests := []struct {
		passed time.Duration
		want   string
	}{
		{29 * time.Minute, ""},
		{30 * time.Minute, "sla-50"},
		{50 * time.Minute, "sla-50 sla-75"},
		{3 * time.Hour, "sla-50 sla-75 sla-100"},
	}
	for _, test := range tests {
		w := newWorld()
		w.settings.RecoverySLA = time.Hour
		w.add(po, "100", "disaster")
		w.look(t)
		w.tick(test.passed)
		r, _ := Tell(known(t, w), "100")
		var got []string
		for _, s := range r.Steps {
			if strings.HasPrefix(s.Code, "sla-") {
				got = append(got, s.Code)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("after %s: %v, want %q", test.passed, got, test.want)
		}
	}
}

func TestTasksThatWereClosedStandOnTheTimeline(t *testing.T) {
	w := declaredWorld(t)
	w.closeTask("100", "dns", "Done")
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	f := known(t, w)
	at := w.now.Add(-time.Hour)
	for i := range f.Disasters[0].Tasks {
		f.Disasters[0].Tasks[i].ClosedAt, f.Disasters[0].Tasks[i].ClosedBy = at, dev
	}
	r, _ := Tell(f, "100")
	var got []string
	for _, s := range r.Steps {
		if s.Code == StepTaskClosed || s.Code == StepCauseClosed {
			got = append(got, s.Code+" "+s.By.ID)
		}
	}
	if strings.Join(got, ", ") != "task-closed dev, cause-closed dev" {
		t.Errorf("told: %v", got)
	}
	if !r.Times.CauseClosed.Equal(at) {
		t.Errorf("the cause was closed at %s, want %s", r.Times.CauseClosed, at)
	}
}

func TestIssuesPutIntoASprintAreViolations(t *testing.T) {
	w := frozenWorld(t)
	w.issue("300", dev)
	w.tick(time.Minute)
	w.put(dev, 11, "300")
	w.look(t)
	r, _ := Tell(known(t, w), "100")
	if len(r.Violations) != 1 || r.Violations[0].What != "1 issue was put into sprint 11" || r.Violations[0].By.ID != "dev" || r.Violations[0].Undone.IsZero() {
		t.Errorf("told: %+v", r.Violations)
	}
}

func TestViolationsThatWereGivenUpAreCounted(t *testing.T) {
	w := declaredWorld(t)
	f := known(t, w)
	f.Disasters[0].Record.Merged = &Merged{Sprints: 2, Puts: 3}
	f.Disasters[0].Record.Sources = []Source{{Of: "started/1", Why: StartedInFreeze, Board: 1, Fight: w.now}}
	r, _ := Tell(f, "100")
	if r.Earlier != 5 {
		t.Errorf("%d are counted", r.Earlier)
	}
	if !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Code == StepFight }) {
		t.Error("the automation is not told")
	}
}

// Whatever the record holds, the timeline is in order and nothing lasts less than nothing.
func TestAnyRecordMakesATimelineInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		f := Facts{Now: start.Add(time.Hour), Settings: DefaultSettings(), Project: Project{ID: "10000", Key: "SHOP"}, Self: andon,
			People:    People{Read: true, ProductOwners: []Person{po}},
			Disasters: []Disaster{{ID: "100", Key: "SHOP-100", ProjectID: "10000", Labels: []string{"disaster"}, Record: r, RecordState: RecordValid}}}
		f.Settings.RecoverySLA = time.Duration(rapid.IntRange(0, 100).Draw(t, "sla")) * time.Minute
		for _, told := range Reports(f) {
			if !slices.IsSortedFunc(told.Steps, func(a, b Step) int { return a.At.Compare(b.At) }) {
				t.Fatalf("out of order: %+v", told.Steps)
			}
			for _, s := range told.Steps {
				if s.At.IsZero() || s.Code == "" || s.Text == "" {
					t.Fatalf("an empty step: %+v", s)
				}
			}
			x := told.Times
			for _, d := range []time.Duration{x.Frozen, x.ToCause, x.ToRestore, x.Allowed} {
				if d < 0 {
					t.Fatalf("a time below zero: %+v", x)
				}
			}
		}
	})
}
