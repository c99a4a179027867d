package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

func errBoardMissing() *Error {
	return refuse(http.StatusNotFound, "Requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
}

// visibleBoard finds the board that a call names.
func (j *Jira) visibleBoard(c *call) (*Board, *Error) {
	b := j.boards[number(c.path("board"))]
	if b == nil || !j.seesBoard(c.user, b) {
		return nil, errBoardMissing()
	}
	return b, nil
}

// seesBoard tells whether a user may see a board: one project of its filter,
// or the one it is located in, is enough.
func (j *Jira) seesBoard(u *User, b *Board) bool {
	if b.Owner != "" && b.LocationID == 0 && b.Owner != who(u) && !j.admin(u, Administer) {
		return false
	}
	projects, _ := j.filterProjects(b.JQL)
	return slices.ContainsFunc(append(projects, b.LocationID), func(id int64) bool {
		p := j.projects[id]
		return p != nil && j.can(u, p, BrowseProjects)
	})
}

func (b *Board) hasSprints() bool { return b.Type == Scrum || b.Type == Simple && !b.NoSprints }

func (j *Jira) boardSelf(b *Board) string { return j.self(agile + "/board/" + ids(b.ID)) }

func (j *Jira) boardJSON(b *Board) obj {
	o := obj{"id": b.ID, "self": j.boardSelf(b), "name": b.Name, "type": b.Type}
	if p := j.projects[b.LocationID]; p != nil && !j.knobs.NoLocation {
		shown := p.Name + " (" + p.Key + ")"
		o["location"] = obj{"projectId": p.ID, "displayName": shown, "projectName": p.Name, "projectKey": p.Key,
			"projectTypeKey": p.TypeKey, "avatarURI": j.self("/secure/projectavatar?pid=" + ids(p.ID)), "name": shown}
	}
	if j.cloud() {
		o["isPrivate"] = b.Owner != "" && b.LocationID == 0
	}
	return o
}

func (j *Jira) listBoards(c *call) reply {
	keep, err := j.boardFilter(c)
	if err != nil {
		return failed(err)
	}
	var found []*Board
	for _, b := range sorted(j.boards) {
		if j.seesBoard(c.user, b) && keep(b) {
			found = append(found, b)
		}
	}
	if strings.TrimPrefix(strings.TrimPrefix(c.query.Get("orderBy"), "-"), "+") == "name" {
		slices.SortStableFunc(found, func(a, b *Board) int { return strings.Compare(a.Name, b.Name) })
		if strings.HasPrefix(c.query.Get("orderBy"), "-") {
			slices.Reverse(found)
		}
	}
	return ok(page(c, found, 50, func(b *Board) any { return j.boardJSON(b) }))
}

// boardFilter reads the list's parameters. projectKeyOrId asks which boards'
// filters reference the project (Agile REST, "Get all boards": relevance), not
// which are located in it; projectLocation asks for the latter.
func (j *Jira) boardFilter(c *call) (func(*Board) bool, *Error) {
	types, filterID := listParam(c, "type"), c.query.Get("filterId")
	name := strings.ToLower(c.query.Get("name"))
	project, perr := j.projectParam(c, "projectKeyOrId")
	location, lerr := j.projectParam(c, "projectLocation")
	if perr != nil || lerr != nil {
		return nil, cmpErr(perr, lerr)
	}
	return func(b *Board) bool {
		if len(types) > 0 && !slices.Contains(types, b.Type) || filterID != "" && ids(b.FilterID) != filterID {
			return false
		}
		if location != nil && b.LocationID != location.ID || !strings.Contains(strings.ToLower(b.Name), name) {
			return false
		}
		if project == nil {
			return true
		}
		relevant, _ := j.filterProjects(b.JQL)
		return slices.Contains(relevant, project.ID)
	}, nil
}

// projectParam reads a project from the query; one that is not there or not
// visible is an error, no parameter is nil.
func (j *Jira) projectParam(c *call, name string) (*Project, *Error) {
	key := c.query.Get(name)
	if key == "" {
		return nil, nil
	}
	p := j.projectByKey(key)
	if p == nil || !j.can(c.user, p, BrowseProjects) {
		return nil, refuse(http.StatusBadRequest, "No project could be found with key or id '%s'.", key)
	}
	return p, nil
}

func cmpErr(errs ...*Error) *Error {
	for _, e := range errs {
		if e != nil {
			return e
		}
	}
	return nil
}

func (j *Jira) getBoard(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.boardJSON(b))
}

// boardsByFilter is GET /board/filter/{filterId}.
func (j *Jira) boardsByFilter(c *call) reply {
	var found []*Board
	for _, b := range sorted(j.boards) {
		if ids(b.FilterID) == c.path("what") && j.seesBoard(c.user, b) {
			found = append(found, b)
		}
	}
	return ok(page(c, found, 50, func(b *Board) any {
		return obj{"id": b.ID, "self": j.boardSelf(b), "name": b.Name}
	}))
}

func (j *Jira) boardConfiguration(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.configurationJSON(b))
}

func (j *Jira) configurationJSON(b *Board) obj {
	columns := make([]obj, len(b.Columns))
	for i, col := range b.Columns {
		statuses := []obj{}
		for _, s := range col.Statuses {
			statuses = append(statuses, obj{"id": ids(s), "self": j.self("/rest/api/2/status/" + ids(s))})
		}
		columns[i] = obj{"name": col.Name, "statuses": statuses}
	}
	o := obj{"id": b.ID, "name": b.Name, "type": b.Type, "self": j.boardSelf(b) + "/configuration",
		"filter":       obj{"id": ids(b.FilterID), "self": j.self("/rest/api/2/filter/" + ids(b.FilterID))},
		"columnConfig": obj{"columns": columns, "constraintType": "none"},
		"ranking":      obj{"rankCustomFieldId": rankFieldNumber},
	}
	if p := j.projects[b.LocationID]; p != nil && !j.knobs.NoLocation {
		o["location"] = obj{"type": "project", "key": p.Key, "id": ids(p.ID), "self": j.self("/rest/api/2/project/" + ids(p.ID)), "name": p.Name}
	}
	return o
}

func (j *Jira) boardFeatures(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	feature := func(id, key, name string, on bool) obj {
		state := "DISABLED"
		if on {
			state = "ENABLED"
		}
		return obj{"boardId": b.ID, "boardFeature": key, "state": state, "localisedName": name, "localisedDescription": name,
			"featureId": id, "featureType": "BASIC", "toggleLocked": b.Type != Simple}
	}
	return ok(obj{"features": []obj{
		feature("jsw.agility.backlog", "BACKLOG", "Backlog", b.Type != Kanban),
		feature("jsw.agility.sprints", "SPRINTS", "Sprints", b.hasSprints()),
	}})
}

func (j *Jira) boardProjects(c *call) reply {
	b, err := j.visibleBoard(c)
	if err != nil {
		return failed(err)
	}
	var found []*Project
	referenced, _ := j.filterProjects(b.JQL)
	for _, id := range referenced {
		if p := j.projects[id]; p != nil && j.can(c.user, p, BrowseProjects) {
			found = append(found, p)
		}
	}
	return ok(page(c, found, 50, func(p *Project) any { return j.projectRef(p) }))
}

// boardSpec is the body of POST /board.
type boardSpec struct {
	Name     string      `json:"name"`
	Type     string      `json:"type"`
	FilterID json.Number `json:"filterId"`
	Location struct {
		Type string `json:"type"`
		Key  string `json:"projectKeyOrId"`
	} `json:"location"`
}
