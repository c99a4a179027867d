package jira

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
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

	body     []byte // the answer as it came, for calls whose refusals have a shape of their own
	timedOut bool
}

// maxText bounds the text of an error, in runes. It ends up in comments and log lines.
const maxText = 300

// Error says what was attempted, the status and Jira's own words, in one short line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("jira")
	if e.Method != "" {
		b.WriteString(" " + e.Method + " " + e.Path)
	}
	b.WriteString(": " + string(e.Kind))
	if e.Status != 0 {
		b.WriteString(" (" + strconv.Itoa(e.Status) + ")")
	}
	if text := e.Text(); text != "" {
		b.WriteString(": " + text)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return clip(oneLine(b.String()), maxText)
}

// Text returns Jira's own words, the sentences first and then the fields in alphabetical order; "" when it said nothing.
func (e *Error) Text() string {
	parts := slices.Clone(e.Messages)
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		parts = append(parts, name+": "+e.Fields[name])
	}
	return strings.Join(parts, "; ")
}

// Unwrap returns the cause below.
func (e *Error) Unwrap() error { return e.Err }

// RetryAfter is how long Jira asked us to stay away; 0 when it did not say.
func (e *Error) RetryAfter() time.Duration { return e.Wait }

// asError finds the *Error in err.
func asError(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf returns the kind of the first *Error in err, or "" when there is none.
func KindOf(err error) Kind {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Kind
}

// IsNotFound reports whether err is a 404: absent, or not to be seen by us.
func IsNotFound(err error) bool { return KindOf(err) == KindNotFound }

// IsForbidden reports whether err is a 403.
func IsForbidden(err error) bool { return KindOf(err) == KindForbidden }

// IsUnauthorized reports whether err is a 401.
func IsUnauthorized(err error) bool { return KindOf(err) == KindUnauthorized }

// IsInvalid reports whether err says that the request itself was refused.
func IsInvalid(err error) bool { return KindOf(err) == KindInvalid }

// IsConflict reports whether err is a 409.
func IsConflict(err error) bool { return KindOf(err) == KindConflict }

// IsRateLimited reports whether err says "too often".
func IsRateLimited(err error) bool { return KindOf(err) == KindRateLimited }

// IsReadOnly reports whether err comes from the read-only gate.
func IsReadOnly(err error) bool { return KindOf(err) == KindReadOnly }

// IsCancelled reports whether the caller's context or write guard ended the call.
func IsCancelled(err error) bool { return KindOf(err) == KindCancelled }

// IsTemporary reports whether the same call may succeed later without anybody changing anything at Jira.
func IsTemporary(err error) bool {
	switch KindOf(err) {
	case KindRateLimited, KindUnavailable, KindUnreachable, KindConflict, KindMalformed, KindCancelled, KindTooManyPages:
		return true
	case KindUnauthorized, KindForbidden, KindNotFound, KindInvalid, KindTooLarge, KindGone, KindReadOnly, KindRedirect:
		return false
	}
	return false
}

// MaybeExecuted reports whether the failed write may have had its effect. An error that is not ours counts as maybe;
// nil does not.
func MaybeExecuted(err error) bool {
	if err == nil {
		return false
	}
	var e *Error
	return !errors.As(err, &e) || e.Executed != ExecutedNo
}

// refuse is an error for arguments that must not be sent.
func refuse(format string, args ...any) *Error {
	return &Error{Kind: KindInvalid, Executed: ExecutedNo, Err: fmt.Errorf(format, args...)}
}
