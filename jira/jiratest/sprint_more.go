package jiratest

import (
	"net/http"
	"slices"
)

// deleteSprint: its issues go to the backlog. Only future sprints, unless the
// knob lets Cloud do more.
func (j *Jira) deleteSprint(c *call) reply {
	s, err := j.visibleSprint(c)
	if err != nil {
		return failed(err)
	}
	if err := j.removeSprint(c.user, s); err != nil {
		return failed(err)
	}
	return noContent()
}

func (j *Jira) removeSprint(u *User, s *Sprint) *Error {
	if err := j.mayManage(u, j.sprintProjects(s)); err != nil {
		return err
	}
	switch {
	case s.Synced && !j.cloud():
		return refuse(http.StatusBadRequest, "A synced sprint cannot be deleted. Unsync it first.")
	case s.State != SprintFuture && !(j.cloud() && j.knobs.DeleteStarted):
		return refuse(http.StatusBadRequest, "Sprint %d cannot be deleted because it is %s. Only future sprints can be deleted.", s.ID, s.State)
	}
	j.emit(Event{Name: "sprint_deleted", Actor: who(u), Sprint: s.clone()})
	for _, is := range j.sprintMembers(s) {
		if j.types[is.TypeID].Subtask {
			continue
		}
		to := slices.DeleteFunc(slices.Clone(is.Sprints), func(id int64) bool { return id == s.ID })
		item := j.sprintItem(is.Sprints, to)
		is.Sprints = to
		if j.knobs.DeleteSilent {
			j.touch(is)
			continue
		}
		j.commit(u, is, "issue_updated", []Item{item})
	}
	delete(j.sprints, s.ID)
	return nil
}

// swapSprint swaps the positions of two sprints.
func (j *Jira) swapSprint(c *call) reply {
	var in struct {
		With int64 `json:"sprintToSwapWith"`
	}
	s, err := j.visibleSprint(c)
	if err == nil {
		err = c.decode(&in)
	}
	if err != nil {
		return failed(err)
	}
	other, err := j.sprintSeenBy(c.user, in.With)
	if err == nil {
		err = cmpErr(j.mayManage(c.user, j.sprintProjects(s)), j.mayManage(c.user, j.sprintProjects(other)))
	}
	if err != nil {
		return failed(err)
	}
	s.Sequence, other.Sequence = other.sequence(), s.sequence()
	return noContent()
}

// sprintPropertyStore: read needs the sprint to be visible, write the right to
// manage it.
func (j *Jira) sprintPropertyStore(c *call) (propertyStore, *Error) {
	s, err := j.visibleSprint(c)
	if err != nil {
		return propertyStore{}, err
	}
	st := propertyStore{values: &s.Properties, self: j.sprintSelf(s)}
	if denied := j.mayManage(c.user, j.sprintProjects(s)); denied != nil {
		st.denied = refuse(http.StatusForbidden, "%s", denied.Messages[0])
	}
	return st, nil
}
