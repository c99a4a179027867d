package rules

import (
	"maps"
	"slices"
)

// Result is what Jira answered to an action, as far as later decisions need it.
type Result struct {
	// Comment is the id of the comment that was written or edited.
	Comment string
	// Tasks are the tasks that were created.
	Tasks []Task
	// Refused are the issues that Jira would not move, by id.
	Refused map[string]Failure
}

// Effect is how the facts look after an action has been carried out. It changes
// nothing in the facts that it is given.
func Effect(f Facts, a Action, r Result) Facts {
	switch a := a.(type) {
	case Remember:
		return f.with(a.Disaster, func(d *Disaster) {
			d.Record, d.RecordState, d.Unsaved = a.Record.clone(), RecordValid, false
		})
	case RememberProject:
		f.Memory.Disasters = slices.Clone(a.Disasters)
	case CancelSprint:
		f.Sprints = slices.DeleteFunc(slices.Clone(f.Sprints), func(s Sprint) bool { return s.ID == a.Sprint })
	case DeleteSprint:
		f.Sprints = slices.DeleteFunc(slices.Clone(f.Sprints), func(s Sprint) bool { return s.ID == a.Sprint })
	case PutBack:
		return f.putBack(a, r)
	case CreateTasks:
		return f.with(a.Disaster, func(d *Disaster) { d.Tasks = append(slices.Clone(d.Tasks), r.Tasks...) })
	case WriteStatus:
		return f.with(a.Disaster, func(d *Disaster) {
			d.Record = d.Record.clone()
			d.Record.Comment, d.Record.StatusHash, d.Unsaved = r.Comment, a.Hash, true
		})
	case Say:
		return f.with(a.Disaster, func(d *Disaster) { said(d, a.Ref) })
	case Notify:
		return f.with(a.Disaster, func(d *Disaster) {
			d.Record = d.Record.clone()
			d.Record.Told = append(d.Record.Told, a.Ref)
			d.Unsaved = true
		})
	case EditLabels:
		return f.with(a.Disaster, func(d *Disaster) { edited(d, a, f) })
	}
	return f
}

// Failing is how the facts look after Jira refused an action.
func Failing(f Facts, a Action, why Failure) Facts { return failing(f, a.Key(), why) }

// failing notes a refusal under a key.
func failing(f Facts, key string, why Failure) Facts {
	failed := maps.Clone(f.Failed)
	if failed == nil {
		failed = map[string]Failure{}
	}
	failed[key] = why
	f.Failed = failed
	return f
}

// with gives facts in which one disaster is changed.
func (f Facts) with(id string, change func(*Disaster)) Facts {
	f.Disasters = slices.Clone(f.Disasters)
	for i := range f.Disasters {
		if f.Disasters[i].ID == id {
			change(&f.Disasters[i])
		}
	}
	return f
}

// said notes that a comment has been written.
func said(d *Disaster, ref string) {
	if d.RecordState == RecordValid {
		d.Record = d.Record.clone()
		d.Record.Said = append(d.Record.Said, ref)
		d.Unsaved = true
		return
	}
	d.Said = append(slices.Clone(d.Said), ref)
}

// edited changes the labels as Jira does, by andon's own account.
func edited(d *Disaster, a EditLabels, f Facts) {
	d.Labels = slices.DeleteFunc(slices.Clone(d.Labels), func(l string) bool { return contains(a.Remove, l) })
	for _, l := range a.Add {
		if !contains(d.Labels, l) {
			d.Labels = append(d.Labels, l)
		}
	}
	d.History = append(slices.Clone(d.History), LabelChange{At: f.Now, By: f.Self, Added: slices.Clone(a.Add), Removed: slices.Clone(a.Remove)})
}
