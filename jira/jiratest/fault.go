package jiratest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Kinds of fault.
const (
	FaultStatus   = "status"   // answers Status with Body
	FaultLimited  = "limited"  // 429 with Reason and RetryAfter
	FaultHTML     = "html"     // an HTML page with Status (default 200), as from a proxy or a login screen
	FaultTruncate = "truncate" // the real answer, cut in the middle, with its real status
	FaultRedirect = "redirect" // 302 to Location
	FaultReset    = "reset"    // the connection ends without an answer
	FaultHang     = "hang"     // no answer until the client gives up
	FaultDelay    = "delay"    // the real answer, but later by Delay
)

// Reasons of a 429 (Atlassian, "Rate limiting").
const (
	ReasonBurst        = "jira-burst-based"
	ReasonIssueWrites  = "jira-per-issue-on-write"
	ReasonQuotaGlobal  = "jira-quota-global-based"
	ReasonQuotaTenant  = "jira-quota-tenant-based"
	defaultRetryAfter  = 1
	defaultFaultStatus = http.StatusInternalServerError
)

// Fault is something that goes wrong with calls. The zero Method, Path and
// User match all calls; Path is the path as the site sees it (no context path,
// no gateway) with path.Match wildcards in each element, and "**" at the end for
// any rest: "/rest/agile/1.0/sprint/*", "/rest/api/2/issue/**".
type Fault struct {
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	User   string `json:"user,omitempty"` // e-mail of the caller
	Skip   int    `json:"skip,omitempty"` // let that many matching calls pass first
	Times  int    `json:"times,omitempty"`
	// After lets the call take effect and then spoils the answer. A 502 or a
	// reset after the effect is the classic "was it done or not".
	After      bool              `json:"after,omitempty"`
	Kind       string            `json:"kind"`
	Status     int               `json:"status,omitempty"`
	Body       string            `json:"body,omitempty"`
	Header     map[string]string `json:"header,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	RetryAfter int               `json:"retryAfter,omitempty"` // seconds
	Location   string            `json:"location,omitempty"`
	Delay      Duration          `json:"delay,omitempty"`
}

// Duration is a time.Duration that is written like "1m30s" in JSON.
type Duration time.Duration

// UnmarshalText reads the form of time.ParseDuration.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf("read a duration: %w", err)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes the form of time.ParseDuration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// ActiveFault is a fault that was set, with how often it has struck.
type ActiveFault struct {
	ID int64 `json:"id"`
	Fault
	Matched int `json:"matched"`
	Struck  int `json:"struck"`
}

// faultState is guarded by the site's lock.
type faultState struct {
	list   []*ActiveFault
	script func(Call) *Fault
	before []func(Call) error
	after  []func(Call) error
}

// ErrDrop is for hooks: the connection ends without an answer.
var ErrDrop = errors.New("drop the connection")

// Fail sets a fault and returns its id. Times 0 means once, -1 for ever. The
// oldest fault that matches a call strikes, one for each call.
func (j *Jira) Fail(f Fault) (int64, error) {
	switch f.Kind {
	case FaultStatus, FaultLimited, FaultHTML, FaultTruncate, FaultRedirect, FaultReset, FaultHang, FaultDelay:
	default:
		return 0, refuse(http.StatusBadRequest, "unknown kind of fault %q", f.Kind)
	}
	if _, err := path.Match(strings.TrimSuffix(f.Path, "**"), ""); err != nil {
		return 0, refuse(http.StatusBadRequest, "bad path pattern %q", f.Path)
	}
	if f.Times == 0 {
		f.Times = 1
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	a := &ActiveFault{ID: j.next("fault", 1), Fault: f}
	j.faults.list = append(j.faults.list, a)
	return a.ID, nil
}

// Heal takes a fault away; id 0 takes all away.
func (j *Jira) Heal(id int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var left []*ActiveFault
	for _, f := range j.faults.list {
		if id != 0 && f.ID != id {
			left = append(left, f)
		}
	}
	j.faults.list = left
}

// Faults are the faults that are set, used up or not.
func (j *Jira) Faults() []ActiveFault {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]ActiveFault, len(j.faults.list))
	for i, f := range j.faults.list {
		out[i] = *f
	}
	return out
}

// BeforeCalls calls f before each REST call takes effect, AfterCalls after it
// (the call's Status is known then). An error, such as ErrDrop, drops the
// connection: before the effect the call was never made, after it the answer
// is lost. f may also panic, for example to play a crash of the caller in the
// same process. Hooks run outside the site's lock and may look at the site; nil
// takes all hooks away.
func (j *Jira) BeforeCalls(f func(Call) error) { j.addHook(&j.faults.before, f) }

// AfterCalls is described with BeforeCalls.
func (j *Jira) AfterCalls(f func(Call) error) { j.addHook(&j.faults.after, f) }

func (j *Jira) addHook(to *[]func(Call) error, f func(Call) error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if f == nil {
		*to = nil
		return
	}
	*to = append(*to, f)
}

// intercept wraps a call with faults and limits; the lock is not held. What
// people do through the Go API is spared.
func (j *Jira) intercept(c *call, next func() reply) reply {
	if c.inside {
		return next()
	}
	f, before, after := j.chooseFault(c)
	if drop := runHooks(before, callOf(c, 0)); drop {
		return reply{drop: true}
	}
	if f != nil && !f.After {
		if rep, instead := j.strike(c, f, nil); instead {
			rep.planted = true
			return rep
		}
	}
	rep, limited := j.limit(c)
	if limited == nil {
		rep = withHeaders(next(), rep.header)
	} else {
		rep = *limited
	}
	if drop := runHooks(after, callOf(c, rep.status)); drop {
		return reply{status: rep.status, drop: true}
	}
	if f != nil && f.After {
		if spoiled, instead := j.strike(c, f, &rep); instead {
			spoiled.planted = true
			return spoiled
		}
	}
	return rep
}

func runHooks(hooks []func(Call) error, k Call) bool {
	for _, h := range hooks {
		if h(k) != nil {
			return true
		}
	}
	return false
}

func callOf(c *call, status int) Call {
	k := Call{Method: c.req.Method, Path: c.req.URL.Path, Query: c.req.URL.RawQuery, Route: c.route, Status: status, Write: isWrite(c.route)}
	if c.user != nil {
		k.User = c.user.Email
	}
	return k
}

func (j *Jira) chooseFault(c *call) (f *Fault, before, after []func(Call) error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if h := c.req.Header.Get("Authorization"); h != "" {
		c.user = j.callerOf(c, h) // so that faults and hooks know who calls
	}
	before, after = j.faults.before, j.faults.after
	for _, a := range j.faults.list {
		if !a.matches(c) || a.Times >= 0 && a.Struck >= a.Times {
			continue
		}
		a.Matched++
		if a.Matched > a.Skip {
			a.Struck++
			hit := a.Fault
			return &hit, before, after
		}
	}
	if j.faults.script != nil {
		f = j.faults.script(callOf(c, 0))
	}
	return f, before, after
}

func (f *Fault) matches(c *call) bool {
	if f.Method != "" && f.Method != c.req.Method || f.User != "" && f.User != callOf(c, 0).User {
		return false
	}
	if f.Path == "" {
		return true
	}
	if prefix, open := strings.CutSuffix(f.Path, "**"); open {
		n := strings.Count(prefix, "/")
		parts := strings.SplitN(c.req.URL.Path, "/", n+1)
		return len(parts) == n+1 && matchPath(prefix, strings.Join(parts[:n], "/")+"/")
	}
	return matchPath(f.Path, c.req.URL.Path)
}

func matchPath(pattern, p string) bool {
	match, err := path.Match(pattern, p)
	return err == nil && match
}

// strike makes the fault's answer; instead is false when the call goes on (or
// has gone) its usual way. truth is the true answer, nil before the effect.
func (j *Jira) strike(c *call, f *Fault, truth *reply) (rep reply, instead bool) {
	if f.Delay > 0 {
		pause(c.req.Context(), time.Duration(f.Delay))
	}
	switch f.Kind {
	case FaultDelay:
		return reply{}, false
	case FaultTruncate:
		if truth == nil {
			return truncated(ok(obj{"errorMessages": []string{"truncated"}})), true
		}
		return truncated(*truth), true
	case FaultHang:
		<-c.req.Context().Done()
		return reply{drop: true}, true
	case FaultReset:
		return reply{drop: true}, true
	case FaultLimited:
		return j.tooMany(f), true
	case FaultRedirect:
		return reply{status: http.StatusFound, header: http.Header{"Location": {f.Location}}}, true
	case FaultHTML:
		return withHeaders(htmlReply(orDefault(f.Status, http.StatusOK), "Something is in the way"), f.headers()), true
	}
	return f.answer(), true
}

func (f *Fault) headers() http.Header {
	h := http.Header{}
	for k, v := range f.Header {
		h.Set(k, v)
	}
	if f.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	return h
}

func (f *Fault) answer() reply {
	rep := reply{status: orDefault(f.Status, defaultFaultStatus), header: f.headers()}
	if f.Body != "" {
		rep.body = []byte(f.Body)
	} else {
		rep.body = refuse(rep.status, "%s", http.StatusText(rep.status)).body()
	}
	return rep
}

func orDefault(n, def int) int {
	if n == 0 {
		return def
	}
	return n
}

// truncated keeps the first half of the body and says so in no header.
func truncated(rep reply) reply {
	body, isRaw := rep.body.([]byte)
	if !isRaw {
		body = raw(rep.body)
	}
	rep.body = body[:len(body)/2]
	rep.header = withHeaders(rep, http.Header{"Content-Type": {"application/json;charset=UTF-8"}}).header
	return rep
}

func withHeaders(rep reply, h http.Header) reply {
	if len(h) == 0 {
		return rep
	}
	out := h.Clone()
	for k, v := range rep.header {
		out[k] = v
	}
	rep.header = out
	return rep
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
