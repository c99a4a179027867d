package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// leased is an item in the hands of a handler. It knows without asking anyone when the lease must have run out.
type leased struct {
	queue  Queue
	item   Item
	cancel context.CancelCauseFunc // of the handler's context
	lost   chan struct{}           // closed when the lease is lost
	once   sync.Once

	mu    sync.Mutex // one Extend at a time
	alarm *time.Timer
}

func newLeased(q Queue, it Item, cancel context.CancelCauseFunc) *leased {
	l := &leased{queue: q, item: it, cancel: cancel, lost: make(chan struct{})}
	l.alarm = time.AfterFunc(it.Lease, l.lose)
	return l
}

func (l *leased) lose() {
	l.once.Do(func() {
		close(l.lost)
		l.cancel(ErrLost)
	})
}

func (l *leased) isLost() bool {
	select {
	case <-l.lost:
		return true
	default:
		return false
	}
}

// extend asks for a full lease. The alarm for its end is set before the question is sent, so that it never rings too late.
func (l *leased) extend(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.isLost() {
		return ErrLost
	}
	alarm := time.AfterFunc(l.item.Lease, l.lose)
	err := l.queue.Extend(ctx, l.item)
	if err != nil {
		alarm.Stop()
		if errors.Is(err, ErrLost) {
			l.lose()
		}
		return err
	}
	l.alarm.Stop()
	l.alarm = alarm
	return nil
}

// keep extends the lease, three times as often as needed, until the run is over, Run has left it behind, or it is lost.
func (l *leased) keep(ctx context.Context, over, left <-chan struct{}) {
	third := l.item.Lease / 3
	wait := third
	for {
		select {
		case <-over:
			return
		case <-left:
			return
		case <-l.lost:
			return
		case <-time.After(wait):
		}
		ask, cancel := context.WithTimeout(ctx, third)
		if err := l.extend(ask); err != nil {
			wait = third / 4 // soon again: there is not much time left
		} else {
			wait = third
		}
		cancel()
	}
}

// release stops the alarm; nothing can be lost any more.
func (l *leased) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.alarm.Stop()
}

type leasedKey struct{}

// Held asks whether the lease under which the handler of ctx runs still stands, and makes it full again. Ask it right
// before something is written that a second worker might write as well. The error is ErrLost, or the cause with which ctx
// ended. A queue that does not answer is no loss as long as the lease has not run out; a context that is not a
// handler's has nothing to lose.
func Held(ctx context.Context) error {
	l, ok := ctx.Value(leasedKey{}).(*leased)
	if !ok {
		return nil
	}
	if ctx.Err() == nil {
		if err := l.extend(ctx); errors.Is(err, ErrLost) {
			return fmt.Errorf("hold %q: %w", l.item.Key, err)
		}
	}
	return context.Cause(ctx) // nil unless it ended
}
