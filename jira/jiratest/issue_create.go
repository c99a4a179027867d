package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// issueInput is the body of create and edit.
type issueInput struct {
	Fields     map[string]json.RawMessage              `json:"fields"`
	Update     map[string][]map[string]json.RawMessage `json:"update"`
	Transition *struct {
		ID string `json:"id"`
	} `json:"transition"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

// createIssue creates one issue as a user; nothing is kept when it fails.
func (j *Jira) createIssue(u *User, in issueInput) (*Issue, *Error) {
	p, err := j.projectFor(u, in.Fields["project"])
	if err != nil {
		return nil, err
	}
	t, err := j.typeFor(p, in.Fields["issuetype"])
	if err != nil {
		return nil, err
	}
	is := &Issue{ProjectID: p.ID, TypeID: t.ID, StatusID: j.firstStatus(p), Creator: who(u), Reporter: who(u), Priority: 3,
		Created: j.now(), Properties: map[string]json.RawMessage{}, Labels: []string{}}
	is.Updated = is.Created
	d := j.newDraft(u, p, is)
	d.creating = true
	d.setAll(in.Fields)
	d.update(in.Update)
	d.mandatory(in, t)
	if err := d.err(); err != nil {
		return nil, err
	}
	for _, prop := range in.Properties {
		if err := checkProperty(prop.Key, prop.Value); err != nil {
			return nil, err
		}
		is.Properties[prop.Key] = prop.Value
	}
	j.keepIssue(p, is)
	j.emit(Event{Name: "jira:issue_created", TypeName: "issue_created", Actor: who(u), Issue: is.clone()})
	return is, nil
}

// keepIssue numbers a new issue, ranks it last and indexes it.
func (j *Jira) keepIssue(p *Project, is *Issue) {
	p.LastNumber++
	is.ID, is.Key = j.next("issue", 10000), p.Key+"-"+ids(p.LastNumber)
	j.issues[is.ID] = is
	j.rank = append(j.rank, is.ID)
	j.touch(is)
}

// firstStatus is where the project's first transition leads: the initial status.
func (j *Jira) firstStatus(p *Project) int64 { return p.Transitions[0].To }

func (j *Jira) projectFor(u *User, v json.RawMessage) (*Project, *Error) {
	var ref nameOrID
	if v == nil {
		return nil, refuseField("project", "Specify a valid project ID or key")
	}
	if err := json.Unmarshal(v, &ref); err != nil {
		return nil, refuseField("project", "data was not an object")
	}
	if ref.Key == "" {
		ref.Key = ref.ID
	}
	p := j.projectByKey(ref.Key)
	if p == nil || !j.can(u, p, BrowseProjects) {
		return nil, refuseField("project", "Specify a valid project ID or key")
	}
	if !j.can(u, p, CreateIssues) {
		return nil, refuse(http.StatusForbidden, "You do not have permission to create issues in this project.")
	}
	return p, nil
}

func (j *Jira) typeFor(p *Project, v json.RawMessage) (*IssueType, *Error) {
	var ref nameOrID
	if v == nil {
		return nil, refuseField("issuetype", "Specify an issue type")
	}
	if err := json.Unmarshal(v, &ref); err != nil {
		return nil, refuseField("issuetype", "data was not an object")
	}
	for _, id := range p.IssueTypes {
		t := j.types[id]
		if ref.ID == ids(id) || ref.ID == "" && ref.Name == t.Name {
			if t.Subtask && j.knobs.SubtasksOff {
				break
			}
			return t, nil
		}
	}
	return nil, refuseField("issuetype", "Specify a valid issue type")
}

// mandatory checks what must be there.
func (d *draft) mandatory(in issueInput, t *IssueType) {
	if d.is.Summary == "" {
		d.fail("summary", "You must specify a summary of the issue.")
	}
	if t.Subtask && d.is.ParentID == 0 && len(d.errs) == 0 {
		d.fail("parent", "Issue type is a sub-task but parent issue key or id not specified.")
	}
	for _, r := range d.p.Required {
		if v := in.Fields[r.Field]; (r.TypeID == 0 || r.TypeID == t.ID) && (v == nil || string(v) == "null" || string(v) == `""` || string(v) == "[]") {
			name := d.j.custom[r.Field]
			if name == "" {
				name = strings.ToUpper(r.Field[:1]) + r.Field[1:]
			}
			d.fail(r.Field, "%s is required.", name)
		}
	}
}

// update applies update verbs: add and remove for labels, set for any field,
// add for comments (edit only).
func (d *draft) update(update map[string][]map[string]json.RawMessage) {
	for _, field := range sortedKeys(update) {
		if field == "comment" && !d.creating {
			continue // the caller adds comments once everything else is right
		}
		labels, changed := slices.Clone(d.is.Labels), false
		for _, op := range update[field] {
			for _, verb := range sortedKeys(op) {
				if verb == "set" {
					d.setAll(map[string]json.RawMessage{field: op[verb]})
					labels, changed = slices.Clone(d.is.Labels), false
					continue
				}
				var l string
				if field != "labels" || verb != "add" && verb != "remove" {
					d.fail(field, "Field with id '%s' and name '%s' does not support operation '%s'", field, field, verb)
					continue
				}
				if json.Unmarshal(op[verb], &l) != nil {
					d.fail(field, "data was not a string")
					continue
				}
				changed = true
				labels = slices.DeleteFunc(labels, func(x string) bool { return x == l })
				if verb == "add" {
					labels = append(labels, l)
				}
			}
		}
		if changed && d.creating && d.j.ruled(d.p.OffScreen, d.is.TypeID, field) {
			d.offScreen(field)
		} else if changed {
			d.useLabels(labels)
		}
	}
}
