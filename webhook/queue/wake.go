package queue

import (
	"context"
	"sync/atomic"
	"time"
)

// waker lets goroutines that wait in Take know that there may be something.
//
// A signal wakes one of them. Whoever leaves, with or without an item, passes it on: a burst of keys wakes as many as are
// needed, and a signal is not lost on somebody who was about to give up.
type waker struct {
	bell    chan struct{}
	waiting atomic.Int64
}

func newWaker() *waker {
	return &waker{bell: make(chan struct{}, 1)}
}

func (w *waker) signal() {
	select {
	case w.bell <- struct{}{}:
	default: // rung already
	}
}

// attempt looks once for a due key. Without one (an empty Key) it says how long until there may be one; negative: unknown.
type attempt func() (it Item, next time.Duration, err error)

// take tries, and waits for the bell, the next due time, the poll interval or an end between tries.
func (w *waker) take(ctx context.Context, closed <-chan struct{}, poll time.Duration, try attempt) (Item, error) {
	w.waiting.Add(1)
	defer func() {
		if w.waiting.Add(-1) > 0 {
			w.signal()
		}
	}()
	for {
		if err := ctx.Err(); err != nil {
			return Item{}, err
		}
		select {
		case <-closed:
			return Item{}, ErrClosed
		default:
		}
		it, next, err := try()
		if err != nil || it.Key != "" {
			return it, err
		}
		w.wait(ctx, closed, next, poll)
	}
}

func (w *waker) wait(ctx context.Context, closed <-chan struct{}, next, poll time.Duration) {
	if next < 0 || poll > 0 && next > poll {
		next = poll
	} else {
		next = max(next, time.Millisecond)
	}
	var alarm <-chan time.Time
	if next > 0 {
		t := time.NewTimer(next)
		defer t.Stop()
		alarm = t.C
	}
	select {
	case <-w.bell:
	case <-alarm:
	case <-ctx.Done():
	case <-closed:
	}
}
