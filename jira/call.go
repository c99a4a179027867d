package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	gojira "github.com/andygrunwald/go-jira"
)

// The roots of the two REST APIs. Version 2 is the one both products have, with plain wiki text in its bodies.
const (
	platform = "rest/api/2/"
	agile    = "rest/agile/1.0/"
)

// call is one request, described by a route in which {} stands for each of the args.
type call struct {
	method string
	route  string
	args   []arg
	query  url.Values
	body   any
	out    any
	header *http.Header // when set, gets the answer's headers
}

// arg is a part of a path that was checked, or why it may not be used.
type arg struct {
	text string
	err  error
}

// Patterns are made when they are first used: all of them at the start would cost it milliseconds.
// Only rules, which knows no locks, makes its few at once.
var (
	issuePattern   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{1,20}|[A-Za-z][A-Za-z0-9_]*-[0-9]{1,20})$`) })
	projectPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{1,20}|[A-Za-z][A-Za-z0-9_]*)$`) })
	idPattern      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{1,20}$`) })
)

// longestKey bounds a key here and not in the patterns, where so large a number would cost milliseconds at each start.
const longestKey = 276 // a project key of 255, a dash and a number

func matching(p *regexp.Regexp, what, s string) arg {
	if len(s) > longestKey || !p.MatchString(s) {
		return arg{err: fmt.Errorf("%s %q", what, clip(oneLine(s), 40))}
	}
	return arg{text: s}
}

func issueArg(idOrKey string) arg {
	return matching(issuePattern(), "not an issue id or key:", idOrKey)
}
func projectArg(keyOrID string) arg {
	return matching(projectPattern(), "not a project id or key:", keyOrID)
}
func idArg(id string) arg { return matching(idPattern(), "not an id:", id) }

func numArg(id int64) arg {
	if id <= 0 {
		return arg{err: fmt.Errorf("not an id: %d", id)}
	}
	return arg{text: strconv.FormatInt(id, 10)}
}

// schemeArg is the id of a permission scheme. Jira's default scheme has the id 0.
func schemeArg(id int64) arg {
	if id == 0 {
		return arg{text: "0"}
	}
	return numArg(id)
}

// nameArg is free text such as a property key. Dots alone would climb out of the path, escaped or not.
func nameArg(s string) arg {
	if s == "" || s == "." || s == ".." || len(s) > 255 || s != oneLine(s) || strings.Contains(s, "/") {
		return arg{err: fmt.Errorf("not a name for a path: %q", clip(oneLine(s), 40))}
	}
	return arg{text: s}
}

// path is the route with the args filled in, relative to the base URL.
func (r call) path() (string, *Error) {
	p := r.route
	for _, a := range r.args {
		if a.err != nil {
			return "", &Error{Kind: KindInvalid, Method: r.method, Path: r.route, Executed: ExecutedNo, Err: a.err}
		}
		p = strings.Replace(p, "{}", url.PathEscape(a.text), 1)
	}
	if len(r.query) > 0 {
		p += "?" + r.query.Encode()
	}
	return p, nil
}

// do sends the call and decodes its answer into out. Every error is or wraps an *Error.
func (c *Client) do(ctx context.Context, r call) error {
	path, bad := r.path()
	if bad != nil {
		return bad
	}
	req, err := c.api.NewRequestWithContext(withRoute(ctx, r.route), r.method, path, r.body)
	if err != nil {
		return &Error{Kind: KindInvalid, Method: r.method, Path: r.route, Executed: ExecutedNo, Err: fmt.Errorf("build request: %w", err)}
	}
	resp, err := c.api.Do(req, r.out)
	if r.header != nil && resp != nil {
		*r.header = resp.Header
	}
	return c.understood(req, resp, err)
}

// understood turns what go-jira returned for a sent request into nil or an *Error. All failures of the call itself arrive
// as an *Error already; what is left is an answer that does not decode.
func (c *Client) understood(req *http.Request, resp *gojira.Response, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	e = &Error{Kind: KindMalformed, Method: req.Method, Executed: ExecutedNo, Err: fmt.Errorf("decode answer: %w", err)}
	e.Path, _ = relative(c.base, req)
	if isWrite(req.Method, e.Path) {
		e.Executed = ExecutedYes
	}
	if resp != nil {
		e.Status = resp.StatusCode
	}
	return e
}

func (c *Client) get(ctx context.Context, out any, query url.Values, route string, args ...arg) error {
	return c.do(ctx, call{method: http.MethodGet, route: route, args: args, query: query, out: out})
}

func (c *Client) post(ctx context.Context, body, out any, route string, args ...arg) error {
	return c.do(ctx, call{method: http.MethodPost, route: route, args: args, body: body, out: out})
}

func (c *Client) put(ctx context.Context, body any, route string, args ...arg) error {
	return c.do(ctx, call{method: http.MethodPut, route: route, args: args, body: body})
}

func (c *Client) remove(ctx context.Context, query url.Values, route string, args ...arg) error {
	return c.do(ctx, call{method: http.MethodDelete, route: route, args: args, query: query})
}

// incomplete is the error for a list or a history that could not be read to its end.
func incomplete(route, format string, args ...any) *Error {
	return &Error{Kind: KindTooManyPages, Method: http.MethodGet, Path: route, Executed: ExecutedNo, Err: fmt.Errorf(format, args...)}
}

// malformed is the error for an answer that decodes but cannot be right. written says that the call was a write.
func malformed(method, route string, written bool, format string, args ...any) *Error {
	e := &Error{Kind: KindMalformed, Method: method, Path: route, Executed: ExecutedNo, Err: fmt.Errorf(format, args...)}
	if written {
		e.Executed = ExecutedYes
	}
	return e
}

// notNull guards against a 200 whose body is null or lacks what it is about: an empty struct would look like an answer.
func notNull(route, what, id string) error {
	if id == "" {
		return malformed(http.MethodGet, route, false, "the answer holds no %s", what)
	}
	return nil
}

func rawJSON(v any) (json.RawMessage, error) {
	if raw, ok := v.(json.RawMessage); ok && json.Valid(raw) {
		return raw, nil
	}
	return json.Marshal(v)
}
