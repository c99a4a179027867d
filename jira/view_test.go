package jira_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/rules"
)

// viewed is what a look for people tells of the rig's issue.
func viewed(t *testing.T, r *rig) (rules.Report, *jira.View) {
	t.Helper()
	v, err := r.rec.View(t.Context(), "SHOP", r.id)
	must(t, err)
	f := v.Facts
	for range 10 {
		p := rules.Decide(f)
		if p.Wants.Empty() {
			break
		}
		f, err = v.Fulfil(t.Context(), f, p.Wants)
		must(t, err)
	}
	told, ok := rules.Tell(f, r.id)
	if !ok {
		t.Fatal("nothing can be told")
	}
	return told, v
}

// rigOnBoth is a story with a reconciler, on both products.
func rigOnBoth(t *testing.T, story func(t *testing.T, r *rig)) {
	t.Helper()
	onBoth(t, func(t *testing.T, s *site) { story(t, newRig(t, s)) })
}

func TestAViewShowsTheDisasterAndWritesNothing(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		r.declare()
		before := r.Writes()
		told, _ := viewed(t, r)
		want(t, "phase", rules.PhaseRecovering, told.Phase)
		want(t, "writes", before, r.Writes())
	})
}

func TestAViewKnowsWhenTasksWereClosedAndTheCategoryOfTheCause(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		r.declare()
		dev := r.As("dev@example.com")
		for _, task := range r.Subtasks(r.issue) {
			switch {
			case strings.HasSuffix(task.Summary, "Switch DNS or traffic to that environment"):
				must(t, dev.Transition(task.Key, "Done", "Done"))
			case strings.HasSuffix(task.Summary, "Investigate the root cause"):
				must(t, dev.AddLabel(task.Key, rules.CauseLabel("architecture")))
			}
		}
		told, _ := viewed(t, r)
		closed := slices.DeleteFunc(slices.Clone(told.Steps), func(s rules.Step) bool { return s.Code != rules.StepTaskClosed })
		if len(closed) != 1 || closed[0].At.IsZero() || !strings.Contains(closed[0].Text, "Switch DNS") {
			t.Errorf("the timeline has the closed tasks %+v", closed)
		}
		if !slices.Equal(told.Causes, []string{"architecture"}) {
			t.Errorf("the cause is %q", told.Causes)
		}
	})
}

func TestACommentIsPostedOnceAndThenReplaced(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		r.declare()
		_, v := viewed(t, r)
		must(t, v.Post(t.Context(), r.id, "report.1", "first\n\nandon ref report.1"))
		must(t, v.Post(t.Context(), r.id, "report.1", "second\n\nandon ref report.1"))
		var got []string
		for _, c := range r.Comments(r.issue) {
			if strings.Contains(c.Body, "andon ref report.1") {
				got = append(got, strings.Fields(c.Body)[0])
			}
		}
		if !slices.Equal(got, []string{"second"}) {
			t.Errorf("the comments are %q", got)
		}
	})
}

func TestAReadOnlyViewPostsNothing(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		r.declare()
		r.restart(r.client.ReadOnly())
		_, v := viewed(t, r)
		before := r.Writes()
		if err := v.Post(t.Context(), r.id, "report.1", "x"); err == nil {
			t.Error("there is no error")
		}
		want(t, "writes", before, r.Writes())
	})
}

func TestPastDisastersAreFoundByTheirTasks(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		none, err := r.rec.Past(t.Context(), "SHOP")
		must(t, err)
		if len(none) != 0 {
			t.Errorf("before any disaster there are %q", none)
		}
		r.declare()
		must(t, r.As("po@example.com").RemoveLabel(r.issue, "disaster"))
		r.look(r.id)
		past, err := r.rec.Past(t.Context(), "SHOP")
		must(t, err)
		if !slices.Equal(past, []string{r.id}) {
			t.Errorf("found %q, want %q", past, r.id)
		}
	})
}

func TestTheHomeOfADisasterIsWhereItWasDeclared(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		project, id, err := r.rec.Home(t.Context(), r.issue)
		must(t, err)
		want(t, "home before", "SHOP "+r.id, project+" "+id)
		r.declare()
		moved, err := r.Move("lead@example.com", r.issue, "BLOG")
		must(t, err)
		project, id, err = r.rec.Home(t.Context(), moved.Key)
		must(t, err)
		want(t, "home after", "SHOP "+r.id, project+" "+id)
		if _, _, err = r.rec.Home(t.Context(), "SHOP-9999"); !jira.IsNotFound(err) {
			t.Errorf("an issue that is not there gives %v", err)
		}
	})
}

func TestAViewOfAProjectThatIsNotThereIsAnError(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		if _, err := r.rec.View(t.Context(), "NOPE"); !jira.IsNotFound(err) {
			t.Errorf("got %v", err)
		}
		r.Advance(time.Second)
	})
}
