package jiratest

import (
	"net/http"
	"slices"
)

func (j *Jira) restDeleteIssue(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	if !j.canIssue(c.user, is, DeleteIssues) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to delete issues in this project."))
	}
	subs := j.subtasksOf(is)
	if len(subs) > 0 && c.query.Get("deleteSubtasks") != "true" {
		return failed(refuse(http.StatusBadRequest, "The issue '%s' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.", is.Key))
	}
	j.deleteIssue(c.user, is, false)
	for _, s := range subs {
		j.deleteIssue(c.user, s, true)
	}
	return noContent()
}

// deleteIssue takes an issue out of the world; the event shows it as it was.
func (j *Jira) deleteIssue(u *User, is *Issue, secondary bool) {
	for _, l := range sorted(j.links) {
		if l.Source == is.ID || l.Dest == is.ID {
			delete(j.links, l.ID)
		}
	}
	j.emit(Event{Name: "jira:issue_deleted", Actor: who(u), Issue: is.clone(), Secondary: secondary})
	delete(j.issues, is.ID)
	j.rank = slices.DeleteFunc(j.rank, func(id int64) bool { return id == is.ID })
	j.forget(is.ID)
	for _, child := range sorted(j.issues) {
		if child.ParentID == is.ID && !j.types[child.TypeID].Subtask {
			child.ParentID = 0
			j.touch(child)
		}
	}
}

func (j *Jira) restAssignee(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	if !j.canIssue(c.user, is, AssignIssues) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to assign issues."))
	}
	d := j.newDraft(c.user, j.projects[is.ProjectID], is.clone())
	d.setAssignee(c.body)
	if err := d.err(); err != nil {
		return failed(err)
	}
	*is = *d.is
	j.commit(c.user, is, "issue_assigned", d.items)
	return noContent()
}
