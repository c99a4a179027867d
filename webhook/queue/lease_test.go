package queue_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/webhook/queue"
)

// lost fails unless all that a holder can do is refused.
func lost(t *testing.T, q queue.Queue, it queue.Item) {
	t.Helper()
	ctx := context.Background()
	for what, err := range map[string]error{
		"extend": q.Extend(ctx, it),
		"return": q.Return(ctx, it),
		"done":   q.Done(ctx, it, queue.Outcome{Again: time.Second, Failed: true}),
	} {
		if !errors.Is(err, queue.ErrLost) || errors.Is(err, queue.ErrUnavailable) {
			t.Errorf("%s: %v, want ErrLost", what, err)
		}
	}
}

func TestALeaseThatRunsOutGivesTheKeyToAnother(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0, "one")
		start := time.Now()
		dead := take(t, a, "k")
		add(t, b, "k", 0, "two")
		it := take(t, b, "k")
		w.waited(t, start, w.lease)
		if it.Tries != 1 || it.Token == dead.Token {
			t.Errorf("%+v, want a try counted and a new token", it)
		}
		if diff := cmp.Diff([]string{"one", "two"}, it.Notes); diff != "" {
			t.Error(diff)
		}
		lost(t, a, dead)
		add(t, a, "k", 0)
		counts(t, a, 0, 0, 1)
		done(t, b, it, queue.Outcome{})
		counts(t, a, 1, 1, 0)
		lost(t, a, dead)
		counts(t, a, 1, 1, 0)
	})
}

func TestARunThatDiedIsNotForgottenWithoutAnyAdd(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		for _, key := range []string{"x", "y", "z"} {
			add(t, a, key, 0)
			take(t, a, key)
		}
		got := map[string]bool{}
		for range 3 {
			got[takeAny(t, b).Key] = true
		}
		if len(got) != 3 {
			t.Errorf("came back: %v, want x, y and z", got)
		}
	})
}

func TestExtendKeepsAKey(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		start := time.Now()
		it := take(t, a, "k")
		other := takeLater(t.Context(), b)
		for range 5 {
			time.Sleep(w.lease - time.Millisecond)
			ok(t, a.Extend(context.Background(), it))
		}
		got := <-other
		ok(t, got.err)
		w.waited(t, start, 5*(w.lease-time.Millisecond)+w.lease)
		lost(t, a, it)
	})
}

func TestALeaseThatRanOutUnnoticedIsStillGood(t *testing.T) {
	inBubbles(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		it := take(t, a, "k")
		time.Sleep(2 * w.lease)
		ok(t, a.Extend(context.Background(), it))
		time.Sleep(2 * w.lease)
		add(t, b, "k", 0)
		done(t, a, it, queue.Outcome{})
		counts(t, a, 1, 1, 0)
	})
}

func TestFinishingTwiceOrWhatNobodyTookIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		lost(t, a, queue.Item{Key: "never", Token: 7})
		add(t, a, "k", 0)
		lost(t, a, queue.Item{Key: "k"})
		it := take(t, a, "k")
		lost(t, a, queue.Item{Key: "k", Token: it.Token + 1})
		lost(t, a, queue.Item{Key: "other", Token: it.Token})
		done(t, a, it, queue.Outcome{Again: w.unit})
		lost(t, a, it)
		it = take(t, a, "k")
		ok(t, a.Return(context.Background(), it))
		lost(t, a, it)
		counts(t, a, 1, 1, 0)
	})
}
