package jiratest

import (
	"net/http"
	"testing"
)

func TestEditingLabelsWritesWholeSetsIntoTheChangelog(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		hist := func(n string) string { return "changelog.histories." + n + ".items.0." }
		s.run([]step{
			{"add", "po", "PUT", "issue/SHOP-1", `{"update":{"labels":[{"add":"disaster"},{"add":"a"}]}}`, 204, nil},
			{"add what is there", "po", "PUT", "issue/SHOP-1", `{"update":{"labels":[{"add":"disaster"}]}}`, 204, nil},
			{"case counts", "dev", "PUT", "issue/SHOP-1", `{"update":{"labels":[{"add":"Disaster"}]}}`, 204, nil},
			{"replace", "sm", "PUT", "issue/SHOP-1", `{"fields":{"labels":[]}}`, 204, nil},
		})
		v := s.step(step{"read", "po", "", "issue/SHOP-1?expand=changelog", "", 200, map[string]string{"changelog.total": "3"}})
		first, last := "0", "2"
		if s.j.cloud() {
			first, last = "2", "0"
		}
		for path, want := range map[string]string{
			hist(first) + "field": `"labels"`, hist(first) + "from": "null", hist(first) + "fromString": `""`, hist(first) + "toString": `"a disaster"`,
			hist(last) + "fromString": `"Disaster a disaster"`, hist(last) + "toString": `""`, hist(last) + "to": "null",
			"changelog.histories." + first + ".author.displayName": `"Paula Owner"`, "changelog.histories." + last + ".author.displayName": `"Sam Master"`,
		} {
			if got := at(v, path); got != want {
				t.Errorf("%s is %s, want %s", path, got, want)
			}
		}
		wantID := `"labels"`
		if !s.j.cloud() {
			wantID = "absent"
		}
		if got := at(v, hist(first)+"fieldId"); got != wantID {
			t.Errorf("fieldId is %s, want %s", got, wantID)
		}
	})
}

func TestEditing(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"several fields make one history entry", "po", "PUT", "issue/SHOP-1", `{"fields":{"summary":"S","description":"D","priority":{"name":"High"},"assignee":` + s.userRef("sm") + `}}`, 204, nil},
			{"they are kept", "po", "", "issue/SHOP-1?expand=changelog", "", 200, map[string]string{"fields.summary": `"S"`, "fields.priority.name": `"High"`, "fields.assignee.displayName": `"Sam Master"`, "changelog.total": "1", "changelog.histories.0.items.#": "4"}},
			{"one bad field keeps all out", "po", "PUT", "issue/SHOP-1", `{"fields":{"summary":"T","labels":["a b"]}}`, 400, map[string]string{"errors.labels": "*", "errors.summary": "absent"}},
			{"nothing happened", "po", "", "issue/SHOP-1", "", 200, map[string]string{"fields.summary": `"S"`}},
			{"status cannot be edited", "po", "PUT", "issue/SHOP-1", `{"fields":{"status":{"name":"Done"}}}`, 400, map[string]string{"errors.status": "*"}},
			{"an unknown verb", "po", "PUT", "issue/SHOP-1", `{"update":{"summary":[{"add":"x"}]}}`, 400, map[string]string{"errors.summary": "*"}},
			{"set as a verb, and a comment", "po", "PUT", "issue/SHOP-1", `{"update":{"summary":[{"set":"U"}],"comment":[{"add":{"body":"why"}}]}}`, 204, nil},
			{"both are there", "po", "", "issue/SHOP-1", "", 200, map[string]string{"fields.summary": `"U"`, "fields.comment.comments.0.body": `"why"`}},
			{"the type", "po", "PUT", "issue/SHOP-1", `{"fields":{"issuetype":{"name":"Bug"}}}`, 204, nil},
			{"but not into a sub-task", "po", "PUT", "issue/SHOP-1", `{"fields":{"issuetype":{"name":"Sub-task"}}}`, 400, nil},
			{"assign", "po", "PUT", "issue/SHOP-1/assignee", s.userRef("dev"), 204, nil},
			{"unassign", "po", "PUT", "issue/SHOP-1/assignee", `{"accountId":null,"name":null}`, 204, nil},
			{"gone", "po", "", "issue/SHOP-1", "", 200, map[string]string{"fields.assignee": "null"}},
			{"absent issue", "po", "PUT", "issue/SHOP-99", `{"fields":{}}`, 404, nil},
		})
	})
}

func TestEditingNeedsThePermission(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.withoutGrant(EditIssues)
		s.run([]step{{"refused", "dev", "PUT", "issue/SHOP-1", `{"fields":{"summary":"x"}}`, 403, nil}})
		s.j.SetKnobs(func(k *Knobs) { k.EditDenied = http.StatusBadRequest })
		s.run([]step{
			{"some sites call the field unknown", "dev", "PUT", "issue/SHOP-1", `{"fields":{"summary":"x"}}`, 400, map[string]string{"errors.summary": "*"}},
			{"an administrator of the project may", "lead", "PUT", "issue/SHOP-1", `{"fields":{"summary":"x"}}`, 204, nil},
			{"a property is refused too", "dev", "PUT", "issue/SHOP-1/properties/p", `1`, 403, nil},
		})
	})
}

// withoutGrant takes a permission away from everybody but project administrators.
func (s *site) withoutGrant(permission string) {
	s.t.Helper()
	s.j.mu.Lock()
	defer s.j.mu.Unlock()
	scheme := s.j.schemes[0]
	var keep []Grant
	for _, g := range scheme.Grants {
		if g.Permission != permission || g.Type != "applicationRole" {
			keep = append(keep, g)
		}
	}
	scheme.Grants = keep
}

func TestNotifyUsersNeedsAnAdministratorOnDataCenter(t *testing.T) {
	edit := `{"fields":{"labels":["x"]}}`
	demoSite(t, Cloud).run([]step{{"ignored on Cloud", "dev", "PUT", "issue/SHOP-1?notifyUsers=false", edit, 204, nil}})
	demoSite(t, DataCenter).run([]step{
		{"refused on Data Center", "dev", "PUT", "issue/SHOP-1?notifyUsers=false", edit, 403, nil},
		{"but not to an administrator", "andon", "PUT", "issue/SHOP-1?notifyUsers=false", edit, 204, nil},
	})
}

func TestTransitions(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"list", "po", "", "issue/SHOP-2/transitions?expand=transitions.fields", "", 200, map[string]string{"transitions.#": "3", "transitions.2.id": `"31"`,
				"transitions.2.to.statusCategory.key": `"done"`, "transitions.2.hasScreen": "true", "transitions.2.fields.resolution.required": "false"}},
			{"done sets the resolution by itself", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"31"}}`, 204, nil},
			{"resolved", "po", "", "issue/SHOP-2?expand=changelog", "", 200, map[string]string{"fields.resolution.name": `"Done"`, "fields.resolutiondate": "*",
				"changelog.histories.0.items.1.field": `"status"`, "changelog.histories.0.items.1.from": `"10000"`, "changelog.histories.0.items.1.to": `"10002"`, "changelog.histories.0.author.displayName": `"Dana Developer"`}},
			{"reopening clears it", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"11"}}`, 204, nil},
			{"unresolved", "po", "", "issue/SHOP-2", "", 200, map[string]string{"fields.resolution": "null", "fields.resolutiondate": "null"}},
			{"with a resolution", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Won't Do"}}}`, 204, nil},
			{"that one", "po", "", "issue/SHOP-2", "", 200, map[string]string{"fields.resolution.name": `"Won't Do"`}},
			{"an unknown resolution", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"31"},"fields":{"resolution":{"name":"Maybe"}}}`, 400, map[string]string{"errors.resolution": "*"}},
			{"a field that is not on the screen", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"11"},"fields":{"resolution":{"name":"Done"}}}`, 400, map[string]string{"errors.resolution": "*"}},
			{"an unknown transition", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"99"}}`, 400, nil},
			{"no transition", "dev", "POST", "issue/SHOP-2/transitions", `{}`, 400, map[string]string{"errorMessages.0": `"Missing 'transition' identifier"`}},
		})
		s.withoutGrant(TransitionIssues)
		s.run([]step{
			{"an empty list without the permission", "dev", "", "issue/SHOP-2/transitions", "", 200, map[string]string{"transitions": "[]"}},
			{"and a refusal", "dev", "POST", "issue/SHOP-2/transitions", `{"transition":{"id":"11"}}`, 400, nil},
		})
	})
}

func TestDoneMayLeaveAnIssueUnresolved(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.DoneSetsResolution = false })
	try(t, s.j.As("dev@example.com").Transition("SHOP-2", "Done"))
	if status, category, resolution := s.j.StatusOf("SHOP-2"); status != "Done" || category != CategoryDone || resolution != "" {
		t.Errorf("%s %s %q", status, category, resolution)
	}
}

func TestAWorkflowMayLimitAndRequire(t *testing.T) {
	s := demoSite(t, Cloud)
	_, err := s.j.AddProject(ProjectSpec{Key: "FLOW", Lead: "lead@example.com", Transitions: []Transition{
		{ID: 1, Name: "Open", To: StatusToDo, From: []int64{StatusDone}},
		{ID: 2, Name: "Finish", To: StatusDone, From: []int64{StatusToDo}, Fields: []string{"resolution"}, ScreenRequired: []string{"resolution"}},
	}})
	try(t, err)
	must[Issue](t)(s.j.AddIssue(IssueSpec{Project: "FLOW", Summary: "x"}))
	s.run([]step{
		{"only what leads on", "dev", "", "issue/FLOW-1/transitions", "", 200, map[string]string{"transitions.#": "1", "transitions.0.name": `"Finish"`}},
		{"not from here", "dev", "POST", "issue/FLOW-1/transitions", `{"transition":{"id":"1"}}`, 400, map[string]string{"errorMessages.0": "*"}},
		{"the resolution is required", "dev", "POST", "issue/FLOW-1/transitions", `{"transition":{"id":"2"}}`, 400, map[string]string{"errors.resolution": `"Resolution is required."`}},
		{"given", "dev", "POST", "issue/FLOW-1/transitions", `{"transition":{"id":"2"},"fields":{"resolution":{"name":"Duplicate"}}}`, 204, nil},
	})
	if err := s.j.As("dev@example.com").Transition("FLOW-1", "Finish"); err == nil {
		t.Error("finished twice")
	}
}

func TestDeletingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"needs the permission", "dev", "DELETE", "issue/SHOP-2", "", 403, nil},
			{"needs a word about sub-tasks", "lead", "DELETE", "issue/SHOP-1", "", 400, map[string]string{"errorMessages.0": "*"}},
			{"takes them along", "lead", "DELETE", "issue/SHOP-1?deleteSubtasks=true", "", 204, nil},
			{"gone", "lead", "", "issue/SHOP-1", "", 404, nil},
			{"the sub-task too", "lead", "", "issue/SHOP-8", "", 404, nil},
			{"and from the search", "lead", "", s.searchPath("project = SHOP AND key != SHOP-2", "key"), "", 200, map[string]string{"issues.#": "8"}},
		})
		var names []string
		for _, e := range s.j.Events() {
			names = append(names, e.Name+" "+e.Issue.Key)
		}
		if len(names) != 2 || names[0] != "jira:issue_deleted SHOP-1" || names[1] != "jira:issue_deleted SHOP-8" || !s.j.Events()[1].Secondary {
			t.Errorf("events: %v", names)
		}
	})
}

func TestTheSprintFieldCanBeSetByEditing(t *testing.T) {
	s := demoSite(t, Cloud)
	f := `{"fields":{"` + SprintField + `":`
	s.run([]step{
		{"into the future sprint", "dev", "PUT", "issue/SHOP-10", f + `2}}`, 204, nil},
		{"the changelog has ids and empty strings", "dev", "", "issue/SHOP-10/changelog", "", 200, map[string]string{"values.0.items.0.field": `"Sprint"`, "values.0.items.0.fieldtype": `"custom"`,
			"values.0.items.0.from": `""`, "values.0.items.0.to": `"2"`, "values.0.items.0.toString": `"SHOP Sprint 8"`}},
		{"out again", "dev", "PUT", "issue/SHOP-10", f + `null}}`, 204, nil},
		{"no such sprint", "dev", "PUT", "issue/SHOP-10", f + `77}}`, 400, nil},
		{"not a sub-task", "dev", "PUT", "issue/SHOP-8", f + `2}}`, 400, nil},
	})
	s.withoutGrant(ScheduleIssues)
	s.run([]step{{"needs Schedule Issues", "dev", "PUT", "issue/SHOP-10", f + `2}}`, 400, nil}})
}

func TestTheChangelogHasTwoForms(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.ChangelogCap = 3 })
	po := s.j.As("po@example.com")
	for _, l := range []string{"a", "b", "c", "d", "e"} {
		try(t, po.AddLabel("SHOP-1", l))
	}
	s.run([]step{
		{"paged: oldest first", "po", "", "issue/SHOP-1/changelog?maxResults=100", "", 200, map[string]string{"values.0.items.0.toString": `"a"`, "values.#": "3", "maxResults": "3", "total": "5", "isLast": "false", "nextPage": "*"}},
		{"the last page", "po", "", "issue/SHOP-1/changelog?startAt=3", "", 200, map[string]string{"values.#": "2", "isLast": "true", "nextPage": "absent", "values.1.items.0.toString": `"a b c d e"`}},
		{"beyond", "po", "", "issue/SHOP-1/changelog?startAt=30", "", 200, map[string]string{"values": "[]"}},
		{"expanded: newest first and capped", "po", "", "issue/SHOP-1?expand=changelog", "", 200, map[string]string{"changelog.histories.0.items.0.toString": `"a b c d e"`, "changelog.total": "5", "changelog.histories.#": "3"}},
		{"in bulk", "po", "POST", "changelog/bulkfetch", `{"issueIdsOrKeys":["SHOP-1","SHOP-2"],"fieldIds":["labels"],"maxResults":4}`, 200, map[string]string{"issueChangeLogs.#": "1", "issueChangeLogs.0.issueId": `"10000"`, "issueChangeLogs.0.changeHistories.#": "4", "nextPageToken": `"4"`}},
		{"the rest", "po", "POST", "changelog/bulkfetch", `{"issueIdsOrKeys":["SHOP-1"],"maxResults":4,"nextPageToken":"4"}`, 200, map[string]string{"issueChangeLogs.0.changeHistories.#": "1", "nextPageToken": "absent"}},
		{"too much", "po", "POST", "changelog/bulkfetch", `{"issueIdsOrKeys":[]}`, 400, nil},
	})
	demoSite(t, DataCenter).run([]step{
		{"no paged form on Data Center", "po", "", "issue/SHOP-1/changelog", "", 404, nil},
		{"nor in bulk", "po", "POST", "changelog/bulkfetch", `{}`, 404, nil},
	})
}
