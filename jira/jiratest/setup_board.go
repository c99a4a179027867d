package jiratest

// LocateBoard gives a board another place, as an administrator does in its
// settings: a project by its key, or none.
func (j *Jira) LocateBoard(id int64, project string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.boards[id]
	if b == nil {
		return refuse(404, "there is no board %d", id)
	}
	b.LocationID = 0
	if project != "" {
		p := j.projectByKey(project)
		if p == nil {
			return errProjectMissing(project)
		}
		b.LocationID, b.Owner = p.ID, ""
	}
	c := *b
	j.emit(Event{Name: "board_updated", Board: &c})
	j.wrote()
	return nil
}
