package rules

import "time"

// Report is everything that can be told about one disaster at one moment: what the status
// comment says in words, and the times on top. The page, the report and the plan command
// show it, each in its own form; none of them judges anything again. Texts are plain and
// may hold foreign words, to be escaped for wherever they are shown.
type Report struct {
	// At is the moment of the facts, by andon's clock.
	At time.Time `json:"at"`
	// Project, Issue, Key and Summary name the disaster. Issue is its id. Key and Summary
	// are empty where nobody knows them any more, since Jira does not show the issue.
	Project string `json:"project"`
	Issue   string `json:"issue"`
	Key     string `json:"key,omitempty"`
	Summary string `json:"summary,omitempty"`
	// URL is where a person opens the issue.
	URL string `json:"url,omitempty"`
	// Round counts the declarations of the same issue, from 1.
	Round    int    `json:"round,omitempty"`
	Phase    Phase  `json:"phase"`
	Headline string `json:"headline"`
	Reason   string `json:"reason,omitempty"`
	// Next is whose act is next, in words.
	Next  string `json:"next,omitempty"`
	Kinds []Kind `json:"kinds,omitempty"`
	// Causes are the categories of the root cause, by labels such as cause-architecture on
	// its task; empty where nobody has said.
	Causes   []string     `json:"causes,omitempty"`
	Declared *Declaration `json:"declared,omitempty"`
	// Mode is the label of the system mode in force, empty for none.
	Mode      string    `json:"mode,omitempty"`
	ModeSince time.Time `json:"modeSince,omitzero"`
	// Frozen is true while this disaster freezes planning.
	Frozen bool `json:"frozen"`
	// Unreadable is true where Jira does not show the issue, or its record cannot be
	// understood: the last known state holds, and little more is known.
	Unreadable bool   `json:"unreadable,omitempty"`
	Times      Times  `json:"times"`
	Steps      []Step `json:"steps,omitempty"`
	Bars       []Bar  `json:"bars,omitempty"`
	// Tasks are the tasks of the playbook, in its order.
	Tasks []TaskReport `json:"tasks,omitempty"`
	Gates []GateReport `json:"gates,omitempty"`
	// Violations are the acts of planning in the freeze, oldest first.
	Violations []Violation `json:"violations,omitempty"`
	// Earlier counts violations before those, whose own entries were given up.
	Earlier int `json:"earlier,omitempty"`
	// Sprints are the sprints that were undone.
	Sprints []SprintRecord `json:"sprints,omitempty"`
	// Left are sprints of others that were left alone.
	Left []LeftAlone `json:"left,omitempty"`
	// Trouble is what needs a human, a sentence each.
	Trouble []string `json:"trouble,omitempty"`
}

// Times are the figures of a disaster. A zero time has not come (yet).
type Times struct {
	Declared    time.Time `json:"declared,omitzero"`
	Restored    time.Time `json:"restored,omitzero"`
	CauseClosed time.Time `json:"causeClosed,omitzero"`
	Unfrozen    time.Time `json:"unfrozen,omitzero"`
	Resumed     time.Time `json:"resumed,omitzero"`
	Withdrawn   time.Time `json:"withdrawn,omitzero"`
	// Allowed is the recovery time (ANDON_RECOVERY_SLA), 0 for none; Due is when it ends.
	Allowed time.Duration `json:"allowed,omitempty"`
	Due     time.Time     `json:"due,omitzero"`
	// ToRestore and ToCause are measured from the declaration, 0 while they are open.
	ToRestore time.Duration `json:"toRestore,omitempty"`
	ToCause   time.Duration `json:"toCause,omitempty"`
	// Frozen is how long planning has been frozen by this disaster so far, all its freezes
	// together.
	Frozen time.Duration `json:"frozen,omitempty"`
	// Margin is what is left of the recovery time (negative: how far it was missed), at the
	// return to service or now; 0 without a recovery time.
	Margin time.Duration `json:"margin,omitempty"`
	// Counts is false for a disaster that no figure counts: rejected, withdrawn, rehearsed.
	Counts bool `json:"counts"`
}

// Step is one moment of the timeline.
type Step struct {
	At time.Time `json:"at"`
	// Code is a stable name, one of the Step constants; sla-50 and so on for the recovery
	// time.
	Code string `json:"code"`
	Text string `json:"text"`
	By   Person `json:"by,omitzero"`
}

// Bar is a stretch of the timeline: recovery, a system mode, a freeze. To is zero while it
// goes on.
type Bar struct {
	// Code is one of the Bar constants.
	Code string    `json:"code"`
	Text string    `json:"text"`
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

// TaskReport is a task of the playbook as it stands.
type TaskReport struct {
	Entry string `json:"entry"`
	Title string `json:"title"`
	Gate  Gate   `json:"gate,omitempty"`
	Key   string `json:"key,omitempty"`
	URL   string `json:"url,omitempty"`
	// Status is the name of the status, Missing is true where no task is there.
	Status     string   `json:"status,omitempty"`
	Category   Category `json:"category,omitempty"`
	Resolution string   `json:"resolution,omitempty"`
	Assignee   string   `json:"assignee,omitempty"`
	Missing    bool     `json:"missing,omitempty"`
	// Done is true where the task counts as done for its gate.
	Done bool `json:"done"`
}

// GateReport says how a gate stands and what it waits for.
type GateReport struct {
	Gate   Gate `json:"gate"`
	Passed bool `json:"passed"`
	// Why is the verdict in words; Waits are the keys or titles of what is missing.
	Why   string   `json:"why"`
	Waits []string `json:"waits,omitempty"`
}

// Violation is an act of planning in the freeze, and what became of it.
type Violation struct {
	// What is the act in words, such as: sprint 12 "X" was started.
	What string `json:"what"`
	// At is when it was seen, Undone when it was undone (zero: not yet), Times how often.
	At     time.Time `json:"at"`
	Undone time.Time `json:"undone,omitzero"`
	Times  int       `json:"times,omitempty"`
	// By is empty where Jira tells nobody.
	By Person `json:"by,omitzero"`
}
