package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Clone copies an issue as a person does in the browser: the copy has the
// same labels and fields, was created by that person, and is linked as a
// clone. Sub-tasks are not copied. Properties go along where the knob says so.
func (j *Jira) Clone(by, key string) (Issue, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	u := j.findUser(by)
	src, err := j.lookup(u, key)
	if err != nil {
		return Issue{}, err
	}
	p := j.projects[src.ProjectID]
	if !j.can(u, p, CreateIssues) {
		return Issue{}, refuse(http.StatusForbidden, "You do not have permission to create issues in this project.")
	}
	now := j.now()
	c := src.clone()
	c.Summary = "CLONE - " + src.Summary
	c.Creator, c.Created, c.Updated = u.ID, now, now
	c.StatusID, c.Resolution = j.firstStatus(p), 0
	c.Resolved = time.Time{}
	c.OldKeys, c.Sprints, c.Comments, c.RemoteLinks, c.Watchers, c.History = nil, nil, nil, nil, nil, nil
	if s := j.openSprint(src); s != nil && !j.types[src.TypeID].Subtask && j.knobs.CloneKeepsSprint && j.can(u, p, ScheduleIssues) {
		c.Sprints = []int64{s.ID}
	}
	if !j.knobs.CloneCopiesProperties {
		c.Properties = map[string]json.RawMessage{}
	}
	j.keepIssue(p, c)
	j.emit(Event{Name: "jira:issue_created", TypeName: "issue_created", Actor: u.ID, Issue: c.clone()})
	if t := firstOf(sorted(j.linkTypes), func(t *LinkType) bool { return t.Name == "Cloners" }); t != nil {
		j.link(u, t, c, src)
	}
	j.wrote()
	return *c.clone(), nil
}

// Move takes an issue with its sub-tasks to another project: it gets a new
// key there, keeps its id, and the old key goes on answering. The type is the
// one of the same name there, else the first that fits.
func (j *Jira) Move(by, key, projectKey string) (Issue, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	u := j.findUser(by)
	is, err := j.lookup(u, key)
	if err != nil {
		return Issue{}, err
	}
	to := j.projectByKey(projectKey)
	if to == nil || !j.can(u, to, CreateIssues) {
		return Issue{}, errProjectMissing(projectKey)
	}
	if !j.canIssue(u, is, MoveIssues) {
		return Issue{}, refuse(http.StatusForbidden, "You do not have permission to move this issue.")
	}
	if j.types[is.TypeID].Subtask {
		return Issue{}, refuse(http.StatusBadRequest, "A sub-task moves with its parent.")
	}
	subs := j.subtasksOf(is)
	for _, one := range append([]*Issue{is}, subs...) {
		if j.fittingType(to, j.types[one.TypeID]) == nil {
			return Issue{}, refuse(http.StatusBadRequest, "Project %s has no issue type for %s.", to.Key, one.Key)
		}
	}
	for _, one := range append([]*Issue{is}, subs...) {
		j.moveOne(u, one, to)
	}
	j.wrote()
	return *is.clone(), nil
}

func (j *Jira) fittingType(p *Project, t *IssueType) *IssueType {
	var fit *IssueType
	for _, id := range p.IssueTypes {
		o := j.types[id]
		if o.Level == t.Level && (fit == nil || strings.EqualFold(o.Name, t.Name)) {
			fit = o
		}
	}
	return fit
}

func (j *Jira) moveOne(u *User, is *Issue, to *Project) {
	from, oldKey, oldType := j.projects[is.ProjectID], is.Key, j.types[is.TypeID]
	newType := j.fittingType(to, oldType)
	to.LastNumber++
	is.OldKeys = append(is.OldKeys, oldKey)
	is.Key, is.ProjectID, is.TypeID = to.Key+"-"+ids(to.LastNumber), to.ID, newType.ID
	items := []Item{
		refItem("project", ids(from.ID), from.Name, ids(to.ID), to.Name),
		refItem("Key", "", oldKey, "", is.Key),
	}
	if newType != oldType {
		items = append(items, refItem("issuetype", ids(oldType.ID), oldType.Name, ids(newType.ID), newType.Name))
	}
	j.commit(u, is, "issue_moved", items)
}

// Convert turns a sub-task into an issue of a standard type of its project,
// named by typeName; it has no parent afterwards.
func (j *Jira) Convert(by, key, typeName string) (Issue, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	u := j.findUser(by)
	is, err := j.lookup(u, key)
	if err != nil {
		return Issue{}, err
	}
	to := j.specType(j.projects[is.ProjectID], typeName)
	if to == nil || to.Subtask || !j.types[is.TypeID].Subtask {
		return Issue{}, refuse(http.StatusBadRequest, "%s cannot become a %q.", is.Key, typeName)
	}
	if !j.canIssue(u, is, EditIssues) {
		return Issue{}, refuse(http.StatusForbidden, "You do not have permission to edit this issue.")
	}
	old, parent := j.types[is.TypeID], j.issues[is.ParentID]
	is.TypeID, is.ParentID, is.Sprints = to.ID, 0, slices.Clone(parent.Sprints)
	j.commit(u, is, "issue_updated", []Item{
		refItem("Parent Issue", ids(parent.ID), parent.Key, "", ""),
		refItem("issuetype", ids(old.ID), old.Name, ids(to.ID), to.Name),
	})
	j.wrote()
	return *is.clone(), nil
}

// RenameProject changes a project's key and those of all its issues; the old
// keys go on answering.
func (j *Jira) RenameProject(oldKey, newKey string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(oldKey)
	if p == nil {
		return errProjectMissing(oldKey)
	}
	if j.projectByKey(newKey) != nil {
		return refuse(http.StatusBadRequest, "Project '%s' uses this project key.", newKey)
	}
	p.OldKeys, p.Key = append(p.OldKeys, p.Key), newKey
	for _, is := range sorted(j.issues) {
		if is.ProjectID == p.ID {
			is.OldKeys = append(slices.Clone(is.OldKeys), is.Key)
			is.Key = newKey + is.Key[strings.LastIndexByte(is.Key, '-'):]
			j.touch(is)
		}
	}
	j.emit(Event{Name: "project_updated", Project: new(j.copyProject(p))})
	j.wrote()
	return nil
}
