package jiratest

import (
	"testing"
	"time"
)

func TestPermissionsCanBeGivenAndTakenByName(t *testing.T) {
	s := demoSite(t, Cloud)
	edit := func(as string, want int) {
		t.Helper()
		s.run([]step{{
			name: "edit by " + as, as: as, method: "PUT", path: "issue/SHOP-2", body: `{"fields":{"labels":["` + as + `"]}}`, status: want,
		}})
	}
	for _, tc := range []struct {
		holder  string
		may     string
		mayNot  string
		comment string
	}{
		{"dev@example.com", "dev", "sm", "a user"},
		{"role:Scrum Master", "sm", "dev", "a role"},
		{"group:developers", "dev", "po", "a group"},
		{"lead", "lead", "po", "the lead"},
		{"reporter", "po", "dev", "the reporter"},
		{"everybody", "dev", "", "all accounts"},
	} {
		try(t, s.j.SetPermission("SHOP", EditIssues, tc.holder))
		edit(tc.may, 204)
		if tc.mayNot != "" {
			edit(tc.mayNot, 403)
		}
	}
	try(t, s.j.SetPermission("SHOP", EditIssues))
	edit("andon", 403)
	for _, bad := range [][2]string{{"SHOP", "role:x"}, {"SHOP", "group:x"}, {"SHOP", "x"}, {"X", "lead"}} {
		if s.j.SetPermission(bad[0], EditIssues, bad[1]) == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}

func TestProjectsCanHaveDifferentSchemes(t *testing.T) {
	s := demoSite(t, Cloud)
	scheme := s.j.AddScheme(PermissionScheme{Name: "SHOP only", Grants: s.j.Schemes()[0].Grants})
	try(t, s.j.AssignScheme("SHOP", scheme.ID))
	try(t, s.j.SetPermission("SHOP", EditIssues, "po@example.com"))
	s.run([]step{
		{
			name: "refused in SHOP", as: "dev", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"labels":["x"]}}`, status: 403,
		},
		{
			name: "free in BLOG", as: "dev", method: "PUT", path: "issue/BLOG-1", body: `{"fields":{"labels":["x"]}}`, status: 204,
		},
	})
	if s.j.AssignScheme("SHOP", 77) == nil || s.j.AssignScheme("X", 0) == nil {
		t.Error("assigned what is not there")
	}
}

func TestAProjectCanChange(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.SetLead("SHOP", "sm@example.com"))
	try(t, s.j.SetTransitions("SHOP", Transition{ID: 7, Name: "Fertig", To: StatusDone, SetsResolution: "Erledigt"}))
	try(t, s.j.SetFieldRules("SHOP", []string{"description"}, nil))
	try(t, s.j.RenameStatus("Done", "Fertig"))
	if id := s.j.AddResolution("Erledigt"); id != 10005 {
		t.Errorf("resolution %d", id)
	}
	s.run([]step{
		{
			name: "the lead", as: "po", path: "project/SHOP", status: 200,
			want: map[string]string{"lead.displayName": `"Sam Master"`},
		},
		{
			name: "the workflow", as: "po", method: "POST", path: "issue/SHOP-1/transitions", body: `{"transition":{"id":"7"}}`, status: 204,
		},
		{
			name: "the status and the resolution", as: "po", path: "issue/SHOP-1", status: 200,
			want: map[string]string{
				"fields.status.name":               `"Fertig"`,
				"fields.status.statusCategory.key": `"done"`,
				"fields.resolution.name":           `"Erledigt"`,
			},
		},
		{
			name: "the required field", as: "po", method: "POST", path: "issue", status: 400,
			body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"}}`,
			want: map[string]string{"errors.description": `"Description is required."`},
		},
	})
	for name, err := range map[string]error{
		"no such lead": s.j.SetLead("SHOP", "x"), "no project": s.j.SetLead("X", "po@example.com"), "no workflow": s.j.SetTransitions("SHOP"),
		"no status": s.j.RenameStatus("x", "y"), "no project for rules": s.j.SetFieldRules("X", nil, nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTheBuiltInClockMovesWithEachWrite(t *testing.T) {
	s := demoSite(t, Cloud)
	before := s.j.Now()
	s.run([]step{{name: "a read does not move it", as: "po", path: "issue/SHOP-1", status: 200}})
	if !s.j.Now().Equal(before) {
		t.Error("moved by a read")
	}
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "x"))
	if d := s.j.Now().Sub(before); d != time.Second {
		t.Errorf("moved by %v", d)
	}
	s.j.Advance(time.Hour)
	if d := s.j.Now().Sub(before); d != time.Hour+time.Second {
		t.Errorf("moved by %v", d)
	}
}
