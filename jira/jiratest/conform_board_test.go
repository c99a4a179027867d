package jiratest

import "strings"

// aboutBoards are boards and what they show.
func aboutBoards() []behaviour {
	return []behaviour{
		{
			says: "boards are listed by project, page by page", source: docsAgile + ", Get all boards", knob: "NoLocation",
			script: []exchange{
				{
					call: "GET /rest/agile/1.0/board?projectKeyOrId={project}", gives: 200,
					facts: map[string]string{"total": "2", "isLast": "true", "startAt": "0", "maxResults": "50", "values.0.id": "{board}",
						"values.0.type": `"scrum"`, "values.0.location.projectKey": `"{project}"`, "values.0.location.projectId": "{projectId}"},
				},
				{
					call: "GET /rest/agile/1.0/board?projectKeyOrId={project}&maxResults=1&startAt=1", gives: 200,
					facts: map[string]string{"values.#": "1", "values.0.id": "{kanban}", "isLast": "true"},
				},
			},
		},
		{
			says: "a board may have no location", source: "unconfirmed: NoLocation", knob: "NoLocation", turn: func(k *Knobs) { k.NoLocation = true },
			script: []exchange{
				{call: "GET /rest/agile/1.0/board/{board}", gives: 200, facts: map[string]string{"location": "absent"}},
				{call: "GET /rest/agile/1.0/board/{board}/project", gives: 200, facts: map[string]string{"values.0.key": `"{project}"`}},
			},
		},
		{
			says: "a page has 50 boards at most, whatever is asked", source: "limits measured on Jira Cloud, 2026",
			script: []exchange{{call: "GET /rest/agile/1.0/board?maxResults=1000", gives: 200, facts: map[string]string{"maxResults": "50"}}},
		},
		{
			says: "boards are filtered by type and name; team-managed ones are simple", source: docsAgile + ", Get all boards",
			script: []exchange{
				{call: "GET /rest/agile/1.0/board?type=scrum", gives: 200, facts: map[string]string{"values.#": "1", "values.0.id": "{board}"}},
				{call: "GET /rest/agile/1.0/board?type=kanban", gives: 200, facts: map[string]string{"values.0.id": "{kanban}"}},
				{call: "GET /rest/agile/1.0/board?projectKeyOrId=TEAM", gives: 200, facts: map[string]string{"values.0.id": "{team}", "values.0.type": `"simple"`}},
				{call: "GET /rest/agile/1.0/board?name=flow", gives: 200, facts: map[string]string{"values.#": "1", "values.0.id": "{kanban}"}},
			},
		},
		{
			says: "a board that does not support sprints says so", source: recorded,
			script: []exchange{{
				call: "GET /rest/agile/1.0/board/{kanban}/sprint", gives: 400, facts: map[string]string{"errorMessages.0": `"The board does not support sprints"`},
			}},
		},
		{
			says: "a team-managed board lists its sprints", source: docsAgile + ", Get all sprints",
			script: []exchange{{call: "GET /rest/agile/1.0/board/{team}/sprint", gives: 200, facts: map[string]string{"values.#": "0", "isLast": "true"}}},
		},
		{
			says: "sprints come closed, active, future, and by state", source: docsAgile + ", Get all sprints",
			script: scripts(aSprint("f"), aSprint("a"), aSprint("c"), turned("c", "active"), turned("c", "closed"), turned("a", "active"), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/sprint", gives: 200, facts: map[string]string{"values.0.id": "{c}", "values.1.id": "{a}", "values.2.id": "{f}"}},
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=active,future", gives: 200, facts: map[string]string{"values.#": "2", "values.0.id": "{a}"}},
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=closed&maxResults=500", gives: 200, facts: map[string]string{"values.#": "1", "maxResults": "50"}},
				{call: "GET /rest/agile/1.0/board/{board}/sprint?state=nonsense", gives: 400},
			}),
		},
		{
			says: "a sprint shows on every board that displays one of its issues", source: "Atlassian KB 1125881102; recorded",
			script: scripts(anIssue("a", "Story"), aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"Theirs","originBoardId":{team}}`, gives: 201, keep: map[string]string{"n": "id"}},
			}, into("n", "a"), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/sprint", gives: 200, text: `"name":"Theirs"`, facts: map[string]string{"values.#": "2"}},
			}),
		},
		{
			says: "the configuration names the filter, the columns and the rank field", source: docsAgile + ", Get configuration",
			script: []exchange{{
				call: "GET /rest/agile/1.0/board/{board}/configuration", gives: 200,
				facts: map[string]string{"filter.id": "*", "columnConfig.columns.0.statuses.0.id": "*", "ranking.rankCustomFieldId": "*", "type": `"scrum"`},
			}},
		},
		{
			says: "the features tell whether a board has sprints", source: docsAgile + ", Get features for board", only: "Cloud",
			script: []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/features", gives: 200, text: `"boardFeature":"SPRINTS"`},
				{call: "GET /rest/agile/1.0/board/{kanban}/features", gives: 200, text: `"DISABLED"`},
			},
		},
		{
			says: "a board is made over a filter and deleted", source: docsAgile + ", Create board",
			script: []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/configuration", gives: 200, keep: map[string]string{"filter": "filter.id"}},
				{
					as: "admin", call: "POST /rest/agile/1.0/board", gives: 201, keep: map[string]string{"b": "id"},
					body:  `{"name":"Conformance","type":"scrum","filterId":{filter},"location":{"type":"project","projectKeyOrId":"{project}"}}`,
					facts: map[string]string{"type": `"scrum"`, "name": `"Conformance"`},
				},
				{as: "admin", call: "DELETE /rest/agile/1.0/board/{b}", gives: 204},
				{as: "admin", call: "GET /rest/agile/1.0/board/{b}", gives: 404},
			},
		},
	}
}

// aboutLists are the lists of issues, old and new.
func aboutLists() []behaviour {
	old := []string{"sprint/{s}/issue", "board/{board}/sprint/{s}/issue", "board/{board}/issue", "board/{board}/backlog"}
	each := func(base string, gives int, facts map[string]string) []exchange {
		var out []exchange
		for _, l := range old {
			out = append(out, exchange{call: "GET " + base + l, gives: gives, facts: facts})
		}
		return out
	}
	filled := scripts(anIssue("a", "Story"), anIssue("b", "Story"), aSprint("s"), into("s", "a"))
	return []behaviour{
		{
			says: "the old lists answer with total and startAt", source: docsAgile + ", Get issues for sprint", knob: "AgileListsGone",
			script: scripts(filled, each("/rest/agile/1.0/", 200, map[string]string{"startAt": "0", "total": "*", "issues.0.key": "*", "nextPageToken": "absent"})),
		},
		{
			says: "the old lists are gone", source: "Atlassian RFC-127: removal from November 2026; status unconfirmed", only: "Cloud", knob: "AgileListsGone",
			turn: func(k *Knobs) { k.AgileListsGone = true },
			script: scripts(filled, each("/rest/agile/1.0/", 410, map[string]string{"errorMessages.#": "1"}), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/sprint", gives: 200},
				{call: "GET /rest/agile/1.0/issue/{a}", gives: 200},
			}),
		},
		{
			says: "the new lists answer with tokens and without a total", source: "Atlassian RFC-127", only: "Cloud",
			script: scripts(filled, each("/rest/software/1.0/", 200, map[string]string{"total": "absent", "isLast": "true", "issues.0.id": "*"}), []exchange{
				{
					call: "GET /rest/software/1.0/board/{board}/issue?maxResults=1", gives: 200,
					facts: map[string]string{"isLast": "false", "issues.#": "1"}, keep: map[string]string{"next": "nextPageToken"},
				},
				{
					call: "GET /rest/software/1.0/board/{board}/issue?maxResults=1&nextPageToken={next}", gives: 200,
					facts: map[string]string{"isLast": "true", "issues.#": "1", "nextPageToken": "absent"},
				},
				{call: "GET /rest/software/1.0/board/{board}/issue?nextPageToken=nonsense", gives: 400},
				{call: "GET /rest/software/1.0/sprint/{s}/issue/approximate-count", gives: 200, facts: map[string]string{"count": "1"}},
			}),
		},
		{
			says: "Data Center has no new lists", source: docsDC + ": not among the resources", only: "Data Center",
			script: scripts(filled, each("/rest/software/1.0/", 404, nil)),
		},
		{
			says: "a list can be narrowed by JQL and fields", source: docsAgile + ", Get issues for board",
			script: scripts(filled, []exchange{
				{
					call: "GET /rest/agile/1.0/board/{board}/issue?jql=" + strings.ReplaceAll("key = {bKey}", " ", "%20") + "&fields=summary", gives: 200,
					facts: map[string]string{"total": "1", "issues.0.key": `"{bKey}"`, "issues.0.fields.summary": "*", "issues.0.fields.status": "absent"},
				},
			}),
		},
		{
			says: "what is done, or in an open sprint, is not in the backlog", source: docsAgile + ", Get issues for backlog",
			script: scripts(filled, anIssue("c", "Story"), done("c"), []exchange{
				{call: "GET /rest/agile/1.0/board/{board}/backlog", gives: 200, facts: map[string]string{"total": "1", "issues.0.id": `"{b}"`}},
			}),
		},
	}
}
