package rules

import "fmt"

// Phase is where a disaster stands. It is derived from the facts each time and never
// stored.
type Phase string

// The phases.
const (
	// PhaseNone: not a disaster, or one from before.
	PhaseNone Phase = "none"
	// PhaseProposed: somebody asks the Product Owner to declare.
	PhaseProposed Phase = "proposed"
	// PhaseRejected: the Product Owner has taken a proposal off.
	PhaseRejected Phase = "rejected"
	// PhaseRehearsal: a dry run.
	PhaseRehearsal Phase = "rehearsal"
	// PhaseRecovering: declared, the system has not returned to service.
	PhaseRecovering Phase = "recovering"
	// PhaseInvestigating: back in service, the root cause is not closed.
	PhaseInvestigating Phase = "investigating"
	// PhaseResolved: the root cause is closed, planning is free.
	PhaseResolved Phase = "resolved"
	// PhaseWithdrawn: a false alarm, by the Product Owner's word.
	PhaseWithdrawn Phase = "withdrawn"
	// PhaseUnreadable: an open disaster that Jira does not show or whose record a
	// later version of andon wrote; the last known state holds.
	PhaseUnreadable Phase = "unreadable"
)

// Phases are all phases, in the order of a disaster's life.
func Phases() []Phase {
	return []Phase{PhaseNone, PhaseProposed, PhaseRejected, PhaseRehearsal, PhaseRecovering, PhaseInvestigating, PhaseResolved, PhaseWithdrawn, PhaseUnreadable}
}

// State is what the facts say about one disaster.
type State struct {
	// ID and Key name the issue; Key is empty where it cannot be read.
	ID    string
	Key   string
	Phase Phase
	// Frozen is true where this disaster freezes planning.
	Frozen bool
	// Doubted is true where it is held frozen, and nothing proves that it ever was.
	Doubted bool
	// Reason says why the phase is what it is.
	Reason Reason
	// Cause says how the root-cause task stands, for declared disasters.
	Cause Closure
	// Settled is true where nothing can change without a label or a task being
	// touched, so that the issue needs no looking after.
	Settled bool
}

// ClosureState says how the root-cause task stands.
type ClosureState string

// The states of the root-cause task.
const (
	// CauseMissing: there is no root-cause task (not yet, deleted, moved, converted).
	CauseMissing ClosureState = "missing"
	// CauseOpen: it is being worked on.
	CauseOpen ClosureState = "open"
	// CauseRefused: it is done with a resolution that does not count.
	CauseRefused ClosureState = "refused"
	// CauseClosed: it is closed, and the freeze may end.
	CauseClosed ClosureState = "closed"
)

// Closure is the verdict on the root-cause task.
type Closure struct {
	State  ClosureState
	Task   Task
	Reason Reason
}

// closure judges the root-cause task of a disaster. Only a task that was read, that is
// still where andon created it and that is done with a resolution that counts is
// closed; whatever is missing or unreadable is not.
func closure(f Facts, d Disaster, round int) Closure {
	t, ok := taskOf(f, d, round, f.Settings.Playbook.RootCause().ID)
	switch {
	case !ok:
		return Closure{State: CauseMissing, Reason: Reason{Code: "root-cause-missing",
			Text: "there is no root-cause task on the issue; without one the root cause cannot be closed"}}
	case t.Status.Category != CategoryDone:
		return Closure{State: CauseOpen, Task: t, Reason: Reason{Code: "root-cause-open",
			Text: fmt.Sprintf("the root-cause task %s is in status %s", t.Key, t.Status.Name)}}
	case f.Settings.refuses(t.Resolution):
		return Closure{State: CauseRefused, Task: t, Reason: Reason{Code: "root-cause-refused",
			Text: fmt.Sprintf("the root-cause task %s was closed as %s, which does not tell the root cause", t.Key, t.Resolution)}}
	}
	return Closure{State: CauseClosed, Task: t, Reason: Reason{Code: "root-cause-closed",
		Text: fmt.Sprintf("the root-cause task %s is closed", t.Key)}}
}

// taskOf finds the task of a playbook entry. Where two workers have created one each,
// the lowest id counts.
func taskOf(f Facts, d Disaster, round int, entry string) (Task, bool) {
	var best Task
	found := false
	for _, t := range d.Tasks {
		if t.Entry != entry || t.Round != round || !belongs(f, d, t) {
			continue
		}
		if !found || compareIDs(t.ID, best.ID) < 0 {
			best, found = t, true
		}
	}
	return best, found
}

// taskIDs are the ids of the tasks that exist, by playbook entry.
func taskIDs(f Facts, d Disaster, round int) map[string]string {
	var out map[string]string
	for _, t := range d.Tasks {
		if best, ok := taskOf(f, d, round, t.Entry); ok {
			if out == nil {
				out = map[string]string{}
			}
			out[t.Entry] = best.ID
		}
	}
	return out
}

// belongs says whether a task is still a task of the disaster: a sub-task is where its
// parent is, a linked task has not left the project that the disaster stops, unless
// both have gone the same way.
func belongs(f Facts, d Disaster, t Task) bool {
	if t.Linked {
		return t.ProjectID == f.Project.ID || t.ProjectID == d.ProjectID
	}
	return t.ParentID == d.ID && t.ProjectID == d.ProjectID
}
