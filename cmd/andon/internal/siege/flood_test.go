package siege

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/webhook/queue/queuetest"
)

// relevant is an event about a label in a project, which andon cannot drop.
func relevant(project string, n int) string {
	return fmt.Sprintf(`{"webhookEvent":"jira:issue_updated","timestamp":%d,"issue":{"id":"%d","key":"%[3]s-%[2]d","fields":{"project":{"id":"1","key":%[3]q},"labels":["disaster"]}},`+
		`"changelog":{"items":[{"field":"labels","fromString":"","toString":"disaster"}]}}`, n, 90000+n, project)
}

// irrelevant is an event about an issue that has nothing to do with andon, of a usual size.
func irrelevant(n int) string {
	return fmt.Sprintf(`{"webhookEvent":"jira:issue_updated","timestamp":%d,"issue":{"id":"%[1]d","key":"OPS-%[1]d","fields":{"project":{"id":"2","key":"OPS"},"labels":[],"description":%q}},`+
		`"changelog":{"items":[{"field":"description","fromString":"a","toString":"b"}]}}`, n, strings.Repeat("all work and no play ", 250))
}

// figure reads one figure from the metrics of a replica; -1 where there is none.
func figure(t testing.TB, a *andon, name string) int {
	t.Helper()
	_, page, err := get(a.address() + "/metrics")
	must(t, err)
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(page)
	if m == nil {
		return -1
	}
	f, err := strconv.ParseFloat(m[1], 64)
	must(t, err)
	return int(f)
}

// outcomes are the answers to a flood, by status.
type outcomes struct {
	mu sync.Mutex
	by map[int]int
}

func (o *outcomes) count(status int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.by == nil {
		o.by = map[int]int{}
	}
	o.by[status]++
}

// queueSize counts the keys that wait and those that are being worked on, and the most
// notes that one of them has.
func queueSize(t testing.TB, r *queuetest.Server) (keys, notes int) {
	t.Helper()
	c := r.Client()
	defer c.Close()
	due, err := c.ZCard(t.Context(), "{andon}:due").Result()
	must(t, err)
	leases, err := c.ZCard(t.Context(), "{andon}:lease").Result()
	must(t, err)
	all, err := c.HVals(t.Context(), "{andon}:notes").Result()
	must(t, err)
	for _, each := range all {
		notes = max(notes, 1+strings.Count(each, "\n"))
	}
	return int(due + leases), notes
}

// Ten thousand events for thirty projects while Jira is slow: the queue never holds more
// than a key for each project or board and one for the sweep, and what matters is done.
func TestAFloodOfEventsLeavesOneKeyForEachProject(t *testing.T) {
	const projects, senders, each = 30, 8, 1250
	r := queuetest.Start(t)
	t.Parallel()
	s := newSite(t)
	_, err := s.Fail(jiratest.Fault{Kind: jiratest.FaultDelay, Delay: jiratest.Duration(50 * time.Millisecond), Times: -1})
	must(t, err)
	a := s.replica("ANDON_REDIS_URL="+r.URL(), "ANDON_SWEEP=1h", "ANDON_WORKERS=1")
	var said outcomes
	var wg sync.WaitGroup
	var sent atomic.Int64
	for sender := range senders {
		wg.Go(func() {
			for i := range each {
				n := sender*each + i
				body := irrelevant(n)
				if i%2 == 0 {
					body = relevant(fmt.Sprint("PROJ", n/2%projects), n)
				}
				status, _, err := post(context.Background(), a.address(), body, sign(body))
				if err != nil {
					t.Error(err)
					return
				}
				said.count(status)
				sent.Add(1)
			}
		})
	}
	over := make(chan struct{})
	go func() { wg.Wait(); close(over) }()
	s.declare() // in the middle of it
	most, mostNotes := 0, 0
	for tick := time.NewTicker(20 * time.Millisecond); ; <-tick.C {
		keys, notes := queueSize(t, r)
		most, mostNotes = max(most, keys), max(mostNotes, notes)
		select {
		case <-over:
			tick.Stop()
		default:
			continue
		}
		break
	}
	if limit := projects + 3; most > limit || most < projects/2 { // SHOP, its board and the sweep
		t.Errorf("the queue held up to %d keys, want at most %d", most, limit)
	}
	if mostNotes > 64 {
		t.Errorf("a key had %d notes", mostNotes)
	}
	s.Heal(0)
	s.frozen()
	stored, dropped := figure(t, a, `andon_webhook_requests_total{outcome="queued"}`), figure(t, a, `andon_webhook_requests_total{outcome="dropped"}`)
	refused := figure(t, a, `andon_webhook_requests_total{outcome="unavailable"}`) + figure(t, a, `andon_webhook_requests_total{outcome="shed"}`)
	if n := said.by[http.StatusAccepted] + said.by[http.StatusNoContent] + said.by[http.StatusServiceUnavailable]; n != senders*each || said.by[http.StatusNoContent] != senders*each/2 {
		t.Errorf("%d events were sent, the answers were %v", senders*each, said.by)
	}
	if stored < said.by[http.StatusAccepted] || dropped < said.by[http.StatusNoContent] || refused < said.by[http.StatusServiceUnavailable] {
		t.Errorf("counted: %d stored, %d dropped, %d refused; answered: %v", stored, dropped, refused, said.by)
	}
	t.Logf("at most %d keys with %d notes; answers %v", most, mostNotes, said.by)
}

// More connections than are served: the rest is told so, and counted; those that are
// open go on, and when they are gone everybody is served again.
func TestAFloodOfConnectionsIsToldToComeAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.replica("ANDON_MAX_CONNECTIONS=16")
	var open []*http.Response
	for range 16 { // each holds its connection, since the answer is not read
		res, err := (&http.Client{Transport: &http.Transport{}}).Get(a.address() + "/healthz")
		must(t, err)
		open = append(open, res)
	}
	body := s.hint()
	for range 5 {
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		status, head, err := postAlone(ctx, a.address(), body, sign(body))
		cancel()
		if err != nil || status != http.StatusServiceUnavailable || head.Get("Retry-After") == "" {
			t.Errorf("one too many: %d, Retry-After %q, %v", status, head.Get("Retry-After"), err)
		}
	}
	for _, res := range open {
		must(t, res.Body.Close())
	}
	until(t, "everybody is served again", func() error {
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		defer cancel()
		status, _, err := postAlone(ctx, a.address(), body, sign(body))
		if err == nil && status != http.StatusAccepted {
			err = fmt.Errorf("status %d", status)
		}
		return err
	})
	if n := figure(t, a, "andon_webhook_connections_refused_total"); n < 5 {
		t.Errorf("%d connections are counted as refused", n)
	}
}
