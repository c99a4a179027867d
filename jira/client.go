package jira

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	gojira "github.com/andygrunwald/go-jira"
)

// Budget bounds how often Jira is asked, over all calls of a Client and its read-only twin.
type Budget struct {
	PerSecond float64 // requests a second in the long run; 10 when 0
	Burst     int     // requests at once after a quiet while; 20 when 0
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
	// MaxRetries bounds the further attempts after the first; 0 means 2, negative none.
	MaxRetries int
	Budget     Budget
	// Base carries the bytes; a plain http.Transport when nil.
	Base http.RoundTripper
	// Now is the clock; required.
	Now func() time.Time
	// Sleep waits between attempts and for the budget; a timer when nil. A fake one must move the clock on.
	Sleep func(ctx context.Context, d time.Duration) error
	// Rand gives 0 <= x < 1 and spreads the waits; always the middle when nil.
	Rand func() float64
	// Logger gets one line for each retry; nothing is logged when nil.
	Logger *slog.Logger
	// Observe is told of each attempt; the route has {} instead of ids. Status 0 means that no answer came.
	Observe func(route, method string, status int, d time.Duration)
	// Waited is told of each wait before an attempt, with one of the reasons WaitBudget,
	// WaitRateLimit and WaitRetry.
	Waited func(reason string, d time.Duration)
	// Trace follows each attempt; nothing is traced where it is nil.
	Trace Trace
}

// The reasons for which a call has to wait.
const (
	// WaitBudget: our own budget of calls is used up for the moment.
	WaitBudget = "budget"
	// WaitRateLimit: Jira has said "too many".
	WaitRateLimit = "rate_limit"
	// WaitRetry: Jira failed, and the call is sent again.
	WaitRetry = "retry"
)

// Client talks to one Jira. It is safe for concurrent use.
type Client struct {
	cfg    Config
	base   *url.URL
	api    *gojira.Client
	doer   *doer
	shared *shared
	reads  *Client // the read-only twin
}

// shared is what a client and its read-only twin have in common.
type shared struct {
	budget *budget
	server memo[ServerInfo]
	sprint memo[string]
}

// NewClient checks the settings and returns a client. Nothing is sent. Its errors never contain the token.
func NewClient(cfg Config) (*Client, error) {
	base, err := parseBase(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := checkCredentials(cfg); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		return nil, errors.New("jira client: no clock given")
	}
	cfg = withDefaults(cfg)
	sh := &shared{budget: newBudget(cfg)}
	reads, err := build(cfg, base, sh, true)
	if err != nil {
		return nil, err
	}
	reads.reads = reads
	c, err := build(cfg, base, sh, false)
	if err != nil {
		return nil, err
	}
	c.reads = reads
	return c, nil
}

// ReadOnly returns a client with the same budget and caches that refuses every write with ErrReadOnly before it is sent.
func (c *Client) ReadOnly() *Client { return c.reads }

// BaseURL returns the address of the REST calls, without a slash at the end. People open ServerInfo.BaseURL instead.
func (c *Client) BaseURL() string { return strings.TrimSuffix(c.base.String(), "/") }

func build(cfg Config, base *url.URL, sh *shared, readOnly bool) (*Client, error) {
	d := &doer{cfg: cfg, base: base, budget: sh.budget, readOnly: readOnly, auth: authorization(cfg)}
	api, err := gojira.NewClient(d, base.String())
	if err != nil {
		return nil, fmt.Errorf("jira client: %w", err)
	}
	return &Client{cfg: cfg, base: base, api: api, doer: d, shared: sh}, nil
}

// parseBase accepts an http(s) address with an optional path and nothing that could hide a secret or swallow a path.
func parseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, errors.New("jira base URL: cannot be parsed")
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return nil, errors.New("jira base URL: want https://host or https://host/path")
	case u.User != nil:
		return nil, errors.New("jira base URL: must not contain credentials")
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return nil, errors.New("jira base URL: must not contain a query or fragment")
	}
	u.Path = strings.TrimRight(u.Path, "/") + "/"
	u.RawPath = ""
	return u, nil
}

func checkCredentials(cfg Config) error {
	if cfg.Token == "" {
		return errors.New("jira client: no token given")
	}
	for _, s := range []string{cfg.Token, cfg.Email, cfg.UserAgent} {
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return errors.New("jira client: e-mail, token and user agent must not contain control characters or line breaks")
		}
	}
	if strings.Contains(cfg.Email, ":") {
		return errors.New("jira client: the e-mail must not contain a colon")
	}
	return nil
}

func withDefaults(cfg Config) Config {
	if cfg.UserAgent == "" {
		cfg.UserAgent = "andon"
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = 20 * time.Second
	}
	if cfg.MaxRetries == 0 {
		cfg.MaxRetries = 2
	}
	if cfg.Budget.PerSecond <= 0 {
		cfg.Budget.PerSecond = 10
	}
	if cfg.Budget.Burst <= 0 {
		cfg.Budget.Burst = 20
	}
	if cfg.Base == nil {
		cfg.Base = newBase()
	}
	if cfg.Sleep == nil {
		cfg.Sleep = sleep
	}
	if cfg.Rand == nil {
		cfg.Rand = func() float64 { return 0.5 }
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Observe == nil {
		cfg.Observe = func(string, string, int, time.Duration) {}
	}
	if cfg.Waited == nil {
		cfg.Waited = func(string, time.Duration) {}
	}
	return cfg
}

// newBase is a transport with every time-out set and few idle connections: there is one host to talk to.
func newBase() http.RoundTripper {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           16,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// sleep waits for d or for the end of ctx, whichever comes first.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}
