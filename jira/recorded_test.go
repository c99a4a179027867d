package jira

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// recordedAnswers finds the recorded answers of real Jira sites, which are not part of this repository: in $ANDON_SHARED,
// or in a folder "shared" beside one of the folders above.
func recordedAnswers(t *testing.T) string {
	t.Helper()
	var places []string
	if named := os.Getenv("ANDON_SHARED"); named != "" {
		places = append(places, filepath.Join(named, "rest"))
	} else if dir, err := filepath.Abs("."); err == nil {
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			places = append(places, filepath.Join(dir, "shared", "rest"))
		}
	}
	for _, place := range places {
		if _, err := os.Stat(filepath.Join(place, "INDEX.tsv")); err == nil {
			return place
		}
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the recorded answers are required, but not there: set ANDON_SHARED")
	}
	t.Skip("the recorded answers are not there")
	return ""
}

// readAnswer reads one recorded answer; Atlassian's examples are wrapped with their place.
func readAnswer(t *testing.T, root, name string) (status int, body string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, name))
	noError(t, err)
	var wrapped struct {
		Path   string
		Status string
		Body   json.RawMessage
	}
	if json.Unmarshal(raw, &wrapped) != nil || wrapped.Path == "" {
		return http.StatusOK, string(raw)
	}
	status, err = strconv.Atoi(wrapped.Status)
	if err != nil {
		status = http.StatusOK // the example of a request
	}
	return status, string(wrapped.Body)
}

// answering is a client whose every call gets the same answer, whichever it is; a list's further pages are empty.
func answering(t *testing.T, f Flavour, status int, body string) *Client {
	t.Helper()
	first := true
	base := roundTripper(func(r *http.Request) (*http.Response, error) {
		b := body
		switch {
		case strings.HasSuffix(r.URL.Path, "/serverInfo") && f == Cloud:
			b = cloudInfo
		case strings.HasSuffix(r.URL.Path, "/serverInfo"):
			b = dcInfo
		case !first:
			b = `{"isLast":true,"values":[],"issues":[],"comments":[],"fields":[]}`
		default:
			first = false
		}
		w := &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: r}
		w.Body = rewinder{newReader(b)}
		return w, nil
	})
	clock := newFakeClock()
	c, err := NewClient(Config{BaseURL: testBase, Token: testToken, Base: base, Now: clock.Now, Sleep: clock.Sleep})
	noError(t, err)
	return c
}

// probe says what the adapter has to find in a recorded answer.
type probe func(t *testing.T, c *Client)

// Whose recordings the answers are.
const examples, cli, lib = "openapi-examples/", "ankitpokhrel+jira-cli/", "andygrunwald+go-jira/"

func TestRecordedAnswersAreUnderstood(t *testing.T) {
	root := recordedAnswers(t)
	checks := answersRead(t.Context())
	maps.Copy(checks, moreAnswersRead(t.Context()))
	for name, probe := range checks {
		t.Run(name, func(t *testing.T) {
			status, body := readAnswer(t, root, name)
			flavour := Cloud
			if oldServers()[name] {
				flavour = DataCenter
			}
			probe(t, answering(t, flavour, status, body))
		})
	}
}

// answersRead are the recorded answers that the adapter reads, with what it has to find.
func answersRead(ctx context.Context) map[string]probe {
	sprints := func(n int) probe {
		return func(t *testing.T, c *Client) {
			got, _, err := c.BoardSprints(ctx, 1)
			noError(t, err)
			if len(got) != n || got[0].ID == 0 || got[0].State == "" {
				t.Errorf("sprints %+v", got)
			}
		}
	}
	boards := func(n int) probe {
		return func(t *testing.T, c *Client) {
			got, err := c.Boards(ctx, "A")
			noError(t, err)
			if len(got) != n || got[0].ID == 0 || got[0].Type == "" {
				t.Errorf("boards %+v", got)
			}
		}
	}
	transitions := func(n int) probe {
		return func(t *testing.T, c *Client) {
			got, err := c.Transitions(ctx, "1")
			noError(t, err)
			if len(got) != n || got[0].ID == "" || got[0].Name == "" {
				t.Errorf("transitions %+v", got)
			}
		}
	}
	meta := func(n int) probe {
		return func(t *testing.T, c *Client) {
			got, err := c.CreateMeta(ctx, "A", "1")
			noError(t, err)
			if len(got) != n {
				t.Errorf("fields %+v", got)
			}
		}
	}
	return map[string]probe{
		examples + "GET_rest_api_2_serverInfo_200.json": func(t *testing.T, c *Client) {
			if _, err := c.askServer(ctx); err != nil {
				t.Error(err)
			}
		},
		examples + "GET_rest_api_2_myself_200.json": func(t *testing.T, c *Client) {
			u, err := c.Myself(ctx)
			noError(t, err)
			equal(t, "user", "5b10a2844c20165700ede21g Mia Krystof", u.ID()+" "+u.DisplayName)
		},
		examples + "GET_rest_api_2_issue_issueIdOrKey__200.json": func(t *testing.T, c *Client) {
			i, err := c.Issue(ctx, "1", IssueQuery{})
			noError(t, err)
			equal(t, "issue", "10002 ED-1 10000 EX", strings.Join([]string{i.ID, i.Key, i.ProjectID, i.ProjectKey}, " "))
		},
		examples + "GET_rest_api_2_issue_issueIdOrKey_changelog_200.json": func(t *testing.T, c *Client) {
			var w wirePage[wireChange]
			noError(t, c.get(ctx, &w, nil, platform+"issue/{}/changelog", issueArg("1")))
			changes := sortedChanges(w.Values)
			equal(t, "changes", 2, len(changes))
			equal(t, "author", "5b10a2844c20165700ede21g", changes[0].Author.ID())
			equal(t, "item", "label-1", changes[0].Items[0].ToString)
		},
		examples + "GET_rest_api_2_issue_issueIdOrKey_comment_200.json": func(t *testing.T, c *Client) {
			got, err := c.Comments(ctx, "1")
			noError(t, err)
			equal(t, "comments", 1, len(got))
		},
		examples + "POST_rest_api_2_search_jql_200.json": func(t *testing.T, c *Client) {
			got, err := c.Search(ctx, SearchQuery{JQL: "x", Limit: 1})
			noError(t, err)
			equal(t, "issues", "10002", found(got))
		},
		examples + "GET_rest_api_2_project_projectIdOrKey_role_200.json": func(t *testing.T, c *Client) {
			got, err := c.ProjectRoles(ctx, "A")
			noError(t, err)
			equal(t, "Developers", int64(10000), got["Developers"])
		},
		examples + "GET_rest_api_2_project_projectIdOrKey_role_id__200.json": func(t *testing.T, c *Client) {
			got, err := c.RoleActors(ctx, "A", 1)
			noError(t, err)
			equal(t, "actors", 2, len(got))
		},
		lib + "role.json": func(t *testing.T, c *Client) {
			if _, err := c.RoleActors(ctx, "A", 1); err != nil {
				t.Error(err)
			}
		},
		examples + "GET_rest_api_2_group_member_200.json": func(t *testing.T, c *Client) {
			got, err := c.GroupMembers(ctx, Group{Name: "g"})
			noError(t, err)
			equal(t, "members", 2, len(got))
		},
		examples + "GET_rest_api_2_mypermissions_200.json": func(t *testing.T, c *Client) {
			got, err := c.Permissions(ctx, "A", "EDIT_ISSUES")
			noError(t, err)
			equal(t, "permission", true, got["EDIT_ISSUES"])
		},
		examples + "GET_rest_api_2_project_search_200.json": func(t *testing.T, c *Client) {
			got, err := c.Projects(ctx)
			noError(t, err)
			equal(t, "projects", 2, len(got))
		},
		lib + "project.json": func(t *testing.T, c *Client) {
			got, err := c.Project(ctx, "A")
			noError(t, err)
			if len(got.IssueTypes) == 0 || got.Lead == nil {
				t.Errorf("project %+v", got)
			}
		},
		examples + "GET_rest_api_2_permissionscheme_200.json": func(t *testing.T, c *Client) {
			// This example lists schemes without their grants.
			got, err := c.PermissionSchemes(ctx)
			noError(t, err)
			equal(t, "schemes", 1, len(got))
		},
		lib + "all_permissionschemes.json": func(t *testing.T, c *Client) {
			got, err := c.PermissionSchemes(ctx)
			noError(t, err)
			if len(got) == 0 || len(got[0].Grants) == 0 {
				t.Errorf("schemes %+v", got)
			}
		},
		lib + "permissionscheme.json": func(t *testing.T, c *Client) {
			got, err := c.PermissionScheme(ctx, 1)
			noError(t, err)
			if len(got.Grants) == 0 || got.Grants[0].Permission == "" || got.Grants[0].Holder.Type == "" {
				t.Errorf("scheme %+v", got)
			}
		},
		examples + "GET_rest_api_2_permissionscheme_schemeId__200.json": func(t *testing.T, c *Client) {
			got, err := c.PermissionScheme(ctx, 1)
			noError(t, err)
			equal(t, "grants", 1, len(got.Grants))
		},
		examples + "GET_rest_api_2_issueLinkType_200.json": func(t *testing.T, c *Client) {
			got, err := c.LinkTypes(ctx)
			noError(t, err)
			equal(t, "types", 2, len(got))
		},
		lib + "all_fields.json": func(t *testing.T, c *Client) {
			got, err := c.Fields(ctx)
			noError(t, err)
			if len(got) == 0 || got[0].ID == "" {
				t.Errorf("fields %+v", got)
			}
		},
		examples + "GET_rest_agile_1.0_board_200.json":                      boards(2),
		lib + "all_boards.json":                                             boards(6),
		cli + "boards.json":                                                 boards(2),
		examples + "GET_rest_agile_1.0_board_boardId_sprint_200.json":       sprints(2),
		lib + "sprints.json":                                                sprints(6),
		cli + "sprints.json":                                                sprints(5),
		examples + "GET_rest_api_2_issue_issueIdOrKey_transitions_200.json": transitions(2),
		lib + "transitions.json":                                            transitions(2),
		cli + "transitions.json":                                            transitions(3),
		examples + "GET_rest_api_2_issue_createmeta_projectIdOrKey_issuetypes_issueTypeId__200.json": meta(1),
		examples + "GET_rest_agile_1.0_board_boardId_project_200.json": func(t *testing.T, c *Client) {
			got, err := c.BoardProjects(ctx, 1)
			noError(t, err)
			equal(t, "second", "ABC", got[1].Key)
		},
		examples + "GET_rest_agile_1.0_sprint_sprintId__200.json": func(t *testing.T, c *Client) {
			got, err := c.Sprint(ctx, 37)
			noError(t, err)
			equal(t, "sprint", "37 closed", strconv.FormatInt(got.ID, 10)+" "+got.State)
		},
		cli + "sprint-get.json": func(t *testing.T, c *Client) {
			if _, err := c.Sprint(ctx, 37); err != nil {
				t.Error(err)
			}
		},
		examples + "GET_rest_agile_1.0_issue_issueIdOrKey__200.json": func(t *testing.T, c *Client) {
			current, closed, err := c.IssueSprints(ctx, "1")
			noError(t, err)
			equal(t, "sprints", "future closed", current.State+" "+closed[0].State)
		},
		examples + "POST_rest_api_2_issue_201.json": func(t *testing.T, c *Client) {
			id, _, err := c.CreateIssue(ctx, NewIssue{Summary: "s"})
			noError(t, err)
			equal(t, "id", "10000", id)
		},
		examples + "POST_rest_api_2_issue_bulk_201.json": func(t *testing.T, c *Client) {
			got, err := c.CreateIssues(ctx, make([]NewIssue, 2))
			noError(t, err)
			equal(t, "created", "10000 10001", outcomes(got))
		},
		examples + "POST_rest_api_2_issue_bulk_400.json": func(t *testing.T, c *Client) {
			got, err := c.CreateIssues(ctx, make([]NewIssue, 2))
			noError(t, err)
			equal(t, "created", "invalid/no invalid/no", outcomes(got))
			equal(t, "why", "The issue type selected is invalid.", got[1].Err.Fields["issuetype"])
		},
		examples + "POST_rest_api_2_issue_issueIdOrKey_comment_201.json": func(t *testing.T, c *Client) {
			if _, err := c.AddComment(ctx, "1", "b", nil); err != nil {
				t.Error(err)
			}
		},
		examples + "POST_rest_api_2_permissionscheme_201.json": func(t *testing.T, c *Client) {
			if _, err := c.CreatePermissionScheme(ctx, PermissionScheme{Name: "n"}); err != nil {
				t.Error(err)
			}
		},
	}
}

func TestEveryRecordedRefusalSaysSomething(t *testing.T) {
	root := recordedAnswers(t)
	index, err := os.ReadFile(filepath.Join(root, "INDEX.tsv"))
	noError(t, err)
	n := 0
	for line := range strings.Lines(string(index)) {
		columns := strings.Split(line, "\t")
		if len(columns) < 2 || columns[1] != "error" || !strings.HasSuffix(columns[0], ".json") {
			continue
		}
		t.Run(columns[0], func(t *testing.T) {
			status, body := readAnswer(t, root, columns[0])
			if status < 400 {
				status = http.StatusNotFound
			}
			_, err := answering(t, Cloud, status, body).Myself(t.Context())
			e, is := asError(err)
			if !is || e.Status != status {
				t.Fatalf("want an *Error with status %d, got %v", status, err)
			}
			if e.Text() == "" && strings.ContainsAny(body, "aeiou") {
				t.Errorf("nothing understood of %s", body)
			}
		})
		n++
	}
	if n == 0 {
		t.Error("no recorded refusals in the index")
	}
}
