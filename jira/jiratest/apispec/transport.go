package apispec

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// Transport holds every call that goes through it, and every answer that comes back,
// against the description.
type Transport struct {
	Base http.RoundTripper
	// Court judges and counts.
	Court *Court
	// DataCenter says that the site is one.
	DataCenter bool
	// Planted says, after an answer has come, that a test put it in the place of the
	// site's own: it is not judged then.
	Planted func() bool
	// Report is told of each finding.
	Report func(Finding)
	// Judged is told of each verdict, if it is set.
	Judged func(Verdict)
}

// RoundTrip lets the call through and judges it.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := Exchange{Method: req.Method, Target: req.URL.RequestURI(), Header: req.Header, DataCenter: t.DataCenter}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, fmt.Errorf("read the body of %s %s: %w", req.Method, x.Target, err)
		}
		if err := req.Body.Close(); err != nil {
			return nil, fmt.Errorf("read the body of %s %s: %w", req.Method, x.Target, err)
		}
		x.Body = body
		again := *req
		again.Body = io.NopCloser(bytes.NewReader(body))
		req = &again
	}
	res, err := t.Base.RoundTrip(req)
	if err == nil && !(t.Planted != nil && t.Planted()) {
		if err := x.keep(res); err != nil {
			return nil, err
		}
	}
	v, bad := t.Court.Judge(x)
	if bad != nil {
		return nil, bad
	}
	if t.Judged != nil {
		t.Judged(v)
	}
	for _, f := range v.Findings {
		t.Report(f)
	}
	return res, err
}

// keep reads an answer and leaves it as it was.
func (x *Exchange) keep(res *http.Response) error {
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("read the answer to %s %s: %w", x.Method, x.Target, err)
	}
	if err := res.Body.Close(); err != nil {
		return fmt.Errorf("read the answer to %s %s: %w", x.Method, x.Target, err)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	x.Status, x.Answer, x.Text = res.StatusCode, res.Header, body
	return nil
}
