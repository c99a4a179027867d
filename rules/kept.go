package rules

import (
	"encoding/json"
	"slices"
)

// keptOf gives a disaster that cannot be read the record that the project kept of it, and
// says whether there is one.
func keptOf(d *Disaster, f Facts) bool {
	if d.Unreadable == "" {
		return false
	}
	i := slices.IndexFunc(f.Memory.Kept, func(r Record) bool { return r.Issue == d.ID && r.Project == f.Project.ID && r.open() })
	if i < 0 {
		return false
	}
	d.Record, d.RecordState = f.Memory.Kept[i].clone(), RecordValid
	d.Key = d.Record.Key
	return true
}

// takeBack takes over what was undone while the issue could not be read.
func (c *dossier) takeBack(f Facts) {
	if c.kept || !c.live {
		return
	}
	for _, r := range f.Memory.Kept {
		if r.Issue != c.d.ID || r.Project != f.Project.ID || r.Round != c.rec.Round {
			continue
		}
		for _, s := range r.Sprints {
			if old, known := c.rec.sprint(s.ID); !known || s.At.After(old.At) {
				c.rec.Sprints = slices.DeleteFunc(c.rec.Sprints, func(o SprintRecord) bool { return o.ID == s.ID })
				c.rec.Sprints, c.mustRemember = append(c.rec.Sprints, s), true
			}
		}
		for _, b := range r.Returned {
			if !slices.ContainsFunc(c.rec.Returned, func(o Returned) bool { return o.Sprint == b.Sprint && o.At.Equal(b.At) && o.By.ID == b.By.ID }) {
				c.rec.Returned, c.mustRemember = append(c.rec.Returned, b), true
			}
		}
		if c.mustRemember {
			c.rec.bound()
		}
	}
}

// keepFor is what the project keeps of an open disaster: what its freeze rests on, and of
// one that cannot be read all that happens meanwhile.
func (w *work) keepFor(c dossier) []Record {
	switch {
	case c.kept:
		return []Record{c.rec}
	case !c.live || !c.anchored(w.f):
		// Not known better than what is kept already.
		return slices.DeleteFunc(slices.Clone(w.f.Memory.Kept), func(r Record) bool { return r.Issue != c.d.ID })
	}
	r := c.rec
	return []Record{{Version: r.Version, Issue: r.Issue, Project: r.Project, Key: r.Key, Round: r.Round, Declared: r.Declared, Baseline: r.Baseline, Masters: r.Masters}}
}

// sameRecords compares records by what would be written.
func sameRecords(a, b []Record) bool {
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// Undoes says whether the write is to remember what is about to be undone, so that without
// it nothing may be.
func (a RememberProject) Undoes(m ProjectMemory) bool {
	return slices.ContainsFunc(a.Kept, func(r Record) bool {
		i := slices.IndexFunc(m.Kept, func(o Record) bool { return o.Issue == r.Issue })
		return len(r.Sprints)+len(r.Returned) > 0 && (i < 0 || !sameRecord(r, m.Kept[i]))
	})
}
