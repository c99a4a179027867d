package jira

import (
	"context"
	"net/url"
)

type wireIssueType struct {
	ID             flexID   `json:"id"`
	Name           string   `json:"name"`
	Subtask        flexBool `json:"subtask"`
	HierarchyLevel int      `json:"hierarchyLevel"`
}

func (w wireIssueType) issueType() IssueType {
	return IssueType{ID: string(w.ID), Name: w.Name, Subtask: bool(w.Subtask), HierarchyLevel: w.HierarchyLevel}
}

type wireProject struct {
	ID             flexID          `json:"id"`
	Key            string          `json:"key"`
	Name           string          `json:"name"`
	Lead           *wireUser       `json:"lead"`
	Simplified     flexBool        `json:"simplified"`
	Style          string          `json:"style"`
	ProjectTypeKey string          `json:"projectTypeKey"`
	IssueTypes     []wireIssueType `json:"issueTypes"`
}

func (w wireProject) project() Project {
	p := Project{ID: string(w.ID), Key: w.Key, Name: w.Name, Lead: userOf(w.Lead), Simplified: bool(w.Simplified),
		Style: w.Style, TypeKey: w.ProjectTypeKey}
	for _, t := range w.IssueTypes {
		p.IssueTypes = append(p.IssueTypes, t.issueType())
	}
	return p
}

// Project reads one project with its lead and issue types.
func (c *Client) Project(ctx context.Context, keyOrID string) (Project, error) {
	var wire wireProject
	const route = platform + "project/{}"
	if err := c.get(ctx, &wire, nil, route, projectArg(keyOrID)); err != nil {
		return Project{}, err
	}
	return wire.project(), notNull(route, "project", string(wire.ID))
}

// How Cloud lists projects.
const (
	projectSearch = platform + "project/search"
	projectsPage  = 50
)

func projectQuery() url.Values { return param("expand", "lead,issueTypes") }

// Projects lists the projects we may see; with their issue types on Cloud only. An empty list is also what an anonymous visitor
// gets, so it proves nothing without Myself.
func (c *Client) Projects(ctx context.Context) ([]Project, error) {
	f, err := c.flavour(ctx)
	if err != nil {
		return nil, err
	}
	if f == Cloud {
		wires, err := listAll(ctx, c, projectID, projectQuery(), projectsPage, projectSearch)
		return projectsOf(wires), err
	}
	var wires []wireProject
	const route = platform + "project"
	if err := c.get(ctx, &wires, param("expand", "lead"), route); err != nil {
		return nil, err
	}
	return projectsOf(wires), present(route, "projects", wires)
}

// projectPart is a part of the list of projects.
type projectPart struct {
	projects []Project
	// next is where the list goes on, 0 where it does not.
	next int
	// total is how many there are, 0 where Jira does not tell, as on Data Center, which lists all of them in one answer.
	total int
}

// pageOverlap is how many projects each part repeats of the one before, so that one that is deleted meanwhile does not hide
// another.
const pageOverlap = 5

// projectsFrom lists a part of the projects, beginning somewhere: fifty on Cloud, all on Data Center.
func (c *Client) projectsFrom(ctx context.Context, start int) (projectPart, error) {
	f, err := c.flavour(ctx)
	if err != nil {
		return projectPart{}, err
	}
	if f != Cloud {
		all, err := c.Projects(ctx)
		return projectPart{projects: all}, err
	}
	p, err := readPage[wireProject](ctx, c, projectQuery(), start, projectsPage, projectSearch)
	if err != nil {
		return projectPart{}, err
	}
	part := projectPart{projects: projectsOf(p.Values), next: start + len(p.Values)}
	if p.Total != nil {
		part.total = *p.Total
	}
	switch {
	case p.last(start) || p.Total == nil && len(p.Values) == 0:
		part.next = 0
	case len(p.Values) == 0:
		part.next = start + max(1, p.MaxResults)
	case len(p.Values) > pageOverlap:
		part.next -= pageOverlap
	}
	return part, nil
}

func projectID(p wireProject) string { return string(p.ID) }

func projectsOf(wires []wireProject) []Project {
	var out []Project
	for _, w := range wires {
		out = append(out, w.project())
	}
	return out
}
