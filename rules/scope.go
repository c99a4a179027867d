package rules

import (
	"fmt"
	"slices"
)

// Scope says whether a sprint may be touched, and why.
type Scope struct {
	In     bool
	Reason Reason
}

// holdsTheDisaster is the reason code of a sprint that is in scope only because of the
// issue it holds.
const holdsTheDisaster = "holds-the-disaster"

// ScopeOf says whether a sprint is the project's own. A sprint belongs to no project
// in Jira: it shows on every board that displays one of its issues, and closing it
// closes it for every team. So only its origin board counts: that board is located in
// the project, or the operator named it, or the sprint is active, holds the disaster
// issue and its origin board is located in no project at all (whether that issue is
// declared is for the caller to see). Whatever cannot be read is somebody else's.
func ScopeOf(f Facts, s Sprint) Scope {
	in := func(ok bool, code, format string, args ...any) Scope {
		return Scope{In: ok, Reason: Reason{Code: code, Text: fmt.Sprintf(format, args...)}}
	}
	if s.Board == 0 {
		return in(false, "no-origin-board", "Jira names no origin board for sprint %d", s.ID)
	}
	if len(f.Settings.Boards) > 0 {
		if slices.Contains(f.Settings.Boards, s.Board) {
			return in(true, "board-named", "board %d is named in the settings", s.Board)
		}
		return in(false, "board-not-named", "board %d is not among the boards named in the settings", s.Board)
	}
	b, ok := f.board(s.Board)
	switch {
	case !ok || b.Unreadable:
		return in(false, "board-unreadable", "its origin board %d cannot be read, so nobody can say whose sprint it is", s.Board)
	case b.ProjectID == f.Project.ID:
		return in(true, "board-of-project", "its origin board %d %q is located in the project", b.ID, b.Name)
	case b.ProjectID != "":
		return in(false, "board-of-other-project", "its origin board %d %q is located in project %s", b.ID, b.Name, b.ProjectKey)
	case s.State == SprintActive && len(s.HoldsDisaster) > 0:
		return in(true, holdsTheDisaster, "it holds the disaster issue, and its origin board %d %q is located in no project", b.ID, b.Name)
	}
	return in(false, boardOfNobody, "its origin board %d %q is located in no project", b.ID, b.Name)
}

// scopeFor is the scope of a sprint for the declaration of one disaster: a sprint of
// nobody's board is in scope only if it holds that very issue.
func scopeFor(f Facts, s Sprint, disaster string) Scope {
	scope := ScopeOf(f, s)
	if scope.Reason.Code == holdsTheDisaster && !slices.Contains(s.HoldsDisaster, disaster) {
		return Scope{Reason: Reason{Code: boardOfNobody, Text: fmt.Sprintf("its origin board %d is located in no project, and it holds another issue than this one", s.Board)}}
	}
	return scope
}

// board finds a board by its id.
func (f Facts) board(id int64) (Board, bool) {
	i := slices.IndexFunc(f.Boards, func(b Board) bool { return b.ID == id })
	if i < 0 {
		return Board{}, false
	}
	return f.Boards[i], true
}

// boardsInScope are the boards whose sprints may be touched, by ascending id.
func boardsInScope(f Facts) []int64 {
	var out []int64
	for _, b := range f.Boards {
		named := slices.Contains(f.Settings.Boards, b.ID)
		if named || len(f.Settings.Boards) == 0 && !b.Unreadable && b.ProjectID == f.Project.ID {
			out = append(out, b.ID)
		}
	}
	return out
}

// highestBoard is the highest board id known.
func highestBoard(f Facts) int64 {
	var high int64
	for _, b := range f.Boards {
		high = max(high, b.ID)
	}
	return high
}

// highestSprint is the highest sprint id known.
func highestSprint(f Facts) int64 {
	var high int64
	for _, s := range f.Sprints {
		high = max(high, s.ID)
	}
	return high
}
