package jira

import (
	"context"
	"fmt"
	"slices"

	"andon/rules"
)

// createSprint makes the successor of a cancelled sprint. Jira has no key that means
// "once" for a sprint, and a request whose answer was lost may have been carried out: so
// the board is searched first for a sprint of that name with a higher id than any that
// was known before, and afterwards for one that another worker made at the same time.
// The lowest id stays.
func (a *applier) createSprint(ctx context.Context, c rules.CreateSprint) (int64, error) {
	found, err := a.successors(ctx, c)
	if err != nil {
		return 0, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	n := NewSprint{BoardID: c.Board, Name: c.Name, Goal: c.Goal}
	if !c.Start.IsZero() {
		n.Start, n.End = &c.Start, &c.End
	}
	made, err := a.look.r.c.CreateSprint(ctx, n)
	if err != nil {
		return 0, err
	}
	found, err = a.successors(ctx, c)
	if err != nil || len(found) == 0 || found[0] == made.ID {
		return made.ID, nil //nolint:nilerr // it is made; a double that cannot be seen now would only be one more empty sprint
	}
	if err := a.look.r.c.DeleteSprint(ctx, made.ID); err != nil && !IsNotFound(err) {
		return 0, fmt.Errorf("take back a double sprint: %w", err)
	}
	return found[0], nil
}

// successors are the ids of the sprints that may be the successor, the lowest first.
func (a *applier) successors(ctx context.Context, c rules.CreateSprint) ([]int64, error) {
	sprints, _, err := a.look.r.c.BoardSprints(ctx, c.Board, SprintActive, SprintFuture)
	if err != nil {
		return nil, fmt.Errorf("sprints of board %d: %w", c.Board, err)
	}
	var ids []int64
	for _, s := range sprints {
		if s.ID > c.Above && s.OriginBoardID == c.Board && s.Name == c.Name {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// fillSprint puts the open issues into the successor. They keep their rank, and so their
// order. A successor that was deleted or closed in the meantime is the team's affair.
func (a *applier) fillSprint(ctx context.Context, f rules.FillSprint) error {
	if len(f.Issues) == 0 {
		return nil
	}
	s, err := a.look.r.c.Sprint(ctx, f.Sprint)
	switch {
	case IsNotFound(err) || err == nil && s.State == SprintClosed:
		return nil
	case err != nil:
		return err
	}
	refused, err := a.look.r.c.MoveToSprint(ctx, f.Sprint, f.Issues)
	if err != nil {
		return err
	}
	for _, r := range refused { // the others are in; nothing is lost by leaving these where they are
		a.look.r.log.WarnContext(ctx, "an issue does not go into the successor of its sprint", "project", a.look.facts.Project.Key, "sprint", f.Sprint, "issue", r.ID, "why", words(r.Err))
	}
	return nil
}

// waiting reads how the issues of a cancelled sprint stand. The sprint keeps them for
// ever, so they are listed by it; one that somebody took out of it is read by itself.
func (l *look) waiting(ctx context.Context, f rules.Facts, sprint int64) (rules.Waiting, error) {
	out := rules.Waiting{Sprint: sprint}
	fresh := l.fresh(remembered(f, sprint)...)
	all, err := l.r.c.SprintIssues(ctx, sprint, fresh...)
	if err != nil {
		return out, fmt.Errorf("issues of sprint %d: %w", sprint, err)
	}
	planned, err := l.r.c.Search(ctx, SearchQuery{
		JQL:    fmt.Sprintf("sprint = %d AND (sprint in openSprints() OR sprint in futureSprints())", sprint),
		Fields: []string{"status"}, Reconcile: fresh,
	})
	if err != nil {
		return out, fmt.Errorf("issues of sprint %d that are planned again: %w", sprint, err)
	}
	there, err := l.inSuccessor(ctx, f, sprint, fresh)
	if err != nil {
		return out, err
	}
	holds := func(list []Issue, id string) bool {
		return slices.ContainsFunc(list, func(p Issue) bool { return p.ID == id })
	}
	for _, i := range all {
		out.Issues = append(out.Issues, rules.WaitingIssue{ID: i.ID, Done: i.Status.Done(), Subtask: i.Type.Subtask, ProjectID: i.ProjectID,
			Planned: holds(planned, i.ID), There: holds(there, i.ID)})
	}
	for _, id := range remembered(f, sprint) {
		if slices.ContainsFunc(out.Issues, func(i rules.WaitingIssue) bool { return i.ID == id }) {
			continue
		}
		i, err := l.waitingIssue(ctx, id)
		if err != nil {
			return out, err
		}
		if i.There = holds(there, id); i.ID != "" {
			out.Issues = append(out.Issues, i)
		}
	}
	return out, nil
}

// inSuccessor lists what stands in the successor of a sprint already, because an earlier
// try was cut short.
func (l *look) inSuccessor(ctx context.Context, f rules.Facts, of int64, fresh []string) ([]Issue, error) {
	for _, d := range f.Disasters {
		for _, s := range d.Record.Successors {
			if s.Of != of || s.Sprint == 0 {
				continue
			}
			issues, err := l.r.c.SprintIssues(ctx, s.Sprint, fresh...)
			if err != nil && !hopeless(err) {
				return nil, fmt.Errorf("issues of sprint %d: %w", s.Sprint, err)
			}
			return issues, nil
		}
	}
	return nil, nil
}

// remembered are the issues that the records keep of a sprint.
func remembered(f rules.Facts, sprint int64) []string {
	var ids []string
	for _, d := range f.Disasters {
		for _, s := range d.Record.Sprints {
			if s.ID == sprint {
				ids = append(ids, s.Issues...)
			}
		}
	}
	return ids
}

// waitingIssue reads one issue; its id is empty where Jira does not show it.
func (l *look) waitingIssue(ctx context.Context, id string) (rules.WaitingIssue, error) {
	i, err := l.r.c.Issue(ctx, id, IssueQuery{Fields: []string{"status", "issuetype", "project"}})
	switch {
	case l.absent(err):
		return rules.WaitingIssue{}, nil
	case err != nil:
		return rules.WaitingIssue{}, fmt.Errorf("issue %s: %w", id, err)
	}
	current, _, err := l.r.c.IssueSprints(ctx, id)
	if err != nil && !l.absent(err) {
		return rules.WaitingIssue{}, fmt.Errorf("sprint of issue %s: %w", id, err)
	}
	return rules.WaitingIssue{ID: i.ID, Done: i.Status.Done(), Subtask: i.Type.Subtask, ProjectID: i.ProjectID, Planned: current != nil}, nil
}
