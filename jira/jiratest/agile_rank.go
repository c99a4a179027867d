package jiratest

import (
	"net/http"
	"slices"
)

const (
	rankFieldNumber = 10019
	rankField       = "customfield_10019"
)

// anchor is the issue beside which a move or rank puts its issues; nil for none.
func (j *Jira) anchor(u *User, in moveInput) (*Issue, *Error) {
	if in.Before != "" && in.After != "" {
		return nil, refuse(http.StatusBadRequest, "Only one of rankBeforeIssue and rankAfterIssue may be given.")
	}
	ref := in.Before + in.After
	if ref == "" {
		return nil, nil
	}
	is := j.findIssue(ref)
	if is == nil || !j.sees(u, is) {
		return nil, refuse(http.StatusBadRequest, "Issue '%s' does not exist or you do not have permission to see it.", ref)
	}
	return is, nil
}

// rankAll ranks issues in the order given and answers 204, or 207 with one
// entry an issue when some cannot be ranked at the moment.
func (j *Jira) rankAll(u *User, issues []*Issue, in moveInput) reply {
	at, err := j.anchor(u, in)
	if err != nil {
		return failed(err)
	}
	entries, trouble := []obj{}, false
	for _, is := range issues {
		entry := obj{"issueId": is.ID, "issueKey": is.Key, "status": http.StatusOK}
		if at != nil && slices.Contains(j.knobs.RankUnavailable, is.Key) {
			trouble = true
			entry["status"] = http.StatusServiceUnavailable
			entry["errors"] = []string{"JIRA Agile cannot execute the rank operation at this time. Please try again later."}
		} else if at != nil && at != is {
			j.rankOne(u, is, at, in.Before != "")
			if in.Before == "" {
				at = is // the next one goes after this one
			}
		}
		entries = append(entries, entry)
	}
	if trouble {
		return reply{status: http.StatusMultiStatus, body: obj{"entries": entries}}
	}
	return noContent()
}

// rankOne puts an issue directly before or after another one.
func (j *Jira) rankOne(u *User, is, at *Issue, before bool) {
	from := slices.Index(j.rank, is.ID)
	order := slices.DeleteFunc(slices.Clone(j.rank), func(id int64) bool { return id == is.ID })
	to := slices.Index(order, at.ID)
	if !before {
		to++
	}
	order = slices.Insert(order, to, is.ID)
	if slices.Equal(order, j.rank) {
		return
	}
	j.rank = order
	word := "Ranked lower"
	if to < from {
		word = "Ranked higher"
	}
	empty := ""
	j.commit(u, is, "issue_updated", []Item{{Field: "Rank", FieldType: "custom", FieldID: rankField,
		From: &empty, FromString: &empty, To: &empty, ToString: &word}})
}

// rankIssues is PUT /issue/rank; it needs Schedule Issues.
func (j *Jira) rankIssues(c *call) reply {
	var in moveInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if in.Before == "" && in.After == "" {
		return failed(refuse(http.StatusBadRequest, "One of rankBeforeIssue and rankAfterIssue must be given."))
	}
	if len(in.Issues) == 0 || len(in.Issues) > maxMove {
		return failed(refuse(http.StatusBadRequest, "Between 1 and %d issues can be ranked in one operation.", maxMove))
	}
	var issues []*Issue
	for _, ref := range in.Issues {
		is := j.findIssue(ref)
		if is == nil || !j.sees(c.user, is) {
			return failed(refuse(http.StatusBadRequest, "Issue '%s' does not exist or you do not have permission to see it.", ref))
		}
		if !j.canIssue(c.user, is, ScheduleIssues) {
			return failed(refuse(http.StatusForbidden, "You do not have permission to rank issue %s: it needs Schedule Issues.", is.Key))
		}
		issues = append(issues, is)
	}
	return j.rankAll(c.user, issues, in)
}
