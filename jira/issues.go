package jira

import (
	"context"
	"encoding/json"
	"net/url"
)

// IssueQuery says what to read of an issue.
type IssueQuery struct {
	// Fields in Jira's names; those that Issue has when empty.
	Fields []string
	// Properties are keys of entity properties.
	Properties []string
	// History asks for the whole changelog.
	History bool
	// Comments asks for the comments to come along, and SprintField, a field's id, for the sprints.
	Comments    bool
	SprintField string
}

// issueFields are the fields that Issue has.
func issueFields() []string {
	return []string{"project", "issuetype", "summary", "description", "labels", "status", "resolution", "creator",
		"reporter", "assignee", "created", "updated", "resolutiondate", "parent", "subtasks", "issuelinks"}
}

// Issue reads one issue, by id or key, as it is now (unlike Search, which may lag). A key from before a move answers
// with the issue under its new key: remember ids.
func (c *Client) Issue(ctx context.Context, idOrKey string, q IssueQuery) (Issue, error) {
	fields := q.Fields
	if len(fields) == 0 {
		fields = issueFields()
	}
	if q.Comments {
		fields = append(fields, "comment")
	}
	if q.SprintField != "" {
		fields = append(fields, q.SprintField)
	}
	query := url.Values{"fields": {joined(fields)}}
	if len(q.Properties) > 0 {
		query.Set("properties", joined(q.Properties))
	}
	if q.History {
		query.Set("expand", "changelog")
	}
	wire := wireMore{field: q.SprintField}
	const route = platform + "issue/{}"
	if err := c.get(ctx, &wire, query, route, issueArg(idOrKey)); err != nil {
		return Issue{}, err
	}
	if err := notNull(route, "issue", string(wire.ID)); err != nil {
		return Issue{}, err
	}
	issue := wire.issue()
	issue.More = wire.more()
	if q.History {
		history, err := c.history(ctx, issue.ID, wire.Changelog)
		if err != nil {
			return Issue{}, err
		}
		issue.History = history
	}
	return issue, nil
}

type wireStatus struct {
	ID             flexID `json:"id"`
	Name           string `json:"name"`
	StatusCategory struct {
		Key string `json:"key"`
	} `json:"statusCategory"`
}

func (w wireStatus) status() Status {
	return Status{ID: string(w.ID), Name: w.Name, Category: w.StatusCategory.Key}
}

// wireRef is an issue inside another one.
type wireRef struct {
	ID     flexID `json:"id"`
	Key    string `json:"key"`
	Fields struct {
		Summary   string        `json:"summary"`
		Status    wireStatus    `json:"status"`
		IssueType wireIssueType `json:"issuetype"`
	} `json:"fields"`
}

func (w wireRef) ref() IssueRef {
	return IssueRef{ID: string(w.ID), Key: w.Key, Summary: w.Fields.Summary, Status: w.Fields.Status.status(),
		Type: w.Fields.IssueType.issueType()}
}

type wireLinkType struct {
	ID      flexID `json:"id"`
	Name    string `json:"name"`
	Inward  string `json:"inward"`
	Outward string `json:"outward"`
}

func (w wireLinkType) linkType() LinkType {
	return LinkType{ID: string(w.ID), Name: w.Name, Inward: w.Inward, Outward: w.Outward}
}

type wireLink struct {
	ID           flexID       `json:"id"`
	Type         wireLinkType `json:"type"`
	InwardIssue  *wireRef     `json:"inwardIssue"`
	OutwardIssue *wireRef     `json:"outwardIssue"`
}

func (w wireLink) link() Link {
	l := Link{ID: string(w.ID), Type: w.Type.linkType(), Outward: w.OutwardIssue != nil}
	switch {
	case w.OutwardIssue != nil:
		l.Other = w.OutwardIssue.ref()
	case w.InwardIssue != nil:
		l.Other = w.InwardIssue.ref()
	}
	return l
}

type wireIssue struct {
	ID     flexID `json:"id"`
	Key    string `json:"key"`
	Fields struct {
		Project struct {
			ID  flexID `json:"id"`
			Key string `json:"key"`
		} `json:"project"`
		IssueType   wireIssueType `json:"issuetype"`
		Summary     string        `json:"summary"`
		Description prose         `json:"description"`
		Labels      []string      `json:"labels"`
		Status      wireStatus    `json:"status"`
		Resolution  *struct {
			ID   flexID `json:"id"`
			Name string `json:"name"`
		} `json:"resolution"`
		Creator    *wireUser       `json:"creator"`
		Reporter   *wireUser       `json:"reporter"`
		Assignee   *wireUser       `json:"assignee"`
		Created    stamp           `json:"created"`
		Updated    stamp           `json:"updated"`
		Resolved   stamp           `json:"resolutiondate"`
		Parent     *wireRef        `json:"parent"`
		Subtasks   []wireRef       `json:"subtasks"`
		IssueLinks []wireLink      `json:"issuelinks"`
		Comment    json.RawMessage `json:"comment"`
	} `json:"fields"`
	Properties map[string]json.RawMessage `json:"properties"`
	Changelog  *wireChangelog             `json:"changelog"`
}

func (w wireIssue) issue() Issue {
	f := w.Fields
	i := Issue{
		ID: string(w.ID), Key: w.Key, ProjectID: string(f.Project.ID), ProjectKey: f.Project.Key,
		Type: f.IssueType.issueType(), Summary: f.Summary, Description: string(f.Description), Labels: f.Labels,
		Status: f.Status.status(), Creator: userOf(f.Creator), Reporter: userOf(f.Reporter), Assignee: userOf(f.Assignee),
		Created: f.Created.Time, Updated: f.Updated.Time, Resolved: f.Resolved.Time, Properties: w.Properties,
	}
	if f.Resolution != nil {
		i.Resolution = &Resolution{ID: string(f.Resolution.ID), Name: f.Resolution.Name}
	}
	if f.Parent != nil {
		parent := f.Parent.ref()
		i.Parent = &parent
	}
	for _, s := range f.Subtasks {
		i.Subtasks = append(i.Subtasks, s.ref())
	}
	for _, l := range f.IssueLinks {
		i.Links = append(i.Links, l.link())
	}
	return i
}
