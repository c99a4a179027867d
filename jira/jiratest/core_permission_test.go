package jiratest

import (
	"slices"
	"strings"
	"testing"
)

func TestMyPermissions(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	wanted := "BROWSE_PROJECTS,EDIT_ISSUES,CREATE_ISSUES,ADD_COMMENTS,EDIT_OWN_COMMENTS,SCHEDULE_ISSUES,MANAGE_SPRINTS_PERMISSION,TRANSITION_ISSUES,ADMINISTER_PROJECTS,ADMINISTER,LINK_ISSUES,DELETE_ISSUES"
	for _, key := range []string{"SHOP", "BLOG"} {
		v := c.step(step{
			name: "andon has all it wants", as: "andon", path: "mypermissions?projectKey=" + key + "&permissions=" + wanted, status: 200,
			want: map[string]string{"permissions.#": "12"},
		})
		if strings.Contains(at(v, "permissions"), `"havePermission":false`) {
			t.Errorf("%s: %s", key, at(v, "permissions"))
		}
	}
	c.run([]step{
		{
			name: "one permission", as: "po", path: "mypermissions?projectKey=SHOP&permissions=EDIT_ISSUES,ADMINISTER", status: 200,
			want: map[string]string{
				"permissions.EDIT_ISSUES.id":             `"12"`,
				"permissions.EDIT_ISSUES.type":           `"PROJECT"`,
				"permissions.EDIT_ISSUES.havePermission": "true",
				"permissions.ADMINISTER.havePermission":  "false",
			},
		},
		{name: "none asked for", as: "po", path: "mypermissions?projectKey=SHOP", status: 400},
		{
			name: "one unknown spoils the call", as: "po", path: "mypermissions?permissions=EDIT_ISSUES,FLY", status: 400,
			want: map[string]string{"errors": `{"FLY":"Unrecognized permission"}`},
		},
		{
			name: "of an issue", as: "po", path: "mypermissions?issueKey=SHOP-1&permissions=DELETE_ISSUES", status: 200,
			want: map[string]string{"permissions.DELETE_ISSUES.havePermission": "false"},
		},
		{
			name: "anywhere", as: "lead", path: "mypermissions?permissions=DELETE_ISSUES", status: 200,
			want: map[string]string{"permissions.DELETE_ISSUES.havePermission": "true"},
		},
		{name: "absent project", as: "po", path: "mypermissions?projectKey=NOPE&permissions=EDIT_ISSUES", status: 404},
		{name: "absent issue", as: "po", path: "mypermissions?issueKey=NOPE-1&permissions=EDIT_ISSUES", status: 404},
		{
			name: "visitors have none", path: "mypermissions?permissions=BROWSE_PROJECTS", status: 200,
			want: map[string]string{"permissions.BROWSE_PROJECTS.havePermission": "false"},
		},
		{
			name: "the list of all", as: "po", path: "permissions", status: 200,
			want: map[string]string{
				"permissions.MANAGE_SPRINTS_PERMISSION.type": `"PROJECT"`,
				"permissions.EDIT_ISSUES.havePermission":     "absent",
			},
		},
	})
	c.withoutGrant(EditIssues)
	c.j.SetKnobs(func(k *Knobs) { k.DataDependent = []string{EditIssues} })
	c.run([]step{
		{
			name: "the project may say yes", as: "po", path: "mypermissions?projectKey=SHOP&permissions=EDIT_ISSUES", status: 200,
			want: map[string]string{"permissions.EDIT_ISSUES.havePermission": "true"},
		},
		{
			name: "while the issue says no", as: "po", path: "mypermissions?issueKey=SHOP-1&permissions=EDIT_ISSUES", status: 200,
			want: map[string]string{"permissions.EDIT_ISSUES.havePermission": "false"},
		},
	})
	d.run([]step{
		{
			name: "Data Center answers with all", as: "po", path: "mypermissions?projectKey=SHOP&permissions=FLY", status: 200,
			want: map[string]string{
				"permissions.#": "29",
				"permissions.MANAGE_SPRINTS_PERMISSION.havePermission": "true",
			},
		},
		{name: "the list of all needs an administrator", as: "po", path: "permissions", status: 403},
	})
}

func TestPermissionHolders(t *testing.T) {
	s := demoSite(t, Cloud)
	j := s.j
	must[Group](t)(j.AddGroup("qa", "sm@example.com"))
	for name, tc := range map[string]struct {
		grant Grant
		who   []string
	}{
		"anyone":           {Grant{Type: "anyone"}, []string{"", "po", "sm", "dev", "lead", "andon"}},
		"every account":    {Grant{Type: "applicationRole"}, []string{"po", "sm", "dev", "lead", "andon"}},
		"one account":      {Grant{Type: "user", Parameter: "712020:dev"}, []string{"dev"}},
		"a group":          {Grant{Type: "group", Parameter: "qa"}, []string{"sm"}},
		"the project lead": {Grant{Type: "projectLead"}, []string{"lead"}},
		"a role":           {Grant{Type: "projectRole", Parameter: "10100"}, []string{"po"}},
		"a role by group":  {Grant{Type: "projectRole", Parameter: "10002"}, []string{"lead", "andon"}},
		"the assignee":     {Grant{Type: "assignee"}, []string{"dev"}},
		"the reporter":     {Grant{Type: "reporter"}, []string{"po"}},
		"something else":   {Grant{Type: "sd.customer.portal.only"}, nil},
	} {
		tc.grant.Permission = DeleteIssues
		j.mu.Lock()
		j.schemes[0].Grants = append(slices.DeleteFunc(j.schemes[0].Grants, func(g Grant) bool { return g.Permission == DeleteIssues || g.Type == "anyone" }), tc.grant, Grant{Permission: BrowseProjects, Type: "anyone"})
		var got []string
		is := j.findIssue("SHOP-1")
		for _, p := range []string{"", "po", "sm", "dev", "lead", "andon"} {
			if j.canIssue(j.findUser(p+"@example.com"), is, DeleteIssues) {
				got = append(got, p)
			}
		}
		j.mu.Unlock()
		if !slices.Equal(got, tc.who) {
			t.Errorf("%s: %q may, want %q", name, got, tc.who)
		}
	}
}
