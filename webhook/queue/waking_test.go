package queue_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
)

// In these tests nobody polls: a lost call would make them wait for ever.

func TestASleeperIsWokenByAnotherProcess(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		for range 3 {
			start := time.Now()
			got := takeLater(t.Context(), b)
			if w.virtual {
				synctest.Wait()
			}
			add(t, a, "k", 0)
			r := <-got
			ok(t, r.err)
			w.waited(t, start, 0)
			done(t, b, r.item, queue.Outcome{})
		}
	})
}

func TestASleeperHearsOfAnEarlierTime(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", noPoll/2)
		add(t, a, "other", noPoll)
		got := takeLater(t.Context(), b)
		if w.virtual {
			synctest.Wait()
		}
		start := time.Now()
		add(t, a, "k", 2*w.unit)
		if r := <-got; r.err != nil || r.item.Key != "k" {
			t.Fatal(r)
		}
		w.waited(t, start, 2*w.unit)
	})
}

func TestAllSleepersAreWokenByABurst(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		var waiting []<-chan result
		for range 3 {
			waiting = append(waiting, takeLater(t.Context(), a), takeLater(t.Context(), b))
		}
		if w.virtual {
			synctest.Wait()
		}
		for _, key := range []string{"1", "2", "3", "4", "5", "6"} {
			add(t, a, key, 0)
		}
		seen := map[string]bool{}
		for _, c := range waiting {
			r := <-c
			ok(t, r.err)
			seen[r.item.Key] = true
		}
		if len(seen) != 6 {
			t.Errorf("took %v, want all six", seen)
		}
	})
}

func TestWhatIsGivenBackWakesASleeper(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		it := take(t, a, "k")
		got := takeLater(t.Context(), b)
		if w.virtual {
			synctest.Wait()
		}
		ok(t, a.Return(context.Background(), it))
		if r := <-got; r.err != nil || r.item.Key != "k" {
			t.Fatal(r)
		}
	})
}

func TestTakeEndsWithItsContext(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		ctx, cancel := context.WithCancel(t.Context())
		first, second := takeLater(ctx, a), takeLater(ctx, b)
		cancel()
		for _, c := range []<-chan result{first, second} {
			if r := <-c; !errors.Is(r.err, context.Canceled) {
				t.Errorf("%v, want context.Canceled", r)
			}
		}
		add(t, a, "k", 0)
		if _, err := a.Take(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want context.Canceled", err)
		}
		take(t, b, "k")
	})
}

// The call may reach the very sleeper that is just being told to give up.
func TestACallIsNotLostOnSomebodyWhoGivesUp(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		for range 50 {
			ctx, cancel := context.WithCancel(t.Context())
			quitter := takeLater(ctx, a)
			synctest.Wait() // so that it is the first in the row
			stayer := takeLater(t.Context(), a)
			synctest.Wait()
			add(t, a, "k", 0)
			cancel()
			r := <-quitter
			if r.err == nil { // it was quicker; the other one still waits
				ok(t, a.Return(t.Context(), r.item))
			}
			r = <-stayer
			ok(t, r.err)
			done(t, a, r.item, queue.Outcome{})
		}
	})
}

func TestCloseEndsEverything(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		got := takeLater(t.Context(), a)
		if w.virtual {
			synctest.Wait()
		}
		ok(t, a.Close())
		ok(t, a.Close())
		if r := <-got; !errors.Is(r.err, queue.ErrClosed) {
			t.Errorf("take: %v, want ErrClosed", r)
		}
		ctx := context.Background()
		_, errTake := a.Take(ctx)
		_, errPins := a.Pinned(ctx)
		_, errStats := a.Stats(ctx)
		for what, err := range map[string]error{
			"take": errTake, "pinned": errPins, "stats": errStats,
			"add": a.Add(ctx, "k", 0), "pin": a.Pin(ctx, "k"), "unpin": a.Unpin(ctx, "k"), "ping": a.Ping(ctx),
			"extend": a.Extend(ctx, queue.Item{Key: "k"}), "done": a.Done(ctx, queue.Item{Key: "k"}, queue.Outcome{}),
		} {
			if !errors.Is(err, queue.ErrClosed) {
				t.Errorf("%s: %v, want ErrClosed", what, err)
			}
			if what != "take" && !errors.Is(err, queue.ErrUnavailable) {
				t.Errorf("%s: %v, want ErrUnavailable too", what, err)
			}
		}
	})
}

func TestAnEndedContextIsUnavailable(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := a.Add(ctx, "k", 0)
		if !errors.Is(err, context.Canceled) || !errors.Is(err, queue.ErrUnavailable) {
			t.Errorf("%v, want context.Canceled and ErrUnavailable", err)
		}
		empty(t, a)
	})
}

func TestWhatCannotBeStoredIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		ctx := context.Background()
		long := strings.Repeat("x", queue.MaxKey)
		for name, err := range map[string]error{
			"empty key":       a.Add(ctx, "", 0),
			"long key":        a.Add(ctx, long+"x", 0),
			"bad UTF-8":       a.Add(ctx, "a\xff", 0),
			"line break":      a.Add(ctx, "a\nb", 0),
			"zero byte":       a.Add(ctx, "a\x00b", 0),
			"empty note":      a.Add(ctx, "k", 0, "fine", ""),
			"long note":       a.Add(ctx, "k", 0, long[:queue.MaxNote+1]),
			"note with break": a.Add(ctx, "k", 0, "a\nb"),
			"empty name":      a.Pin(ctx, ""),
			"name with break": a.Unpin(ctx, "a\rb"),
		} {
			if !errors.Is(err, queue.ErrInvalid) || errors.Is(err, queue.ErrUnavailable) {
				t.Errorf("%s: %v, want ErrInvalid", name, err)
			}
		}
		empty(t, a)
		for _, key := range []string{long, "{x}", "sweep", "%s %d", "ключ", "' OR 1=1", "\u202e"} {
			add(t, a, key, 0, "n")
			done(t, a, take(t, a, key), queue.Outcome{})
		}
	})
}
