package jira

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	testBase  = "https://jira.test"
	testToken = "canary-token-7f3a"
)

// fakeClock moves only when somebody sleeps.
type fakeClock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newFakeClock() *fakeClock {
	return &fakeClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return nil
}

func (c *fakeClock) sleeps() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.slept...)
}

// reply is one answer of the fake Jira, or the error instead of one.
type reply struct {
	status int // 200 when 0
	body   string
	header map[string]string
	err    error
	then   func() // runs before the answer is given
}

func ok(body string) reply                { return reply{body: body} }
func fails(status int, body string) reply { return reply{status: status, body: body} }
func sentences(texts ...string) string    { return refusal(texts, nil) }
func fieldError(name, text string) string { return refusal(nil, map[string]string{name: text}) }
func refusal(texts []string, fields map[string]string) string {
	if texts == nil {
		texts = []string{}
	}
	if fields == nil {
		fields = map[string]string{}
	}
	raw, err := json.Marshal(map[string]any{"errorMessages": texts, "errors": fields})
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// seen is a request as the fake Jira got it.
type seen struct {
	Method string
	Path   string
	Query  string
	Body   string
}

// fakeJira answers by method and path. The answers of a place are given in order; the last one is given for ever.
type fakeJira struct {
	t       *testing.T
	clock   *fakeClock
	mu      sync.Mutex
	answers map[string][]reply
	log     []seen
	headers []http.Header
}

const (
	cloudInfo = `{"baseUrl":"https://site.atlassian.net","version":"1001.0.0-SNAPSHOT","versionNumbers":[1001,0,0],"deploymentType":"Cloud"}`
	dcInfo    = `{"baseUrl":"https://jira.test","version":"9.12.2","versionNumbers":[9,12,2],"deploymentType":"Server"}`
)

// newFake is a Jira of the flavour that knows only its own name.
func newFake(t *testing.T, f Flavour) *fakeJira {
	t.Helper()
	j := &fakeJira{t: t, clock: newFakeClock(), answers: map[string][]reply{}}
	info := cloudInfo
	if f == DataCenter {
		info = dcInfo
	}
	j.answers["GET /rest/api/2/serverInfo"] = []reply{ok(info)}
	return j
}

// on sets the answers for a place such as "GET /rest/api/2/myself".
func (j *fakeJira) on(place string, answers ...reply) *fakeJira {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.answers[place] = answers
	return j
}

func (j *fakeJira) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		if err := req.Body.Close(); err != nil {
			return nil, err
		}
	}
	r, found := j.next(req, body)
	if !found {
		j.t.Errorf("unexpected call: %s %s", req.Method, req.URL)
	}
	if r.then != nil {
		r.then()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	if r.status == 0 {
		r.status = http.StatusOK
	}
	h := http.Header{"Content-Type": {"application/json;charset=UTF-8"}}
	for k, v := range r.header {
		h.Set(k, v)
	}
	return &http.Response{StatusCode: r.status, Status: fmt.Sprint(r.status), Header: h, Request: req,
		Body: io.NopCloser(strings.NewReader(r.body))}, nil
}

func (j *fakeJira) next(req *http.Request, body []byte) (reply, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.log = append(j.log, seen{req.Method, req.URL.Path, req.URL.RawQuery, string(bytes.TrimSpace(body))})
	j.headers = append(j.headers, req.Header.Clone())
	place := req.Method + " " + req.URL.Path
	answers := j.answers[place]
	if len(answers) == 0 {
		return fails(http.StatusNotImplemented, ""), false
	}
	if len(answers) > 1 {
		j.answers[place] = answers[1:]
	}
	return answers[0], true
}

// calls are the requests so far, without the questions what Jira is.
func (j *fakeJira) calls() []seen {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []seen
	for _, s := range j.log {
		if !strings.HasSuffix(s.Path, "/serverInfo") {
			out = append(out, s)
		}
	}
	return out
}

// client is a client of the fake Jira. The options change its settings.
func (j *fakeJira) client(options ...func(*Config)) *Client {
	j.t.Helper()
	cfg := Config{BaseURL: testBase, Email: "bot@example.com", Token: testToken, Base: j, Now: j.clock.Now, Sleep: j.clock.Sleep,
		Budget: Budget{PerSecond: 1000, Burst: 1000}}
	for _, o := range options {
		o(&cfg)
	}
	c, err := NewClient(cfg)
	if err != nil {
		j.t.Fatalf("NewClient: %v", err)
	}
	return c
}

// wantCalls compares the requests so far, each as "METHOD path?query body".
func (j *fakeJira) wantCalls(want ...string) {
	j.t.Helper()
	var got []string
	for _, s := range j.calls() {
		line := s.Method + " " + s.Path
		if s.Query != "" {
			line += "?" + s.Query
		}
		if s.Body != "" {
			line += " " + s.Body
		}
		got = append(got, line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		j.t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func equal(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

// wantKind demands an *Error of the kind and returns it.
func wantKind(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	e, is := asError(err)
	if !is {
		t.Fatalf("want an *Error of kind %s, got %v", kind, err)
	}
	if e.Kind != kind {
		t.Fatalf("want kind %s, got %s: %v", kind, e.Kind, err)
	}
	return e
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	noError(t, err)
	return at.UTC()
}

func newReader(s string) *bytes.Reader { return bytes.NewReader([]byte(s)) }
