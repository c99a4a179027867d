package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/jira/jiratest/apispec"
	"andon/webhook/queue"
)

// world is a simulated Jira and an andon that looks after it, in one goroutine and on a
// clock that only moves when it is told to. Both talk through their real HTTP handlers,
// signatures included, but without a network.
type world struct {
	t     testing.TB
	jira  *jiratest.Jira
	seed  jiratest.Demo
	app   *app
	clock *testClock
	log   *syncBuffer
	// passes are the looks since the last take.
	passes []jira.Pass
	env    map[string]string
	// between answers a call instead of Jira where it says true.
	between func(rw http.ResponseWriter, req *http.Request) bool
	// spoil changes Jira's answers on their way to andon, if it is set.
	spoil func(req *http.Request, answer *httptest.ResponseRecorder)
	// heard is told of every call of andon's before Jira gets it, if it is set.
	heard func(req *http.Request)
	// judge is told what Atlassian's description says to each call, if it is set.
	judge func(apispec.Verdict)
	// post carries what andon tells over channels.
	post post
}

// testClock moves a millisecond at each reading, so that nothing happens twice at one
// moment, and otherwise when it is told to. The simulation looks at it without the lock while
// every replica stands still: the race detector then finds what did not wait for its turn.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func (c *testClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// syncBuffer is a log that many may write.
type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// inProcess calls a handler where a network would be.
type inProcess struct{ h http.Handler }

func (p inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		req.Body = http.NoBody
	}
	in := req.Clone(req.Context())
	in.RequestURI = req.URL.RequestURI()
	in.RemoteAddr = "127.0.0.1:1"
	rec := httptest.NewRecorder()
	p.h.ServeHTTP(rec, in)
	_, err := io.Copy(io.Discard, req.Body)
	resp := rec.Result()
	resp.Request = req
	return resp, err
}

const testSecret = "a-secret-for-tests-only"

// newWorld makes a world with the demo's seed. Settings change what andon is set to.
func newWorld(t testing.TB, flavour jiratest.Flavour, settings ...string) *world {
	t.Helper()
	w := &world{t: t, clock: &testClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, log: &syncBuffer{}}
	w.jira = jiratest.New(jiratest.Options{Flavour: flavour, Now: w.clock.Now, BaseURL: "https://jira.example.com"})
	seed, err := jiratest.SeedDemo(w.jira)
	if err != nil {
		t.Fatal(err)
	}
	w.seed = seed
	w.env = map[string]string{"ANDON_JIRA_URL": "https://jira.example.com", "ANDON_JIRA_EMAIL": "andon@example.com", "ANDON_JIRA_TOKEN": "demo",
		"ANDON_WEBHOOK_SECRET": testSecret, "ANDON_WEBHOOK_PATH_TOKEN": testSecret + "-path", "ANDON_JIRA_RPS": "500", "ANDON_LOG_LEVEL": "DEBUG"}
	if flavour == jiratest.DataCenter {
		w.env["ANDON_JIRA_EMAIL"] = "andon"
	}
	for _, s := range settings {
		name, value, _ := strings.Cut(s, "=")
		w.env[name] = value
	}
	w.boot()
	url := "https://andon.example.com/webhooks/jira"
	hook := jiratest.Webhook{Name: "andon", URL: url, Enabled: true, Events: webhookEvents(), Secret: testSecret}
	if flavour == jiratest.DataCenter {
		hook.URL, hook.Secret = url+"/"+testSecret+"-path", ""
	}
	if _, err := w.jira.AddWebhook(hook); err != nil {
		t.Fatal(err)
	}
	return w
}

// boot starts an andon with an empty memory and an empty queue, as after a crash that
// took Redis along.
func (w *world) boot() {
	w.t.Helper()
	var environ []string
	for name, value := range w.env {
		environ = append(environ, name+"="+value)
	}
	slices.Sort(environ)
	cfg, err := Load(environ)
	if err != nil {
		w.t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.app, err = newApp(cfg, appOptions{log: log, now: w.clock.Now, transport: w.judged(inProcess{http.HandlerFunc(w.serve)}), sideBySide: 1, carry: w.post.carry,
		sleep:   func(_ context.Context, d time.Duration) error { w.clock.Advance(d); return nil },
		observe: func(p jira.Pass) { w.passes = append(w.passes, p) }})
	if err != nil {
		w.t.Fatal(err)
	}
	w.jira.SetWebhookClient(&http.Client{Transport: inProcess{w.app.server}})
	w.sweep()
}

// serve is Jira as andon reaches it.
func (w *world) serve(rw http.ResponseWriter, req *http.Request) {
	if w.heard != nil {
		w.heard(req)
	}
	if w.spoil != nil {
		to, answer := rw, httptest.NewRecorder()
		defer func() { w.spoil(req, answer); w.pass(to, answer) }()
		rw = answer
	}
	if w.between == nil || !w.between(rw, req) {
		w.jira.ServeHTTP(rw, req)
	}
}

// pass hands on a recorded answer.
func (w *world) pass(to http.ResponseWriter, answer *httptest.ResponseRecorder) {
	maps.Copy(to.Header(), answer.Header())
	to.Header().Del("Content-Length")
	to.WriteHeader(answer.Code)
	if answer.Body.Len() == 0 {
		return // 204 may not have a body, not even an empty one
	}
	if _, err := to.Write(answer.Body.Bytes()); err != nil {
		w.t.Error(err)
	}
}

// sweep queues a look through the whole site.
func (w *world) sweep() {
	w.t.Helper()
	if err := w.app.queue.Add(w.t.Context(), sweepKey, 0); err != nil {
		w.t.Fatal(err)
	}
}

// settle delivers webhooks and works until nothing is due. It gives the errors of the
// looks that failed.
func (w *world) settle() []error {
	w.t.Helper()
	var failed []error
	for range 500 {
		w.jira.DeliverAll(w.t.Context())
		stats, err := w.app.queue.Stats(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if stats.Due == 0 {
			return failed
		}
		if err := w.workOnce(); err != nil {
			failed = append(failed, err)
		}
	}
	w.t.Fatalf("the system does not settle; the last looks failed with %v", failed)
	return nil
}

// workOnce works on one key as the worker pool does.
func (w *world) workOnce() error {
	w.t.Helper()
	it, err := w.app.queue.Take(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	again, err := w.app.reconciler.Handle(w.t.Context(), it.Key, it.Notes)
	out := queue.Outcome{Again: again}
	if err != nil {
		out = queue.Outcome{Failed: true, Again: time.Second}
		err = fmt.Errorf("%s: %w", it.Key, err)
	}
	if doneErr := w.app.queue.Done(context.WithoutCancel(w.t.Context()), it, out); doneErr != nil {
		w.t.Fatal(doneErr)
	}
	return err
}

// must fails the test if a person's act failed.
func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// after is a person's act followed by everything that comes of it.
func (w *world) after(err error) {
	w.t.Helper()
	w.must(err)
	for _, err := range w.settle() {
		w.t.Errorf("a look failed: %v", err)
	}
}

// quiet checks that a settled system writes nothing more, whatever is looked at again.
func (w *world) quiet() {
	w.t.Helper()
	before := w.jira.Writes()
	for _, key := range []string{"project:SHOP", "project:BLOG", sweepKey} {
		w.must(w.app.queue.Add(w.t.Context(), key, 0))
	}
	for _, err := range w.settle() {
		w.t.Errorf("a look at a settled system failed: %v", err)
	}
	if n := w.jira.Writes() - before; n != 0 {
		w.t.Errorf("a settled system was written to %d times: %s", n, w.lastWrites())
	}
}

// lastWrites are the last actions that andon carried out.
func (w *world) lastWrites() string {
	var out []string
	for _, p := range w.passes[max(0, len(w.passes)-5):] {
		for _, a := range p.Done {
			out = append(out, a.Key())
		}
	}
	return strings.Join(out, ", ")
}

// sprintIs checks the state of a sprint; an empty state means that it is gone.
func (w *world) sprintIs(id int64, state string) {
	w.t.Helper()
	s, there := w.jira.Sprint(id)
	if got := s.State; there != (state != "") || got != state {
		w.t.Errorf("sprint %d is %q, want %q", id, got, state)
	}
}

// cancelledBy checks that a sprint is closed and carries the mark of a disaster.
func (w *world) cancelledBy(id int64, key string) {
	w.t.Helper()
	w.sprintIs(id, jiratest.SprintClosed)
	if s, _ := w.jira.Sprint(id); !strings.HasPrefix(s.Goal, "CANCELLED by "+key+":") {
		w.t.Errorf("goal of sprint %d is %q, want the mark of %s", id, s.Goal, key)
	}
}

// comments are the texts of andon's comments on an issue.
func (w *world) comments(key string) []string {
	bot, _ := w.jira.User("andon@example.com")
	var out []string
	for _, c := range w.jira.Comments(key) {
		if c.Author == bot.ID {
			out = append(out, c.Body)
		}
	}
	return out
}

// says checks that exactly n comments of andon on an issue hold a text.
func (w *world) says(key, text string, n int) {
	w.t.Helper()
	got := 0
	for _, c := range w.comments(key) {
		if strings.Contains(c, text) {
			got++
		}
	}
	if got != n {
		w.t.Errorf("%d comments on %s say %q, want %d; there are:\n%s", got, key, text, n, strings.Join(w.comments(key), "\n----\n"))
	}
}

// tasksAre checks the number of sub-tasks of an issue.
func (w *world) tasksAre(key string, n int) {
	w.t.Helper()
	if got := len(w.jira.Subtasks(key)); got != n {
		w.t.Errorf("%s has %d sub-tasks, want %d", key, got, n)
	}
}

// cause is the root-cause task of a disaster.
func (w *world) cause(key string) string {
	w.t.Helper()
	found := ""
	for _, s := range w.jira.Subtasks(key) {
		if strings.HasSuffix(s.Summary, "Investigate the root cause") {
			found = s.Key
		}
	}
	if found == "" {
		w.t.Fatalf("%s has no root-cause task", key)
	}
	return found
}

// bothFlavours runs a story on Jira Cloud and on Data Center.
func bothFlavours(t *testing.T, story func(t *testing.T, w *world), settings ...string) {
	t.Helper()
	for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(fmt.Sprint(f), func(t *testing.T) { story(t, newWorld(t, f, settings...)) })
	}
}
