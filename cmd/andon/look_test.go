package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"andon/jira/jiratest"
)

// said is what a command said, and how it ended.
type said struct {
	out, err string
	status   int
}

// command runs a command of the program on the world's Jira and clock.
func (w *world) command(args ...string) said {
	w.t.Helper()
	opt := appOptions{now: w.clock.Now, transport: inProcess{http.HandlerFunc(w.serve)}, sideBySide: 1}
	var environ []string
	for name, value := range w.env {
		environ = append(environ, name+"="+value)
	}
	slices.Sort(environ)
	return commandWith(w.t, environ, opt, args...)
}

// commandWith runs a command with an environment.
func commandWith(t testing.TB, environ []string, opt appOptions, args ...string) said {
	t.Helper()
	root := &cobra.Command{Use: "andon", SilenceUsage: true, SilenceErrors: true}
	root.SetFlagErrorFunc(rootCommand(nil).FlagErrorFunc())
	root.AddCommand(planCommand(environ, opt), reportCommand(environ, opt))
	var out, errs strings.Builder
	status := execute(t.Context(), root, args, &out, &errs)
	return said{out.String(), errs.String(), status}
}

// like compares what was printed with a file in testdata; ANDON_TEST_UPDATE=1 writes it.
func like(t testing.TB, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("ANDON_TEST_UPDATE") == "1" {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-file +now; ANDON_TEST_UPDATE=1 writes it):\n%s", file, diff)
	}
}

// fine checks that a command ended well and said nothing on standard error.
func (s said) fine(t testing.TB) said {
	t.Helper()
	if s.status != 0 || s.err != "" {
		t.Fatalf("it ended with %d and said %q; it printed:\n%s", s.status, s.err, s.out)
	}
	return s
}

// ends checks how a command ended and what it said about that.
func (s said) ends(t testing.TB, status int, words string) {
	t.Helper()
	if s.status != status || !strings.Contains(s.err, words) {
		t.Errorf("it ended with %d and said %q, want %d and %q", s.status, s.err, status, words)
	}
	if strings.Contains(s.out+s.err, testSecret) {
		t.Error("it gave away a secret")
	}
}

// told is a world in which a disaster has been declared, worked on and half resolved.
func told(t *testing.T, f jiratest.Flavour, settings ...string) (w *world, issue string) {
	t.Helper()
	w = newWorld(t, f, append([]string{"ANDON_RECOVERY_SLA=4h"}, settings...)...)
	issue = w.seed.Issues[5]
	po, dev := w.jira.As("po@example.com"), w.jira.As("dev@example.com")
	w.after(po.AddLabel(issue, "disaster"))
	w.clock.Advance(minutes(20))
	w.after(po.AddLabel(issue, "system-maintenance"))
	w.clock.Advance(minutes(10))
	w.after(w.jira.As("sm@example.com").StartSprint(w.seed.FutureSprint, minutes(14*24*60)))
	w.clock.Advance(minutes(60))
	for _, s := range w.jira.Subtasks(issue) {
		if !strings.HasSuffix(s.Summary, "Investigate the root cause") {
			w.must(dev.Transition(s.Key, "Done", "Done"))
		}
	}
	w.after(po.AddLabel(issue, "system-restored"))
	w.must(dev.AddLabel(w.cause(issue), "cause-architecture"))
	return w, issue
}
