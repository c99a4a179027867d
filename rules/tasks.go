package rules

import (
	"fmt"
	"strings"
)

// tasks gives the tasks of the playbook that are missing, disaster by disaster.
func (w *work) tasks() []Action {
	var out []Action
	for _, c := range w.cases {
		if !c.live || !c.state.Frozen || c.doubt || !c.anchored(w.f) || c.d.ProjectID != w.f.Project.ID {
			continue
		}
		if a, ok := w.missingTasks(c); ok {
			out = append(out, a)
		}
		if ids := unlinkedTasks(c); len(ids) > 0 {
			out = append(out, LinkTasks{Disaster: c.d.ID, Tasks: ids})
		}
	}
	return out
}

// unlinkedTasks are the linked tasks of the declaration whose link is missing.
func unlinkedTasks(c dossier) []string {
	var ids []string
	for _, t := range c.d.Tasks {
		if t.Unlinked && c.rec.Tasks[t.Entry] == t.ID {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// missingTasks is the creation of the tasks that one disaster lacks. A task that
// somebody deleted is created again; one that was closed is left alone.
func (w *work) missingTasks(c dossier) (CreateTasks, bool) {
	linked, typ := w.taskType(c.d)
	a := CreateTasks{Disaster: c.d.ID, DisasterKey: c.d.Key, Round: c.rec.Round, Project: w.f.Project.ID, Type: typ.ID, Linked: linked}
	for _, e := range w.f.Settings.Playbook.For(c.rec.Kinds) {
		if _, exists := c.rec.Tasks[e.ID]; exists {
			continue
		}
		a.Tasks = append(a.Tasks, NewTask{Entry: e.ID, Gate: e.Gate, Summary: TaskSummary(c.d.Key, e.Title), Description: describe(c.d, e)})
	}
	return a, len(a.Tasks) > 0
}

// taskType chooses between sub-tasks and linked tasks: a sub-task cannot have
// sub-tasks, an epic's are not dependable, and some projects have no such type.
func (w *work) taskType(d Disaster) (linked bool, typ IssueType) {
	if d.Type.Subtask || d.Type.Level > 0 || w.f.Project.Subtask.ID == "" {
		return true, w.f.Project.Task
	}
	return false, w.f.Project.Subtask
}

// maxSummary is the longest summary that Jira takes.
const maxSummary = 255

// TaskSummary is the summary of a task: the key of the disaster, then the title.
func TaskSummary(key, title string) string { return cut(key+": "+title, maxSummary) }

// describe is the description of a task, in wiki markup.
func describe(d Disaster, e Entry) string {
	var b strings.Builder
	if e.Purpose != "" {
		fmt.Fprintf(&b, "*Purpose:* %s\n\n", escapeLong(e.Purpose))
	}
	fmt.Fprintf(&b, "*Done when:* %s\n\n", escapeLong(e.Done))
	if e.Owner != "" {
		fmt.Fprintf(&b, "*Usually taken by:* %s\n\n", escapeLong(e.Owner))
	}
	switch e.Gate {
	case ReturnToService:
		b.WriteString("The system returns to service only when this task is done.\n\n")
	case RootCause:
		b.WriteString("Sprint planning is free again only when this task is closed.\n\n")
	case NoGate:
	}
	fmt.Fprintf(&b, "A task that does not apply is closed with a resolution that says so. Disaster: %s", d.Key)
	return b.String()
}
