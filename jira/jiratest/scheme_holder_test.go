package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

func TestHoldersKeepTheirParameters(t *testing.T) {
	const groupID = "00000000-0000-4000-8000-000000a00000"
	for _, c := range []struct {
		name   string
		flav   Flavour
		holder string
		status int
		want   string // of the holder, after expand=all
	}{
		{"anyone", Cloud, `{"type":"anyone"}`, 201, `{"type":"anyone"}`},
		{"the lead", Cloud, `{"type":"projectLead"}`, 201, `{"type":"projectLead"}`},
		{"the assignee", DataCenter, `{"type":"assignee"}`, 201, `{"type":"assignee"}`},
		{"an application role", Cloud, `{"type":"applicationRole","parameter":"jira-software","value":"jira-software"}`, 201, `{"parameter":"jira-software","type":"applicationRole","value":"jira-software"}`},
		{"a role by parameter", DataCenter, `{"type":"projectRole","parameter":"10002"}`, 201, `"parameter":"10002"`},
		{"a role by value alone", Cloud, `{"type":"projectRole","value":"10002"}`, 201, `"parameter":"10002"`},
		{"a role, expanded", Cloud, `{"type":"projectRole","parameter":"10002"}`, 201, `"name":"Administrators"`},
		{"a group by id", Cloud, `{"type":"group","parameter":"old name","value":"` + groupID + `"}`, 201, `"parameter":"jira-administrators"`},
		{"a group by name", DataCenter, `{"type":"group","parameter":"jira-administrators"}`, 201, `"group":{"groupId":"` + groupID + `"`},
		{"a group, with its id", Cloud, `{"type":"group","parameter":"jira-administrators"}`, 201, `"value":"` + groupID + `"`},
		{"a user by account id", Cloud, `{"type":"user","parameter":"712020:dev"}`, 201, `"accountId":"712020:dev"`},
		{"a user by value alone", Cloud, `{"type":"user","value":"712020:dev"}`, 201, `"parameter":"712020:dev"`},
		{"a user by key", DataCenter, `{"type":"user","parameter":"JIRAUSER10101"}`, 201, `"name":"dev"`},
		{"a user by login name", DataCenter, `{"type":"user","parameter":"dev"}`, 400, ""},
		{"a user's custom field", Cloud, `{"type":"userCustomField","parameter":"customfield_10003"}`, 201, `"parameter":"customfield_10003"`},
		{"a custom field without its name", Cloud, `{"type":"groupCustomField"}`, 400, ""},
		{"portal customers", Cloud, `{"type":"sd.customer.portal.only"}`, 201, `{"type":"sd.customer.portal.only"}`},
		{"an app's holder", Cloud, `{"type":"com.example.app"}`, 400, ""},
		{"nobody", Cloud, `{}`, 400, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newRig(t, c.flav)
			body := fmt.Sprintf(`{"permission":"LINK_ISSUES","holder":%s}`, c.holder)
			scheme := s.j.AddScheme(PermissionScheme{Name: "one grant", Grants: []Grant{{Permission: BrowseProjects, Type: "anyone"}}})
			a := s.want(c.status, "boss", "POST", fmt.Sprintf("%s/%d/permission?expand=all", schemePath, scheme.ID), body)
			if c.status == 201 {
				got := string(raw(a.m["holder"]))
				if !strings.Contains(got, c.want) {
					t.Errorf("holder %s, want %s", got, c.want)
				}
			}
		})
	}
}

func TestAnAppsPermissionMayBeCopiedButNotInvented(t *testing.T) {
	s := newRig(t, DataCenter)
	grant := `{"permission":"com.example.app__approve","holder":{"type":"anyone"}}`
	s.want(400, "boss", "POST", schemePath+"/0/permission", grant)
	s.j.AddScheme(PermissionScheme{Name: "the app's", Grants: []Grant{{Permission: "com.example.app__approve", Type: "anyone"}}})
	s.want(201, "boss", "POST", schemePath+"/0/permission", grant)
	s.want(201, "boss", "POST", schemePath+"/0/permission", `{"permission":"`+StartStopSprints+`","holder":{"type":"anyone"}}`)
}

func TestAPermissionCountsForItsHolderAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		grant Grant
		who   map[string]bool
	}{
		{"the lead", Grant{Type: "projectLead"}, map[string]bool{"boss": true, "dev": false}},
		{"a user", Grant{Type: "user", Parameter: "712020:dev"}, map[string]bool{"boss": false, "dev": true}},
		{"a group", Grant{Type: "group", Parameter: GroupAdmins}, map[string]bool{"boss": true, "dev": false}},
		{"a role", Grant{Type: "projectRole", Parameter: "10002"}, map[string]bool{"boss": true, "dev": false}},
		{"every account", Grant{Type: "applicationRole"}, map[string]bool{"boss": true, "dev": true}},
		{"anyone", Grant{Type: "anyone"}, map[string]bool{"boss": true, "dev": true}},
		{"the reporter, who is nobody for a sprint", Grant{Type: "reporter"}, map[string]bool{"boss": false, "dev": false}},
		{"a custom field, which is not simulated", Grant{Type: "userCustomField", Parameter: "customfield_1"}, map[string]bool{"boss": false, "dev": false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newRig(t, Cloud)
			id := s.sprint("One")
			scheme := s.j.AddScheme(PermissionScheme{Name: "one holder"})
			c.grant.Permission = ManageSprints
			s.ok(s.j.SetScheme(scheme.ID, func(p *PermissionScheme) { p.Grants = append(without(p.Grants, ManageSprints), c.grant) }))
			s.ok(s.j.AssignScheme("SHOP", scheme.ID))
			for who, allowed := range c.who {
				a := s.as(who, "POST", sprintURL(id), fmt.Sprintf(`{"goal":%q}`, who))
				if (a.status == 200) != allowed || !allowed && a.status != 403 {
					t.Errorf("%s: %d %s", who, a.status, a.raw)
				}
			}
		})
	}
}
