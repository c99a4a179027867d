package jira

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// early keeps what was read before it was needed. A look waits for Jira's answers one after
// another only where one needs the other; everything that it will probably ask for is asked
// for at once. Each answer is given out once: whoever reads again gets what Jira says then.
//
// What could not be read early is simply not there. Whoever needs it asks himself, and it is
// his answer that counts, errors and all.
type early struct {
	mu  sync.Mutex
	got map[string]any
}

// put keeps an answer.
func (e *early) put(key string, value any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.got == nil {
		e.got = map[string]any{}
	}
	e.got[key] = value
}

// take gives an answer out.
func (e *early) take(key string) (any, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	value, ok := e.got[key]
	delete(e.got, key)
	return value, ok
}

// peek shows an answer without giving it out.
func (e *early) peek(key string) (any, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	value, ok := e.got[key]
	return value, ok
}

// read gives the early answer, or reads.
func read[T any](e *early, key string, ask func() (T, error)) (T, error) {
	if kept, ok := e.take(key); ok {
		if value, same := kept.(T); same {
			return value, nil
		}
	}
	return ask()
}

// ahead is a read that may be made early.
type ahead struct {
	key string
	ask func(context.Context) (any, error)
}

// asked makes a read ahead of one that gives a value.
func asked[T any](key string, ask func(context.Context) (T, error)) ahead {
	return ahead{key: key, ask: func(ctx context.Context) (any, error) { return ask(ctx) }}
}

// crew starts jobs side by side, as many at once as the settings allow.
func (r *Reconciler) crew(ctx context.Context) (*errgroup.Group, context.Context) {
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.opt.SideBySide)
	return g, gctx
}

// ahead adds reads to a group. Their failures are nobody's: see [early].
func (l *look) ahead(ctx context.Context, g *errgroup.Group, reads ...ahead) {
	for _, a := range reads {
		if _, waits := l.early.peek(a.key); waits {
			continue
		}
		g.Go(func() error {
			if value, err := a.ask(ctx); err == nil {
				l.early.put(a.key, value)
			}
			return nil
		})
	}
}
