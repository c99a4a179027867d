package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/webhook/queue"
)

// pool is a Run in the background, and what it told.
type pool struct {
	t      *testing.T
	cancel context.CancelFunc
	ended  chan error

	mu     sync.Mutex
	events []queue.Event
}

// start runs a pool; opt is completed so that nothing in it is random.
func start(t *testing.T, q queue.Queue, opt queue.RunOptions, handle queue.Handler) *pool {
	ctx, cancel := context.WithCancel(context.Background())
	p := &pool{t: t, cancel: cancel, ended: make(chan error, 1)}
	if opt.Rand == nil {
		opt.Rand = func() float64 { return 0 }
	}
	opt.Now = time.Now
	opt.Observe = func(e queue.Event) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.events = append(p.events, e)
	}
	go func() { p.ended <- queue.Run(ctx, q, opt, handle) }()
	return p
}

// stop ends the pool and returns what Run returned.
func (p *pool) stop() error {
	p.cancel()
	return <-p.ended
}

// story is what the pool told, in short; what it told several times in a row counts once.
func (p *pool) story() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var words []string
	for _, e := range p.events {
		word := e.Kind.String()
		if e.Item.Key != "" {
			word += " " + e.Item.Key
		}
		if e.Again > 0 {
			word += fmt.Sprint(" again ", e.Again)
		}
		words = append(words, word)
	}
	return strings.Join(slices.Compact(words), ", ")
}

func (p *pool) told(want string) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.story()); diff != "" {
		p.t.Error(diff)
	}
}

func inMemory(t *testing.T) *queue.Memory {
	return closing(t, queue.NewMemory(time.Now, queue.MemoryOptions{Lease: 30 * time.Second}))
}

func TestRunWorksOnWhatIsAdded(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		handled := make(chan queue.Item)
		p := start(t, b, queue.RunOptions{Workers: 1}, func(_ context.Context, it queue.Item) (time.Duration, error) {
			handled <- it
			return 0, nil
		})
		for _, key := range []string{"x", "y", "z"} {
			add(t, a, key, 0, "note")
			if it := <-handled; it.Key != key || len(it.Notes) != 1 {
				t.Errorf("%+v, want %s with a note", it, key)
			}
		}
		ok(t, p.stop())
		p.told("taken x, done x, taken y, done y, taken z, done z")
		empty(t, a)
	})
}

func TestRunRepeatsWhatAsksForIt(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		begin := time.Now()
		var at []time.Duration
		p := start(t, a, queue.RunOptions{}, func(context.Context, queue.Item) (time.Duration, error) {
			at = append(at, time.Since(begin))
			return 30 * time.Minute, nil
		})
		add(t, a, "sweep", 0)
		time.Sleep(24*time.Hour + time.Minute)
		ok(t, p.stop())
		if len(at) != 49 || at[48] != 24*time.Hour {
			t.Errorf("%d runs in a day, the last at %v; want one each half hour", len(at), at[len(at)-1])
		}
	})
}

// limited is an error that knows when to come again.
type limited time.Duration

func (l limited) Error() string             { return "too many requests" }
func (l limited) RetryAfter() time.Duration { return time.Duration(l) }

func TestRunBacksOffFromFailures(t *testing.T) {
	var once []time.Duration
	for d := time.Second / 2; d < 150*time.Second; d *= 2 {
		once = append(once, d)
	}
	once = append(once, 150*time.Second, 150*time.Second)
	again := slices.Repeat([]time.Duration{90 * time.Second}, 8)
	tests := []struct {
		name string
		opt  queue.RunOptions
		err  error
		want []time.Duration
	}{
		{"doubling, from half a second to two and a half minutes at least", queue.RunOptions{}, errors.New("no"), once},
		{"as late as the error says", queue.RunOptions{}, fmt.Errorf("read: %w", limited(90*time.Second)), again},
		{"not sooner than without its saying", queue.RunOptions{}, limited(time.Millisecond), once},
		{"but not for ever", queue.RunOptions{MaxRetryAfter: 90 * time.Second}, limited(noPoll), again},
		{"with jitter", queue.RunOptions{Rand: func() float64 { return 0.5 }, Backoff: 4 * time.Second, MaxBackoff: 16 * time.Second},
			errors.New("no"), []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second, 12 * time.Second}},
		{"with jitter on what the error says", queue.RunOptions{Rand: func() float64 { return 0.5 }},
			limited(5 * time.Minute), []time.Duration{5*time.Minute + time.Second/2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := inMemory(t)
				var waits []time.Duration
				last := time.Now()
				finished := make(chan struct{})
				p := start(t, q, tt.opt, func(_ context.Context, it queue.Item) (time.Duration, error) {
					if it.Tries > 0 {
						waits = append(waits, time.Since(last))
					}
					last = time.Now()
					if it.Tries == len(tt.want) {
						close(finished)
						return 0, nil
					}
					return 0, tt.err
				})
				add(t, q, "k", 0)
				<-finished
				ok(t, p.stop())
				if diff := cmp.Diff(tt.want, waits); diff != "" {
					t.Error(diff)
				}
				empty(t, q)
			})
		})
	}
}

func TestWhatAnAddMayBringForward(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want []time.Duration // of the first runs, when the key is added each seven seconds
	}{
		{"a back-off", errors.New("no"), []time.Duration{0, 7 * time.Second, 14 * time.Second}},
		{"not what the error itself asked for", limited(time.Hour), []time.Duration{0, time.Hour, time.Hour + 5*time.Second}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inBubbles(t, func(t *testing.T, w world) {
				a, b := w.pair()
				begin := time.Now()
				var at []time.Duration
				p := start(t, a, queue.RunOptions{Backoff: 10 * time.Minute}, func(_ context.Context, it queue.Item) (time.Duration, error) {
					at = append(at, time.Since(begin))
					if len(at) > 1 {
						return 0, nil
					}
					return 0, tt.err
				})
				for time.Since(begin) < time.Hour+time.Minute {
					add(t, b, "k", 0)
					time.Sleep(7 * time.Second)
				}
				ok(t, p.stop())
				if diff := cmp.Diff(tt.want, at[:3]); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestAPanicIsAFailedRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := inMemory(t)
		p := start(t, q, queue.RunOptions{Workers: 1}, func(_ context.Context, it queue.Item) (time.Duration, error) {
			if it.Key == "bad" && it.Tries == 0 {
				panic("out of order")
			}
			return 0, nil
		})
		add(t, q, "bad", 0, "note")
		add(t, q, "good", 0)
		time.Sleep(time.Minute)
		ok(t, p.stop())
		p.told("taken bad, failed bad again 500ms, taken good, done good, taken bad, done bad")
		if err := p.events[1].Err; err == nil || !strings.Contains(err.Error(), "out of order") {
			t.Errorf("%v, want the panic's words", err)
		}
		if notes := p.events[4].Item.Notes; len(notes) != 1 {
			t.Errorf("notes %v, want the one from before the panic", notes)
		}
	})
}

func TestNoMoreHandlersThanWorkers(t *testing.T) {
	for _, workers := range []int{1, 3} {
		synctest.Test(t, func(t *testing.T) {
			q := inMemory(t)
			begin := time.Now()
			var mu sync.Mutex
			busy, most, took := 0, 0, time.Duration(0)
			p := start(t, q, queue.RunOptions{Workers: workers}, func(context.Context, queue.Item) (time.Duration, error) {
				mu.Lock()
				busy++
				most = max(most, busy)
				mu.Unlock()
				time.Sleep(time.Minute)
				mu.Lock()
				busy--
				took = time.Since(begin)
				mu.Unlock()
				return 0, nil
			})
			for i := range 6 {
				add(t, q, fmt.Sprint(i), 0)
			}
			time.Sleep(time.Hour)
			ok(t, p.stop())
			empty(t, q)
			if most != workers || took != time.Duration(6/workers)*time.Minute {
				t.Errorf("%d at once, all done after %v; want %d at once, all busy", most, took, workers)
			}
		})
	}
}

func TestALongRunKeepsItsKey(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		began := make(chan struct{})
		p := start(t, a, queue.RunOptions{Timeout: noPoll}, func(ctx context.Context, _ queue.Item) (time.Duration, error) {
			close(began)
			time.Sleep(time.Hour)
			return 0, errors.Join(ctx.Err(), queue.Held(ctx))
		})
		add(t, a, "k", 0)
		<-began
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
		defer cancel()
		if it, err := b.Take(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%+v, %v: another worker got it", it, err)
		}
		ok(t, p.stop())
		p.told("taken k, done k")
		if took := p.events[1].Took; took != time.Hour {
			t.Errorf("took %v, want an hour", took)
		}
	})
}

func TestARunThatTakesTooLongFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := inMemory(t)
		begin := time.Now()
		p := start(t, q, queue.RunOptions{Timeout: time.Minute}, func(ctx context.Context, it queue.Item) (time.Duration, error) {
			if it.Tries > 0 {
				return 0, nil
			}
			<-ctx.Done()
			if since := time.Since(begin); since != time.Minute {
				t.Errorf("ended after %v, want a minute", since)
			}
			return 0, context.Cause(ctx)
		})
		add(t, q, "k", 0)
		time.Sleep(2 * time.Minute)
		ok(t, p.stop())
		p.told("taken k, failed k again 500ms, taken k, done k")
		if err := p.events[1].Err; !errors.Is(err, queue.ErrTooLong) {
			t.Errorf("%v, want ErrTooLong", err)
		}
	})
}
