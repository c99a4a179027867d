package apispec

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Exchange is one call and its answer. Path and query are as a site gets them that
// lives at the root of its host.
type Exchange struct {
	Method string
	Target string // path and query
	Header http.Header
	Body   []byte

	Status int // 0: there was no answer to judge
	Answer http.Header
	Text   []byte

	// DataCenter says that the product is the one that the description does not
	// describe: only what both have in common is judged.
	DataCenter bool
}

// Finding is something in an exchange that does not fit the description.
type Finding struct {
	Operation string // "GET /rest/api/2/issue/{issueIdOrKey}", or the plain call where none is described
	Side      string // "request" or "answer"
	What      string
}

// String is the finding in a line.
func (f Finding) String() string { return f.Operation + ", " + f.Side + ": " + f.What }

// Verdict is what the description says to an exchange.
type Verdict struct {
	Operation string
	Described bool // the description knows the operation
	Own       bool // its answer is judged by a schema of our own
	Excused   []Excuse
	Findings  []Finding
}

// Judge holds an exchange against the description.
func (s *Spec) Judge(x Exchange) (Verdict, error) {
	req, err := x.request()
	if err != nil {
		return Verdict{}, err
	}
	route, params, notFound := s.router.FindRoute(req)
	if notFound != nil {
		return s.unknown(x, req), nil //nolint:nilerr // what is not described is a verdict, no failure
	}
	v := Verdict{Operation: x.Method + " " + route.Path, Described: true, Own: own(x.Method, route.Path)}
	in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: options()}
	s.note(&v, x, "request", openapi3filter.ValidateRequest(context.Background(), in))
	s.note(&v, x, "request", unknownParameters(route, req.URL.Query()))
	if x.Status != 0 {
		s.note(&v, x, "answer", x.judgeAnswer(in))
	}
	return v, nil
}

// request is the call as a validator wants it.
func (x Exchange) request() (*http.Request, error) {
	u, err := url.ParseRequestURI(plain(x.Target))
	if err != nil {
		return nil, fmt.Errorf("judge %s %s: %w", x.Method, x.Target, err)
	}
	req := &http.Request{Method: x.Method, URL: u, Header: x.Header.Clone(), Body: io.NopCloser(bytes.NewReader(x.Body)), ContentLength: int64(len(x.Body))}
	if req.Header == nil {
		req.Header = http.Header{}
	}
	if len(x.Body) == 0 {
		req.Body = http.NoBody
	}
	return req, nil
}

// plain takes away the gateway of scoped tokens, and maps the other versions of the
// platform's API to the one that is described: the resources that are simulated under
// them have no rich text.
func plain(target string) string {
	target = regexp.MustCompile(`^/ex/jira/[^/]+/`).ReplaceAllString(target, "/")
	return regexp.MustCompile(`^/rest/api/(latest|3)/`).ReplaceAllString(target, "/rest/api/2/")
}

func options() *openapi3filter.Options {
	return &openapi3filter.Options{
		MultiError: true, IncludeResponseStatus: true, RejectWhenRequestBodyNotSpecified: true, SkipSettingDefaults: true,
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
	}
}

func (x Exchange) judgeAnswer(in *openapi3filter.RequestValidationInput) error {
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: x.Status, Header: x.Answer, Options: in.Options}
	out.SetBodyBytes(x.Text)
	if x.Status == http.StatusNoContent && len(x.Text) > 0 {
		return errors.New("204 with a body")
	}
	if in.Route.Operation.Responses.Status(x.Status) == nil {
		return fmt.Errorf("status is not supported: %d", x.Status)
	}
	return openapi3filter.ValidateResponse(context.Background(), out)
}

// unknownParameters finds query parameters that the operation does not list, which
// a validator lets pass.
func unknownParameters(route *routers.Route, query url.Values) error {
	var out openapi3.MultiError
	for name := range query {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil && route.PathItem.Parameters.GetByInAndName("query", name) == nil {
			out = append(out, fmt.Errorf("the query parameter %q is unknown", name))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// unknown is the verdict on a call that the description does not know.
func (s *Spec) unknown(x Exchange, req *http.Request) Verdict {
	for _, u := range Undescribed() {
		if u.fits(x, req.URL.Path) {
			return Verdict{Operation: x.Method + " " + u.Path}
		}
	}
	v := Verdict{Operation: x.Method + " " + req.URL.Path}
	v.Findings = []Finding{{Operation: v.Operation, Side: "request", What: "the description knows no such call"}}
	return v
}

// note adds what an error of the validator says, unless it is excused.
func (s *Spec) note(v *Verdict, x Exchange, side string, err error) {
	lines := flat(err)
	for i, l := range lines {
		lines[i] = regexp.MustCompile(`/\d+\b`).ReplaceAllString(l, "/*")
	}
	slices.Sort(lines)
	for _, what := range slices.Compact(lines) {
		f := Finding{Operation: v.Operation, Side: side, What: what}
		if e, ok := s.excuse(x, f); ok {
			v.Excused = append(v.Excused, e)
		} else {
			v.Findings = append(v.Findings, f)
		}
	}
}

// flat takes the lists of the validator apart and says each thing in one line.
func flat(err error) []string {
	var many openapi3.MultiError
	var request *openapi3filter.RequestError
	var answer *openapi3filter.ResponseError
	var schema *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &schema) && !errors.As(err, &many):
		return []string{fmt.Sprintf("/%s: %s", strings.Join(schema.JSONPointer(), "/"), oneLine(schema.Reason))}
	}
	if list, ok := err.(openapi3.MultiError); ok { //nolint:errorlint // the list itself, not one inside
		var out []string
		for _, e := range list {
			out = append(out, flat(e)...)
		}
		return out
	}
	if errors.As(err, &request) && request.Err != nil {
		return prefixed(request.Parameter, flat(request.Err))
	}
	if errors.As(err, &answer) && answer.Err != nil {
		return flat(answer.Err)
	}
	if errors.As(err, &schema) {
		return []string{fmt.Sprintf("/%s: %s", strings.Join(schema.JSONPointer(), "/"), oneLine(schema.Reason))}
	}
	return []string{oneLine(err.Error())}
}

func prefixed(p *openapi3.Parameter, lines []string) []string {
	if p == nil {
		return lines
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "parameter " + p.Name + ": " + l
	}
	return out
}

// oneLine keeps the first line: the validator adds the whole schema to some errors.
func oneLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}
