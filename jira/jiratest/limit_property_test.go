package jiratest

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// limitSite has one issue and a clock that only the test moves.
func limitSite(t *rapid.T, f Flavour) *Jira {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	j := New(Options{Flavour: f, Now: func() time.Time { return now }})
	kind := APIToken
	if f == DataCenter {
		kind = PAT
	}
	j.AddUser(User{Email: "boss@example.com", Tokens: []Token{{Secret: "boss", Kind: kind}}})
	if _, err := j.AddProject(ProjectSpec{Key: "SHOP", Lead: "boss@example.com"}); err != nil {
		t.Fatal(err)
	}
	if _, err := j.As("boss@example.com").CreateIssue(NewIssue{Project: "SHOP", Summary: "a"}); err != nil {
		t.Fatal(err)
	}
	return j
}

// write1 makes one call past the network and gives status and Retry-After.
func write1(t *rapid.T, j *Jira) (status int, wait time.Duration) {
	req, err := http.NewRequest(http.MethodPut, "http://jira/rest/api/2/issue/SHOP-1/properties/p", strings.NewReader("1"))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth("boss@example.com", "boss")
	if !j.cloud() {
		req.Header.Set("Authorization", "Bearer boss")
	}
	res, err := j.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil && res.StatusCode == http.StatusTooManyRequests {
		t.Fatalf("a 429 without Retry-After: %v", res.Header)
	}
	return res.StatusCode, time.Duration(n) * time.Second
}

func TestNoWindowHoldsMoreWritesThanTheLimitAndRetryAfterIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := limitSite(t, Cloud)
		short, long := rapid.IntRange(1, 5).Draw(t, "in 2 s"), rapid.IntRange(1, 12).Draw(t, "in 30 s")
		j.SetKnobs(func(k *Knobs) { k.IssueWrites2s, k.IssueWrites30s = short, long })
		var done []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			j.Advance(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
			status, wait := write1(t, j)
			if status == http.StatusTooManyRequests {
				j.Advance(wait)
				// The shorter window may end before the longer one does: at most two waits.
				if status, wait = write1(t, j); status == http.StatusTooManyRequests {
					j.Advance(wait)
					status, _ = write1(t, j)
				}
			}
			if status >= 300 {
				t.Fatalf("Retry-After was not enough: %d", status)
			}
			done = append(done, j.Now())
		}
		for i, at := range done {
			in2, in30 := 0, 0
			for _, later := range done[i:] {
				if later.Sub(at) < 2*time.Second {
					in2++
				}
				if later.Sub(at) < 30*time.Second {
					in30++
				}
			}
			if in2 > short || in30 > long {
				t.Fatalf("%d writes in 2 s (limit %d), %d in 30 s (limit %d)", in2, short, in30, long)
			}
		}
	})
}

func TestATokenBucketGivesNoMoreThanItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := limitSite(t, DataCenter)
		b := Bucket{Limit: rapid.IntRange(1, 6).Draw(t, "limit"), Fill: rapid.IntRange(1, 3).Draw(t, "fill"), Seconds: rapid.IntRange(1, 5).Draw(t, "seconds")}
		j.SetKnobs(func(k *Knobs) { k.Bucket = b })
		start, done := j.Now(), 0
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			j.Advance(time.Duration(rapid.IntRange(0, 2000).Draw(t, "ms")) * time.Millisecond)
			status, wait := write1(t, j)
			if status == http.StatusTooManyRequests {
				j.Advance(wait)
				status, _ = write1(t, j)
			}
			if status >= 300 {
				t.Fatalf("Retry-After was not enough: %d", status)
			}
			done++
			fills := int(j.Now().Sub(start) / (time.Duration(b.Seconds) * time.Second))
			if done > b.Limit+fills*b.Fill {
				t.Fatalf("%d calls after %v with %+v", done, j.Now().Sub(start), b)
			}
		}
	})
}
