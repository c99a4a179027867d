package jiratest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestTheRouterPrefersLiteralsFromTheLeft(t *testing.T) {
	r := newRouter([]route{
		{pattern: "GET /issue/{issue}"},
		{pattern: "PUT /issue/{issue}"},
		{pattern: "POST /issue/bulk"},
		{pattern: "GET /issue/{issue}/comment/{comment}"},
		{pattern: "GET /issue/createmeta/{project}/issuetypes"},
		{pattern: "GET /issue/{issue}/properties/{property}"},
	})
	for _, tc := range []struct {
		name   string
		method string
		path   string
		want   string
		values map[string]string
		known  bool
	}{
		{
			name: "a wildcard", method: "GET", path: "/issue/A-1",
			want: "GET /issue/{issue}", values: map[string]string{"issue": "A-1"}, known: true,
		},
		{
			name: "the method decides", method: "PUT", path: "/issue/A-1",
			want: "PUT /issue/{issue}", values: map[string]string{"issue": "A-1"}, known: true,
		},
		{
			name: "a literal before a wildcard", method: "POST", path: "/issue/bulk",
			want: "POST /issue/bulk", known: true,
		},
		{
			name: "patterns that overlap", method: "GET", path: "/issue/createmeta/comment/issuetypes",
			want: "GET /issue/createmeta/{project}/issuetypes", values: map[string]string{"project": "comment"}, known: true,
		},
		{
			name: "an escaped slash belongs to the value", method: "GET", path: "/issue/A-1/properties/a%2Fb%20c",
			want: "GET /issue/{issue}/properties/{property}", values: map[string]string{"property": "a/b c"}, known: true,
		},
		{
			name: "a slash at the end", method: "GET", path: "/issue/A-1/",
			want: "GET /issue/{issue}", known: true,
		},
		{name: "another method", method: "DELETE", path: "/issue/A-1", known: true},
		{name: "an empty element", method: "GET", path: "/issue//comment/1"},
		{name: "nothing", method: "GET", path: "/nothing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			best, values, known := r.find(httptest.NewRequest(tc.method, tc.path, nil))
			got := ""
			if best != nil {
				got = best.pattern
			}
			if got != tc.want || known != tc.known {
				t.Errorf("found %q (known %v), want %q", got, known, tc.want)
			}
			for k, v := range tc.values {
				if values[k] != v {
					t.Errorf("%s is %q, want %q", k, values[k], v)
				}
			}
		})
	}
}

func TestPropertyKeysMayHoldAnyCharacter(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		key := "a b/c?d"
		try(t, s.j.As("po@example.com").SetProperty("SHOP-1", key, true))
		if v, there := s.j.Property("SHOP-1", key); !there || string(v) != "true" {
			t.Errorf("property: %s %v", v, there)
		}
		s.run([]step{
			{
				name: "listed with a link that works", as: "po", path: "issue/SHOP-1/properties", status: 200,
				want: map[string]string{"keys.0.key": `"a b/c?d"`},
			},
			{
				name: "by that link", as: "po", path: "issue/SHOP-1/properties/a%20b%2Fc%3Fd", status: 200,
				want: map[string]string{"value": "true"},
			},
		})
	})
}

func TestBearerTokensOnCloudAreForTheGatewayOnly(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.AddToken("po@example.com", Token{Secret: "oauth", Kind: OAuth}))
	ask := func(path, header string) int {
		req, err := http.NewRequest(http.MethodGet, s.srv.URL+path, nil)
		try(t, err)
		req.Header.Set("Authorization", header)
		status, _, _ := s.send(req)
		return status
	}
	const gateway = "/ex/jira/11111111-2222-4333-8444-555555555555"
	for _, tc := range []struct {
		name   string
		path   string
		header string
		want   int
	}{
		{"an OAuth token through the gateway", gateway + "/rest/api/2/myself", "Bearer oauth", 200},
		{"an OAuth token on the site", "/rest/api/2/myself", "Bearer oauth", 401},
		{"an API token as bearer", "/rest/api/2/myself", "Bearer demo", 401},
		{"an unknown scheme on the site is a visitor", "/rest/api/2/project/SHOP", "Digest x", 404},
		{"an unknown scheme through the gateway", gateway + "/rest/api/2/project/SHOP", "Digest x", 401},
		{"another site's gateway", "/ex/jira/other/rest/api/2/myself", "Bearer oauth", 401},
	} {
		if got := ask(tc.path, tc.header); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
	s.run([]step{{name: "no credentials through the gateway", path: gateway + "/rest/api/2/serverInfo", status: 401}})
}

func TestATokenCanBeReplaced(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.SetToken("po@example.com", "new"))
		s.run([]step{{name: "the old one is refused", as: "po", path: "myself", status: 401}})
		req, err := http.NewRequest(http.MethodGet, s.srv.URL+"/rest/api/2/myself", nil)
		try(t, err)
		if s.j.Flavour() == Cloud {
			req.SetBasicAuth("PO@example.com", "new")
		} else {
			req.Header.Set("Authorization", "Bearer new")
		}
		if status, _, _ := s.send(req); status != 200 {
			t.Errorf("the new one: %d", status)
		}
		if s.j.SetToken("nobody@example.com", "x") == nil {
			t.Error("a token for nobody")
		}
	})
}

func TestTheSiteKnowsItsOwnAddress(t *testing.T) {
	for f, want := range map[Flavour]string{Cloud: "https://example.atlassian.net", DataCenter: "https://jira.example.com"} {
		if got := New(Options{Flavour: f}).BaseURL(); got != want {
			t.Errorf("%v: %s", f, got)
		}
	}
	j := New(Options{BaseURL: "http://a/"})
	if j.BaseURL() != "http://a" {
		t.Error(j.BaseURL())
	}
	j.SetBaseURL("http://b:1/")
	if j.BaseURL() != "http://b:1" {
		t.Error(j.BaseURL())
	}
	s := demoSite(t, DataCenter)
	s.run([]step{{name: "Data Center has no tenant", path: "/_edge/tenant_info", status: 404}})
}

func TestKnobsHaveDefaultsByFlavour(t *testing.T) {
	c, d := DefaultKnobs(Cloud), DefaultKnobs(DataCenter)
	if !c.BadCredentialsAnonymous || d.BadCredentialsAnonymous || c.MaxComments != 5000 || d.MaxComments != 0 || !c.RequireBounded || d.RequireBounded {
		t.Errorf("defaults: %+v %+v", c, d)
	}
	d.SearchMax = 3
	j := New(Options{Flavour: DataCenter, Knobs: &d})
	if j.Knobs().SearchMax != 3 {
		t.Error("the given knobs were not taken")
	}
	j.SetKnobs(func(k *Knobs) { k.SearchMax = 4 })
	if j.Knobs().SearchMax != 4 || d.SearchMax != 3 {
		t.Error("knobs are shared with the caller")
	}
}

func TestTheVersionCanBeChosen(t *testing.T) {
	j := New(Options{Flavour: DataCenter, Version: "9.12.15"})
	siteOf(t, j).run([]step{
		{
			name: "an older Data Center", path: "serverInfo", status: 200,
			want: map[string]string{
				"version":        `"9.12.15"`,
				"versionNumbers": "[9,12,15]",
			},
		},
	})
}

func TestTimesAreKeptInMilliseconds(t *testing.T) {
	at := time.Date(2026, 1, 5, 9, 0, 0, 123456789, time.FixedZone("x", 3600))
	j := New(Options{Now: func() time.Time { return at }})
	j.AddUser(User{Email: "po@example.com"})
	_, err := j.AddProject(ProjectSpec{Key: "A", Lead: "po@example.com"})
	try(t, err)
	is := must[Issue](t)(j.AddIssue(IssueSpec{Project: "A", Summary: "x"}))
	if want := time.Date(2026, 1, 5, 8, 0, 0, 123e6, time.UTC); !is.Created.Equal(want) || is.Created.Location() != time.UTC {
		t.Errorf("created %v", is.Created)
	}
}

func TestAHugeBodyIsRefused(t *testing.T) {
	s := demoSite(t, Cloud)
	status, _, _ := s.request("po", http.MethodPost, "/rest/api/2/issue", `"`+strings.Repeat("x", maxBody)+`"`)
	if status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", status)
	}
}
