package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheSettingsOfAnOperatorWhoSetsNothing(t *testing.T) {
	s := DefaultSettings()
	if s.MaxAge != 24*time.Hour || s.Resync != time.Minute || s.RecoverySLA != 0 || len(s.RecoverySLAByKind) != 0 {
		t.Errorf("times: %+v", s)
	}
	if s.ProductOwnerRole != "Product Owner" || len(s.Boards) != 0 || len(s.Channels) != 0 || s.OwnersAccept || s.EvidenceNeeded || s.RestoredNeeded {
		t.Errorf("options: %+v", s)
	}
	want := Labels{Disaster: "disaster", Security: "disaster-security", Data: "disaster-data", Accidental: "disaster-accidental", Maintenance: "system-maintenance",
		ReadOnly: "system-read-only", Offline: "system-offline", Alternate: "system-alternate", Restored: "system-restored", Resume: "sprint-resume", Rehearsal: "disaster-rehearsal"}
	if s.Labels != want {
		t.Errorf("labels: %+v", s.Labels)
	}
	if !slices.Equal(Kinds(), []Kind{"security", "data", "accidental"}) {
		t.Errorf("kinds: %v", Kinds())
	}
}

func TestListsOfLabelsAreNotShared(t *testing.T) {
	labels := DefaultLabels()
	labels.Declaring()[0], labels.Modes()[0], labels.All()[0], Kinds()[0] = "x", "x", "x", "x"
	if labels.Declaring()[0] != "disaster" || labels.Modes()[0] != "system-maintenance" || labels.All()[0] != "disaster" || Kinds()[0] != Security {
		t.Error("writing into a list changed the labels")
	}
}

func TestALabelIsInOnePlaceOnly(t *testing.T) {
	labels := DefaultLabels()
	for _, name := range labels.All() {
		places := 0
		for _, in := range [][]string{labels.Declaring(), labels.Modes(), {labels.Restored}, {labels.Resume}, {labels.Rehearsal}} {
			if slices.Contains(in, name) {
				places++
			}
		}
		if places != 1 {
			t.Errorf("%s is in %d places", name, places)
		}
		if kind := labels.Kind(name); kind != "" && !slices.Contains(labels.Declaring(), name) {
			t.Errorf("%s sets the kind %s and declares nothing", name, kind)
		}
	}
}

func TestRenamedLabelsLeadTheWholeStory(t *testing.T) {
	w := newWorld()
	w.settings.Labels = Labels{Disaster: "red", Security: "red-s", Data: "red-d", Accidental: "red-a", Maintenance: "m", ReadOnly: "r", Offline: "o", Alternate: "a",
		Restored: "green", Resume: "go", Rehearsal: "drill"}
	w.add(po, "100", "disaster")
	if p := w.look(t); p.plan.Frozen || len(p.acts) > 0 {
		t.Fatalf("the default label still counts: %v", p.lines)
	}
	w.add(po, "100", "red-d")
	w.look(t)
	rec, _ := w.recordOf("100")
	if !slices.Equal(rec.Kinds, []Kind{Data}) || w.task("100", "salvage") == nil {
		t.Errorf("the kind is %v", rec.Kinds)
	}
	w.add(dev, "100", "o")
	w.look(t)
	if slices.Contains(w.issues["100"].Labels, "o") {
		t.Error("somebody's mode is still on")
	}
	for _, e := range w.settings.Playbook.Entries {
		if e.Gate == ReturnToService {
			w.closeTask("100", e.ID, "Done")
		}
	}
	w.add(po, "100", "green")
	if s := stateOf(t, w.look(t).plan, "100"); s.Phase != PhaseInvestigating {
		t.Errorf("the phase is %s", s.Phase)
	}
	w.take(po, "100", "red-d")
	if s := stateOf(t, w.look(t).plan, "100"); s.Phase != PhaseWithdrawn || s.Frozen {
		t.Errorf("the phase is %s", s.Phase)
	}
}

func TestHowAResolutionIsWrittenDoesNotMatter(t *testing.T) {
	s := DefaultSettings()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(s.RefusedResolutions).Draw(t, "resolution")
		other := strings.Map(func(r rune) rune {
			if rapid.Bool().Draw(t, "upper") {
				return []rune(strings.ToUpper(string(r)))[0]
			}
			return r
		}, name)
		if rapid.Bool().Draw(t, "typographic") {
			other = strings.ReplaceAll(other, "'", "\u2019")
		}
		other = rapid.SampledFrom(l("", " ", "\t ")).Draw(t, "before") + other + rapid.SampledFrom(l("", " ")).Draw(t, "after")
		if !s.refuses(other) {
			t.Fatalf("%q counts as closed, and %q does not", other, name)
		}
		if s.refuses(name + "x") {
			t.Fatalf("%q is refused", name+"x")
		}
	})
	if s.RefusedResolutions = nil; s.refuses("Won't Do") || s.refuses("") {
		t.Error("something is refused though nothing is to be")
	}
}

func TestOneActHasOneKeyAndDifferentActsHaveDifferentOnes(t *testing.T) {
	acts := []Action{
		Remember{Disaster: "1"}, Remember{Disaster: "2"}, RememberProject{Project: "1"}, RememberProject{Project: "2"},
		CancelSprint{Disaster: "1", Sprint: 2}, CancelSprint{Disaster: "2", Sprint: 2}, CancelSprint{Disaster: "1", Sprint: 21}, DeleteSprint{Disaster: "1", Sprint: 2},
		CreateTasks{Disaster: "1", Round: 1, Tasks: []NewTask{{Entry: "a"}}}, CreateTasks{Disaster: "1", Round: 2, Tasks: []NewTask{{Entry: "a"}}},
		CreateTasks{Disaster: "1", Round: 1, Tasks: []NewTask{{Entry: "a"}, {Entry: "b"}}}, CreateTasks{Disaster: "11", Round: 1, Tasks: []NewTask{{Entry: "a"}}},
		WriteStatus{Disaster: "1"}, WriteStatus{Disaster: "2"}, Say{Disaster: "1", Ref: "x"}, Say{Disaster: "1", Ref: "y"}, Say{Disaster: "2", Ref: "x"},
		EditLabels{Disaster: "1", Add: l("a")}, EditLabels{Disaster: "1", Remove: l("a")}, EditLabels{Disaster: "1", Add: l("a", "b")}, EditLabels{Disaster: "1", Add: l("a"), Remove: l("b")},
		EditLabels{Disaster: "2", Add: l("a")}, Notify{Disaster: "1", Ref: "x"}, Notify{Disaster: "2", Ref: "x"}, Notify{Disaster: "1", Ref: "y"},
	}
	seen := map[string]Action{}
	for _, a := range acts {
		if other, twice := seen[a.Key()]; twice {
			t.Errorf("%+v and %+v have the key %s", a, other, a.Key())
		}
		seen[a.Key()] = a
	}
	for _, same := range [][2]Action{
		{Remember{Disaster: "1", Why: "a"}, Remember{Disaster: "1", Why: "b", Record: Record{Round: 2}}},
		{CancelSprint{Disaster: "1", Sprint: 2, Name: "a", Goal: "x"}, CancelSprint{Disaster: "1", Sprint: 2, Name: "b", Why: StartedInFreeze}},
		{DeleteSprint{Disaster: "1", Sprint: 2, Name: "a"}, DeleteSprint{Disaster: "1", Sprint: 2}},
		{WriteStatus{Disaster: "1", Comment: "7", Body: "x"}, WriteStatus{Disaster: "1"}},
		{Say{Disaster: "1", Ref: "x", Body: "a"}, Say{Disaster: "1", Ref: "x", About: "b"}},
		{EditLabels{Disaster: "1", Add: l("a"), Why: "x"}, EditLabels{Disaster: "1", Add: l("a")}},
	} {
		if same[0].Key() != same[1].Key() {
			t.Errorf("one act has the keys %s and %s", same[0].Key(), same[1].Key())
		}
	}
}

func TestWhatAnActionSaysOfItself(t *testing.T) {
	for _, test := range []struct {
		a    Action
		want string
	}{
		{RememberProject{}, "remember on the project: no open disaster"},
		{RememberProject{Disasters: l("1", "2")}, "remember on the project: open disasters 1, 2"},
		{CancelSprint{Sprint: 7, Name: "a\"b", Why: AtDeclaration}, `cancel sprint 7 "a\"b" (it was active when the disaster was declared)`},
		{CancelSprint{Sprint: 7, Name: "x", Why: StartedInFreeze}, `cancel sprint 7 "x" (it was started while planning is frozen)`},
		{CancelSprint{Sprint: 7, Name: "x", Why: "of old"}, `cancel sprint 7 "x" (of old)`},
		{DeleteSprint{Sprint: 7, Name: "x"}, `delete sprint 7 "x" (it was created while planning is frozen)`},
		{CreateTasks{DisasterKey: "A-1", Tasks: []NewTask{{Entry: "a"}, {Entry: "b"}}}, "create 2 sub-tasks of A-1: a, b"},
		{CreateTasks{DisasterKey: "A-1", Linked: true, Tasks: []NewTask{{Entry: "a"}}}, "create 1 linked tasks of A-1: a"},
		{WriteStatus{}, "write the status comment"},
		{WriteStatus{Comment: "1"}, "update the status comment"},
		{EditLabels{Add: l("a", "b"), Why: "w"}, "put back a, b: w"},
		{EditLabels{Remove: l("a", "b"), Why: "w"}, "take off a, b: w"},
		{EditLabels{Add: l("a"), Remove: l("b"), Why: "w"}, "put back a and take off b: w"},
	} {
		if got := test.a.Line(); got != test.want {
			t.Errorf("%T says %q, want %q", test.a, got, test.want)
		}
	}
}
