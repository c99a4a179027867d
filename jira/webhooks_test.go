package jira

import (
	"strings"
	"testing"
)

const (
	oldHooks = "/rest/webhooks/1.0/webhook"
	newHooks = "/rest/jira-webhook/1.0/webhooks"
)

// dc is a Data Center of the version.
func dc(t *testing.T, version string, numbers string) *fakeJira {
	t.Helper()
	return newFake(t, DataCenter).on("GET /rest/api/2/serverInfo", ok(`{"version":"`+version+`","versionNumbers":[`+numbers+`],"deploymentType":"Server"}`))
}

func TestWebhooksLiveWhereTheProductKeepsThem(t *testing.T) {
	tests := []struct {
		name string
		jira func(t *testing.T) *fakeJira
		want []string
	}{
		{"Cloud", func(t *testing.T) *fakeJira { return newFake(t, Cloud).on("GET "+oldHooks, ok(`[]`)) }, []string{"GET " + oldHooks}},
		{"Data Center 9", func(t *testing.T) *fakeJira { return dc(t, "9.12.2", "9,12,2").on("GET "+oldHooks, ok(`[]`)) }, []string{"GET " + oldHooks}},
		{"Data Center 10", func(t *testing.T) *fakeJira { return dc(t, "10.3.5", "10,3,5").on("GET "+newHooks, ok(`[]`)) }, []string{"GET " + newHooks}},
		{"a version that does not tell", func(t *testing.T) *fakeJira {
			return dc(t, "x", "").on("GET "+newHooks, fails(404, "")).on("GET "+oldHooks, ok(`[]`))
		}, []string{"GET " + newHooks, "GET " + oldHooks}},
		{"405 means elsewhere too", func(t *testing.T) *fakeJira {
			return dc(t, "10", "10").on("GET "+newHooks, fails(405, "")).on("GET "+oldHooks, ok(`[]`))
		}, []string{"GET " + newHooks, "GET " + oldHooks}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := tt.jira(t)
			got, err := j.client().Webhooks(t.Context())
			noError(t, err)
			equal(t, "hooks", 0, len(got))
			j.wantCalls(tt.want...)
		})
	}
}

func TestWebhooksAreReadInEveryForm(t *testing.T) {
	j := newFake(t, Cloud).on("GET "+oldHooks, ok(`[{"name":"andon","url":"https://h/hooks/jira","events":["jira:issue_created"],"filters":{"issue-related-events-section":"project in (ABC)"},
	 "excludeBody":false,"enabled":true,"isSigned":true,"self":"https://x/rest/webhooks/1.0/webhook/7","lastUpdated":1},
	 {"name":"off","url":"u","events":null,"filters":{},"excludeBody":true,"enabled":false,"self":"https://x/rest/webhooks/1.0/webhook/8"}]`))
	got, err := j.client().Webhooks(t.Context())
	noError(t, err)
	equal(t, "Cloud", []Webhook{
		{ID: "7", Name: "andon", URL: "https://h/hooks/jira", Events: []string{"jira:issue_created"}, JQL: "project in (ABC)", Enabled: true, Signed: true},
		{ID: "8", Name: "off", URL: "u", ExcludeBody: true},
	}, got)

	j = dc(t, "10.3.5", "10,3,5").on("GET "+newHooks, ok(`{"values":[{"id":1,"name":"andon","url":"u","events":["sprint_started"],"configuration":{"EXCLUDE_BODY":"true"},"active":"false","scopeType":"global"}]}`))
	got, err = j.client().Webhooks(t.Context())
	noError(t, err)
	equal(t, "Data Center 10", []Webhook{{ID: "1", Name: "andon", URL: "u", Events: []string{"sprint_started"}, ExcludeBody: true}}, got)

	for _, body := range []string{`{"values":1}`, `"x"`} {
		_, err = newFake(t, Cloud).on("GET "+oldHooks, ok(body)).client().Webhooks(t.Context())
		wantKind(t, err, KindMalformed)
	}
}

func TestWebhooksAreRegisteredOrRefusedButNeverWeaker(t *testing.T) {
	hook := Webhook{Name: "andon", URL: "https://h", Events: []string{"jira:issue_created"}, JQL: "project in (ABC)", Secret: testToken}
	plain := Webhook{Name: "andon", URL: "https://h", Events: []string{"jira:issue_created"}}

	j := newFake(t, Cloud).on("POST "+oldHooks, reply{status: 201, body: `{"name":"andon","self":"https://x/7","enabled":true,"isSigned":true}`})
	got, err := j.client().CreateWebhook(t.Context(), hook)
	noError(t, err)
	equal(t, "registered", Webhook{ID: "7", Name: "andon", Enabled: true, Signed: true}, got)
	j.wantCalls(`POST ` + oldHooks + ` {"events":["jira:issue_created"],"excludeBody":false,"filters":{"issue-related-events-section":"project in (ABC)"},"name":"andon","secret":"` + testToken + `","url":"https://h"}`)

	j = dc(t, "9.4", "9,4").on("POST "+oldHooks, reply{status: 201, body: `{"self":"https://x/7"}`})
	_, err = j.client().CreateWebhook(t.Context(), hook)
	if e := wantKind(t, err, KindInvalid); !strings.Contains(e.Error(), "secret") {
		t.Errorf("no word about the secret: %v", e)
	}
	_, err = j.client().CreateWebhook(t.Context(), plain)
	noError(t, err)
	j.wantCalls(`POST ` + oldHooks + ` {"events":["jira:issue_created"],"excludeBody":false,"filters":{},"name":"andon","url":"https://h"}`)

	j = dc(t, "10.3", "10,3").on("POST "+newHooks, reply{status: 201, body: `{"id":3,"name":"andon"}`})
	filtered := plain
	filtered.JQL = "project = A"
	_, err = j.client().CreateWebhook(t.Context(), filtered)
	wantKind(t, err, KindInvalid)
	bare := plain
	bare.ExcludeBody = true
	for _, h := range []Webhook{plain, bare} {
		got, err = j.client().CreateWebhook(t.Context(), h)
		noError(t, err)
		equal(t, "id", "3", got.ID)
	}
	const head = `POST ` + newHooks + ` {"active":"true","configuration":{"EXCLUDE_BODY":"`
	const tail = `"},"events":["jira:issue_created"],"name":"andon","url":"https://h"}`
	j.wantCalls(head+"false"+tail, head+"true"+tail)

	j = newFake(t, Cloud).on("POST "+oldHooks, reply{status: 201, body: `{}`})
	_, err = j.client().CreateWebhook(t.Context(), plain)
	equal(t, "registered all the same", ExecutedYes, wantKind(t, err, KindMalformed).Executed)
}

func TestWebhooksAreDeletedOnce(t *testing.T) {
	j := newFake(t, Cloud).on("DELETE "+oldHooks+"/7", reply{status: 204}, fails(404, ""), fails(403, ""))
	c := j.client()
	noError(t, c.DeleteWebhook(t.Context(), "7"))
	noError(t, c.DeleteWebhook(t.Context(), "7"))
	wantKind(t, c.DeleteWebhook(t.Context(), "7"), KindForbidden)
	wantKind(t, c.DeleteWebhook(t.Context(), "7/../8"), KindInvalid)
}
