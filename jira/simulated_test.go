package jira_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

// site is a simulated Jira with the demo's world and a client that talks to it as andon.
type site struct {
	*jiratest.Jira
	demo   jiratest.Demo
	client *jira.Client
}

// inMemory hands requests to the simulated Jira without a network. A dropped connection is a read error.
type inMemory struct{ h http.Handler }

func (m inMemory) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			resp, err = nil, fmt.Errorf("connection lost: %v", recovered)
		}
	}()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	m.h.ServeHTTP(w, r)
	return w.Result(), nil
}

func newSite(t *testing.T, f jiratest.Flavour) *site {
	t.Helper()
	j := jiratest.New(jiratest.Options{Flavour: f})
	demo, err := jiratest.SeedDemo(j)
	must(t, err)
	s := &site{Jira: j, demo: demo}
	s.client = s.as(t, "andon")
	return s
}

// as is a client that talks as somebody else.
func (s *site) as(t *testing.T, name string) *jira.Client {
	t.Helper()
	return s.over(t, name, inMemory{s.Jira})
}

// over is such a client with something between it and Jira.
func (s *site) over(t *testing.T, name string, base http.RoundTripper) *jira.Client {
	t.Helper()
	cfg := jira.Config{BaseURL: s.BaseURL(), Email: name + "@example.com", Token: "demo", Base: base, Now: s.Now,
		Budget: jira.Budget{PerSecond: 1000, Burst: 1000},
		Sleep:  func(_ context.Context, d time.Duration) error { s.Advance(d); return nil }}
	if s.Flavour() == jiratest.DataCenter {
		cfg.Email, cfg.Token = "", "demo-"+name
	}
	c, err := jira.NewClient(cfg)
	must(t, err)
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func want[T comparable](t *testing.T, what string, want, got T) {
	t.Helper()
	if want != got {
		t.Errorf("%s: want %v, got %v", what, want, got)
	}
}

// onBoth runs a test against a simulated Jira of each product.
func onBoth(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	for name, f := range map[string]jiratest.Flavour{"Cloud": jiratest.Cloud, "Data Center": jiratest.DataCenter} {
		t.Run(name, func(t *testing.T) { test(t, newSite(t, f)) })
	}
}

func TestWhoAndWhereWeAre(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		info, err := s.client.Server(t.Context())
		must(t, err)
		want(t, "Cloud", s.Flavour() == jiratest.Cloud, info.Flavour == jira.Cloud)
		want(t, "base URL", s.BaseURL(), info.BaseURL)
		me, err := s.client.Myself(t.Context())
		must(t, err)
		want(t, "name", "Andon", me.DisplayName)
		if me.ID() == "" {
			t.Error("no id")
		}
	})
}

func TestBadCredentialsShowOnlyAtMyself(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		c, err := jira.NewClient(jira.Config{BaseURL: s.BaseURL(), Token: "expired", Base: inMemory{s.Jira}, Now: s.Now})
		must(t, err)
		_, err = c.Myself(t.Context())
		if !jira.IsUnauthorized(err) {
			t.Errorf("want unauthorized, got %v", err)
		}
		_, err = c.Issue(t.Context(), s.demo.Issues[0], jira.IssueQuery{})
		if !jira.IsUnauthorized(err) && !jira.IsNotFound(err) {
			t.Errorf("want unauthorized or not found, got %v", err)
		}
	})
}

func TestTheProjectAndItsPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		p, err := s.client.Project(ctx, "SHOP")
		must(t, err)
		want(t, "key", "SHOP", p.Key)
		want(t, "lead", "Leo Lead", p.Lead.DisplayName)
		want(t, "sub-task types", 1, len(p.SubtaskTypes()))
		all, err := s.client.Projects(ctx)
		must(t, err)
		want(t, "projects", 2, len(all))

		roles, err := s.client.ProjectRoles(ctx, "SHOP")
		must(t, err)
		owners, err := s.client.RoleActors(ctx, "SHOP", roles["Product Owner"])
		must(t, err)
		if len(owners) != 1 || owners[0].User == nil || owners[0].User.ID() == "" {
			t.Fatalf("owners %+v", owners)
		}
		admins, err := s.client.RoleActors(ctx, "SHOP", roles["Administrators"])
		must(t, err)
		groups := 0
		for _, a := range admins {
			if a.Group == nil {
				continue
			}
			groups++
			members, err := s.client.GroupMembers(ctx, *a.Group)
			must(t, err)
			want(t, "members of the group", "Andon", members[0].DisplayName)
		}
		want(t, "groups", 1, groups)
		_, err = s.as(t, "dev").ProjectRoles(ctx, "SHOP")
		if err == nil {
			t.Error("roles are read without Administer Projects")
		}

		can, err := s.client.Permissions(ctx, "SHOP", "BROWSE_PROJECTS", "MANAGE_SPRINTS_PERMISSION", "NO_SUCH_PERMISSION")
		must(t, err)
		want(t, "browse", true, can["BROWSE_PROJECTS"])
		want(t, "unknown", false, can["NO_SUCH_PERMISSION"])
		want(t, "answers", 3, len(can))
	})
}

func TestWhoSetTheLabelIsReadFromALongHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		key := s.demo.Issues[1]
		for i := range 130 {
			must(t, s.As("dev@example.com").Edit(key, map[string]any{"summary": "s" + strconv.Itoa(i)}))
			s.Advance(time.Minute)
		}
		must(t, s.As("po@example.com").AddLabel(key, "disaster"))
		issue, err := s.client.Issue(t.Context(), key, jira.IssueQuery{History: true})
		must(t, err)
		want(t, "changes", 131, len(issue.History))
		for i := 1; i < len(issue.History); i++ {
			if issue.History[i].Created.Before(issue.History[i-1].Created) {
				t.Fatal("not oldest first")
			}
		}
		last := issue.History[130]
		want(t, "author", "Paula Owner", last.Author.DisplayName)
		want(t, "field", "labels", last.Items[0].Field)
		want(t, "to", "disaster", last.Items[0].ToString)
	})
}

func TestIssuesAreCreatedMarkedFoundAndDeleted(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		p, err := s.client.Project(ctx, "SHOP")
		must(t, err)
		parent, err := s.client.Issue(ctx, s.demo.Issues[1], jira.IssueQuery{})
		must(t, err)
		sub := jira.NewIssue{ProjectID: p.ID, TypeID: p.SubtaskTypes()[0].ID, ParentID: parent.ID, Summary: "Root cause", Labels: []string{"andon"},
			Properties: map[string]any{"andon": map[string]string{"step": "root-cause"}}}
		bad := sub
		bad.TypeID = "99999"
		results, err := s.client.CreateIssues(ctx, []jira.NewIssue{sub, bad, sub})
		must(t, err)
		if results[0].Err != nil || results[1].Err == nil || results[2].Err != nil {
			t.Fatalf("results %+v", results)
		}
		want(t, "why", jira.KindInvalid, results[1].Err.Kind)
		made, err := s.client.Issue(ctx, results[2].ID, jira.IssueQuery{Properties: []string{"andon"}})
		must(t, err)
		want(t, "mark", `{"step":"root-cause"}`, string(made.Properties["andon"]))
		want(t, "parent", parent.ID, made.Parent.ID)
		want(t, "sub-task", true, made.Type.Subtask)
		found, err := s.client.Search(ctx, jira.SearchQuery{JQL: "project = SHOP AND labels = " + jira.QuoteJQL("andon"), Properties: []string{"andon"}, Reconcile: []string{made.ID}})
		must(t, err)
		want(t, "found", 2, len(found))
		want(t, "found with its mark", `{"step":"root-cause"}`, string(found[0].Properties["andon"]))
		parent, err = s.client.Issue(ctx, parent.ID, jira.IssueQuery{})
		must(t, err)
		want(t, "sub-tasks", 2, len(parent.Subtasks))
		if err := s.client.DeleteIssue(ctx, parent.ID, false); !jira.IsInvalid(err) {
			t.Errorf("want a refusal to delete a parent alone, got %v", err)
		}
		must(t, s.client.DeleteIssue(ctx, made.ID, true))
		if _, err = s.client.Issue(ctx, made.ID, jira.IssueQuery{}); !jira.IsNotFound(err) {
			t.Errorf("want not found, got %v", err)
		}
		id, key, err := s.client.CreateIssue(ctx, sub)
		must(t, err)
		if id == "" || !strings.HasPrefix(key, "SHOP-") {
			t.Errorf("created %q %q", id, key)
		}
	})
}

func TestIssuesAreEditedMovedOnAndTalkedAbout(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		key := s.demo.Issues[1]
		must(t, s.client.EditIssue(ctx, key, jira.IssueEdit{AddLabels: []string{"a", "b"}, Quiet: true}))
		must(t, s.client.EditIssue(ctx, key, jira.IssueEdit{RemoveLabels: []string{"a"}, Fields: map[string]any{"summary": "new"}}))
		moves, err := s.client.Transitions(ctx, key)
		must(t, err)
		for _, m := range moves {
			if m.To.Done() {
				must(t, s.client.Transition(ctx, key, m.ID, nil))
				break
			}
		}
		first, err := s.client.AddComment(ctx, key, "one "+jira.EscapeWiki("{code}"), map[string]any{"andon": 1})
		must(t, err)
		_, err = s.client.AddComment(ctx, key, "two", nil)
		must(t, err)
		_, err = s.client.UpdateComment(ctx, key, first.ID, "changed")
		must(t, err)
		comments, err := s.client.Comments(ctx, key)
		must(t, err)
		want(t, "comments", "changed|two", comments[0].Body+"|"+comments[1].Body)
		want(t, "author", "Andon", comments[0].Author.DisplayName)
		must(t, s.client.DeleteComment(ctx, key, first.ID))

		types, err := s.client.LinkTypes(ctx)
		must(t, err)
		must(t, s.client.Link(ctx, types[0], key, s.demo.Issues[2]))
		must(t, s.client.UpsertRemoteLink(ctx, key, jira.RemoteLink{GlobalID: "andon:1", URL: "https://status.example.com", Title: "Status"}))
		must(t, s.client.DeleteRemoteLink(ctx, key, "andon:1"))
		must(t, s.client.DeleteRemoteLink(ctx, key, "andon:1"))
		must(t, s.client.Notify(ctx, key, jira.Notification{Subject: "s", TextBody: "t", Reporter: true}))

		issue, err := s.client.Issue(ctx, key, jira.IssueQuery{})
		must(t, err)
		want(t, "summary", "new", issue.Summary)
		want(t, "labels", "b", strings.Join(issue.Labels, " "))
		want(t, "done", true, issue.Status.Done())
		want(t, "link's other end", s.demo.Issues[2], issue.Links[0].Other.Key)
		want(t, "outward", true, issue.Links[0].Outward)
	})
}

func TestRecordsAreKeptInProperties(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		key := s.demo.Issues[0]
		_, found, err := s.client.IssueProperty(ctx, key, "andon")
		must(t, err)
		want(t, "found before", false, found)
		for _, v := range []string{`{"v":1}`, `{"v":2}`} {
			must(t, s.client.SetIssueProperty(ctx, key, "andon", json.RawMessage(v)))
			got, found, err := s.client.IssueProperty(ctx, key, "andon")
			must(t, err)
			want(t, "found", true, found)
			want(t, "value", v, string(got))
			must(t, s.client.SetProjectProperty(ctx, "SHOP", "andon", json.RawMessage(v)))
		}
		got, _, err := s.client.ProjectProperty(ctx, "SHOP", "andon")
		must(t, err)
		want(t, "of the project", `{"v":2}`, string(got))
		for range 2 { // the second time it is gone already
			must(t, s.client.DeleteIssueProperty(ctx, key, "andon"))
			must(t, s.client.DeleteProjectProperty(ctx, "SHOP", "andon"))
		}
	})
}
