package rules

import (
	"slices"
	"time"
)

// put is somebody's move of issues into a sprint, as Jira does it: they leave the open
// sprint where they were. 0 is the backlog.
func (w *world) put(who Person, sprint int64, issues ...string) {
	w.tick(time.Second)
	for _, id := range issues {
		w.shift(who, sprint, id)
	}
}

func (w *world) shift(who Person, sprint int64, id string) {
	from := w.inSprints(id)
	for _, s := range w.sprints {
		if s.State != SprintClosed && s.ID != sprint {
			s.issues = slices.DeleteFunc(slices.Clone(s.issues), func(i string) bool { return i == id })
		}
	}
	if s := w.find(sprint); s != nil && !slices.Contains(s.issues, id) {
		s.issues = append(slices.Clone(s.issues), id)
	}
	if to := w.inSprints(id); !slices.Equal(from, to) {
		w.moves[id] = append(slices.Clone(w.moves[id]), SprintMove{ID: w.id(), At: w.now, By: who, From: from, To: to})
	}
}

// inSprints are the sprints that hold an issue, closed ones among them.
func (w *world) inSprints(id string) []int64 {
	var out []int64
	for _, s := range w.sprints {
		if slices.Contains(s.issues, id) {
			out = append(out, s.ID)
		}
	}
	return out
}

// openSprint is the open sprint that holds an issue, 0 for the backlog.
func (w *world) openSprint(id string) int64 {
	for _, s := range w.sprints {
		if s.State != SprintClosed && slices.Contains(s.issues, id) {
			return s.ID
		}
	}
	return 0
}

// fulfilPlanned reads what a decision wants about issues in sprints.
func (w *world) fulfilPlanned(f *Facts, want Wants) {
	for k, s := range f.Sprints {
		if !slices.Contains(want.Entered, s.ID) {
			continue
		}
		f.Sprints[k].EnteredRead = true
		for _, id := range w.find(s.ID).issues {
			at := start
			for _, m := range w.moves[id] {
				if slices.Contains(m.To, s.ID) && !slices.Contains(m.From, s.ID) {
					at = m.At
				}
			}
			if f.Sprints[k].Entered.IsZero() || at.Before(f.Sprints[k].Entered) {
				f.Sprints[k].Entered = at
			}
		}
	}
	if len(want.Planned.Sprints) > 0 {
		f.PlannedIn, f.Planned = slices.Clone(want.Planned.Sprints), nil
		for _, id := range want.Planned.Sprints {
			for _, issue := range w.find(id).issues {
				f.Planned = append(f.Planned, w.planned(issue))
			}
		}
	}
	for _, id := range want.Keys {
		keys := map[string]string{}
		for k, v := range f.Keys {
			keys[k] = v
		}
		keys[id] = "SHOP-" + id
		f.Keys = keys
	}
}

// planned is an issue in a sprint as a fact.
func (w *world) planned(id string) Planned {
	p := Planned{ID: id, Key: "SHOP-" + id, Creator: dev, Created: start, In: w.inSprints(id), Moves: slices.Clone(w.moves[id])}
	if i := w.issues[id]; i != nil {
		p.Creator, p.Created, p.Task = i.Creator, i.Created, i.mark != nil
	}
	return p
}

// putBack moves issues, and checks that they may be moved: who put them there is in the
// record, the sprint they leave is the project's own, and the one they come to stood
// when the freeze began.
func (w *world) putBack(t tb, a PutBack) Result {
	t.Helper()
	rec, state := w.enforced(a.Disaster)
	for _, id := range a.Issues {
		from := w.find(w.openSprint(id))
		covered := slices.ContainsFunc(rec.Returned, func(r Returned) bool { return slices.Contains(r.Issues, id) })
		if from == nil || state != RecordValid || !covered {
			t.Fatalf("issue %s is put back from %v before that was remembered on %s", id, from, a.Disaster)
		}
		nobodys := slices.ContainsFunc(w.boards, func(b Board) bool { return b.ID == from.Board && b.ProjectID == "" })
		if !nobodys && !w.own(from, rec, a.Disaster) || !w.everDeclared(a.Disaster) {
			t.Fatalf("issue %s is taken out of sprint %d, which is somebody else's", id, from.ID)
		}
		if to := w.find(a.Sprint); a.Sprint != 0 && (to == nil || !w.own(to, rec, a.Disaster) || a.Sprint > rec.Baseline.Sprint) {
			t.Fatalf("issue %s is put back into sprint %d, which did not stand", id, a.Sprint)
		}
		w.shift(andon, a.Sprint, id)
	}
	return Result{}
}
