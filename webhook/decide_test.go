package webhook

import (
	"slices"
	"strings"
	"testing"
)

// issueEvent builds a payload in the form that Jira sends.
func issueEvent(name, fields, changelog string) string {
	body := `{"timestamp":1550351530065,"webhookEvent":"` + name + `","user":{"accountId":"5c5f","displayName":"A"},` +
		`"issue":{"id":"10040","self":"https://jira.example/rest/api/2/issue/10040","key":"SHOP-41","fields":{` + fields + `}}`
	if changelog != "" {
		body += `,"changelog":` + changelog
	}
	return body + `}`
}

func items(each ...string) string { return `{"id":"1","items":[` + strings.Join(each, ",") + `]}` }

func item(field, from, to string) string {
	return `{"field":"` + field + `","fieldtype":"jira","fieldId":"` + field + `","from":null,"fromString":"` + from + `","to":null,"toString":"` + to + `"}`
}

const (
	inShop    = `"labels":[],"project":{"id":"10000","key":"SHOP"}`
	labelled  = `"labels":["ui","disaster"],"project":{"id":"10000","key":"SHOP"}`
	lookalike = `"labels":["no-disaster","disasters","Disaster"],"project":{"id":"10000","key":"SHOP"},"summary":"disaster"`
	updated   = "jira:issue_updated"
	created   = "jira:issue_created"
	deleted   = "jira:issue_deleted"
)

// verdict is what becomes of an event while SHOP is watched, and while nothing is. Board 7 is known to be SHOP's, board 8 BLOG's.
type verdict struct{ name, body, watched, unwatched string }

func verdicts() []verdict {
	return slices.Concat(updateVerdicts(), issueVerdicts(), planningVerdicts(), otherVerdicts())
}

func updateVerdicts() []verdict {
	status := items(item("status", "To Do", "Done"))
	return []verdict{
		{"an issue is created", issueEvent(created, inShop, ""), "202 project:SHOP 10040", "204"},
		{"an issue is created with a label", issueEvent(created, labelled, ""), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"an issue is created with labels that only look alike", issueEvent(created, lookalike, ""), "202 project:SHOP 10040", "204"},
		{"a sub-task is created", issueEvent(created, inShop+`,"parent":{"id":"10001","key":"SHOP-1","fields":{"summary":"x"}}`, ""), "202 project:SHOP 10040 10001", "204"},
		{"an issue is deleted", issueEvent(deleted, inShop, ""), "202 project:SHOP 10040", "204"},
		{"a labelled issue is deleted", issueEvent(deleted, labelled, ""), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"the status changes", issueEvent(updated, inShop, status), "202 project:SHOP 10040", "204"},
		{"the status of a labelled issue changes", issueEvent(updated, labelled, status), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"a field that matters by each name", issueEvent(updated, inShop, items(item("Sprint", "", "S 1"))), "202 project:SHOP 10040", "204"},
		{"a field never heard of", issueEvent(updated, inShop, items(item("QA Steps", "", "x"))), "202 project:SHOP 10040", "204"},
		{"the label is added", issueEvent(updated, labelled, items(item("labels", "ui", "ui disaster"))), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"the label is removed", issueEvent(updated, inShop, items(item("labels", "ui disaster", "ui"))), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"another label is added", issueEvent(updated, `"labels":["x"],"project":{"key":"SHOP"}`, items(item("labels", "no-disaster", "x"))), "202 project:SHOP 10040", "204"},
		{"Data Center's item has no fieldId", issueEvent(updated, inShop, `{"items":[{"field":"labels","fromString":"disaster","toString":""}]}`), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"an item known by its fieldId only", issueEvent(updated, inShop, `{"items":[{"field":"Stichwörter","fieldId":"labels","fromString":"disaster","toString":null}]}`), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"a comment, on Data Center", issueEvent(updated, labelled, ""), "204", "204"},
		{"an empty changelog", issueEvent(updated, labelled, items()), "204", "204"},
		{"a changelog that is null", issueEvent(updated, labelled, `null`), "204", "204"},
		{"a changelog whose items are null", issueEvent(updated, labelled, `{"items":null}`), "204", "204"},
		{"only the rank", issueEvent(updated, labelled, items(item("Rank", "", "Ranked higher"))), "204", "204"},
		{"only an attachment", issueEvent(updated, labelled, items(item("Attachment", "", "a.png"))), "204", "204"},
		{"only time tracking", issueEvent(updated, inShop, items(item("timespent", "", "60"), item("WorklogId", "", "1"), item("timeestimate", "", "9"))), "204", "204"},
		{"an attachment and the status", issueEvent(updated, inShop, items(item("Attachment", "", "a.png"), item("status", "a", "b"))), "202 project:SHOP 10040", "204"},
		{"a changelog of unknown form", issueEvent(updated, inShop, `[1]`), "202 project:SHOP 10040", "204"},
		{"items of unknown form", issueEvent(updated, inShop, `{"items":{"a":1}}`), "202 project:SHOP 10040", "204"},
		{"an item of unknown form", issueEvent(updated, inShop, `{"items":["status"]}`), "202 project:SHOP 10040", "204"},
		{"an issue moves into the watched project", issueEvent(updated, inShop, items(item("project", "Blog", "Shop"), item("Key", "BLOG-3", "SHOP-41"))), "202 project:SHOP 10040; project:BLOG 10040", "204"},
		{"an issue moves out of the watched project", issueEvent(updated, `"labels":[],"project":{"key":"BLOG"}`, items(item("Key", "SHOP-3", "BLOG-41"))), "202 project:BLOG 10040; project:SHOP 10040", "204"},
		{"a labelled issue moves", issueEvent(updated, `"labels":["disaster"],"project":{"key":"AAA"}`, items(item("Key", "BBB-3", "AAA-1"))), "202 project:AAA 10040; project:BBB 10040", "202 project:AAA 10040; project:BBB 10040"},
	}
}

func issueVerdicts() []verdict {
	status := items(item("status", "To Do", "Done"))
	return []verdict{
		{"a very old server sends no project", issueEvent(updated, `"labels":[]`, status), "202 project:SHOP 10040", "204"},
		{"a project without a key", issueEvent(updated, `"labels":[],"project":{"id":1}`, status), "202 project:SHOP 10040", "204"},
		{"an issue without fields", `{"webhookEvent":"jira:issue_deleted","issue":{"id":10040,"key":"SHOP-41"}}`, "202 project:SHOP 10040", "204"},
		{"ids as numbers", `{"webhookEvent":"jira:issue_created","issue":{"id":10040,"key":"SHOP-41","fields":{"parent":{"id":7}}}}`, "202 project:SHOP 10040 7", "204"},
		{"ids that are none", `{"webhookEvent":"jira:issue_created","issue":{"id":"1;FLUSHALL","key":"SHOP-41","fields":{"parent":{"id":-7}}}}`, "202 project:SHOP", "204"},
		{"ids of 20 digits", `{"webhookEvent":"jira:issue_created","issue":{"id":"12345678901234567890","key":"SHOP-41"}}`, "202 project:SHOP", "204"},
		{"a labelled issue whose project cannot be told", `{"webhookEvent":"jira:issue_created","issue":{"id":"5","key":"?","fields":{"labels":["disaster"]}}}`, "202 issue:5", "202 issue:5"},
		{"a labelled issue that cannot be told at all", `{"webhookEvent":"jira:issue_created","issue":{"fields":{"labels":["disaster"]}}}`, "204", "204"},
		{"a project key that is none", `{"webhookEvent":"jira:issue_created","issue":{"id":"5","key":"x","fields":{"labels":["disaster"],"project":{"key":"SHOP:*"}}}}`, "202 issue:5", "202 issue:5"},
		{"an issue that is a list", `{"webhookEvent":"jira:issue_created","issue":[1]}`, "204", "204"},
		{"an issue event without issue", `{"webhookEvent":"jira:issue_created"}`, "204", "204"},
		{"labels of unknown form", issueEvent(created, `"labels":{"disaster":1}`, ""), "202 project:SHOP 10040", "204"},
		{"a label in an escape", issueEvent(created, `"labels":["dis\u0061ster"]`, ""), "202 project:SHOP 10040", "202 project:SHOP 10040"},
		{"the first of two members counts", `{"webhookEvent":"jira:issue_deleted","webhookEvent":"user_created","issue":{"key":"SHOP-1","key":"BLOG-1","id":1,"id":2}}`, "202 project:SHOP 1", "204"},

		{"an issue property is set", `{"webhookEvent":"issue_property_set","issue":{"id":10040,"key":"SHOP-41"},"property":{"key":"andon"}}`, "202 project:SHOP 10040", "204"},
		{"an issue property of another project", `{"webhookEvent":"issue_property_deleted","issue":{"id":10040,"key":"BLOG-41"}}`, "204", "204"},
		{"an issue property with the issue's id only", `{"webhookEvent":"issue_property_set","issue":{"id":10040}}`, "204", "204"},
	}
}

func planningVerdicts() []verdict {
	return []verdict{
		{"a sprint of the watched project", `{"webhookEvent":"sprint_started","sprint":{"id":1,"originBoardId":7}}`, "202 project:SHOP", "204"},
		{"a sprint of another project", `{"webhookEvent":"sprint_created","sprint":{"id":1,"originBoardId":8}}`, "204", "204"},
		{"a sprint of an unknown board", `{"webhookEvent":"sprint_updated","sprint":{"id":1,"originBoardId":9},"oldValue":{"originBoardId":7}}`, "202 board:9", "202 board:9"},
		{"a board id in quotes", `{"webhookEvent":"sprint_closed","sprint":{"originBoardId":"9"}}`, "202 board:9", "202 board:9"},
		{"a sprint before the event's name", `{"sprint":{"originBoardId":7},"webhookEvent":"sprint_deleted"}`, "202 project:SHOP", "204"},
		{"a sprint without board", `{"webhookEvent":"sprint_deleted","sprint":{"id":1}}`, "202 sweep", "202 sweep"},
		{"a sprint with a board that is none", `{"webhookEvent":"sprint_deleted","sprint":{"originBoardId":-1}}`, "202 sweep", "202 sweep"},
		{"a sprint event without sprint", `{"webhookEvent":"sprint_closed"}`, "202 sweep", "202 sweep"},
		{"a board larger than Jira can count", `{"webhookEvent":"sprint_closed","sprint":{"originBoardId":9999999999999999999}}`, "202 board:9999999999999999999", "202 board:9999999999999999999"},

		{"a board is created", `{"webhookEvent":"board_created","board":{"id":7,"type":"scrum"}}`, "202 board:7", "202 board:7"},
		{"a board's configuration changes", `{"webhookEvent":"board_configuration_changed","configuration":{"id":8,"location":{"key":"BLOG"}}}`, "202 board:8", "202 board:8"},
		{"a board without id is updated", `{"webhookEvent":"board_updated","board":{}}`, "202 sweep", "202 sweep"},
		{"a board of the watched project is deleted", `{"webhookEvent":"board_deleted","board":{"id":7}}`, "202 project:SHOP", "204"},
		{"a board said to be in the watched project is deleted", `{"webhookEvent":"board_deleted","board":{"id":99,"location":{"projectKey":"SHOP"}}}`, "202 project:SHOP", "204"},
		{"an unknown board is deleted", `{"webhookEvent":"board_deleted","board":{"id":99}}`, "204", "204"},
		{"a board without id is deleted", `{"webhookEvent":"board_deleted","board":{}}`, "204", "204"},
		{"a board that cannot be counted is deleted", `{"webhookEvent":"board_deleted","board":{"id":9999999999999999999}}`, "204", "204"},
	}
}

func otherVerdicts() []verdict {
	return []verdict{
		{"the watched project is changed", `{"webhookEvent":"project_updated","project":{"id":1,"key":"SHOP"}}`, "202 project:SHOP", "204"},
		{"the watched project is archived", `{"webhookEvent":"project_archived","project":{"id":1,"key":"SHOP"}}`, "202 project:SHOP", "204"},
		{"another project is deleted", `{"webhookEvent":"project_soft_deleted","project":{"id":1,"key":"BLOG"}}`, "204", "204"},
		{"a project that is none", `{"webhookEvent":"project_deleted","project":"SHOP"}`, "204", "204"},

		{"a comment", `{"webhookEvent":"comment_created","comment":{"id":"1"},"issue":{"id":"1","key":"SHOP-1","fields":{"project":{"key":"SHOP"}}}}`, "204", "204"},
		{"a work log", `{"webhookEvent":"worklog_updated","worklog":{"issueId":"1"}}`, "204", "204"},
		{"a link", `{"webhookEvent":"issuelink_created","issueLink":{"id":1}}`, "204", "204"},
		{"a user", `{"webhookEvent":"user_created","user":{"key":"SHOP"}}`, "204", "204"},
		{"an event of tomorrow", `{"webhookEvent":"jira:sprint_undone","issue":{"key":"SHOP-1"}}`, "204", "204"},
		{"no event at all", `{}`, "204", "204"},
		{"an event's name that is no text", `{"webhookEvent":{"a":"jira:issue_created"},"issue":{"key":"SHOP-1"}}`, "204", "204"},
	}
}

func TestWhatBecomesOfAnEvent(t *testing.T) {
	t.Parallel()
	boards := map[int64]string{7: "SHOP", 8: "BLOG"}
	watched := newRig(t, testConfig(), fakeKnown{watched: []string{"SHOP"}, boards: boards})
	unwatched := newRig(t, testConfig(), fakeKnown{boards: boards})
	for _, tt := range verdicts() {
		if got := watched.post(tt.body); got != tt.watched {
			t.Errorf("%s, SHOP is watched: got %q, want %q", tt.name, got, tt.watched)
		}
		if got := unwatched.post(tt.body); got != tt.unwatched {
			t.Errorf("%s, nothing is watched: got %q, want %q", tt.name, got, tt.unwatched)
		}
		// A large payload passes the byte search first, which must not change anything.
		if got := watched.post(pad(tt.body)); tt.body != "{}" && got != tt.watched {
			t.Errorf("%s, large, SHOP is watched: got %q, want %q", tt.name, got, tt.watched)
		}
		if got := unwatched.post(pad(tt.body)); tt.body != "{}" && got != tt.unwatched {
			t.Errorf("%s, large, nothing is watched: got %q, want %q", tt.name, got, tt.unwatched)
		}
	}
}

func TestEveryFieldThatCannotMatterIsNamedOnce(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"rank", "RANK", "Attachment", "comment", "TimeSpent", "timeestimate", "timeoriginalestimate", "worklogid", "WorklogTimeSpent"} {
		if !idle([]byte(field)) {
			t.Errorf("%s counts as a change", field)
		}
	}
	for _, field := range []string{"", "labels", "status", "resolution", "Sprint", "Parent", "issuetype", "project", "Key", "summary", "assignee", "security", "Link", "description", "Rank 2"} {
		if idle([]byte(field)) {
			t.Errorf("%s does not count as a change", field)
		}
	}
}

func TestProjectKeys(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"A", "SHOP", "R2D2", "A_B", "Shop", "A" + strings.Repeat("B", 254)} {
		if projectKey([]byte(good)) != good || projectOfKey([]byte(good+"-12")) != good {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{"", "shop", "1A", "_A", "A B", "A:B", "A-B", "Ä", "A\n", "A*", "A\x00", "A" + strings.Repeat("B", 255)} {
		if got := projectKey([]byte(bad)); got != "" {
			t.Errorf("%q is taken as %q", bad, got)
		}
	}
	for _, bad := range []string{"", "-", "-1", "SHOP", "SHOP-", "SHOP-x", "SHOP-1x", "SHOP-1-x", "SHOP-" + strings.Repeat("1", 20), "a-1"} {
		if got := projectOfKey([]byte(bad)); got != "" {
			t.Errorf("issue key %q gives project %q", bad, got)
		}
	}
}
