package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

func TestCreatingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		long := strings.Repeat("x", 256)
		s.run([]step{
			{
				name: "a sub-task with labels and a property", as: "po", method: "POST", path: "issue", status: 201,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"id":"10003"},"parent":{"key":"SHOP-2"},"summary":"Sub","description":"*wiki*","labels":["b","a","b"]},"properties":[{"key":"andon","value":{"task":"dns"}}]}`,
				want: map[string]string{
					"id":   `"10014"`,
					"key":  `"SHOP-12"`,
					"self": "*",
				},
			},
			{
				name: "it is there, with its labels sorted and no history", as: "po", path: "issue/SHOP-12?expand=changelog&properties=andon", status: 200,
				want: map[string]string{
					"fields.labels":               `["a","b"]`,
					"changelog.total":             "0",
					"properties.andon.task":       `"dns"`,
					"fields.parent.key":           `"SHOP-2"`,
					"fields.reporter.displayName": `"Paula Owner"`,
					"fields.priority.name":        `"Medium"`,
				},
			},
			{
				name: "by type name and project id", as: "po", method: "POST", path: "issue", status: 201,
				body: `{"fields":{"project":{"id":"10000"},"issuetype":{"name":"Bug"},"summary":"Bug"}}`,
				want: map[string]string{"key": `"SHOP-13"`},
			},
			{
				name: "without summary", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"}}}`,
				want: map[string]string{
					"errors.summary": `"You must specify a summary of the issue."`,
					"errorMessages":  "[]",
				},
			},
			{
				name: "too long a summary", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"` + long + `"}}`,
				want: map[string]string{"errors.summary": "*"},
			},
			{
				name: "a summary of two lines", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"a\nb"}}`,
				want: map[string]string{"errors.summary": "*"},
			},
			{
				name: "without project", as: "po", method: "POST", path: "issue", body: `{"fields":{"issuetype":{"name":"Bug"},"summary":"x"}}`, status: 400,
				want: map[string]string{"errors.project": "*"},
			},
			{
				name: "an unknown project", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"NOPE"},"issuetype":{"name":"Bug"},"summary":"x"}}`,
				want: map[string]string{"errors.project": "*"},
			},
			{
				name: "an unknown type", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Wish"},"summary":"x"}}`,
				want: map[string]string{"errors.issuetype": "*"},
			},
			{
				name: "a sub-task without parent", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x"}}`,
				want: map[string]string{"errors.parent": "*"},
			},
			{
				name: "a sub-task of another project's issue", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"BLOG-1"}}}`,
				want: map[string]string{
					"errors.issuetype": `"The issue type selected is invalid."`,
					"errors.project":   `"Sub-tasks must be created in the same project as the parent."`,
				},
			},
			{
				name: "a sub-task of a sub-task", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"SHOP-8"}}}`,
				want: map[string]string{"errors.parentId": "*"},
			},
			{
				name: "a label with a space", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","labels":["a b"]}}`,
				want: map[string]string{"errors.labels": "*"},
			},
			{
				name: "an unknown field", as: "po", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","customfield_99999":1}}`,
				want: map[string]string{
					"errors.customfield_99999": `"Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown."`,
				},
			},
			{
				name: "a reporter without the permission", as: "dev", method: "POST", path: "issue", status: 400,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","reporter":` + s.userRef("po") + `}}`,
				want: map[string]string{"errors.reporter": "*"},
			},
			{
				name: "a reporter with it", as: "andon", method: "POST", path: "issue", status: 201,
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","reporter":` + s.userRef("po") + `}}`,
			},
			{
				name: "reporter and creator differ then", as: "andon", path: "issue/SHOP-14", status: 200,
				want: map[string]string{
					"fields.reporter.displayName": `"Paula Owner"`,
					"fields.creator.displayName":  `"Andon"`,
				},
			},
			{
				name: "anonymous", method: "POST", path: "issue", status: map[bool]int{true: 400, false: 401}[s.j.cloud()],
				body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"}}`,
			},
		})
	})
}

// userRef refers to a person of the demo in the flavour's way.
func (s *site) userRef(name string) string {
	if s.j.cloud() {
		return `{"accountId":"712020:` + name + `"}`
	}
	return `{"name":"` + name + `"}`
}

func TestAStoryMayHaveAParentOnlyOnCloud(t *testing.T) {
	body := `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Story"},"summary":"x","parent":{"key":"SHOP-9"}}}`
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	c.run([]step{
		{name: "under an epic", as: "po", method: "POST", path: "issue", body: body, status: 201},
		{
			name: "it shows the parent but is none of its sub-tasks", as: "po", path: "issue/SHOP-9", status: 200,
			want: map[string]string{"fields.subtasks": "[]"},
		},
		{
			name: "the child has a parent and is no sub-task", as: "po", path: "issue/SHOP-12", status: 200,
			want: map[string]string{
				"fields.parent.key":        `"SHOP-9"`,
				"fields.issuetype.subtask": "false",
			},
		},
		{
			name: "not under a story", as: "po", method: "POST", path: "issue", body: strings.Replace(body, "SHOP-9", "SHOP-1", 1), status: 400,
		},
	})
	d.run([]step{{
		name: "unknown there", as: "po", method: "POST", path: "issue", body: body, status: 400,
		want: map[string]string{"errors.parent": "*"},
	}})
}

func TestFieldsMayBeRequiredOrMissingOnTheCreateScreen(t *testing.T) {
	s := demoSite(t, Cloud)
	s.j.AddField("customfield_10050", "Impact")
	_, err := s.j.AddProject(ProjectSpec{Key: "STRICT", Lead: "lead@example.com", Required: []string{"Sub-task/customfield_10050"}, OffScreen: []string{"Sub-task/labels", "Sub-task/description"}})
	try(t, err)
	create := func(typ, more string) string {
		return fmt.Sprintf(`{"fields":{"project":{"key":"STRICT"},"issuetype":{"name":"%s"},"summary":"x"%s}}`, typ, more)
	}
	s.run([]step{
		{
			name: "other types are free", as: "po", method: "POST", path: "issue", body: create("Bug", `,"labels":["a"]`), status: 201,
		},
		{
			name: "required", as: "po", method: "POST", path: "issue", body: create("Sub-task", `,"parent":{"key":"STRICT-1"}`), status: 400,
			want: map[string]string{"errors.customfield_10050": `"Impact is required."`},
		},
		{
			name: "off the screen", as: "po", method: "POST", path: "issue", status: 400,
			body: create("Sub-task", `,"parent":{"key":"STRICT-1"},"customfield_10050":"high","labels":["a"],"description":"d"`),
			want: map[string]string{
				"errors.labels":      "*",
				"errors.description": "*",
			},
		},
		{
			name: "just right", as: "po", method: "POST", path: "issue", status: 201,
			body: create("Sub-task", `,"parent":{"key":"STRICT-1"},"customfield_10050":"high"`),
		},
		{
			name: "the edit screen has the labels", as: "po", method: "PUT", path: "issue/STRICT-2", body: `{"fields":{"labels":["a"]}}`, status: 204,
		},
		{
			name: "the create screen is described", as: "po", path: "issue/createmeta/STRICT/issuetypes/10003", status: 200,
			want: map[string]string{
				"fields.0.fieldId": `"summary"`,
				"total":            "*",
			},
		},
	})
}

func TestSubtasksMayNotExist(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "FLAT", Lead: "lead@example.com", NoSubtasks: true})
	try(t, err)
	v := s.step(step{name: "types", as: "po", path: "project/FLAT", status: 200})
	if strings.Contains(at(v, "issueTypes"), `"subtask":true`) {
		t.Error("there is a sub-task type")
	}
	s.j.SetKnobs(func(k *Knobs) { k.SubtasksOff = true })
	v = s.step(step{name: "site-wide", as: "po", path: "project/SHOP", status: 200})
	if strings.Contains(at(v, "issueTypes"), `"subtask":true`) {
		t.Error("sub-tasks are off and still listed")
	}
	s.run([]step{{
		name: "and cannot be created", as: "po", method: "POST", path: "issue", status: 400,
		body: `{"fields":{"project":{"key":"SHOP"},"issuetype":{"id":"10003"},"parent":{"key":"SHOP-1"},"summary":"x"}}`,
	}})
}

func TestBulkCreateSucceedsInParts(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		good := `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"}}`
		bad := `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"}}}`
		many := strings.TrimSuffix(strings.Repeat(good+",", 51), ",")
		s.run([]step{
			{
				name: "one of three fails", as: "po", method: "POST", path: "issue/bulk", body: `{"issueUpdates":[` + good + "," + bad + "," + good + `]}`, status: 201,
				want: map[string]string{
					"issues.#":                              "2",
					"issues.1.key":                          `"SHOP-13"`,
					"errors.0.failedElementNumber":          "1",
					"errors.0.status":                       "400",
					"errors.0.elementErrors.errors.summary": "*",
				},
			},
			{
				name: "all fail", as: "po", method: "POST", path: "issue/bulk", body: `{"issueUpdates":[` + bad + `]}`, status: 400,
				want: map[string]string{
					"issues.#": "0",
					"errors.#": "1",
				},
			},
			{
				name: "none fails", as: "po", method: "POST", path: "issue/bulk", body: `{"issueUpdates":[` + good + `]}`, status: 201,
				want: map[string]string{
					"issues.0.id": "*",
					"errors":      "[]",
				},
			},
			{
				name: "over fifty", as: "po", method: "POST", path: "issue/bulk", body: `{"issueUpdates":[` + many + `]}`, status: 400,
			},
		})
	})
}
