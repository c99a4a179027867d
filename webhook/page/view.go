package page

import "time"

// Disaster is what the page shows of one disaster, as it lies on the shelf in JSON. It holds
// no running figure: the browser counts for itself, so that a value changes only when
// something has happened. All texts are plain and may be hostile.
type Disaster struct {
	// Seen is when andon last looked.
	Seen time.Time `json:"seen"`
	// Project and Issue are ids; they name the page.
	Project string `json:"project"`
	Issue   string `json:"issue"`
	// ProjectKey and ProjectName are for people, as are Key and Summary of the issue.
	ProjectKey  string `json:"projectKey"`
	ProjectName string `json:"projectName,omitempty"`
	Key         string `json:"key,omitempty"`
	Summary     string `json:"summary,omitempty"`
	// URL opens the issue in Jira.
	URL      string `json:"url,omitempty"`
	Phase    string `json:"phase"`
	Headline string `json:"headline"`
	Reason   string `json:"reason,omitempty"`
	// Next is whose act is next.
	Next       string    `json:"next,omitempty"`
	Kinds      []string  `json:"kinds,omitempty"`
	DeclaredBy string    `json:"declaredBy,omitempty"`
	DeclaredAt time.Time `json:"declaredAt,omitzero"`
	Mode       string    `json:"mode,omitempty"`
	ModeSince  time.Time `json:"modeSince,omitzero"`
	// Frozen is true while this disaster freezes planning.
	Frozen      bool      `json:"frozen"`
	FrozenSince time.Time `json:"frozenSince,omitzero"`
	// Ended is when the story was over, zero while it is not.
	Ended      time.Time   `json:"ended,omitzero"`
	Clocks     []Clock     `json:"clocks,omitempty"`
	Tasks      []Task      `json:"tasks,omitempty"`
	Gates      []Gate      `json:"gates,omitempty"`
	Violations []Violation `json:"violations,omitempty"`
	Sprints    []string    `json:"sprints,omitempty"`
	Trouble    []string    `json:"trouble,omitempty"`
	Steps      []Step      `json:"steps,omitempty"`
	// Picture is the timeline as SVG. Only shapes and words of it are shown.
	Picture string `json:"picture,omitempty"`
}

// Clock is a time that is measured, running while End is zero.
type Clock struct {
	Name string    `json:"name"`
	From time.Time `json:"from"`
	End  time.Time `json:"end,omitzero"`
	// Due is when it should have stopped, zero for no such time.
	Due time.Time `json:"due,omitzero"`
}

// Task is a task of the playbook.
type Task struct {
	Key        string `json:"key,omitempty"`
	URL        string `json:"url,omitempty"`
	Title      string `json:"title"`
	Status     string `json:"status"`
	Resolution string `json:"resolution,omitempty"`
	Assignee   string `json:"assignee,omitempty"`
	Gate       string `json:"gate,omitempty"`
	Done       bool   `json:"done,omitempty"`
	// Doing is true for a task that somebody works on.
	Doing bool `json:"doing,omitempty"`
}

// Gate is something that holds, and why.
type Gate struct {
	Name   string   `json:"name"`
	Passed bool     `json:"passed"`
	Why    string   `json:"why"`
	Waits  []string `json:"waits,omitempty"`
}

// Violation is an act of planning in the freeze.
type Violation struct {
	What   string    `json:"what"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at"`
	Undone time.Time `json:"undone,omitzero"`
	Times  int       `json:"times,omitempty"`
}

// Step is a moment of the timeline.
type Step struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	By   string    `json:"by,omitempty"`
}

// Name is the name of a disaster's value on the shelf.
func Name(project, issue string) string { return namePrefix + project + ":" + issue }

// namePrefix begins the names of all disasters on the shelf.
const namePrefix = "disaster:"

// DoneTasks counts the tasks that count as done.
func (d Disaster) DoneTasks() int {
	n := 0
	for _, t := range d.Tasks {
		if t.Done {
			n++
		}
	}
	return n
}

// Title names the disaster for people.
func (d Disaster) Title() string {
	if d.Key == "" {
		return "Disaster " + d.Issue
	}
	return d.Key
}
