package scale

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
	"andon/webhook/queue"
)

// latency is how long Jira takes for every call.
const latency = 150 * time.Millisecond

// size is how large a site is and what happens on it.
type size struct {
	projects, boards, disasters, replicas int
	// unfinished are the issues in each sprint.
	unfinished int
	perSecond  float64
}

// outcome is what a run has shown.
type outcome struct {
	stopped  []time.Duration // from the label to the cancelled sprint
	calls    int64
	early    int64   // calls until the last line was stopped
	limited  int64   // answers 429
	memory   float64 // MiB of the heap beyond the seeded site's, Jira's growth included
	deepest  int     // keys that waited at once
	settled  time.Duration
	tasks    int
	comments int
}

// at is a percentile of the times to a cancelled sprint.
func (o outcome) at(percent int) time.Duration {
	return o.stopped[min(len(o.stopped)-1, len(o.stopped)*percent/100)].Round(10 * time.Millisecond)
}

// slow is the way to a Jira that takes its time.
type slow struct {
	jira    http.Handler
	calls   *atomic.Int64
	limited *atomic.Int64
}

// RoundTrip carries a call.
func (s slow) RoundTrip(req *http.Request) (*http.Response, error) {
	s.calls.Add(1)
	time.Sleep(latency)
	if req.Body == nil {
		req.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	s.jira.ServeHTTP(w, req)
	if w.Code == http.StatusTooManyRequests {
		s.limited.Add(1)
	}
	return w.Result(), nil
}

// site is a large Jira with andon's replicas.
type site struct {
	t       *testing.T
	size    size
	jira    *jiratest.Jira
	queue   queue.Queue
	calls   atomic.Int64
	limited atomic.Int64
	issues  []jiratest.Issue // the disasters to be
	sprints []int64
}

// newSite seeds a site.
func newSite(t *testing.T, sz size) *site {
	t.Helper()
	s := &site{t: t, size: sz, jira: jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: time.Now})}
	if _, err := jiratest.SeedDemo(s.jira); err != nil {
		t.Fatal(err)
	}
	for n := range sz.projects {
		s.project(fmt.Sprintf("P%d", n), n)
	}
	s.jira.SetKnobs(func(k *jiratest.Knobs) {
		k.Burst = map[string]int{http.MethodGet: 100, http.MethodPost: 100, http.MethodPut: 50, http.MethodDelete: 50}
	})
	s.queue = queue.NewMemory(time.Now, queue.MemoryOptions{})
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
	var last jiratest.Issue
	for i := range s.size.unfinished {
		last, err = s.jira.AddIssue(jiratest.IssueSpec{Project: key, Summary: "Work " + strconv.Itoa(i), Sprints: []int64{sprint.ID}, Creator: "po@example.com"})
		s.must(err)
	}
	if n < s.size.disasters {
		s.issues, s.sprints = append(s.issues, last), append(s.sprints, sprint.ID)
	}
}

// replica works until ctx ends.
func (s *site) replica(ctx context.Context, wait *sync.WaitGroup) {
	c, err := jira.NewClient(jira.Config{BaseURL: s.jira.BaseURL(), Email: "andon@example.com", Token: "demo", Now: time.Now,
		Budget: jira.Budget{PerSecond: s.size.perSecond, Burst: max(20, int(2*s.size.perSecond))}, Base: slow{s.jira, &s.calls, &s.limited}})
	s.must(err)
	signer, err := jira.NewSigner("a-secret-for-tests-only")
	s.must(err)
	rec := jira.NewReconciler(c, s.queue, jira.NewKnown(time.Now), jira.Options{Settings: rules.DefaultSettings(), ScrumMasterRole: "Scrum Master",
		StakeholderRole: "Stakeholder", Signer: signer, Now: time.Now, Sweep: 3 * time.Minute, Relieve: queue.Relieve})
	wait.Go(func() {
		err := queue.Run(ctx, s.queue, queue.RunOptions{Workers: 4, Rand: func() float64 { return 0.5 }}, func(ctx context.Context, it queue.Item) (time.Duration, error) {
			return rec.Handle(ctx, it.Key, it.Notes)
		})
		if err != nil && !errors.Is(err, context.Canceled) {
			s.t.Error(err)
		}
	})
}

// run lets the replicas start, then has all disasters declared at one moment, and waits until
// every line is stopped and everything else is done.
func (s *site) run() outcome {
	ctx, stop := context.WithCancel(s.t.Context())
	var wait sync.WaitGroup
	s.must(s.queue.Add(ctx, "sweep", 0))
	for range s.size.replicas {
		s.replica(ctx, &wait)
	}
	time.Sleep(20 * time.Minute) // what a start costs is over
	before, refused, held := s.calls.Load(), s.limited.Load(), heap()
	declared := time.Now()
	for _, i := range s.issues {
		s.must(s.jira.As("po@example.com").AddLabel(i.Key, "disaster"))
		s.must(s.queue.Add(ctx, "project:"+i.Key[:len(i.Key)-len(keyNumber(i.Key))-1], 0, strconv.FormatInt(i.ID, 10)))
	}
	out := outcome{}
	for range 3000 {
		time.Sleep(time.Second)
		stats, err := s.queue.Stats(ctx)
		s.must(err)
		out.deepest = max(out.deepest, stats.Due+stats.InFlight)
		if out.early == 0 && s.still() {
			out.early = s.calls.Load() - before
		}
		if s.done() {
			break
		}
	}
	out.settled, out.memory = time.Since(declared), heap()-held
	stop()
	wait.Wait()
	out.calls, out.limited = s.calls.Load()-before, s.limited.Load()-refused
	for n, id := range s.sprints {
		sprint, _ := s.jira.Sprint(id)
		if sprint.State == jiratest.SprintClosed {
			out.stopped = append(out.stopped, sprint.Complete.Sub(declared))
		}
		out.tasks += len(s.jira.Subtasks(s.issues[n].Key))
		out.comments += len(s.jira.Comments(s.issues[n].Key))
	}
	slices.Sort(out.stopped)
	s.must(s.queue.Close())
	return out
}

// keyNumber is the number of an issue's key.
func keyNumber(key string) string {
	for i := range key {
		if key[i] == '-' {
			return key[i+1:]
		}
	}
	return ""
}

// done says whether each disaster has its status comment, which comes last.
func (s *site) done() bool {
	return !slices.ContainsFunc(s.issues, func(i jiratest.Issue) bool { return len(s.jira.Comments(i.Key)) == 0 })
}

// still says whether all lines are stopped.
func (s *site) still() bool {
	return !slices.ContainsFunc(s.sprints, func(id int64) bool {
		sprint, _ := s.jira.Sprint(id)
		return sprint.State != jiratest.SprintClosed
	})
}

// heap is what is in use, in MiB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// row prints an outcome as a line of the table.
func (o outcome) row(w io.Writer, sz size) error {
	_, err := fmt.Fprintf(w, "| %d | %d | %d | %d | %.0f | %v | %v | %v | %.1f | %.1f | %d | %d | %.1f MiB |\n", sz.projects, sz.boards, sz.disasters, sz.replicas, sz.perSecond,
		o.at(50), o.at(99), o.settled.Round(time.Second), float64(o.calls)/float64(sz.disasters), float64(o.early)/float64(sz.disasters), o.limited, o.deepest, o.memory)
	return err
}
