package jira_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

// paced is a client of a Jira that announces limits, in virtual time.
func paced(t *testing.T, answer func(http.Header)) (c *jira.Client, since func() time.Duration) {
	t.Helper()
	start := time.Now()
	c, err := jira.NewClient(jira.Config{BaseURL: "https://jira.test", Token: "t", Now: time.Now,
		Budget: jira.Budget{PerSecond: 100, Burst: 100}, Base: announcing(answer)})
	must(t, err)
	return c, func() time.Duration { return time.Since(start) }
}

// announcing answers who we are, with headers.
type announcing func(http.Header)

func (a announcing) RoundTrip(*http.Request) (*http.Response, error) {
	resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: http.NoBody}
	a(resp.Header)
	return resp, nil
}

// asks makes calls until Jira has been asked n times.
func asks(t *testing.T, c *jira.Client, n int) {
	t.Helper()
	for range n {
		_, err := c.Myself(t.Context())
		if err == nil || jira.IsRateLimited(err) {
			t.Fatalf("an empty answer is no person, and no limit either: %v", err)
		}
	}
}

func TestNeverMoreThanHalfOfAnAnnouncedLimitIsUsed(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(http.Header)
		atMost time.Duration
		least  time.Duration
	}{
		{"nothing is announced: the settings count", func(http.Header) {}, 2 * time.Second, time.Second},
		{"a burst of 20 on Cloud", func(h http.Header) { h.Set("X-RateLimit-Limit", "20") }, 25 * time.Second, 18 * time.Second},
		{"a high one changes nothing", func(h http.Header) { h.Set("X-RateLimit-Limit", "350") }, 2 * time.Second, time.Second},
		{"a bucket of 40, 10 more every 5 seconds", func(h http.Header) {
			h.Set("X-RateLimit-Limit", "40")
			h.Set("X-RateLimit-FillRate", "10")
			h.Set("X-RateLimit-Interval-Seconds", "5")
		}, 205 * time.Second, 170 * time.Second},
		{"nonsense", func(h http.Header) { h.Set("X-RateLimit-Limit", "-3") }, 2 * time.Second, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, since := paced(t, c.answer)
				asks(t, client, 200)
				if took := since(); took < c.least || took > c.atMost {
					t.Errorf("200 calls took %v, want %v to %v", took, c.least, c.atMost)
				}
			})
		})
	}
}

func TestADataCenterThatLimitsIsNeverRunInto(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, jiratest.DataCenter)
		s.SetKnobs(func(k *jiratest.Knobs) { k.Bucket = jiratest.Bucket{Limit: 40, Fill: 10, Seconds: 1} })
		refused := 0
		c, err := jira.NewClient(jira.Config{BaseURL: s.BaseURL(), Token: "demo-andon", Base: inMemory{s.Jira}, Now: s.Now,
			Budget:  jira.Budget{PerSecond: 100, Burst: 10},
			Sleep:   func(_ context.Context, d time.Duration) error { s.Advance(d); return nil },
			Observe: func(_, _ string, status int, _ time.Duration) { refused += status / 429 }})
		must(t, err)
		for range 300 {
			_, err := c.Myself(t.Context())
			must(t, err)
		}
		want(t, "refusals", 0, refused)
	})
}

// pointsAnHour is what Jira Cloud gives an app; a call costs one, and one more for each thing
// that it tells of.
const pointsAnHour = 65_000

func TestTenThousandProjectsStayUnderAShareOfTheHourlyPoints(t *testing.T) {
	meter(t, func(t *testing.T, m *metered) {
		for n := range 300 { // what grows with the projects is told apart below
			_, err := m.AddProject(jiratest.ProjectSpec{Key: fmt.Sprintf("P%d", n), Lead: "lead@example.com"})
			must(t, err)
		}
		hour := func() int {
			m.begin()
			for range 20 {
				_, err := m.rec.Handle(t.Context(), "sweep", nil)
				must(t, err)
				m.Advance(3 * time.Minute)
			}
			return len(m.calls)
		}
		hour()
		calls := hour()
		if share := float64(calls) / pointsAnHour; share > 0.002 {
			t.Errorf("%d calls in an hour in which nothing happens", calls)
		}
		// Ten thousand projects: the lists of boards and projects, two hundred pages each of fifty
		// things, and in the first hours after a start 1,800 projects that are asked one by one.
		lists := 2 * 200 * 2
		if share := float64(calls+lists+1800) / pointsAnHour; share >= 0.05 {
			t.Errorf("ten thousand projects cost %.1f %% of the points", 100*share)
		}
	})
}
