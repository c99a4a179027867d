package jiratest

import (
	"net/http"
	"slices"
)

// restCreateTypes lists the issue types that the caller can create. Cloud calls
// the array issueTypes, Data Center values.
func (j *Jira) restCreateTypes(c *call) reply {
	p, err := j.creatable(c)
	if err != nil {
		return failed(err)
	}
	all := []obj{}
	for _, id := range p.IssueTypes {
		if t := j.types[id]; !t.Subtask || !j.knobs.SubtasksOff {
			all = append(all, j.typeJSON(t))
		}
	}
	return j.metaPage(c, all, "issueTypes")
}

func (j *Jira) creatable(c *call) (*Project, *Error) {
	p, err := j.projectSeen(c.user, c.path("project"))
	if err == nil && !j.can(c.user, p, CreateIssues) {
		err = errProjectMissing(c.path("project"))
	}
	return p, err
}

func (j *Jira) metaPage(c *call, all []obj, name string) reply {
	if c.num("maxResults", 50) > 200 && j.cloud() {
		return failed(refuse(http.StatusBadRequest, "Parameter 'maxResults' must not exceed the limit '200'"))
	}
	out := j.page(c, all, 50, 200)
	delete(out, "self")
	if j.cloud() {
		out[name] = out["values"]
		delete(out, "values")
		delete(out, "isLast")
	}
	return ok(out)
}

// restCreateFields lists the fields of the create screen of one type.
func (j *Jira) restCreateFields(c *call) reply {
	p, err := j.creatable(c)
	if err != nil {
		return failed(err)
	}
	id := c.id("type")
	t := j.types[id]
	if t == nil || !slices.Contains(p.IssueTypes, t.ID) {
		return failed(refuse(http.StatusNotFound, "Issue type with id '%s' does not exist or is not in the project.", c.path("type")))
	}
	all := []obj{}
	add := func(field, name, typ string, required bool) {
		if j.ruled(p.OffScreen, t.ID, field) {
			return
		}
		required = required || j.ruled(p.Required, t.ID, field)
		all = append(all, obj{"fieldId": field, "key": field, "name": name, "required": required, "hasDefaultValue": field == "priority" || field == "reporter",
			"operations": []string{"set"}, "schema": obj{"type": typ, "system": field}})
	}
	for _, f := range systemFields() {
		switch f[0] {
		case "summary", "issuetype", "project":
			add(f[0], f[1], f[2], true)
		case "parent":
			if t.Subtask || j.cloud() && t.Level == 0 {
				add(f[0], f[1], f[2], t.Subtask)
			}
		case "labels", "description", "priority", "assignee", "reporter", "duedate", "environment":
			add(f[0], f[1], f[2], false)
		}
	}
	for _, f := range sortedKeys(j.custom) {
		add(f, j.custom[f], "any", false)
	}
	return j.metaPage(c, all, "fields")
}
