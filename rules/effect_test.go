package rules

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fullRecord is a record in which every field is set.
func fullRecord() Record {
	at := start
	return Record{
		Version:  RecordVersion,
		Issue:    "100",
		Project:  "10000",
		Key:      "SHOP-100",
		Round:    2,
		Declared: Declaration{By: po, Label: "disaster", At: at, Change: "7", Judged: at, Source: "role"},
		Kinds:    []Kind{Security, Data},
		Baseline: Baseline{Number: 2, Since: at, Sprint: 11, Board: 4, Boards: []int64{1}, Active: []int64{10}, Spared: []int64{12}},
		Sprints: []SprintRecord{{ID: 10, Name: "S", Goal: "g", Board: 1, Start: at, End: at, Why: AtDeclaration, At: at, Undone: at, Times: 1,
			Issues: []string{"1", "2"}, Done: 3, Cut: 4, Mute: true}},
		Returned:    []Returned{{Sprint: 11, To: 13, By: dev, Created: true, At: at, Last: at, Undone: at, Times: 2, Issues: []string{"3"}, Cut: 1, Mute: true}},
		Sources:     []Source{{Of: "started/1", By: dev, Why: StartedInFreeze, Board: 1, Count: 7, Recent: []time.Time{at}, Fight: at}},
		Merged:      &Merged{Sprints: 1, Puts: 2, Issues: []string{"4"}, Cut: 3},
		Left:        []LeftAlone{{ID: 12, Name: "B", Why: "elsewhere"}},
		Masters:     []Person{sm},
		Modes:       []Act{{Label: "system-offline", By: po, At: at, Change: "8"}},
		Restored:    &Act{Label: "system-restored", By: po, At: at, Change: "9"},
		MustRestore: true,
		Resume:      &Act{Label: "sprint-resume", By: po, At: at, Change: "10"},
		Untold:      map[string]time.Time{"1 slack": start}, Told: []string{"abc"}, Owed: []string{"def"},
		Successors: []Successor{{Of: 10, Above: 12, Asked: at, Sprint: 13, Filled: at, Issues: 4, Left: 1}},
		Tasks:      map[string]string{"inform": "1001"},
		Comment:    "5",
		StatusHash: "ff",
		Said:       []string{"x"},
		Page:       "x",
		Withdrawn:  &Ending{At: at, By: po},
		Released:   &Ending{At: at},
		Order:      &Order{Disaster: "100", Round: 2, At: at, By: "ops", Reason: "deleted"},
		Resumed:    at,
		Rebuilt:    at,
		Past:       []Turn{{Code: StepRestored, At: at, By: po}},
		Scheme:     Swap{State: SwapLeft, Original: SchemeRef{ID: 1, Name: "o"}, Copy: SchemeRef{ID: 2, Name: "c"}, Why: "w"},
	}
}

func TestTheFullRecordIsFull(t *testing.T) {
	v := reflect.ValueOf(fullRecord())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the test does not set %s", v.Type().Field(i).Name)
		}
	}
}

func TestARecordSurvivesBeingStored(t *testing.T) {
	raw, err := json.Marshal(fullRecord())
	if err != nil {
		t.Fatal(err)
	}
	var back Record
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fullRecord(), back); diff != "" {
		t.Errorf("it came back different:\n%s", diff)
	}
	if !sameRecord(fullRecord(), back) {
		t.Error("it does not count as the same")
	}
	back.Said = append(back.Said, "y")
	if sameRecord(fullRecord(), back) {
		t.Error("a different one counts as the same")
	}
}

func TestACloneSharesNothing(t *testing.T) {
	original := fullRecord()
	c := original.clone()
	if diff := cmp.Diff(original, c); diff != "" {
		t.Fatalf("the clone differs:\n%s", diff)
	}
	c.Kinds[0] = Accidental
	c.Baseline.Boards[0], c.Baseline.Active[0], c.Baseline.Spared[0] = 9, 9, 9
	c.Sprints[0].Issues[0] = "9"
	c.Sprints[0].Name = "9"
	c.Left[0].Name = "9"
	c.Masters[0].Name = "9"
	c.Modes[0].Label = "9"
	c.Restored.Label = "9"
	c.Resume.Label = "9"
	c.Told[0], c.Owed[0] = "9", "9"
	c.Tasks["inform"] = "9"
	c.Said[0] = "9"
	c.Withdrawn.By.ID = "9"
	c.Released.By.ID = "9"
	if diff := cmp.Diff(fullRecord(), original); diff != "" {
		t.Errorf("changing the clone changed the original:\n%s", diff)
	}
}

func TestWhichRecordsAreOpen(t *testing.T) {
	for _, test := range []struct {
		name string
		r    Record
		want bool
	}{
		{"a declared one", Record{}, true},
		{"a withdrawn one", Record{Withdrawn: &Ending{}}, false},
		{"a released one", Record{Released: &Ending{}}, false},
	} {
		if got := test.r.open(); got != test.want {
			t.Errorf("%s is open: %v", test.name, got)
		}
	}
}

// effectFacts are facts with two disasters, one with a record and one without.
func effectFacts() Facts {
	return Facts{
		Now:     start,
		Self:    andon,
		Project: Project{ID: "10000"},
		Sprints: []Sprint{{ID: 10, State: SprintActive}, {ID: 11, State: SprintFuture}},
		Disasters: []Disaster{
			{ID: "100", Labels: []string{"disaster"}, Record: Record{Round: 1}, RecordState: RecordValid},
			{ID: "200", Labels: []string{"disaster"}},
		},
	}
}

func TestEffects(t *testing.T) {
	tests := []struct {
		name   string
		action Action
		result Result
		check  func(Facts) bool
	}{
		{
			name:   "a stored record is believed",
			action: Remember{Disaster: "200", Record: Record{Round: 3}},
			check: func(f Facts) bool {
				d := f.Disasters[1]
				return d.Record.Round == 3 && d.RecordState == RecordValid && !d.Unsaved && f.Disasters[0].Record.Round == 1
			},
		},
		{
			name:   "a stored list is remembered",
			action: RememberProject{Project: "10000", Disasters: []string{"100"}},
			check:  func(f Facts) bool { return slices.Equal(f.Memory.Disasters, []string{"100"}) },
		},
		{
			name:   "a cancelled sprint is gone",
			action: CancelSprint{Disaster: "100", Sprint: 10},
			check:  func(f Facts) bool { return len(f.Sprints) == 1 && f.Sprints[0].ID == 11 },
		},
		{
			name:   "a deleted sprint is gone",
			action: DeleteSprint{Disaster: "100", Sprint: 11},
			check:  func(f Facts) bool { return len(f.Sprints) == 1 && f.Sprints[0].ID == 10 },
		},
		{
			name:   "created tasks hang on their disaster",
			action: CreateTasks{Disaster: "100"},
			result: Result{Tasks: []Task{{ID: "1001"}, {ID: "1002"}}},
			check:  func(f Facts) bool { return len(f.Disasters[0].Tasks) == 2 && len(f.Disasters[1].Tasks) == 0 },
		},
		{
			name:   "a written status is in the record, which has to be stored",
			action: WriteStatus{Disaster: "100", Hash: "h"},
			result: Result{Comment: "55"},
			check: func(f Facts) bool {
				d := f.Disasters[0]
				return d.Record.Comment == "55" && d.Record.StatusHash == "h" && d.Unsaved
			},
		},
		{
			name:   "what was said is in the record where there is one",
			action: Say{Disaster: "100", Ref: "r"},
			check: func(f Facts) bool {
				d := f.Disasters[0]
				return slices.Equal(d.Record.Said, []string{"r"}) && d.Unsaved && len(d.Said) == 0
			},
		},
		{
			name:   "what was said is among the comments where there is no record",
			action: Say{Disaster: "200", Ref: "r"},
			check: func(f Facts) bool {
				d := f.Disasters[1]
				return slices.Equal(d.Said, []string{"r"}) && !d.Unsaved && len(d.Record.Said) == 0
			},
		},
		{
			name:   "who was told is in the record",
			action: Notify{Disaster: "100", Ref: "t"},
			check: func(f Facts) bool {
				return slices.Equal(f.Disasters[0].Record.Told, []string{"t"}) && f.Disasters[0].Unsaved
			},
		},
		{
			name:   "labels change as andon's own act",
			action: EditLabels{Disaster: "100", Add: []string{"a", "disaster"}, Remove: []string{"b"}},
			check: func(f Facts) bool {
				d := f.Disasters[0]
				last := d.History[len(d.History)-1]
				return slices.Equal(d.Labels, []string{"disaster", "a"}) && last.By == andon && last.At.Equal(start) && slices.Equal(last.Removed, []string{"b"})
			},
		},
		{
			name:   "labels are taken off",
			action: EditLabels{Disaster: "100", Remove: []string{"disaster"}},
			check:  func(f Facts) bool { return len(f.Disasters[0].Labels) == 0 && len(f.Disasters[1].Labels) == 1 },
		},
		{
			name:   "nothing happens to a disaster that is not there",
			action: Say{Disaster: "300", Ref: "r"},
			check:  func(f Facts) bool { return cmp.Diff(f, effectFacts()) == "" },
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := effectFacts()
			got := Effect(f, test.action, test.result)
			if !test.check(got) {
				t.Errorf("got %+v", got)
			}
			if diff := cmp.Diff(effectFacts(), f); diff != "" {
				t.Errorf("the facts were changed:\n%s", diff)
			}
		})
	}
}

// unknownAction is an action that the package does not know.
type unknownAction struct{ Say }

func TestAnUnknownActionHasNoEffect(t *testing.T) {
	if diff := cmp.Diff(effectFacts(), Effect(effectFacts(), unknownAction{}, Result{})); diff != "" {
		t.Errorf("something happened:\n%s", diff)
	}
}

func TestToldIsBoundedButKeepsWhatIsStillNews(t *testing.T) {
	c := &dossier{fresh: []string{"0", "5"}}
	for i := range maxTold + 10 {
		c.rec.Told = append(c.rec.Told, itoa(i))
	}
	c.forgetTold()
	if told := c.rec.Told; len(told) != maxTold || !slices.Equal(told[:3], []string{"0", "5", "12"}) || told[maxTold-1] != itoa(maxTold+9) {
		t.Errorf("%d notices, beginning with %v", len(told), told[:3])
	}
}

func TestFailuresAreKept(t *testing.T) {
	f := effectFacts()
	first := Failing(f, Say{Disaster: "100", Ref: "a"}, Failure{Text: "x"})
	second := Failing(first, Say{Disaster: "100", Ref: "b"}, Failure{Text: "y", Final: true})
	if len(f.Failed) != 0 || len(first.Failed) != 1 || len(second.Failed) != 2 || !second.Failed["say/100/b"].Final {
		t.Errorf("got %v, %v, %v", f.Failed, first.Failed, second.Failed)
	}
}

func TestRehearsalsShowThePlanAndWriteNothing(t *testing.T) {
	tests := []struct {
		name   string
		change func(*world)
		has    []string
		lacks  []string
	}{
		{
			name:   "sub-tasks",
			change: func(*world) {},
			has:    []string{"* cancel sprint 10 \"SHOP 1\" with 2 unfinished issues", "* create 9 sub-tasks:\n** SHOP-100: Inform stakeholders and developers", "Nothing of this has been done"},
			lacks:  []string{"cancel sprint 12", "Reconcile"},
		},
		{
			name:   "linked tasks",
			change: func(w *world) { w.project.Subtask.ID = "" },
			has:    []string{"* create 9 linked tasks:"},
		},
		{
			name:   "a kind",
			change: func(w *world) { w.label(dev, "100", []string{"disaster-data"}, nil) },
			has:    []string{"* create 13 sub-tasks:", "Reconcile lost changes"},
		},
		{
			name:   "no sprint",
			change: func(w *world) { w.sprints = nil },
			has:    []string{"* create 9 sub-tasks:"},
			lacks:  []string{"cancel sprint"},
		},
		{
			name:   "two sprints",
			change: func(w *world) { w.sprint(30, "parallel", SprintActive, 1) },
			has:    []string{"* cancel sprint 10", "* cancel sprint 30 \"parallel\" with 0 unfinished issues"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			test.change(w)
			w.add(dev, "100", "disaster-rehearsal")
			w.tick(time.Second)
			w.add(dev, "100", "disaster")
			p := w.look(t)
			if len(p.acts) != 1 || p.plan.Frozen || len(w.issues["100"].record) > 0 || w.memory != nil {
				t.Fatalf("did %v", p.lines)
			}
			body := p.acts[0].(Say).Body
			for _, s := range test.has {
				if !strings.Contains(body, s) {
					t.Errorf("%q is missing:\n%s", s, body)
				}
			}
			for _, s := range test.lacks {
				if strings.Contains(body, s) {
					t.Errorf("%q is there:\n%s", s, body)
				}
			}
			settled(t, w)
		})
	}
}

func TestARehearsalOfAnUnknownAuthorStillShowsThePlan(t *testing.T) {
	w := newWorld()
	w.label(Person{}, "100", []string{"disaster", "disaster-rehearsal"}, nil)
	p := w.look(t)
	if len(p.acts) != 1 || !strings.Contains(p.acts[0].(Say).Body, "cancel sprint 10") {
		t.Errorf("did %v", p.lines)
	}
}

func TestARehearsalTellsWhatWouldReallyHappen(t *testing.T) {
	rehearsed, real := newWorld(), newWorld()
	rehearsed.label(po, "100", []string{"disaster-security", "disaster-rehearsal"}, nil)
	body := rehearsed.look(t).acts[0].(Say).Body
	real.label(po, "100", []string{"disaster-security"}, nil)
	for _, a := range real.look(t).acts {
		switch a := a.(type) {
		case CancelSprint:
			if !strings.Contains(body, "cancel sprint "+itoa(int(a.Sprint))) {
				t.Errorf("sprint %d was not announced", a.Sprint)
			}
		case CreateTasks:
			for _, n := range a.Tasks {
				if !strings.Contains(body, "** "+EscapeWiki(n.Summary)+"\n") {
					t.Errorf("%q was not announced", n.Summary)
				}
			}
		}
	}
}
