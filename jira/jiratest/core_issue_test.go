package jiratest

import (
	"strings"
	"testing"
)

func TestGettingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "all fields by key; ids are strings", as: "po", path: "issue/SHOP-1", status: 200,
				want: map[string]string{
					"id":                               `"10000"`,
					"key":                              `"SHOP-1"`,
					"fields.summary":                   `"Pay by invoice"`,
					"fields.labels":                    "[]",
					"fields.status.name":               `"In Progress"`,
					"fields.status.statusCategory.key": `"indeterminate"`,
					"fields.issuetype.subtask":         "false",
					"fields.project.key":               `"SHOP"`,
					"fields.resolution":                "null",
					"fields.assignee.displayName":      `"Dana Developer"`,
					"fields.creator.displayName":       `"Paula Owner"`,
					"fields.created":                   `"2026-01-05T09:00:00.000+0000"`,
					"changelog":                        "absent",
					"properties":                       "absent",
				},
			},
			{
				name: "by id", as: "po", path: "issue/10000", status: 200,
				want: map[string]string{"key": `"SHOP-1"`},
			},
			{
				name: "keys in any case", as: "po", path: "issue/shop-1", status: 200,
				want: map[string]string{"key": `"SHOP-1"`},
			},
			{
				name: "only some fields", as: "po", path: "issue/SHOP-1?fields=summary,labels", status: 200,
				want: map[string]string{
					"fields.#":       "2",
					"fields.summary": "*",
					"fields.labels":  "*",
				},
			},
			{
				name: "all but one", as: "po", path: "issue/SHOP-1?fields=-summary", status: 200,
				want: map[string]string{
					"fields.summary": "absent",
					"fields.labels":  "*",
				},
			},
			{
				name: "sub-tasks carry no labels and no assignee", as: "po", path: "issue/SHOP-1", status: 200,
				want: map[string]string{
					"fields.subtasks.0.key":                              `"SHOP-8"`,
					"fields.subtasks.0.fields.status.statusCategory.key": `"done"`,
					"fields.subtasks.0.fields.labels":                    "absent",
					"fields.subtasks.0.fields.assignee":                  "absent",
				},
			},
			{
				name: "a sub-task names its parent and follows its sprint", as: "po", path: "issue/SHOP-8", status: 200,
				want: map[string]string{
					"fields.parent.key":            `"SHOP-1"`,
					"fields." + SprintField + ".#": "1",
				},
			},
			{
				name: "names", as: "po", path: "issue/SHOP-1?fields=summary&expand=names", status: 200,
				want: map[string]string{"names": `{"summary":"Summary"}`},
			},
			{name: "absent", as: "po", path: "issue/SHOP-999", status: 404},
			{name: "anonymous", path: "issue/SHOP-1", status: 404},
		})
		try(t, s.j.Hide("SHOP-2", "dev@example.com"))
		s.run([]step{
			{name: "hidden from one", as: "dev", path: "issue/SHOP-2", status: 404},
			{name: "shown to another", as: "po", path: "issue/SHOP-2", status: 200},
		})
		try(t, s.j.Show("SHOP-2"))
		try(t, s.j.Hide("SHOP-3"))
		s.run([]step{
			{name: "shown again", as: "dev", path: "issue/SHOP-2", status: 200},
			{name: "hidden from all", as: "po", path: "issue/SHOP-3", status: 404},
		})
	})
}

func TestTheSprintFieldIsObjectsOnCloudAndStringsOnDataCenter(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	f := "fields." + SprintField + ".0"
	c.run([]step{{
		name: "objects", as: "po", path: "issue/SHOP-1", status: 200,
		want: map[string]string{
			f + ".id":           "1",
			f + ".state":        `"active"`,
			f + ".boardId":      "1",
			f + ".completeDate": "absent",
		},
	}})
	got := d.step(step{name: "strings", as: "po", path: "issue/SHOP-1", status: 200})
	if v := at(got, f); !strings.Contains(v, "[id=1,rapidViewId=1,state=ACTIVE,name=SHOP Sprint 7,") || !strings.Contains(v, "completeDate=<null>") {
		t.Errorf("sprint string: %s", v)
	}
	c.run([]step{{
		name: "no sprint is null", as: "po", path: "issue/SHOP-10", status: 200,
		want: map[string]string{"fields." + SprintField: "null"},
	}})
}
