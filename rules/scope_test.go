package rules

import (
	"slices"
	"testing"
	"time"
)

func TestScopeOf(t *testing.T) {
	tests := []struct {
		name   string
		sprint Sprint
		boards []int64
		in     bool
		code   string
		text   string
	}{
		{
			name:   "a sprint of the project's scrum board",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 1},
			in:     true, code: "board-of-project", text: `its origin board 1 "SHOP board" is located in the project`,
		},
		{
			name:   "a sprint of the project's team-managed board",
			sprint: Sprint{ID: 10, State: SprintFuture, Board: 4},
			in:     true, code: "board-of-project", text: `its origin board 4 "simple" is located in the project`,
		},
		{
			name:   "a sprint of another project's board, whatever it holds",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 2, HoldsDisaster: []string{"100"}},
			in:     false, code: "board-of-other-project", text: `its origin board 2 "BLOG and SHOP" is located in project BLOG`,
		},
		{
			name:   "an active sprint of a personal board that holds the disaster",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 3, HoldsDisaster: []string{"100"}},
			in:     true, code: "holds-the-disaster", text: `it holds the disaster issue, and its origin board 3 "My own" is located in no project`,
		},
		{
			name:   "a future sprint of a personal board that holds the disaster",
			sprint: Sprint{ID: 10, State: SprintFuture, Board: 3, HoldsDisaster: []string{"100"}},
			in:     false, code: "board-of-nobody", text: `its origin board 3 "My own" is located in no project`,
		},
		{
			name:   "an active sprint of a personal board that holds no disaster",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 3},
			in:     false, code: "board-of-nobody", text: `its origin board 3 "My own" is located in no project`,
		},
		{
			name:   "a sprint of a board that cannot be read",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 5, HoldsDisaster: []string{"100"}},
			in:     false, code: "board-unreadable", text: "its origin board 5 cannot be read, so nobody can say whose sprint it is",
		},
		{
			name:   "a sprint of a board that nobody knows",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 99, HoldsDisaster: []string{"100"}},
			in:     false, code: "board-unreadable", text: "its origin board 99 cannot be read, so nobody can say whose sprint it is",
		},
		{
			name:   "an orphaned sprint",
			sprint: Sprint{ID: 10, State: SprintActive, HoldsDisaster: []string{"100"}},
			in:     false, code: "no-origin-board", text: "Jira names no origin board for sprint 10",
		},
		{
			name:   "an orphaned sprint is out of scope even with boards named",
			sprint: Sprint{ID: 10, State: SprintActive}, boards: []int64{0, 1},
			in: false, code: "no-origin-board", text: "Jira names no origin board for sprint 10",
		},
		{
			name:   "a board that the operator names",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 2}, boards: []int64{2},
			in: true, code: "board-named", text: "board 2 is named in the settings",
		},
		{
			name:   "the project's own board where the operator names others",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 1}, boards: []int64{2},
			in: false, code: "board-not-named", text: "board 1 is not among the boards named in the settings",
		},
		{
			name:   "a personal board with the disaster where the operator names others",
			sprint: Sprint{ID: 10, State: SprintActive, Board: 3, HoldsDisaster: []string{"100"}}, boards: []int64{2},
			in: false, code: "board-not-named", text: "board 3 is not among the boards named in the settings",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newWorld().facts()
			f.Settings.Boards = test.boards
			f.Boards = append(f.Boards,
				Board{ID: 4, Name: "simple", Type: "simple", ProjectID: "10000", ProjectKey: "SHOP"},
				Board{ID: 5, Unreadable: true, ProjectID: "10000"})
			got := ScopeOf(f, test.sprint)
			if got.In != test.in || got.Reason.Code != test.code || got.Reason.Text != test.text {
				t.Errorf("got %v, %s: %s\nwant %v, %s: %s", got.In, got.Reason.Code, got.Reason.Text, test.in, test.code, test.text)
			}
		})
	}
}

func TestScopeForOneDisaster(t *testing.T) {
	f := newWorld().facts()
	personal := Sprint{ID: 10, State: SprintActive, Board: 3, HoldsDisaster: []string{"100"}}
	if got := scopeFor(f, personal, "100"); !got.In || got.Reason.Code != holdsTheDisaster {
		t.Errorf("the sprint that holds the declared issue: %+v", got)
	}
	if got := scopeFor(f, personal, "200"); got.In || got.Reason.Code != "board-of-nobody" {
		t.Errorf("the sprint that holds another issue: %+v", got)
	}
	if got := scopeFor(f, Sprint{ID: 10, State: SprintActive, Board: 1}, "200"); !got.In {
		t.Errorf("the project's own sprint: %+v", got)
	}
}

func TestBoardsInScope(t *testing.T) {
	f := newWorld().facts()
	f.Boards = append(f.Boards, Board{ID: 5, Unreadable: true, ProjectID: "10000"}, Board{ID: 6, ProjectID: "10000"})
	if got := boardsInScope(f); !slices.Equal(got, []int64{1, 6}) {
		t.Errorf("got %v, want the project's readable boards 1 and 6", got)
	}
	f.Settings.Boards = []int64{2, 3, 77}
	if got := boardsInScope(f); !slices.Equal(got, []int64{2, 3}) {
		t.Errorf("got %v, want the named boards 2 and 3", got)
	}
}

func TestWhatAFreezeForbids(t *testing.T) {
	since := start
	base := Baseline{Number: 1, Since: since, Sprint: 50, Boards: []int64{1}, Active: []int64{10}, Spared: []int64{11}}
	tests := []struct {
		name   string
		sprint Sprint
		why    Undoing
		no     bool
	}{
		{"a sprint that was active at the declaration", Sprint{ID: 10, State: SprintActive, Board: 1}, AtDeclaration, true},
		{"a sprint that was spared", Sprint{ID: 11, State: SprintActive, Board: 1}, "", false},
		{"a sprint that was started since", Sprint{ID: 12, State: SprintActive, Board: 1}, StartedInFreeze, true},
		{"a sprint that was created and started since", Sprint{ID: 60, State: SprintActive, Board: 1}, StartedInFreeze, true},
		{"a closed sprint", Sprint{ID: 12, State: SprintClosed, Board: 1}, "", false},
		{"a future sprint from before, by its id", Sprint{ID: 50, State: SprintFuture, Board: 1}, CreatedInFreeze, false},
		{"a future sprint with a higher id on Data Center", Sprint{ID: 51, State: SprintFuture, Board: 1}, CreatedInFreeze, true},
		{"a future sprint with a higher id of a board that was not in scope then", Sprint{ID: 51, State: SprintFuture, Board: 9}, CreatedInFreeze, false},
		{"a future sprint with a higher id that was created since", Sprint{ID: 51, State: SprintFuture, Board: 9, Created: since.Add(time.Minute)}, CreatedInFreeze, true},
		{"a future sprint created within the difference of the clocks", Sprint{ID: 51, State: SprintFuture, Board: 1, Created: since.Add(-clockSlack)}, CreatedInFreeze, true},
		{"a future sprint with a higher id that is older all the same", Sprint{ID: 51, State: SprintFuture, Board: 1, Created: since.Add(-clockSlack - 1)}, CreatedInFreeze, false},
		{"a future sprint with a lower id that claims to be new", Sprint{ID: 49, State: SprintFuture, Board: 1, Created: since.Add(time.Hour)}, CreatedInFreeze, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			why, no := forbids(base, test.sprint)
			if no != test.no || no && why != test.why {
				t.Errorf("got %q, %v; want %q, %v", why, no, test.why, test.no)
			}
		})
	}
}
