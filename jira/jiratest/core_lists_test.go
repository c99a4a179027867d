package jiratest

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
)

func TestWatchersAndNotify(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		id, param := "712020:dev", "accountId"
		if !s.j.cloud() {
			id, param = "dev", "username"
		}
		to := fmt.Sprintf(`"users":[{"%s":"%s"}]`, map[bool]string{true: "accountId", false: "name"}[s.j.cloud()], id)
		s.run([]step{
			{name: "oneself", as: "po", method: "POST", path: "issue/SHOP-2/watchers", body: ``, status: 204},
			{
				name: "another needs the permission", as: "po", method: "POST", path: "issue/SHOP-2/watchers", body: `"` + id + `"`, status: 403,
			},
			{
				name: "with it", as: "andon", method: "POST", path: "issue/SHOP-2/watchers", body: `"` + id + `"`, status: 204,
			},
			{name: "nobody", as: "andon", method: "POST", path: "issue/SHOP-2/watchers", body: `"nobody"`, status: 404},
			{name: "no string", as: "andon", method: "POST", path: "issue/SHOP-2/watchers", body: `{}`, status: 400},
			{
				name: "list", as: "po", path: "issue/SHOP-2/watchers", status: 200,
				want: map[string]string{
					"watchCount":             "2",
					"isWatching":             "true",
					"watchers.1.displayName": `"Dana Developer"`,
				},
			},
			{
				name: "mail to the watchers", as: "andon", method: "POST", path: "issue/SHOP-2/notify", body: `{"subject":"S","textBody":"T","to":{"watchers":true}}`, status: 204,
			},
			{
				name: "mail to named people", as: "andon", method: "POST", path: "issue/SHOP-2/notify", status: 204,
				body: `{"subject":"S2","textBody":"T","to":{` + to + `,"groups":[{"name":"developers"}]}}`,
			},
			{
				name: "only to oneself", as: "dev", method: "POST", path: "issue/SHOP-2/notify", body: `{"subject":"S","textBody":"T","to":{` + to + `}}`, status: 400,
			},
			{
				name: "no assignee", as: "andon", method: "POST", path: "issue/SHOP-2/notify", body: `{"subject":"S","textBody":"T","to":{"assignee":true}}`, status: 400,
			},
			{
				name: "stop watching", as: "dev", method: "DELETE", path: "issue/SHOP-2/watchers?" + param + "=" + url.QueryEscape(id), status: 204,
			},
		})
		notices := s.j.Notices()
		if len(notices) != 2 || notices[0].Subject != "S" || len(notices[0].Users) != 2 || len(notices[1].Users) != 2 {
			t.Errorf("notices: %+v", notices)
		}
		s.j.SetKnobs(func(k *Knobs) { k.MailOff = true })
		s.run([]step{{
			name: "mail is off", as: "andon", method: "POST", path: "issue/SHOP-2/notify", body: `{"to":{"watchers":true}}`, status: 403,
		}})
	})
}

func TestListsOfTheSite(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "resolutions", as: "po", path: "resolution", status: 200,
				want: map[string]string{
					"1.name": `"Won't Do"`,
					"1.id":   `"10001"`,
				},
			},
			{
				name: "priorities", as: "po", path: "priority", status: 200,
				want: map[string]string{"2.name": `"Medium"`},
			},
			{
				name: "statuses", as: "po", path: "status", status: 200,
				want: map[string]string{
					"2.statusCategory.key": `"done"`,
					"2.statusCategory.id":  "3",
				},
			},
			{
				name: "types", as: "po", path: "issuetype", status: 200,
				want: map[string]string{"3.subtask": "true"},
			},
			{
				name: "one type", as: "po", path: "issuetype/10003", status: 200,
				want: map[string]string{"name": `"Sub-task"`},
			},
			{name: "no type", as: "po", path: "issuetype/9", status: 404},
		})
		fields := s.step(step{name: "fields", as: "po", path: "field", status: 200}).([]any)
		if !slices.ContainsFunc(fields, func(f any) bool {
			return at(f, "schema.custom") == `"com.pyxis.greenhopper.jira:gh-sprint"` && at(f, "id") == `"`+SprintField+`"`
		}) {
			t.Error("the Sprint field cannot be found by its schema")
		}
	})
}

func TestCreatemetaNamesItsArraysByFlavour(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	c.run([]step{
		{
			name: "types", as: "po", path: "issue/createmeta/SHOP/issuetypes", status: 200,
			want: map[string]string{
				"issueTypes.#": "5",
				"total":        "5",
				"values":       "absent",
			},
		},
		{
			name: "fields", as: "po", path: "issue/createmeta/SHOP/issuetypes/10003", status: 200,
			want: map[string]string{
				"fields.0.required": "true",
				"values":            "absent",
			},
		},
		{
			name: "too many", as: "po", path: "issue/createmeta/SHOP/issuetypes?maxResults=201", status: 400,
			want: map[string]string{
				"errorMessages.0": `"Parameter 'maxResults' must not exceed the limit '200'"`,
			},
		},
		{name: "no such type", as: "po", path: "issue/createmeta/SHOP/issuetypes/9", status: 404},
	})
	d.run([]step{
		{
			name: "types", as: "po", path: "issue/createmeta/SHOP/issuetypes", status: 200,
			want: map[string]string{
				"values.#":   "5",
				"issueTypes": "absent",
			},
		},
		{
			name: "fields", as: "po", path: "issue/createmeta/SHOP/issuetypes/10003", status: 200,
			want: map[string]string{
				"values.0.fieldId": "*",
				"fields":           "absent",
			},
		},
	})
}
