package jira_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

// memoryQueue notes what the reconciler asks for.
type memoryQueue struct {
	added  []string
	notes  map[string][]string
	pinned []string
	fail   error
}

func (q *memoryQueue) Add(_ context.Context, key string, _ time.Duration, notes ...string) error {
	if q.fail != nil {
		return q.fail
	}
	if !slices.Contains(q.added, key) {
		q.added = append(q.added, key)
	}
	if q.notes == nil {
		q.notes = map[string][]string{}
	}
	q.notes[key] = append(q.notes[key], notes...)
	return nil
}

func (q *memoryQueue) Pin(_ context.Context, name string) error {
	if !slices.Contains(q.pinned, name) {
		q.pinned = append(q.pinned, name)
	}
	return q.fail
}

func (q *memoryQueue) Unpin(_ context.Context, name string) error {
	q.pinned = slices.DeleteFunc(q.pinned, func(n string) bool { return n == name })
	return q.fail
}

func (q *memoryQueue) Pinned(context.Context) ([]string, error) { return q.pinned, q.fail }

// rig is a reconciler that looks after a simulated Jira.
type rig struct {
	*site
	t      *testing.T
	queue  *memoryQueue
	known  *jira.Known
	rec    *jira.Reconciler
	passes []jira.Pass
	opt    jira.Options
	issue  string
	id     string
}

// newRig makes one with the demo's seed.
func newRig(t *testing.T, s *site, change ...func(*jira.Options)) *rig {
	t.Helper()
	r := &rig{site: s, t: t, issue: s.demo.Issues[5]}
	i, _ := s.Issue(r.issue)
	r.id = ids(i.ID)
	signer, err := jira.NewSigner("a-secret-for-tests")
	must(t, err)
	r.opt = jira.Options{Settings: rules.DefaultSettings(), ScrumMasterRole: "Scrum Master", StakeholderRole: "Stakeholder", Signer: signer,
		Now: s.Now, Sweep: 3 * time.Minute, SideBySide: 1, Observe: func(p jira.Pass) { r.passes = append(r.passes, p) }}
	for _, c := range change {
		c(&r.opt)
	}
	r.restart(s.client)
	return r
}

// restart begins with an empty memory and queue.
func (r *rig) restart(c *jira.Client) {
	r.queue, r.known = &memoryQueue{}, jira.NewKnown(r.Now)
	r.rec = jira.NewReconciler(c, r.queue, r.known, r.opt)
}

func ids(id int64) string {
	var b []byte
	for ; id > 0; id /= 10 {
		b = append([]byte{byte('0' + id%10)}, b...)
	}
	return string(b)
}

// look looks at SHOP and wants no error.
func (r *rig) look(notes ...string) jira.Pass {
	r.t.Helper()
	_, err := r.rec.Handle(r.t.Context(), "project:SHOP", notes)
	must(r.t, err)
	return r.passes[len(r.passes)-1]
}

// declare has the Product Owner declare, and looks.
func (r *rig) declare(labels ...string) jira.Pass {
	r.t.Helper()
	if len(labels) == 0 {
		labels = []string{"disaster"}
	}
	must(r.t, r.As("po@example.com").AddLabel(r.issue, labels...))
	return r.look(r.id)
}

// cancelled wants the active sprint to be cancelled.
func (r *rig) cancelled() {
	r.t.Helper()
	s, _ := r.Sprint(r.demo.ActiveSprint)
	want(r.t, "state of the sprint", jiratest.SprintClosed, s.State)
	if !strings.HasPrefix(s.Goal, "CANCELLED by "+r.issue+":") {
		r.t.Errorf("goal %q", s.Goal)
	}
}

// running wants the active sprint to run on.
func (r *rig) running() {
	r.t.Helper()
	s, _ := r.Sprint(r.demo.ActiveSprint)
	want(r.t, "state of the sprint", jiratest.SprintActive, s.State)
}

// settled wants that another look writes nothing.
func (r *rig) settled() {
	r.t.Helper()
	before := r.Writes()
	r.look()
	want(r.t, "writes of a settled system", 0, r.Writes()-before)
}

// fault sets a fault that strikes andon's calls.
func (r *rig) fault(f jiratest.Fault) {
	r.t.Helper()
	_, err := r.Fail(f)
	must(r.t, err)
}
