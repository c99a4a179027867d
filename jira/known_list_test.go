package jira_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

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

// cause is the root-cause task.
func (r *rig) cause() jiratest.Issue {
	r.t.Helper()
	tasks := r.Subtasks(r.issue)
	i := slices.IndexFunc(tasks, func(t jiratest.Issue) bool { return strings.HasSuffix(t.Summary, "Investigate the root cause") })
	if i < 0 {
		r.t.Fatalf("%s has no root-cause task", r.issue)
	}
	return tasks[i]
}

// closeCause closes the root-cause task.
func closeCause(r *rig) {
	r.t.Helper()
	must(r.t, r.As("dev@example.com").Transition(r.cause().Key, "Done", "Done"))
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
		must(t, s.As("dev@example.com").Transition(r.cause().Key, "To Do"))
		want(t, "frozen by the relapse", true, r.look().Plan.Frozen)
		must(t, s.As("lead@example.com").DeleteIssue(r.issue))
		for name, list := range map[string]json.RawMessage{"as it once was": empty, "garbage": json.RawMessage(`{}`)} {
			must(t, s.SetProperty("SHOP", jira.RecordProperty, list))
			want(t, "frozen with the list "+name, true, r.look().Plan.Frozen)
		}
	})
}

// Jira refused the list, and lets it be written again only after the issue is gone: the one
// replica that has seen the freeze tells the other one, and neither takes back what it wrote.
func TestADisasterThatCouldNotBeListedBeforeItsIssueVanishedIsListedLater(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		chat := &wire{}
		heard := func(o *jira.Options) {
			o.Channels = map[string]jira.Channel{"1 chat": chat}
			o.Settings.Channels = []string{"1 chat"}
		}
		a, b := newRig(t, s, heard), newRig(t, s, heard)
		a.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/project/*/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: 1})
		a.declare()
		a.cancelled()
		must(t, s.As("lead@example.com").DeleteIssue(a.issue))
		want(t, "frozen while the list cannot be written", true, a.look().Plan.Frozen)
		s.Advance(2 * time.Hour)
		a.look()
		told := len(chat.sent)
		want(t, "frozen for the replica that has never seen it", true, b.look().Plan.Frozen)
		for range 2 {
			a.settled()
			b.settled()
		}
		a.restart(s.client)
		want(t, "frozen after a restart", true, a.look().Plan.Frozen)
		a.settled()
		want(t, "notices since it was listed", 0, len(chat.sent)-told)
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
