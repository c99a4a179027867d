package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Strict-Transport-Security": "", "Server": "",
	}
	ids := map[string]bool{}
	for _, w := range []*httptest.ResponseRecorder{
		rig.do("GET", "/", ""), rig.do("GET", "/healthz", ""), rig.do("GET", "/readyz", ""), rig.do("GET", "/nowhere", ""),
		rig.do("POST", tokenPath, relevant), rig.do("POST", tokenPath, "{}"), rig.do("POST", signedPath, "{}"), rig.do("OPTIONS", "/", ""),
	} {
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("an answer of %d: %s is %q, want %q", w.Code, name, got, value)
			}
		}
		ids[w.Header().Get("X-Request-Id")] = true
	}
	if len(ids) != 8 || ids[""] {
		t.Errorf("8 answers have %d request ids: %v", len(ids), ids)
	}
	req := httptest.NewRequest("GET", "/healthz", nil)
	req.TLS = &tls.ConnectionState{}
	w := httptest.NewRecorder()
	rig.ServeHTTP(w, req)
	if w.Header().Get("Strict-Transport-Security") == "" {
		t.Error("over TLS there is no Strict-Transport-Security")
	}
}

func TestTheRequestIDIsNeverTheClients(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	w := rig.do("GET", "/healthz", "", "X-Request-Id: "+strings.Repeat("mine", 100))
	if got := w.Header().Get("X-Request-Id"); len(got) > 30 || strings.Contains(got, "mine") {
		t.Errorf("the request id is %q", got)
	}
}

// panicky panics with what it is told to.
type panicky struct{ with any }

func (p panicky) Watched(string) bool                 { panic(p.with) }
func (p panicky) ProjectOfBoard(int64) (string, bool) { panic(p.with) }

func TestAPanicIsAPlain500(t *testing.T) {
	t.Parallel()
	var empty []int
	for name, with := range map[string]any{
		"a text with a secret":   "canary " + testSecret,
		"an error with a secret": errors.New("canary"),
		"a fault of the runtime": func() (v any) {
			defer func() { v = recover() }()
			return empty[len(empty)]
		}(),
	} {
		rig := newRig(t, testConfig(), panicky{with})
		w := rig.do("POST", tokenPath, relevant)
		if w.Code != 500 || errorOf(t, w) != "internal error" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if got := rig.counted(t); got != "panic=1" {
			t.Errorf("%s: counted %q", name, got)
		}
		logged := rig.log.String()
		if !strings.Contains(logged, "a request panicked") || !strings.Contains(logged, `"stack":`) || strings.Contains(logged, "canary") || strings.Contains(logged, "sprint_started") {
			t.Errorf("%s: logged %s", name, logged)
		}
		if strings.HasPrefix(name, "a fault") && !strings.Contains(logged, "index out of range") {
			t.Errorf("%s: the fault is not named: %s", name, logged)
		}
		if rig.bodies.lent.Load() != 0 {
			t.Errorf("%s: %d bytes are not given back", name, rig.bodies.lent.Load())
		}
		if w := rig.do("GET", "/healthz", ""); w.Code != 200 {
			t.Errorf("%s: afterwards /healthz says %d", name, w.Code)
		}
	}
}

func TestCuttingAConnectionIsLeftToTheServer(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), panicky{http.ErrAbortHandler})
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("recovered %v, want %v", err, http.ErrAbortHandler)
		}
	}()
	rig.do("POST", tokenPath, relevant)
}

func TestAHandlersErrorIsNotShown(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	rig.echo.GET("/fails", func(echo.Context) error { return errors.New("dial tcp 10.0.0.1:6379") })
	rig.echo.GET("/teapot", func(echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "short and stout") })
	rig.echo.GET("/late", func(c echo.Context) error { return errors.Join(c.NoContent(204), errors.New("too late")) })
	for path, want := range map[string]int{"/fails": 500, "/teapot": 500, "/late": 204} {
		w := rig.do("GET", path, "")
		if w.Code != want || strings.Contains(w.Body.String(), "10.0.0.1") || strings.Contains(w.Body.String(), "stout") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if !strings.Contains(rig.log.String(), "10.0.0.1:6379") {
		t.Error("the error is not in the log either")
	}
}

func TestARefusedFloodIsLoggedOnceInAWhile(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	lines := func() int { return strings.Count(rig.log.String(), "\n") }
	for range 1000 {
		rig.do("POST", signedPath, relevant, "X-Forwarded-For: 198.51.100.7")
	}
	if lines() != 1 {
		t.Errorf("1000 refused webhooks left %d lines", lines())
	}
	rig.do("POST", tokenPath, "no event")
	if lines() != 2 {
		t.Error("another kind of refusal is not logged beside the flood")
	}
	rig.clock.move(10 * time.Second)
	rig.do("POST", signedPath+"/guess", relevant)
	if logged := rig.log.String(); lines() != 3 || !strings.Contains(logged, `"others_not_logged":999`) {
		t.Errorf("after a while: %d lines, the last without the number left out: %s", lines(), logged)
	}
	rig.clock.move(-time.Hour) // the machine's clock was set back
	rig.do("POST", signedPath, relevant)
	if lines() != 4 {
		t.Error("a clock set back silences the log")
	}
	if logged := rig.log.String(); strings.Contains(logged, "198.51.100.7") || strings.Contains(logged, "guess") || !strings.Contains(logged, `"peer":"192.0.2.1"`) {
		t.Errorf("the log believes a header, or names the path: %s", logged)
	}
	if got := rig.counted(t); got != "invalid=1 unauthorized=1002" {
		t.Errorf("counted %q", got)
	}
}

func TestTheServerHasAllTimeLimits(t *testing.T) {
	t.Parallel()
	srv := newRig(t, testConfig(), fakeKnown{}).HTTPServer("127.0.0.1:0")
	if srv.ReadHeaderTimeout != 5*time.Second || srv.ReadTimeout != 9*time.Second || srv.WriteTimeout != 15*time.Second ||
		srv.IdleTimeout != 30*time.Second || srv.MaxHeaderBytes != 16<<10 || srv.Addr != "127.0.0.1:0" || srv.Handler == nil {
		t.Errorf("the server's limits: %+v", srv)
	}
}

func TestThrottleOnlyCountsItsOwn(t *testing.T) {
	t.Parallel()
	log, clock := &lockedBuffer{}, newClock()
	tr := throttle{every: time.Second, now: clock.now, log: slog.New(slog.NewTextHandler(log, nil))}
	tr.warn(context.Background(), "first")
	clock.move(time.Second)
	tr.warn(context.Background(), "second")
	if got := log.String(); strings.Contains(got, "others_not_logged") || strings.Count(got, "\n") != 2 {
		t.Errorf("logged %q", got)
	}
}
