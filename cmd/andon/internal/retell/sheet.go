package retell

import (
	"fmt"
	htmltemplate "html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"andon/cmd/andon/internal/picture"
	"andon/rules"
)

// Sheet is what a template gets of a disaster: texts that are ready to be shown.
type Sheet struct {
	// Title names the disaster; Key, Summary, Project and URL are its parts. URL is empty
	// where there is none that is safe to be followed.
	Title, Key, Summary, Project, URL string
	// Phase, Headline, Reason and Next say how it stands; At is the moment of the facts.
	Phase, Headline, Reason, Next, At string
	// Kind and Cause are the kinds and the categories of the root cause, "not set" for none.
	Kind, Cause string
	// Moments and Figures are the times, each with its name.
	Moments, Figures []Row
	Steps            []Step
	Tasks            []Task
	Gates            []Gate
	Violations       []Violation
	// Sprints, Left and Trouble are sentences.
	Sprints, Left, Trouble []string
	// Counts is false where no figure counts the disaster, and NotCounted says why.
	Counts     bool
	NotCounted string
	// Figure is the address of the picture, for Markdown; Picture and Style are for a page.
	Figure  string
	Picture htmltemplate.HTML
	Style   htmltemplate.CSS
	// Ref is the mark by which the comment is found again, for wiki markup.
	Ref string
}

// Row is a name and its value.
type Row struct{ Name, Value string }

// Step is a step of the timeline, with the number that the picture gives it.
type Step struct {
	N              int
	At, Code, Text string
}

// Task is a task as it stands.
type Task struct{ Key, URL, Title, Gate, State, Owner string }

// Gate is how a gate stands.
type Gate struct {
	Name, State, Why string
	Waits            []string
}

// Violation is an act of planning in the freeze.
type Violation struct{ At, What, By, Undone string }

// notSet is what stands where people have said nothing.
const notSet = "not set"

// maxRows bounds the long lists of a comment, which Jira takes only up to a length.
const maxRows = 60

// sheetOf makes a sheet for a format.
func sheetOf(r rules.Report, f Format) Sheet {
	t := escaper(f)
	s := Sheet{
		Title: t(title(r)), Key: t(r.Key), Summary: t(r.Summary), Project: t(r.Project), URL: link(r.URL, f),
		Phase: t(string(r.Phase)), Headline: t(sentenceStart(r.Headline)), Reason: t(sentence(r.Reason)), Next: t(r.Next), At: stamp(r.At),
		Kind: t(kindsOf(r)), Cause: t(orNotSet(strings.Join(r.Causes, ", "))), Counts: r.Times.Counts, NotCounted: notCounted(r.Phase), Ref: Ref(r),
	}
	s.Moments, s.Figures = moments(r), figures(r)
	for i, step := range r.Steps {
		s.Steps = append(s.Steps, Step{N: i + 1, At: stamp(step.At), Code: t(step.Code), Text: t(step.Text)})
	}
	for _, task := range r.Tasks {
		s.Tasks = append(s.Tasks, Task{Key: t(task.Key), URL: link(task.URL, f), Title: t(task.Title), Gate: t(gateName(task.Gate)), State: t(taskState(task)), Owner: t(task.Assignee)})
	}
	for _, g := range r.Gates {
		s.Gates = append(s.Gates, gateOf(g, t))
	}
	for _, v := range r.Violations {
		s.Violations = append(s.Violations, violationOf(v, t))
	}
	s.sentences(r, t)
	return s
}

// sentences are the parts that are told in sentences.
func (s *Sheet) sentences(r rules.Report, t func(string) string) {
	for _, sp := range r.Sprints {
		did := "to be undone"
		if !sp.Undone.IsZero() {
			did = "undone at " + stamp(sp.Undone)
		}
		s.Sprints = append(s.Sprints, t(fmt.Sprintf("Sprint %d %q: %s, %d unfinished, %d done", sp.ID, sp.Name, did, len(sp.Issues)+sp.Cut, sp.Done)))
	}
	for _, l := range r.Left {
		s.Left = append(s.Left, t(fmt.Sprintf("Sprint %d %q: %s", l.ID, l.Name, l.Why)))
	}
	for _, text := range r.Trouble {
		s.Trouble = append(s.Trouble, t(text))
	}
	if r.Earlier > 0 {
		s.Violations = append(s.Violations, Violation{What: t(fmt.Sprintf("and %d more before that", r.Earlier))})
	}
}

// bound keeps a comment short: so many rows of each list, the rest counted.
func (s *Sheet) bound(rows int) {
	more := func(n int) string { return fmt.Sprintf("and %d more", n) }
	if n := len(s.Steps) - rows; n > 0 {
		s.Steps = append(slices.Clone(s.Steps[:rows]), Step{N: rows + 1, Text: more(n)})
	}
	if n := len(s.Violations) - rows; n > 0 {
		s.Violations = append(slices.Clone(s.Violations[:rows]), Violation{What: more(n)})
	}
	if n := len(s.Tasks) - rows; n > 0 {
		s.Tasks = append(slices.Clone(s.Tasks[:rows]), Task{Title: more(n)})
	}
	for _, list := range []*[]string{&s.Sprints, &s.Trouble} {
		if n := len(*list) - rows; n > 0 {
			*list = append(slices.Clone((*list)[:rows]), more(n))
		}
	}
}

// Ref is the mark of the comment that carries a report.
func Ref(r rules.Report) string { return "report." + r.Issue }

// title names a disaster.
func title(r rules.Report) string {
	name := r.Key
	if name == "" {
		name = "issue " + r.Issue + " of " + r.Project
	}
	if r.Summary == "" {
		return "Disaster " + name
	}
	return "Disaster " + name + ": " + r.Summary
}

// kindsOf are the kinds of a disaster for people.
func kindsOf(r rules.Report) string {
	names := make([]string, len(r.Kinds))
	for i, k := range r.Kinds {
		names[i] = string(k)
	}
	return orNotSet(strings.Join(names, ", "))
}

// orNotSet is a text, or that nobody has said it.
func orNotSet(s string) string {
	if s == "" {
		return notSet
	}
	return s
}

// sentence ends a text as a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(strings.TrimRight(s, "."))
	return strings.ToUpper(string(r[:min(1, len(r))])) + string(r[min(1, len(r)):]) + "."
}

// notCounted says why no figure counts a disaster.
func notCounted(p rules.Phase) string {
	switch p {
	case rules.PhaseProposed:
		return "It is proposed and not declared, so no figure counts it."
	case rules.PhaseRejected:
		return "The proposal was rejected, so no figure counts it."
	case rules.PhaseRehearsal:
		return "It is a rehearsal, so no figure counts it."
	case rules.PhaseWithdrawn:
		return "The declaration was withdrawn, so no figure counts it."
	case rules.PhaseNone, rules.PhaseRecovering, rules.PhaseInvestigating, rules.PhaseResolved, rules.PhaseUnreadable:
	}
	return ""
}

// stamp is a moment for people, empty for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}

// moments are the times that have come.
func moments(r rules.Report) []Row {
	x := r.Times
	var out []Row
	for _, m := range []struct {
		name string
		at   time.Time
	}{
		{"Declared", x.Declared}, {"Restored", x.Restored}, {"Root cause closed", x.CauseClosed},
		{"Unfrozen", x.Unfrozen}, {"Resumed", x.Resumed}, {"Withdrawn", x.Withdrawn},
	} {
		if !m.at.IsZero() {
			out = append(out, Row{m.name, stamp(m.at)})
		}
	}
	return out
}

// figures are the lengths of time, those that are still open said to be so.
func figures(r rules.Report) []Row {
	x := r.Times
	if x.Declared.IsZero() || x.Withdrawn.After(x.Declared) {
		return nil
	}
	length := func(end time.Time, d time.Duration) string {
		if end.IsZero() {
			return "open, " + picture.Span(r.At.Sub(x.Declared)) + " so far"
		}
		return picture.Span(d)
	}
	var out []Row
	if !r.Unreadable {
		out = append(out, Row{"Time to restore", length(x.Restored, x.ToRestore)})
	}
	if x.Allowed > 0 {
		out = append(out, Row{"Recovery time allowed", picture.Span(x.Allowed) + ", until " + stamp(x.Due)}, Row{"Margin", margin(x.Margin)})
	}
	if !r.Unreadable {
		out = append(out, Row{"Time to the root cause", length(x.CauseClosed, x.ToCause)})
	}
	frozen := picture.Span(x.Frozen)
	if r.Frozen {
		frozen += " so far"
	}
	return append(out, Row{"Planning frozen for", frozen}, Row{"Violations of the freeze", fmt.Sprint(len(r.Violations) + r.Earlier)})
}

// margin is what was left of the recovery time, or how far it was missed.
func margin(d time.Duration) string {
	if d < 0 {
		return "missed by " + picture.Span(-d)
	}
	return picture.Span(d) + " left"
}

// gateName is what waits for a task.
func gateName(g rules.Gate) string {
	switch g {
	case rules.ReturnToService:
		return "return to service"
	case rules.RootCause:
		return "root cause"
	case rules.NoGate:
	}
	return ""
}

// taskState is how a task stands.
func taskState(t rules.TaskReport) string {
	switch {
	case t.Missing:
		return "missing"
	case t.Resolution != "":
		return t.Status + " (" + t.Resolution + ")"
	}
	return t.Status
}

// gateOf is how a gate stands.
func gateOf(g rules.GateReport, t func(string) string) Gate {
	out := Gate{Name: t(sentenceStart(gateName(g.Gate))), State: "holds", Why: t(sentence(g.Why))}
	if g.Passed {
		out.State = "passed"
	}
	for _, w := range g.Waits {
		out.Waits = append(out.Waits, t(w))
	}
	return out
}

// sentenceStart begins a text with a capital letter.
func sentenceStart(s string) string { return strings.TrimSuffix(sentence(s), ".") }

// violationOf is one violation.
func violationOf(v rules.Violation, t func(string) string) Violation {
	out := Violation{At: stamp(v.At), What: t(sentenceStart(v.What)), By: t(v.By.Name), Undone: "not yet"}
	if out.By == "" {
		out.By = "not told by Jira"
	}
	if !v.Undone.IsZero() {
		out.Undone = stamp(v.Undone)
	}
	if v.Times > 1 {
		out.Undone += fmt.Sprintf(", %d times", v.Times)
	}
	return out
}

// link is an address that is safe to be followed and to stand in a format, else empty.
func link(address string, f Format) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	safe := u.String()
	if f == HTML {
		return safe
	}
	for _, c := range "()<>[]{}|\\` \"'*!" {
		safe = strings.ReplaceAll(safe, string(c), fmt.Sprintf("%%%02X", c))
	}
	return safe
}
