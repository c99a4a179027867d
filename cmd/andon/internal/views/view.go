// Package views turns what the rules tell about disasters into what the status page shows,
// and keeps it on the shelf that the page reads.
package views

import (
	"fmt"
	"time"

	"andon/rules"
	"andon/webhook/page"
)

// View is how the page shows a disaster. It judges nothing: every verdict is the report's.
func View(project rules.Project, r rules.Report, picture string) page.Disaster {
	d := page.Disaster{
		Seen: r.At, Project: project.ID, Issue: r.Issue, ProjectKey: project.Key, ProjectName: project.Name, Key: r.Key, Summary: r.Summary, URL: r.URL,
		Phase: string(r.Phase), Headline: r.Headline, Reason: r.Reason, Next: r.Next, Mode: r.Mode, ModeSince: r.ModeSince,
		Frozen: r.Frozen, FrozenSince: frozenSince(r), Ended: ended(r), Clocks: clocks(r), Trouble: r.Trouble, Picture: picture,
	}
	for _, k := range r.Kinds {
		d.Kinds = append(d.Kinds, string(k))
	}
	if r.Declared != nil {
		d.DeclaredBy, d.DeclaredAt = name(r.Declared.By), r.Declared.At
	}
	for _, t := range r.Tasks {
		d.Tasks = append(d.Tasks, task(t))
	}
	for _, g := range r.Gates {
		d.Gates = append(d.Gates, page.Gate{Name: gateName(g.Gate), Passed: g.Passed, Why: g.Why, Waits: g.Waits})
	}
	for _, v := range r.Violations {
		d.Violations = append(d.Violations, page.Violation{What: v.What, By: name(v.By), At: v.At, Undone: v.Undone, Times: v.Times})
	}
	d.Sprints = sprints(r)
	for _, s := range r.Steps {
		d.Steps = append(d.Steps, page.Step{At: s.At, Text: s.Text})
	}
	return d
}

// task is a task as it stands.
func task(t rules.TaskReport) page.Task {
	out := page.Task{
		Key: t.Key, URL: t.URL, Title: t.Title, Status: t.Status, Resolution: t.Resolution, Assignee: t.Assignee, Done: t.Done,
		Doing: t.Category == rules.CategoryInProgress,
	}
	if t.Gate != rules.NoGate {
		out.Gate = gateName(t.Gate)
	}
	if t.Missing {
		out.Status = "missing"
	}
	if out.Resolution == out.Status {
		out.Resolution = ""
	}
	return out
}

// gateName is a gate's name for people.
func gateName(g rules.Gate) string {
	switch g {
	case rules.ReturnToService:
		return "Return to service"
	case rules.RootCause:
		return "Root cause"
	case rules.NoGate:
	}
	return string(g)
}

// name is a person's name.
func name(p rules.Person) string {
	if p.Name == "" {
		return p.ID
	}
	return p.Name
}

// sprints tells what became of sprints, a line each.
func sprints(r rules.Report) []string {
	var out []string
	for _, s := range r.Sprints {
		did := "to be undone"
		switch {
		case s.Undone.IsZero():
		case s.Why == rules.CreatedInFreeze:
			did = "deleted"
		default:
			did = "cancelled"
		}
		out = append(out, fmt.Sprintf("%s: %s", s.Name, did))
	}
	for _, l := range r.Left {
		out = append(out, fmt.Sprintf("%s: left alone, %s", l.Name, l.Why))
	}
	return out
}

// frozenSince is when the freeze that holds now began.
func frozenSince(r rules.Report) time.Time {
	if !r.Frozen {
		return time.Time{}
	}
	for _, b := range r.Bars {
		if b.Code == rules.BarFreeze && b.To.IsZero() {
			return b.From
		}
	}
	if !r.Times.Declared.IsZero() {
		return r.Times.Declared
	}
	return r.At
}

// ended is when the story was over: nothing is to be done any more.
func ended(r rules.Report) time.Time {
	switch {
	case r.Frozen:
		return time.Time{}
	case !r.Times.Withdrawn.IsZero():
		return r.Times.Withdrawn
	}
	return r.Times.Resumed
}

// clocks are the times that are measured from the declaration on.
func clocks(r rules.Report) []page.Clock {
	t := r.Times
	if t.Declared.IsZero() {
		return nil
	}
	recovery := page.Clock{Name: "Recovery", From: t.Declared, End: first(t.Restored, t.Withdrawn), Due: t.Due}
	cause := page.Clock{Name: "To the root cause", From: t.Declared, End: first(t.CauseClosed, t.Withdrawn)}
	return []page.Clock{recovery, cause}
}

// first is the first time that has come.
func first(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
