package jiratest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASprintLivesFromFutureToActiveToClosed(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		key := s.issue("SHOP", "work", "")
		a := s.want(201, "boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"  One ","originBoardId":%d,"goal":"ship"}`, s.board.ID))
		if a.str("state") != "future" || a.str("name") != "One" || a.m["startDate"] != nil {
			t.Fatalf("created %s", a.raw)
		}
		id := a.id()
		if a := s.want(400, "boss", "POST", sprintURL(id), `{"state":"active"}`); !strings.Contains(a.raw, "start date") {
			t.Errorf("without dates: %s", a.raw)
		}
		s.want(400, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(key))
		a = s.want(200, "boss", "POST", sprintURL(id), `{"state":"active","startDate":"2026-01-05T09:00:00.000Z","endDate":"2026-01-19T09:00:00.000+10:00"}`)
		if a.str("state") != "active" || a.str("endDate") != "2026-01-18T23:00:00.000Z" {
			t.Errorf("started %s", a.raw)
		}
		if (f == Cloud) != (a.m["createdDate"] != nil) || (f == DataCenter) != (a.m["activatedDate"] != nil) {
			t.Errorf("dates of the flavour: %s", a.raw)
		}
		s.want(400, "boss", "POST", sprintURL(id), `{"state":"future"}`)
		a = s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed","name":"One (stopped)","goal":"none"}`)
		if a.str("name") != "One (stopped)" || a.str("goal") != "none" || a.str("completeDate") == "" {
			t.Errorf("closed %s", a.raw)
		}
		for _, state := range []string{"closed", "active", "future", "nonsense"} {
			s.want(400, "boss", "POST", sprintURL(id), fmt.Sprintf(`{"state":%q}`, state))
		}
		if got := s.j.SprintIssues(id); !cmp.Equal(got, []string{key}) {
			t.Errorf("issues after close: %v", got)
		}
	})
}

func TestAClosedSprintTakesNameAndGoalOnCloudAndNothingOnDataCenter(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		id := s.started("One")
		s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		status := 200
		if f == DataCenter {
			status = 400
		}
		a := s.want(status, "boss", "POST", sprintURL(id), `{"name":"Two","goal":"g","startDate":"2020-01-01T00:00:00.000Z"}`)
		if f == Cloud && (a.str("name") != "Two" || a.str("startDate") != "2026-01-05T09:00:00.000Z") {
			t.Errorf("got %s", a.raw)
		}
	})
}

func TestAFullUpdateNullsWhatIsAbsent(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		id := s.sprint("One")
		a := s.want(200, "boss", "PUT", sprintURL(id), `{"name":"One"}`)
		if a.m["startDate"] != nil || a.m["endDate"] != nil || a.str("state") != "future" {
			t.Errorf("dates should be gone: %s", a.raw)
		}
		a = s.want(200, "boss", "PUT", sprintURL(id), `{"goal":"only this"}`)
		if a.m["name"] != nil {
			t.Errorf("the name should be null: %s", a.raw)
		}
	})
}

func TestASprintIsRefused(t *testing.T) {
	s := newRig(t, Cloud)
	kanban, err := s.j.AddBoard(BoardSpec{Name: "K", Type: Kanban, Location: "SHOP"})
	s.ok(err)
	for name, c := range map[string]struct {
		status int
		body   string
	}{
		"without a name":               {400, fmt.Sprintf(`{"originBoardId":%d}`, s.board.ID)},
		"with a blank name":            {400, fmt.Sprintf(`{"name":"  ","originBoardId":%d}`, s.board.ID)},
		"with 31 characters":           {400, fmt.Sprintf(`{"name":%q,"originBoardId":%d}`, strings.Repeat("x", 31), s.board.ID)},
		"without a board":              {400, `{"name":"a"}`},
		"on a board that is not there": {404, `{"name":"a","originBoardId":999}`},
		"on a kanban board":            {400, fmt.Sprintf(`{"name":"a","originBoardId":%d}`, kanban.ID)},
		"ending before it starts":      {400, fmt.Sprintf(`{"name":"a","originBoardId":%d,"startDate":"2026-01-05","endDate":"2026-01-04"}`, s.board.ID)},
		"with a date that is none":     {400, fmt.Sprintf(`{"name":"a","originBoardId":%d,"startDate":"tomorrow"}`, s.board.ID)},
		"with a body that is no JSON":  {400, `{`},
	} {
		t.Run(name, func(t *testing.T) { s.want(c.status, "boss", "POST", agile+"/sprint", c.body) })
	}
	t.Run("but 30 characters are fine", func(t *testing.T) { s.sprint(strings.Repeat("ü", 30)) })
}

func TestOnlyFutureSprintsAreDeletedAndTheirIssuesGoToTheBacklog(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		key := s.issue("SHOP", "work", "")
		id := s.sprint("One")
		s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(key))
		s.want(204, "boss", "DELETE", sprintURL(id), "")
		s.want(404, "boss", "GET", sprintURL(id), "")
		if is := s.want(200, "boss", "GET", agile+"/issue/"+key, ""); is.dig("fields", "sprint") != nil {
			t.Errorf("still in a sprint: %s", is.raw)
		}
		active := s.started("Two")
		s.want(400, "boss", "DELETE", sprintURL(active), "")
		s.j.SetKnobs(func(k *Knobs) { k.DeleteStarted = true })
		status := 204
		if f == DataCenter {
			status = 400
		}
		s.want(status, "boss", "DELETE", sprintURL(active), "")
	})
}

func TestDataCenterDoesNotCloseASprintWithOffendingIssues(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		parent := s.issue("SHOP", "parent", "")
		sub := s.issue("SHOP", "sub", parent)
		id := s.started("One", parent)
		s.want(204, "boss", "POST", "/rest/api/2/issue/"+parent+"/transitions", `{"transition":{"id":"31"}}`)
		status := 200
		if f == DataCenter {
			status = 400
		}
		a := s.want(status, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		if f == Cloud {
			return
		}
		if !strings.Contains(a.raw, sub) {
			t.Errorf("the text names the sub-task: %s", a.raw)
		}
		s.want(204, "boss", "POST", "/rest/api/2/issue/"+sub+"/transitions", `{"transition":{"id":"31"}}`)
		s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
	})
}

func TestManagingASprintNeedsThePermissionInEveryProjectInvolved(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		closed := s.j.AddScheme(PermissionScheme{Name: "no sprints"})
		s.ok(s.j.SetScheme(closed.ID, func(p *PermissionScheme) { p.Grants = without(p.Grants, ManageSprints) }))
		s.ok(s.j.AssignScheme("BLOG", closed.ID))
		id := s.started("One")
		s.want(200, "dev", "POST", sprintURL(id), `{"goal":"mine"}`)
		s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(s.issue("BLOG", "foreign", "")))
		a := s.want(403, "dev", "POST", sprintURL(id), `{"state":"closed"}`)
		if !strings.Contains(a.raw, `You need the \"Manage Sprints\" or \"Start/complete sprints\" permission`) {
			t.Errorf("text: %s", a.raw)
		}
		complex1, err := s.j.AddBoard(BoardSpec{Name: "all", JQL: "labels = x OR project = SHOP"})
		s.ok(err)
		s.want(403, "dev", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"a","originBoardId":%d}`, complex1.ID))
		s.j.SetKnobs(func(k *Knobs) { k.SprintDenied = 400 })
		s.want(400, "dev", "POST", sprintURL(id), `{"state":"closed"}`)
	})
}

func TestDataCenterHasPermissionsOfTheirOwnForStartingAndEditing(t *testing.T) {
	s := newRig(t, DataCenter)
	scheme := s.j.AddScheme(PermissionScheme{Name: "finer"})
	s.ok(s.j.AssignScheme("SHOP", scheme.ID))
	id := s.sprint("One")
	s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) {
		p.Grants = append(without(p.Grants, ManageSprints), Grant{Permission: StartStopSprints, Type: "applicationRole"})
	}))
	s.want(403, "dev", "POST", sprintURL(id), `{"goal":"x"}`)
	s.want(200, "dev", "POST", sprintURL(id), `{"state":"active"}`)
	s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) {
		p.Grants = append(without(p.Grants, StartStopSprints), Grant{Permission: EditSprints, Type: "applicationRole"})
	}))
	s.want(200, "dev", "POST", sprintURL(id), `{"goal":"x"}`)
	s.want(403, "dev", "POST", sprintURL(id), `{"state":"closed"}`)
	s.want(403, "dev", "DELETE", sprintURL(id), ``)
}

func TestSprintPropertiesAreWrittenByThoseWhoManageTheSprint(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("One")
	p := sprintURL(id) + "/properties/andon"
	s.want(201, "boss", "PUT", p, `{"a":1}`)
	s.want(200, "boss", "PUT", p, `{"a":2}`)
	if a := s.want(200, "dev", "GET", p, ""); a.dig("value", "a") != 2.0 {
		t.Errorf("got %s", a.raw)
	}
	if a := s.want(200, "dev", "GET", sprintURL(id)+"/properties", ""); !cmp.Equal(a.names("keys", "key"), []string{"andon"}) {
		t.Errorf("got %s", a.raw)
	}
	s.want(400, "boss", "PUT", sprintURL(id)+"/properties/"+strings.Repeat("k", 256), `1`)
	s.want(204, "boss", "DELETE", p, "")
	s.want(404, "boss", "GET", p, "")
}

func TestSprintsAreListedClosedActiveFutureInPagesOfFifty(t *testing.T) {
	s := newRig(t, Cloud)
	future := s.sprint("future")
	second := s.sprint("second")
	active := s.started("active")
	closed := s.started("closed")
	s.want(200, "boss", "POST", sprintURL(closed), `{"state":"closed"}`)
	list := fmt.Sprintf("%s/board/%d/sprint", agile, s.board.ID)
	a := s.want(200, "dev", "GET", list, "")
	if got := a.names("values", "name"); !cmp.Equal(got, []string{"closed", "active", "future", "second"}) {
		t.Errorf("order %v", got)
	}
	s.want(204, "boss", "POST", sprintURL(future)+"/swap", fmt.Sprintf(`{"sprintToSwapWith":%d}`, second))
	a = s.want(200, "dev", "GET", list+"?state=active,future&maxResults=1000", "")
	if got := a.names("values", "name"); !cmp.Equal(got, []string{"active", "second", "future"}) || a.m["maxResults"] != 50.0 {
		t.Errorf("filtered %s", a.raw)
	}
	a = s.want(200, "dev", "GET", list+"?startAt=1&maxResults=2", "")
	if a.m["isLast"] != false || len(a.names("values", "id")) != 2 || a.m["total"] != 4.0 {
		t.Errorf("page %s", a.raw)
	}
	s.want(400, "dev", "GET", list+"?state=open", "")
	if active == 0 {
		t.Error("no active sprint")
	}
}

func TestASprintShowsOnEveryBoardThatShowsOneOfItsIssues(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("shared")
	s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(s.issue("BLOG", "foreign", "")))
	a := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/sprint", agile, s.board.ID+1), "")
	if got := a.names("values", "name"); !cmp.Equal(got, []string{"shared"}) || a.dig("values", 0, "originBoardId") != float64(s.board.ID) {
		t.Errorf("got %s", a.raw)
	}
}

func without(grants []Grant, permission string) []Grant {
	var out []Grant
	for _, g := range grants {
		if g.Permission != permission {
			out = append(out, g)
		}
	}
	return out
}
