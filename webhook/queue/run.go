package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	leaveTime = 5 * time.Second        // for handlers to come back after their context has ended
	firstWait = 100 * time.Millisecond // before a call that failed is made again
	longWait  = 2 * time.Second        // at most that, later
)

// Run takes items from q and has up to opt.Workers handlers work on them, until ctx ends. It extends their leases, ends the
// context of a handler whose lease is lost, and turns errors and panics into later tries.
//
// When ctx ends, no more is taken. Handlers have opt.Grace to finish; then their contexts end and what they did not
// finish is given back. Run returns nil after that, ErrStopped if a handler did not even then come back (its lease runs
// out by itself), and ErrClosed if the queue was closed first.
func Run(ctx context.Context, q Queue, opt RunOptions, handle Handler) error {
	opt = opt.withDefaults()
	life, kill := context.WithCancelCause(context.WithoutCancel(ctx)) // of the handlers: longer than ctx, by Grace
	defer kill(nil)
	r := &runner{queue: q, opt: opt, handle: handle, slots: make(chan struct{}, opt.Workers), aside: make(chan struct{}, opt.Aside), left: make(chan struct{})}
	defer close(r.left)
	err := r.dispatch(ctx, life)
	return errors.Join(err, r.drain(kill))
}

type runner struct {
	queue  Queue
	opt    RunOptions
	handle Handler
	slots  chan struct{} // one for each handler at work
	aside  chan struct{} // one for each that has given its slot to another
	left   chan struct{} // closed when Run returns: handlers that still run are on their own
	work   sync.WaitGroup
}

// dispatch takes an item whenever a worker is free. It alone takes: if all workers did, each key would wake them all.
func (r *runner) dispatch(ctx, life context.Context) error {
	var wait time.Duration
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			continue
		case r.slots <- struct{}{}:
		}
		it, err := r.queue.Take(ctx)
		if err == nil {
			wait = 0
			r.begin(ctx, life, it)
			continue
		}
		<-r.slots
		switch {
		case ctx.Err() != nil:
			continue
		case errors.Is(err, ErrClosed):
			return fmt.Errorf("take from the queue: %w", err)
		case wait == 0:
			r.opt.Log.Error("the queue cannot be reached; trying on", "error", err)
		}
		r.opt.Observe(Event{Kind: Unavailable, Err: err})
		wait = min(max(2*wait, firstWait), longWait)
		pause(ctx.Done(), wait)
	}
	return nil
}

// begin starts a handler, unless Run was told to end while the item was on its way.
func (r *runner) begin(ctx, life context.Context, it Item) {
	r.opt.Observe(Event{Kind: Taken, Item: it})
	r.work.Go(func() {
		s := &slot{slots: r.slots, aside: r.aside}
		defer s.free()
		handlerCtx, cancel := context.WithCancelCause(life)
		defer cancel(nil)
		l := newLeased(r.queue, it, cancel)
		defer l.release()
		if ctx.Err() != nil {
			r.giveBack(life, l, 0)
			return
		}
		handlerCtx = context.WithValue(handlerCtx, slotKey{}, s)
		r.run(context.WithValue(handlerCtx, leasedKey{}, l), life, l)
	})
}

// drain waits for the handlers at the end.
func (r *runner) drain(kill context.CancelCauseFunc) error {
	idle := make(chan struct{})
	go func() {
		r.work.Wait()
		close(idle)
	}()
	if pause(idle, r.opt.Grace) {
		return nil
	}
	kill(ErrStopped)
	if pause(idle, leaveTime) {
		return nil
	}
	count := len(r.slots) + len(r.aside)
	r.opt.Log.Error("handlers do not end", "count", count)
	return fmt.Errorf("%d handlers did not end: %w", count, ErrStopped)
}

// pause waits, and says whether the end came first.
func pause(end <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-end:
		return true
	case <-t.C:
		return false
	}
}
