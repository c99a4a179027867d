package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Right is a permission of Jira that andon's account needs in a project.
type Right struct {
	// Key is Jira's key of the permission, Name what people read in its settings.
	Key  string
	Name string
	// Without says what does not work without it.
	Without string
}

// Rights are the permissions that andon needs in a project, the most important first.
func Rights() []Right {
	return []Right{
		{"BROWSE_PROJECTS", "Browse Projects", "andon sees nothing of the project"},
		{"EDIT_ISSUES", "Edit Issues", "its record cannot be stored, so no sprint is cancelled; labels are not put back"},
		{"MANAGE_SPRINTS_PERMISSION", "Manage Sprints", "sprints cannot be cancelled or deleted"},
		{"SCHEDULE_ISSUES", "Schedule Issues", "sprints cannot be cancelled, and issues do not go back to the backlog"},
		{"CREATE_ISSUES", "Create Issues", "no tasks are created"},
		{"ADD_COMMENTS", "Add Comments", "nobody is told on the issue"},
		{"EDIT_OWN_COMMENTS", "Edit Own Comments", "the status comment is not kept up to date"},
		{"LINK_ISSUES", "Link Issues", "tasks that cannot be sub-tasks are not linked to the disaster"},
		{"ADMINISTER_PROJECTS", "Administer Projects", "the members of the project's roles cannot be read, nor the list of open disasters kept"},
	}
}

// Missing is a right that andon's account lacks.
type Missing struct {
	Right Right
	// Project is the key of the project where it is missing.
	Project string
}

// Outlook is what only a rehearsal asks for, since nothing is decided by it.
type Outlook struct {
	// Read is true once it was asked for.
	Read bool
	// Unreadable is non-empty where Jira did not tell the rights, with the reason.
	Unreadable string
	// Missing are the rights that andon's account lacks, in the order of Rights.
	Missing []Missing
	// Stakeholders are the people whom Jira would write to.
	Stakeholders []Person
}

// rehearsalTells says who would be told, and over which way.
func (w *work) rehearsalTells() string {
	var b strings.Builder
	b.WriteString("*Who would be told:*\n")
	tell := func(how string, people []Person) {
		names := make([]string, 0, len(people))
		for _, p := range people {
			if p.ID != w.f.Self.ID {
				names = append(names, person(p))
			}
		}
		fmt.Fprintf(&b, "* %s: %s\n", how, orElse(strings.Join(names, ", "), "nobody"))
	}
	tell("Product Owner, who decides", w.f.People.ProductOwners)
	tell("Scrum Master, mentioned in the comments", w.f.People.ScrumMasters)
	tell("Stakeholders, by Jira's mail", w.f.Outlook.Stakeholders)
	for _, c := range w.f.Settings.Channels {
		if c != MailChannel {
			fmt.Fprintf(&b, "* over %s\n", EscapeWiki(w.f.Settings.channelName(c)))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// MailChannel is the name of the channel that goes through Jira's own mail.
const MailChannel = "jira"

// rehearsalRefusals says what would be refused, by andon or by Jira, and why.
func (w *work) rehearsalRefusals(f Facts, d Disaster) string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, "* "+fmt.Sprintf(format, args...)) }
	for _, s := range f.Sprints {
		if scope := scopeFor(f, s, d.ID); s.State == SprintActive && !scope.In {
			add("sprint %d \"%s\" is left alone: %s", s.ID, EscapeWiki(s.Name), EscapeWiki(scope.Reason.Text))
		} else if s.State == SprintActive && s.ScopeUnreadable != "" {
			add("sprint %d \"%s\" cannot be cancelled, since its issues cannot be read: %s", s.ID, EscapeWiki(s.Name), EscapeWiki(s.ScopeUnreadable))
		}
	}
	if linked, typ := w.taskType(d); linked && typ.ID == "" {
		add("no task can be created: the project has no issue type for them")
	}
	if why := w.f.People.Unreadable; why != "" {
		add("every label that only a Product Owner may set: it cannot be read who that is: %s", EscapeWiki(why))
	}
	for _, m := range w.f.Outlook.Missing {
		add("andon's account lacks *%s* in %s: %s", EscapeWiki(m.Right.Name), EscapeWiki(m.Project), m.Right.Without)
	}
	if why := w.f.Outlook.Unreadable; why != "" {
		add("Jira does not tell which permissions andon's account has: %s", EscapeWiki(why))
	}
	add("the label %s, until these tasks are done: %s", EscapeWiki(f.Settings.Labels.Restored), w.gateTitles(f, d))
	if refused := f.Settings.RefusedResolutions; len(refused) > 0 {
		add("closing the root-cause task as %s: planning stays frozen", escapeAll(refused))
	}
	return "*What would be refused, and why:*\n" + strings.Join(lines, "\n")
}

// gateTitles names the tasks that the return to service would wait for.
func (w *work) gateTitles(f Facts, d Disaster) string {
	var titles []string
	for _, e := range f.Settings.Playbook.For(kindsOn(f.Settings.Labels, d.Labels)) {
		if e.Gate == ReturnToService {
			titles = append(titles, EscapeWiki(e.Title))
		}
	}
	return orElse(strings.Join(titles, "; "), "none")
}

// kindsOn are the kinds that the labels on an issue would set.
func kindsOn(l Labels, labels []string) []Kind {
	var kinds []Kind
	for _, k := range Kinds() {
		if slices.ContainsFunc(labels, func(label string) bool { return l.Kind(label) == k }) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
