package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

const (
	// patience is how long the story waits for a step before it gives up.
	patience = 15 * time.Second
	// glance is how often it looks.
	glance = 20 * time.Millisecond
)

// teller collects what andon did.
type teller struct {
	mu     sync.Mutex
	lines  []string
	frozen bool
}

// pass notes one look of andon.
func (t *teller) pass(p jira.Pass) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p.Project == "SHOP" && p.Err == nil {
		t.frozen = p.Plan.Frozen
	}
	for _, a := range p.Done {
		switch line := a.Line(); {
		case strings.HasPrefix(line, "remember"), strings.Contains(line, "status comment"):
		default:
			t.lines = append(t.lines, line)
		}
	}
}

// take gives what was collected and begins anew.
func (t *teller) take() (lines []string, frozen bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines, t.lines = t.lines, nil
	return lines, t.frozen
}

// story is the article's story, played by REST as the people in it.
type story struct {
	site  *site
	app   *app
	told  *teller
	out   io.Writer
	issue string // the disaster
	cause string // its root-cause task
	made  int64  // the sprint somebody made last
}

// act is one act of the story.
type act struct {
	who, what string
	do        func(context.Context) error
	// seen says what is still missing in the simulated Jira, nil if all is there.
	seen func() error
}

// play plays the acts one after the other. It fails at the first step that is not seen.
func (s *story) play(ctx context.Context) error {
	s.issue = s.site.seed.Issues[5]
	blog := s.site.DumpProject("BLOG")
	fmt.Fprintf(s.out, "The story: project SHOP works in sprint %q. Then %s, %q, gets serious.\n", s.sprint(s.site.seed.ActiveSprint).Name, s.issue, s.summary(s.issue))
	s.show()
	for i, a := range s.acts() {
		fmt.Fprintf(s.out, "\n%d. %s %s\n", i+1, a.who, a.what)
		if err := a.do(ctx); err != nil {
			return fmt.Errorf("act %d: %w", i+1, err)
		}
		if err := s.wait(ctx, a.seen); err != nil {
			return fmt.Errorf("act %d: %w", i+1, err)
		}
		s.show()
	}
	if !sameWorld(blog, s.site.DumpProject("BLOG")) {
		return errors.New("something of project BLOG was touched")
	}
	fmt.Fprint(s.out, "\nThe line runs again. Nothing of project BLOG was touched.\n")
	return nil
}

// wait waits until a step is seen, and andon has nothing left to do.
func (s *story) wait(ctx context.Context, seen func() error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for {
		err := seen()
		if err == nil && s.quiet(ctx) {
			return seen()
		}
		select {
		case <-ctx.Done():
			if err == nil {
				err = ctx.Err()
			}
			return fmt.Errorf("not seen within %s: %w", patience, err)
		case <-tick.C:
		}
	}
}

// quiet says whether all webhooks have arrived and andon has nothing due.
func (s *story) quiet(ctx context.Context) bool {
	if s.site.Flush(ctx) != nil {
		return false
	}
	stats, err := s.app.queue.Stats(ctx)
	return err == nil && stats.Due == 0 && stats.InFlight == 0
}

// label adds or takes off a label as a person.
func (s *story) label(who, verb, key, label string) func(context.Context) error {
	return func(ctx context.Context) error {
		return s.site.as(ctx, who, http.MethodPut, "/rest/api/2/issue/"+key,
			map[string]any{"update": map[string]any{"labels": []map[string]string{{verb: label}}}}, nil)
	}
}

// acts are the acts of the story.
func (s *story) acts() []act {
	proposal := s.site.seed.Issues[4]
	next := s.site.seed.FutureSprint
	return []act{
		{"Dana, developer,", "labels " + proposal + " \"disaster\". She may not declare one: it is a proposal.",
			s.label("dev", "add", proposal, "disaster"),
			s.all(s.commented(proposal, "A disaster is proposed"), s.state(s.site.seed.ActiveSprint, jiratest.SprintActive), s.tasks(proposal, 0))},
		{"Paula, Product Owner,", "rejects it: she takes the label off.",
			s.label("po", "remove", proposal, "disaster"), s.state(s.site.seed.ActiveSprint, jiratest.SprintActive)},
		{"Paula, Product Owner,", "labels " + s.issue + " \"disaster\". The line stops.",
			s.label("po", "add", s.issue, "disaster"),
			s.all(s.state(s.site.seed.ActiveSprint, jiratest.SprintClosed), s.marked(s.site.seed.ActiveSprint), s.tasks(s.issue, 9), s.commented(s.issue, "planning is frozen"))},
		{"Sam, Scrum Master,", "creates a sprint, out of habit.", s.createSprint("Business as usual"), s.gone()},
		{"Sam, Scrum Master,", "starts the sprint that was already planned.", s.startSprint(next), s.all(s.state(next, jiratest.SprintClosed), s.marked(next))},
		{"Dana, developer,", "takes the label off. Only the Product Owner withdraws.",
			s.label("dev", "remove", s.issue, "disaster"), s.labelled(s.issue, "disaster")},
		{"Paula, Product Owner,", "adds \"disaster-data\": more is known now.",
			s.label("po", "add", s.issue, "disaster-data"), s.tasks(s.issue, 13)},
		{"Dana, developer,", "closes the root-cause task as Won't Do.", s.closeCause("Won't Do"), s.commented(s.issue, "That does not tell the root cause")},
		{"Dana, developer,", "finds the root cause, writes it down and closes the task as Done.", s.closeCause("Done"), s.commented(s.issue, "Planning is free again")},
		{"Sam, Scrum Master,", "creates and starts the next sprint. It stays.", s.planAgain, s.running()},
	}
}

// all puts several expectations together.
func (s *story) all(checks ...func() error) func() error {
	return func() error {
		var missing []error
		for _, c := range checks {
			missing = append(missing, c())
		}
		return errors.Join(missing...)
	}
}

// sprint is a sprint as it is now.
func (s *story) sprint(id int64) jiratest.Sprint {
	sp, _ := s.site.Sprint(id)
	return sp
}

// summary is the summary of an issue.
func (s *story) summary(key string) string {
	i, _ := s.site.Issue(key)
	return i.Summary
}

// state expects a sprint in a state.
func (s *story) state(id int64, want string) func() error {
	return func() error {
		if got := s.sprint(id).State; got != want {
			return fmt.Errorf("sprint %d is %s, not %s", id, got, want)
		}
		return nil
	}
}

// marked expects a sprint to carry the mark of its cancellation.
func (s *story) marked(id int64) func() error {
	return func() error {
		if goal := s.sprint(id).Goal; !strings.HasPrefix(goal, "CANCELLED by "+s.issue) {
			return fmt.Errorf("the goal of sprint %d is %q, without the mark", id, goal)
		}
		return nil
	}
}

// tasks expects a number of sub-tasks.
func (s *story) tasks(key string, want int) func() error {
	return func() error {
		if got := len(s.site.Subtasks(key)); got != want {
			return fmt.Errorf("%s has %d sub-tasks, not %d", key, got, want)
		}
		return nil
	}
}

// commented expects a comment of andon.
func (s *story) commented(key, text string) func() error {
	return func() error {
		if !slices.ContainsFunc(s.site.Comments(key), func(c jiratest.Comment) bool { return strings.Contains(c.Body, text) }) {
			return fmt.Errorf("%s has no comment that says %q", key, text)
		}
		return nil
	}
}

// labelled expects a label.
func (s *story) labelled(key, label string) func() error {
	return func() error {
		if i, _ := s.site.Issue(key); !slices.Contains(i.Labels, label) {
			return fmt.Errorf("%s has not the label %s", key, label)
		}
		return nil
	}
}
