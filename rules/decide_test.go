package rules

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// decisions are all plans from the facts to the end, each carried out in memory only.
func decisions(t tb, w *world, f Facts) []Plan {
	t.Helper()
	var out []Plan
	for range maxRounds {
		p := Decide(f)
		out = append(out, p)
		if p.Empty() {
			return out
		}
		f = w.fulfil(f, p.Wants)
		if !p.Wants.Empty() {
			continue
		}
		for _, a := range p.Actions {
			f = Effect(f, a, predicted(f, a))
		}
	}
	t.Fatalf("after %d decisions there is still something to do", maxRounds)
	return nil
}

func TestTheStagesOfADeclaration(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.add(po, "100", "disaster")
	type step struct {
		Stage Stage
		Acts  []string
		Wants Wants
	}
	var got []step
	for _, p := range decisions(t, w, w.facts()) {
		s := step{Stage: p.Stage, Wants: p.Wants}
		for _, a := range p.Actions {
			switch a.(type) {
			case Notify:
				s.Acts = append(s.Acts, a.Line())
			default:
				s.Acts = append(s.Acts, a.Key())
			}
		}
		got = append(got, s)
	}
	want := []step{
		{Wants: Wants{People: true}},
		{Wants: Wants{Said: l("100")}},
		{Stage: StageRemember, Acts: l("remember/100"), Wants: Wants{Scopes: []int64{10}}},
		{Stage: StageRemember, Acts: l("remember/100")},
		{Stage: StageStop, Acts: l("cancel-sprint/100/10")},
		{Stage: StageTasks, Acts: l("remember-project/10000", "create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause"),
			Wants: Wants{Planned: PlannedWant{Sprints: []int64{11, 12}, Since: start.Add(time.Second)}}},
		{Stage: StageTasks, Acts: l("remember-project/10000", "create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause")},
		{Stage: StageTell, Acts: l("status/100")},
		{Stage: StageRecord, Acts: l("remember/100")},
		{Stage: StageNotify, Acts: l("tell over chat: SHOP-100: disaster declared, planning is frozen")},
		{Stage: StageRecord, Acts: l("remember/100")},
		{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the stages are others (-want +got):\n%s", diff)
	}
}

func TestDecidingEndsWhateverHappened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		a := &adversary{w: w}
		w.issue("200", po)
		acts := a.acts()
		names := sortedNames(acts)
		for range rapid.IntRange(0, 12).Draw(t, "acts") {
			acts[rapid.SampledFrom(names).Draw(t, "act")](t)
		}
		plans := decisions(t, w, w.facts())
		last := plans[len(plans)-1]
		if last.Stage != StageNone || last.Frozen && last.Again <= 0 {
			t.Fatalf("it ends in stage %q, frozen %v, looked at again after %s", last.Stage, last.Frozen, last.Again)
		}
		for _, p := range plans {
			if frozen := slices.ContainsFunc(p.States, func(s State) bool { return s.Frozen }); frozen != p.Frozen {
				t.Fatalf("the plan says frozen %v, its disasters %v", p.Frozen, frozen)
			}
			if watched := slices.ContainsFunc(p.States, func(s State) bool { return !s.Settled }); watched != p.Watched {
				t.Fatalf("the plan says watched %v, its disasters %v", p.Watched, watched)
			}
			if !slices.IsSortedFunc(p.States, func(a, b State) int { return compareIDs(a.ID, b.ID) }) {
				t.Fatalf("the states are not in order: %+v", p.States)
			}
			if !slices.IsSorted(p.Wants.Scopes) || !slices.IsSorted(p.Wants.Said) || len(slices.Compact(slices.Clone(p.Wants.Said))) != len(p.Wants.Said) {
				t.Fatalf("the wants are not in order: %+v", p.Wants)
			}
		}
	})
}

func TestIDsAreOrderedLikeNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, 1<<40).Draw(t, "a"), rapid.Int64Range(0, 1<<40).Draw(t, "b")
		want := 0
		switch {
		case a < b:
			want = -1
		case a > b:
			want = 1
		}
		if got := compareIDs(strconv.FormatInt(a, 10), strconv.FormatInt(b, 10)); got != want {
			t.Fatalf("%d and %d: got %d, want %d", a, b, got, want)
		}
	})
}

func TestAnyOrderOfIDsIsAnOrder(t *testing.T) {
	ids := rapid.SliceOfN(rapid.StringMatching(`[0-9a-b]{0,4}`), 3, 3)
	rapid.Check(t, func(t *rapid.T) {
		s := ids.Draw(t, "ids")
		if compareIDs(s[0], s[1]) != -compareIDs(s[1], s[0]) {
			t.Fatalf("%q and %q are before each other", s[0], s[1])
		}
		if (compareIDs(s[0], s[1]) == 0) != (s[0] == s[1]) {
			t.Fatalf("%q and %q are taken for the same", s[0], s[1])
		}
	})
}

func TestWhenAProjectIsLookedAtAgain(t *testing.T) {
	tests := []struct {
		name    string
		act     func(*testing.T, *world)
		again   time.Duration
		watched bool
	}{
		{"without a disaster never by itself", func(*testing.T, *world) {}, 0, false},
		{"a label from before is left alone", func(_ *testing.T, w *world) { w.add(po, "100", "disaster"); w.tick(48 * time.Hour) }, 0, false},
		{"a proposal is looked after", func(_ *testing.T, w *world) { w.add(dev, "100", "disaster") }, time.Minute, true},
		{"a disaster is looked after", func(_ *testing.T, w *world) { w.add(po, "100", "disaster") }, time.Minute, true},
		{"a rehearsal is not", func(_ *testing.T, w *world) { w.label(po, "100", l("disaster", "disaster-rehearsal"), nil) }, 0, false},
		{"the next step of the recovery time comes first", func(_ *testing.T, w *world) {
			w.settings.RecoverySLA = time.Minute
			w.add(po, "100", "disaster")
		}, 30 * time.Second, true},
		{"a step that is at hand is not looked at more than once a second", func(_ *testing.T, w *world) {
			w.settings.RecoverySLA = time.Minute
			w.add(po, "100", "disaster")
			w.tick(30*time.Second - time.Millisecond)
		}, time.Second, true},
		{"a step that is far off changes nothing", func(_ *testing.T, w *world) {
			w.settings.RecoverySLA = time.Hour
			w.add(po, "100", "disaster")
		}, time.Minute, true},
		{"an issue that cannot be read any more is looked after", func(t *testing.T, w *world) {
			w.add(po, "100", "disaster")
			w.look(t)
			w.issues["100"].hidden = true
		}, time.Minute, true},
		{"a release is looked after until a new sprint runs", func(t *testing.T, w *world) {
			w.add(po, "100", "disaster")
			w.look(t)
			w.closeTask("100", "root-cause", "Done")
		}, time.Minute, true},
		{"once a new sprint runs it is settled", func(t *testing.T, w *world) {
			w.add(po, "100", "disaster")
			w.look(t)
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			w.sprint(30, "next", SprintActive, 1)
		}, 0, false},
		{"a withdrawn one is settled", func(t *testing.T, w *world) {
			w.add(po, "100", "disaster")
			w.look(t)
			w.take(po, "100", "disaster")
		}, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			test.act(t, w)
			if p := w.look(t).plan; p.Again != test.again || p.Watched != test.watched {
				t.Errorf("again after %s, watched %v; want %s, %v", p.Again, p.Watched, test.again, test.watched)
			}
		})
	}
}

func TestRefusedActsLetTheNextStageCome(t *testing.T) {
	no := Failure{Text: "you do not have the permission", Final: true}
	tests := []struct {
		name   string
		refuse []Action
		stage  Stage
		acts   []string
	}{
		{"with nothing refused the sprint is cancelled", nil, StageStop, l("cancel-sprint/100/10")},
		{"with the sprint refused the tasks come", acting(CancelSprint{Disaster: "100", Sprint: 10}), StageTasks,
			l("remember-project/10000", "create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause")},
		{"with the project's list refused too the tasks still come", acting(CancelSprint{Disaster: "100", Sprint: 10}, RememberProject{Project: "10000"}), StageTasks,
			l("create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			w.add(po, "100", "disaster")
			w.lookUntil(t, 1) // the record is written, then the process dies
			f := w.fulfil(w.facts(), Wants{People: true, Scopes: []int64{10}})
			for _, a := range test.refuse {
				f = Failing(f, a, no)
			}
			p := Decide(f)
			if p.Stage == StageRemember { // the scope was not in the first record
				for _, a := range p.Actions {
					f = Effect(f, a, predicted(f, a))
				}
				p = Decide(f)
			}
			var got []string
			for _, a := range p.Actions {
				got = append(got, a.Key())
			}
			if p.Stage != test.stage || !slices.Equal(got, test.acts) || !p.Frozen {
				t.Errorf("stage %q, %v, frozen %v", p.Stage, got, p.Frozen)
			}
		})
	}
}

// acting lists actions.
func acting(actions ...Action) []Action { return actions }
