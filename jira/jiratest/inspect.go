package jiratest

import (
	"encoding/json"
	"slices"
)

// Issue gives a copy of an issue by key, former key or id, whoever may see it.
func (j *Jira) Issue(key string) (Issue, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if is := j.findIssue(key); is != nil {
		return *is.clone(), true
	}
	return Issue{}, false
}

// Issues gives copies of a project's issues in order of id ("" for all projects).
func (j *Jira) Issues(projectKey string) []Issue {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(projectKey)
	var out []Issue
	for _, is := range sorted(j.issues) {
		if projectKey == "" || p != nil && is.ProjectID == p.ID {
			out = append(out, *is.clone())
		}
	}
	return out
}

// Subtasks gives copies of an issue's sub-tasks in order of id.
func (j *Jira) Subtasks(key string) []Issue {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Issue
	if is := j.findIssue(key); is != nil {
		for _, s := range j.subtasksOf(is) {
			out = append(out, *s.clone())
		}
	}
	return out
}

// Comments gives an issue's comments, oldest first.
func (j *Jira) Comments(key string) []Comment {
	is, _ := j.Issue(key)
	return is.Comments
}

// Property gives a property of an issue.
func (j *Jira) Property(key, property string) (json.RawMessage, bool) {
	is, _ := j.Issue(key)
	v, there := is.Properties[property]
	return v, there
}

// ProjectProperty gives a property of a project.
func (j *Jira) ProjectProperty(projectKey, property string) (json.RawMessage, bool) {
	p, _ := j.Project(projectKey)
	v, there := p.Properties[property]
	return v, there
}

// Project gives a copy of a project by key or id.
func (j *Jira) Project(key string) (Project, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if p := j.projectByKey(key); p != nil {
		return j.copyProject(p), true
	}
	return Project{}, false
}

// User gives a copy of an account by e-mail, name or id.
func (j *Jira) User(ref string) (User, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if u := j.findUser(ref); u != nil {
		c := *u
		c.Tokens = slices.Clone(u.Tokens)
		return c, true
	}
	return User{}, false
}

// Sprint gives a copy of a sprint.
func (j *Jira) Sprint(id int64) (Sprint, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if s := j.sprints[id]; s != nil {
		return *s.clone(), true
	}
	return Sprint{}, false
}

// Sprints gives copies of all sprints in order of id.
func (j *Jira) Sprints() []Sprint {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Sprint
	for _, s := range sorted(j.sprints) {
		out = append(out, *s.clone())
	}
	return out
}

// SprintIssues gives the keys of the issues in a sprint, sub-tasks included,
// in order of id.
func (j *Jira) SprintIssues(id int64) []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []string
	for _, is := range sorted(j.issues) {
		if slices.Contains(j.sprintsOf(is), id) {
			out = append(out, is.Key)
		}
	}
	return out
}

// Board gives a copy of a board.
func (j *Jira) Board(id int64) (Board, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if b := j.boards[id]; b != nil {
		return *b.clone(), true
	}
	return Board{}, false
}

// StatusOf gives the name and category of an issue's status and the name of
// its resolution ("" when unresolved).
func (j *Jira) StatusOf(key string) (status, category, resolution string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	is := j.findIssue(key)
	if is == nil {
		return "", "", ""
	}
	s := j.statuses[is.StatusID]
	_, resolution = nameOf(j.resolutions[is.Resolution])
	return s.Name, s.Category, resolution
}

// RoleID gives the id of a site-wide role by name; ok is false without one.
func (j *Jira) RoleID(name string) (int64, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r := firstOf(sorted(j.roles), func(r *Role) bool { return r.Name == name && r.ProjectID == 0 })
	if r == nil {
		return 0, false
	}
	return r.ID, true
}
