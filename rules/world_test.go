package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// start is when every story begins.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// The people of the stories.
var (
	po    = Person{ID: "po", Name: "Paula Owner"}
	dev   = Person{ID: "dev", Name: "Dev Eloper"}
	sm    = Person{ID: "sm", Name: "Sam Master"}
	robot = Person{ID: "robot", Name: "Automation", App: true}
	andon = Person{ID: "andon", Name: "andon"}
)

// tb is what tests and properties have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// world is a tiny model of Jira: just enough to act on and to look at, without HTTP.
// It knows nothing of how decisions are made.
type world struct {
	now        time.Time
	settings   Settings
	flavour    Flavour
	owners     []Person
	unreadable string // why the owners cannot be read
	project    Project
	boards     []Board
	sprints    []*wsprint
	issues     map[string]*wissue
	memory     []string
	memoTold   []string
	kept       []Record
	orders     []Order
	schemes    wschemes
	writable   bool
	outlook    Outlook
	finished   []string           // issues of sprints that are done
	refuse     map[string]Failure // by the beginning of an action's key
	seen       map[string]bool    // what the process saw frozen
	doubted    map[string]bool    // what of it was only held frozen
	next       int
	moves      map[string][]SprintMove // what Jira's history tells of the sprints of issues
	done       []string                // keys of everything that was ever carried out
	logged     []string                // notices that the story has shown
}

// wsprint is a sprint of the model.
type wsprint struct {
	Sprint
	issues []string
}

// wissue is an issue of the model.
type wissue struct {
	Disaster
	hidden   bool
	resolved string
	assignee Person
	record   []byte
	state    RecordState
	comments []string // references of andon's comments
	bodies   map[string]string
	told     []string // notices over channels
	mark     *Task
}

// newWorld is project SHOP with its board, an active and a future sprint, a board of
// project BLOG that shows SHOP's issues, a personal board, and one issue.
func newWorld() *world {
	w := &world{
		now: start, settings: DefaultSettings(), flavour: Cloud, owners: []Person{po}, writable: true, next: 1000,
		project: Project{ID: "10000", Key: "SHOP", Name: "Shop", Lead: sm,
			Subtask: IssueType{ID: "5", Subtask: true, Level: -1}, Task: IssueType{ID: "3"}},
		boards: []Board{
			{ID: 1, Name: "SHOP board", Type: "scrum", ProjectID: "10000", ProjectKey: "SHOP"},
			{ID: 2, Name: "BLOG and SHOP", Type: "scrum", ProjectID: "20000", ProjectKey: "BLOG"},
			{ID: 3, Name: "My own", Type: "scrum"},
		},
		issues: map[string]*wissue{}, moves: map[string][]SprintMove{}, refuse: map[string]Failure{}, seen: map[string]bool{}, schemes: newSchemes(),
	}
	w.sprint(10, "SHOP 1", SprintActive, 1, "101", "102").Goal = "sell more"
	w.sprint(11, "SHOP 2", SprintFuture, 1, "103")
	w.sprint(12, "BLOG 1", SprintActive, 2, "901")
	w.issue("100", dev)
	return w
}

// sprint adds a sprint.
func (w *world) sprint(id int64, name string, state SprintState, board int64, issues ...string) *wsprint {
	s := &wsprint{Sprint: Sprint{ID: id, Name: name, State: state, Board: board}, issues: issues}
	if w.flavour == Cloud {
		s.Created = w.now
	}
	w.sprints = append(w.sprints, s)
	return s
}

// issue adds an issue to the project, with labels from the start.
func (w *world) issue(id string, creator Person, labels ...string) *wissue {
	i := &wissue{Disaster: Disaster{ID: id, Key: "SHOP-" + id, Summary: "the shop is down", ProjectID: w.project.ID, Creator: creator,
		Created: w.now, Labels: labels, Status: Status{Name: "To Do", Category: CategoryNew}}, bodies: map[string]string{}}
	w.issues[id] = i
	return i
}

// id gives a new id.
func (w *world) id() string {
	w.next++
	return fmt.Sprint(w.next)
}

// tick lets time pass.
func (w *world) tick(d time.Duration) { w.now = w.now.Add(d) }

// label adds and removes labels in one edit, as somebody.
func (w *world) label(who Person, id string, add, remove []string) {
	i := w.issues[id]
	c := LabelChange{ID: w.id(), At: w.now, By: who}
	for _, l := range add {
		if !slices.Contains(i.Labels, l) {
			i.Labels, c.Added = append(slices.Clone(i.Labels), l), append(c.Added, l)
		}
	}
	for _, l := range remove {
		if slices.Contains(i.Labels, l) {
			i.Labels = slices.DeleteFunc(slices.Clone(i.Labels), func(o string) bool { return o == l })
			c.Removed = append(c.Removed, l)
		}
	}
	if len(c.Added)+len(c.Removed) > 0 {
		i.History = append(slices.Clone(i.History), c)
	}
}

// add and take are single edits, a second apart.
func (w *world) add(who Person, id, label string) {
	w.tick(time.Second)
	w.label(who, id, []string{label}, nil)
}

func (w *world) take(who Person, id, label string) {
	w.tick(time.Second)
	w.label(who, id, nil, []string{label})
}

// find finds a sprint.
func (w *world) find(id int64) *wsprint {
	for _, s := range w.sprints {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// task finds the task of an entry: of the last declaration, and the oldest one there.
func (w *world) task(disaster, entry string) *wissue {
	var best *wissue
	for _, i := range w.issues {
		if i.mark == nil || i.mark.ParentID != disaster || i.mark.Entry != entry {
			continue
		}
		older := best != nil && (i.mark.Round < best.mark.Round || i.mark.Round == best.mark.Round && compareIDs(i.ID, best.ID) > 0)
		if !older {
			best = i
		}
	}
	return best
}

// closeTask closes a task with a resolution.
func (w *world) closeTask(disaster, entry, resolution string) {
	w.tick(time.Second)
	if i := w.task(disaster, entry); i != nil {
		i.Status, i.resolved = Status{Name: "Done", Category: CategoryDone}, resolution
	}
}

// reopenTask opens a task again.
func (w *world) reopenTask(disaster, entry string) {
	w.tick(time.Second)
	if i := w.task(disaster, entry); i != nil {
		i.Status, i.resolved = Status{Name: "In Progress", Category: CategoryInProgress}, ""
	}
}

// deleteTask deletes a task.
func (w *world) deleteTask(disaster, entry string) {
	w.tick(time.Second)
	if i := w.task(disaster, entry); i != nil {
		delete(w.issues, i.ID)
	}
}

// recordOf is the record that Jira holds on an issue.
func (w *world) recordOf(id string) (Record, RecordState) {
	i := w.issues[id]
	if i == nil || len(i.record) == 0 && i.state == RecordAbsent {
		return Record{}, RecordAbsent
	}
	if i.state != RecordValid {
		return Record{}, i.state
	}
	var r Record
	if err := json.Unmarshal(i.record, &r); err != nil {
		return Record{}, RecordDamaged
	}
	return r, RecordValid
}

// facts is what a look at the project gathers.
func (w *world) facts() Facts {
	f := Facts{
		Now: w.now, Settings: w.settings, Site: Site{BaseURL: "https://jira.example.com", Flavour: w.flavour}, Self: andon, Project: w.project,
		Boards: slices.Clone(w.boards), Memory: ProjectMemory{Disasters: slices.Clone(w.memory), Orders: slices.Clone(w.orders), Told: slices.Clone(w.memoTold), Kept: slices.Clone(w.kept), Writable: w.writable, Swap: w.schemes.swap, Damaged: w.schemes.damaged},
	}
	ids := w.candidates()
	for _, id := range ids {
		f.Disasters = append(f.Disasters, w.disaster(id))
	}
	for _, s := range w.sprints {
		if s.State == SprintClosed {
			continue
		}
		out := s.Sprint
		for _, id := range ids {
			if s.State == SprintActive && slices.Contains(s.issues, id) {
				out.HoldsDisaster = append(out.HoldsDisaster, id)
			}
		}
		f.Sprints = append(f.Sprints, out)
	}
	return f
}

// candidates are the issues that may concern andon, by ascending id.
func (w *world) candidates() []string {
	var ids []string
	for id, i := range w.issues {
		ours := i.mark != nil && i.Status.Category != CategoryDone
		switch labelled := slices.ContainsFunc(w.settings.Labels.Declaring(), func(l string) bool { return slices.Contains(i.Labels, l) }); {
		case (labelled || w.hinted(i)) && i.ProjectID == w.project.ID && !i.hidden:
			ids = append(ids, id)
		case ours && w.issues[i.mark.ParentID] != nil && !w.issues[i.mark.ParentID].hidden:
			ids = append(ids, i.mark.ParentID)
		}
	}
	for id := range w.seen {
		ids = append(ids, id)
	}
	ids = append(ids, w.memory...)
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}

// hinted says whether webhooks told of an edit of the disaster labels within a day, so
// that the issue is looked at although a search no longer finds it.
func (w *world) hinted(i *wissue) bool {
	return slices.ContainsFunc(i.History, func(c LabelChange) bool {
		return w.now.Sub(c.At) <= maxAge && slices.ContainsFunc(w.settings.Labels.Declaring(), func(l string) bool { return slices.Contains(c.Removed, l) })
	})
}

// disaster is one candidate as a fact.
func (w *world) disaster(id string) Disaster {
	i := w.issues[id]
	if i == nil || i.hidden {
		return Disaster{ID: id, Unreadable: "Jira answers 404", WasFrozen: w.seen[id] && !w.doubted[id], Doubted: w.seen[id] && w.doubted[id]}
	}
	d := i.Disaster
	d.Labels, d.History = slices.Clone(d.Labels), slices.Clone(d.History)
	d.Record, d.RecordState = w.recordOf(id)
	d.WasFrozen, d.Doubted = w.seen[id] && !w.doubted[id], w.seen[id] && w.doubted[id]
	for _, t := range w.issues {
		if t.mark == nil || t.mark.ParentID != id {
			continue
		}
		task := *t.mark
		task.ID, task.Key, task.Summary, task.Status = t.ID, t.Key, t.Summary, t.Status
		task.Resolution, task.Assignee, task.ProjectID, task.Created = t.resolved, t.assignee, t.ProjectID, t.Created
		if task.Linked {
			task.ParentID = ""
		}
		d.Tasks = append(d.Tasks, task)
	}
	slices.SortFunc(d.Tasks, func(a, b Task) int { return compareIDs(a.ID, b.ID) })
	return d
}

// fulfil reads what a decision wants.
func (w *world) fulfil(f Facts, want Wants) Facts {
	if want.People {
		f.People = People{Source: "role", Read: true, Unreadable: w.unreadable}
		if w.unreadable == "" {
			f.People.ProductOwners = slices.Clone(w.owners)
		}
	}
	for _, id := range want.Waiting {
		f.Waiting = append(slices.Clone(f.Waiting), w.waiting(id))
	}
	if want.Outlook {
		f.Outlook = w.outlook
		f.Outlook.Read = true
	}
	if want.Scheme {
		f.Scheme = w.schemes.fact(w.project.ID)
	}
	f.Sprints, f.Disasters = slices.Clone(f.Sprints), slices.Clone(f.Disasters)
	for k, s := range f.Sprints {
		if slices.Contains(want.Scopes, s.ID) {
			f.Sprints[k].ScopeRead, f.Sprints[k].Unfinished = true, slices.Clone(w.find(s.ID).issues)
		}
	}
	w.fulfilPlanned(&f, want)
	for k, d := range f.Disasters {
		if slices.Contains(want.Said, d.ID) {
			f.Disasters[k].SaidRead, f.Disasters[k].Said = true, slices.Clone(w.issues[d.ID].comments)
		}
	}
	return f
}

// refused says whether Jira refuses an action.
func (w *world) refused(a Action) (Failure, bool) {
	for prefix, why := range w.refuse {
		if strings.HasPrefix(a.Key(), prefix) {
			return why, true
		}
	}
	return Failure{}, false
}
