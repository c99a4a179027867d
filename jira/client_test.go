package jira

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestNewClientRefusesBadSettingsWithoutShowingTheToken(t *testing.T) {
	now := time.Now
	tests := []struct {
		name string
		cfg  Config
		want string
	}{
		{"no address", Config{Token: testToken, Now: now}, "want https://host"},
		{"no scheme", Config{BaseURL: "jira.example.com", Token: testToken, Now: now}, "want https://host"},
		{"another scheme", Config{BaseURL: "ftp://jira.example.com", Token: testToken, Now: now}, "want https://host"},
		{"credentials in the address", Config{BaseURL: "https://u:" + testToken + "@jira.example.com", Token: testToken, Now: now}, "must not contain credentials"},
		{"a query in the address", Config{BaseURL: "https://jira.example.com?x=" + testToken, Token: testToken, Now: now}, "query or fragment"},
		{"a fragment in the address", Config{BaseURL: "https://jira.example.com#x", Token: testToken, Now: now}, "query or fragment"},
		{"an unreadable address", Config{BaseURL: "https://" + testToken + "\x7f", Token: testToken, Now: now}, "cannot be parsed"},
		{"no token", Config{BaseURL: testBase, Email: "bot@example.com", Now: now}, "no token"},
		{"a line break in the token", Config{BaseURL: testBase, Token: testToken + "\n", Now: now}, "line breaks"},
		{"a colon in the e-mail", Config{BaseURL: testBase, Email: "a:b", Token: testToken, Now: now}, "colon"},
		{"no clock", Config{BaseURL: testBase, Token: testToken}, "no clock"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewClient(tt.cfg)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("want an error with %q, got %v", tt.want, err)
			}
			if strings.Contains(err.Error(), testToken) {
				t.Errorf("the token shows in %q", err)
			}
		})
	}
}

func TestTheBaseURLsPathIsAlwaysKept(t *testing.T) {
	tests := []struct{ base, want, shown string }{
		{"https://jira.test", "/rest/api/2/myself", "https://jira.test"},
		{"https://jira.test/", "/rest/api/2/myself", "https://jira.test"},
		{"https://jira.test/jira", "/jira/rest/api/2/myself", "https://jira.test/jira"},
		{"https://jira.test/jira//", "/jira/rest/api/2/myself", "https://jira.test/jira"},
		{" https://api.atlassian.com/ex/jira/11-22 ", "/ex/jira/11-22/rest/api/2/myself", "https://api.atlassian.com/ex/jira/11-22"},
	}
	for _, tt := range tests {
		t.Run(tt.base, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET "+tt.want, ok(`{"accountId":"bot"}`))
			c := j.client(func(cfg *Config) { cfg.BaseURL = tt.base })
			_, err := c.Myself(t.Context())
			noError(t, err)
			j.wantCalls("GET " + tt.want)
			equal(t, "BaseURL", tt.shown, c.BaseURL())
			_, err = c.ReadOnly().Myself(t.Context())
			noError(t, err)
		})
	}
}

func TestCredentialsAndOwnHeadersAreSent(t *testing.T) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("bot@example.com:"+testToken))
	tests := []struct{ name, email, agent, want, wantAgent string }{
		{"e-mail and token are basic auth", "bot@example.com", "", basic, "andon"},
		{"a token alone is a bearer", "", "andon/1.2", "Bearer " + testToken, "andon/1.2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("DELETE /rest/api/2/issue/1", reply{status: http.StatusNoContent})
			c := j.client(func(cfg *Config) { cfg.Email, cfg.UserAgent = tt.email, tt.agent })
			noError(t, c.DeleteIssue(t.Context(), "1", true))
			h := j.headers[0]
			equal(t, "Authorization", tt.want, h.Get("Authorization"))
			equal(t, "User-Agent", tt.wantAgent, h.Get("User-Agent"))
			equal(t, "Accept", "application/json", h.Get("Accept"))
			equal(t, "Content-Type of a DELETE", "application/json", h.Get("Content-Type"))
		})
	}
}

func TestCredentialsNeverLeaveForAnotherPlace(t *testing.T) {
	stranger := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a request reached another server: %s %v", r.URL, r.Header)
	}))
	defer stranger.Close()
	j := newFake(t, Cloud)
	c := j.client(func(cfg *Config) { cfg.BaseURL = "https://jira.test/tenant-a" })
	for _, to := range []string{
		stranger.URL + "/tenant-a/rest/api/2/myself",  // another host
		"http://jira.test/tenant-a/rest/api/2/myself", // another scheme
		"https://jira.test:8443/tenant-a/rest/api/2/myself",
		"https://x@jira.test/tenant-a/rest/api/2/myself",
		"https://jira.test/tenant-b/rest/api/2/myself", // another tenant
		"https://jira.test/tenant-a/../tenant-b/rest/api/2/myself",
		"https://jira.test/tenant-a/%2e%2e/tenant-b/rest/api/2/myself",
		"https://jira.test/tenant-ab/rest/api/2/myself",
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil)
		noError(t, err)
		resp, err := c.doer.Do(req)
		if resp != nil {
			t.Errorf("%s was answered", to)
		}
		e := wantKind(t, err, KindInvalid)
		equal(t, "Executed", ExecutedNo, e.Executed)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://jira.test/tenant-a/rest/api/2/myself", nil)
	noError(t, err)
	req.Host = "elsewhere.test"
	_, err = c.doer.Do(req)
	wantKind(t, err, KindInvalid)
	j.wantCalls()
}

func TestRedirectsAreErrorsAndNotFollowed(t *testing.T) {
	var second int
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { second++ }))
	defer target.Close()
	source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.URL+"/login?SAMLRequest=secret", http.StatusFound)
	}))
	defer source.Close()
	for _, method := range []string{"GET", "POST"} {
		c, err := NewClient(Config{BaseURL: source.URL, Token: testToken, Now: time.Now})
		noError(t, err)
		if method == "GET" {
			_, err = c.Myself(t.Context())
		} else {
			err = c.Transition(t.Context(), "10001", "31", nil)
		}
		e := wantKind(t, err, KindRedirect)
		equal(t, "Status", http.StatusFound, e.Status)
		for _, want := range []string{"not followed", "/login", "single sign-on"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: no %q in %q", method, want, err)
			}
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the query shows in %q", err)
		}
	}
	equal(t, "requests at the target", 0, second)
}

// writes are all calls that change something. A new one belongs here.
func writes(c *Client) map[string]func(context.Context) error {
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	return map[string]func(context.Context) error{
		"CreateIssue": func(ctx context.Context) error {
			_, _, err := c.CreateIssue(ctx, NewIssue{ProjectID: "1", TypeID: "2", Summary: "s"})
			return err
		},
		"CreateIssues": func(ctx context.Context) error {
			_, err := c.CreateIssues(ctx, []NewIssue{{ProjectID: "1", TypeID: "2", Summary: "s"}})
			return err
		},
		"EditIssue":   func(ctx context.Context) error { return c.EditIssue(ctx, "1", IssueEdit{AddLabels: []string{"x"}}) },
		"DeleteIssue": func(ctx context.Context) error { return c.DeleteIssue(ctx, "1", false) },
		"Transition":  func(ctx context.Context) error { return c.Transition(ctx, "1", "2", nil) },
		"Link":        func(ctx context.Context) error { return c.Link(ctx, LinkType{Name: "Relates"}, "1", "2") },
		"UpsertRemoteLink": func(ctx context.Context) error {
			return c.UpsertRemoteLink(ctx, "1", RemoteLink{GlobalID: "g", URL: "u", Title: "t"})
		},
		"DeleteRemoteLink":     func(ctx context.Context) error { return c.DeleteRemoteLink(ctx, "1", "g") },
		"Notify":               func(ctx context.Context) error { return c.Notify(ctx, "1", Notification{Subject: "s"}) },
		"AddComment":           func(ctx context.Context) error { _, err := c.AddComment(ctx, "1", "b", nil); return err },
		"UpdateComment":        func(ctx context.Context) error { _, err := c.UpdateComment(ctx, "1", "2", "b"); return err },
		"DeleteComment":        func(ctx context.Context) error { return c.DeleteComment(ctx, "1", "2") },
		"SetIssueProperty":     func(ctx context.Context) error { return c.SetIssueProperty(ctx, "1", "k", 1) },
		"DeleteIssueProperty":  func(ctx context.Context) error { return c.DeleteIssueProperty(ctx, "1", "k") },
		"SetProjectProperty":   func(ctx context.Context) error { return c.SetProjectProperty(ctx, "P", "k", 1) },
		"DeleteProjectPropety": func(ctx context.Context) error { return c.DeleteProjectProperty(ctx, "P", "k") },
		"CreateSprint": func(ctx context.Context) error {
			_, err := c.CreateSprint(ctx, NewSprint{BoardID: 1, Name: "n"})
			return err
		},
		"UpdateSprint": func(ctx context.Context) error { _, err := c.UpdateSprint(ctx, 1, SprintPatch{}); return err },
		"CloseSprint":  func(ctx context.Context) error { _, err := c.CloseSprint(ctx, 1, ""); return err },
		"StartSprint":  func(ctx context.Context) error { _, err := c.StartSprint(ctx, 1, at, at); return err },
		"DeleteSprint": func(ctx context.Context) error { return c.DeleteSprint(ctx, 1) },
		"MoveToSprint": func(ctx context.Context) error { _, err := c.MoveToSprint(ctx, 1, []string{"1"}); return err },
		"MoveToBacklog": func(ctx context.Context) error {
			_, err := c.MoveToBacklog(ctx, []string{"1"})
			return err
		},
		"CreatePermissionScheme": func(ctx context.Context) error {
			_, err := c.CreatePermissionScheme(ctx, PermissionScheme{Name: "n"})
			return err
		},
		"AssignPermissionScheme": func(ctx context.Context) error { return c.AssignPermissionScheme(ctx, "P", 1) },
		"DeletePermissionScheme": func(ctx context.Context) error { return c.DeletePermissionScheme(ctx, 1) },
		"CreateWebhook":          func(ctx context.Context) error { _, err := c.CreateWebhook(ctx, Webhook{Name: "n"}); return err },
		"DeleteWebhook":          func(ctx context.Context) error { return c.DeleteWebhook(ctx, "1") },
	}
}

func TestReadOnlyRefusesEveryWriteBeforeItIsSent(t *testing.T) {
	j := newFake(t, Cloud)
	c := j.client()
	for name, write := range writes(c.ReadOnly()) {
		t.Run(name, func(t *testing.T) {
			err := write(t.Context())
			if !errors.Is(err, ErrReadOnly) || !IsReadOnly(err) {
				t.Fatalf("want ErrReadOnly, got %v", err)
			}
			if MaybeExecuted(err) {
				t.Error("a refused write counts as executed")
			}
		})
	}
	j.wantCalls()
}

func TestReadOnlyRefusesUnknownMethodsAndPosts(t *testing.T) {
	j := newFake(t, Cloud)
	gate := j.client().ReadOnly().doer
	for _, call := range []string{"PATCH /rest/api/2/issue/1", "POST /rest/api/2/search/other", "POST /rest/api/2/searchx", "PUT /rest/api/2/search",
		"OPTIONS /rest/api/2/search", "POST /rest/api/3/search/jql"} {
		method, path, _ := strings.Cut(call, " ")
		req, err := http.NewRequestWithContext(t.Context(), method, testBase+path, nil)
		noError(t, err)
		_, err = gate.Do(req)
		wantKind(t, err, KindReadOnly)
	}
	j.wantCalls()
}

func TestReadOnlyLetsReadsPassThatArePosts(t *testing.T) {
	for _, f := range []Flavour{Cloud, DataCenter} {
		j := newFake(t, f).
			on("POST /rest/api/2/search/jql", ok(`{"issues":[],"isLast":true}`)).
			on("POST /rest/api/2/search", ok(`{"issues":[],"startAt":0,"total":0}`))
		_, err := j.client().ReadOnly().Search(t.Context(), SearchQuery{JQL: "project = A"})
		noError(t, err)
	}
}

func TestTheTwinsShareWhatTheyKnow(t *testing.T) {
	j := newFake(t, Cloud)
	c := j.client()
	_, err := c.Server(t.Context())
	noError(t, err)
	_, err = c.ReadOnly().Server(t.Context())
	noError(t, err)
	equal(t, "times the server was asked what it is", 1, len(j.log))
}

func TestWriteGuardStopsEveryWriteAndNoRead(t *testing.T) {
	lost := errors.New("lease lost")
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", ok(`{"accountId":"bot"}`))
	c := j.client()
	ctx := WithWriteGuard(t.Context(), func() error { return lost })
	for name, write := range writes(c) {
		t.Run(name, func(t *testing.T) {
			err := write(ctx)
			if !errors.Is(err, lost) || !IsCancelled(err) || MaybeExecuted(err) {
				t.Fatalf("want a cancelled call that wraps the guard's error and was not executed, got %v", err)
			}
		})
	}
	_, err := c.Myself(ctx)
	noError(t, err)
	j.wantCalls("GET /rest/api/2/myself")
}

func TestWriteGuardsAddUpAndRunBeforeEachAttempt(t *testing.T) {
	j := newFake(t, Cloud).on("PUT /rest/api/2/issue/1/properties/k",
		reply{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "1"}}, ok(""))
	var outer, inner int
	ctx := WithWriteGuard(t.Context(), func() error { outer++; return nil })
	ctx = WithWriteGuard(ctx, func() error { inner++; return nil })
	noError(t, j.client().SetIssueProperty(ctx, "1", "k", true))
	equal(t, "outer guard", 2, outer)
	equal(t, "inner guard", 2, inner)

	stop := errors.New("stop")
	left := 1
	j.on("PUT /rest/api/2/issue/1/properties/k", reply{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "1"}})
	err := j.client().SetIssueProperty(WithWriteGuard(t.Context(), func() error {
		if left--; left < 0 {
			return stop
		}
		return nil
	}), "1", "k", true)
	if !errors.Is(err, stop) {
		t.Fatalf("want the guard to stop the second attempt, got %v", err)
	}
}

func TestObserveSeesRoutesWithoutIDs(t *testing.T) {
	type observed struct {
		Route, Method string
		Status        int
	}
	var got []observed
	j := newFake(t, Cloud).
		on("GET /rest/api/2/issue/ABC-1", ok(`{"id":"1"}`)).
		on("POST /rest/api/2/issue/1/transitions", reply{err: errors.New("boom")}).
		on("POST /rest/agile/1.0/sprint/7/issue", fails(http.StatusBadGateway, ""))
	c := j.client(func(cfg *Config) {
		cfg.Observe = func(route, method string, status int, _ time.Duration) {
			got = append(got, observed{route, method, status})
		}
	})
	_, err := c.Issue(t.Context(), "ABC-1", IssueQuery{})
	noError(t, err)
	wantKind(t, c.Transition(t.Context(), "1", "2", nil), KindUnavailable)
	_, err = c.MoveToSprint(t.Context(), 7, []string{"1"})
	wantKind(t, err, KindUnavailable)
	equal(t, "observed", []observed{
		{"rest/api/2/issue/{}", "GET", 200},
		{"rest/api/2/issue/{}/transitions", "POST", 0},
		{"rest/agile/1.0/sprint/{}/issue", "POST", 502},
	}, got)
}
