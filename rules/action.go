package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// Action is one write to Jira. Every action is idempotent: carrying it out twice
// leaves Jira as carrying it out once does.
type Action interface {
	// Key means "once": two actions with the same key are the same act.
	Key() string
	// Line says for people what the action does.
	Line() string
}

// Remember writes andon's record on a disaster issue.
type Remember struct {
	Disaster string
	Record   Record
	// Why says what is remembered.
	Why string
}

// Key implements [Action].
func (a Remember) Key() string { return "remember/" + a.Disaster }

// Line implements [Action].
func (a Remember) Line() string { return "remember on the issue: " + a.Why }

// RememberProject writes on the project which disasters are open, and how the exchange
// of its permission scheme stands.
type RememberProject struct {
	Project   string
	Disasters []string
	Swap      Swap
	Told      []string
	Kept      []Record
}

// Key implements [Action].
func (a RememberProject) Key() string { return "remember-project/" + a.Project }

// Line implements [Action].
func (a RememberProject) Line() string {
	if len(a.Disasters) == 0 {
		return "remember on the project: no open disaster" + a.Swap.line()
	}
	return "remember on the project: open disasters " + strings.Join(a.Disasters, ", ") + a.Swap.line()
}

// CancelSprint closes an active sprint and marks it cancelled in the same call. Its
// scope has been remembered before.
type CancelSprint struct {
	Disaster string
	Sprint   int64
	Name     string
	// Goal is the goal that the sprint gets: the mark, then the old goal.
	Goal string
	Why  Undoing
}

// Key implements [Action].
func (a CancelSprint) Key() string { return fmt.Sprintf("cancel-sprint/%s/%d", a.Disaster, a.Sprint) }

// Line implements [Action].
func (a CancelSprint) Line() string {
	return fmt.Sprintf("cancel sprint %d %q (%s)", a.Sprint, a.Name, a.Why.words())
}

// DeleteSprint deletes a future sprint that was created in the freeze. Its issues
// have been remembered before; Jira puts them into the backlog.
type DeleteSprint struct {
	Disaster string
	Sprint   int64
	Name     string
}

// Key implements [Action].
func (a DeleteSprint) Key() string { return fmt.Sprintf("delete-sprint/%s/%d", a.Disaster, a.Sprint) }

// Line implements [Action].
func (a DeleteSprint) Line() string {
	return fmt.Sprintf("delete sprint %d %q (%s)", a.Sprint, a.Name, CreatedInFreeze.words())
}

// NewTask is a task to be created.
type NewTask struct {
	Entry       string
	Summary     string
	Description string
	Gate        Gate
}

// CreateTasks creates the tasks of the playbook that are missing.
type CreateTasks struct {
	Disaster    string
	DisasterKey string
	Round       int
	// Project and Type are the ids of the project and issue type of the tasks.
	Project string
	Type    string
	// Linked is true where they are linked issues because they cannot be sub-tasks.
	Linked bool
	Tasks  []NewTask
}

// Key implements [Action].
func (a CreateTasks) Key() string {
	ids := make([]string, len(a.Tasks))
	for i, t := range a.Tasks {
		ids[i] = t.Entry
	}
	return "create-tasks/" + a.Disaster + "/" + strconv.Itoa(a.Round) + "/" + strings.Join(ids, "+")
}

// Line implements [Action].
func (a CreateTasks) Line() string {
	how := "sub-tasks"
	if a.Linked {
		how = "linked tasks"
	}
	entries := make([]string, len(a.Tasks))
	for i, t := range a.Tasks {
		entries[i] = t.Entry
	}
	return fmt.Sprintf("create %d %s of %s: %s", len(a.Tasks), how, a.DisasterKey, strings.Join(entries, ", "))
}

// LinkTasks links tasks to their disaster that were created without a link.
type LinkTasks struct {
	Disaster string
	// Tasks are the ids of the tasks.
	Tasks []string
}

// Key implements [Action].
func (a LinkTasks) Key() string { return "link-tasks/" + a.Disaster }

// Line implements [Action].
func (a LinkTasks) Line() string { return "link " + plural(len(a.Tasks), "task") + " to the disaster" }

// WriteStatus writes the one living status comment, or edits it in place.
type WriteStatus struct {
	Disaster string
	// Comment is the id of the comment, empty if it has to be written first.
	Comment string
	Body    string
	Hash    string
	// Ref is the mark by which the comment is found again.
	Ref string
}

// Key implements [Action].
func (a WriteStatus) Key() string { return "status/" + a.Disaster }

// Line implements [Action].
func (a WriteStatus) Line() string {
	if a.Comment == "" {
		return "write the status comment"
	}
	return "update the status comment"
}

// Say writes a comment once.
type Say struct {
	Disaster string
	// Ref is the mark by which the comment is found again; it stands in the text.
	Ref string
	// Replaces is the mark of an earlier comment that gets this text instead of a new
	// comment. Where that one was deleted nothing is written.
	Replaces string
	Body     string
	// About says in a few words what the comment is about.
	About string
}

// Key implements [Action].
func (a Say) Key() string { return "say/" + a.Disaster + "/" + a.Ref }

// Line implements [Action].
func (a Say) Line() string { return "comment: " + a.About }

// EditLabels puts labels back or takes them off.
type EditLabels struct {
	Disaster string
	Add      []string
	Remove   []string
	Why      string
}

// Key implements [Action].
func (a EditLabels) Key() string {
	return "labels/" + a.Disaster + "/+" + strings.Join(a.Add, "+") + "/-" + strings.Join(a.Remove, "-")
}

// Line implements [Action].
func (a EditLabels) Line() string {
	var parts []string
	if len(a.Add) > 0 {
		parts = append(parts, "put back "+strings.Join(a.Add, ", "))
	}
	if len(a.Remove) > 0 {
		parts = append(parts, "take off "+strings.Join(a.Remove, ", "))
	}
	return strings.Join(parts, " and ") + ": " + a.Why
}

// words says for people why a sprint is undone.
func (u Undoing) words() string {
	switch u {
	case AtDeclaration:
		return "it was active when the disaster was declared"
	case StartedInFreeze:
		return "it was started while planning is frozen"
	case CreatedInFreeze:
		return "it was created while planning is frozen"
	}
	return string(u)
}
