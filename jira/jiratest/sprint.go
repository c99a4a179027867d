package jiratest

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

func errSprintMissing() *Error {
	return refuse(http.StatusNotFound, "Sprint does not exist or you do not have permission to see it.")
}

// errManageSprints is the text of Atlassian KB 779159087; the status is a knob.
func (j *Jira) errManageSprints() *Error {
	return refuse(j.knobs.SprintDenied, `You need the "Manage Sprints" or "Start/complete sprints" permission for all projects in the origin board to manage this sprint.`)
}

func (j *Jira) sprintSelf(s *Sprint) string { return j.self(agile + "/sprint/" + ids(s.ID)) }

// sprintJSON shows a sprint as Agile REST does. createdDate is Cloud's only.
func (j *Jira) sprintJSON(s *Sprint) obj {
	o := j.sprintCore(s)
	if j.cloud() {
		o["createdDate"] = agileTime(s.Created)
		return o
	}
	if !s.Activated.IsZero() {
		o["activatedDate"] = agileTime(s.Activated)
	}
	o["autoStartStop"], o["synced"] = s.AutoStartStop, s.Synced
	if s.Destination != 0 {
		o["incompleteIssuesDestinationId"] = s.Destination
	}
	return o
}

// sprintCore are the fields that REST and webhooks share: a future sprint
// without a goal has none, a started one an empty one (recorded so in 2020).
func (j *Jira) sprintCore(s *Sprint) obj {
	o := obj{"id": s.ID, "self": j.sprintSelf(s), "state": s.State, "name": nilIfEmpty(s.Name)}
	if !s.Start.IsZero() {
		o["startDate"] = agileTime(s.Start)
	}
	if !s.End.IsZero() {
		o["endDate"] = agileTime(s.End)
	}
	if !s.Complete.IsZero() {
		o["completeDate"] = agileTime(s.Complete)
	}
	if s.OriginBoardID != 0 {
		o["originBoardId"] = s.OriginBoardID
	}
	if s.Goal != "" || s.State != SprintFuture {
		o["goal"] = s.Goal
	}
	return o
}

// sprintMembers are the issues whose Sprint field holds the sprint, in rank order.
func (j *Jira) sprintMembers(s *Sprint) []*Issue {
	var out []*Issue
	for _, is := range j.ranked() {
		if slices.Contains(j.sprintsOf(is), s.ID) {
			out = append(out, is)
		}
	}
	return out
}

// ranked are all issues in rank order.
func (j *Jira) ranked() []*Issue {
	out := make([]*Issue, 0, len(j.rank))
	for _, id := range j.rank {
		if is := j.issues[id]; is != nil {
			out = append(out, is)
		}
	}
	return out
}

// seesSprint: the origin board or one issue in it is enough (Agile REST, "Get sprint").
func (j *Jira) seesSprint(u *User, s *Sprint) bool {
	if b := j.boards[s.OriginBoardID]; b != nil && j.seesBoard(u, b) {
		return true
	}
	return slices.ContainsFunc(j.sprintMembers(s), func(is *Issue) bool { return j.sees(u, is) })
}

func (j *Jira) visibleSprint(c *call) (*Sprint, *Error) {
	return j.sprintSeenBy(c.user, number(c.path("sprint")))
}

func (j *Jira) sprintSeenBy(u *User, id int64) (*Sprint, *Error) {
	s := j.sprints[id]
	if s == nil || !j.seesSprint(u, s) {
		return nil, errSprintMissing()
	}
	return s, nil
}

// sprintProjects are the projects in which one needs the sprint permissions
// (Atlassian KB 779159087): those with issues in the sprint and those of the
// origin board's filter, which is every project of the site when it is complex.
func (j *Jira) sprintProjects(s *Sprint) []*Project {
	need := map[int64]*Project{}
	for _, is := range j.sprintMembers(s) {
		need[is.ProjectID] = j.projects[is.ProjectID]
	}
	if b := j.boards[s.OriginBoardID]; b != nil {
		for id, p := range j.boardNeeds(b) {
			need[id] = p
		}
	}
	return sorted(need)
}

func (j *Jira) boardNeeds(b *Board) map[int64]*Project {
	need := map[int64]*Project{}
	referenced, _ := j.filterProjects(b.JQL)
	for _, id := range referenced {
		if p := j.projects[id]; p != nil {
			need[id] = p
		}
	}
	return need
}

// Permissions that Data Center has beside Manage Sprints; each of them stands
// in for it where it fits.
const (
	StartStopSprints = "START_STOP_SPRINTS_PERMISSION"
	EditSprints      = "EDIT_SPRINT_NAME_AND_GOAL_PERMISSION"
)

// mayManage checks Manage Sprints (or, on Data Center, one of the alternatives)
// together with Schedule Issues in every project.
func (j *Jira) mayManage(u *User, projects []*Project, alternatives ...string) *Error {
	for _, p := range projects {
		allowed := j.can(u, p, ManageSprints)
		if !j.cloud() {
			allowed = allowed || slices.ContainsFunc(alternatives, func(a string) bool { return j.can(u, p, a) })
		}
		allowed = allowed || j.knobs.AdminsManageSprints && j.admin(u, Administer)
		if !allowed || !j.can(u, p, ScheduleIssues) {
			return j.errManageSprints()
		}
	}
	return nil
}

func (j *Jira) getSprint(c *call) reply {
	s, err := j.visibleSprint(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.sprintJSON(s))
}

// onBoard tells whether a board shows a sprint: as its origin, or because one
// of the sprint's issues matches the filter. A sprint belongs to no board.
func (j *Jira) onBoard(b *Board, s *Sprint) bool {
	if s.OriginBoardID == b.ID {
		return true
	}
	return slices.ContainsFunc(j.sprintMembers(s), func(is *Issue) bool { return j.inFilter(b, is) })
}

func (j *Jira) inFilter(b *Board, is *Issue) bool {
	match, err := j.matchJQL(b.JQL, is, nil)
	return err == nil && match
}

func (j *Jira) sprintsShown(b *Board) []*Sprint {
	var out []*Sprint
	for _, s := range sorted(j.sprints) {
		if j.onBoard(b, s) {
			out = append(out, s)
		}
	}
	order := map[string]int{SprintClosed: 0, SprintActive: 1, SprintFuture: 2}
	slices.SortStableFunc(out, func(x, y *Sprint) int {
		return cmp.Or(cmp.Compare(order[x.State], order[y.State]), cmp.Compare(x.sequence(), y.sequence()))
	})
	return out
}

// boardSprints lists closed, active, future; 50 at most.
func (j *Jira) boardSprints(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	if !b.hasSprints() {
		return failed(refuse(http.StatusBadRequest, "The board does not support sprints"))
	}
	states := listParam(c, "state")
	for i, s := range states {
		states[i] = strings.ToLower(s)
		if s = states[i]; s != SprintClosed && s != SprintActive && s != SprintFuture {
			return failed(refuseField("state", "The state '%s' is not valid. Valid states are: future, active, closed.", s))
		}
	}
	found := j.sprintsShown(b)
	if len(states) > 0 {
		found = slices.DeleteFunc(found, func(s *Sprint) bool { return !slices.Contains(states, s.State) })
	}
	return ok(page(c, found, 50, func(s *Sprint) any { return j.sprintJSON(s) }))
}
