package webhook

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Config says how to receive. Only Labels and one of Secrets and PathToken must be set; of the limits, zero means the default.
type Config struct {
	Secrets   []string // accepted for signatures: one, or the old and the new during a rotation
	PathToken string   // for POST /webhooks/jira/<token>, from servers that cannot sign; empty: that path answers 404
	Labels    []string // the name of every label that andon acts on

	MaxBody      int64         // bytes of one body; default 2 MiB. Jira Cloud sends up to 25 MB, but an event that matters is far smaller
	MaxHeld      int64         // bytes of all bodies held at one time; default 24 MiB, at least twice MaxBody and 64 KiB
	MaxConns     int           // connections served at one time; default 2048
	MaxHeader    int           // bytes of a request's head; default 16 KiB
	QueueTimeout time.Duration // for storing one event's hints; default 400 ms

	HeaderTimeout time.Duration // for a request's head to arrive; default 5 s
	ReadTimeout   time.Duration // for head and body to arrive; default 9 s: who stops sending is gone within ten
	WriteTimeout  time.Duration // from the head's arrival to the answer's end; default 15 s
	IdleTimeout   time.Duration // for which a connection may stay without a request; default 30 s

	CheckTimeout time.Duration // for one readiness check; default 2 s
	CheckEvery   time.Duration // for which the answer of /readyz is kept; default 1 s
	LogEvery     time.Duration // at most one log line in this time for each kind of refused request; default 10 s

	MetricsOnMain bool // serve /metrics beside the webhooks; else only MetricsHandler has them
}

// minSecret is the least length of a secret in characters: with 8 bits each, the 128 bits that OWASP ASVS 5.0, 11.5.1, asks for.
const minSecret = 16

func (c Config) withDefaults() Config {
	c.MaxBody = cmp.Or(c.MaxBody, 2<<20)
	c.MaxHeld = cmp.Or(c.MaxHeld, 24<<20)
	c.MaxConns = cmp.Or(c.MaxConns, 2048)
	c.MaxHeader = cmp.Or(c.MaxHeader, 16<<10)
	c.QueueTimeout = cmp.Or(c.QueueTimeout, 400*time.Millisecond)
	c.HeaderTimeout = cmp.Or(c.HeaderTimeout, 5*time.Second)
	c.ReadTimeout = cmp.Or(c.ReadTimeout, 9*time.Second)
	c.WriteTimeout = cmp.Or(c.WriteTimeout, 15*time.Second)
	c.IdleTimeout = cmp.Or(c.IdleTimeout, 30*time.Second)
	c.CheckTimeout = cmp.Or(c.CheckTimeout, 2*time.Second)
	c.CheckEvery = cmp.Or(c.CheckEvery, time.Second)
	c.LogEvery = cmp.Or(c.LogEvery, 10*time.Second)
	return c
}

// validate returns every fault, in words for the one who sets the variables; never a value.
func (c Config) validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(c.Secrets) == 0 && c.PathToken == "" {
		fault("set ANDON_WEBHOOK_SECRET (or ANDON_WEBHOOK_PATH_TOKEN for a Jira that cannot sign): without one, anybody could send webhooks")
	}
	for i, secret := range c.Secrets {
		switch {
		case len(secret) < minSecret:
			fault("ANDON_WEBHOOK_SECRET: secret %d has %d characters, it needs at least %d", i+1, len(secret), minSecret)
		case secret != strings.TrimSpace(secret):
			fault("ANDON_WEBHOOK_SECRET: secret %d begins or ends with white space", i+1)
		}
	}
	if token := c.PathToken; token != "" {
		if len(token) < minSecret {
			fault("ANDON_WEBHOOK_PATH_TOKEN: has %d characters, it needs at least %d", len(token), minSecret)
		}
		if strings.ContainsFunc(token, func(r rune) bool { return !plainInPath(r) }) {
			fault("ANDON_WEBHOOK_PATH_TOKEN: may hold only letters, digits and - . _ ~, since it is part of a URL")
		}
	}
	if len(c.Labels) == 0 {
		fault("no label names: then no event could ever matter")
	}
	for _, label := range c.Labels {
		if label == "" || strings.ContainsAny(label, " \t\r\n") {
			fault("label name %q: Jira's labels are not empty and hold no blanks", label)
		}
	}
	if c.MaxBody < 0 || c.MaxHeld < 2*c.MaxBody+usualBody || c.MaxConns < 0 || c.MaxHeader < 0 {
		fault("limits of the receiver: none may be negative, and the bodies held at one time (%d bytes) must be at least twice one body (%d bytes) and %d", c.MaxHeld, c.MaxBody, usualBody)
	}
	for _, d := range []time.Duration{c.QueueTimeout, c.HeaderTimeout, c.ReadTimeout, c.WriteTimeout, c.IdleTimeout, c.CheckTimeout, c.CheckEvery, c.LogEvery} {
		if d < 0 {
			fault("a time limit of the receiver is negative: %s", d)
		}
	}
	return errors.Join(faults...)
}

// plainInPath tells whether a character stands for itself in a URL (RFC 3986, unreserved).
func plainInPath(r rune) bool {
	return (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-._~", r))
}

// String leaves the secrets out, so that a Config can be logged.
func (c Config) String() string {
	return fmt.Sprintf("webhook.Config{%d secrets, path token %t, %d labels, max body %d}", len(c.Secrets), c.PathToken != "", len(c.Labels), c.MaxBody)
}

// GoString leaves the secrets out as well.
func (c Config) GoString() string { return c.String() }

// LogValue leaves the secrets out as well.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }
