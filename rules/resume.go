package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxSprintName is the longest name of a sprint that Jira takes.
const maxSprintName = 30

// Successor is the sprint that follows a cancelled one when the Product Owner asks for it.
type Successor struct {
	// Of is the sprint that was cancelled.
	Of int64 `json:"of"`
	// Above is the highest sprint id known before the successor was made: whatever is
	// its, has a higher one, so that it is found again after a crash.
	Above int64 `json:"above"`
	// Asked is when the Product Owner's wish was taken up.
	Asked time.Time `json:"asked"`
	// Sprint is the successor's id, 0 until it was made.
	Sprint int64 `json:"sprint,omitempty"`
	// Filled is when the open issues were put into it. From then on it is the team's.
	Filled time.Time `json:"filled,omitzero"`
	// Issues counts the issues that were put into it.
	Issues int `json:"issues,omitempty"`
	// Left counts the issues that were not: done since, planned elsewhere, or not of the
	// project.
	Left int `json:"left,omitempty"`
}

// Waiting is how the issues stand that a cancelled sprint left unfinished.
type Waiting struct {
	Sprint int64
	Issues []WaitingIssue
}

// WaitingIssue is one of them; one that cannot be read is not among them.
type WaitingIssue struct {
	ID string
	// Done is true once it is in status category done.
	Done bool
	// Subtask is true for a sub-task, which follows its parent.
	Subtask   bool
	ProjectID string
	// Planned is true where it stands in an open sprint again, There where that is the
	// successor itself.
	Planned bool
	There   bool
}

// waits says whether an issue of the project is neither done nor planned again.
func (x WaitingIssue) waits(project string) bool {
	return !x.Done && !x.Subtask && !x.Planned && x.ProjectID == project
}

// CreateSprint makes the successor of a cancelled sprint. It is never started: starting
// is the team's.
type CreateSprint struct {
	Disaster string
	// Of is the cancelled sprint, Above what the successor's id is higher than.
	Of    int64
	Above int64
	Board int64
	Name  string
	Goal  string
	// Start and End are zero where no days were left.
	Start time.Time
	End   time.Time
}

// Key implements [Action].
func (a CreateSprint) Key() string { return fmt.Sprintf("create-sprint/%s/%d", a.Disaster, a.Of) }

// Line implements [Action].
func (a CreateSprint) Line() string {
	return fmt.Sprintf("create sprint %q, the successor of sprint %d", a.Name, a.Of)
}

// FillSprint puts the issues that are still open into a successor, in their old order.
type FillSprint struct {
	Disaster string
	Of       int64
	Sprint   int64
	Issues   []string
	// There counts the issues that are in it already, since a crash cut an earlier try short.
	There int
	// Left counts the issues that are left out.
	Left int
}

// Key implements [Action].
func (a FillSprint) Key() string { return fmt.Sprintf("fill-sprint/%s/%d", a.Disaster, a.Of) }

// Line implements [Action].
func (a FillSprint) Line() string {
	return fmt.Sprintf("put %s into sprint %d, the successor of sprint %d", plural(len(a.Issues), "issue"), a.Sprint, a.Of)
}

// resume makes the successors of the cancelled sprints once a Product Owner asks for
// them and nothing freezes planning any more. Each is remembered before it is made, and
// left alone once it is filled.
func (w *work) resume(c *dossier) {
	if !c.anchored(w.f) || c.rec.open() {
		return
	}
	w.wish(c)
	w.sayWish(c)
	for i := range c.rec.Successors {
		s := &c.rec.Successors[i]
		old, ok := c.rec.sprint(s.Of)
		if !ok || !s.Filled.IsZero() {
			continue
		}
		c.state.Settled = false
		switch {
		case w.frozenNow():
		case !slices.ContainsFunc(c.d.Record.Successors, func(o Successor) bool { return o.Of == s.Of }):
			c.mustRemember = true
		case s.Sprint == 0:
			w.resumes = append(w.resumes, w.successor(c, old, *s))
		case c.d.Unsaved: // which sprint it is has to be known before anything is put into it
			c.mustRemember = true
		default:
			w.fill(c, old, *s)
		}
	}
	w.saySuccessors(c)
}

// wished says whether a Product Owner's wish stands: the label has to be on still, for a
// wish can be taken back.
func (w *work) wished(c *dossier) bool {
	at, on := Attribute(c.d, w.f.Settings.Labels.Resume)
	return on && c.rec.Resume != nil && c.rec.Resume.is(at)
}

// sayWish answers a wish that cannot be fulfilled now, or not at all: a label on which
// nothing happens looks like a tool that does not work.
func (w *work) sayWish(c *dossier) {
	if !w.wished(c) {
		return
	}
	ref := []string{c.d.ID, orElse(c.rec.Resume.Change, "creation")}
	label := EscapeWiki(w.f.Settings.Labels.Resume)
	if w.frozenNow() {
		w.say(c, comment(c.d, "the wish for a successor is noted", fmt.Sprintf(
			"*Noted.* Planning is frozen, so the label %s waits: the successors of the cancelled sprints are made when planning is free, unless the label is taken off before.", label),
			append([]string{"resume-noted"}, ref...)...))
		return
	}
	if len(c.rec.Successors) == 0 {
		w.say(c, comment(c.d, "there is nothing to resume", fmt.Sprintf(
			"The label %s changes nothing here: no sprint was cancelled for this disaster. If another one cancelled it, the label belongs there.", label),
			append([]string{"resume-nothing"}, ref...)...))
	}
}

// wish takes up a Product Owner's wish for the successors of everything that was
// cancelled.
func (w *work) wish(c *dossier) {
	if !w.wished(c) || w.frozenNow() {
		return
	}
	for _, s := range c.rec.Sprints {
		made := slices.ContainsFunc(c.rec.Successors, func(o Successor) bool { return o.Of == s.ID })
		if made || s.Why == CreatedInFreeze || s.Undone.IsZero() {
			continue
		}
		c.rec.Successors = append(c.rec.Successors, Successor{Of: s.ID, Above: max(highestSprint(w.f), s.ID), Asked: w.f.Now})
		c.mustRemember = true
	}
}

// endFirst has every end of a freeze noted before a successor is made. A freeze that no
// record says is over would undo the successor as one that was created in it, should its
// root cause be opened again in between.
func (w *work) endFirst() {
	for i := range w.cases {
		c := &w.cases[i]
		if len(w.resumes) == 0 || !c.ends() {
			continue
		}
		c.mustRemember = true
		if _, failed := w.f.Failed[c.keeper(w.f)]; failed {
			w.resumes = nil
		}
	}
}

// frozenNow says whether any disaster freezes planning, also where this decision has
// not come to it yet.
func (w *work) frozenNow() bool {
	return slices.ContainsFunc(w.cases, func(o dossier) bool { return w.freezes(o) })
}

// successor is the sprint that follows a cancelled one: the same name and goal, and the
// days that were left.
func (w *work) successor(c *dossier, old SprintRecord, s Successor) CreateSprint {
	a := CreateSprint{Disaster: c.d.ID, Of: old.ID, Above: s.Above, Board: old.Board, Goal: cut(old.Goal, maxGoal),
		Name: orElse(cut(strings.Join(strings.Fields(old.Name), " "), maxSprintName), "Sprint")}
	if days := daysLeft(old); days > 0 {
		a.Start, a.End = s.Asked, s.Asked.Add(time.Duration(days)*24*time.Hour)
	}
	return a
}

// daysLeft are the days that a sprint had left when it was cancelled, a begun one counted.
func daysLeft(s SprintRecord) int {
	const day = 24 * time.Hour
	left := s.End.Sub(s.Undone)
	if s.End.IsZero() || left <= 0 {
		return 0
	}
	return int((left + day - 1) / day)
}

// fill puts what is still open into a successor, once it is known what that is.
func (w *work) fill(c *dossier, old SprintRecord, s Successor) {
	i := slices.IndexFunc(w.f.Waiting, func(x Waiting) bool { return x.Sprint == old.ID })
	if i < 0 {
		w.wants.Waiting = append(w.wants.Waiting, old.ID)
		return
	}
	a := FillSprint{Disaster: c.d.ID, Of: old.ID, Sprint: s.Sprint, Left: old.Cut}
	for _, id := range old.Issues {
		k := slices.IndexFunc(w.f.Waiting[i].Issues, func(x WaitingIssue) bool { return x.ID == id })
		switch {
		case k < 0:
			a.Left++
		case w.f.Waiting[i].Issues[k].There:
			a.There++
		case w.f.Waiting[i].Issues[k].waits(w.f.Project.ID):
			a.Issues = append(a.Issues, id)
		default:
			a.Left++
		}
	}
	w.resumes = append(w.resumes, a)
}

// saySuccessors tells once what was made, when all of it is there.
func (w *work) saySuccessors(c *dossier) {
	var lines []string
	var asked time.Time
	for _, s := range c.rec.Successors {
		old, ok := c.rec.sprint(s.Of)
		if !ok {
			continue
		}
		if s.Filled.IsZero() {
			return
		}
		asked = s.Asked
		days := "no days were left, so it has no dates"
		if n := daysLeft(old); n > 0 {
			days = plural(n, "day") + " left"
		}
		line := fmt.Sprintf("* Sprint %d \"%s\" follows sprint %d: %s, %s", s.Sprint, EscapeWiki(old.Name), s.Of, plural(s.Issues, "open issue"), days)
		if s.Left > 0 {
			line += fmt.Sprintf("; %d left out (done, planned elsewhere, or not to be read)", s.Left)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return
	}
	w.say(c, comment(c.d, "the successor of a cancelled sprint is there", fmt.Sprintf(
		"%s*The plan is back*, as a Product Owner asked with the label %s:\n%s\n\nNothing was started: that is the team's. Jira's dialog for starting a sprint asks for the dates again.",
		mentions(w.f.Site, c.rec.Masters), EscapeWiki(w.f.Settings.Labels.Resume), strings.Join(lines, "\n")),
		"resumed", c.d.ID, itoa(c.rec.Round), strconv.FormatInt(asked.Unix(), 10)))
}

// withSuccessor gives facts in which a successor was made or filled.
func (f Facts) withSuccessor(disaster string, of int64, change func(*Successor)) Facts {
	return f.with(disaster, func(d *Disaster) {
		d.Record, d.Unsaved = d.Record.clone(), true
		for i := range d.Record.Successors {
			if d.Record.Successors[i].Of == of {
				change(&d.Record.Successors[i])
			}
		}
	})
}
