package jiratest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// limitState is guarded by the site's lock.
type limitState struct {
	issueWrites map[int64][]time.Time
	bursts      map[string][]time.Time
	buckets     map[string]*bucketState
}

type bucketState struct {
	tokens int
	filled time.Time
}

func newLimitState() limitState {
	return limitState{issueWrites: map[int64][]time.Time{}, bursts: map[string][]time.Time{}, buckets: map[string]*bucketState{}}
}

// limit checks the rate limits before a call. It gives a 429 when one is
// exceeded (the call is not executed), and headers for the answer otherwise.
func (j *Jira) limit(c *call) (headers reply, limited *reply) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cloud() {
		if rep := j.limitBurst(c); rep != nil {
			return reply{}, rep
		}
		return reply{}, j.limitIssue(c)
	}
	return j.limitBucket(c)
}

// within keeps the times that are younger than d.
func within(times []time.Time, now time.Time, d time.Duration) []time.Time {
	i := 0
	for i < len(times) && now.Sub(times[i]) >= d {
		i++
	}
	return times[i:]
}

// limitIssue: Cloud allows 20 writes on one issue in 2 seconds and 100 in 30.
func (j *Jira) limitIssue(c *call) *reply {
	if !isWrite(c.route) || j.knobs.IssueWrites2s <= 0 && j.knobs.IssueWrites30s <= 0 {
		return nil
	}
	is := j.issueOfPath(c.req.URL.Path)
	if is == nil {
		return nil
	}
	now := j.now()
	recent := within(j.limits.issueWrites[is.ID], now, 30*time.Second)
	short := within(recent, now, 2*time.Second)
	for _, l := range []struct {
		limit  int
		times  []time.Time
		window time.Duration
	}{{j.knobs.IssueWrites2s, short, 2 * time.Second}, {j.knobs.IssueWrites30s, recent, 30 * time.Second}} {
		if l.limit > 0 && len(l.times) >= l.limit {
			rep := limitReply(ReasonIssueWrites, l.times[0].Add(l.window), now, l.limit)
			return &rep
		}
	}
	j.limits.issueWrites[is.ID] = append(slices.Clone(recent), now)
	return nil
}

// issueOfPath finds the issue that a platform path writes to.
func (j *Jira) issueOfPath(p string) *Issue {
	rest, isIssue := strings.CutPrefix(p, "/rest/api/2/issue/")
	if !isIssue {
		return nil
	}
	ref, _, _ := strings.Cut(rest, "/")
	return j.findIssue(ref)
}

// limitBurst counts calls to one endpoint and method in the last second.
func (j *Jira) limitBurst(c *call) *reply {
	limit := j.knobs.Burst[c.req.Method]
	if limit <= 0 {
		return nil
	}
	now := j.now()
	recent := within(j.limits.bursts[c.route], now, time.Second)
	if len(recent) >= limit {
		rep := limitReply(ReasonBurst, recent[0].Add(time.Second), now, limit)
		return &rep
	}
	j.limits.bursts[c.route] = append(slices.Clone(recent), now)
	return nil
}

// limitReply is Cloud's 429 with its headers.
func limitReply(reason string, reset, now time.Time, limit int) reply {
	wait := max(int((reset.Sub(now)+time.Second-1)/time.Second), 1)
	return reply{status: http.StatusTooManyRequests, header: limitHeader(reason, wait, reset, limit),
		body: refuse(http.StatusTooManyRequests, "Rate limit exceeded.").body()}
}

func limitHeader(reason string, wait int, reset time.Time, limit int) http.Header {
	h := http.Header{}
	h.Set("Retry-After", strconv.Itoa(wait))
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset", reset.UTC().Format(time.RFC3339))
	h["RateLimit-Reason"] = []string{reason}
	return h
}

// tooMany is the 429 of a fault, in the manner of the flavour.
func (j *Jira) tooMany(f *Fault) reply {
	j.mu.Lock()
	defer j.mu.Unlock()
	wait := orDefault(f.RetryAfter, defaultRetryAfter)
	reason := f.Reason
	if reason == "" {
		reason = ReasonBurst
	}
	rep := reply{status: http.StatusTooManyRequests, body: refuse(http.StatusTooManyRequests, "Rate limit exceeded.").body()}
	if j.cloud() {
		rep.header = limitHeader(reason, wait, j.now().Add(time.Duration(wait)*time.Second), 350)
	} else {
		rep.header = bucketHeader(Bucket{Limit: 50, Fill: 10, Seconds: 10}, 0, wait)
	}
	for k, v := range f.Header {
		rep.header.Set(k, v)
	}
	return rep
}

// limitBucket is Data Center's token bucket for each user.
func (j *Jira) limitBucket(c *call) (reply, *reply) {
	b := j.knobs.Bucket
	if b.Limit <= 0 {
		return reply{}, nil
	}
	now, who := j.now(), c.req.Header.Get("Authorization")
	s := j.limits.buckets[who]
	if s == nil {
		s = &bucketState{tokens: b.Limit, filled: now}
		j.limits.buckets[who] = s
	}
	every := time.Duration(max(b.Seconds, 1)) * time.Second
	for now.Sub(s.filled) >= every {
		s.tokens, s.filled = min(s.tokens+b.Fill, b.Limit), s.filled.Add(every)
	}
	if s.tokens == 0 {
		wait := int((s.filled.Add(every).Sub(now) + time.Second - 1) / time.Second)
		return reply{}, &reply{status: http.StatusTooManyRequests, header: bucketHeader(b, 0, max(wait, 1)),
			body: obj{"message": "Rate limit exceeded."}}
	}
	s.tokens--
	return reply{header: bucketHeader(b, s.tokens, 0)}, nil
}

func bucketHeader(b Bucket, left, wait int) http.Header {
	h := http.Header{}
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.Limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	h.Set("X-RateLimit-FillRate", strconv.Itoa(b.Fill))
	h.Set("X-RateLimit-Interval-Seconds", strconv.Itoa(b.Seconds))
	h.Set("Retry-After", strconv.Itoa(wait))
	return h
}
