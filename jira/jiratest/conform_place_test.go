package jiratest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"andon/jira/jiratest/apispec"
)

// simulated is a place in the simulated Jira.
type simulated struct {
	t     *testing.T
	j     *Jira
	srv   *httptest.Server
	known map[string]string
}

// simulatedPlace is a fresh one: project CONF with a board, and HIDE, which
// nobody sees.
func simulatedPlace(t *testing.T, product string) place {
	t.Helper()
	f := Cloud
	if product != "Cloud" {
		f = DataCenter
	}
	p := &simulated{t: t, j: New(Options{Flavour: f}), known: map[string]string{}}
	for _, name := range []string{"admin", "user"} {
		tokens := []Token{{Secret: name, Kind: APIToken}, {Secret: name + "-scoped", Kind: APIToken, Scoped: true}}
		if f == DataCenter {
			tokens = []Token{{Secret: name, Kind: PAT}}
		}
		u := p.j.AddUser(User{Email: name + "@example.com", DisplayName: "The " + name, Password: name, Tokens: tokens})
		p.known[name], p.known[name+"Name"], p.known[name+"Mail"], p.known[name+"Login"] = u.ID, u.DisplayName, u.Email, name
	}
	must[Group](t)(p.j.AddGroup(GroupAdmins, "admin@example.com"))
	must[Group](t)(p.j.AddGroup("testers", "user@example.com"))
	p.known["role"] = fmt.Sprint(p.j.AddRole("Product Owner"))
	project := must[Project](t)(p.j.AddProject(ProjectSpec{Key: "CONF", Name: "Conformance", Lead: "admin@example.com"}))
	must[Project](t)(p.j.AddProject(ProjectSpec{Key: "TEAM", Name: "Team", Lead: "admin@example.com", Style: TeamManaged}))
	try(t, p.j.SetRoleActors("CONF", "Administrators", "group:"+GroupAdmins))
	try(t, p.j.SetRoleActors("CONF", "Product Owner", "user@example.com", "group:testers"))
	board := must[Board](t)(p.j.AddBoard(BoardSpec{Name: "CONF board", Location: "CONF"}))
	kanban := must[Board](t)(p.j.AddBoard(BoardSpec{Name: "CONF flow", Location: "CONF", Type: Kanban}))
	team := must[Board](t)(p.j.AddBoard(BoardSpec{Name: "TEAM board", Location: "TEAM", Type: Simple}))
	p.hide()
	p.srv = httptest.NewServer(p.j)
	t.Cleanup(p.srv.Close)
	p.j.SetBaseURL(p.srv.URL)
	p.known["project"], p.known["projectId"] = "CONF", fmt.Sprint(project.ID)
	p.known["board"], p.known["kanban"], p.known["team"] = fmt.Sprint(board.ID), fmt.Sprint(kanban.ID), fmt.Sprint(team.ID)
	p.known["site"], p.known["cloud"], p.known["sprintField"] = p.srv.URL, p.j.opt.CloudID, SprintField
	return p
}

// hide makes a project with a board, a sprint and an issue that nobody sees.
func (p *simulated) hide() {
	must[Project](p.t)(p.j.AddProject(ProjectSpec{Key: "HIDE", Name: "Hidden", Lead: "admin@example.com"}))
	board := must[Board](p.t)(p.j.AddBoard(BoardSpec{Name: "HIDE board", Location: "HIDE"}))
	sprint := must[Sprint](p.t)(p.j.AddSprint(Sprint{Name: "Hidden", OriginBoardID: board.ID}))
	issue := must[Issue](p.t)(p.j.AddIssue(IssueSpec{Project: "HIDE", Summary: "hidden"}))
	s := p.j.AddScheme(PermissionScheme{Name: "nobody sees"})
	try(p.t, p.j.SetScheme(s.ID, func(x *PermissionScheme) { x.Grants = without(x.Grants, BrowseProjects) }))
	try(p.t, p.j.AssignScheme("HIDE", s.ID))
	p.known["hidden"], p.known["hiddenBoard"], p.known["hiddenSprint"] = issue.Key, fmt.Sprint(board.ID), fmt.Sprint(sprint.ID)
}

func (p *simulated) product() string {
	if p.j.cloud() {
		return "Cloud"
	}
	return "Data Center"
}

func (p *simulated) given() map[string]string { return p.known }

func (p *simulated) choose(f func(*Knobs)) bool {
	p.j.SetKnobs(f)
	return true
}

// send also holds Cloud's answers against Atlassian's description.
func (p *simulated) send(as string, req *http.Request) (*http.Response, error) {
	u, err := url.Parse(p.srv.URL + req.URL.String())
	if err != nil {
		return nil, err
	}
	sent, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	req.Body = io.NopCloser(bytes.NewReader(sent))
	target := req.URL.RequestURI()
	req.URL = u
	if req.Header.Get("Authorization") == "" {
		p.signIn(as, req)
	}
	res, err := p.srv.Client().Transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	p.j.checkSpec(p.t, apispec.Exchange{Method: req.Method, Target: target, Body: sent, Status: res.StatusCode, Answer: res.Header, Text: body})
	old := res.Body
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, old.Close()
}

func (p *simulated) signIn(as string, req *http.Request) {
	name, secret := as, as
	switch as {
	case "nobody":
		return
	case "intruder":
		name, secret = "user", "wrong"
	}
	if p.j.cloud() {
		req.SetBasicAuth(name+"@example.com", secret)
	} else {
		req.Header.Set("Authorization", "Bearer "+secret)
	}
}

// Pieces of scripts.

// anIssue makes an issue of a type and keeps its id and key: "{a}", "{aKey}".
func anIssue(kept, kind string) []exchange {
	return []exchange{{
		call:  "POST /rest/api/2/issue",
		body:  `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"` + kind + `"},"summary":"Conformance ` + kept + `"}}`,
		gives: 201,
		keep:  map[string]string{kept: "id", kept + "Key": "key"},
	}}
}

// aSubtask makes a sub-task of a kept issue.
func aSubtask(kept, parent string) []exchange {
	return []exchange{{
		call:  "POST /rest/api/2/issue",
		body:  `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Sub-task"},"parent":{"key":"{` + parent + `Key}"},"summary":"Conformance ` + kept + `"}}`,
		gives: 201,
		keep:  map[string]string{kept: "id", kept + "Key": "key"},
	}}
}

// aSprint makes a future sprint with dates.
func aSprint(kept string) []exchange {
	return []exchange{{
		call:  "POST /rest/agile/1.0/sprint",
		body:  `{"name":"Conformance ` + kept + `","originBoardId":{board},"goal":"goal","startDate":"2026-01-05T09:00:00.000Z","endDate":"2026-01-19T09:00:00.000Z"}`,
		gives: 201,
		keep:  map[string]string{kept: "id"},
	}}
}

// into puts a kept issue into a kept sprint.
func into(sprint, issue string) []exchange {
	return []exchange{{
		call:  "POST /rest/agile/1.0/sprint/{" + sprint + "}/issue",
		body:  `{"issues":["{` + issue + `Key}"]}`,
		gives: 204,
	}}
}

// turned sets the state of a kept sprint.
func turned(sprint, state string) []exchange {
	return []exchange{{
		call:  "POST /rest/agile/1.0/sprint/{" + sprint + "}",
		body:  `{"state":"` + state + `"}`,
		gives: 200,
		facts: map[string]string{"state": `"` + state + `"`},
	}}
}

// done takes a kept issue to the status Done.
func done(issue string) []exchange {
	return []exchange{{
		call:  "POST /rest/api/2/issue/{" + issue + "}/transitions",
		body:  `{"transition":{"id":"31"}}`,
		gives: 204,
	}}
}

// labelled adds a label to a kept issue.
func labelled(issue, label string) []exchange {
	return []exchange{{
		call:  "PUT /rest/api/2/issue/{" + issue + "}",
		body:  `{"update":{"labels":[{"add":"` + label + `"}]}}`,
		gives: 204,
	}}
}

// times repeats a piece of a script.
func times(n int, piece []exchange) []exchange {
	var out []exchange
	for range n {
		out = append(out, piece...)
	}
	return out
}
