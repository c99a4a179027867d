package jiratest

import "strings"

const (
	docsLog      = docsPlatform + ", Get changelogs"
	docsProperty = docsPlatform + ", Set issue property"
)

// aboutHistory is the changelog: who did what.
func aboutHistory() []behaviour {
	return append(aboutHistoryByProduct(), []behaviour{
		{
			says: "a change of labels has the whole sets, with blanks between, and its author", source: recorded,
			script: scripts(anIssue("a", "Story"), labelled("a", "one"), []exchange{
				{as: "admin", call: "PUT /rest/api/2/issue/{a}", body: `{"update":{"labels":[{"add":"two"}]}}`, gives: 204},
				{as: "admin", call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"labels":[]}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"fromString":"","to":null,"toString":"one"`},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"fromString":"one","to":null,"toString":"one two"`},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"fromString":"one two","to":null,"toString":""`},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"The admin"`},
			}),
		},
		{
			says: "labels from the creation have no entry; the creator is known", source: recorded,
			script: []exchange{
				{
					call: "POST /rest/api/2/issue", gives: 201, keep: map[string]string{"a": "id"},
					body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"},"summary":"x","labels":["disaster"]}}`,
				},
				{
					call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200,
					facts: map[string]string{"changelog.histories.#": "0", "fields.labels.0": `"disaster"`, "fields.creator.displayName": `"{userName}"`},
				},
			},
		},
		{
			says: "a change of the Sprint field has ids and names, and empty strings for none", source: recorded,
			script: scripts(anIssue("a", "Story"), aSprint("s"), aSprint("n"), into("s", "a"), turned("s", "active"), turned("s", "closed"), into("n", "a"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"from":"","fromString":"","to":"{s}","toString":"Conformance s"`},
				{
					call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200,
					text: `"from":"{s}","fromString":"Conformance s","to":"{s}, {n}","toString":"Conformance s, Conformance n"`,
				},
			}),
		},
		{
			says: "a change of status has the ids of both", source: recorded,
			script: scripts(anIssue("a", "Story"), done("a"), []exchange{{
				call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"from":"10000","fromString":"To Do","to":"10002","toString":"Done"`,
			}}),
		},
		{
			says: "properties and comments are in no changelog", source: docsLog,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `{"a":1}`, gives: 201},
				{call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":"x"}`, gives: 201},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"changelog.total": "0"}},
			}),
		},
	}...)
}

func aboutHistoryByProduct() []behaviour {
	three := scripts(anIssue("a", "Story"), labelled("a", "one"), labelled("a", "two"), labelled("a", "three"))
	return []behaviour{
		{
			says: "the changelog has a resource of its own, oldest first", source: docsLog, only: "Cloud", knob: "ChangelogCap",
			script: scripts(three, []exchange{
				{
					call: "GET /rest/api/2/issue/{a}/changelog", gives: 200,
					facts: map[string]string{"total": "3", "isLast": "true", "maxResults": "100", "values.0.items.0.toString": `"one"`, "values.0.items.0.fieldId": `"labels"`,
						"values.0.items.0.from": "null", "values.0.author.accountId": `"{user}"`, "nextPage": "absent"},
				},
				{call: "GET /rest/api/2/issue/{a}/changelog?startAt=1&maxResults=1", gives: 200, facts: map[string]string{"values.#": "1", "isLast": "false", "nextPage": "*"}},
				{call: "GET /rest/api/2/issue/{a}/changelog?maxResults=1000", gives: 200, facts: map[string]string{"maxResults": "100"}},
			}),
		},
		{
			says: "expanded, the changelog is newest first and may be cut", source: recorded, only: "Cloud", knob: "ChangelogCap",
			turn: func(k *Knobs) { k.ChangelogCap = 2 },
			script: scripts(three, []exchange{
				{
					call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, text: `"toString":"one three two"`,
					facts: map[string]string{"changelog.total": "3", "changelog.histories.#": "2", "changelog.histories.1.items.0.fromString": `"one"`},
				},
				{call: "GET /rest/api/2/issue/{a}/changelog", gives: 200, facts: map[string]string{"values.#": "2", "isLast": "false", "values.0.items.0.toString": `"one"`}},
			}),
		},
		{
			says: "expanded, the changelog is whole and oldest first; it has no resource", source: docsDC + ", Get issue", only: "Data Center",
			script: scripts(three, []exchange{
				{
					call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200,
					facts: map[string]string{"changelog.histories.#": "3", "changelog.histories.0.items.0.toString": `"one"`, "changelog.histories.0.items.0.fieldId": "absent",
						"changelog.histories.0.author.key": `"{user}"`},
				},
				{call: "GET /rest/api/2/issue/{a}/changelog", gives: 404},
			}),
		},
		{
			says: "the changelogs of several issues are fetched at once, with epoch dates", source: docsPlatform + ", Bulk fetch changelogs", only: "Cloud",
			script: scripts(three, anIssue("b", "Story"), done("b"), []exchange{
				{
					call: "POST /rest/api/2/changelog/bulkfetch", body: `{"issueIdsOrKeys":["{aKey}","{b}"],"fieldIds":["labels"]}`, gives: 200,
					facts: map[string]string{"issueChangeLogs.#": "1", "issueChangeLogs.0.issueId": `"{a}"`, "issueChangeLogs.0.changeHistories.#": "3", "nextPageToken": "absent"},
				},
				{
					call: "POST /rest/api/2/changelog/bulkfetch", body: `{"issueIdsOrKeys":["{aKey}","{b}"],"maxResults":3}`, gives: 200,
					facts: map[string]string{"issueChangeLogs.#": "1"}, keep: map[string]string{"next": "nextPageToken"},
				},
				{
					call: "POST /rest/api/2/changelog/bulkfetch", body: `{"issueIdsOrKeys":["{aKey}","{b}"],"maxResults":3,"nextPageToken":"{next}"}`, gives: 200,
					facts: map[string]string{"issueChangeLogs.0.issueId": `"{b}"`, "nextPageToken": "absent"},
				},
				{call: "POST /rest/api/2/changelog/bulkfetch", body: `{"issueIdsOrKeys":[]}`, gives: 400},
			}),
		},
		{
			says: "Data Center cannot fetch changelogs in bulk", source: docsDC + ": not among the resources", only: "Data Center",
			script: scripts(three, []exchange{{call: "POST /rest/api/2/changelog/bulkfetch", body: `{"issueIdsOrKeys":["{a}"]}`, gives: 404}}),
		},
	}
}

// aboutProperties are entity properties.
func aboutProperties() []behaviour {
	at := func(size int) string { return `"` + strings.Repeat("x", size-2) + `"` }
	return []behaviour{
		{
			says: "a property is created, replaced as a whole, listed and deleted", source: docsProperty,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "GET /rest/api/2/issue/{a}/properties/conformance", gives: 404},
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `{"one":1}`, gives: 201},
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `{"two":2}`, gives: 200},
				{call: "GET /rest/api/2/issue/{a}/properties/conformance", gives: 200, facts: map[string]string{"value.one": "absent", "value.two": "2", "key": `"conformance"`}},
				{call: "GET /rest/api/2/issue/{a}/properties", gives: 200, facts: map[string]string{"keys.#": "1"}},
				{call: "DELETE /rest/api/2/issue/{a}/properties/conformance", gives: 204},
				{call: "DELETE /rest/api/2/issue/{a}/properties/conformance", gives: 404},
			}),
		},
		{
			says: "a property holds 32768 characters at most", source: docsProperty,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: at(32768), gives: 201},
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: at(32769), gives: 400},
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `{`, gives: 400},
			}),
		},
		{
			says: "a key holds 255 bytes at most", source: docsProperty,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/properties/" + strings.Repeat("k", 255), body: `1`, gives: 201},
				{call: "PUT /rest/api/2/issue/{a}/properties/" + strings.Repeat("k", 256), body: `1`, gives: 400},
			}),
		},
		{
			says: "who may not edit the issue reads its properties and does not write them", source: docsProperty,
			script: scripts(anIssue("a", "Story"), []exchange{{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `1`, gives: 201}}, withoutRight("EDIT_ISSUES"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `2`, gives: 403},
				{call: "DELETE /rest/api/2/issue/{a}/properties/conformance", gives: 403},
				{call: "GET /rest/api/2/issue/{a}/properties/conformance", gives: 200, facts: map[string]string{"value": "1"}},
			}),
		},
		{
			says: "any editor overwrites what another one has written", source: docsProperty + ": no condition, the last writer wins",
			script: scripts(anIssue("a", "Story"), []exchange{
				{as: "admin", call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `"mine"`, gives: 201, heads: map[string]string{"ETag": "absent"}},
				{call: "PUT /rest/api/2/issue/{a}/properties/conformance", body: `"forged"`, gives: 200},
				{as: "admin", call: "GET /rest/api/2/issue/{a}/properties/conformance", gives: 200, facts: map[string]string{"value": `"forged"`}},
			}),
		},
		{
			says: "properties of a project are written by those who run it", source: docsPlatform + ", Set project property",
			script: []exchange{
				{call: "PUT /rest/api/2/project/{project}/properties/conformance", body: `{"a":1}`, gives: 403},
				{as: "admin", call: "PUT /rest/api/2/project/{project}/properties/conformance", body: `{"a":1}`, gives: 201},
				{call: "GET /rest/api/2/project/{projectId}/properties/conformance", gives: 200, facts: map[string]string{"value.a": "1"}},
				{call: "GET /rest/api/2/project/HIDE/properties/conformance", gives: 404},
			},
		},
	}
}
