package jiratest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// issueSelf is an issue's self link; Agile REST has its own.
func (j *Jira) issueSelf(is *Issue, agile bool) string {
	if agile {
		return j.self("/rest/agile/1.0/issue/" + ids(is.ID))
	}
	return j.self("/rest/api/2/issue/" + ids(is.ID))
}

// issueFields are all fields of an issue as platform REST shows them.
// Entries of fields that have no value are null, as in Jira.
func (j *Jira) issueFields(is *Issue, viewer *User) obj {
	p, t, s := j.projects[is.ProjectID], j.types[is.TypeID], j.statuses[is.StatusID]
	f := obj{
		"summary": is.Summary, "description": nilIfEmpty(is.Description), "labels": append([]string{}, is.Labels...),
		"issuetype": j.typeJSON(t), "project": j.projectRef(p), "status": j.statusJSON(s),
		"assignee": j.userRef(is.Assignee), "reporter": j.userRef(is.Reporter), "creator": j.userRef(is.Creator),
		"priority": j.namedJSON("priority", j.priorities[is.Priority]), "resolution": j.namedJSON("resolution", j.resolutions[is.Resolution]),
		"resolutiondate": j.platformTime(is.Resolved), "created": j.platformTime(is.Created), "updated": j.platformTime(is.Updated),
		"subtasks": j.subtaskRefs(is, viewer), "issuelinks": j.linkRefs(is, viewer), SprintField: j.sprintField(is),
		"watches": obj{"self": j.issueSelf(is, false) + "/watchers", "watchCount": len(is.Watchers), "isWatching": viewer != nil && slices.Contains(is.Watchers, viewer.ID)},
		"comment": j.commentPage(is, viewer, 0, len(is.Comments), ""), "duedate": nil, "environment": nil,
		"fixVersions": []any{}, "versions": []any{}, "components": []any{}, "worklog": obj{"startAt": 0, "maxResults": 20, "total": 0, "worklogs": []any{}},
	}
	if parent := j.issues[is.ParentID]; parent != nil {
		f["parent"] = j.issueRef(parent)
	}
	for k, v := range is.Fields {
		f[k] = v
	}
	return f
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// issueRef shows an issue inside another one: no labels, no assignee, no resolution.
func (j *Jira) issueRef(is *Issue) obj {
	return obj{"id": ids(is.ID), "key": is.Key, "self": j.issueSelf(is, false), "fields": obj{
		"summary": is.Summary, "status": j.statusJSON(j.statuses[is.StatusID]),
		"priority": j.namedJSON("priority", j.priorities[is.Priority]), "issuetype": j.typeJSON(j.types[is.TypeID]),
	}}
}

func (j *Jira) subtaskRefs(is *Issue, viewer *User) []obj {
	out := []obj{}
	for _, sub := range j.subtasksOf(is) {
		if viewer == nil || j.sees(viewer, sub) {
			out = append(out, j.issueRef(sub))
		}
	}
	return out
}

// subtasksOf gives sub-tasks in order of id. Children of an epic are none.
func (j *Jira) subtasksOf(is *Issue) []*Issue {
	var out []*Issue
	for _, c := range j.issues { // sorted below: sorting all issues for each one shown would be slow
		if c.ParentID == is.ID && j.types[c.TypeID].Subtask {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *Issue) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (j *Jira) linkRefs(is *Issue, viewer *User) []obj {
	out := []obj{}
	for _, l := range sorted(j.links) {
		t := j.linkTypes[l.TypeID]
		o := obj{"id": ids(l.ID), "self": j.self("/rest/api/2/issueLink/" + ids(l.ID)), "type": j.linkTypeJSON(t)}
		side, other := "", j.issues[l.Dest]
		switch is.ID {
		case l.Source:
			side = "outwardIssue"
		case l.Dest:
			side, other = "inwardIssue", j.issues[l.Source]
		}
		if side != "" && other != nil && (viewer == nil || j.sees(viewer, other)) {
			o[side] = j.issueRef(other)
			out = append(out, o)
		}
	}
	return out
}

func (j *Jira) linkTypeJSON(t *LinkType) obj {
	return obj{"id": ids(t.ID), "name": t.Name, "inward": t.Inward, "outward": t.Outward, "self": j.self("/rest/api/2/issueLinkType/" + ids(t.ID))}
}

// sprintField is the value of the Sprint custom field: objects on Cloud,
// strings in the form of a Java object on Data Center, null without a sprint.
func (j *Jira) sprintField(is *Issue) any {
	var out []any
	for _, id := range j.sprintsOf(is) {
		s := j.sprints[id]
		if s == nil {
			continue
		}
		if !j.cloud() {
			out = append(out, sprintString(s))
			continue
		}
		o := obj{"id": s.ID, "name": s.Name, "state": s.State, "boardId": s.OriginBoardID, "goal": s.Goal}
		for k, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
			if !t.IsZero() {
				o[k] = agileTime(t)
			}
		}
		out = append(out, o)
	}
	if out == nil {
		return nil
	}
	return out
}

// sprintsOf gives the sprints of an issue; a sub-task follows its parent.
func (j *Jira) sprintsOf(is *Issue) []int64 {
	if t := j.types[is.TypeID]; t != nil && t.Subtask {
		if parent := j.issues[is.ParentID]; parent != nil {
			return parent.Sprints
		}
	}
	return is.Sprints
}

func sprintString(s *Sprint) string {
	null := func(v string) string {
		if v == "" {
			return "<null>"
		}
		return v
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%d,rapidViewId=%d,state=%s,name=%s,startDate=%s,endDate=%s,completeDate=%s,activatedDate=%s,sequence=%d,goal=%s]",
		0xa88a000+s.ID, s.ID, s.OriginBoardID, strings.ToUpper(s.State), s.Name, null(agileTime(s.Start)), null(agileTime(s.End)),
		null(agileTime(s.Complete)), null(agileTime(s.Activated)), s.ID, null(s.Goal))
}

// issueJSON shows an issue as platform REST's GET does. keep picks fields
// (nil: all); expand "changelog" and "names" are served.
func (j *Jira) issueJSON(is *Issue, viewer *User, keep func(string) bool) obj {
	fields := j.issueFields(is, viewer)
	for _, k := range sortedKeys(fields) {
		if keep != nil && !keep(k) {
			delete(fields, k)
		}
	}
	return obj{"expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
		"id": ids(is.ID), "key": is.Key, "self": j.issueSelf(is, false), "fields": fields}
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}
