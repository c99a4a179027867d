package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

// TestDataCentersThreeSprintPermissions says which of them is enough for what.
func TestDataCentersThreeSprintPermissions(t *testing.T) {
	const dates = `"startDate":"2026-01-05T09:00:00Z","endDate":"2026-01-06T09:00:00Z"`
	for _, c := range []struct {
		name, body          string
		manage, start, edit bool
		active              bool
	}{
		{"starting", `{"state":"active"}`, true, true, false, false},
		{"starting with dates", `{"state":"active",` + dates + `}`, true, true, false, false},
		{"starting with a new name", `{"state":"active","name":"n"}`, true, false, false, false},
		{"closing", `{"state":"closed"}`, true, true, false, true},
		{"closing with a goal", `{"state":"closed","goal":"g"}`, true, false, false, true},
		{"a name", `{"name":"n"}`, true, false, true, false},
		{"a goal", `{"goal":"g"}`, true, false, true, true},
		{"dates alone", `{` + dates + `}`, true, false, false, false},
		{"dates of an active one", `{"endDate":"2026-02-06T09:00:00Z"}`, true, false, false, true},
		{"automation", `{"autoStartStop":true}`, true, false, false, false},
		{"where issues go", `{"incompleteIssuesDestinationId":-1}`, true, false, false, false},
		{"nothing", `{}`, true, false, true, false},
	} {
		for permission, allowed := range map[string]bool{ManageSprints: c.manage, StartStopSprints: c.start, EditSprints: c.edit} {
			t.Run(c.name+" with "+permission, func(t *testing.T) {
				s := newRig(t, DataCenter)
				id := s.sprint("One")
				if c.active {
					s.want(200, "boss", "POST", sprintURL(id), `{"state":"active"}`)
				}
				scheme := s.j.AddScheme(PermissionScheme{Name: "one of three"})
				s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) {
					p.Grants = append(without(p.Grants, ManageSprints), Grant{Permission: permission, Type: "applicationRole"})
				}))
				s.ok(s.j.AssignScheme("SHOP", scheme.ID))
				want := 403
				if allowed {
					want = 200
				}
				s.want(want, "dev", "POST", sprintURL(id), c.body)
			})
		}
	}
}

func TestAFaultKnowsItsCallerByAnyCredentials(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		s.fail(Fault{Kind: FaultStatus, Status: 503, User: "dev@example.com", Times: -1})
		s.want(200, "boss", "GET", "/rest/api/2/myself", "")
		s.want(503, "dev", "GET", "/rest/api/2/myself", "")
		var seen []string
		s.j.BeforeCalls(func(c Call) error { seen = append(seen, c.User); return nil })
		s.want(200, "boss", "GET", "/rest/api/2/myself", "")
		s.want(503, "dev", "GET", "/rest/api/2/myself", "")
		s.j.BeforeCalls(nil)
		if got := strings.Join(seen, " "); got != "boss@example.com dev@example.com" {
			t.Errorf("seen %s", got)
		}
	})
}

func TestSprintsByTheBackDoorAreWhole(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		for _, state := range []string{"", SprintFuture, SprintActive, SprintClosed} {
			sp, err := s.j.AddSprint(Sprint{Name: "by hand", State: state, OriginBoardID: s.board.ID})
			s.ok(err)
			a := s.want(200, "dev", "GET", sprintURL(sp.ID), "")
			if want := map[string]string{"": SprintFuture}[state]; want != "" && a.str("state") != want {
				t.Errorf("got %s", a.raw)
			}
			if (a.m["completeDate"] != nil) != (state == SprintClosed) {
				t.Errorf("%q: %s", state, a.raw)
			}
		}
	})
}

func TestDataCenterShowsAutomationAndDestination(t *testing.T) {
	s := newRig(t, DataCenter)
	a := s.want(201, "boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"a","originBoardId":%d,"autoStartStop":true,"incompleteIssuesDestinationId":-1}`, s.board.ID))
	if a.m["autoStartStop"] != true || a.m["incompleteIssuesDestinationId"] != -1.0 || a.m["synced"] != false || a.m["createdDate"] != nil {
		t.Errorf("got %s", a.raw)
	}
	cloud := newRig(t, Cloud)
	a = cloud.want(201, "boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"a","originBoardId":%d,"autoStartStop":true}`, cloud.board.ID))
	if a.m["autoStartStop"] != nil || a.m["synced"] != nil || a.str("createdDate") == "" {
		t.Errorf("got %s", a.raw)
	}
}

func TestIncompleteIssuesGoToTheBacklogWhenTheSprintSaysSo(t *testing.T) {
	s := newRig(t, DataCenter)
	open, done := s.issue("SHOP", "open", ""), s.issue("SHOP", "done", "")
	id := s.started("One", open, done)
	s.ok(s.j.As("dev@example.com").Transition(done, "Done"))
	s.want(200, "boss", "POST", sprintURL(id), `{"incompleteIssuesDestinationId":-1}`)
	s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
	// The closed sprint stays in the field, so there is nothing to change: the
	// backlog is where an issue without an open sprint is.
	for _, key := range []string{open, done} {
		if is, _ := s.j.Issue(key); len(is.Sprints) != 1 || is.Sprints[0] != id {
			t.Errorf("%s is in %v", key, is.Sprints)
		}
	}
	if got := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/backlog", agile, s.board.ID), "").names("issues", "key"); len(got) != 1 || got[0] != open {
		t.Errorf("backlog %v", got)
	}
}
