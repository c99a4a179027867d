package jira

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// repeat says which failures of a call allow sending it again.
type repeat int

const (
	// repeatOnce: a POST. Jira has no idempotency key, so a POST that may have been executed is never repeated.
	repeatOnce repeat = iota
	// repeatSame: PUT and DELETE lead to the same state however often they are sent. They are repeated when Jira says
	// when to come back; after a time-out the caller has to look first, since somebody else may have written meanwhile.
	repeatSame
	// repeatRead: a call without effects.
	repeatRead
)

func repeatable(method, rel string) repeat {
	switch {
	case !isWrite(method, rel):
		return repeatRead
	case method == http.MethodPut, method == http.MethodDelete:
		return repeatSame
	default:
		return repeatOnce
	}
}

// allows reports whether the failure e of attempt number try (from 0) may be answered by another attempt.
func (r repeat) allows(e *Error, try int) bool {
	switch e.Kind {
	case KindUnreachable:
		return true
	case KindRateLimited:
		// A 429 was not executed, whatever the method. A used-up quota does not come back within our patience, and what
		// our own budget held back needs no second look.
		return e.Status != 0 && !strings.HasPrefix(e.Reason, "jira-quota")
	case KindUnavailable:
		switch e.Status {
		case 0:
			// A second time-out in a row is no accident any more.
			return r == repeatRead && (try == 0 || !e.timedOut)
		case http.StatusServiceUnavailable:
			return r == repeatRead || r == repeatSame && e.Wait > 0
		case http.StatusBadGateway, http.StatusGatewayTimeout:
			return r == repeatRead
		}
	case KindUnauthorized, KindForbidden, KindNotFound, KindInvalid, KindConflict, KindTooLarge, KindGone, KindMalformed,
		KindReadOnly, KindRedirect, KindCancelled, KindTooManyPages:
	}
	return false
}

// longestWait bounds what a server may ask for: a wrong clock or a hostile header must not silence andon for days.
const longestWait = time.Hour

// waitFor reads how long the answer asks us to stay away: Retry-After in seconds or as a date, else X-RateLimit-Reset as
// a date or epoch seconds (Atlassian: "Rate limiting"). Dates are measured against the answer's own Date.
func waitFor(h http.Header, now time.Time) time.Duration {
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	if v := strings.TrimSpace(h.Get("Retry-After")); v != "" {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return bounded(n)
		}
		if t, err := http.ParseTime(v); err == nil {
			return clamp(t.Sub(now))
		}
	}
	v := strings.TrimSpace(h.Get("X-RateLimit-Reset"))
	if v == "" {
		return 0
	}
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		return bounded(n - now.Unix())
	}
	if t, err := time.Parse(time.RFC3339, v); err == nil {
		return clamp(t.Sub(now))
	}
	return 0
}

func bounded(seconds int64) time.Duration {
	return clamp(time.Duration(max(0, min(seconds, int64(longestWait/time.Second)))) * time.Second)
}

func clamp(d time.Duration) time.Duration { return max(0, min(d, longestWait)) }
