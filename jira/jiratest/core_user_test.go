package jiratest

import (
	"testing"
)

func TestUsersAndGroups(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	g := must[Group](t)(c.j.AddGroup("developers"))
	c.run([]step{
		{
			name: "by accountId", as: "po", path: "user?accountId=712020:dev&expand=groups", status: 200,
			want: map[string]string{
				"displayName":         `"Dana Developer"`,
				"key":                 "absent",
				"groups.items.0.name": `"developers"`,
			},
		},
		{name: "the parameter is required", as: "po", path: "user?username=dev", status: 400},
		{name: "nobody", as: "po", path: "user?accountId=x", status: 404},
		{name: "visitors", path: "user?accountId=712020:dev", status: 401},
		{
			name: "search by name", as: "po", path: "user/search?query=pau", status: 200,
			want: map[string]string{
				"#":           "1",
				"0.accountId": `"712020:po"`,
			},
		},
		{
			name: "search by e-mail", as: "po", path: "user/search?query=sm@", status: 200,
			want: map[string]string{"0.displayName": `"Sam Master"`},
		},
		{name: "search for nothing", as: "po", path: "user/search", status: 400},
		{
			name: "group by name", as: "po", path: "group/member?groupname=developers&maxResults=1", status: 200,
			want: map[string]string{
				"values.#":           "1",
				"isLast":             "false",
				"total":              "2",
				"values.0.accountId": `"712020:dev"`,
			},
		},
		{
			name: "the second page by id", as: "po", path: "group/member?groupId=" + g.ID + "&startAt=1", status: 200,
			want: map[string]string{
				"values.0.accountId": `"712020:sm"`,
				"isLast":             "true",
				"maxResults":         "50",
			},
		},
		{name: "no group", as: "po", path: "group/member?groupname=x", status: 404},
		{name: "no name", as: "po", path: "group/member", status: 400},
		{name: "visitors", path: "group/member?groupname=developers", status: 401},
	})
	c.j.SetKnobs(func(k *Knobs) { k.HideEmails = true })
	c.run([]step{
		{
			name: "hidden e-mail", as: "po", path: "user?accountId=712020:dev", status: 200,
			want: map[string]string{"emailAddress": "absent"},
		},
		{
			name: "but one's own", as: "po", path: "myself", status: 200,
			want: map[string]string{"emailAddress": `"po@example.com"`},
		},
	})
	c.j.SetGlobalPermission(BrowseUsers, GroupAdmins)
	c.run([]step{
		{name: "without Browse users: no members", as: "po", path: "group/member?groupname=developers", status: 403},
		{
			name: "and nobody found", as: "po", path: "user/search?query=pau", status: 200,
			want: map[string]string{"#": "0"},
		},
	})
	d.run([]step{
		{
			name: "by name", as: "po", path: "user?username=dev", status: 200,
			want: map[string]string{
				"name":      `"dev"`,
				"accountId": "absent",
			},
		},
		{
			name: "by key", as: "po", path: "user?key=JIRAUSER10102", status: 200,
			want: map[string]string{"name": `"dev"`},
		},
		{
			name: "search", as: "po", path: "user/search?username=dana", status: 200,
			want: map[string]string{"0.name": `"dev"`},
		},
		{name: "members need an administrator", as: "po", path: "group/member?groupname=developers", status: 403},
		{
			name: "such as the lead, who administers a project", as: "lead", path: "group/member?groupname=developers", status: 200,
			want: map[string]string{"total": "2"},
		},
	})
	try(t, d.j.RemoveFromGroup("developers", "dev@example.com"))
	try(t, d.j.Deactivate("sm@example.com"))
	d.run([]step{
		{
			name: "former members are left out", as: "lead", path: "group/member?groupname=developers", status: 200,
			want: map[string]string{"total": "0"},
		},
		{
			name: "unless asked for", as: "lead", path: "group/member?groupname=developers&includeInactiveUsers=true", status: 200,
			want: map[string]string{
				"total":           "1",
				"values.0.active": "false",
			},
		},
	})
}
