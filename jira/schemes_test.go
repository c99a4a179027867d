package jira

import (
	"testing"
)

const schemeBody = `{"id":10000,"self":"x","expand":"permissions","name":"Default","description":"d","permissions":[
 {"id":10200,"self":"x","permission":"MANAGE_SPRINTS_PERMISSION","holder":{"type":"projectRole","parameter":"10002","value":"10002","expand":"projectRole","projectRole":{"id":10002}}},
 {"id":10201,"permission":"BROWSE_PROJECTS","holder":{"type":"group","parameter":"devs","value":"952d"}},
 {"id":10202,"permission":"com.app__X","holder":{"type":"anyone"}}]}`

func defaultScheme() PermissionScheme {
	return PermissionScheme{ID: 10000, Name: "Default", Description: "d", Grants: []Grant{
		{10200, "MANAGE_SPRINTS_PERMISSION", Holder{"projectRole", "10002", "10002"}},
		{10201, "BROWSE_PROJECTS", Holder{"group", "devs", "952d"}},
		{10202, "com.app__X", Holder{Type: "anyone"}},
	}}
}

func TestSchemesAreReadWithTheirGrants(t *testing.T) {
	j := newFake(t, Cloud).
		on("GET /rest/api/2/permissionscheme/10000", ok(schemeBody)).
		on("GET /rest/api/2/project/A/permissionscheme", ok(schemeBody)).
		on("GET /rest/api/2/permissionscheme", ok(`{"permissionSchemes":[`+schemeBody+`,{"id":"0","name":"Bare"}]}`))
	c := j.client()
	one, err := c.PermissionScheme(t.Context(), 10000)
	noError(t, err)
	equal(t, "by id", defaultScheme(), one)
	of, err := c.ProjectPermissionScheme(t.Context(), "A")
	noError(t, err)
	equal(t, "of the project", defaultScheme(), of)
	all, err := c.PermissionSchemes(t.Context())
	noError(t, err)
	equal(t, "all", []PermissionScheme{defaultScheme(), {Name: "Bare"}}, all)
	for _, s := range j.calls() {
		equal(t, "asked for the grants", "expand=permissions", s.Query)
	}
}

func TestASchemeWithoutGrantsIsNotBelieved(t *testing.T) {
	_, err := newFake(t, Cloud).on("GET /rest/api/2/project/A/permissionscheme", ok(`{"id":10000,"name":"Default"}`)).client().
		ProjectPermissionScheme(t.Context(), "A")
	wantKind(t, err, KindMalformed)
}

func TestACopyNamesEachHolderInTheProductsOwnWay(t *testing.T) {
	const place = "POST /rest/api/2/permissionscheme"
	const role = `{"permission":"MANAGE_SPRINTS_PERMISSION","holder":{"type":"projectRole","`
	for f, want := range map[Flavour]string{
		Cloud:      role + `value":"10002"}},{"permission":"BROWSE_PROJECTS","holder":{"type":"group","value":"952d"}},{"permission":"com.app__X","holder":{"type":"anyone"}}`,
		DataCenter: role + `parameter":"10002"}},{"permission":"BROWSE_PROJECTS","holder":{"type":"group","parameter":"devs"}},{"permission":"com.app__X","holder":{"type":"anyone"}}`,
	} {
		j := newFake(t, f).on(place, reply{status: 201, body: `{"id":10001,"name":"Copy"}`})
		copied := defaultScheme()
		copied.Name = "Copy"
		got, err := j.client().CreatePermissionScheme(t.Context(), copied)
		noError(t, err)
		equal(t, "id", int64(10001), got.ID)
		j.wantCalls(place + `?expand=permissions {"name":"Copy","description":"d","permissions":[` + want + `]}`)
	}
	j := newFake(t, DataCenter).on(place, reply{status: 201, body: `{}`})
	_, err := j.client().CreatePermissionScheme(t.Context(), PermissionScheme{Name: "n", Grants: []Grant{{Permission: "P", Holder: Holder{Type: "user", Value: "v"}}}})
	equal(t, "created all the same", ExecutedYes, wantKind(t, err, KindMalformed).Executed)
	j.wantCalls(place + `?expand=permissions {"name":"n","permissions":[{"permission":"P","holder":{"type":"user","parameter":"v"}}]}`)
}

func TestTheDefaultSchemeHasTheIDZero(t *testing.T) {
	j := newFake(t, DataCenter).
		on("GET /rest/api/2/permissionscheme/0", ok(`{"id":0,"name":"Default Permission Scheme","permissions":[]}`)).
		on("PUT /rest/api/2/project/A/permissionscheme", ok(schemeBody))
	got, err := j.client().PermissionScheme(t.Context(), 0)
	noError(t, err)
	equal(t, "scheme", PermissionScheme{Name: "Default Permission Scheme"}, got)
	noError(t, j.client().AssignPermissionScheme(t.Context(), "A", 0))
}

func TestSchemesAreAssignedAndDeleted(t *testing.T) {
	j := newFake(t, Cloud).
		on("PUT /rest/api/2/project/A/permissionscheme", ok(schemeBody), fails(403, sentences("free plan"))).
		on("DELETE /rest/api/2/permissionscheme/10001", reply{status: 204})
	c := j.client()
	noError(t, c.AssignPermissionScheme(t.Context(), "A", 10001))
	wantKind(t, c.AssignPermissionScheme(t.Context(), "A", 10001), KindForbidden)
	noError(t, c.DeletePermissionScheme(t.Context(), 10001))
	j.wantCalls(`PUT /rest/api/2/project/A/permissionscheme {"id":10001}`, `PUT /rest/api/2/project/A/permissionscheme {"id":10001}`, "DELETE /rest/api/2/permissionscheme/10001")
}
