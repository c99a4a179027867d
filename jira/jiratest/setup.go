package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// AddUser adds an account and returns it as kept. Only Email is needed: the
// rest is made from it ("Paula Owner" is better given). Ids are stable: on
// Cloud "712020:" and the part before the @, on Data Center the name is that
// part and the key counts up from JIRAUSER10100. Without a token the account
// gets none and cannot log in by REST, only act through As.
func (j *Jira) AddUser(u User) User {
	j.mu.Lock()
	defer j.mu.Unlock()
	local, _, _ := strings.Cut(u.Email, "@")
	n := j.next("user", 10100)
	if u.DisplayName == "" {
		u.DisplayName = local
	}
	if u.TimeZone == "" {
		u.TimeZone = "Etc/UTC"
	}
	if u.AccountType == "" {
		u.AccountType = "atlassian"
	}
	if u.Locale == "" {
		u.Locale = "en_US"
	}
	if j.cloud() {
		if u.AccountID == "" {
			u.AccountID = "712020:" + local
		}
		if j.users[u.AccountID] != nil {
			u.AccountID += ids(n)
		}
		u.ID, u.Key, u.Name = u.AccountID, "", ""
	} else {
		if u.Key == "" {
			u.Key = fmt.Sprintf("JIRAUSER%d", n)
		}
		if u.Name == "" {
			u.Name = local
		}
		u.ID, u.AccountID = u.Key, ""
	}
	u.Active = true
	j.users[u.ID] = &u
	j.userOrder = append(j.userOrder, u.ID)
	return u
}

// Deactivate makes an account former: it can no longer log in.
func (j *Jira) Deactivate(email string) error {
	return j.changeUser(email, func(u *User) { u.Active = false })
}

// DeleteUser removes an account altogether: what it wrote stays, but has no
// author any more.
func (j *Jira) DeleteUser(email string) error {
	return j.changeUser(email, func(u *User) {
		delete(j.users, u.ID)
		j.userOrder = slices.DeleteFunc(j.userOrder, func(id string) bool { return id == u.ID })
	})
}

// AddGroup adds a group, or members to it; members are named by e-mail, name or id.
func (j *Jira) AddGroup(name string, members ...string) (Group, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	g := j.groups[name]
	if g == nil {
		g = &Group{Name: name, ID: j.groupID()}
		j.groups[name] = g
	}
	for _, m := range members {
		u := j.findUser(m)
		if u == nil {
			return Group{}, refuse(http.StatusNotFound, "no user %s", m)
		}
		if !slices.Contains(g.Members, u.ID) {
			g.Members = append(g.Members, u.ID)
		}
	}
	return *g, nil
}

// RemoveFromGroup takes a member out of a group.
func (j *Jira) RemoveFromGroup(name, member string) error {
	return j.changeUser(member, func(u *User) {
		if g := j.groups[name]; g != nil {
			g.Members = slices.DeleteFunc(g.Members, func(m string) bool { return m == u.ID })
		}
	})
}

// groupID is stable and unlike a name, so that mixing them up shows.
func (j *Jira) groupID() string {
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", j.next("group", 0xa00000))
}

// SetGlobalPermission gives a global permission, such as Administer, to groups;
// "" as a group means every account.
func (j *Jira) SetGlobalPermission(permission string, groups ...string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.global[permission] = slices.Clone(groups)
}

// AddRole adds a site-wide project role and returns its id; an existing one is kept.
func (j *Jira) AddRole(name string) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.addRole(name, 0).ID
}

func (j *Jira) addRole(name string, project int64) *Role {
	for _, r := range sorted(j.roles) {
		if r.Name == name && r.ProjectID == project {
			return r
		}
	}
	r := &Role{ID: j.next("role", 10100), Name: name, Description: "A project role", ProjectID: project}
	j.roles[r.ID] = r
	return r
}

// SetRoleActors replaces the members of a role in a project. A member is a
// user (e-mail, name or id) or a group ("group:NAME"). The role is added where missing.
func (j *Jira) SetRoleActors(projectKey, role string, members ...string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(projectKey)
	if p == nil {
		return errProjectMissing(projectKey)
	}
	scope := int64(0)
	if p.Style == TeamManaged {
		scope = p.ID
	}
	var actors []Actor
	for _, m := range members {
		if g, ok := strings.CutPrefix(m, "group:"); ok && j.groups[g] != nil {
			actors = append(actors, Actor{ID: j.next("actor", 10240), Group: g})
			continue
		}
		u := j.findUser(m)
		if u == nil {
			return refuse(http.StatusNotFound, "no user or group %s", m)
		}
		actors = append(actors, Actor{ID: j.next("actor", 10240), User: u.ID})
	}
	p.Actors[j.addRole(role, scope).ID] = actors
	return nil
}

// AddStatus adds a status to the site and returns its id. Category is one of
// the Category constants.
func (j *Jira) AddStatus(name, category string) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := &Status{ID: j.next("status", 10000), Name: name, Category: category}
	j.statuses[s.ID] = s
	return s.ID
}

// AddIssueType adds an issue type to the site; list it in a project's
// IssueTypes to use it there. Name and Subtask count.
func (j *Jira) AddIssueType(t IssueType) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	if t.Subtask {
		t.Level = -1
	}
	t.ID = j.next("type", 10000)
	j.types[t.ID] = &t
	return t.ID
}

// SetProperty sets a property of a project by the back door.
func (j *Jira) SetProperty(projectKey, key string, value json.RawMessage) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(projectKey)
	if p == nil {
		return errProjectMissing(projectKey)
	}
	p.Properties[key] = slices.Clone(value)
	return nil
}

// SetIssueProperty sets a property of an issue by the back door.
func (j *Jira) SetIssueProperty(key, property string, value json.RawMessage) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	is := j.findIssue(key)
	if is == nil {
		return errIssueMissing()
	}
	if is.Properties == nil {
		is.Properties = map[string]json.RawMessage{}
	}
	is.Properties[property] = slices.Clone(value)
	return nil
}
