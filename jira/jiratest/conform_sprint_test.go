package jiratest

const docsSprint = docsAgile + ", sprint"

// aboutSprints are creation, reading, properties and order of sprints.
func aboutSprints() []behaviour {
	return append(aboutMakingSprints(), []behaviour{
		{
			says: "a sprint has a creation date", source: docsSprint, only: "Cloud",
			script: scripts(aSprint("s"), []exchange{{call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"createdDate": "*", "synced": "absent"}}}),
		},
		{
			says: "a sprint has no creation date, but a date of its start", source: docsDC + ", sprint", only: "Data Center",
			script: scripts(aSprint("s"), []exchange{
				{
					call: "GET /rest/agile/1.0/sprint/{s}", gives: 200,
					facts: map[string]string{"createdDate": "absent", "activatedDate": "absent", "autoStartStop": "false", "synced": "false"},
				},
			}, turned("s", "active"), []exchange{
				{call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"createdDate": "absent", "activatedDate": "*"}},
			}),
		},
		{
			says: "an unknown sprint is 404", source: docsSprint,
			script: []exchange{
				{call: "GET /rest/agile/1.0/sprint/99999", gives: 404},
				{call: "POST /rest/agile/1.0/sprint/99999", body: `{"goal":"x"}`, gives: 404},
				{call: "DELETE /rest/agile/1.0/sprint/99999", gives: 404},
				{call: "GET /rest/agile/1.0/sprint/nonsense", gives: 404},
			},
		},
		{
			says: "properties of a sprint are created, replaced, listed and deleted", source: docsSprint + " properties",
			script: scripts(aSprint("s"), []exchange{
				{call: "GET /rest/agile/1.0/sprint/{s}/properties/conformance", gives: 404},
				{call: "PUT /rest/agile/1.0/sprint/{s}/properties/conformance", body: `{"a":1}`, gives: 201},
				{call: "PUT /rest/agile/1.0/sprint/{s}/properties/conformance", body: `{"b":2}`, gives: 200},
				{
					call: "GET /rest/agile/1.0/sprint/{s}/properties/conformance", gives: 200,
					facts: map[string]string{"key": `"conformance"`, "value.a": "absent", "value.b": "2"},
				},
				{call: "GET /rest/agile/1.0/sprint/{s}/properties", gives: 200, facts: map[string]string{"keys.#": "1", "keys.0.key": `"conformance"`}},
				{call: "DELETE /rest/agile/1.0/sprint/{s}/properties/conformance", gives: 204},
				{call: "DELETE /rest/agile/1.0/sprint/{s}/properties/conformance", gives: 404},
			}),
		},
		{
			says: "two sprints swap their places in the list", source: docsSprint + " swap",
			script: scripts(aSprint("s"), aSprint("n"), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=future", gives: 200, facts: map[string]string{"values.0.id": "{s}", "values.1.id": "{n}"}},
				{call: "POST /rest/agile/1.0/sprint/{s}/swap", body: `{"sprintToSwapWith":{n}}`, gives: 204},
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=future", gives: 200, facts: map[string]string{"values.0.id": "{n}", "values.1.id": "{s}"}},
				{call: "POST /rest/agile/1.0/sprint/{s}/swap", body: `{"sprintToSwapWith":99999}`, gives: 404},
			}),
		},
		{
			says: "a site without Jira Software refuses Agile REST", source: docsAgile + ", 403", knob: "Licence", turn: func(k *Knobs) { k.Licence = Unlicensed },
			script: []exchange{{call: "GET /rest/agile/1.0/board", gives: 403}, {call: "GET /rest/api/2/project/{project}", gives: 200}},
		},
		{
			says: "a site without Jira Software may show its login page instead", source: "reported by clients", knob: "Licence", turn: func(k *Knobs) { k.Licence = LoginPage },
			script: []exchange{{
				call: "GET /rest/agile/1.0/board", gives: 200, text: "<h1>Log in</h1>", heads: map[string]string{"Content-Type": "text/html;charset=UTF-8"},
			}},
		},
		{
			says: "a site where Jira Software is not installed has no such path", source: "reported by clients", knob: "Licence", turn: func(k *Knobs) { k.Licence = AgileMissing },
			script: []exchange{{call: "GET /rest/agile/1.0/board", gives: 404, facts: map[string]string{"errorMessages": "absent"}}},
		},
		{
			says: "a licensed site answers Agile REST", source: docsAgile, knob: "Licence",
			script: []exchange{{call: "GET /rest/agile/1.0/board", gives: 200, facts: map[string]string{"values.0.id": "*"}}},
		},
	}...)
}

func aboutMakingSprints() []behaviour {
	return []behaviour{
		{
			says: "a new sprint is a future one, whatever is asked, with its name trimmed", source: docsSprint + ", Create sprint",
			script: []exchange{{
				call: "POST /rest/agile/1.0/sprint", body: `{"name":"  Conformance  ","originBoardId":{board},"state":"active"}`, gives: 201,
				facts: map[string]string{"state": `"future"`, "name": `"Conformance"`, "originBoardId": "{board}", "startDate": "absent", "endDate": "absent"},
			}},
		},
		{
			says: "dates and goal can be given at once", source: docsSprint + ", Create sprint",
			script: []exchange{{
				call: "POST /rest/agile/1.0/sprint", gives: 201,
				body:  `{"name":"Conformance","originBoardId":{board},"goal":"g","startDate":"2026-01-05T10:00:00.000+01:00","endDate":"2026-01-19T09:00:00Z"}`,
				facts: map[string]string{"goal": `"g"`, "startDate": `"2026-01-05T09:00:00.000Z"`, "endDate": `"2026-01-19T09:00:00.000Z"`, "completeDate": "absent"},
			}},
		},
		{
			says: "a sprint needs a board that is there", source: docsSprint + ", Create sprint",
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance","originBoardId":99999}`, gives: 404},
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance","originBoardId":{hiddenBoard}}`, gives: 404},
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance"}`, gives: 400},
			},
		},
		{
			says: "a kanban board takes no sprint, a team-managed one does", source: recorded + ": The board does not support sprints",
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance","originBoardId":{kanban}}`, gives: 400},
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Conformance","originBoardId":{team}}`, gives: 201},
			},
		},
		{
			says: "a sprint has a name, and dates that are dates in their order", source: docsSprint + ", Create sprint",
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":" ","originBoardId":{board}}`, gives: 400},
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"x","originBoardId":{board},"startDate":"tomorrow"}`, gives: 400},
				{
					call: "POST /rest/agile/1.0/sprint", gives: 400,
					body: `{"name":"x","originBoardId":{board},"startDate":"2026-01-19T09:00:00.000Z","endDate":"2026-01-05T09:00:00.000Z"}`,
				},
			},
		},
		{
			says: "a name has 30 characters at most", source: docsSprint + ", name", knob: "SprintNameMax",
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"äbcdefghijklmnopqrstuvwxyz1234","originBoardId":{board}}`, gives: 201},
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"äbcdefghijklmnopqrstuvwxyz12345","originBoardId":{board}}`, gives: 400},
			},
		},
		{
			says: "the limit of names may be another one", source: "unconfirmed: SprintNameMax", knob: "SprintNameMax",
			turn: func(k *Knobs) { k.SprintNameMax = 40 },
			script: []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"abcdefghijklmnopqrstuvwxyz1234567890","originBoardId":{board}}`, gives: 201},
			},
		},
	}
}
