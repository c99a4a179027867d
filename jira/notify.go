package jira

import "context"

// Notification is a mail that Jira sends about an issue.
type Notification struct {
	Subject  string
	TextBody string
	HTMLBody string // made from TextBody by Jira when empty

	Watchers bool
	Reporter bool
	Assignee bool
	Voters   bool
	Users    []User
	Groups   []Group
}

// Notify has Jira send the mail. Success means that it is queued. KindInvalid comes when nobody is left to receive it
// (Jira leaves out the caller), KindForbidden when the site sends no mail.
func (c *Client) Notify(ctx context.Context, idOrKey string, n Notification) error {
	to := map[string]any{"watchers": n.Watchers, "reporter": n.Reporter, "assignee": n.Assignee, "voters": n.Voters}
	var users, groups []map[string]string
	for _, u := range n.Users {
		if u.AccountID != "" {
			users = append(users, map[string]string{"accountId": u.AccountID})
		} else if u.Name != "" {
			users = append(users, map[string]string{"name": u.Name})
		}
	}
	for _, g := range n.Groups {
		if g.ID != "" {
			groups = append(groups, map[string]string{"groupId": g.ID})
		} else if g.Name != "" {
			groups = append(groups, map[string]string{"name": g.Name})
		}
	}
	if users != nil {
		to["users"] = users
	}
	if groups != nil {
		to["groups"] = groups
	}
	body := map[string]any{"subject": n.Subject, "textBody": n.TextBody, "to": to}
	if n.HTMLBody != "" {
		body["htmlBody"] = n.HTMLBody
	}
	return c.post(ctx, body, nil, platform+"issue/{}/notify", issueArg(idOrKey))
}
