package jiratest

import (
	"net/url"
	"time"
)

// platformTime is the platform's date format: no colon in the zone.
func (j *Jira) platformTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(j.zone()).Format("2006-01-02T15:04:05.000-0700")
}

// zone is where the caller lives, for platform dates and for dates in queries.
func (j *Jira) zone() *time.Location {
	if j.knobs.Zone == nil {
		return time.UTC
	}
	return j.knobs.Zone
}

// agileTime is Agile REST's date format; "" when there is none.
func agileTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z07:00")
}

type obj = map[string]any

// userRef shows an account inside something else; nil for "" and for accounts
// that are gone. Emails are left out where the caller may not have them.
func (j *Jira) userRef(id string) any {
	u := j.users[id]
	if u == nil {
		return nil
	}
	return j.userJSON(u, !j.knobs.HideEmails)
}

func (j *Jira) userJSON(u *User, email bool) obj {
	o := obj{
		"displayName": u.DisplayName, "active": u.Active, "timeZone": u.TimeZone,
		"avatarUrls": obj{"48x48": j.self("/secure/useravatar?size=large")},
	}
	if j.cloud() {
		o["self"] = j.self("/rest/api/2/user?accountId=" + url.QueryEscape(u.AccountID))
		o["accountId"], o["accountType"] = u.AccountID, u.AccountType
		if email {
			o["emailAddress"] = u.Email
		}
		return o
	}
	o["self"] = j.self("/rest/api/2/user?username=" + url.QueryEscape(u.Name))
	o["name"], o["key"], o["emailAddress"] = u.Name, u.Key, u.Email
	return o
}

// webhookUser shows an account as webhooks do: without e-mail on Cloud.
func (j *Jira) webhookUser(id string) any {
	u := j.users[id]
	if u == nil {
		return nil
	}
	return j.userJSON(u, !j.cloud())
}

func (j *Jira) projectRef(p *Project) obj {
	return obj{
		"self": j.self("/rest/api/2/project/" + ids(p.ID)), "id": ids(p.ID), "key": p.Key, "name": p.Name,
		"projectTypeKey": p.TypeKey, "simplified": p.Style == TeamManaged,
		"avatarUrls": obj{"48x48": j.self("/secure/projectavatar?pid=" + ids(p.ID))},
	}
}

func (j *Jira) typeJSON(t *IssueType) obj {
	o := obj{
		"self": j.self("/rest/api/2/issuetype/" + ids(t.ID)), "id": ids(t.ID), "name": t.Name, "description": t.Description,
		"iconUrl": j.self("/images/icons/issuetypes/" + ids(t.ID) + ".svg"), "subtask": t.Subtask, "avatarId": 10300 + t.ID%100,
	}
	if j.cloud() {
		o["hierarchyLevel"] = t.Level
		if t.ProjectID != 0 {
			o["scope"] = obj{"type": "PROJECT", "project": obj{"id": ids(t.ProjectID)}}
		}
	}
	return o
}

func (j *Jira) statusJSON(s *Status) obj {
	return obj{
		"self": j.self("/rest/api/2/status/" + ids(s.ID)), "id": ids(s.ID), "name": s.Name, "description": "",
		"iconUrl": j.self("/images/icons/statuses/generic.png"), "statusCategory": j.categoryJSON(s.Category),
	}
}

func (j *Jira) categoryJSON(key string) obj {
	id, color, name := 1, "medium-gray", "No Category"
	switch key {
	case CategoryNew:
		id, color, name = 2, "blue-gray", "To Do"
	case CategoryIndeterminate:
		id, color, name = 4, "yellow", "In Progress"
	case CategoryDone:
		id, color, name = 3, "green", "Done"
	}
	return obj{"self": j.self("/rest/api/2/statuscategory/" + ids(int64(id))), "id": id, "key": key, "colorName": color, "name": name}
}

func (j *Jira) namedJSON(kind string, n *Named) any {
	if n == nil {
		return nil
	}
	o := obj{"self": j.self("/rest/api/2/" + kind + "/" + ids(n.ID)), "id": ids(n.ID), "name": n.Name}
	if kind == "priority" { // inside an issue it has an icon and no description, by all recordings
		o["iconUrl"] = j.self("/images/icons/priorities/" + ids(n.ID) + ".svg")
	} else {
		o["description"] = n.Description
	}
	return o
}

func (j *Jira) changeJSON(c *Change) obj {
	items := make([]obj, len(c.Items))
	for i, it := range c.Items {
		items[i] = obj{"field": it.Field, "fieldtype": it.FieldType, "from": it.From, "fromString": it.FromString, "to": it.To, "toString": it.ToString}
		if j.cloud() {
			items[i]["fieldId"] = it.FieldID
		}
	}
	o := obj{"id": ids(c.ID), "created": j.platformTime(c.Created), "items": items}
	if a := j.userRef(c.Author); a != nil {
		o["author"] = a
	}
	return o
}
