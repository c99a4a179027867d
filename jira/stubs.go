package jira

import (
	"context"
	"encoding/json"
	"time"
)

// Temporary: signatures whose bodies are being written.
var errStub = ErrReadOnly

// NewClient checks the settings and returns a client. Nothing is sent.
func NewClient(cfg Config) (*Client, error) { return nil, errStub }

// ReadOnly returns a client with the same budget and caches that refuses every write with ErrReadOnly.
func (c *Client) ReadOnly() *Client { return c }

// WithWriteGuard returns a context under which guard is called before each write is sent (also before a repeated one);
// an error of it refuses the write (KindCancelled, wrapping that error). Guards add up.
func WithWriteGuard(ctx context.Context, guard func() error) context.Context { return ctx }

// Priority of a call in the request budget.
type Priority int

// Priorities. High calls do not wait for the request budget (they run it into a small debt) and pass a short closing
// after a burst; use it for the acts that stop the line.
const (
	Normal Priority = iota
	High
)

// WithPriority returns a context whose calls have priority p.
func WithPriority(ctx context.Context, p Priority) context.Context { return ctx }

func (e *Error) Error() string { return "" }
func (e *Error) Unwrap() error { return e.Err }

// RetryAfter is how long to stay away; 0 when Jira did not say.
func (e *Error) RetryAfter() time.Duration { return e.Wait }

// KindOf returns the kind of err, or "" when it is no error of a Jira call.
func KindOf(err error) Kind { return "" }

func IsNotFound(err error) bool     { return KindOf(err) == KindNotFound }
func IsForbidden(err error) bool    { return KindOf(err) == KindForbidden }
func IsUnauthorized(err error) bool { return KindOf(err) == KindUnauthorized }
func IsInvalid(err error) bool      { return KindOf(err) == KindInvalid }
func IsConflict(err error) bool     { return KindOf(err) == KindConflict }
func IsRateLimited(err error) bool  { return KindOf(err) == KindRateLimited }
func IsReadOnly(err error) bool     { return KindOf(err) == KindReadOnly }

// IsTemporary reports whether the same call may succeed later without anybody changing anything.
func IsTemporary(err error) bool { return false }

// MaybeExecuted reports whether the failed write may have had its effect; an unknown error counts as maybe.
func MaybeExecuted(err error) bool { return false }

func (c *Client) Server(ctx context.Context) (ServerInfo, error) { return ServerInfo{}, errStub }
func (c *Client) Myself(ctx context.Context) (User, error)       { return User{}, errStub }

func (c *Client) Project(ctx context.Context, keyOrID string) (Project, error) {
	return Project{}, errStub
}
func (c *Client) Projects(ctx context.Context) ([]Project, error) { return nil, errStub }
func (c *Client) ProjectRoles(ctx context.Context, projectKeyOrID string) (map[string]int64, error) {
	return nil, errStub
}
func (c *Client) RoleActors(ctx context.Context, projectKeyOrID string, roleID int64) ([]Actor, error) {
	return nil, errStub
}
func (c *Client) GroupMembers(ctx context.Context, g Group) ([]User, error) { return nil, errStub }

// Permissions: keys Jira does not know are false.
func (c *Client) Permissions(ctx context.Context, projectKey string, keys ...string) (map[string]bool, error) {
	return nil, errStub
}

// IssueQuery says what to read of an issue. Fields empty: the fields Issue has.
type IssueQuery struct {
	Fields     []string
	Properties []string
	History    bool
}

func (c *Client) Issue(ctx context.Context, idOrKey string, q IssueQuery) (Issue, error) {
	return Issue{}, errStub
}

// SearchQuery: Fields empty: the fields Issue has. Reconcile: numeric ids (at most 50) to read after write (Cloud).
// Limit 0: all.
type SearchQuery struct {
	JQL        string
	Fields     []string
	Properties []string
	Reconcile  []string
	Limit      int
}

func (c *Client) Search(ctx context.Context, q SearchQuery) ([]Issue, error) { return nil, errStub }

// QuoteJQL returns s as a quoted JQL string.
func QuoteJQL(s string) string { return "" }

// NewIssue is an issue to create. Extra fields go in as they are, keyed by field id; Update holds update verbs.
type NewIssue struct {
	ProjectID   string
	TypeID      string
	ParentID    string
	Summary     string
	Description string
	Labels      []string
	Extra       map[string]json.RawMessage
	Update      map[string]json.RawMessage
	Properties  map[string]any
}

// CreateResult belongs to the NewIssue at the same index: ID and Key, or Err.
type CreateResult struct {
	ID  string
	Key string
	Err *Error
}

// CreateIssues: as many results as issues, always. The error is set when a whole call failed; what is in results then
// still stands (elements never sent have Err with ExecutedNo).
func (c *Client) CreateIssues(ctx context.Context, issues []NewIssue) ([]CreateResult, error) {
	return nil, errStub
}
func (c *Client) CreateIssue(ctx context.Context, issue NewIssue) (id, key string, err error) {
	return "", "", errStub
}

// IssueEdit: labels with update verbs, Fields replaced. Quiet: no mail (Cloud only, where allowed).
type IssueEdit struct {
	AddLabels    []string
	RemoveLabels []string
	Fields       map[string]any
	Quiet        bool
}

func (c *Client) EditIssue(ctx context.Context, idOrKey string, e IssueEdit) error { return errStub }
func (c *Client) DeleteIssue(ctx context.Context, idOrKey string, withSubtasks bool) error {
	return errStub
}

// FieldMeta describes a field of a screen.
type FieldMeta struct {
	ID         string
	Name       string
	Required   bool
	HasDefault bool
	// Allowed are the raw allowed values, if the field has a fixed list.
	Allowed []json.RawMessage
}

// Transition is a move the workflow allows now.
type Transition struct {
	ID     string
	Name   string
	To     Status
	Fields []FieldMeta
}

func (c *Client) Transitions(ctx context.Context, idOrKey string) ([]Transition, error) {
	return nil, errStub
}
func (c *Client) Transition(ctx context.Context, idOrKey, transitionID string, fields map[string]any) error {
	return errStub
}
func (c *Client) LinkTypes(ctx context.Context) ([]LinkType, error) { return nil, errStub }

// Link reads: inward <t.Outward> outward, for example A blocks B with inward = A. Arguments are ids or keys.
func (c *Client) Link(ctx context.Context, t LinkType, inward, outward string) error { return errStub }

// RemoteLink is a web link of an issue, known by its GlobalID.
type RemoteLink struct {
	GlobalID     string
	URL          string
	Title        string
	Summary      string
	Relationship string
}

func (c *Client) UpsertRemoteLink(ctx context.Context, idOrKey string, l RemoteLink) error {
	return errStub
}

// Notification is a mail that Jira sends.
type Notification struct {
	Subject                              string
	TextBody                             string
	HTMLBody                             string
	Watchers, Reporter, Assignee, Voters bool
	Users                                []User
	Groups                               []Group
}

func (c *Client) Notify(ctx context.Context, idOrKey string, n Notification) error { return errStub }

func (c *Client) Comments(ctx context.Context, idOrKey string) ([]Comment, error) {
	return nil, errStub
}
func (c *Client) AddComment(ctx context.Context, idOrKey, body string, properties map[string]any) (Comment, error) {
	return Comment{}, errStub
}
func (c *Client) UpdateComment(ctx context.Context, idOrKey, commentID, body string) (Comment, error) {
	return Comment{}, errStub
}
func (c *Client) DeleteComment(ctx context.Context, idOrKey, commentID string) error { return errStub }

func (c *Client) IssueProperty(ctx context.Context, idOrKey, key string) (value json.RawMessage, found bool, err error) {
	return nil, false, errStub
}
func (c *Client) SetIssueProperty(ctx context.Context, idOrKey, key string, value any) error {
	return errStub
}
func (c *Client) DeleteIssueProperty(ctx context.Context, idOrKey, key string) error { return errStub }
func (c *Client) ProjectProperty(ctx context.Context, projectKeyOrID, key string) (value json.RawMessage, found bool, err error) {
	return nil, false, errStub
}
func (c *Client) SetProjectProperty(ctx context.Context, projectKeyOrID, key string, value any) error {
	return errStub
}
func (c *Client) DeleteProjectProperty(ctx context.Context, projectKeyOrID, key string) error {
	return errStub
}

// Field is a field of the site. SchemaCustom is the custom field's type.
type Field struct {
	ID           string
	Name         string
	Custom       bool
	SchemaCustom string
}

func (c *Client) Fields(ctx context.Context) ([]Field, error) { return nil, errStub }

// SprintFieldID is the id of the Sprint custom field ("" when there is none); cached.
func (c *Client) SprintFieldID(ctx context.Context) (string, error) { return "", errStub }

// CreateMeta lists the fields of the create screen of a type in a project.
func (c *Client) CreateMeta(ctx context.Context, projectKeyOrID, issueTypeID string) ([]FieldMeta, error) {
	return nil, errStub
}

func (c *Client) Boards(ctx context.Context, projectKeyOrID string) ([]Board, error) {
	return nil, errStub
}
func (c *Client) Board(ctx context.Context, boardID int64) (Board, error) { return Board{}, errStub }

// BoardProjects: ID, Key and Name of the projects a board's filter names.
func (c *Client) BoardProjects(ctx context.Context, boardID int64) ([]Project, error) {
	return nil, errStub
}

// BoardSprints: supported is false (and the list empty) when the board has no sprints.
func (c *Client) BoardSprints(ctx context.Context, boardID int64, states ...string) (sprints []Sprint, supported bool, err error) {
	return nil, false, errStub
}
func (c *Client) Sprint(ctx context.Context, sprintID int64) (Sprint, error) {
	return Sprint{}, errStub
}

// NewSprint is a sprint to create; it is always born in state future.
type NewSprint struct {
	BoardID    int64
	Name, Goal string
	Start, End *time.Time
}

// SprintPatch changes only what is not nil.
type SprintPatch struct {
	Name, Goal, State *string
	Start, End        *time.Time
}

func (c *Client) CreateSprint(ctx context.Context, s NewSprint) (Sprint, error) {
	return Sprint{}, errStub
}
func (c *Client) UpdateSprint(ctx context.Context, sprintID int64, p SprintPatch) (Sprint, error) {
	return Sprint{}, errStub
}

// CloseSprint closes and, unless goal is empty, sets the goal in the same call.
func (c *Client) CloseSprint(ctx context.Context, sprintID int64, goal string) (Sprint, error) {
	return Sprint{}, errStub
}
func (c *Client) StartSprint(ctx context.Context, sprintID int64, start, end time.Time) (Sprint, error) {
	return Sprint{}, errStub
}
func (c *Client) DeleteSprint(ctx context.Context, sprintID int64) error { return errStub }

// Refused is an issue that Jira would not move, and why.
type Refused struct {
	ID  string
	Err *Error
}

// MoveToSprint and MoveToBacklog: batches of 50; a refused batch is halved until the bad ones are found; the rest moves.
func (c *Client) MoveToSprint(ctx context.Context, sprintID int64, issueIDs []string) ([]Refused, error) {
	return nil, errStub
}
func (c *Client) MoveToBacklog(ctx context.Context, issueIDs []string) ([]Refused, error) {
	return nil, errStub
}

// IssueSprints: the active or future sprint (nil when in the backlog) and the closed ones.
func (c *Client) IssueSprints(ctx context.Context, idOrKey string) (current *Sprint, closed []Sprint, err error) {
	return nil, nil, errStub
}

// SprintIssues: id, key, status, type, project; by search, so an index lag behind.
func (c *Client) SprintIssues(ctx context.Context, sprintID int64) ([]Issue, error) {
	return nil, errStub
}

// Holder of a permission. Value (Cloud: group id) wins over Parameter when both are set.
type Holder struct {
	Type      string
	Parameter string
	Value     string
}

// Grant gives one permission to one holder.
type Grant struct {
	ID         int64
	Permission string
	Holder     Holder
}

// PermissionScheme of one or several projects.
type PermissionScheme struct {
	ID          int64
	Name        string
	Description string
	Grants      []Grant
}

func (c *Client) PermissionSchemes(ctx context.Context) ([]PermissionScheme, error) {
	return nil, errStub
}
func (c *Client) PermissionScheme(ctx context.Context, schemeID int64) (PermissionScheme, error) {
	return PermissionScheme{}, errStub
}
func (c *Client) ProjectPermissionScheme(ctx context.Context, projectKeyOrID string) (PermissionScheme, error) {
	return PermissionScheme{}, errStub
}
func (c *Client) CreatePermissionScheme(ctx context.Context, s PermissionScheme) (PermissionScheme, error) {
	return PermissionScheme{}, errStub
}
func (c *Client) AssignPermissionScheme(ctx context.Context, projectKeyOrID string, schemeID int64) error {
	return errStub
}
func (c *Client) DeletePermissionScheme(ctx context.Context, schemeID int64) error { return errStub }

// Webhook registered at Jira. Secret is only ever sent, never read back; Signed says whether Jira has one.
type Webhook struct {
	ID          string
	Name        string
	URL         string
	Events      []string
	JQL         string
	ExcludeBody bool
	Enabled     bool
	Signed      bool
	Secret      string
}

func (c *Client) Webhooks(ctx context.Context) ([]Webhook, error) { return nil, errStub }
func (c *Client) CreateWebhook(ctx context.Context, w Webhook) (Webhook, error) {
	return Webhook{}, errStub
}
func (c *Client) DeleteWebhook(ctx context.Context, id string) error { return errStub }

// EscapeWiki returns s as one line of plain text that Jira's wiki renderer shows as it is.
func EscapeWiki(s string) string { return s }

// Mention returns markup that mentions u, or the escaped display name when u has no usable id.
func Mention(u User, f Flavour) string { return "" }
