package scale

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
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
	sent int // events so far
	// changed are the changes among them.
	changed int
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
		for due := int(time.Since(began).Seconds() * float64(f.site.size.events)); f.sent < due; f.sent++ {
			if err := f.one(); err != nil {
				f.site.t.Error(err)
				return
			}
		}
	}
}

// one sends the next event.
func (f *flood) one() error {
	if f.sent%oneOf != 0 {
		return f.site.door.send(f.idle[f.sent%len(f.idle)])
	}
	f.changed++
	return f.change(f.changed)
}

// change makes the nth change, of four kinds in turn: in the projects of the disasters, which andon
// watches, the status of an issue and a label that is not andon's; in the other ones with boards the
// goal of the sprint, and a label of andon's where it says nothing, put on and taken off again.
func (f *flood) change(n int) error {
	s, po, turn := f.site, f.site.jira.As("po@example.com"), n/4
	hot, calm := s.work[:s.size.disasters], s.work[s.size.disasters:]
	switch n % 4 {
	case 0:
		key := hot[turn%len(hot)]
		now, _, _ := s.jira.StatusOf(key)
		return po.Transition(key, map[string]string{"To Do": "In Progress"}[now]+map[string]string{"In Progress": "To Do"}[now])
	case 1:
		return f.toggle(hot[turn%len(hot)], "backend")
	case 2:
		_, err := s.jira.As("andon@example.com").Do(http.MethodPost, fmt.Sprint("/rest/agile/1.0/sprint/", s.calm[turn%len(s.calm)]), map[string]string{"goal": fmt.Sprint("Goal ", n)})
		return err
	}
	return f.toggle(calm[turn%len(calm)], rules.DefaultLabels().Restored)
}

// toggle puts a label on an issue, or takes it off.
func (f *flood) toggle(key, label string) error {
	po := f.site.jira.As("po@example.com")
	if i, _ := f.site.jira.Issue(key); slices.Contains(i.Labels, label) {
		return po.RemoveLabel(key, label)
	}
	return po.AddLabel(key, label)
}
