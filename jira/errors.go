package jira

import (
	"errors"
	"time"
)

// Kind says what a failed call means for the caller.
type Kind string

// The kinds of failure.
const (
	// KindUnauthorized: the credentials are missing, wrong or expired (401).
	KindUnauthorized Kind = "unauthorized"
	// KindForbidden: we may not do this (403).
	KindForbidden Kind = "forbidden"
	// KindNotFound: absent, or we may not see it (404). Jira does not tell which.
	KindNotFound Kind = "not-found"
	// KindInvalid: Jira, or a check of ours before sending, refused the request as such (400 and other 4xx).
	KindInvalid Kind = "invalid"
	// KindConflict: somebody else changed the same thing (409).
	KindConflict Kind = "conflict"
	// KindTooLarge: a limit of size or number is reached (413).
	KindTooLarge Kind = "too-large"
	// KindGone: Atlassian has removed this call (410).
	KindGone Kind = "gone"
	// KindRateLimited: asked too often (429), or held back by us because Jira said so a moment ago. Not executed.
	KindRateLimited Kind = "rate-limited"
	// KindUnavailable: no usable answer in time (5xx, time-out, connection lost). A write may have been executed.
	KindUnavailable Kind = "unavailable"
	// KindUnreachable: no connection came about, so nothing was sent.
	KindUnreachable Kind = "unreachable"
	// KindMalformed: an answer that is not what Jira answers, for example the HTML page of a proxy with status 200.
	KindMalformed Kind = "malformed"
	// KindReadOnly: a write was refused by the read-only gate.
	KindReadOnly Kind = "read-only"
	// KindRedirect: Jira (or something before it) points elsewhere. Redirects are never followed.
	KindRedirect Kind = "redirect"
	// KindCancelled: the caller gave up, or its write guard refused.
	KindCancelled Kind = "cancelled"
	// KindTooManyPages: a list or a history could not be read to its end.
	KindTooManyPages Kind = "too-many-pages"
)

// Executed says whether a call that failed has had its effect.
type Executed string

// The answers to "did it happen?".
const (
	ExecutedNo    Executed = "no"
	ExecutedMaybe Executed = "maybe"
	ExecutedYes   Executed = "yes"
)

// ErrReadOnly is wrapped by every refusal of the read-only gate.
var ErrReadOnly = errors.New("refused: read-only mode")

// Error is the one shape in which every failed call to Jira comes back. Its text is short and holds no secret.
type Error struct {
	Kind   Kind
	Status int // HTTP status, 0 without an answer
	// Messages are Jira's own sentences, already cleaned and shortened; Fields names what is wrong with which field.
	Messages []string
	Fields   map[string]string
	// Wait is how long Jira asked us to stay away; 0 when it did not.
	Wait time.Duration
	// Reason is Jira's machine-readable cause, for example "jira-per-issue-on-write".
	Reason string
	Method string
	Path   string // below the base URL, without the query
	// Executed says whether the effect may have happened.
	Executed Executed
	// Err is the cause below, if any.
	Err error

	body []byte
}
