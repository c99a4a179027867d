package jira

import (
	"fmt"
	"strconv"
	"testing"
)

func whole(n int) *int       { return &n }
func flag(b bool) *bool      { return &b }
func itself(s string) string { return s }

// server is a list of n elements behind pages of at most cap elements.
func numbers(from, to int) []string {
	out := []string{}
	for i := from; i < to; i++ {
		out = append(out, strconv.Itoa(i))
	}
	return out
}

func TestListsAreReadToTheirEnd(t *testing.T) {
	const n = 120
	cut := func(start, size int) []string { return numbers(min(start, n), min(start+size, n)) }
	tests := []struct {
		name  string
		fetch func(start int) page[string]
		calls int
	}{
		{"total and isLast", func(s int) page[string] {
			v := cut(s, 50)
			return page[string]{MaxResults: 50, Total: whole(n), IsLast: flag(s+len(v) >= n), Values: v}
		}, 3},
		{"total only", func(s int) page[string] { return page[string]{MaxResults: 50, Total: whole(n), Values: cut(s, 50)} }, 3},
		{"isLast only", func(s int) page[string] {
			v := cut(s, 50)
			return page[string]{MaxResults: 50, IsLast: flag(s+len(v) >= n), Values: v}
		}, 3},
		{"neither", func(s int) page[string] { return page[string]{Values: cut(s, 50)} }, 4},
		{"a page size capped in silence", func(s int) page[string] { return page[string]{MaxResults: 50, Total: whole(n), Values: cut(s, 20)} }, 6},
		{"isLast too early", func(s int) page[string] {
			return page[string]{MaxResults: 50, Total: whole(n), IsLast: flag(true), Values: cut(s, 50)}
		}, 3},
		{"isLast never, total too small", func(s int) page[string] {
			v := cut(s, 50)
			return page[string]{MaxResults: 50, Total: whole(50), IsLast: flag(s >= n), Values: v}
		}, 4},
		{"pages that overlap", func(s int) page[string] {
			return page[string]{MaxResults: 50, Total: whole(n), Values: numbers(max(0, min(s, n)-5), min(s+45, n))}
		}, 3},
		{"an element hidden from us on each page", func(s int) page[string] {
			if s >= n {
				return page[string]{MaxResults: 50, IsLast: flag(true), Values: []string{}}
			}
			return page[string]{MaxResults: 50, IsLast: flag(false), Values: cut(s, 49)}
		}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			got, err := collect("route", itself, func(start int) (page[string], error) { calls++; return tt.fetch(start), nil })
			noError(t, err)
			equal(t, "elements", numbers(0, n), got)
			equal(t, "calls", tt.calls, calls)
		})
	}
}

func TestAPageWithoutVisibleElementsIsSteppedOver(t *testing.T) {
	got, err := collect("route", itself, func(start int) (page[string], error) {
		switch start {
		case 0:
			return page[string]{MaxResults: 2, Total: whole(6), Values: []string{"a", "b"}}, nil
		case 2:
			return page[string]{MaxResults: 2, Total: whole(6), Values: []string{}}, nil
		default:
			return page[string]{MaxResults: 2, Total: whole(6), Values: []string{"e", "f"}}, nil
		}
	})
	noError(t, err)
	equal(t, "elements", []string{"a", "b", "e", "f"}, got)
}

func TestAListThatDoesNotEndIsAnError(t *testing.T) {
	tests := []struct {
		name  string
		calls int
		fetch func(start int) page[string]
	}{
		{"always more", maxPages, func(s int) page[string] {
			return page[string]{IsLast: flag(false), Values: []string{strconv.Itoa(s)}}
		}},
		{"always the same", maxPages, func(int) page[string] { return page[string]{Values: []string{"a"}} }},
		{"more announced than given", maxEmpty + 2, func(s int) page[string] {
			if s == 0 {
				return page[string]{Total: whole(9), Values: []string{"a"}}
			}
			return page[string]{Total: whole(900), Values: []string{}}
		}},
		{"a page size of zero", maxEmpty + 1, func(int) page[string] { return page[string]{Total: whole(900), Values: []string{}} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			got, err := collect("route", itself, func(start int) (page[string], error) { calls++; return tt.fetch(start), nil })
			wantKind(t, err, KindTooManyPages)
			equal(t, "nothing is returned", []string(nil), got)
			equal(t, "calls", tt.calls, calls)
		})
	}
}

func TestAFailureInTheMiddleReturnsNothing(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/agile/1.0/board",
		ok(`{"maxResults":1,"startAt":0,"total":2,"isLast":false,"values":[{"id":1}]}`), fails(403, ""))
	boards, err := j.client().Boards(t.Context(), "ABC")
	wantKind(t, err, KindForbidden)
	equal(t, "boards", []Board(nil), boards)
	j.wantCalls("GET /rest/agile/1.0/board?maxResults=50&projectKeyOrId=ABC&startAt=0", "GET /rest/agile/1.0/board?maxResults=50&projectKeyOrId=ABC&startAt=1")
}

func TestAnAnswerWithoutItsListIsNoEmptyList(t *testing.T) {
	calls := map[string]func(c *Client) error{
		"GET /rest/agile/1.0/board":                       func(c *Client) error { _, err := c.Boards(t.Context(), "A"); return err },
		"GET /rest/agile/1.0/board/1/sprint":              func(c *Client) error { _, _, err := c.BoardSprints(t.Context(), 1); return err },
		"GET /rest/agile/1.0/board/1/project":             func(c *Client) error { _, err := c.BoardProjects(t.Context(), 1); return err },
		"GET /rest/api/2/group/member":                    func(c *Client) error { _, err := c.GroupMembers(t.Context(), Group{Name: "g"}); return err },
		"GET /rest/api/2/issue/1/comment":                 func(c *Client) error { _, err := c.Comments(t.Context(), "1"); return err },
		"GET /rest/api/2/issue/1/transitions":             func(c *Client) error { _, err := c.Transitions(t.Context(), "1"); return err },
		"GET /rest/api/2/issueLinkType":                   func(c *Client) error { _, err := c.LinkTypes(t.Context()); return err },
		"GET /rest/api/2/project/search":                  func(c *Client) error { _, err := c.Projects(t.Context()); return err },
		"GET /rest/api/2/permissionscheme":                func(c *Client) error { _, err := c.PermissionSchemes(t.Context()); return err },
		"GET /rest/api/2/mypermissions":                   func(c *Client) error { _, err := c.Permissions(t.Context(), "A", "X"); return err },
		"GET /rest/webhooks/1.0/webhook":                  func(c *Client) error { _, err := c.Webhooks(t.Context()); return err },
		"POST /rest/api/2/search/jql":                     func(c *Client) error { _, err := c.Search(t.Context(), SearchQuery{JQL: "x"}); return err },
		"GET /rest/api/2/issue/createmeta/A/issuetypes/1": func(c *Client) error { _, err := c.CreateMeta(t.Context(), "A", "1"); return err },
		"GET /rest/api/2/issue/1":                         func(c *Client) error { _, err := c.Issue(t.Context(), "1", IssueQuery{}); return err },
		"GET /rest/api/2/project/A":                       func(c *Client) error { _, err := c.Project(t.Context(), "A"); return err },
		"GET /rest/api/2/project/A/role/1":                func(c *Client) error { _, err := c.RoleActors(t.Context(), "A", 1); return err },
		"GET /rest/agile/1.0/sprint/1":                    func(c *Client) error { _, err := c.Sprint(t.Context(), 1); return err },
		"GET /rest/agile/1.0/board/1":                     func(c *Client) error { _, err := c.Board(t.Context(), 1); return err },
		"GET /rest/agile/1.0/issue/1":                     func(c *Client) error { _, _, err := c.IssueSprints(t.Context(), "1"); return err },
		"GET /rest/api/2/project/A/permissionscheme":      func(c *Client) error { _, err := c.ProjectPermissionScheme(t.Context(), "A"); return err },
		"GET /rest/api/2/issue/1/properties/k":            func(c *Client) error { _, _, err := c.IssueProperty(t.Context(), "1", "k"); return err },
	}
	for place, call := range calls {
		for _, body := range []string{"", "null", "{}"} {
			t.Run(fmt.Sprintf("%s %q", place, body), func(t *testing.T) {
				j := newFake(t, Cloud).on(place, ok(body))
				wantKind(t, call(j.client()), KindMalformed)
			})
		}
	}
	for place, call := range map[string]func(c *Client) error{
		"GET /rest/api/2/field":          func(c *Client) error { _, err := c.Fields(t.Context()); return err },
		"GET /rest/api/2/project":        func(c *Client) error { _, err := c.Projects(t.Context()); return err },
		"GET /rest/api/2/project/A/role": func(c *Client) error { _, err := c.ProjectRoles(t.Context(), "A"); return err },
	} {
		j := newFake(t, DataCenter).on(place, ok("null"))
		wantKind(t, call(j.client()), KindMalformed)
	}
}
