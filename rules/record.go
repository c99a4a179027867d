package rules

import (
	"maps"
	"slices"
	"time"
)

// RecordVersion is the version of [Record] that this andon writes and understands.
const RecordVersion = 1

// RecordState says how far a record can be believed.
type RecordState int

// The states of a record.
const (
	// RecordAbsent: there is none.
	RecordAbsent RecordState = iota
	// RecordValid: written by andon for this very issue, not touched since.
	RecordValid
	// RecordVoid: written for another issue (a clone carried it over).
	RecordVoid
	// RecordDamaged: edited by somebody else, truncated, or signed with a key that
	// is no longer accepted.
	RecordDamaged
	// RecordNewer: written by a later version of andon; nothing is guessed.
	RecordNewer
)

// Record is what andon remembers about a disaster, kept on the disaster issue itself.
// It holds only what cannot be read from Jira again. Ids are stored, never keys.
type Record struct {
	Version int    `json:"v"`
	Issue   string `json:"issue"`
	Project string `json:"project"`
	// Key is the issue's key when it was declared, for words alone: keys change.
	Key string `json:"key,omitempty"`
	// Round counts the declarations of the same issue, from 1.
	Round int `json:"round,omitempty"`
	// Declared is the judgement on the declaration, made once.
	Declared Declaration `json:"declared"`
	// Kinds are the kinds that a Product Owner has set, in the order of Kinds.
	Kinds []Kind `json:"kinds,omitempty"`
	// Baseline is what stood when the freeze began.
	Baseline Baseline `json:"baseline"`
	// Sprints are the sprints that were or are to be cancelled, oldest first.
	Sprints []SprintRecord `json:"sprints,omitempty"`
	// Returned are the issues that were put into a sprint in the freeze and went or are to
	// go back, by the acts that put them there, oldest first.
	Returned []Returned `json:"returned,omitempty"`
	// Sources are where the violations of the freeze come from.
	Sources []Source `json:"sources,omitempty"`
	// Merged are undone violations whose own entries were given up.
	Merged *Merged `json:"merged,omitempty"`
	// Left are active sprints of others that show the project's issues and were left
	// alone at the declaration.
	Left []LeftAlone `json:"left,omitempty"`
	// Masters are the Scrum Masters at the declaration, who follow the sub-tasks.
	Masters []Person `json:"masters,omitempty"`
	// Modes are the system modes that a Product Owner has set, oldest first.
	Modes []Act `json:"modes,omitempty"`
	// Restored is the return to service, while it is in force.
	Restored *Act `json:"restored,omitempty"`
	// MustRestore is true where a Product Owner took the return to service back after the
	// release: the freeze is back until the system is restored again.
	MustRestore bool `json:"mustRestore,omitempty"`
	// Resume is the Product Owner's wish for a successor sprint.
	Resume *Act `json:"resume,omitempty"`
	// Successors are the sprints that were or are to be made for it.
	Successors []Successor `json:"successors,omitempty"`
	// Told are the notices already sent over channels, by fingerprint.
	Told []string `json:"told,omitempty"`
	// Untold are the channels that could not be reached, by name, with the moment since when.
	Untold map[string]time.Time `json:"untold,omitempty"`
	// Owed are the notices that a channel has not taken yet, by fingerprint.
	Owed []string `json:"owed,omitempty"`
	// Tasks are the tasks that were created, by playbook entry.
	Tasks map[string]string `json:"tasks,omitempty"`
	// Comment is the id of the status comment.
	Comment string `json:"comment,omitempty"`
	// StatusHash is the fingerprint of the status comment's text.
	StatusHash string `json:"status,omitempty"`
	// Page is the fingerprint of the address that the link to the status page has.
	Page string `json:"page,omitempty"`
	// Said are the references of the comments already written.
	Said []string `json:"said,omitempty"`
	// Withdrawn is set once the Product Owner took the declaration back.
	Withdrawn *Ending `json:"withdrawn,omitempty"`
	// Released is set while the root cause counts as closed.
	Released *Ending `json:"released,omitempty"`
	// Order is the operator's order that ended the freeze, where it was one.
	Order *Order `json:"order,omitempty"`
	// Resumed is when a new sprint was first seen running after the release.
	Resumed time.Time `json:"resumed,omitzero"`
	// Past are the moments that the rest of the record no longer tells, since they were
	// taken back, oldest first.
	Past []Turn `json:"past,omitempty"`
	// Scheme tells how the project's permission scheme stood while the disaster froze
	// planning.
	Scheme Swap `json:"scheme,omitzero"`
	// Rebuilt is when the record had to be made anew from what Jira still shows.
	Rebuilt time.Time `json:"rebuilt,omitzero"`
}

// Declaration is the judgement that a disaster was declared, with its proof.
type Declaration struct {
	By    Person    `json:"by"`
	Label string    `json:"label"`
	At    time.Time `json:"at"`
	// Change is the id of the changelog entry, empty for a label present at creation.
	Change string `json:"change,omitempty"`
	// Judged is when andon decided.
	Judged time.Time `json:"judged"`
	// Source says where the authority came from: setting, role or lead.
	Source string `json:"source,omitempty"`
}

// Ending is how a freeze ended.
type Ending struct {
	At time.Time `json:"at"`
	By Person    `json:"by,omitzero"`
	// Change is the id of the last change of labels that was known at the end of a freeze,
	// empty where there was none. At is by andon's clock then, which may be wrong.
	Change string `json:"change,omitempty"`
}

// Baseline is what stood when the freeze began.
type Baseline struct {
	// Number counts the freezes of one declaration: a relapse begins the next one.
	Number int `json:"n"`
	// Since is when the freeze began.
	Since time.Time `json:"since"`
	// Sprint is the highest sprint id known then. Ids grow, so a higher one was
	// created later; Data Center tells no creation date.
	Sprint int64 `json:"sprint"`
	// Board is the highest board id known then, 0 in records from before it was noted.
	Board int64 `json:"board,omitempty"`
	// Boards are the boards in scope then.
	Boards []int64 `json:"boards,omitempty"`
	// Active are the sprints in scope that were active then: those that the
	// declaration cancels.
	Active []int64 `json:"active,omitempty"`
	// Spared are sprints that were active when a lost record was rebuilt. Nobody can
	// prove that they are to be cancelled, so they are left alone.
	Spared []int64 `json:"spared,omitempty"`
}

// Undoing says why a sprint was undone.
type Undoing string

// The reasons for which a sprint is undone.
const (
	// AtDeclaration: it was active when the disaster was declared.
	AtDeclaration Undoing = "declaration"
	// StartedInFreeze: it was started while planning was frozen.
	StartedInFreeze Undoing = "started"
	// CreatedInFreeze: it was created while planning was frozen, and deleted.
	CreatedInFreeze Undoing = "created"
)

// SprintRecord is a sprint as it was before andon touched it.
type SprintRecord struct {
	ID    int64     `json:"id"`
	Name  string    `json:"name"`
	Goal  string    `json:"goal,omitempty"`
	Board int64     `json:"board,omitempty"`
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
	Why   Undoing   `json:"why"`
	// At is when it was remembered, just before it was undone.
	At time.Time `json:"at"`
	// Undone is when it was seen undone, zero while that is still to be done.
	Undone time.Time `json:"undone,omitzero"`
	// Times counts how often it was undone.
	Times int `json:"times,omitempty"`
	// Issues are the unfinished issues in rank order.
	Issues []string `json:"issues,omitempty"`
	// Done is the number of issues that were finished.
	Done int `json:"done,omitempty"`
	// Cut is the number of issues left out because the record is full.
	Cut int `json:"cut,omitempty"`
	// Mute is true where no comment is written, since an automation seems to be at work.
	Mute bool `json:"mute,omitempty"`
}

// LeftAlone is a sprint of somebody else.
type LeftAlone struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// open says whether the record tells of a disaster that is neither withdrawn nor released.
func (r Record) open() bool { return r.Withdrawn == nil && r.Released == nil }

// sprint finds the entry of a sprint.
func (r Record) sprint(id int64) (SprintRecord, bool) {
	i := slices.IndexFunc(r.Sprints, func(s SprintRecord) bool { return s.ID == id })
	if i < 0 {
		return SprintRecord{}, false
	}
	return r.Sprints[i], true
}

// clone copies the record so that changing the copy never changes the original.
func (r Record) clone() Record {
	c := r
	c.Kinds = slices.Clone(r.Kinds)
	c.Baseline.Boards = slices.Clone(r.Baseline.Boards)
	c.Baseline.Active = slices.Clone(r.Baseline.Active)
	c.Baseline.Spared = slices.Clone(r.Baseline.Spared)
	c.Sprints = slices.Clone(r.Sprints)
	for i := range c.Sprints {
		c.Sprints[i].Issues = slices.Clone(c.Sprints[i].Issues)
	}
	c.Returned = slices.Clone(r.Returned)
	for i := range c.Returned {
		c.Returned[i].Issues = slices.Clone(c.Returned[i].Issues)
	}
	c.Sources = slices.Clone(r.Sources)
	for i := range c.Sources {
		c.Sources[i].Recent = slices.Clone(c.Sources[i].Recent)
	}
	if r.Merged != nil {
		m := *r.Merged
		m.Issues = slices.Clone(m.Issues)
		c.Merged = &m
	}
	c.Left = slices.Clone(r.Left)
	c.Said = slices.Clone(r.Said)
	c.Masters = slices.Clone(r.Masters)
	c.Modes = slices.Clone(r.Modes)
	c.Successors = slices.Clone(r.Successors)
	c.Told = slices.Clone(r.Told)
	c.Past = slices.Clone(r.Past)
	c.Owed = slices.Clone(r.Owed)
	if r.Restored != nil {
		a := *r.Restored
		c.Restored = &a
	}
	if r.Resume != nil {
		a := *r.Resume
		c.Resume = &a
	}
	c.Tasks = maps.Clone(r.Tasks)
	c.Untold = maps.Clone(r.Untold)
	if r.Withdrawn != nil {
		w := *r.Withdrawn
		c.Withdrawn = &w
	}
	if r.Released != nil {
		e := *r.Released
		c.Released = &e
	}
	if r.Order != nil {
		o := *r.Order
		c.Order = &o
	}
	return c
}
