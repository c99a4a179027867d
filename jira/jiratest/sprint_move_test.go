package jiratest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMovingAnIssueWritesTheSprintChangelog(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		key := s.issue("SHOP", "work", "")
		one := s.started("One", key)
		s.want(200, "boss", "POST", sprintURL(one), `{"state":"closed"}`)
		is, _ := s.j.Issue(key)
		if n := len(is.History); n != 1 {
			t.Fatalf("closing writes no changelog, but there are %d entries", n)
		}
		two := s.sprint("Two")
		s.want(204, "dev", "POST", sprintURL(two)+"/issue", issuesBody(key))
		is, _ = s.j.Issue(key)
		got := is.History[1].Items[0]
		want := Item{Field: "Sprint", FieldType: "custom", FieldID: SprintField, From: ptr("1"), FromString: ptr("One"), To: ptr("1, 2"), ToString: ptr("One, Two")}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if u, _ := s.j.User("dev@example.com"); is.History[1].Author != u.ID {
			t.Errorf("author %q", is.History[1].Author)
		}
		s.want(204, "dev", "POST", agile+"/backlog/issue", issuesBody(key))
		a := s.want(200, "dev", "GET", agile+"/issue/"+key, "")
		if a.dig("fields", "sprint") != nil || a.dig("fields", "closedSprints", 0, "name") != "One" {
			t.Errorf("got %v", a.m["fields"])
		}
	})
}

func TestAMoveIsAllOrNothing(t *testing.T) {
	s := newRig(t, Cloud)
	key := s.issue("SHOP", "work", "")
	sub := s.issue("SHOP", "sub", key)
	id, closed := s.sprint("One"), s.started("Closed")
	s.want(200, "boss", "POST", sprintURL(closed), `{"state":"closed"}`)
	many := slices.Repeat([]string{key}, 51)
	for name, c := range map[string]struct {
		status int
		path   string
		issues []string
	}{
		"an unknown issue":        {400, sprintURL(id) + "/issue", []string{key, "SHOP-99"}},
		"a sub-task":              {400, sprintURL(id) + "/issue", []string{key, sub}},
		"a sub-task to backlog":   {400, agile + "/backlog/issue", []string{key, sub}},
		"51 issues":               {400, sprintURL(id) + "/issue", many},
		"51 issues to backlog":    {400, agile + "/backlog/issue", many},
		"no issue":                {400, sprintURL(id) + "/issue", nil},
		"into a closed sprint":    {400, sprintURL(closed) + "/issue", []string{key}},
		"into a sprint of nobody": {404, sprintURL(999) + "/issue", []string{key}},
	} {
		t.Run(name, func(t *testing.T) {
			s.want(c.status, "dev", "POST", c.path, issuesBody(c.issues...))
			if is, _ := s.j.Issue(key); len(is.Sprints) != 0 {
				t.Errorf("moved to %v", is.Sprints)
			}
		})
	}
	s.j.SetKnobs(func(k *Knobs) { k.SubtaskMove = 204 })
	s.want(204, "dev", "POST", sprintURL(id)+"/issue", issuesBody(key, sub))
	if got := s.j.SprintIssues(id); !cmp.Equal(got, []string{key, sub}) {
		t.Errorf("a sub-task follows its parent: %v", got)
	}
}

func TestMovingNeedsScheduleIssuesButNotManageSprints(t *testing.T) {
	s := newRig(t, Cloud)
	key, id := s.issue("SHOP", "work", ""), s.sprint("One")
	for _, c := range []struct {
		lost   string
		status int
	}{{ManageSprints, 204}, {ScheduleIssues, 403}, {EditIssues, 403}} {
		scheme := s.j.AddScheme(PermissionScheme{Name: "without " + c.lost})
		s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) { p.Grants = without(p.Grants, c.lost) }))
		s.ok(s.j.AssignScheme("SHOP", scheme.ID))
		s.want(c.status, "dev", "POST", sprintURL(id)+"/issue", issuesBody(key))
	}
}

func TestTheBacklogOfABoardIsCloudsAlone(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		a, b := s.issue("SHOP", "a", ""), s.issue("SHOP", "b", "")
		foreign := s.issue("BLOG", "c", "")
		s.started("One", a, b)
		path := fmt.Sprintf("%s/backlog/%d/issue", agile, s.board.ID)
		if f == DataCenter {
			s.want(404, "dev", "POST", path, issuesBody(a))
			return
		}
		s.want(400, "dev", "POST", path, issuesBody(foreign))
		s.j.SetKnobs(func(k *Knobs) { k.RankUnavailable = []string{b} })
		got := s.want(207, "dev", "POST", path, fmt.Sprintf(`{"issues":[%q,%q],"rankAfterIssue":%q}`, a, b, foreign))
		if got.dig("entries", 0, "status") != 200.0 || got.dig("entries", 1, "status") != 503.0 || got.dig("entries", 1, "issueKey") != b {
			t.Errorf("got %s", got.raw)
		}
		if is, _ := s.j.Issue(b); len(is.Sprints) != 0 {
			t.Error("only the ranking failed, the move did not")
		}
	})
}

func TestRankingPutsIssuesInTheOrderGiven(t *testing.T) {
	s := newRig(t, DataCenter)
	var keys []string
	for _, name := range []string{"a", "b", "c", "d"} {
		keys = append(keys, s.issue("SHOP", name, ""))
	}
	order := func() []string {
		return s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/issue?fields=summary", agile, s.board.ID), "").names("issues", "key")
	}
	rank := func(status int, body string) { s.want(status, "dev", "PUT", agile+"/issue/rank", body) }
	rank(204, fmt.Sprintf(`{"issues":[%q,%q],"rankBeforeIssue":%q}`, keys[3], keys[2], keys[0]))
	if got, want := order(), []string{keys[3], keys[2], keys[0], keys[1]}; !cmp.Equal(got, want) {
		t.Errorf("before: %v", got)
	}
	rank(204, fmt.Sprintf(`{"issues":[%q,%q],"rankAfterIssue":%q}`, keys[2], keys[3], keys[1]))
	if got, want := order(), []string{keys[0], keys[1], keys[2], keys[3]}; !cmp.Equal(got, want) {
		t.Errorf("after: %v", got)
	}
	rank(400, fmt.Sprintf(`{"issues":[%q]}`, keys[0]))
	rank(400, fmt.Sprintf(`{"issues":[%q],"rankBeforeIssue":"SHOP-1","rankAfterIssue":"SHOP-2"}`, keys[0]))
	is, _ := s.j.Issue(keys[3])
	if h := is.History[0].Items[0]; h.Field != "Rank" || *h.ToString != "Ranked higher" {
		t.Errorf("changelog %+v", h)
	}
}

func TestTheOldIssueListsCanBeSwitchedOffOnCloud(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		in, out := s.issue("SHOP", "in", ""), s.issue("SHOP", "out", "")
		done := s.issue("SHOP", "done", "")
		s.want(204, "boss", "POST", "/rest/api/2/issue/"+done+"/transitions", `{"transition":{"id":"31"}}`)
		id := s.started("One", in)
		board := fmt.Sprintf("%s/board/%d", agile, s.board.ID)
		lists := map[string][]string{
			sprintURL(id) + "/issue": {in}, board + "/issue": {in, out, done}, board + "/backlog": {out},
			fmt.Sprintf("%s/sprint/%d/issue", board, id): {in},
		}
		for path, want := range lists {
			if got := s.want(200, "dev", "GET", path, "").names("issues", "key"); !cmp.Equal(got, want) {
				t.Errorf("%s: %v, want %v", path, got, want)
			}
		}
		if got := s.want(200, "dev", "GET", board+"/issue?jql=sprint+is+empty&maxResults=1", ""); !cmp.Equal(got.names("issues", "key"), []string{out}) || got.m["total"] != 2.0 {
			t.Errorf("with jql: %s", got.raw)
		}
		s.j.SetKnobs(func(k *Knobs) { k.AgileListsGone = true })
		status := http.StatusGone
		if f == DataCenter {
			status = http.StatusOK
		}
		for path := range lists {
			s.want(status, "dev", "GET", path, "")
		}
		s.want(200, "dev", "GET", agile+"/issue/"+in, "")
	})
}

func TestTheNewListsOfCloudHaveTokensAndLagBehind(t *testing.T) {
	s := newRig(t, Cloud)
	a, b := s.issue("SHOP", "a", ""), s.issue("SHOP", "b", "")
	is, _ := s.j.Issue(b)
	list := fmt.Sprintf("/rest/software/1.0/board/%d/issue?fields=summary", s.board.ID)
	page := s.want(200, "dev", "GET", list+"&maxResults=1", "")
	if !cmp.Equal(page.names("issues", "key"), []string{a}) || page.m["isLast"] != false || page.m["total"] != nil {
		t.Errorf("first page %s", page.raw)
	}
	page = s.want(200, "dev", "GET", list+"&maxResults=1&nextPageToken="+page.str("nextPageToken"), "")
	if !cmp.Equal(page.names("issues", "key"), []string{b}) || page.m["nextPageToken"] != nil {
		t.Errorf("last page %s", page.raw)
	}
	s.want(400, "dev", "GET", list+"&nextPageToken=xx", "")
	s.j.SetKnobs(func(k *Knobs) { k.IndexLagWrites = 1 })
	id := s.sprint("One")
	s.want(204, "dev", "POST", sprintURL(id)+"/issue", issuesBody(b))
	late := fmt.Sprintf("/rest/software/1.0/sprint/%d/issue", id)
	if got := s.want(200, "dev", "GET", late, "").names("issues", "key"); len(got) != 0 {
		t.Errorf("the index should lag: %v", got)
	}
	if got := s.want(200, "dev", "GET", late+"?reconcileIssues="+ids(is.ID), "").names("issues", "key"); !cmp.Equal(got, []string{b}) {
		t.Errorf("reconciled: %v", got)
	}
	if got := s.want(200, "dev", "GET", late+"/approximate-count", ""); got.m["count"] != 0.0 {
		t.Errorf("count %s", got.raw)
	}
	dc := newRig(t, DataCenter)
	dc.want(404, "dev", "GET", list, "")
}

func TestABrowserCanReopenASprintAndCompleteItIntoTheNext(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		open, done := s.issue("SHOP", "open", ""), s.issue("SHOP", "done", "")
		one, two := s.started("One", open, done), s.sprint("Two")
		dev := s.j.As("dev@example.com")
		s.ok(dev.Transition(done, "Done"))
		s.ok(dev.CompleteSprint(one, two))
		if a, b := s.j.SprintIssues(one), s.j.SprintIssues(two); !cmp.Equal(a, []string{open, done}) || !cmp.Equal(b, []string{open}) {
			t.Errorf("one %v, two %v", a, b)
		}
		s.ok(dev.ReopenSprint(one))
		sp, _ := s.j.Sprint(one)
		if sp.State != SprintActive || !sp.Complete.IsZero() {
			t.Errorf("reopened %+v", sp)
		}
		if got := s.j.SprintIssues(one); !cmp.Equal(got, []string{done}) {
			t.Errorf("what was planned elsewhere stays there: %v", got)
		}
		if err := dev.ReopenSprint(one); err == nil || !strings.Contains(err.Error(), "closed") {
			t.Errorf("reopening an active sprint: %v", err)
		}
	})
}

func TestDataCenterStartsAndClosesSprintsByItself(t *testing.T) {
	s := newRig(t, DataCenter)
	id := s.sprint("One")
	s.ok(s.j.As("boss@example.com").SetAutoStartStop(id, true))
	if got := s.j.RunAutoSprints(); !cmp.Equal(got, []int64{id}) {
		t.Fatalf("started %v", got)
	}
	events := s.j.Events()
	if last := events[len(events)-1]; last.Name != "sprint_started" || last.Actor != "" {
		t.Errorf("event %+v", last)
	}
	s.j.Advance(15 * 24 * 3600 * 1e9)
	if sp, _ := s.j.Sprint(id); sp.State != SprintClosed {
		t.Errorf("state %s", sp.State)
	}
}

func TestDataCenterSendsIncompleteIssuesWhereTheSprintSays(t *testing.T) {
	s := newRig(t, DataCenter)
	key := s.issue("SHOP", "open", "")
	one, two := s.started("One", key), s.sprint("Two")
	s.want(200, "boss", "POST", sprintURL(one), fmt.Sprintf(`{"incompleteIssuesDestinationId":%d}`, two))
	s.want(200, "boss", "POST", sprintURL(one), `{"state":"closed"}`)
	if got := s.j.SprintIssues(two); !cmp.Equal(got, []string{key}) {
		t.Errorf("got %v", got)
	}
}

func TestSyncedSprintsHaveDatesForAdministratorsOnly(t *testing.T) {
	s := newRig(t, DataCenter)
	id := s.sprint("One")
	s.want(200, "boss", "POST", sprintURL(id), `{"synced":true}`)
	s.want(403, "dev", "POST", sprintURL(id), `{"endDate":"2026-02-01"}`)
	s.want(400, "boss", "DELETE", sprintURL(id), "")
	s.want(200, "boss", "POST", sprintURL(id), `{"synced":false}`)
	s.want(204, "boss", "DELETE", sprintURL(id), "")
}
