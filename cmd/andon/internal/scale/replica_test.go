package scale

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"andon/jira"
	"andon/rules"
	"andon/webhook"
	"andon/webhook/queue"
)

const (
	// latency is how long Jira takes for every call.
	latency = 150 * time.Millisecond
	// sweepEvery is how often the site is swept, as by default.
	sweepEvery = 3 * time.Minute
	// watchEvery is how often a replica takes over which projects the others watch, as the program does.
	watchEvery = 2 * time.Second
)

// slow is the way to a Jira that takes its time.
type slow struct {
	jira    http.Handler
	latency time.Duration
	calls   *atomic.Int64
	limited *atomic.Int64
}

// RoundTrip carries a call.
func (s slow) RoundTrip(req *http.Request) (*http.Response, error) {
	s.calls.Add(1)
	time.Sleep(s.latency)
	if req.Body == nil {
		req.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	s.jira.ServeHTTP(w, req)
	if w.Code == http.StatusTooManyRequests {
		s.limited.Add(1)
	}
	return w.Result(), nil
}

// replica is an andon with a memory of its own, put together as the program does it.
type replica struct {
	site  *site
	queue queue.Queue
	known *jira.Known
	rec   *jira.Reconciler
}

// newReplica makes a replica, whose receiver is behind the door.
func newReplica(s *site) *replica {
	c, err := jira.NewClient(jira.Config{BaseURL: s.jira.BaseURL(), Email: "andon@example.com", Token: "demo", Now: time.Now,
		Budget: jira.Budget{PerSecond: s.size.perSecond, Burst: max(20, int(2*s.size.perSecond))}, Base: slow{s.jira, s.size.latency, &s.calls, &s.limited}})
	s.must(err)
	signer, err := jira.NewSigner(secret)
	s.must(err)
	r := &replica{site: s, queue: s.handle(), known: jira.NewKnown(time.Now)}
	settings := rules.DefaultSettings()
	r.rec = jira.NewReconciler(c, r.queue, r.known, jira.Options{Settings: settings, ScrumMasterRole: "Scrum Master",
		StakeholderRole: "Stakeholder", Signer: signer, Now: time.Now, Sweep: sweepEvery, Relieve: queue.Relieve})
	receiver, err := webhook.New(webhook.Config{Secrets: []string{secret}, Labels: settings.Labels.All()},
		webhook.Deps{Hints: r.queue, Known: r.known, Now: time.Now})
	s.must(err)
	s.door.receivers = append(s.door.receivers, receiver)
	return r
}

// start has a replica work until ctx ends.
func (r *replica) start(ctx context.Context, wait *sync.WaitGroup) {
	r.site.must(r.queue.Add(ctx, "sweep", 0))
	wait.Go(func() {
		err := queue.Run(ctx, r.queue, queue.RunOptions{Workers: 4, Rand: func() float64 { return 0.5 }}, r.handle)
		if err != nil && !errors.Is(err, context.Canceled) {
			r.site.t.Error(err)
		}
	})
	wait.Go(func() { r.follow(ctx) })
}

// handle looks after a key, and asks for the lease before each write.
func (r *replica) handle(ctx context.Context, it queue.Item) (time.Duration, error) {
	ctx = jira.WithWriteGuard(ctx, func() error { return queue.Held(ctx) })
	again, err := r.rec.Handle(ctx, it.Key, it.Notes)
	switch {
	case err != nil:
		r.site.failed.Add(1)
	case it.Key == "sweep":
		r.site.swept.Add(1)
	case strings.HasPrefix(it.Key, "project:"):
		r.site.looks.Add(1)
	}
	return again, err
}

// follow keeps the replica's view of the watched projects in step with the others'.
func (r *replica) follow(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if pinned, err := r.queue.Pinned(ctx); err == nil {
			r.known.ReplaceWatched(pinned)
		}
	}
}
