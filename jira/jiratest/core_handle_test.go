package jiratest

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestPeoplePlanSprints(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		dev := s.j.As("dev@example.com")
		id := must[int64](t)(dev.CreateSprint(s.demo.ShopBoard, "SHOP Sprint 9"))
		try(t, dev.MoveToSprint(id, "SHOP-10"))
		try(t, dev.StartSprint(id, 14*24*time.Hour))
		sp, _ := s.j.Sprint(id)
		if sp.State != SprintActive || sp.End.Sub(sp.Start) != 14*24*time.Hour || !slices.Equal(s.j.SprintIssues(id), []string{"SHOP-10"}) {
			t.Errorf("started: %+v with %v", sp, s.j.SprintIssues(id))
		}
		try(t, dev.MoveToBacklog("SHOP-10"))
		try(t, dev.CloseSprint(id))
		sp, _ = s.j.Sprint(id)
		if sp.State != SprintClosed || sp.Complete.IsZero() || len(s.j.SprintIssues(id)) != 0 {
			t.Errorf("closed: %+v with %v", sp, s.j.SprintIssues(id))
		}
		next := must[int64](t)(dev.CreateSprint(s.demo.ShopBoard, "SHOP Sprint 10"))
		try(t, dev.DeleteSprint(next))
		if _, there := s.j.Sprint(next); there || next <= id {
			t.Errorf("sprint %d is still there, or ids do not grow", next)
		}
	})
}

func TestActsThatTheSiteRefusesComeBackAsErrors(t *testing.T) {
	s := demoSite(t, Cloud)
	po := s.j.As("po@example.com")
	for name, tc := range map[string]struct {
		err    error
		status int
	}{
		"an issue without project":     {second(po.CreateIssue(NewIssue{Summary: "x"})), 400},
		"a comment on nothing":         {second(po.Comment("SHOP-99", "x")), 404},
		"an empty comment":             {second(po.Comment("SHOP-1", "")), 400},
		"a transition of nothing":      {po.Transition("SHOP-99", "Done"), 404},
		"a transition that is not":     {po.Transition("SHOP-1", "Fly"), 400},
		"a sprint on no board":         {second(po.CreateSprint(99, "x")), 404},
		"a start without a sprint":     {po.StartSprint(99, time.Hour), 404},
		"an end of a future sprint":    {po.CloseSprint(2), 400},
		"a move of nothing":            {po.MoveToBacklog("SHOP-99"), 400},
		"a link to nothing":            {po.Link("Blocks", "SHOP-1", "SHOP-99"), 404},
		"an assignment to nobody":      {po.Assign("SHOP-1", "nobody"), 404},
		"a deletion without the right": {po.DeleteIssue("SHOP-1"), 403},
		"an act of nobody":             {s.j.As("x").MoveToBacklog("SHOP-1"), 401},
	} {
		var e *Error
		if !errors.As(tc.err, &e) || e.Status != tc.status {
			t.Errorf("%s: %v, want %d", name, tc.err, tc.status)
		}
	}
	if len(s.j.Events()) != 0 {
		t.Errorf("refused acts left %d events", len(s.j.Events()))
	}
}

func TestActsTakeEffectOncePerCall(t *testing.T) {
	s := demoSite(t, Cloud)
	po := s.j.As("po@example.com")
	try(t, po.AddLabel("SHOP-1", "a", "b"))
	try(t, po.AddLabel("SHOP-1", "b"))
	try(t, po.RemoveLabel("SHOP-1", "c"))
	try(t, po.RemoveLabel("SHOP-1", "a", "b"))
	is, _ := s.j.Issue("SHOP-1")
	if len(is.History) != 2 || len(is.Labels) != 0 {
		t.Errorf("%d entries, labels %v", len(is.History), is.Labels)
	}
	if !is.History[0].Created.Before(is.History[1].Created) || !is.Updated.Equal(is.History[1].Created) {
		t.Errorf("times: %v %v, updated %v", is.History[0].Created, is.History[1].Created, is.Updated)
	}
}

func TestInspectionOfWhatIsNotThere(t *testing.T) {
	s := demoSite(t, Cloud)
	if _, there := s.j.Issue("SHOP-99"); there {
		t.Error("an issue")
	}
	if _, there := s.j.Project("NOPE"); there {
		t.Error("a project")
	}
	if _, there := s.j.Sprint(99); there {
		t.Error("a sprint")
	}
	if _, there := s.j.Board(99); there {
		t.Error("a board")
	}
	if _, there := s.j.User("nobody"); there {
		t.Error("an account")
	}
	if _, there := s.j.RoleID("Nobody"); there {
		t.Error("a role")
	}
	if a, b, c := s.j.StatusOf("SHOP-99"); a+b+c != "" {
		t.Error("a status")
	}
	if len(s.j.Subtasks("SHOP-99"))+len(s.j.Comments("SHOP-99"))+len(s.j.Issues("NOPE")) != 0 {
		t.Error("parts of nothing")
	}
	if _, there := s.j.ProjectProperty("NOPE", "x"); there {
		t.Error("a property of nothing")
	}
}

func TestWhatInspectionGivesIsACopy(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "a"))
	try(t, s.j.As("po@example.com").SetProperty("SHOP-1", "p", 1))
	is, _ := s.j.Issue("SHOP-1")
	is.Labels[0], is.Properties["p"] = "changed", nil
	p, _ := s.j.Project("SHOP")
	p.Actors[10100][0].User, p.IssueTypes[0] = "changed", 9
	again, _ := s.j.Issue("SHOP-1")
	project, _ := s.j.Project("SHOP")
	if again.Labels[0] != "a" || string(again.Properties["p"]) != "1" || again.Summary == "changed" || project.Actors[10100][0].User == "changed" || project.IssueTypes[0] == 9 {
		t.Errorf("the world changed with the copy: %+v %+v", again, project)
	}
}
