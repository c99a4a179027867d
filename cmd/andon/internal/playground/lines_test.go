package playground_test

import (
	"strings"
	"testing"

	"andon/cmd/andon/internal/playground"
	"andon/jira/jiratest"
)

func TestWhatEventsAreCalled(t *testing.T) {
	t.Parallel()
	issue := &jiratest.Issue{Key: "SHOP-1", Summary: "Pay"}
	change := func(items ...jiratest.Item) *jiratest.Change { return &jiratest.Change{Items: items} }
	item := func(field, from, to string) jiratest.Item {
		return jiratest.Item{Field: field, FromString: &from, ToString: &to}
	}
	for _, tt := range []struct {
		name string
		e    jiratest.Event
		want string
	}{
		{"an issue", jiratest.Event{Name: "jira:issue_created", Issue: issue}, `created SHOP-1 "Pay"`},
		{"a deletion", jiratest.Event{Name: "jira:issue_deleted", Issue: issue}, "deleted SHOP-1"},
		{"labels", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("labels", "a b", "b c"))}, "put the label c on SHOP-1, took the label a off SHOP-1"},
		{"a move", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("resolution", "", "Done"), item("status", "To Do", "Done"))}, "moved SHOP-1 from To Do to Done as Done"},
		{"into a sprint", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("Sprint", "One", "One, Two"))}, "put SHOP-1 into Two"},
		{"out of a sprint", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("Sprint", "One, Two", "One"))}, "put SHOP-1 back into the backlog"},
		{"out of all sprints", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("Sprint", "Two", ""))}, "put SHOP-1 back into the backlog"},
		{"nothing of interest", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(item("summary", "a", "b"))}, ""},
		{"a change without words", jiratest.Event{Name: "jira:issue_updated", Issue: issue, Change: change(jiratest.Item{Field: "status"})}, "moved SHOP-1 from  to "},
		{"a comment", jiratest.Event{Name: "comment_created", Issue: issue, Comment: &jiratest.Comment{Body: "[~accountid:712020:sm]\nh3. *Hello*\nmore"}}, "commented on SHOP-1: Hello"},
		{"a long comment", jiratest.Event{Name: "comment_created", Issue: issue, Comment: &jiratest.Comment{Body: strings.Repeat("x", 300)}}, "commented on SHOP-1: " + strings.Repeat("x", 119) + "…"},
		{"an empty comment", jiratest.Event{Name: "comment_created", Issue: issue, Comment: &jiratest.Comment{}}, "commented on SHOP-1: "},
		{"a sprint", jiratest.Event{Name: "sprint_created", Sprint: &jiratest.Sprint{Name: "S"}}, `created sprint "S"`},
		{"a start", jiratest.Event{Name: "sprint_started", Sprint: &jiratest.Sprint{Name: "S"}}, `started sprint "S"`},
		{"an end", jiratest.Event{Name: "sprint_closed", Sprint: &jiratest.Sprint{Name: "S"}}, `closed sprint "S"`},
		{"a cancellation", jiratest.Event{Name: "sprint_closed", Sprint: &jiratest.Sprint{Name: "S", Goal: "CANCELLED by X: g"}}, `cancelled sprint "S"`},
		{"a deleted sprint", jiratest.Event{Name: "sprint_deleted", Sprint: &jiratest.Sprint{Name: "S"}}, `deleted sprint "S"`},
		{"a renamed sprint", jiratest.Event{Name: "sprint_updated", Sprint: &jiratest.Sprint{Name: "S"}}, ""},
		{"a property", jiratest.Event{Name: "issue_property_set", Property: "andon"}, ""},
	} {
		l, ok := playground.Tell(tt.e, func(string) string { return "Andon" })
		if l.Text != tt.want || ok != (tt.want != "") || ok && (!l.Andon || l.Who != "Andon") {
			t.Errorf("%s: %q, %t, by %q", tt.name, l.Text, ok, l.Who)
		}
	}
}
