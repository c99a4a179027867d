package siege

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/webhook/queue/queuetest"
)

// hint is a webhook about the disaster that andon cannot drop.
func (s *site) hint() string {
	i, _ := s.Issue(s.disaster())
	return fmt.Sprintf(`{"webhookEvent":"jira:issue_updated","issue":{"id":"%d","key":%q,"fields":{"project":{"id":"%d","key":"SHOP"},"labels":["disaster"]}},
"changelog":{"items":[{"field":"labels","fromString":"","toString":"disaster"}]}}`, i.ID, i.Key, i.ProjectID)
}

// refusesHints waits until a webhook is answered with 503, the sender is told when to
// come again, and the refusal is counted.
func (s *site) refusesHints(a *andon) {
	s.t.Helper()
	body := s.hint()
	until(s.t, "a hint that cannot be stored is refused", func() error {
		ctx, cancel := context.WithTimeout(s.t.Context(), deadline)
		defer cancel()
		status, head, err := post(ctx, a.address(), body, sign(body))
		if err == nil && (status != http.StatusServiceUnavailable || head.Get("Retry-After") == "") {
			err = fmt.Errorf("status %d, Retry-After %q", status, head.Get("Retry-After"))
		}
		return err
	})
	_, page, err := get(a.address() + "/metrics")
	must(s.t, err)
	if strings.Contains(page, `andon_webhook_requests_total{outcome="unavailable"} 0`+"\n") || !strings.Contains(page, `outcome="unavailable"`) {
		s.t.Error("the refusal is not counted")
	}
}

// do sends a command to a Redis.
func do(t testing.TB, r *queuetest.Server, args ...any) {
	t.Helper()
	must(t, r.Client().Do(t.Context(), args...).Err())
}

// hardship is something that a Redis goes through.
type hardship struct {
	begin  func(t *testing.T, r *queuetest.Server)
	end    func(t *testing.T, r *queuetest.Server)
	closed bool // no hint can be stored meanwhile
}

func hardships() map[string]hardship {
	nothing := func(*testing.T, *queuetest.Server) {}
	return map[string]hardship{
		"is killed and comes back empty": {closed: true,
			begin: func(_ *testing.T, r *queuetest.Server) { r.Kill() },
			end:   func(_ *testing.T, r *queuetest.Server) { r.Restart() }},
		"hangs": {closed: true,
			begin: func(_ *testing.T, r *queuetest.Server) { r.Freeze() },
			end:   func(_ *testing.T, r *queuetest.Server) { r.Thaw() }},
		"is flushed": {end: nothing,
			begin: func(t *testing.T, r *queuetest.Server) { do(t, r, "FLUSHALL") }},
		"forgets the scripts": {end: nothing,
			begin: func(t *testing.T, r *queuetest.Server) { do(t, r, "SCRIPT", "FLUSH") }},
		"is out of memory": {closed: true,
			begin: func(t *testing.T, r *queuetest.Server) {
				do(t, r, "CONFIG", "SET", "maxmemory-policy", "noeviction")
				do(t, r, "CONFIG", "SET", "maxmemory", "1")
			},
			end: func(t *testing.T, r *queuetest.Server) { do(t, r, "CONFIG", "SET", "maxmemory", "0") }},
		"becomes a replica that nobody may write to": {closed: true,
			begin: func(t *testing.T, r *queuetest.Server) { do(t, r, "REPLICAOF", "127.0.0.1", "1") },
			end:   func(t *testing.T, r *queuetest.Server) { do(t, r, "REPLICAOF", "NO", "ONE") }},
	}
}

func TestWhateverHappensToRedisTheLineStopsOnce(t *testing.T) {
	for name, h := range hardships() {
		t.Run("Redis "+name, func(t *testing.T) {
			r := queuetest.Start(t)
			t.Parallel()
			s := newSite(t)
			// Andon is caught between an act and what it would do next.
			_, err := s.Fail(jiratest.Fault{Method: "POST", Path: "/rest/api/2/issue/bulk", Kind: jiratest.FaultDelay, Delay: jiratest.Duration(300 * time.Millisecond), After: true})
			must(t, err)
			a := s.replica("ANDON_REDIS_URL=" + r.URL())
			s.declare()
			s.struck()
			h.begin(t, r)
			if h.closed {
				s.refusesHints(a)
			}
			h.end(t, r)
			s.frozen()
			if code := a.end(); code != 0 {
				t.Errorf("after SIGTERM andon ends with status %d", code)
			}
		})
	}
}

// Hints are given up after a moment, and are found by the sweep; what is under way goes
// on, only more slowly.
func TestASlowRedisDelaysAndLosesNothing(t *testing.T) {
	r := queuetest.Start(t)
	t.Parallel()
	s, p := newSite(t), newSlowProxy(t, r.Socket())
	a := s.replica("ANDON_REDIS_URL=redis://" + p.address)
	until(t, "andon is ready", func() error { return answers(a.address()+"/readyz", http.StatusOK, `"ready":true`) })
	p.delay.Store(int64(210 * time.Millisecond)) // there and back: more than a webhook may wait
	s.refusesHints(a)
	p.delay.Store(int64(50 * time.Millisecond)) // before each write the lease is asked for
	s.declare()
	s.frozen()
	if p.pieces.Load() == 0 {
		t.Error("nothing was slow")
	}
}

// Andon starts without its Redis: it answers, says what is wrong and is not ready. So an
// order of starting is nobody's business, and a Redis that comes back finds it waiting.
func TestARedisThatIsNotThereYetIsWaitedFor(t *testing.T) {
	r := queuetest.Start(t)
	t.Parallel()
	r.Kill()
	s := newSite(t)
	s.declare()
	a := s.replica("ANDON_REDIS_URL=" + r.URL())
	a.hears("the queue cannot be reached; trying on")
	until(t, "it is alive", func() error { return answers(a.address()+"/healthz", http.StatusOK, "ok") })
	until(t, "it is not ready", func() error {
		return answers(a.address()+"/readyz", http.StatusServiceUnavailable, `"queue":"failed"`)
	})
	s.refusesHints(a)
	if n := s.Writes(); n != 0 {
		t.Errorf("%d writes to Jira without a queue", n)
	}
	r.Restart()
	s.frozen()
	until(t, "it is ready", func() error { return answers(a.address()+"/readyz", http.StatusOK, `"ready":true`) })
}

// answers expects a status and a text of a page.
func answers(url string, status int, text string) error {
	got, page, err := get(url)
	if err == nil && (got != status || !strings.Contains(page, text)) {
		err = fmt.Errorf("%s: %d: %s", url, got, page)
	}
	return err
}
