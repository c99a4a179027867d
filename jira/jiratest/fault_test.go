package jiratest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func (s *rig) fail(f Fault) int64 {
	s.t.Helper()
	id, err := s.j.Fail(f)
	s.ok(err)
	return id
}

func TestAFaultStrikesBeforeOrAfterTheEffect(t *testing.T) {
	for name, c := range map[string]struct {
		fault  Fault
		status int // 0: no answer at all
		effect bool
		has    string
	}{
		"500 before":             {Fault{Kind: FaultStatus}, 500, false, "Internal Server Error"},
		"502 with the effect":    {Fault{Kind: FaultStatus, Status: 502, After: true}, 502, true, "Bad Gateway"},
		"503 with a body":        {Fault{Kind: FaultStatus, Status: 503, Body: `{"x":1}`, RetryAfter: 7}, 503, false, `{"x":1}`},
		"429":                    {Fault{Kind: FaultLimited, Reason: ReasonQuotaTenant, RetryAfter: 60}, 429, false, "Rate limit"},
		"html instead":           {Fault{Kind: FaultHTML}, 200, false, "<html>"},
		"html after the effect":  {Fault{Kind: FaultHTML, Status: 503, After: true}, 503, true, "<html>"},
		"a truncated answer":     {Fault{Kind: FaultTruncate, After: true}, 201, true, `{`},
		"a redirect":             {Fault{Kind: FaultRedirect, Location: "https://elsewhere.example.com/"}, 302, false, ""},
		"a reset before":         {Fault{Kind: FaultReset}, 0, false, ""},
		"a reset after":          {Fault{Kind: FaultReset, After: true}, 0, true, ""},
		"a delay":                {Fault{Kind: FaultDelay, Delay: Duration(time.Millisecond)}, 201, true, "future"},
		"another method":         {Fault{Kind: FaultReset, Method: "GET"}, 201, true, "future"},
		"another path":           {Fault{Kind: FaultReset, Path: "/rest/api/**"}, 201, true, "future"},
		"another user":           {Fault{Kind: FaultReset, User: "dev@example.com"}, 201, true, "future"},
		"this path and caller":   {Fault{Kind: FaultStatus, Status: 401, Path: "/rest/agile/*/sprint", User: "boss@example.com"}, 401, false, ""},
		"this path by its start": {Fault{Kind: FaultStatus, Status: 404, Path: "/rest/*/1.0/**", Method: "POST"}, 404, false, ""},
		"only the second one":    {Fault{Kind: FaultReset, Skip: 1}, 201, true, "future"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newRig(t, Cloud)
			s.fail(c.fault)
			a, err := s.try("boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"One","originBoardId":%d}`, s.board.ID))
			if (err != nil) != (c.status == 0) || a.status != c.status || !strings.Contains(a.raw, c.has) {
				t.Errorf("answer %d %q, error %v", a.status, a.raw, err)
			}
			if n := len(s.j.Sprints()); (n == 1) != c.effect {
				t.Errorf("%d sprints", n)
			}
		})
	}
}

func TestATruncatedAnswerIsNoJSON(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("One")
	s.fail(Fault{Kind: FaultTruncate, After: true})
	s.fail(Fault{Kind: FaultTruncate})
	for range 2 {
		if a := s.want(200, "dev", "GET", sprintURL(id), ""); a.m != nil || a.header.Get("Content-Type") != "application/json;charset=UTF-8" {
			t.Errorf("got %s %q", a.header.Get("Content-Type"), a.raw)
		}
	}
}

func TestFaultsAreCountedAndHealed(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.fail(Fault{Kind: FaultStatus, Status: 500, Times: 2, Skip: 1, Method: "GET"})
	forever := s.fail(Fault{Kind: FaultStatus, Status: 503, Times: -1, Path: "/rest/api/2/myself"})
	for i, want := range []int{200, 500, 500, 200} {
		if a := s.as("dev", "GET", agile+"/board", ""); a.status != want {
			t.Errorf("call %d: %d, want %d", i, a.status, want)
		}
	}
	s.want(503, "dev", "GET", "/rest/api/2/myself", "")
	s.want(503, "dev", "GET", "/rest/api/2/myself", "")
	if f := s.j.Faults()[0]; f.Struck != 2 || f.Matched != 3 || f.ID != id {
		t.Errorf("%+v", f)
	}
	s.j.Heal(forever)
	s.want(200, "dev", "GET", "/rest/api/2/myself", "")
	s.j.Heal(0)
	if n := len(s.j.Faults()); n != 0 {
		t.Errorf("%d faults left", n)
	}
	for _, bad := range []Fault{{}, {Kind: "nonsense"}, {Kind: FaultReset, Path: "[" /* no such pattern */}} {
		if _, err := s.j.Fail(bad); err == nil {
			t.Errorf("%+v should be refused", bad)
		}
	}
}

func TestAHangingCallEndsWithItsClient(t *testing.T) {
	s := newRig(t, Cloud)
	s.fail(Fault{Kind: FaultHang, After: true})
	ctx, cancel := context.WithCancel(t.Context())
	s.j.AfterCalls(func(Call) error { cancel(); return nil })
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.srv.URL+agile+"/board", nil)
	s.ok(err)
	res, err := s.srv.Client().Transport.RoundTrip(req)
	if err == nil {
		s.ok(res.Body.Close())
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestADelayTakesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(Options{Now: time.Now})
		if _, err := j.Fail(Fault{Kind: FaultDelay, Delay: Duration(time.Minute)}); err != nil {
			t.Fatal(err)
		}
		start, rec := time.Now(), httptest.NewRecorder()
		j.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/rest/api/2/serverInfo", nil))
		if d := time.Since(start); d != time.Minute || rec.Code != 200 {
			t.Errorf("%v, status %d", d, rec.Code)
		}
	})
}

func TestHooksSeeEachCallAndMayDropIt(t *testing.T) {
	s := newRig(t, Cloud)
	var mu sync.Mutex
	var seen []string
	note := func(when string, drop func(Call) bool) func(Call) error {
		return func(c Call) error {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, fmt.Sprint(when, " ", c.Method, " ", c.Status))
			if drop(c) {
				return ErrDrop
			}
			return nil
		}
	}
	never := func(Call) bool { return false }
	s.j.BeforeCalls(note("before", never))
	s.j.AfterCalls(note("after", func(c Call) bool { return c.Write }))
	s.want(200, "dev", "GET", agile+"/board", "")
	if _, err := s.try("boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"One","originBoardId":%d}`, s.board.ID)); err == nil {
		t.Error("the answer should be lost")
	}
	if n := len(s.j.Sprints()); n != 1 {
		t.Errorf("%d sprints", n)
	}
	s.j.AfterCalls(nil)
	s.j.BeforeCalls(nil)
	s.j.BeforeCalls(note("before", func(Call) bool { return true }))
	if _, err := s.try("boss", "POST", agile+"/sprint", `{}`); err == nil {
		t.Error("the call should be lost")
	}
	mu.Lock()
	defer mu.Unlock()
	want := "before GET 0, after GET 200, before POST 0, after POST 201, before POST 0"
	if got := strings.Join(seen, ", "); got != want {
		t.Errorf("seen %s", got)
	}
}

func TestPeopleInTheBrowserAreSparedFromFaultsAndHooks(t *testing.T) {
	s := newRig(t, Cloud)
	s.fail(Fault{Kind: FaultReset, Times: -1})
	s.j.BeforeCalls(func(Call) error { return ErrDrop })
	s.ok(s.j.As("boss@example.com").StartSprint(s.sprintInside(), time.Hour))
}

// sprintInside makes a sprint past hooks and faults.
func (s *rig) sprintInside() int64 {
	id, err := s.j.As("boss@example.com").CreateSprint(s.board.ID, "inside")
	s.ok(err)
	return id
}

func TestCloudLimitsWritesOnOneIssue(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	s := newRig(t, Cloud, func(o *Options) { o.Now = func() time.Time { return now } })
	key, other := s.issue("SHOP", "a", ""), s.issue("SHOP", "b", "")
	edit := func(status int, key string) answer {
		return s.want(status, "dev", "PUT", "/rest/api/2/issue/"+key, `{"fields":{"summary":"x"}}`)
	}
	for range 20 {
		edit(204, key)
	}
	a := edit(429, key)
	if a.header.Get("RateLimit-Reason") != ReasonIssueWrites || a.header.Get("Retry-After") != "2" || a.header.Get("X-RateLimit-Remaining") != "0" ||
		a.header.Get("X-RateLimit-Limit") != "20" || a.header.Get("X-RateLimit-Reset") != "2026-01-05T09:00:02Z" {
		t.Errorf("headers %v", a.header)
	}
	edit(204, other)
	s.want(200, "dev", "GET", "/rest/api/2/issue/"+key, "")
	for range 4 {
		s.j.Advance(2 * time.Second)
		for range 20 {
			edit(204, key)
		}
	}
	s.j.Advance(2 * time.Second)
	if a := edit(429, key); a.header.Get("X-RateLimit-Limit") != "100" || a.header.Get("Retry-After") != "20" {
		t.Errorf("headers %v", a.header)
	}
	s.j.Advance(20 * time.Second)
	edit(204, key)
}

func TestBurstsAndBucketsLimitWhereTheyAreSwitchedOn(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	clock := func(o *Options) { o.Now = func() time.Time { return now } }
	cloud := newRig(t, Cloud, clock)
	cloud.j.SetKnobs(func(k *Knobs) { k.Burst = map[string]int{"GET": 2} })
	cloud.want(200, "dev", "GET", agile+"/board", "")
	cloud.want(200, "boss", "GET", agile+"/board", "")
	if a := cloud.want(429, "dev", "GET", agile+"/board", ""); a.header.Get("RateLimit-Reason") != ReasonBurst {
		t.Errorf("headers %v", a.header)
	}
	cloud.want(200, "dev", "GET", "/rest/api/2/myself", "")
	cloud.j.Advance(time.Second)
	cloud.want(200, "dev", "GET", agile+"/board", "")

	dc := newRig(t, DataCenter, clock)
	dc.j.SetKnobs(func(k *Knobs) { k.Bucket = Bucket{Limit: 2, Fill: 1, Seconds: 10} })
	if a := dc.want(200, "dev", "GET", agile+"/board", ""); a.header.Get("X-RateLimit-Remaining") != "1" || a.header.Get("Retry-After") != "0" {
		t.Errorf("headers %v", a.header)
	}
	dc.want(200, "dev", "GET", agile+"/board", "")
	if a := dc.want(429, "dev", "GET", agile+"/board", ""); a.header.Get("Retry-After") != "10" || a.header.Get("X-RateLimit-FillRate") != "1" {
		t.Errorf("headers %v", a.header)
	}
	dc.want(200, "boss", "GET", agile+"/board", "")
	dc.j.Advance(10 * time.Second)
	dc.want(200, "dev", "GET", agile+"/board", "")
}

func TestLimitsAreFaultsTooInBothManners(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		s.fail(Fault{Kind: FaultLimited, RetryAfter: 3, Header: map[string]string{"X-Extra": "1"}})
		a := s.want(429, "dev", "GET", agile+"/board", "")
		if a.header.Get("Retry-After") != "3" || a.header.Get("X-Extra") != "1" || (a.header.Get("RateLimit-Reason") == ReasonBurst) != (f == Cloud) {
			t.Errorf("headers %v", a.header)
		}
	})
}
