package jiratest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Issue is an issue with everything that hangs on it except links, which are
// kept by the site. Times are UTC with milliseconds; the zero time is "none".
type Issue struct {
	ID          int64
	Key         string
	OldKeys     []string
	ProjectID   int64
	TypeID      int64
	StatusID    int64
	ParentID    int64
	Summary     string
	Description string
	Labels      []string // sorted, as Jira shows them
	Assignee    string   // user ids
	Reporter    string
	Creator     string
	Resolution  int64 // 0: unresolved
	Resolved    time.Time
	Priority    int64
	Created     time.Time
	Updated     time.Time
	Sprints     []int64 // closed ones accumulate; at most one that is not closed, at the end
	Fields      map[string]json.RawMessage
	Properties  map[string]json.RawMessage
	Comments    []Comment
	RemoteLinks []RemoteLink
	Watchers    []string
	History     []Change
	HiddenFrom  []string // user ids that get 404, as an issue security level does
	LimitOnly   bool     // true when only VisibleTo may see it
	VisibleTo   []string
}

// Change is one entry of the changelog.
type Change struct {
	ID      int64
	Author  string // user id; "" when the author is gone
	Created time.Time
	Items   []Item
}

// Item is one field's change. Nil pointers are JSON null.
type Item struct {
	Field      string
	FieldType  string // "jira" or "custom"
	FieldID    string
	From       *string
	FromString *string
	To         *string
	ToString   *string
}

// Comment is a comment.
type Comment struct {
	ID         int64
	Author     string
	Editor     string // who changed it last
	Body       string
	Created    time.Time
	Updated    time.Time
	VisType    string // "role" or "group", "" for everybody
	VisValue   string
	Properties map[string]json.RawMessage
}

// RemoteLink is a link to somewhere else; Object is the body's "object".
type RemoteLink struct {
	ID           int64
	GlobalID     string
	Relationship string
	Application  json.RawMessage
	Object       json.RawMessage
}

// Link joins two issues: Source "blocks" Dest, where that is the link type's
// outward name. REST's create calls the source inwardIssue.
type Link struct {
	ID     int64
	TypeID int64
	Source int64 // issue ids
	Dest   int64
}

// Notice is a mail that notify would have sent.
type Notice struct {
	IssueID  int64
	By       string
	Subject  string
	TextBody string
	HTMLBody string
	Users    []string // user ids of the recipients, sorted
}

func (i *Issue) clone() *Issue {
	c := *i
	c.OldKeys = slices.Clone(i.OldKeys)
	c.Labels = slices.Clone(i.Labels)
	c.Sprints = slices.Clone(i.Sprints)
	c.Fields = cloneRaw(i.Fields)
	c.Properties = cloneRaw(i.Properties)
	c.Comments = slices.Clone(i.Comments)
	for n := range c.Comments {
		c.Comments[n].Properties = cloneRaw(c.Comments[n].Properties)
	}
	c.RemoteLinks = slices.Clone(i.RemoteLinks)
	c.Watchers = slices.Clone(i.Watchers)
	c.History = slices.Clone(i.History)
	c.HiddenFrom = slices.Clone(i.HiddenFrom)
	c.VisibleTo = slices.Clone(i.VisibleTo)
	return &c
}

func cloneRaw(m map[string]json.RawMessage) map[string]json.RawMessage {
	if m == nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(m))
	for k, v := range m {
		out[k] = slices.Clone(v)
	}
	return out
}

// ids renders an id as Jira does where ids are strings.
func ids(n int64) string { return strconv.FormatInt(n, 10) }

func ptr(s string) *string { return &s }
