package jira

import (
	"net/http"
	"testing"
	"time"
)

func TestHowLongTheServerAsksToStayAway(t *testing.T) {
	now := time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		header map[string]string
		want   time.Duration
	}{
		{"nothing", nil, 0},
		{"seconds", map[string]string{"Retry-After": "7"}, 7 * time.Second},
		{"zero seconds", map[string]string{"Retry-After": "0"}, 0},
		{"blanks around", map[string]string{"Retry-After": " 7 "}, 7 * time.Second},
		{"negative", map[string]string{"Retry-After": "-7"}, 0},
		{"absurdly many", map[string]string{"Retry-After": "9223372036854775807"}, time.Hour},
		{"a date", map[string]string{"Retry-After": "Thu, 01 Jan 2026 01:00:30 GMT"}, 30 * time.Second},
		{"a date against the server's own clock", map[string]string{"Retry-After": "Thu, 01 Jan 2026 05:00:30 GMT", "Date": "Thu, 01 Jan 2026 05:00:00 GMT"}, 30 * time.Second},
		{"a date in the past", map[string]string{"Retry-After": "Thu, 01 Jan 2025 01:00:30 GMT"}, 0},
		{"rubbish", map[string]string{"Retry-After": "soon"}, 0},
		{"a reset date", map[string]string{"X-RateLimit-Reset": "2026-01-01T01:01:01Z"}, 61 * time.Second},
		{"a reset as epoch seconds", map[string]string{"X-RateLimit-Reset": "1767229261"}, 61 * time.Second},
		{"a reset beyond all measure", map[string]string{"X-RateLimit-Reset": "2036-01-01T01:01:01Z"}, time.Hour},
		{"a rubbish reset", map[string]string{"X-RateLimit-Reset": "tomorrow"}, 0},
		{"Retry-After wins", map[string]string{"Retry-After": "3", "X-RateLimit-Reset": "2026-01-01T01:01:01Z"}, 3 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			for k, v := range tt.header {
				h.Set(k, v)
			}
			equal(t, "wait", tt.want, waitFor(h, now))
		})
	}
}

func TestWhatCanBeRepeated(t *testing.T) {
	tests := []struct {
		method, path string
		want         repeat
	}{
		{"GET", "rest/api/2/myself", repeatRead},
		{"HEAD", "rest/api/2/myself", repeatRead},
		{"POST", "rest/api/2/search/jql", repeatRead},
		{"POST", "rest/api/2/changelog/bulkfetch", repeatRead},
		{"POST", "rest/api/2/search/approximate-count", repeatRead},
		{"PUT", "rest/api/2/issue/1", repeatSame},
		{"DELETE", "rest/api/2/issue/1", repeatSame},
		{"POST", "rest/api/2/issue", repeatOnce},
		{"PATCH", "rest/api/2/issue/1", repeatOnce},
	}
	for _, tt := range tests {
		equal(t, tt.method+" "+tt.path, tt.want, repeatable(tt.method, tt.path))
	}
}
