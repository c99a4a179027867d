package jiratest

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
)

func TestTheSeedIsTheDemosWorld(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		d := s.demo
		shop, _ := s.j.Project("SHOP")
		lead, _ := s.j.User("lead@example.com")
		if shop.Style != CompanyManaged || shop.Lead != lead.ID {
			t.Errorf("SHOP: %+v", shop)
		}
		active, _ := s.j.Sprint(d.ActiveSprint)
		future, _ := s.j.Sprint(d.FutureSprint)
		if active.State != SprintActive || future.State != SprintFuture || active.End.IsZero() || !future.Start.IsZero() {
			t.Errorf("sprints: %+v %+v", active, future)
		}
		if in := s.j.SprintIssues(d.ActiveSprint); len(in) < 6 {
			t.Errorf("the active sprint holds %v", in)
		}
		categories := map[string]bool{}
		for _, key := range d.Issues {
			_, c, _ := s.j.StatusOf(key)
			categories[c] = true
		}
		if len(categories) != 3 {
			t.Errorf("states: %v", categories)
		}
		board, _ := s.j.Board(d.ShopBoard)
		shared, _ := s.j.Board(d.SharedBoard)
		blog, _ := s.j.Project("BLOG")
		if board.LocationID != shop.ID || shared.LocationID != blog.ID || board.Type != Scrum {
			t.Errorf("boards: %+v %+v", board, shared)
		}
		s.j.mu.Lock()
		refs, every := s.j.filterProjects(shared.JQL)
		s.j.mu.Unlock()
		if !slices.Equal(refs, []int64{shop.ID, blog.ID}) || every {
			t.Errorf("the shared board references %v", refs)
		}
		if w := s.j.DumpProject("BLOG"); len(w.Sprints) != 1 || w.Sprints[0].State != SprintActive || len(w.Boards) != 2 || len(w.Issues) != 3 {
			t.Errorf("BLOG: %+v", w)
		}
		if _, err := SeedDemo(s.j); err == nil {
			t.Error("a second seed should fail")
		}
	})
}

func TestTheSameStepsGiveTheSameWorld(t *testing.T) {
	run := func() (World, []byte) {
		s := demoSite(t, Cloud)
		po, dev := s.j.As("po@example.com"), s.j.As("dev@example.com")
		try(t, po.AddLabel("SHOP-3", "disaster"))
		must[string](t)(po.CreateIssue(NewIssue{Project: "SHOP", Type: "Sub-task", Parent: "SHOP-3", Summary: "x"}))
		try(t, dev.Transition("SHOP-12", "Done"))
		try(t, dev.Link("Relates", "SHOP-1", "SHOP-2"))
		_, _, body := s.request("po", "GET", "/rest/api/2/search/jql?jql=project%3DSHOP&fields=*all", "")
		return s.j.Dump(), []byte(string(body[:0]) + at(decoded(t, body), "issues.#"))
	}
	w1, b1 := run()
	w2, b2 := run()
	if !reflect.DeepEqual(w1, w2) || string(b1) != string(b2) {
		t.Error("two runs differ")
	}
}

func decoded(t *testing.T, b []byte) any {
	t.Helper()
	var v any
	try(t, json.Unmarshal(b, &v))
	return v
}

func TestADumpIsACopy(t *testing.T) {
	s := demoSite(t, Cloud)
	before, blog := s.j.Dump(), s.j.DumpProject("BLOG")
	before.Issues[0].Labels = append(before.Issues[0].Labels, "x")
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "y"))
	if !reflect.DeepEqual(blog, s.j.DumpProject("BLOG")) {
		t.Error("BLOG changed with an edit in SHOP")
	}
	if reflect.DeepEqual(before, s.j.Dump()) {
		t.Error("the edit cannot be seen in the dump")
	}
	if len(s.j.DumpProject("NOPE").Issues) != 0 {
		t.Error("a project that does not exist has issues")
	}
	if len(before.Sprints) != 3 || len(before.Boards) != 3 || len(before.Users) != 5 || len(before.Users[0].Tokens) != 0 {
		t.Errorf("dump: %d sprints, %d boards, %d users", len(before.Sprints), len(before.Boards), len(before.Users))
	}
}

func TestPeopleActThroughTheSameCodeAsREST(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		po, dev := s.j.As("po@example.com"), s.j.As("dev@example.com")
		key := must[string](t)(po.CreateIssue(NewIssue{Project: "SHOP", Type: "Bug", Summary: "Down", Description: "d", Labels: []string{"disaster"}}))
		sub := must[string](t)(dev.CreateIssue(NewIssue{Project: "SHOP", Type: "Sub-task", Summary: "Fix", Parent: key}))
		try(t, dev.Assign(sub, "dev@example.com"))
		try(t, dev.Assign(sub, ""))
		try(t, dev.Transition(sub, "31", "Duplicate"))
		try(t, po.RemoveLabel(key, "disaster"))
		try(t, po.Edit(key, map[string]any{"summary": "Up"}))
		try(t, po.SetProperty(key, "p", map[string]int{"v": 1}))
		id := must[string](t)(po.Comment(key, "hello"))
		is, _ := s.j.Issue(key)
		subs := s.j.Subtasks(key)
		if is.Summary != "Up" || len(is.History) != 2 || len(subs) != 1 || len(subs[0].History) != 3 || ids(s.j.Comments(key)[0].ID) != id {
			t.Errorf("issue %+v, sub-tasks %+v", is, subs)
		}
		author, _ := s.j.User("po@example.com")
		if is.History[0].Author != author.ID || *is.History[0].Items[0].ToString != "" {
			t.Errorf("history: %+v", is.History[0])
		}
		var e *Error
		if err := dev.DeleteIssue(key); !errors.As(err, &e) || e.Status != 403 {
			t.Errorf("dev deletes: %v", err)
		}
		try(t, s.j.As("lead@example.com").DeleteIssue(key))
		if _, there := s.j.Issue(sub); there {
			t.Error("the sub-task survived")
		}
		if err := s.j.As("ghost@example.com").AddLabel("SHOP-1", "x"); !errors.As(err, &e) || e.Status != 401 {
			t.Errorf("a ghost acts: %v", err)
		}
		if err := po.AddLabel("SHOP-1", "a b"); !errors.As(err, &e) || e.Fields["labels"] == "" {
			t.Errorf("a bad label: %v", err)
		}
		if len(s.j.Calls()) != 0 {
			t.Error("acts of people are among the calls")
		}
	})
}

func TestAClonedIssueCarriesItsLabels(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "disaster"))
	try(t, s.j.As("po@example.com").SetProperty("SHOP-1", "andon", 1))
	c := must[Issue](t)(s.j.Clone("dev@example.com", "SHOP-1"))
	if !slices.Equal(c.Labels, []string{"disaster"}) || c.Creator != "712020:dev" || len(c.Properties) != 0 || c.ParentID != 0 {
		t.Errorf("clone: %+v", c)
	}
	s.run([]step{{
		name: "no history but the link's", as: "po", path: "issue/" + c.Key + "?expand=changelog", status: 200,
		want: map[string]string{
			"changelog.total":                     "1",
			"changelog.histories.0.items.0.field": `"Link"`,
			"fields.issuelinks.0.type.name":       `"Cloners"`,
		},
	}})
	s.j.SetKnobs(func(k *Knobs) { k.CloneCopiesProperties = true })
	c = must[Issue](t)(s.j.Clone("dev@example.com", "SHOP-1"))
	if string(c.Properties["andon"]) != "1" {
		t.Errorf("properties: %v", c.Properties)
	}
	if _, err := s.j.Clone("dev@example.com", "SHOP-99"); err == nil {
		t.Error("cloned what is not there")
	}
}

func TestAMovedIssueAnswersUnderItsOldKey(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		moved := must[Issue](t)(s.j.Move("dev@example.com", "SHOP-1", "BLOG"))
		s.run([]step{
			{
				name: "by the old key, with the new one", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
				want: map[string]string{
					"key":                                 `"BLOG-4"`,
					"id":                                  `"10000"`,
					"fields.project.key":                  `"BLOG"`,
					"changelog.histories.0.items.1.field": `"Key"`,
				},
			},
			{
				name: "its sub-task went along", as: "po", path: "issue/SHOP-8", status: 200,
				want: map[string]string{
					"key":               `"BLOG-5"`,
					"fields.parent.key": `"BLOG-4"`,
				},
			},
			{
				name: "the search knows both", as: "po", path: s.searchPath("key = SHOP-1", "key"), status: 200,
				want: map[string]string{"issues.0.key": `"BLOG-4"`},
			},
		})
		if moved.Key != "BLOG-4" {
			t.Errorf("moved to %s", moved.Key)
		}
		for _, bad := range [][3]string{{"dev@example.com", "SHOP-2", "NOPE"}, {"dev@example.com", "BLOG-5", "SHOP"}, {"dev@example.com", "SHOP-99", "BLOG"}} {
			if _, err := s.j.Move(bad[0], bad[1], bad[2]); err == nil {
				t.Errorf("moved %v", bad)
			}
		}
	})
}

func TestARenamedProjectAnswersUnderItsOldKey(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.RenameProject("SHOP", "STORE"))
	s.run([]step{
		{
			name: "project", as: "po", path: "project/SHOP", status: 200,
			want: map[string]string{"key": `"STORE"`},
		},
		{
			name: "issue", as: "po", path: "issue/SHOP-1", status: 200,
			want: map[string]string{"key": `"STORE-1"`},
		},
		{
			name: "search", as: "po", path: s.searchPath("project = SHOP", "key"), status: 200,
			want: map[string]string{"issues.#": "11"},
		},
	})
	if s.j.RenameProject("STORE", "BLOG") == nil || s.j.RenameProject("NOPE", "X") == nil {
		t.Error("renamed to a taken key, or nothing")
	}
}

func TestSettingUpRefusesWhatCannotBe(t *testing.T) {
	s := demoSite(t, Cloud)
	j := s.j
	for name, err := range map[string]error{
		"a project without lead":      second(j.AddProject(ProjectSpec{Key: "X"})),
		"a project twice":             second(j.AddProject(ProjectSpec{Key: "SHOP", Lead: "lead@example.com"})),
		"an issue without project":    second(j.AddIssue(IssueSpec{Project: "X"})),
		"an issue of no type":         second(j.AddIssue(IssueSpec{Project: "SHOP", Type: "X"})),
		"an issue of no status":       second(j.AddIssue(IssueSpec{Project: "SHOP", Status: "X"})),
		"an issue of no resolution":   second(j.AddIssue(IssueSpec{Project: "SHOP", Resolution: "X"})),
		"an issue of no parent":       second(j.AddIssue(IssueSpec{Project: "SHOP", Parent: "X-1"})),
		"an issue by nobody":          second(j.AddIssue(IssueSpec{Project: "SHOP", Creator: "x"})),
		"an issue reported by none":   second(j.AddIssue(IssueSpec{Project: "SHOP", Reporter: "x"})),
		"an issue assigned to none":   second(j.AddIssue(IssueSpec{Project: "SHOP", Assignee: "x"})),
		"an issue in no sprint":       second(j.AddIssue(IssueSpec{Project: "SHOP", Sprints: []int64{99}})),
		"a member who does not exist": j.SetRoleActors("SHOP", "R", "x"),
		"a role of no project":        j.SetRoleActors("X", "R"),
		"a group of nobody":           second(j.AddGroup("g", "x")),
		"a board of no project":       second(j.AddBoard(BoardSpec{Location: "X"})),
		"a sprint of no board":        second(j.AddSprint(Sprint{OriginBoardID: 99})),
		"hiding nothing":              j.Hide("X-1"),
		"hiding from nobody":          j.Hide("SHOP-1", "x"),
		"a token for nobody":          j.AddToken("x", Token{}),
		"a property of no issue":      j.SetIssueProperty("X-1", "p", nil),
		"a property of no project":    j.SetProperty("X", "p", nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	try(t, j.SetIssueProperty("SHOP-1", "p", json.RawMessage("1")))
	try(t, j.SetProperty("SHOP", "p", json.RawMessage("1")))
	if id := j.AddStatus("In Review", CategoryIndeterminate); id != 10003 {
		t.Errorf("status %d", id)
	}
	if id := j.AddIssueType(IssueType{Name: "Unteraufgabe", Subtask: true}); id != 10005 {
		t.Errorf("type %d", id)
	}
	if len(j.Issues("")) != 14 || len(j.Issues("BLOG")) != 3 || len(j.Sprints()) != 3 {
		t.Error("counts of issues or sprints")
	}
}

func second[T any](_ T, err error) error { return err }
