package queue_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"andon/webhook/queue"
)

// crowd is what many adders and two pools of workers do to the same keys. Each key has a version, raised before each Add;
// a run sees the version it finds. If no wake-up is lost, the last version of each key is seen in the end.
type crowd struct {
	t        *testing.T
	version  []atomic.Int64
	seen     []atomic.Int64
	busy     []atomic.Int64
	runs     atomic.Int64
	progress chan struct{}
}

func newCrowd(t *testing.T, keys int) *crowd {
	return &crowd{
		t: t, version: make([]atomic.Int64, keys), seen: make([]atomic.Int64, keys), busy: make([]atomic.Int64, keys),
		progress: make(chan struct{}, 1),
	}
}

func (c *crowd) handle(_ context.Context, it queue.Item) (time.Duration, error) {
	var key int
	if _, err := fmt.Sscan(it.Key, &key); err != nil {
		c.t.Errorf("strange key %q", it.Key)
	}
	if c.busy[key].Add(1) != 1 {
		c.t.Errorf("two workers have key %d", key)
	}
	defer c.busy[key].Add(-1)
	run := c.runs.Add(1)
	version := c.version[key].Load()
	if run%10 == 0 {
		return 0, errors.New("sometimes it fails")
	}
	c.seen[key].Store(version)
	select {
	case c.progress <- struct{}{}:
	default:
	}
	return 0, nil
}

func (c *crowd) settled() bool {
	for key := range c.version {
		if c.seen[key].Load() != c.version[key].Load() {
			return false
		}
	}
	return true
}

func TestInACrowdNoWakeUpIsLostAndNoKeyIsSharedByTwo(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		const keys, adders, adds = 5, 4, 50
		c := newCrowd(t, keys)
		opt := queue.RunOptions{Backoff: 2 * time.Millisecond, Workers: 4}
		pools := []*pool{start(t, a, opt, c.handle), start(t, b, opt, c.handle)}
		var all sync.WaitGroup
		for i := range adders {
			q := []queue.Queue{a, b}[i%2]
			all.Go(func() {
				for n := range adds {
					key := (n*7 + i) % keys
					c.version[key].Add(1)
					add(t, q, fmt.Sprint(key), time.Duration(n%3)*time.Millisecond)
				}
			})
		}
		all.Wait()
		for !c.settled() {
			<-c.progress
		}
		for _, p := range pools {
			ok(t, p.stop())
		}
		if s := stats(t, a); s.InFlight != 0 {
			t.Errorf("%+v, want nothing in flight", s)
		}
		if runs := c.runs.Load(); runs > 2*adders*adds {
			t.Errorf("%d runs for %d adds", runs, adders*adds)
		}
	})
}

// Workers that die at any moment: each takes, and some never come back. Another gets what they had.
func TestInACrowdOfDyingWorkersAllWorkIsDone(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		const keys = 8
		for key := range keys {
			add(t, a, fmt.Sprint(key), 0, fmt.Sprint("note ", key))
		}
		finished := map[string]bool{}
		for i := 0; len(finished) < keys; i++ {
			it := takeAny(t, []queue.Queue{a, b}[i%2])
			if len(it.Notes) != 1 {
				t.Errorf("%+v, want its note", it)
			}
			if i%3 == 0 && it.Tries == 0 {
				continue // dies
			}
			done(t, a, it, queue.Outcome{})
			finished[it.Key] = true
		}
		empty(t, b)
	})
}
