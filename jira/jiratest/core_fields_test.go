package jiratest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestValuesOfTheWrongKindAreRefusedByField(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.j.SetKnobs(func(k *Knobs) { k.IssueWrites2s = 0 })
		long := `"` + strings.Repeat("x", maxText+1) + `"`
		for _, tc := range []struct {
			field string
			value string
		}{
			{"summary", `7`},
			{"summary", `null`},
			{"description", `{}`},
			{"description", long},
			{"labels", `"x"`},
			{"labels", `["` + strings.Repeat("x", 256) + `"]`},
			{"assignee", `"po"`},
			{"assignee", `{"accountId":"nobody"}`},
			{"assignee", `{"name":"nobody"}`},
			{"priority", `"High"`},
			{"priority", `{"name":"Soon"}`},
			{"parent", `"SHOP-1"`},
			{"parent", `{"key":"SHOP-999"}`},
			{"parent", `{"key":"SHOP-1"}`},
			{"issuetype", `"Bug"`},
			{"issuetype", `{"id":"9"}`},
			{SprintField, `"one"`},
			{SprintField, `[1]`},
			{"project", `{"key":"BLOG"}`},
			{"creator", s.userRef("dev")},
			{"flavour", `"sweet"`},
		} {
			name := tc.field + " " + tc.value[:min(30, len(tc.value))]
			status, _, body := s.request("andon", http.MethodPut, "/rest/api/2/issue/SHOP-2", `{"fields":{"`+tc.field+`":`+tc.value+`}}`)
			if status != http.StatusBadRequest || !strings.Contains(string(body), `"errors":{"`) {
				t.Errorf("%s: %d %s", name, status, body)
			}
		}
		is, _ := s.j.Issue("SHOP-2")
		if len(is.History) != 0 || is.Summary != "Show delivery dates in the cart" {
			t.Errorf("a refused edit changed the issue: %+v", is)
		}
	})
}

func TestAnAssigneeMustBeAssignable(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.SetPermission("SHOP", AssignableUser, "dev@example.com"))
		s.run([]step{
			{
				name: "somebody else", as: "po", method: "PUT", path: "issue/SHOP-2", status: 400,
				body: `{"fields":{"assignee":` + s.userRef("sm") + `}}`,
				want: map[string]string{"errors.assignee": `"User 'Sam Master' cannot be assigned issues."`},
			},
			{
				name: "by the resource of its own", as: "po", method: "PUT", path: "issue/SHOP-2/assignee", status: 400,
				body: s.userRef("sm"),
			},
			{
				name: "the one who may be", as: "po", method: "PUT", path: "issue/SHOP-2", status: 204,
				body: `{"fields":{"assignee":` + s.userRef("dev") + `}}`,
			},
		})
		try(t, s.j.SetPermission("SHOP", AssignIssues))
		s.run([]step{
			{
				name: "nobody may assign", as: "po", method: "PUT", path: "issue/SHOP-2", status: 400,
				body: `{"fields":{"assignee":null}}`,
				want: map[string]string{"errors.assignee": "*"},
			},
			{
				name: "by the resource of its own", as: "po", method: "PUT", path: "issue/SHOP-2/assignee", status: 403,
				body: s.userRef("sm"),
			},
		})
	})
}

func TestCustomFieldsAreKeptAsTheyAre(t *testing.T) {
	s := demoSite(t, Cloud)
	s.j.AddField("customfield_10050", "Impact")
	s.run([]step{
		{
			name: "set", as: "po", method: "PUT", path: "issue/SHOP-2", status: 204,
			body: `{"fields":{"customfield_10050":{"value":"high"},"duedate":"2026-02-01"}}`,
		},
		{
			name: "read", as: "po", path: "issue/SHOP-2?expand=changelog,names", status: 200,
			want: map[string]string{
				"fields.customfield_10050.value":           `"high"`,
				"fields.duedate":                           `"2026-02-01"`,
				"names.customfield_10050":                  `"Impact"`,
				"changelog.histories.0.items.0.field":      `"Impact"`,
				"changelog.histories.0.items.0.fieldId":    `"customfield_10050"`,
				"changelog.histories.0.items.1.fromString": "null",
			},
		},
		{
			name: "the same again writes nothing", as: "po", method: "PUT", path: "issue/SHOP-2", status: 204,
			body: `{"fields":{"duedate":"2026-02-01"}}`,
		},
		{
			name: "clear", as: "po", method: "PUT", path: "issue/SHOP-2", status: 204,
			body: `{"fields":{"customfield_10050":null}}`,
		},
		{
			name: "cleared", as: "po", path: "issue/SHOP-2?expand=changelog", status: 200,
			want: map[string]string{
				"fields.customfield_10050": "absent",
				"changelog.total":          "2",
			},
		},
	})
}

func TestAnEpicsChildCanChangeItsParent(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "under the epic", as: "po", method: "PUT", path: "issue/SHOP-10", status: 204,
			body: `{"fields":{"parent":{"id":"10008"}}}`,
		},
		{
			name: "the search knows", as: "po", path: s.searchPath("parent = SHOP-9", "key"), status: 200,
			want: map[string]string{"issues.0.key": `"SHOP-10"`},
		},
		{
			name: "and out again", as: "po", method: "PUT", path: "issue/SHOP-10", status: 204,
			body: `{"fields":{"parent":null}}`,
		},
		{
			name: "a sub-task cannot be left without one", as: "po", method: "PUT", path: "issue/SHOP-8", status: 400,
			body: `{"fields":{"parent":null}}`,
		},
		{
			name: "but can get another one", as: "po", method: "PUT", path: "issue/SHOP-8", status: 204,
			body: `{"fields":{"parent":{"key":"SHOP-2"}}}`,
		},
		{
			name: "which shows it", as: "po", path: "issue/SHOP-2", status: 200,
			want: map[string]string{"fields.subtasks.0.key": `"SHOP-8"`},
		},
		{
			name: "deleting an epic leaves its children", as: "po", method: "PUT", path: "issue/SHOP-10", status: 204,
			body: `{"fields":{"parent":{"key":"SHOP-9"}}}`,
		},
		{name: "delete", as: "lead", method: "DELETE", path: "issue/SHOP-9", status: 204},
		{
			name: "without a parent", as: "po", path: "issue/SHOP-10", status: 200,
			want: map[string]string{"fields.parent": "absent"},
		},
	})
}

func TestPropertiesCanComeWithAnEdit(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "with fields", as: "po", method: "PUT", path: "issue/SHOP-2", status: 204,
			body: `{"fields":{"summary":"S"},"properties":[{"key":"andon","value":[1]}]}`,
		},
		{
			name: "both are there", as: "po", path: "issue/SHOP-2?properties=andon,absent", status: 200,
			want: map[string]string{
				"fields.summary": `"S"`,
				"properties":     `{"andon":[1]}`,
			},
		},
		{
			name: "a bad one keeps all out", as: "po", method: "PUT", path: "issue/SHOP-2", status: 400,
			body: `{"fields":{"summary":"T"},"properties":[{"key":"","value":1}]}`,
		},
		{
			name: "as with create", as: "po", method: "POST", path: "issue", status: 400,
			body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"},"properties":[{"key":"k"}]}`,
		},
		{
			name: "and with comments", as: "po", method: "POST", path: "issue/SHOP-2/comment", status: 400,
			body: `{"body":"x","properties":[{"key":"k"}]}`,
		},
		{
			name: "nothing of all that is there", as: "po", path: "issue/SHOP-2", status: 200,
			want: map[string]string{
				"fields.summary":       `"S"`,
				"fields.comment.total": "0",
			},
		},
		{
			name: "the edit may answer with the issue", as: "po", method: "PUT", path: "issue/SHOP-2?returnIssue=true", status: 200,
			body: `{"fields":{"summary":"U"}}`,
			want: map[string]string{"fields.summary": `"U"`},
		},
	})
}

func TestACommentMayComeWithATransitionOrNotAtAll(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "with a comment", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 204,
			body: `{"transition":{"id":"31"},"update":{"comment":[{"add":{"body":"done"}}]}}`,
		},
		{
			name: "there it is", as: "dev", path: "issue/SHOP-2/comment", status: 200,
			want: map[string]string{"comments.0.body": `"done"`},
		},
		{
			name: "an empty one stops the transition", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 400,
			body: `{"transition":{"id":"11"},"update":{"comment":[{"add":{"body":""}}]}}`,
		},
	})
	try(t, s.j.SetPermission("SHOP", AddComments))
	s.run([]step{
		{
			name: "and so does a forbidden one", as: "dev", method: "POST", path: "issue/SHOP-2/transitions", status: 403,
			body: `{"transition":{"id":"11"},"update":{"comment":[{"add":{"body":"x"}}]}}`,
		},
	})
	if status, _, _ := s.j.StatusOf("SHOP-2"); status != "Done" {
		t.Errorf("the status is %s", status)
	}
}

// TestReplayingTheChangelogGivesTheLabels acts in a fixed but varied order and
// checks that the history tells the whole truth about the labels.
func TestReplayingTheChangelogGivesTheLabels(t *testing.T) {
	s := demoSite(t, Cloud)
	people := []string{"po", "sm", "dev", "lead"}
	labels := []string{"disaster", "Disaster", "a,b", "ä", `q"q`}
	state := uint32(7)
	next := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>16) % n
	}
	for range 200 {
		p := s.j.As(people[next(len(people))] + "@example.com")
		l := labels[next(len(labels))]
		if next(2) == 0 {
			try(t, p.AddLabel("SHOP-1", l))
		} else {
			try(t, p.RemoveLabel("SHOP-1", l))
		}
	}
	is, _ := s.j.Issue("SHOP-1")
	now := ""
	for i, ch := range is.History {
		it := ch.Items[0]
		if *it.FromString != now || *it.ToString == now || ch.Author == "" {
			t.Fatalf("entry %d leads from %q to %q, but the labels were %q", i, *it.FromString, *it.ToString, now)
		}
		now = *it.ToString
	}
	if now != strings.Join(is.Labels, " ") {
		t.Errorf("the history ends with %q, the issue has %q", now, is.Labels)
	}
	if len(is.History) < 50 || len(is.History) >= 200 {
		t.Errorf("%d entries for 200 acts: acts without effect must leave none", len(is.History))
	}
}

func TestErrorsReadWell(t *testing.T) {
	e := &Error{Status: 400, Messages: []string{"no"}, Fields: map[string]string{"b": "2", "a": "1"}}
	if got := e.Error(); got != "400: no; a: 1; b: 2" {
		t.Error(got)
	}
	if got := fmt.Sprint(at(map[string]any{"x": []any{"y"}}, "x.0")); got != `"y"` {
		t.Error(got)
	}
}
