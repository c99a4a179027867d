package playground_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"andon/cmd/andon/internal/playground"
	"andon/jira/jiratest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a playground on a simulated Jira without an andon.
type rig struct {
	*testing.T
	jira  *jiratest.Jira
	seed  jiratest.Demo
	play  *playground.Playground
	log   *bytes.Buffer
	mu    sync.Mutex
	extra []playground.Line
	state playground.Planning
	down  error
	clock func() time.Time
}

func newRig(t *testing.T) *rig {
	t.Helper()
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	r := &rig{T: t, clock: func() time.Time { return now }, log: &bytes.Buffer{}, jira: jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, BaseURL: "https://jira.example.com", Now: func() time.Time { return now }})}
	var err error
	if r.seed, err = jiratest.SeedDemo(r.jira); err != nil {
		t.Fatal(err)
	}
	r.play, err = playground.New(playground.Options{
		Call: r.call, Project: "SHOP", Board: r.seed.ShopBoard, Labels: []string{"disaster", "disaster-data", "system-restored", "sprint-resume"},
		Log: r.lines, Planning: func() playground.Planning { return r.state }, PageLink: func(project, issue string) string {
			return "http://127.0.0.1:1/status/d/" + project + "/" + issue + "/x"
		},
		Overview: "http://127.0.0.1:1/status", Token: "the-token", Now: func() time.Time { return r.clock() }, Logger: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// call is a REST call without a network.
func (r *rig) call(ctx context.Context, who, method, path string, body, answer any) error {
	if r.down != nil {
		return r.down
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, "https://jira.example.com"+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	req.SetBasicAuth(who+"@example.com", "demo")
	req.Header.Set("Content-Type", "application/json")
	resp, err := r.jira.Transport().RoundTrip(req)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode >= 300:
		return fmt.Errorf("%s %s as %s: %d: %s", method, path, who, resp.StatusCode, text)
	case answer == nil:
		return nil
	}
	return json.Unmarshal(text, answer)
}

// lines are what happened in the simulated Jira, and what a test adds.
func (r *rig) lines() []playground.Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []playground.Line
	for _, e := range r.jira.Events() {
		if l, ok := playground.Tell(e, r.name); ok {
			out = append(out, l)
		}
	}
	return append(out, r.extra...)
}

func (r *rig) name(id string) string {
	u, _ := r.jira.User(id)
	return u.DisplayName
}

// ask makes a request as a browser on this machine does.
func (r *rig) ask(method, path string, form url.Values, change ...func(*http.Request)) *http.Response {
	r.Helper()
	req := httptest.NewRequest(method, "http://127.0.0.1:8082"+path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range change {
		c(req)
	}
	w := httptest.NewRecorder()
	r.play.ServeHTTP(w, req)
	return w.Result()
}

// page is what the page says.
func (r *rig) page(change ...func(*http.Request)) string {
	r.Helper()
	resp := r.ask(http.MethodGet, "/", nil, change...)
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		r.Fatalf("%d %v: %s", resp.StatusCode, err, body)
	}
	return string(body)
}

// does sends the form of an act and gives the page afterwards.
func (r *rig) does(fields ...string) string {
	r.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	if resp := r.ask(http.MethodPost, "/do", form); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" {
		r.Fatalf("%v: %d", fields, resp.StatusCode)
	}
	return r.page()
}

// says expects texts.
func (r *rig) says(page string, texts ...string) {
	r.Helper()
	for _, want := range texts {
		if !strings.Contains(page, want) {
			r.Errorf("the page does not say %q:\n%s", want, page)
		}
	}
}

// tasks makes the tasks of a disaster in andon's name.
func (r *rig) tasks(key string, titles ...string) {
	r.Helper()
	for _, title := range titles {
		if _, err := r.jira.As("andon@example.com").CreateIssue(jiratest.NewIssue{Project: "SHOP", Type: "Sub-task", Parent: key, Summary: key + ": " + title}); err != nil {
			r.Fatal(err)
		}
	}
}

func TestTheBoardIsShownAsItStands(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.says(r.page(), "SHOP Sprint 7", "active", "Checkout without surprises", "SHOP-6", "Orders disappear from the history", "SHOP Sprint 8", "Start SHOP Sprint 8", "Backlog", "Gift wrapping",
		"Tasks of SHOP-1: 0 of 1 open", "Paula, Product Owner", "the-token", ">Free<", "Nothing yet.")
	if strings.Contains(r.page(), "BLOG") {
		t.Error("another project's issues are on the board")
	}
}

func TestActsAreThoseOfThePersonWhoIsPlayed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.says(r.does("act", "label", "key", "SHOP-6", "label", "disaster", "as", "dev"), "<strong>Dana Developer</strong> put the label disaster on SHOP-6")
	r.says(r.does("act", "unlabel", "key", "SHOP-6", "label", "disaster"), "<strong>Paula Owner</strong> took the label disaster off SHOP-6")
	resp := r.ask(http.MethodPost, "/do", url.Values{"act": {"be"}, "as": {"sm"}})
	c := resp.Cookies()[0]
	if c.Value != "sm" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("the cookie is %+v", c)
	}
	as := func(q *http.Request) { q.AddCookie(c) }
	r.says(r.page(as), `value="sm" id="as-sm" data-submit checked`)
	r.ask(http.MethodPost, "/do", url.Values{"act": {"sprint"}, "name": {"Sprint X"}}, as)
	r.says(r.page(), `<strong>Sam Master</strong> created sprint &#34;Sprint X&#34;`, "Start Sprint X")
	r.ask(http.MethodPost, "/do", url.Values{"act": {"be"}, "as": {"andon"}}) // nobody plays andon
	r.says(r.page(func(q *http.Request) { q.AddCookie(&http.Cookie{Name: c.Name, Value: "andon"}) }), `value="po" id="as-po" data-submit checked`)
}

func TestIssuesAreMovedAndPlanned(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.says(r.does("act", "move", "key", "SHOP-2", "to", "done", "resolution", "Won't Do", "as", "dev"), "moved SHOP-2 from To Do to Done as Won&#39;t Do")
	r.says(r.does("act", "move", "key", "SHOP-2", "to", "new", "as", "dev"), "moved SHOP-2 from Done to To Do")
	r.says(r.does("act", "plan", "key", "SHOP-10", "sprint", fmt.Sprint(r.seed.FutureSprint), "as", "sm"), "put SHOP-10 into SHOP Sprint 8")
	r.says(r.does("act", "plan", "key", "SHOP-10", "sprint", "0", "as", "sm"), "put SHOP-10 back into the backlog")
	if i, _ := r.jira.Issue("SHOP-10"); len(i.Sprints) != 0 {
		t.Errorf("SHOP-10 is in %v", i.Sprints)
	}
}

func TestWhatJiraRefusesIsSaid(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	page := r.does("act", "start", "sprint", "99999", "as", "sm")
	r.says(page, `role="alert"`, "404", "Refused:")
	if page = r.does("act", "label", "key", "SHOP-2", "label", "fine"); strings.Contains(page, `role="alert"`) {
		t.Error("the alarm stays after an act that went well")
	}
	r.says(page, `class=" refused"`) // the log still tells
}

func TestNoFormLeadsElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	before := r.jira.Writes()
	for _, key := range []string{"../../../rest/api/2/user", "SHOP-6/comment", "SHOP-6?x=y", "shop-6", "-1", "SHOP-", "SHOP"} {
		r.says(r.does("act", "label", "key", key, "label", "x"), "that is no issue")
	}
	r.says(r.does("act", "delete everything"), "no such act")
	r.says(r.does("act", "start", "sprint", "1/../../x"), `role="alert"`)
	if r.jira.Writes() != before {
		t.Errorf("something was written: %+v", r.jira.Calls()[len(r.jira.Calls())-1])
	}
}

func TestOnlyItsOwnPageOnThisMachineMayAct(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	form := url.Values{"act": {"label"}, "key": {"SHOP-6"}, "label": {"disaster"}}
	for name, tt := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"another site, as browsers tell":     {func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		"another site, as old browsers tell": {func(q *http.Request) { q.Header.Set("Origin", "https://evil.example.com") }, http.StatusForbidden},
		"a name from elsewhere":              {func(q *http.Request) { q.Host = "evil.example.com:8082" }, http.StatusMisdirectedRequest},
		"a name that begins like this one":   {func(q *http.Request) { q.Host = "localhost.evil.example.com" }, http.StatusMisdirectedRequest},
		"another port of this machine": {func(q *http.Request) {
			q.Header.Set("Sec-Fetch-Site", "same-site")
			q.Header.Set("Origin", "http://127.0.0.1:1")
		}, http.StatusForbidden},
		"its own page":         {func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "same-origin") }, http.StatusSeeOther},
		"its own page by name": {func(q *http.Request) { q.Host = "localhost:8082" }, http.StatusSeeOther},
	} {
		if got := r.ask(http.MethodPost, "/do", form, tt.change).StatusCode; got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	if got := r.ask(http.MethodGet, "/do", nil).StatusCode; got != http.StatusMethodNotAllowed {
		t.Errorf("an act by a link: %d", got)
	}
	csp := r.ask(http.MethodGet, "/", nil).Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self';") || strings.Contains(csp, "unsafe") {
		t.Errorf("the policy is %q", csp)
	}
}

func TestTheHintTellsTheWholeStory(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.says(r.page(), "Dana, a developer, finds that SHOP-6", "As Dana: label it disaster")
	r.says(r.does("act", "label", "key", "SHOP-6", "label", "disaster", "as", "dev"), "As Paula: declare a data disaster")
	r.does("act", "label", "key", "SHOP-6", "label", "disaster-data")
	r.tasks("SHOP-6", "Restore the data", "Investigate the root cause") // andon's part
	if err := r.jira.As("andon@example.com").CloseSprint(r.seed.ActiveSprint); err != nil {
		t.Fatal(err)
	}
	r.state = playground.Planning{Frozen: true, Phase: "SHOP-6 is recovering"}
	page := r.does("act", "none")
	r.says(page, "As Sam: create a sprint", "Frozen", "SHOP-6 is recovering", "Status page of SHOP-6", "/status/d/10000/", "created 2 issues, SHOP-12 to SHOP-13", `<h3 id="h-disasters">`, "Restore the data</span>")
	r.says(r.does("act", "sprint", "name", "Business as usual", "as", "sm"), "As Dana: finish the recovery tasks")
	r.says(r.does("act", "finish", "key", "SHOP-6", "as", "dev"), "As Paula: system-restored")
	r.says(r.does("act", "label", "key", "SHOP-6", "label", "system-restored"), "As Dana: close the root cause")
	var cause string
	for _, task := range r.jira.Subtasks("SHOP-6") {
		cause = task.Key
	}
	r.says(r.does("act", "move", "key", cause, "to", "done", "resolution", "Done", "as", "dev"), "As Paula: sprint-resume")
	r.says(r.does("act", "label", "key", "SHOP-6", "label", "sprint-resume"), "Andon makes the successor")
	r.does("act", "plan", "key", "SHOP-2", "sprint", fmt.Sprint(r.seed.FutureSprint), "as", "sm")
	r.says(r.page(), "As Sam: start SHOP Sprint 8")
	r.says(r.does("act", "start", "sprint", fmt.Sprint(r.seed.FutureSprint), "as", "sm"), "started sprint", "Dana, a developer, finds that SHOP-3")
}

func TestAHostileNameIsText(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	const evil = `<script>alert(1)</script>" onclick="alert(1)`
	if err := r.jira.As("po@example.com").Edit("SHOP-6", map[string]any{"summary": evil}); err != nil {
		t.Fatal(err)
	}
	r.does("act", "sprint", "name", evil, "as", "sm")
	if page := r.does("act", "label", "key", "SHOP-6", "label", `a"><b>`); strings.Contains(page, "<script>alert") || strings.Contains(page, `" onclick`) || strings.Contains(page, "<b>") {
		t.Errorf("it is more than text:\n%s", page)
	}
}

func TestABoardThatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.down = errors.New("no route to Jira")
	resp := r.ask(http.MethodGet, "/", nil)
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusServiceUnavailable || strings.Contains(string(body), "no route") || !strings.Contains(r.log.String(), "no route") {
		t.Errorf("%d %v: %s", resp.StatusCode, err, body)
	}
	r.down = nil
	r.says(r.page(), "SHOP-6")
	r.down = errors.New("no route to Jira")
	r.says(r.page(), "SHOP-6") // as it was seen last
}

func TestItFollowsUntilItIsToldToStop(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.clock = time.Now // connections have deadlines by the system's clock
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { r.play.Run(ctx); close(ended) }()
	server := httptest.NewServer(r.play)
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	versions := make(chan string)
	go func() {
		defer close(versions)
		text := make([]byte, 4096)
		for {
			n, err := resp.Body.Read(text)
			if strings.Contains(string(text[:n]), "data: ") {
				versions <- string(text[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	first := <-versions
	if err := r.jira.As("dev@example.com").AddLabel("SHOP-6", "disaster"); err != nil {
		t.Fatal(err)
	}
	r.play.Wake()
	if second := <-versions; second == first {
		t.Errorf("the same version again: %s", second)
	}
	cancel()
	<-ended
	for range versions { // the stream ends with it
		continue
	}
}

func TestFilesBesideThePage(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, kind := range map[string]string{"page.js": "text/javascript", "page.css": "text/css", "play.css": "text/css", "icon.svg": "image/svg+xml"} {
		resp := r.ask(http.MethodGet, "/assets/"+name, nil)
		if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d %q", name, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
	}
	for _, name := range []string{"playground.html", "overview.html", "other", "..%2fplayground.go"} {
		if resp := r.ask(http.MethodGet, "/assets/"+name, nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
}
