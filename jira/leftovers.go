package jira

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"andon/rules"
)

// Leftover is an entity property of andon's own that is in Jira.
type Leftover struct {
	// Issue is the id of the issue that has it, empty where the project has it. Key is the
	// key of the issue or project, for people.
	Issue    string
	Key      string
	Property string
}

// Leftovers finds andon's own properties on a project and on its issues: those with a
// disaster label, those that andon created, their parents, and those that the project's
// list names. An issue that cannot be read is left out.
func (r *Reconciler) Leftovers(ctx context.Context, projectKey string) ([]Leftover, error) {
	var out []Leftover
	for _, property := range []string{RecordProperty, OrderProperty} {
		_, found, err := r.c.ProjectProperty(ctx, projectKey, property)
		switch {
		case err != nil && !refusedByJira(err):
			return nil, fmt.Errorf("property %s of project %s: %w", property, projectKey, err)
		case found:
			out = append(out, Leftover{Key: projectKey, Property: property})
		}
	}
	ids, err := r.marked(ctx, projectKey)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		i, err := r.c.Issue(ctx, id, IssueQuery{Fields: []string{"summary"}, Properties: append(recordProperties(), TaskProperty)})
		if err != nil {
			if refusedByJira(err) {
				continue
			}
			return nil, fmt.Errorf("properties of issue %s: %w", id, err)
		}
		for _, property := range slices.Sorted(maps.Keys(i.Properties)) {
			out = append(out, Leftover{Issue: i.ID, Key: i.Key, Property: property})
		}
	}
	return out, nil
}

// marked are the ids of the issues that may carry a property of andon's.
func (r *Reconciler) marked(ctx context.Context, projectKey string) ([]string, error) {
	labels := make([]string, 0, 5)
	for _, name := range append(r.opt.Settings.Labels.Declaring(), r.opt.Settings.Labels.Resume) {
		labels = append(labels, QuoteJQL(name))
	}
	issues, err := r.c.Search(ctx, SearchQuery{Fields: []string{"parent", "summary"},
		JQL: "project = " + QuoteJQL(projectKey) + " AND (labels in (" + strings.Join(labels, ", ") + ") OR creator = currentUser())"})
	if err != nil {
		return nil, fmt.Errorf("search project %s: %w", projectKey, err)
	}
	ids := map[string]bool{}
	for _, i := range issues {
		ids[i.ID] = true
		if i.Parent != nil {
			ids[i.Parent.ID] = true
		}
	}
	open, err := r.c.OpenDisasters(ctx, r.opt.Signer, projectKey)
	if err != nil && !refusedByJira(err) && !errors.Is(err, ErrNotBelieved) {
		return nil, err
	}
	for _, d := range open {
		ids[d.ID] = true
	}
	return slices.SortedFunc(maps.Keys(ids), func(a, b string) int { return cmp.Compare(number(a), number(b)) }), nil
}

// SchemeTaken says whether the project uses andon's copy of a permission scheme, or its
// own property does not tell that it does not.
func (r *Reconciler) SchemeTaken(f rules.Facts) bool {
	return f.Memory.Swap.State == rules.SwapMoving || f.Memory.Swap.State == rules.SwapInForce || f.Scheme.Copy
}

// RemoveLeftover removes one property; one that is gone already is no error.
func (c *Client) RemoveLeftover(ctx context.Context, l Leftover) error {
	if l.Issue == "" {
		return c.DeleteProjectProperty(ctx, l.Key, l.Property)
	}
	return c.DeleteIssueProperty(ctx, l.Issue, l.Property)
}
