package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"andon/jira/jiratest"
)

// Stories are tests in words that a Product Owner could read: the files
// testdata/stories/*.story. Each line is an act of somebody, a change of the site, or a
// check that begins with "then"; "and" goes on with the same. The words are those of
// the table in story_words_test.go. Lines that begin with # are remarks.
//
// After each line webhooks are delivered and andon works until nothing is due. The
// indented lines after "all at once" happen together before andon hears of any.
// Every story is told on Cloud and on Data Center, unless it says "only cloud" or
// "only data center". At its end nothing may be left to be written, not even by an
// andon that starts with an empty memory, and nothing that people did not do
// themselves may have happened to the project BLOG.
//
// A story whose first line is "# pending: reason" is one that andon does not fulfil
// yet. It has to fail; once it passes the line has to go.

// storyLine is one line of a story.
type storyLine struct {
	at    string // file:line
	text  string
	check bool
	// together are the lines of an "all at once".
	together []storyLine
}

// script is a story as it is written.
type script struct {
	name     string
	pending  string
	flavours []jiratest.Flavour
	settings []string
	lines    []storyLine
}

var (
	settingLine = regexp.MustCompile(`^setting (ANDON_[A-Z_]+) = (.+)$`)
	onlyLine    = regexp.MustCompile(`^only (cloud|data center)$`)
)

// readScript reads a story.
func readScript(path string) (script, error) {
	s := script{name: strings.TrimSuffix(filepath.Base(path), ".story"), flavours: []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter}}
	text, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	check, checks := false, 0
	for i, raw := range strings.Split(string(text), "\n") {
		l := storyLine{at: fmt.Sprintf("%s:%d", filepath.Base(path), i+1), text: strings.TrimSpace(raw)}
		inside := strings.HasPrefix(raw, "  ")
		if reason, ok := strings.CutPrefix(l.text, "# pending: "); ok && i == 0 {
			s.pending = reason
		}
		if l.text == "" || strings.HasPrefix(l.text, "#") {
			continue
		}
		if m := settingLine.FindStringSubmatch(l.text); m != nil && len(s.lines) == 0 {
			s.settings = append(s.settings, m[1]+"="+m[2])
			continue
		}
		if m := onlyLine.FindStringSubmatch(l.text); m != nil && len(s.lines) == 0 {
			s.flavours = []jiratest.Flavour{map[string]jiratest.Flavour{"cloud": jiratest.Cloud, "data center": jiratest.DataCenter}[m[1]]}
			continue
		}
		if text, ok := strings.CutPrefix(l.text, "then "); ok {
			l.text, check = text, true
		} else if text, ok := strings.CutPrefix(l.text, "and "); ok {
			l.text = text
		} else {
			check = false
		}
		if l.check = check; check {
			checks++
		}
		switch last := len(s.lines) - 1; {
		case !inside:
			s.lines = append(s.lines, l)
		case last < 0 || s.lines[last].text != allAtOnce || check:
			return s, fmt.Errorf("%s: only acts after %q are indented", l.at, allAtOnce)
		default:
			s.lines[last].together = append(s.lines[last].together, l)
		}
	}
	if checks == 0 {
		return s, fmt.Errorf("%s: a story without a single \"then\" shows nothing", filepath.Base(path))
	}
	return s, nil
}

// allAtOnce begins lines that happen before andon hears of any of them.
const allAtOnce = "all at once"

func TestStories(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/stories/*.story")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	vocabulary := words()
	for i, path := range paths {
		if underRace && i%underRaceStories != 0 {
			continue // .ci/run plays all of them without the detector
		}
		s, err := readScript(path)
		if err != nil {
			t.Error(err)
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			failures := 0
			for _, f := range s.flavours {
				t.Run(fmt.Sprint(f), func(t *testing.T) {
					faults := s.play(t, f, vocabulary)
					failures += len(faults)
					for _, fault := range faults {
						if s.pending != "" {
							t.Log("pending: " + fault)
						} else {
							t.Error(fault)
						}
					}
				})
			}
			if fault := s.overdue(failures); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// overdue is the fault of a pending story that passes.
func (s script) overdue(failures int) string {
	if s.pending == "" || failures > 0 {
		return ""
	}
	return fmt.Sprintf("the story passes by now; take away the line \"# pending: %s\"", s.pending)
}

// witness collects what goes wrong instead of failing the test, and says at which line.
type witness struct {
	testing.TB
	at     string
	faults []string
}

// storyOver ends a story that cannot go on.
type storyOver struct{}

func (w *witness) Error(args ...any) {
	w.faults = append(w.faults, w.at+": "+strings.TrimSpace(fmt.Sprintln(args...)))
}

func (w *witness) Errorf(format string, args ...any) { w.Error(fmt.Sprintf(format, args...)) }

func (w *witness) Fatal(args ...any) { w.Error(args...); panic(storyOver{}) }

func (w *witness) Fatalf(format string, args ...any) { w.Fatal(fmt.Sprintf(format, args...)) }

// play tells a story on one product and gives what went wrong.
func (s script) play(t *testing.T, f jiratest.Flavour, vocabulary []word) (faults []string) {
	t.Helper()
	return s.playIn(t, f, vocabulary, func(*tale) {})
}

// playIn tells a story in a scene that was changed before anything happens.
func (s script) playIn(t *testing.T, f jiratest.Flavour, vocabulary []word, prepare func(*tale)) (faults []string) {
	t.Helper()
	eyes := &witness{TB: t, at: s.name}
	defer func() {
		if r := recover(); r != nil {
			if _, over := r.(storyOver); !over {
				panic(r)
			}
		}
		faults = eyes.faults
	}()
	st := newStory(eyes, f, s.settings)
	prepare(st)
	st.settle()
	for _, l := range s.lines {
		eyes.at = l.at
		if l.text != allAtOnce {
			st.line(vocabulary, l)
			st.settle()
			continue
		}
		st.mark()
		for _, in := range l.together {
			eyes.at = in.at
			st.speak(vocabulary, in)
		}
		st.settle()
	}
	eyes.at = s.name + ": at the end"
	st.end()
	return eyes.faults
}

// line plays one line.
func (st *tale) line(vocabulary []word, l storyLine) {
	if !l.check {
		st.mark()
	}
	st.speak(vocabulary, l)
}

// speak finds the one word of the table that fits a line and does what it says.
func (st *tale) speak(vocabulary []word, l storyLine) {
	st.w.t.Helper()
	for _, v := range vocabulary {
		m := v.is.FindStringSubmatch(l.text)
		if m == nil || v.check != l.check {
			continue
		}
		before := st.w.jira.DumpProject("BLOG")
		if err := v.do(st, slices.Clone(m[1:])); err != nil {
			st.w.t.Errorf("%s: %v", l.text, err)
		}
		if !sameWorld(before, st.w.jira.DumpProject("BLOG")) {
			st.blog = st.w.jira.DumpProject("BLOG") // people's own doing
		}
		return
	}
	st.w.t.Fatalf("nobody knows what this means: %q", l.text)
}
