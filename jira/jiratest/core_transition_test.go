package jiratest

import (
	"testing"
)

func TestTransitions(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "list", as: "po", path: "issue/SHOP-2/transitions?expand=transitions.fields", status: 200,
				want: map[string]string{
					"transitions.#":                            "3",
					"transitions.2.id":                         `"31"`,
					"transitions.2.to.statusCategory.key":      `"done"`,
					"transitions.2.hasScreen":                  "true",
					"transitions.2.fields.resolution.required": "false",
				},
			},
			{
				name: "done sets the resolution by itself", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", body: `{"transition":{"id":"31"}}`, status: 204,
			},
			{
				name: "resolved", as: "po", path: "issue/SHOP-2?expand=changelog", status: 200,
				want: map[string]string{
					"fields.resolution.name":                   `"Done"`,
					"fields.resolutiondate":                    "*",
					"changelog.histories.0.items.1.field":      `"status"`,
					"changelog.histories.0.items.1.from":       `"10000"`,
					"changelog.histories.0.items.1.to":         `"10002"`,
					"changelog.histories.0.author.displayName": `"Dana Developer"`,
				},
			},
			{
				name: "reopening clears it", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", body: `{"transition":{"id":"11"}}`, status: 204,
			},
			{
				name: "unresolved", as: "po", path: "issue/SHOP-2", status: 200,
				want: map[string]string{
					"fields.resolution":     "null",
					"fields.resolutiondate": "null",
				},
			},
			{
				name: "with a resolution", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 204,
				body: `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Won't Do"}}}`,
			},
			{
				name: "that one", as: "po", path: "issue/SHOP-2", status: 200,
				want: map[string]string{"fields.resolution.name": `"Won't Do"`},
			},
			{
				name: "an unknown resolution", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 400,
				body: `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Maybe"}}}`,
				want: map[string]string{"errors.resolution": "*"},
			},
			{
				name: "a field that is not on the screen", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 400,
				body: `{"transition":{"id":"11"},"fields":{"resolution":{"name":"Done"}}}`,
				want: map[string]string{"errors.resolution": "*"},
			},
			{
				name: "an unknown transition", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", body: `{"transition":{"id":"99"}}`, status: 400,
			},
			{
				name: "no transition", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", body: `{}`, status: 400,
				want: map[string]string{"errorMessages.0": `"Missing 'transition' identifier"`},
			},
		})
		s.withoutGrant(TransitionIssues)
		s.run([]step{
			{
				name: "an empty list without the permission", as: "dev", path: "issue/SHOP-2/transitions", status: 200,
				want: map[string]string{"transitions": "[]"},
			},
			{
				name: "and a refusal", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", body: `{"transition":{"id":"11"}}`, status: 400,
			},
		})
	})
}

func TestDoneMayLeaveAnIssueUnresolved(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.DoneSetsResolution = false })
	try(t, s.j.As("dev@example.com").Transition("SHOP-2", "Done"))
	if status, category, resolution := s.j.StatusOf("SHOP-2"); status != "Done" || category != CategoryDone || resolution != "" {
		t.Errorf("%s %s %q", status, category, resolution)
	}
}

func TestAWorkflowMayLimitAndRequire(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "FLOW", Lead: "lead@example.com", Transitions: []Transition{
		{ID: 1, Name: "Open", To: StatusToDo, From: []int64{StatusDone}},
		{ID: 2, Name: "Finish", To: StatusDone, From: []int64{StatusToDo}, Fields: []string{"resolution"}, ScreenRequired: []string{"resolution"}},
	}})
	try(t, err)
	must[Issue](t)(s.j.AddIssue(IssueSpec{Project: "FLOW", Summary: "x"}))
	s.run([]step{
		{
			name: "only what leads on", as: "dev", path: "issue/FLOW-1/transitions", status: 200,
			want: map[string]string{
				"transitions.#":      "1",
				"transitions.0.name": `"Finish"`,
			},
		},
		{
			name: "not from here", as: "dev", method: "POST", path: "issue/FLOW-1/transitions", body: `{"transition":{"id":"1"}}`, status: 400,
			want: map[string]string{"errorMessages.0": "*"},
		},
		{
			name: "the resolution is required", as: "dev", method: "POST", path: "issue/FLOW-1/transitions", body: `{"transition":{"id":"2"}}`, status: 400,
			want: map[string]string{"errors.resolution": `"Resolution is required."`},
		},
		{
			name: "given", as: "dev", method: "POST", path: "issue/FLOW-1/transitions", status: 204,
			body: `{"transition":{"id":"2"},"fields":{"resolution":{"name":"Duplicate"}}}`,
		},
	})
	if err := s.j.As("dev@example.com").Transition("FLOW-1", "Finish"); err == nil {
		t.Error("finished twice")
	}
}
