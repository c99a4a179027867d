package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"andon/jira/jiratest"
)

// written is a story in a file of its own.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.story")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAStoryThatShowsNothingIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"po adds disaster to SHOP-6\n": `without a single "then"`,
		"po adds disaster to SHOP-6\n  sm starts sprint \"x\"\nthen planning of SHOP is free": "x.story:2: only acts after",
	} {
		if _, err := readScript(written(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
}

func TestAStoryNamesTheLineThatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# Nobody talks like that\npo yodels\nthen planning of SHOP is free":                                           `x.story:2: nobody knows what this means: "po yodels"`,
		"po adds disaster to SHOP-6\nthen planning of SHOP is free":                                                    "x.story:2: planning of SHOP is free: not as told",
		"po adds disaster to SHOP-99\nthen planning of SHOP is free":                                                   "x.story:1: there is no issue SHOP-99",
		"then planning of SHOP is free\nandon's token expires\n10 minutes pass":                                        "at the end: a look failed",
		"dev adds disaster to SHOP-6\nthen planning of SHOP is free\nlead deletes SHOP-1\nand sm starts sprint \"No\"": `x.story:4: there is no sprint "No"`,
	} {
		s, err := readScript(written(t, text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := strings.Join(s.play(t, jiratest.Cloud, words()), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestAPendingStoryHasToFail(t *testing.T) {
	t.Parallel()
	s, err := readScript(written(t, "# pending: not built yet\nthen planning of SHOP is free\n"))
	if err != nil || s.pending != "not built yet" {
		t.Fatalf("%+v, %v", s, err)
	}
	if failures := len(s.play(t, jiratest.Cloud, words())); s.overdue(failures) == "" {
		t.Error("it passes, and nobody says so")
	}
	if got := s.overdue(1); got != "" {
		t.Errorf("it fails as it should: %s", got)
	}
}
