package queue_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
)

func TestShutdown(t *testing.T) {
	works := func(d time.Duration) queue.Handler { // and minds its context
		return func(ctx context.Context, _ queue.Item) (time.Duration, error) {
			select {
			case <-time.After(d):
				return 0, nil
			case <-ctx.Done():
				return 0, context.Cause(ctx)
			}
		}
	}
	tests := []struct {
		name   string
		grace  time.Duration
		handle queue.Handler
		took   time.Duration
		story  string
		err    error
		left   int // keys that wait afterwards
	}{
		{"what ends within the grace is done", 20 * time.Second, works(15 * time.Second), 15 * time.Second, "taken k, done k", nil, 0},
		{"what does not is given back", 20 * time.Second, works(25 * time.Second), 20 * time.Second, "taken k, returned k", nil, 1},
		{"without grace it is given back at once", -1, works(time.Hour), 0, "taken k, returned k", nil, 1},
		{"the default is twenty seconds", 0, works(time.Hour), 20 * time.Second, "taken k, returned k", nil, 1},
		{"what succeeds although it was told to end is done", time.Second, func(context.Context, queue.Item) (time.Duration, error) {
			time.Sleep(3 * time.Second)
			return 0, nil
		}, 3 * time.Second, "taken k, done k", nil, 0},
		{"a failure within the grace is a failure", time.Minute, func(context.Context, queue.Item) (time.Duration, error) {
			time.Sleep(time.Second)
			return 0, errors.New("no")
		}, time.Second, "taken k, failed k again 500ms", nil, 1},
		{"what never ends is left to its lease", time.Second, func(context.Context, queue.Item) (time.Duration, error) {
			time.Sleep(time.Minute)
			return 0, nil
		}, 6 * time.Second, "taken k", queue.ErrStopped, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inBubbles(t, func(t *testing.T, w world) {
				a, b := w.pair()
				began := make(chan struct{})
				p := start(t, a, queue.RunOptions{Grace: tt.grace}, func(ctx context.Context, it queue.Item) (time.Duration, error) {
					close(began)
					return tt.handle(ctx, it)
				})
				add(t, b, "k", 0, "note")
				<-began
				begin := time.Now()
				if err := p.stop(); !errors.Is(err, tt.err) {
					t.Errorf("%v, want %v", err, tt.err)
				}
				w.waited(t, begin, tt.took)
				p.told(tt.story)
				if s := stats(t, b); s.Waiting != tt.left {
					t.Errorf("%+v, want %d waiting", s, tt.left)
				}
				if tt.left > 0 {
					if it := take(t, b, "k"); len(it.Notes) != 1 {
						t.Errorf("%+v, want the note back", it)
					}
				}
				synctest.Wait()
				time.Sleep(time.Minute) // for the handler that never ends
			})
		})
	}
}

func TestNothingIsTakenAfterTheEnd(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		began, finish := make(chan struct{}), make(chan struct{})
		p := start(t, a, queue.RunOptions{Workers: 2}, func(context.Context, queue.Item) (time.Duration, error) {
			close(began)
			<-finish
			return 0, nil
		})
		add(t, b, "one", 0)
		<-began
		p.cancel()
		add(t, b, "two", 0)
		if w.virtual {
			synctest.Wait()
		}
		close(finish)
		ok(t, <-p.ended)
		counts(t, b, 1, 1, 0) // taken and given back, or not taken at all
		if it := take(t, b, "two"); it.Tries != 0 {
			t.Errorf("%+v, want no try counted", it)
		}
	})
}

func TestAStoppedHandlerKeepsItsLeaseUntilItReturns(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		began := make(chan struct{})
		p := start(t, a, queue.RunOptions{Grace: 2 * time.Minute}, func(ctx context.Context, _ queue.Item) (time.Duration, error) {
			close(began)
			<-ctx.Done()
			if !errors.Is(context.Cause(ctx), queue.ErrStopped) {
				t.Errorf("cause %v, want ErrStopped", context.Cause(ctx))
			}
			time.Sleep(4 * time.Second)
			return 0, ctx.Err()
		})
		add(t, b, "k", 0)
		<-began
		begin := time.Now()
		other := takeLater(t.Context(), b)
		ok(t, p.stop())
		r := <-other
		ok(t, r.err)
		w.waited(t, begin, 2*time.Minute+4*time.Second)
		if r.item.Tries != 0 {
			t.Errorf("%+v, want no try counted", r.item)
		}
	})
}

func TestAHandlerThatNeverEndsLosesItsKey(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		began, end := make(chan struct{}), make(chan struct{})
		p := start(t, a, queue.RunOptions{Grace: 8 * time.Second}, func(context.Context, queue.Item) (time.Duration, error) {
			close(began)
			<-end
			return 0, nil
		})
		add(t, b, "k", 0)
		<-began
		begin := time.Now()
		if err := p.stop(); !errors.Is(err, queue.ErrStopped) {
			t.Errorf("%v, want ErrStopped", err)
		}
		it := take(t, b, "k")
		w.waited(t, begin, 40*time.Second) // extended once, after ten seconds
		close(end)
		synctest.Wait()
		p.told("taken k, lost k") // what the handler has to say comes too late
		done(t, b, it, queue.Outcome{})
	})
}
