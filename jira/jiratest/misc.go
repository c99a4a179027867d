package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
)

// systemFields are the fields that GET field lists before custom ones.
func systemFields() [][3]string {
	return [][3]string{ // id, name, schema type
		{"summary", "Summary", "string"}, {"issuetype", "Issue Type", "issuetype"}, {"status", "Status", "status"},
		{"labels", "Labels", "array"}, {"assignee", "Assignee", "user"}, {"reporter", "Reporter", "user"}, {"creator", "Creator", "user"},
		{"priority", "Priority", "priority"}, {"resolution", "Resolution", "resolution"}, {"resolutiondate", "Resolved", "datetime"},
		{"created", "Created", "datetime"}, {"updated", "Updated", "datetime"}, {"description", "Description", "string"},
		{"project", "Project", "project"}, {"parent", "Parent", "issuelink"}, {"subtasks", "Sub-tasks", "array"},
		{"issuelinks", "Linked Issues", "array"}, {"comment", "Comment", "comments-page"}, {"watches", "Watchers", "watches"},
		{"duedate", "Due date", "date"}, {"environment", "Environment", "string"},
	}
}

func (j *Jira) restFields(c *call) reply {
	out := []obj{}
	for _, f := range systemFields() {
		schema := obj{"type": f[2], "system": f[0]}
		if f[0] == "labels" {
			schema["items"] = "string"
		}
		out = append(out, obj{"id": f[0], "key": f[0], "name": f[1], "custom": false, "orderable": true, "navigable": true, "searchable": true, "clauseNames": []string{f[0]}, "schema": schema})
	}
	for _, id := range sortedKeys(j.custom) {
		schema := obj{"type": "any", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:textfield", "customId": customNumber(id)}
		if id == SprintField {
			schema["type"], schema["items"], schema["custom"] = "array", "json", "com.pyxis.greenhopper.jira:gh-sprint"
			if !j.cloud() {
				schema["items"] = "string"
			}
		}
		out = append(out, obj{"id": id, "key": id, "name": j.custom[id], "custom": true, "orderable": true, "navigable": true, "searchable": true,
			"clauseNames": []string{"cf[" + id[len("customfield_"):] + "]", j.custom[id]}, "schema": schema})
	}
	return ok(out)
}

func customNumber(id string) int {
	n := 0
	for _, r := range id[len("customfield_"):] {
		n = n*10 + int(r-'0')
	}
	return n
}

// fieldNames maps field ids to names, for expand=names.
func (j *Jira) fieldNames(keep func(string) bool) obj {
	out := obj{}
	for _, f := range systemFields() {
		if keep == nil || keep(f[0]) {
			out[f[0]] = f[1]
		}
	}
	for id, name := range j.custom {
		if keep == nil || keep(id) {
			out[id] = name
		}
	}
	return out
}

// AddField adds a custom field, such as "customfield_10050" named "Impact",
// that issues then may have on every screen.
func (j *Jira) AddField(id, name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.custom[id] = name
}

func (j *Jira) restResolutions(*call) reply {
	out := []any{}
	for _, r := range sorted(j.resolutions) {
		out = append(out, j.namedJSON("resolution", r))
	}
	return ok(out)
}

func (j *Jira) restPriorities(*call) reply {
	out := []any{}
	for _, p := range sorted(j.priorities) {
		out = append(out, obj{"self": j.self("/rest/api/2/priority/" + ids(p.ID)), "id": ids(p.ID), "name": p.Name, "description": p.Description,
			"statusColor": "#999999", "iconUrl": j.self("/images/icons/priorities/" + ids(p.ID) + ".svg")})
	}
	return ok(out)
}

// restNamed answers GET of one resolution or priority by id.
func (j *Jira) restNamed(kind string, all map[int64]*Named) handler {
	return func(c *call) reply {
		id := c.id("id")
		if n := all[id]; n != nil {
			return ok(j.namedJSON(kind, n))
		}
		return failed(refuse(http.StatusNotFound, "The %s with id '%s' does not exist", kind, c.path("id")))
	}
}

func (j *Jira) restStatus(c *call) reply {
	s := firstOf(sorted(j.statuses), func(s *Status) bool { return ids(s.ID) == c.path("id") || s.Name == c.path("id") })
	if s == nil || c.user == nil {
		return failed(refuse(http.StatusNotFound, "The status with id '%s' does not exist", c.path("id")))
	}
	return ok(j.statusJSON(s))
}

func (j *Jira) restCategories(*call) reply {
	out := []obj{}
	for _, key := range []string{"undefined", CategoryNew, CategoryIndeterminate, CategoryDone} {
		out = append(out, j.categoryJSON(key))
	}
	return ok(out)
}

func (j *Jira) restStatuses(c *call) reply {
	out := []obj{}
	if c.user != nil {
		for _, s := range sorted(j.statuses) {
			out = append(out, j.statusJSON(s))
		}
	}
	return ok(out)
}

func (j *Jira) restWatchers(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	watchers := []any{}
	if j.canIssue(c.user, is, ViewWatchers) {
		for _, w := range is.Watchers {
			watchers = append(watchers, j.userRef(w))
		}
	}
	return ok(obj{"self": j.issueSelf(is, false) + "/watchers", "isWatching": slices.Contains(is.Watchers, who(c.user)), "watchCount": len(is.Watchers), "watchers": watchers})
}

// restAddWatcher takes a bare JSON string, or nothing for the caller.
func (j *Jira) restAddWatcher(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	ref := who(c.user)
	if len(c.body) > 0 && json.Unmarshal(c.body, &ref) != nil {
		return failed(refuse(http.StatusBadRequest, "The request body must be a JSON string."))
	}
	u := j.accountNamed(ref)
	if u == nil {
		return failed(refuse(http.StatusNotFound, "The user '%s' does not exist.", ref))
	}
	if u != c.user && !j.canIssue(c.user, is, ManageWatchers) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to manage the watcher list."))
	}
	if !slices.Contains(is.Watchers, u.ID) {
		is.Watchers = append(is.Watchers, u.ID)
		j.touch(is)
	}
	return noContent()
}

func (j *Jira) restRemoveWatcher(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	ref := c.query.Get("accountId") + c.query.Get("username")
	u := j.accountNamed(ref)
	if u == nil {
		return failed(refuse(http.StatusNotFound, "The user '%s' does not exist.", ref))
	}
	if u != c.user && !j.canIssue(c.user, is, ManageWatchers) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to manage the watcher list."))
	}
	is.Watchers = slices.DeleteFunc(is.Watchers, func(w string) bool { return w == u.ID })
	j.touch(is)
	return noContent()
}
