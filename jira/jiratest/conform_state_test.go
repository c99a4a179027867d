package jiratest

const docsUpdate = docsAgile + ", Partially update sprint"

// aboutSprintStates is the life of a sprint.
func aboutSprintStates() []behaviour {
	return append(append(aboutRefusedStates(), aboutChangingSprints()...), aboutClosing()...)
}

func aboutRefusedStates() []behaviour {
	return []behaviour{
		{
			says: "a sprint is started and closed, and closing sets its date", source: docsUpdate,
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{{
				call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"state": `"closed"`, "completeDate": "*", "goal": `"goal"`},
			}}),
		},
		{
			says: "starting needs both dates", source: docsUpdate,
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance","originBoardId":{board}}`, gives: 201, keep: map[string]string{"s": "id"}},
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"active"}`, gives: 400},
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"active","startDate":"2026-01-05T09:00:00.000Z"}`, gives: 400},
				{call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"state": `"future"`, "startDate": "absent"}},
				{
					call: "POST /rest/agile/1.0/sprint/{s}", gives: 200,
					body: `{"state":"active","startDate":"2026-01-05T09:00:00.000Z","endDate":"2026-01-19T09:00:00.000Z"}`,
				},
			},
		},
		{
			says: "a future sprint cannot be closed", source: docsUpdate,
			script: scripts(aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"closed"}`, gives: 400, facts: map[string]string{"errorMessages.#": "1"}},
			}),
		},
		{
			says: "an active sprint cannot be made a future one", source: docsUpdate,
			script: scripts(aSprint("s"), turned("s", "active"), []exchange{{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"future"}`, gives: 400}}),
		},
		{
			says: "a closed sprint cannot be opened again by REST", source: docsUpdate,
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"active"}`, gives: 400},
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"future"}`, gives: 400},
			}),
		},
		{
			says: "an unknown state is refused", source: docsUpdate,
			script: scripts(aSprint("s"), []exchange{{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"paused"}`, gives: 400}}),
		},
		{
			says: "the date of completion cannot be set", source: docsUpdate,
			script: scripts(aSprint("s"), turned("s", "active"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"completeDate":"2015-04-11T15:22:00.000Z"}`, gives: 200, facts: map[string]string{"completeDate": "absent"}},
			}),
		},
		{
			says: "closing what is closed is refused", source: "unconfirmed: CloseAgain", knob: "CloseAgain",
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"closed"}`, gives: 400},
			}),
		},
		{
			says: "closing what is closed changes nothing", source: "unconfirmed: CloseAgain", knob: "CloseAgain", turn: func(k *Knobs) { k.CloseAgain = 200 },
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), turned("s", "closed")),
		},
		{
			says: "several sprints of a board may be active at once", source: "Atlassian, Use parallel sprints", knob: "SingleSprint",
			script: scripts(aSprint("s"), aSprint("n"), turned("s", "active"), turned("n", "active"), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=active", gives: 200, facts: map[string]string{"values.#": "2"}},
			}),
		},
		{
			says: "without parallel sprints the second one does not start", source: "unconfirmed: SingleSprint", knob: "SingleSprint",
			turn: func(k *Knobs) { k.SingleSprint = true },
			script: scripts(aSprint("s"), aSprint("n"), turned("s", "active"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{n}", body: `{"state":"active"}`, gives: 400},
			}, turned("s", "closed"), turned("n", "active")),
		},
	}
}

func aboutChangingSprints() []behaviour {
	return []behaviour{
		{
			says: "a partial update leaves alone what it does not name", source: docsUpdate,
			script: scripts(aSprint("s"), []exchange{{
				call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"new"}`, gives: 200,
				facts: map[string]string{"goal": `"new"`, "name": `"Conformance s"`, "startDate": "*", "endDate": "*", "state": `"future"`},
			}}),
		},
		{
			says: "a full update makes null what it does not name", source: docsAgile + ", Update sprint",
			script: scripts(aSprint("s"), []exchange{
				{
					call: "PUT /rest/agile/1.0/sprint/{s}", body: `{"name":"Renamed"}`, gives: 200,
					facts: map[string]string{"name": `"Renamed"`, "startDate": "absent", "endDate": "absent", "goal": "absent", "state": `"future"`},
				},
			}),
		},
		{
			says: "a full update may lose the name", source: docsAgile + ", Update sprint: absent fields become null",
			script: scripts(aSprint("s"), []exchange{{call: "PUT /rest/agile/1.0/sprint/{s}", body: `{"goal":"new"}`, gives: 200, facts: map[string]string{"name": "null"}}}),
		},
		{
			says: "one update changes the goal, the name and the state", source: docsUpdate,
			script: scripts(aSprint("s"), turned("s", "active"), []exchange{{
				call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"closed","name":"Stopped","goal":"CANCELLED: goal"}`, gives: 200,
				facts: map[string]string{"state": `"closed"`, "name": `"Stopped"`, "goal": `"CANCELLED: goal"`},
			}}),
		},
		{
			says: "of a closed sprint only name and goal change", source: docsUpdate + ": only the name and goal can be updated", only: "Cloud",
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{{
				call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"later","endDate":"2030-01-01T00:00:00.000Z"}`, gives: 200,
				facts: map[string]string{"goal": `"later"`, "endDate": `"2026-01-19T09:00:00.000Z"`, "state": `"closed"`},
			}}),
		},
		{
			says: "a closed sprint cannot be changed", source: docsDC + ", Partially update sprint", only: "Data Center",
			script: scripts(aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"later"}`, gives: 400},
			}),
		},
	}
}

func aboutClosing() []behaviour {
	return []behaviour{
		{
			says: "closing leaves the Sprint field of the issues alone, and they are in the backlog", source: docsAgile + ", Get issues for backlog; recorded changelogs",
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), turned("s", "active"), turned("s", "closed"), []exchange{
				{
					call: "GET /rest/agile/1.0/issue/{a}", gives: 200,
					facts: map[string]string{"fields.sprint": "null", "fields.closedSprints.0.id": "{s}"},
				},
				{call: "GET /rest/agile/1.0/board/{board}/backlog", gives: 200, facts: map[string]string{"issues.0.id": `"{a}"`}},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"changelog.total": "1"}},
			}),
		},
		{
			says: "complete issues with incomplete sub-tasks do not hold up the closing", source: "unconfirmed: OffendingIssues", only: "Cloud", knob: "OffendingIssues",
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), into("s", "a"), turned("s", "active"), done("a"), turned("s", "closed")),
		},
		{
			says: "complete issues with incomplete sub-tasks hold up the closing", source: "unconfirmed: OffendingIssues", only: "Cloud", knob: "OffendingIssues",
			turn: func(k *Knobs) { k.OffendingIssues = true },
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), into("s", "a"), turned("s", "active"), done("a"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"closed"}`, gives: 400},
			}),
		},
		{
			says: "complete issues with incomplete sub-tasks hold up the closing", source: docsDC + ", Update sprint: offending issues", only: "Data Center", knob: "OffendingIssues",
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), into("s", "a"), turned("s", "active"), done("a"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"closed"}`, gives: 400, text: "{bKey}"},
			}, done("b"), turned("s", "closed")),
		},
		{
			says: "incomplete issues go where the sprint sends them", source: docsDC + ", incompleteIssuesDestinationId", only: "Data Center",
			script: scripts(anIssue("a", "Story"), anIssue("d", "Story"), done("d"), aSprint("s"), aSprint("n"), into("s", "a"), into("s", "d"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"incompleteIssuesDestinationId":{n}}`, gives: 200},
			}, turned("s", "active"), turned("s", "closed"), []exchange{
				{call: "GET /rest/agile/1.0/issue/{a}", gives: 200, facts: map[string]string{"fields.sprint.id": "{n}"}},
				{call: "GET /rest/agile/1.0/issue/{d}", gives: 200, facts: map[string]string{"fields.sprint": "null"}},
			}),
		},
		{
			says: "a future sprint is deleted, and its issues go to the backlog", source: docsAgile + ", Delete sprint", knob: "DeleteSilent",
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{
				{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 204},
				{call: "GET /rest/agile/1.0/sprint/{s}", gives: 404},
				{call: "GET /rest/agile/1.0/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"fields.sprint": "null", "changelog.total": "2"}},
			}),
		},
		{
			says: "deleting a sprint writes nothing into its issues' history", source: "unconfirmed: DeleteSilent", knob: "DeleteSilent",
			turn: func(k *Knobs) { k.DeleteSilent = true },
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{
				{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 204},
				{call: "GET /rest/agile/1.0/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"fields.sprint": "null", "changelog.total": "1"}},
			}),
		},
		{
			says: "only future sprints can be deleted", source: docsDC + ", Delete sprint: 400 if the sprint is active or completed", knob: "DeleteStarted",
			script: scripts(aSprint("s"), turned("s", "active"), []exchange{{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 400}}, turned("s", "closed"), []exchange{
				{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 400},
			}),
		},
		{
			says: "an active sprint can be deleted too", source: "unconfirmed: DeleteStarted", only: "Cloud", knob: "DeleteStarted",
			turn:   func(k *Knobs) { k.DeleteStarted = true },
			script: scripts(aSprint("s"), turned("s", "active"), []exchange{{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 204}}),
		},
	}
}
