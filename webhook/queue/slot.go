package queue

import (
	"context"
	"sync"
)

// slot is a handler's place among the workers.
type slot struct {
	slots, aside chan struct{}

	mu    sync.Mutex
	apart bool
}

type slotKey struct{}

// Relieve says that what is left of the run is not urgent and may wait long, for a budget for example: another handler
// begins in its place, while it goes on. Up to [RunOptions.Aside] handlers may do so at once; beyond that, for a second
// time, and for a context that is not a handler's, it does nothing.
func Relieve(ctx context.Context) {
	if s, ok := ctx.Value(slotKey{}).(*slot); ok {
		s.relieve()
	}
}

func (s *slot) relieve() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.apart {
		return
	}
	select {
	case s.aside <- struct{}{}:
		s.apart = true
		<-s.slots
	default:
	}
}

// free gives up the place, wherever it is, at the end of a run.
func (s *slot) free() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.apart {
		<-s.aside
		return
	}
	<-s.slots
}
