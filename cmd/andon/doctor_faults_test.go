package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/cmd/andon/internal/doctor"
	"andon/jira/jiratest"
	"andon/rules"
)

// findings are what a doctor's report says beyond a healthy one: "Group/name: verdict".
func (d *desk) findings(args ...string) (found []string, checks map[string]doctor.Check, status int) {
	d.t.Helper()
	out, errs, status := d.run(append([]string{"doctor", "--json"}, args...)...)
	var r doctor.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		d.t.Fatalf("%v in:\n%s%s", err, out, errs)
	}
	checks = map[string]doctor.Check{}
	for _, c := range r.Checks {
		line := fmt.Sprintf("%s/%s: %s", c.Group, c.Name, c.Verdict)
		if c.Verdict != doctor.OK && c.Mend == "" {
			d.t.Errorf("%s does not say how to mend it", line)
		}
		checks[line] = c
		if c.Verdict != doctor.OK && c.Name != "token's end" && c.Name != "TLS" {
			found = append(found, line)
		}
	}
	return found, checks, status
}

// withoutRight is what stops working without a permission.
func withoutRight(permission string) string {
	i := slices.IndexFunc(rules.Rights(), func(r rules.Right) bool { return r.Key == permission })
	return rules.Rights()[i].Without
}

// denied gives a permission in a project to everybody but andon.
func denied(permission string) func(d *desk) {
	return func(d *desk) {
		d.must2(d.jira.SetPermission("SHOP", permission, "po@example.com", "sm@example.com", "dev@example.com", "lead@example.com"))
	}
}

// must2 fails the test if a change of the site failed.
func (d *desk) must2(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// noAdmin takes the administration of Jira away from andon, but not that of the projects.
func noAdmin(d *desk) {
	for _, p := range []string{"SHOP", "BLOG"} {
		d.must2(d.jira.SetRoleActors(p, "Administrators", "andon@example.com", "lead@example.com"))
	}
	d.must2(d.jira.RemoveFromGroup(jiratest.GroupAdmins, "andon@example.com"))
}

// hook replaces andon's webhook.
func hookedAs(change func(h *jiratest.Webhook)) func(d *desk) {
	return func(d *desk) {
		h := d.jira.Webhooks()[0]
		change(&h)
		d.rehook(h)
	}
}

// rehook takes andon's webhook away and registers another by REST, as an administrator.
func (d *desk) rehook(h jiratest.Webhook) {
	d.t.Helper()
	base := "/rest/webhooks/1.0/webhook"
	body := map[string]any{"name": h.Name, "url": h.URL, "events": h.Events, "enabled": h.Enabled, "excludeBody": h.ExcludeBody,
		"filters": map[string]string{"issue-related-events-section": h.JQL}, "secret": h.Secret}
	if d.jira.Flavour() == jiratest.DataCenter {
		base = "/rest/jira-webhook/1.0/webhooks"
		body = map[string]any{"name": h.Name, "url": h.URL, "events": h.Events, "active": fmt.Sprint(h.Enabled),
			"configuration": map[string]string{"EXCLUDE_BODY": fmt.Sprint(h.ExcludeBody), "FILTERS": h.JQL}}
	}
	for _, old := range d.jira.Webhooks() {
		_, err := d.jira.As("andon@example.com").Do("DELETE", base+"/"+itoa(old.ID), nil)
		d.must2(err)
	}
	if h.Name != "" {
		_, err := d.jira.As("andon@example.com").Do("POST", base, body)
		d.must2(err)
	}
}

// faultRows are the faults of a site, and the one line that names each.
func faultRows() []struct {
	name  string
	fault func(d *desk)
	want  string
	seen  string // a part of what was seen
} {
	type row = struct {
		name  string
		fault func(d *desk)
		want  string
		seen  string
	}
	set := func(name, value string) func(d *desk) { return func(d *desk) { d.env[name] = value } }
	rows := []row{
		{"nothing is wrong", func(*desk) {}, "", ""},
		{"the token has ended", set("ANDON_JIRA_TOKEN", "another"), "Jira/sign in: fail", "does not take the token"},
		{"Jira is not there", set("ANDON_JIRA_URL", "http://127.0.0.1:1"), "Jira/reachable: fail", "127.0.0.1:1"},
		{"the path is wrong", func(d *desk) { d.env["ANDON_JIRA_URL"] = d.url + "/nothing" }, "Jira/reachable: fail", "/nothing"},
		{"Jira's clock is far off", func(d *desk) { d.jira.Advance(time.Hour) }, "Jira/clock: fail", "apart"},
		{"Jira's clock is a little off", func(d *desk) { d.jira.Advance(time.Minute) }, "Jira/clock: warn", "apart"},
		{"the account may not administer Jira", noAdmin, "Webhook/registered: unknown", "may not look"},
		{"permissions without administering Jira", func(d *desk) { noAdmin(d); d.env["ANDON_FREEZE"] = "permissions" }, "Jira/Administer Jira: fail, Webhook/registered: unknown", "ANDON_FREEZE=permissions needs it"},
		{"there is no webhook", func(d *desk) { d.rehook(jiratest.Webhook{}) }, "Webhook/registered: fail", "there is none"},
		{"the webhook is another andon's", hookedAs(func(h *jiratest.Webhook) { h.URL = "https://old.example.com/webhooks/jira" }), "Webhook/registered: fail", "old.example.com"},
		{"the webhook is disabled", hookedAs(func(h *jiratest.Webhook) { h.Enabled = false }), "Webhook/enabled: fail", "disabled"},
		{"the webhook has a filter", hookedAs(func(h *jiratest.Webhook) { h.JQL = "labels = disaster" }), "Webhook/filter: fail", "JQL"},
		{"the webhook has a filter by project", hookedAs(func(h *jiratest.Webhook) { h.JQL = "project in (SHOP, BLOG)" }), "Webhook/filter: warn", "project in (SHOP, BLOG)"},
		{"groups may not be looked at", func(d *desk) { d.jira.SetGlobalPermission(jiratest.BrowseUsers, "nobody") }, "Jira/Browse Users and Groups: warn", "not recognised"},
		{"the webhook leaves the body out", hookedAs(func(h *jiratest.Webhook) { h.ExcludeBody = true }), "Webhook/body: fail", "left out"},
		{"the webhook lacks events", hookedAs(func(h *jiratest.Webhook) { h.Events = h.Events[:10] }), "Webhook/events: fail", "board_created, board_updated"},
		{"andon's address is not https", func(d *desk) {
			d.env["ANDON_PUBLIC_URL"] = "http://andon.example.com"
			hookedAs(func(h *jiratest.Webhook) { h.URL = strings.Replace(h.URL, "https", "http", 1) })(d)
		}, "Webhook/ANDON_PUBLIC_URL: warn", "not https"},
		{"andon's address is not set", set("ANDON_PUBLIC_URL", ""), "Webhook/ANDON_PUBLIC_URL: unknown", "not set"},
		{"Redis is away", set("ANDON_REDIS_URL", "redis://127.0.0.1:1"), "Redis/server: fail", "does not answer"},
		{"a project of the settings does not exist", set("ANDON_PROJECTS", "SHOP,GONE"), "Project GONE/Browse Projects: fail", "sees nothing"},
		{"nobody has the role", func(d *desk) { d.must2(d.jira.SetRoleActors("SHOP", "Product Owner")) }, "Project SHOP/Product Owner: warn", "Leo Lead"},
		{"only andon itself has the role", func(d *desk) { d.must2(d.jira.SetRoleActors("SHOP", "Product Owner", "andon@example.com")) }, "Project SHOP/Product Owner: fail", "nobody can declare"},
		{"the named owner is unknown", set("ANDON_PRODUCT_OWNERS", "nobody"), "Project BLOG/Product Owner: fail, Project SHOP/Product Owner: fail", "ANDON_PRODUCT_OWNERS"},
		{"nobody is Scrum Master", func(d *desk) { d.must2(d.jira.SetRoleActors("SHOP", "Scrum Master")) }, "Project SHOP/Scrum Master: warn", "nobody is called"},
		{"a board of the settings does not exist", set("ANDON_BOARDS", "SHOP:99"), "Project SHOP/board 99: fail", "no such board"},
		{"sub-tasks are switched off", func(d *desk) {
			_, err := d.jira.AddProject(jiratest.ProjectSpec{Key: "BARE", Name: "Bare", Lead: "lead@example.com", NoSubtasks: true})
			d.must2(err)
			d.must2(d.jira.SetRoleActors("BARE", "Product Owner", "po@example.com"))
			d.must2(d.jira.SetRoleActors("BARE", "Scrum Master", "sm@example.com"))
			d.must2(d.jira.SetRoleActors("BARE", "Administrators", "group:"+jiratest.GroupAdmins))
		}, "Project BARE/tasks: warn", "no sub-task type"},
		{"a field is required", func(d *desk) {
			d.jira.AddField("customfield_10050", "Impact")
			d.must2(d.jira.SetFieldRules("SHOP", []string{"Sub-task/customfield_10050"}, nil))
		}, "Project SHOP/required fields: fail", "Impact (customfield_10050)"},
		{"a required field is given", func(d *desk) {
			d.jira.AddField("customfield_10050", "Impact")
			d.must2(d.jira.SetFieldRules("SHOP", []string{"Sub-task/customfield_10050"}, nil))
			d.env["ANDON_TASK_FIELDS"] = `{"customfield_10050":"high"}`
		}, "", ""},
		{"labels are from before", func(d *desk) {
			_, err := d.jira.AddIssue(jiratest.IssueSpec{Project: "SHOP", Type: "Task", Summary: "long ago", Labels: []string{"disaster"}, Creator: "po@example.com", Created: time.Now().Add(-1000 * time.Hour)})
			d.must2(err)
		}, "Project SHOP/labels from before: warn", "1 issue"},
		{"issues of a sprint cannot be listed", func(d *desk) {
			d.between = func(rw http.ResponseWriter, req *http.Request) bool {
				body, err := io.ReadAll(req.Body)
				req.Body = io.NopCloser(bytes.NewReader(body))
				if err == nil && !strings.Contains(string(body), "sprint = 1 ") {
					return false
				}
				http.Error(rw, `{"errorMessages":["The index is broken."],"errors":{}}`, http.StatusBadRequest)
				return true
			}
		}, "Project SHOP/would be cancelled: fail", "cannot be read"},
		{"the list on the project was changed", func(d *desk) {
			d.must2(d.jira.SetProperty("SHOP", "andon", json.RawMessage(`{"v":1,"data":{},"mac":"00"}`)))
		}, "Project SHOP/andon's list: warn", "changed by somebody else"},
	}
	for permission, name := range map[string]string{
		jiratest.EditIssues: "Edit Issues", jiratest.ManageSprints: "Manage Sprints", jiratest.ScheduleIssues: "Schedule Issues",
		jiratest.CreateIssues: "Create Issues", jiratest.AddComments: "Add Comments", jiratest.EditOwnComments: "Edit Own Comments",
	} {
		// both projects use the same permission scheme
		rows = append(rows, row{"andon lacks " + name, denied(permission), "Project BLOG/" + name + ": fail, Project SHOP/" + name + ": fail", "missing: " + withoutRight(permission)})
	}
	rows = append(rows,
		row{"andon lacks Link Issues", denied(jiratest.LinkIssues), "Project BLOG/Link Issues: warn, Project SHOP/Link Issues: warn", "not needed"},
		row{"andon lacks Browse Projects", func(d *desk) { denied(jiratest.BrowseProjects)(d); d.env["ANDON_PROJECTS"] = "SHOP" }, "Project SHOP/Browse Projects: fail", "sees nothing"})
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.name, b.name) })
	return rows
}

func TestTheDoctorNamesExactlyTheFault(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]jiratest.Flavour{"Cloud": jiratest.Cloud, "Data Center": jiratest.DataCenter} {
		for _, tt := range faultRows() {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, f)
				d.hooked()
				tt.fault(d)
				found, checks, status := d.findings()
				if got := strings.Join(found, ", "); got != tt.want {
					t.Errorf("it names %q, want %q: %v", got, tt.want, checks)
				}
				first, _, _ := strings.Cut(tt.want, ", ")
				if seen := checks[first].Seen; !strings.Contains(seen, tt.seen) {
					t.Errorf("it saw %q, want %q", seen, tt.seen)
				}
				if want := strings.Contains(tt.want, ": fail"); (status == 1) != want || status > 1 {
					t.Errorf("it ended with %d", status)
				}
			})
		}
	}
}
