package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testSecret = "canary-secret-0123456789"
	testToken  = "canary-token-0123456789"
	signedPath = "/webhooks/jira"
	tokenPath  = signedPath + "/" + testToken
)

// fakeHints remembers what was added, as "key note note", and does what fail says.
type fakeHints struct {
	mu    sync.Mutex
	added []string
	fail  func(ctx context.Context, key string) error
}

func (f *fakeHints) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	if f.fail != nil {
		if err := f.fail(ctx, key); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.added = append(f.added, strings.Join(append([]string{key}, notes...), " "))
	return nil
}

// take returns what was added since the last call, joined by "; ".
func (f *fakeHints) take() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := strings.Join(f.added, "; ")
	f.added = nil
	return all
}

// fakeKnown watches the projects listed, or all with "*".
type fakeKnown struct {
	watched []string
	boards  map[int64]string
}

func (f fakeKnown) Watched(key string) bool {
	return slices.Contains(f.watched, key) || slices.Contains(f.watched, "*")
}

func (f fakeKnown) ProjectOfBoard(id int64) (string, bool) {
	key, ok := f.boards[id]
	return key, ok
}

// fakeClock stands still until it is moved.
type fakeClock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *fakeClock { return &fakeClock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} }

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *fakeClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// lockedBuffer takes log lines from several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// rig is a Server with everything around it replaced.
type rig struct {
	*Server
	hints *fakeHints
	clock *fakeClock
	log   *lockedBuffer
	reg   *prometheus.Registry
}

func testConfig() Config {
	return Config{
		Secrets: []string{testSecret}, PathToken: testToken,
		Labels: []string{"disaster", "disaster-security", "system-offline", "sprint-resume"},
	}
}

func newRig(t testing.TB, cfg Config, known Known, checks ...Check) *rig {
	t.Helper()
	r := &rig{hints: &fakeHints{}, clock: newClock(), log: &lockedBuffer{}, reg: prometheus.NewRegistry()}
	s, err := New(cfg, Deps{
		Hints: r.hints, Known: known, Checks: checks, Now: r.clock.now, Registry: r.reg,
		Log: slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Server = s
	return r
}

func sign(secret, body string) string {
	h := hmac.New(sha256.New, []byte(secret))
	io.WriteString(h, body)
	return "sha256=" + hex.EncodeToString(h.Sum(nil))
}

// do sends one request; each of header is "Name: value".
func (r *rig) do(method, path, body string, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		req.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	return w
}

// post sends a signed webhook, and returns what became of it: the status, and what was left on the queue.
func (r *rig) post(body string) string {
	w := r.do(http.MethodPost, signedPath, body, "X-Hub-Signature: "+sign(testSecret, body))
	return strings.TrimSpace(fmt.Sprint(w.Code, " ", r.hints.take()))
}

// counted returns how many webhooks had each outcome, without the zeros: "dropped=2 queued=1".
func (r *rig) counted(t testing.TB) string {
	t.Helper()
	families, err := r.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, family := range families {
		if family.GetName() != "andon_webhook_requests_total" {
			continue
		}
		for _, m := range family.GetMetric() {
			if n := m.GetCounter().GetValue(); n > 0 {
				all = append(all, fmt.Sprintf("%s=%v", m.GetLabel()[0].GetValue(), n))
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// pad makes a payload larger than what is always read as a whole, without changing what it says.
func pad(body string) string {
	filler := `,"padding":"` + strings.Repeat("x", readFrom) + `"}`
	return strings.TrimSuffix(strings.TrimSpace(body), "}") + filler
}
