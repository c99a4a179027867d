package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// rehearsalStages is more than a declaration ever needs.
const rehearsalStages = 12

// rehearse walks through the whole plan that a declaration would bring, without
// writing, and puts it into one comment. It gives an empty comment while something has
// to be read first.
func (w *work) rehearse(d Disaster, j Judgement) Say {
	w.needPeople()
	w.wants.Outlook = w.wants.Outlook || !w.f.Outlook.Read
	f := w.pretend(d, j)
	var lines []string
	for range rehearsalStages {
		p := Decide(f)
		if !p.Wants.Empty() {
			w.wants.People = w.wants.People || p.Wants.People
			w.wants.Scopes = append(w.wants.Scopes, p.Wants.Scopes...)
			return Say{}
		}
		if len(p.Actions) == 0 {
			break
		}
		for _, a := range p.Actions {
			if line := rehearsalLine(f, a); line != "" && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
			f = Effect(f, a, predicted(f, a))
		}
	}
	if w.wants.Outlook || w.wants.People {
		return Say{}
	}
	if w.f.Settings.Freeze == FreezePermissions {
		lines = append(lines, "* take "+sprintPermissions(w.f.Site.Flavour)+" away from everybody else until then, where Jira allows that")
	}
	return comment(d, "the rehearsed plan", fmt.Sprintf(
		"*Rehearsal.* If a Product Owner declared this disaster now, andon would:\n%s\n\n%s\n\n%s\n\nNothing of this has been done. To declare for real, take the labels %s and %s off and set %s again.",
		strings.Join(lines, "\n"), w.rehearsalTells(), w.rehearsalRefusals(w.pretend(d, j), d), EscapeWiki(j.By.Label), EscapeWiki(w.f.Settings.Labels.Rehearsal), EscapeWiki(j.By.Label)),
		"rehearsal", d.ID, changeRef(j.By))
}

// rehearsalRef is the reference of the comment on a rehearsal.
func rehearsalRef(d Disaster, j Judgement) string {
	return makeRef("rehearsal", d.ID, changeRef(j.By))
}

// pretend gives facts in which the disaster is declared for real.
func (w *work) pretend(d Disaster, j Judgement) Facts {
	f := w.f
	owner := Person{ID: "a Product Owner"}
	f.People = People{Source: f.People.Source, ProductOwners: append(slices.Clone(f.People.ProductOwners), owner), Read: true}
	f.Memory, f.Failed = ProjectMemory{}, nil
	f.Planned, f.PlannedIn, f.PlannedUnreadable = nil, nil, ""
	for _, s := range f.Sprints { // nothing has been put into a sprint in a freeze that has not begun
		f.PlannedIn = append(f.PlannedIn, s.ID)
	}
	d.Labels = slices.DeleteFunc(slices.Clone(d.Labels), func(l string) bool { return l == f.Settings.Labels.Rehearsal })
	d.History, d.Creator, d.Created, d.Moved = nil, owner, j.By.At, time.Time{}
	d.Record, d.RecordState, d.Unsaved, d.Tasks = Record{}, RecordAbsent, false, nil
	d.Said, d.SaidRead = nil, true
	f.Disasters = []Disaster{d}
	return f
}

// rehearsalLine tells for people what an action would do.
func rehearsalLine(f Facts, a Action) string {
	switch a := a.(type) {
	case CancelSprint:
		n := 0
		for _, s := range f.Sprints {
			if s.ID == a.Sprint {
				n = len(s.Unfinished)
			}
		}
		return fmt.Sprintf("* cancel sprint %d \"%s\" with %s", a.Sprint, EscapeWiki(a.Name), plural(n, "unfinished issue"))
	case CreateTasks:
		how := "sub-tasks"
		if a.Linked {
			how = "linked tasks"
		}
		titles := make([]string, len(a.Tasks))
		for i, t := range a.Tasks {
			titles[i] = "** " + EscapeWiki(t.Summary)
		}
		return fmt.Sprintf("* create %d %s:\n%s", len(a.Tasks), how, strings.Join(titles, "\n"))
	case WriteStatus:
		return "* freeze planning: undo every sprint that is created or started, and put issues back that are put into a sprint, until the root-cause task is closed\n* keep one status comment up to date"
	}
	return ""
}

// predicted is what Jira would answer.
func predicted(f Facts, a Action) Result {
	switch a := a.(type) {
	case CreateTasks:
		var r Result
		for i, t := range a.Tasks {
			r.Tasks = append(r.Tasks, Task{ID: itoa(i + 1), Entry: t.Entry, Round: a.Round, Summary: t.Summary,
				Status: Status{Name: "To Do", Category: CategoryNew}, ProjectID: f.Project.ID, ParentID: a.Disaster, Linked: a.Linked})
		}
		return r
	case WriteStatus:
		return Result{Comment: orElse(a.Comment, "0")}
	}
	return Result{}
}
