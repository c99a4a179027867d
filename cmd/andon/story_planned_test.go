package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"andon/jira/jiratest"
)

// plannedWords are the ways in which issues come into a sprint, and what Jira refuses then.
func plannedWords() []word {
	return []word{
		// the field Sprint of the dialog that creates an issue
		does(`{who} creates {type} {text} in {P} in {sprint}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).Do("POST", "/rest/api/2/issue", map[string]any{"fields": map[string]any{"project": map[string]string{"key": a[3]},
				"issuetype": map[string]string{"name": a[1]}, "summary": a[2], jiratest.SprintField: st.sprint(a[4]).ID}})
			return err
		}),
		// one that is named by its disaster
		does(`{who} puts {issue} into {sprint}`, func(st *tale, a []string) error {
			return st.as(a[0]).MoveToSprint(st.sprint(a[2]).ID, st.issue(a[1]))
		}),
		// the field Sprint of the issue's own page
		does(`{who} sets the sprint of {issue} to {sprint}`, func(st *tale, a []string) error {
			return st.as(a[0]).Edit(st.issue(a[1]), map[string]any{jiratest.SprintField: st.sprint(a[2]).ID})
		}),
		does(`a clone goes into the sprint of its original`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.CloneKeepsSprint = true })
			return nil
		}),
		does(`{who} takes {issues} out of their sprint`, func(st *tale, a []string) error {
			return st.as(a[0]).MoveToBacklog(st.issues(a[1])...)
		}),
		// "Bulk 1", "Bulk 2" and so on
		does(`there are (\d+) issues in {P}`, func(st *tale, a []string) error {
			for i := range count(a[0]) {
				if _, err := st.w.jira.AddIssue(jiratest.IssueSpec{Project: a[1], Type: "Story", Summary: fmt.Sprintf("Bulk %d", i+1), Creator: email("po")}); err != nil {
					return err
				}
			}
			return nil
		}),
		// as the browser does, fifty at a time
		does(`{who} puts those (\d+) issues into {sprint}`, func(st *tale, a []string) error {
			for batch := range slices.Chunk(st.bulk(count(a[1])), 50) {
				if err := st.as(a[0]).MoveToSprint(st.sprint(a[2]).ID, batch...); err != nil {
					return err
				}
			}
			return nil
		}),
		then(`those (\d+) issues are in the backlog`, func(st *tale, a []string) error {
			for _, id := range st.bulk(count(a[0])) {
				if err := st.inBacklogID(id); err != nil {
					return err
				}
			}
			return nil
		}),
		then(`{issue} is in {sprint}`, func(st *tale, a []string) error { return st.holds([]string{a[1], a[0]}) }),
		// a rule of the site, or a permission of the issue, that concerns andon alone
		does(`Jira refuses to move {issue} because {text}`, (*tale).refuseMove),
		does(`Jira refuses to list the issues of {sprint} because {text}`, (*tale).refuseScope),
		does(`Jira refuses to search for issues in sprints because {text}`, func(st *tale, a []string) error {
			st.refuseSearch("sprint in (", a[0])
			return nil
		}),
		does(`project {P} is archived`, func(st *tale, a []string) error { return st.w.jira.SetArchived(a[0], true) }),
		does(`project {P} is brought back`, func(st *tale, a []string) error { return st.w.jira.SetArchived(a[0], false) }),
		// a board is given another place
		does(`{board} comes to {P}`, func(st *tale, a []string) error { return st.w.jira.LocateBoard(st.board(a[0]).ID, a[1]) }),
	}
}

// bulk are the ids of "Bulk 1" to "Bulk n".
func (st *tale) bulk(n int) []string {
	var out []string
	for i := range n {
		out = append(out, st.issue(`"Bulk `+strconv.Itoa(i+1)+`"`))
	}
	return out
}

// inBacklogID is inBacklog by the id.
func (st *tale) inBacklogID(id string) error {
	i, _ := st.w.jira.Issue(id)
	return st.inBacklog([]string{i.Key})
}

// refuseMove refuses every move of issues that one issue is among.
func (st *tale) refuseMove(a []string) error {
	id := st.issue(a[0])
	st.refuseBody(func(req *http.Request, body []byte) bool {
		var in struct{ Issues []string }
		return strings.HasSuffix(req.URL.Path, "/issue") && json.Unmarshal(body, &in) == nil && slices.Contains(in.Issues, id)
	}, http.StatusForbidden, a[1])
	return nil
}

func (st *tale) refuseScope(a []string) error {
	st.refuseSearch("sprint = "+itoa(st.sprint(a[0]).ID)+" ", a[1])
	return nil
}

// refuseSearch refuses the searches whose JQL holds a text.
func (st *tale) refuseSearch(jql, why string) {
	st.refuseBody(func(req *http.Request, body []byte) bool {
		return strings.Contains(req.URL.Path, "/search") && bytes.Contains(body, []byte(jql))
	}, http.StatusBadRequest, why)
}

// refuseBody refuses calls by what they hold.
func (st *tale) refuseBody(match func(*http.Request, []byte) bool, status int, why string) {
	st.w.between = func(rw http.ResponseWriter, req *http.Request) bool {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			st.w.t.Error(err)
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		if req.Method != http.MethodPost || !match(req, body) {
			return false
		}
		rw.Header().Set("Content-Type", "application/json")
		rw.WriteHeader(status)
		if err := json.NewEncoder(rw).Encode(map[string]any{"errorMessages": []string{why}, "errors": map[string]string{}}); err != nil {
			st.w.t.Error(err)
		}
		return true
	}
}
