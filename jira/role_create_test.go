package jira

import (
	"testing"

	"andon/jira/jiratest"
)

func TestAProjectRoleIsMadeOnce(t *testing.T) {
	j, c := demoSite(t)
	roles, err := c.SiteRoles(t.Context())
	noError(t, err)
	if roles["Product Owner"] == 0 || roles["Disaster Owner"] != 0 {
		t.Fatalf("there are %v", roles)
	}
	id, err := c.CreateRole(t.Context(), "Disaster Owner", "declares")
	noError(t, err)
	made, there := j.RoleID("Disaster Owner")
	equal(t, "there", true, there)
	equal(t, "id", made, id)
	_, err = c.CreateRole(t.Context(), "disaster owner", "")
	wantKind(t, err, KindConflict)
	_, err = c.CreateRole(t.Context(), " ", "")
	wantKind(t, err, KindInvalid)
	noError(t, j.RemoveFromGroup(jiratest.GroupAdmins, "andon@example.com"))
	_, err = c.CreateRole(t.Context(), "Another", "")
	wantKind(t, err, KindForbidden)
}

func TestAWebhookIsUpdated(t *testing.T) {
	for _, tt := range []struct {
		name string
		jira func(t *testing.T) *fakeJira
		hook Webhook
		want string
	}{
		{"Cloud", func(t *testing.T) *fakeJira { return newFake(t, Cloud).on("PUT "+oldHooks+"/7", ok(`{}`)) }, Webhook{ID: "7", Name: "andon", URL: "https://h", Events: []string{"e"}, Secret: testToken},
			`PUT ` + oldHooks + `/7 {"enabled":true,"events":["e"],"excludeBody":false,"filters":{"issue-related-events-section":""},"name":"andon","secret":"` + testToken + `","url":"https://h"}`},
		{"Data Center 10", func(t *testing.T) *fakeJira {
			return dc(t, "10.3.5", "10,3,5").on("PUT "+newHooks+"/7", ok(`{}`))
		}, Webhook{ID: "7", Name: "andon", URL: "https://h", Events: []string{"e"}},
			`PUT ` + newHooks + `/7 {"active":"true","configuration":{"EXCLUDE_BODY":"false","FILTERS":""},"events":["e"],"name":"andon","url":"https://h"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j := tt.jira(t)
			noError(t, j.client().UpdateWebhook(t.Context(), tt.hook))
			j.wantCalls(tt.want)
		})
	}
	wantKind(t, dc(t, "10.3.5", "10,3,5").client().UpdateWebhook(t.Context(), Webhook{ID: "7", Secret: "s"}), KindInvalid)
}

func TestAFilterOfANewDataCenterIsSeen(t *testing.T) {
	j := dc(t, "10.3.5", "10,3,5").on("GET "+newHooks, ok(`[{"id":1,"name":"andon","url":"u","events":[],"active":true,"configuration":{"EXCLUDE_BODY":"false","FILTERS":"labels = disaster"}}]`))
	got, err := j.client().Webhooks(t.Context())
	noError(t, err)
	equal(t, "JQL", "labels = disaster", got[0].JQL)
}
