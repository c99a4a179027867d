package jiratest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Sign is the X-Hub-Signature of a body: "sha256=" and the hex of its HMAC.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// payload builds the body of an event as it was recorded from real sites:
// issue events carry the whole issue and who did it, sprint, board and link
// events neither a user nor a project.
func (j *Jira) payload(e Event) []byte {
	hidden := j.knobs.HideEmails
	j.knobs.HideEmails = true // Cloud's webhooks name nobody's address; Data Center shows it whatever this says
	defer func() { j.knobs.HideEmails = hidden }()
	o := obj{"timestamp": e.At.UnixMilli(), "webhookEvent": e.Name}
	switch {
	case strings.HasPrefix(e.Name, "jira:issue_"):
		j.issuePayload(o, e)
	case strings.HasPrefix(e.Name, "comment_"):
		o["comment"] = j.hookComment(e)
		if j.cloud() {
			o["issue"] = j.thinIssue(e.Issue)
		}
	case strings.HasPrefix(e.Name, "issue_property_"):
		property := obj{"key": e.Property}
		if v, there := e.Issue.Properties[e.Property]; there {
			property["value"] = v
		}
		o["property"], o["issue"] = property, j.thinIssue(e.Issue)
	case e.Sprint != nil:
		o["sprint"] = j.hookSprint(e.Sprint, e.Name == "sprint_deleted")
		if e.OldSprint != nil {
			o["oldValue"] = j.hookSprint(e.OldSprint, false)
		}
	case e.Name == "board_configuration_changed":
		o["configuration"] = j.configurationJSON(e.Board)
	case e.Board != nil:
		board := obj{"id": e.Board.ID, "name": e.Board.Name, "type": e.Board.Type}
		if e.Name != "board_deleted" {
			board["self"] = j.boardSelf(e.Board)
		}
		o["board"] = board
	case e.Link != nil:
		o["issueLink"] = j.hookLink(e.Link)
	case e.Project != nil:
		o["project"] = j.hookProject(e.Project)
	}
	return raw(o)
}

func (j *Jira) issuePayload(o obj, e Event) {
	if e.TypeName != "" && e.Name != "jira:issue_deleted" {
		o["issue_event_type_name"] = e.TypeName
	}
	if u := j.webhookUser(e.Actor); u != nil {
		o["user"] = u
	}
	o["issue"] = j.hookIssue(e.Issue)
	switch {
	case e.Comment != nil:
		o["comment"] = j.hookComment(e)
	case e.Change != nil && e.Name == "jira:issue_updated":
		o["changelog"] = obj{"id": ids(e.Change.ID), "items": j.hookItems(e.Change.Items)}
	case e.Name == "jira:issue_created" && j.cloud():
		o["changelog"] = obj{"id": ids(e.Issue.ID + 90000), "items": j.hookItems(j.initialItems(e.Issue))}
	}
}

// hookIssue is the whole issue, without what may be expanded; comments and worklogs
// are in the recordings of Data Center alone.
func (j *Jira) hookIssue(is *Issue) obj {
	o := j.issueJSON(is, nil, nil)
	delete(o, "expand")
	if fields, there := o["fields"].(obj); there && j.cloud() {
		delete(fields, "comment")
		delete(fields, "worklog")
	}
	return o
}

// hookItems have a fieldId on Cloud; Data Center's recordings have none.
func (j *Jira) hookItems(items []Item) []obj {
	out := make([]obj, len(items))
	for i, it := range items {
		out[i] = obj{"field": it.Field, "fieldtype": it.FieldType, "from": it.From, "fromString": it.FromString, "to": it.To, "toString": it.ToString}
		if j.cloud() {
			out[i]["fieldId"] = it.FieldID
		}
	}
	return out
}

// initialItems is the changelog of a created issue: initial values, but no
// labels even when some were set.
func (j *Jira) initialItems(is *Issue) []Item {
	var items []Item
	add := func(it Item, there bool) {
		if there {
			items = append(items, it)
		}
	}
	add(refItem("assignee", "", "", is.Assignee, j.nameOfUser(is.Assignee)), is.Assignee != "")
	add(fieldItem("description", "", is.Description), is.Description != "")
	id, name := nameOf(j.priorities[is.Priority])
	add(refItem("priority", "", "", id, name), id != "")
	add(refItem("reporter", "", "", is.Reporter, j.nameOfUser(is.Reporter)), is.Reporter != "")
	status := refItem("status", "", "", ids(is.StatusID), j.statuses[is.StatusID].Name)
	status.Field = "Status"
	add(status, true)
	add(fieldItem("summary", "", is.Summary), true)
	return items
}

func (j *Jira) nameOfUser(id string) string {
	if u := j.users[id]; u != nil {
		return u.DisplayName
	}
	return ""
}

func (j *Jira) hookComment(e Event) obj {
	return j.commentJSON(e.Issue, e.Comment)
}

// thinIssue is the issue inside Cloud's comment events: six fields, and a self
// link without "issue" in it, as recorded.
func (j *Jira) thinIssue(is *Issue) obj {
	return obj{"id": ids(is.ID), "self": j.self("/rest/api/2/" + ids(is.ID)), "key": is.Key, "fields": obj{
		"summary": is.Summary, "issuetype": j.typeJSON(j.types[is.TypeID]), "project": j.projectRef(j.projects[is.ProjectID]),
		"assignee": j.webhookUser(is.Assignee), "priority": j.namedJSON("priority", j.priorities[is.Priority]),
		"status": j.statusJSON(j.statuses[is.StatusID]),
	}}
}

// hookSprint: a deleted sprint comes without a self link.
func (j *Jira) hookSprint(s *Sprint, deleted bool) obj {
	o := j.sprintCore(s)
	if deleted {
		delete(o, "self")
	}
	if j.knobs.WebhookCreatedDate && j.cloud() {
		o["createdDate"] = agileTime(s.Created)
	}
	return o
}

// subtaskLinkType stands for the hidden link between a sub-task and its parent.
const subtaskLinkType = 10100

func (j *Jira) hookLink(l *Link) obj {
	t := j.linkTypes[l.TypeID]
	if t == nil {
		t = &LinkType{ID: subtaskLinkType, Name: "jira_subtask_link", Inward: "jira_subtask_inward", Outward: "jira_subtask_outward"}
	}
	sub := l.TypeID == subtaskLinkType
	return obj{"id": l.ID, "sourceIssueId": l.Source, "destinationIssueId": l.Dest, "systemLink": sub,
		"issueLinkType": obj{"id": t.ID, "name": t.Name, "outwardName": t.Outward, "inwardName": t.Inward,
			"isSubTaskLinkType": sub, "isSystemLinkType": sub}}
}

// hookProject has a numeric id, unlike REST.
func (j *Jira) hookProject(p *Project) obj {
	return obj{"self": j.self("/rest/api/2/project/" + ids(p.ID)), "id": p.ID, "key": p.Key, "name": p.Name,
		"avatarUrls":  obj{"48x48": j.self("/secure/projectavatar?pid=" + ids(p.ID))},
		"projectLead": j.webhookUser(p.Lead), "assigneeType": "admin.assignee.type.unassigned"}
}
