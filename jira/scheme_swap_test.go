package jira_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

// swapRig is a rig whose operator has the permissions taken away.
func swapRig(t *testing.T, s *site) *rig {
	t.Helper()
	return newRig(t, s, func(o *jira.Options) { o.Settings.Freeze = rules.FreezePermissions })
}

// scheme is the permission scheme that SHOP uses.
func (r *rig) scheme() jiratest.PermissionScheme {
	p, _ := r.Project("SHOP")
	i := slices.IndexFunc(r.Schemes(), func(s jiratest.PermissionScheme) bool { return s.ID == p.SchemeID })
	return r.Schemes()[i]
}

// memory is the exchange that the project's property tells of.
func (r *rig) memory() rules.Swap {
	raw, _ := r.ProjectProperty("SHOP", "andon")
	var box struct{ Data struct{ Swap rules.Swap } }
	must(r.t, json.Unmarshal(raw, &box))
	return box.Data.Swap
}

// release closes the root-cause task and looks.
func (r *rig) release() jira.Pass {
	r.t.Helper()
	closeCause(r)
	return r.look()
}

func TestTheCopyDiffersByTheSprintPermissionsAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		if s.Flavour() == jiratest.DataCenter {
			must(t, s.SetScheme(0, func(p *jiratest.PermissionScheme) {
				p.Attributes = map[string]string{jira.ExtendedAdministration: "true"}
				p.Grants = append(p.Grants, jiratest.Grant{Permission: jiratest.StartStopSprints, Type: "group", Parameter: "developers", Value: "developers"},
					jiratest.Grant{Permission: jiratest.EditSprints, Type: "anyone"})
			}))
		}
		before := s.Schemes()[0]
		r := swapRig(t, s)
		r.declare()
		copied := r.scheme()
		bot, _ := s.User("andon@example.com")
		var want, got []string
		for _, g := range before.Grants {
			switch g.Permission {
			case jiratest.ManageSprints, jiratest.StartStopSprints, jiratest.EditSprints:
				g.Type, g.Parameter = "user", bot.ID
			}
			if line := g.Permission + " " + g.Type + " " + g.Parameter; !slices.Contains(want, line) {
				want = append(want, line)
			}
		}
		for _, g := range copied.Grants {
			got = append(got, g.Permission+" "+g.Type+" "+g.Parameter)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("grants of the copy:\n%v\nwant:\n%v", got, want)
		}
		want1 := map[bool]string{true: "true"}[s.Flavour() == jiratest.DataCenter]
		want2 := copied.Attributes[jira.ExtendedAdministration]
		if want1 != want2 {
			t.Errorf("extended administration is %q, want %q", want2, want1)
		}
		if m := r.memory(); m.State != rules.SwapInForce || m.Original.ID != 0 || m.Original.Name != before.Name || m.Copy.ID != copied.ID {
			t.Errorf("the property tells %+v", m)
		}
		r.settled()
		r.release()
		want3, _ := json.Marshal(before)
		if now, _ := json.Marshal(r.scheme()); string(now) != string(want3) {
			t.Errorf("the project's own scheme is not as it was: %s", now)
		}
		if m := r.memory(); m != (rules.Swap{}) || len(s.Schemes()) != 1 {
			t.Errorf("left behind: %+v, %d schemes", m, len(s.Schemes()))
		}
		r.settled()
	})
}

func TestWhoMayNotExchangeSchemesIsToldSo(t *testing.T) {
	const scheme = "/rest/api/2/permissionscheme"
	tests := []struct {
		name   string
		faults []jiratest.Fault
		state  rules.SwapState
		why    string
	}{
		{"a 401 to somebody whom Jira knows is a clear no", []jiratest.Fault{{Method: "POST", Path: scheme, Kind: jiratest.FaultStatus, Status: 401, Times: -1}}, rules.SwapGivenUp, "401"},
		{"a 403", []jiratest.Fault{{Method: "POST", Path: scheme, Kind: jiratest.FaultStatus, Status: 403, Times: -1, Body: `{"errorMessages":["Not on this plan."]}`}}, rules.SwapGivenUp, "Not on this plan."},
		{"a holder that is refused", []jiratest.Fault{{Method: "POST", Path: scheme, Kind: jiratest.FaultStatus, Status: 400, Times: -1, Body: `{"errorMessages":["Bad holder."]}`}}, rules.SwapGivenUp, "Bad holder."},
		{"the assignment is refused", []jiratest.Fault{{Method: "PUT", Path: "/rest/api/2/project/*/permissionscheme", Kind: jiratest.FaultStatus, Status: 401, Times: -1}}, rules.SwapGivenUp, "401"},
		{"the scheme may not be read", []jiratest.Fault{{Method: "GET", Path: "/rest/api/2/project/*/permissionscheme", Kind: jiratest.FaultStatus, Status: 401, Times: -1}}, rules.SwapGivenUp, "401"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := swapRig(t, s)
				for _, f := range test.faults {
					r.fault(f)
				}
				p := r.declare()
				r.cancelled()
				if m := r.memory(); m.State != test.state || !strings.Contains(m.Why, test.why) {
					t.Errorf("the property tells %+v", m)
				}
				want(t, "scheme", "Default Permission Scheme", r.scheme().Name)
				want(t, "schemes of the site", 1, len(s.Schemes()))
				want(t, "frozen", true, p.Plan.Frozen)
				r.settled()
			})
		})
	}
}

func TestAPassingFaultOfSchemesIsTriedAgain(t *testing.T) {
	for _, place := range []jiratest.Fault{
		{Method: "POST", Path: "/rest/api/2/permissionscheme"},
		{Method: "GET", Path: "/rest/api/2/permissionscheme"},
		{Method: "PUT", Path: "/rest/api/2/project/*/permissionscheme"},
		{Method: "GET", Path: "/rest/api/2/project/*/permissionscheme"},
	} {
		for _, after := range []bool{false, true} {
			onBoth(t, func(t *testing.T, s *site) {
				r := swapRig(t, s)
				place.Kind, place.Status, place.Times, place.After = jiratest.FaultStatus, 503, -1, after
				id, err := s.Fail(place)
				must(t, err)
				must(t, s.As("po@example.com").AddLabel(r.issue, "disaster"))
				_, err = r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
				r.cancelled()
				if len(s.Subtasks(r.issue)) == 0 {
					t.Errorf("%s %s: the tasks waited for the scheme", place.Method, place.Path)
				}
				if err == nil && place.Path != "/rest/api/2/project/*/permissionscheme" {
					t.Errorf("%s %s: nobody is asked to come back", place.Method, place.Path)
				}
				s.Heal(id)
				r.look()
				want(t, "the property tells", rules.SwapInForce, r.memory().State)
				want(t, "schemes", 2, len(s.Schemes()))
				r.settled()
			})
		}
	}
}

func TestACopyFromBeforeIsBroughtUpToDate(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		p, _ := s.Project("SHOP")
		old := s.AddScheme(jiratest.PermissionScheme{Name: "andon freeze SHOP (old)", Description: "andon-freeze project=" + ids(p.ID) + " original=77.",
			Grants: []jiratest.Grant{{Permission: jiratest.AdministerProject, Type: "anyone"}}})
		second := s.AddScheme(jiratest.PermissionScheme{Name: "andon freeze SHOP (second)", Description: "andon-freeze project=" + ids(p.ID) + " original=0."})
		r := swapRig(t, s)
		r.declare()
		now := r.scheme()
		want(t, "the copy with the lowest id", old.ID, now.ID)
		if slices.ContainsFunc(now.Grants, func(g jiratest.Grant) bool { return g.Type == "anyone" }) {
			t.Error("everybody administers the project, by a copy from before")
		}
		if original, ours := rules.CopyOf(now.Description, ids(p.ID)); !ours || original != 0 {
			t.Errorf("the way back is %d: %s", original, now.Description)
		}
		r.release()
		if slices.ContainsFunc(s.Schemes(), func(p jiratest.PermissionScheme) bool { return p.ID == old.ID || p.ID == second.ID }) {
			t.Error("a copy is left behind")
		}
	})
}

func TestACopyFromBeforeThatSomebodyElseUsesIsNotChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		p, _ := s.Project("SHOP")
		old := s.AddScheme(jiratest.PermissionScheme{Name: "andon freeze SHOP (old)", Description: "andon-freeze project=" + ids(p.ID) + " original=77."})
		must(t, s.AssignScheme("BLOG", old.ID))
		r := swapRig(t, s)
		r.declare()
		if m := r.memory(); m.State != rules.SwapGivenUp || !strings.Contains(m.Why, "in use by BLOG") {
			t.Errorf("the property tells %+v", m)
		}
		b, _ := s.Project("BLOG")
		want(t, "scheme of BLOG", old.ID, b.SchemeID)
		want(t, "scheme of SHOP", "Default Permission Scheme", r.scheme().Name)
	})
}

func TestASchemeThatLetsNobodyManageSprintsIsNotCopied(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		must(t, s.SetPermission("SHOP", jiratest.ManageSprints))
		r := swapRig(t, s)
		_, _ = r.rec.Handle(t.Context(), "project:SHOP", nil)
		must(t, s.As("po@example.com").AddLabel(r.issue, "disaster"))
		r.look(r.id)
		if m := r.memory(); m.State != rules.SwapGivenUp || !strings.Contains(m.Why, "lets nobody manage sprints") {
			t.Errorf("the property tells %+v", m)
		}
	})
}

func TestTheOriginalIsGoneWhenItIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		mine := s.AddScheme(jiratest.PermissionScheme{Name: "Mine"})
		must(t, s.AssignScheme("SHOP", mine.ID))
		r := swapRig(t, s)
		r.declare()
		must(t, deleteScheme(s, mine.ID))
		p := r.release()
		want(t, "frozen", false, p.Plan.Frozen)
		want(t, "watched", true, p.Plan.Watched)
		said := ""
		for _, c := range s.Comments(r.issue) {
			said += c.Body
		}
		if !strings.Contains(said, "It should use the permission scheme \"Mine\"") {
			t.Errorf("nobody is told what to do: %s", said)
		}
		must(t, s.AssignScheme("SHOP", 0))
		r.look()
		want(t, "schemes", 1, len(s.Schemes()))
		want(t, "the property tells", rules.SwapNone, r.memory().State)
	})
}

// deleteScheme deletes a scheme as an administrator does.
func deleteScheme(s *site, id int64) error {
	_, err := s.As("andon@example.com").Do(http.MethodDelete, "/rest/api/2/permissionscheme/"+ids(id), nil)
	return err
}

func TestTwoWorkersEndWithOneCopy(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		s.SetKnobs(func(k *jiratest.Knobs) { k.SchemeNamesShared = true })
		r := swapRig(t, s)
		other := swapRig(t, s)
		done := false
		s.AfterCalls(func(c jiratest.Call) error {
			if !done && c.Method == http.MethodPost && strings.HasSuffix(c.Path, "/permissionscheme") {
				done = true
				other.look(other.id) // while the first one has just made its copy
			}
			return nil
		})
		r.declare()
		s.AfterCalls(nil)
		r.look()
		r.release()
		want(t, "schemes", 1, len(s.Schemes()))
		want(t, "scheme", "Default Permission Scheme", r.scheme().Name)
	})
}

func TestASchemeThatIsGivenWhileTheCopyIsMadeStays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		rules := s.AddScheme(jiratest.PermissionScheme{Name: "Rules", Grants: slices.Clone(s.Schemes()[0].Grants)})
		r := swapRig(t, s)
		s.AfterCalls(func(c jiratest.Call) error {
			if c.Method == http.MethodPost && strings.HasSuffix(c.Path, "/permissionscheme") {
				must(t, s.AssignScheme("SHOP", rules.ID))
			}
			return nil
		})
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
		s.AfterCalls(nil)
		if err == nil || !strings.Contains(err.Error(), "the project's permission scheme changed in the meantime") {
			t.Errorf("error %v", err)
		}
		r.look()
		r.release()
		want(t, "scheme", "Rules", r.scheme().Name)
		want(t, "schemes", 2, len(s.Schemes()))
		r.settled()
	})
}

func TestAnAttributeIsReadAndWrittenAsText(t *testing.T) {
	s := newSite(t, jiratest.DataCenter)
	_, found, err := s.client.SchemeAttribute(t.Context(), 0, jira.ExtendedAdministration)
	must(t, err)
	want(t, "found", false, found)
	must(t, s.client.SetSchemeAttribute(t.Context(), 0, jira.ExtendedAdministration, "true"))
	value, found, err := s.client.SchemeAttribute(t.Context(), 0, jira.ExtendedAdministration)
	must(t, err)
	want(t, "found", true, found)
	want(t, "value", "true", value)
	if err := s.client.SetSchemeAttribute(t.Context(), 0, "..", "true"); !jira.IsInvalid(err) {
		t.Errorf("a key that climbs out of the path: %v", err)
	}
	if err := s.as(t, "dev").SetSchemeAttribute(t.Context(), 0, jira.ExtendedAdministration, "false"); !jira.IsForbidden(err) {
		t.Errorf("somebody who may not: %v", err)
	}
	if err := s.client.ReadOnly().SetSchemeAttribute(t.Context(), 0, jira.ExtendedAdministration, "false"); !jira.IsReadOnly(err) {
		t.Errorf("a dry run writes: %v", err)
	}
}

func TestSchemesAreListedByNameAndReplaced(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		made := s.AddScheme(jiratest.PermissionScheme{Name: "Mine", Description: "d"})
		all, err := s.client.SchemeNames(t.Context())
		must(t, err)
		want(t, "schemes", 2, len(all))
		want(t, "description", "d", all[1].Description)
		must(t, s.client.ReplacePermissionScheme(t.Context(), jira.PermissionScheme{ID: made.ID, Name: "Yours", Description: "e",
			Grants: []jira.Grant{{Permission: "BROWSE_PROJECTS", Holder: jira.Holder{Type: "anyone"}}}}))
		now := s.Schemes()[1]
		want(t, "name", "Yours e", now.Name+" "+now.Description)
		want(t, "grants", 1, len(now.Grants))
		if err := s.as(t, "dev").ReplacePermissionScheme(t.Context(), jira.PermissionScheme{ID: made.ID, Name: "No"}); !jira.IsForbidden(err) {
			t.Errorf("somebody who may not: %v", err)
		}
	})
}
