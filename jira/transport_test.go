package jira

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// dialError is what the standard transport returns when nobody listens.
func dialError() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", errors.New("connection refused"))}
}

// readError is what it returns when the connection breaks after the request was sent.
func readError() error {
	return &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", errors.New("connection reset by peer"))}
}

func TestWhichFailuresAreRepeated(t *testing.T) {
	wait := func(seconds string) map[string]string { return map[string]string{"Retry-After": seconds} }
	failures := []struct {
		name  string
		reply reply
		kind  Kind
		// how often each kind of call is sent when the failure stays, and what is known about its effect then
		read, put, post int
		executed        Executed
	}{
		{"no connection", reply{err: dialError()}, KindUnreachable, 3, 3, 3, ExecutedNo},
		{"unknown host", reply{err: &net.DNSError{Err: "no such host", Name: "jira.test"}}, KindUnreachable, 3, 3, 3, ExecutedNo},
		{"connection lost", reply{err: readError()}, KindUnavailable, 3, 1, 1, ExecutedMaybe},
		{"429 at once", reply{status: 429, header: wait("0")}, KindRateLimited, 3, 3, 3, ExecutedNo},
		{"429 in a second", reply{status: 429, header: wait("1")}, KindRateLimited, 3, 3, 3, ExecutedNo},
		{"429 in a minute", reply{status: 429, header: wait("60")}, KindRateLimited, 1, 1, 1, ExecutedNo},
		{"429 of one issue", reply{status: 429, header: map[string]string{"Retry-After": "1", "RateLimit-Reason": "jira-per-issue-on-write"}}, KindRateLimited, 3, 3, 3, ExecutedNo},
		{"429 of a quota", reply{status: 429, header: map[string]string{"Retry-After": "1", "RateLimit-Reason": "jira-quota-global-based"}}, KindRateLimited, 1, 1, 1, ExecutedNo},
		{"500", fails(500, ""), KindUnavailable, 1, 1, 1, ExecutedMaybe},
		{"502", fails(502, "<html>"), KindUnavailable, 3, 1, 1, ExecutedMaybe},
		{"503", fails(503, ""), KindUnavailable, 3, 1, 1, ExecutedMaybe},
		{"503 in a second", reply{status: 503, header: wait("1")}, KindUnavailable, 3, 3, 1, ExecutedMaybe},
		{"503 in a minute", reply{status: 503, header: wait("60")}, KindUnavailable, 1, 1, 1, ExecutedMaybe},
		{"504", fails(504, ""), KindUnavailable, 3, 1, 1, ExecutedMaybe},
		{"400", fails(400, sentences("no")), KindInvalid, 1, 1, 1, ExecutedNo},
		{"401", fails(401, ""), KindUnauthorized, 1, 1, 1, ExecutedNo},
		{"403", fails(403, ""), KindForbidden, 1, 1, 1, ExecutedNo},
		{"404", fails(404, ""), KindNotFound, 1, 1, 1, ExecutedNo},
		{"409", fails(409, ""), KindConflict, 1, 1, 1, ExecutedNo},
		{"302", reply{status: 302, header: map[string]string{"Location": "/login"}}, KindRedirect, 1, 1, 1, ExecutedMaybe},
		{"a login page with 200", ok("<html>"), KindMalformed, 1, 1, 1, ExecutedMaybe},
	}
	for _, f := range failures {
		t.Run(f.name, func(t *testing.T) {
			check := func(method, path string, want int, executed Executed, act func(c *Client) error) {
				t.Helper()
				j := newFake(t, DataCenter).on(method+" "+path, f.reply)
				e := wantKind(t, act(j.client()), f.kind)
				equal(t, method+" attempts", want, len(j.calls()))
				equal(t, method+" executed", executed, e.Executed)
				equal(t, method+" of the error", method, e.Method)
			}
			ctx := t.Context()
			check("GET", "/rest/api/2/myself", f.read, ExecutedNo, func(c *Client) error { _, err := c.Myself(ctx); return err })
			check("POST", "/rest/api/2/search", f.read, ExecutedNo, func(c *Client) error {
				_, err := c.Search(ctx, SearchQuery{JQL: "x"})
				return err
			})
			check("PUT", "/rest/api/2/issue/1", f.put, f.executed, func(c *Client) error {
				return c.EditIssue(ctx, "1", IssueEdit{AddLabels: []string{"x"}})
			})
			if f.kind != KindNotFound { // there DeleteIssueProperty is content
				check("DELETE", "/rest/api/2/issue/1/properties/k", f.put, f.executed, func(c *Client) error {
					return c.DeleteIssueProperty(ctx, "1", "k")
				})
			}
			check("POST", "/rest/agile/1.0/sprint", f.post, f.executed, func(c *Client) error {
				_, err := c.CreateSprint(ctx, NewSprint{BoardID: 1, Name: "n"})
				return err
			})
		})
	}
}

func TestARepeatedCallSendsItsBodyAgain(t *testing.T) {
	j := newFake(t, Cloud).on("POST /rest/agile/1.0/sprint/5",
		reply{status: 429, header: map[string]string{"Retry-After": "1"}}, reply{err: dialError()}, ok(`{"id":5,"state":"closed"}`))
	s, err := j.client().CloseSprint(t.Context(), 5, "stopped")
	noError(t, err)
	equal(t, "state", SprintClosed, s.State)
	const line = `POST /rest/agile/1.0/sprint/5 {"goal":"stopped","state":"closed"}`
	j.wantCalls(line, line, line)
}

func TestPausesGrowAreSpreadAndObeyTheServer(t *testing.T) {
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	tests := []struct {
		name  string
		rand  float64
		reply reply
		want  []time.Duration
	}{
		{"the shortest", 0, fails(503, ""), []time.Duration{ms(280), ms(560)}},
		{"the middle", 0.5, fails(503, ""), []time.Duration{ms(400), ms(800)}},
		{"the server says two seconds", 0, reply{status: 503, header: map[string]string{"Retry-After": "2"}}, []time.Duration{ms(2070), ms(2070)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET /rest/api/2/myself", tt.reply)
			_, err := j.client(func(c *Config) { c.Rand = func() float64 { return tt.rand } }).Myself(t.Context())
			wantKind(t, err, KindUnavailable)
			equal(t, "pauses", tt.want, j.clock.sleeps())
		})
	}
}

func TestNegativeMaxRetriesMeansOneAttempt(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", fails(503, ""))
	_, err := j.client(func(c *Config) { c.MaxRetries = -1 }).Myself(t.Context())
	wantKind(t, err, KindUnavailable)
	equal(t, "attempts", 1, len(j.calls()))
}

func TestRetriesAreLoggedWithoutIDsOrSecrets(t *testing.T) {
	var log bytes.Buffer
	j := newFake(t, Cloud).on("GET /rest/api/2/issue/SECRET-1", fails(503, testToken), ok(`{"id":"1"}`))
	_, err := j.client(func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) }).Issue(t.Context(), "SECRET-1", IssueQuery{})
	noError(t, err)
	line := log.String()
	if !strings.Contains(line, "route=rest/api/2/issue/{}") || !strings.Contains(line, "status=503") {
		t.Errorf("log lacks route or status: %s", line)
	}
	if strings.Contains(line, testToken) || strings.Contains(line, "SECRET-1") {
		t.Errorf("log tells too much: %s", line)
	}
}

func TestTheCallersEndIsNoFaultOfJira(t *testing.T) {
	why := errors.New("lease lost")
	t.Run("before anything is sent", func(t *testing.T) {
		j := newFake(t, Cloud)
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		_, err := j.client().CloseSprint(ctx, 1, "")
		e := wantKind(t, err, KindCancelled)
		if !errors.Is(err, why) || !errors.Is(err, context.Canceled) || e.Executed != ExecutedNo {
			t.Errorf("want cause, context.Canceled and executed=no, got %v (%s)", err, e.Executed)
		}
		j.wantCalls()
	})
	t.Run("while Jira works", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		j := newFake(t, Cloud).on("POST /rest/agile/1.0/sprint/1", reply{then: func() { cancel(why) }})
		_, err := j.client().CloseSprint(ctx, 1, "")
		e := wantKind(t, err, KindCancelled)
		if !errors.Is(err, why) || e.Executed != ExecutedMaybe {
			t.Errorf("want the cause and executed=maybe, got %v (%s)", err, e.Executed)
		}
		equal(t, "attempts", 1, len(j.calls()))
	})
	t.Run("in the pause before a repetition", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		j := newFake(t, Cloud).on("GET /rest/api/2/myself", fails(503, ""))
		c := j.client(func(cfg *Config) {
			cfg.Sleep = func(ctx context.Context, _ time.Duration) error { cancel(why); return context.Cause(ctx) }
		})
		_, err := c.Myself(ctx)
		wantKind(t, err, KindCancelled)
		if !errors.Is(err, why) {
			t.Errorf("want the cause, got %v", err)
		}
	})
}

func TestEachAttemptHasItsTimeOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var attempts atomic.Int32
		hang := roundTripper(func(r *http.Request) (*http.Response, error) {
			attempts.Add(1)
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		c, err := NewClient(Config{BaseURL: testBase, Token: testToken, Base: hang, Now: time.Now, Timeout: 3 * time.Second})
		noError(t, err)
		start := time.Now()
		_, err = c.Myself(t.Context())
		e := wantKind(t, err, KindUnavailable)
		equal(t, "a second time-out in a row ends it", int32(2), attempts.Load())
		equal(t, "Executed", ExecutedNo, e.Executed)
		equal(t, "time spent", 2*3*time.Second+400*time.Millisecond, time.Since(start))

		attempts.Store(0)
		_, err = c.CloseSprint(t.Context(), 1, "")
		e = wantKind(t, err, KindUnavailable)
		equal(t, "attempts of a POST", int32(1), attempts.Load())
		equal(t, "Executed", ExecutedMaybe, e.Executed)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the cause is lost: %v", err)
		}
	})
}

// roundTripper makes a function an http.RoundTripper.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// trickle is a body that breaks after its text.
type trickle struct {
	io.Reader
	err    error
	closed *bool
}

func (b trickle) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = b.err
	}
	return n, err
}

func (b trickle) Close() error { *b.closed = true; return nil }

func TestABrokenBodyIsClosedAndTellsWhetherTheCallWasExecuted(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   io.Reader
		kind   Kind
		want   Executed
	}{
		{"cut after a success", 201, strings.NewReader(`{"id":`), KindUnavailable, ExecutedYes},
		{"cut after a failure", 502, strings.NewReader(`<html`), KindUnavailable, ExecutedMaybe},
		{"endless", 200, endless{}, KindMalformed, ExecutedYes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			closed := false
			base := roundTripper(func(r *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: tt.status, Header: http.Header{}, Request: r,
					Body: trickle{tt.body, io.ErrUnexpectedEOF, &closed}}, nil
			})
			clock := newFakeClock()
			c, err := NewClient(Config{BaseURL: testBase, Token: testToken, Base: base, Now: clock.Now, Sleep: clock.Sleep})
			noError(t, err)
			_, _, err = c.CreateIssue(t.Context(), NewIssue{ProjectID: "1", TypeID: "1", Summary: "s"})
			e := wantKind(t, err, tt.kind)
			equal(t, "Executed", tt.want, e.Executed)
			equal(t, "closed", true, closed)
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestConnectionsAreReusedWhoeverForgetsToClose(t *testing.T) {
	var mu sync.Mutex
	lines := map[string]bool{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lines[r.RemoteAddr] = true
		mu.Unlock()
		switch r.URL.Path {
		case "/rest/api/2/myself":
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, sentences(strings.Repeat("long ", 2000)))
		case "/rest/agile/1.0/sprint/1/issue":
			fmt.Fprint(w, `{"unexpected":"answer"}`)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	defer srv.Close()
	c, err := NewClient(Config{BaseURL: srv.URL, Token: testToken, Now: time.Now})
	noError(t, err)
	for range 5 {
		_, err := c.Myself(t.Context())
		wantKind(t, err, KindNotFound)
		_, err = c.MoveToSprint(t.Context(), 1, []string{"1"})
		noError(t, err)
		noError(t, c.Transition(t.Context(), "1", "2", nil))
		noError(t, c.SetIssueProperty(t.Context(), "1", "k", 1))
	}
	equal(t, "connections", 1, len(lines))
}

func TestNothingListeningIsUnreachableEvenForAPost(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	noError(t, err)
	address := l.Addr().String()
	noError(t, l.Close())
	clock := newFakeClock()
	c, err := NewClient(Config{BaseURL: "http://" + address, Token: testToken, Now: clock.Now, Sleep: clock.Sleep})
	noError(t, err)
	_, err = c.CloseSprint(t.Context(), 1, "")
	e := wantKind(t, err, KindUnreachable)
	equal(t, "Executed", ExecutedNo, e.Executed)
	equal(t, "pauses", 2, len(clock.sleeps()))
}

func TestAServerThatIsNotTrustedIsUnreachable(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	defer srv.Close()
	clock := newFakeClock()
	c, err := NewClient(Config{BaseURL: srv.URL, Token: testToken, Now: clock.Now, Sleep: clock.Sleep, MaxRetries: -1})
	noError(t, err)
	_, err = c.CloseSprint(t.Context(), 1, "")
	e := wantKind(t, err, KindUnreachable)
	equal(t, "Executed", ExecutedNo, e.Executed)
}

func TestAConnectionLostAfterSendingMayHaveBeenExecuted(t *testing.T) {
	var calls atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}))
	defer srv.Close()
	clock := newFakeClock()
	c, err := NewClient(Config{BaseURL: srv.URL, Token: testToken, Now: clock.Now, Sleep: clock.Sleep})
	noError(t, err)
	_, err = c.CloseSprint(t.Context(), 1, "")
	e := wantKind(t, err, KindUnavailable)
	equal(t, "Executed", ExecutedMaybe, e.Executed)
	equal(t, "times sent", int32(1), calls.Load())
}

func TestRewinderCanBeReadAgainAfterClose(t *testing.T) {
	r := rewinder{bytes.NewReader([]byte("text"))}
	for range 2 {
		got, err := io.ReadAll(r)
		noError(t, err)
		equal(t, "text", "text", string(got))
		noError(t, r.Close())
	}
}
