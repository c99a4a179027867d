package jira

import (
	"context"
	"errors"
	"net/http/httptrace"
)

// Priority of a call in the request budget.
type Priority int

// Priorities. High calls do not wait for the request budget (they run it into a small debt) and pass a short closing
// after a burst; it is meant for the acts that stop the line.
const (
	Normal Priority = iota
	High
)

type (
	guardKey    struct{}
	priorityKey struct{}
	routeKey    struct{}
)

// WithWriteGuard returns a context under which guard is called right before each write is sent, repeated ones included.
// An error of it refuses the write: the call fails with KindCancelled and wraps that error. Guards add up.
//
// It exists for leases: a worker whose lease ran out must not write any more, whatever it was in the middle of.
func WithWriteGuard(ctx context.Context, guard func() error) context.Context {
	outer, _ := ctx.Value(guardKey{}).(func() error)
	return context.WithValue(ctx, guardKey{}, func() error {
		if outer != nil {
			if err := outer(); err != nil {
				return err
			}
		}
		return guard()
	})
}

// writeGuard runs the context's guards, if there are any.
func writeGuard(ctx context.Context) error {
	guard, ok := ctx.Value(guardKey{}).(func() error)
	if !ok {
		return nil
	}
	return guard()
}

// WithPriority returns a context whose calls have priority p in the request budget.
func WithPriority(ctx context.Context, p Priority) context.Context {
	return context.WithValue(ctx, priorityKey{}, p)
}

func priorityOf(ctx context.Context) Priority {
	p, _ := ctx.Value(priorityKey{}).(Priority)
	return p
}

// withSent calls sent when a call under the context has been written to the network, which is
// more than that it is about to be: another one could still overtake it.
func withSent(ctx context.Context, sent func()) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(info httptrace.WroteRequestInfo) {
		if info.Err == nil {
			sent()
		}
	}})
}

// withRoute carries the call's pattern to the transport, so that metrics are labelled without ids.
func withRoute(ctx context.Context, route string) context.Context {
	return context.WithValue(ctx, routeKey{}, route)
}

func routeOf(ctx context.Context) string {
	r, _ := ctx.Value(routeKey{}).(string)
	if r == "" {
		return "other"
	}
	return r
}

// ended returns why ctx is over: its cause, together with ctx.Err() so that both can be asked for. Nil while it is not.
func ended(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, err) {
		return errors.Join(cause, err)
	}
	return err
}
