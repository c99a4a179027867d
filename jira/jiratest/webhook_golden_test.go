package jiratest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// goldenSite is a site with a fixed address and clock, one board and one webhook.
func goldenSite(t *testing.T, f Flavour) (*Jira, *Person) {
	t.Helper()
	now := time.Date(2026, 1, 5, 9, 0, 0, 37e6, time.UTC)
	j := New(Options{Flavour: f, BaseURL: "https://x.example.com", Now: func() time.Time { return now }})
	j.AddUser(User{Email: "boss@example.com", DisplayName: "Bo Ss"})
	if _, err := j.AddProject(ProjectSpec{Key: "SHOP", Name: "Shop", Lead: "boss@example.com"}); err != nil {
		t.Fatal(err)
	}
	if _, err := j.AddBoard(BoardSpec{Name: "b", Location: "SHOP"}); err != nil {
		t.Fatal(err)
	}
	if _, err := j.AddWebhook(Webhook{URL: "http://andon/", Events: append(allEvents(), "project_archived", "issuelink_deleted", "issue_property_deleted")}); err != nil {
		t.Fatal(err)
	}
	return j, j.As("boss@example.com")
}

// lastBody is the newest delivery's body, indented.
func lastBody(t *testing.T, j *Jira) string {
	t.Helper()
	all := j.Deliveries()
	if len(all) == 0 {
		t.Fatal("nothing was sent")
	}
	var out bytes.Buffer
	if err := json.Indent(&out, all[len(all)-1].Body, "", " "); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// golden compares JSON texts without regard to white space.
func golden(t *testing.T, got, want string) {
	t.Helper()
	var g, w any
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatalf("the golden is no JSON: %v", err)
	}
	if a, b := string(raw(g)), string(raw(w)); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
}

func TestASprintsLifeInWebhooks(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		j, p := goldenSite(t, f)
		id, err := p.CreateSprint(1, "S")
		if err != nil {
			t.Fatal(err)
		}
		const head = `"timestamp":1767603600037,"webhookEvent":`
		future := `"id":1,"self":"https://x.example.com/rest/agile/1.0/sprint/1","state":"future","name":"S","originBoardId":1`
		golden(t, lastBody(t, j), `{`+head+`"sprint_created","sprint":{`+future+`}}`)
		if err := p.do("POST", sprintPath+ids(id), obj{"goal": "g"}); err != nil {
			t.Fatal(err)
		}
		golden(t, lastBody(t, j), `{`+head+`"sprint_updated","sprint":{`+future+`,"goal":"g"},"oldValue":{`+future+`}}`)
		if err := p.StartSprint(id, time.Hour); err != nil {
			t.Fatal(err)
		}
		active := strings.Replace(future, `"future"`, `"active"`, 1) + `,"goal":"g","startDate":"2026-01-05T09:00:00.037Z","endDate":"2026-01-05T10:00:00.037Z"`
		golden(t, lastBody(t, j), `{`+head+`"sprint_started","sprint":{`+active+`}}`)
		if err := p.CloseSprint(id); err != nil {
			t.Fatal(err)
		}
		closed := strings.Replace(active, `"active"`, `"closed"`, 1) + `,"completeDate":"2026-01-05T09:00:00.037Z"`
		golden(t, lastBody(t, j), `{`+head+`"sprint_closed","sprint":{`+closed+`}}`)
		two, err := p.CreateSprint(1, "T")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.DeleteSprint(two); err != nil {
			t.Fatal(err)
		}
		golden(t, lastBody(t, j), `{`+head+`"sprint_deleted","sprint":{"id":2,"state":"future","name":"T","originBoardId":1}}`)
	})
}

func TestSmallEventsInWebhooks(t *testing.T) {
	j, p := goldenSite(t, Cloud)
	a, err := p.CreateIssue(NewIssue{Project: "SHOP", Summary: "a"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.CreateIssue(NewIssue{Project: "SHOP", Summary: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Link("Blocks", a, b); err != nil {
		t.Fatal(err)
	}
	const head = `"timestamp":1767603600037,"webhookEvent":`
	for i, d := range j.Deliveries() {
		if d.Event == "issuelink_created" {
			golden(t, string(d.Body), `{`+head+`"issuelink_created","issueLink":{"id":10000,"sourceIssueId":10000,"destinationIssueId":10001,
				"issueLinkType":{"id":10000,"name":"Blocks","outwardName":"blocks","inwardName":"is blocked by","isSubTaskLinkType":false,"isSystemLinkType":false},"systemLink":false}}`)
		} else if i == len(j.Deliveries())-1 {
			t.Errorf("no link event: %s", d.Event)
		}
	}
	if err := j.SetBoard(1, func(b *Board) { b.Name = "renamed" }); err != nil {
		t.Fatal(err)
	}
	status := func(id int) string {
		return fmt.Sprintf(`"statuses":[{"id":"%d","self":"https://x.example.com/rest/api/2/status/%d"}]`, id, id)
	}
	golden(t, lastBody(t, j), `{`+head+`"board_configuration_changed","configuration":{"id":1,"name":"renamed","type":"scrum",
		"self":"https://x.example.com/rest/agile/1.0/board/1/configuration",
		"location":{"type":"project","key":"SHOP","id":"10000","self":"https://x.example.com/rest/api/2/project/10000","name":"Shop"},
		"filter":{"id":"10000","self":"https://x.example.com/rest/api/2/filter/10000"},
		"columnConfig":{"columns":[{"name":"To Do",`+status(10000)+`},{"name":"In Progress",`+status(10001)+`},{"name":"Done",`+status(10002)+`}],"constraintType":"none"},
		"ranking":{"rankCustomFieldId":10019}}}`)
	if err := j.SetArchived("SHOP", true); err != nil {
		t.Fatal(err)
	}
	got := lastBody(t, j)
	if !strings.Contains(got, `"webhookEvent": "project_archived"`) || !strings.Contains(got, `"id": 10000,`) || strings.Contains(got, "emailAddress") {
		t.Errorf("got %s", got)
	}
}

func TestThePersonWhoMovedAnIssueIsInTheWebhook(t *testing.T) {
	for f, user := range map[Flavour]string{
		Cloud:      `"user":{"accountId":"712020:boss","accountType":"atlassian","active":true,`,
		DataCenter: `"user":{"active":true,`,
	} {
		j, p := goldenSite(t, f)
		key, err := p.CreateIssue(NewIssue{Project: "SHOP", Summary: "a"})
		if err != nil {
			t.Fatal(err)
		}
		id, err := p.CreateSprint(1, "S, 1")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.MoveToSprint(id, key); err != nil {
			t.Fatal(err)
		}
		all := j.Deliveries()
		body := string(all[len(all)-1].Body)
		if !strings.Contains(body, user) || strings.Contains(body, "emailAddress") != (f == DataCenter) {
			t.Errorf("%v: %s", f, body)
		}
		item := `"items":[{"field":"Sprint","fieldId":"customfield_10020","fieldtype":"custom","from":"","fromString":"","to":"1","toString":"S, 1"}]`
		if f == DataCenter {
			item = strings.Replace(item, `"fieldId":"customfield_10020",`, "", 1)
			if !strings.Contains(body, `Sprint@`) {
				t.Error("the Sprint field is a string on Data Center")
			}
		}
		if !strings.Contains(body, item) {
			t.Errorf("%v: %s", f, body)
		}
	}
}

func TestDeletingAnIssueTakesItsSubtasksAlong(t *testing.T) {
	j, p := goldenSite(t, Cloud)
	key, err := p.CreateIssue(NewIssue{Project: "SHOP", Summary: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.CreateIssue(NewIssue{Project: "SHOP", Summary: "sub", Type: "Sub-task", Parent: key}); err != nil {
		t.Fatal(err)
	}
	scheme := j.AddScheme(PermissionScheme{Name: "deleters"})
	if err := j.SetScheme(scheme.ID, func(s *PermissionScheme) {
		s.Grants = append(s.Grants, Grant{Permission: DeleteIssues, Type: "applicationRole"})
	}); err != nil {
		t.Fatal(err)
	}
	if err := j.AssignScheme("SHOP", scheme.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.DeleteIssue(key); err != nil {
		t.Fatal(err)
	}
	primary, secondary := 0, 0
	for _, d := range j.Deliveries() {
		if d.Event != "jira:issue_deleted" {
			continue
		}
		if d.Secondary {
			secondary++
		} else {
			primary++
		}
	}
	if primary != 1 || secondary != 1 {
		t.Errorf("%d primary and %d secondary deletions", primary, secondary)
	}
}
