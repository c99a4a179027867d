package jira

import (
	"strings"
	"testing"
)

func TestAProjectIsReadWithItsTypes(t *testing.T) {
	const body = `{"id":"10000","key":"SHOP","name":"Shop","lead":{"accountId":"l","displayName":"Lea"},"simplified":true,"style":"next-gen","projectTypeKey":"software",
	 "issueTypes":[{"id":"1","name":"Aufgabe","subtask":false,"hierarchyLevel":0},{"id":"10003","name":"Unteraufgabe","subtask":true,"hierarchyLevel":-1}]}`
	for _, ref := range []string{"SHOP", "10000"} {
		j := newFake(t, Cloud).on("GET /rest/api/2/project/"+ref, ok(body))
		got, err := j.client().Project(t.Context(), ref)
		noError(t, err)
		equal(t, "project", Project{ID: "10000", Key: "SHOP", Name: "Shop", Lead: &User{AccountID: "l", DisplayName: "Lea"}, Simplified: true,
			Style: "next-gen", TypeKey: "software", IssueTypes: []IssueType{{"1", "Aufgabe", false, 0}, {"10003", "Unteraufgabe", true, -1}}}, got)
		equal(t, "sub-task types by flag", []IssueType{{"10003", "Unteraufgabe", true, -1}}, got.SubtaskTypes())
	}
}

func TestProjectsAreListedOnBothProducts(t *testing.T) {
	want := []Project{{ID: "1", Key: "A", Name: "a"}, {ID: "2", Key: "B", Name: "b", Simplified: true}}
	j := newFake(t, Cloud).on("GET /rest/api/2/project/search",
		ok(`{"startAt":0,"maxResults":1,"total":2,"isLast":false,"values":[{"id":"1","key":"A","name":"a"}]}`),
		ok(`{"startAt":1,"maxResults":1,"total":2,"isLast":true,"values":[{"id":"2","key":"B","name":"b","simplified":true}]}`))
	got, err := j.client().Projects(t.Context())
	noError(t, err)
	equal(t, "Cloud", want, got)
	j = newFake(t, DataCenter).on("GET /rest/api/2/project", ok(`[{"id":"1","key":"A","name":"a"},{"id":"2","key":"B","name":"b","simplified":true}]`))
	got, err = j.client().Projects(t.Context())
	noError(t, err)
	equal(t, "Data Center", want, got)
}

func TestRolesAreFoundByTheEndOfTheirAddress(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/project/A/role",
		ok(`{"Product Owner":"https://x.atlassian.net/rest/api/2/project/10000/role/10100","Scrum Master":"https://elsewhere/role/10101?x=1"}`))
	got, err := j.client().ProjectRoles(t.Context(), "A")
	noError(t, err)
	equal(t, "roles", map[string]int64{"Product Owner": 10100, "Scrum Master": 10101}, got)
	_, err = newFake(t, Cloud).on("GET /rest/api/2/project/A/role", ok(`{"Odd":"https://x/role/"}`)).client().ProjectRoles(t.Context(), "A")
	wantKind(t, err, KindMalformed)
	_, err = newFake(t, Cloud).on("GET /rest/api/2/project/A/role", fails(404, "")).client().ProjectRoles(t.Context(), "A")
	wantKind(t, err, KindNotFound)
}

func TestRoleActorsInBothForms(t *testing.T) {
	const place = "GET /rest/api/2/project/A/role/10100"
	tests := []struct {
		name, actors string
		want         []Actor
	}{
		{"Cloud", `{"id":10240,"displayName":"jira-developers","type":"atlassian-group-role-actor","name":"jira-developers","actorGroup":{"name":"jira-developers","displayName":"jira-developers","groupId":"952d"}},
		 {"id":10241,"displayName":"Mia","type":"atlassian-user-role-actor","actorUser":{"accountId":"5b10"}}`,
			[]Actor{{Group: &Group{ID: "952d", Name: "jira-developers"}}, {User: &User{AccountID: "5b10", DisplayName: "Mia"}}}},
		{"Data Center", `{"id":1,"displayName":"Fred F.","type":"atlassian-user-role-actor","name":"fred"},{"id":2,"displayName":"devs","type":"atlassian-group-role-actor","name":"jira-developers"}`,
			[]Actor{{User: &User{Name: "fred", DisplayName: "Fred F."}}, {Group: &Group{Name: "jira-developers"}}}},
		{"of a kind nobody knows", `{"id":3,"type":"some-app-role-actor","name":"x"},{"id":4,"type":"atlassian-user-role-actor"}`, nil},
		{"none", ``, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on(place, ok(`{"id":10100,"name":"Product Owner","actors":[`+tt.actors+`]}`))
			got, err := j.client().RoleActors(t.Context(), "A", 10100)
			noError(t, err)
			equal(t, "actors", tt.want, got)
		})
	}
}

func TestGroupMembersByIDOrName(t *testing.T) {
	const place = "GET /rest/api/2/group/member"
	pages := []reply{
		ok(`{"startAt":0,"maxResults":1,"total":2,"isLast":false,"values":[{"accountId":"a","active":true}]}`),
		ok(`{"startAt":1,"maxResults":1,"total":2,"isLast":true,"values":[{"accountId":"b","active":true}]}`),
	}
	j := newFake(t, Cloud).on(place, pages...)
	got, err := j.client().GroupMembers(t.Context(), Group{ID: "952d", Name: "renamed"})
	noError(t, err)
	equal(t, "members", []User{{AccountID: "a", Active: true}, {AccountID: "b", Active: true}}, got)
	j.wantCalls("GET /rest/api/2/group/member?groupId=952d&maxResults=50&startAt=0", "GET /rest/api/2/group/member?groupId=952d&maxResults=50&startAt=1")

	j = newFake(t, DataCenter).on(place, ok(`{"isLast":true,"values":[{"name":"fred","key":"fred"}]}`))
	got, err = j.client().GroupMembers(t.Context(), Group{Name: "jira developers&x"})
	noError(t, err)
	equal(t, "members", []User{{Name: "fred", Key: "fred"}}, got)
	j.wantCalls("GET /rest/api/2/group/member?groupname=jira+developers%26x&maxResults=50&startAt=0")
	_, err = j.client().GroupMembers(t.Context(), Group{})
	wantKind(t, err, KindInvalid)
}

func TestPermissions(t *testing.T) {
	const place = "GET /rest/api/2/mypermissions"
	has := func(keys ...string) string {
		out := []string{`"NO":{"key":"NO","havePermission":false}`}
		for _, k := range keys {
			out = append(out, `"`+k+`":{"key":"`+k+`","havePermission":true}`)
		}
		return `{"permissions":{` + strings.Join(out, ",") + `}}`
	}
	unknown := func(keys ...string) reply {
		fields := map[string]string{}
		for _, k := range keys {
			fields[k] = "Unrecognized permission"
		}
		return fails(400, refusal(nil, fields))
	}
	tests := []struct {
		name    string
		answers []reply
		want    map[string]bool
		asked   []string
		fails   Kind
	}{
		{"all known", []reply{ok(has("A", "B"))}, map[string]bool{"A": true, "B": true, "NO": false}, []string{"A%2CB%2CNO"}, ""},
		{"Data Center tells more than asked", []reply{ok(has("A", "Z"))}, map[string]bool{"A": true, "B": false, "NO": false}, []string{"A%2CB%2CNO"}, ""},
		{"Cloud refuses one", []reply{unknown("B"), ok(has("A"))}, map[string]bool{"A": true, "B": false, "NO": false}, []string{"A%2CB%2CNO", "A%2CNO"}, ""},
		{"Cloud refuses one after the other", []reply{unknown("B"), unknown("A"), ok(has())}, map[string]bool{"A": false, "B": false, "NO": false}, []string{"A%2CB%2CNO", "A%2CNO", "NO"}, ""},
		{"Cloud refuses all", []reply{unknown("A", "B", "NO")}, map[string]bool{"A": false, "B": false, "NO": false}, []string{"A%2CB%2CNO"}, ""},
		{"refused for another reason", []reply{fails(400, sentences("project?"))}, nil, []string{"A%2CB%2CNO"}, KindInvalid},
		{"refused for somebody else's key", []reply{unknown("C")}, nil, []string{"A%2CB%2CNO"}, KindInvalid},
		{"no such project", []reply{fails(404, "")}, nil, []string{"A%2CB%2CNO"}, KindNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on(place, tt.answers...)
			got, err := j.client().Permissions(t.Context(), "SHOP", "A", "B", "NO")
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
			} else {
				noError(t, err)
				equal(t, "permissions", tt.want, got)
			}
			var calls []string
			for _, q := range tt.asked {
				calls = append(calls, place+"?permissions="+q+"&projectKey=SHOP")
			}
			j.wantCalls(calls...)
		})
	}
}

func TestPermissionsAreAskedByIDOrForTheWholeSite(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/mypermissions", ok(`{"permissions":{}}`))
	c := j.client()
	for _, project := range []string{"10000", ""} {
		_, err := c.Permissions(t.Context(), project, "ADMINISTER")
		noError(t, err)
	}
	_, err := c.Permissions(t.Context(), "A&x=1", "ADMINISTER")
	wantKind(t, err, KindInvalid)
	got, err := c.Permissions(t.Context(), "A")
	noError(t, err)
	equal(t, "nothing asked", 0, len(got))
	j.wantCalls("GET /rest/api/2/mypermissions?permissions=ADMINISTER&projectId=10000", "GET /rest/api/2/mypermissions?permissions=ADMINISTER")
}
