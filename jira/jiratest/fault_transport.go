package jiratest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
)

// Transport takes requests to the site without a network, so that virtual
// time (testing/synctest) and thousands of runs are possible. A connection
// that the site drops is an error here as it is on a network, io.ErrUnexpectedEOF.
// The request's context counts; host and scheme of its URL do not.
func (j *Jira) Transport() http.RoundTripper { return transport{j} }

type transport struct{ j *Jira }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	in := req.Clone(req.Context())
	in.RequestURI, in.Host = req.URL.RequestURI(), req.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	rec := &wire{memory: memory{header: http.Header{}}}
	t.j.ServeHTTP(rec, in)
	if req.Body != nil {
		if err := req.Body.Close(); err != nil {
			return nil, fmt.Errorf("close the request's body: %w", err)
		}
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if rec.dropped {
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Path, io.ErrUnexpectedEOF)
	}
	body := rec.body.Bytes()
	return &http.Response{Status: fmt.Sprintf("%d %s", rec.status, http.StatusText(rec.status)), StatusCode: rec.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: rec.header, Request: req,
		ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body))}, nil
}

// wire is a ResponseWriter whose connection can be taken and closed.
type wire struct {
	memory
	dropped bool
}

// Hijack gives one end of a pipe to the handler, which closes it.
func (w *wire) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.dropped = true
	here, there := net.Pipe()
	if err := there.Close(); err != nil {
		return nil, nil, err
	}
	return here, bufio.NewReadWriter(bufio.NewReader(here), bufio.NewWriter(here)), nil
}
