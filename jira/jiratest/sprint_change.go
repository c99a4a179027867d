package jiratest

import (
	"net/http"
)

func (j *Jira) patchSprint(c *call) reply { return j.updateSprint(c, false) }
func (j *Jira) putSprint(c *call) reply   { return j.updateSprint(c, true) }

func (j *Jira) updateSprint(c *call, full bool) reply {
	s, err := j.visibleSprint(c)
	if err != nil {
		return failed(err)
	}
	in, err := parseSprint(c)
	if err != nil {
		return failed(err)
	}
	if err := j.changeSprint(c.user, s, in, full); err != nil {
		return failed(err)
	}
	return ok(j.sprintJSON(s))
}

// changeSprint is an update of a sprint. A full one makes absent fields null;
// the state stays when it is absent (Agile REST, "Update sprint" and
// "Partially update sprint").
func (j *Jira) changeSprint(u *User, s *Sprint, in sprintInput, full bool) *Error {
	if err := j.mayChange(u, s, in); err != nil {
		return err
	}
	if s.State == SprintClosed {
		return j.changeClosed(u, s, in, full)
	}
	next := s.clone()
	if err := j.edited(u, s, next, in, full); err != nil {
		return err
	}
	if in.state == "" || in.state == s.State {
		j.keepSprint(u, s, next)
		return nil
	}
	return j.changeState(u, s, next, in.state)
}

// mayChange: on Data Center starting and closing (with the dates that starting
// needs), and name and goal, have permissions of their own beside Manage Sprints.
func (j *Jira) mayChange(u *User, s *Sprint, in sprintInput) *Error {
	state := in.state != "" && in.state != s.State
	projects := j.sprintProjects(s)
	if state {
		if err := j.mayManage(u, projects, StartStopSprints); err != nil {
			return err
		}
	}
	text, rest := false, false
	for field := range in.has {
		switch field {
		case "name", "goal":
			text = true
		case "startDate", "endDate":
			rest = rest || !state
		case "autoStartStop", "incompleteIssuesDestinationId", "synced":
			rest = true
		}
	}
	switch {
	case rest:
		return j.mayManage(u, projects)
	case text || !state:
		return j.mayManage(u, projects, EditSprints)
	}
	return nil
}

// edited puts the input's fields into next.
func (j *Jira) edited(u *User, s, next *Sprint, in sprintInput, full bool) *Error {
	if in.has["name"] && in.name != "" || full {
		next.Name = in.name
	}
	if next.Name != s.Name && next.Name != "" {
		if err := j.checkSprintName(next.Name); err != nil {
			return err
		}
	}
	if in.has["goal"] || full {
		if err := j.checkSprintGoal(in.goal); err != nil {
			return err
		}
		next.Goal = in.goal
	}
	if in.has["startDate"] || full {
		next.Start = in.start
	}
	if in.has["endDate"] || full {
		next.End = in.end
	}
	if !j.cloud() {
		j.editedDC(next, in)
	}
	if s.Synced && (!next.Start.Equal(s.Start) || !next.End.Equal(s.End)) && !j.admin(u, Administer) {
		return refuse(http.StatusForbidden, "Only Jira administrators can edit the dates of a synced sprint.")
	}
	return checkDates(next.Start, next.End)
}

func (j *Jira) editedDC(next *Sprint, in sprintInput) {
	if in.has["autoStartStop"] {
		next.AutoStartStop = in.auto
	}
	if in.has["incompleteIssuesDestinationId"] {
		next.Destination = in.destination
	}
	if in.has["synced"] {
		next.Synced = in.synced
	}
}

// changeClosed: Cloud takes name and goal and ignores the rest, Data Center
// takes nothing.
func (j *Jira) changeClosed(u *User, s *Sprint, in sprintInput, full bool) *Error {
	switch {
	case in.state == SprintClosed && j.knobs.CloseAgain < 300 && j.cloud():
	case in.state == SprintClosed && j.knobs.CloseAgain < 300:
		return nil
	case in.state == SprintClosed:
		return refuse(j.knobs.CloseAgain, "Sprint %d is already closed.", s.ID)
	case in.state != "":
		return errState(s, in.state)
	case !j.cloud():
		return refuse(http.StatusBadRequest, "A closed sprint cannot be updated.")
	}
	next := s.clone()
	if in.has["name"] && in.name != "" || full {
		next.Name = in.name
	}
	if in.has["goal"] || full {
		if err := j.checkSprintGoal(in.goal); err != nil {
			return err
		}
		next.Goal = in.goal
	}
	if next.Name != s.Name && next.Name != "" {
		if err := j.checkSprintName(next.Name); err != nil {
			return err
		}
	}
	j.keepSprint(u, s, next)
	return nil
}

func errState(s *Sprint, to string) *Error {
	if to != SprintFuture && to != SprintActive && to != SprintClosed {
		return refuseField("state", "The state '%s' is not valid. Valid states are: future, active, closed.", to)
	}
	return refuse(http.StatusBadRequest, "The sprint's state cannot be changed from %s to %s.", s.State, to)
}

// keepSprint stores a change that is no change of state.
func (j *Jira) keepSprint(u *User, s, next *Sprint) {
	old := s.clone()
	same := old.Name == next.Name && old.Goal == next.Goal && old.Start.Equal(next.Start) && old.End.Equal(next.End) &&
		old.AutoStartStop == next.AutoStartStop && old.Destination == next.Destination && old.Synced == next.Synced
	if same {
		return
	}
	*s = *next
	j.emit(Event{Name: "sprint_updated", Actor: who(u), Sprint: s.clone(), OldSprint: old})
}

// changeState starts a future sprint or closes an active one; nothing else is
// possible by REST.
func (j *Jira) changeState(u *User, s, next *Sprint, to string) *Error {
	switch {
	case s.State == SprintFuture && to == SprintActive:
		return j.start(u, s, next)
	case s.State == SprintActive && to == SprintClosed:
		return j.finish(u, s, next)
	}
	return errState(s, to)
}

func (j *Jira) start(u *User, s, next *Sprint) *Error {
	if next.Start.IsZero() || next.End.IsZero() {
		return refuse(http.StatusBadRequest, "A sprint needs a start date and an end date to be started.")
	}
	if b := j.boards[s.OriginBoardID]; b != nil && j.knobs.SingleSprint {
		for _, other := range j.sprintsShown(b) {
			if other.State == SprintActive {
				return refuse(http.StatusBadRequest, "Sprint '%s' is active already, and parallel sprints are switched off.", other.Name)
			}
		}
	}
	old := s.clone()
	*s = *next
	s.State, s.Activated = SprintActive, j.now()
	if j.knobs.StartAlsoUpdates {
		j.emit(Event{Name: "sprint_updated", Actor: who(u), Sprint: s.clone(), OldSprint: old})
	}
	j.emit(Event{Name: "sprint_started", Actor: who(u), Sprint: s.clone()})
	return nil
}

// finish closes a sprint. The issues keep it in their Sprint field: no
// changelog, no event. Only Data Center can send incomplete ones elsewhere.
func (j *Jira) finish(u *User, s, next *Sprint) *Error {
	if j.knobs.OffendingIssues {
		if err := j.offending(s); err != nil {
			return err
		}
	}
	*s = *next
	s.State, s.Complete = SprintClosed, j.now()
	j.emit(Event{Name: "sprint_closed", Actor: who(u), Sprint: s.clone()})
	if s.Destination != 0 && !j.cloud() {
		j.redirect(u, s)
	}
	return nil
}

// offending refuses a sprint that holds complete issues with incomplete
// sub-tasks (Data Center REST, "Update sprint").
func (j *Jira) offending(s *Sprint) *Error {
	for _, is := range j.sprintMembers(s) {
		if !j.complete(is) {
			continue
		}
		for _, sub := range j.subtasksOf(is) {
			if !j.complete(sub) {
				return refuse(http.StatusBadRequest, "Sprint %d cannot be closed: issue %s is complete but its sub-task %s is not.", s.ID, is.Key, sub.Key)
			}
		}
	}
	return nil
}

func (j *Jira) complete(is *Issue) bool { return j.statuses[is.StatusID].Category == CategoryDone }

// redirect moves incomplete issues to the sprint's destination, those that
// the caller may edit.
func (j *Jira) redirect(u *User, s *Sprint) {
	target := max(s.Destination, 0)
	if t := j.sprints[target]; target != 0 && (t == nil || t.State == SprintClosed) {
		return
	}
	for _, is := range j.sprintMembers(s) {
		if j.complete(is) || j.types[is.TypeID].Subtask || u != nil && !j.canIssue(u, is, EditIssues) {
			continue
		}
		if it, changed := j.setSprint(is, target); changed {
			j.commit(u, is, "issue_updated", []Item{it})
		}
	}
}
