package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"andon/jira/jiratest"
	"andon/webhook/queue"
)

// cutOff is a worker's view of a shared queue that can be cut: then it takes nothing more
// and cannot make its lease full again, as behind a network that has failed.
type cutOff struct {
	queue.Queue
	cut atomic.Bool
}

func (q *cutOff) Take(ctx context.Context) (queue.Item, error) {
	if q.cut.Load() {
		return queue.Item{}, queue.ErrUnavailable
	}
	return q.Queue.Take(ctx)
}

func (q *cutOff) Extend(ctx context.Context, it queue.Item) error {
	if q.cut.Load() {
		return queue.ErrUnavailable
	}
	return q.Queue.Extend(ctx, it)
}

func (q *cutOff) Done(ctx context.Context, it queue.Item, o queue.Outcome) error {
	if q.cut.Load() {
		return queue.ErrUnavailable
	}
	return q.Queue.Done(ctx, it, o)
}

// duel is a site with two workers in one bubble of virtual time. The first is cut off
// from the queue at one of its calls to Jira, which then takes three times the lease.
type duel struct {
	t      *testing.T
	jira   *jiratest.Jira
	seed   jiratest.Demo
	memory *queue.Memory
	cfg    Config

	mu   sync.Mutex
	told map[string]int // messages over the channel, by their title

	late int // calls of the first worker after it had lost its lease
	// stalled is the call at which the first worker stood still.
	stalled string
}

const duelLease = 30 * time.Second

// newDuel makes a site without workers.
func newDuel(t *testing.T) *duel {
	t.Helper()
	d := &duel{t: t, told: map[string]int{}, jira: jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: time.Now, BaseURL: "https://jira.example.com"})}
	seed, err := jiratest.SeedDemo(d.jira)
	if err != nil {
		t.Fatal(err)
	}
	d.seed, d.memory = seed, queue.NewMemory(time.Now, queue.MemoryOptions{Lease: duelLease})
	d.cfg = mustLoad(t, goodEnv("ANDON_JIRA_URL=https://jira.example.com", "ANDON_JIRA_EMAIL=andon@example.com", "ANDON_JIRA_TOKEN=demo", "ANDON_JIRA_RPS=500",
		"ANDON_NOTIFY_URLS=https://ops.example.com/in", "ANDON_SHUTDOWN_GRACE=0s", "ANDON_SWEEP=1h", "ANDON_RESYNC=15m", "ANDON_WORKERS=1"))
	if err := d.jira.As("po@example.com").AddLabel(seed.Issues[5], "disaster"); err != nil {
		t.Fatal(err)
	}
	return d
}

// worker runs an andon on a queue until the function that it gives is called.
func (d *duel) worker(q queue.Queue, transport http.RoundTripper) (stop func()) {
	d.t.Helper()
	a, err := newApp(d.cfg, appOptions{log: slog.New(slog.DiscardHandler), now: time.Now, transport: transport, queue: q, sideBySide: 1,
		spread: func() float64 { return 0.5 }, carry: d.carry})
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(d.t.Context())
	ended := make(chan error)
	go func() { ended <- a.work(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			d.t.Errorf("the worker ends with %v", err)
		}
	}
}

// carry notes what is told.
func (d *duel) carry(_ target, _ string, params types.Params) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told[params[types.TitleKey]]++
	return nil
}

// play has the first worker stand still at one of its calls, before it is sent or after
// its effect. It says whether there was such a call.
func (d *duel) play(at int, after bool) bool {
	first := &cutOff{Queue: d.memory}
	n, wire := 0, d.jira.Transport()
	var cut time.Time
	stall := func() {
		first.cut.Store(true)
		d.mu.Lock()
		cut = time.Now()
		d.mu.Unlock()
		<-time.After(3 * duelLease)
	}
	// count says whether it is the call's turn. A look that may wait lets another one run beside it.
	count := func(what string) bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		n++
		if !cut.IsZero() && time.Since(cut) > duelLease {
			d.late++
		}
		if n == at {
			d.stalled = what
		}
		return n == at
	}
	stopFirst := d.worker(first, roundTrip(func(req *http.Request) (*http.Response, error) {
		if !count(req.Method + " " + req.URL.Path) {
			return wire.RoundTrip(req)
		}
		if !after {
			stall()
		}
		resp, err := wire.RoundTrip(req) // cut short, if the lease was lost before it was sent
		if after {
			stall()
		}
		return resp, err
	}))
	<-time.After(duelLease / 2)
	stopSecond := d.worker(d.memory, wire)
	<-time.After(10 * time.Minute)
	stopFirst()
	stopSecond()
	return n >= at
}

// A reconcile that outlives its lease, at each of its calls: the second worker takes over
// while the first one's call is still under way.
func TestASlowWorkerAndItsSuccessorDoNoHarmTogether(t *testing.T) {
	t.Parallel()
	want := ""
	synctest.Test(t, func(t *testing.T) {
		d := newDuel(t)
		d.play(0, false)
		d.toldOnce()
		want = d.outcome()
	})
	for _, after := range []bool{false, true} {
		for at, more := 1, true; more; at++ {
			t.Run(fmt.Sprintf("call %d, after its effect %v", at, after), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					d := newDuel(t)
					if more = d.play(at, after); !more {
						return
					}
					if got := d.outcome(); got != want {
						t.Errorf("the end differs from the undisturbed one:\n%s", difference(want, got))
					}
					// Between telling and noting that it was told nobody can know, so it is told again.
					if noting := strings.HasPrefix(d.stalled, "PUT ") && strings.HasSuffix(d.stalled, "/properties/andon"); !noting {
						d.toldOnce()
					}
					if d.late > 0 {
						t.Errorf("the slow worker made %d more calls", d.late)
					}
				})
			})
		}
	}
}

// outcome is what there is in Jira, as a text.
func (d *duel) outcome() string { return (&world{t: d.t, jira: d.jira}).outcome() }

// toldOnce wants each message to have been told once.
func (d *duel) toldOnce() {
	d.t.Helper()
	if len(d.told) != 1 {
		d.t.Errorf("told: %v", d.told)
	}
	for title, n := range d.told {
		if n != 1 {
			d.t.Errorf("told %d times: %s", n, title)
		}
	}
}
