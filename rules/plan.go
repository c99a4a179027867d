package rules

import "time"

// Plan is what andon would do next about a project, and why.
type Plan struct {
	// Stage names the stage of work that the actions belong to.
	Stage Stage
	// Actions are the writes, in order. None of them needs the result of another one
	// in the same plan.
	Actions []Action
	// Wants is what has to be read before more can be decided. While it is not empty
	// the actions do not depend on it: nothing irrevocable is among them that an answer
	// could forbid.
	Wants Wants
	// States are the states of the disasters, by ascending id.
	States []State
	// Frozen is true while planning is frozen.
	Frozen bool
	// Watched is true while the project deserves attention: hints about its issues
	// and sprints matter.
	Watched bool
	// Again is when to look again without a hint, 0 for not by itself.
	Again time.Duration
	// Notices are things that people should hear of through the log: labels from
	// before, sprints of others that are left alone, what could not be decided.
	Notices []Reason
}

// Empty says whether nothing is to be written and nothing more to be read.
func (p Plan) Empty() bool { return len(p.Actions) == 0 && p.Wants.Empty() }

// Stage is a stage of work. A later stage is decided only when the earlier ones have
// nothing left to do.
type Stage string

// The stages, in their order.
const (
	// StageRemember: what must survive is written before anything is undone.
	StageRemember Stage = "remember"
	// StageStop: the line is stopped; sprints are cancelled and undone.
	StageStop Stage = "stop the line"
	// StageScheme: the sprint permissions are taken away, or given back.
	StageScheme Stage = "permissions"
	// StageTasks: labels, tasks and the project's memory.
	StageTasks Stage = "tasks"
	// StageResume: the successors of cancelled sprints are made and filled.
	StageResume Stage = "resume"
	// StageTell: the status comment and the notices.
	StageTell Stage = "tell"
	// StageRecord: what was done is noted.
	StageRecord Stage = "record"
	// StageNotify: people outside the issue are told, last of all, so that no channel
	// ever delays anything.
	StageNotify Stage = "notify"
	// StageTidy: what andon needs no longer is taken away.
	StageTidy Stage = "tidy up"
	// StageNone: nothing is left to do.
	StageNone Stage = ""
)

// Wants is what a decision needs and the facts do not hold yet.
type Wants struct {
	// People: who the Product Owners are.
	People bool
	// Scopes: the unfinished issues of these sprints.
	Scopes []int64
	// Said: the comments that andon has written on these issues.
	Said []string
	// Outlook: what a rehearsal tells beyond the plan.
	Outlook bool
	// Waiting: how the issues stand that these cancelled sprints left unfinished.
	Waiting []int64
	// Scheme: which permission scheme the project uses.
	Scheme bool
	// Planned: the issues that may have been put into these sprints since a moment.
	Planned PlannedWant
	// Entered: when the first issue was put into these sprints.
	Entered []int64
	// Keys: the keys of these issues.
	Keys []string
}

// Empty says whether nothing is wanted.
func (w Wants) Empty() bool {
	return !w.People && !w.Outlook && !w.Scheme &&
		len(w.Scopes)+len(w.Said)+len(w.Waiting)+len(w.Planned.Sprints)+len(w.Entered)+len(w.Keys) == 0
}
