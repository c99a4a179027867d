package jira

import (
	"errors"
	"net/http"
	"testing"
	"time"
)

func TestServerTellsTheFlavour(t *testing.T) {
	const place = "GET /rest/api/2/serverInfo"
	tests := []struct {
		name, body string
		want       ServerInfo
	}{
		{"Cloud", `{"baseUrl":"https://site.atlassian.net/","version":"1001.0.0-SNAPSHOT","versionNumbers":[1001,0,0],"deploymentType":"Cloud","serverTime":"2026-03-01T13:00:00.500+0100"}`,
			ServerInfo{Flavour: Cloud, BaseURL: "https://site.atlassian.net", Version: "1001.0.0-SNAPSHOT", VersionNumbers: []int{1001, 0, 0},
				ServerTime: time.Date(2026, 3, 1, 12, 0, 0, 500_000_000, time.UTC), Skew: 3 * time.Second}},
		{"Server", `{"baseUrl":"https://jira.test/jira","version":"10.3.5","versionNumbers":[10,3,5],"deploymentType":"Server"}`,
			ServerInfo{Flavour: DataCenter, BaseURL: "https://jira.test/jira", Version: "10.3.5", VersionNumbers: []int{10, 3, 5}, Skew: 3 * time.Second}},
		{"DataCenter", `{"version":"9.4","deploymentType":"DataCenter"}`, ServerInfo{Flavour: DataCenter, Version: "9.4", Skew: 3 * time.Second}},
		{"too old to tell", `{"version":"7.0"}`, ServerInfo{Flavour: DataCenter, Version: "7.0", Skew: 3 * time.Second}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on(place, reply{body: tt.body, header: map[string]string{"Date": "Sun, 01 Mar 2026 12:00:03 GMT"}})
			got, err := j.client().Server(t.Context())
			noError(t, err)
			equal(t, "server", tt.want, got)
		})
	}
	equal(t, "browse", "https://jira.test/jira/browse/A-1", ServerInfo{BaseURL: "https://jira.test/jira"}.BrowseURL("A-1"))
}

func TestServerIsRememberedOnlyAfterASuccess(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/serverInfo", fails(500, ""), ok(`{}`), ok(cloudInfo), fails(500, ""))
	c := j.client()
	_, err := c.Server(t.Context())
	wantKind(t, err, KindUnavailable)
	_, err = c.Server(t.Context())
	wantKind(t, err, KindMalformed)
	for range 3 {
		info, err := c.Server(t.Context())
		noError(t, err)
		equal(t, "flavour", Cloud, info.Flavour)
	}
	equal(t, "asked", 3, len(j.log))
}

func TestAnAnswerThatNamesNoProductIsNotRemembered(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/serverInfo", ok(`{"version":"1001.0.0","deploymentType":"?"}`), ok(`{"version":"1001.0.0"}`), ok(cloudInfo), fails(500, ""))
	c := j.client()
	for _, want := range []Flavour{DataCenter, DataCenter, Cloud, Cloud} {
		info, err := c.Server(t.Context())
		noError(t, err)
		equal(t, "flavour", want, info.Flavour)
	}
}

func TestCallsThatNeedTheFlavourFailWithoutIt(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/serverInfo", fails(500, ""))
	c := j.client()
	ctx := t.Context()
	calls := map[string]func() error{
		"Search":        func() error { _, err := c.Search(ctx, SearchQuery{JQL: "x"}); return err },
		"Projects":      func() error { _, err := c.Projects(ctx); return err },
		"Webhooks":      func() error { _, err := c.Webhooks(ctx); return err },
		"CreateWebhook": func() error { _, err := c.CreateWebhook(ctx, Webhook{}); return err },
		"CreatePermissionScheme": func() error {
			_, err := c.CreatePermissionScheme(ctx, PermissionScheme{})
			return err
		},
		"UpdateComment": func() error { _, err := c.UpdateComment(ctx, "1", "2", "b"); return err },
		"EditIssue":     func() error { return c.EditIssue(ctx, "1", IssueEdit{AddLabels: []string{"x"}, Quiet: true}) },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) { wantKind(t, call(), KindUnavailable) })
	}
	j.on("GET /rest/api/2/issue/1", ok(`{"id":"1","changelog":{"total":2,"histories":[]}}`))
	_, err := c.Issue(ctx, "1", IssueQuery{History: true})
	wantKind(t, err, KindUnavailable)
}

func TestMyselfProvesWhoWeAre(t *testing.T) {
	tests := []struct {
		name  string
		reply reply
		want  User
		fails Kind
	}{
		{"Cloud", ok(`{"accountId":"5c5f","accountType":"app","displayName":"andon","active":true,"timeZone":"UTC","emailAddress":"andon@example.com"}`),
			User{AccountID: "5c5f", AccountType: "app", DisplayName: "andon", Active: true, Email: "andon@example.com"}, ""},
		{"Data Center", ok(`{"key":"JIRAUSER10100","name":"andon","displayName":"andon","active":true}`),
			User{Key: "JIRAUSER10100", Name: "andon", DisplayName: "andon", Active: true}, ""},
		{"expired", fails(401, "<html>"), User{}, KindUnauthorized},
		{"nobody", ok(`{"displayName":"Anonymous"}`), User{}, KindUnauthorized},
		{"null", ok("null"), User{}, KindUnauthorized},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := newFake(t, Cloud).on("GET /rest/api/2/myself", tt.reply).client().Myself(t.Context())
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
			} else {
				noError(t, err)
			}
			equal(t, "user", tt.want, got)
		})
	}
}

func TestUsersAreNamedByTheirStableID(t *testing.T) {
	equal(t, "account id first", "a", User{AccountID: "a", Key: "k", Name: "n"}.ID())
	equal(t, "then the key", "k", User{Key: "k", Name: "n"}.ID())
	equal(t, "then the name", "n", User{Name: "n"}.ID())
	equal(t, "else nothing", "", User{DisplayName: "d"}.ID())
	equal(t, "same", true, User{AccountID: "a", DisplayName: "x"}.Same(User{AccountID: "a"}))
	equal(t, "not the same", false, User{AccountID: "a"}.Same(User{AccountID: "b"}))
	equal(t, "two nobodies", false, User{DisplayName: "x"}.Same(User{DisplayName: "x"}))
}

func TestAUserMatchesWhatAPersonConfigures(t *testing.T) {
	cloud := User{AccountID: "557058:Ab", DisplayName: "Pat", Email: "Pat@example.com"}
	dc := User{Key: "JIRAUSER1", Name: "pat", DisplayName: "Pat"}
	tests := []struct {
		user User
		ref  string
		want bool
	}{
		{cloud, "557058:Ab", true}, {cloud, "557058:ab", false}, {cloud, "pat@EXAMPLE.com", true}, {cloud, " pat@example.com ", true},
		{cloud, "Pat", false}, {cloud, "", false}, {cloud, " ", false},
		{dc, "JIRAUSER1", true}, {dc, "jirauser1", false}, {dc, "Pat", true}, {dc, "", false},
		{User{}, "", false},
	}
	for _, tt := range tests {
		equal(t, tt.user.ID()+" is "+tt.ref, tt.want, tt.user.Matches(tt.ref))
	}
}

func TestAUserOfWhomNothingIsKnownIsNobody(t *testing.T) {
	equal(t, "missing", (*User)(nil), userOf(nil))
	equal(t, "empty", (*User)(nil), userOf(&wireUser{Active: true}))
	equal(t, "a name at least", &User{DisplayName: "Former user"}, userOf(&wireUser{DisplayName: "Former user"}))
}

func TestMemoKeepsTheFirstSuccess(t *testing.T) {
	var m memo[int]
	n := 0
	load := func() (int, error) {
		if n++; n == 1 {
			return 0, errors.New("not yet")
		}
		return n, nil
	}
	_, err := m.get(load)
	if err == nil {
		t.Fatal("the error is lost")
	}
	for range 2 {
		got, err := m.get(load)
		noError(t, err)
		equal(t, "value", 2, got)
	}
}

func TestStatusZeroMeansNoAnswerReachedUs(t *testing.T) {
	_, err := newFake(t, Cloud).on("GET /rest/api/2/myself", reply{err: readError()}).client().Myself(t.Context())
	equal(t, "status", 0, wantKind(t, err, KindUnavailable).Status)
	_, err = newFake(t, Cloud).on("GET /rest/api/2/myself", reply{status: http.StatusOK, body: `{"accountId":7}`}).client().Myself(t.Context())
	equal(t, "status of what does not decode", http.StatusOK, wantKind(t, err, KindMalformed).Status)
}
