package jira

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// doer sends the requests that go-jira builds. It takes the place of an http.Client, which leaves no code that follows
// redirects, and turns everything but a usable 2xx answer into an *Error, so that go-jira never has to understand one.
type doer struct {
	cfg      Config
	base     *url.URL
	budget   *budget
	readOnly bool
	auth     string
}

// Do sends the request, repeating it where that is safe. The body of the response is already read; it need not be
// closed, and can be read again after a Close.
func (d *doer) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.send(req)
	if err != nil {
		return nil, err // never a nil *Error inside a non-nil error
	}
	return resp, nil
}

func (d *doer) send(req *http.Request) (*http.Response, *Error) {
	rel, inside := relative(d.base, req)
	if !inside {
		return nil, &Error{Kind: KindInvalid, Method: req.Method, Executed: ExecutedNo,
			Messages: []string{"refused: the address is not below the configured base URL"}}
	}
	fill := func(e *Error) *Error {
		e.Method, e.Path = req.Method, rel
		if !isWrite(req.Method, rel) {
			e.Executed = ExecutedNo // a read has no effect that could have happened
		}
		return e
	}
	if d.readOnly && isWrite(req.Method, rel) {
		return nil, fill(&Error{Kind: KindReadOnly, Executed: ExecutedNo, Err: ErrReadOnly})
	}
	body, err := replayable(req)
	if err != nil {
		return nil, fill(&Error{Kind: KindInvalid, Executed: ExecutedNo, Err: fmt.Errorf("read own body: %w", err)})
	}
	for try := 0; ; try++ {
		resp, e := d.once(req, rel, body)
		if e == nil {
			return resp, nil
		}
		pause, again := d.again(e, repeatable(req.Method, rel), try)
		if !again {
			return nil, fill(e)
		}
		d.cfg.Logger.LogAttrs(req.Context(), slog.LevelInfo, "jira call failed, trying again", append(slices.Clone(subjectOf(req.Context())),
			slog.String("method", req.Method), slog.String("route", routeOf(req.Context())), slog.String("kind", string(e.Kind)),
			slog.Int("status", e.Status), slog.Duration("pause", pause))...)
		d.cfg.Waited(waitReason(e), pause)
		if err := d.cfg.Sleep(req.Context(), pause); err != nil {
			late := cancelled(req.Context(), err)
			late.Executed = e.Executed
			return nil, fill(late)
		}
	}
}

// once makes one attempt, after everything that may still forbid it.
func (d *doer) once(req *http.Request, rel string, body []byte) (*http.Response, *Error) {
	ctx := req.Context()
	if err := ended(ctx); err != nil {
		return nil, &Error{Kind: KindCancelled, Executed: ExecutedNo, Err: err}
	}
	if e := d.budget.wait(ctx, priorityOf(ctx)); e != nil {
		return nil, e
	}
	if isWrite(req.Method, rel) {
		if err := writeGuard(ctx); err != nil {
			return nil, &Error{Kind: KindCancelled, Executed: ExecutedNo, Err: fmt.Errorf("write guard: %w", err)}
		}
	}
	start := d.cfg.Now()
	_, end := d.cfg.Trace.begin(ctx, "jira "+req.Method+" "+routeOf(ctx))
	resp, e := d.attempt(req, body)
	endCall(end, resp, e)
	d.cfg.Observe(routeOf(ctx), req.Method, statusOrNone(resp, e), d.cfg.Now().Sub(start))
	if resp != nil {
		d.budget.announced(resp.Header)
	}
	if e != nil && e.Kind == KindRateLimited {
		d.budget.refused(e)
		if e.Wait > longestNap { // too long to sit out here: the queue waits
			d.cfg.Waited(WaitRateLimit, e.Wait)
		}
	}
	return resp, e
}

// again decides whether and after which pause the failed attempt number try (from 0) is repeated.
func (d *doer) again(e *Error, how repeat, try int) (time.Duration, bool) {
	if try >= d.cfg.MaxRetries || !how.allows(e, try) || e.Wait > longestNap {
		return 0, false
	}
	spread := 0.7 + 0.6*d.cfg.Rand()
	if e.Wait > 0 {
		return e.Wait + time.Duration(spread*float64(100*time.Millisecond)), true
	}
	pause := 400 * time.Millisecond << try
	return min(time.Duration(spread*float64(pause)), longestNap), true
}

// waitReason says why a failed attempt is not repeated at once.
func waitReason(e *Error) string {
	if e.Kind == KindRateLimited {
		return WaitRateLimit
	}
	return WaitRetry
}

// replayable reads the request's body, so that each attempt can send it anew.
func replayable(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	body, err := io.ReadAll(req.Body)
	if cerr := req.Body.Close(); err == nil {
		err = cerr
	}
	return body, err
}

// rewinder is a body that was read already. Close rewinds it: whoever forgets to close leaks nothing, and whoever reads
// an answer twice finds it whole.
type rewinder struct{ *bytes.Reader }

func (r rewinder) Close() error {
	_, err := r.Seek(0, io.SeekStart)
	return err
}

// statusOrNone is the status of an answer or of a failure, 0 where there was no answer.
func statusOrNone(resp *http.Response, e *Error) int {
	if resp != nil {
		return resp.StatusCode
	}
	return e.Status
}
