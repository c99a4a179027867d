package jiratest

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestMyselfIsTheOnlyCallThatTellsAboutBadCredentialsOnCloud(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "own account by accountId", as: "po", path: "myself", status: 200,
			want: map[string]string{
				"accountId":   `"712020:po"`,
				"accountType": `"atlassian"`,
				"name":        "absent",
				"key":         "absent",
			},
		},
		{
			name: "anonymous gets 401", path: "myself", status: 401,
			want: map[string]string{"errorMessages.0": "*"},
		},
	})
	try(t, s.j.RevokeTokens("po@example.com"))
	s.run([]step{
		{name: "a revoked token gets 401 from myself", as: "po", path: "myself", status: 401},
		{
			name: "and looks like a visitor to issues", as: "po", path: "issue/SHOP-1", status: 404,
			want: map[string]string{
				"errorMessages.0": `"Issue does not exist or you do not have permission to see it."`,
			},
		},
		{
			name: "and finds nothing", as: "po", path: "search/jql?jql=project%20%3D%20SHOP", status: 200,
			want: map[string]string{
				"issues.#": "0",
				"isLast":   "true",
			},
		},
		{name: "and sees no project", as: "po", path: "project/SHOP", status: 404},
	})
	s.j.SetKnobs(func(k *Knobs) { k.BadCredentialsAnonymous = false })
	s.run([]step{{name: "the knob makes it 401 everywhere", as: "po", path: "issue/SHOP-1", status: 401}})
}

func TestDataCenterRefusesBadCredentials(t *testing.T) {
	s := demoSite(t, DataCenter)
	s.run([]step{
		{
			name: "own account by name and key", as: "po", path: "myself", status: 200,
			want: map[string]string{
				"name":         `"po"`,
				"key":          `"JIRAUSER10100"`,
				"accountId":    "absent",
				"emailAddress": `"po@example.com"`,
			},
		},
	})
	try(t, s.j.RevokeTokens("po@example.com"))
	s.run([]step{{name: "a revoked token gets 401", as: "po", path: "issue/SHOP-1", status: 401}})
	req, err := http.NewRequest(http.MethodGet, s.srv.URL+"/rest/api/2/myself", nil)
	try(t, err)
	req.SetBasicAuth("po", "demo")
	if status, _, body := s.send(req); status != 200 {
		t.Errorf("user and password: %d %s", status, body)
	}
	req.SetBasicAuth("po", "wrong")
	if status, _, _ := s.send(req); status != 401 {
		t.Errorf("a wrong password: %d", status)
	}
}

func TestATokenExpiresWhenItsTimeIsOver(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	j := New(Options{Now: func() time.Time { return now }})
	j.AddUser(User{Email: "po@example.com", Tokens: []Token{{Secret: "demo", Expires: now.Add(time.Hour)}}})
	s := siteOf(t, j)
	s.run([]step{{name: "before", as: "po", path: "myself", status: 200}})
	now = now.Add(time.Hour)
	s.run([]step{{name: "after", as: "po", path: "myself", status: 401}})
}

func TestAScopedTokenWorksOnlyThroughTheGateway(t *testing.T) {
	s := demoSite(t, Cloud)
	gateway := "/ex/jira/11111111-2222-4333-8444-555555555555/rest/api/2/myself"
	s.run([]step{
		{name: "a classic token is refused by the gateway", as: "po", path: gateway, status: 401},
		{
			name: "the site's id is public", path: "/_edge/tenant_info", status: 200,
			want: map[string]string{"cloudId": `"11111111-2222-4333-8444-555555555555"`},
		},
	})
	try(t, s.j.SetToken("po@example.com", ""))
	try(t, s.j.AddToken("po@example.com", Token{Secret: "demo", Scoped: true}))
	s.run([]step{
		{name: "a scoped one is accepted", as: "po", path: gateway, status: 200},
		{name: "but not on the site", as: "po", path: "myself", status: 401},
	})
}

func TestAFormerAccountCannotLogIn(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.Deactivate("dev@example.com"))
		s.run([]step{{name: "former", as: "dev", path: "myself", status: 401}})
	})
}

func TestServerInfoTellsTheFlavourToAnybody(t *testing.T) {
	cloud, dc := demoSite(t, Cloud), demoSite(t, DataCenter)
	cloud.run([]step{{
		name: "cloud", path: "serverInfo", status: 200,
		want: map[string]string{
			"deploymentType": `"Cloud"`,
			"versionNumbers": "[1001,0,0]",
			"baseUrl":        `"` + cloud.srv.URL + `"`,
		},
	}})
	dc.run([]step{{
		name: "dc", path: "serverInfo", status: 200,
		want: map[string]string{
			"deploymentType": `"Server"`,
			"versionNumbers": "[10,3,5]",
		},
	}})
}

func TestVersionThreeExistsOnlyOnCloudAndWithoutRichText(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{name: "myself of version 3", as: "po", path: "/rest/api/3/myself", status: 200},
		{name: "search of version 3", as: "po", path: "/rest/api/3/search/jql?jql=project%3DSHOP", status: 200},
		{name: "latest is version 2", as: "po", path: "/rest/api/latest/issue/SHOP-1", status: 200},
		{name: "issues of version 3 are not simulated", as: "po", path: "/rest/api/3/issue/SHOP-1", status: 404},
	})
	demoSite(t, DataCenter).run([]step{{name: "no version 3", as: "po", path: "/rest/api/3/myself", status: 404}})
}

func TestUnknownPathsAndMethods(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "no such resource", as: "po", path: "nothing/here", status: 404,
			want: map[string]string{"status-code": "404"},
		},
		{name: "no such method", as: "po", method: "PATCH", path: "issue/SHOP-1", status: 405},
		{
			name: "a body that is no JSON", as: "po", method: "POST", path: "issue", body: "{", status: 400,
			want: map[string]string{"errorMessages.0": "*"},
		},
	})
}

func TestTheSiteAnswersUnderItsContextPath(t *testing.T) {
	j := New(Options{Flavour: DataCenter, ContextPath: "/jira"})
	if _, err := SeedDemo(j); err != nil {
		t.Fatal(err)
	}
	s := siteOf(t, j)
	s.run([]step{{name: "inside", as: "po", path: "/jira/rest/api/2/myself", status: 200}})
	if status, _, _ := s.request("po", "GET", "/rest/api/2/myself", ""); status != 404 {
		t.Errorf("outside the context path: %d", status)
	}
	if key, err := j.As("po@example.com").CreateIssue(NewIssue{Project: "SHOP", Summary: "x"}); err != nil || key == "" {
		t.Errorf("As goes under the context path too: %q %v", key, err)
	}
}

func TestSelfLinksCanPointToTheGateway(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.SelfBase = "https://api.atlassian.com/ex/jira/abc" })
	s.run([]step{{
		name: "self", as: "po", path: "issue/SHOP-1", status: 200,
		want: map[string]string{
			"self": `"https://api.atlassian.com/ex/jira/abc/rest/api/2/issue/10000"`,
		},
	}})
}

func TestCallsAreCounted(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{name: "read", as: "po", path: "issue/SHOP-1", status: 200},
		{
			name: "write", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":"new"}}`, status: 204,
		},
		{
			name: "refused write", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":""}}`, status: 400,
		},
		{
			name: "a search by POST is no write", as: "po", method: "POST", path: "search/jql", body: `{"jql":"project = SHOP"}`, status: 200,
		},
	})
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "x"))
	if n := s.j.Count("GET /rest/api/2/issue/{issue}"); n != 1 {
		t.Errorf("reads of an issue: %d", n)
	}
	if n := s.j.Writes(); n != 1 {
		t.Errorf("writes: %d", n)
	}
	calls := s.j.Calls()
	if len(calls) != 4 || calls[1].User != "po@example.com" || !calls[1].Write || calls[1].Status != 204 || !strings.HasSuffix(calls[1].Path, "SHOP-1") {
		t.Errorf("calls: %+v", calls)
	}
	s.j.ResetCalls()
	if len(s.j.Calls()) != 0 {
		t.Error("calls are still there")
	}
}
