package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

const schemePath = "/rest/api/2/permissionscheme"

// schemeRoutes are permission schemes, their grants, their attributes on Data
// Center, and a project's scheme.
func (j *Jira) schemeRoutes() []route {
	rs := []route{
		{"GET " + schemePath, j.listSchemes},
		{"POST " + schemePath, j.createScheme},
		{"GET " + schemePath + "/{scheme}", j.getScheme},
		{"PUT " + schemePath + "/{scheme}", j.updateScheme},
		{"DELETE " + schemePath + "/{scheme}", j.deleteScheme},
		{"GET " + schemePath + "/{scheme}/permission", j.listGrants},
		{"POST " + schemePath + "/{scheme}/permission", j.addGrant},
		{"GET " + schemePath + "/{scheme}/permission/{grant}", j.getGrant},
		{"DELETE " + schemePath + "/{scheme}/permission/{grant}", j.deleteGrant},
		{"GET /rest/api/2/project/{project}/permissionscheme", j.projectScheme},
		{"PUT /rest/api/2/project/{project}/permissionscheme", j.assignScheme},
	}
	if !j.cloud() {
		rs = append(rs,
			route{"GET " + schemePath + "/{scheme}/attribute/{key}", j.getAttribute},
			route{"PUT " + schemePath + "/{scheme}/attribute/{key}", j.putAttribute})
	}
	return rs
}

// schemeFor finds a scheme for reading: one needs to administer Jira or any project.
func (j *Jira) schemeFor(c *call) (*PermissionScheme, *Error) {
	missing := refuse(http.StatusNotFound, "The permission scheme with id %s was not found.", c.path("scheme"))
	s := j.schemes[number(c.path("scheme"))]
	if s == nil || s.Hidden || !j.administersAny(c.user) {
		return nil, missing
	}
	return s, nil
}

func (j *Jira) administersAny(u *User) bool {
	return j.admin(u, Administer) || u != nil && slices.ContainsFunc(sorted(j.projects), func(p *Project) bool { return j.runsProject(u, p) })
}

// mayWriteSchemes: changing schemes and assigning them needs Administer Jira,
// and a paid plan.
func (j *Jira) mayWriteSchemes(u *User) *Error {
	switch {
	case u == nil:
		return errUnauthorized(j.opt.Flavour)
	case !j.admin(u, Administer):
		return refuse(http.StatusForbidden, "You must have global administrator rights to perform this action.")
	case j.knobs.FreePlan:
		return refuse(http.StatusForbidden, "Permission schemes cannot be changed on free plans.")
	}
	return nil
}

// writable finds a scheme for changing it.
func (j *Jira) writable(c *call) (*PermissionScheme, *Error) {
	if err := j.mayWriteSchemes(c.user); err != nil {
		return nil, err
	}
	return j.schemeFor(c)
}

func (j *Jira) listSchemes(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	shown := []obj{}
	if j.administersAny(c.user) {
		for _, s := range sorted(j.schemes) {
			if !s.Hidden {
				shown = append(shown, j.schemeJSON(s, expands(c), true))
			}
		}
	}
	return ok(obj{"permissionSchemes": shown})
}

// expands are the values of expand, in lower case.
func expands(c *call) []string {
	var out []string
	for _, e := range listParam(c, "expand") {
		out = append(out, strings.ToLower(e))
	}
	return out
}

func (j *Jira) getScheme(c *call) reply {
	s, err := j.schemeFor(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.schemeJSON(s, expands(c), j.knobs.SchemeShort))
}

// projectScheme: a team-managed project has none; what Jira says then is a knob.
func (j *Jira) projectScheme(c *call) reply {
	p, err := j.schemedProject(c)
	if err != nil {
		return failed(err)
	}
	return ok(j.schemeJSON(j.schemes[p.SchemeID], expands(c), j.knobs.SchemeShort))
}

func (j *Jira) schemedProject(c *call) (*Project, *Error) {
	p := j.projectByKey(c.path("project"))
	switch {
	case p == nil || !j.can(c.user, p, BrowseProjects) && !j.admin(c.user, Administer):
		return nil, errProjectMissing(c.path("project"))
	case !j.runsProject(c.user, p):
		return nil, refuse(http.StatusForbidden, "You do not have permission to view the configuration of project '%s'.", p.Key)
	case p.Style == TeamManaged:
		return nil, refuse(j.knobs.TeamManagedScheme, "Project '%s' is team-managed and has no permission scheme.", p.Key)
	}
	return p, nil
}

// assignScheme changes the scheme of a project; no webhook tells of it.
func (j *Jira) assignScheme(c *call) reply {
	if err := j.mayWriteSchemes(c.user); err != nil {
		return failed(err)
	}
	p, err := j.schemedProject(c)
	if err != nil {
		return failed(err)
	}
	var in struct {
		ID *int64 `json:"id"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if in.ID == nil || j.schemes[*in.ID] == nil || j.schemes[*in.ID].Hidden {
		return failed(refuse(http.StatusNotFound, "The permission scheme was not found."))
	}
	p.SchemeID = *in.ID
	return ok(j.schemeJSON(j.schemes[p.SchemeID], expands(c), j.knobs.SchemeShort))
}

func (j *Jira) deleteScheme(c *call) reply {
	s, err := j.writable(c)
	if err != nil {
		return failed(err)
	}
	for _, p := range sorted(j.projects) {
		if p.SchemeID == s.ID {
			return failed(refuse(http.StatusBadRequest, "The permission scheme '%s' is in use by project %s and cannot be deleted.", s.Name, p.Key))
		}
	}
	if s.ID == 0 {
		return failed(refuse(http.StatusBadRequest, "The default permission scheme cannot be deleted."))
	}
	delete(j.schemes, s.ID)
	return noContent()
}

// getAttribute reads a scheme attribute (Data Center: extended project administration).
func (j *Jira) getAttribute(c *call) reply {
	s, err := j.schemeFor(c)
	if err != nil {
		return failed(err)
	}
	v, there := s.Attributes[c.path("key")]
	if !there {
		return failed(refuse(http.StatusNotFound, "The attribute '%s' was not found.", c.path("key")))
	}
	return ok(obj{"key": c.path("key"), "value": v})
}

// putAttribute takes plain text, as documented for Data Center.
func (j *Jira) putAttribute(c *call) reply {
	s, err := j.writable(c)
	if err != nil {
		return failed(err)
	}
	if t := c.req.Header.Get("Content-Type"); !strings.HasPrefix(t, "text/plain") {
		return reply{status: http.StatusUnsupportedMediaType}
	}
	if s.Attributes == nil {
		s.Attributes = map[string]string{}
	}
	s.Attributes[c.path("key")] = string(c.body)
	return noContent()
}
