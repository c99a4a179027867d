package jiratest

import (
	"strings"
	"testing"
)

func TestComments(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{
				name: "add", as: "po", method: "POST", path: "issue/SHOP-1/comment", status: 201,
				body: `{"body":"one","properties":[{"key":"andon","value":{"status":true}}]}`,
				want: map[string]string{
					"id":                 `"10000"`,
					"body":               `"one"`,
					"author.displayName": `"Paula Owner"`,
					"created":            "*",
				},
			},
			{
				name: "add another", as: "dev", method: "POST", path: "issue/SHOP-1/comment", body: `{"body":"two"}`, status: 201,
				want: map[string]string{"id": `"10001"`},
			},
			{
				name: "empty", as: "po", method: "POST", path: "issue/SHOP-1/comment", body: `{"body":"  "}`, status: 400,
				want: map[string]string{"errors.comment": `"Comment body can not be empty!"`},
			},
			{
				name: "list", as: "po", path: "issue/SHOP-1/comment", status: 200,
				want: map[string]string{
					"total":           "2",
					"comments.0.body": `"one"`,
				},
			},
			{
				name: "page", as: "po", path: "issue/SHOP-1/comment?startAt=1&maxResults=1", status: 200,
				want: map[string]string{
					"total":           "2",
					"comments.#":      "1",
					"comments.0.body": `"two"`,
					"startAt":         "1",
				},
			},
			{
				name: "newest first", as: "po", path: "issue/SHOP-1/comment?orderBy=-created", status: 200,
				want: map[string]string{"comments.0.body": `"two"`},
			},
			{
				name: "with properties", as: "po", path: "issue/SHOP-1/comment?expand=properties", status: 200,
				want: map[string]string{"comments.0.properties.0.key": `"andon"`},
			},
			{
				name: "one", as: "po", path: "issue/SHOP-1/comment/10000?expand=properties", status: 200,
				want: map[string]string{"properties.0.value.status": "true"},
			},
			{
				name: "edit one's own", as: "po", method: "PUT", path: "issue/SHOP-1/comment/10000?notifyUsers=false", body: `{"body":"uno"}`, status: 200,
				want: map[string]string{
					"body": `"uno"`,
					"id":   `"10000"`,
				},
			},
			{
				name: "not another's", as: "dev", method: "PUT", path: "issue/SHOP-1/comment/10000", body: `{"body":"x"}`, status: 400,
			},
			{
				name: "an administrator may", as: "lead", method: "PUT", path: "issue/SHOP-1/comment/10000", body: `{"body":"eins"}`, status: 200,
				want: map[string]string{
					"author.displayName":       `"Paula Owner"`,
					"updateAuthor.displayName": `"Leo Lead"`,
				},
			},
			{name: "on the wrong issue", as: "po", path: "issue/SHOP-2/comment/10000", status: 404},
			{name: "delete another's", as: "dev", method: "DELETE", path: "issue/SHOP-1/comment/10000", status: 400},
			{name: "delete", as: "po", method: "DELETE", path: "issue/SHOP-1/comment/10000", status: 204},
			{name: "gone", as: "po", path: "issue/SHOP-1/comment/10000", status: 404},
			{
				name: "comments are in no changelog", as: "po", path: "issue/SHOP-1?expand=changelog", status: 200,
				want: map[string]string{"changelog.total": "0"},
			},
			{name: "an unknown order", as: "po", path: "issue/SHOP-1/comment?orderBy=size", status: 400},
		})
		s.withoutGrant(AddComments)
		s.run([]step{{
			name: "needs the permission", as: "dev", method: "POST", path: "issue/SHOP-1/comment", body: `{"body":"x"}`, status: 403,
		}})
	})
}

func TestACommentMayBeForARoleOnly(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{
			name: "one must be in it", as: "dev", method: "POST", path: "issue/SHOP-1/comment", status: 400,
			body: `{"body":"x","visibility":{"type":"role","value":"Product Owner"}}`,
			want: map[string]string{"errors.commentLevel": "*"},
		},
		{
			name: "the owner is", as: "po", method: "POST", path: "issue/SHOP-1/comment", status: 201,
			body: `{"body":"secret","visibility":{"type":"role","value":"Product Owner"}}`,
			want: map[string]string{"visibility.value": `"Product Owner"`},
		},
		{
			name: "others do not see it", as: "dev", path: "issue/SHOP-1/comment", status: 200,
			want: map[string]string{"total": "0"},
		},
		{name: "nor by id", as: "dev", path: "issue/SHOP-1/comment/10000", status: 404},
		{
			name: "nor in the issue", as: "dev", path: "issue/SHOP-1", status: 200,
			want: map[string]string{"fields.comment.total": "0"},
		},
		{
			name: "the owner does", as: "po", path: "issue/SHOP-1/comment", status: 200,
			want: map[string]string{"total": "1"},
		},
		{
			name: "for a group", as: "dev", method: "POST", path: "issue/SHOP-1/comment", status: 201,
			body: `{"body":"x","visibility":{"type":"group","value":"developers"}}`,
		},
		{
			name: "the owner sees only the first", as: "po", path: "issue/SHOP-1/comment", status: 200,
			want: map[string]string{"total": "1"},
		},
	})
}

func TestCloudLimitsTheNumberOfComments(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.MaxComments = 1 })
	s.run([]step{
		{
			name: "the last one", as: "po", method: "POST", path: "issue/SHOP-1/comment", body: `{"body":"x"}`, status: 201,
		},
		{
			name: "one too many", as: "po", method: "POST", path: "issue/SHOP-1/comment", body: `{"body":"x"}`, status: 413,
		},
		{
			name: "too long", as: "po", method: "POST", path: "issue/SHOP-2/comment", body: `{"body":"` + strings.Repeat("x", maxText+1) + `"}`, status: 400,
		},
	})
}
