package jiratest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"andon/jira/jiratest/apispec"
)

// rig is a small Jira with a scrum board, behind a real server.
type rig struct {
	t     *testing.T
	j     *Jira
	srv   *httptest.Server
	board Board
}

// answer of one call.
type answer struct {
	status int
	header http.Header
	raw    string
	m      obj
}

// newRig has projects SHOP and BLOG with a board each, users boss (admin and
// lead), dev (an ordinary account) and out (sees nothing of BLOG).
func newRig(t *testing.T, f Flavour, change ...func(*Options)) *rig {
	t.Helper()
	opt := Options{Flavour: f}
	for _, c := range change {
		c(&opt)
	}
	s := &rig{t: t, j: New(opt)}
	for _, name := range []string{"boss", "dev", "out"} {
		kind := APIToken
		if f == DataCenter {
			kind = PAT
		}
		s.j.AddUser(User{Email: name + "@example.com", Tokens: []Token{{Secret: name, Kind: kind}}})
	}
	_, err := s.j.AddGroup(GroupAdmins, "boss@example.com")
	s.ok(err)
	for _, key := range []string{"SHOP", "BLOG"} {
		_, err := s.j.AddProject(ProjectSpec{Key: key, Lead: "boss@example.com"})
		s.ok(err)
	}
	s.board, err = s.j.AddBoard(BoardSpec{Name: "SHOP board", Location: "SHOP"})
	s.ok(err)
	_, err = s.j.AddBoard(BoardSpec{Name: "BLOG board", Location: "BLOG"})
	s.ok(err)
	s.srv = httptest.NewServer(s.j)
	t.Cleanup(s.srv.Close)
	s.j.SetBaseURL(s.srv.URL)
	return s
}

func (s *rig) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// as makes a call as a user ("" is anonymous); body is JSON text or "".
func (s *rig) as(user, method, path, body string) answer {
	s.t.Helper()
	a, err := s.try(user, method, path, body)
	s.ok(err)
	s.j.checkSpec(s.t, apispec.Exchange{Method: method, Target: path, Body: []byte(body), Status: a.status, Answer: a.header, Text: []byte(a.raw)})
	return a
}

func (s *rig) try(user, method, path, body string) (answer, error) {
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.srv.URL+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if user != "" {
		if s.j.cloud() {
			req.SetBasicAuth(user+"@example.com", user)
		} else {
			req.Header.Set("Authorization", "Bearer "+user)
		}
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := s.srv.Client().Transport.RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	raw, err := io.ReadAll(res.Body)
	if cerr := res.Body.Close(); err == nil {
		err = cerr
	}
	a := answer{status: res.StatusCode, header: res.Header, raw: string(raw)}
	if bytes.HasPrefix(raw, []byte("{")) && err == nil {
		if err := json.Unmarshal(raw, &a.m); err != nil {
			a.m = nil
		}
	}
	return a, err
}

// want makes a call that must answer with a status.
func (s *rig) want(status int, user, method, path, body string) answer {
	s.t.Helper()
	a := s.as(user, method, path, body)
	if a.status != status {
		s.t.Fatalf("%s %s %s by %q: got %d, want %d: %s", method, path, body, user, a.status, status, a.raw)
	}
	return a
}

// issue makes an issue (a sub-task when parent is given) and returns its key.
func (s *rig) issue(project, summary, parent string) string {
	s.t.Helper()
	kind, extra := "Story", ""
	if parent != "" {
		kind, extra = "Sub-task", fmt.Sprintf(`,"parent":{"key":%q}`, parent)
	}
	a := s.want(201, "boss", "POST", "/rest/api/2/issue",
		fmt.Sprintf(`{"fields":{"project":{"key":%q},"issuetype":{"name":%q},"summary":%q%s}}`, project, kind, summary, extra))
	return a.str("key")
}

// sprint makes a future sprint with dates on the SHOP board.
func (s *rig) sprint(name string) int64 {
	s.t.Helper()
	a := s.want(201, "boss", "POST", agile+"/sprint",
		fmt.Sprintf(`{"name":%q,"originBoardId":%d,"startDate":"2026-01-05T09:00:00.000Z","endDate":"2026-01-19T09:00:00.000Z"}`, name, s.board.ID))
	return a.id()
}

func (s *rig) started(name string, issues ...string) int64 {
	s.t.Helper()
	id := s.sprint(name)
	if len(issues) > 0 {
		s.want(204, "boss", "POST", fmt.Sprintf("%s/sprint/%d/issue", agile, id), issuesBody(issues...))
	}
	s.want(200, "boss", "POST", sprintURL(id), `{"state":"active"}`)
	return id
}

func sprintURL(id int64) string { return fmt.Sprintf("%s/sprint/%d", agile, id) }

func issuesBody(keys ...string) string {
	return string(raw(obj{"issues": keys}))
}

func (a answer) str(key string) string {
	s, isString := a.m[key].(string)
	if !isString {
		return ""
	}
	return s
}

func (a answer) id() int64 {
	n, isNumber := a.m["id"].(float64)
	if !isNumber {
		return -1
	}
	return int64(n)
}

// dig walks into nested objects and lists.
func (a answer) dig(path ...any) any {
	var at any = a.m
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, isObj := at.(map[string]any)
			if !isObj {
				return nil
			}
			at = m[k]
		case int:
			l, isList := at.([]any)
			if !isList || k >= len(l) {
				return nil
			}
			at = l[k]
		}
	}
	return at
}

// names of the values of a page.
func (a answer) names(list, field string) []string {
	out := []string{}
	values, isList := a.m[list].([]any)
	if !isList {
		return out
	}
	for _, v := range values {
		if m, isObj := v.(map[string]any); isObj {
			out = append(out, fmt.Sprint(m[field]))
		}
	}
	return out
}

func bothKinds(t *testing.T, f func(t *testing.T, f Flavour)) {
	for _, fl := range []Flavour{Cloud, DataCenter} {
		t.Run(fl.String(), func(t *testing.T) { f(t, fl) })
	}
}

// request and send are for calls with credentials of their own.
func (s *rig) request(method, path string) *http.Request {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.srv.URL+path, nil)
	s.ok(err)
	return req
}

func (s *rig) send(req *http.Request) int {
	s.t.Helper()
	res, err := s.srv.Client().Transport.RoundTrip(req)
	s.ok(err)
	s.ok(res.Body.Close())
	return res.StatusCode
}
