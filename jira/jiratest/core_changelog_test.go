package jiratest

import (
	"testing"
)

func TestEditingLabelsWritesWholeSetsIntoTheChangelog(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		hist := func(n string) string { return "changelog.histories." + n + ".items.0." }
		s.run([]step{
			{
				name: "add", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"update":{"labels":[{"add":"disaster"},{"add":"a"}]}}`, status: 204,
			},
			{
				name: "add what is there", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"update":{"labels":[{"add":"disaster"}]}}`, status: 204,
			},
			{
				name: "case counts", as: "dev", method: "PUT", path: "issue/SHOP-1", body: `{"update":{"labels":[{"add":"Disaster"}]}}`, status: 204,
			},
			{name: "replace", as: "sm", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"labels":[]}}`, status: 204},
		})
		v := s.step(step{
			name: "read", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
			want: map[string]string{"changelog.total": "3"},
		})
		first, last := "0", "2"
		if s.j.cloud() {
			first, last = "2", "0"
		}
		for path, want := range map[string]string{
			hist(first) + "field": `"labels"`, hist(first) + "from": "null", hist(first) + "fromString": `""`, hist(first) + "toString": `"a disaster"`,
			hist(last) + "fromString": `"Disaster a disaster"`, hist(last) + "toString": `""`, hist(last) + "to": "null",
			"changelog.histories." + first + ".author.displayName": `"Paula Owner"`, "changelog.histories." + last + ".author.displayName": `"Sam Master"`,
		} {
			if got := at(v, path); got != want {
				t.Errorf("%s is %s, want %s", path, got, want)
			}
		}
		wantID := `"labels"`
		if !s.j.cloud() {
			wantID = "absent"
		}
		if got := at(v, hist(first)+"fieldId"); got != wantID {
			t.Errorf("fieldId is %s, want %s", got, wantID)
		}
	})
}

func TestTheSprintFieldCanBeSetByEditing(t *testing.T) {
	s := demoSite(t, Cloud)
	f := `{"fields":{"` + SprintField + `":`
	s.run([]step{
		{name: "into the future sprint", as: "dev", method: "PUT", path: "issue/SHOP-10", body: f + `2}}`, status: 204},
		{
			name: "the changelog has ids and empty strings", as: "dev", path: "issue/SHOP-10/changelog", status: 200,
			want: map[string]string{
				"values.0.items.0.field":     `"Sprint"`,
				"values.0.items.0.fieldtype": `"custom"`,
				"values.0.items.0.from":      `""`,
				"values.0.items.0.to":        `"2"`,
				"values.0.items.0.toString":  `"SHOP Sprint 8"`,
			},
		},
		{name: "out again", as: "dev", method: "PUT", path: "issue/SHOP-10", body: f + `null}}`, status: 204},
		{name: "no such sprint", as: "dev", method: "PUT", path: "issue/SHOP-10", body: f + `77}}`, status: 400},
		{name: "not a sub-task", as: "dev", method: "PUT", path: "issue/SHOP-8", body: f + `2}}`, status: 400},
	})
	s.withoutGrant(ScheduleIssues)
	s.run([]step{{name: "needs Schedule Issues", as: "dev", method: "PUT", path: "issue/SHOP-10", body: f + `2}}`, status: 400}})
}

func TestTheChangelogHasTwoForms(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.ChangelogCap = 3 })
	po := s.j.As("po@example.com")
	for _, l := range []string{"a", "b", "c", "d", "e"} {
		try(t, po.AddLabel("SHOP-1", l))
	}
	s.run([]step{
		{
			name: "paged: oldest first", as: "po", path: "issue/SHOP-1/changelog?maxResults=100", status: 200,
			want: map[string]string{
				"values.0.items.0.toString": `"a"`,
				"values.#":                  "3",
				"maxResults":                "3",
				"total":                     "5",
				"isLast":                    "false",
				"nextPage":                  "*",
			},
		},
		{
			name: "the last page", as: "po", path: "issue/SHOP-1/changelog?startAt=3", status: 200,
			want: map[string]string{
				"values.#":                  "2",
				"isLast":                    "true",
				"nextPage":                  "absent",
				"values.1.items.0.toString": `"a b c d e"`,
			},
		},
		{
			name: "beyond", as: "po", path: "issue/SHOP-1/changelog?startAt=30", status: 200,
			want: map[string]string{"values": "[]"},
		},
		{
			name: "expanded: newest first and capped", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
			want: map[string]string{
				"changelog.histories.0.items.0.toString": `"a b c d e"`,
				"changelog.total":                        "5",
				"changelog.histories.#":                  "3",
			},
		},
		{
			name: "in bulk", as: "po", method: "POST", path: "changelog/bulkfetch", status: 200,
			body: `{"issueIdsOrKeys":["SHOP-1","SHOP-2"],"fieldIds":["labels"],"maxResults":4}`,
			want: map[string]string{
				"issueChangeLogs.#":                   "1",
				"issueChangeLogs.0.issueId":           `"10000"`,
				"issueChangeLogs.0.changeHistories.#": "4",
				"nextPageToken":                       `"4"`,
			},
		},
		{
			name: "the rest", as: "po", method: "POST", path: "changelog/bulkfetch", status: 200,
			body: `{"issueIdsOrKeys":["SHOP-1"],"maxResults":4,"nextPageToken":"4"}`,
			want: map[string]string{
				"issueChangeLogs.0.changeHistories.#": "1",
				"nextPageToken":                       "absent",
			},
		},
		{
			name: "too much", as: "po", method: "POST", path: "changelog/bulkfetch", body: `{"issueIdsOrKeys":[]}`, status: 400,
		},
	})
	demoSite(t, DataCenter).run([]step{
		{name: "no paged form on Data Center", as: "po", path: "issue/SHOP-1/changelog", status: 404},
		{name: "nor in bulk", as: "po", method: "POST", path: "changelog/bulkfetch", body: `{}`, status: 404},
	})
}
