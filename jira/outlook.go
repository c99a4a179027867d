package jira

import (
	"context"
	"fmt"
	"slices"

	"andon/rules"
)

// sprintRights are the rights that closing a sprint asks for in every project of the
// board's filter, as Atlassian's knowledge base has it.
func sprintRights() []string { return []string{"MANAGE_SPRINTS_PERMISSION", "SCHEDULE_ISSUES"} }

// outlook reads what a rehearsal tells beyond the plan: which rights andon's account
// lacks, in the project and in the other projects whose issues its boards show, and whom
// Jira would write to. Jira's forecast of rights may be wrong in an act.
func (l *look) outlook(ctx context.Context, f rules.Facts) (rules.Outlook, error) {
	out := rules.Outlook{Read: true}
	var err error
	if out.Stakeholders, err = l.stakeholders(ctx); err != nil {
		return out, err
	}
	projects, err := l.sprintProjects(ctx, f)
	if err != nil {
		return out, err
	}
	keys := make([]string, 0, len(rules.Rights()))
	for _, r := range rules.Rights() {
		keys = append(keys, r.Key)
	}
	for _, key := range append([]string{f.Project.Key}, projects...) {
		asked := keys
		if key != f.Project.Key {
			asked = sprintRights()
		}
		have, err := l.r.c.Permissions(ctx, key, asked...)
		switch {
		case refusedByJira(err) || IsInvalid(err):
			out.Unreadable = words(err)
			continue
		case err != nil:
			return out, fmt.Errorf("permissions in project %s: %w", key, err)
		}
		for _, r := range rules.Rights() {
			if slices.Contains(asked, r.Key) && !have[r.Key] {
				out.Missing = append(out.Missing, rules.Missing{Right: r, Project: key})
			}
		}
	}
	return out, nil
}

// sprintProjects are the other projects that the boards in scope show, by their keys.
func (l *look) sprintProjects(ctx context.Context, f rules.Facts) ([]string, error) {
	var boards []int64
	for _, s := range f.Sprints {
		if rules.ScopeOf(f, s).In && !slices.Contains(boards, s.Board) {
			boards = append(boards, s.Board)
		}
	}
	var keys []string
	for _, id := range boards {
		projects, err := l.r.c.BoardProjects(ctx, id)
		if err != nil && !refusedByJira(err) {
			return nil, fmt.Errorf("projects of board %d: %w", id, err)
		}
		for _, p := range projects {
			if p.Key != f.Project.Key && !slices.Contains(keys, p.Key) {
				keys = append(keys, p.Key)
			}
		}
	}
	slices.Sort(keys)
	return keys, nil
}
