package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

func TestGettingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"all fields by key; ids are strings", "po", "", "issue/SHOP-1", "", 200, map[string]string{"id": `"10000"`, "key": `"SHOP-1"`,
				"fields.summary": `"Pay by invoice"`, "fields.labels": "[]", "fields.status.name": `"In Progress"`, "fields.status.statusCategory.key": `"indeterminate"`,
				"fields.issuetype.subtask": "false", "fields.project.key": `"SHOP"`, "fields.resolution": "null", "fields.assignee.displayName": `"Dana Developer"`,
				"fields.creator.displayName": `"Paula Owner"`, "fields.created": `"2026-01-05T09:00:00.000+0000"`, "changelog": "absent", "properties": "absent"}},
			{"by id", "po", "", "issue/10000", "", 200, map[string]string{"key": `"SHOP-1"`}},
			{"keys in any case", "po", "", "issue/shop-1", "", 200, map[string]string{"key": `"SHOP-1"`}},
			{"only some fields", "po", "", "issue/SHOP-1?fields=summary,labels", "", 200, map[string]string{"fields.#": "2", "fields.summary": "*", "fields.labels": "*"}},
			{"all but one", "po", "", "issue/SHOP-1?fields=-summary", "", 200, map[string]string{"fields.summary": "absent", "fields.labels": "*"}},
			{"sub-tasks carry no labels and no assignee", "po", "", "issue/SHOP-1", "", 200, map[string]string{"fields.subtasks.0.key": `"SHOP-8"`,
				"fields.subtasks.0.fields.status.statusCategory.key": `"done"`, "fields.subtasks.0.fields.labels": "absent", "fields.subtasks.0.fields.assignee": "absent"}},
			{"a sub-task names its parent and follows its sprint", "po", "", "issue/SHOP-8", "", 200, map[string]string{"fields.parent.key": `"SHOP-1"`, "fields." + SprintField + ".#": "1"}},
			{"names", "po", "", "issue/SHOP-1?fields=summary&expand=names", "", 200, map[string]string{"names": `{"summary":"Summary"}`}},
			{"absent", "po", "", "issue/SHOP-999", "", 404, nil},
			{"anonymous", "", "", "issue/SHOP-1", "", 404, nil},
		})
		try(t, s.j.Hide("SHOP-2", "dev@example.com"))
		s.run([]step{
			{"hidden from one", "dev", "", "issue/SHOP-2", "", 404, nil},
			{"shown to another", "po", "", "issue/SHOP-2", "", 200, nil},
		})
		try(t, s.j.Show("SHOP-2"))
		try(t, s.j.Hide("SHOP-3"))
		s.run([]step{
			{"shown again", "dev", "", "issue/SHOP-2", "", 200, nil},
			{"hidden from all", "po", "", "issue/SHOP-3", "", 404, nil},
		})
	})
}

func TestTheSprintFieldIsObjectsOnCloudAndStringsOnDataCenter(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	f := "fields." + SprintField + ".0"
	c.run([]step{{"objects", "po", "", "issue/SHOP-1", "", 200, map[string]string{f + ".id": "1", f + ".state": `"active"`, f + ".boardId": "1", f + ".completeDate": "absent"}}})
	got := d.step(step{"strings", "po", "", "issue/SHOP-1", "", 200, nil})
	if v := at(got, f); !strings.Contains(v, "[id=1,rapidViewId=1,state=ACTIVE,name=SHOP Sprint 7,") || !strings.Contains(v, "completeDate=<null>") {
		t.Errorf("sprint string: %s", v)
	}
	c.run([]step{{"no sprint is null", "po", "", "issue/SHOP-10", "", 200, map[string]string{"fields." + SprintField: "null"}}})
}

func TestCreatingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		long := strings.Repeat("x", 256)
		s.run([]step{
			{"a sub-task with labels and a property", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"id":"10003"},"parent":{"key":"SHOP-2"},"summary":"Sub","description":"*wiki*","labels":["b","a","b"]},"properties":[{"key":"andon","value":{"task":"dns"}}]}`, 201,
				map[string]string{"id": `"10014"`, "key": `"SHOP-12"`, "self": "*"}},
			{"it is there, with its labels sorted and no history", "po", "", "issue/SHOP-12?expand=changelog&properties=andon", "", 200,
				map[string]string{"fields.labels": `["a","b"]`, "changelog.total": "0", "properties.andon.task": `"dns"`, "fields.parent.key": `"SHOP-2"`, "fields.reporter.displayName": `"Paula Owner"`, "fields.priority.name": `"Medium"`}},
			{"by type name and project id", "po", "POST", "issue", `{"fields":{"project":{"id":"10000"},"issuetype":{"name":"Bug"},"summary":"Bug"}}`, 201, map[string]string{"key": `"SHOP-13"`}},
			{"without summary", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"}}}`, 400, map[string]string{"errors.summary": `"You must specify a summary of the issue."`, "errorMessages": "[]"}},
			{"too long a summary", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"` + long + `"}}`, 400, map[string]string{"errors.summary": "*"}},
			{"a summary of two lines", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"a\nb"}}`, 400, map[string]string{"errors.summary": "*"}},
			{"without project", "po", "POST", "issue", `{"fields":{"issuetype":{"name":"Bug"},"summary":"x"}}`, 400, map[string]string{"errors.project": "*"}},
			{"an unknown project", "po", "POST", "issue", `{"fields":{"project":{"key":"NOPE"},"issuetype":{"name":"Bug"},"summary":"x"}}`, 400, map[string]string{"errors.project": "*"}},
			{"an unknown type", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Wish"},"summary":"x"}}`, 400, map[string]string{"errors.issuetype": "*"}},
			{"a sub-task without parent", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x"}}`, 400, map[string]string{"errors.parent": "*"}},
			{"a sub-task of another project's issue", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"BLOG-1"}}}`, 400,
				map[string]string{"errors.issuetype": `"The issue type selected is invalid."`, "errors.project": `"Sub-tasks must be created in the same project as the parent."`}},
			{"a sub-task of a sub-task", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Sub-task"},"summary":"x","parent":{"key":"SHOP-8"}}}`, 400, map[string]string{"errors.parentId": "*"}},
			{"a label with a space", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","labels":["a b"]}}`, 400, map[string]string{"errors.labels": "*"}},
			{"an unknown field", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","customfield_99999":1}}`, 400,
				map[string]string{"errors.customfield_99999": `"Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown."`}},
			{"a reporter without the permission", "dev", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","reporter":` + s.userRef("po") + `}}`, 400, map[string]string{"errors.reporter": "*"}},
			{"a reporter with it", "andon", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x","reporter":` + s.userRef("po") + `}}`, 201, nil},
			{"reporter and creator differ then", "andon", "", "issue/SHOP-14", "", 200, map[string]string{"fields.reporter.displayName": `"Paula Owner"`, "fields.creator.displayName": `"Andon"`}},
			{"anonymous", "", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"}}`, map[bool]int{true: 400, false: 401}[s.j.cloud()], nil},
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
		{"under an epic", "po", "POST", "issue", body, 201, nil},
		{"it shows the parent but is none of its sub-tasks", "po", "", "issue/SHOP-9", "", 200, map[string]string{"fields.subtasks": "[]"}},
		{"the child has a parent and is no sub-task", "po", "", "issue/SHOP-12", "", 200, map[string]string{"fields.parent.key": `"SHOP-9"`, "fields.issuetype.subtask": "false"}},
		{"not under a story", "po", "POST", "issue", strings.Replace(body, "SHOP-9", "SHOP-1", 1), 400, nil},
	})
	d.run([]step{{"unknown there", "po", "POST", "issue", body, 400, map[string]string{"errors.parent": "*"}}})
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
		{"other types are free", "po", "POST", "issue", create("Bug", `,"labels":["a"]`), 201, nil},
		{"required", "po", "POST", "issue", create("Sub-task", `,"parent":{"key":"STRICT-1"}`), 400, map[string]string{"errors.customfield_10050": `"Impact is required."`}},
		{"off the screen", "po", "POST", "issue", create("Sub-task", `,"parent":{"key":"STRICT-1"},"customfield_10050":"high","labels":["a"],"description":"d"`), 400, map[string]string{"errors.labels": "*", "errors.description": "*"}},
		{"just right", "po", "POST", "issue", create("Sub-task", `,"parent":{"key":"STRICT-1"},"customfield_10050":"high"`), 201, nil},
		{"the edit screen has the labels", "po", "PUT", "issue/STRICT-2", `{"fields":{"labels":["a"]}}`, 204, nil},
		{"the create screen is described", "po", "", "issue/createmeta/STRICT/issuetypes/10003", "", 200, map[string]string{"fields.0.fieldId": `"summary"`, "total": "*"}},
	})
}

func TestSubtasksMayNotExist(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "FLAT", Lead: "lead@example.com", NoSubtasks: true})
	try(t, err)
	v := s.step(step{"types", "po", "", "project/FLAT", "", 200, nil})
	if strings.Contains(at(v, "issueTypes"), `"subtask":true`) {
		t.Error("there is a sub-task type")
	}
	s.j.SetKnobs(func(k *Knobs) { k.SubtasksOff = true })
	v = s.step(step{"site-wide", "po", "", "project/SHOP", "", 200, nil})
	if strings.Contains(at(v, "issueTypes"), `"subtask":true`) {
		t.Error("sub-tasks are off and still listed")
	}
	s.run([]step{{"and cannot be created", "po", "POST", "issue", `{"fields":{"project":{"key":"SHOP"},"issuetype":{"id":"10003"},"parent":{"key":"SHOP-1"},"summary":"x"}}`, 400, nil}})
}

func TestBulkCreateSucceedsInParts(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		good := `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"},"summary":"x"}}`
		bad := `{"fields":{"project":{"key":"SHOP"},"issuetype":{"name":"Bug"}}}`
		many := strings.TrimSuffix(strings.Repeat(good+",", 51), ",")
		s.run([]step{
			{"one of three fails", "po", "POST", "issue/bulk", `{"issueUpdates":[` + good + "," + bad + "," + good + `]}`, 201,
				map[string]string{"issues.#": "2", "issues.1.key": `"SHOP-13"`, "errors.0.failedElementNumber": "1", "errors.0.status": "400", "errors.0.elementErrors.errors.summary": "*"}},
			{"all fail", "po", "POST", "issue/bulk", `{"issueUpdates":[` + bad + `]}`, 400, map[string]string{"issues.#": "0", "errors.#": "1"}},
			{"none fails", "po", "POST", "issue/bulk", `{"issueUpdates":[` + good + `]}`, 201, map[string]string{"issues.0.id": "*", "errors": "[]"}},
			{"over fifty", "po", "POST", "issue/bulk", `{"issueUpdates":[` + many + `]}`, 400, nil},
		})
	})
}
