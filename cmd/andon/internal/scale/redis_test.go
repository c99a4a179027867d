package scale

import (
	"testing"
	"time"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// onRedis runs a site in real time: each replica has a handle of its own on one redis-server.
func onRedis(t *testing.T, sz size) outcome {
	t.Helper()
	server := queuetest.Start(t)
	s := newSite(t, sz, func() queue.Queue {
		q, err := queue.Open(server.URL(), queue.RedisOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return q
	})
	return s.run(func() {
		s.until(func() bool { return s.swept.Load() > 0 && s.done(s.open) })
		s.rest(t.Context())
	})
}

// onOneRedis are the sites of the table: one, two and four replicas. They have a tenth of the projects:
// with all of them the simulated Jira would need more of the processor than there is, and would be what
// is measured.
func onOneRedis(tenth int) []size {
	var out []size
	for _, replicas := range []int{1, 2, 4} {
		sz := flooded(tenth, replicas, rate)
		sz.projects /= 10
		sz.projects = max(sz.projects, 2*sz.boards)
		out = append(out, sz)
	}
	return out
}

func TestReplicasOnOneRedisDoEverythingOnce(t *testing.T) {
	for _, replicas := range []int{2, 3} {
		sz := size{projects: 30, boards: 12, disasters: 8, open: 1, replicas: replicas, unfinished: 5, perSecond: 40, events: rate, warm: 1, latency: 2 * time.Millisecond}
		out := onRedis(t, sz)
		out.exact(t, sz)
		if out.keys > sz.most() {
			t.Errorf("%d replicas: the queue held %d keys, want at most %d", replicas, out.keys, sz.most())
		}
	}
}
