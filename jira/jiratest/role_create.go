package jiratest

import (
	"net/http"
	"strings"
)

// restCreateRole makes a site-wide role. Cloud's specification has POST /rest/api/2/role
// with name and description, answered by 200 and the role, 403 without Administer Jira and
// 409 for a name that is taken; Data Center has the same resource.
func (j *Jira) restCreateRole(c *call) reply {
	var in struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	switch {
	case c.user == nil:
		return failed(errUnauthorized(j.opt.Flavour))
	case !j.admin(c.user, Administer):
		return failed(refuse(http.StatusForbidden, "Only Jira administrators can create project roles."))
	case strings.TrimSpace(in.Name) == "":
		return failed(refuse(http.StatusBadRequest, "The role name must not be empty."))
	}
	for _, r := range sorted(j.roles) {
		if strings.EqualFold(r.Name, in.Name) && r.ProjectID == 0 {
			return failed(refuse(http.StatusConflict, "A project role with name '%s' already exists.", in.Name))
		}
	}
	r := j.addRole(in.Name, 0)
	r.Description = in.Description
	return ok(j.roleJSON(r))
}
