package jira

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Budget bounds how often Jira is asked, over all calls of a Client and its read-only twin.
type Budget struct {
	PerSecond float64 // 0: 10
	Burst     int     // 0: 20
}

// Config of a Client.
type Config struct {
	// BaseURL may have a path (a context path, or the gateway's /ex/jira/<cloudId>); it is always kept.
	BaseURL string
	// Email and Token together are sent as basic auth, a Token alone as a bearer.
	Email string
	Token string
	// UserAgent is sent with each request; "andon" when empty.
	UserAgent string
	// Timeout bounds one attempt including its body; 20 s when 0.
	Timeout time.Duration
	// MaxRetries bounds the further attempts after the first; 0 means 3, negative none.
	MaxRetries int
	Budget     Budget
	// Base carries the bytes; a plain http.Transport when nil.
	Base http.RoundTripper
	// Now, Sleep and Rand (0 <= x < 1, for jitter) are injected so that tests need no real time. Now is required.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
	Rand  func() float64
	// Logger gets one line for each retry; nothing is logged when nil.
	Logger *slog.Logger
	// Observe is told of each attempt; the route has placeholders instead of ids. Status 0 means no answer.
	Observe func(route, method string, status int, d time.Duration)
}

// Client talks to one Jira. It is safe for concurrent use.
type Client struct {
}
