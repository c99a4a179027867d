package page_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"andon/webhook/page"
)

// tap is an open stream of a served page.
type tap struct {
	*testing.T
	resp  *http.Response
	lines *bufio.Scanner
}

// live serves a rig with time limits that a stream must outlive, by the real clock.
func live(t *testing.T, change func(*page.Config)) (*rig, *httptest.Server) {
	t.Helper()
	r := newRig(t, nil)
	cfg := page.Config{Secrets: []string{secret}, Tokens: []string{token}}
	change(&cfg)
	p, err := page.New(cfg, page.Deps{Shelf: r.shelf, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	r.page = p
	server := httptest.NewUnstartedServer(p)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(p.Close)
	return r, server
}

// open opens the stream of a disaster.
func open(t *testing.T, r *rig, server *httptest.Server, issue string) *tap {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, server.URL+"/status/d/10000/"+issue+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	with(r.do(http.MethodGet, link("10000", issue)).Cookies())(req)
	resp, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return &tap{T: t, resp: resp, lines: bufio.NewScanner(resp.Body)}
}

// next is the next line that is not empty, "" at the end.
func (s *tap) next() string {
	for s.lines.Scan() {
		if line := s.lines.Text(); line != "" {
			return line
		}
	}
	return ""
}

// until reads up to a line that begins so.
func (s *tap) until(begin string) string {
	s.Helper()
	for line := s.next(); line != ""; line = s.next() {
		if strings.HasPrefix(line, begin) {
			return line
		}
	}
	s.Fatalf("the stream ended without %q", begin)
	return ""
}

func TestAStreamTellsOfEveryChangeOfItsDisaster(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.Heartbeat = time.Minute })
	r.put(disaster("7"))
	s := open(t, r, server, "7")
	for name, want := range map[string]string{"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no", "Cache-Control": "no-store, no-transform"} {
		if got := s.resp.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if first := s.next(); first != "retry: 3000" {
		t.Errorf("the stream begins with %q", first)
	}
	before := s.until("data: ")
	if body := r.shown("10000", "7"); !strings.Contains(body, `data-version="`+strings.TrimPrefix(before, "data: ")+`"`) {
		t.Errorf("the page is of another version than the stream's %s", before)
	}
	r.put(disaster("8")) // of no concern
	changed := disaster("7")
	changed.Phase = "investigating"
	r.put(changed)
	if after := s.until("data: "); after == before {
		t.Errorf("the same version was told twice: %s", after)
	}
}

func TestAStreamGivesSignsOfLifeLongerThanAServersTimeLimits(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.Heartbeat = 20 * time.Millisecond })
	r.put(disaster("7"))
	s := open(t, r, server, "7")
	for range 15 { // three times the limits of the server
		s.until(": here")
	}
}

func TestTooManyStreamsAreRefusedAndPlacesComeFree(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.MaxStreams, c.Heartbeat = 1, 10*time.Millisecond })
	r.put(disaster("7"))
	s := open(t, r, server, "7")
	s.until("data: ")
	if again := open(t, r, server, "7"); again.resp.StatusCode != 503 || again.resp.Header.Get("Retry-After") == "" {
		t.Errorf("one too many: %d", again.resp.StatusCode)
	}
	_ = s.resp.Body.Close()
	for deadline := time.Now().Add(10 * time.Second); open(t, r, server, "7").resp.StatusCode != 200; {
		if time.Now().After(deadline) {
			t.Fatal("the place did not come free")
		}
	}
}

func TestStreamsEndWithThePage(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.Heartbeat = time.Minute })
	r.put(disaster("7"))
	s := open(t, r, server, "7")
	s.until("data: ")
	r.page.Close()
	r.page.Close()
	if line := s.next(); line != "" {
		t.Errorf("the stream goes on with %q", line)
	}
	if err := server.Config.Shutdown(context.Background()); err != nil {
		t.Errorf("shut down: %v", err)
	}
	if n := r.shelf.listeners(); n != 0 {
		t.Errorf("%d still listen to the shelf", n)
	}
}

func TestAnOldStreamEnds(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.Heartbeat, c.StreamLife = time.Minute, 50*time.Millisecond })
	r.put(disaster("7"))
	s := open(t, r, server, "7")
	s.until("data: ")
	if line := s.next(); line != "" {
		t.Errorf("the stream goes on with %q", line)
	}
}

func TestTheOverviewsStreamTellsOfAllDisasters(t *testing.T) {
	t.Parallel()
	r, server := live(t, func(c *page.Config) { c.Heartbeat = time.Minute })
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, server.URL+"/status/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	with(r.do(http.MethodPost, "/status", filled(token)).Cookies())(req)
	resp, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	s := &tap{T: t, resp: resp, lines: bufio.NewScanner(resp.Body)}
	before := s.until("data: ")
	r.put(disaster("9"))
	if after := s.until("data: "); after == before {
		t.Error("the new disaster was not told of")
	}
}
