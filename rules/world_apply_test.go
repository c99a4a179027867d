package rules

import (
	"encoding/json"
	"slices"
	"strings"
)

// pass is one look at the project with everything that follows from it.
type pass struct {
	plan  Plan     // the last plan
	lines []string // what was done, for people
	acts  []Action
	wants int
}

// maxRounds is more decisions than any pass needs.
const maxRounds = 60

// look lets andon look at the project and carries out what it decides, until there is
// nothing left. It checks on the way what must hold for every action, whatever the story.
func (w *world) look(t tb) pass {
	t.Helper()
	return w.lookUntil(t, -1)
}

// lookUntil stops after so many actions, as if the process had died; -1 is never.
func (w *world) lookUntil(t tb, most int) pass {
	t.Helper()
	var p pass
	f := w.facts()
	failed := map[string]bool{}
	for range maxRounds {
		p.plan = Decide(f)
		if !p.plan.Wants.Empty() {
			p.wants++
			f = w.fulfil(f, p.plan.Wants)
			continue
		}
		if len(p.plan.Actions) == 0 {
			w.notice(p.plan)
			return p
		}
		for _, a := range p.plan.Actions {
			if most == 0 {
				return p
			}
			if failed[a.Key()] {
				t.Fatalf("%s was refused and is planned again in the same pass", a.Key())
			}
			if why, no := w.refused(a); no {
				failed[a.Key()] = true
				p.lines = append(p.lines, "refused: "+w.words(a))
				f = Failing(f, a, why)
				continue
			}
			r := w.apply(t, a)
			most--
			p.acts, p.lines = append(p.acts, a), append(p.lines, w.words(a))
			w.done = append(w.done, a.Key())
			f = Effect(f, a, r)
		}
	}
	t.Fatalf("after %d decisions there is still something to do: stage %q, %d actions, wants %+v\n%s",
		maxRounds, p.plan.Stage, len(p.plan.Actions), p.plan.Wants, strings.Join(p.lines, "\n"))
	return p
}

// notice keeps what a process remembers of the freeze.
func (w *world) notice(p Plan) {
	w.seen, w.doubted = map[string]bool{}, map[string]bool{}
	for _, s := range p.States {
		if s.Frozen {
			w.seen[s.ID], w.doubted[s.ID] = true, s.Doubted
		}
	}
}

// words says for people what an action does, one line.
func (w *world) words(a Action) string {
	on := func(id string) string {
		if i := w.issues[id]; i != nil {
			return i.Key
		}
		return "issue " + id
	}
	switch a := a.(type) {
	case CreateTasks:
		ids := make([]string, len(a.Tasks))
		for i, t := range a.Tasks {
			ids[i] = t.Entry
		}
		how := "sub-tasks"
		if a.Linked {
			how = "linked tasks"
		}
		return "create " + how + " of " + a.DisasterKey + ": " + strings.Join(ids, ", ")
	case Remember:
		return a.Line() + " (" + on(a.Disaster) + ")"
	case WriteStatus:
		return a.Line() + " (" + on(a.Disaster) + ")"
	case Say:
		return a.Line() + " (" + on(a.Disaster) + ")"
	case EditLabels:
		return a.Line() + " (" + on(a.Disaster) + ")"
	}
	return a.Line()
}

// apply carries out an action in the model and checks that it may be carried out.
func (w *world) apply(t tb, a Action) Result {
	t.Helper()
	switch a := a.(type) {
	case Remember:
		raw, err := json.Marshal(a.Record)
		if err != nil {
			t.Fatalf("encode the record: %v", err)
		}
		i := w.issues[a.Disaster]
		i.record, i.state = raw, RecordValid
	case RememberProject:
		w.memory, w.memoTold, w.kept = slices.Clone(a.Disasters), slices.Clone(a.Told), slices.Clone(a.Kept)
		w.rememberSwap(t, a.Swap)
	case CancelSprint:
		w.mayUndo(t, a.Disaster, a.Sprint, SprintActive)
		s := w.find(a.Sprint)
		s.State, s.Goal = SprintClosed, a.Goal
	case DeleteSprint:
		w.mayUndo(t, a.Disaster, a.Sprint, SprintFuture)
		w.sprints = slices.DeleteFunc(w.sprints, func(s *wsprint) bool { return s.ID == a.Sprint })
	case CreateSprint:
		return w.successor(t, a)
	case FillSprint:
		w.fill(t, a)
	case PutBack:
		return w.putBack(t, a)
	case CreateTasks:
		return w.create(t, a)
	case WriteStatus:
		return w.status(t, a)
	case LinkPage:
		w.linkPage(a)
	case Say:
		w.say(t, a)
	case Notify:
		if a.OnProject && !w.writable { // the process remembers it
			w.memoTold = append(slices.Clone(w.memoTold), a.Ref)
		}
		w.issues[a.Disaster].told = append(w.issues[a.Disaster].told, a.Channel+": "+a.Title)
	case EditLabels:
		w.label(andon, a.Disaster, a.Add, a.Remove)
	default:
		r, ours := w.applyScheme(t, a)
		if !ours {
			t.Fatalf("an action of unknown kind %T", a)
		}
		return r
	}
	return Result{}
}

// successor makes a sprint that follows a cancelled one.
func (w *world) successor(t tb, a CreateSprint) Result {
	t.Helper()
	rec, _ := w.recordOf(a.Disaster)
	if !slices.ContainsFunc(rec.Successors, func(s Successor) bool { return s.Of == a.Of && s.Sprint == 0 }) || rec.open() {
		t.Fatalf("a successor of sprint %d is made before it was remembered, or twice, or in a freeze: %+v", a.Of, rec.Successors)
	}
	id := a.Above
	for _, s := range w.sprints {
		if s.ID > a.Above && s.Name == a.Name && s.Board == a.Board && s.State == SprintFuture {
			return Result{Sprint: s.ID} // made just before somebody pulled the plug
		}
		id = max(id, s.ID)
	}
	s := w.sprint(id+1, a.Name, SprintFuture, a.Board)
	s.Goal, s.Start, s.End = a.Goal, a.Start, a.End
	return Result{Sprint: s.ID}
}

// fill puts issues into a successor.
func (w *world) fill(t tb, a FillSprint) {
	t.Helper()
	s := w.find(a.Sprint)
	for _, other := range w.sprints {
		for _, id := range a.Issues {
			if other.State != SprintClosed && slices.Contains(other.issues, id) {
				t.Fatalf("issue %s is put into sprint %d although it is planned in %d", id, a.Sprint, other.ID)
			}
		}
	}
	if s != nil {
		s.issues = append(slices.Clone(s.issues), a.Issues...)
	}
}

// follows says whether a sprint is the successor of another one.
func (w *world) follows(id, of int64) bool {
	for issue := range w.issues {
		rec, _ := w.recordOf(issue)
		if slices.ContainsFunc(rec.Successors, func(s Successor) bool { return s.Of == of && s.Sprint == id }) {
			return true
		}
	}
	return false
}

// waiting is how the issues of a cancelled sprint stand.
func (w *world) waiting(sprint int64) Waiting {
	out := Waiting{Sprint: sprint}
	for _, id := range w.find(sprint).issues {
		i := WaitingIssue{ID: id, ProjectID: w.project.ID, Done: slices.Contains(w.finished, id)}
		for _, s := range w.sprints {
			i.Planned = i.Planned || s.State != SprintClosed && slices.Contains(s.issues, id)
			i.There = i.There || s.State != SprintClosed && slices.Contains(s.issues, id) && w.follows(s.ID, sprint)
		}
		out.Issues = append(out.Issues, i)
	}
	return out
}

// mayUndo checks what must hold before a sprint is undone: it is as expected, it is the
// project's own, its scope is in the record, and a Product Owner declared.
func (w *world) mayUndo(t tb, disaster string, sprint int64, state SprintState) {
	t.Helper()
	s := w.find(sprint)
	if s == nil || s.State != state {
		t.Fatalf("sprint %d is undone, but it is not %s", sprint, state)
	}
	rec, recState := w.enforced(disaster)
	entry, ok := rec.sprint(sprint)
	if recState != RecordValid || !ok || !entry.Undone.IsZero() {
		t.Fatalf("sprint %d is undone before it was remembered on %s", sprint, disaster)
	}
	for _, id := range s.issues {
		if !slices.Contains(entry.Issues, id) && state == SprintFuture {
			t.Fatalf("sprint %d is deleted although issue %s in it was not remembered", sprint, id)
		}
	}
	if !w.own(s, rec, disaster) {
		t.Fatalf("sprint %d of board %d is somebody else's and was undone", sprint, s.Board)
	}
	if !w.everDeclared(disaster) {
		t.Fatalf("sprint %d is undone, but no Product Owner ever set a disaster label on %s", sprint, disaster)
	}
}

// enforced is the record by which a freeze is enforced: the one on the issue, or what the
// project keeps of one that cannot be read.
func (w *world) enforced(disaster string) (Record, RecordState) {
	if i := w.issues[disaster]; i == nil || i.hidden {
		for _, r := range w.kept {
			if r.Issue == disaster {
				return r, RecordValid
			}
		}
	}
	return w.recordOf(disaster)
}

// own says, independently of the rules, whether a sprint is the project's own.
func (w *world) own(s *wsprint, rec Record, disaster string) bool {
	if len(w.settings.Boards) > 0 {
		return slices.Contains(w.settings.Boards, s.Board)
	}
	for _, b := range w.boards {
		if b.ID != s.Board || b.Unreadable {
			continue
		}
		if b.ProjectID == w.project.ID {
			return true
		}
		held := slices.Contains(s.issues, disaster) || slices.Contains(rec.Baseline.Active, s.ID)
		return b.ProjectID == "" && held
	}
	return false
}

// everDeclared says whether somebody who was ever a Product Owner set a disaster label.
func (w *world) everDeclared(id string) bool {
	declaring := w.settings.Labels.Declaring()
	i := w.issues[id]
	if i == nil {
		return slices.ContainsFunc(w.kept, func(r Record) bool { return r.Issue == id && r.Declared.By.ID != "" })
	}
	has := func(labels []string) bool {
		return slices.ContainsFunc(labels, func(l string) bool { return slices.Contains(declaring, l) })
	}
	byOwner := slices.ContainsFunc(i.History, func(c LabelChange) bool { return (c.By.ID == po.ID || c.By.ID == sm.ID) && has(c.Added) })
	return byOwner || i.Creator.ID == po.ID || i.Creator.ID == sm.ID
}

// create creates tasks, never a second one for an entry.
func (w *world) create(t tb, a CreateTasks) Result {
	t.Helper()
	var r Result
	for _, n := range a.Tasks {
		for _, i := range w.issues {
			if i.mark != nil && i.mark.ParentID == a.Disaster && i.mark.Entry == n.Entry && i.mark.Round == a.Round && i.ProjectID == w.project.ID {
				t.Fatalf("a second task for %s of %s", n.Entry, a.Disaster)
			}
		}
		id := w.id()
		i := w.issue(id, andon)
		i.Summary = n.Summary
		i.mark = &Task{Entry: n.Entry, Round: a.Round, ParentID: a.Disaster, Linked: a.Linked}
		task := Task{ID: id, Key: i.Key, Entry: n.Entry, Round: a.Round, Summary: n.Summary, Status: i.Status, ProjectID: a.Project, Linked: a.Linked}
		if !a.Linked {
			task.ParentID = a.Disaster
		}
		r.Tasks = append(r.Tasks, task)
	}
	return r
}

// status writes or edits the one status comment.
func (w *world) status(t tb, a WriteStatus) Result {
	t.Helper()
	if !HasRef(a.Body, a.Ref) {
		t.Fatalf("the status comment does not carry its reference %q", a.Ref)
	}
	w.comment(a.Disaster, a.Ref, a.Body)
	return Result{Comment: "comment of " + a.Disaster}
}

// say writes a comment, or gives an earlier one another text.
func (w *world) say(t tb, a Say) {
	t.Helper()
	if !HasRef(a.Body, a.Ref) || a.Replaces != "" && !HasRef(a.Body, a.Replaces) {
		t.Fatalf("the comment does not carry its references %q and %q", a.Ref, a.Replaces)
	}
	i := w.issues[a.Disaster]
	if a.Replaces != "" {
		if !slices.Contains(i.comments, a.Replaces) {
			return // somebody has deleted it
		}
		i.bodies[a.Replaces] = a.Body
	}
	w.comment(a.Disaster, a.Ref, a.Body)
}

// comment writes a comment unless one with the reference stands there.
func (w *world) comment(id, ref, body string) {
	i := w.issues[id]
	if !slices.Contains(i.comments, ref) {
		i.comments = append(slices.Clone(i.comments), ref)
	}
	i.bodies[ref] = body
}
