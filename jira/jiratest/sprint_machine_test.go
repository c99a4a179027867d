package jiratest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// machine plays people who plan on one board, and knows what must come of it.
type machine struct {
	j       *Jira
	p       *Person
	board   int64
	issues  []string
	subs    map[string]string // sub-task -> parent
	sprints map[int64]string  // id -> state
	open    map[string]int64  // issue -> open sprint
	closed  map[string][]int64
}

func newMachine(t *rapid.T, f Flavour) *machine {
	j := New(Options{Flavour: f})
	m := &machine{j: j, p: j.As("boss@example.com"), subs: map[string]string{}, sprints: map[int64]string{}, open: map[string]int64{}, closed: map[string][]int64{}}
	j.AddUser(User{Email: "boss@example.com"})
	if _, err := j.AddProject(ProjectSpec{Key: "SHOP", Lead: "boss@example.com"}); err != nil {
		t.Fatal(err)
	}
	b, err := j.AddBoard(BoardSpec{Name: "b", Location: "SHOP"})
	if err != nil {
		t.Fatal(err)
	}
	m.board = b.ID
	for i := range 4 {
		key, err := m.p.CreateIssue(NewIssue{Project: "SHOP", Summary: fmt.Sprint("issue ", i)})
		if err != nil {
			t.Fatal(err)
		}
		m.issues = append(m.issues, key)
	}
	sub, err := m.p.CreateIssue(NewIssue{Project: "SHOP", Type: "Sub-task", Summary: "sub", Parent: m.issues[0]})
	if err != nil {
		t.Fatal(err)
	}
	m.subs[sub] = m.issues[0]
	return m
}

// some sprint, or one that is not there.
func (m *machine) anySprint(t *rapid.T) int64 {
	return rapid.Int64Range(1, int64(len(m.sprints))+1).Draw(t, "sprint")
}

func (m *machine) expect(t *rapid.T, err error, allowed bool, what string) bool {
	if (err == nil) != allowed {
		t.Fatalf("%s: allowed %v, but %v", what, allowed, err)
	}
	return allowed
}

func (m *machine) create(t *rapid.T) {
	id, err := m.p.CreateSprint(m.board, fmt.Sprint("Sprint, ", len(m.sprints)))
	if err != nil {
		t.Fatal(err)
	}
	for old := range m.sprints {
		if old >= id {
			t.Fatalf("sprint ids must grow: %d after %d", id, old)
		}
	}
	m.sprints[id] = SprintFuture
}

func (m *machine) start(t *rapid.T) {
	id := m.anySprint(t)
	// Starting an active sprint again only sets its dates.
	if m.expect(t, m.p.StartSprint(id, time.Hour), m.sprints[id] == SprintFuture || m.sprints[id] == SprintActive, "start") {
		m.sprints[id] = SprintActive
	}
}

func (m *machine) finish(t *rapid.T) {
	id := m.anySprint(t)
	if m.expect(t, m.p.CloseSprint(id), m.sprints[id] == SprintActive, "close") {
		m.sprints[id] = SprintClosed
		for _, key := range m.issues {
			if m.open[key] == id {
				delete(m.open, key)
				m.closed[key] = append(m.closed[key], id)
			}
		}
	}
}

func (m *machine) remove(t *rapid.T) {
	id := m.anySprint(t)
	if m.expect(t, m.p.DeleteSprint(id), m.sprints[id] == SprintFuture, "delete") {
		m.sprints[id] = "deleted"
		for _, key := range m.issues {
			if m.open[key] == id {
				delete(m.open, key)
			}
		}
	}
}

func (m *machine) move(t *rapid.T) {
	id := m.anySprint(t)
	keys := rapid.SliceOfNDistinct(rapid.SampledFrom(m.issues), 1, 3, rapid.ID[string]).Draw(t, "issues")
	open := m.sprints[id] == SprintFuture || m.sprints[id] == SprintActive
	if m.expect(t, m.p.MoveToSprint(id, keys...), open, "move") {
		for _, key := range keys {
			m.open[key] = id
		}
	}
}

func (m *machine) backlog(t *rapid.T) {
	key := rapid.SampledFrom(m.issues).Draw(t, "issue")
	if err := m.p.MoveToBacklog(key); err != nil {
		t.Fatal(err)
	}
	delete(m.open, key)
}

func (m *machine) reopen(t *rapid.T) {
	id := m.anySprint(t)
	if !m.expect(t, m.p.ReopenSprint(id), m.sprints[id] == SprintClosed, "reopen") {
		return
	}
	m.sprints[id] = SprintActive
	for _, key := range m.issues {
		if i := slices.Index(m.closed[key], id); i >= 0 {
			m.closed[key] = slices.Delete(slices.Clone(m.closed[key]), i, i+1)
			if m.open[key] == 0 {
				m.open[key] = id
			}
		}
	}
}

func (m *machine) check(t *rapid.T) {
	for id, want := range m.sprints {
		s, there := m.j.Sprint(id)
		if there != (want != "deleted") || there && s.State != want {
			t.Fatalf("sprint %d: there %v, state %q, want %q", id, there, s.State, want)
		}
		if there && s.Complete.IsZero() != (s.State != SprintClosed) {
			t.Fatalf("sprint %d is %s and was completed %v", id, s.State, s.Complete)
		}
	}
	for _, key := range m.issues {
		is, _ := m.j.Issue(key)
		want := slices.Clone(m.closed[key])
		if m.open[key] != 0 {
			want = append(want, m.open[key])
		}
		if !slices.Equal(is.Sprints, want) {
			t.Fatalf("%s is in %v, want %v", key, is.Sprints, want)
		}
		checkHistory(t, is)
	}
	for sub, parent := range m.subs {
		m.checkFollows(t, sub, parent)
	}
}

// checkHistory: from the second entry on, each change starts where the last
// one ended, save for what closing, deleting and reopening sprints do silently
// to the order.
func checkHistory(t *rapid.T, is Issue) {
	for _, ch := range is.History {
		for _, it := range ch.Items {
			if it.Field != "Sprint" || it.From == nil || it.To == nil {
				t.Fatalf("%s: strange entry %+v", is.Key, it)
			}
			if *it.From == *it.To {
				t.Fatalf("%s: an entry that changes nothing: %q", is.Key, *it.From)
			}
			if n := len(strings.Split(*it.To, ", ")); *it.To != "" && n > 0 && strings.Count(*it.ToString, "Sprint, ") != n {
				t.Fatalf("%s: %d ids but names %q", is.Key, n, *it.ToString)
			}
		}
	}
}

func (m *machine) checkFollows(t *rapid.T, sub, parent string) {
	get := func(key string) any {
		b, err := m.p.Do("GET", agile+"/issue/"+key+"?fields=sprint", nil)
		if err != nil {
			t.Fatal(err)
		}
		var v struct {
			Fields struct{ Sprint *struct{ ID int64 } }
		}
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		if v.Fields.Sprint == nil {
			return nil
		}
		return v.Fields.Sprint.ID
	}
	if a, b := get(sub), get(parent); a != b {
		t.Fatalf("%s is in sprint %v, its parent in %v", sub, a, b)
	}
}

func TestSprintsAndMembershipsKeepTheirInvariants(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		rapid.Check(t, func(t *rapid.T) {
			m := newMachine(t, f)
			t.Repeat(map[string]func(*rapid.T){
				"": m.check, "create": m.create, "start": m.start, "close": m.finish, "delete": m.remove,
				"move": m.move, "move more": m.move, "backlog": m.backlog, "reopen": m.reopen,
			})
		})
	})
}
