package jiratest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestProjects(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	c.run([]step{
		{"with types, lead and style", "po", "", "project/SHOP", "", 200, map[string]string{"id": `"10000"`, "key": `"SHOP"`, "style": `"classic"`, "simplified": "false", "projectTypeKey": `"software"`,
			"lead.accountId": `"712020:lead"`, "issueTypes.4.id": `"10003"`, "issueTypes.4.subtask": "true", "issueTypes.4.hierarchyLevel": "-1", "issueTypes.0.hierarchyLevel": "1", "roles": "{}"}},
		{"by id, with role links for an administrator", "lead", "", "project/10001", "", 200, map[string]string{"key": `"BLOG"`, "roles.Administrators": `"` + c.srv.URL + `/rest/api/2/project/10001/role/10002"`}},
		{"absent", "po", "", "project/NOPE", "", 404, map[string]string{"errorMessages.0": `"No project could be found with key 'NOPE'."`}},
		{"anonymous", "", "", "project/SHOP", "", 404, nil},
		{"list", "po", "", "project", "", 200, map[string]string{"#": "2", "1.key": `"BLOG"`}},
		{"anonymous list", "", "", "project", "", 200, map[string]string{"#": "0"}},
		{"search", "po", "", "project/search?maxResults=1&expand=lead", "", 200, map[string]string{"total": "2", "values.#": "1", "isLast": "false", "values.0.lead.displayName": `"Leo Lead"`}},
		{"search by key", "po", "", "project/search?keys=BLOG", "", 200, map[string]string{"total": "1"}},
		{"search by words", "po", "", "project/search?query=sho&orderBy=-key", "", 200, map[string]string{"values.0.key": `"SHOP"`}},
		{"statuses by type", "po", "", "project/SHOP/statuses", "", 200, map[string]string{"#": "5", "0.statuses.#": "3"}},
		{"types by level", "po", "", "issuetype/project?projectId=10000&level=-1", "", 200, map[string]string{"#": "1", "0.subtask": "true"}},
	})
	d.run([]step{
		{"no style and no levels on Data Center", "po", "", "project/SHOP", "", 200, map[string]string{"style": "absent", "simplified": "absent", "issueTypes.4.hierarchyLevel": "absent", "lead.name": `"lead"`}},
		{"no search there", "po", "", "project/search", "", 404, nil},
	})
}

func TestATeamManagedProjectHasItsOwnTypesAndRoles(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "TEAM", Lead: "lead@example.com", Style: TeamManaged})
	try(t, err)
	try(t, s.j.SetRoleActors("TEAM", "Member", "dev@example.com"))
	s.run([]step{
		{"it is simplified", "po", "", "project/TEAM", "", 200, map[string]string{"simplified": "true", "style": `"next-gen"`, "issueTypes.#": "5", "issueTypes.4.name": `"Subtask"`}},
		{"its sub-task type has another name and id", "po", "POST", "issue", `{"fields":{"project":{"key":"TEAM"},"issuetype":{"name":"Sub-task"},"summary":"x"}}`, 400, map[string]string{"errors.issuetype": "*"}},
		{"its roles are its own", "lead", "", "project/TEAM/role", "", 200, map[string]string{"#": "3", "Member": "*", "Administrators": "absent"}},
		{"and have a scope", "andon", "", "project/TEAM/role/10103", "", 200, map[string]string{"name": `"Member"`, "scope.type": `"PROJECT"`, "actors.0.actorUser.accountId": `"712020:dev"`}},
		{"they are not among the site's", "andon", "", "role", "", 200, map[string]string{"#": "3"}},
	})
	v := s.step(step{"types", "po", "", "project/TEAM", "", 200, nil})
	if types := at(v, "issueTypes"); !strings.Contains(types, `"name":"Subtask"`) || !strings.Contains(types, `"scope"`) {
		t.Errorf("types: %s", types)
	}
}

func TestRoles(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		who, name, param := "actorUser.accountId", `"712020:po"`, "user="+url.QueryEscape("712020:dev")
		add := `{"user":["712020:dev"]}`
		if !s.j.cloud() {
			who, name, param, add = "name", `"po"`, "user=dev", `{"user":["dev"]}`
		}
		base := s.srv.URL + "/rest/api/2/project/10000/role/"
		s.run([]step{
			{"links by name", "lead", "", "project/SHOP/role", "", 200, map[string]string{"Product Owner": `"` + base + `10100"`, "Scrum Master": `"` + base + `10101"`, "#": "3"}},
			{"a user actor", "lead", "", "project/SHOP/role/10100", "", 200, map[string]string{"id": "10100", "name": `"Product Owner"`, "actors.#": "1", "actors.0.type": `"atlassian-user-role-actor"`, "actors.0." + who: name}},
			{"a group actor", "lead", "", "project/SHOP/role/10002", "", 200, map[string]string{"actors.0.type": `"atlassian-group-role-actor"`, "actors.0.actorGroup.name": `"jira-administrators"`}},
			{"the administrator of Jira reads them too", "andon", "", "project/SHOP/role", "", 200, nil},
			{"others do not: 404", "po", "", "project/SHOP/role", "", 404, nil},
			{"add", "lead", "POST", "project/SHOP/role/10100", add, 200, map[string]string{"actors.#": "2"}},
			{"add again", "lead", "POST", "project/SHOP/role/10100", add, 200, map[string]string{"actors.#": "2"}},
			{"add a group", "lead", "POST", "project/SHOP/role/10100", `{"group":["developers"]}`, 200, map[string]string{"actors.#": "3"}},
			{"nobody", "lead", "POST", "project/SHOP/role/10100", `{"user":["nobody"]}`, 404, nil},
			{"no group", "lead", "POST", "project/SHOP/role/10100", `{"group":["nobody"]}`, 404, nil},
			{"remove", "lead", "DELETE", "project/SHOP/role/10100?" + param, "", 204, nil},
			{"remove again", "lead", "DELETE", "project/SHOP/role/10100?" + param, "", 404, nil},
			{"remove the group", "lead", "DELETE", "project/SHOP/role/10100?group=developers", "", 204, nil},
			{"no such role", "lead", "", "project/SHOP/role/9", "", 404, nil},
			{"global list", "lead", "", "role", "", 200, map[string]string{"#": "3", "1.name": `"Product Owner"`, "1.id": "10100"}},
			{"one", "lead", "", "role/10101", "", 200, map[string]string{"name": `"Scrum Master"`}},
			{"none", "lead", "", "role/9", "", 404, map[string]string{"errorMessages.0": `"Role with given id not found."`}},
			{"not for everybody", "po", "", "role", "", 403, nil},
			{"nor for visitors", "", "", "role", "", 401, nil},
		})
		s.j.SetKnobs(func(k *Knobs) { k.RolesDenied = http.StatusForbidden })
		s.run([]step{{"some sites say 403", "po", "", "project/SHOP/role", "", 403, nil}})
		if _, there := s.j.RoleID("Product Owner"); !there {
			t.Error("the role has no id")
		}
	})
}

func TestUsersAndGroups(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	g := must[Group](t)(c.j.AddGroup("developers"))
	c.run([]step{
		{"by accountId", "po", "", "user?accountId=712020:dev&expand=groups", "", 200, map[string]string{"displayName": `"Dana Developer"`, "key": "absent", "groups.items.0.name": `"developers"`}},
		{"the parameter is required", "po", "", "user?username=dev", "", 400, nil},
		{"nobody", "po", "", "user?accountId=x", "", 404, nil},
		{"visitors", "", "", "user?accountId=712020:dev", "", 401, nil},
		{"search by name", "po", "", "user/search?query=pau", "", 200, map[string]string{"#": "1", "0.accountId": `"712020:po"`}},
		{"search by e-mail", "po", "", "user/search?query=sm@", "", 200, map[string]string{"0.displayName": `"Sam Master"`}},
		{"search for nothing", "po", "", "user/search", "", 400, nil},
		{"group by name", "po", "", "group/member?groupname=developers&maxResults=1", "", 200, map[string]string{"values.#": "1", "isLast": "false", "total": "2", "values.0.accountId": `"712020:dev"`}},
		{"the second page by id", "po", "", "group/member?groupId=" + g.ID + "&startAt=1", "", 200, map[string]string{"values.0.accountId": `"712020:sm"`, "isLast": "true", "maxResults": "50"}},
		{"no group", "po", "", "group/member?groupname=x", "", 404, nil},
		{"no name", "po", "", "group/member", "", 400, nil},
		{"visitors", "", "", "group/member?groupname=developers", "", 401, nil},
	})
	c.j.SetKnobs(func(k *Knobs) { k.HideEmails = true })
	c.run([]step{
		{"hidden e-mail", "po", "", "user?accountId=712020:dev", "", 200, map[string]string{"emailAddress": "absent"}},
		{"but one's own", "po", "", "myself", "", 200, map[string]string{"emailAddress": `"po@example.com"`}},
	})
	c.j.SetGlobalPermission(BrowseUsers, GroupAdmins)
	c.run([]step{
		{"without Browse users: no members", "po", "", "group/member?groupname=developers", "", 403, nil},
		{"and nobody found", "po", "", "user/search?query=pau", "", 200, map[string]string{"#": "0"}},
	})
	d.run([]step{
		{"by name", "po", "", "user?username=dev", "", 200, map[string]string{"name": `"dev"`, "accountId": "absent"}},
		{"by key", "po", "", "user?key=JIRAUSER10102", "", 200, map[string]string{"name": `"dev"`}},
		{"search", "po", "", "user/search?username=dana", "", 200, map[string]string{"0.name": `"dev"`}},
		{"members need an administrator", "po", "", "group/member?groupname=developers", "", 403, nil},
		{"such as the lead, who administers a project", "lead", "", "group/member?groupname=developers", "", 200, map[string]string{"total": "2"}},
	})
	try(t, d.j.RemoveFromGroup("developers", "dev@example.com"))
	try(t, d.j.Deactivate("sm@example.com"))
	d.run([]step{
		{"former members are left out", "lead", "", "group/member?groupname=developers", "", 200, map[string]string{"total": "0"}},
		{"unless asked for", "lead", "", "group/member?groupname=developers&includeInactiveUsers=true", "", 200, map[string]string{"total": "1", "values.0.active": "false"}},
	})
}

func TestMyPermissions(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	wanted := "BROWSE_PROJECTS,EDIT_ISSUES,CREATE_ISSUES,ADD_COMMENTS,EDIT_OWN_COMMENTS,SCHEDULE_ISSUES,MANAGE_SPRINTS_PERMISSION,TRANSITION_ISSUES,ADMINISTER_PROJECTS,ADMINISTER,LINK_ISSUES,DELETE_ISSUES"
	for _, key := range []string{"SHOP", "BLOG"} {
		v := c.step(step{"andon has all it wants", "andon", "", "mypermissions?projectKey=" + key + "&permissions=" + wanted, "", 200, map[string]string{"permissions.#": "12"}})
		if strings.Contains(at(v, "permissions"), `"havePermission":false`) {
			t.Errorf("%s: %s", key, at(v, "permissions"))
		}
	}
	c.run([]step{
		{"one permission", "po", "", "mypermissions?projectKey=SHOP&permissions=EDIT_ISSUES,ADMINISTER", "", 200, map[string]string{"permissions.EDIT_ISSUES.id": `"12"`, "permissions.EDIT_ISSUES.type": `"PROJECT"`, "permissions.EDIT_ISSUES.havePermission": "true", "permissions.ADMINISTER.havePermission": "false"}},
		{"none asked for", "po", "", "mypermissions?projectKey=SHOP", "", 400, nil},
		{"one unknown spoils the call", "po", "", "mypermissions?permissions=EDIT_ISSUES,FLY", "", 400, map[string]string{"errors": `{"FLY":"Unrecognized permission"}`}},
		{"of an issue", "po", "", "mypermissions?issueKey=SHOP-1&permissions=DELETE_ISSUES", "", 200, map[string]string{"permissions.DELETE_ISSUES.havePermission": "false"}},
		{"anywhere", "lead", "", "mypermissions?permissions=DELETE_ISSUES", "", 200, map[string]string{"permissions.DELETE_ISSUES.havePermission": "true"}},
		{"absent project", "po", "", "mypermissions?projectKey=NOPE&permissions=EDIT_ISSUES", "", 404, nil},
		{"absent issue", "po", "", "mypermissions?issueKey=NOPE-1&permissions=EDIT_ISSUES", "", 404, nil},
		{"visitors have none", "", "", "mypermissions?permissions=BROWSE_PROJECTS", "", 200, map[string]string{"permissions.BROWSE_PROJECTS.havePermission": "false"}},
		{"the list of all", "po", "", "permissions", "", 200, map[string]string{"permissions.MANAGE_SPRINTS_PERMISSION.type": `"PROJECT"`, "permissions.EDIT_ISSUES.havePermission": "absent"}},
	})
	c.withoutGrant(EditIssues)
	c.j.SetKnobs(func(k *Knobs) { k.DataDependent = []string{EditIssues} })
	c.run([]step{
		{"the project may say yes", "po", "", "mypermissions?projectKey=SHOP&permissions=EDIT_ISSUES", "", 200, map[string]string{"permissions.EDIT_ISSUES.havePermission": "true"}},
		{"while the issue says no", "po", "", "mypermissions?issueKey=SHOP-1&permissions=EDIT_ISSUES", "", 200, map[string]string{"permissions.EDIT_ISSUES.havePermission": "false"}},
	})
	d.run([]step{
		{"Data Center answers with all", "po", "", "mypermissions?projectKey=SHOP&permissions=FLY", "", 200, map[string]string{"permissions.#": "29", "permissions.MANAGE_SPRINTS_PERMISSION.havePermission": "true"}},
		{"the list of all needs an administrator", "po", "", "permissions", "", 403, nil},
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
