package jira

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"andon/rules"
)

// tracer notes what is traced, as "parent > name attributes: fault".
type tracer struct {
	mu    sync.Mutex
	lines []string
}

type tracerKey struct{}

func (r *tracer) begin(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
	outer, _ := ctx.Value(tracerKey{}).(string)
	path := strings.TrimPrefix(outer+" > "+name, " > ")
	return context.WithValue(ctx, tracerKey{}, path), func(err error, more ...slog.Attr) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.lines = append(r.lines, fmt.Sprintf("%s %v failed=%t", path, append(attrs, more...), err != nil))
	}
}

func TestEachAttemptIsTracedWithItsRouteAndStatus(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/issue/SHOP-6", reply{status: 503, body: "secret text"}, ok(`{"id":"6","key":"SHOP-6","fields":{}}`))
	var r tracer
	c := j.client(func(cfg *Config) { cfg.Trace = r.begin })
	_, err := c.Issue(t.Context(), "SHOP-6", IssueQuery{})
	noError(t, err)
	equal(t, "the traces", []string{
		"jira GET rest/api/2/issue/{} [http.response.status_code=503 error.type=unavailable] failed=true",
		"jira GET rest/api/2/issue/{} [http.response.status_code=200] failed=false",
	}, r.lines)
}

func TestACallThatIsRefusedBeforeItIsSentIsNotTraced(t *testing.T) {
	j := newFake(t, Cloud)
	var r tracer
	c := j.client(func(cfg *Config) { cfg.Trace = r.begin })
	if err := c.ReadOnly().SetIssueProperty(t.Context(), "6", "andon", []byte(`{}`)); !IsReadOnly(err) {
		t.Errorf("%v", err)
	}
	equal(t, "the traces", 0, len(r.lines))
}

// waits notes what the client waits for.
type waits struct {
	mu   sync.Mutex
	list []string
}

func (w *waits) add(reason string, d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, reason+" "+d.Round(100*time.Millisecond).String())
}

func TestWaitsAreToldWithTheirReason(t *testing.T) {
	for _, c := range []struct {
		name  string
		tight bool
		first reply
		want  []string
	}{
		{"nothing to wait for", false, ok(`{"accountId":"bot"}`), nil},
		{"Jira fails", false, reply{status: 503}, []string{"retry 400ms"}},
		{"Jira asks for a moment", false, limited("", "1"), []string{"rate_limit 1.1s"}},
		{"Jira asks for more than a call may wait", false, limited("", "60"), []string{"rate_limit 1m0s"}},
		{"our own budget", true, ok(`{"accountId":"bot"}`), []string{"budget 500ms"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET /rest/api/2/myself", c.first, ok(`{"accountId":"bot"}`))
			var w waits
			client := j.client(func(cfg *Config) {
				cfg.Waited = w.add
				if c.tight {
					cfg.Budget = Budget{PerSecond: 2, Burst: 2}
				}
			})
			calls := 1
			if c.tight {
				calls = 3
			}
			for range calls {
				_, err := client.Myself(t.Context())
				if err != nil && KindOf(err) != KindRateLimited {
					t.Error(err)
				}
			}
			equal(t, "the waits", c.want, w.list)
		})
	}
}

func TestALineAboutACallThatFailedNamesWhatItWasAbout(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", reply{status: 503}, ok(`{"accountId":"bot"}`))
	var log bytes.Buffer
	c := j.client(func(cfg *Config) { cfg.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	ctx := withSubject(withSubject(t.Context(), slog.String("project", "SHOP")), slog.String("action", "status/6"))
	_, err := c.Myself(ctx)
	noError(t, err)
	if !strings.Contains(log.String(), "project=SHOP action=status/6 method=GET") {
		t.Errorf("the line is %s", log.String())
	}
	equal(t, "what others are about", 0, len(subjectOf(t.Context())))
}

func TestTheIssueOfAnAction(t *testing.T) {
	f := rules.Facts{Disasters: []rules.Disaster{{ID: "10000", Key: "SHOP-1"}, {ID: "10001"}}}
	for action, want := range map[string]string{
		"status/10000":           "SHOP-1",
		"cancel-sprint/10000/12": "SHOP-1",
		"status/10001":           "10001", // nobody can read it
		"say/10002/welcome":      "10002", // gone
		"remember-project/10000": "",      // a project may have the same number
		"swap-scheme/10000":      "",
		"drop-scheme/10000":      "",
		"unheard":                "",
	} {
		equal(t, action, want, issueOf(f, action))
	}
}
