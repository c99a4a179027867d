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
	"andon/rules"
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
	phase  string
	// wake tells whoever shows the board that andon has looked; nil for nobody.
	wake func()
}

// pass notes one look of andon.
func (t *teller) pass(p jira.Pass) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p.Project == "SHOP" && p.Err == nil {
		t.frozen, t.phase = p.Plan.Frozen, ""
		held := false
		for _, st := range p.Plan.States {
			// What freezes planning says more than what is over; the latest counts.
			if st.Phase != rules.PhaseNone && (st.Frozen || !held) {
				t.phase, held = st.Key+" is "+string(st.Phase), st.Frozen
			}
		}
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
func (t *teller) take() (lines []string, planning string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines, t.lines = t.lines, nil
	planning = "free"
	if t.frozen {
		planning = "FROZEN"
	}
	if t.phase != "" {
		planning += ", " + t.phase
	}
	return lines, planning
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

// label adds or takes off labels as a person.
func (s *story) label(who, verb, key string, labels ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		var verbs []map[string]string
		for _, l := range labels {
			verbs = append(verbs, map[string]string{verb: l})
		}
		return s.site.as(ctx, who, http.MethodPut, "/rest/api/2/issue/"+key, map[string]any{"update": map[string]any{"labels": verbs}}, nil)
	}
}

// acts are the acts of the story.
func (s *story) acts() []act {
	active, next, issue := s.site.seed.ActiveSprint, s.site.seed.FutureSprint, s.issue
	return []act{
		{"Dana, developer,", "labels " + issue + " \"disaster\". She may not declare one: it is a proposal.",
			s.label("dev", "add", issue, "disaster"),
			s.all(s.commented(issue, "A disaster is proposed"), s.state(active, jiratest.SprintActive), s.tasks(issue, 0))},
		{"Paula, Product Owner,", "has asked around and confirms with \"disaster-data\". The line stops.",
			s.label("po", "add", issue, "disaster-data"),
			s.all(s.state(active, jiratest.SprintClosed), s.marked(active), s.tasks(issue, 13), s.commented(issue, "recovering, planning is frozen"))},
		{"Paula, Product Owner,", "sets the system's mode: \"system-maintenance\", then \"system-alternate\".",
			s.then(s.label("po", "add", issue, "system-maintenance"), s.label("po", "add", issue, "system-alternate")),
			s.all(s.labelled(issue, "system-alternate"), s.unlabelled(issue, "system-maintenance"), s.commented(issue, "*System mode:* system-alternate"))},
		{"Dana, developer,", "sets \"system-offline\". Only the Product Owner sets the mode.",
			s.label("dev", "add", issue, "system-offline"),
			s.all(s.unlabelled(issue, "system-offline"), s.commented(issue, "The label system-offline was taken off again"))},
		{"Sam, Scrum Master,", "creates a sprint, out of habit.", s.createSprint("Business as usual"), s.gone()},
		{"Sam, Scrum Master,", "puts an issue into the next sprint. Planning is frozen, so it goes back.", s.plan(next, s.site.seed.Issues[0]), s.backlogged(s.site.seed.Issues[0])},
		{"Sam, Scrum Master,", "starts the sprint that was already planned.", s.startSprint(next), s.all(s.state(next, jiratest.SprintClosed), s.marked(next))},
		{"Dana, developer,", "takes the disaster labels off. Only the Product Owner withdraws.",
			s.label("dev", "remove", issue, "disaster", "disaster-data"), s.all(s.labelled(issue, "disaster-data"), s.commented(issue, "took off the last disaster label"))},
		{"Paula, Product Owner,", "adds \"system-restored\", too early.",
			s.label("po", "add", issue, "system-restored"),
			s.all(s.unlabelled(issue, "system-restored"), s.commented(issue, "cannot return to service yet"))},
		{"Dana, developer,", "closes the recovery tasks one after the other.", s.closeAllBut("Investigate the root cause"), s.commented(issue, "everything it waits for is done")},
		{"Paula, Product Owner,", "adds \"system-restored\" again. The system is back, planning is not.",
			s.label("po", "add", issue, "system-restored"), s.all(s.labelled(issue, "system-restored"), s.commented(issue, "investigating, planning is frozen"))},
		{"Dana, developer,", "closes the root-cause task as Won't Do.", s.closeCause("Won't Do"), s.commented(issue, "The root-cause task does not count as closed")},
		{"Dana, developer,", "finds the root cause, writes it down and closes the task as Done.", s.closeCause("Done"), s.commented(issue, "*Planning is free again.*")},
		{"Paula, Product Owner,", "wants the plan back and adds \"sprint-resume\". The sprint has a successor.",
			s.label("po", "add", issue, "sprint-resume"), s.all(s.successor(active), s.commented(issue, "*The plan is back*"))},
		{"Sam, Scrum Master,", "starts it. It stays.", s.startSuccessor, s.running()},
	}
}

// then does several things one after the other.
func (s *story) then(steps ...func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, step := range steps {
			if err := step(ctx); err != nil {
				return err
			}
			if err := s.wait(ctx, func() error { return nil }); err != nil {
				return err
			}
		}
		return nil
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

// unlabelled expects that a label is off.
func (s *story) unlabelled(key, label string) func() error {
	return func() error {
		if i, _ := s.site.Issue(key); slices.Contains(i.Labels, label) {
			return fmt.Errorf("%s still has the label %s", key, label)
		}
		return nil
	}
}
