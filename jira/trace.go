package jira

import (
	"context"
	"log/slog"
	"net/http"

	"andon/rules"
)

// Trace begins a piece of work that a trace should show. It gives the context for
// whatever is part of it, and a function that ends it with what came of it. Names and
// attributes hold no secret, no address and nothing of a body.
type Trace func(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(err error, attrs ...slog.Attr))

// begin is Trace where nothing may be traced.
func (t Trace) begin(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
	if t == nil {
		return ctx, func(error, ...slog.Attr) {}
	}
	return t(ctx, name, attrs...)
}

// endCall ends the trace of a call with its status (0: no answer) and the kind of its
// failure. Jira's words stay out: they may repeat what was sent.
func endCall(end func(error, ...slog.Attr), resp *http.Response, e *Error) {
	status := slog.Int("http.response.status_code", statusOrNone(resp, e))
	if e == nil {
		end(nil, status)
		return
	}
	end(e, status, slog.String("error.type", string(e.Kind)))
}

// traced gathers, and lets a trace show it.
func (r *Reconciler) traced(ctx context.Context, projectKey string, notes []string) (rules.Facts, *look, error) {
	ctx, end := r.opt.Trace.begin(ctx, "gather", slog.String("andon.project", projectKey))
	facts, l, err := r.gather(ctx, projectKey, issueIDs(notes))
	end(err)
	return facts, l, err
}

// decide asks the rules, and lets a trace show the stage that they have come to.
func (r *Reconciler) decide(ctx context.Context, facts rules.Facts) rules.Plan {
	_, end := r.opt.Trace.begin(ctx, "decide", slog.String("andon.project", facts.Project.Key))
	plan := r.opt.Decide(facts)
	end(nil, slog.String("andon.stage", string(plan.Stage)), slog.Int("andon.actions", len(plan.Actions)), slog.Bool("andon.frozen", plan.Frozen))
	return plan
}

// carryOut carries out one action, and lets a trace and the log name it.
func (a *applier) carryOut(ctx context.Context, f rules.Facts, action rules.Action) (rules.Result, error) {
	ctx = withSubject(ctx, actionAttrs(f, action.Key())...)
	ctx, end := a.look.r.opt.Trace.begin(ctx, "act", slog.String("andon.project", f.Project.Key),
		slog.String("andon.issue", issueOf(f, action.Key())), slog.String("andon.action", action.Key()))
	result, err := a.act(ctx, f, action)
	end(err)
	return result, err
}
