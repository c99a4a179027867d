package jiratest

import (
	"net/http"
	"testing"
)

func TestIssueLinks(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "types", as: "po", path: "issueLinkType", status: 200,
				want: map[string]string{
					"issueLinkTypes.0.name":    `"Blocks"`,
					"issueLinkTypes.0.outward": `"blocks"`,
				},
			},
			{
				name: "create", as: "po", method: "POST", path: "issueLink", status: 201,
				body: `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`,
			},
			{
				name: "again is the same", as: "po", method: "POST", path: "issueLink", status: 201,
				body: `{"type":{"name":"blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`,
			},
			{
				name: "the one that blocks", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
				want: map[string]string{
					"fields.issuelinks.#":                    "1",
					"fields.issuelinks.0.outwardIssue.key":   `"SHOP-2"`,
					"changelog.histories.0.items.0.toString": `"This issue blocks SHOP-2"`,
				},
			},
			{
				name: "the one that is blocked", as: "po", path: "issue/SHOP-2", status: 200,
				want: map[string]string{"fields.issuelinks.0.inwardIssue.key": `"SHOP-1"`},
			},
			{
				name: "by id", as: "po", path: "issueLink/10000", status: 200,
				want: map[string]string{
					"inwardIssue.key":  `"SHOP-1"`,
					"outwardIssue.key": `"SHOP-2"`,
				},
			},
			{
				name: "an unknown type", as: "po", method: "POST", path: "issueLink", status: 404,
				body: `{"type":{"name":"Hates"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`,
			},
			{
				name: "an absent issue", as: "po", method: "POST", path: "issueLink", status: 404,
				body: `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-99"}}`,
			},
			{
				name: "itself", as: "po", method: "POST", path: "issueLink", status: 400,
				body: `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-1"}}`,
			},
			{name: "delete", as: "po", method: "DELETE", path: "issueLink/10000", status: 204},
			{name: "gone", as: "po", path: "issueLink/10000", status: 404},
		})
		s.withoutGrant(LinkIssues)
		s.run([]step{{
			name: "needs the permission", as: "dev", method: "POST", path: "issueLink", status: 401,
			body: `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`,
		}})
	})
}

func TestRemoteLinksAreReplacedByGlobalID(t *testing.T) {
	s := demoSite(t, Cloud)
	link := `{"globalId":"andon:1","relationship":"causes","object":{"url":"https://example.com/1","title":"One"}}`
	s.run([]step{
		{
			name: "new", as: "po", method: "POST", path: "issue/SHOP-1/remotelink", body: link, status: 201,
			want: map[string]string{"id": "10000"},
		},
		{
			name: "again", as: "po", method: "POST", path: "issue/SHOP-1/remotelink", status: 200,
			body: `{"globalId":"andon:1","object":{"url":"https://example.com/1","title":"Uno"}}`,
			want: map[string]string{"id": "10000"},
		},
		{
			name: "absent fields are gone", as: "po", path: "issue/SHOP-1/remotelink?globalId=andon:1", status: 200,
			want: map[string]string{
				"object.title": `"Uno"`,
				"relationship": "absent",
			},
		},
		{
			name: "without globalId each is new", as: "po", method: "POST", path: "issue/SHOP-1/remotelink", body: `{"object":{"url":"https://example.com/1","title":"Uno"}}`, status: 201,
			want: map[string]string{"id": "10001"},
		},
		{
			name: "list", as: "po", path: "issue/SHOP-1/remotelink", status: 200,
			want: map[string]string{
				"#":          "2",
				"0.globalId": `"andon:1"`,
			},
		},
		{
			name: "without title", as: "po", method: "POST", path: "issue/SHOP-1/remotelink", body: `{"object":{"url":"https://example.com/1"}}`, status: 400,
			want: map[string]string{"errors.title": "*"},
		},
		{
			name: "delete by globalId", as: "po", method: "DELETE", path: "issue/SHOP-1/remotelink?globalId=andon:1", status: 204,
		},
		{name: "delete by id", as: "po", method: "DELETE", path: "issue/SHOP-1/remotelink/10001", status: 204},
		{name: "gone", as: "po", method: "DELETE", path: "issue/SHOP-1/remotelink/10001", status: 404},
		{name: "not found by globalId", as: "po", path: "issue/SHOP-1/remotelink?globalId=andon:1", status: 404},
	})
	req, err := http.NewRequest(http.MethodDelete, s.srv.URL+"/rest/api/2/issue/SHOP-1/remotelink/1", nil)
	try(t, err)
	req.SetBasicAuth("po@example.com", "demo")
	if status, _, _ := s.send(req); status != http.StatusUnsupportedMediaType {
		t.Errorf("Cloud answers %d to a DELETE without Content-Type, want 415", status)
	}
}
