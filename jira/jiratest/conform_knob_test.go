package jiratest

import "strings"

// aboutLimitsOfText are lengths and orders that no source confirms.
func aboutLimitsOfText() []behaviour {
	long := strings.Repeat("x", 200)
	label := func(gives int) []exchange {
		return scripts(anIssue("a", "Story"), []exchange{
			{call: "PUT /rest/api/2/issue/{a}", body: `{"update":{"labels":[{"add":"` + long + `"}]}}`, gives: gives},
		})
	}
	goal := func(gives int) []exchange {
		return []exchange{{call: "POST /rest/agile/1.0/sprint", body: `{"name":"x","originBoardId":{board},"goal":"` + long + `"}`, gives: gives}}
	}
	return []behaviour{
		{says: "a label may have 200 characters", source: "unconfirmed: LabelMax", knob: "LabelMax", script: label(204)},
		{says: "a long label is refused", source: "unconfirmed: LabelMax", knob: "LabelMax", turn: func(k *Knobs) { k.LabelMax = 60 }, script: label(400)},
		{says: "a goal may have 200 characters", source: "unconfirmed: SprintGoalMax", knob: "SprintGoalMax", script: goal(201)},
		{says: "a long goal is refused", source: "unconfirmed: SprintGoalMax", knob: "SprintGoalMax", turn: func(k *Knobs) { k.SprintGoalMax = 100 }, script: goal(400)},
	}
}

// aboutKnobsOfReading are orders and refusals that no source confirms.
func aboutKnobsOfReading() []behaviour {
	changes := func(first string) []exchange {
		return scripts(anIssue("a", "Story"), labelled("a", "one"), labelled("a", "two"), []exchange{
			{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"changelog.histories.0.items.0.toString": first}},
		})
	}
	reversed := func(k *Knobs) { k.ChangelogReversed = true }
	admin := func(gives int) []exchange {
		return scripts(aSprint("s"), withoutRight("MANAGE_SPRINTS_PERMISSION"), []exchange{
			{as: "admin", call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"x"}`, gives: gives},
		})
	}
	gone := func(status int) []exchange {
		return scripts(aSprint("s"), []exchange{{call: "GET /rest/agile/1.0/sprint/{s}/issue", gives: status}})
	}
	return []behaviour{
		{says: "expanded, the latest change comes first", source: recorded, only: "Cloud", knob: "ChangelogReversed", script: changes(`"one two"`)},
		{says: "expanded, the first change comes first", source: "unconfirmed: ChangelogReversed", only: "Data Center", knob: "ChangelogReversed", script: changes(`"one"`)},
		{says: "expanded, the first change may come first", source: "unconfirmed: ChangelogReversed", only: "Cloud", knob: "ChangelogReversed", turn: reversed, script: changes(`"one"`)},
		{says: "expanded, the latest change may come first", source: "unconfirmed: ChangelogReversed", only: "Data Center", knob: "ChangelogReversed", turn: reversed, script: changes(`"one two"`)},
		{says: "administrators of Jira need Manage Sprints too", source: "unconfirmed: AdminsManageSprints", knob: "AdminsManageSprints", script: admin(403)},
		{says: "administrators of Jira may manage sprints anyway", source: "unconfirmed: AdminsManageSprints", knob: "AdminsManageSprints",
			turn: func(k *Knobs) { k.AdminsManageSprints = true }, script: admin(200)},
		{says: "the old lists are there, so it does not matter what they would answer if they were gone", source: docsAgile, knob: "AgileListsGoneStatus", script: gone(200)},
		{says: "the old lists may be gone with 404", source: "unconfirmed: AgileListsGoneStatus", only: "Cloud", knob: "AgileListsGoneStatus",
			turn: func(k *Knobs) { k.AgileListsGone, k.AgileListsGoneStatus = true, 404 }, script: gone(404)},
	}
}
