package jira_test

import (
	"encoding/json"
	"strings"
	"testing"

	"andon/jira"
	"andon/jira/jiratest"
)

// twoReplicas are two that have both seen a disaster freeze planning.
func twoReplicas(t *testing.T, s *site) (a, b *rig) {
	t.Helper()
	a, b = newRig(t, s), newRig(t, s)
	a.declare()
	want(t, "frozen for the other one", true, b.look().Plan.Frozen)
	a.look()
	return a, b
}

// closeCause closes the root-cause task.
func closeCause(r *rig) {
	r.t.Helper()
	for _, task := range r.Subtasks(r.issue) {
		if strings.HasSuffix(task.Summary, "Investigate the root cause") {
			must(r.t, r.As("dev@example.com").Transition(task.Key, "Done", "Done"))
		}
	}
}

func TestADisasterThatEndedByAnotherReplicaAndWasThenDeletedHoldsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		a, b := twoReplicas(t, s)
		closeCause(a)
		want(t, "frozen once the root cause is closed", false, b.look().Plan.Frozen)
		must(t, s.As("lead@example.com").DeleteIssue(a.issue))
		want(t, "frozen for the replica that did not see the end", false, a.look().Plan.Frozen)
		a.settled()
		b.settled()
	})
}

func TestADisasterThatIsDeletedWhileItIsOpenHoldsForBothReplicas(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		a, b := twoReplicas(t, s)
		must(t, s.As("lead@example.com").DeleteIssue(a.issue))
		for _, r := range []*rig{a, b, a} {
			want(t, "frozen", true, r.look().Plan.Frozen)
		}
	})
}

func TestAListThatIsTakenAwayOrPutBackEndsNoFreeze(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		closeCause(r)
		r.look()
		empty, _ := s.ProjectProperty("SHOP", jira.RecordProperty)
		for _, task := range r.Subtasks(r.issue) {
			if strings.HasSuffix(task.Summary, "Investigate the root cause") {
				must(t, s.As("dev@example.com").Transition(task.Key, "To Do"))
			}
		}
		want(t, "frozen by the relapse", true, r.look().Plan.Frozen)
		must(t, s.As("lead@example.com").DeleteIssue(r.issue))
		for name, list := range map[string]json.RawMessage{"as it once was": empty, "garbage": json.RawMessage(`{}`)} {
			must(t, s.SetProperty("SHOP", jira.RecordProperty, list))
			want(t, "frozen with the list "+name, true, r.look().Plan.Frozen)
		}
	})
}

func TestADeclarationThatCouldNotBeNotedBeforeItsIssueVanishedHoldsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		a, b := newRig(t, s), newRig(t, s)
		a.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/issue/*/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		a.declare()
		a.running()
		must(t, s.As("lead@example.com").DeleteIssue(a.issue))
		for _, r := range []*rig{a, b, a} {
			want(t, "frozen", false, r.look().Plan.Frozen)
			r.settled()
		}
	})
}

func TestARecordThatIsForgedOnceItIsOverIsMadeAnewByNeitherReplica(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		a, b := twoReplicas(t, s)
		closeCause(a)
		want(t, "frozen once the root cause is closed", false, b.look().Plan.Frozen)
		b.look()
		must(t, s.As("dev@example.com").SetProperty(a.issue, jira.RecordProperty, map[string]string{"who": "cares"}))
		for _, r := range []*rig{b, a, b, a} { // a has seen the freeze, and not its end
			r.settled()
		}
	})
}

// One worker looked before the other one put a second disaster on the list, and writes
// that the first one is over.
func TestAListThatHasChangedSinceTheLookIsNotWrittenOver(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		slow, quick := twoReplicas(t, s)
		must(t, s.As("po@example.com").RemoveLabel(slow.issue, "disaster"))
		second, _ := s.Issue(s.demo.Issues[1])
		struck := false
		s.BeforeCalls(func(c jiratest.Call) error {
			if !struck && c.Write { // the slow one knows by now what it will do
				struck = true
				must(t, s.As("po@example.com").AddLabel(second.Key, "disaster"))
				quick.look(ids(second.ID))
			}
			return nil
		})
		_, err := slow.rec.Handle(t.Context(), "project:SHOP", nil)
		s.BeforeCalls(nil)
		if err == nil || !strings.Contains(err.Error(), "the project's property changed in the meantime") {
			t.Errorf("error %v", err)
		}
		raw, _ := s.ProjectProperty("SHOP", jira.RecordProperty)
		if !strings.Contains(string(raw), `"`+ids(second.ID)+`"`) {
			t.Errorf("the list does not tell of the second disaster any more: %s", raw)
		}
		slow.look()
		quick.look()
		slow.settled()
	})
}
