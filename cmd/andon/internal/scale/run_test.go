package scale

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

const (
	// tasksOf is how many tasks the playbook gives each disaster.
	tasksOf = 9
	// patience is how long a run may take.
	patience = time.Hour
)

// outcome is what a run has shown.
type outcome struct {
	stopped []time.Duration // from the label to the cancelled sprint
	settled time.Duration   // until the last disaster had its status comment
	calls   int64           // until then
	early   int64           // calls until the last line was stopped
	looks   int64           // at projects, until all was done
	failed  int64           // keys that had to be tried again
	limited int64           // answers 429
	memory  float64         // MiB of the heap beyond the seeded site's, Jira's growth included
	deepest int             // keys that were due or worked on at once
	keys    int             // keys that the queue held at once, due or not
	wrong   []string        // what is not exactly as it should be

	sent                           int64 // events of the flood, at least
	kept, dropped, refused, others int64 // answers to all webhooks
}

// events are all webhooks that were answered.
func (o outcome) events() int64 { return o.kept + o.dropped + o.refused + o.others }

// at is a percentile of the times to a cancelled sprint.
func (o outcome) at(percent int) time.Duration {
	return o.stopped[min(len(o.stopped)-1, len(o.stopped)*percent/100)].Round(10 * time.Millisecond)
}

// run lets the replicas start and waits until that has settled. Then all disasters are declared at one
// moment, in the middle of the flood if there is one, and it waits until everything is done.
func (s *site) run(settle func()) outcome {
	ctx, stop := context.WithCancel(s.t.Context())
	defer stop()
	var others *flood
	if s.size.events > 0 {
		others = newFlood(s)
	}
	var work, storm sync.WaitGroup
	for _, r := range s.replicas {
		r.start(ctx, &work)
	}
	s.jira.StartWebhooks(s.t.Context(), nil)
	s.declare(s.open)
	settle()
	fctx, calm := context.WithCancel(ctx)
	defer calm()
	if others != nil {
		storm.Go(func() { others.run(fctx) })
		s.until(func() bool { return others.soFar() >= int64(s.size.warm*s.size.events) })
	}
	s.door.forget()
	earlier := others.soFar()
	out := s.disasters(ctx)
	calm()
	storm.Wait()
	if !s.size.hasty {
		s.must(s.jira.Flush(ctx))
		s.rest(ctx) // what comes too late would be twice
	}
	stop()
	work.Wait()
	s.must(s.jira.Flush(s.t.Context()))
	s.jira.Stop()
	out.sent = others.soFar() - earlier
	out.kept, out.dropped, out.refused, out.others = s.door.kept.Load(), s.door.dropped.Load(), s.door.refused.Load(), s.door.others.Load()
	out.wrong = s.wrong()
	for _, r := range s.replicas {
		s.must(r.queue.Close())
	}
	return out
}

// disasters declares all disasters and waits until each has its status comment, which comes last.
func (s *site) disasters(ctx context.Context) outcome {
	before, refused, looked, failed, held := s.calls.Load(), s.limited.Load(), s.looks.Load(), s.failed.Load(), heap()
	declared := time.Now()
	s.declare(s.declared)
	out := outcome{}
	s.until(func() bool {
		stats, err := s.replicas[0].queue.Stats(ctx)
		s.must(err)
		out.deepest, out.keys = max(out.deepest, stats.Due+stats.InFlight), max(out.keys, stats.Waiting+stats.InFlight)
		if out.early == 0 && s.still() {
			out.early = s.calls.Load() - before
		}
		return s.done(s.declared)
	})
	out.settled, out.memory = time.Since(declared), heap()-held
	out.calls, out.limited, out.looks, out.failed = s.calls.Load()-before, s.limited.Load()-refused, s.looks.Load()-looked, s.failed.Load()-failed
	for _, l := range s.declared {
		if sprint, _ := s.jira.Sprint(l.id); sprint.State == jiratest.SprintClosed {
			out.stopped = append(out.stopped, sprint.Complete.Sub(declared))
		}
	}
	slices.Sort(out.stopped)
	return out
}

// until waits until it is so, and looks once a second where Jira takes its usual time.
func (s *site) until(so func() bool) {
	s.t.Helper()
	tick := time.NewTicker(s.size.latency * 20 / 3)
	defer tick.Stop()
	for began := time.Now(); !so(); <-tick.C {
		if time.Since(began) > patience {
			s.t.Fatalf("it is not so after %v", patience)
		}
	}
}

// rest waits until nothing is due and nobody works.
func (s *site) rest(ctx context.Context) {
	s.t.Helper()
	s.until(func() bool {
		stats, err := s.replicas[0].queue.Stats(ctx)
		s.must(err)
		return stats.Due+stats.InFlight == 0
	})
}

// declare has the Product Owners declare disasters.
func (s *site) declare(lines []line) {
	s.t.Helper()
	for _, l := range lines {
		s.must(s.jira.As("po@example.com").AddLabel(l.last.Key, rules.DefaultLabels().Disaster))
	}
}

// done says whether each disaster has its status comment.
func (s *site) done(lines []line) bool {
	return !slices.ContainsFunc(lines, func(l line) bool { return len(s.jira.Comments(l.last.Key)) == 0 })
}

// still says whether all lines are stopped.
func (s *site) still() bool {
	return !slices.ContainsFunc(s.declared, func(l line) bool {
		sprint, _ := s.jira.Sprint(l.id)
		return sprint.State != jiratest.SprintClosed
	})
}

// wrong says what is not exactly as it should be: every line is stopped once, every disaster has
// its tasks and one status comment, and every webhook of Jira's has arrived.
func (s *site) wrong() []string {
	closed := map[int64]int{}
	for _, e := range s.jira.Events() {
		if e.Name == "sprint_closed" {
			closed[e.Sprint.ID]++
		}
	}
	var out []string
	all := slices.Concat(s.declared, s.open)
	for _, l := range all {
		stops, tasks, comments := closed[l.id], len(s.jira.Subtasks(l.last.Key)), len(s.jira.Comments(l.last.Key))
		if stops != 1 || tasks != tasksOf || comments != 1 {
			out = append(out, fmt.Sprintf("%s: its line was stopped %d times, it has %d tasks and %d comments", l.last.Key, stops, tasks, comments))
		}
	}
	for _, d := range s.jira.Deliveries() {
		if d.State != jiratest.DeliveryDone {
			out = append(out, fmt.Sprintf("webhook %d (%s) is %s", d.ID, d.Event, d.State))
		}
	}
	if len(closed) != len(all) {
		out = append(out, fmt.Sprintf("%d sprints were cancelled for %d disasters", len(closed), len(all)))
	}
	return out
}

// exact wants everything to be as it should be, and no event lost on its way.
func (o outcome) exact(t *testing.T, sz size) {
	t.Helper()
	for _, w := range o.wrong {
		t.Error(w)
	}
	if o.events() < o.sent || len(o.wrong) > 0 || len(o.stopped) != sz.disasters || o.refused+o.others != 0 || o.failed != 0 {
		t.Fatalf("%d of %d lines were stopped; of %d events %d were refused, %d answered strangely; %d keys were tried again", len(o.stopped), sz.disasters, o.events(), o.refused, o.others, o.failed)
	}
}

// heap is what is in use, in MiB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
