package jira

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// boards takes over the boards that show issues of the project. Old Data Center does
// not tell where a board is located; a board whose filter names one project alone is
// that project's. Where the site tells it of any board, one without a location is a
// person's own.
func (l *look) boards(ctx context.Context, boards []Board) error {
	for _, b := range boards {
		if b.Location != nil {
			l.r.known.setLocated()
		}
	}
	for _, b := range boards {
		if err := l.addBoard(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// addBoard adds one board to the facts.
func (l *look) addBoard(ctx context.Context, b Board) error {
	untold := b.Location == nil && l.site.Flavour == DataCenter && !l.r.known.locates()
	if untold {
		projects, err := l.r.c.BoardProjects(ctx, b.ID)
		if l.present(err) != nil {
			return fmt.Errorf("projects of board %d: %w", b.ID, err)
		}
		if len(projects) == 1 {
			b.Location = &Location{ProjectID: projects[0].ID, ProjectKey: projects[0].Key, Name: projects[0].Name}
		}
	}
	l.r.known.setBoard(b)
	// A board over several projects, of which the site does not tell where it is located, may be another team's.
	out := rules.Board{ID: b.ID, Name: b.Name, Type: b.Type, Unreadable: untold && b.Location == nil}
	if b.Location != nil {
		out.ProjectID, out.ProjectKey = l.locationID(b.Location), b.Location.ProjectKey
	}
	l.putBoard(out)
	return nil
}

// locationID is the id of the project where a board is located; some answers tell only
// its key.
func (l *look) locationID(at *Location) string {
	switch {
	case at.ProjectID != "":
		return at.ProjectID
	case at.ProjectKey == l.facts.Project.Key:
		return l.facts.Project.ID
	}
	return at.ProjectKey
}

// putBoard keeps the boards sorted by id, each once.
func (l *look) putBoard(b rules.Board) {
	i, found := slices.BinarySearchFunc(l.facts.Boards, b.ID, func(o rules.Board, id int64) int { return cmp.Compare(o.ID, id) })
	if found {
		l.facts.Boards[i] = b
		return
	}
	l.facts.Boards = slices.Insert(l.facts.Boards, i, b)
}

// putSprint keeps the sprints sorted by id, each once; only what is active or still to
// come matters.
func (l *look) putSprint(s Sprint, holds string) {
	if s.State == SprintClosed {
		return
	}
	i, found := slices.BinarySearchFunc(l.facts.Sprints, s.ID, func(o rules.Sprint, id int64) int { return cmp.Compare(o.ID, id) })
	if !found {
		l.facts.Sprints = slices.Insert(l.facts.Sprints, i, sprintFacts(s))
	}
	if holds != "" && !slices.Contains(l.facts.Sprints[i].HoldsDisaster, holds) {
		l.facts.Sprints[i].HoldsDisaster = append(l.facts.Sprints[i].HoldsDisaster, holds)
	}
}

// sprintFacts are the facts of a sprint.
func sprintFacts(s Sprint) rules.Sprint {
	return rules.Sprint{ID: s.ID, Name: s.Name, Goal: s.Goal, State: rules.SprintState(s.State),
		Start: utcOf(s.Start), End: utcOf(s.End), Created: utcOf(s.Created), Board: s.OriginBoardID}
}

// utcOf is a time in UTC, zero if there is none.
func utcOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// held is a sprint that was found through a disaster instead of a board.
type held struct {
	sprint   *Sprint
	disaster string
}

// sprints reads the active and future sprints of the boards, and what else may have to
// be undone: the sprints that hold a candidate issue, and those that are remembered as
// not yet undone but may show on no board any more.
func (l *look) sprints(ctx context.Context) error {
	boards := slices.DeleteFunc(slices.Clone(l.facts.Boards), func(b rules.Board) bool { return b.Type == "kanban" })
	jobs := l.heldJobs()
	lists, found := make([][]Sprint, len(boards)), make([]held, len(jobs))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(l.r.opt.SideBySide)
	for i, b := range boards {
		g.Go(func() (err error) { lists[i], err = l.sprintsOf(gctx, b); return err })
	}
	for i, job := range jobs {
		g.Go(func() (err error) { found[i], err = job(gctx); return err })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, list := range lists {
		for _, s := range list {
			l.putSprint(s, "")
		}
	}
	for _, h := range found {
		if h.sprint != nil {
			l.putSprint(*h.sprint, h.disaster)
		}
	}
	return l.origins(ctx)
}

// sprintsOf reads the sprints of a board. Somebody else's board is only reported, so
// it may be out of reach; the project's own may not.
func (l *look) sprintsOf(ctx context.Context, b rules.Board) ([]Sprint, error) {
	list, _, err := l.r.c.BoardSprints(ctx, b.ID, SprintActive, SprintFuture)
	if err != nil && b.ProjectID != l.facts.Project.ID && l.absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("sprints of board %d: %w", b.ID, err)
	}
	return list, nil
}

// heldJobs are the reads of sprints that are found through a disaster.
func (l *look) heldJobs() []func(context.Context) (held, error) {
	var jobs []func(context.Context) (held, error)
	for _, id := range slices.Sorted(maps.Keys(l.read)) {
		at := l.r.opt.Signer.slotOf(l.read[id], l.facts.Project.ID)
		rec, state := at.record, at.state
		if l.r.declaring(l.read[id].Labels) && (state != rules.RecordValid || rec.Withdrawn != nil || rec.Released != nil) {
			jobs = append(jobs, func(ctx context.Context) (held, error) { return l.holderOf(ctx, id) })
		}
		for _, s := range rec.Sprints {
			if s.Undone.IsZero() {
				jobs = append(jobs, func(ctx context.Context) (held, error) { return l.pending(ctx, id, s.ID) })
			}
		}
	}
	return jobs
}

// holderOf finds the active sprint that holds an issue.
func (l *look) holderOf(ctx context.Context, id string) (held, error) {
	s, _, err := l.r.c.IssueSprints(ctx, id)
	switch {
	case l.absent(err):
		return held{}, nil
	case err != nil:
		return held{}, fmt.Errorf("sprint of issue %s: %w", id, err)
	case s == nil || s.State != SprintActive:
		return held{}, nil
	case s.OriginBoardID == 0: // the issue's own view of its sprint may leave out the board
		full, err := l.r.c.Sprint(ctx, s.ID)
		if l.present(err) != nil {
			return held{}, fmt.Errorf("sprint %d: %w", s.ID, err)
		}
		if err == nil {
			s = &full
		}
	}
	return held{sprint: s, disaster: id}, nil
}

// pending reads a sprint that is remembered as not yet undone.
func (l *look) pending(ctx context.Context, disaster string, sprint int64) (held, error) {
	s, err := l.r.c.Sprint(ctx, sprint)
	switch {
	case IsNotFound(err) && l.absent(err):
		return held{}, nil // deleted; nothing is left to undo
	case err != nil:
		return held{}, fmt.Errorf("sprint %d: %w", sprint, err)
	}
	return held{sprint: &s, disaster: disaster}, nil
}

// origins reads the origin boards of the sprints that no list of boards has shown, to
// know whose they are.
func (l *look) origins(ctx context.Context) error {
	for _, s := range slices.Clone(l.facts.Sprints) {
		if s.Board == 0 || l.hasBoard(s.Board) {
			continue
		}
		b, err := l.r.c.Board(ctx, s.Board)
		switch {
		case err == nil:
			if err := l.addBoard(ctx, b); err != nil {
				return err
			}
		case l.absent(err):
			l.putBoard(rules.Board{ID: s.Board, Unreadable: true})
		default:
			return fmt.Errorf("origin board of sprint %d: %w", s.ID, err)
		}
	}
	return nil
}

// hasBoard says whether a board is among the facts.
func (l *look) hasBoard(id int64) bool {
	return slices.ContainsFunc(l.facts.Boards, func(b rules.Board) bool { return b.ID == id })
}
