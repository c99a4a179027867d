package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

type grantInput struct {
	Permission string `json:"permission"`
	Holder     struct {
		Type      string `json:"type"`
		Parameter string `json:"parameter"`
		Value     string `json:"value"`
	} `json:"holder"`
}

type schemeInput struct {
	Name        *string      `json:"name"`
	Description *string      `json:"description"`
	Permissions []grantInput `json:"permissions"`
}

func (j *Jira) createScheme(c *call) reply {
	if err := j.mayWriteSchemes(c.user); err != nil {
		return failed(err)
	}
	var in schemeInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	s := &PermissionScheme{ID: -1}
	if err := j.fillScheme(s, in); err != nil {
		return failed(err)
	}
	s.ID = j.next("scheme", 10000)
	j.schemes[s.ID] = s
	return created(j.schemeJSON(s, expands(c), false))
}

// updateScheme replaces the grants when the body has any.
func (j *Jira) updateScheme(c *call) reply {
	s, err := j.writable(c)
	if err != nil {
		return failed(err)
	}
	var in schemeInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if in.Name == nil { // the description requires it, unlike the grants
		return failed(refuseField("name", "The name of the permission scheme must not be empty."))
	}
	next := *s
	if err := j.fillScheme(&next, in); err != nil {
		return failed(err)
	}
	*s = next
	return ok(j.schemeJSON(s, expands(c), false))
}

func (j *Jira) fillScheme(s *PermissionScheme, in schemeInput) *Error {
	set(&s.Name, in.Name)
	set(&s.Description, in.Description)
	if strings.TrimSpace(s.Name) == "" {
		return refuseField("name", "The name of the permission scheme must not be empty.")
	}
	for _, other := range sorted(j.schemes) {
		if other.ID != s.ID && !other.Hidden && strings.EqualFold(other.Name, s.Name) && !j.knobs.SchemeNamesShared {
			return refuseField("name", "A permission scheme with the name '%s' already exists.", s.Name)
		}
	}
	if in.Permissions == nil {
		return nil
	}
	var grants []Grant
	for _, g := range in.Permissions {
		grant, err := j.grantFrom(g)
		if err != nil {
			return err
		}
		grants = append(grants, grant)
	}
	for i := range grants {
		grants[i].ID = j.next("grant", 10100)
	}
	s.Grants = grants
	return nil
}

// grantFrom checks one grant; the id is not given yet.
func (j *Jira) grantFrom(in grantInput) (Grant, *Error) {
	g := Grant{Permission: in.Permission, Type: in.Holder.Type, Parameter: in.Holder.Parameter, Value: in.Holder.Value}
	bad := func(format string, args ...any) (Grant, *Error) {
		return Grant{}, refuse(http.StatusBadRequest, format, args...)
	}
	if slices.Contains(j.knobs.RefusedHolders, g.Type) {
		return bad("The holder type '%s' is not supported.", g.Type)
	}
	if !j.knownPermission(g.Permission) {
		return bad("The permission '%s' does not exist.", g.Permission)
	}
	switch g.Type {
	case "anyone", "assignee", "projectLead", "reporter", "sd.customer.portal.only", "applicationRole":
	case "group":
		return j.groupGrant(g)
	case "user":
		if g.Parameter == "" {
			g.Parameter = g.Value
		}
		if j.users[g.Parameter] == nil {
			return bad("The user '%s' does not exist.", g.Parameter)
		}
	case "projectRole":
		if g.Parameter == "" {
			g.Parameter = g.Value
		}
		if j.roles[number(g.Parameter)] == nil {
			return bad("The project role '%s' does not exist.", g.Parameter)
		}
	case "userCustomField", "groupCustomField":
		if g.Parameter == "" {
			return bad("The holder of type '%s' needs a parameter.", g.Type)
		}
	default:
		return bad("The holder type '%s' is not valid.", g.Type)
	}
	if g.Value == "" {
		g.Value = g.Parameter
	}
	return g, nil
}

// groupGrant: Cloud prefers value (the group's id) to parameter (its name).
func (j *Jira) groupGrant(g Grant) (Grant, *Error) {
	for _, name := range sortedKeys(j.groups) {
		group := j.groups[name]
		byID := j.cloud() && g.Value != "" && group.ID == g.Value
		if byID || (g.Value == "" || !j.cloud()) && group.Name == g.Parameter || j.cloud() && g.Value == group.Name && g.Parameter == group.Name {
			g.Parameter, g.Value = group.Name, group.Name
			if j.cloud() {
				g.Value = group.ID
			}
			return g, nil
		}
	}
	return Grant{}, refuse(http.StatusBadRequest, "The group '%s' does not exist.", g.Parameter)
}

// knownPermission: the project permissions, those of Data Center's Software,
// and any that an app has brought into a scheme.
func (j *Jira) knownPermission(key string) bool {
	if key == "" {
		return false
	}
	if key == StartStopSprints || key == EditSprints {
		return !j.cloud()
	}
	if slices.ContainsFunc(projectPermissions(), func(p permissionInfo) bool { return p.key == key }) {
		return true
	}
	for _, s := range sorted(j.schemes) {
		if slices.ContainsFunc(s.Grants, func(g Grant) bool { return g.Permission == key }) {
			return true
		}
	}
	return false
}

func (j *Jira) addGrant(c *call) reply {
	s, err := j.writable(c)
	if err != nil {
		return failed(err)
	}
	var in grantInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	g, err := j.grantFrom(in)
	if err != nil {
		return failed(err)
	}
	if slices.ContainsFunc(s.Grants, func(o Grant) bool {
		return o.Permission == g.Permission && o.Type == g.Type && o.Parameter == g.Parameter
	}) {
		return failed(refuse(http.StatusBadRequest, "The same permission grant is present already."))
	}
	g.ID = j.next("grant", 10100)
	s.Grants = append(slices.Clone(s.Grants), g)
	return created(j.grantJSON(s, g, expands(c)))
}

func (j *Jira) deleteGrant(c *call) reply {
	s, err := j.writable(c)
	if err != nil {
		return failed(err)
	}
	i := slices.IndexFunc(s.Grants, func(g Grant) bool { return ids(g.ID) == c.path("grant") })
	if i < 0 {
		return failed(refuse(http.StatusBadRequest, "The permission grant with id %s was not found.", c.path("grant")))
	}
	s.Grants = slices.Delete(slices.Clone(s.Grants), i, i+1)
	return noContent()
}
