package jiratest

import "slices"

// World is a plain value of what a site holds, in a fixed order, for comparing
// what was with what is. Secrets of accounts are left out.
type World struct {
	Users    []User
	Groups   []Group
	Roles    []Role
	Projects []Project
	Schemes  []PermissionScheme
	Boards   []Board
	Sprints  []Sprint
	Issues   []Issue
	Links    []Link
	Webhooks []Webhook
	Rank     []int64 // issue ids, first is highest
}

// Dump gives the whole world.
func (j *Jira) Dump() World {
	j.mu.Lock()
	defer j.mu.Unlock()
	var w World
	for _, id := range j.userOrder {
		u := *j.users[id]
		u.Password, u.Tokens = "", nil
		w.Users = append(w.Users, u)
	}
	for _, name := range sortedKeys(j.groups) {
		g := *j.groups[name]
		g.Members = slices.Clone(g.Members)
		w.Groups = append(w.Groups, g)
	}
	for _, r := range sorted(j.roles) {
		w.Roles = append(w.Roles, *r)
	}
	for _, h := range sorted(j.webhooks) {
		c := *h
		c.Secret, c.Events = "", slices.Clone(h.Events)
		w.Webhooks = append(w.Webhooks, c)
	}
	for _, s := range sorted(j.schemes) {
		w.Schemes = append(w.Schemes, copyScheme(s))
	}
	j.dumpProjects(&w, func(*Project) bool { return true })
	for _, b := range sorted(j.boards) { // boards and sprints of no project
		if b.LocationID == 0 {
			w.Boards = append(w.Boards, *b.clone())
		}
	}
	w.Sprints = nil
	for _, s := range sorted(j.sprints) {
		w.Sprints = append(w.Sprints, *s.clone())
	}
	return w
}

func copyScheme(s *PermissionScheme) PermissionScheme {
	c := *s
	c.Grants = slices.Clone(s.Grants)
	c.Attributes = nil
	for k, v := range s.Attributes {
		if c.Attributes == nil {
			c.Attributes = map[string]string{}
		}
		c.Attributes[k] = v
	}
	return c
}

// DumpProject gives what belongs to one project: itself, its permission
// scheme, the boards located in it, the sprints of those boards, its issues,
// their links and their order.
func (j *Jira) DumpProject(key string) World {
	j.mu.Lock()
	defer j.mu.Unlock()
	var w World
	p := j.projectByKey(key)
	if p == nil {
		return w
	}
	if s := j.schemes[p.SchemeID]; s != nil {
		w.Schemes = append(w.Schemes, copyScheme(s))
	}
	j.dumpProjects(&w, func(o *Project) bool { return o == p })
	return w
}

// dumpProjects adds the chosen projects and what is theirs.
func (j *Jira) dumpProjects(w *World, want func(*Project) bool) {
	mine := map[int64]bool{}
	for _, p := range sorted(j.projects) {
		if want(p) {
			mine[p.ID] = true
			w.Projects = append(w.Projects, j.copyProject(p))
		}
	}
	for _, b := range sorted(j.boards) {
		if mine[b.LocationID] {
			w.Boards = append(w.Boards, *b.clone())
		}
	}
	for _, s := range sorted(j.sprints) {
		if b := j.boards[s.OriginBoardID]; b != nil && mine[b.LocationID] {
			w.Sprints = append(w.Sprints, *s.clone())
		}
	}
	for _, is := range sorted(j.issues) {
		if mine[is.ProjectID] {
			w.Issues = append(w.Issues, *is.clone())
		}
	}
	for _, l := range sorted(j.links) {
		if a, b := j.issues[l.Source], j.issues[l.Dest]; a != nil && mine[a.ProjectID] || b != nil && mine[b.ProjectID] {
			w.Links = append(w.Links, *l)
		}
	}
	for _, id := range j.rank {
		if is := j.issues[id]; is != nil && mine[is.ProjectID] {
			w.Rank = append(w.Rank, id)
		}
	}
}
