package jiratest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// payloads plays a story and gives the last body of each event.
func payloads(t *testing.T, f Flavour) map[string]obj {
	s := newRig(t, f)
	bodies := map[string]obj{}
	_, err := s.j.AddWebhook(Webhook{URL: "http://nobody.example.com/", Events: append(allEvents(), "board_updated", "issuelink_deleted", "comment_updated", "comment_deleted")})
	s.ok(err)
	key := s.issue("SHOP", "work", "")
	other := s.issue("SHOP", "other", "")
	boss := s.j.As("boss@example.com")
	s.ok(boss.AddLabel(key, "sad"))
	s.ok(boss.Assign(key, "dev@example.com"))
	s.ok(boss.Link("Blocks", key, other))
	_, err = boss.Comment(key, "hello")
	s.ok(err)
	b := s.want(201, "boss", "POST", agile+"/board", fmt.Sprintf(`{"name":"b","type":"scrum","filterId":%d}`, s.j.AddFilter("project = SHOP")))
	s.ok(s.j.SetBoard(s.board.ID, func(b *Board) { b.Name = "renamed" }))
	s.want(204, "boss", "DELETE", fmt.Sprintf("%s/board/%d", agile, b.id()), "")
	gone := s.want(201, "boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"gone","originBoardId":%d}`, s.board.ID)).id()
	s.want(204, "boss", "DELETE", sprintURL(gone), "")
	id := s.started("One", key)
	s.want(200, "boss", "POST", sprintURL(id), `{"goal":"take over the world"}`)
	s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
	s.want(201, "boss", "POST", agile+"/sprint", fmt.Sprintf(`{"name":"next","originBoardId":%d}`, s.board.ID))
	s.ok(boss.SetProperty(key, "andon", obj{"a": 1}))
	s.ok(boss.DeleteIssue(key))
	for _, d := range s.j.Pending() {
		var m obj
		if err := json.Unmarshal(d.Body, &m); err != nil {
			t.Fatalf("%s: %v", d.Event, err)
		}
		bodies[d.Event] = m
		if name, isName := m["issue_event_type_name"].(string); isName {
			bodies[d.Event+" "+name] = m
		}
	}
	return bodies
}

func keys(m obj) []string {
	return sortedKeys(m)
}

func child(t *testing.T, m obj, name string) obj {
	t.Helper()
	c, isObj := m[name].(map[string]any)
	if !isObj {
		t.Fatalf("%s is no object: %v", name, m[name])
	}
	return c
}

func TestPayloadsHaveTheFieldsOfRealOnes(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		got := payloads(t, f)
		for event, want := range map[string]string{
			"jira:issue_updated issue_updated": "changelog issue issue_event_type_name timestamp user webhookEvent",
			"jira:issue_deleted":               "issue timestamp user webhookEvent",
			"sprint_created":                   "sprint timestamp webhookEvent",
			"sprint_updated":                   "oldValue sprint timestamp webhookEvent",
			"sprint_started":                   "sprint timestamp webhookEvent",
			"sprint_closed":                    "sprint timestamp webhookEvent",
			"sprint_deleted":                   "sprint timestamp webhookEvent",
			"board_created":                    "board timestamp webhookEvent",
			"board_deleted":                    "board timestamp webhookEvent",
			"board_configuration_changed":      "configuration timestamp webhookEvent",
			"issuelink_created":                "issueLink timestamp webhookEvent",
		} {
			if g := strings.Join(keys(got[event]), " "); g != want {
				t.Errorf("%s: %s, want %s", event, g, want)
			}
		}
		for event, want := range map[string]string{
			"sprint_created": "id name originBoardId self state",
			"sprint_started": "endDate goal id name originBoardId self startDate state",
			"sprint_closed":  "completeDate endDate goal id name originBoardId self startDate state",
			"sprint_deleted": "id name originBoardId state",
		} {
			if g := strings.Join(keys(child(t, got[event], "sprint")), " "); g != want {
				t.Errorf("%s: %s, want %s", event, g, want)
			}
		}
	})
}

func TestCommentsAndCreationsDifferBetweenTheFlavours(t *testing.T) {
	cloud, dc := payloads(t, Cloud), payloads(t, DataCenter)
	if g := keys(cloud["comment_created"]); !cmp.Equal(g, []string{"comment", "issue", "timestamp", "webhookEvent"}) {
		t.Errorf("cloud: %v", g)
	}
	if g := keys(child(t, child(t, cloud["comment_created"], "issue"), "fields")); !cmp.Equal(g, []string{"assignee", "issuetype", "priority", "project", "status", "summary"}) {
		t.Errorf("the issue in a comment event is thin: %v", g)
	}
	if g := keys(dc["comment_created"]); !cmp.Equal(g, []string{"comment", "timestamp", "webhookEvent"}) {
		t.Errorf("dc: %v", g)
	}
	if self, isString := child(t, dc["comment_created"], "comment")["self"].(string); !isString || !strings.Contains(self, "/rest/api/2/issue/1") {
		t.Errorf("the issue's id is in the comment's self link: %v", self)
	}
	if g := keys(dc["jira:issue_updated issue_commented"]); !cmp.Equal(g, []string{"comment", "issue", "issue_event_type_name", "timestamp", "user", "webhookEvent"}) {
		t.Errorf("dc's second event: %v", g)
	}
	user := child(t, cloud["jira:issue_deleted"], "user")
	if user["accountId"] == nil || user["emailAddress"] != nil || user["key"] != nil {
		t.Errorf("cloud user %v", user)
	}
	user = child(t, dc["jira:issue_deleted"], "user")
	if user["accountId"] != nil || user["key"] == nil || user["name"] == nil {
		t.Errorf("dc user %v", user)
	}
	items := fmt.Sprint(child(t, cloud["jira:issue_created"], "changelog")["items"])
	if !strings.Contains(items, "field:summary") || strings.Contains(items, "labels") || dc["jira:issue_created"]["changelog"] != nil {
		t.Errorf("initial values: %s", items)
	}
	if cloud["issue_property_set"] == nil || dc["issue_property_set"] != nil {
		t.Error("property events are Cloud's alone")
	}
}

// recordings finds the folder of recorded payloads beside the repository.
func recordings(t *testing.T) string {
	places := []string{os.Getenv("ANDON_SHARED")}
	for _, up := range []string{"..", "../..", "../../..", "../../../.."} {
		places = append(places, filepath.Join(up, "shared"))
	}
	for _, p := range places {
		dir := filepath.Join(p, "webhooks")
		if _, err := os.Stat(dir); p != "" && err == nil {
			return dir
		}
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the recorded payloads are required, and not here")
	}
	t.Skip("no recorded payloads here")
	return ""
}

// shape lists the paths of a value with their types; lists count by their
// elements, and null fits any type.
func shape(v any, path string, into map[string]string) {
	switch x := v.(type) {
	case map[string]any:
		into[path] = "object"
		for k, c := range x {
			shape(c, path+"."+k, into)
		}
	case []any:
		into[path] = "list"
		for _, c := range x {
			shape(c, path+"[]", into)
		}
	case nil:
		if into[path] == "" {
			into[path] = "null"
		}
	default:
		into[path] = fmt.Sprintf("%T", v)
	}
}

func TestPayloadsAgreeWithRecordedOnes(t *testing.T) {
	dir := recordings(t)
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Flavour]map[string]map[string]string{Cloud: {}, DataCenter: {}}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m obj
		if json.Unmarshal(b, &m) != nil {
			continue
		}
		f := Cloud
		if strings.Contains(file, "server") {
			f = DataCenter
		}
		event := fmt.Sprint(m["webhookEvent"])
		if seen[f][event] == nil {
			seen[f][event] = map[string]string{}
		}
		shape(m, "", seen[f][event])
	}
	ours := 0
	for f, events := range seen {
		for event, body := range payloads(t, f) {
			real := events[event]
			if real == nil || strings.Contains(event, " ") {
				continue
			}
			ours++
			mine := map[string]string{}
			shape(body, "", mine)
			compareShapes(t, fmt.Sprint(f, " ", event), mine, real)
		}
	}
	if ours < 15 {
		t.Errorf("only %d events could be compared", ours)
	}
}

// compareShapes: what we send must have been seen with the same type, save for
// what is newer than the recordings.
func compareShapes(t *testing.T, event string, mine, real map[string]string) {
	t.Helper()
	newer := []string{".hierarchyLevel", ".issue.fields." + SprintField, ".issue.fields.watches", ".issue.fields.worklog",
		".issue.fields.comment", ".issue.fields.resolution.", ".issue.fields.parent", ".issue.expand", ".avatarUrls", ".simplified", ".projectTypeKey",
		".issue.fields.issuelinks[]", ".issue.fields.customfield", ".avatarId", ".oldValue.completeDate"}
	for _, path := range sortedKeys(mine) {
		if slices.ContainsFunc(newer, func(n string) bool { return strings.Contains(path, n) }) {
			continue
		}
		switch real[path] {
		case mine[path], "null":
		case "":
			if !emptyAbove(path, real) {
				t.Errorf("%s: %s is in no recording", event, path)
			}
		default:
			if mine[path] != "null" {
				t.Errorf("%s: %s is a %s, recorded as a %s", event, path, mine[path], real[path])
			}
		}
	}
}

// emptyAbove: the recordings have the field, but never with a value.
func emptyAbove(path string, real map[string]string) bool {
	for path != "" {
		path = strings.TrimSuffix(path, "[]")
		if kind := real[path]; kind == "null" || kind == "list" && real[path+"[]"] == "" {
			return true
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return false
}
