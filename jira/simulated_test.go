package jira_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
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
	cfg := jira.Config{BaseURL: s.BaseURL(), Email: name + "@example.com", Token: "demo", Base: inMemory{s.Jira}, Now: s.Now,
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

func TestSprintsLiveAndDie(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		boards, err := s.client.Boards(ctx, "SHOP")
		must(t, err)
		want(t, "boards that look at SHOP", 2, len(boards))
		own := int64(0)
		for _, b := range boards {
			if b.Location != nil && b.Location.ProjectKey == "SHOP" {
				own = b.ID
			}
		}
		want(t, "its own", s.demo.ShopBoard, own)
		b, err := s.client.Board(ctx, own)
		must(t, err)
		want(t, "type", "scrum", b.Type)
		_, err = s.client.BoardProjects(ctx, own)
		must(t, err)

		sprints, supported, err := s.client.BoardSprints(ctx, own, jira.SprintActive, jira.SprintFuture)
		must(t, err)
		want(t, "supported", true, supported)
		want(t, "sprints", 2, len(sprints))
		issues, err := s.client.SprintIssues(ctx, s.demo.ActiveSprint)
		must(t, err)
		if len(issues) < len(s.demo.Issues) {
			t.Errorf("%d issues in the sprint", len(issues))
		}

		closed, err := s.client.CloseSprint(ctx, s.demo.ActiveSprint, "Stopped by a disaster")
		must(t, err)
		want(t, "state", jira.SprintClosed, closed.State)
		want(t, "goal", "Stopped by a disaster", closed.Goal)
		want(t, "completed", true, closed.Complete != nil)
		if _, err = s.client.CloseSprint(ctx, s.demo.ActiveSprint, ""); !jira.IsInvalid(err) {
			t.Errorf("closing twice: want a refusal, got %v", err)
		}
		current, past, err := s.client.IssueSprints(ctx, s.demo.Issues[0])
		must(t, err)
		want(t, "in the backlog", true, current == nil)
		want(t, "was in", s.demo.ActiveSprint, past[0].ID)

		made, err := s.client.CreateSprint(ctx, jira.NewSprint{BoardID: own, Name: "Next", Goal: "g"})
		must(t, err)
		want(t, "state", jira.SprintFuture, made.State)
		refused, err := s.client.MoveToSprint(ctx, made.ID, []string{s.demo.Issues[0], "SHOP-9999", s.demo.Issues[1]})
		must(t, err)
		want(t, "refused", "SHOP-9999", refused[0].ID)
		started, err := s.client.StartSprint(ctx, made.ID, s.Now(), s.Now().Add(14*24*time.Hour))
		must(t, err)
		want(t, "state", jira.SprintActive, started.State)
		want(t, "goal kept by a partial update", "g", started.Goal)
		refused, err = s.client.MoveToBacklog(ctx, []string{s.demo.Issues[0], "SHOP-9999", s.demo.Issues[1]})
		must(t, err)
		want(t, "refused", 1, len(refused))
		want(t, "left in the sprint", 0, len(s.SprintIssues(made.ID)))
		must(t, s.client.DeleteSprint(ctx, s.demo.FutureSprint))
		if _, err = s.client.Sprint(ctx, s.demo.FutureSprint); !jira.IsNotFound(err) {
			t.Errorf("want not found, got %v", err)
		}
		field, err := s.client.SprintFieldID(ctx)
		must(t, err)
		want(t, "sprint field", jiratest.SprintField, field)
	})
}

func TestAPermissionSchemeIsCopiedSwappedAndRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		original, err := s.client.ProjectPermissionScheme(ctx, "SHOP")
		must(t, err)
		if len(original.Grants) == 0 {
			t.Fatal("no grants")
		}
		copied := original
		copied.Name = "frozen"
		made, err := s.client.CreatePermissionScheme(ctx, copied)
		must(t, err)
		must(t, s.client.AssignPermissionScheme(ctx, "SHOP", made.ID))
		now, err := s.client.ProjectPermissionScheme(ctx, "SHOP")
		must(t, err)
		want(t, "swapped", made.ID, now.ID)
		want(t, "grants", len(original.Grants), len(now.Grants))
		for i, g := range now.Grants {
			want(t, "permission", original.Grants[i].Permission, g.Permission)
			want(t, "holder", original.Grants[i].Holder, g.Holder)
		}
		must(t, s.client.AssignPermissionScheme(ctx, "SHOP", original.ID))
		must(t, s.client.DeletePermissionScheme(ctx, made.ID))
		all, err := s.client.PermissionSchemes(ctx)
		must(t, err)
		for _, scheme := range all {
			if scheme.ID == made.ID {
				t.Error("the copy is still there")
			}
		}
		_, err = s.as(t, "dev").CreatePermissionScheme(ctx, copied)
		if !jira.IsForbidden(err) {
			t.Errorf("want forbidden, got %v", err)
		}
	})
}

func TestWebhooksComeAndGo(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		hook := jira.Webhook{Name: "andon", URL: "https://andon.example.com/webhooks/jira", Events: []string{"jira:issue_updated", "sprint_started"}}
		if s.Flavour() == jiratest.Cloud {
			hook.Secret, hook.JQL = "0123456789abcdef", "project in (SHOP)"
		}
		made, err := s.client.CreateWebhook(ctx, hook)
		must(t, err)
		hooks, err := s.client.Webhooks(ctx)
		must(t, err)
		want(t, "hooks", 1, len(hooks))
		want(t, "url", hook.URL, hooks[0].URL)
		want(t, "enabled", true, hooks[0].Enabled)
		want(t, "signed", hook.Secret != "", hooks[0].Signed)
		want(t, "filter", hook.JQL, hooks[0].JQL)
		must(t, s.client.DeleteWebhook(ctx, made.ID))
		must(t, s.client.DeleteWebhook(ctx, made.ID))
		hooks, err = s.client.Webhooks(ctx)
		must(t, err)
		want(t, "left", 0, len(hooks))
	})
}

func TestTheReadOnlyTwinLeavesNoTrace(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		twin := s.client.ReadOnly()
		_, err := twin.SprintIssues(t.Context(), s.demo.ActiveSprint)
		must(t, err)
		_, err = twin.CloseSprint(t.Context(), s.demo.ActiveSprint, "")
		if !errors.Is(err, jira.ErrReadOnly) {
			t.Errorf("want ErrReadOnly, got %v", err)
		}
		want(t, "writes", 0, s.Writes())
	})
}

func TestTheGatewaysPrefixIsKept(t *testing.T) {
	s := newSite(t, jiratest.Cloud)
	var mu sync.Mutex
	var paths []string
	gateway := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		paths = append(paths, r.URL.Path)
		mu.Unlock()
		http.StripPrefix("/ex/jira/site-1", s.Jira).ServeHTTP(w, r)
	})
	c, err := jira.NewClient(jira.Config{BaseURL: "https://api.atlassian.test/ex/jira/site-1", Email: "andon@example.com", Token: "demo", Base: inMemory{gateway}, Now: s.Now})
	must(t, err)
	_, err = c.Myself(t.Context())
	must(t, err)
	_, err = c.Search(t.Context(), jira.SearchQuery{JQL: "project = SHOP"})
	must(t, err)
	for _, p := range paths {
		if !strings.HasPrefix(p, "/ex/jira/site-1/rest/") {
			t.Errorf("%s left the prefix", p)
		}
	}
}
