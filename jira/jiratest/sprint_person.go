package jiratest

import (
	"net/http"
	"slices"
	"time"
)

// ReopenSprint makes a closed sprint active again, as the sprint report's menu
// in the browser does; REST cannot. It needs what managing the sprint needs.
// That sprint_updated is the event for it is unconfirmed.
func (p *Person) ReopenSprint(id int64) error {
	j := p.j
	j.mu.Lock()
	defer j.mu.Unlock()
	s, u, err := p.sprintToManage(id, StartStopSprints)
	if err != nil {
		return err
	}
	if s.State != SprintClosed {
		return refuse(http.StatusBadRequest, "Only a closed sprint can be reopened.")
	}
	old := s.clone()
	s.State = SprintActive
	s.Complete = time.Time{}
	j.rejoin(s)
	j.emit(Event{Name: "sprint_updated", Actor: u.ID, Sprint: s.clone(), OldSprint: old})
	j.wrote()
	return nil
}

// sprintToManage finds the person and a sprint that they may manage; the lock is held.
func (p *Person) sprintToManage(id int64, alternatives ...string) (*Sprint, *User, error) {
	u := p.j.findUser(p.ref)
	if u == nil {
		return nil, nil, refuse(http.StatusUnauthorized, "no user %s", p.ref)
	}
	s, err := p.j.sprintSeenBy(u, id)
	if err != nil {
		return nil, nil, err
	}
	if err := p.j.mayManage(u, p.j.sprintProjects(s), alternatives...); err != nil {
		return nil, nil, err
	}
	return s, u, nil
}

// rejoin puts a reopened sprint last in the Sprint field of its issues, where
// open sprints stand. What has been planned elsewhere meanwhile stays there
// (unconfirmed).
func (j *Jira) rejoin(s *Sprint) {
	for _, is := range j.sprintMembers(s) {
		if j.types[is.TypeID].Subtask {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(is.Sprints), func(id int64) bool { return id == s.ID })
		elsewhere := slices.ContainsFunc(rest, func(id int64) bool { return j.sprints[id] != nil && j.sprints[id].State != SprintClosed })
		if !elsewhere {
			rest = append(rest, s.ID)
		}
		is.Sprints = rest
		j.touch(is)
	}
}

// CompleteSprint closes a sprint as the browser's dialog does: it refuses
// complete issues with incomplete sub-tasks in both flavours, and then moves the
// incomplete issues to another sprint in changes of their own (0: they stay as
// they are, which is the backlog).
func (p *Person) CompleteSprint(id, moveTo int64) error {
	p.j.mu.Lock()
	s, _, err := p.sprintToManage(id, StartStopSprints)
	var open []string
	if err == nil {
		if offending := p.j.offending(s); offending != nil {
			err = offending
		}
		for _, is := range p.j.sprintMembers(s) {
			if !p.j.complete(is) && !p.j.types[is.TypeID].Subtask {
				open = append(open, is.Key)
			}
		}
	}
	p.j.mu.Unlock()
	if err != nil {
		return err
	}
	if err := p.CloseSprint(id); err != nil || moveTo == 0 {
		return err
	}
	for batch := range slices.Chunk(open, maxMove) {
		if err := p.MoveToSprint(moveTo, batch...); err != nil {
			return err
		}
	}
	return nil
}

// SetAutoStartStop makes Data Center start and close a sprint by itself on its
// dates; RunAutoSprints is the job that does it.
func (p *Person) SetAutoStartStop(id int64, on bool) error {
	return p.do(http.MethodPost, sprintPath+ids(id), obj{"autoStartStop": on})
}

// RunAutoSprints is Data Center's job that starts and closes sprints whose
// dates have come, with no actor. It returns the ids of those it changed; on
// Cloud it does nothing. Advance runs it too.
func (j *Jira) RunAutoSprints() []int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.autoSprints()
}

func (j *Jira) autoSprints() []int64 {
	var done []int64
	now := j.now()
	for _, s := range sorted(j.sprints) {
		if j.cloud() || !s.AutoStartStop {
			continue
		}
		to := ""
		switch {
		case s.State == SprintFuture && !s.Start.IsZero() && !s.End.IsZero() && !s.Start.After(now):
			to = SprintActive
		case s.State == SprintActive && !s.End.After(now):
			to = SprintClosed
		}
		if to != "" && j.changeState(nil, s, s.clone(), to) == nil {
			done = append(done, s.ID)
			j.wrote()
		}
	}
	return done
}
