package rules

import "time"

// Flavour tells Jira Cloud from Jira Data Center where the two want different words.
type Flavour string

// The two products.
const (
	Cloud      Flavour = "cloud"
	DataCenter Flavour = "datacenter"
)

// Facts is everything a decision about one project needs. A thing that is not there
// is a zero field. A read that failed is never a zero field: it is an error of the
// gatherer, or it stands in one of the Unreadable fields.
type Facts struct {
	// Now is the moment of the decision, by andon's clock.
	Now time.Time
	// Settings are what the operator configured.
	Settings Settings
	// Site is the Jira site.
	Site Site
	// Self is andon's own account. Its edits are never anyone's decision.
	Self Person
	// Project is the project that is looked at.
	Project Project
	// People are the accounts with a say in the project.
	People People
	// Boards are all boards that show issues of the project, by ascending id.
	Boards []Board
	// Sprints are the active and future sprints of those boards, and the active
	// sprints that hold a disaster issue, by ascending id.
	Sprints []Sprint
	// Planned are the issues of the project that stand in an open sprint and may have
	// been put there since a freeze began, in rank order; what [Wants.Planned] asks for.
	Planned []Planned
	// PlannedIn are the sprints for which Planned has been read.
	PlannedIn []int64
	// PlannedUnreadable is non-empty where Jira refused to tell, with the reason.
	PlannedUnreadable string
	// Keys are the keys of issues by their ids, for words to people; empty for an issue
	// that Jira does not show. What [Wants.Keys] asks for.
	Keys map[string]string
	// Disasters are the issues that carry a disaster label, or are remembered as
	// open disasters of the project, wherever they are now, by ascending id. One that
	// Memory lists and that is missing here counts as unreadable.
	Disasters []Disaster
	// Memory is what the project's own property remembers.
	Memory ProjectMemory
	// Waiting is read where a Product Owner asks for the successor of a cancelled sprint.
	Waiting []Waiting
	// Outlook is read for a rehearsal alone.
	Outlook Outlook
	// Scheme is the permission scheme that the project uses, once it was asked for.
	Scheme Scheme
	// Failed holds the actions that Jira refused in this pass, by action key. They
	// are not tried again in the same pass and the status comment names them.
	Failed map[string]Failure
}

// Failure is an action that was tried and not done.
type Failure struct {
	// Text is what Jira answered, short and for people.
	Text string
	// Final is true where trying again without a human's help is hopeless
	// (missing permission, refused field), false for passing faults.
	Final bool
}

// Site is the Jira site.
type Site struct {
	// BaseURL is the address people use, without a trailing slash.
	BaseURL string
	// Flavour is the product.
	Flavour Flavour
}

// Person is a Jira account.
type Person struct {
	// ID is the account id on Cloud, the user key on Data Center. Empty for an
	// unknown or deleted author.
	ID string `json:"id"`
	// Username is the login on Data Center, empty on Cloud.
	Username string `json:"username,omitempty"`
	// Name is the display name. It is hostile input.
	Name string `json:"name,omitempty"`
	// App is true for an account that is a program, such as an automation.
	App bool `json:"app,omitempty"`
}

// Project is a Jira project.
type Project struct {
	ID   string
	Key  string
	Name string
	Lead Person
	// TeamManaged is true for team-managed projects, which have roles and issue
	// types of their own and no permission scheme.
	TeamManaged bool
	// Subtask is the issue type for sub-tasks, chosen by Jira's flag and never by
	// its name. Its ID is empty where the project has none.
	Subtask IssueType
	// Task is the issue type for linked tasks, the fallback.
	Task IssueType
}

// IssueType is a type of issue in a project.
type IssueType struct {
	ID      string
	Name    string
	Subtask bool
	// Level is the place in the hierarchy: -1 sub-task, 0 standard, 1 epic and up.
	Level int
}

// People are the accounts with a say in the project, read afresh for every decision.
type People struct {
	// Source says where the Product Owners come from: "setting", "role" or "lead".
	Source string
	// ProductOwners are the accounts that may decide.
	ProductOwners []Person
	// AppsAllowed are the ids among them that the operator named himself, for which
	// being a program does not matter.
	AppsAllowed []string
	// ScrumMasters follow the sub-tasks.
	ScrumMasters []Person
	// Unreadable is non-empty where the Product Owners could not be read, with the
	// reason. Nothing is judged then, and the present state holds.
	Unreadable string
	// Read is false where the gatherer had no need to ask.
	Read bool
}

// Board is a Jira board.
type Board struct {
	ID   int64
	Name string
	// Type is scrum, kanban or simple (team-managed).
	Type string
	// ProjectID and ProjectKey are where the board is located. Empty for a board
	// that is located in no project, such as a personal one.
	ProjectID  string
	ProjectKey string
	// Unreadable is true where the board could not be read, so that nobody can say
	// where it is located.
	Unreadable bool
}

// SprintState is a state of Jira's sprints.
type SprintState string

// The states of a sprint. There is no way back from closed by REST.
const (
	SprintFuture SprintState = "future"
	SprintActive SprintState = "active"
	SprintClosed SprintState = "closed"
)

// Sprint is a sprint as Jira has it now.
type Sprint struct {
	ID    int64
	Name  string
	Goal  string
	State SprintState
	// Start and End are the planned dates, zero if unset.
	Start time.Time
	End   time.Time
	// Created is zero where the product does not tell it (Data Center).
	Created time.Time
	// Board is the origin board, zero if Jira no longer knows it.
	Board int64
	// HoldsDisaster are the ids of the disaster issues in the sprint.
	HoldsDisaster []string
	// ScopeRead is true where Unfinished has been read. It is read only for sprints
	// that are about to be undone.
	ScopeRead bool
	// ScopeUnreadable is non-empty where Jira refused to list the sprint's issues, with
	// the reason. What cannot be remembered is not undone.
	ScopeUnreadable string
	// EnteredRead is true once it was read when the first of its issues was put into it.
	EnteredRead bool
	// Entered is that moment, zero for an empty sprint, and long ago where Jira refuses
	// to tell.
	Entered time.Time
	// Unfinished are the sprint's issues outside status category done, in rank
	// order, sub-tasks left out (they follow their parents).
	Unfinished []string
	// Done is the number of finished issues in the sprint.
	Done int
}

// Category is Jira's status category, which is the same in every language.
type Category string

// The status categories.
const (
	CategoryUndefined  Category = "undefined"
	CategoryNew        Category = "new"
	CategoryInProgress Category = "indeterminate"
	CategoryDone       Category = "done"
)

// Status is the status of an issue.
type Status struct {
	Name     string
	Category Category
}

// LabelChange is one entry of an issue's changelog that touched its labels.
type LabelChange struct {
	ID      string
	At      time.Time
	By      Person
	Added   []string
	Removed []string
}

// Disaster is an issue that is, was or may become a disaster.
type Disaster struct {
	ID      string
	Key     string
	Summary string
	// ProjectID is where the issue is now; it may have been moved.
	ProjectID string
	Type      IssueType
	Labels    []string
	Status    Status
	Creator   Person
	Created   time.Time
	// History are the label changes, oldest first.
	History []LabelChange
	// Record is andon's own record on the issue.
	Record Record
	// RecordState says how far Record can be believed.
	RecordState RecordState
	// Unsaved is true where Record holds more than what Jira has.
	Unsaved bool
	// Tasks are the tasks that andon created for the disaster and that exist.
	Tasks []Task
	// Said are the references of the comments that andon wrote on an issue without a
	// record; with a record, the record tells. SaidRead is true once they were read.
	Said     []string
	SaidRead bool
	// Unreadable is non-empty where Jira does not show the issue any more (deleted,
	// hidden, no permission: nobody can tell these apart).
	Unreadable string
	// WasFrozen is true where this process saw the disaster freeze planning at its last
	// look. It keeps the freeze of an unreadable disaster where the project's property
	// cannot be written; a mere proposal that vanishes freezes nothing.
	WasFrozen bool
	// Doubted is true where this process only held the freeze at its last look because it
	// could not be told whether there is one. An issue that cannot be read goes on being held
	// by that; one that can be read is judged as if nobody had ever seen it frozen.
	Doubted bool
	// Page is the address of the disaster's status page, empty for none.
	Page string
	// Foreign is true where the issue also carries the open disaster of another project: it
	// was moved, and keeps the freeze that it began there.
	Foreign bool
	// Second is true where the record is the one of the project that the issue was moved to.
	Second bool
	// Moved is when the issue last came from another project, zero if it never did.
	// Labels from before that say nothing about this project.
	Moved time.Time
}

// Task is an issue that andon created from the playbook.
type Task struct {
	ID    string
	Key   string
	Entry string
	// Created is when it was created, zero if that was not read. It is needed only
	// where andon's record is lost.
	Created time.Time
	// Round is the declaration that the task was created for.
	Round   int
	Summary string
	Status  Status
	// Resolution is the name of the resolution, empty if unresolved or not read.
	Resolution string
	Assignee   Person
	// ClosedBy and ClosedAt tell whose status change was the last one of the root-cause
	// task. Of the others ClosedAt alone is read, as Jira tells it with the resolution;
	// nothing is decided by it.
	ClosedBy Person
	ClosedAt time.Time
	// Labels are those of the root-cause task, which may tell the category of the cause.
	Labels []string
	// HumanText is true where a human has written something on the root-cause task since
	// it was created, and Prevention are the keys of the issues linked to it. Both are
	// read only where evidence is asked for.
	HumanText  bool
	Prevention []string
	ProjectID  string
	// ParentID is the parent of a sub-task, empty for a linked task.
	ParentID string
	Linked   bool
	// Unlinked is true for a linked task whose link to the disaster is missing.
	Unlinked bool
}

// ProjectMemory is andon's property on the project: the open disasters, so that even
// an issue that nobody can read any more is not forgotten.
type ProjectMemory struct {
	// Disasters are the ids of the project's open disasters, ascending. They are there
	// from the moment the record is written until the record says that the story is
	// over, so that no issue whose label was lost is forgotten in between.
	Disasters []string
	// Writable is false once Jira refused to let andon write there.
	Writable bool
	// Unreadable is non-empty where the property could not be read or believed.
	Unreadable string
	// Damaged is true where somebody else has changed the property, so that it tells nothing.
	Damaged bool
	// Swap is the exchange of the project's permission scheme.
	Swap Swap
	// Kept are the records of the open disasters as far as the freeze needs them, so that
	// it goes on to be enforced while an issue cannot be read; what is undone meanwhile is
	// remembered here.
	Kept []Record
	// Told are the notices on disasters that cannot be read now, by fingerprint: such an
	// issue cannot keep them itself.
	Told []string
	// Unsaved is true where Told holds more than what Jira has.
	Unsaved bool
	// Orders are the orders of operators to end a freeze by hand; read where a disaster is
	// open or cannot be read.
	Orders []Order
}
