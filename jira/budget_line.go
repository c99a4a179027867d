package jira

import (
	"slices"
	"sync"
	"time"
)

// turn is a call that waits for the budget.
type turn struct {
	priority Priority
	since    time.Time
}

// urgent says whether a call goes before the others. By a clock that was set back nobody
// knows how long it has waited, so it keeps its own priority.
func (t *turn) urgent(now time.Time) bool {
	return t.priority == High || now.Sub(t.since) >= longestPatience
}

// line are the calls that wait for the budget, in the order in which they came.
type line struct {
	mu    sync.Mutex
	turns []*turn
}

// join adds a call at the end.
func (l *line) join(p Priority, now time.Time) *turn {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := &turn{priority: p, since: now}
	l.turns = append(l.turns, t)
	return t
}

// leave takes a call out that waits no more.
func (l *line) leave(t *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.remove(t)
}

// remove takes a call out. The lock is held.
func (l *line) remove(t *turn) {
	l.turns = slices.DeleteFunc(l.turns, func(o *turn) bool { return o == t })
}

// ahead counts the calls that go before this one. The lock is held.
func (l *line) ahead(t *turn, now time.Time) int {
	n, before, urgent := 0, true, t.urgent(now)
	for _, o := range l.turns {
		switch {
		case o == t:
			before = false
		case o.urgent(now) == urgent && before, o.urgent(now) && !urgent:
			n++
		}
	}
	return n
}
