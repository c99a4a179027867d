package jiratest

const (
	docsGet        = docsPlatform + ", Get issue"
	docsEdit       = docsPlatform + ", Edit issue"
	docsTransition = docsPlatform + ", Transition issue"
)

// aboutReading is how an issue is shown.
func aboutReading() []behaviour {
	return []behaviour{
		{
			says: "an issue is found by key and by id, with all fields", source: docsGet,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "GET /rest/api/2/issue/{aKey}", gives: 200, facts: map[string]string{"id": `"{a}"`, "fields.creator": "*", "fields.comment.total": "0", "fields.subtasks.#": "0"}},
				{call: "GET /rest/api/2/issue/{a}?fields=labels,status", gives: 200, facts: map[string]string{"fields.#": "2", "fields.status.statusCategory.key": `"new"`, "fields.labels.#": "0"}},
				{call: "GET /rest/api/2/issue/{a}?fields=*all,-comment", gives: 200, facts: map[string]string{"fields.comment": "absent", "fields.summary": "*"}},
			}),
		},
		{
			says: "a sub-task is shown thin inside its parent", source: recorded,
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), labelled("b", "x"), []exchange{
				{
					call: "GET /rest/api/2/issue/{a}", gives: 200,
					facts: map[string]string{"fields.subtasks.0.key": `"{bKey}"`, "fields.subtasks.0.fields.issuetype.subtask": "true", "fields.subtasks.0.fields.labels": "absent",
						"fields.subtasks.0.fields.status.statusCategory.key": `"new"`, "fields.subtasks.0.fields.resolution": "absent"},
				},
				{call: "GET /rest/api/2/issue/{b}", gives: 200, facts: map[string]string{"fields.parent.key": `"{aKey}"`, "fields.labels.0": `"x"`}},
			}),
		},
		{
			says: "a story under an epic has a parent too", source: docsGet + ": parent", only: "Cloud",
			script: scripts(anIssue("e", "Epic"), []exchange{
				{
					call: "POST /rest/api/2/issue", gives: 201, keep: map[string]string{"a": "id"},
					body: `{"fields":{"project":{"key":"{project}"},"issuetype":{"name":"Story"},"summary":"x","parent":{"key":"{eKey}"}}}`,
				},
				{call: "GET /rest/api/2/issue/{a}", gives: 200, facts: map[string]string{"fields.parent.key": `"{eKey}"`, "fields.issuetype.subtask": "false"}},
				{call: "GET /rest/api/2/issue/{e}", gives: 200, facts: map[string]string{"fields.subtasks.#": "0"}},
			}),
		},
		{
			says: "the Sprint field is a list of objects", source: recorded, only: "Cloud",
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{{
				call: "GET /rest/api/2/issue/{a}", gives: 200,
				facts: map[string]string{"fields.{sprintField}.0.id": "{s}", "fields.{sprintField}.0.state": `"future"`, "fields.{sprintField}.0.boardId": "{board}", "fields.{sprintField}.0.goal": `"goal"`},
			}}),
		},
		{
			says: "the Sprint field is a list of strings", source: recorded, only: "Data Center",
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{{
				call: "GET /rest/api/2/issue/{a}", gives: 200, text: "com.atlassian.greenhopper.service.sprint.Sprint@", facts: map[string]string{"fields.{sprintField}.#": "1"},
			}, {
				call: "GET /rest/api/2/issue/{a}", gives: 200, text: "[id={s},rapidViewId={board},state=FUTURE,name=Conformance s,",
			}}),
		},
		{
			says: "Agile REST shows one open sprint as an object in both products", source: docsAgile + ", Get issue",
			script: scripts(anIssue("a", "Story"), aSprint("s"), into("s", "a"), []exchange{
				{call: "GET /rest/agile/1.0/issue/{aKey}", gives: 200, facts: map[string]string{"fields.sprint.id": "{s}", "fields.sprint.state": `"future"`, "id": `"{a}"`}},
				{call: "GET /rest/agile/1.0/issue/{hidden}", gives: 404},
			}),
		},
		{
			says: "addresses of people are shown", source: docsGet, only: "Cloud", knob: "HideEmails",
			script: scripts(anIssue("a", "Story"), []exchange{{call: "GET /rest/api/2/issue/{a}", as: "admin", gives: 200, facts: map[string]string{"fields.creator.emailAddress": `"{userMail}"`}}}),
		},
		{
			says: "addresses of people may be hidden", source: "Atlassian, profile visibility", only: "Cloud", knob: "HideEmails", turn: func(k *Knobs) { k.HideEmails = true },
			script: scripts(anIssue("a", "Story"), []exchange{{
				call: "GET /rest/api/2/issue/{a}", as: "admin", gives: 200,
				facts: map[string]string{"fields.creator.emailAddress": "absent", "fields.creator.accountId": `"{user}"`, "fields.creator.name": "absent"},
			}}),
		},
	}
}

// aboutEditing is how an issue is changed.
func aboutEditing() []behaviour {
	return []behaviour{
		{
			says: "labels are added and removed on Jira's side, others stay", source: docsEdit + ": update",
			script: scripts(anIssue("a", "Story"), labelled("a", "one"), labelled("a", "two"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}", body: `{"update":{"labels":[{"remove":"one"},{"add":"three"}]}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=labels", gives: 200, facts: map[string]string{"fields.labels": `["three","two"]`}},
			}),
		},
		{
			says: "setting the field replaces all labels", source: docsEdit + ": fields",
			script: scripts(anIssue("a", "Story"), labelled("a", "one"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"labels":["two"]}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=labels", gives: 200, facts: map[string]string{"fields.labels": `["two"]`}},
			}),
		},
		{
			says: "adding what is there and removing what is not changes nothing", source: recorded,
			script: scripts(anIssue("a", "Story"), labelled("a", "one"), labelled("a", "one"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}", body: `{"update":{"labels":[{"remove":"never"}]}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"fields.labels": `["one"]`, "changelog.total": "1"}},
			}),
		},
		{
			says: "labels tell upper from lower case", source: "Atlassian, labels",
			script: scripts(anIssue("a", "Story"), labelled("a", "Disaster"), labelled("a", "disaster"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?fields=labels", gives: 200, facts: map[string]string{"fields.labels.#": "2"}},
			}),
		},
		{
			says: "one bad part spoils the whole edit", source: docsEdit,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"summary":"new"},"update":{"labels":[{"add":"two words"}]}}`, gives: 400, facts: map[string]string{"errors.labels": "*"}},
				{call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"summary":"new","status":{"id":"10002"}}}`, gives: 400, facts: map[string]string{"errors.status": "*"}},
				{call: "GET /rest/api/2/issue/{a}?fields=summary", gives: 200, facts: map[string]string{"fields.summary": `"Conformance a"`}},
			}),
		},
		{
			says: "who may not edit is refused", source: docsEdit + ", 403", knob: "EditDenied",
			script: scripts(anIssue("a", "Story"), withoutRight("EDIT_ISSUES"), []exchange{{call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"summary":"x"}}`, gives: 403}}),
		},
		{
			says: "who may not edit may be told that no field is known", source: "unconfirmed: EditDenied", knob: "EditDenied", turn: func(k *Knobs) { k.EditDenied = 400 },
			script: scripts(anIssue("a", "Story"), withoutRight("EDIT_ISSUES"), []exchange{{
				call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"summary":"x"}}`, gives: 400,
				facts: map[string]string{"errors.summary": `"Field 'summary' cannot be set. It is not on the appropriate screen, or unknown."`},
			}}),
		},
		{
			says: "mail can be kept back by those who run the project, others are not heard", source: docsEdit + ", notifyUsers", only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}?notifyUsers=false", body: `{"fields":{"summary":"x"}}`, gives: 204},
				{as: "admin", call: "PUT /rest/api/2/issue/{a}?notifyUsers=false", body: `{"fields":{"summary":"y"}}`, gives: 204},
			}),
		},
		{
			says: "mail can be kept back by those who run the project, others are refused", source: docsDC + ", Edit issue, notifyUsers", only: "Data Center",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}?notifyUsers=false", body: `{"fields":{"summary":"x"}}`, gives: 403},
				{as: "admin", call: "PUT /rest/api/2/issue/{a}?notifyUsers=false", body: `{"fields":{"summary":"y"}}`, gives: 204},
			}),
		},
	}
}

// aboutTransitions is how an issue gets its status.
func aboutTransitions() []behaviour {
	resolved := exchange{call: "GET /rest/api/2/issue/{a}?fields=resolution", gives: 200, facts: map[string]string{"fields.resolution.name": `"Done"`}}
	return []behaviour{
		{
			says: "transitions tell where they lead", source: docsPlatform + ", Get transitions", only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{{
				call: "GET /rest/api/2/issue/{a}/transitions", gives: 200,
				facts: map[string]string{"transitions.#": "3", "transitions.2.to.statusCategory.key": `"done"`, "transitions.2.id": `"31"`, "transitions.2.isAvailable": "true"},
			}}),
		},
		{
			says: "transitions tell where they lead", source: docsDC + ", Get transitions", only: "Data Center",
			script: scripts(anIssue("a", "Story"), []exchange{{
				call: "GET /rest/api/2/issue/{a}/transitions", gives: 200,
				facts: map[string]string{"transitions.#": "3", "transitions.2.to.statusCategory.key": `"done"`, "transitions.2.isAvailable": "absent"},
			}}),
		},
		{
			says: "who may not transition finds none, and is refused", source: docsTransition,
			script: scripts(anIssue("a", "Story"), withoutRight("TRANSITION_ISSUES"), []exchange{
				{call: "GET /rest/api/2/issue/{a}/transitions", gives: 200, facts: map[string]string{"transitions.#": "0"}},
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"31"}}`, gives: 400},
			}),
		},
		{
			says: "done sets the resolution, and the way back clears it", source: "Atlassian, simplified workflow", knob: "DoneSetsResolution",
			script: scripts(anIssue("a", "Story"), done("a"), []exchange{
				resolved,
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"11"}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=resolution,status", gives: 200, facts: map[string]string{"fields.resolution": "null", "fields.status.statusCategory.key": `"new"`}},
			}),
		},
		{
			says: "done may leave an issue unresolved", source: "Atlassian, resolutions are set by the workflow", knob: "DoneSetsResolution",
			turn: func(k *Knobs) { k.DoneSetsResolution = false },
			script: scripts(anIssue("a", "Story"), done("a"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?fields=resolution,status", gives: 200, facts: map[string]string{"fields.resolution": "null", "fields.status.statusCategory.key": `"done"`}},
			}),
		},
		{
			says: "a resolution can be given with the transition", source: docsTransition,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Won't Do"}}}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=resolution", gives: 200, facts: map[string]string{"fields.resolution.name": `"Won't Do"`}},
			}),
		},
		{
			says: "an unknown transition and fields off its screen are refused", source: docsTransition,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"999"}}`, gives: 400},
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{}`, gives: 400},
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"31"},"fields":{"labels":["x"]}}`, gives: 400, facts: map[string]string{"errors.labels": "*"}},
				{call: "POST /rest/api/2/issue/{a}/transitions", body: `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Nonsense"}}}`, gives: 400},
			}),
		},
	}
}

// aboutDeletion is how an issue goes.
func aboutDeletion() []behaviour {
	const docs = docsPlatform + ", Delete issue"
	return []behaviour{
		{
			says: "an issue is deleted by those who may", source: docs,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "DELETE /rest/api/2/issue/{a}", gives: 403},
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}", gives: 204},
				{as: "admin", call: "GET /rest/api/2/issue/{a}", gives: 404},
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}", gives: 404},
			}),
		},
		{
			says: "sub-tasks hold up the deletion unless they go too", source: docs + ", deleteSubtasks",
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), []exchange{
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}", gives: 400},
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}?deleteSubtasks=true", gives: 204},
				{as: "admin", call: "GET /rest/api/2/issue/{b}", gives: 404},
			}),
		},
		{
			says: "a deleted sub-task leaves no trace in its parent", source: docs,
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), []exchange{
				{as: "admin", call: "DELETE /rest/api/2/issue/{b}", gives: 204},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"fields.subtasks.#": "0", "changelog.total": "0"}},
			}),
		},
	}
}
