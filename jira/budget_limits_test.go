package jira_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
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
// that a reading one tells of.
const pointsAnHour = 65_000

// A site of 10,000 projects is asked like one of 700 for longer, which needs seconds and not minutes to be simulated: it
// took 3.3 % in the first hour and 3.0 % in the next ones.
func TestALargeSiteStaysUnderAShareOfTheHourlyPoints(t *testing.T) {
	for projects, limit := range map[int]float64{200: 0.05 / 3, 700: 0.05} { // a third of what is listed each hour, and more than is
		t.Run(fmt.Sprint(projects), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { hours(t, newMetered(t, jiratest.Cloud), projects, limit) })
		})
	}
}

// hours lets a site of so many projects be swept for hours in which nothing happens.
func hours(t *testing.T, m *metered, projects int, limit float64) {
	t.Helper()
	var mu sync.Mutex
	asked := map[string]int{}
	m.AfterCalls(func(c jiratest.Call) error {
		mu.Lock()
		defer mu.Unlock()
		asked[c.Path]++
		return nil
	})
	for n := range projects {
		key := fmt.Sprintf("P%d", n)
		_, err := m.AddProject(jiratest.ProjectSpec{Key: key, Lead: "lead@example.com"})
		must(t, err)
		if projects < 600 {
			_, err = m.AddBoard(jiratest.BoardSpec{Name: key, Location: key})
			must(t, err)
		}
	}
	for hour := range 2 {
		m.begin()
		for range 20 {
			_, err := m.rec.Handle(t.Context(), "sweep", nil)
			must(t, err)
			m.Advance(3 * time.Minute)
		}
		share := float64(m.points) / pointsAnHour
		if share >= limit {
			t.Errorf("%.1f %% of the points in hour %d", 100*share, hour+1)
		}
		t.Logf("hour %d: %d calls, %d points, %.1f %%", hour+1, len(m.calls), m.points, 100*share)
	}
	for n := range projects {
		path := fmt.Sprintf("/rest/api/2/project/P%d/properties/andon", n)
		if n := asked[path]; n < 1 || n > 2 { // the parts of the list overlap a little
			t.Errorf("%s was asked %d times", path, n)
		}
	}
}
