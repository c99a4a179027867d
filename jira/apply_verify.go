package jira

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"andon/rules"
)

// check is something that was just written and may be a double: two workers may both have
// found nothing, since no lease keeps a paused one from writing. Jira has no way to write
// only where there is nothing, so it is looked again afterwards: the lowest id stays, and
// whoever wrote a higher one takes it back.
type check struct {
	issue string
	// tasks is the creation, and created what came of it; for tasks.
	tasks   rules.CreateTasks
	created []rules.Task
	// ref and comment are the mark and the id; for a comment.
	ref, comment string
}

// double is what was taken back, and what stays in its place.
type double struct {
	issue, id string
	task      *rules.Task
	comment   string
}

// owe notes a check for later in the look. One look at the issue serves all its checks.
func (a *applier) owe(c check) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.checks = append(a.checks, c)
}

// verify makes the checks that are owed. Those that cannot be made now are owed on.
func (a *applier) verify(ctx context.Context) []double {
	a.mu.Lock()
	owed := a.checks
	a.checks = nil
	a.mu.Unlock()
	var issues []string
	for _, c := range owed {
		if !slices.Contains(issues, c.issue) {
			issues = append(issues, c.issue)
		}
	}
	var out []double
	for _, id := range issues {
		mine := slices.DeleteFunc(slices.Clone(owed), func(c check) bool { return c.issue != id })
		found, err := a.verifyIssue(ctx, id, mine)
		out = append(out, found...)
		if err != nil && !hopeless(err) {
			a.mu.Lock()
			a.checks = append(a.checks, mine...)
			a.later = append(a.later, fmt.Errorf("look for doubles on issue %s: %w", id, err))
			a.mu.Unlock()
		}
	}
	return out
}

// settle makes the checks that no stage has made, and keeps for the next look what could
// not be made.
func (a *applier) settle(ctx context.Context, f rules.Facts) rules.Facts {
	if len(a.checks) > 0 {
		f = replaced(f, a.verify(ctx))
	}
	a.look.r.known.setOwed(a.look.key, a.checks)
	return f
}

// verifyIssue makes the checks of one issue.
func (a *applier) verifyIssue(ctx context.Context, id string, checks []check) ([]double, error) {
	i, err := a.look.r.c.Issue(ctx, id, IssueQuery{Fields: []string{"subtasks", "issuelinks"}, Comments: true})
	if err != nil {
		return nil, err
	}
	comments := i.More.Comments
	if !i.More.CommentsWhole && slices.ContainsFunc(checks, func(c check) bool { return c.comment != "" }) {
		if comments, err = a.look.r.c.Comments(ctx, id); err != nil {
			return nil, err
		}
	}
	var out []double
	for _, c := range checks {
		some, err := a.verifyTasks(ctx, c, slices.Concat(i.Subtasks, linkedIssues(i)))
		if err == nil && c.comment != "" {
			var one []double
			one, err = a.verifyComment(ctx, c, comments)
			some = append(some, one...)
		}
		out = append(out, some...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// verifyTasks makes sure that no entry has two tasks.
func (a *applier) verifyTasks(ctx context.Context, c check, refs []IssueRef) ([]double, error) {
	var out []double
	for _, t := range c.created {
		kept, err := a.lowest(ctx, c.tasks, t, refs)
		if err != nil {
			return out, err
		}
		if kept.ID != t.ID {
			out = append(out, double{issue: c.issue, id: t.ID, task: &kept})
		}
	}
	return out, nil
}

// verifyComment makes sure that a comment is the only one with its reference.
func (a *applier) verifyComment(ctx context.Context, c check, comments []Comment) ([]double, error) {
	own := a.withRef(comments, c.ref)
	if len(own) == 0 || number(own[0].ID) >= number(c.comment) {
		return nil, nil
	}
	if err := a.look.r.c.DeleteComment(ctx, c.issue, c.comment); err != nil && !IsNotFound(err) {
		return nil, fmt.Errorf("take back a double comment: %w", err)
	}
	return []double{{issue: c.issue, id: c.comment, comment: own[0].ID}}, nil
}

// replaced puts what stays in the place of what was taken back.
func replaced(f rules.Facts, doubles []double) rules.Facts {
	for _, d := range doubles {
		if d.task != nil {
			f = rules.ReplaceTask(f, d.issue, d.id, *d.task)
			continue
		}
		f = rules.ReplaceComment(f, d.issue, d.id, d.comment)
	}
	return f
}

// withRef picks andon's own comments with a reference, the lowest id first.
func (a *applier) withRef(all []Comment, ref string) []Comment {
	own := slices.DeleteFunc(slices.Clone(all), func(c Comment) bool {
		return c.Author == nil || c.Author.ID() != a.look.facts.Self.ID || !rules.HasRef(c.Body, ref)
	})
	slices.SortFunc(own, func(x, y Comment) int { return cmp.Compare(number(x.ID), number(y.ID)) })
	return own
}

// lowest finds the oldest task of an entry among those that hang on the disaster.
func (a *applier) lowest(ctx context.Context, c rules.CreateTasks, t rules.Task, refs []IssueRef) (rules.Task, error) {
	d := rules.Disaster{ID: c.Disaster, Record: rules.Record{Round: c.Round}}
	for _, ref := range refs {
		if ref.Summary != t.Summary || number(ref.ID) >= number(t.ID) {
			continue
		}
		other, err := a.look.task(ctx, &d, ref.ID, "")
		if err != nil {
			return t, err
		}
		if other == nil || other.Entry != t.Entry || other.Round != t.Round {
			continue
		}
		if err := a.look.r.c.DeleteIssue(ctx, t.ID, false); err != nil && !IsNotFound(err) {
			return t, fmt.Errorf("take back a double task: %w", err)
		}
		return *other, nil
	}
	return t, nil
}
