package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// ProjectSpec describes a project to add.
type ProjectSpec struct {
	Key   string
	Name  string // default: the key
	Lead  string // e-mail, name or id
	Style Style
	Type  string // default "software"
	// IssueTypes are names of the site's types. Default: Epic, Story, Task, Bug
	// and Sub-task; a team-managed project gets types of its own with these
	// names, its sub-task type being called "Subtask".
	IssueTypes []string
	NoSubtasks bool // leave out the sub-task type
	// Required and OffScreen are "field" or "Type name/field".
	Required  []string
	OffScreen []string
	// Transitions of the workflow; default: to each of the three built-in
	// statuses from everywhere, ids 11, 21 and 31.
	Transitions []Transition
	// SchemeID is the permission scheme of a company-managed project; default 0.
	SchemeID int64
}

// AddProject adds a project.
func (j *Jira) AddProject(s ProjectSpec) (Project, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	lead := j.findUser(s.Lead)
	if lead == nil {
		return Project{}, refuse(http.StatusBadRequest, "no user %q to lead project %s", s.Lead, s.Key)
	}
	p, err := j.addProject(s, lead)
	if err != nil {
		return Project{}, err
	}
	return j.copyProject(p), nil
}

// addProject adds a project; the site's lock is held.
func (j *Jira) addProject(s ProjectSpec, lead *User) (*Project, error) {
	if j.projectByKey(s.Key) != nil {
		return nil, refuse(http.StatusBadRequest, "there is a project %s", s.Key)
	}
	p := &Project{
		ID: j.next("project", 10000), Key: s.Key, Name: s.Name, Lead: lead.ID, Style: s.Style, TypeKey: s.Type,
		Actors: map[int64][]Actor{}, Properties: map[string]json.RawMessage{}, Transitions: s.Transitions, SchemeID: s.SchemeID,
	}
	if p.Name == "" {
		p.Name = s.Key
	}
	if p.TypeKey == "" {
		p.TypeKey = "software"
	}
	if len(p.Transitions) == 0 {
		p.Transitions = builtInTransitions()
	}
	j.projects[p.ID] = p
	j.giveTypes(p, s)
	j.giveRoles(p)
	p.Required, p.OffScreen = j.fieldRules(p, s.Required), j.fieldRules(p, s.OffScreen)
	return p, nil
}

// builtInTransitions lead to every built-in status from everywhere. The
// resolution is set or cleared according to Knobs.DoneSetsResolution.
func builtInTransitions() []Transition {
	return []Transition{
		{ID: 11, Name: "To Do", To: StatusToDo, SetsResolution: "-", ClearsIt: true},
		{ID: 21, Name: "In Progress", To: StatusInProgress, SetsResolution: "-", ClearsIt: true},
		{ID: 31, Name: "Done", To: StatusDone, Fields: []string{"resolution"}, SetsResolution: "-"},
	}
}

func (j *Jira) giveTypes(p *Project, s ProjectSpec) {
	names := s.IssueTypes
	if len(names) == 0 {
		names = []string{"Epic", "Story", "Task", "Bug", "Sub-task"}
	}
	for _, name := range names {
		t := j.typeNamed(name, 0)
		if t == nil || t.Subtask && s.NoSubtasks {
			continue
		}
		if p.Style == TeamManaged {
			own := *t
			own.ID, own.ProjectID = j.next("type", 10000), p.ID
			if own.Name == "Sub-task" {
				own.Name = "Subtask"
			}
			j.types[own.ID], t = &own, &own
		}
		p.IssueTypes = append(p.IssueTypes, t.ID)
	}
}

func (j *Jira) typeNamed(name string, project int64) *IssueType {
	for _, t := range sorted(j.types) {
		if t.Name == name && t.ProjectID == project {
			return t
		}
	}
	return nil
}

// giveRoles makes the administrators of Jira administrators of a
// company-managed project, and gives a team-managed one its own roles with
// their permissions (kept as a scheme that REST never shows).
func (j *Jira) giveRoles(p *Project) {
	admins := Actor{ID: j.next("actor", 10240), Group: GroupAdmins}
	if p.Style == CompanyManaged {
		p.Actors[RoleAdministrators] = []Actor{admins}
		return
	}
	admin, member := j.addRole("Administrator", p.ID), j.addRole("Member", p.ID)
	j.addRole("Viewer", p.ID)
	p.Actors[admin.ID] = []Actor{admins, {ID: j.next("actor", 10240), User: p.Lead}}
	p.SchemeID = j.next("hidden scheme", 1<<40)
	scheme := &PermissionScheme{ID: p.SchemeID, Name: "team-managed " + p.Key, Hidden: true}
	for _, g := range j.defaultGrants() {
		if g.Type == "projectRole" {
			g.Parameter, g.Value = ids(admin.ID), ids(admin.ID)
		}
		scheme.Grants = append(scheme.Grants, g)
	}
	scheme.Grants = append(scheme.Grants, Grant{ID: j.next("grant", 10100), Permission: BrowseProjects, Type: "projectRole", Parameter: ids(member.ID), Value: ids(member.ID)})
	j.schemes[p.SchemeID] = scheme
}

func (j *Jira) fieldRules(p *Project, rules []string) []FieldRule {
	var out []FieldRule
	for _, r := range rules {
		name, field, ok := strings.Cut(r, "/")
		if !ok {
			out = append(out, FieldRule{Field: r})
			continue
		}
		for _, id := range p.IssueTypes {
			if j.types[id].Name == name {
				out = append(out, FieldRule{TypeID: id, Field: field})
			}
		}
	}
	return out
}

// projectByKey finds a project by key, former key or id; nil if there is none.
func (j *Jira) projectByKey(key string) *Project {
	if n, err := strconv.ParseInt(key, 10, 64); err == nil {
		return j.projects[n]
	}
	for _, p := range sorted(j.projects) {
		if strings.EqualFold(p.Key, key) || slices.Contains(p.OldKeys, key) {
			return p
		}
	}
	return nil
}

// findIssue finds an issue by id, key or former key, whoever asks.
func (j *Jira) findIssue(ref string) *Issue {
	if n, err := strconv.ParseInt(ref, 10, 64); err == nil {
		return j.issues[n]
	}
	var old *Issue
	for _, is := range j.issues { // at most one can match, so order does not matter
		if strings.EqualFold(is.Key, ref) {
			return is
		}
		if slices.ContainsFunc(is.OldKeys, func(k string) bool { return strings.EqualFold(k, ref) }) {
			old = is
		}
	}
	return old
}

func (j *Jira) copyProject(p *Project) Project {
	c := *p
	c.OldKeys, c.IssueTypes = slices.Clone(p.OldKeys), slices.Clone(p.IssueTypes)
	c.Actors = make(map[int64][]Actor, len(p.Actors))
	for r, as := range p.Actors {
		c.Actors[r] = slices.Clone(as)
	}
	c.Properties = cloneRaw(p.Properties)
	return c
}
