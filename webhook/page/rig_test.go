package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"andon/webhook/page"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	secret = "canary-secret-0123456789"
	token  = "canary-token-0123456789"
)

// rig is a page with a shelf and a log.
type rig struct {
	*testing.T
	page  *page.Page
	shelf *fakeShelf
	log   *bytes.Buffer
	now   time.Time
}

// newRig makes a page that has secret and token, changed as asked for.
func newRig(t *testing.T, change func(*page.Config)) *rig {
	t.Helper()
	r := &rig{T: t, shelf: &fakeShelf{values: map[string][]byte{}, waits: map[chan struct{}]bool{}}, log: &bytes.Buffer{}, now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)}
	cfg := page.Config{Secrets: []string{secret}, Tokens: []string{token}}
	if change != nil {
		change(&cfg)
	}
	p, err := page.New(cfg, page.Deps{Shelf: r.shelf, Now: func() time.Time { return r.now }, Log: slog.New(slog.NewTextHandler(r.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	r.page = p
	t.Cleanup(p.Close)
	return r
}

// put puts a disaster on the shelf.
func (r *rig) put(d page.Disaster) {
	r.Helper()
	raw, err := json.Marshal(d)
	if err != nil {
		r.Fatal(err)
	}
	r.shelf.put(page.Name(d.Project, d.Issue), raw)
}

// do makes a request with changes to it.
func (r *rig) do(method, path string, change ...func(*http.Request)) *http.Response {
	r.Helper()
	req := httptest.NewRequest(method, path, nil)
	for _, c := range change {
		c(req)
	}
	w := httptest.NewRecorder()
	r.page.ServeHTTP(w, req)
	return w.Result()
}

// link is the path of the link to a disaster.
func link(project, issue string) string { return page.Link("", secret, project, issue) }

// with hands cookies on as a browser does: where the path matches.
func with(cookies []*http.Cookie) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range cookies {
			if r.URL.Path == c.Path || strings.HasPrefix(r.URL.Path, c.Path+"/") {
				r.AddCookie(c)
			}
		}
	}
}

// bearer sends a token in the header.
func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// filled sends a form.
func filled(token string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = io.NopCloser(strings.NewReader("token=" + token))
	}
}

// text is the body of an answer.
func text(t testing.TB, resp *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// wants expects a status and texts in the body, and none of those with a minus before them.
func wants(t testing.TB, resp *http.Response, status int, texts ...string) string {
	t.Helper()
	body := text(t, resp)
	if resp.StatusCode != status {
		t.Errorf("status %d, want %d", resp.StatusCode, status)
	}
	for _, want := range texts {
		if not, is := strings.CutPrefix(want, "-"); is && strings.Contains(body, not) {
			t.Errorf("the answer says %q:\n%s", not, body)
		} else if !is && !strings.Contains(body, want) {
			t.Errorf("the answer does not say %q:\n%s", want, body)
		}
	}
	return body
}

// disaster is one with something of everything.
func disaster(issue string) page.Disaster {
	at := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	return page.Disaster{
		Seen: at.Add(3 * time.Hour), Project: "10000", Issue: issue, ProjectKey: "SHOP", ProjectName: "Shop", Key: "SHOP-" + issue, Summary: "Orders disappear",
		URL: "https://jira.example.com/browse/SHOP-" + issue, Phase: "recovering", Headline: "recovering, planning is frozen", Reason: "SHOP-9 is open",
		Next: "the team works the tasks", Kinds: []string{"data"}, DeclaredBy: "Paula Owner", DeclaredAt: at, Mode: "system-offline", ModeSince: at.Add(time.Hour),
		Frozen: true, FrozenSince: at, Clocks: []page.Clock{{Name: "Recovery", From: at, Due: at.Add(4 * time.Hour)}},
		Tasks: []page.Task{
			{Key: "SHOP-8", URL: "https://jira.example.com/browse/SHOP-8", Title: "Verify the backup", Status: "Done", Resolution: "Done", Assignee: "Dana Developer", Gate: "return to service", Done: true},
			{Key: "SHOP-9", Title: "Investigate the root cause", Status: "In Progress", Gate: "root cause", Doing: true},
		},
		Gates:      []page.Gate{{Name: "Return to service", Why: "one task is open", Waits: []string{"SHOP-9"}}, {Name: "Consultation", Passed: true, Why: "recorded"}},
		Violations: []page.Violation{{What: `sprint 12 "Next" was started`, By: "Sam Master", At: at.Add(time.Hour), Undone: at.Add(time.Hour), Times: 2}},
		Sprints:    []string{`7 "SHOP Sprint 7" cancelled`}, Trouble: []string{"Jira refused to close sprint 8."},
		Steps:   []page.Step{{At: at, Text: "declared with the label disaster", By: "Paula Owner"}},
		Picture: `<svg viewBox="0 0 10 10"><title>Timeline</title><rect width="5" height="2" fill="red"/></svg>`,
	}
}

// fakeShelf is a shelf in memory.
type fakeShelf struct {
	mu     sync.Mutex
	values map[string][]byte
	waits  map[chan struct{}]bool
	broken error
}

func (s *fakeShelf) put(name string, value []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name] = value
	for w := range s.waits {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

func (s *fakeShelf) Get(_ context.Context, name string) ([]byte, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, there := s.values[name]
	return v, there, s.broken
}

func (s *fakeShelf) All(context.Context) (map[string][]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.values), s.broken
}

func (s *fakeShelf) Changes() (<-chan struct{}, func()) {
	w := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits[w] = true
	return w, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.waits, w)
	}
}

// listeners is how many wait for changes.
func (s *fakeShelf) listeners() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waits)
}
