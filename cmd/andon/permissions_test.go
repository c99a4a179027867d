package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"andon/jira/jiratest"
	"andon/rules"
)

// humble gives andon's account exactly the rights that andon says it needs, less some.
func humble(t *testing.T, f jiratest.Flavour, less ...string) *world {
	t.Helper()
	w := newWorld(t, f)
	w.must(w.jira.RemoveFromGroup(jiratest.GroupAdmins, "andon@example.com"))
	people := []string{"po@example.com", "sm@example.com", "dev@example.com", "lead@example.com"}
	for _, p := range []string{jiratest.DeleteIssues, jiratest.TransitionIssues, jiratest.AssignIssues, jiratest.CloseIssues, jiratest.ResolveIssues,
		jiratest.ModifyReporter, jiratest.MoveIssues, jiratest.EditAllComments, jiratest.DeleteAllComments, jiratest.DeleteOwnComments, jiratest.ManageWatchers,
		jiratest.ViewWatchers, jiratest.BulkChange} {
		w.must(w.jira.SetPermission("SHOP", p, people...))
	}
	for _, r := range rules.Rights() {
		holders := people
		if !slices.Contains(less, r.Key) {
			holders = append(slices.Clone(people), "andon@example.com")
		}
		w.must(w.jira.SetPermission("SHOP", r.Key, holders...))
	}
	w.boot()
	return w
}

// becomes is what comes of a declaration, and of a sprint that was created afterwards.
func (w *world) becomes() string {
	w.t.Helper()
	issue := w.seed.Issues[5]
	w.must(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	w.settle()
	id, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, "Habit")
	w.must(err)
	w.settle()
	s, _ := w.jira.Sprint(w.seed.ActiveSprint)
	_, habit := w.jira.Sprint(id)
	said := 0
	stale := true
	for _, c := range w.comments(issue) {
		said++
		stale = stale && !(strings.HasPrefix(c, "h3.") && strings.Contains(c, "Habit"))
	}
	return fmt.Sprintf("sprint %s, %d tasks, told %v, new sprint stays %v, stale %v", s.State, len(w.jira.Subtasks(issue)), said > 0, habit, stale)
}

// The rights that a rehearsal asks for and the runbook lists are enough, and none of them
// is asked for in vain.
func TestEachRightThatAndonAsksForIsNeededAndNoOther(t *testing.T) {
	t.Parallel()
	// Link Issues is needed only where tasks cannot be sub-tasks.
	want := map[string]string{
		"":                          "sprint closed, 9 tasks, told true, new sprint stays false, stale false",
		"BROWSE_PROJECTS":           "sprint active, 0 tasks, told false, new sprint stays true, stale true",
		"EDIT_ISSUES":               "sprint active, 0 tasks, told true, new sprint stays true, stale true",
		"MANAGE_SPRINTS_PERMISSION": "sprint active, 9 tasks, told true, new sprint stays true, stale false",
		"SCHEDULE_ISSUES":           "sprint active, 9 tasks, told true, new sprint stays true, stale false",
		"CREATE_ISSUES":             "sprint closed, 0 tasks, told true, new sprint stays false, stale false",
		"ADD_COMMENTS":              "sprint closed, 9 tasks, told false, new sprint stays false, stale true",
		"EDIT_OWN_COMMENTS":         "sprint closed, 9 tasks, told true, new sprint stays false, stale true",
		"LINK_ISSUES":               "sprint closed, 9 tasks, told true, new sprint stays false, stale false",
		"ADMINISTER_PROJECTS":       "sprint active, 0 tasks, told true, new sprint stays true, stale true",
	}
	runbook, err := os.ReadFile("../../deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range append(rules.Rights(), rules.Right{}) {
		expected, known := want[r.Key]
		if !known {
			t.Errorf("nobody says what happens without %s", r.Key)
		}
		if !strings.Contains(string(runbook), "\n| "+r.Name) {
			t.Errorf("the runbook does not list %s", r.Name)
		}
		for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
			t.Run(fmt.Sprintf("without %s on %v", r.Key, f), func(t *testing.T) {
				if got := humble(t, f, r.Key).becomes(); got != expected {
					t.Errorf("got  %s\nwant %s", got, expected)
				}
			})
		}
	}
}
