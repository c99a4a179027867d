package jiratest

import (
	"net/http"
	"testing"
)

func TestEditing(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "several fields make one history entry", as: "po", method: "PUT", path: "issue/SHOP-1", status: 204,
				body: `{"fields":{"summary":"S","description":"D","priority":{"name":"High"},"assignee":` + s.userRef("sm") + `}}`,
			},
			{
				name: "they are kept", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
				want: map[string]string{
					"fields.summary":                `"S"`,
					"fields.priority.name":          `"High"`,
					"fields.assignee.displayName":   `"Sam Master"`,
					"changelog.total":               "1",
					"changelog.histories.0.items.#": "4",
				},
			},
			{
				name: "one bad field keeps all out", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":"T","labels":["a b"]}}`, status: 400,
				want: map[string]string{
					"errors.labels":  "*",
					"errors.summary": "absent",
				},
			},
			{
				name: "nothing happened", as: "po", path: "issue/SHOP-1", status: 200,
				want: map[string]string{"fields.summary": `"S"`},
			},
			{
				name: "status cannot be edited", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"status":{"name":"Done"}}}`, status: 400,
				want: map[string]string{"errors.status": "*"},
			},
			{
				name: "an unknown verb", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"update":{"summary":[{"add":"x"}]}}`, status: 400,
				want: map[string]string{"errors.summary": "*"},
			},
			{
				name: "set as a verb, and a comment", as: "po", method: "PUT", path: "issue/SHOP-1", status: 204,
				body: `{"update":{"summary":[{"set":"U"}],"comment":[{"add":{"body":"why"}}]}}`,
			},
			{
				name: "both are there", as: "po", path: "issue/SHOP-1", status: 200,
				want: map[string]string{
					"fields.summary":                 `"U"`,
					"fields.comment.comments.0.body": `"why"`,
				},
			},
			{
				name: "the type", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"issuetype":{"name":"Bug"}}}`, status: 204,
			},
			{
				name: "but not into a sub-task", as: "po", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"issuetype":{"name":"Sub-task"}}}`, status: 400,
			},
			{name: "assign", as: "po", method: "PUT", path: "issue/SHOP-1/assignee", body: s.userRef("dev"), status: 204},
			{
				name: "unassign", as: "po", method: "PUT", path: "issue/SHOP-1/assignee", body: `{"accountId":null,"name":null}`, status: 204,
			},
			{
				name: "gone", as: "po", path: "issue/SHOP-1", status: 200,
				want: map[string]string{"fields.assignee": "null"},
			},
			{name: "absent issue", as: "po", method: "PUT", path: "issue/SHOP-99", body: `{"fields":{}}`, status: 404},
		})
	})
}

func TestEditingNeedsThePermission(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.withoutGrant(EditIssues)
		s.run([]step{{
			name: "refused", as: "dev", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":"x"}}`, status: 403,
		}})
		s.j.SetKnobs(func(k *Knobs) { k.EditDenied = http.StatusBadRequest })
		s.run([]step{
			{
				name: "some sites call the field unknown", as: "dev", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":"x"}}`, status: 400,
				want: map[string]string{"errors.summary": "*"},
			},
			{
				name: "an administrator of the project may", as: "lead", method: "PUT", path: "issue/SHOP-1", body: `{"fields":{"summary":"x"}}`, status: 204,
			},
			{
				name: "a property is refused too", as: "dev", method: "PUT", path: "issue/SHOP-1/properties/p", body: `1`, status: 403,
			},
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
	demoSite(t, Cloud).run([]step{{
		name: "ignored on Cloud", as: "dev", method: "PUT", path: "issue/SHOP-1?notifyUsers=false", body: edit, status: 204,
	}})
	demoSite(t, DataCenter).run([]step{
		{
			name: "refused on Data Center", as: "dev", method: "PUT", path: "issue/SHOP-1?notifyUsers=false", body: edit, status: 403,
		},
		{
			name: "but not to an administrator", as: "andon", method: "PUT", path: "issue/SHOP-1?notifyUsers=false", body: edit, status: 204,
		},
	})
}

func TestDeletingAnIssue(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{name: "needs the permission", as: "dev", method: "DELETE", path: "issue/SHOP-2", status: 403},
			{
				name: "needs a word about sub-tasks", as: "lead", method: "DELETE", path: "issue/SHOP-1", status: 400,
				want: map[string]string{"errorMessages.0": "*"},
			},
			{name: "takes them along", as: "lead", method: "DELETE", path: "issue/SHOP-1?deleteSubtasks=true", status: 204},
			{name: "gone", as: "lead", path: "issue/SHOP-1", status: 404},
			{name: "the sub-task too", as: "lead", path: "issue/SHOP-8", status: 404},
			{
				name: "and from the search", as: "lead", path: s.searchPath("project = SHOP AND key != SHOP-2", "key"), status: 200,
				want: map[string]string{"issues.#": "8"},
			},
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
