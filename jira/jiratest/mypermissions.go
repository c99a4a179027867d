package jiratest

import "slices"

func (p permissionInfo) json(have *bool) obj {
	o := obj{"id": p.id, "key": p.key, "name": p.name, "type": p.kind, "description": p.name + "."}
	if have != nil {
		o["havePermission"] = *have
	}
	return o
}

// allPermissions are those that the site knows; Data Center has two more for sprints.
func (j *Jira) allPermissions() []permissionInfo {
	all := append(projectPermissions(), globalPermissions()...)
	if !j.cloud() {
		all = append(all, permissionInfo{"-1", StartStopSprints, "Start/Complete Sprints", "PROJECT"}, permissionInfo{"-1", EditSprints, "Edit Sprints", "PROJECT"})
	}
	return all
}

// restMyPermissions: Cloud wants to be told which permissions, and refuses the
// whole call for one key it does not know; Data Center answers with all.
func (j *Jira) restMyPermissions(c *call) reply {
	want := list(c.query["permissions"])
	if j.cloud() && len(want) == 0 {
		return failed(refuse(400, "The 'permissions' query parameter is required."))
	}
	known := map[string]permissionInfo{}
	for _, p := range j.allPermissions() {
		known[p.key] = p
	}
	if !j.cloud() {
		want = sortedKeys(known)
	}
	bad := map[string]string{}
	for _, k := range want {
		if _, there := known[k]; !there {
			bad[k] = "Unrecognized permission"
		}
	}
	if len(bad) > 0 {
		return failed(&Error{Status: 400, Fields: bad})
	}
	p, is, err := j.permissionScope(c)
	if err != nil {
		return failed(err)
	}
	out := obj{}
	for _, k := range want {
		have := j.have(c.user, p, is, known[k])
		out[k] = known[k].json(&have)
	}
	return ok(obj{"permissions": out})
}

// permissionScope finds the project or issue that the question is about.
func (j *Jira) permissionScope(c *call) (*Project, *Issue, *Error) {
	for _, name := range []string{"issueKey", "issueId"} {
		if ref := c.query.Get(name); ref != "" {
			is, err := j.lookup(c.user, ref)
			if err != nil {
				return nil, nil, err
			}
			return j.projects[is.ProjectID], is, nil
		}
	}
	for _, name := range []string{"projectKey", "projectId"} {
		if ref := c.query.Get(name); ref != "" {
			p, err := j.projectSeen(c.user, ref)
			return p, nil, err
		}
	}
	return nil, nil, nil
}

// have: without a project a project permission is had when it is had anywhere.
func (j *Jira) have(u *User, p *Project, is *Issue, perm permissionInfo) bool {
	switch {
	case perm.kind == "GLOBAL":
		return j.admin(u, perm.key)
	case is != nil:
		return j.canIssue(u, is, perm.key)
	case p != nil:
		return slices.Contains(j.knobs.DataDependent, perm.key) || j.can(u, p, perm.key)
	}
	return slices.ContainsFunc(sorted(j.projects), func(p *Project) bool { return j.can(u, p, perm.key) })
}

// restPermissions lists every permission of the site.
func (j *Jira) restPermissions(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if !j.cloud() && !j.admin(c.user, Administer) {
		return failed(refuse(403, "You do not have permission to view all permissions."))
	}
	out := obj{}
	for _, p := range j.allPermissions() {
		out[p.key] = p.json(nil)
	}
	return ok(obj{"permissions": out})
}
