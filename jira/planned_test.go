package jira_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

// openSprint is the open sprint that holds an issue, 0 for the backlog.
func (r *rig) openSprint(key string) int64 {
	i, _ := r.Issue(key)
	for _, id := range i.Sprints {
		if s, ok := r.Sprint(id); ok && s.State != jiratest.SprintClosed {
			return id
		}
	}
	return 0
}

// calls counts andon's calls since a moment by a part of their path.
func (r *rig) calls(since int, part string) int {
	n := 0
	for _, c := range r.Calls()[since:] {
		if strings.Contains(c.Path, part) {
			n++
		}
	}
	return n
}

func TestASettledFreezeCostsOneSearch(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		for _, key := range r.demo.Issues[:3] {
			must(t, r.As("sm@example.com").MoveToSprint(r.demo.FutureSprint, key))
		}
		r.declare()
		r.look()
		since := len(r.Calls())
		r.look()
		searches := r.calls(since, "/search")
		want(t, "searches: the disaster, its tasks and the issues that were touched", 1, searches)
		want(t, "reads of planned issues", 0, r.calls(since, "/agile/1.0/issue/"))
		for _, key := range r.demo.Issues[:3] {
			i, _ := r.Issue(key)
			want(t, "reads of "+key, 0, r.calls(since, "/issue/"+ids(i.ID)))
			want(t, "sprint of "+key, r.demo.FutureSprint, r.openSprint(key))
		}
	})
}

func TestManyIssuesGoBackInBatchesOfFifty(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		var keys []string
		for i := range 120 {
			made, err := r.AddIssue(jiratest.IssueSpec{Project: "SHOP", Type: "Story", Summary: fmt.Sprint("Wish ", i), Creator: "po@example.com"})
			must(t, err)
			keys = append(keys, made.Key)
		}
		r.Advance(time.Minute)
		for batch := range slices.Chunk(keys, 50) {
			must(t, r.As("sm@example.com").MoveToSprint(r.demo.FutureSprint, batch...))
		}
		since := len(r.Calls())
		r.look()
		for _, key := range keys {
			want(t, "sprint of "+key, 0, r.openSprint(key))
		}
		want(t, "moves", 3, r.calls(since, "/backlog/issue"))
		want(t, "comments", 2, len(r.Comments(r.issue)))
		r.settled()
	})
}

func TestASprintThatVanishedDoesNotHideTheOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		other, err := r.AddSprint(jiratest.Sprint{Name: "SHOP Sprint 9", OriginBoardID: r.demo.ShopBoard})
		must(t, err)
		r.declare()
		must(t, r.As("sm@example.com").MoveToSprint(r.demo.FutureSprint, r.demo.Backlog[1]))
		// It is deleted between the reading of the boards and the search, which Jira then refuses.
		searches := 0
		r.SetTrouble(func(c jiratest.Call) *jiratest.Fault {
			if strings.Contains(c.Path, "/search") {
				if searches++; searches == 3 {
					return &jiratest.Fault{Kind: jiratest.FaultStatus, Status: 400, Body: fmt.Sprintf(`{"errorMessages":["Sprint with name '%d' does not exist or you do not have permission to view it."],"errors":{}}`, other.ID)}
				}
			}
			return nil
		})
		p := r.look()
		want(t, "sprint of the issue", 0, r.openSprint(r.demo.Backlog[1]))
		want(t, "failures", 0, len(p.Failed))
	})
}

func TestWhatAMoveRefusesIsNotedIssueByIssue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		must(t, r.As("sm@example.com").MoveToSprint(r.demo.FutureSprint, r.demo.Issues[1]))
		r.fault(jiratest.Fault{Method: "POST", Path: "/rest/agile/1.0/backlog/issue", Kind: jiratest.FaultStatus, Status: 403, Body: `{"errorMessages":["Not this one."],"errors":{}}`, Times: -1})
		p := r.look()
		i, _ := r.Issue(r.demo.Issues[1])
		want(t, "failures", "Not this one.", p.Failed["put-back/"+r.id+"/issue/"+ids(i.ID)].Text)
		want(t, "frozen", true, p.Plan.Frozen)
		r.Heal(0)
		p = r.look()
		want(t, "sprint of the issue", 0, r.openSprint(r.demo.Issues[1]))
		moved := slices.ContainsFunc(p.Done, func(a rules.Action) bool { _, ok := a.(rules.PutBack); return ok })
		want(t, "moved", true, moved)
		r.settled()
	})
}

// The issue is read because a webhook has told of its label, and put into a sprint before the search
// for such issues. What the search tells of it is newer than what was read.
func TestAnIssueThatIsPutIntoASprintWhileItIsLookedAtGoesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		key, put := r.demo.Issues[1], false
		i, _ := r.Issue(key)
		must(t, r.As("po@example.com").AddLabel(key, "disaster-rehearsal"))
		r.Advance(time.Minute)
		r.restart(s.over(t, "andon", listener{inMemory{s}, func(req *http.Request) {
			if put || !strings.HasSuffix(req.URL.Path, "/properties/andon.release") { // after the issues, before the search
				return
			}
			put = true
			must(t, r.As("sm@example.com").MoveToSprint(r.demo.FutureSprint, key))
		}}))
		r.look(ids(i.ID))
		want(t, "put into the sprint", true, put)
		want(t, "sprint of the issue", 0, r.openSprint(key))
		r.settled()
	})
}
