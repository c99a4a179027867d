package jiratest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBoardsOfAProjectAreThoseWhoseFilterReferencesIt(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		for _, b := range []BoardSpec{
			{Name: "shared", Location: "BLOG", JQL: "project in (BLOG, SHOP) ORDER BY Rank"},
			{Name: "complex", JQL: "labels = x OR project = BLOG"},
			{Name: "team", Type: Simple, Location: "SHOP"},
			{Name: "kanban", Type: Kanban, Location: "SHOP"},
		} {
			_, err := s.j.AddBoard(b)
			s.ok(err)
		}
		for query, want := range map[string][]string{
			"projectKeyOrId=SHOP":               {"SHOP board", "shared", "complex", "team", "kanban"},
			"projectKeyOrId=SHOP&type=scrum":    {"SHOP board", "shared", "complex"},
			"projectKeyOrId=SHOP&name=SH":       {"SHOP board", "shared"},
			"projectLocation=SHOP":              {"SHOP board", "team", "kanban"},
			"type=kanban,simple&orderBy=name":   {"kanban", "team"},
			"projectKeyOrId=BLOG&orderBy=-name": {"shared", "complex", "BLOG board"},
		} {
			if got := s.want(200, "dev", "GET", agile+"/board?"+query, "").names("values", "name"); !cmp.Equal(got, want) {
				t.Errorf("%s: %v, want %v", query, got, want)
			}
		}
		s.want(400, "dev", "GET", agile+"/board?projectKeyOrId=NONE", "")
		a := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d", agile, s.board.ID), "")
		if a.dig("location", "projectKey") != "SHOP" || a.str("type") != Scrum {
			t.Errorf("board %s", a.raw)
		}
		if (f == Cloud) != (a.m["isPrivate"] == false) {
			t.Errorf("isPrivate: %s", a.raw)
		}
		s.j.SetKnobs(func(k *Knobs) { k.NoLocation = true })
		if a := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d", agile, s.board.ID), ""); a.m["location"] != nil {
			t.Errorf("location should be hidden: %s", a.raw)
		}
	})
}

func TestBoardsComeFiftyAtATime(t *testing.T) {
	s := newRig(t, Cloud)
	for i := range 60 {
		_, err := s.j.AddBoard(BoardSpec{Name: fmt.Sprint("b", i), Location: "SHOP"})
		s.ok(err)
	}
	a := s.want(200, "dev", "GET", agile+"/board?maxResults=1000", "")
	if n := len(a.names("values", "id")); n != 50 || a.m["isLast"] != false || a.m["total"] != 62.0 {
		t.Errorf("%d values: isLast %v, total %v", n, a.m["isLast"], a.m["total"])
	}
	if a := s.want(200, "dev", "GET", agile+"/board?startAt=50", ""); len(a.names("values", "id")) != 12 || a.m["isLast"] != true {
		t.Errorf("second page %v", a.m["isLast"])
	}
}

func TestABoardWithoutSprintsSaysSo(t *testing.T) {
	s := newRig(t, Cloud)
	for spec, status := range map[BoardSpec]int{
		{Name: "kanban", Type: Kanban, Location: "SHOP"}:                        400,
		{Name: "team", Type: Simple, Location: "SHOP"}:                          200,
		{Name: "team without", Type: Simple, Location: "SHOP", NoSprints: true}: 400,
	} {
		b, err := s.j.AddBoard(spec)
		s.ok(err)
		a := s.want(status, "dev", "GET", fmt.Sprintf("%s/board/%d/sprint", agile, b.ID), "")
		if status == 400 && a.raw != `{"errorMessages":["The board does not support sprints"],"errors":{}}` {
			t.Errorf("text %s", a.raw)
		}
		f := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/features", agile, b.ID), "")
		want := map[int]string{200: "ENABLED", 400: "DISABLED"}[status]
		if f.dig("features", 1, "boardFeature") != "SPRINTS" || f.dig("features", 1, "state") != want {
			t.Errorf("%s: %s", spec.Name, f.raw)
		}
	}
	dc := newRig(t, DataCenter)
	dc.want(404, "dev", "GET", fmt.Sprintf("%s/board/%d/features", agile, dc.board.ID), "")
}

func TestABoardIsMadeFromAFilterAndLeavesItsSprintsBehind(t *testing.T) {
	s := newRig(t, Cloud)
	filter := s.j.AddFilter("project = SHOP")
	body := func(kind string, filter int64) string {
		return fmt.Sprintf(`{"name":"new","type":%q,"filterId":%d,"location":{"type":"project","projectKeyOrId":"SHOP"}}`, kind, filter)
	}
	s.want(400, "dev", "POST", agile+"/board", body("simple", filter))
	s.want(400, "dev", "POST", agile+"/board", body("scrum", 99))
	b := s.want(201, "dev", "POST", agile+"/board", body("scrum", filter)).id()
	sp := s.want(201, "dev", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"a","originBoardId":%d}`, b)).id()
	key := s.issue("SHOP", "x", "")
	s.want(204, "dev", "POST", sprintURL(sp)+"/issue", issuesBody(key))
	path := fmt.Sprintf("%s/board/%d", agile, b)
	s.want(403, "dev", "DELETE", path, "")
	s.want(204, "boss", "DELETE", path, "")
	s.want(404, "boss", "GET", path, "")
	if a := s.want(200, "dev", "GET", sprintURL(sp), ""); a.m["originBoardId"] != float64(b) {
		t.Errorf("orphan %s", a.raw)
	}
	var names []string
	for _, e := range s.j.Events() {
		names = append(names, e.Name)
	}
	want := []string{"board_created", "sprint_created", "jira:issue_created", "jira:issue_updated", "board_deleted"}
	if !cmp.Equal(names, want) {
		t.Errorf("events %v", names)
	}
}

func TestABoardTellsItsProjectsAndColumns(t *testing.T) {
	s := newRig(t, DataCenter)
	shared, err := s.j.AddBoard(BoardSpec{Name: "shared", JQL: "project in (BLOG, SHOP)"})
	s.ok(err)
	path := fmt.Sprintf("%s/board/%d", agile, shared.ID)
	if got := s.want(200, "dev", "GET", path+"/project", "").names("values", "key"); !cmp.Equal(got, []string{"SHOP", "BLOG"}) {
		t.Errorf("projects %v", got)
	}
	c := s.want(200, "dev", "GET", path+"/configuration", "")
	if c.dig("columnConfig", "columns", 2, "name") != "Done" || c.dig("columnConfig", "columns", 2, "statuses", 0, "id") != "10002" ||
		c.dig("filter", "id") != ids(shared.FilterID) || c.dig("ranking", "rankCustomFieldId") != 10019.0 {
		t.Errorf("configuration %s", c.raw)
	}
	if got := s.want(200, "dev", "GET", agile+"/board/filter/"+ids(shared.FilterID), "").names("values", "name"); !cmp.Equal(got, []string{"shared"}) {
		t.Errorf("by filter %v", got)
	}
}

func TestAgileAnswersByTheLicenceAndTheLogin(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		status := 200
		if f == DataCenter {
			status = 401
		}
		a := s.want(status, "", "GET", agile+"/board", "")
		if f == Cloud && len(a.names("values", "id")) != 0 {
			t.Errorf("an anonymous visitor sees nothing: %s", a.raw)
		}
		for licence, status := range map[SoftwareLicence]int{Unlicensed: 403, LoginPage: 200, AgileMissing: 404} {
			s.j.SetKnobs(func(k *Knobs) { k.Licence = licence })
			a := s.want(status, "dev", "GET", agile+"/board", "")
			if html := a.header.Get("Content-Type") == "text/html;charset=UTF-8"; html != (licence == LoginPage) {
				t.Errorf("licence %d: content type %s", licence, a.header.Get("Content-Type"))
			}
		}
	})
}

func TestAProjectOneCannotBrowseHidesItsBoardAndSprints(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("One")
	scheme := s.j.AddScheme(PermissionScheme{Name: "closed"})
	boss, _ := s.j.User("boss@example.com")
	s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) {
		p.Grants = append(without(p.Grants, BrowseProjects), Grant{Permission: BrowseProjects, Type: "user", Parameter: boss.ID})
	}))
	s.ok(s.j.AssignScheme("SHOP", scheme.ID))
	s.want(404, "dev", "GET", sprintURL(id), "")
	s.want(404, "dev", "GET", fmt.Sprintf("%s/board/%d/sprint", agile, s.board.ID), "")
	s.want(404, "dev", "POST", sprintURL(id), `{"state":"active"}`)
	s.want(200, "boss", "GET", sprintURL(id), "")
}
