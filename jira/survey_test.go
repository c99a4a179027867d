package jira_test

import (
	"slices"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

func TestASurveyReadsAndWritesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s, func(o *jira.Options) { o.Settings.Freeze = rules.FreezePermissions })
		r.restart(s.client.ReadOnly())
		writes := s.Writes()
		f, err := r.rec.Survey(t.Context(), "SHOP")
		must(t, err)
		want(t, "writes", 0, s.Writes()-writes)
		want(t, "who decides", "role", f.People.Source)
		want(t, "rights were asked for", true, f.Outlook.Read)
		want(t, "the scheme was asked for", true, f.Scheme.Read)
		i := slices.IndexFunc(f.Sprints, func(sp rules.Sprint) bool { return sp.ID == s.demo.ActiveSprint })
		want(t, "unfinished", 5, len(f.Sprints[i].Unfinished))
		if _, err := r.rec.Survey(t.Context(), "GONE"); err == nil {
			t.Error("a project that is not there is no error")
		}
	})
}

func TestLeftoversAreFoundAndRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		p, err := s.client.Project(t.Context(), "SHOP")
		must(t, err)
		_, _, err = s.client.Order(t.Context(), r.opt.Signer, p, rules.Order{Disaster: r.id, Round: 7, At: s.Now(), By: "olga", Reason: "x"})
		must(t, err)
		left, err := r.rec.Leftovers(t.Context(), "SHOP")
		must(t, err)
		count := map[string]int{}
		for _, l := range left {
			count[l.Property]++
			must(t, s.client.RemoveLeftover(t.Context(), l))
			must(t, s.client.RemoveLeftover(t.Context(), l)) // gone already
		}
		want(t, "records of project and issue", 2, count[jira.RecordProperty])
		want(t, "orders", 1, count[jira.OrderProperty])
		want(t, "marks of tasks", 9, count[jira.TaskProperty])
		left, err = r.rec.Leftovers(t.Context(), "SHOP")
		must(t, err)
		want(t, "left", 0, len(left))
	})
}

func TestARunningAndonObeysAnOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		must(t, s.Hide(r.issue, "andon@example.com"))
		want(t, "frozen without an order", true, r.look().Plan.Frozen)
		p, err := s.client.Project(t.Context(), "SHOP")
		must(t, err)
		open, err := s.client.OpenDisasters(t.Context(), r.opt.Signer, "SHOP")
		must(t, err)
		want(t, "open", 1, len(open))
		_, _, err = s.client.Order(t.Context(), r.opt.Signer, p, rules.Order{Disaster: open[0].ID, Round: open[0].Round, At: s.Now(), By: "olga", Reason: "x"})
		must(t, err)
		s.Advance(time.Minute)
		want(t, "frozen with an order", false, r.look().Plan.Frozen)
		r.settled()
		r.restart(s.client)
		want(t, "frozen after a restart", false, r.look().Plan.Frozen)
		must(t, s.Show(r.issue))
		want(t, "frozen once it can be read", false, r.look(r.id).Plan.Frozen)
		r.settled()
	})
}

func TestAnOrderThatCannotBeReadEndsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		must(t, s.Hide(r.issue, "andon@example.com"))
		p, err := s.client.Project(t.Context(), "SHOP")
		must(t, err)
		_, _, err = s.client.Order(t.Context(), r.opt.Signer, p, rules.Order{Disaster: r.id, Round: 1, At: s.Now(), By: "olga", Reason: "x"})
		must(t, err)
		r.fault(jiratest.Fault{Method: "GET", Path: "/rest/api/2/project/SHOP/properties/andon.release", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		want(t, "frozen while it is forbidden", true, r.look().Plan.Frozen)
		s.Heal(0)
		r.fault(jiratest.Fault{Method: "GET", Path: "/rest/api/2/project/SHOP/properties/andon.release", Kind: jiratest.FaultStatus, Status: 500, Times: -1})
		if _, err := r.rec.Handle(t.Context(), "project:SHOP", nil); err == nil {
			t.Error("that it cannot be read is no error")
		}
		s.Heal(0)
		must(t, s.SetProperty("SHOP", jira.OrderProperty, []byte(`{"v":1,"data":{"project":"10000","orders":[{"disaster":"`+r.id+`","round":1}]},"mac":"00"}`)))
		want(t, "frozen with a forged one", true, r.look().Plan.Frozen)
	})
}
