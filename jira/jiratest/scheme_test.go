package jiratest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const shopScheme = "/rest/api/2/project/SHOP/permissionscheme"

func TestAProjectsPermissionsAreSwappedForACopy(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		boss, _ := s.j.User("boss@example.com")
		a := s.want(200, "boss", "GET", shopScheme+"?expand=all", "")
		if a.id() != 0 || a.dig("permissions", 0, "holder", "type") == nil {
			t.Fatalf("present scheme %s", a.raw)
		}
		if role := a.raw; !strings.Contains(role, `"projectRole":{`) {
			t.Errorf("expand shows the role: %.300s", role)
		}
		made := s.want(201, "boss", "POST", schemePath, fmt.Sprintf(`{"name":"frozen","description":"copy of 0","permissions":[
			{"permission":"BROWSE_PROJECTS","holder":{"type":"applicationRole"}},
			{"permission":"MANAGE_SPRINTS_PERMISSION","holder":{"type":"user","parameter":%q}},
			{"permission":"SCHEDULE_ISSUES","holder":{"type":"projectRole","parameter":"10002","value":"10002"}}]}`, boss.ID))
		id := made.id()
		if n := len(s.j.Schemes()); n != 2 {
			t.Errorf("%d schemes", n)
		}
		sprint := s.sprint("One")
		s.want(200, "dev", "POST", sprintURL(sprint), `{"goal":"before"}`)
		s.want(403, "dev", "PUT", shopScheme, fmt.Sprintf(`{"id":%d}`, id))
		s.want(200, "boss", "PUT", shopScheme, fmt.Sprintf(`{"id":%d}`, id))
		s.want(403, "dev", "POST", sprintURL(sprint), `{"goal":"after"}`)
		s.want(200, "boss", "POST", sprintURL(sprint), `{"goal":"after"}`)
		s.want(400, "boss", "DELETE", fmt.Sprintf("%s/%d", schemePath, id), "")
		s.want(200, "boss", "PUT", shopScheme, `{"id":0}`)
		s.want(204, "boss", "DELETE", fmt.Sprintf("%s/%d", schemePath, id), "")
		s.want(404, "boss", "GET", fmt.Sprintf("%s/%d", schemePath, id), "")
		s.want(404, "boss", "PUT", shopScheme, `{"id":999}`)
		s.want(400, "boss", "DELETE", schemePath+"/0", "")
	})
}

func TestASchemeIsRefused(t *testing.T) {
	s := newRig(t, Cloud)
	grant := func(permission, holder string) string {
		return fmt.Sprintf(`{"name":"new","permissions":[{"permission":%q,"holder":%s}]}`, permission, holder)
	}
	for name, c := range map[string]struct {
		knob   func(*Knobs)
		status int
		body   string
	}{
		"without a name":             {nil, 400, `{}`},
		"with a name that is taken":  {nil, 400, `{"name":"default permission scheme"}`},
		"unless names may be shared": {func(k *Knobs) { k.SchemeNamesShared = true }, 201, `{"name":"default permission scheme"}`},
		"with a holder of no type":   {nil, 400, grant("EDIT_ISSUES", `{"type":"nobody"}`)},
		"with an unknown role":       {nil, 400, grant("EDIT_ISSUES", `{"type":"projectRole","parameter":"1"}`)},
		"with an unknown user":       {nil, 400, grant("EDIT_ISSUES", `{"type":"user","parameter":"ghost"}`)},
		"with an unknown group":      {nil, 400, grant("EDIT_ISSUES", `{"type":"group","parameter":"ghosts"}`)},
		"with an unknown permission": {nil, 400, grant("FLY", `{"type":"anyone"}`)},
		"with a permission of DC":    {nil, 400, grant(StartStopSprints, `{"type":"anyone"}`)},
		"with a refused holder":      {func(k *Knobs) { k.RefusedHolders = []string{"anyone"} }, 400, grant("EDIT_ISSUES", `{"type":"anyone"}`)},
		"on a free plan":             {func(k *Knobs) { k.FreePlan = true }, 403, grant("EDIT_ISSUES", `{"type":"anyone"}`)},
		"but not otherwise":          {nil, 201, grant("EDIT_ISSUES", `{"type":"group","parameter":"jira-administrators"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			s.j.SetKnobs(func(k *Knobs) {
				*k = DefaultKnobs(Cloud)
				if c.knob != nil {
					c.knob(k)
				}
			})
			s.want(c.status, "boss", "POST", schemePath, c.body)
		})
	}
	t.Run("by anybody but an administrator", func(*testing.T) {
		s.want(403, "dev", "POST", schemePath, grant("EDIT_ISSUES", `{"type":"anyone"}`))
		s.want(401, "", "POST", schemePath, grant("EDIT_ISSUES", `{"type":"anyone"}`))
	})
}

func TestGrantsAreAddedAndTakenAwayOneByOne(t *testing.T) {
	s := newRig(t, Cloud)
	group := `{"permission":"EDIT_ISSUES","holder":{"type":"group","value":"00000000-0000-4000-8000-000000a00000"}}`
	a := s.want(201, "boss", "POST", schemePath+"/0/permission", group)
	if a.dig("holder", "parameter") != GroupAdmins || a.dig("holder", "value") != "00000000-0000-4000-8000-000000a00000" {
		t.Errorf("the id of a group is preferred to its name: %s", a.raw)
	}
	s.want(400, "boss", "POST", schemePath+"/0/permission", group)
	path := fmt.Sprintf("%s/0/permission/%d", schemePath, a.id())
	s.want(200, "boss", "GET", path, "")
	s.want(204, "boss", "DELETE", path, "")
	s.want(400, "boss", "DELETE", path, "")
	s.want(404, "boss", "GET", path, "")
	s.want(404, "dev", "GET", schemePath+"/0/permission", "")
	if a := s.want(200, "dev", "GET", schemePath, ""); len(a.names("permissionSchemes", "id")) != 0 {
		t.Errorf("an ordinary account sees %s", a.raw)
	}
}

func TestATeamManagedProjectHasNoScheme(t *testing.T) {
	s := newRig(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "TEAM", Lead: "boss@example.com", Style: TeamManaged})
	s.ok(err)
	const path = "/rest/api/2/project/TEAM/permissionscheme"
	s.want(404, "boss", "GET", path, "")
	s.j.SetKnobs(func(k *Knobs) { k.TeamManagedScheme = 400 })
	s.want(400, "boss", "PUT", path, `{"id":0}`)
	if a := s.want(200, "boss", "GET", schemePath, ""); len(a.names("permissionSchemes", "id")) != 1 {
		t.Errorf("its own permissions are not shown: %s", a.raw)
	}
}

func TestGrantsAreShownByFlavourAndExpand(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		short := s.want(200, "boss", "GET", schemePath+"/0", "")
		if (short.m["permissions"] == nil) != (f == DataCenter) {
			t.Errorf("without expand: %.200s", short.raw)
		}
		if a := s.want(200, "boss", "GET", schemePath+"/0?expand=permissions", ""); a.m["permissions"] == nil {
			t.Errorf("with expand: %.200s", a.raw)
		}
	})
}

func TestDataCenterSchemesHaveAttributes(t *testing.T) {
	s := newRig(t, DataCenter)
	path := schemePath + "/0/attribute/ADMINISTER_PROJECTS.extended.enabled"
	s.want(404, "boss", "GET", path, "")
	s.want(415, "boss", "PUT", path, `true`)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.srv.URL+path, strings.NewReader("true"))
	s.ok(err)
	req.Header.Set("Content-Type", "text/plain")
	req.Header.Set("Authorization", "Bearer boss")
	res, err := s.srv.Client().Do(req)
	s.ok(err)
	s.ok(res.Body.Close())
	if a := s.want(200, "boss", "GET", path, ""); res.StatusCode != 204 || a.str("value") != "true" {
		t.Errorf("%d %s", res.StatusCode, a.raw)
	}
	cloud := newRig(t, Cloud)
	cloud.want(404, "boss", "GET", path, "")
}

func TestAnAdministratorChangesASharedScheme(t *testing.T) {
	s := newRig(t, Cloud)
	if err := s.j.SetScheme(99, func(*PermissionScheme) {}); err == nil {
		t.Error("there is no scheme 99")
	}
	if err := s.j.AssignScheme("NONE", 0); err == nil {
		t.Error("there is no project NONE")
	}
	s.want(400, "boss", "PUT", schemePath+"/0", `{"description":"changed"}`)
	s.want(200, "boss", "PUT", schemePath+"/0", `{"name":"Default","description":"changed"}`)
	if a := s.want(200, "boss", "GET", shopScheme, ""); a.str("description") != "changed" {
		t.Errorf("got %.200s", a.raw)
	}
}
