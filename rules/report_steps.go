package rules

import (
	"fmt"
	"slices"
	"time"
)

// The codes of steps. The recovery time has sla-50, sla-75 and sla-100 besides.
const (
	StepDeclared    = "declared"
	StepKind        = "kind"
	StepMode        = "mode"
	StepModeOff     = "mode-off"
	StepCancelled   = "sprint-cancelled"
	StepTaskClosed  = "task-closed"
	StepRestored    = "restored"
	StepRestoredOff = "restored-off"
	StepViolation   = "violation"
	StepFight       = "automation"
	StepCauseClosed = "cause-closed"
	StepFrozen      = "frozen"
	StepUnfrozen    = "unfrozen"
	StepRelapse     = "relapse"
	StepResume      = "resume-asked"
	StepSuccessor   = "successor"
	StepResumed     = "resumed"
	StepWithdrawn   = "withdrawn"
	StepRebuilt     = "record-rebuilt"
)

// The codes of bars.
const (
	BarRecovery = "recovery"
	BarMode     = "mode"
	BarFreeze   = "freeze"
)

// timeline collects steps; one whose moment nobody knows is left out.
type timeline []Step

// add puts a step on the timeline.
func (t *timeline) add(at time.Time, code string, by Person, format string, args ...any) {
	if !at.IsZero() {
		*t = append(*t, Step{At: at, Code: code, By: brief(by), Text: fmt.Sprintf(format, args...)})
	}
}

// steps is the timeline of a disaster, oldest first. Of what happens at the same moment
// the cause comes before what follows from it.
func (w *work) steps(c dossier) []Step {
	var t timeline
	d := c.rec.Declared
	t.add(d.At, StepDeclared, d.By, "%s declared the disaster with the label %s", plainName(d.By), printable(d.Label, maxForeign))
	w.labelSteps(&t, c)
	w.sprintSteps(&t, c)
	w.clockSteps(&t, c)
	w.taskSteps(&t, c)
	w.serviceSteps(&t, c)
	w.endSteps(&t, c)
	slices.SortStableFunc(t, func(a, b Step) int { return a.At.Compare(b.At) })
	return t
}

// labelSteps are the kinds and the system modes.
func (w *work) labelSteps(t *timeline, c dossier) {
	for _, label := range w.f.Settings.Labels.Declaring() {
		kind := w.f.Settings.Labels.Kind(label)
		if at, on := Attribute(c.d, label); on && slices.Contains(c.rec.Kinds, kind) && at.By.ID != w.f.Self.ID {
			t.add(at.At, StepKind, at.By, "%s set the kind %s", plainName(at.By), kind)
		}
	}
	for _, m := range c.rec.Modes {
		label := printable(m.Label, maxForeign)
		t.add(m.At, StepMode, m.By, "%s set the system mode %s", plainName(m.By), label)
		t.add(m.Ended, StepModeOff, Person{}, "The system mode %s was taken off", label)
	}
	t.add(c.rec.Rebuilt, StepRebuilt, Person{}, "Andon's record was missing or changed by somebody else and was made anew")
}

// sprintSteps are the sprints that the declaration cancelled, and the violations.
func (w *work) sprintSteps(t *timeline, c dossier) {
	for _, s := range c.rec.Sprints {
		if s.Why == AtDeclaration && !c.before(s.Undone) {
			t.add(s.Undone, StepCancelled, Person{}, "Sprint %d %q was cancelled: %s unfinished, %d done", s.ID, printable(s.Name, maxForeign), itoa(len(s.Issues)+s.Cut), s.Done)
		}
	}
	all, _ := w.violationsOf(c)
	for _, v := range all {
		t.add(v.At, StepViolation, v.By, "While planning was frozen, %s", v.What)
	}
	for _, s := range c.rec.Sources {
		t.add(s.Fight, StepFight, s.By, "An automation seems to fight the freeze: %s", w.cause(s, plainName))
	}
}

// clockSteps are the parts of the recovery time that have been used up.
func (w *work) clockSteps(t *timeline, c dossier) {
	k, ok := w.slaClock(&c)
	if !ok || c.kept || c.rec.Withdrawn != nil {
		return
	}
	for _, s := range slaSteps() {
		at, text := c.rec.Declared.At.Add(k.allowed*time.Duration(s)/100), itoa(s)+" % of the recovery time was used"
		if s >= 100 {
			text = "The recovery time of " + span(k.allowed) + " was over"
		}
		if k.step >= s {
			t.add(at, "sla-"+itoa(s), Person{}, "%s", text)
		}
	}
}

// taskSteps are the tasks that were closed, the root cause first of all.
func (w *work) taskSteps(t *timeline, c dossier) {
	for _, task := range c.d.Tasks {
		if task.Status.Category != CategoryDone || c.rec.Tasks[task.Entry] != task.ID || task.ID == c.state.Cause.Task.ID {
			continue
		}
		e, _ := w.f.Settings.Playbook.Entry(task.Entry)
		t.add(task.ClosedAt, StepTaskClosed, task.ClosedBy, "Task %s was closed: %s", task.Key, orElse(e.Title, printable(task.Summary, maxForeign)))
	}
	cause, who := c.state.Cause, Person{}
	if cause.State == CauseClosed {
		who = cause.Task.ClosedBy
	}
	t.add(w.causeClosed(c), StepCauseClosed, who, "The root-cause task%s was closed", blankBefore(cause.Task.Key))
}

// serviceSteps are the returns to service, and those that were taken back.
func (w *work) serviceSteps(t *timeline, c dossier) {
	back := func(at time.Time, by Person) {
		t.add(at, StepRestored, by, "%s returned the system to service", plainName(by))
	}
	for _, p := range c.rec.turns(StepRestored, StepRestoredOff) {
		back(p[0].At, p[0].By)
		t.add(p[1].At, StepRestoredOff, p[1].By, "%s took the return to service back", plainName(p[1].By))
	}
	if r := c.rec.Restored; r != nil {
		back(r.At, r.By)
	}
}

// endSteps are the ends of the freeze, its coming back, and the resumption.
func (w *work) endSteps(t *timeline, c dossier) {
	r := c.rec
	for i, p := range r.turns(StepFrozen, StepUnfrozen) {
		if i > 0 {
			t.add(p[0].At, StepRelapse, Person{}, "Planning was frozen again")
		}
		t.add(p[1].At, StepUnfrozen, Person{}, "This disaster stopped freezing planning")
	}
	if r.Baseline.Number > 1 {
		t.add(r.Baseline.Since, StepRelapse, Person{}, "Planning was frozen again")
	}
	if r.Withdrawn != nil {
		t.add(r.Withdrawn.At, StepWithdrawn, r.Withdrawn.By, "%s took the declaration back", plainName(r.Withdrawn.By))
	}
	t.add(unfrozen(r), StepUnfrozen, Person{}, "This disaster stopped freezing planning")
	if r.Resume != nil {
		t.add(r.Resume.At, StepResume, r.Resume.By, "%s asked for the successor of what was cancelled", plainName(r.Resume.By))
	}
	for _, s := range r.Successors {
		if !c.before(s.Filled) {
			t.add(s.Filled, StepSuccessor, Person{}, "Sprint %d, the successor of sprint %d, got %s", s.Sprint, s.Of, plural(s.Issues, "issue"))
		}
	}
	t.add(r.Resumed, StepResumed, Person{}, "A new sprint was started")
}

// before says whether something was done before this declaration: an earlier one on the
// same issue left what still waits.
func (c *dossier) before(done time.Time) bool {
	return !done.IsZero() && done.Before(c.rec.Declared.Judged)
}

// bars are the stretches of the timeline.
func (w *work) bars(c dossier) []Bar {
	var out []Bar
	add := func(code, text string, s stretch) {
		if !s.from.IsZero() {
			out = append(out, Bar{Code: code, Text: text, From: s.from, To: s.to})
		}
	}
	if !c.kept {
		for _, s := range recoveryTimes(c.rec) {
			add(BarRecovery, "Recovery", s)
		}
	}
	for i, m := range c.rec.Modes {
		end := m.Ended
		if i+1 < len(c.rec.Modes) && (end.IsZero() || c.rec.Modes[i+1].At.Before(end)) {
			end = c.rec.Modes[i+1].At
		}
		if end.IsZero() {
			end = unfrozenModes(c.rec)
		}
		add(BarMode, printable(m.Label, maxForeign), stretch{m.At, end})
	}
	for _, s := range frozenTimes(c.rec) {
		add(BarFreeze, "Planning is frozen", s)
	}
	return out
}

// unfrozenModes is when a declaration that was taken back ended its modes as well.
func unfrozenModes(r Record) time.Time {
	if r.Withdrawn != nil {
		return r.Withdrawn.At
	}
	return time.Time{}
}

// violationsOf are the acts of planning in the freeze, oldest first, and how many more
// there were that have no entry of their own any more.
func (w *work) violationsOf(c dossier) (all []Violation, earlier int) {
	for _, s := range c.rec.Sprints {
		if s.Why == AtDeclaration || c.before(s.Undone) {
			continue
		}
		what := "was started"
		if s.Why == CreatedInFreeze {
			what = "was created"
		}
		all = append(all, Violation{What: fmt.Sprintf("sprint %d %q %s", s.ID, printable(s.Name, maxForeign), what), At: s.At, Undone: s.Undone, Times: s.Times})
	}
	for _, r := range c.rec.Returned {
		if c.before(r.Undone) {
			continue
		}
		n, did := len(r.Issues)+r.Cut, "put into"
		if r.Created {
			did = "created in"
		}
		were := "were"
		if n == 1 {
			were = "was"
		}
		stayed := ""
		if r.Stays {
			stayed = ", and not all were back when the freeze ended"
		}
		all = append(all, Violation{What: fmt.Sprintf("%s %s %s %s%s", plural(n, "issue"), were, did, placeWords(r.Sprint), stayed), At: r.At, Undone: r.Undone, Times: r.Times, By: r.By})
	}
	slices.SortStableFunc(all, func(a, b Violation) int { return a.At.Compare(b.At) })
	if m := c.rec.Merged; m != nil {
		earlier = m.Sprints + m.Puts
	}
	return all, earlier
}
