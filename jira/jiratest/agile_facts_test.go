package jiratest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// since gives the names of the events after the first n.
func (s *rig) since(n int) []string {
	names := []string{}
	for _, e := range s.j.Events()[n:] {
		name := e.Name
		if e.TypeName != "" {
			name += " " + e.TypeName
		}
		names = append(names, name)
	}
	return names
}

func TestEachActOnASprintFiresItsEvents(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		key := s.issue("SHOP", "x", "")
		one, two := s.sprint("One"), s.sprint("Two")
		started := []string{"sprint_updated", "sprint_started"}
		if f == DataCenter {
			started = []string{"sprint_started"}
		}
		for _, c := range []struct {
			name, method, path, body string
			want                     []string
		}{
			{"renaming", "POST", sprintURL(one), `{"name":"Uno"}`, []string{"sprint_updated"}},
			{"renaming to the same name", "POST", sprintURL(one), `{"name":"Uno"}`, []string{}},
			{"a goal", "POST", sprintURL(one), `{"goal":"g"}`, []string{"sprint_updated"}},
			{"putting an issue in", "POST", sprintURL(one) + "/issue", issuesBody(key), []string{"jira:issue_updated issue_updated"}},
			{"putting it in again", "POST", sprintURL(one) + "/issue", issuesBody(key), []string{}},
			{"starting", "POST", sprintURL(one), `{"state":"active"}`, started},
			{"saying that it is active", "POST", sprintURL(one), `{"state":"active"}`, []string{}},
			{"closing with a new name", "POST", sprintURL(one), `{"state":"closed","name":"Uno, stopped"}`, []string{"sprint_closed"}},
			{"to the next sprint", "POST", sprintURL(two) + "/issue", issuesBody(key), []string{"jira:issue_updated issue_updated"}},
			{"deleting that", "DELETE", sprintURL(two), "", []string{"sprint_deleted", "jira:issue_updated issue_updated"}},
			{"to the backlog, where it is", "POST", agile + "/backlog/issue", issuesBody(key), []string{}},
		} {
			n := len(s.j.Events())
			if a := s.as("boss", c.method, c.path, c.body); a.status >= 300 {
				t.Fatalf("%s: %d %s", c.name, a.status, a.raw)
			}
			if got := s.since(n); !cmp.Equal(got, c.want) {
				t.Errorf("%s fires %v, want %v", c.name, got, c.want)
			}
		}
	})
}

func TestAnUpdateTellsTheOldValues(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("One")
	s.want(200, "dev", "POST", sprintURL(id), `{"name":"Uno","goal":"g"}`)
	events := s.j.Events()
	e := events[len(events)-1]
	if e.OldSprint.Name != "One" || e.OldSprint.Goal != "" || e.Sprint.Name != "Uno" || e.Sprint.Goal != "g" {
		t.Errorf("old %+v, new %+v", e.OldSprint, e.Sprint)
	}
	if u, _ := s.j.User("dev@example.com"); e.Actor != u.ID {
		t.Errorf("actor %q", e.Actor)
	}
}

func TestWhoMayDoWhatWithASprint(t *testing.T) {
	acts := map[string]func(s *rig, id int64, key string) answer{
		"create": func(s *rig, _ int64, _ string) answer {
			return s.as("dev", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"n","originBoardId":%d}`, s.board.ID))
		},
		"rename": func(s *rig, id int64, _ string) answer { return s.as("dev", "POST", sprintURL(id), `{"name":"n"}`) },
		"replace": func(s *rig, id int64, _ string) answer {
			return s.as("dev", "PUT", sprintURL(id), `{"name":"n"}`)
		},
		"start": func(s *rig, id int64, _ string) answer {
			return s.as("dev", "POST", sprintURL(id), `{"state":"active"}`)
		},
		"delete": func(s *rig, id int64, _ string) answer { return s.as("dev", "DELETE", sprintURL(id), "") },
		"property": func(s *rig, id int64, _ string) answer {
			return s.as("dev", "PUT", sprintURL(id)+"/properties/p", `1`)
		},
		"look": func(s *rig, id int64, _ string) answer { return s.as("dev", "GET", sprintURL(id), "") },
		"fill": func(s *rig, id int64, key string) answer {
			return s.as("dev", "POST", sprintURL(id)+"/issue", issuesBody(key))
		},
		"empty": func(s *rig, _ int64, key string) answer {
			return s.as("dev", "POST", agile+"/backlog/issue", issuesBody(key))
		},
	}
	for _, c := range []struct {
		lost    string
		refused string // acts that need the permission
		status  int
	}{
		{ManageSprints, "create rename replace start delete property", 403},
		{ScheduleIssues, "create rename replace start delete property fill empty", 403},
		{EditIssues, "fill empty", 403},
		{BrowseProjects, "create rename replace start delete property look fill", 404},
		{AddComments, "", 0},
	} {
		for name, act := range acts {
			t.Run(name+" without "+c.lost, func(t *testing.T) {
				s := newRig(t, Cloud)
				id, key := s.sprint("One"), s.issue("SHOP", "x", "")
				scheme := s.j.AddScheme(PermissionScheme{Name: "less"})
				s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) { p.Grants = without(p.Grants, c.lost) }))
				s.ok(s.j.AssignScheme("SHOP", scheme.ID))
				a := act(s, id, key)
				if strings.Contains(" "+c.refused+" ", " "+name+" ") {
					if a.status != c.status {
						t.Errorf("got %d %s", a.status, a.raw)
					}
				} else if a.status >= 300 && name != "empty" {
					t.Errorf("should be allowed: %d %s", a.status, a.raw)
				}
			})
		}
	}
}

func TestAnOrphanedSprintIsManagedThroughItsIssues(t *testing.T) {
	s := newRig(t, Cloud)
	b, err := s.j.AddBoard(BoardSpec{Name: "everything", JQL: "labels = x OR project = SHOP"})
	s.ok(err)
	locked := s.j.AddScheme(PermissionScheme{Name: "locked"})
	s.ok(s.j.SetScheme(locked.ID, func(p *PermissionScheme) { p.Grants = without(p.Grants, ManageSprints) }))
	s.ok(s.j.AssignScheme("BLOG", locked.ID))
	sp, err := s.j.AddSprint(Sprint{Name: "One", OriginBoardID: b.ID})
	s.ok(err)
	s.want(403, "dev", "POST", sprintURL(sp.ID), `{"goal":"a complex filter needs every project"}`)
	s.want(204, "boss", "DELETE", fmt.Sprintf("%s/board/%d", agile, b.ID), "")
	s.want(404, "dev", "GET", sprintURL(sp.ID), "")
	key := s.issue("SHOP", "x", "")
	s.want(200, "boss", "PUT", "/rest/api/2/issue/"+key+"?returnIssue=true", fmt.Sprintf(`{"fields":{%q:%d}}`, SprintField, sp.ID))
	s.want(200, "dev", "POST", sprintURL(sp.ID), `{"goal":"now only the issues count"}`)
}

func TestAnArchivedProjectInTheFilterBlocksItsSprints(t *testing.T) {
	s := newRig(t, DataCenter)
	b, err := s.j.AddBoard(BoardSpec{Name: "both", Location: "SHOP", JQL: "project in (SHOP, BLOG)"})
	s.ok(err)
	sp, err := s.j.AddSprint(Sprint{Name: "One", OriginBoardID: b.ID})
	s.ok(err)
	s.ok(s.j.SetArchived("BLOG", true))
	a := s.want(403, "boss", "POST", sprintURL(sp.ID), `{"goal":"g"}`)
	if !strings.Contains(a.raw, "all projects in the origin board") {
		t.Errorf("text %s", a.raw)
	}
	s.ok(s.j.SetArchived("BLOG", false))
	s.want(200, "boss", "POST", sprintURL(sp.ID), `{"goal":"g"}`)
	if err := s.j.SetArchived("NONE", true); err == nil {
		t.Error("there is no such project")
	}
}

func TestATeamManagedBoardHasSprintsOfItsOwnKind(t *testing.T) {
	s := newRig(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "TEAM", Lead: "boss@example.com", Style: TeamManaged})
	s.ok(err)
	b, err := s.j.AddBoard(BoardSpec{Name: "team", Type: Simple, Location: "TEAM"})
	s.ok(err)
	id := s.want(201, "dev", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"T1","originBoardId":%d}`, b.ID)).id()
	s.ok(s.j.As("dev@example.com").StartSprint(id, 24*3600*1e9))
	if a := s.want(200, "dev", "GET", agile+"/board?projectKeyOrId=TEAM&type=scrum", ""); len(a.names("values", "id")) != 0 {
		t.Errorf("type=scrum hides team-managed boards: %s", a.raw)
	}
	if a := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/sprint?state=active", agile, b.ID), ""); !cmp.Equal(a.names("values", "name"), []string{"T1"}) {
		t.Errorf("got %s", a.raw)
	}
}

func TestStartingByAFullUpdateNeedsTheDatesInIt(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		id := s.sprint("One")
		s.want(400, "boss", "PUT", sprintURL(id), `{"name":"One","state":"active"}`)
		if sp, _ := s.j.Sprint(id); sp.State != SprintFuture || sp.Start.IsZero() {
			t.Errorf("a refused update changes nothing: %+v", sp)
		}
		s.want(200, "boss", "PUT", sprintURL(id), `{"name":"One","state":"active","goal":"g","startDate":"2026-01-05T09:00:00Z","endDate":"2026-01-06T09:00:00Z"}`)
		a := s.want(200, "boss", "PUT", sprintURL(id), `{"name":"One","state":"closed","completeDate":"2015-04-20T11:11:28.008+10:00"}`)
		if a.str("goal") != "" || a.str("state") != "closed" || strings.HasPrefix(a.str("completeDate"), "2015") {
			t.Errorf("the goal is gone and completeDate cannot be set: %s", a.raw)
		}
	})
}

func TestTheBrowserRefusesOffendingIssuesInBothFlavours(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		parent := s.issue("SHOP", "parent", "")
		s.issue("SHOP", "sub", parent)
		id := s.started("One", parent)
		dev := s.j.As("dev@example.com")
		s.ok(dev.Transition(parent, "Done"))
		if err := dev.CompleteSprint(id, 0); err == nil || !strings.Contains(err.Error(), "sub-task") {
			t.Errorf("got %v", err)
		}
		for _, err := range []error{s.j.As("nobody").ReopenSprint(id), dev.ReopenSprint(99), s.j.As("nobody").CompleteSprint(id, 0)} {
			if err == nil {
				t.Error("should be refused")
			}
		}
	})
}

func TestACloneMayGoIntoTheSprintOfItsOriginal(t *testing.T) {
	for keep, n := range map[bool]int{false: 1, true: 2} {
		s := newRig(t, Cloud)
		key := s.issue("SHOP", "x", "")
		id := s.started("One", key)
		s.j.SetKnobs(func(k *Knobs) { k.CloneKeepsSprint = keep })
		_, err := s.j.Clone("dev@example.com", key)
		s.ok(err)
		if got := s.j.SprintIssues(id); len(got) != n {
			t.Errorf("keep %v: %v", keep, got)
		}
	}
}

func TestBoardPropertiesAreWrittenByThoseWhoRunTheBoard(t *testing.T) {
	s := newRig(t, DataCenter)
	p := fmt.Sprintf("%s/board/%d/properties/andon", agile, s.board.ID)
	s.want(403, "dev", "PUT", p, `{"a":1}`)
	s.want(201, "boss", "PUT", p, `{"a":1}`)
	if a := s.want(200, "dev", "GET", p, ""); a.dig("value", "a") != 1.0 {
		t.Errorf("got %s", a.raw)
	}
	s.want(404, "boss", "GET", agile+"/board/99/properties/andon", "")
}

func TestTheDemosSharedBoardShowsSprintsOfBothProjects(t *testing.T) {
	s := demoSite(t, Cloud)
	shown := map[int64]string{s.demo.ShopBoard: "SHOP Sprint 7, SHOP Sprint 8", s.demo.BlogBoard: "BLOG Sprint 3", s.demo.SharedBoard: "SHOP Sprint 7, BLOG Sprint 3, SHOP Sprint 8"}
	for board, want := range shown {
		b, err := s.j.As("sm@example.com").Do("GET", fmt.Sprintf("%s/board/%d/sprint", agile, board), nil)
		if err != nil {
			t.Fatal(err)
		}
		var last int
		for _, name := range strings.Split(want, ", ") {
			at := strings.Index(string(b), name)
			if at < last {
				t.Errorf("board %d: %s is missing or out of order in %s", board, name, b)
			}
			last = at
		}
		if n := strings.Count(string(b), `"originBoardId"`); n != len(strings.Split(want, ", ")) {
			t.Errorf("board %d shows %d sprints", board, n)
		}
	}
}

func TestTheGoAPIRefusesWhatIsNotThere(t *testing.T) {
	s := newRig(t, Cloud)
	if err := s.j.SetBoard(99, func(*Board) {}); err == nil {
		t.Error("there is no board 99")
	}
	if _, err := s.j.AddBoard(BoardSpec{Location: "NONE"}); err == nil {
		t.Error("there is no project NONE")
	}
	if _, err := s.j.AddSprint(Sprint{OriginBoardID: 99}); err == nil {
		t.Error("there is no board 99")
	}
	for _, h := range []Webhook{{URL: "x"}, {URL: "http://x/", Events: []string{"x"}}, {URL: "http://x/", JQL: "project = = x"}} {
		if _, err := s.j.AddWebhook(h); err == nil {
			t.Errorf("%+v should be refused", h)
		}
	}
	if got := s.j.RunAutoSprints(); got != nil {
		t.Errorf("Cloud has no automatic sprints: %v", got)
	}
}

func TestLimitsCountWhatWritesToTheIssue(t *testing.T) {
	for name, c := range map[string]struct {
		method, path, body string
		counted            bool
	}{
		"a comment":      {"POST", "/rest/api/2/issue/SHOP-1/comment", `{"body":"x"}`, true},
		"a property":     {"PUT", "/rest/api/2/issue/SHOP-1/properties/p", `1`, true},
		"a transition":   {"POST", "/rest/api/2/issue/SHOP-1/transitions", `{"transition":{"id":"21"}}`, true},
		"a refused edit": {"PUT", "/rest/api/2/issue/SHOP-1", `{"fields":{"nonsense":1}}`, true},
		"reading":        {"GET", "/rest/api/2/issue/SHOP-1", "", false},
		"a move":         {"POST", agile + "/backlog/issue", `{"issues":["SHOP-1"]}`, false},
		"another issue":  {"PUT", "/rest/api/2/issue/SHOP-2", `{"fields":{"summary":"y"}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newRig(t, Cloud)
			s.issue("SHOP", "a", "")
			s.issue("SHOP", "b", "")
			s.j.SetKnobs(func(k *Knobs) { k.IssueWrites2s, k.IssueWrites30s = 0, 1 })
			s.want(204, "dev", "PUT", "/rest/api/2/issue/10000", `{"fields":{"summary":"x"}}`)
			if a := s.as("dev", c.method, c.path, c.body); (a.status == 429) != c.counted {
				t.Errorf("got %d %s", a.status, a.raw)
			}
		})
	}
}
