package siege

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"andon/jira/jiratest"
)

const secret = "a-secret-for-the-siege"

// site is the simulated Jira on a port of its own, and the replicas that look after it.
type site struct {
	*jiratest.Jira
	t    testing.TB
	seed jiratest.Demo
	url  string

	mu       sync.Mutex
	replicas []*andon
	turn     atomic.Int64
}

// newSite serves a Jira with the demo's seed. Its webhooks go to a balancer that hands
// each to a replica that takes connections.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{Jira: jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: time.Now}), t: t}
	seed, err := jiratest.SeedDemo(s.Jira)
	must(t, err)
	s.seed = seed
	server := httptest.NewServer(s.Jira)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	s.url = server.URL
	s.SetBaseURL(s.url)
	door := httptest.NewServer(http.HandlerFunc(s.balance))
	t.Cleanup(door.Close)
	_, err = s.AddWebhook(jiratest.Webhook{Name: "andon", URL: door.URL + "/webhooks/jira", Enabled: true, Secret: secret, Events: []string{
		"jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "sprint_created", "sprint_updated", "sprint_started", "sprint_closed", "sprint_deleted"}})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	s.StartWebhooks(ctx, nil)
	t.Cleanup(func() { cancel(); s.Stop() })
	return s
}

// balance hands a webhook to the next replica that answers.
func (s *site) balance(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	crew := slices.Clone(s.replicas)
	s.mu.Unlock()
	for range crew {
		a := crew[int(s.turn.Add(1))%len(crew)]
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second) // a replica that is stopped takes connections and says nothing
		status, _, err := post(ctx, a.address(), string(body), r.Header.Get("X-Hub-Signature"))
		cancel()
		if err == nil {
			w.WriteHeader(status)
			return
		}
	}
	w.WriteHeader(http.StatusBadGateway)
}

// post sends a webhook and gives the status and the head of the answer.
func post(ctx context.Context, url, body, signature string) (int, http.Header, error) {
	return postBy(ctx, http.DefaultClient, url, body, signature)
}

// postAlone is post over a connection of its own.
func postAlone(ctx context.Context, url, body, signature string) (int, http.Header, error) {
	return postBy(ctx, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, url, body, signature)
}

func postBy(ctx context.Context, client *http.Client, url, body, signature string) (int, http.Header, error) {
	if url == "" {
		return 0, nil, errors.New("the replica does not run")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/webhooks/jira", strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature", signature)
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header, errors.Join(err, res.Body.Close())
}

// sign signs a body as Jira does.
func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// get reads a page of a replica.
func get(url string) (int, string, error) {
	res, err := http.Get(url)
	if err != nil {
		return 0, "", err
	}
	var text bytes.Buffer
	_, err = io.Copy(&text, res.Body)
	return res.StatusCode, text.String(), errors.Join(err, res.Body.Close())
}

// settings are those of a replica that looks after the site, impatient since tests wait.
func (s *site) settings(more ...string) []string {
	return append([]string{"ANDON_JIRA_URL=" + s.url, "ANDON_JIRA_EMAIL=andon@example.com", "ANDON_JIRA_TOKEN=demo", "ANDON_LISTEN=127.0.0.1:0",
		"ANDON_WEBHOOK_SECRET=" + secret, "ANDON_RESYNC=1s", "ANDON_SWEEP=1s", "ANDON_LEASE=2s", "ANDON_JIRA_RPS=500"}, more...)
}

// replica adds a replica and starts it.
func (s *site) replica(more ...string) *andon {
	s.t.Helper()
	a := newAndon(s.t, s.settings(more...))
	a.start()
	s.mu.Lock()
	s.replicas = append(s.replicas, a)
	s.mu.Unlock()
	return a
}

// disaster is the issue that the Product Owner labels.
func (s *site) disaster() string { return s.seed.Issues[5] }

// declare has the Product Owner declare.
func (s *site) declare() {
	s.t.Helper()
	must(s.t, s.As("po@example.com").AddLabel(s.disaster(), "disaster"))
}

// plan creates a sprint as the Scrum Master.
func (s *site) plan(name string) int64 {
	s.t.Helper()
	id, err := s.As("sm@example.com").CreateSprint(s.seed.ShopBoard, name)
	must(s.t, err)
	return id
}

// statuses counts the status comments of the disaster.
func (s *site) statuses() int {
	n := 0
	for _, c := range s.Comments(s.disaster()) {
		if strings.HasPrefix(c.Body, "h3. Disaster ") {
			n++
		}
	}
	return n
}

// missing says what is missing until the line has stopped, once.
func (s *site) missing() error {
	sprint, _ := s.Sprint(s.seed.ActiveSprint)
	tasks, statuses := len(s.Subtasks(s.disaster())), s.statuses()
	switch {
	case sprint.State != jiratest.SprintClosed || !strings.HasPrefix(sprint.Goal, "CANCELLED by "+s.disaster()):
		return fmt.Errorf("the sprint is %s, %q", sprint.State, sprint.Goal)
	case tasks != 9 || statuses != 1:
		return fmt.Errorf("%d tasks, %d status comments", tasks, statuses)
	}
	return nil
}

// frozen waits until the line has stopped, plans and waits until that is undone.
func (s *site) frozen() {
	s.t.Helper()
	until(s.t, "the line stops", s.missing)
	id := s.plan("Business as usual")
	until(s.t, "the sprint is undone", func() error {
		if sprint, there := s.Sprint(id); there {
			return fmt.Errorf("it is %s", sprint.State)
		}
		return nil
	})
	until(s.t, "nothing is there twice", s.missing)
}

// struck waits until a fault of the site has struck.
func (s *site) struck() {
	s.t.Helper()
	until(s.t, "andon is in the middle of its work", func() error {
		for _, f := range s.Faults() {
			if f.Struck > 0 {
				return nil
			}
		}
		return errors.New("no fault has struck")
	})
}
