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
	if l.hopeful() || r.known.urgent(projectKey) {
		return WithPriority(ctx, High)
	}
	return ctx
}

// asking is the context for what has to be known before the line can be stopped, and for
// everything else once it is.
func (l *look) asking(ctx context.Context, pass *Pass) context.Context {
	if (l.declared() || l.r.known.urgent(l.key)) && !pass.stopped() {
		return WithPriority(ctx, High)
	}
	return ctx
}

// stopped says whether the line has been stopped in this pass.
func (p *Pass) stopped() bool {
	return slices.ContainsFunc(p.Done, func(a rules.Action) bool { _, is := a.(rules.CancelSprint); return is })
}

// stillToStop says whether the pass has ended before the line was stopped.
func (p *Pass) stillToStop() bool {
	return len(p.Plan.Actions) > 0 && (p.Plan.Stage == rules.StageRemember || p.Plan.Stage == rules.StageStop)
}

// setPressing notes whether a project's line is still to be stopped.
func (k *Known) setPressing(projectKey string, pressing bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !pressing {
		delete(k.pressing, projectKey)
		return
	}
	if k.pressing == nil {
		k.pressing = map[string]bool{}
	}
	k.pressing[projectKey] = true
}

// urgent says whether a project's line is still to be stopped, as far as this process knows.
func (k *Known) urgent(projectKey string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.pressing[projectKey]
}
