package queue_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// world is one place in which queues live.
type world struct {
	virtual bool          // time is the bubble's: it passes only while everybody waits, and to the millisecond
	unit    time.Duration // what a test should use for "a while"
	lease   time.Duration // of the queues
	open    func(prefix string) (queue.Queue, queue.Queue)
}

// pair returns one queue as two processes see it.
func (w world) pair() (a, b queue.Queue) { return w.open("{test}") }

// noPoll is longer than any test: whoever wakes was called, or had set the right alarm.
const noPoll = 1000 * time.Hour

// everywhere runs a test on every implementation.
func everywhere(t *testing.T, test func(t *testing.T, w world)) {
	inBubbles(t, test)
	t.Run("redis-server", func(t *testing.T) {
		server := queuetest.Start(t)
		w := world{unit: 20 * time.Millisecond, lease: 300 * time.Millisecond}
		w.open = func(prefix string) (queue.Queue, queue.Queue) {
			open := func() queue.Queue {
				return closing(t, must(queue.Open(server.URL(), queue.RedisOptions{Prefix: prefix, Lease: w.lease, Poll: noPoll})))
			}
			return open(), open()
		}
		test(t, w)
	})
}

// inBubbles runs a test on the implementations that live in virtual time.
func inBubbles(t *testing.T, test func(t *testing.T, w world)) {
	t.Run("memory", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { test(t, memoryWorld(t)) })
	})
	t.Run("miniredis", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { test(t, miniWorld(t)) })
	})
}

func memoryWorld(t *testing.T) world {
	w := world{virtual: true, unit: time.Second, lease: 30 * time.Second}
	w.open = func(string) (queue.Queue, queue.Queue) {
		q := closing(t, queue.NewMemory(time.Now, queue.MemoryOptions{Lease: w.lease}))
		return q, q
	}
	return w
}

func miniWorld(t *testing.T) world {
	_, client := queuetest.Mini(t)
	w := world{virtual: true, unit: time.Second, lease: 30 * time.Second}
	w.open = func(prefix string) (queue.Queue, queue.Queue) {
		open := func() queue.Queue {
			return closing(t, must(queue.NewRedis(client(), queue.RedisOptions{Prefix: prefix, Lease: w.lease, Poll: noPoll})))
		}
		return open(), open()
	}
	return w
}

func closing[Q queue.Queue](t *testing.T, q Q) Q {
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return q
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The helpers below fail the test at once, so that a test reads as a story.

// tester is what testing and rapid have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func ok(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func add(t tester, q queue.Queue, key string, delay time.Duration, notes ...string) {
	t.Helper()
	ok(t, q.Add(context.Background(), key, delay, notes...))
}

// take returns the next item, which must be the given key.
func take(t tester, q queue.Queue, key string) queue.Item {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), noPoll/2)
	defer cancel()
	it, err := q.Take(ctx)
	ok(t, err)
	if it.Key != key {
		t.Fatalf("took %q, want %q", it.Key, key)
	}
	return it
}

func done(t tester, q queue.Queue, it queue.Item, o queue.Outcome) {
	t.Helper()
	ok(t, q.Done(context.Background(), it, o))
}

func stats(t tester, q queue.Queue) queue.Stats {
	t.Helper()
	s, err := q.Stats(context.Background())
	ok(t, err)
	return s
}

// counts fails unless so many keys wait, are due and are in flight.
func counts(t tester, q queue.Queue, waiting, due, inFlight int) {
	t.Helper()
	s := stats(t, q)
	s.Oldest = 0
	if want := (queue.Stats{Waiting: waiting, Due: due, InFlight: inFlight}); s != want {
		t.Fatalf("%+v, want %+v", s, want)
	}
}

// empty fails unless nothing waits and nothing is in flight.
func empty(t tester, q queue.Queue) {
	t.Helper()
	counts(t, q, 0, 0, 0)
}

// takeLater takes in the background and sends what comes.
func takeLater(ctx context.Context, q queue.Queue) <-chan result {
	c := make(chan result, 1)
	go func() {
		it, err := q.Take(ctx)
		c <- result{it, err}
	}()
	return c
}

type result struct {
	item queue.Item
	err  error
}

func (r result) String() string { return fmt.Sprintf("%+v, %v", r.item, r.err) }
