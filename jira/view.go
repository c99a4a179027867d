package jira

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"andon/rules"
)

// View is a look at a project for people: it is gathered as every other look, and nothing
// is decided or written on its account.
type View struct {
	l *look
	// Facts are what was read, without what a decision may want beyond that.
	Facts rules.Facts
}

// View looks at a project. The issues are ids that are looked at whether or not they
// carry a label.
func (r *Reconciler) View(ctx context.Context, projectKey string, issues ...string) (*View, error) {
	facts, l, err := r.gather(ctx, projectKey, slices.DeleteFunc(slices.Clone(issues), func(id string) bool { return number(id) <= 0 }))
	if err != nil {
		return nil, err
	}
	return &View{l: l, Facts: facts}, nil
}

// Fulfil reads what a decision wants. Who we are is proved again where something was not
// there, since Jira shows a stranger nothing.
func (v *View) Fulfil(ctx context.Context, f rules.Facts, w rules.Wants) (rules.Facts, error) {
	out, err := v.l.fulfil(ctx, f, w)
	if err != nil {
		return f, fmt.Errorf("look at project %s: %w", v.l.facts.Project.Key, err)
	}
	return out, v.l.prove(ctx)
}

// Post writes one comment with a reference on an issue, or gives the one that is there
// already a new text.
func (v *View) Post(ctx context.Context, issue, ref, body string) error {
	if v.l.r.c.doer.readOnly {
		return fmt.Errorf("post a comment: %w", ErrReadOnly)
	}
	v.l.early.take("comments/" + issue) // what stands there now counts, not what an earlier post has read
	a := &applier{look: v.l}
	if _, err := a.writeStatus(ctx, rules.WriteStatus{Disaster: issue, Ref: ref, Body: body}); err != nil {
		return fmt.Errorf("post a comment: %w", err)
	}
	return nil
}

// Home is the project to which an issue's disaster belongs: the one that its record
// names, where the issue was moved since, else the one where it is.
func (r *Reconciler) Home(ctx context.Context, key string) (projectKey, issueID string, err error) {
	i, err := r.c.Issue(ctx, key, IssueQuery{Fields: []string{"project"}, Properties: recordProperties()})
	if err != nil {
		return "", "", fmt.Errorf("read issue %s: %w", key, err)
	}
	for _, property := range recordProperties() {
		rec, state := r.opt.Signer.OpenRecord(i.Properties[property], i.ID)
		if state != rules.RecordValid || rec.Project == i.ProjectID {
			continue
		}
		p, err := r.c.Project(ctx, rec.Project)
		if err != nil {
			return "", "", fmt.Errorf("read the project in which %s was declared: %w", key, err)
		}
		return p.Key, i.ID, nil
	}
	return i.ProjectKey, i.ID, nil
}

// Past are the ids of the issues on which andon has ever created tasks in a project,
// whether or not they carry a label now. Tasks that somebody deleted tell nothing.
func (r *Reconciler) Past(ctx context.Context, projectKey string) ([]string, error) {
	found, err := r.c.Search(ctx, SearchQuery{JQL: "project = " + QuoteJQL(projectKey) + " AND creator = currentUser() ORDER BY created DESC",
		Fields: []string{"parent", "issuelinks", "labels"}})
	if IsInvalid(err) {
		return nil, nil // a Jira that does not understand the search; the labels are left
	}
	if err != nil {
		return nil, fmt.Errorf("search for andon's tasks in project %s: %w", projectKey, err)
	}
	var ids []string
	for _, i := range found {
		switch {
		case i.Parent != nil:
			ids = append(ids, i.Parent.ID)
		case slices.Contains(i.Labels, taskLabel):
			for _, other := range linkedIssues(i) {
				ids = append(ids, other.ID)
			}
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	return slices.Compact(ids), nil
}
