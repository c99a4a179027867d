package queue_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
)

// crowded runs one worker over several keys; each handler says that it may wait, and how often, then waits. It
// returns the most that were at work at once.
func crowded(t *testing.T, opt queue.RunOptions, says int) int64 {
	t.Helper()
	var most, now, ended atomic.Int64
	synctest.Test(t, func(t *testing.T) {
		q := inMemory(t)
		p := start(t, q, opt, func(ctx context.Context, _ queue.Item) (time.Duration, error) {
			for range says {
				queue.Relieve(ctx)
			}
			at := now.Add(1)
			for old := most.Load(); at > old && !most.CompareAndSwap(old, at); old = most.Load() {
			}
			time.Sleep(time.Minute) // longer than the lease, which is extended meanwhile
			now.Add(-1)
			ended.Add(1)
			return 0, nil
		})
		for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
			add(t, q, key, 0)
		}
		time.Sleep(time.Hour)
		ok(t, p.stop())
		empty(t, q)
	})
	if ended.Load() != 6 {
		t.Errorf("%d of 6 keys were worked on", ended.Load())
	}
	return most.Load()
}

func TestAHandlerThatMayWaitLetsAnotherBegin(t *testing.T) {
	for _, c := range []struct {
		name  string
		aside int
		says  int
		want  int64
	}{
		{"nobody says so", 3, 0, 1},
		{"as many as are allowed, and one more", 3, 1, 4},
		{"saying it twice gives no second place away", 3, 2, 4},
		{"none are allowed", -1, 1, 1},
		{"all of them", 0, 1, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := crowded(t, queue.RunOptions{Workers: 1, Aside: c.aside}, c.says); got != c.want {
				t.Errorf("%d at once, want %d", got, c.want)
			}
		})
	}
}

func TestOutsideAHandlerNobodyIsRelieved(t *testing.T) {
	queue.Relieve(t.Context()) // would block or panic otherwise
	if got := crowded(t, queue.RunOptions{Workers: 2, Aside: -1}, 0); got != 2 {
		t.Errorf("%d at once, want 2", got)
	}
}
