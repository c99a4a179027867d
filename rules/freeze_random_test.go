package rules

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestASprintIsNotRememberedUnread(t *testing.T) {
	f := frozenFacts()
	w := &work{f: f}
	c := &dossier{d: f.Disasters[0], rec: f.Disasters[0].Record.clone(), live: true}
	w.keep(c, Sprint{ID: 10, State: SprintActive, Board: 1}, AtDeclaration)
	if len(c.rec.Sprints) != 0 || c.mustRemember || !slices.Equal(w.wants.Scopes, []int64{10}) {
		t.Errorf("remembered %+v, wants %v", c.rec.Sprints, w.wants.Scopes)
	}
}

// randomSprint is a sprint of any sort.
func randomSprint(t *rapid.T, id int64) Sprint {
	issues := rapid.SliceOfNDistinct(rapid.SampledFrom(l("1", "2", "3", "4")), 0, 4, rapid.ID[string])
	s := Sprint{ID: id, Name: "s", State: rapid.SampledFrom([]SprintState{SprintActive, SprintFuture, SprintClosed}).Draw(t, "state"),
		Board: rapid.Int64Range(0, 7).Draw(t, "board"), ScopeRead: rapid.Bool().Draw(t, "read")}
	if s.ScopeRead {
		s.Unfinished = issues.Draw(t, "issues")
	} else if rapid.IntRange(0, 5).Draw(t, "refused") == 0 {
		s.ScopeUnreadable = "403"
	}
	if rapid.Bool().Draw(t, "holds") {
		s.HoldsDisaster = []string{"100"}
	}
	if rapid.Bool().Draw(t, "dated") {
		s.Created = start.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "created")) * time.Minute)
	}
	return s
}

// mine says, in the words of the field and without the rules, whether a sprint may be
// touched: its origin board is named; or none is named and it is the project's; or it is
// nobody's, and the sprint held the disaster when the freeze began.
func mine(f Facts, s Sprint) bool {
	if len(f.Settings.Boards) > 0 {
		return s.Board != 0 && slices.Contains(f.Settings.Boards, s.Board)
	}
	for _, b := range f.Boards {
		if b.ID == s.Board && s.Board != 0 && !b.Unreadable {
			held := s.State == SprintActive && len(s.HoldsDisaster) > 0 && slices.Contains(f.Disasters[0].Record.Baseline.Active, s.ID)
			return b.ProjectID == "10000" || b.ProjectID == "" && held
		}
	}
	return false
}

func TestNoSprintOutOfScopeIsEverTouchedNorOneUndoneUnremembered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sprints []Sprint
		for i := range rapid.IntRange(1, 6).Draw(t, "sprints") {
			sprints = append(sprints, randomSprint(t, int64(10+i*20)))
		}
		f := frozenFacts(sprints...)
		f.Settings.Boards = rapid.SampledFrom([][]int64{nil, nil, {1}, {2, 5}, {0}}).Draw(t, "named")
		b := &f.Disasters[0].Record.Baseline
		b.Active = rapid.SampledFrom([][]int64{nil, {10}, {10, 30, 50}}).Draw(t, "active")
		b.Spared = rapid.SampledFrom([][]int64{nil, nil, {30}}).Draw(t, "spared")
		for range 12 {
			p := Decide(f)
			for _, id := range p.Wants.Scopes {
				i := slices.IndexFunc(f.Sprints, func(s Sprint) bool { return s.ID == id })
				if !mine(f, f.Sprints[i]) {
					t.Fatalf("the issues of sprint %d are asked for, which is somebody else's", id)
				}
				f.Sprints = slices.Clone(f.Sprints)
				f.Sprints[i].ScopeRead, f.Sprints[i].Unfinished = true, l("1", "7")
			}
			for _, a := range p.Actions {
				switch a := a.(type) {
				case CancelSprint:
					mustBeStored(t, f, a.Sprint, SprintActive)
				case DeleteSprint:
					mustBeStored(t, f, a.Sprint, SprintFuture)
				}
				f = Effect(f, a, predicted(f, a))
			}
		}
		if p := Decide(f); len(p.Actions) > 0 {
			t.Fatalf("there is no end: %s", p.Actions[0].Line())
		}
	})
}

// mustBeStored checks a sprint that is undone next.
func mustBeStored(t *rapid.T, f Facts, id int64, state SprintState) {
	s := sprintOf(f, id)
	e, ok := f.Disasters[0].Record.sprint(id)
	switch {
	case !mine(f, s):
		t.Fatalf("sprint %d of board %d is somebody else's", id, s.Board)
	case s.State != state:
		t.Fatalf("sprint %d is %s", id, s.State)
	case slices.Contains(f.Disasters[0].Record.Baseline.Spared, id):
		t.Fatalf("sprint %d was spared", id)
	case !ok || f.Disasters[0].Unsaved || !e.Undone.IsZero():
		t.Fatalf("sprint %d is undone before it is remembered", id)
	case s.ScopeRead && slices.ContainsFunc(s.Unfinished, func(i string) bool { return !slices.Contains(e.Issues, i) }):
		t.Fatalf("sprint %d holds %v, remembered are %v", id, s.Unfinished, e.Issues)
	}
}
