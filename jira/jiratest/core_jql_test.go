package jiratest

import (
	"strings"
	"testing"
	"time"
)

// jqlSite has four issues that differ in everything one can order or compare by.
func jqlSite(t *testing.T) *site {
	t.Helper()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	j := New(Options{Now: func() time.Time { return now }})
	for _, p := range []string{"po", "dev"} {
		j.AddUser(User{Email: p + "@example.com", Tokens: []Token{{Secret: "demo"}}})
	}
	for _, key := range []string{"ZED", "ABC"} {
		_, err := j.AddProject(ProjectSpec{Key: key, Lead: "po@example.com"})
		try(t, err)
	}
	for _, is := range []IssueSpec{
		{Project: "ZED", Type: "Bug", Summary: "delta", Description: "first words", Created: now.Add(-10 * 24 * time.Hour), Assignee: "po@example.com"},
		{Project: "ABC", Type: "Task", Summary: "charlie", Created: now.Add(-36 * time.Hour), Status: "Done", Resolution: "Done"},
		{Project: "ZED", Type: "Story", Summary: "bravo", Created: now.Add(-30 * time.Minute), Status: "In Progress"},
		{Project: "ABC", Type: "Epic", Summary: "alpha", Created: now, Assignee: "dev@example.com"},
	} {
		_, err := j.AddIssue(is)
		try(t, err)
	}
	return siteOf(t, j)
}

func TestSearchOrdersByEveryField(t *testing.T) {
	s := jqlSite(t)
	try(t, s.j.As("po@example.com").Edit("ABC-1", map[string]any{"priority": map[string]any{"name": "Highest"}}))
	try(t, s.j.As("po@example.com").Edit("ZED-1", map[string]any{"priority": map[string]any{"name": "Lowest"}}))
	for order, want := range map[string]string{
		"":                           "ABC-2 ZED-2 ABC-1 ZED-1",
		"ORDER BY id":                "ZED-1 ABC-1 ZED-2 ABC-2",
		"ORDER BY key":               "ABC-1 ABC-2 ZED-1 ZED-2",
		"ORDER BY key DESC":          "ZED-2 ZED-1 ABC-2 ABC-1",
		"ORDER BY created":           "ZED-1 ABC-1 ZED-2 ABC-2",
		"ORDER BY updated, id":       "ZED-2 ZED-1 ABC-1 ABC-2",
		"ORDER BY rank desc":         "ABC-2 ZED-2 ABC-1 ZED-1",
		"ORDER BY priority DESC, id": "ABC-1 ZED-2 ABC-2 ZED-1",
		"ORDER BY status, id":        "ZED-1 ABC-2 ZED-2 ABC-1",
		"ORDER BY issuetype":         "ABC-2 ZED-2 ABC-1 ZED-1",
		"ORDER BY project, created":  "ZED-1 ZED-2 ABC-1 ABC-2",
		"ORDER BY summary ASC":       "ABC-2 ZED-2 ABC-1 ZED-1",
		"ORDER BY assignee DESC, id": "ZED-1 ABC-2 ABC-1 ZED-2",
		"ORDER BY resolved DESC, id": "ABC-1 ZED-1 ZED-2 ABC-2",
	} {
		if got := strings.Join(s.found("po", "project in (ABC, ZED) "+order), " "); got != want {
			t.Errorf("%q gives %s, want %s", order, got, want)
		}
	}
}

func TestSearchComparesDates(t *testing.T) {
	s := jqlSite(t)
	for jql, want := range map[string]string{
		"created >= -1h":                            "ZED-2 ABC-2",
		`created >= "-2d"`:                          "ABC-1 ZED-2 ABC-2",
		`created < "-1w 1d"`:                        "ZED-1",
		"created < -2d":                             "ZED-1",
		"created >= startOfDay()":                   "ZED-2 ABC-2",
		"created <= endOfDay() AND created = now()": "ABC-2",
		`created = "2026-03-02 11:30"`:              "ZED-2",
		`created != "2026/03/02 11:30" AND created > 2026-03-01`: "ABC-2",
		"created < 2026-03-01":                      "ZED-1",
		"created > 1772400000000":                   "ZED-2 ABC-2",
		"resolved is not EMPTY":                     "ABC-1",
		"resolutiondate is EMPTY AND created > -1h": "ZED-2 ABC-2",
		"resolved > -3d":                            "ABC-1",
		"NOT created < -2d":                         "ABC-1 ZED-2 ABC-2",
		"NOT created >= -2d":                        "ZED-1",
		"NOT (created > -2d OR created <= -2d)":     "",
		"updated > -1h":                             "ZED-2 ABC-2",
	} {
		if got := strings.Join(s.found("po", jql+" ORDER BY id"), " "); got != want {
			t.Errorf("%s finds %q, want %q", jql, got, want)
		}
	}
}

func TestDatesAreInTheCallersTimeZone(t *testing.T) {
	s := jqlSite(t)
	s.j.SetKnobs(func(k *Knobs) { k.Zone = time.FixedZone("far away", -8*60*60) })
	s.run([]step{
		{
			name: "as shown", as: "po", path: "issue/ABC-2", status: 200,
			want: map[string]string{"fields.created": `"2026-03-02T04:00:00.000-0800"`},
		},
	})
	for jql, want := range map[string]string{
		`created >= "2026-03-02 04:00"`: "ABC-2",
		`created < "2026-03-02 03:00"`:  "ZED-1 ABC-1",
		"created >= startOfDay()":       "ZED-2 ABC-2",
		"created > endOfDay()":          "",
	} {
		if got := strings.Join(s.found("po", jql+" ORDER BY id"), " "); got != want {
			t.Errorf("%s finds %q, want %q", jql, got, want)
		}
	}
}

func TestSearchComparesPeopleTextAndTheRest(t *testing.T) {
	s := jqlSite(t)
	po := s.j.As("po@example.com")
	try(t, po.Edit("ZED-2", map[string]any{"priority": map[string]any{"name": "High"}}))
	_, err := po.Comment("ZED-2", "a word from the owner")
	try(t, err)
	try(t, po.do("POST", "/rest/api/2/issue/ABC-1/watchers", nil))
	for jql, want := range map[string]string{
		"assignee = currentUser()":                                          "ZED-1",
		`assignee = "712020:dev"`:                                           "ABC-2",
		"assignee != currentUser()":                                         "ABC-2",
		"assignee in (currentUser(), EMPTY)":                                "ZED-1 ABC-1 ZED-2",
		"reporter = po@example.com AND creator is not EMPTY AND type = Bug": "ZED-1",
		"priority = High":                                                   "ZED-2",
		"priority in (High, 3) AND project = ZED":                           "ZED-1 ZED-2",
		"watcher = currentUser()":                                           "ABC-1",
		`comment ~ "owner"`:                                                 "ZED-2",
		`description ~ "first"`:                                             "ZED-1",
		"description is EMPTY AND project = ZED":                            "ZED-2",
		`summary !~ "delta" AND project = ZED`:                              "ZED-2",
		`NOT summary ~ "delta" AND project = ZED`:                           "ZED-2",
		"summary is not EMPTY AND statusCategory = new":                     "ZED-1 ABC-2",
		"issuetype in standardIssueTypes() AND status != Done":              "ZED-1 ZED-2 ABC-2",
		"statusCategory in ('In Progress', done)":                           "ABC-1 ZED-2",
		"project = ZED && type = Bug || type = Epic":                        "ZED-1 ABC-2",
		"project = abc":                                                     "ABC-1 ABC-2",
		"project = 10000":                                                   "ZED-1 ZED-2",
		"key in (ABC-1) or id in (10000)":                                   "ZED-1 ABC-1",
	} {
		if got := strings.Join(s.found("po", jql+" ORDER BY id"), " "); got != want {
			t.Errorf("%s finds %q, want %q", jql, got, want)
		}
	}
}

func TestBoardFiltersMatchIssuesDirectly(t *testing.T) {
	s := jqlSite(t)
	s.j.mu.Lock()
	defer s.j.mu.Unlock()
	is := s.j.findIssue("ZED-1")
	for jql, want := range map[string]bool{"project = ZED ORDER BY Rank": true, "project = ABC": false, "": true} {
		got, err := s.j.matchJQL(jql, is, nil)
		if err != nil || got != want {
			t.Errorf("%q: %v %v", jql, got, err)
		}
	}
	if _, err := s.j.matchJQL("project =", is, nil); err == nil {
		t.Error("a malformed filter matches")
	}
}
