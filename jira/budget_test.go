package jira

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func limited(reason, after string) reply {
	h := map[string]string{}
	if reason != "" {
		h["RateLimit-Reason"] = reason
	}
	if after != "" {
		h["Retry-After"] = after
	}
	return reply{status: 429, header: h}
}

func tight(c *Config) { c.Budget = Budget{PerSecond: 2, Burst: 2} }

func TestTheBudgetSpreadsTheCallsOfAClientAndItsTwin(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client(tight)
	for range 2 {
		for _, twin := range []*Client{c, c.ReadOnly()} {
			_, err := twin.Myself(t.Context())
			noError(t, err)
		}
	}
	equal(t, "pauses", []time.Duration{500 * time.Millisecond, 500 * time.Millisecond}, j.clock.sleeps())
}

func TestHighPriorityPassesTheBudgetIntoALimitedDebt(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client(tight)
	urgent := WithPriority(t.Context(), High)
	for range 12 { // two in the bucket, ten of debt: five seconds
		_, err := c.Myself(urgent)
		noError(t, err)
	}
	equal(t, "pauses of urgent calls", 0, len(j.clock.sleeps()))
	_, err := c.Myself(urgent)
	noError(t, err)
	equal(t, "pause beyond the debt", []time.Duration{500 * time.Millisecond}, j.clock.sleeps())
	_, err = c.Myself(t.Context())
	noError(t, err)
	equal(t, "who is not urgent pays the debt", 5500*time.Millisecond, j.clock.sleeps()[1])
}

func TestWhoIsUrgentGoesBeforeThoseWhoWaitAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		b := newBudget(Config{Now: time.Now, Sleep: sleep, Waited: func(string, time.Duration) {}, Budget: Budget{PerSecond: 1, Burst: 1}})
		var mu sync.Mutex
		var order []string
		var all sync.WaitGroup
		call := func(name string, p Priority) {
			all.Go(func() {
				if e := b.wait(t.Context(), p); e != nil {
					t.Error(e)
				}
				mu.Lock()
				defer mu.Unlock()
				order = append(order, fmt.Sprintf("%s %v", name, time.Since(start).Round(time.Second)))
			})
			synctest.Wait()
		}
		call("first", Normal)
		call("second", Normal)
		call("third", Normal)
		for n := range 7 { // five seconds of debt are theirs at once
			call(fmt.Sprint("urgent ", n), High)
		}
		all.Wait()
		equal(t, "order", []string{"first 0s", "urgent 0 0s", "urgent 1 0s", "urgent 2 0s", "urgent 3 0s", "urgent 4 0s",
			"urgent 5 1s", "urgent 6 2s", "second 8s", "third 9s"}, order)
	})
}

func TestNobodyWaitsForEverBehindTheUrgent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		b := newBudget(Config{Now: time.Now, Sleep: sleep, Waited: func(string, time.Duration) {}, Budget: Budget{PerSecond: 1, Burst: 1}})
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 8 { // more of them than the budget allows, for ever
			all.Go(func() {
				for b.wait(ctx, High) == nil {
				}
			})
		}
		synctest.Wait()
		if e := b.wait(t.Context(), Normal); e != nil {
			t.Error(e)
		}
		if took := time.Since(start); took < longestPatience || took > longestPatience+20*time.Second {
			t.Errorf("it waited for %v", took)
		}
		cancel()
		all.Wait()
		equal(t, "still in line", 0, len(b.line.turns))
	})
}

func TestACallThatCannotWaitLeavesItsTurnToOthers(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client(tight)
	for range 2 {
		_, err := c.Myself(t.Context())
		noError(t, err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("shutting down")
	c.shared.budget.sleep = func(context.Context, time.Duration) error { cancel(why); return why }
	_, err := c.Myself(ctx)
	wantKind(t, err, KindCancelled)
	c.shared.budget.sleep = j.clock.Sleep
	_, err = c.Myself(t.Context())
	noError(t, err)
	equal(t, "pauses", []time.Duration{500 * time.Millisecond}, j.clock.sleeps())
}

func TestABurstHoldsBackEverybodyButTheUrgent(t *testing.T) {
	j := newFake(t, Cloud).
		on("GET /rest/api/2/issue/1", limited("jira-burst-based", "30")).
		on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client()
	_, err := c.Issue(t.Context(), "1", IssueQuery{})
	e := wantKind(t, err, KindRateLimited)
	equal(t, "RetryAfter", 30*time.Second, e.RetryAfter())
	equal(t, "Reason", "jira-burst-based", e.Reason)

	before := len(j.calls())
	_, err = c.Myself(t.Context())
	e = wantKind(t, err, KindRateLimited)
	equal(t, "held back for", 30*time.Second, e.RetryAfter())
	equal(t, "Executed", ExecutedNo, e.Executed)
	equal(t, "nothing sent", before, len(j.calls()))

	_, err = c.Myself(WithPriority(t.Context(), High))
	noError(t, err)

	noError(t, j.clock.Sleep(t.Context(), 29*time.Second))
	_, err = c.Myself(t.Context()) // a second is left: sat out
	noError(t, err)
	_, err = c.Myself(t.Context())
	noError(t, err)
}

func TestAQuotaHoldsBackEverybody(t *testing.T) {
	for _, tt := range []struct {
		name, after string
		want        time.Duration
	}{
		{"until the time it names", "600", 10 * time.Minute},
		{"for a minute when it names none", "", time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET /rest/api/2/myself", limited("jira-quota-tenant-based", tt.after), ok(`{"accountId":"bot"}`))
			c := j.client()
			_, err := c.Myself(t.Context())
			wantKind(t, err, KindRateLimited)
			for _, p := range []Priority{Normal, High} {
				_, err = c.Myself(WithPriority(t.Context(), p))
				e := wantKind(t, err, KindRateLimited)
				equal(t, "held back for", tt.want, e.RetryAfter())
			}
			equal(t, "sent", 1, len(j.calls()))
			noError(t, j.clock.Sleep(t.Context(), tt.want))
			_, err = c.Myself(t.Context())
			noError(t, err)
		})
	}
}

func TestTheLimitOfOneIssueHoldsBackNobodyElse(t *testing.T) {
	j := newFake(t, Cloud).
		on("PUT /rest/api/2/issue/1", limited("jira-per-issue-on-write", "30")).
		on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client()
	err := c.EditIssue(t.Context(), "1", IssueEdit{AddLabels: []string{"x"}})
	e := wantKind(t, err, KindRateLimited)
	equal(t, "RetryAfter", 30*time.Second, e.RetryAfter())
	_, err = c.Myself(t.Context())
	noError(t, err)
	equal(t, "pauses", 0, len(j.clock.sleeps()))
}

func TestAClosingIsNoLongerByAClockThatIsSetBack(t *testing.T) {
	clock := newFakeClock()
	now := clock.Now()
	b := newBudget(Config{Now: func() time.Time { return now }, Sleep: clock.Sleep, Budget: Budget{PerSecond: 1, Burst: 1}})
	b.refused(&Error{Wait: time.Minute})
	now = now.Add(20 * time.Second)
	left, _ := b.closed(Normal)
	equal(t, "before", 40*time.Second, left)
	now = now.Add(-time.Hour)
	left, _ = b.closed(Normal)
	equal(t, "after the clock was set back", time.Minute, left)
	now = now.Add(50 * time.Second)
	left, _ = b.closed(Normal)
	equal(t, "later", 10*time.Second, left)
}

func TestALaterRefusalNeverShortensAClosing(t *testing.T) {
	clock := newFakeClock()
	b := newBudget(Config{Now: clock.Now, Sleep: clock.Sleep, Budget: Budget{PerSecond: 1, Burst: 1}})
	left := func(p Priority) time.Duration { d, _ := b.closed(p); return d }

	b.refused(&Error{Wait: time.Minute})
	b.refused(&Error{Wait: time.Second})
	equal(t, "the longer burst stays", time.Minute, left(Normal))
	b.refused(&Error{Reason: "jira-quota-global-based", Wait: 10 * time.Minute})
	equal(t, "the quota lengthens it", 10*time.Minute, left(Normal))
	b.refused(&Error{Reason: "jira-burst-based", Wait: time.Hour})
	equal(t, "a burst does not soften the quota", 10*time.Minute, left(High))
	b.refused(&Error{})
	equal(t, "a refusal without a time closes nothing", 10*time.Minute, left(Normal))
	noError(t, clock.Sleep(t.Context(), 10*time.Minute))
	b.refused(&Error{Wait: time.Minute})
	equal(t, "after the quota a burst is a burst again", time.Duration(0), left(High))
}
