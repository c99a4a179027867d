package jiratest

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRankingOnlyMovesWhatItNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t, Cloud)
		for range rapid.IntRange(1, 6).Draw(t, "times") {
			before := m.order(t)
			moved := rapid.SliceOfNDistinct(rapid.SampledFrom(before), 1, 3, rapid.ID[string]).Draw(t, "moved")
			at := rapid.SampledFrom(before).Draw(t, "at")
			side := rapid.SampledFrom([]string{"rankBeforeIssue", "rankAfterIssue"}).Draw(t, "side")
			if _, err := m.p.Do("PUT", agile+"/issue/rank", obj{"issues": moved, side: at}); err != nil {
				t.Fatal(err)
			}
			after := m.order(t)
			rest := func(list []string) []string {
				return slices.DeleteFunc(slices.Clone(list), func(k string) bool { return slices.Contains(moved, k) })
			}
			if !slices.Equal(rest(before), rest(after)) || len(after) != len(before) {
				t.Fatalf("%v %s %v made %v of %v", moved, side, at, after, before)
			}
			if slices.Contains(moved, at) {
				continue
			}
			i, k := slices.Index(after, at), slices.Index(after, moved[0])
			if side == "rankBeforeIssue" && !slices.Equal(after[k:i], moved) || side == "rankAfterIssue" && !slices.Equal(after[i+1:i+1+len(moved)], moved) {
				t.Fatalf("%v %s %v made %v of %v", moved, side, at, after, before)
			}
		}
	})
}

func (m *machine) order(t *rapid.T) []string {
	m.j.mu.Lock()
	defer m.j.mu.Unlock()
	var keys []string
	for _, is := range m.j.ranked() {
		keys = append(keys, is.Key)
	}
	if len(keys) == 0 {
		t.Fatal("no issues")
	}
	return keys
}

// okClient answers every webhook with 200 and remembers the identifiers.
type okClient struct {
	mu   sync.Mutex
	seen map[string]int
}

func (c *okClient) RoundTrip(req *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[req.Header.Get("X-Atlassian-Webhook-Identifier")]++
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Header: http.Header{}}, nil
}

func TestEveryEventIsDeliveredAsItsFateSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t, Cloud)
		client := &okClient{seen: map[string]int{}}
		m.j.SetWebhookClient(&http.Client{Transport: client})
		if _, err := m.j.AddWebhook(Webhook{URL: "http://x/", Events: []string{"sprint_created"}}); err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		m.j.SetFate(func(d Delivery) Fate {
			f := Fate{Lose: rapid.Bool().Draw(t, "lose"), Copies: rapid.IntRange(0, 2).Draw(t, "copies"),
				Behind: rapid.IntRange(0, 3).Draw(t, "behind"), Delay: time.Duration(rapid.IntRange(0, 3).Draw(t, "delay")) * time.Minute}
			if !f.Lose {
				want[d.Identifier] = 1 + f.Copies
			}
			return f
		})
		n := rapid.IntRange(1, 8).Draw(t, "events")
		for range n {
			m.create(t)
		}
		for range 5 {
			m.j.DeliverAll(t.Context())
			m.j.Advance(time.Minute)
		}
		if fmt.Sprint(client.seen) != fmt.Sprint(want) {
			t.Fatalf("delivered %v, want %v", client.seen, want)
		}
		if p := m.j.Pending(); len(p) != 0 {
			t.Fatalf("still pending: %v", p)
		}
		if d := m.j.Deliveries(); len(d) < n {
			t.Fatalf("the log has %d entries of %d events", len(d), n)
		}
	})
}

func FuzzSprintDates(f *testing.F) {
	for _, s := range []string{"2026-01-05T09:00:00.000Z", "2015-04-11T15:22:00.000+10:00", "2026-01-05T09:00:00.000+0000", "2026-01-05", "", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := sprintDate("startDate", s)
		if err != nil {
			if err.Status != http.StatusBadRequest || err.Fields["startDate"] == "" {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if again, err := sprintDate("startDate", agileTime(at)); err != nil || !again.Equal(at) {
			t.Errorf("%q reads as %v, which reads as %v, %v", s, at, again, err)
		}
	})
}

func FuzzFaultPaths(f *testing.F) {
	f.Add("/rest/agile/1.0/sprint/*", "/rest/agile/1.0/sprint/7")
	f.Add("/rest/api/**", "/rest/api/2/issue/1")
	f.Add("**", "/")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		j := New(Options{})
		if _, err := j.Fail(Fault{Kind: FaultReset, Path: pattern}); err != nil {
			return
		}
		req, err := http.NewRequest(http.MethodGet, "http://jira/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.URL.Path = path
		fault := Fault{Path: pattern}
		if whole := (&Fault{Path: "/**"}); len(path) > 0 && path[0] == '/' && !whole.matches(&call{req: req}) {
			t.Errorf("/** should match %q", path)
		}
		fault.matches(&call{req: req}) // must not panic
	})
}

func TestManyPeoplePlanAtOnce(t *testing.T) {
	s := newRig(t, Cloud)
	var keys []string
	for i := range 8 {
		keys = append(keys, s.issue("SHOP", fmt.Sprint("i", i), ""))
	}
	one, two := s.sprint("One"), s.sprint("Two")
	s.j.StartWebhooks(t.Context(), &http.Client{Transport: &okClient{seen: map[string]int{}}})
	defer s.j.Stop()
	_, err := s.j.AddWebhook(Webhook{URL: "http://x/", Events: allEvents()})
	s.ok(err)
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			for n := range 10 {
				target := []int64{one, two}[(i+n)%2]
				if err := s.j.As("dev@example.com").MoveToSprint(target, key); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s.ok(s.j.Flush(t.Context()))
	for _, key := range keys {
		if is, _ := s.j.Issue(key); len(is.Sprints) != 1 || len(is.History) != 10 {
			t.Errorf("%s: sprints %v, %d changes", key, is.Sprints, len(is.History))
		}
	}
	for _, d := range s.j.Deliveries() {
		if d.State != DeliveryDone {
			t.Errorf("delivery %d is %s", d.ID, d.State)
		}
	}
}
