package jira

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// longestNap is how long a call sits out a refusal itself. Longer waits go back to the queue, whose lease would
	// otherwise run out under a sleeping worker.
	longestNap = 2 * time.Second
	// deepestDebt is how far calls of high priority may overdraw the budget before they have to wait too.
	deepestDebt = 5 * time.Second
	// longestPatience is how long a call lets those of high priority go first. After that it is one of them, so that
	// nothing waits for ever, however many declarations there are.
	longestPatience = time.Minute
	// quotaClosing is assumed when a used-up quota comes without a time.
	quotaClosing = time.Minute
)

// budget spreads the calls of all workers over time, and holds all of them back when Jira has said "too many".
type budget struct {
	limiter *rate.Limiter
	line    line
	// perSecond and burst are what the settings allow.
	perSecond float64
	burst     int
	now       func() time.Time
	sleep     func(context.Context, time.Duration) error
	waited    func(reason string, d time.Duration)

	mu     sync.Mutex
	from   time.Time // when the closing was noted
	until  time.Time
	reason string
	hard   bool // a quota: high priority does not help
	told   limits
}

func newBudget(cfg Config) *budget {
	return &budget{
		limiter:   rate.NewLimiter(rate.Limit(cfg.Budget.PerSecond), cfg.Budget.Burst),
		perSecond: cfg.Budget.PerSecond,
		burst:     cfg.Budget.Burst,
		now:       cfg.Now,
		sleep:     cfg.Sleep,
		waited:    cfg.Waited,
	}
}

// wait returns when a call of priority p may be sent, or the error with which it must not be sent at all. Calls of high
// priority go first and may overdraw the budget; among equals whoever came first goes first. It sleeps itself, because
// rate.Limiter.Wait gives up early when the context's deadline is near.
func (b *budget) wait(ctx context.Context, p Priority) *Error {
	if left, reason := b.closed(p); left > longestNap {
		return &Error{Kind: KindRateLimited, Wait: left, Reason: reason, Executed: ExecutedNo,
			Messages: []string{"held back: Jira asked for a pause"}}
	} else if left > 0 {
		b.waited(WaitRateLimit, left)
		if err := b.sleep(ctx, left); err != nil {
			return cancelled(ctx, err)
		}
	}
	t := b.line.join(p, b.now())
	for {
		d := b.turn(t)
		if d <= 0 {
			return nil
		}
		b.waited(WaitBudget, d)
		if err := b.sleep(ctx, d); err != nil {
			b.line.leave(t)
			return cancelled(ctx, err)
		}
	}
}

// turn sends a waiting call on its way if it may go, or says when to ask again.
func (b *budget) turn(t *turn) time.Duration {
	b.line.mu.Lock()
	defer b.line.mu.Unlock()
	now := b.now()
	limit := float64(b.limiter.Limit())
	missing := 1 + float64(b.line.ahead(t, now)) - b.limiter.TokensAt(now)
	if t.urgent(now) {
		missing -= limit * deepestDebt.Seconds()
	}
	if d := time.Duration(missing / limit * float64(time.Second)); d > 0 {
		return d
	}
	b.limiter.ReserveN(now, 1) // into debt, where that is allowed
	b.line.remove(t)
	return 0
}

// closed returns how long calls of priority p are still held back.
func (b *budget) closed(p Priority) (time.Duration, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p == High && !b.hard {
		return 0, ""
	}
	now := b.now()
	if now.Before(b.from) { // by a clock that was set back it would last as much longer
		b.from, b.until = now, now.Add(b.until.Sub(b.from))
	}
	return b.until.Sub(now), b.reason
}

// refused takes note of a 429. A limit on one issue concerns nobody else; a burst or a quota concerns everybody.
func (b *budget) refused(e *Error) {
	if e.Reason == "jira-per-issue-on-write" {
		return
	}
	hard := strings.HasPrefix(e.Reason, "jira-quota")
	d := e.Wait
	if hard && d <= 0 {
		d = quotaClosing
	}
	if d <= 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	until := now.Add(d)
	quotaRuns := b.hard && b.until.After(now)
	if quotaRuns && !hard || !until.After(b.until) {
		return
	}
	b.from, b.until, b.reason, b.hard = now, until, e.Reason, hard
}

func cancelled(ctx context.Context, err error) *Error {
	if why := ended(ctx); why != nil {
		err = why
	}
	return &Error{Kind: KindCancelled, Executed: ExecutedNo, Err: err}
}
