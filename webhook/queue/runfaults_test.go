package queue_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// faulty is a queue whose calls fail as a test wants.
type faulty struct {
	queue.Queue
	down    atomic.Bool // nothing can be reached
	mute    atomic.Bool // only Extend cannot
	hanging atomic.Bool // Extend waits for its context instead
}

var errDown = errors.Join(queue.ErrUnavailable, errors.New("connection refused"))

func (f *faulty) fault() error {
	if f.down.Load() {
		return errDown
	}
	return nil
}

func (f *faulty) Take(ctx context.Context) (queue.Item, error) {
	if err := f.fault(); err != nil {
		return queue.Item{}, err
	}
	return f.Queue.Take(ctx)
}

func (f *faulty) Extend(ctx context.Context, it queue.Item) error {
	if f.hanging.Load() {
		<-ctx.Done()
		return errors.Join(queue.ErrUnavailable, ctx.Err())
	}
	if f.mute.Load() {
		return errDown
	}
	return errors.Join(f.fault(), f.Queue.Extend(ctx, it))
}

func (f *faulty) Done(ctx context.Context, it queue.Item, o queue.Outcome) error {
	if err := f.fault(); err != nil {
		return err
	}
	return f.Queue.Done(ctx, it, o)
}

func (f *faulty) Return(ctx context.Context, it queue.Item) error {
	if err := f.fault(); err != nil {
		return err
	}
	return f.Queue.Return(ctx, it)
}

func TestAHandlerIsStoppedWhenItsLeaseIsLost(t *testing.T) {
	tests := []struct {
		name  string
		lose  func(f *faulty, it queue.Item) error
		after time.Duration // the handler knows it by then
	}{
		{"taken away: known at the next extension", func(f *faulty, it queue.Item) error {
			return f.Queue.Done(context.Background(), it, queue.Outcome{})
		}, 10 * time.Second},
		{"cannot be extended: known when it has run out", func(f *faulty, _ queue.Item) error {
			f.mute.Store(true)
			return nil
		}, 30 * time.Second},
		{"the extension hangs: known when it has run out", func(f *faulty, _ queue.Item) error {
			f.hanging.Store(true)
			return nil
		}, 30 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &faulty{Queue: inMemory(t)}
				begin := time.Now()
				p := start(t, f, queue.RunOptions{Workers: 1}, func(ctx context.Context, it queue.Item) (time.Duration, error) {
					if it.Tries > 0 {
						return 0, nil
					}
					ok(t, tt.lose(f, it))
					<-ctx.Done()
					if !errors.Is(context.Cause(ctx), queue.ErrLost) || time.Since(begin) != tt.after {
						t.Errorf("ended after %v: %v; want ErrLost after %v", time.Since(begin), context.Cause(ctx), tt.after)
					}
					if err := queue.Held(ctx); !errors.Is(err, queue.ErrLost) {
						t.Errorf("still held: %v", err)
					}
					return 0, context.Cause(ctx)
				})
				add(t, f, "k", 0)
				time.Sleep(2 * time.Minute)
				ok(t, p.stop())
				want := "taken k, lost k"
				if tt.after == 30*time.Second {
					want += ", taken k, done k" // the lease ran out, so the key came back
				}
				p.told(want)
			})
		})
	}
}

func TestAShortOutageIsNoLoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &faulty{Queue: inMemory(t)}
		p := start(t, f, queue.RunOptions{}, func(ctx context.Context, _ queue.Item) (time.Duration, error) {
			f.down.Store(true)
			time.Sleep(5 * time.Second)
			if err := queue.Held(ctx); err != nil {
				t.Errorf("lost: %v", err)
			}
			time.Sleep(14 * time.Second) // extended again 20 s after the start, then each 10 s
			f.down.Store(false)
			time.Sleep(time.Minute)
			f.down.Store(true)
			time.AfterFunc(15*time.Second, func() { f.down.Store(false) })
			return 0, queue.Held(ctx)
		})
		add(t, f, "k", 0)
		time.Sleep(3 * time.Minute)
		ok(t, p.stop())
		p.told("taken k, done k")
		empty(t, f)
	})
}

func TestAResultThatCannotBeToldIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &faulty{Queue: inMemory(t)}
		p := start(t, f, queue.RunOptions{Workers: 1}, func(_ context.Context, it queue.Item) (time.Duration, error) {
			f.down.Store(it.Tries == 0)
			return 0, nil
		})
		add(t, f, "k", 0)
		time.Sleep(time.Minute)
		p.told("taken k, lost k, unavailable")
		f.down.Store(false)
		time.Sleep(time.Minute)
		ok(t, p.stop())
		empty(t, f)
	})
}

func TestRunOutlivesAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &faulty{Queue: inMemory(t)}
		f.down.Store(true)
		add(t, f, "k", 0)
		var ran time.Time
		p := start(t, f, queue.RunOptions{}, func(context.Context, queue.Item) (time.Duration, error) {
			ran = time.Now()
			return 0, nil
		})
		time.Sleep(time.Hour)
		back := time.Now()
		f.down.Store(false)
		time.Sleep(time.Minute)
		ok(t, p.stop())
		if late := ran.Sub(back); late < 0 || late > 2*time.Second {
			t.Errorf("ran %v after the queue was back, want at most 2 s", late)
		}
		if n := len(p.events); n < 1800 || n > 1820 {
			t.Errorf("%d events in an hour of outage, want one try each two seconds", n)
		}
	})
}

func TestRunEndsWhenTheQueueIsClosed(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		p := start(t, a, queue.RunOptions{}, func(context.Context, queue.Item) (time.Duration, error) { return 0, nil })
		defer p.cancel()
		ok(t, a.Close())
		if err := <-p.ended; !errors.Is(err, queue.ErrClosed) {
			t.Errorf("%v, want ErrClosed", err)
		}
	})
}

func TestHeldOutsideOfARunHasNothingToLose(t *testing.T) {
	ok(t, queue.Held(t.Context()))
}

func TestARealServerMayDieAndForgetDuringRuns(t *testing.T) {
	s := queuetest.Start(t)
	opt := queue.RedisOptions{Lease: 500 * time.Millisecond, Poll: 100 * time.Millisecond}
	a, b := openOn(t, s, opt), openOn(t, s, opt)
	handled := make(chan string, 100)
	var inFlight [2]atomic.Int64
	handler := func(process int) queue.Handler {
		return func(context.Context, queue.Item) (time.Duration, error) {
			defer inFlight[process].Add(-1)
			if inFlight[process].Add(1) > 2 {
				t.Error("more handlers than workers")
			}
			handled <- "k"
			return 0, nil
		}
	}
	pa := start(t, a, queue.RunOptions{Workers: 2}, handler(0))
	pb := start(t, b, queue.RunOptions{Workers: 2}, handler(1))
	client := s.Client()
	for i := range 12 {
		switch i % 4 {
		case 1:
			s.Kill()
			s.Restart()
		case 2:
			ok(t, client.FlushAll(t.Context()).Err())
		case 3:
			ok(t, client.ScriptFlush(t.Context()).Err())
		}
		eventually(t, "add", func(ctx context.Context) error { return a.Add(ctx, "k", 0) })
		<-handled // or the test hangs: a hint was lost though the queue had accepted it
		for len(handled) > 0 {
			<-handled
		}
	}
	ok(t, pa.stop())
	ok(t, pb.stop())
	empty(t, a)
}

// late delivers an item to a Run that was told to end meanwhile.
type late struct {
	queue.Queue
	end context.CancelFunc
}

func (l *late) Take(context.Context) (queue.Item, error) {
	it, err := l.Queue.Take(context.Background())
	l.end()
	return it, err
}

func TestWhatArrivesTooLateIsGivenBack(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		l := &late{Queue: a}
		add(t, b, "k", 0, "note")
		ctx, cancel := context.WithCancel(t.Context())
		l.end = cancel
		ok(t, queue.Run(ctx, l, queue.RunOptions{}, func(context.Context, queue.Item) (time.Duration, error) {
			t.Error("it was run")
			return 0, nil
		}))
		if it := take(t, b, "k"); it.Tries != 0 || len(it.Notes) != 1 {
			t.Errorf("%+v, want it untouched", it)
		}
	})
}

func TestWhatCannotBeToldAtTheEndIsLeftToItsLease(t *testing.T) {
	for name, fails := range map[string]bool{"a failure": true, "a run that was stopped": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &faulty{Queue: inMemory(t)}
				began := make(chan struct{})
				p := start(t, f, queue.RunOptions{Grace: time.Second}, func(ctx context.Context, _ queue.Item) (time.Duration, error) {
					f.down.Store(true)
					close(began)
					if !fails {
						<-ctx.Done()
					}
					return 0, errors.New("no")
				})
				add(t, f, "k", 0)
				<-began
				ok(t, p.stop())
				p.told("taken k, lost k")
				f.down.Store(false)
				if it := take(t, f, "k"); it.Tries != 1 {
					t.Errorf("%+v, want a try counted", it)
				}
			})
		})
	}
}

func TestHeldAsksTheQueue(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		p := start(t, a, queue.RunOptions{}, func(ctx context.Context, it queue.Item) (time.Duration, error) {
			ok(t, queue.Held(ctx))
			ok(t, b.Done(context.Background(), it, queue.Outcome{}))
			for range 2 {
				if err := queue.Held(ctx); !errors.Is(err, queue.ErrLost) {
					t.Errorf("%v, want ErrLost", err)
				}
			}
			return 0, nil
		})
		add(t, b, "k", 0)
		time.Sleep(time.Minute)
		ok(t, p.stop())
		p.told("taken k, lost k")
	})
}

func TestKindsHaveNames(t *testing.T) {
	names := map[string]bool{}
	for k := queue.Taken; k <= queue.Unavailable; k++ {
		names[k.String()] = true
	}
	if len(names) != 6 || names["unknown"] || queue.Kind(0).String() != "unknown" {
		t.Errorf("names %v, want six, and unknown for none", names)
	}
}
