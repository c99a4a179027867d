package jiratest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// createBoard is POST /board: the filter must exist; on Cloud a location is wanted.
func (j *Jira) createBoard(c *call) reply {
	var spec boardSpec
	if err := c.decode(&spec); err != nil {
		return failed(err)
	}
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	b, err := j.boardFrom(c.user, spec)
	if err != nil {
		return failed(err)
	}
	j.boards[b.ID] = b
	j.emit(Event{Name: "board_created", Actor: who(c.user), Board: b.clone()})
	return created(j.boardJSON(b))
}

func (j *Jira) boardFrom(u *User, spec boardSpec) (*Board, *Error) {
	name := strings.TrimSpace(spec.Name)
	if name == "" || len(name) > 255 {
		return nil, refuseField("name", "The board name must be between 1 and 255 characters.")
	}
	if spec.Type != Scrum && spec.Type != Kanban {
		return nil, refuseField("type", "The board type must be either scrum or kanban.")
	}
	filter := number(spec.FilterID.String())
	jql, found := j.filterJQL(filter)
	if !found {
		return nil, refuseField("filterId", "The filter with id '%s' does not exist or you do not have permission to view it.", spec.FilterID)
	}
	b := &Board{Name: name, Type: spec.Type, FilterID: filter, JQL: jql, Columns: builtInColumns(), Owner: who(u), Properties: map[string]json.RawMessage{}}
	if spec.Location.Key != "" {
		p := j.projectByKey(spec.Location.Key)
		if p == nil || !j.can(u, p, BrowseProjects) {
			return nil, errProjectMissing(spec.Location.Key)
		}
		b.LocationID, b.Owner = p.ID, ""
	}
	b.ID = j.next("board", 1)
	return b, nil
}

func builtInColumns() []Column {
	return []Column{{"To Do", []int64{StatusToDo}}, {"In Progress", []int64{StatusInProgress}}, {"Done", []int64{StatusDone}}}
}

// filterJQL finds a saved filter, one of its own or one of a board.
func (j *Jira) filterJQL(id int64) (string, bool) {
	if jql, ok := j.filters[id]; ok {
		return jql, true
	}
	for _, b := range sorted(j.boards) {
		if b.FilterID == id {
			return b.JQL, true
		}
	}
	return "", false
}

// boardPropertyStore: write needs to administer the board.
func (j *Jira) boardPropertyStore(c *call) (propertyStore, *Error) {
	b, err := j.visibleBoard(c)
	if err != nil {
		return propertyStore{}, err
	}
	st := propertyStore{values: &b.Properties, self: j.boardSelf(b)}
	if !j.runsBoard(c.user, b) {
		st.denied = refuse(http.StatusForbidden, "You do not have permission to edit this board.")
	}
	return st, nil
}

// runsBoard: its owner, the administrators of the project it is located in,
// and those of Jira.
func (j *Jira) runsBoard(u *User, b *Board) bool {
	p := j.projects[b.LocationID]
	return j.admin(u, Administer) || p != nil && j.runsProject(u, p) || b.Owner != "" && b.Owner == who(u)
}

// deleteBoard leaves the board's sprints behind as orphans.
func (j *Jira) deleteBoard(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	if !j.runsBoard(c.user, b) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to delete this board."))
	}
	j.emit(Event{Name: "board_deleted", Actor: who(c.user), Board: b.clone()})
	delete(j.boards, b.ID)
	return noContent()
}

// AddFilter saves a filter and returns its id, for POST /board.
func (j *Jira) AddFilter(jql string) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	id := j.next("filter", 10000)
	j.filters[id] = jql
	return id
}

// SetBoard changes a board by the back door, as its settings page does, and
// fires board_configuration_changed.
func (j *Jira) SetBoard(id int64, change func(*Board)) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.boards[id]
	if b == nil {
		return errBoardMissing()
	}
	change(b)
	b.ID = id
	j.emit(Event{Name: "board_configuration_changed", Board: b.clone()})
	return nil
}
