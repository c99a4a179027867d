package jiratest

import "time"

const docsSearch = docsPlatform + ", Search for issues using JQL"

// found is a search for all issues of the project; ids only on Cloud.
func found(product, jql string, facts map[string]string) []exchange {
	path := "POST /rest/api/2/search/jql"
	if product != "Cloud" {
		path = "POST /rest/api/2/search"
	}
	return []exchange{{call: path, body: `{"jql":"` + jql + `"}`, gives: 200, facts: facts}}
}

// aboutSearch is search in both products.
func aboutSearch() []behaviour {
	return append(aboutSearchOfCloud(), []behaviour{
		{
			says: "the search has startAt and total, and shows the navigable fields", source: docsDC + ", Search", only: "Data Center", knob: "SearchMax",
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{
					call: "POST /rest/api/2/search", body: `{"jql":"project = {project} ORDER BY key","maxResults":1}`, gives: 200,
					facts: map[string]string{"total": "2", "startAt": "0", "maxResults": "1", "issues.0.key": `"{aKey}"`, "issues.0.fields.summary": "*", "issues.0.fields.comment": "absent", "nextPageToken": "absent"},
				},
				{call: "GET /rest/api/2/search?jql=project%20%3D%20{project}&startAt=1", gives: 200, facts: map[string]string{"total": "2", "issues.#": "1"}},
				{call: "POST /rest/api/2/search", body: `{"jql":"key = {aKey}","fields":["summary"],"expand":["changelog"]}`, gives: 200, facts: map[string]string{"issues.0.changelog.total": "0", "issues.0.fields.status": "absent"}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}"}`, gives: 404},
			}),
		},
		{
			says: "pages are cut in silence", source: "Jira Data Center, jira.search.views.default.max", only: "Data Center", knob: "SearchMax", turn: func(k *Knobs) { k.SearchMax = 1 },
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{call: "POST /rest/api/2/search", body: `{"jql":"project = {project}","maxResults":100}`, gives: 200, facts: map[string]string{"total": "2", "maxResults": "1", "issues.#": "1"}},
			}),
		},
		{
			says: "what is no JQL is refused", source: docsSearch, only: "Data Center",
			script: []exchange{
				{call: "POST /rest/api/2/search", body: `{"jql":"project = = x"}`, gives: 400, facts: map[string]string{"errorMessages.#": "1"}},
				{call: "POST /rest/api/2/search", body: `{"jql":"project = NOPE"}`, gives: 400},
			},
		},
	}...)
}

func aboutSearchOfCloud() []behaviour {
	return append(aboutRefusedSearches(), []behaviour{
		{
			says: "the old search is gone and names its successor", source: "Atlassian CHANGE-2046", only: "Cloud",
			script: []exchange{
				{call: "POST /rest/api/2/search", body: `{"jql":"project = {project}"}`, gives: 410, text: "/rest/api/3/search/jql"},
				{call: "GET /rest/api/2/search?jql=project%20%3D%20{project}", gives: 410, text: "CHANGE-2046"},
			},
		},
		{
			says: "a search gives ids and nothing else, unless fields are asked for", source: docsSearch, only: "Cloud",
			script: scripts(anIssue("a", "Story"), found("Cloud", "project = {project}", map[string]string{"issues.0.#": "1", "issues.0.id": `"{a}"`, "total": "absent", "isLast": "true", "nextPageToken": "absent"}), []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","fields":["summary"]}`, gives: 200, facts: map[string]string{"issues.0.key": `"{aKey}"`, "issues.0.fields.#": "1"}},
				{call: "GET /rest/api/2/search/jql?jql=project%20%3D%20{project}&fields=labels", gives: 200, facts: map[string]string{"issues.0.fields.labels": "*"}},
			}),
		},
		{
			says: "pages follow each other by a token", source: docsSearch, only: "Cloud", knob: "SearchMax",
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project} ORDER BY key","maxResults":1}`, gives: 200, facts: map[string]string{"isLast": "false", "issues.0.id": `"{a}"`}, keep: map[string]string{"next": "nextPageToken"}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project} ORDER BY key","maxResults":1,"nextPageToken":"{next}"}`, gives: 200, facts: map[string]string{"isLast": "true", "issues.0.id": `"{b}"`, "nextPageToken": "absent"}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","nextPageToken":"nonsense"}`, gives: 400},
			}),
		},
		{
			says: "pages with fields are shorter than asked for", source: "limits measured on Jira Cloud, 2026", only: "Cloud", knob: "SearchMax", turn: func(k *Knobs) { k.SearchMax = 1 },
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","fields":["summary"],"maxResults":50}`, gives: 200, facts: map[string]string{"issues.#": "1", "isLast": "false"}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","maxResults":50}`, gives: 200, facts: map[string]string{"issues.#": "2", "isLast": "true"}},
			}),
		},
		{
			says: "how many there are is a question of its own", source: docsPlatform + ", Count issues using JQL", only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{{call: "POST /rest/api/2/search/approximate-count", body: `{"jql":"project = {project}"}`, gives: 200, facts: map[string]string{"count": "1"}}}),
		},
	}...)
}

func aboutRefusedSearches() []behaviour {
	return []behaviour{
		{
			says: "a search has to be bounded", source: docsSearch + ": unbounded queries", only: "Cloud", knob: "RequireBounded",
			script: []exchange{{call: "POST /rest/api/2/search/jql", body: `{"jql":"order by key"}`, gives: 400}},
		},
		{
			says: "a search may go over everything", source: "unconfirmed for all sites: RequireBounded", only: "Cloud", knob: "RequireBounded", turn: func(k *Knobs) { k.RequireBounded = false },
			script: scripts(anIssue("a", "Story"), []exchange{{call: "POST /rest/api/2/search/jql", body: `{"jql":"order by key"}`, gives: 200, facts: map[string]string{"issues.#": "1"}}}),
		},
		{
			says: "a name that nobody knows is refused", source: docsSearch, only: "Cloud", knob: "UnknownFieldEmpty",
			script: []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = NOPE"}`, gives: 400, text: "NOPE"},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"nonsense = 1"}`, gives: 400},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = = x"}`, gives: 400},
			},
		},
		{
			says: "a name that nobody knows finds nothing", source: recorded + " (of a visitor)", only: "Cloud", knob: "UnknownFieldEmpty", turn: func(k *Knobs) { k.UnknownFieldEmpty = true },
			script: []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = NOPE"}`, gives: 200, facts: map[string]string{"issues.#": "0", "isLast": "true"}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = = x"}`, gives: 400},
			},
		},
		{
			says: "a visitor finds nothing where a user is refused", source: recorded, only: "Cloud",
			script: []exchange{{as: "nobody", call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}"}`, gives: 200, facts: map[string]string{"issues.#": "0"}}},
		},
		{
			says: "order has seven fields, properties are five, fresh issues fifty at most", source: docsSearch, only: "Cloud",
			script: []exchange{
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project} ORDER BY key, summary, status, created, updated, priority, assignee, reporter"}`, gives: 400},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","properties":["a","b","c","d","e","f"]}`, gives: 400},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"project = {project}","maxResults":5001}`, gives: 400},
			},
		},
	}
}

// aboutTheIndex is what the search does not know yet.
func aboutTheIndex() []behaviour {
	seen := func(n string) []exchange { return found("Cloud", "labels = fresh", map[string]string{"issues.#": n}) }
	return []behaviour{
		{
			says: "a search knows what was written just before", source: "the simulated site's default; Cloud gives no promise", only: "Cloud", knob: "IndexLagWrites",
			script: scripts(anIssue("a", "Story"), labelled("a", "fresh"), seen("1")),
		},
		{
			says: "a search may be behind; reading the issue is not", source: docsSearch + ": eventual consistency", only: "Cloud", knob: "IndexLagWrites",
			turn: func(k *Knobs) { k.IndexLagWrites = 1 },
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), labelled("a", "fresh"), seen("0"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?fields=labels", gives: 200, facts: map[string]string{"fields.labels.0": `"fresh"`}},
				{call: "POST /rest/api/2/search/jql", body: `{"jql":"labels = fresh","reconcileIssues":[{a}]}`, gives: 200, facts: map[string]string{"issues.#": "1"}},
			}, labelled("b", "other"), seen("1")),
		},
		{
			says: "the newer lists are as far behind", source: "Atlassian RFC-127: eventual consistency", only: "Cloud", knob: "IndexLagWrites",
			turn: func(k *Knobs) { k.IndexLagWrites = 1 },
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{
				{call: "GET /rest/software/1.0/sprint/{s}/issue", gives: 200, facts: map[string]string{"issues.#": "0"}},
				{call: "GET /rest/software/1.0/sprint/{s}/issue?reconcileIssues={a}", gives: 200, facts: map[string]string{"issues.#": "1"}},
				{call: "GET /rest/agile/1.0/sprint/{s}/issue", gives: 200, facts: map[string]string{"issues.#": "1"}},
			}),
		},
		{
			says: "a search may be behind by time", source: docsSearch + ": eventual consistency", only: "Cloud", knob: "IndexLag", turn: func(k *Knobs) { k.IndexLag = time.Hour },
			script: scripts(anIssue("a", "Story"), labelled("a", "fresh"), seen("0")),
		},
		{
			says: "a search is not behind by time", source: "the simulated site's default", only: "Cloud", knob: "IndexLag",
			script: scripts(anIssue("a", "Story"), labelled("a", "fresh"), seen("1")),
		},
		{
			says: "what was found stays found", source: "the simulated site's default", only: "Cloud", knob: "IndexVanish",
			script: scripts(anIssue("a", "Story"), labelled("a", "fresh"), seen("1"), seen("1"), seen("1")),
		},
		{
			says: "what was found may vanish for a moment", source: "seen by clients' tests on real sites", only: "Cloud", knob: "IndexVanish", turn: func(k *Knobs) { k.IndexVanish = 2 },
			script: scripts(anIssue("a", "Story"), labelled("a", "fresh"), seen("1"), seen("0"), seen("1"), seen("0"), []exchange{
				{call: "GET /rest/api/2/issue/{a}", gives: 200},
			}),
		},
	}
}
