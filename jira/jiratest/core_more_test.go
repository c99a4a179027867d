package jiratest

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

func TestDataCenterAsksForACaptchaAfterTooManyFailures(t *testing.T) {
	s := demoSite(t, DataCenter, func(k *Knobs) { k.CaptchaAfter = 2 })
	login := func(password string) (int, http.Header) {
		req, err := http.NewRequest(http.MethodGet, s.srv.URL+"/rest/api/2/myself", nil)
		try(t, err)
		req.SetBasicAuth("po", password)
		status, header, _ := s.send(req)
		return status, header
	}
	for i, want := range []int{401, 401, 403} {
		if status, _ := login("wrong"); status != want {
			t.Errorf("failure %d: %d, want %d", i+1, status, want)
		}
	}
	status, header := login("demo")
	if status != 403 || header.Get("X-Authentication-Denied-Reason") == "" {
		t.Errorf("the right password after that: %d %v", status, header)
	}
	s.run([]step{{name: "a token still works", as: "po", path: "myself", status: 200}})
	try(t, s.j.ClearCaptcha("po@example.com"))
	if status, _ := login("demo"); status != 200 {
		t.Errorf("after a human logged in: %d", status)
	}
}

func TestASearchMayMissAnIssueForAMoment(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.IndexVanish = 2 })
	try(t, s.j.As("po@example.com").AddLabel("SHOP-1", "disaster"))
	var seen []int
	for range 4 {
		seen = append(seen, len(s.found("po", "labels = disaster")))
	}
	if fmt.Sprint(seen) != "[1 0 1 0]" {
		t.Errorf("seen: %v", seen)
	}
	s.found("po", "project = BLOG")
	s.run([]step{{
		name: "reconciled, it stays", as: "po", path: s.searchPath("labels = disaster", "key") + "&reconcileIssues=10000", status: 200,
		want: map[string]string{"issues.#": "1"},
	}})
}

func TestADeletedAccountLeavesItsWorkWithoutAuthor(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, s.j.As("dev@example.com").AddLabel("SHOP-1", "x"))
		try(t, s.j.DeleteUser("dev@example.com"))
		s.run([]step{
			{
				name: "the author is gone", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
				want: map[string]string{
					"changelog.total":              "1",
					"changelog.histories.0.author": "absent",
					"fields.assignee":              "null",
				},
			},
			{name: "others log in as before", as: "sm", path: "myself", status: 200},
			{
				name: "groups forget the account", as: "andon", path: "group/member?groupname=developers", status: 200,
				want: map[string]string{"total": "1"},
			},
		})
		if _, there := s.j.User("dev@example.com"); there {
			t.Error("the account is still there")
		}
		if len(s.j.Dump().Users) != 4 {
			t.Error("the dump has the account")
		}
	})
}

func TestASubtaskCanBecomeAnIssue(t *testing.T) {
	s := demoSite(t, Cloud)
	is := must[Issue](t)(s.j.Convert("dev@example.com", "SHOP-8", "Task"))
	if is.ParentID != 0 || is.ID != 10007 || len(is.Sprints) != 1 {
		t.Errorf("converted: %+v", is)
	}
	s.run([]step{
		{
			name: "the parent has lost it", as: "po", path: "issue/SHOP-1", status: 200,
			want: map[string]string{"fields.subtasks": "[]"},
		},
		{
			name: "it is no sub-task", as: "po", path: "issue/SHOP-8?expand=changelog", status: 200,
			want: map[string]string{
				"fields.issuetype.subtask": "false",
				"fields.parent":            "absent",
				"changelog.total":          "1",
			},
		},
	})
	for _, bad := range [][2]string{{"SHOP-8", "Task"}, {"SHOP-99", "Task"}, {"SHOP-1", "Nope"}} {
		if _, err := s.j.Convert("dev@example.com", bad[0], bad[1]); err == nil {
			t.Errorf("converted %v", bad)
		}
	}
}

func TestSingleEntitiesBehindTheirSelfLinks(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "resolution", as: "po", path: "resolution/10001", status: 200,
				want: map[string]string{"name": `"Won't Do"`},
			},
			{name: "no resolution", as: "po", path: "resolution/9", status: 404},
			{
				name: "priority", as: "po", path: "priority/3", status: 200,
				want: map[string]string{"name": `"Medium"`},
			},
			{
				name: "status by id", as: "po", path: "status/10002", status: 200,
				want: map[string]string{"statusCategory.key": `"done"`},
			},
			{
				name: "status by name", as: "po", path: "status/Done", status: 200,
				want: map[string]string{"id": `"10002"`},
			},
			{name: "no status", as: "po", path: "status/9", status: 404},
			{
				name: "categories", as: "po", path: "statuscategory", status: 200,
				want: map[string]string{
					"#":     "4",
					"1.key": `"new"`,
					"1.id":  "2",
				},
			},
		})
	})
}

func TestIssuesCanBeFetchedInBulkOnCloud(t *testing.T) {
	s := demoSite(t, Cloud)
	try(t, s.j.Hide("SHOP-2", "po@example.com"))
	s.run([]step{
		{
			name: "what can be seen", as: "po", method: "POST", path: "issue/bulkfetch", status: 200,
			body: `{"issueIdsOrKeys":["SHOP-1","SHOP-2","10002"],"fields":["summary"],"expand":["changelog"],"properties":["andon"]}`,
			want: map[string]string{
				"issues.#":                 "2",
				"issues.1.key":             `"SHOP-3"`,
				"issues.0.fields.#":        "1",
				"issues.0.changelog.total": "0",
			},
		},
		{name: "nothing asked for", as: "po", method: "POST", path: "issue/bulkfetch", body: `{}`, status: 400},
	})
	if s.j.Writes() != 0 {
		t.Error("a bulk fetch counts as a write")
	}
}

func TestManyCallersAtOnceDoNotDisturbEachOther(t *testing.T) {
	s := demoSite(t, Cloud)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			po := s.j.As("po@example.com")
			for n := range 5 {
				if err := po.AddLabel("SHOP-1", fmt.Sprintf("l%d-%d", i, n)); err != nil {
					t.Error(err)
				}
				s.request("dev", "GET", "/rest/api/2/"+s.searchPath("project = SHOP", "labels"), "")
				s.j.Dump()
			}
		})
	}
	wg.Wait()
	is, _ := s.j.Issue("SHOP-1")
	if len(is.Labels) != 40 || len(is.History) != 40 {
		t.Errorf("%d labels, %d changes", len(is.Labels), len(is.History))
	}
}

func TestEventsTellWhatHappened(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		po := s.j.As("po@example.com")
		key := must[string](t)(po.CreateIssue(NewIssue{Project: "SHOP", Summary: "x", Labels: []string{"a"}}))
		try(t, po.AddLabel(key, "b"))
		try(t, po.Transition(key, "Done"))
		must[string](t)(po.Comment(key, "c"))
		try(t, po.Assign(key, "dev@example.com"))
		try(t, po.Link("Relates", key, "SHOP-1"))
		var got []string
		for _, e := range s.j.Events() {
			got = append(got, e.Name+"/"+e.TypeName)
		}
		want := "[jira:issue_created/issue_created jira:issue_updated/issue_updated jira:issue_updated/issue_generic comment_created/ jira:issue_updated/issue_assigned jira:issue_updated/issue_updated jira:issue_updated/issue_updated issuelink_created/]"
		if !s.j.cloud() {
			want = "[jira:issue_created/issue_created jira:issue_updated/issue_updated jira:issue_updated/issue_generic comment_created/ jira:issue_updated/issue_commented jira:issue_updated/issue_assigned jira:issue_updated/issue_updated jira:issue_updated/issue_updated issuelink_created/]"
		}
		if fmt.Sprint(got) != want {
			t.Errorf("events:\n%v, want\n%v", got, want)
		}
		e := s.j.Events()[1]
		if e.Change == nil || *e.Change.Items[0].ToString != "a b" || e.Issue.Key != key || e.Actor == "" || e.At.IsZero() {
			t.Errorf("event: %+v", e)
		}
	})
}
