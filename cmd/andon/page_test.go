package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"andon/jira/jiratest"
	"andon/webhook/page"
	"andon/webhook/shelf"
)

const (
	pageSecret = "a-secret-for-pages-only"
	pageToken  = "a-token-for-overviews-only"
)

// pageSettings turn the status page on.
func pageSettings() []string {
	return []string{"ANDON_PUBLIC_URL=https://andon.example.com", "ANDON_PAGE_SECRET=" + pageSecret, "ANDON_PAGE_TOKEN=" + pageToken}
}

// pages collects links on an issue as Jira tells them.
func (w *world) pages(key string) []string {
	w.t.Helper()
	req := httptest.NewRequest(http.MethodGet, "/rest/api/2/issue/"+key+"/remotelink", nil)
	login := "po@example.com"
	if w.jira.Flavour() == jiratest.DataCenter {
		login = "po"
	}
	req.SetBasicAuth(login, "demo")
	rec := httptest.NewRecorder()
	w.jira.ServeHTTP(rec, req)
	var links []struct {
		Object struct {
			URL string `json:"url"`
		} `json:"object"`
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &links); err != nil {
		w.t.Fatalf("%d %s: %v", rec.Code, rec.Body, err)
	}
	var out []string
	for _, l := range links {
		out = append(out, l.Object.URL)
	}
	return out
}

// browse asks andon as a browser does, with the cookies that it was given before.
func (w *world) browse(method, address, form string, cookies ...*http.Cookie) *http.Response {
	w.t.Helper()
	req := httptest.NewRequest(method, strings.TrimPrefix(address, "https://andon.example.com"), strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		req.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	w.app.server.ServeHTTP(rec, req)
	return rec.Result()
}

// reads follows a link and expects texts on the page behind it.
func (w *world) reads(address string, wants ...string) {
	w.t.Helper()
	resp := w.browse(http.MethodGet, address, "")
	if resp.StatusCode != http.StatusSeeOther {
		w.t.Fatalf("%s answers %d", address, resp.StatusCode)
	}
	resp = w.browse(http.MethodGet, resp.Header.Get("Location"), "", resp.Cookies()...)
	body, err := io.ReadAll(resp.Body)
	w.must(err)
	for _, want := range wants {
		if !strings.Contains(string(body), want) {
			w.t.Errorf("the page does not say %q:\n%s", want, body)
		}
	}
}

func TestTheIssueLeadsToAPageThatFollowsTheDisaster(t *testing.T) {
	t.Parallel()
	for _, flavour := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		w := newWorld(t, flavour, pageSettings()...)
		issue := w.seed.Issues[5]
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		links := w.pages(issue)
		if len(links) != 1 || !strings.HasPrefix(links[0], "https://andon.example.com/status/d/") {
			t.Fatalf("%s: the links are %q", flavour, links)
		}
		w.says(issue, links[0], 1)
		w.reads(links[0], "Orders disappear from the history", "recovering, planning is frozen", "Investigate the root cause", "SHOP Sprint 7: cancelled", "Paula Owner")
		w.after(w.jira.As("po@example.com").AddLabel(issue, "system-offline"))
		w.reads(links[0], "system-offline")
		w.after(w.jira.As("po@example.com").RemoveLabel(issue, "disaster"))
		w.reads(links[0], "withdrawn")
		w.quiet()
	}
}

func TestTheOverviewShowsWhatIsFrozen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud, pageSettings()...)
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	signedIn := w.browse(http.MethodPost, "/status", "token="+pageToken)
	body, err := io.ReadAll(w.browse(http.MethodGet, "/status", "", signedIn.Cookies()...).Body)
	w.must(err)
	if !strings.Contains(string(body), "Planning is frozen since") || !strings.Contains(string(body), w.seed.Issues[5]) {
		t.Errorf("the overview:\n%s", body)
	}
	if shows := shown(w.log.String()); shows != "" || strings.Contains(w.log.String(), pageToken) || strings.Contains(w.log.String(), pageSecret) {
		t.Error("the log shows a secret")
	}
}

func TestAnotherSecretChangesTheLinkAtTheNextLook(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud, pageSettings()...)
	issue := w.seed.Issues[5]
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	old := w.pages(issue)[0]
	w.env["ANDON_PAGE_SECRET"] = "another-secret-for-pages"
	w.boot()
	w.after(nil)
	links := w.pages(issue)
	if len(links) != 1 || links[0] == old {
		t.Errorf("the links are %q, before %q", links, old)
	}
	w.says(issue, links[0], 1)
	w.says(issue, old, 0)
	w.reads(links[0], "Orders disappear")
	if resp := w.browse(http.MethodGet, old, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("the old link answers %d", resp.StatusCode)
	}
	w.quiet()
}

func TestAPageThatIsSwitchedOffTakesItsLinkAlong(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w := newWorld(t, f, pageSettings()...)
		issue := w.seed.Issues[5]
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		for _, name := range []string{"ANDON_PAGE_SECRET", "ANDON_PAGE_TOKEN"} {
			delete(w.env, name)
		}
		w.boot()
		w.after(nil)
		if links := w.pages(issue); len(links) != 0 {
			t.Errorf("the links are %q", links)
		}
		w.says(issue, "Status page", 0)
		w.quiet()
	})
}

func TestWithoutSettingsThereIsNoPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud)
	issue := w.seed.Issues[5]
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	if links := w.pages(issue); len(links) != 0 {
		t.Errorf("the links are %q", links)
	}
	w.says(issue, "Status page", 0)
	for _, path := range []string{"/status", page.Link("", pageSecret, "10000", "10005")} {
		if resp := w.browse(http.MethodGet, path, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
}

func TestALinkThatMayNotBeMadeHoldsNothingUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud, pageSettings()...)
	issue := w.seed.Issues[5]
	w.between = func(rw http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "/remotelink") {
			return false
		}
		http.Error(rw, `{"errorMessages":["You do not have permission to link issues."],"errors":{}}`, http.StatusForbidden)
		return true
	}
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	w.cancelledBy(w.seed.ActiveSprint, issue)
	w.says(issue, "Status page", 1)
	w.says(issue, "Needs a human", 0)
	w.quiet()
}

func TestAnotherProcessShowsWhatThisOneSaw(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud, pageSettings()...)
	issue := w.seed.Issues[5]
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	link, kept := w.pages(issue)[0], w.app.status.shelf
	cfg := w.app.cfg
	other, err := newApp(cfg, appOptions{log: w.app.log, now: w.clock.Now, transport: inProcess{http.NotFoundHandler()}, shelf: kept})
	w.must(err)
	w.app = other
	w.reads(link, "Orders disappear from the history", "recovering, planning is frozen")
}

func TestTheShelfIsWhereTheQueueIs(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]bool{"": true, "redis://127.0.0.1:1": false} {
		a := &app{cfg: Config{RedisURL: Secret(url)}}
		s, err := a.openShelf()
		if err != nil {
			t.Fatal(err)
		}
		if _, memory := s.(*shelf.Memory); memory != want {
			t.Errorf("%q: %T", url, s)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := (&app{cfg: Config{RedisURL: "ftp://user:canary@x"}}).openShelf(); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("a wrong address: %v", err)
	}
}

func TestSettingsOfThePageThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*Config)
		at     string
	}{
		"a short secret":       {func(c *Config) { c.PageSecret = Secrets{"canary"} }, "ANDON_PAGE_SECRET"},
		"a short token":        {func(c *Config) { c.PageToken = Secrets{pageToken, "canary"} }, "ANDON_PAGE_TOKEN"},
		"no address":           {func(c *Config) { c.PublicURL = "andon.example.com" }, "ANDON_PUBLIC_URL"},
		"another scheme":       {func(c *Config) { c.PublicURL = "ftp://andon.example.com" }, "ANDON_PUBLIC_URL"},
		"http in the open":     {func(c *Config) { c.PublicURL = "http://andon.example.com" }, "ANDON_PUBLIC_URL"},
		"a password":           {func(c *Config) { c.PublicURL = "https://andon:canary@andon.example.com" }, "ANDON_PUBLIC_URL"},
		"a query":              {func(c *Config) { c.PublicURL = "https://andon.example.com?x=canary" }, "ANDON_PUBLIC_URL"},
		"markup in an address": {func(c *Config) { c.PublicURL = "https://andon.example.com/a|b]" }, "ANDON_PUBLIC_URL"},
	} {
		cfg := Config{PageSecret: Secrets{pageSecret}}
		tt.change(&cfg)
		faults := slices.Concat(checkPublic(cfg), checkPage(cfg))
		if len(faults) != 1 || faults[0].Name != tt.at || strings.Contains(faults.Error(), "canary") {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestSettingsOfThePageThatAreAccepted(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "https://andon.example.com", "https://tools.example.com/andon/", "http://127.0.0.1:8080", "http://andon:8080"} {
		cfg := Config{PublicURL: url, PageSecret: Secrets{pageSecret, pageSecret + "2"}, PageToken: Secrets{pageToken}}
		if faults := slices.Concat(checkPublic(cfg), checkPage(cfg)); len(faults) != 0 {
			t.Errorf("%q: %v", url, faults)
		}
	}
}

func TestAProxysPathIsPartOfEveryAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, jiratest.Cloud, append(pageSettings(), "ANDON_PUBLIC_URL=https://andon.example.com/tools/")...)
	issue := w.seed.Issues[5]
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	link := w.pages(issue)[0]
	if !strings.HasPrefix(link, "https://andon.example.com/tools/status/d/") {
		t.Fatalf("the link is %s", link)
	}
	resp := w.browse(http.MethodGet, strings.Replace(link, "/tools", "", 1), "") // the proxy takes its path away
	c := resp.Cookies()[0]
	if to := resp.Header.Get("Location"); !strings.HasPrefix(to, "/tools/status/d/") || c.Path != to || !c.Secure {
		t.Errorf("it leads to %s with a cookie for %s", to, c.Path)
	}
}
