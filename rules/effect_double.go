package rules

import "slices"

// ReplaceTask is how the facts look after a task has turned out to be a double of another
// one and was taken back.
func ReplaceTask(f Facts, disaster, id string, kept Task) Facts {
	return f.with(disaster, func(d *Disaster) {
		d.Tasks = slices.DeleteFunc(slices.Clone(d.Tasks), func(t Task) bool { return t.ID == id || t.ID == kept.ID })
		d.Tasks = append(d.Tasks, kept)
	})
}

// ReplaceComment is how the facts look after the status comment has turned out to be a
// double of another one and was taken back. What the other one says is not known, so it is
// written again.
func ReplaceComment(f Facts, disaster, id, kept string) Facts {
	return f.with(disaster, func(d *Disaster) {
		if d.Record.Comment != id {
			return
		}
		d.Record = d.Record.clone()
		d.Record.Comment, d.Record.StatusHash, d.Unsaved = kept, "", true
	})
}
