package jiratest

import (
	"net/http"
	"slices"
)

// rolesOf are the roles that exist in a project: the site's, or a
// team-managed project's own.
func (j *Jira) rolesOf(p *Project) []*Role {
	return slices.DeleteFunc(sorted(j.roles), func(r *Role) bool {
		return r.ProjectID != 0 && r.ProjectID != p.ID || p.Style == TeamManaged && r.ProjectID != p.ID
	})
}

func (j *Jira) roleURL(p *Project, r *Role) string {
	return j.self("/rest/api/2/project/" + ids(p.ID) + "/role/" + ids(r.ID))
}

func (j *Jira) roleLinks(p *Project) obj {
	o := obj{}
	for _, r := range j.rolesOf(p) {
		o[r.Name] = j.roleURL(p, r)
	}
	return o
}

func (j *Jira) roleJSON(r *Role) obj {
	o := obj{"self": j.self("/rest/api/2/role/" + ids(r.ID)), "id": r.ID, "name": r.Name, "description": r.Description}
	if p := j.projects[r.ProjectID]; p != nil && j.cloud() {
		o["scope"] = obj{"type": "PROJECT", "project": obj{"id": ids(p.ID), "key": p.Key, "name": p.Name}}
	}
	return o
}

func (j *Jira) projectRoleJSON(p *Project, r *Role) obj {
	o := j.roleJSON(r)
	o["self"] = j.roleURL(p, r)
	actors := []obj{}
	for _, a := range p.Actors[r.ID] {
		actors = append(actors, j.actorJSON(a))
	}
	o["actors"] = actors
	return o
}

func (j *Jira) actorJSON(a Actor) obj {
	if a.Group != "" {
		o := obj{"id": a.ID, "displayName": a.Group, "type": "atlassian-group-role-actor", "name": a.Group}
		g := obj{"name": a.Group, "displayName": a.Group}
		if grp := j.groups[a.Group]; grp != nil && j.cloud() {
			g["groupId"] = grp.ID
		}
		o["actorGroup"] = g
		return o
	}
	o := obj{"id": a.ID, "displayName": j.display(a.User), "type": "atlassian-user-role-actor"}
	if j.cloud() {
		o["actorUser"] = obj{"accountId": a.User}
	} else if u := j.users[a.User]; u != nil {
		o["name"] = u.Name
	}
	return o
}

// managed finds a project whose roles the caller may read and change.
func (j *Jira) managed(c *call) (*Project, *Error) {
	p := j.projectByKey(c.path("project"))
	if c.user == nil {
		if j.cloud() {
			return nil, errProjectMissing(c.path("project"))
		}
		return nil, errUnauthorized(j.opt.Flavour)
	}
	if p == nil || !j.can(c.user, p, BrowseProjects) && !j.runsProject(c.user, p) {
		return nil, errProjectMissing(c.path("project"))
	}
	if !j.runsProject(c.user, p) {
		if j.knobs.RolesDenied == http.StatusNotFound {
			return nil, errProjectMissing(c.path("project"))
		}
		return nil, refuse(j.knobs.RolesDenied, "You cannot edit the configuration of this project.")
	}
	return p, nil
}

func (j *Jira) restProjectRoles(c *call) reply {
	p, err := j.managed(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.roleLinks(p))
}

func (j *Jira) projectRole(c *call) (*Project, *Role, *Error) {
	p, err := j.managed(c)
	if err != nil {
		return nil, nil, err
	}
	id := c.id("role")
	r := j.roles[id]
	if r == nil || !slices.Contains(j.rolesOf(p), r) {
		return nil, nil, refuse(http.StatusNotFound, "Can not retrieve the role actors for the project role with id %s.", c.path("role"))
	}
	return p, r, nil
}

func (j *Jira) restProjectRole(c *call) reply {
	p, r, err := j.projectRole(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.projectRoleJSON(p, r))
}

// restAddActors adds members to a role: users by account or name, groups by
// name or (Cloud) id.
func (j *Jira) restAddActors(c *call) reply {
	p, r, err := j.projectRole(c)
	if err != nil {
		return failed(err)
	}
	var in struct {
		User, Group, GroupID []string
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	var add []Actor
	for _, ref := range in.User {
		u := j.accountNamed(ref)
		if u == nil {
			return failed(refuse(http.StatusNotFound, "We can't find '%s' in any accessible user directory. Check they're still active and available, and try again.", ref))
		}
		add = append(add, Actor{User: u.ID})
	}
	for _, ref := range append(in.Group, in.GroupID...) {
		g := j.groupNamed(ref)
		if g == nil {
			return failed(refuse(http.StatusNotFound, "We can't find '%s' in any accessible user directory.", ref))
		}
		add = append(add, Actor{Group: g.Name})
	}
	for _, a := range add {
		if !slices.ContainsFunc(p.Actors[r.ID], func(x Actor) bool { return x.User == a.User && x.Group == a.Group }) {
			a.ID = j.next("actor", 10240)
			p.Actors[r.ID] = append(p.Actors[r.ID], a)
		}
	}
	return ok(j.projectRoleJSON(p, r))
}

func (j *Jira) groupNamed(ref string) *Group {
	for _, name := range sortedKeys(j.groups) {
		if g := j.groups[name]; g.Name == ref || j.cloud() && g.ID == ref {
			return g
		}
	}
	return nil
}

func (j *Jira) restRemoveActor(c *call) reply {
	p, r, err := j.projectRole(c)
	if err != nil {
		return failed(err)
	}
	user, group := c.query.Get("user"), c.query.Get("group")
	if id := c.query.Get("groupId"); id != "" {
		group = id
	}
	if u := j.accountNamed(user); u != nil {
		user = u.ID
	}
	if g := j.groupNamed(group); g != nil {
		group = g.Name
	}
	before := len(p.Actors[r.ID])
	p.Actors[r.ID] = slices.DeleteFunc(p.Actors[r.ID], func(a Actor) bool {
		return user != "" && a.User == user || group != "" && a.Group == group
	})
	if len(p.Actors[r.ID]) == before {
		return failed(refuse(http.StatusNotFound, "The user or group is not a member of the project role."))
	}
	return noContent()
}

// restRoles lists the site's roles; Cloud and Data Center let any account with
// Administer Jira or Administer Projects somewhere read it.
func (j *Jira) restRoles(c *call) reply {
	if err := j.roleReader(c); err != nil {
		return failed(err)
	}
	out := []obj{}
	for _, r := range sorted(j.roles) {
		if r.ProjectID == 0 {
			out = append(out, j.roleJSON(r))
		}
	}
	return ok(out)
}

func (j *Jira) roleReader(c *call) *Error {
	if c.user == nil {
		return errUnauthorized(j.opt.Flavour)
	}
	if j.admin(c.user, Administer) || slices.ContainsFunc(sorted(j.projects), func(p *Project) bool { return j.runsProject(c.user, p) }) {
		return nil
	}
	return refuse(http.StatusForbidden, "You do not have permission to view project roles.")
}

func (j *Jira) restRole(c *call) reply {
	if err := j.roleReader(c); err != nil {
		return failed(err)
	}
	id := c.id("id")
	if r := j.roles[id]; r != nil {
		return ok(j.roleJSON(r))
	}
	return failed(refuse(http.StatusNotFound, "Role with given id not found."))
}
