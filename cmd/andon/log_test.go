package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// logLines are the lines of a world's log with one of these messages.
func (w *world) logLines(messages ...string) []map[string]any {
	w.t.Helper()
	var out []map[string]any
	for line := range strings.Lines(w.log.String()) {
		var l map[string]any
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			w.t.Fatalf("%v: %s", err, line)
		}
		for _, m := range messages {
			if l["msg"] == m {
				out = append(out, l)
			}
		}
	}
	return out
}

// Whoever searches the log for a project, an issue or an action finds everything about it.
func TestTheLogNamesProjectIssueAndAction(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		issue := w.seed.Issues[5]
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		id, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, "Business as usual")
		w.after(err)
		w.sprintIs(id, "")

		done := w.logLines("done")
		kinds := map[string]bool{}
		for _, l := range done {
			action, _ := l["action"].(string)
			verb, _, _ := strings.Cut(action, "/")
			kinds[verb] = true
			if l["project"] != "SHOP" || action == "" || l["what"] == "" {
				t.Errorf("a line lacks something: %v", l)
			}
			if verb != "remember-project" && l["issue"] != issue {
				t.Errorf("a line does not name the issue: %v", l)
			}
		}
		for _, verb := range []string{"remember", "cancel-sprint", "delete-sprint", "create-tasks", "status", "remember-project"} {
			if !kinds[verb] {
				t.Errorf("the log has no line about %s", verb)
			}
		}
		for _, l := range w.logLines("notice") {
			if l["project"] == nil || l["code"] == nil {
				t.Errorf("a notice lacks something: %v", l)
			}
		}
	})
}

func TestTheLogNamesWhatACallThatFailedWasAbout(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		issue, failed := w.seed.Issues[5], map[string]bool{}
		w.between = func(rw http.ResponseWriter, req *http.Request) bool {
			part := ""
			switch {
			case req.Method == http.MethodGet && strings.Contains(req.URL.Path, "/rest/agile/1.0/board"):
				part = "read"
			case req.Method == http.MethodPut && strings.Contains(req.URL.Path, "/properties/"):
				part = "write"
			}
			if part == "" || failed[part] || !strings.Contains(w.log.String(), "swept the site") {
				return false
			}
			failed[part] = true
			rw.Header().Set("Retry-After", "1")
			http.Error(rw, `{"errorMessages":["try later"]}`, http.StatusServiceUnavailable)
			return true
		}
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		var read, write bool
		for _, l := range w.logLines("jira call failed, trying again") {
			if l["project"] != "SHOP" || l["route"] == nil {
				t.Errorf("a line does not name its project: %v", l)
			}
			read = read || l["action"] == nil
			write = write || l["action"] == "remember/10005" && l["issue"] == issue
		}
		if !read || !write {
			t.Errorf("the log lacks a line, read: %t, write: %t\n%v", read, write, w.logLines("jira call failed, trying again"))
		}
	})
}

// A refusal is logged with the same names as the act would have been.
func TestTheLogNamesWhatJiraRefused(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		issue := w.seed.Issues[5]
		w.between = func(rw http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPost || !strings.Contains(req.URL.Path, "/rest/agile/1.0/sprint/") {
				return false
			}
			http.Error(rw, `{"errorMessages":["no Manage Sprints"]}`, http.StatusForbidden)
			return true
		}
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		lines := w.logLines("not done")
		if len(lines) == 0 {
			t.Fatal("nothing is logged")
		}
		for _, l := range lines {
			action, _ := l["action"].(string)
			if l["project"] != "SHOP" || l["issue"] != issue || !strings.HasPrefix(action, "cancel-sprint/") || l["why"] == "" {
				t.Errorf("a line lacks something: %v", l)
			}
		}
	})
}
