package jiratest

import (
	"strings"
	"testing"
)

func TestProjects(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	c.run([]step{
		{
			name: "with types, lead and style", as: "po", path: "project/SHOP", status: 200,
			want: map[string]string{
				"id":                          `"10000"`,
				"key":                         `"SHOP"`,
				"style":                       `"classic"`,
				"simplified":                  "false",
				"projectTypeKey":              `"software"`,
				"lead.accountId":              `"712020:lead"`,
				"issueTypes.4.id":             `"10003"`,
				"issueTypes.4.subtask":        "true",
				"issueTypes.4.hierarchyLevel": "-1",
				"issueTypes.0.hierarchyLevel": "1",
				"roles":                       "{}",
			},
		},
		{
			name: "by id, with role links for an administrator", as: "lead", path: "project/10001", status: 200,
			want: map[string]string{
				"key":                  `"BLOG"`,
				"roles.Administrators": `"` + c.srv.URL + `/rest/api/2/project/10001/role/10002"`,
			},
		},
		{
			name: "absent", as: "po", path: "project/NOPE", status: 404,
			want: map[string]string{"errorMessages.0": `"No project could be found with key 'NOPE'."`},
		},
		{name: "anonymous", path: "project/SHOP", status: 404},
		{
			name: "list", as: "po", path: "project", status: 200,
			want: map[string]string{
				"#":     "2",
				"1.key": `"BLOG"`,
			},
		},
		{
			name: "anonymous list", path: "project", status: 200,
			want: map[string]string{"#": "0"},
		},
		{
			name: "search", as: "po", path: "project/search?maxResults=1&expand=lead", status: 200,
			want: map[string]string{
				"total":                     "2",
				"values.#":                  "1",
				"isLast":                    "false",
				"values.0.lead.displayName": `"Leo Lead"`,
			},
		},
		{
			name: "search by key", as: "po", path: "project/search?keys=BLOG", status: 200,
			want: map[string]string{"total": "1"},
		},
		{
			name: "search by words", as: "po", path: "project/search?query=sho&orderBy=-key", status: 200,
			want: map[string]string{"values.0.key": `"SHOP"`},
		},
		{
			name: "statuses by type", as: "po", path: "project/SHOP/statuses", status: 200,
			want: map[string]string{
				"#":            "5",
				"0.statuses.#": "3",
			},
		},
		{
			name: "types by level", as: "po", path: "issuetype/project?projectId=10000&level=-1", status: 200,
			want: map[string]string{
				"#":         "1",
				"0.subtask": "true",
			},
		},
	})
	d.run([]step{
		{
			name: "no style and no levels on Data Center", as: "po", path: "project/SHOP", status: 200,
			want: map[string]string{
				"style":                       "absent",
				"simplified":                  "absent",
				"issueTypes.4.hierarchyLevel": "absent",
				"lead.name":                   `"lead"`,
			},
		},
		{name: "no search there", as: "po", path: "project/search", status: 404},
	})
}

func TestATeamManagedProjectHasItsOwnTypesAndRoles(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "TEAM", Lead: "lead@example.com", Style: TeamManaged})
	try(t, err)
	try(t, s.j.SetRoleActors("TEAM", "Member", "dev@example.com"))
	s.run([]step{
		{
			name: "it is simplified", as: "po", path: "project/TEAM", status: 200,
			want: map[string]string{
				"simplified":        "true",
				"style":             `"next-gen"`,
				"issueTypes.#":      "5",
				"issueTypes.4.name": `"Subtask"`,
			},
		},
		{
			name: "its sub-task type has another name and id", as: "po", method: "POST", path: "issue", status: 400,
			body: `{"fields":{"project":{"key":"TEAM"},"issuetype":{"name":"Sub-task"},"summary":"x"}}`,
			want: map[string]string{"errors.issuetype": "*"},
		},
		{
			name: "its roles are its own", as: "lead", path: "project/TEAM/role", status: 200,
			want: map[string]string{
				"#":              "3",
				"Member":         "*",
				"Administrators": "absent",
			},
		},
		{
			name: "and have a scope", as: "andon", path: "project/TEAM/role/10103", status: 200,
			want: map[string]string{
				"name":                         `"Member"`,
				"scope.type":                   `"PROJECT"`,
				"actors.0.actorUser.accountId": `"712020:dev"`,
			},
		},
		{
			name: "they are not among the site's", as: "andon", path: "role", status: 200,
			want: map[string]string{"#": "3"},
		},
	})
	v := s.step(step{name: "types", as: "po", path: "project/TEAM", status: 200})
	if types := at(v, "issueTypes"); !strings.Contains(types, `"name":"Subtask"`) || !strings.Contains(types, `"scope"`) {
		t.Errorf("types: %s", types)
	}
}
