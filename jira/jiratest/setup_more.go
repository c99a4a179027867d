package jiratest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// SetPermission says who has a permission in a project: it replaces the grants
// of that permission in the project's scheme, which other projects may share.
// A holder is "anyone", "everybody" (all accounts), "lead", "reporter",
// "assignee", "role:NAME", "group:NAME" or a user (e-mail, name or id); none
// means nobody.
func (j *Jira) SetPermission(projectKey, permission string, holders ...string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(projectKey)
	if p == nil {
		return errProjectMissing(projectKey)
	}
	var grants []Grant
	for _, h := range holders {
		g, err := j.holder(p, h)
		if err != nil {
			return err
		}
		g.ID, g.Permission = j.next("grant", 10100), permission
		grants = append(grants, g)
	}
	s := j.schemes[p.SchemeID]
	s.Grants = append(slices.DeleteFunc(slices.Clone(s.Grants), func(g Grant) bool { return g.Permission == permission }), grants...)
	return nil
}

func (j *Jira) holder(p *Project, name string) (Grant, error) {
	switch name {
	case "anyone", "reporter", "assignee":
		return Grant{Type: name}, nil
	case "everybody":
		return Grant{Type: "applicationRole"}, nil
	case "lead":
		return Grant{Type: "projectLead"}, nil
	}
	if role, ok := strings.CutPrefix(name, "role:"); ok {
		r := firstOf(j.rolesOf(p), func(r *Role) bool { return r.Name == role })
		if r == nil {
			return Grant{}, refuse(http.StatusNotFound, "no role %s", role)
		}
		return Grant{Type: "projectRole", Parameter: ids(r.ID), Value: ids(r.ID)}, nil
	}
	if group, ok := strings.CutPrefix(name, "group:"); ok {
		g := j.groups[group]
		if g == nil {
			return Grant{}, refuse(http.StatusNotFound, "no group %s", group)
		}
		return Grant{Type: "group", Parameter: g.Name, Value: g.ID}, nil
	}
	u := j.findUser(name)
	if u == nil {
		return Grant{}, refuse(http.StatusNotFound, "no user %s", name)
	}
	return Grant{Type: "user", Parameter: u.ID, Value: u.ID}, nil
}

// SetLead makes somebody else the lead of a project.
func (j *Jira) SetLead(projectKey, lead string) error {
	return j.changeProject(projectKey, func(p *Project) error { return j.person(lead, &p.Lead) })
}

// SetTransitions replaces a project's workflow.
func (j *Jira) SetTransitions(projectKey string, transitions ...Transition) error {
	return j.changeProject(projectKey, func(p *Project) error {
		if len(transitions) == 0 {
			return refuse(http.StatusBadRequest, "a workflow needs a transition")
		}
		p.Transitions = slices.Clone(transitions)
		return nil
	})
}

// SetFieldRules replaces a project's rules about fields, as in ProjectSpec.
func (j *Jira) SetFieldRules(projectKey string, required, offScreen []string) error {
	return j.changeProject(projectKey, func(p *Project) error {
		p.Required, p.OffScreen = j.fieldRules(p, required), j.fieldRules(p, offScreen)
		return nil
	})
}

func (j *Jira) changeProject(key string, f func(*Project) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(key)
	if p == nil {
		return errProjectMissing(key)
	}
	return f(p)
}

// AddResolution adds a resolution to the site and gives its id.
func (j *Jira) AddResolution(name string) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := slices.Max(slices.Collect(maps.Keys(j.resolutions))) + 1
	j.resolutions[n] = &Named{ID: n, Name: name, Description: name + "."}
	return n
}

// RenameStatus gives a status another name, as translations do.
func (j *Jira) RenameStatus(name, newName string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := firstOf(sorted(j.statuses), func(s *Status) bool { return s.Name == name })
	if s == nil {
		return refuse(http.StatusNotFound, "no status %q", name)
	}
	s.Name = newName
	return nil
}
