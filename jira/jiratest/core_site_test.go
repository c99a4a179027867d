package jiratest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"andon/jira/jiratest/apispec"
)

// site is a seeded Jira behind a real HTTP server.
type site struct {
	t    *testing.T
	j    *Jira
	srv  *httptest.Server
	demo Demo
}

func demoSite(t *testing.T, f Flavour, tweak ...func(*Knobs)) *site {
	t.Helper()
	j := New(Options{Flavour: f})
	for _, k := range tweak {
		j.SetKnobs(k)
	}
	demo, err := SeedDemo(j)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(j)
	t.Cleanup(srv.Close)
	j.SetBaseURL(srv.URL)
	return &site{t: t, j: j, srv: srv, demo: demo}
}

// bothFlavours runs a test on a Cloud and on a Data Center site.
func bothFlavours(t *testing.T, f func(t *testing.T, s *site)) {
	t.Helper()
	for _, fl := range []Flavour{Cloud, DataCenter} {
		t.Run(fl.String(), func(t *testing.T) { f(t, demoSite(t, fl)) })
	}
}

// request makes one call as a person of the demo ("" is anonymous).
func (s *site) request(as, method, path, body string) (int, http.Header, []byte) {
	s.t.Helper()
	req, err := http.NewRequest(method, s.srv.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	switch {
	case as == "":
	case s.j.cloud():
		req.SetBasicAuth(as+"@example.com", "demo")
	default:
		req.Header.Set("Authorization", "Bearer demo-"+as)
	}
	return s.send(req)
}

func (s *site) send(req *http.Request) (int, http.Header, []byte) {
	s.t.Helper()
	res, err := s.srv.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, res.Header, b
}

// step is one call and what must come back: want maps a path into the answer
// ("fields.labels.0") to JSON text, or to "absent", or to "*" for anything.
type step struct {
	name   string
	as     string
	method string
	path   string
	body   string
	status int
	want   map[string]string
}

func (s *site) run(steps []step) {
	s.t.Helper()
	for _, st := range steps {
		s.step(st)
	}
}

func (s *site) step(st step) any {
	s.t.Helper()
	if st.method == "" {
		st.method = http.MethodGet
	}
	if !strings.HasPrefix(st.path, "/") {
		st.path = "/rest/api/2/" + st.path
	}
	status, header, body := s.request(st.as, st.method, st.path, st.body)
	s.j.checkSpec(s.t, apispec.Exchange{Method: st.method, Target: st.path, Body: []byte(st.body), Status: status, Answer: header, Text: body})
	if status != st.status {
		s.t.Errorf("%s: %s %s gave %d, want %d: %s", st.name, st.method, st.path, status, st.status, body)
		return nil
	}
	var v any
	if len(body) > 0 {
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			s.t.Errorf("%s: not JSON: %s", st.name, body)
			return nil
		}
	}
	for path, want := range st.want {
		if got := at(v, path); got != want && (want != "*" || got == "absent") {
			s.t.Errorf("%s: %s is %s, want %s (in %.400s)", st.name, path, got, want, body)
		}
	}
	return v
}

// at gives the JSON text at a dotted path; "#" at the end is a length.
func at(v any, path string) string {
	for _, part := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			next, there := x[part]
			if !there && part == "#" {
				return strconv.Itoa(len(x))
			}
			if !there {
				return "absent"
			}
			v = next
		case []any:
			if part == "#" {
				return strconv.Itoa(len(x))
			}
			n, err := strconv.Atoi(part)
			if err != nil || n >= len(x) {
				return "absent"
			}
			v = x[n]
		default:
			if path != "" {
				return "absent"
			}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// siteOf puts a Jira that a test made by itself behind a server.
func siteOf(t *testing.T, j *Jira) *site {
	t.Helper()
	srv := httptest.NewServer(j)
	t.Cleanup(srv.Close)
	return &site{t: t, j: j, srv: srv}
}
