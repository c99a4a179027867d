package scale

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

const (
	// rate is the flood of a large site in events a second.
	rate = 1000
	// oneOf says how many events of a flood there are for each that may matter.
	oneOf = 50
	// strange are the projects without boards whose events make up most of a flood.
	strange = 50
)

// flood is what goes on at a large site beside the disasters. Nearly all of it means nothing to
// andon: issues of projects without boards change, and comments are written anywhere. Those
// events were recorded from the same Jira and come again and again. One of oneOf is a change that
// somebody makes there and then in a project with a board, and Jira tells of by itself.
type flood struct {
	site *site
	idle []event
	sent atomic.Int64 // events so far
}

// flooded is a site of the tables of floods, where some disasters are open already. tenth makes all of
// it a tenth.
func flooded(tenth, replicas, events int) size {
	return size{projects: 10_000 / tenth, boards: 200 / tenth, disasters: 100 / tenth, open: 20 / tenth, replicas: replicas,
		unfinished: 40, perSecond: 10, events: events / tenth, warm: 30, hasty: true}
}

// inFlood are the sites of the table in virtual time: one without a flood beside those with one.
func inFlood(tenth int) []size {
	return []size{flooded(tenth, 1, 0), flooded(tenth, 1, rate), flooded(tenth, 2, rate), flooded(tenth, 4, rate)}
}

// newFlood records the events that mean nothing. Their bodies have 3 to 9 KB.
func newFlood(s *site) *flood {
	f := &flood{site: s}
	before := len(s.jira.Deliveries())
	po := s.jira.As("po@example.com")
	for n := range min(strange, s.size.projects-s.size.boards) {
		i, err := s.jira.AddIssue(jiratest.IssueSpec{Project: fmt.Sprintf("P%d", s.size.boards+n), Summary: "Elsewhere", Creator: "po@example.com", Description: prose(n)})
		s.must(err)
		s.must(po.Transition(i.Key, "In Progress"))
		s.must(po.AddLabel(i.Key, "backend"))
	}
	for n := range min(strange, len(s.work)) {
		_, err := po.Comment(s.work[n], prose(n))
		s.must(err)
	}
	s.jira.DeliverAll(s.t.Context())
	for _, d := range s.jira.Deliveries()[before:] {
		f.idle = append(f.idle, eventOf(d))
	}
	return f
}

// prose is a text for the nth issue, so that its events have 3 to 9 KB.
func prose(n int) string { return strings.Repeat("all work and no play ", 10+250*(n%strange)/strange) }

// run sends events until ctx ends, in portions of a hundredth of a second.
func (f *flood) run(ctx context.Context) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for due := int64(time.Since(began).Seconds() * float64(f.site.size.events)); f.sent.Load() < due; f.sent.Add(1) {
			if err := f.one(int(f.sent.Load())); err != nil {
				f.site.t.Error(err)
				return
			}
		}
	}
}

// soFar is how many events were sent; none of no flood.
func (f *flood) soFar() int64 {
	if f == nil {
		return 0
	}
	return f.sent.Load()
}

// one sends the nth event.
func (f *flood) one(n int) error {
	if n%oneOf != 0 {
		return f.site.door.send(f.idle[n%len(f.idle)])
	}
	return f.change(n / oneOf)
}

// change makes the nth change: of twenty, eight of the status of an issue, six of a label that is not
// andon's and five of a sprint's goal, in all projects with boards in turn, so that those count for andon
// that are in projects with an open disaster. One is of a label of andon's where it says nothing; while an
// issue has it, each change of that issue counts.
func (f *flood) change(n int) error {
	s, po := f.site, f.site.jira.As("po@example.com")
	key, sprint := s.work[n%len(s.work)], s.calm[n%len(s.calm)]
	switch kind := n % 20; {
	case kind < 8:
		now, _, _ := s.jira.StatusOf(key)
		return po.Transition(key, map[string]string{"To Do": "In Progress", "In Progress": "To Do"}[now])
	case kind < 14:
		return f.toggle(key, "backend")
	case kind < 19:
		_, err := s.jira.As("andon@example.com").Do(http.MethodPost, fmt.Sprint("/rest/agile/1.0/sprint/", sprint.id), map[string]string{"goal": fmt.Sprint("Goal ", n)})
		return err
	}
	return f.toggle(sprint.work, rules.DefaultLabels().Restored)
}

// toggle puts a label on an issue, or takes it off.
func (f *flood) toggle(key, label string) error {
	po := f.site.jira.As("po@example.com")
	if i, _ := f.site.jira.Issue(key); slices.Contains(i.Labels, label) {
		return po.RemoveLabel(key, label)
	}
	return po.AddLabel(key, label)
}
