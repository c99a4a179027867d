package jiratest

import (
	"net/http"
	"slices"
)

// schemeJSON shows a scheme; short leaves the grants out unless expand asks for them.
func (j *Jira) schemeJSON(s *PermissionScheme, expand []string, short bool) obj {
	o := obj{"expand": "permissions,user,group,projectRole,field,all", "id": s.ID, "self": j.self(schemePath + "/" + ids(s.ID)),
		"name": s.Name, "description": s.Description}
	if !short || len(expand) > 0 {
		o["permissions"] = j.grantsJSON(s, expand)
	}
	return o
}

func (j *Jira) grantsJSON(s *PermissionScheme, expand []string) []obj {
	grants := []obj{}
	for _, g := range s.Grants {
		grants = append(grants, j.grantJSON(s, g, expand))
	}
	return grants
}

func (j *Jira) grantJSON(s *PermissionScheme, g Grant, expand []string) obj {
	return obj{"id": g.ID, "self": j.self(schemePath + "/" + ids(s.ID) + "/permission/" + ids(g.ID)),
		"holder": j.holderJSON(g, expand), "permission": g.Permission}
}

// holderJSON has the entity itself only when expand asks for it. value is Cloud's.
func (j *Jira) holderJSON(g Grant, expand []string) obj {
	o := obj{"type": g.Type}
	if g.Parameter != "" {
		o["parameter"] = g.Parameter
		if j.cloud() {
			o["value"] = g.Value
		}
	}
	asked := func(what string) bool { return slices.Contains(expand, what) || slices.Contains(expand, "all") }
	switch g.Type {
	case "projectRole":
		o["expand"] = "projectRole"
		if r := j.roles[number(g.Parameter)]; r != nil && asked("projectrole") {
			o["projectRole"] = obj{"id": r.ID, "name": r.Name, "description": r.Description, "self": j.self("/rest/api/2/role/" + ids(r.ID))}
		}
	case "group":
		o["expand"] = "group"
		if group := j.groups[g.Parameter]; group != nil && asked("group") {
			o["group"] = obj{"name": group.Name, "groupId": group.ID}
		}
	case "user":
		o["expand"] = "user"
		if asked("user") {
			o["user"] = j.userRef(g.Parameter)
		}
	}
	return o
}

func (j *Jira) listGrants(c *call) reply {
	s, err := j.schemeFor(c)
	if err != nil {
		return failed(err)
	}
	return ok(obj{"permissions": j.grantsJSON(s, expands(c)), "expand": "user,group,projectRole,field,all"})
}

func (j *Jira) getGrant(c *call) reply {
	s, err := j.schemeFor(c)
	if err != nil {
		return failed(err)
	}
	for _, g := range s.Grants {
		if ids(g.ID) == c.path("grant") {
			return ok(j.grantJSON(s, g, expands(c)))
		}
	}
	return failed(refuse(http.StatusNotFound, "The permission grant with id %s was not found.", c.path("grant")))
}

// AddScheme adds a permission scheme by the back door, a copy of the default
// one when it has no grants, and returns it as kept.
func (j *Jira) AddScheme(s PermissionScheme) PermissionScheme {
	j.mu.Lock()
	defer j.mu.Unlock()
	s.Grants = slices.Clone(s.Grants)
	if len(s.Grants) == 0 {
		s.Grants = slices.Clone(j.schemes[0].Grants)
	}
	for i := range s.Grants {
		s.Grants[i].ID = j.next("grant", 10100)
	}
	s.ID = j.next("scheme", 10000)
	j.schemes[s.ID] = &s
	return s
}

// SetScheme changes a scheme by the back door, as an administrator does in the
// settings; it counts for all projects that share it.
func (j *Jira) SetScheme(id int64, change func(*PermissionScheme)) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := j.schemes[id]
	if s == nil {
		return refuse(http.StatusNotFound, "no permission scheme %d", id)
	}
	s.Grants = slices.Clone(s.Grants)
	change(s)
	for i := range s.Grants {
		if s.Grants[i].ID == 0 {
			s.Grants[i].ID = j.next("grant", 10100)
		}
	}
	s.ID = id
	return nil
}

// Schemes are the permission schemes that REST shows, in order of id.
func (j *Jira) Schemes() []PermissionScheme {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []PermissionScheme
	for _, s := range sorted(j.schemes) {
		if !s.Hidden {
			c := *s
			c.Grants = slices.Clone(s.Grants)
			out = append(out, c)
		}
	}
	return out
}

// SetArchived archives a project or brings it back. Boards whose filter still
// references an archived one are a known trap (JSWSERVER-21688): nobody can
// manage their sprints.
func (j *Jira) SetArchived(project string, archived bool) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(project)
	if p == nil {
		return errProjectMissing(project)
	}
	p.Archived = archived
	name := "project_archived"
	if !archived {
		name = "project_restored_archived"
	}
	c := j.copyProject(p)
	j.emit(Event{Name: name, Project: &c})
	return nil
}

// AssignScheme gives a project another scheme by the back door.
func (j *Jira) AssignScheme(project string, scheme int64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(project)
	if p == nil {
		return errProjectMissing(project)
	}
	if j.schemes[scheme] == nil {
		return refuse(http.StatusNotFound, "no permission scheme %d", scheme)
	}
	p.SchemeID = scheme
	return nil
}
