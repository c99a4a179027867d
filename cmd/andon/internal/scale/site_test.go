package scale

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"andon/cmd/andon/internal/hook"
	"andon/jira/jiratest"
	"andon/webhook/queue"
)

// size is how large a site is and what happens on it.
type size struct {
	projects, boards, disasters, replicas int
	// open are the disasters that were declared and carried out long before.
	open int
	// unfinished are the issues in each sprint.
	unfinished int
	perSecond  float64
	// events are the webhooks of the flood, a second; see [flood]. It goes on for warm seconds before
	// the declarations, so that those come behind whatever it has left on the queue.
	events, warm int
	// latency is how long Jira takes for a call; 150 ms where it is zero.
	latency time.Duration
	// hasty runs end when all is done, and not only when nobody looks at anything any more: a site with
	// a hundred open disasters is looked at all the time.
	hasty bool
}

// most is how many keys the queue may hold: one for each project with a board, one for each board of
// which a replica does not know yet where it is, and the sweep.
func (sz size) most() int { return 2*sz.boards + 1 }

// site is a large Jira with andon's replicas.
type site struct {
	t    *testing.T
	size size
	jira *jiratest.Jira
	door *door
	// handle gives a replica its handle of the queue.
	handle   func() queue.Queue
	replicas []*replica

	calls   atomic.Int64 // of Jira
	limited atomic.Int64 // answers 429
	swept   atomic.Int64 // sweeps that are done
	looks   atomic.Int64 // looks at projects that are done
	failed  atomic.Int64 // keys that are tried again

	declared, open, calm []line   // see size; the calm ones have no disaster
	work                 []string // an issue of each project with a board
}

// line is a project with a board and a sprint.
type line struct {
	id   int64          // of the sprint
	last jiratest.Issue // in it; the disaster, where there is one
	work string         // the key of another issue in it
}

// newSite seeds a site and its replicas, which do not work yet.
func newSite(t *testing.T, sz size, handle func() queue.Queue) *site {
	t.Helper()
	sz.latency = cmp.Or(sz.latency, latency)
	s := &site{t: t, size: sz, handle: handle, door: &door{}, jira: jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: time.Now})}
	if _, err := jiratest.SeedDemo(s.jira); err != nil {
		t.Fatal(err)
	}
	for n := range sz.projects {
		s.project(fmt.Sprintf("P%d", n), n)
	}
	s.jira.SetKnobs(func(k *jiratest.Knobs) {
		k.Burst = map[string]int{http.MethodGet: 100, http.MethodPost: 100, http.MethodPut: 50, http.MethodDelete: 50}
	})
	s.jira.SetWebhookClient(&http.Client{Transport: s.door})
	_, err := s.jira.AddWebhook(jiratest.Webhook{URL: address, Secret: secret, Events: append(hook.Events(), "comment_created")})
	s.must(err)
	for range sz.replicas {
		s.replicas = append(s.replicas, newReplica(s))
	}
	return s
}

// must wants no error.
func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// project adds a project; the first ones have a board with a sprint in play.
func (s *site) project(key string, n int) {
	_, err := s.jira.AddProject(jiratest.ProjectSpec{Key: key, Lead: "lead@example.com"})
	s.must(err)
	if n >= s.size.boards {
		return
	}
	s.must(s.jira.SetRoleActors(key, "Product Owner", "po@example.com"))
	s.must(s.jira.SetRoleActors(key, "Scrum Master", "sm@example.com"))
	s.must(s.jira.SetRoleActors(key, "Administrators", "group:"+jiratest.GroupAdmins))
	b, err := s.jira.AddBoard(jiratest.BoardSpec{Name: key + " board", Location: key})
	s.must(err)
	sprint, err := s.jira.AddSprint(jiratest.Sprint{Name: key + " Sprint", State: jiratest.SprintActive, Start: time.Now().Add(-time.Hour), End: time.Now().Add(240 * time.Hour), OriginBoardID: b.ID})
	s.must(err)
	l := line{id: sprint.ID}
	for i := range s.size.unfinished {
		l.last, err = s.jira.AddIssue(jiratest.IssueSpec{Project: key, Summary: "Work " + strconv.Itoa(i), Sprints: []int64{sprint.ID}, Creator: "po@example.com"})
		s.must(err)
		if i == 0 {
			l.work = l.last.Key
		}
	}
	s.work = append(s.work, l.work)
	switch {
	case n < s.size.disasters:
		s.declared = append(s.declared, l)
	case n < s.size.disasters+s.size.open:
		s.open = append(s.open, l)
	default:
		s.calm = append(s.calm, l)
	}
}
