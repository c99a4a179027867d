package jiratest

import (
	"encoding/json"
	"time"
)

// Flavour tells which of the two products is simulated.
type Flavour int

// The flavours.
const (
	Cloud      Flavour = iota // Jira Cloud
	DataCenter                // Jira Data Center
)

// String names the flavour as in serverInfo's deploymentType ("Cloud", "Server").
func (f Flavour) String() string {
	if f == DataCenter {
		return "Server"
	}
	return "Cloud"
}

// User is an account. ID is the opaque id by which everything else refers to
// it: the accountId on Cloud, the key on Data Center.
type User struct {
	ID          string
	AccountID   string // Cloud
	Key         string // Data Center, stable
	Name        string // Data Center, the login name, may be renamed
	Email       string
	DisplayName string
	Active      bool
	AccountType string // Cloud: "atlassian" or "app"
	TimeZone    string
	Locale      string
	Password    string // Data Center only
	Tokens      []Token
}

// TokenKind tells how a token is sent.
type TokenKind int

// The kinds of token.
const (
	APIToken TokenKind = iota // Cloud, as the password of Basic with the e-mail address
	PAT                       // Data Center personal access token, as Bearer
	OAuth                     // Cloud OAuth 2.0, as Bearer
)

// Token is a secret of a user. The zero Expires means never. A Scoped token
// works only through the gateway path, a classic one only on the site itself.
type Token struct {
	Secret  string
	Kind    TokenKind
	Expires time.Time
	Revoked bool
	Scoped  bool
}

// Group is a set of users.
type Group struct {
	Name    string
	ID      string // Cloud: groupId
	Members []string
}

// Style of a project.
type Style int

// The styles of project.
const (
	CompanyManaged Style = iota // "classic": shared schemes
	TeamManaged                 // "next-gen": own types, own roles, no permission scheme
)

// Project is a project with what hangs on it.
type Project struct {
	ID          int64
	Key         string
	OldKeys     []string
	Name        string
	Lead        string // user id
	Style       Style
	TypeKey     string // "software", "business", ...
	IssueTypes  []int64
	SchemeID    int64 // permission scheme; for TeamManaged a hidden one of its own
	Actors      map[int64][]Actor
	Properties  map[string]json.RawMessage
	Required    []FieldRule // fields that must be given on create
	OffScreen   []FieldRule // fields that are not on the create screen
	Transitions []Transition
	LastNumber  int64 // number of the last issue key given out
	Archived    bool  // read-only: nobody has any permission in it but Browse
}

// FieldRule names a field of an issue type; TypeID 0 means every type.
type FieldRule struct {
	TypeID int64
	Field  string
}

// Actor is a member of a project role: exactly one of User and Group is set.
type Actor struct {
	ID    int64
	User  string // user id
	Group string // group name
}

// Role is a project role. ProjectID is 0 for a site-wide role and the
// project's id for a role of a team-managed project.
type Role struct {
	ID          int64
	Name        string
	Description string
	ProjectID   int64
}

// IssueType is a type of issue; Level is -1 for sub-tasks, 0 for standard
// types, 1 for epics. ProjectID is 0 unless it belongs to a team-managed project.
type IssueType struct {
	ID          int64
	Name        string
	Description string
	Subtask     bool
	Level       int
	ProjectID   int64
}

// Category keys of a status.
const (
	CategoryNew           = "new"
	CategoryIndeterminate = "indeterminate"
	CategoryDone          = "done"
)

// Status is a workflow status.
type Status struct {
	ID       int64
	Name     string
	Category string
}

// Transition leads from any of From (empty: any status) to To. Fields are the
// fields on its screen, ScreenRequired those that must be given.
// SetsResolution names the resolution that it sets by itself where none is
// given; "-" leaves the choice to Knobs.DoneSetsResolution, "" sets none.
type Transition struct {
	ID             int64
	Name           string
	From           []int64
	To             int64
	Fields         []string
	ScreenRequired []string
	SetsResolution string
	ClearsIt       bool // clears the resolution
}

// Named is an entity of which only id, name and description matter
// (resolution, priority).
type Named struct {
	ID          int64
	Name        string
	Description string
}

// LinkType is a kind of issue link.
type LinkType struct {
	ID      int64
	Name    string
	Inward  string
	Outward string
}

// Grant gives a permission to a holder. Holder types are those of Jira's
// permission schemes: anyone, applicationRole, assignee, group, projectLead,
// projectRole, reporter, user. Parameter is the role id, the group's name or
// the user id; Value is the same, but the group's id on Cloud.
type Grant struct {
	ID         int64
	Permission string
	Type       string
	Parameter  string
	Value      string
}

// PermissionScheme is a set of grants that projects share.
type PermissionScheme struct {
	ID          int64
	Name        string
	Description string
	Grants      []Grant
	Attributes  map[string]string // Data Center: scheme attributes
	Hidden      bool              // the stand-in of a team-managed project; REST does not show it
}
