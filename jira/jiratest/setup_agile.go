package jiratest

import (
	"encoding/json"
	"net/http"
)

// BoardSpec describes a board to add.
type BoardSpec struct {
	Name     string
	Type     string // Scrum (default), Kanban or Simple
	Location string // project key; "" for a board located in no project
	JQL      string // default: "project = LOCATION ORDER BY Rank ASC"
	// NoSprints switches the sprints of a Simple board off.
	NoSprints bool
}

// AddBoard adds a board.
func (j *Jira) AddBoard(s BoardSpec) (Board, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.addBoard(s)
}

// addBoard adds a board; the site's lock is held.
func (j *Jira) addBoard(s BoardSpec) (Board, error) {
	b := &Board{ID: j.next("board", 1), Name: s.Name, Type: s.Type, FilterID: j.next("filter", 10000), JQL: s.JQL,
		NoSprints: s.NoSprints, Properties: map[string]json.RawMessage{}}
	if b.Type == "" {
		b.Type = Scrum
	}
	if s.Location != "" {
		p := j.projectByKey(s.Location)
		if p == nil {
			return Board{}, errProjectMissing(s.Location)
		}
		b.LocationID = p.ID
		if b.JQL == "" {
			b.JQL = "project = " + p.Key + " ORDER BY Rank ASC"
		}
	}
	b.Columns = builtInColumns()
	j.boards[b.ID] = b
	return *b.clone(), nil
}

// AddSprint adds a sprint in any state by the back door: no event, no checks.
// The id is given by the site.
func (j *Jira) AddSprint(s Sprint) (Sprint, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if s.OriginBoardID != 0 && j.boards[s.OriginBoardID] == nil {
		return Sprint{}, refuse(http.StatusNotFound, "no board %d", s.OriginBoardID)
	}
	s.ID = j.next("sprint", 1)
	if s.State == "" {
		s.State = SprintFuture
	}
	if s.Created.IsZero() {
		s.Created = j.now()
	}
	if s.State != SprintFuture && s.Activated.IsZero() {
		s.Activated = s.Start
	}
	if s.State == SprintClosed && s.Complete.IsZero() {
		s.Complete = j.now()
	}
	if s.Properties == nil {
		s.Properties = map[string]json.RawMessage{}
	}
	j.sprints[s.ID] = &s
	return *s.clone(), nil
}
