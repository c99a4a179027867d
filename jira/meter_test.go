package jira_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

// latency is what every call costs on a metered way. It is virtual: what a stretch of work
// took, divided by it, is how many calls had to wait for one another.
const latency = 100 * time.Millisecond

// metered is a rig whose calls are counted with the round trip in which each was on its
// way. Calls side by side share a round trip.
type metered struct {
	*rig
	mu    sync.Mutex
	start time.Time
	calls []meteredCall
	// points are what Jira Cloud counts for calls that read: one each, and one for each thing that they tell of.
	points int
}

// meteredCall is one call.
type meteredCall struct {
	trip  int
	what  string
	write bool
}

// RoundTrip carries a call and counts it.
func (m *metered) RoundTrip(req *http.Request) (*http.Response, error) {
	m.mu.Lock()
	c := meteredCall{trip: int(time.Since(m.start)/latency) + 1, what: req.Method + " " + shape(req.URL.Path), write: writes(req)}
	m.calls = append(m.calls, c)
	m.mu.Unlock()
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{}) // as a real way does
	}
	time.Sleep(latency)
	resp, err := inMemory{m.Jira}.RoundTrip(req)
	if err == nil && !c.write {
		m.mu.Lock()
		m.points += 1 + things(resp)
		m.mu.Unlock()
	}
	return resp, err
}

// things counts what an answer tells of.
func things(resp *http.Response) int {
	text, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(text))
	if err != nil || resp.StatusCode != http.StatusOK {
		return 0
	}
	var list struct{ Values, Issues []json.RawMessage }
	var all []json.RawMessage
	switch {
	case json.Unmarshal(text, &all) == nil:
		return len(all)
	case json.Unmarshal(text, &list) == nil && list.Values != nil || list.Issues != nil:
		return len(list.Values) + len(list.Issues)
	}
	return 1
}

// numbers are the parts of a path that differ from run to run.
var numbers = regexp.MustCompile(`/([0-9]+|[A-Z]+-[0-9]+|SHOP)(/|$)`)

// shape is a path without what tells one issue from another.
func shape(path string) string {
	return strings.TrimPrefix(numbers.ReplaceAllString(numbers.ReplaceAllString(path, "/{}$2"), "/{}$2"), "/rest/")
}

// writes says whether a call changes something; a search is a POST that does not.
func writes(req *http.Request) bool {
	return req.Method != http.MethodGet && !strings.Contains(req.URL.Path, "/search")
}

// begin starts counting anew.
func (m *metered) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.start, m.calls, m.points = time.Now(), nil, 0
}

// trips is how many round trips the stretch took.
func (m *metered) trips() int { return int(time.Since(m.start) / latency) }

// count counts the calls that were writes, or were not.
func (m *metered) count(write bool) (n int) {
	for _, c := range m.calls {
		if c.write == write {
			n++
		}
	}
	return n
}

// tripOf is the round trip of the first call of a kind, 0 for none.
func (m *metered) tripOf(part string) int {
	for _, c := range m.calls {
		if strings.Contains(c.what, part) {
			return c.trip
		}
	}
	return 0
}

// String draws the calls, one round trip a line.
func (m *metered) String() string {
	var b strings.Builder
	trip := 0
	for _, c := range m.calls {
		if c.trip != trip {
			trip = c.trip
			fmt.Fprintf(&b, "\n%2d ", trip)
		} else {
			b.WriteString(" | ")
		}
		b.WriteString(c.what)
	}
	return fmt.Sprintf("%d calls, %d writes, %d round trips%s", len(m.calls), m.count(true), m.trips(), b.String())
}

// meter runs a test in virtual time against a simulated Jira of each product.
func meter(t *testing.T, test func(t *testing.T, m *metered), change ...func(*jira.Options)) {
	t.Helper()
	for name, f := range map[string]jiratest.Flavour{"Cloud": jiratest.Cloud, "Data Center": jiratest.DataCenter} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(t, newMetered(t, f, change...)) })
		})
	}
}

// newMetered makes a rig in which 40 issues are unfinished in the active sprint.
func newMetered(t *testing.T, f jiratest.Flavour, change ...func(*jira.Options)) *metered {
	t.Helper()
	s := newSite(t, f)
	m := &metered{start: time.Now()}
	m.rig = newRig(t, s, append([]func(*jira.Options){func(o *jira.Options) { o.SideBySide = 0 }}, change...)...)
	cfg := jira.Config{BaseURL: s.BaseURL(), Email: "andon@example.com", Token: "demo", Base: m, Now: s.Now,
		Budget: jira.Budget{PerSecond: 1000, Burst: 1000},
		Sleep:  func(_ context.Context, d time.Duration) error { time.Sleep(d); s.Advance(d); return nil }}
	if f == jiratest.DataCenter {
		cfg.Email, cfg.Token = "", "demo-andon"
	}
	c, err := jira.NewClient(cfg)
	must(t, err)
	m.client = c
	m.restart(c)
	return m
}
