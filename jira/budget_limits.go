package jira

import (
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// limitsLife is how long the lowest limit is kept that Jira has announced. Limits differ from
// one resource to another, so the lowest of a while counts.
const limitsLife = 10 * time.Minute

// limits are what Jira has announced of its limits: calls a second, and at once.
type limits struct {
	perSecond float64
	burst     int
	until     time.Time
}

// announced takes note of the limits that stand in an answer. Never more than half of one is
// used, since others have to live with the same limit. Without any, the settings count.
func (b *budget) announced(h http.Header) {
	l, ok := limitsIn(h)
	if !ok {
		return
	}
	now := b.now()
	b.mu.Lock()
	if now.Before(b.told.until) {
		if l.perSecond >= b.told.perSecond && l.burst >= b.told.burst {
			b.mu.Unlock()
			return
		}
		l.perSecond, l.burst = min(l.perSecond, b.told.perSecond), min(l.burst, b.told.burst)
	}
	l.until = now.Add(limitsLife)
	b.told = l
	b.mu.Unlock()
	b.limiter.SetLimitAt(now, rate.Limit(min(b.perSecond, l.perSecond/2)))
	b.limiter.SetBurstAt(now, max(1, min(b.burst, l.burst/2)))
}

// limitsIn reads the limits that an answer announces: on Cloud so many calls at once, filled
// again within a second; on Data Center a bucket that is filled at its own pace.
func limitsIn(h http.Header) (limits, bool) {
	bucket, ok := positive(h.Get("X-RateLimit-Limit"))
	if !ok {
		return limits{}, false
	}
	l := limits{perSecond: float64(bucket), burst: bucket}
	fill, filled := positive(h.Get("X-RateLimit-FillRate"))
	if seconds, ok := positive(h.Get("X-RateLimit-Interval-Seconds")); ok && filled {
		l.perSecond = float64(fill) / float64(seconds)
	}
	return l, true
}

// positive reads a whole number above zero.
func positive(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}
