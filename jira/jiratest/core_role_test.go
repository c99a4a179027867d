package jiratest

import (
	"net/http"
	"net/url"
	"testing"
)

func TestRoles(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		who, name, param := "actorUser.accountId", `"712020:po"`, "user="+url.QueryEscape("712020:dev")
		add := `{"user":["712020:dev"]}`
		if !s.j.cloud() {
			who, name, param, add = "name", `"po"`, "user=dev", `{"user":["dev"]}`
		}
		base := s.srv.URL + "/rest/api/2/project/10000/role/"
		s.run([]step{
			{
				name: "links by name", as: "lead", path: "project/SHOP/role", status: 200,
				want: map[string]string{
					"Product Owner": `"` + base + `10100"`,
					"Scrum Master":  `"` + base + `10101"`,
					"#":             "3",
				},
			},
			{
				name: "a user actor", as: "lead", path: "project/SHOP/role/10100", status: 200,
				want: map[string]string{
					"id":              "10100",
					"name":            `"Product Owner"`,
					"actors.#":        "1",
					"actors.0.type":   `"atlassian-user-role-actor"`,
					"actors.0." + who: name,
				},
			},
			{
				name: "a group actor", as: "lead", path: "project/SHOP/role/10002", status: 200,
				want: map[string]string{
					"actors.0.type":            `"atlassian-group-role-actor"`,
					"actors.0.actorGroup.name": `"jira-administrators"`,
				},
			},
			{name: "the administrator of Jira reads them too", as: "andon", path: "project/SHOP/role", status: 200},
			{name: "others do not: 404", as: "po", path: "project/SHOP/role", status: 404},
			{
				name: "add", as: "lead", method: "POST", path: "project/SHOP/role/10100", body: add, status: 200,
				want: map[string]string{"actors.#": "2"},
			},
			{
				name: "add again", as: "lead", method: "POST", path: "project/SHOP/role/10100", body: add, status: 200,
				want: map[string]string{"actors.#": "2"},
			},
			{
				name: "add a group", as: "lead", method: "POST", path: "project/SHOP/role/10100", body: `{"group":["developers"]}`, status: 200,
				want: map[string]string{"actors.#": "3"},
			},
			{
				name: "nobody", as: "lead", method: "POST", path: "project/SHOP/role/10100", body: `{"user":["nobody"]}`, status: 404,
			},
			{
				name: "no group", as: "lead", method: "POST", path: "project/SHOP/role/10100", body: `{"group":["nobody"]}`, status: 404,
			},
			{name: "remove", as: "lead", method: "DELETE", path: "project/SHOP/role/10100?" + param, status: 204},
			{name: "remove again", as: "lead", method: "DELETE", path: "project/SHOP/role/10100?" + param, status: 404},
			{
				name: "remove the group", as: "lead", method: "DELETE", path: "project/SHOP/role/10100?group=developers", status: 204,
			},
			{name: "no such role", as: "lead", path: "project/SHOP/role/9", status: 404},
			{
				name: "global list", as: "lead", path: "role", status: 200,
				want: map[string]string{
					"#":      "3",
					"1.name": `"Product Owner"`,
					"1.id":   "10100",
				},
			},
			{
				name: "one", as: "lead", path: "role/10101", status: 200,
				want: map[string]string{"name": `"Scrum Master"`},
			},
			{
				name: "none", as: "lead", path: "role/9", status: 404,
				want: map[string]string{"errorMessages.0": `"Role with given id not found."`},
			},
			{name: "not for everybody", as: "po", path: "role", status: 403},
			{name: "nor for visitors", path: "role", status: 401},
		})
		s.j.SetKnobs(func(k *Knobs) { k.RolesDenied = http.StatusForbidden })
		s.run([]step{{name: "some sites say 403", as: "po", path: "project/SHOP/role", status: 403}})
		if _, there := s.j.RoleID("Product Owner"); !there {
			t.Error("the role has no id")
		}
	})
}
