package jira_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

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
