package jiratest

import (
	"net/http"
	"slices"
)

// maxMove is the number of issues that one move or rank takes.
const maxMove = 50

// moveInput is the body of all moves and of rank.
type moveInput struct {
	Issues []string `json:"issues"`
	Before string   `json:"rankBeforeIssue"`
	After  string   `json:"rankAfterIssue"`
}

// moving are the issues of a move, checked: all of them or none is moved.
func (j *Jira) moving(u *User, in moveInput) ([]*Issue, *Error) {
	if len(in.Issues) == 0 {
		return nil, refuseField("issues", "At least one issue is required.")
	}
	if len(in.Issues) > maxMove {
		return nil, refuse(http.StatusBadRequest, "The maximum number of issues that can be moved in one operation is %d.", maxMove)
	}
	var out []*Issue
	for _, ref := range in.Issues {
		is := j.findIssue(ref)
		if is == nil || !j.sees(u, is) {
			return nil, refuse(j.knobs.IssueUnknown, "Issue '%s' does not exist or you do not have permission to see it.", ref)
		}
		if j.types[is.TypeID].Subtask {
			if j.knobs.SubtaskMove >= 300 {
				return nil, refuse(j.knobs.SubtaskMove, "Issue %s is a sub-task. Sub-tasks follow their parent and cannot be moved to a sprint or the backlog.", is.Key)
			}
			continue
		}
		if !j.canIssue(u, is, ScheduleIssues) || !j.canIssue(u, is, EditIssues) {
			return nil, refuse(http.StatusForbidden, "You do not have permission to schedule issue %s: it needs Schedule Issues and Edit Issues.", is.Key)
		}
		if !slices.Contains(out, is) {
			out = append(out, is)
		}
	}
	return out, nil
}

// moveToSprint puts issues into a future or active sprint.
func (j *Jira) moveToSprint(c *call) reply {
	s, err := j.visibleSprint(c)
	if err != nil {
		return failed(err)
	}
	var in moveInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if s.State == SprintClosed {
		return failed(refuse(http.StatusBadRequest, "Issues can only be moved to open or active sprints. Sprint %d is closed.", s.ID))
	}
	return j.move(c.user, in, s.ID)
}

// moveToBacklog takes issues out of their future and active sprints.
func (j *Jira) moveToBacklog(c *call) reply {
	var in moveInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	return j.move(c.user, in, 0)
}

func (j *Jira) move(u *User, in moveInput, sprint int64) reply {
	issues, err := j.moving(u, in)
	if err != nil {
		return failed(err)
	}
	if _, err := j.anchor(u, in); err != nil {
		return failed(err)
	}
	for _, is := range issues {
		if it, changed := j.setSprint(is, sprint); changed {
			j.commit(u, is, "issue_updated", []Item{it})
		}
	}
	return j.rankAll(u, issues, in)
}

// moveToBoardBacklog is Cloud's: only issues of the board, ranking included.
func (j *Jira) moveToBoardBacklog(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	var in moveInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	for _, ref := range in.Issues {
		if is := j.findIssue(ref); is != nil && !j.inFilter(b, is) {
			return failed(refuse(http.StatusBadRequest, "Issue %s is not on board %d.", is.Key, b.ID))
		}
	}
	return j.move(c.user, in, 0)
}
