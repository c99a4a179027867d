package queue

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"
)

// Causes with which a handler's context ends, besides ErrLost; see context.Cause.
var (
	// ErrStopped says that Run was told to end and the handler did not within Grace.
	ErrStopped = errors.New("the worker is shutting down")
	// ErrTooLong says that the handler ran longer than RunOptions.Timeout.
	ErrTooLong = errors.New("the run took too long")
)

// Handler does the work that a key stands for.
//
// Its context ends with the cause ErrLost when the lease is lost, ErrTooLong, or ErrStopped. If it returns no error, the
// key is due again after that time, or not at all if that is 0. After an error the key is due again after a back-off, or
// after the error's own RetryAfter() time.Duration, if it or one it wraps has that method and the time is longer; in that
// case no Add brings the key forward.
type Handler func(ctx context.Context, it Item) (again time.Duration, err error)

// RunOptions are the settings of Run; the zero value is the default.
type RunOptions struct {
	Workers int           // handlers at once; default 4
	Aside   int           // handlers beyond Workers at most, while as many have said [Relieve]; default 128, negative: none
	Timeout time.Duration // the longest a handler may run; default 5 min
	Grace   time.Duration // how long handlers may go on when Run is told to end; default 20 s, negative: not at all

	Backoff       time.Duration // wait after the first failure, doubled with each further one; default 1 s
	MaxBackoff    time.Duration // the longest wait of that kind; default 5 min
	MaxRetryAfter time.Duration // the longest RetryAfter that is believed; default 1 h

	Rand    func() float64   // in [0, 1), for the jitter; default math/rand/v2
	Now     func() time.Time // measures Event.Took; default: it is not measured
	Log     *slog.Logger     // default: nothing is logged
	Observe func(Event)      // called from many goroutines, must be quick; default: nobody watches
}

func (o RunOptions) withDefaults() RunOptions {
	o.Workers = max(cmp.Or(o.Workers, 4), 1)
	o.Aside = max(cmp.Or(o.Aside, 128), 0)
	o.Timeout = cmp.Or(o.Timeout, 5*time.Minute)
	o.Grace = max(cmp.Or(o.Grace, 20*time.Second), 0)
	o.Backoff = cmp.Or(o.Backoff, time.Second)
	o.MaxBackoff = cmp.Or(o.MaxBackoff, 5*time.Minute)
	o.MaxRetryAfter = cmp.Or(o.MaxRetryAfter, time.Hour)
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Time{} }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(Event) {}
	}
	return o
}

// retry says when to try again after an error, with tries failures in a row before it.
func (o RunOptions) retry(err error, tries int) Outcome {
	wait := o.backoff(tries)
	var own interface{ RetryAfter() time.Duration }
	if errors.As(err, &own) {
		if after := min(own.RetryAfter(), o.MaxRetryAfter); after > wait {
			// A little later, or everybody who was sent away at once would be back at once.
			return Outcome{Failed: true, Hold: true, Again: after + o.part(o.Backoff)}
		}
	}
	return Outcome{Failed: true, Again: wait}
}

// backoff doubles with each failure and lies between a half and the whole of that.
func (o RunOptions) backoff(tries int) time.Duration {
	wait := min(o.Backoff, o.MaxBackoff)
	for range tries {
		if wait *= 2; wait >= o.MaxBackoff {
			wait = o.MaxBackoff
			break
		}
	}
	return wait/2 + o.part(wait/2)
}

func (o RunOptions) part(d time.Duration) time.Duration {
	return time.Duration(o.Rand() * float64(d))
}
