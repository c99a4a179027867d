package jira

import (
	"context"
	"errors"
	"net/http"
	"slices"
)

// moveSize is how many issues one call moves at most.
const moveSize = 50

// Refused is an issue that Jira would not move, and why.
type Refused struct {
	ID  string
	Err *Error
}

// MoveToBacklog takes the issues (ids or keys) out of their active and future sprints. One bad issue makes Jira refuse
// the whole call, so a refused batch is halved until the bad ones are found; the others are moved. The error is set when
// something else than single issues is wrong, which also shows in the first five all being refused; what was refused so
// far is returned with it.
func (c *Client) MoveToBacklog(ctx context.Context, issueIDs []string) ([]Refused, error) {
	const route = agile + "backlog/issue"
	return moveAll(issueIDs, func(batch []string) error {
		return c.post(ctx, map[string]any{"issues": batch}, nil, route)
	})
}

// MoveToSprint puts the issues (ids or keys) into a future or active sprint, halving refused batches like MoveToBacklog.
func (c *Client) MoveToSprint(ctx context.Context, sprintID int64, issueIDs []string) ([]Refused, error) {
	const route = agile + "sprint/{}/issue"
	if a := numArg(sprintID); a.err != nil {
		return nil, refuse("move to sprint: %w", a.err)
	}
	open := false
	return moveAll(issueIDs, func(batch []string) error {
		_, err := c.api.Sprint.MoveIssuesToSprintWithContext(withRoute(ctx, route), int(sprintID), batch)
		err = typedResult(http.MethodPost, route, err)
		if open || !blamesIssues(err) {
			return err
		}
		// A closed or vanished sprint refuses every issue: find out before asking about each of them.
		s, serr := c.Sprint(ctx, sprintID)
		if serr != nil || s.State == SprintClosed {
			return &closedTarget{err}
		}
		open = true
		return err
	})
}

// closedTarget hides from moveAll that the error below might be about single issues.
type closedTarget struct{ error }

func (c *closedTarget) Unwrap() error { return c.error }

// maxRefusals is how many issues in a row, with none moved, show that the cause is not in the issues: a missing permission
// looks the same as a bad issue, and asking about each one of a sprint would be a storm.
const maxRefusals = 5

func moveAll(ids []string, move func([]string) error) ([]Refused, error) {
	m := mover{move: move}
	good := make([]string, 0, len(ids))
	for _, id := range ids {
		if a := issueArg(id); a.err != nil {
			m.invalid = append(m.invalid, Refused{ID: clip(oneLine(id), 40), Err: refuse("move: %w", a.err)})
			continue
		}
		good = append(good, id)
	}
	for batch := range slices.Chunk(good, moveSize) {
		if err := m.halve(batch); err != nil {
			return append(m.invalid, m.refused...), err
		}
	}
	return append(m.invalid, m.refused...), nil
}

// mover moves issues in ever smaller parts while Jira refuses.
type mover struct {
	move    func([]string) error
	moved   bool
	invalid []Refused // by ourselves
	refused []Refused // by Jira
}

func (m *mover) halve(ids []string) error {
	err := m.move(ids)
	if err == nil {
		m.moved = true
		return nil
	}
	if !blamesIssues(err) {
		return err
	}
	if len(ids) > 1 {
		if err := m.halve(ids[:len(ids)/2]); err != nil {
			return err
		}
		return m.halve(ids[len(ids)/2:])
	}
	e, _ := asError(err)
	m.refused = append(m.refused, Refused{ID: ids[0], Err: e})
	if !m.moved && len(m.refused) >= maxRefusals {
		return err
	}
	return nil
}

// blamesIssues reports whether the refusal may concern only some of the issues of the call.
func blamesIssues(err error) bool {
	var closed *closedTarget
	e, ok := asError(err)
	if !ok || errors.As(err, &closed) {
		return false
	}
	switch e.Kind {
	case KindInvalid, KindNotFound, KindForbidden:
		return e.Status != 0
	default:
		return false
	}
}
