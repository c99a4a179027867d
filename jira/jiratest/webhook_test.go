package jiratest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sink receives webhooks and answers with the status that answer chooses.
type sink struct {
	mu     sync.Mutex
	got    []received
	answer func(n int) int
	srv    *httptest.Server
}

type received struct {
	path   string
	header http.Header
	body   []byte
	m      obj
}

func newSink(t *testing.T) *sink {
	k := &sink{}
	k.srv = httptest.NewServer(k)
	t.Cleanup(k.srv.Close)
	return k
}

func (k *sink) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	r := received{path: req.URL.RequestURI(), header: req.Header, body: body}
	if len(body) > 0 && json.Unmarshal(body, &r.m) != nil {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.got = append(k.got, r)
	if k.answer != nil {
		w.WriteHeader(k.answer(len(k.got)))
	}
}

func (k *sink) events() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	out := []string{}
	for _, r := range k.got {
		out = append(out, fmt.Sprint(r.m["webhookEvent"]))
	}
	return out
}

func (k *sink) last() received {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.got) == 0 {
		return received{}
	}
	return k.got[len(k.got)-1]
}

func allEvents() []string {
	return []string{"jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issue_property_set", "comment_created",
		"sprint_created", "sprint_started", "sprint_updated", "sprint_closed", "sprint_deleted", "board_created", "board_deleted",
		"board_configuration_changed", "issuelink_created"}
}

func (s *rig) hook(k *sink, h Webhook) {
	s.t.Helper()
	h.URL = k.srv.URL + h.URL
	if h.Events == nil {
		h.Events = allEvents()
	}
	_, err := s.j.AddWebhook(h)
	s.ok(err)
}

func TestTheSignatureIsThatOfAtlassiansTestVector(t *testing.T) {
	got := Sign("It's a Secret to Everybody", []byte("Hello World!"))
	if want := "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestAWebhookIsRegisteredByRESTAndDeliveredSigned(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	body := fmt.Sprintf(`{"name":"andon","url":"%s/hooks?key={issue.key}","events":["jira:issue_created","sprint_created"],
		"filters":{"issue-related-events-section":"project in (SHOP)"},"excludeBody":false,"secret":"hush"}`, k.srv.URL)
	s.want(401, "", "POST", hooksPath, body)
	s.want(403, "dev", "POST", hooksPath, body)
	a := s.want(201, "boss", "POST", hooksPath, body)
	if a.m["isSigned"] != true || a.m["enabled"] != true || a.m["secret"] != nil || !strings.HasSuffix(a.str("self"), hooksPath+"/1") {
		t.Errorf("registered %s", a.raw)
	}
	for name, bad := range map[string]string{
		"no name": `{"url":"http://x/"}`, "no url": `{"name":"x"}`, "bad event": `{"name":"x","url":"http://x/","events":["nonsense"]}`,
		"bad jql": `{"name":"x","url":"http://x/","filters":{"issue-related-events-section":"project = = x"}}`, "no json": `{`,
	} {
		t.Run(name, func(*testing.T) { s.want(400, "boss", "POST", hooksPath, bad) })
	}
	key := s.issue("SHOP", "work", "")
	s.issue("BLOG", "filtered out", "")
	s.sprint("One")
	if n := s.j.DeliverAll(t.Context()); n != 2 {
		t.Fatalf("%d deliveries: %v", n, k.events())
	}
	first, second := k.got[0], k.got[1]
	if first.path != "/hooks?key="+key || first.header.Get("X-Hub-Signature") != Sign("hush", first.body) ||
		first.header.Get("X-Atlassian-Webhook-Flow") != "Primary" || first.header.Get("X-Atlassian-Webhook-Retry") != "" ||
		first.header.Get("User-Agent") != "Atlassian Webhook HTTP Client" {
		t.Errorf("first %s %v", first.path, first.header)
	}
	if second.path != "/hooks?key={issue.key}" && second.path != "/hooks?key=%7Bissue.key%7D" {
		t.Errorf("a variable that the event has not stays: %s", second.path)
	}
	if id := first.header.Get("X-Atlassian-Webhook-Identifier"); id == "" || id == second.header.Get("X-Atlassian-Webhook-Identifier") {
		t.Errorf("identifier %q", id)
	}
	s.want(200, "boss", "PUT", hooksPath+"/1", `{"enabled":false}`)
	s.sprint("Two")
	if n := len(s.j.Pending()); n != 0 {
		t.Errorf("a disabled webhook gets %d deliveries", n)
	}
	if a := s.want(200, "boss", "GET", hooksPath, ""); !strings.Contains(a.raw, `"enabled":false`) {
		t.Errorf("list %s", a.raw)
	}
	s.want(204, "boss", "DELETE", hooksPath+"/1", "")
	s.want(404, "boss", "GET", hooksPath+"/1", "")
	s.want(403, "boss", "POST", "/rest/api/2/webhook", `{}`)
}

func TestDataCenterRegistersByVersion(t *testing.T) {
	old := newRig(t, DataCenter, func(o *Options) { o.Version = "9.12.4" })
	k := newSink(t)
	a := old.want(201, "boss", "POST", hooksPath, fmt.Sprintf(`{"name":"n","url":"%s/${issue.key}","events":["jira:issue_created"],"secret":"x"}`, k.srv.URL))
	if a.m["isSigned"] != nil {
		t.Errorf("no secrets before 10: %s", a.raw)
	}
	old.want(404, "boss", "GET", hooksPathDC, "")
	key := old.issue("SHOP", "work", "")
	old.j.DeliverAll(t.Context())
	if r := k.last(); r.path != "/"+key || r.header.Get("X-Hub-Signature") != "" || r.header.Get("X-Atlassian-Webhook-Flow") != "" {
		t.Errorf("%s %v", r.path, r.header)
	}
	now := newRig(t, DataCenter)
	now.want(404, "boss", "GET", hooksPath, "")
	a = now.want(201, "boss", "POST", hooksPathDC, fmt.Sprintf(`{"name":"n","url":%q,"events":["sprint_created"],"configuration":{"EXCLUDE_BODY":"true"},"active":"true"}`, k.srv.URL))
	if a.id() != 1 || a.m["active"] != true || a.dig("configuration", "EXCLUDE_BODY") != "true" || a.str("scopeType") != "global" {
		t.Errorf("registered %s", a.raw)
	}
	now.sprint("One")
	now.j.DeliverAll(t.Context())
	if r := k.last(); len(r.body) != 0 {
		t.Errorf("the body is excluded: %s", r.body)
	}
	now.want(200, "boss", "PUT", hooksPathDC+"/1", `{"active":"false"}`)
	if h := now.j.Webhooks()[0]; h.Enabled {
		t.Error("still active")
	}
}

func TestOnlyIssueEventsAreFiltered(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s, k := newRig(t, f), newSink(t)
		s.hook(k, Webhook{JQL: "project = BLOG", Events: allEvents()})
		key := s.issue("SHOP", "work", "")
		id := s.started("One", key)
		s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
		s.j.DeliverAll(t.Context())
		want := []string{"sprint_created", "sprint_updated", "sprint_started", "sprint_closed"}
		if f == DataCenter {
			want = []string{"sprint_created", "sprint_started", "sprint_closed"}
		}
		if got := k.events(); !cmp.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
}

func TestAFilterOnALabelLosesTheRemovalOfTheLabel(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.hook(k, Webhook{JQL: "labels = disaster"})
	key := s.issue("SHOP", "work", "")
	boss := s.j.As("boss@example.com")
	s.ok(boss.AddLabel(key, "disaster"))
	s.ok(boss.RemoveLabel(key, "disaster"))
	s.j.DeliverAll(t.Context())
	if got := k.events(); !cmp.Equal(got, []string{"jira:issue_updated"}) {
		t.Errorf("got %v", got)
	}
}

func TestDeliveriesAreLostDoubledDelayedAndReorderedOnRequest(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.hook(k, Webhook{Events: []string{"sprint_created"}})
	fates := map[string]Fate{"lost": {Lose: true}, "twice": {Copies: 1}, "late": {Delay: time.Hour}, "behind": {Behind: 2}}
	s.j.SetFate(func(d Delivery) Fate {
		for name, f := range fates {
			if strings.Contains(string(d.Body), `"name":"`+name+`"`) {
				return f
			}
		}
		return Fate{}
	})
	for _, name := range []string{"lost", "behind", "late", "a", "twice", "b"} {
		s.sprint(name)
	}
	s.j.DeliverAll(t.Context())
	s.j.Advance(time.Hour)
	s.j.DeliverAll(t.Context())
	var names []string
	for _, r := range k.got {
		m, isObj := r.m["sprint"].(map[string]any)
		if isObj {
			names = append(names, fmt.Sprint(m["name"]))
		}
	}
	if want := []string{"a", "twice", "behind", "twice", "b", "late"}; !cmp.Equal(names, want) {
		t.Errorf("got %v", names)
	}
	if a, b := k.got[1].header, k.got[3].header; a.Get("X-Atlassian-Webhook-Identifier") != b.Get("X-Atlassian-Webhook-Identifier") || b.Get("X-Atlassian-Webhook-Retry") != "1" {
		t.Errorf("the duplicate: %v", b)
	}
	if d := s.j.Deliveries()[0]; d.State != DeliveryLost {
		t.Errorf("lost: %+v", d)
	}
}

func TestASeededFateRepeatsItself(t *testing.T) {
	odds := Odds{Lose: 0.3, Duplicate: 0.3, Reorder: 0.3, Delay: 0.3}
	a, b, c := SeededFate(1, odds), SeededFate(1, odds), SeededFate(2, odds)
	same, other := true, true
	for range 100 {
		x := a(Delivery{})
		same = same && x == b(Delivery{})
		other = other && x == c(Delivery{})
	}
	if !same || other {
		t.Errorf("same seed equal: %v, other seed equal: %v", same, other)
	}
}

// handlerTransport answers in memory, so that synctest's clock can run.
type handlerTransport struct{ h http.Handler }

func (tr handlerTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	tr.h.ServeHTTP(rec, req)
	return rec.Result(), nil
}

func TestTheDelivererRunsInTheBackgroundAndStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(Options{Now: time.Now})
		j.AddUser(User{Email: "boss@example.com"})
		if _, err := j.AddProject(ProjectSpec{Key: "SHOP", Lead: "boss@example.com"}); err != nil {
			t.Fatal(err)
		}
		b, err := j.AddBoard(BoardSpec{Name: "b", Location: "SHOP"})
		if err != nil {
			t.Fatal(err)
		}
		k := &sink{answer: func(n int) int { return map[bool]int{true: 503, false: 200}[n == 1] }}
		if _, err := j.AddWebhook(Webhook{URL: "http://andon/", Events: []string{"sprint_created"}}); err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Transport: handlerTransport{k}}
		j.StartWebhooks(t.Context(), client)
		j.StartWebhooks(t.Context(), nil)
		start := time.Now()
		if _, err := j.As("boss@example.com").CreateSprint(b.ID, "One"); err != nil {
			t.Fatal(err)
		}
		if err := j.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := k.events(); len(got) != 1 {
			t.Fatalf("flushed %v", got)
		}
		for len(j.Pending()) > 0 || len(k.events()) < 2 {
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		if passed := time.Since(start); passed < 5*time.Minute || passed > 16*time.Minute {
			t.Errorf("the retry came after %v", passed)
		}
		j.Stop()
		j.Stop()
		if _, err := j.As("boss@example.com").CreateSprint(b.ID, "Two"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if n := len(j.Pending()); n != 1 {
			t.Errorf("%d pending after Stop", n)
		}
		if err := j.Flush(t.Context()); err != nil || len(k.events()) != 3 {
			t.Errorf("Flush delivers by itself: %v, %v", err, k.events())
		}
	})
}

func TestStoppingADeliveryUnderWayPutsItBack(t *testing.T) {
	s := newRig(t, Cloud)
	inside := make(chan struct{})
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(inside); <-release }))
	defer slow.Close()
	defer close(release)
	_, err := s.j.AddWebhook(Webhook{URL: slow.URL, Events: []string{"sprint_created"}})
	s.ok(err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.j.StartWebhooks(ctx, nil)
	s.sprint("One")
	<-inside
	s.j.Stop()
	if p := s.j.Pending(); len(p) != 1 || len(p[0].Attempts) != 0 || p[0].State != DeliveryWaiting {
		t.Errorf("pending %+v", p)
	}
}
