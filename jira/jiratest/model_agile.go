package jiratest

import (
	"encoding/json"
	"slices"
	"time"
)

// Types of board.
const (
	Scrum  = "scrum"
	Kanban = "kanban"
	Simple = "simple" // of a team-managed project
)

// Board is an agile board. What it shows is decided by its filter's JQL alone;
// LocationID only tells where people find it (0: no project).
type Board struct {
	ID         int64
	Name       string
	Type       string
	LocationID int64 // project id
	FilterID   int64
	JQL        string
	NoSprints  bool // a simple board without the sprints feature
	Columns    []Column
	Owner      string // user id, of a personal board
	Properties map[string]json.RawMessage
}

// Column of a board with the statuses mapped to it; the last one is "done".
type Column struct {
	Name     string
	Statuses []int64
}

// States of a sprint.
const (
	SprintFuture = "future"
	SprintActive = "active"
	SprintClosed = "closed"
)

// Sprint is a sprint. Zero times are absent.
type Sprint struct {
	ID            int64
	Name          string
	Goal          string
	State         string
	Start         time.Time
	End           time.Time
	Complete      time.Time
	Created       time.Time // shown on Cloud only
	Activated     time.Time // shown on Data Center only
	OriginBoardID int64     // 0: none
	Sequence      int64     // place among the sprints of its state; 0: the id
	Properties    map[string]json.RawMessage

	// Data Center only.
	AutoStartStop bool  // starts and closes by itself on its dates
	Destination   int64 // where incomplete issues go on close: a sprint, -1 for the backlog, 0 for nowhere
	Synced        bool  // with a sprint of another tool: dates for Jira administrators only
}

func (s *Sprint) sequence() int64 {
	if s.Sequence != 0 {
		return s.Sequence
	}
	return s.ID
}

func (s *Sprint) clone() *Sprint {
	c := *s
	c.Properties = cloneRaw(s.Properties)
	return &c
}

func (b *Board) clone() *Board {
	c := *b
	c.Columns = slices.Clone(b.Columns)
	c.Properties = cloneRaw(b.Properties)
	return &c
}

// Webhook is a registered webhook. An empty Events means none.
type Webhook struct {
	ID          int64
	Name        string
	URL         string
	Events      []string
	JQL         string // filters issue-related events only
	ExcludeBody bool
	Enabled     bool
	Secret      string
	UpdatedBy   string // user id
	Created     time.Time
	Updated     time.Time
}

// Event is something that happened, with enough of the world's state to build
// a webhook's body from. Pointers are copies and may be kept. Issue is the
// issue after the change, or as it was for a deletion.
type Event struct {
	Name      string // webhookEvent, for example "jira:issue_updated"
	TypeName  string // issue_event_type_name, for example "issue_generic"
	At        time.Time
	Actor     string // user id; "" for anonymous
	Issue     *Issue
	Change    *Change
	Comment   *Comment
	Property  string // key, for issue_property_*
	Sprint    *Sprint
	OldSprint *Sprint // sprint_updated only
	Board     *Board
	Link      *Link
	Project   *Project
	Secondary bool // fallout of another change (Cloud: X-Atlassian-Webhook-Flow)
}
