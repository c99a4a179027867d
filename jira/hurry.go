package jira

import (
	"context"
	"slices"

	"andon/rules"
)

// hurried is the context for the reads of a look that may have to stop the line. They wait
// for the request budget as little as the stopping itself does: a sprint is not cancelled
// sooner than it is known.
func (r *Reconciler) hurried(ctx context.Context, projectKey string, issues []string) context.Context {
	l := look{r: r, key: projectKey, notes: issues}
	if l.hopeful() {
		return WithPriority(ctx, High)
	}
	return ctx
}

// stopped says whether the line has been stopped in this pass.
func (p *Pass) stopped() bool {
	return slices.ContainsFunc(p.Done, func(a rules.Action) bool { _, is := a.(rules.CancelSprint); return is })
}
