package jira

import (
	"encoding/json"
	"strings"
	"time"
)

// Flavour tells the two products apart whose REST answers differ.
type Flavour string

// The flavours. A site that does not say which it is, is treated as Data Center.
const (
	Cloud      Flavour = "cloud"
	DataCenter Flavour = "datacenter"
)

// ServerInfo is what Jira says about itself.
type ServerInfo struct {
	Flavour Flavour
	// BaseURL is the site people open in a browser, without a slash at the end. It differs from the address of the REST
	// calls when these go through Atlassian's gateway. Build links to issues from it, never from "self" fields.
	BaseURL string
	// Version is the product's version as text, VersionNumbers the same as numbers, for example 10, 3, 5.
	Version        string
	VersionNumbers []int
	// ServerTime is Jira's clock at the moment of the answer; zero when it did not tell.
	ServerTime time.Time
	// Skew is Jira's clock minus ours, from the Date header: exact to about a second.
	Skew time.Duration
}

// BrowseURL returns the address at which a person opens the issue.
func (s ServerInfo) BrowseURL(issueKey string) string { return s.BaseURL + "/browse/" + issueKey }

// User is a Jira user of either product. Cloud fills AccountID, Data Center Key and Name; Email is often hidden.
type User struct {
	AccountID   string
	Key         string
	Name        string
	DisplayName string
	Email       string
	Active      bool
	// AccountType is "atlassian", "app" or "customer" on Cloud and empty on Data Center.
	AccountType string
}

// ID returns the one opaque id under which andon remembers the user: accountId, else key, else name.
func (u User) ID() string {
	switch {
	case u.AccountID != "":
		return u.AccountID
	case u.Key != "":
		return u.Key
	default:
		return u.Name
	}
}

// Same reports whether both are the same person. Two users without any id are never the same.
func (u User) Same(other User) bool {
	id := u.ID()
	return id != "" && id == other.ID()
}

// Matches reports whether ref, as a person writes it into a setting, names this user: by account id, key, login name
// (ids exactly, login and e-mail address without regard to case). An empty ref matches nobody.
func (u User) Matches(ref string) bool {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return false
	}
	return ref == u.AccountID || ref == u.Key || strings.EqualFold(ref, u.Name) || strings.EqualFold(ref, u.Email)
}

// Group names a group. Cloud has an ID that survives renaming; Data Center has the name only.
type Group struct {
	ID   string
	Name string
}

// Actor is one member of a project role: exactly one of the two is set.
type Actor struct {
	User  *User
	Group *Group
}

// Project is a Jira project.
type Project struct {
	ID   string
	Key  string
	Name string
	// Lead is nil when Jira did not tell.
	Lead *User
	// Simplified is true for team-managed projects, which have no permission scheme and own issue types.
	Simplified bool
	// Style is "classic" or "next-gen" on Cloud and empty on Data Center.
	Style string
	// TypeKey is for example "software" or "service_desk".
	TypeKey    string
	IssueTypes []IssueType
}

// SubtaskTypes returns the types whose issues are sub-tasks. Their names are localised and renamed at will, so the flag
// alone counts. Several or none may exist.
func (p Project) SubtaskTypes() []IssueType {
	var out []IssueType
	for _, t := range p.IssueTypes {
		if t.Subtask {
			out = append(out, t)
		}
	}
	return out
}

// IssueType is a type of issue. HierarchyLevel (-1 sub-task, 0 standard, 1 epic) is told by Cloud only.
type IssueType struct {
	ID             string
	Name           string
	Subtask        bool
	HierarchyLevel int
}

// Status of an issue. Category is "new", "indeterminate", "done" or "undefined"; Name is localised.
type Status struct {
	ID       string
	Name     string
	Category string
}

// Done reports whether the status counts as done. It says nothing about the resolution.
func (s Status) Done() bool { return s.Category == "done" }

// Resolution of an issue.
type Resolution struct {
	ID   string
	Name string
}

// IssueRef is the short form in which an issue appears inside another one: no labels, assignee or resolution.
type IssueRef struct {
	ID      string
	Key     string
	Summary string
	Status  Status
	Type    IssueType
}

// LinkType is a kind of link between issues.
type LinkType struct {
	ID      string
	Name    string
	Inward  string
	Outward string
}

// Link is a link of an issue. Outward is true when the issue read is at the end where the Outward text applies, for
// example "blocks".
type Link struct {
	ID      string
	Type    LinkType
	Outward bool
	Other   IssueRef
}

// Issue is what andon reads of an issue. Fields that were not asked for stay empty.
type Issue struct {
	ID          string
	Key         string
	ProjectID   string
	ProjectKey  string
	Type        IssueType
	Summary     string
	Description string
	Labels      []string
	Status      Status
	// Resolution is nil while the issue is unresolved.
	Resolution *Resolution
	Creator    *User
	Reporter   *User
	Assignee   *User
	Created    time.Time
	Updated    time.Time
	// Resolved is when the issue got its resolution, zero while it has none.
	Resolved time.Time
	// Parent is set for sub-tasks and, on Cloud, for issues under an epic too: ask Type.Subtask, not Parent.
	Parent   *IssueRef
	Subtasks []IssueRef
	Links    []Link
	// Properties holds the entity properties that were asked for and exist.
	Properties map[string]json.RawMessage
	// History is nil unless asked for; then it is complete and sorted oldest first.
	History []Change
	// More is what came along, where it was asked for.
	More More
}

// Change is one entry of an issue's history. The creation of the issue has none.
type Change struct {
	ID string
	// Author is nil when Jira no longer knows.
	Author  *User
	Created time.Time
	Items   []ChangeItem
}

// ChangeItem is one changed field. FieldID may be empty on Data Center.
type ChangeItem struct {
	Field      string
	FieldID    string
	From       string
	FromString string
	To         string
	ToString   string
}

// Comment of an issue. Properties are the comment's entity properties, where Jira hands them out.
type Comment struct {
	ID         string
	Author     *User
	Body       string
	Created    time.Time
	Updated    time.Time
	Properties map[string]json.RawMessage
}

// Location is the project in whose sidebar a board lives.
type Location struct {
	ProjectID  string
	ProjectKey string
	Name       string
}

// Board is an agile board. Type is "scrum", "kanban" or "simple" (team-managed, with or without sprints).
type Board struct {
	ID   int64
	Name string
	Type string
	// Location is nil for boards of a person and on old Data Center.
	Location *Location
}

// The states of a sprint. The only moves are future to active and active to closed.
const (
	SprintFuture = "future"
	SprintActive = "active"
	SprintClosed = "closed"
)

// Sprint is a sprint. Start and End are planned and editable; Complete is set when it is closed; Created is told by
// Cloud only.
type Sprint struct {
	ID    int64
	State string
	Name  string
	Goal  string
	Start *time.Time
	End   *time.Time
	// Complete is when the sprint was closed.
	Complete *time.Time
	Created  *time.Time
	// Activated is when the sprint was started; told by Data Center only.
	Activated *time.Time
	// OriginBoardID is 0 when unknown, and may name a board that was deleted since.
	OriginBoardID int64
}
