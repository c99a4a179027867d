package jiratest

import (
	"fmt"
	"strings"
)

const docsMove = docsAgile + ", Move issues to sprint and rank"

// manyIDs is a body that names so many issues.
func manyIDs(n int) string {
	var keys []string
	for i := range n {
		keys = append(keys, fmt.Sprintf(`"%d"`, 90000+i))
	}
	return `{"issues":[` + strings.Join(keys, ",") + `]}`
}

// aboutMoves are issues on their way into and out of sprints.
func aboutMoves() []behaviour {
	return append(append(aboutMovingIn(), aboutMovingOut()...), aboutMovingBadly()...)
}

func aboutMovingIn() []behaviour {
	return []behaviour{
		{
			says: "issues go into a future and an active sprint, by key or id", source: docsMove,
			script: scripts(anIssue("a", "Story"), anIssue("b", "Bug"), aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{aKey}","{b}"]}`, gives: 204},
				{call: "GET /rest/agile/1.0/sprint/{s}/issue", gives: 200, facts: map[string]string{"total": "2"}},
			}, anIssue("c", "Task"), turned("s", "active"), into("s", "c"), []exchange{
				{call: "GET /rest/agile/1.0/issue/{c}", gives: 200, facts: map[string]string{"fields.sprint.id": "{s}", "fields.sprint.state": `"active"`}},
			}),
		},
		{
			says: "nothing goes into a closed sprint", source: docsMove,
			script: scripts(anIssue("a", "Story"), aSprint("s"), turned("s", "active"), turned("s", "closed"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{aKey}"]}`, gives: 400},
			}),
		},
		{
			says: "an issue is in one open sprint at a time, and keeps the closed ones", source: recorded + ": closed sprints accumulate",
			script: scripts(anIssue("a", "Story"), aSprint("s"), aSprint("n"), aSprint("o"), into("s", "a"), turned("s", "active"), turned("s", "closed"), into("n", "a"), into("o", "a"), []exchange{
				{
					call: "GET /rest/agile/1.0/issue/{a}", gives: 200,
					facts: map[string]string{"fields.sprint.id": "{o}", "fields.closedSprints.#": "1", "fields.closedSprints.0.id": "{s}"},
				},
			}),
		},
		{
			says: "sub-tasks follow their parent into a sprint", source: "Atlassian, sub-tasks and sprints",
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), into("s", "a"), []exchange{
				{call: "GET /rest/agile/1.0/issue/{b}", gives: 200, facts: map[string]string{"fields.sprint.id": "{s}"}},
				{call: "GET /rest/agile/1.0/sprint/{s}/issue", gives: 200, facts: map[string]string{"total": "2"}},
			}),
		},
		{
			says: "a sub-task cannot be moved by itself", source: "unconfirmed: SubtaskMove", knob: "SubtaskMove",
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{bKey}"]}`, gives: 400},
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{"issues":["{bKey}"]}`, gives: 400},
			}),
		},
		{
			says: "moving a sub-task by itself does nothing", source: "unconfirmed: SubtaskMove", knob: "SubtaskMove", turn: func(k *Knobs) { k.SubtaskMove = 204 },
			script: scripts(anIssue("a", "Story"), aSubtask("b", "a"), aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{bKey}"]}`, gives: 204},
				{call: "GET /rest/agile/1.0/issue/{b}", gives: 200, facts: map[string]string{"fields.sprint": "null"}},
			}),
		},
	}
}

func aboutMovingOut() []behaviour {
	return []behaviour{
		{
			says: "the backlog takes issues out of future and active sprints, not out of closed ones", source: docsAgile + ", Move issues to backlog",
			script: scripts(anIssue("a", "Story"), aSprint("s"), aSprint("n"), into("s", "a"), turned("s", "active"), turned("s", "closed"), into("n", "a"), []exchange{
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{"issues":["{aKey}"]}`, gives: 204},
				{call: "GET /rest/agile/1.0/issue/{a}", gives: 200, facts: map[string]string{"fields.sprint": "null", "fields.closedSprints.0.id": "{s}"}},
			}),
		},
		{
			says: "what is in the backlog already stays there", source: docsAgile + ", Move issues to backlog",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{"issues":["{aKey}"]}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?expand=changelog", gives: 200, facts: map[string]string{"changelog.total": "0"}},
			}),
		},
		{
			says: "a board has a backlog of its own, which ranks", source: docsAgile + ", Move issues to backlog for board", only: "Cloud",
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), aSprint("s"), into("s", "b"), []exchange{
				{call: "POST /rest/agile/1.0/backlog/{board}/issue", body: `{"issues":["{bKey}"],"rankBeforeIssue":"{aKey}"}`, gives: 204},
				{call: "GET /rest/agile/1.0/board/{board}/backlog", gives: 200, facts: map[string]string{"issues.0.id": `"{b}"`, "issues.1.id": `"{a}"`}},
			}),
		},
		{
			says: "an issue that cannot be ranked gives a 207", source: docsAgile + ", Move issues to backlog for board", only: "Cloud", knob: "RankUnavailable",
			turn: func(k *Knobs) { k.RankUnavailable = []string{"CONF-2"} },
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{{
				call: "POST /rest/agile/1.0/backlog/{board}/issue", body: `{"issues":["{aKey}","{bKey}"],"rankAfterIssue":"{aKey}"}`, gives: 207,
				text: `"status":503`,
			}}),
		},
		{
			says: "issues are ranked before and after others", source: docsAgile + ", Rank issues", knob: "RankUnavailable",
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{call: "PUT /rest/agile/1.0/issue/rank", body: `{"issues":["{bKey}"],"rankBeforeIssue":"{aKey}"}`, gives: 204},
				{call: "GET /rest/agile/1.0/board/{board}/issue", gives: 200, facts: map[string]string{"issues.0.id": `"{b}"`}},
				{call: "PUT /rest/agile/1.0/issue/rank", body: `{"issues":["{bKey}"],"rankAfterIssue":"{aKey}"}`, gives: 204},
				{call: "GET /rest/agile/1.0/board/{board}/issue", gives: 200, facts: map[string]string{"issues.0.id": `"{a}"`}},
			}),
		},
		{
			says: "Data Center has no backlog of a board", source: docsDC + ": not among the resources", only: "Data Center",
			script: scripts(anIssue("a", "Story"), []exchange{{call: "POST /rest/agile/1.0/backlog/{board}/issue", body: `{"issues":["{aKey}"]}`, gives: 404}}),
		},
	}
}

func aboutMovingBadly() []behaviour {
	return []behaviour{
		{
			says: "fifty issues at most are moved at once", source: docsMove + ": 50 issues",
			script: scripts(aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: manyIDs(51), gives: 400, text: "50"},
				{call: "POST /rest/agile/1.0/backlog/issue", body: manyIDs(51), gives: 400, text: "50"},
				{call: "PUT /rest/agile/1.0/issue/rank", body: strings.TrimSuffix(manyIDs(51), "}") + `,"rankBeforeIssue":"90000"}`, gives: 400, text: "50"},
			}),
		},
		{
			says: "at least one issue has to be named", source: docsMove,
			script: scripts(aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":[]}`, gives: 400},
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{}`, gives: 400},
			}),
		},
		{
			says: "one unknown issue spoils the whole move", source: "unconfirmed: IssueUnknown", knob: "IssueUnknown",
			script: scripts(anIssue("a", "Story"), aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{aKey}","{project}-99999"]}`, gives: 400},
				{call: "GET /rest/agile/1.0/issue/{a}", gives: 200, facts: map[string]string{"fields.sprint": "null"}},
			}),
		},
		{
			says: "an unknown issue may be another status", source: "unconfirmed: IssueUnknown", knob: "IssueUnknown", turn: func(k *Knobs) { k.IssueUnknown = 404 },
			script: scripts(aSprint("s"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{project}-99999"]}`, gives: 404},
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{"issues":["{hidden}"]}`, gives: 404},
			}),
		},
	}
}

// aboutSprintRights is who may do what with a sprint. The place's scheme is
// changed by REST, so that this too needs nothing but calls.
func aboutSprintRights() []behaviour {
	const text = `You need the \"Manage Sprints\" or \"Start/complete sprints\" permission for all projects in the origin board to manage this sprint.`
	return []behaviour{
		{
			says: "who may not manage sprints may not touch them", source: "Atlassian KB 779159087; statuses: unconfirmed: SprintDenied", knob: "SprintDenied",
			script: scripts(aSprint("s"), withoutRight("MANAGE_SPRINTS_PERMISSION"), []exchange{
				{call: "POST /rest/agile/1.0/sprint", body: `{"name":"x","originBoardId":{board}}`, gives: 403, text: text},
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"x"}`, gives: 403, text: text},
				{call: "DELETE /rest/agile/1.0/sprint/{s}", gives: 403, text: text},
				{call: "PUT /rest/agile/1.0/sprint/{s}/properties/x", body: `1`, gives: 403},
				{call: "GET /rest/agile/1.0/sprint/{s}", gives: 200},
			}),
		},
		{
			says: "the refusal may have another status", source: "unconfirmed: SprintDenied", knob: "SprintDenied", turn: func(k *Knobs) { k.SprintDenied = 400 },
			script: scripts(aSprint("s"), withoutRight("MANAGE_SPRINTS_PERMISSION"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"active"}`, gives: 400, text: text},
			}),
		},
		{
			says: "an administrator of Jira is refused like everybody", source: "Atlassian KB 779159087",
			script: scripts(aSprint("s"), withoutRight("MANAGE_SPRINTS_PERMISSION"), []exchange{
				{as: "admin", call: "POST /rest/agile/1.0/sprint/{s}", body: `{"goal":"x"}`, gives: 403},
			}),
		},
		{
			says: "sprints can be filled without managing them", source: docsMove + ": Schedule Issues and Edit Issues",
			script: scripts(anIssue("a", "Story"), aSprint("s"), withoutRight("MANAGE_SPRINTS_PERMISSION"), into("s", "a")),
		},
		{
			says: "who may not schedule can neither fill sprints nor manage them", source: docsMove + "; Atlassian KB 779159087",
			script: scripts(anIssue("a", "Story"), aSprint("s"), withoutRight("SCHEDULE_ISSUES"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{aKey}"]}`, gives: 403},
				{call: "POST /rest/agile/1.0/backlog/issue", body: `{"issues":["{aKey}"]}`, gives: 403},
				{call: "POST /rest/agile/1.0/sprint/{s}", body: `{"state":"active"}`, gives: 403},
			}),
		},
		{
			says: "who may not edit issues cannot fill sprints, but manage them", source: docsMove,
			script: scripts(anIssue("a", "Story"), aSprint("s"), withoutRight("EDIT_ISSUES"), []exchange{
				{call: "POST /rest/agile/1.0/sprint/{s}/issue", body: `{"issues":["{aKey}"]}`, gives: 403},
			}, turned("s", "active")),
		},
	}
}

// withoutRight gives the project a copy of its scheme that lacks a permission.
func withoutRight(permission string) []exchange {
	var grants []string
	for _, p := range []string{"BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "SCHEDULE_ISSUES", "TRANSITION_ISSUES", "MANAGE_SPRINTS_PERMISSION",
		"ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS", "LINK_ISSUES", "ASSIGN_ISSUES", "ASSIGNABLE_USER", "DELETE_ISSUES"} {
		if p != permission {
			grants = append(grants, `{"permission":"`+p+`","holder":{"type":"applicationRole"}}`)
		}
	}
	return []exchange{
		{
			as: "admin", call: "POST /rest/api/2/permissionscheme", gives: 201, keep: map[string]string{"scheme": "id"},
			body: `{"name":"Conformance without ` + permission + `","permissions":[` + strings.Join(grants, ",") + `]}`,
		},
		{as: "admin", call: "PUT /rest/api/2/project/{project}/permissionscheme", body: `{"id":{scheme}}`, gives: 200},
	}
}
