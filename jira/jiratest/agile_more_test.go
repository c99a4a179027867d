package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

func TestDataCenterListsItsSprintPermissions(t *testing.T) {
	s := newRig(t, DataCenter)
	a := s.want(200, "dev", "GET", "/rest/api/2/mypermissions?projectKey=SHOP", "")
	if a.dig("permissions", StartStopSprints, "havePermission") != false || a.dig("permissions", ManageSprints, "havePermission") != true {
		t.Errorf("got %.300s", a.raw)
	}
	cloud := newRig(t, Cloud)
	cloud.want(400, "dev", "GET", "/rest/api/2/mypermissions?projectKey=SHOP&permissions="+StartStopSprints, "")
}

func TestASiteWithoutParallelSprintsHasOneActiveSprintABoard(t *testing.T) {
	s := newRig(t, Cloud)
	s.started("One")
	s.started("Two")
	s.j.SetKnobs(func(k *Knobs) { k.SingleSprint = true })
	id := s.sprint("Three")
	a := s.want(400, "boss", "POST", sprintURL(id), `{"state":"active"}`)
	if !strings.Contains(a.raw, "parallel") {
		t.Errorf("text %s", a.raw)
	}
}

func TestClosingAgainMayBeASuccessWithoutEffect(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		id := s.started("One")
		s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		before, _ := s.j.Sprint(id)
		s.j.SetKnobs(func(k *Knobs) { k.CloseAgain = 200 })
		s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		if after, _ := s.j.Sprint(id); !after.Complete.Equal(before.Complete) {
			t.Errorf("completed again: %v", after.Complete)
		}
	})
}

func TestDeletingASprintMayBeSilent(t *testing.T) {
	for silent, entries := range map[bool]int{true: 1, false: 2} {
		s := newRig(t, Cloud)
		s.j.SetKnobs(func(k *Knobs) { k.DeleteSilent = silent })
		key, id := s.issue("SHOP", "x", ""), s.sprint("One")
		s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(key))
		s.want(204, "boss", "DELETE", sprintURL(id), "")
		if is, _ := s.j.Issue(key); len(is.History) != entries || len(is.Sprints) != 0 {
			t.Errorf("silent %v: %+v", silent, is.History)
		}
	}
}

func TestASprintIsSharedByTheIssuesOfEveryProjectInIt(t *testing.T) {
	s := newRig(t, Cloud)
	id := s.sprint("One")
	foreign := s.issue("BLOG", "foreign", "")
	s.want(204, "boss", "POST", sprintURL(id)+"/issue", issuesBody(foreign))
	closed := s.j.AddScheme(PermissionScheme{Name: "hidden"})
	s.ok(s.j.SetScheme(closed.ID, func(p *PermissionScheme) { p.Grants = without(p.Grants, BrowseProjects) }))
	s.ok(s.j.AssignScheme("SHOP", closed.ID))
	s.want(200, "dev", "GET", sprintURL(id), "")
	s.ok(s.j.AssignScheme("BLOG", closed.ID))
	s.want(404, "dev", "GET", sprintURL(id), "")
}

func TestWebhooksOfSubtasksAndByTheGatewayAreKnobs(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.hook(k, Webhook{Events: []string{"issuelink_created", "sprint_created"}})
	parent := s.issue("SHOP", "parent", "")
	s.issue("SHOP", "quiet", parent)
	s.j.SetKnobs(func(k *Knobs) { k.SubtaskLinkEvents, k.RetryHeaderZero, k.WebhookCreatedDate = true, true, true })
	s.issue("SHOP", "loud", parent)
	s.sprint("One")
	s.j.DeliverAll(t.Context())
	if len(k.got) != 2 || !strings.Contains(string(k.got[0].body), `"isSubTaskLinkType":true`) || !strings.Contains(string(k.got[1].body), "createdDate") {
		t.Fatalf("got %v", k.events())
	}
	if h := k.got[0].header; h.Get("X-Atlassian-Webhook-Retry") != "0" || h.Get("X-Atlassian-Webhook-Flow") != "Secondary" {
		t.Errorf("headers %v", h)
	}
	s.ok(s.j.AddToken("boss@example.com", Token{Secret: "scoped", Kind: APIToken, Scoped: true}))
	gateway := func(status int) {
		t.Helper()
		req := s.request("GET", "/ex/jira/11111111-2222-4333-8444-555555555555"+hooksPath)
		req.SetBasicAuth("boss@example.com", "scoped")
		if got := s.send(req); got != status {
			t.Errorf("status %d, want %d", got, status)
		}
	}
	gateway(200)
	s.j.SetKnobs(func(k *Knobs) { k.WebhooksNotByGateway, k.WebhookHTTPSOnly = true, true })
	gateway(404)
	s.want(400, "boss", "POST", hooksPath, `{"name":"x","url":"http://x/"}`)
	s.want(201, "boss", "POST", hooksPath, `{"name":"x","url":"https://x/"}`)
}

func TestTheAgileIssueExpandsAndFilters(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		key := s.issue("SHOP", "x", "")
		one := s.started("One", key)
		s.want(200, "boss", "POST", sprintURL(one), `{"state":"closed"}`)
		two := s.started("Two", key)
		a := s.want(200, "dev", "GET", agile+"/issue/"+key+"?fields=sprint,closedSprints&expand=changelog", "")
		if a.dig("fields", "sprint", "id") != float64(two) || a.dig("fields", "closedSprints", 0, "id") != float64(one) || a.dig("fields", "summary") != nil {
			t.Errorf("fields %v", a.m["fields"])
		}
		if a.dig("changelog", "total") != 2.0 || !strings.Contains(a.str("self"), agile) {
			t.Errorf("got %.400s", a.raw)
		}
		a = s.want(200, "dev", "GET", agile+"/issue/"+key+"?fields=-sprint,*all", "")
		if _, there := a.m["fields"].(map[string]any)["sprint"]; there || a.dig("fields", "summary") != "x" {
			t.Errorf("fields %v", a.m["fields"])
		}
		s.want(404, "dev", "GET", agile+"/issue/SHOP-99", "")
	})
}

func TestPathsThatAreNoNumbersFindNothing(t *testing.T) {
	s := newRig(t, Cloud)
	for _, path := range []string{"/sprint/x", "/board/x", "/board/x/sprint", "/board/99/project", "/board/99/configuration", "/board/99/features",
		"/board/99/backlog", "/board/99/sprint/1/issue", fmt.Sprintf("/board/%d/sprint/99/issue", s.board.ID), "/sprint/99/properties", "/sprint/99/issue"} {
		s.want(404, "boss", "GET", agile+path, "")
	}
	s.want(404, "boss", "POST", agile+"/sprint/99/swap", `{}`)
	s.want(404, "boss", "DELETE", agile+"/sprint/99", "")
	s.want(404, "boss", "GET", schemePath+"/x", "")
	s.want(404, "boss", "GET", "/rest/api/2/project/NONE/permissionscheme", "")
}
