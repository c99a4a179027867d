package jira_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

func TestADeclarationIsCarriedOutInOneLook(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		p := r.declare("disaster-data")
		r.cancelled()
		want(t, "tasks", 13, len(r.Subtasks(r.issue)))
		want(t, "comments", 1, len(r.Comments(r.issue)))
		want(t, "frozen", true, p.Plan.Frozen)
		want(t, "watched", "SHOP", strings.Join(r.queue.pinned, ","))
		r.settled()
	})
}

func TestASprintIsRememberedBeforeItIsCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		p := r.declare()
		remembered, cancelled := -1, -1
		for i, a := range p.Done {
			switch a := a.(type) {
			case rules.Remember:
				if remembered < 0 && len(a.Record.Sprints) == 1 && len(a.Record.Sprints[0].Issues) == 5 {
					remembered = i
				}
			case rules.CancelSprint:
				cancelled = i
			}
		}
		if remembered < 0 || cancelled < remembered {
			t.Errorf("remembered at %d, cancelled at %d", remembered, cancelled)
		}
	})
}

func TestTheRecordThatCannotBeWrittenKeepsTheSprintRunning(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/issue/*/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		r.declare()
		r.running()
		want(t, "tasks", 0, len(r.Subtasks(r.issue)))
		r.Heal(0)
		r.look()
		r.cancelled()
		want(t, "tasks", 9, len(r.Subtasks(r.issue)))
	})
}

func TestARefusalHoldsUpNothingElse(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  jiratest.Fault
		tasks  int
		closed bool
	}{
		{"the sprint cannot be closed", jiratest.Fault{Method: "POST", Path: "/rest/agile/1.0/sprint/*", Kind: jiratest.FaultStatus, Status: 403, Times: -1}, 9, false},
		{"tasks cannot be created", jiratest.Fault{Method: "POST", Path: "/rest/api/2/issue/bulk", Kind: jiratest.FaultStatus, Status: 400, Body: `{"errorMessages":["no"],"errors":{}}`, Times: -1}, 0, true},
		{"comments are forbidden", jiratest.Fault{Method: "POST", Path: "/rest/api/2/issue/*/comment", Kind: jiratest.FaultStatus, Status: 403, Times: -1}, 9, true},
		{"the project's property is forbidden", jiratest.Fault{Method: "PUT", Path: "/rest/api/2/project/*/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: -1}, 9, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := newRig(t, s)
				r.fault(c.fault)
				r.declare()
				want(t, "tasks", c.tasks, len(r.Subtasks(r.issue)))
				if c.closed {
					r.cancelled()
				} else {
					r.running()
					if body := r.Comments(r.issue)[0].Body; !strings.Contains(body, "Needs a human:") {
						t.Errorf("the status comment does not say what a human must do:\n%s", body)
					}
				}
				r.Heal(0)
				r.Advance(2 * time.Hour)
				r.look()
				r.cancelled()
				want(t, "tasks after it was mended", 9, len(r.Subtasks(r.issue)))
				want(t, "comments after it was mended", 1, len(r.Comments(r.issue)))
				r.settled()
			})
		})
	}
}

func TestAFaultThatPassesBringsTheQueueBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.fault(jiratest.Fault{Method: "POST", Path: "/rest/agile/1.0/sprint/*", Kind: jiratest.FaultStatus, Status: 500, Times: -1})
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
		want(t, "kind of the error", jira.KindUnavailable, jira.KindOf(err))
		r.running()
		want(t, "tasks all the same", 9, len(r.Subtasks(r.issue)))
		r.Heal(0)
		r.look()
		r.cancelled()
	})
}

func TestTheQueueHearsHowLongJiraWantsToBeLeftAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.fault(jiratest.Fault{Path: "/rest/agile/1.0/board", Kind: jiratest.FaultLimited, Reason: jiratest.ReasonQuotaTenant, RetryAfter: 90, Times: -1})
		_, err := r.rec.Handle(t.Context(), "project:SHOP", nil)
		var wait interface{ RetryAfter() time.Duration }
		if !errors.As(err, &wait) || wait.RetryAfter() < 90*time.Second {
			t.Errorf("error %v does not carry the wait", err)
		}
	})
}

func TestAnAnswerThatGotLostIsNotActedOnTwice(t *testing.T) {
	for _, path := range []string{"/rest/agile/1.0/sprint/*", "/rest/api/2/issue/bulk", "/rest/api/2/issue/*/comment"} {
		t.Run(path, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := newRig(t, s)
				r.fault(jiratest.Fault{Method: "POST", Path: path, Kind: jiratest.FaultReset, After: true})
				must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
				_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
				if err == nil {
					t.Error("the lost answer is no error")
				}
				r.look()
				r.look()
				r.cancelled()
				want(t, "tasks", 9, len(r.Subtasks(r.issue)))
				want(t, "comments", 1, len(r.Comments(r.issue)))
				r.settled()
			})
		})
	}
}

func TestAReadOnlyClientWritesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.restart(s.client.ReadOnly())
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		before := r.Writes()
		r.look(r.id)
		want(t, "writes", 0, r.Writes()-before)
		r.running()
	})
}

func TestATokenThatExpiresInTheMiddleUndoesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		tasks := len(r.Subtasks(r.issue))
		for skip := range 12 {
			r.restart(s.client)
			calls := 0
			r.BeforeCalls(func(jiratest.Call) error {
				if calls++; calls == skip+1 {
					must(t, r.RevokeTokens("andon@example.com"))
				}
				return nil
			})
			_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
			r.BeforeCalls(nil)
			renew(t, s)
			if err == nil {
				p := r.passes[len(r.passes)-1]
				want(t, "frozen", true, p.Plan.Frozen)
				want(t, "done", 0, len(p.Done))
			}
			want(t, "tasks", tasks, len(r.Subtasks(r.issue)))
		}
		r.restart(s.client)
		r.look()
		want(t, "tasks in the end", tasks, len(r.Subtasks(r.issue)))
		want(t, "comments in the end", 1, len(r.Comments(r.issue)))
	})
}

// renew gives andon's account its token back.
func renew(t *testing.T, s *site) {
	t.Helper()
	if s.Flavour() == jiratest.DataCenter {
		must(t, s.AddToken("andon@example.com", jiratest.Token{Secret: "demo-andon", Kind: jiratest.PAT}))
		return
	}
	must(t, s.AddToken("andon@example.com", jiratest.Token{Secret: "demo", Kind: jiratest.APIToken}))
}

func TestUnknownKeysAndProjectsAreLetGo(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s, func(o *jira.Options) { o.Projects = []string{"shop"} })
		before := r.Writes()
		for _, key := range []string{"nonsense", "", "project:BLOG", "project:NONE", "board:999", "board:x", "issue:999999"} {
			if key == "project:NONE" {
				r.opt.Projects = nil
				r.restart(s.client)
			}
			again, err := r.rec.Handle(t.Context(), key, nil)
			must(t, err)
			want(t, key, time.Duration(0), again)
		}
		want(t, "writes", 0, r.Writes()-before)
	})
}

func TestABoardLeadsToItsProjectWhereThatIsWatched(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		handle := func(board int64) string {
			r.queue.added = nil
			_, err := r.rec.Handle(t.Context(), "board:"+ids(board), nil)
			must(t, err)
			return strings.Join(r.queue.added, ",")
		}
		want(t, "nobody is watched", "", handle(r.demo.ShopBoard))
		r.known.SetWatched("SHOP", true)
		want(t, "SHOP is watched", "project:SHOP", handle(r.demo.ShopBoard))
		want(t, "BLOG is not", "", handle(r.demo.BlogBoard))
		want(t, "a board that nobody can read may be anybody's", "project:SHOP", handle(4711))
		key, known := r.known.ProjectOfBoard(r.demo.ShopBoard)
		want(t, "remembered", true, known)
		want(t, "as", "SHOP", key)
	})
}

func TestAnIssueLeadsToItsProject(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		_, err := r.rec.Handle(t.Context(), "issue:"+r.id, nil)
		must(t, err)
		want(t, "queued", "project:SHOP", strings.Join(r.queue.added, ","))
		want(t, "noted", r.id, strings.Join(r.queue.notes["project:SHOP"], ","))
	})
}

func TestAReleasedDisasterThatWasMovedRelapsesWhileAnotherOneIsOpen(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		other := r.demo.Issues[2]
		must(t, r.As("po@example.com").AddLabel(other, "disaster"))
		r.declare()
		cause := r.cause()
		closeCause(r)
		r.look(r.id)
		_, err := r.Move("lead@example.com", r.issue, "BLOG")
		must(t, err)
		r.restart(r.client)
		r.look() // it sees the other one alone, and goes on to watch the project
		want(t, "SHOP is watched", true, r.known.Watched("SHOP"))
		moved, _ := r.Issue(ids(cause.ID))
		must(t, r.As("dev@example.com").Transition(moved.Key, "To Do"))
		_, err = r.rec.Handle(t.Context(), "project:BLOG", []string{r.id})
		must(t, err)
		p := r.look(r.queue.notes["project:SHOP"]...)
		for _, s := range p.Plan.States {
			if s.ID == r.id {
				want(t, "it freezes planning again", true, s.Frozen)
				return
			}
		}
		t.Errorf("the project where it was declared hears nothing of it: %v", r.queue.notes)
	})
}

func TestAFreezeThatIsOnlyHeldForWantOfTheOwnersEndsOnceTheyAreKnown(t *testing.T) {
	rigOnBoth(t, func(t *testing.T, r *rig) {
		r.declare()
		moved, err := r.Move("lead@example.com", r.issue, "BLOG")
		must(t, err)
		must(t, r.As("dev@example.com").SetProperty(moved.Key, jira.RecordProperty, "spoiled"))
		before := r.Writes()
		id, err := r.Fail(jiratest.Fault{Path: "/rest/api/2/project/*/role/*", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		must(t, err)
		frozen := func(when string, wanted bool) {
			_, err := r.rec.Handle(t.Context(), "project:BLOG", []string{r.id})
			must(t, err)
			want(t, when, wanted, r.passes[len(r.passes)-1].Plan.Frozen)
		}
		frozen("while nobody knows who may declare", true)
		frozen("at the next look", true)
		r.Heal(id)
		frozen("once it is known that nobody has", false)
		want(t, "writes", before, r.Writes())
	})
}

func TestAQueueThatFailsIsAnError(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.queue.fail = errors.New("no queue")
		for _, key := range []string{"issue:" + r.id, "sweep"} {
			if _, err := r.rec.Handle(t.Context(), key, nil); !errors.Is(err, r.queue.fail) {
				t.Errorf("%s: error %v", key, err)
			}
		}
	})
}
