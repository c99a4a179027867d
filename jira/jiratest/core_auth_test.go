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
		{"own account by accountId", "po", "", "myself", "", 200, map[string]string{"accountId": `"712020:po"`, "accountType": `"atlassian"`, "name": "absent", "key": "absent"}},
		{"anonymous gets 401", "", "", "myself", "", 401, map[string]string{"errorMessages.0": "*"}},
	})
	try(t, s.j.RevokeTokens("po@example.com"))
	s.run([]step{
		{"a revoked token gets 401 from myself", "po", "", "myself", "", 401, nil},
		{"and looks like a visitor to issues", "po", "", "issue/SHOP-1", "", 404, map[string]string{"errorMessages.0": `"Issue does not exist or you do not have permission to see it."`}},
		{"and finds nothing", "po", "", "search/jql?jql=project%20%3D%20SHOP", "", 200, map[string]string{"issues.#": "0", "isLast": "true"}},
		{"and sees no project", "po", "", "project/SHOP", "", 404, nil},
	})
	s.j.SetKnobs(func(k *Knobs) { k.BadCredentialsAnonymous = false })
	s.run([]step{{"the knob makes it 401 everywhere", "po", "", "issue/SHOP-1", "", 401, nil}})
}

func TestDataCenterRefusesBadCredentials(t *testing.T) {
	s := demoSite(t, DataCenter)
	s.run([]step{
		{"own account by name and key", "po", "", "myself", "", 200, map[string]string{"name": `"po"`, "key": `"JIRAUSER10100"`, "accountId": "absent", "emailAddress": `"po@example.com"`}},
	})
	try(t, s.j.RevokeTokens("po@example.com"))
	s.run([]step{{"a revoked token gets 401", "po", "", "issue/SHOP-1", "", 401, nil}})
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
	s.run([]step{{"before", "po", "", "myself", "", 200, nil}})
	now = now.Add(time.Hour)
	s.run([]step{{"after", "po", "", "myself", "", 401, nil}})
}

func TestAScopedTokenWorksOnlyThroughTheGateway(t *testing.T) {
	s := demoSite(t, Cloud)
	gateway := "/ex/jira/11111111-2222-4333-8444-555555555555/rest/api/2/myself"
	s.run([]step{
		{"a classic token is refused by the gateway", "po", "", gateway, "", 401, nil},
		{"the site's id is public", "", "", "/_edge/tenant_info", "", 200, map[string]string{"cloudId": `"11111111-2222-4333-8444-555555555555"`}},
	})
	try(t, s.j.SetToken("po@example.com", ""))
	try(t, s.j.AddToken("po@example.com", Token{Secret: "demo", Scoped: true}))
	s.run([]step{
		{"a scoped one is accepted", "po", "", gateway, "", 200, nil},
		{"but not on the site", "po", "", "myself", "", 401, nil},
	})
}

func TestAFormerAccountCannotLogIn(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.Deactivate("dev@example.com"))
		s.run([]step{{"former", "dev", "", "myself", "", 401, nil}})
	})
}

func TestServerInfoTellsTheFlavourToAnybody(t *testing.T) {
	cloud, dc := demoSite(t, Cloud), demoSite(t, DataCenter)
	cloud.run([]step{{"cloud", "", "", "serverInfo", "", 200, map[string]string{"deploymentType": `"Cloud"`, "versionNumbers": "[1001,0,0]", "baseUrl": `"` + cloud.srv.URL + `"`}}})
	dc.run([]step{{"dc", "", "", "serverInfo", "", 200, map[string]string{"deploymentType": `"Server"`, "versionNumbers": "[10,3,5]"}}})
}

func TestVersionThreeExistsOnlyOnCloudAndWithoutRichText(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{"myself of version 3", "po", "", "/rest/api/3/myself", "", 200, nil},
		{"search of version 3", "po", "", "/rest/api/3/search/jql?jql=project%3DSHOP", "", 200, nil},
		{"latest is version 2", "po", "", "/rest/api/latest/issue/SHOP-1", "", 200, nil},
		{"issues of version 3 are not simulated", "po", "", "/rest/api/3/issue/SHOP-1", "", 404, nil},
	})
	demoSite(t, DataCenter).run([]step{{"no version 3", "po", "", "/rest/api/3/myself", "", 404, nil}})
}

func TestUnknownPathsAndMethods(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{"no such resource", "po", "", "nothing/here", "", 404, map[string]string{"status-code": "404"}},
		{"no such method", "po", "PATCH", "issue/SHOP-1", "", 405, nil},
		{"a body that is no JSON", "po", "POST", "issue", "{", 400, map[string]string{"errorMessages.0": "*"}},
	})
}

func TestTheSiteAnswersUnderItsContextPath(t *testing.T) {
	j := New(Options{Flavour: DataCenter, ContextPath: "/jira"})
	if _, err := SeedDemo(j); err != nil {
		t.Fatal(err)
	}
	s := siteOf(t, j)
	s.run([]step{{"inside", "po", "", "/jira/rest/api/2/myself", "", 200, nil}})
	if status, _, _ := s.request("po", "GET", "/rest/api/2/myself", ""); status != 404 {
		t.Errorf("outside the context path: %d", status)
	}
	if key, err := j.As("po@example.com").CreateIssue(NewIssue{Project: "SHOP", Summary: "x"}); err != nil || key == "" {
		t.Errorf("As goes under the context path too: %q %v", key, err)
	}
}

func TestSelfLinksCanPointToTheGateway(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.SelfBase = "https://api.atlassian.com/ex/jira/abc" })
	s.run([]step{{"self", "po", "", "issue/SHOP-1", "", 200, map[string]string{"self": `"https://api.atlassian.com/ex/jira/abc/rest/api/2/issue/10000"`}}})
}

func TestCallsAreCounted(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{"read", "po", "", "issue/SHOP-1", "", 200, nil},
		{"write", "po", "PUT", "issue/SHOP-1", `{"fields":{"summary":"new"}}`, 204, nil},
		{"refused write", "po", "PUT", "issue/SHOP-1", `{"fields":{"summary":""}}`, 400, nil},
		{"a search by POST is no write", "po", "POST", "search/jql", `{"jql":"project = SHOP"}`, 200, nil},
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
