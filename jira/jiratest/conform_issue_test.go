package jiratest

import "strings"

const docsCreate = docsPlatform + ", Create issue"

// aboutTypes is how one finds the types and fields of issues.
func aboutTypes() []behaviour {
	return []behaviour{
		{
			says: "a project names its types, and which of them are sub-tasks", source: docsPlatform + ", Get project", knob: "SubtasksOff",
			script: []exchange{{
				call: "GET /rest/api/2/project/{project}", gives: 200, text: `"subtask":true`,
				facts: map[string]string{"issueTypes.#": "5", "issueTypes.0.id": "*", "key": `"{project}"`, "id": `"{projectId}"`},
			}},
		},
		{
			says: "with sub-tasks switched off there is no such type", source: "Atlassian, Disable sub-tasks", knob: "SubtasksOff",
			turn: func(k *Knobs) { k.SubtasksOff = true },
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "GET /rest/api/2/project/{project}", gives: 200, facts: map[string]string{"issueTypes.#": "4"}},
				{
					call: "POST /rest/api/2/issue", gives: 400, facts: map[string]string{"errors.issuetype": "*"},
					body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Sub-task"},"parent":{"key":"{aKey}"},"summary":"x"}}`,
				},
			}),
		},
		{
			says: "types have a place in the hierarchy, and can be asked for by it", source: docsPlatform + ", Get issue types for project", only: "Cloud",
			script: []exchange{{
				call: "GET /rest/api/2/issuetype/project?projectId={projectId}&level=-1", gives: 200,
				facts: map[string]string{"#": "1", "0.subtask": "true", "0.hierarchyLevel": "-1"},
			}},
		},
		{
			says: "a team-managed project says that it is one", source: docsPlatform + ", Get project", only: "Cloud",
			script: []exchange{
				{call: "GET /rest/api/2/project/TEAM", gives: 200, facts: map[string]string{"simplified": "true", "style": `"next-gen"`}},
				{call: "GET /rest/api/2/project/{project}", gives: 200, facts: map[string]string{"simplified": "false", "style": `"classic"`}},
			},
		},
		{
			says: "what can be created is told under issueTypes and fields", source: docsPlatform + ", Get create metadata issue types", only: "Cloud",
			script: []exchange{
				{call: "GET /rest/api/2/issue/createmeta/{project}/issuetypes", gives: 200, facts: map[string]string{"issueTypes.#": "5", "total": "5", "values": "absent"}, keep: map[string]string{"type": "issueTypes.1.id"}},
				{call: "GET /rest/api/2/issue/createmeta/{project}/issuetypes/{type}", gives: 200, text: `"fieldId":"summary"`, facts: map[string]string{"fields.0.required": "*"}},
				{call: "GET /rest/api/2/issue/createmeta/{project}/issuetypes?maxResults=201", gives: 400, text: "Parameter 'maxResults' must not exceed the limit '200'"},
			},
		},
		{
			says: "what can be created is told under values", source: docsDC + ", createmeta", only: "Data Center",
			script: []exchange{
				{call: "GET /rest/api/2/issue/createmeta/{project}/issuetypes", gives: 200, facts: map[string]string{"values.#": "5", "issueTypes": "absent"}, keep: map[string]string{"type": "values.1.id"}},
				{call: "GET /rest/api/2/issue/createmeta/{project}/issuetypes/{type}", gives: 200, facts: map[string]string{"values.0.fieldId": "*", "fields": "absent"}},
				{call: "GET /rest/api/2/issue/createmeta?projectKeys={project}", gives: 404},
			},
		},
		{
			says: "the Sprint field is found by its kind", source: recorded,
			script: []exchange{{call: "GET /rest/api/2/field", gives: 200, text: `"custom":"com.pyxis.greenhopper.jira:gh-sprint"`}},
		},
		{
			says: "the categories of statuses are four, with fixed keys", source: recorded,
			script: []exchange{{
				call: "GET /rest/api/2/statuscategory", gives: 200,
				facts: map[string]string{"#": "4", "0.key": `"undefined"`, "1.key": `"new"`, "2.key": `"indeterminate"`, "3.key": `"done"`, "3.id": "3", "1.id": "2"},
			}},
		},
	}
}

// aboutCreation are new issues.
func aboutCreation() []behaviour {
	return []behaviour{
		{
			says: "an issue is created with labels and properties, and names itself", source: docsCreate,
			script: []exchange{
				{
					call: "POST /rest/api/2/issue", gives: 201, facts: map[string]string{"id": "*", "key": "*", "self": "*"}, keep: map[string]string{"a": "id"},
					body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"},"summary":"x","description":"*wiki*","labels":["one","two"]},"properties":[{"key":"conformance","value":{"v":1}}]}`,
				},
				{
					call: "GET /rest/api/2/issue/{a}?properties=conformance&expand=changelog", gives: 200,
					facts: map[string]string{"fields.labels": `["one","two"]`, "properties.conformance.v": "1", "changelog.total": "0", "fields.description": `"*wiki*"`, "fields.resolution": "null"},
				},
			},
		},
		{
			says: "project, type and summary are needed", source: docsCreate,
			script: []exchange{
				{call: "POST /rest/api/2/issue", body: `{"fields":{}}`, gives: 400, facts: map[string]string{"errors.project": "*"}},
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"{project}"}}}`, gives: 400, facts: map[string]string{"errors.issuetype": "*"}},
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"}}}`, gives: 400, facts: map[string]string{"errors.summary": "*"}},
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"HIDE"},"issuetype":{"name":"Bug"},"summary":"x"}}`, gives: 400, facts: map[string]string{"errors.project": "*"}},
			},
		},
		{
			says: "a field that nobody knows is refused by name", source: docsCreate,
			script: []exchange{{
				call: "POST /rest/api/2/issue", gives: 400,
				body:  `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"},"summary":"x","customfield_99999":1}}`,
				facts: map[string]string{"errors.customfield_99999": `"Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown."`},
			}},
		},
		{
			says: "a sub-task needs a parent in its own project, and has no sub-tasks itself", source: docsCreate,
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), []exchange{
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Sub-task"},"summary":"x"}}`, gives: 400},
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"{bKey}"}}}`, gives: 400},
				{call: "POST /rest/api/2/issue", body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"{hidden}"}}}`, gives: 400},
				{call: "GET /rest/api/2/issue/{a}", gives: 200, facts: map[string]string{"fields.subtasks.#": "1", "fields.subtasks.0.id": `"{b}"`}},
			}),
		},
		{
			says: "a label has no blank in it", source: docsCreate,
			script: []exchange{{
				call: "POST /rest/api/2/issue", gives: 400, facts: map[string]string{"errors.labels": "*"},
				body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"},"summary":"x","labels":["two words"]}}`,
			}},
		},
		{
			says: "who may not create issues is refused", source: docsCreate,
			script: scripts(withoutRight("CREATE_ISSUES"), []exchange{{
				call: "POST /rest/api/2/issue", gives: 403, body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Bug"},"summary":"x"}}`,
			}}),
		},
	}
}

// bulk is a body of several new issues by their summaries.
func bulk(summaries ...string) string {
	var all []string
	for _, s := range summaries {
		all = append(all, `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Task"},"summary":"`+s+`"}}`)
	}
	return `{"issueUpdates":[` + strings.Join(all, ",") + `]}`
}

// aboutBulkCreation is the creation of several issues at once.
func aboutBulkCreation() []behaviour {
	const docs = docsPlatform + ", Bulk create issue"
	return []behaviour{
		{
			says: "several issues are created at once", source: docs,
			script: []exchange{{call: "POST /rest/api/2/issue/bulk", body: bulk("a", "b"), gives: 201, facts: map[string]string{"issues.#": "2", "errors.#": "0"}}},
		},
		{
			says: "one success is a success: the failed ones are told by their number", source: docs,
			script: []exchange{{
				call: "POST /rest/api/2/issue/bulk", body: bulk("a", "", "c"), gives: 201,
				facts: map[string]string{"issues.#": "2", "errors.#": "1", "errors.0.failedElementNumber": "1", "errors.0.status": "400", "errors.0.elementErrors.errors.summary": "*"},
			}},
		},
		{
			says: "nothing but failures is a failure in the same shape", source: docs,
			script: []exchange{{
				call: "POST /rest/api/2/issue/bulk", body: bulk("", ""), gives: 400, facts: map[string]string{"issues.#": "0", "errors.#": "2", "errors.1.failedElementNumber": "1"},
			}},
		},
		{
			says: "fifty at most are created at once", source: docs + ": up to 50 issues",
			script: []exchange{
				{call: "POST /rest/api/2/issue/bulk", body: bulk(strings.Split(strings.Repeat("x,", 50)+"x", ",")...), gives: 400},
				{call: "POST /rest/api/2/issue/bulk", body: bulk(strings.Split(strings.Repeat("x,", 49)+"x", ",")...), gives: 201, facts: map[string]string{"issues.#": "50"}},
			},
		},
	}
}
