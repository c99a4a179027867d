package jiratest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// searchPath is a search by GET in the flavour's way.
func (s *site) searchPath(jql, fields string) string {
	path := "search"
	if s.j.cloud() {
		path = "search/jql"
	}
	return path + "?jql=" + url.QueryEscape(jql) + "&fields=" + fields
}

// found gives the keys that a search finds, in order.
func (s *site) found(as, jql string) []string {
	s.t.Helper()
	status, _, body := s.request(as, "GET", "/rest/api/2/"+s.searchPath(jql, "key"), "")
	var page struct{ Issues []struct{ Key string } }
	if err := json.Unmarshal(body, &page); err != nil || status != 200 {
		s.t.Errorf("%s: %d %s", jql, status, body)
	}
	keys := []string{}
	for _, is := range page.Issues {
		keys = append(keys, is.Key)
	}
	return keys
}

func TestJQLFindsWhatItSays(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.As("po@example.com").AddLabel("SHOP-2", "disaster", "x"))
		try(t, s.j.As("po@example.com").AddLabel("SHOP-3", "x"))
		try(t, s.j.As("dev@example.com").Transition("SHOP-5", "Done", "Won't Do"))
		for jql, want := range map[string]string{
			"project = SHOP AND labels = disaster":                     "SHOP-2",
			`labels in (disaster, "x") ORDER BY key ASC`:               "SHOP-2 SHOP-3",
			"labels = DISASTER":                                        "SHOP-2",
			"project = SHOP AND labels != disaster":                    "SHOP-3",
			"project = SHOP AND NOT labels = disaster":                 "SHOP-3",
			"project = SHOP AND labels not in (disaster)":              "SHOP-3",
			"project = BLOG AND labels is EMPTY ORDER BY key":          "BLOG-1 BLOG-2 BLOG-3",
			"project = SHOP AND labels is not empty order by key desc": "SHOP-3 SHOP-2",
			"parent = SHOP-1":                                          "SHOP-8",
			"issuetype in subTaskIssueTypes()":                         "SHOP-8",
			"type = Epic":                                              "SHOP-9",
			"sprint = 1 AND statusCategory = Done ORDER BY key":        "SHOP-4 SHOP-5 SHOP-7 SHOP-8",
			"sprint = 2": "SHOP-11",
			"sprint in openSprints() AND project = BLOG ORDER BY key ASC":                             "BLOG-1 BLOG-2 BLOG-3",
			"sprint in futureSprints()":                                                               "SHOP-11",
			`sprint = "SHOP Sprint 8"`:                                                                "SHOP-11",
			"project = SHOP and sprint is empty order by key":                                         "SHOP-9 SHOP-10",
			`resolution = "Won't Do"`:                                                                 "SHOP-5",
			"project = BLOG AND resolution = Unresolved AND status = 'In Progress'":                   "BLOG-1",
			"project = SHOP AND resolution is not EMPTY AND resolution != Done":                       "SHOP-5",
			"key in (SHOP-3, SHOP-1) ORDER BY key":                                                    "SHOP-1 SHOP-3",
			"id = 10002":                                                                              "SHOP-3",
			"issue = SHOP-3 OR issue = SHOP-4 ORDER BY key":                                           "SHOP-3 SHOP-4",
			"assignee = currentUser()":                                                                "",
			"project = SHOP AND assignee is not EMPTY AND status = 10001 ORDER BY key":                "SHOP-1 SHOP-3",
			`summary ~ "voucher"`:                                                                     "SHOP-3",
			`summary ~ "vouch*"`:                                                                      "SHOP-3",
			`text ~ "articles checkout"`:                                                              "",
			`text ~ "article checkout"`:                                                               "BLOG-1",
			"project = SHOP AND (labels = disaster OR (sprint = 2)) ORDER BY key":                     "SHOP-2 SHOP-11",
			"project = SHOP AND !(sprint = 1) AND created >= -1d ORDER BY key":                        "SHOP-11",
			`project = SHOP AND created < "2020-01-01"`:                                               "",
			`project = BLOG AND created > "2020/01/01 10:00" AND updated <= now() ORDER BY rank DESC`: "BLOG-3 BLOG-2 BLOG-1",
			"project = SHOP AND labels in (EMPTY, disaster) AND type = Story ORDER BY key":            "SHOP-1 SHOP-2 SHOP-5 SHOP-7 SHOP-10 SHOP-11",
			"project in (SHOP, BLOG) AND type = Bug":                                                  "BLOG-3 SHOP-6 SHOP-3",
		} {
			if got := strings.Join(s.found("po", jql), " "); got != want {
				t.Errorf("%s finds %q, want %q", jql, got, want)
			}
		}
	})
}

func TestMalformedJQLIsRefused(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		for _, jql := range []string{
			"project =", "project = SHOP AND", "project SHOP", "= SHOP", "(project = SHOP", "project = SHOP)", "project in SHOP", "project in ()", "project in (SHOP",
			`summary ~ "open`, "labels is disaster", "project = SHOP ORDER key", "project = SHOP order by", "labels ~ x", "labels > x", "created > soon", "created ~ x", "summary = x",
			"project not SHOP", "project = and", "wrong = 1", "project = SHOP ORDER BY wrong", "project = NOPE", "key = SHOP-999", "sprint = 99", "status = Nope", "type = Nope",
			"assignee = nobodyElse()", strings.Repeat("(", 200) + "project = SHOP",
		} {
			path := "/rest/api/2/" + s.searchPath(jql, "key")
			if status, _, body := s.request("po", "GET", path, ""); status != 400 || !strings.Contains(string(body), "errorMessages") {
				t.Errorf("%s: %d %s", jql, status, body)
			}
		}
	})
}

func TestUnknownNamesMayAnswerWithNothing(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{{
		name: "to anonymous callers always", path: s.searchPath("project = NOPE", "key"), status: 200,
		want: map[string]string{"issues": "[]"},
	}})
	s.j.SetKnobs(func(k *Knobs) { k.UnknownFieldEmpty = true })
	s.run([]step{{
		name: "to others by a knob", as: "po", path: s.searchPath("wrong = 1", "key"), status: 200,
		want: map[string]string{"issues": "[]"},
	}})
}

func TestTheOldSearchIsGoneFromCloud(t *testing.T) {
	s := demoSite(t, Cloud)
	for _, path := range []string{"search?jql=project%3DSHOP", "/rest/api/3/search?jql=project%3DSHOP"} {
		s.run([]step{{
			name: "GET", as: "po", path: path, status: 410,
			want: map[string]string{
				"errorMessages.0": "*",
				"errors":          "{}",
			},
		}})
	}
	s.run([]step{{name: "POST", as: "po", method: "POST", path: "search", body: `{"jql":"project = SHOP"}`, status: 410}})
}

func TestCloudSearch(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "ids only by default", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1"}`, status: 200,
			want: map[string]string{
				"issues.0":      `{"id":"10000"}`,
				"isLast":        "true",
				"nextPageToken": "absent",
				"total":         "absent",
			},
		},
		{
			name: "with fields, properties and changelog", as: "po", method: "POST", path: "search/jql", status: 200,
			body: `{"jql":"key = SHOP-1","fields":["summary"],"properties":["andon"],"expand":"changelog"}`,
			want: map[string]string{
				"issues.0.key":             `"SHOP-1"`,
				"issues.0.fields":          `{"summary":"Pay by invoice"}`,
				"issues.0.changelog.total": "0",
				"issues.0.properties":      "{}",
			},
		},
		{
			name: "all fields", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1","fields":["*all"]}`, status: 200,
			want: map[string]string{"issues.0.fields.comment": "*"},
		},
		{
			name: "navigable fields", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1","fields":["*navigable"]}`, status: 200,
			want: map[string]string{
				"issues.0.fields.comment": "absent",
				"issues.0.fields.labels":  "*",
			},
		},
		{name: "unbounded", as: "po", method: "POST", path: "search/jql", body: `{"jql":"order by key"}`, status: 400},
		{
			name: "expand is a string here", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1","expand":7}`, status: 400,
		},
		{
			name: "six properties", as: "po", method: "POST", path: "search/jql", status: 400,
			body: `{"jql":"key = SHOP-1","properties":["a","b","c","d","e","f"]}`,
		},
		{
			name: "eight orders", as: "po", method: "POST", path: "search/jql", status: 400,
			body: `{"jql":"key = SHOP-1 order by key,id,created,updated,rank,status,summary,priority"}`,
		},
		{
			name: "too large a page", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1","maxResults":5001}`, status: 400,
		},
		{
			name: "a made-up token", as: "po", method: "POST", path: "search/jql", body: `{"jql":"key = SHOP-1","nextPageToken":"4"}`, status: 400,
		},
		{
			name: "a count", as: "po", method: "POST", path: "search/approximate-count", body: `{"jql":"project = BLOG"}`, status: 200,
			want: map[string]string{"count": "3"},
		},
	})
}

func TestCloudSearchIsPagedByTokens(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.SearchMax = 4 })
	token, pages := "", []string{}
	for range 10 {
		v := s.step(step{
			name: "page", as: "po", method: "POST", path: "search/jql", status: 200,
			body: `{"jql":"project = SHOP ORDER BY key","fields":["summary"],"maxResults":100,"nextPageToken":"` + token + `"}`,
		})
		pages = append(pages, at(v, "issues.#")+" "+at(v, "isLast"))
		if token = strings.Trim(at(v, "nextPageToken"), `"`); token == "absent" {
			break
		}
	}
	if got := fmt.Sprint(pages); got != "[4 false 4 false 3 true]" {
		t.Errorf("pages: %s", got)
	}
	s.run([]step{{
		name: "ids alone come on larger pages", as: "po", method: "POST", path: "search/jql", body: `{"jql":"project = SHOP","maxResults":100}`, status: 200,
		want: map[string]string{"issues.#": "11"},
	}})
}

func TestTheIndexMayLagBehind(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.IndexLagWrites = 1 })
	po := s.j.As("po@example.com")
	try(t, po.AddLabel("SHOP-1", "disaster"))
	if got := s.found("po", "labels = disaster"); len(got) != 0 {
		t.Errorf("the search sees what was just written: %v", got)
	}
	s.run([]step{
		{
			name: "a get does see it", as: "po", path: "issue/SHOP-1?fields=labels", status: 200,
			want: map[string]string{"fields.labels": `["disaster"]`},
		},
		{
			name: "a reconciled search too", as: "po", path: s.searchPath("labels = disaster", "labels") + "&reconcileIssues=10000", status: 200,
			want: map[string]string{
				"issues.#":               "1",
				"issues.0.fields.labels": `["disaster"]`,
			},
		},
	})
	try(t, po.AddLabel("SHOP-2", "disaster"))
	if got := s.found("po", "labels = disaster"); !slices.Equal(got, []string{"SHOP-1"}) {
		t.Errorf("one write later: %v", got)
	}
	s.j.CatchUp()
	if got := s.found("po", "labels = disaster ORDER BY key"); !slices.Equal(got, []string{"SHOP-1", "SHOP-2"}) {
		t.Errorf("after catching up: %v", got)
	}
}

func TestTheIndexMayLagByTime(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	j := New(Options{Now: func() time.Time { return now }})
	if _, err := SeedDemo(j); err != nil {
		t.Fatal(err)
	}
	s := siteOf(t, j)
	j.SetKnobs(func(k *Knobs) { k.IndexLag = time.Minute })
	try(t, j.As("po@example.com").AddLabel("SHOP-1", "disaster"))
	now = now.Add(59 * time.Second)
	if got := s.found("po", "labels = disaster"); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	now = now.Add(time.Second)
	if got := s.found("po", "labels = disaster"); len(got) != 1 {
		t.Errorf("too late: %v", got)
	}
}

func TestDataCenterSearch(t *testing.T) {
	s := demoSite(t, DataCenter, func(k *Knobs) { k.SearchMax = 4 })
	s.run([]step{
		{
			name: "pages by startAt, capped in silence", as: "po", method: "POST", path: "search", status: 200,
			body: `{"jql":"project = SHOP ORDER BY key","maxResults":100,"startAt":8,"fields":["summary"],"expand":["names"]}`,
			want: map[string]string{
				"total":        "11",
				"startAt":      "8",
				"maxResults":   "4",
				"issues.#":     "3",
				"issues.0.key": `"SHOP-9"`,
			},
		},
		{
			name: "navigable fields by default", as: "po", path: "search?jql=key%3DSHOP-1", status: 200,
			want: map[string]string{
				"issues.0.fields.labels":  "*",
				"issues.0.fields.comment": "absent",
			},
		},
		{
			name: "an empty query finds everything", as: "po", method: "POST", path: "search", body: `{}`, status: 200,
			want: map[string]string{"total": "14"},
		},
		{name: "no token search", as: "po", method: "POST", path: "search/jql", body: `{}`, status: 404},
	})
}

func TestSearchShowsOnlyWhatOneMayBrowse(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.Hide("SHOP-3", "dev@example.com"))
		if got := s.found("dev", "key in (SHOP-2) OR summary ~ voucher"); !slices.Equal(got, []string{"SHOP-2"}) {
			t.Errorf("dev finds %v", got)
		}
		s.withoutGrant(BrowseProjects)
		s.run([]step{{
			name: "a project one may not browse does not exist", as: "dev", path: s.searchPath("project = SHOP", "key"), status: 400,
		}})
	})
}

func TestFiltersNameTheirProjects(t *testing.T) {
	s := demoSite(t, Cloud)
	for jql, want := range map[string]string{
		"project = SHOP ORDER BY Rank":    "[10000] false",
		"project in (BLOG, SHOP)":         "[10000 10001] false",
		"labels = x AND (project = BLOG)": "[10001] false",
		"project = SHOP OR labels = x":    "[10000 10001] true",
		"project != SHOP":                 "[10000 10001] true",
		"labels = x":                      "[10000 10001] true",
		"":                                "[10000 10001] true",
		"project = BLOG AND (labels = x OR type = Bug)": "[10001] false",
		"((": "[10000 10001] true",
	} {
		s.j.mu.Lock()
		ids, every := s.j.filterProjects(jql)
		s.j.mu.Unlock()
		if got := fmt.Sprint(ids, every); got != want {
			t.Errorf("%q: %s, want %s", jql, got, want)
		}
	}
}

func FuzzParseJQL(f *testing.F) {
	for _, s := range []string{"", "project = SHOP", `labels in ("a b", c) AND NOT (sprint is EMPTY) order by rank desc`, "created >= -1d OR x ~ 'y\\'z'", "((((", "in in in"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := parseJQL(s)
		if err != nil && err.Status != 400 {
			t.Errorf("%q: %v", s, err)
		}
		if err == nil {
			j := New(Options{})
			is := &Issue{}
			_ = q.where.walk(func(c *clause) *Error {
				if c.field == "" && len(c.values) == 0 && c.op != "is" && c.op != "is not" {
					t.Errorf("%q: an empty comparison", s)
				}
				return nil
			})
			j.order([]*Issue{is}, nil)
		}
	})
}
