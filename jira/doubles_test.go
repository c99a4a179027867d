package jira_test

import (
	"net/http"
	"testing"

	"andon/jira"
	"andon/jira/jiratest"
)

// landLate creates the first task of the disaster once more, as a call does that takes
// effect when nobody waits for it any more. It gives the key.
func landLate(r *rig, who string) string {
	r.t.Helper()
	first := r.Subtasks(r.issue)[0]
	_, err := r.As(who).Do(http.MethodPost, "/rest/api/2/issue", map[string]any{
		"fields": map[string]any{"project": map[string]string{"key": "SHOP"}, "issuetype": map[string]string{"name": "Sub-task"},
			"summary": first.Summary, "parent": map[string]string{"key": r.issue}},
		"properties": []map[string]any{{"key": jira.TaskProperty, "value": first.Properties[jira.TaskProperty]}}})
	must(r.t, err)
	all := r.Subtasks(r.issue)
	return all[len(all)-1].Key
}

func TestATaskThatIsThereTwiceIsTakenBackUnlessSomebodyHasTouchedIt(t *testing.T) {
	for _, test := range []struct {
		name string
		who  string
		do   func(r *rig, twice string) error
		left int
	}{
		{"as it was created", "andon@example.com", func(*rig, string) error { return nil }, 9},
		{"of somebody else's making", "dev@example.com", func(*rig, string) error { return nil }, 10},
		{"begun by somebody", "andon@example.com", func(r *rig, twice string) error {
			return r.As("dev@example.com").Transition(twice, "In Progress")
		}, 10},
		{"called otherwise by now", "andon@example.com", func(r *rig, twice string) error {
			return r.As("dev@example.com").Edit(twice, map[string]any{"summary": "ours"})
		}, 10},
		{"where andon may not delete it", "andon@example.com", func(r *rig, _ string) error {
			_, err := r.Fail(jiratest.Fault{Method: http.MethodDelete, Kind: jiratest.FaultStatus, Status: http.StatusForbidden, Times: -1})
			return err
		}, 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := newRig(t, s)
				r.declare()
				want(t, "tasks", 9, len(r.Subtasks(r.issue)))
				must(t, test.do(r, landLate(r, test.who)))
				r.look()
				want(t, "tasks in the end", test.left, len(r.Subtasks(r.issue)))
				r.settled()
			})
		})
	}
}

func TestADoubleThatCannotBeDeletedForAMomentIsTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		landLate(r, "andon@example.com")
		r.fault(jiratest.Fault{Method: http.MethodDelete, Kind: jiratest.FaultStatus, Status: http.StatusServiceUnavailable, Times: 9})
		if _, err := r.rec.Handle(t.Context(), "project:SHOP", nil); err == nil {
			t.Error("the queue is not told that something is left to do")
		}
		s.Heal(0)
		r.look()
		want(t, "tasks in the end", 9, len(r.Subtasks(r.issue)))
	})
}
