package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// projectSeen finds a project that a user may browse.
func (j *Jira) projectSeen(u *User, ref string) (*Project, *Error) {
	p := j.projectByKey(ref)
	if p == nil || !j.can(u, p, BrowseProjects) && !j.runsProject(u, p) {
		return nil, errProjectMissing(ref)
	}
	return p, nil
}

func (j *Jira) projectJSON(u *User, p *Project) obj {
	o := j.projectRef(p)
	o["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight"
	o["description"], o["assigneeType"] = "", "UNASSIGNED"
	o["lead"] = j.userRef(p.Lead)
	types := j.projectTypes(p)
	o["issueTypes"], o["components"], o["versions"] = types, []any{}, []any{}
	if j.runsProject(u, p) {
		o["roles"] = j.roleLinks(p)
	} else {
		o["roles"] = obj{}
	}
	if j.cloud() {
		o["style"], o["isPrivate"], o["properties"] = "classic", false, obj{}
		if p.Style == TeamManaged {
			o["style"] = "next-gen"
		}
	} else {
		delete(o, "simplified")
		o["archived"] = false
	}
	return o
}

func (j *Jira) restProject(c *call) reply {
	p, err := j.projectSeen(c.user, c.path("project"))
	if err != nil {
		return failed(err)
	}
	return ok(j.projectJSON(c.user, p))
}

func (j *Jira) projectsSeen(u *User) []*Project {
	return slices.DeleteFunc(sorted(j.projects), func(p *Project) bool { return !j.can(u, p, BrowseProjects) })
}

func (j *Jira) restProjects(c *call) reply {
	out := []obj{}
	for _, p := range j.projectsSeen(c.user) {
		out = append(out, j.projectShort(p))
	}
	return ok(out)
}

// projectTypes are the issue types of a project.
func (j *Jira) projectTypes(p *Project) []obj {
	types := []obj{}
	for _, id := range p.IssueTypes {
		if t := j.types[id]; !t.Subtask || !j.knobs.SubtasksOff {
			types = append(types, j.typeJSON(t))
		}
	}
	return types
}

func (j *Jira) projectShort(p *Project) obj {
	o := j.projectRef(p)
	o["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight"
	if j.cloud() {
		o["style"], o["isPrivate"] = "classic", false
		if p.Style == TeamManaged {
			o["style"] = "next-gen"
		}
	} else {
		delete(o, "simplified")
	}
	return o
}

// restProjectSearch is Cloud's paged list; 50 at most on a page.
func (j *Jira) restProjectSearch(c *call) reply {
	var hits []obj
	text, keys := strings.ToLower(c.query.Get("query")), c.query["keys"]
	for _, p := range j.projectsSeen(c.user) {
		if text != "" && !strings.Contains(strings.ToLower(p.Key+" "+p.Name), text) || len(keys) > 0 && !slices.Contains(keys, p.Key) {
			continue
		}
		o := j.projectShort(p)
		if slices.Contains(list(c.query["expand"]), "lead") {
			o["lead"] = j.userRef(p.Lead)
		}
		if slices.Contains(list(c.query["expand"]), "issueTypes") {
			o["issueTypes"] = j.projectTypes(p)
		}
		hits = append(hits, o)
	}
	if c.query.Get("orderBy") == "-key" {
		slices.Reverse(hits)
	}
	return ok(j.page(c, hits, 50, 100))
}

// page cuts the shape {self,startAt,maxResults,total,isLast,values} out of all.
func (j *Jira) page(c *call, all []obj, def, limit int) obj {
	start, size := max(0, c.num("startAt", 0)), min(max(0, c.num("maxResults", def)), limit)
	from, to := min(start, len(all)), min(start+size, len(all))
	return obj{"self": j.self(c.req.URL.Path), "startAt": start, "maxResults": size, "total": len(all),
		"isLast": to >= len(all), "values": append([]obj{}, all[from:to]...)}
}

// restProjectStatuses lists the statuses of each issue type.
func (j *Jira) restProjectStatuses(c *call) reply {
	p, err := j.projectSeen(c.user, c.path("project"))
	if err != nil {
		return failed(err)
	}
	var statuses []obj
	seen := map[int64]bool{}
	for _, t := range p.Transitions {
		if !seen[t.To] {
			seen[t.To] = true
			statuses = append(statuses, j.statusJSON(j.statuses[t.To]))
		}
	}
	out := []obj{}
	for _, id := range p.IssueTypes {
		t := j.types[id]
		out = append(out, obj{"id": ids(t.ID), "name": t.Name, "subtask": t.Subtask, "self": j.self("/rest/api/2/issuetype/" + ids(t.ID)), "statuses": statuses})
	}
	return ok(out)
}

// restIssueTypes lists the site's issue types.
func (j *Jira) restIssueTypes(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	out := []obj{}
	for _, t := range sorted(j.types) {
		if p := j.projects[t.ProjectID]; p == nil || j.can(c.user, p, BrowseProjects) {
			out = append(out, j.typeJSON(t))
		}
	}
	return ok(out)
}

func (j *Jira) restIssueType(c *call) reply {
	id := c.id("id")
	if t := j.types[id]; t != nil && c.user != nil {
		return ok(j.typeJSON(t))
	}
	return failed(refuse(http.StatusNotFound, "The issue type with id '%s' does not exist", c.path("id")))
}

// restProjectIssueTypes is Cloud's list of one project's types by level.
func (j *Jira) restProjectIssueTypes(c *call) reply {
	p, err := j.projectSeen(c.user, c.query.Get("projectId"))
	if err != nil {
		return failed(err)
	}
	out := []obj{}
	for _, id := range p.IssueTypes {
		if t := j.types[id]; c.query.Get("level") == "" || c.num("level", 99) == t.Level {
			out = append(out, j.typeJSON(t))
		}
	}
	return ok(out)
}
