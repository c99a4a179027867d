package main

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

// truth is what happened on the site, told act by act by Jira's own events and by the
// simulation itself. Nothing of andon's has a part in it.
type truth struct {
	s *sim
	// seq counts acts; seen are the events that were read.
	seq, seen int
	sagas     map[string]*saga
	// tasks are the root-cause tasks' states over time, by issue id.
	tasks map[int64][]taskState
	// ids are the ids of issues by every key they ever had.
	ids map[string]string
	// owners are who the Product Owners were from when on.
	owners []reign
	bot    string
	// sprints are who created which sprint, and when.
	sprints map[int64]birth
	// moves are the acts on issues' sprints, by issue id.
	moves map[int64][]int
	// touched is when anything of an issue changed last.
	touched map[int64]int
	// planned counts the starts and openings of sprints.
	starts map[int64]int
	scheme int64
}

// reign are the Product Owners from an act on.
type reign struct {
	seq int
	ids []string
}

// birth is the creation of a sprint.
type birth struct {
	seq int
	by  string
	at  time.Time
}

// taskState is whether a task counted as closed from an act on.
type taskState struct {
	seq    int
	closed bool
	done   bool
}

// labelAct is one label that came or went.
type labelAct struct {
	seq    int
	label  string
	on     bool
	by     string
	at     time.Time
	change string
}

// saga is what happened to one issue.
type saga struct {
	id   string
	acts []labelAct
	// moved is when it last came from another project, ended when the record of its last
	// story was closed.
	moved, ended int
	gone         bool
	// rec is what andon wrote last; spoiled is when somebody else wrote over it.
	rec     *rules.Record
	spoiled int
	// writer is who has written it.
	writer *replica
	// listed is when the project's list was last seen to name it at rest.
	listed int
	// straggled are the sprints that a late write has noted, and when it came; late is when any came.
	straggled map[int64]int
	late      int
	// everOpen is true once a legal record of an open disaster was written.
	everOpen bool
}

// newTruth begins with the demo's people.
func newTruth(s *sim) *truth {
	bot, _ := s.jira.User("andon@example.com")
	t := &truth{s: s, sagas: map[string]*saga{}, tasks: map[int64][]taskState{}, ids: map[string]string{}, bot: bot.ID, sprints: map[int64]birth{}, moves: map[int64][]int{},
		touched: map[int64]int{}, starts: map[int64]int{}}
	p, _ := s.jira.Project("SHOP")
	t.scheme = p.SchemeID
	t.reigns("po")
	t.seen = len(s.jira.Events())
	return t
}

// reigns tells that the Product Owners are others from now on.
func (t *truth) reigns(who ...string) {
	t.seq++
	r := reign{seq: t.seq}
	for _, w := range who {
		u, _ := t.s.jira.User(email(w))
		r.ids = append(r.ids, u.ID)
	}
	t.owners = append(t.owners, r)
}

// everOwner says whether somebody was a Product Owner at any moment since an act.
func (t *truth) everOwner(id string, since int) bool {
	return slices.ContainsFunc(t.reignsSince(since), func(r reign) bool { return slices.Contains(r.ids, id) })
}

// alwaysOwner says whether somebody has been one since an act without a break.
func (t *truth) alwaysOwner(id string, since int) bool {
	return !slices.ContainsFunc(t.reignsSince(since), func(r reign) bool { return !slices.Contains(r.ids, id) })
}

// reignsSince are those that did not end before an act.
func (t *truth) reignsSince(since int) []reign {
	for i := range t.owners {
		if i+1 == len(t.owners) || t.owners[i+1].seq > since {
			return t.owners[i:]
		}
	}
	return nil
}

// saga finds the story of an issue.
func (t *truth) saga(id string) *saga {
	g := t.sagas[id]
	if g == nil {
		g = &saga{id: id}
		t.sagas[id] = g
	}
	return g
}

// all are the stories in order.
func (t *truth) all() []*saga {
	var out []*saga
	for _, id := range sortedNames(t.sagas) {
		out = append(out, t.sagas[id])
	}
	return out
}

// read takes in what happened since.
func (t *truth) read() {
	events := t.s.jira.Events()
	for _, e := range events[t.seen:] {
		t.seq++
		t.take(e)
	}
	t.seen = len(events)
}

// take takes in one event.
func (t *truth) take(e jiratest.Event) {
	switch {
	case strings.HasPrefix(e.Name, "sprint_"):
		t.takeSprint(e)
	case e.Issue != nil && strings.HasPrefix(e.Name, "jira:issue"):
		t.takeIssue(e)
	}
}

func (t *truth) takeSprint(e jiratest.Event) {
	switch e.Name {
	case "sprint_created":
		t.sprints[e.Sprint.ID] = birth{seq: t.seq, by: e.Actor, at: e.At}
	case "sprint_started":
		t.starts[e.Sprint.ID]++
	case "sprint_updated":
		if e.OldSprint != nil && e.OldSprint.State == jiratest.SprintClosed && e.Sprint.State == jiratest.SprintActive {
			t.starts[e.Sprint.ID]++
		}
	}
}

func (t *truth) takeIssue(e jiratest.Event) {
	g := t.saga(itoa(e.Issue.ID))
	t.ids[e.Issue.Key] = g.id
	t.touched[e.Issue.ID] = t.seq
	switch e.Name {
	case "jira:issue_created":
		for _, l := range e.Issue.Labels {
			g.acts = append(g.acts, labelAct{seq: t.seq, label: l, on: true, by: e.Issue.Creator, at: e.Issue.Created})
		}
		if e.Actor != t.bot {
			t.moves[e.Issue.ID] = append(t.moves[e.Issue.ID], t.seq)
		}
	case "jira:issue_deleted":
		g.gone = true
	}
	t.taskChanged(e.Issue)
	if e.Change == nil {
		return
	}
	for _, item := range e.Change.Items {
		t.takeItem(g, e, item)
	}
}

func (t *truth) takeItem(g *saga, e jiratest.Event, item jiratest.Item) {
	switch item.Field {
	case "labels":
		from, to := strings.Fields(*item.FromString), strings.Fields(*item.ToString)
		note := func(label string, on bool) {
			g.acts = append(g.acts, labelAct{seq: t.seq, label: label, on: on, by: e.Actor, at: e.Change.Created, change: itoa(e.Change.ID)})
		}
		for _, l := range from {
			if !slices.Contains(to, l) {
				note(l, false)
			}
		}
		for _, l := range to {
			if !slices.Contains(from, l) {
				note(l, true)
			}
		}
	case "project":
		g.moved = t.seq
	case "Sprint":
		t.moves[e.Issue.ID] = append(t.moves[e.Issue.ID], t.seq)
	}
}

// task is the mark of a task as andon writes it.
type simMark struct {
	Disaster string `json:"disaster"`
	Entry    string `json:"entry"`
	Round    int    `json:"round"`
}

// markOf reads the mark of a task of andon's making.
func (t *truth) markOf(i jiratest.Issue) (simMark, bool) {
	raw, ok := i.Properties["andon.task"]
	var m simMark
	return m, ok && i.Creator == t.bot && json.Unmarshal(raw, &m) == nil
}

// taskChanged notes whether a task of the playbook counts as closed.
func (t *truth) taskChanged(i *jiratest.Issue) {
	if _, ok := t.markOf(*i); !ok {
		return
	}
	_, category, resolution := t.s.jira.StatusOf(itoa(i.ID))
	done := category == jiratest.CategoryDone
	refused := slices.Contains([]string{"Won't Do", "Duplicate", "Cannot Reproduce"}, resolution)
	t.tasks[i.ID] = append(t.tasks[i.ID], taskState{seq: t.seq, closed: done && !refused, done: done})
}

// was says whether a property of a task held at any moment since an act.
func was(states []taskState, since int, is func(taskState) bool) bool {
	for i, st := range states {
		if (i+1 == len(states) || states[i+1].seq > since) && is(st) {
			return true
		}
	}
	return false
}
