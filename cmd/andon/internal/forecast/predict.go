package forecast

import (
	"andon/rules"
)

// predicted is what Jira would answer to an action.
func predicted(f rules.Facts, a rules.Action) rules.Result {
	switch a := a.(type) {
	case rules.CreateTasks:
		return rules.Result{Tasks: newTasks(f, a)}
	case rules.WriteStatus:
		if a.Comment != "" {
			return rules.Result{Comment: a.Comment}
		}
		return rules.Result{Comment: "0"}
	case rules.CreateSprint:
		return rules.Result{Sprint: nextSprint(f, a.Above)}
	case rules.SwapScheme:
		return rules.Result{Scheme: rules.SchemeRef{ID: a.Original.ID + 1, Name: "andon's copy of " + a.Original.Name}}
	}
	return rules.Result{}
}

// newTasks are the tasks that would be there, with keys that are none yet.
func newTasks(f rules.Facts, a rules.CreateTasks) []rules.Task {
	home := f.Project.ID
	for _, d := range f.Disasters {
		if d.ID == a.Disaster && !a.Linked {
			home = d.ProjectID
		}
	}
	var out []rules.Task
	for _, n := range a.Tasks {
		t := rules.Task{ID: "new-" + n.Entry, Key: "(new: " + n.Entry + ")", Entry: n.Entry, Created: f.Now, Round: a.Round, Summary: n.Summary,
			Status: rules.Status{Name: "To Do", Category: rules.CategoryNew}, ProjectID: home, Linked: a.Linked}
		if !a.Linked {
			t.ParentID = a.Disaster
		}
		out = append(out, t)
	}
	return out
}

// nextSprint is an id that no sprint has.
func nextSprint(f rules.Facts, above int64) int64 {
	for _, s := range f.Sprints {
		above = max(above, s.ID)
	}
	return above + 1
}

// FromFile reads nothing: a file holds what it holds. What a decision wants beyond that is
// taken for nothing, and said to be so.
func FromFile(f rules.Facts, w rules.Wants) (rules.Facts, []string) {
	var unread []string
	note := func(what string) { unread = append(unread, what+" (the facts file does not tell)") }
	if w.People {
		note("who the Product Owners are")
		f.People.Unreadable = "the facts file does not tell"
	}
	if w.Outlook {
		note("which permissions andon's account has")
		f.Outlook = rules.Outlook{Read: true}
	}
	if w.Scheme {
		note("which permission scheme the project uses")
		f.Scheme = rules.Scheme{Read: true, Unreadable: "the facts file does not tell"}
	}
	f.Sprints = append([]rules.Sprint(nil), f.Sprints...)
	f.Disasters = append([]rules.Disaster(nil), f.Disasters...)
	for i := range f.Sprints {
		s := &f.Sprints[i]
		if has(w.Scopes, s.ID) {
			note("the issues of sprint " + itoa(s.ID))
			s.ScopeRead = true
		}
		if has(w.Entered, s.ID) {
			note("since when sprint " + itoa(s.ID) + " holds issues")
			s.EnteredRead = true
		}
	}
	for i := range f.Disasters {
		if d := &f.Disasters[i]; has(w.Said, d.ID) {
			note("the comments on " + name(*d))
			d.SaidRead = true
		}
	}
	return rest(f, w, note), unread
}

// rest are the wishes about single issues.
func rest(f rules.Facts, w rules.Wants, note func(string)) rules.Facts {
	f.Waiting = append([]rules.Waiting(nil), f.Waiting...)
	for _, id := range w.Waiting {
		note("what sprint " + itoa(id) + " left open")
		f.Waiting = append(f.Waiting, rules.Waiting{Sprint: id})
	}
	if len(w.Planned.Sprints) > 0 {
		note("which issues were put into sprints since the freeze began")
		f.PlannedIn = append(append([]int64(nil), f.PlannedIn...), w.Planned.Sprints...)
	}
	keys := map[string]string{}
	for id, key := range f.Keys {
		keys[id] = key
	}
	for _, id := range w.Keys {
		keys[id] = ""
	}
	f.Keys = keys
	return f
}

// name is how an issue is called.
func name(d rules.Disaster) string {
	if d.Key == "" {
		return "issue " + d.ID
	}
	return d.Key
}
