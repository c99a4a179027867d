package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const relevant = `{"webhookEvent":"sprint_started","sprint":{"id":1,"originBoardId":9}}`

// errorOf returns the message of an error answer, after checking its form.
func errorOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var body struct{ Error string }
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Error == "" {
		t.Errorf("an answer of %d without a JSON error: %q", w.Code, w.Body)
	}
	if ct := w.Header().Get("Content-Type"); ct != "application/json; charset=utf-8" {
		t.Errorf("an answer of %d of type %q", w.Code, ct)
	}
	return body.Error
}

func TestWhatIsAnswered(t *testing.T) {
	t.Parallel()
	good := "X-Hub-Signature: " + sign(testSecret, relevant)
	signedBody := func(body string) []string { return []string{"X-Hub-Signature: " + sign(testSecret, body)} }
	deep := strings.Repeat(`{"a":`, 1_000_000) + "1" + strings.Repeat("}", 1_000_000)
	large := `{"a":"` + strings.Repeat("x", 3<<20) + `"}`
	for _, tt := range []struct {
		name, path, body string
		header           []string
		status           int
		outcome          string
	}{
		{"signed and relevant", signedPath, relevant, []string{good}, 202, "queued"},
		{"of another content type", signedPath, relevant, []string{good, "Content-Type: text/plain"}, 202, "queued"},
		{"with a content encoding that means none", signedPath, relevant, []string{good, "Content-Encoding: Identity"}, 202, "queued"},
		{"signed and irrelevant", signedPath, `{"webhookEvent":"user_created"}`, signedBody(`{"webhookEvent":"user_created"}`), 204, "dropped"},
		{"white space around", signedPath, "\n" + relevant + "\n", signedBody("\n" + relevant + "\n"), 202, "queued"},
		{"unsigned", signedPath, relevant, nil, 401, "unauthorized"},
		{"unsigned and empty", signedPath, "", nil, 401, "unauthorized"},
		{"signed twice", signedPath, relevant, []string{good, good}, 401, "unauthorized"},
		{"signed with another secret", signedPath, relevant, []string{"X-Hub-Signature: " + sign("another-secret-0123", relevant)}, 401, "unauthorized"},
		{"signed with an empty secret", signedPath, relevant, []string{"X-Hub-Signature: " + sign("", relevant)}, 401, "unauthorized"},
		{"signature of another body", signedPath, relevant + " ", []string{good}, 401, "unauthorized"},
		{"another method", signedPath, relevant, []string{"X-Hub-Signature: sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709"}, 401, "unauthorized"},
		{"the newer header's name", signedPath, relevant, []string{"X-Hub-Signature-256: " + sign(testSecret, relevant)}, 401, "unauthorized"},
		{"empty", signedPath, "", signedBody(""), 400, "invalid"},
		{"no JSON", signedPath, "hello", signedBody("hello"), 400, "invalid"},
		{"only white space", signedPath, " \n", signedBody(" \n"), 400, "invalid"},
		{"a list", signedPath, "[" + relevant + "]", signedBody("[" + relevant + "]"), 400, "invalid"},
		{"null", signedPath, "null", signedBody("null"), 400, "invalid"},
		{"JSON that ends in the middle", signedPath, relevant[:30], signedBody(relevant[:30]), 400, "invalid"},
		{"broken JSON", signedPath, `{"webhookEvent":"user_created",}`, signedBody(`{"webhookEvent":"user_created",}`), 400, "invalid"},
		{"two documents", signedPath, relevant + relevant, signedBody(relevant + relevant), 400, "invalid"},
		{"nested too deeply", signedPath, deep[:1<<20], signedBody(deep[:1<<20]), 400, "invalid"},
		{"not UTF-8", signedPath, "{\"a\":\"\xff\"}", signedBody("{\"a\":\"\xff\"}"), 400, "invalid"},
		{"UTF-16", signedPath, "\xff\xfe{\x00}\x00", signedBody("\xff\xfe{\x00}\x00"), 400, "invalid"},
		{"a zero byte", signedPath, "{\"a\":\"\x00\"}", signedBody("{\"a\":\"\x00\"}"), 400, "invalid"},
		{"compressed", signedPath, relevant, []string{good, "Content-Encoding: gzip"}, 415, "invalid"},
		{"compressed twice", signedPath, relevant, []string{good, "Content-Encoding: identity", "Content-Encoding: br"}, 415, "invalid"},
		{"too large", signedPath, large, signedBody(large), 413, "too_large"},

		{"with the token", tokenPath, relevant, nil, 202, "queued"},
		{"with the token and a signature", tokenPath, relevant, []string{good}, 202, "queued"},
		{"with the token and a wrong signature", tokenPath, relevant + " ", []string{good}, 401, "unauthorized"},
		{"with the token and two signatures", tokenPath, relevant, []string{good, good}, 401, "unauthorized"},
		{"with the token and an empty signature", tokenPath, relevant, []string{"X-Hub-Signature: "}, 401, "unauthorized"},
		{"with a wrong token", signedPath + "/canary-token-012345678x", relevant, nil, 404, "unauthorized"},
		{"with a wrong token but signed", signedPath + "/x", relevant, []string{good}, 404, "unauthorized"},
		{"with something after the token", tokenPath + "/x", relevant, []string{good}, 404, "unauthorized"},
	} {
		rig := newRig(t, testConfig(), fakeKnown{})
		w := rig.do(http.MethodPost, tt.path, tt.body, tt.header...)
		if w.Code != tt.status {
			t.Errorf("%s: answered %d, want %d (%s)", tt.name, w.Code, tt.status, w.Body)
		}
		if got, want := rig.counted(t), tt.outcome+"=1"; got != want {
			t.Errorf("%s: counted %q, want %q", tt.name, got, want)
		}
		if w.Code >= 400 {
			errorOf(t, w)
		} else if w.Body.Len() > 0 {
			t.Errorf("%s: a body nobody asked for: %q", tt.name, w.Body)
		}
		if got := rig.hints.take(); (got != "") != (tt.status == 202) {
			t.Errorf("%s: answered %d and queued %q", tt.name, w.Code, got)
		}
		if rig.bodies.lent.Load() != 0 {
			t.Errorf("%s: %d bytes are not given back", tt.name, rig.bodies.lent.Load())
		}
		if logged := rig.log.String(); strings.Contains(logged, "canary") || strings.Contains(logged, "sprint_started") {
			t.Errorf("%s: a secret or the body is in the log: %s", tt.name, logged)
		}
		if logged := rig.log.String(); (logged != "") != (w.Code >= 400) {
			t.Errorf("%s: answered %d and logged %q", tt.name, w.Code, logged)
		}
	}
}

func TestOtherPathsAndMethods(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	for _, tt := range []struct {
		method, path string
		status       int
	}{
		{"GET", signedPath, 405}, {"HEAD", signedPath, 405}, {"PUT", signedPath, 405}, {"DELETE", tokenPath, 405}, {"GET", tokenPath, 405},
		{"OPTIONS", signedPath, 405}, {"TRACE", "/", 405}, {"PATCH", "/nowhere", 405}, {"CONNECT", "/", 405}, {"BREW", "/", 405}, {"post", signedPath, 405},
		{"POST", "/healthz", 405}, {"POST", "/", 405}, {"POST", signedPath + "/", 404}, {"POST", "/webhooks", 404}, {"POST", "/webhooks/jira2", 404},
		{"GET", "/nowhere", 404}, {"GET", "/metrics", 404}, {"GET", "/webhooks/../healthz", 404}, {"GET", "/debug/pprof/", 404},
		{"GET", "/", 200}, {"HEAD", "/", 200}, {"GET", "/healthz", 200}, {"HEAD", "/healthz", 200}, {"GET", "/readyz", 200},
	} {
		w := rig.do(tt.method, tt.path, "")
		if w.Code != tt.status {
			t.Errorf("%s %s: %d, want %d", tt.method, tt.path, w.Code, tt.status)
		}
		if w.Code >= 400 {
			errorOf(t, w)
		}
		if w.Code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s: 405 without Allow", tt.method, tt.path)
		}
		if strings.Contains(strings.ToLower(w.Body.String()+w.Header().Get("Server")), "echo") {
			t.Errorf("%s %s: the answer tells what the server is made of: %q", tt.method, tt.path, w.Body)
		}
	}
	if got := rig.counted(t); got != "" {
		t.Errorf("counted as webhooks: %s", got)
	}
}

func TestWithoutASecretOnlyTheTokenCounts(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.Secrets = nil
	rig := newRig(t, cfg, fakeKnown{})
	if w := rig.do("POST", signedPath, relevant, "X-Hub-Signature: "+sign("", relevant)); w.Code != 401 {
		t.Errorf("signed with nothing: %d, want 401", w.Code)
	}
	if w := rig.do("POST", tokenPath, relevant, "X-Hub-Signature: sha256=nonsense"); w.Code != 202 {
		t.Errorf("the token with a signature that cannot be checked: %d, want 202", w.Code)
	}
	cfg = testConfig()
	cfg.PathToken = ""
	rig = newRig(t, cfg, fakeKnown{})
	for _, path := range []string{signedPath + "/", signedPath + "/x", tokenPath} {
		if w := rig.do("POST", path, relevant, "X-Hub-Signature: "+sign(testSecret, relevant)); w.Code != 404 {
			t.Errorf("%s without a token: %d, want 404", path, w.Code)
		}
	}
}

func TestAnEmptyBodySaysWhatToDo(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	w := rig.do("POST", tokenPath, "")
	if got := errorOf(t, w); !strings.Contains(got, "exclude body") {
		t.Errorf("the answer is %q", got)
	}
}

func TestAHintThatCannotBeStored(t *testing.T) {
	t.Parallel()
	move := issueEvent(updated, labelled, items(item("Key", "BLOG-3", "SHOP-41")))
	for name, fail := range map[string]func(context.Context, string) error{
		"at once": func(context.Context, string) error { return errors.New("redis: connection refused") },
		"the second": func(_ context.Context, key string) error {
			return map[string]error{"project:BLOG": errors.New("gone")}[key]
		},
	} {
		rig := newRig(t, testConfig(), fakeKnown{})
		rig.hints.fail = fail
		w := rig.do("POST", signedPath, move, "X-Hub-Signature: "+sign(testSecret, move))
		if w.Code != 503 || w.Header().Get("Retry-After") != "5" {
			t.Errorf("%s: %d with Retry-After %q, want 503 with 5", name, w.Code, w.Header().Get("Retry-After"))
		}
		if got := errorOf(t, w); strings.Contains(got, "redis") {
			t.Errorf("%s: the reason is shown to the sender: %s", name, got)
		}
		if got := rig.counted(t); got != "unavailable=1" {
			t.Errorf("%s: counted %q", name, got)
		}
		if !strings.Contains(rig.log.String(), "webhook not stored") {
			t.Errorf("%s: not logged", name)
		}
	}
}

func TestStoringAHintHasATimeLimitOfItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rig := newRig(t, testConfig(), fakeKnown{})
		rig.hints.fail = func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		start := time.Now()
		w := rig.do("POST", tokenPath, relevant)
		if took := time.Since(start); w.Code != 503 || took != 400*time.Millisecond {
			t.Errorf("%d after %s, want 503 after 400 ms", w.Code, took)
		}
	})
}

func TestAHintIsStoredThoughTheSenderHungUp(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	ctx, cancel := context.WithCancel(t.Context())
	rig.hints.fail = func(ctx context.Context, _ string) error {
		cancel()
		return ctx.Err()
	}
	rig.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "POST", tokenPath, strings.NewReader(relevant)))
	if got := rig.hints.take(); got != "board:9" {
		t.Errorf("queued %q, want board:9", got)
	}
}

// broken is a body that fails after its text.
type broken struct {
	io.Reader
	err error
}

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = b.err
	}
	return n, err
}

func TestABodyThatStops(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	req := httptest.NewRequest("POST", tokenPath, broken{strings.NewReader(relevant), io.ErrUnexpectedEOF})
	w := httptest.NewRecorder()
	rig.ServeHTTP(w, req)
	if w.Code != 400 || rig.counted(t) != "incomplete=1" || rig.hints.take() != "" || rig.bodies.lent.Load() != 0 {
		t.Errorf("a body that stops: %d, %s", w.Code, rig.counted(t))
	}
}

func TestChunkedBodiesAreLimitedToo(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.MaxBody = 100_000
	rig := newRig(t, cfg, fakeKnown{})
	send := func(size int) int {
		body := relevant + strings.Repeat(" ", size-len(relevant))
		req := httptest.NewRequest("POST", tokenPath, io.MultiReader(strings.NewReader(body))) // of unknown length
		w := httptest.NewRecorder()
		rig.ServeHTTP(w, req)
		return w.Code
	}
	for size, want := range map[int]int{smallBody: 202, usualBody: 202, usualBody + 1: 202, 99_999: 202, 100_000: 202, 100_001: 413, 5_000_000: 413} {
		if got := send(size); got != want {
			t.Errorf("a body of %d bytes: %d, want %d", size, got, want)
		}
	}
	req := httptest.NewRequest("POST", tokenPath, broken{strings.NewReader(""), errors.New("must not be read")})
	req.ContentLength = 100_001
	w := httptest.NewRecorder()
	rig.ServeHTTP(w, req)
	if w.Code != 413 || w.Header().Get("Connection") != "close" {
		t.Errorf("a body announced as too large: %d, Connection %q", w.Code, w.Header().Get("Connection"))
	}
}

func FuzzBody(f *testing.F) {
	for _, tt := range verdicts() {
		f.Add([]byte(tt.body))
	}
	f.Add([]byte{})
	f.Add([]byte(strings.Repeat("[", 1000)))
	rig := newRig(f, testConfig(), fakeKnown{watched: []string{"SHOP"}})
	f.Fuzz(func(t *testing.T, body []byte) {
		w := rig.do("POST", tokenPath, string(body))
		hints := rig.hints.take()
		switch w.Code {
		case 202:
			if hints == "" {
				t.Fatal("202 without a hint")
			}
		case 204, 400:
			if hints != "" {
				t.Fatalf("%d with hint %q", w.Code, hints)
			}
		default:
			t.Fatalf("answered %d", w.Code)
		}
		if w.Code != 400 && len(body) < readFrom && !json.Valid(body) {
			t.Fatalf("%d for what is no JSON", w.Code)
		}
	})
}
