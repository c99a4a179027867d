package jira

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
)

// maxBody bounds an answer. The largest ones we ask for (a page of a hundred issues with descriptions) stay far below.
const maxBody = 10 << 20

// attempt sends the request once and reads the whole answer within the time-out.
func (d *doer) attempt(req *http.Request, body []byte) (*http.Response, *Error) {
	ctx, cancel := context.WithTimeout(req.Context(), d.cfg.Timeout)
	defer cancel()
	var line connection
	out := d.outgoing(httptrace.WithClientTrace(ctx, line.trace()), req, body)
	resp, err := d.cfg.Base.RoundTrip(out)
	if err != nil {
		return nil, lost(req.Context(), err, line.neverMade(err))
	}
	text, err := readAll(resp.Body)
	if err != nil {
		e := lost(req.Context(), err, false)
		if resp.StatusCode/100 == 2 {
			e.Executed = ExecutedYes
		}
		if errors.Is(err, errTooBig) {
			e.Kind = KindMalformed
		}
		return nil, e
	}
	if e := d.classify(resp, text); e != nil {
		return nil, e
	}
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte("null") // go-jira takes an empty success for an error
	}
	resp.Body = rewinder{bytes.NewReader(text)}
	resp.ContentLength = int64(len(text))
	return resp, nil
}

// outgoing is the request as it goes on the wire: its own headers, our credentials, a fresh body.
func (d *doer) outgoing(ctx context.Context, req *http.Request, body []byte) *http.Request {
	out := req.Clone(ctx)
	out.Header.Set("Authorization", d.auth)
	out.Header.Set("Accept", "application/json")
	out.Header.Set("User-Agent", d.cfg.UserAgent)
	if out.Header.Get("Content-Type") == "" {
		out.Header.Set("Content-Type", "application/json") // Cloud answers 415 to a DELETE without one
	}
	out.Body, out.GetBody, out.ContentLength = nil, nil, 0
	if body != nil {
		out.Body = io.NopCloser(bytes.NewReader(body))
		out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		out.ContentLength = int64(len(body))
	}
	return out
}

var errTooBig = fmt.Errorf("answer longer than %d MiB", maxBody>>20)

// readAll reads the body up to the bound and closes it, so that the connection is free again whatever the caller does.
func readAll(body io.ReadCloser) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	cerr := body.Close()
	switch {
	case err != nil:
		return nil, err
	case len(text) > maxBody:
		return nil, errTooBig
	case cerr != nil:
		return nil, cerr
	}
	return text, nil
}

// lost describes an attempt without a whole answer. The caller's context decides first: its end is no fault of Jira's.
func lost(ctx context.Context, err error, neverSent bool) *Error {
	e := &Error{Kind: KindUnavailable, Executed: ExecutedMaybe, Err: err}
	var netErr net.Error
	e.timedOut = errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout()
	switch why := ended(ctx); {
	case why != nil:
		e.Kind, e.Err = KindCancelled, why
	case neverSent:
		e.Kind = KindUnreachable
	}
	if neverSent {
		e.Executed = ExecutedNo
	}
	return e
}

// connection watches an attempt to learn whether anything can have reached Jira.
type connection struct{ dialled, got atomic.Bool }

func (c *connection) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart:     func(httptrace.DNSStartInfo) { c.dialled.Store(true) },
		ConnectStart: func(string, string) { c.dialled.Store(true) },
		GotConn:      func(httptrace.GotConnInfo) { c.got.Store(true) },
	}
}

// neverMade reports whether the request certainly never left: the dialling was seen and no connection came of it, or the
// error can only arise before one exists. In doubt it is false.
func (c *connection) neverMade(err error) bool {
	if c.got.Load() {
		return false
	}
	if c.dialled.Load() {
		return true
	}
	var (
		op    *net.OpError
		dns   *net.DNSError
		cert  *tls.CertificateVerificationError
		plain tls.RecordHeaderError
	)
	return errors.As(err, &op) && op.Op == "dial" || errors.As(err, &dns) || errors.As(err, &cert) || errors.As(err, &plain) ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}
