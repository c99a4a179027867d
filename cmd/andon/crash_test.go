package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// outcome is what a story left behind, without ids and times that differ from run to
// run: sprints, tasks and comments.
func (w *world) outcome() string {
	var out []string
	for _, s := range w.jira.Sprints() {
		out = append(out, fmt.Sprintf("sprint %s %s %q", s.Name, s.State, s.Goal))
	}
	for _, project := range []string{"SHOP", "BLOG"} {
		for _, i := range w.jira.Issues(project) {
			status, _, resolution := w.jira.StatusOf(i.Key)
			out = append(out, fmt.Sprintf("%s %s %s %v %v", i.Summary, status, resolution, i.Labels, i.Sprints))
			for _, c := range i.Comments {
				out = append(out, "  "+plain(c.Body))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

var (
	times = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d UTC|\b\d{10}\b`)
	keys  = regexp.MustCompile(`SHOP-\d+`)
)

// plain takes out of a comment what differs from run to run.
func plain(body string) string {
	return keys.ReplaceAllString(times.ReplaceAllString(body, "TIME"), "KEY")
}

// declareAndBreak is a story in one go: declared, issues planned, a sprint created, one
// started, one label off.
func declareAndBreak(w *world, step func()) {
	po, sm := w.jira.As("po@example.com"), w.jira.As("sm@example.com")
	w.must(po.AddLabel(w.seed.Issues[5], "disaster-data"))
	step()
	w.must(sm.MoveToSprint(w.seed.FutureSprint, w.seed.Issues[1], w.seed.Issues[2]))
	step()
	_, err := sm.CreateSprint(w.seed.ShopBoard, "Business as usual")
	w.must(err)
	step()
	w.must(sm.StartSprint(w.seed.FutureSprint, 14*24*time.Hour))
	step()
	w.must(w.jira.As("dev@example.com").RemoveLabel(w.seed.Issues[5], "disaster-data"))
	step()
}

// resumeAll is what follows: two sprints cancelled, the root cause closed, and the
// Product Owner asks for what was planned.
func resumeAll(w *world, step func()) {
	po := w.jira.As("po@example.com")
	w.must(po.AddLabel(w.seed.Issues[5], "disaster"))
	step()
	w.must(w.jira.As("sm@example.com").StartSprint(w.seed.FutureSprint, 14*24*time.Hour))
	step()
	w.must(w.jira.As("dev@example.com").Transition(w.cause(w.seed.Issues[5]), "Done", "Done"))
	step()
	w.must(po.AddLabel(w.seed.Issues[5], "sprint-resume"))
	step()
}

var errPulled = errors.New("the plug is pulled")

func TestACrashAtAnyCallHeals(t *testing.T) {
	stride := 7 // all take minutes; .ci/run asks for that
	if os.Getenv("ANDON_TEST_CRASHES") == "all" {
		stride = 1
	}
	for name, story := range map[string]func(*world, func()){"a freeze that is broken": declareAndBreak, "a resumption": resumeAll} {
		for _, flavour := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
			calm := newWorld(t, flavour)
			total := 0
			calm.jira.BeforeCalls(func(jiratest.Call) error { total++; return nil })
			story(calm, func() { calm.settle() })
			want := calm.outcome()
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%v/after the effect %v", name, flavour, after), func(t *testing.T) {
					t.Parallel()
					for i := 1; i <= total; i += stride {
						if !crashAt(t, flavour, story, i, after, want) {
							return
						}
					}
				})
			}
		}
	}
}

// crashAt plays the story, pulls the plug at one call and starts a new andon with an
// empty memory and queue.
func crashAt(t *testing.T, flavour jiratest.Flavour, story func(*world, func()), at int, after bool, want string) bool {
	t.Helper()
	w := newWorld(t, flavour)
	n, down := 0, false
	hook := func(jiratest.Call) error {
		if n++; n == at {
			down = true
		}
		if down {
			return errPulled
		}
		return nil
	}
	if after {
		w.jira.AfterCalls(hook)
	} else {
		w.jira.BeforeCalls(hook)
	}
	story(w, func() {
		w.settleUntil(func() bool { return down })
		if down {
			down = false
			w.boot()
			w.settle()
		}
	})
	w.clock.Advance(2 * time.Minute)
	w.settle()
	if got := w.outcome(); got != want {
		t.Errorf("call %d: the end differs from the undisturbed one:\n%s", at, difference(want, got))
		return false
	}
	return true
}

// settleUntil is settle, cut short by a crash.
func (w *world) settleUntil(down func() bool) {
	w.t.Helper()
	for range 500 {
		w.jira.DeliverAll(w.t.Context())
		stats, err := w.app.queue.Stats(w.t.Context())
		w.must(err)
		if stats.Due == 0 || down() {
			return
		}
		_ = w.workOnce() // a look that the crash cut short fails; the next andon heals it
	}
	w.t.Fatal("the system does not settle")
}

// difference shows the lines that only one of two texts has.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	if len(out) == 0 {
		out = append(out, fmt.Sprintf("the same lines, but %d against %d of them", len(a), len(b)))
	}
	return strings.Join(out, "\n")
}
