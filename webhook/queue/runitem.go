package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// run has the handler work on one item and reports to the queue how that ended. life ends when handlers must.
func (r *runner) run(ctx, life context.Context, l *leased) {
	stop, kept := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(kept)
		l.keep(context.WithoutCancel(ctx), stop, r.left)
	}()
	start := r.opt.Now()
	again, err := r.call(ctx, l.item)
	took := r.opt.Now().Sub(start)
	close(stop)
	<-kept

	switch {
	case l.isLost():
		r.lost(l, took, errors.Join(ErrLost, err))
	case err != nil && life.Err() != nil:
		r.giveBack(life, l, took)
	case err != nil:
		r.failed(life, l, took, err)
	default:
		r.done(life, l, took, again)
	}
}

// call runs the handler within its time and turns a panic into an error.
func (r *runner) call(ctx context.Context, it Item) (again time.Duration, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, r.opt.Timeout, ErrTooLong)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			r.opt.Log.Error("handler panicked", "key", it.Key, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("handler panicked: %v", p)
		}
	}()
	return r.handle(ctx, it)
}

func (r *runner) done(life context.Context, l *leased, took, again time.Duration) {
	again = max(again, 0)
	if err := r.tell(life, l, func(ctx context.Context) error {
		return r.queue.Done(ctx, l.item, Outcome{Again: again})
	}); err != nil {
		r.lost(l, took, err)
		return
	}
	r.opt.Observe(Event{Kind: Done, Item: l.item, Took: took, Again: again})
}

func (r *runner) failed(life context.Context, l *leased, took time.Duration, cause error) {
	o := r.opt.retry(cause, l.item.Tries)
	r.opt.Log.Warn("run failed", "key", l.item.Key, "tries", l.item.Tries+1, "again", o.Again, "error", cause)
	if err := r.tell(life, l, func(ctx context.Context) error {
		return r.queue.Done(ctx, l.item, o)
	}); err != nil {
		r.lost(l, took, errors.Join(err, cause))
		return
	}
	r.opt.Observe(Event{Kind: Failed, Item: l.item, Took: took, Again: o.Again, Err: cause})
}

func (r *runner) giveBack(life context.Context, l *leased, took time.Duration) {
	if err := r.tell(life, l, func(ctx context.Context) error {
		return r.queue.Return(ctx, l.item)
	}); err != nil {
		r.lost(l, took, err)
		return
	}
	r.opt.Observe(Event{Kind: Returned, Item: l.item, Took: took})
}

func (r *runner) lost(l *leased, took time.Duration, err error) {
	r.opt.Log.Warn("lease lost", "key", l.item.Key, "error", err)
	r.opt.Observe(Event{Kind: Lost, Item: l.item, Took: took, Err: err})
}

// tell brings the end of a run to the queue. A queue that does not answer is asked again as long as the lease lasts and
// Run may go on; after that the key comes back by itself, and the run was for nothing.
func (r *runner) tell(life context.Context, l *leased, call func(ctx context.Context) error) error {
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(life), leaveTime)
		err := call(ctx)
		cancel()
		if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrClosed) {
			return err
		}
		if life.Err() != nil || pause(l.lost, wait) {
			return err
		}
	}
}
