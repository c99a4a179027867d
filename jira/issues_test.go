package jira

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const cloudIssue = `{"id":"10040","key":"TES-41","self":"https://api.atlassian.com/ex/jira/1/rest/api/2/issue/10040","fields":{
 "project":{"id":"10000","key":"TES","simplified":false},
 "issuetype":{"id":"10001","name":"Story","subtask":false,"hierarchyLevel":0},
 "summary":"Checkout is down","description":"since *noon*","labels":["disaster","sad"],
 "status":{"id":"10001","name":"In Arbeit","statusCategory":{"id":4,"key":"indeterminate"}},
 "resolution":{"id":"10000","name":"Done"},
 "creator":{"accountId":"a1","displayName":"Ann","active":true,"accountType":"atlassian"},
 "reporter":{"accountId":"557058:b2","displayName":"Bob","active":"true","accountType":"app"},
 "assignee":null,"created":"2026-02-16T13:12:10.037-0800","updated":"2026-02-17T00:00:00.000+0100",
 "parent":{"id":"10001","key":"TES-1","fields":{"summary":"Epic","status":{"name":"Open","statusCategory":{"key":"new"}},"issuetype":{"id":"7","name":"Epic","subtask":false,"hierarchyLevel":1}}},
 "subtasks":[{"id":"10050","key":"TES-50","fields":{"summary":"Root cause","status":{"id":"3","name":"Fertig","statusCategory":{"key":"done"}},"issuetype":{"id":"10003","name":"Subtask","subtask":true}}}],
 "issuelinks":[
  {"id":"1","type":{"id":"10","name":"Blocks","inward":"is blocked by","outward":"blocks"},"outwardIssue":{"id":"10060","key":"TES-60","fields":{"summary":"Other","status":{"name":"Open","statusCategory":{"key":"new"}},"issuetype":{"id":"2","name":"Bug"}}}},
  {"id":"2","type":{"id":"10","name":"Blocks","inward":"is blocked by","outward":"blocks"},"inwardIssue":{"id":"10061","key":"TES-61"}}]},
 "properties":{"andon":{"v":1}}}`

func TestAnIssueIsReadWhole(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/issue/TES-41", ok(cloudIssue))
	got, err := j.client().Issue(t.Context(), "TES-41", IssueQuery{Properties: []string{"andon", "other"}})
	noError(t, err)
	blocks := LinkType{ID: "10", Name: "Blocks", Inward: "is blocked by", Outward: "blocks"}
	equal(t, "issue", Issue{
		ID: "10040", Key: "TES-41", ProjectID: "10000", ProjectKey: "TES",
		Type: IssueType{ID: "10001", Name: "Story"}, Summary: "Checkout is down", Description: "since *noon*",
		Labels: []string{"disaster", "sad"}, Status: Status{"10001", "In Arbeit", "indeterminate"},
		Resolution: &Resolution{"10000", "Done"},
		Creator:    &User{AccountID: "a1", DisplayName: "Ann", Active: true, AccountType: "atlassian"},
		Reporter:   &User{AccountID: "557058:b2", DisplayName: "Bob", Active: true, AccountType: "app"},
		Created:    moment(t, "2026-02-16T21:12:10.037Z"), Updated: moment(t, "2026-02-16T23:00:00Z"),
		Parent:   &IssueRef{"10001", "TES-1", "Epic", Status{"", "Open", "new"}, IssueType{"7", "Epic", false, 1}},
		Subtasks: []IssueRef{{"10050", "TES-50", "Root cause", Status{"3", "Fertig", "done"}, IssueType{"10003", "Subtask", true, 0}}},
		Links: []Link{
			{ID: "1", Type: blocks, Outward: true, Other: IssueRef{"10060", "TES-60", "Other", Status{"", "Open", "new"}, IssueType{"2", "Bug", false, 0}}},
			{ID: "2", Type: blocks, Other: IssueRef{ID: "10061", Key: "TES-61"}},
		},
		Properties: map[string]json.RawMessage{"andon": json.RawMessage(`{"v":1}`)},
	}, got)
	equal(t, "done", true, got.Subtasks[0].Status.Done())
	equal(t, "not done", false, got.Status.Done())
	j.wantCalls("GET /rest/api/2/issue/TES-41?fields=" + strings.Join(issueFields(), "%2C") + "&properties=andon%2Cother")
}

func TestOnlyTheFieldsAskedForAreRead(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/issue/1", ok(`{"id":"1","key":"A-1","fields":{"labels":[]}}`))
	got, err := j.client().Issue(t.Context(), "1", IssueQuery{Fields: []string{"labels"}})
	noError(t, err)
	equal(t, "issue", Issue{ID: "1", Key: "A-1", Labels: []string{}}, got)
	j.wantCalls("GET /rest/api/2/issue/1?fields=labels")
}

func TestKeysAndIDsThatCouldBendThePathAreRefused(t *testing.T) {
	j := newFake(t, Cloud)
	c := j.client()
	for _, bad := range []string{"", "A-1?fields=x#", "../../secure", "A-1/comment", "A 1", "A-", "-1", "1.5", "A-1\n", "А-1", "%2e%2e", strings.Repeat("9", 30), strings.Repeat("A", 300) + "-1"} {
		_, err := c.Issue(t.Context(), bad, IssueQuery{})
		e := wantKind(t, err, KindInvalid)
		equal(t, "Executed", ExecutedNo, e.Executed)
		wantKind(t, c.Transition(t.Context(), bad, "1", nil), KindInvalid)
		wantKind(t, c.Link(t.Context(), LinkType{ID: "1"}, "1", bad), KindInvalid)
		wantKind(t, c.Link(t.Context(), LinkType{ID: "1"}, bad, "1"), KindInvalid)
		refused, err := c.MoveToBacklog(t.Context(), []string{bad})
		noError(t, err)
		equal(t, "refused", 1, len(refused))
	}
	for _, bad := range []string{"", "A-1", "../A", "A/role", "A?x", "Ä"} {
		_, err := c.Project(t.Context(), bad)
		wantKind(t, err, KindInvalid)
		_, err = c.Boards(t.Context(), bad)
		wantKind(t, err, KindInvalid)
	}
	for _, bad := range []string{"", ".", "..", "a/b", "a\nb", " a", strings.Repeat("k", 256)} {
		_, _, err := c.IssueProperty(t.Context(), "1", bad)
		wantKind(t, err, KindInvalid)
		wantKind(t, c.SetIssueProperty(t.Context(), "1", bad, 1), KindInvalid)
	}
	for _, bad := range []int64{0, -1} {
		_, err := c.Sprint(t.Context(), bad)
		wantKind(t, err, KindInvalid)
		_, err = c.SprintIssues(t.Context(), bad)
		wantKind(t, err, KindInvalid)
		_, err = c.MoveToSprint(t.Context(), bad, []string{"1"})
		wantKind(t, err, KindInvalid)
		wantKind(t, c.AssignPermissionScheme(t.Context(), "A", min(bad, -1)), KindInvalid)
	}
	wantKind(t, c.Transition(t.Context(), "1", "x", nil), KindInvalid)
	j.wantCalls()
}

func TestOddPropertyKeysAreEscaped(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/issue/1/properties/a b?c#d%2e", ok(`{"key":"a b?c#d%2e","value":1}`))
	_, found, err := j.client().IssueProperty(t.Context(), "1", "a b?c#d%2e")
	noError(t, err)
	equal(t, "found", true, found)
}

// change is one history entry as Jira writes it.
func change(id int, at, author, field, from, to string) string {
	return fmt.Sprintf(`{"id":"%d","author":{"accountId":%q},"created":%q,"items":[{"field":%q,"fieldtype":"jira","fieldId":%q,"from":null,"fromString":%q,"to":null,"toString":%q}]}`,
		id, author, at, field, field, from, to)
}

func changelog(start, total int, histories ...string) string {
	return fmt.Sprintf(`{"startAt":%d,"maxResults":100,"total":%d,"histories":[%s]}`, start, total, strings.Join(histories, ","))
}

func changesPage(start, total int, last bool, values ...string) string {
	return fmt.Sprintf(`{"startAt":%d,"maxResults":100,"total":%d,"isLast":%t,"values":[%s]}`, start, total, last, strings.Join(values, ","))
}

func ids(changes []Change) string {
	var out []string
	for _, c := range changes {
		out = append(out, c.ID)
	}
	return strings.Join(out, " ")
}

func TestAHistoryIsCompleteAndOldestFirst(t *testing.T) {
	first := change(101, "2026-01-01T10:00:00.000+0000", "po", "labels", "", "disaster")
	second := change(102, "2026-01-01T11:30:00.000+0100", "dev", "labels", "disaster", "")
	third := change(103, "2026-01-01T10:30:00.000+0000", "po", "labels", "", "disaster") // the same moment as the second
	const issue = "GET /rest/api/2/issue/10001"
	const pages = "GET /rest/api/2/issue/10001/changelog"
	body := func(log string) reply { return ok(`{"id":"10001","key":"A-1","fields":{},"changelog":` + log + `}`) }
	tests := []struct {
		name    string
		flavour Flavour
		issue   reply
		pages   []reply
		want    string
		fails   Kind
	}{
		{"Cloud, newest first, all there", Cloud, body(changelog(0, 3, third, second, first)), nil, "101 102 103", ""},
		{"Data Center, oldest first", DataCenter, body(changelog(0, 3, first, second, third)), nil, "101 102 103", ""},
		{"no change yet", Cloud, body(changelog(0, 0)), nil, "", ""},
		{"Cloud, cut: paged", Cloud, body(changelog(0, 3, third)),
			[]reply{ok(changesPage(0, 3, false, first, second)), ok(changesPage(2, 3, true, third))}, "101 102 103", ""},
		{"Cloud, no changelog at all: paged", Cloud, ok(`{"id":"10001"}`), []reply{ok(changesPage(0, 1, true, first))}, "101", ""},
		{"Cloud, no total: paged", Cloud, body(`{"histories":[` + first + `]}`), []reply{ok(changesPage(0, 1, true, first))}, "101", ""},
		{"Cloud, grows while it is read", Cloud, body(changelog(0, 9, third)),
			[]reply{ok(changesPage(0, 2, false, first, second)), ok(changesPage(2, 3, true, third))}, "101 102 103", ""},
		{"Cloud, paging fails", Cloud, body(changelog(0, 3, third)), []reply{fails(403, "")}, "", KindForbidden},
		{"Cloud, pages end early", Cloud, body(changelog(0, 3, third)), []reply{ok(changesPage(0, 3, true, first)), ok(changesPage(1, 3, true))}, "", KindTooManyPages},
		{"Data Center, cut", DataCenter, body(changelog(0, 3, first)), nil, "", KindTooManyPages},
		{"Data Center, none", DataCenter, ok(`{"id":"10001"}`), nil, "", KindTooManyPages},
		{"Data Center, starts in the middle", DataCenter, body(changelog(1, 1, third)), nil, "", KindTooManyPages},
		{"a change without a time", Cloud, body(`{"startAt":0,"total":1,"histories":[{"id":"1","items":[]}]}`), nil, "", KindMalformed},
		{"a change with an unreadable time", Cloud, body(`{"startAt":0,"total":1,"histories":[{"id":"1","created":"noon"}]}`), nil, "", KindMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, tt.flavour).on(issue, tt.issue)
			if tt.pages != nil {
				j.on(pages, tt.pages...)
			}
			got, err := j.client().Issue(t.Context(), "10001", IssueQuery{History: true})
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
				equal(t, "no half issue", Issue{}, got)
				return
			}
			noError(t, err)
			equal(t, "order", tt.want, ids(got.History))
			if got.History == nil {
				t.Error("a history that was asked for is nil")
			}
		})
	}
}

func TestAChangeTellsWhoAndWhat(t *testing.T) {
	const log = `{"startAt":0,"total":3,"histories":[
	 {"id":1,"author":{"accountId":"po","displayName":"Pat","accountType":"atlassian","active":true},"created":"2026-01-01T10:00:00.000+0000","items":[
	  {"field":"Sprint","fieldtype":"custom","fieldId":"customfield_10020","from":"38","fromString":"EE, Sprint 28","to":"38, 40","toString":"EE, Sprint 28, EE Sprint 29"},
	  {"field":"status","from":10000,"fromString":"To Do","to":"10001","toString":"Done"}]},
	 {"id":"2","author":{"name":"old","key":"JIRAUSER1","displayName":"Old"},"created":"2026-01-02T10:00:00.000+0000","items":[]},
	 {"id":"3","created":"2026-01-03T10:00:00.000+0000","items":[{"field":"labels","from":null,"fromString":null,"to":null,"toString":"a b"}]}]}`
	j := newFake(t, DataCenter).on("GET /rest/api/2/issue/1", ok(`{"id":"1","changelog":`+log+`}`))
	got, err := j.client().Issue(t.Context(), "1", IssueQuery{History: true})
	noError(t, err)
	equal(t, "history", []Change{
		{ID: "1", Author: &User{AccountID: "po", DisplayName: "Pat", Active: true, AccountType: "atlassian"}, Created: moment(t, "2026-01-01T10:00:00Z"), Items: []ChangeItem{
			{Field: "Sprint", FieldID: "customfield_10020", From: "38", FromString: "EE, Sprint 28", To: "38, 40", ToString: "EE, Sprint 28, EE Sprint 29"},
			{Field: "status", From: "10000", FromString: "To Do", To: "10001", ToString: "Done"},
		}},
		{ID: "2", Author: &User{Key: "JIRAUSER1", Name: "old", DisplayName: "Old"}, Created: moment(t, "2026-01-02T10:00:00Z")},
		{ID: "3", Created: moment(t, "2026-01-03T10:00:00Z"), Items: []ChangeItem{{Field: "labels", ToString: "a b"}}},
	}, got.History)
}
