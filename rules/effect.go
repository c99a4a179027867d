package rules

import (
	"maps"
	"slices"
	"time"
)

// Result is what Jira answered to an action, as far as later decisions need it.
type Result struct {
	// Comment is the id of the comment that was written or edited.
	Comment string
	// Tasks are the tasks that were created.
	Tasks []Task
	// Sprint is the sprint that was made.
	Sprint int64
	// Scheme is the permission scheme that the project uses now.
	Scheme SchemeRef
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
		f.Memory.Disasters, f.Memory.Swap = slices.Clone(a.Disasters), a.Swap
		f.Memory.Told, f.Memory.Unsaved = slices.Clone(a.Told), false
		f.Memory.Kept = slices.Clone(a.Kept)
	case SwapScheme:
		f.Scheme.Present, f.Scheme.Copy, f.Scheme.Original = r.Scheme, true, a.Original
	case RestoreScheme:
		f.Scheme.Present, f.Scheme.Copy, f.Scheme.Original = a.Original, false, SchemeRef{}
	case DropScheme:
		f.Scheme.Dropped = true
	case CancelSprint:
		f.Sprints = slices.DeleteFunc(slices.Clone(f.Sprints), func(s Sprint) bool { return s.ID == a.Sprint })
	case DeleteSprint:
		f.Sprints = slices.DeleteFunc(slices.Clone(f.Sprints), func(s Sprint) bool { return s.ID == a.Sprint })
	case CreateSprint:
		f.Sprints = append(slices.Clone(f.Sprints), Sprint{ID: r.Sprint, Name: a.Name, Goal: a.Goal, State: SprintFuture, Start: a.Start, End: a.End, Created: f.Now, Board: a.Board})
		return f.withSuccessor(a.Disaster, a.Of, func(s *Successor) { s.Sprint = r.Sprint })
	case FillSprint:
		return f.withSuccessor(a.Disaster, a.Of, func(s *Successor) { s.Filled, s.Issues, s.Left = f.Now, len(a.Issues)+a.There, a.Left })
	case PutBack:
		return f.putBack(a, r)
	case CreateTasks:
		return f.with(a.Disaster, func(d *Disaster) { d.Tasks = append(slices.Clone(d.Tasks), r.Tasks...) })
	case LinkTasks:
		return f.with(a.Disaster, func(d *Disaster) {
			d.Tasks = slices.Clone(d.Tasks)
			for i := range d.Tasks {
				d.Tasks[i].Unlinked = d.Tasks[i].Unlinked && !slices.Contains(a.Tasks, d.Tasks[i].ID)
			}
		})
	case WriteStatus:
		return f.with(a.Disaster, func(d *Disaster) {
			d.Record = d.Record.clone()
			d.Record.Comment, d.Record.StatusHash, d.Unsaved = r.Comment, a.Hash, true
		})
	case LinkPage:
		return f.linked(a)
	case Say:
		return f.with(a.Disaster, func(d *Disaster) { said(d, a.Ref) })
	case Notify:
		if a.OnProject {
			f.Memory.Told, f.Memory.Unsaved = append(slices.Clone(f.Memory.Told), a.Ref), true
			return f
		}
		return f.with(a.Disaster, func(d *Disaster) {
			d.Record = d.Record.clone()
			d.Record.Told = append(d.Record.Told, a.Ref)
			delete(d.Record.Untold, a.Channel)
			d.Unsaved = true
		})
	case EditLabels:
		return f.with(a.Disaster, func(d *Disaster) { edited(d, a, f) })
	}
	return f
}

// Failing is how the facts look after Jira refused an action.
func Failing(f Facts, a Action, why Failure) Facts {
	f = failing(f, a.Key(), why)
	if l, is := a.(LinkPage); is && why.Final {
		return f.linked(l)
	}
	if n, is := a.(Notify); is && !n.OnProject {
		return f.with(n.Disaster, func(d *Disaster) { untold(d, n.Channel, f.Now) })
	}
	return f
}

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

// untold notes since when a channel cannot be reached. The record keeps it, so that the
// status comment says the same whoever looks.
func untold(d *Disaster, channel string, since time.Time) {
	if _, known := d.Record.Untold[channel]; known {
		return
	}
	d.Record = d.Record.clone()
	if d.Record.Untold == nil {
		d.Record.Untold = map[string]time.Time{}
	}
	d.Record.Untold[channel], d.Unsaved = since, true
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
