package jira_test

import (
	"fmt"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// team is a project as most are: one board, one active sprint with forty unfinished issues.
type team struct {
	key    string
	board  int64
	sprint int64
	// inSprint stands in the sprint, inBacklog nowhere.
	inSprint, inBacklog jiratest.Issue
}

// newTeam adds a project with boards, the first of which has the sprint.
func newTeam(t *testing.T, s *site, key string, boards int) team {
	t.Helper()
	_, err := s.AddProject(jiratest.ProjectSpec{Key: key, Lead: "lead@example.com"})
	must(t, err)
	must(t, s.SetRoleActors(key, "Product Owner", "po@example.com"))
	must(t, s.SetRoleActors(key, "Scrum Master", "sm@example.com"))
	must(t, s.SetRoleActors(key, "Administrators", "group:"+jiratest.GroupAdmins))
	out := team{key: key}
	for n := range boards {
		b, err := s.AddBoard(jiratest.BoardSpec{Name: fmt.Sprintf("%s board %d", key, n), Location: key})
		must(t, err)
		if out.board == 0 {
			out.board = b.ID
		}
	}
	sprint, err := s.AddSprint(jiratest.Sprint{Name: key + " Sprint 1", State: jiratest.SprintActive, Start: s.Now().Add(-time.Hour), End: s.Now().Add(time.Hour), OriginBoardID: out.board})
	must(t, err)
	out.sprint = sprint.ID
	for n := range 40 {
		out.inSprint, err = s.AddIssue(jiratest.IssueSpec{Project: key, Summary: fmt.Sprintf("Work %d", n), Sprints: []int64{sprint.ID}, Creator: "po@example.com"})
		must(t, err)
	}
	out.inBacklog, err = s.AddIssue(jiratest.IssueSpec{Project: key, Summary: "Orders disappear", Creator: "po@example.com"})
	must(t, err)
	return out
}

// handle handles a key and wants no error.
func (m *metered) handle(key string, notes ...string) {
	m.t.Helper()
	m.begin()
	_, err := m.rec.Handle(m.t.Context(), key, notes)
	must(m.t, err)
}

// spent wants a number of calls in a number of round trips.
func (m *metered) spent(calls, writes, trips int) {
	m.t.Helper()
	if len(m.calls) != calls || m.count(true) != writes || m.trips() != trips {
		m.t.Errorf("want %d calls, %d writes, %d round trips; it took %v", calls, writes, trips, m)
	}
}

// declareIn has the Product Owner of a team declare, and looks.
func (m *metered) declareIn(p team, on jiratest.Issue) {
	m.t.Helper()
	must(m.t, m.As("po@example.com").AddLabel(on.Key, "disaster"))
	m.handle("project:"+p.key, ids(on.ID))
	s, _ := m.Sprint(p.sprint)
	want(m.t, "state of the sprint", jiratest.SprintClosed, s.State)
	want(m.t, "tasks", 9, len(m.Subtasks(on.Key)))
	want(m.t, "comments", 1, len(m.Comments(on.Key)))
}

func TestASweepOfASiteWithNothingWrongIsOneSearch(t *testing.T) {
	for _, projects := range []int{2, 40} {
		meter(t, func(t *testing.T, m *metered) {
			for n := range projects {
				newTeam(t, m.site, fmt.Sprintf("T%d", n), 1)
			}
			m.handle("sweep")
			m.handle("sweep")
			m.spent(1, 0, 1)
			m.Advance(2 * time.Minute)
			m.handle("sweep")
			m.spent(2, 0, 1) // and who we are, at the same time
		})
	}
}

func TestAFrozenProjectInWhichNothingHappensCostsOneSearchAndItsBoards(t *testing.T) {
	for _, boards := range []int{1, 3, 7} {
		meter(t, func(t *testing.T, m *metered) {
			p := newTeam(t, m.site, "PAY", boards)
			m.handle("sweep")
			m.declareIn(p, p.inSprint)
			m.handle("project:PAY", ids(p.inSprint.ID)) // what Jira tells of our own acts
			m.handle("project:PAY")
			records := 0
			if m.Flavour() == jiratest.DataCenter {
				records = 1 // whose search does not tell our record
			}
			m.spent(1+boards+records, 0, 1)
		})
	}
}

func TestADeclarationStopsTheLineInTheFourthRoundTrip(t *testing.T) {
	meter(t, func(t *testing.T, m *metered) {
		cloud := m.Flavour() == jiratest.Cloud
		p, q := newTeam(t, m.site, "PAY", 1), newTeam(t, m.site, "BUY", 1)
		m.handle("sweep")
		for _, on := range []struct {
			team
			issue jiratest.Issue
			cloud int
			// dataCenter: the members of the two roles are told by login name alone, the list of
			// projects has no issue types, and the sprint of an issue is text.
			dataCenter int
		}{{p, p.inSprint, 14, 18}, {q, q.inBacklog, 14, 17}} {
			m.declareIn(on.team, on.issue)
			calls := on.dataCenter
			if cloud {
				calls = on.cloud
			}
			m.spent(calls, 6, 6)
			want(t, "round trip of the cancellation", 4, m.tripOf("agile/1.0/sprint"))
			want(t, "the first call of its round trip", m.firstOf(4), "POST agile/1.0/sprint/{}")
		}
		unknown := newTeam(t, m.site, "NEW", 1) // made after the lists were read
		m.declareIn(unknown, unknown.inBacklog)
		want(t, "round trip of the cancellation", 4, m.tripOf("agile/1.0/sprint"))
		want(t, "round trips", 6, m.trips())
	})
}

// firstOf is the first call of a round trip.
func (m *metered) firstOf(trip int) string {
	for _, c := range m.calls {
		if c.trip == trip {
			return c.what
		}
	}
	return ""
}
