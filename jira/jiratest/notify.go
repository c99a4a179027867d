package jiratest

import (
	"net/http"
	"slices"
)

// notifyInput is the body of notify.
type notifyInput struct {
	Subject, TextBody, HTMLBody string
	To                          struct {
		Reporter, Assignee, Watchers, Voters bool
		Users                                []struct{ AccountID, Name string }
		Groups                               []nameOrID
	}
}

// restNotify keeps the mail instead of sending it; see Notices.
func (j *Jira) restNotify(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if j.knobs.MailOff {
		return failed(refuse(http.StatusForbidden, "Outgoing emails are disabled."))
	}
	var in notifyInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	to, err := j.recipients(is, in)
	if err != nil {
		return failed(err)
	}
	// The caller never gets mail about what they did themselves.
	to = slices.DeleteFunc(to, func(id string) bool { return id == c.user.ID || id == "" || !j.sees(j.users[id], is) })
	if len(to) == 0 {
		return failed(refuse(http.StatusBadRequest, "No recipients were defined for notification."))
	}
	j.notices = append(j.notices, Notice{IssueID: is.ID, By: c.user.ID, Subject: in.Subject, TextBody: in.TextBody, HTMLBody: in.HTMLBody, Users: to})
	return noContent()
}

// recipients are the ids of all accounts that a notification names.
func (j *Jira) recipients(is *Issue, in notifyInput) ([]string, *Error) {
	if in.To.Assignee && is.Assignee == "" {
		return nil, refuse(http.StatusBadRequest, "The issue has no assignee.")
	}
	var to []string
	if in.To.Reporter {
		to = append(to, is.Reporter)
	}
	if in.To.Assignee {
		to = append(to, is.Assignee)
	}
	if in.To.Watchers {
		to = append(to, is.Watchers...)
	}
	for _, ref := range in.To.Users {
		u := j.accountNamed(ref.AccountID + ref.Name)
		if u == nil {
			return nil, refuse(http.StatusBadRequest, "The user '%s' does not exist.", ref.AccountID+ref.Name)
		}
		to = append(to, u.ID)
	}
	for _, ref := range in.To.Groups {
		if g := j.groups[ref.Name]; g != nil {
			to = append(to, g.Members...)
		}
	}
	slices.Sort(to)
	return slices.Compact(to), nil
}

// Notices are the mails that notify would have sent, in order.
func (j *Jira) Notices() []Notice {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.notices)
}
