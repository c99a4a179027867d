package siege

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// act is something that people do, and what has to have come of it before they go on.
type act struct {
	name string
	do   func(s *site) error
	// missing says what has not come of it yet.
	missing func(s *site) error
}

// wholeStory is a disaster from the declaration to the release, with a breach of the
// freeze in it.
func wholeStory() []act {
	var extra int64
	return []act{
		{"the Product Owner declares", func(s *site) error { return s.As("po@example.com").AddLabel(s.disaster(), "disaster") },
			(*site).missing},
		{"the Scrum Master creates a sprint", func(s *site) (err error) {
			extra, err = s.As("sm@example.com").CreateSprint(s.seed.ShopBoard, "Business as usual")
			return err
		}, func(s *site) error {
			if sprint, there := s.Sprint(extra); there {
				return fmt.Errorf("the sprint is %s", sprint.State)
			}
			return errors.Join(s.missing(), s.said("was created while planning is frozen"))
		}},
		{"the system goes offline", func(s *site) error { return s.As("po@example.com").AddLabel(s.disaster(), "system-offline") },
			func(s *site) error { return s.told("offline") }},
		{"issues are planned", func(s *site) error {
			return s.As("dev@example.com").MoveToSprint(s.seed.FutureSprint, s.seed.Backlog[0])
		}, func(s *site) error {
			if got := s.SprintIssues(s.seed.FutureSprint); slices.Contains(got, s.seed.Backlog[0]) {
				return fmt.Errorf("%v are planned", got)
			}
			return errors.Join(s.told("put back at"), s.said("put 1 issue into sprint"))
		}},
		{"the root cause is found", func(s *site) error { return s.As("dev@example.com").Transition(s.cause(), "Done", "Done") },
			func(s *site) error { return s.told("free") }},
		{"planning goes on", func(s *site) (err error) {
			extra, err = s.As("sm@example.com").CreateSprint(s.seed.ShopBoard, "A new beginning")
			return err
		}, func(s *site) error {
			if _, there := s.Sprint(extra); !there {
				s.t.Error("a sprint that was created after the release is gone")
			}
			return nil
		}},
	}
}

// told looks for a word in the status comment.
func (s *site) told(word string) error {
	for _, c := range s.Comments(s.disaster()) {
		if strings.HasPrefix(c.Body, "h3. Disaster ") && strings.Contains(c.Body, word) {
			return nil
		}
	}
	return fmt.Errorf("the status comment does not say %q", word)
}

// said looks for words in the comments about single acts.
func (s *site) said(words string) error {
	for _, c := range s.Comments(s.disaster()) {
		if !strings.HasPrefix(c.Body, "h3. Disaster ") && strings.Contains(c.Body, words) {
			return nil
		}
	}
	return fmt.Errorf("no comment says %q", words)
}

// cause is the root-cause task.
func (s *site) cause() string {
	for _, i := range s.Subtasks(s.disaster()) {
		if strings.HasSuffix(i.Summary, "Investigate the root cause") {
			return i.Key
		}
	}
	s.t.Fatal("there is no root-cause task")
	return ""
}

var (
	times = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d UTC|\b\d{10}\b`)
	keys  = regexp.MustCompile(`SHOP-\d+`)
	where = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
)

// outcome is what there is in Jira, without times, ids and ports: those differ from run
// to run.
func (s *site) outcome() string {
	var out []string
	for _, sprint := range s.Sprints() {
		out = append(out, fmt.Sprintf("sprint %s %s %q", sprint.Name, sprint.State, sprint.Goal))
	}
	for _, i := range s.Issues("") {
		status, _, resolution := s.StatusOf(i.Key)
		out = append(out, fmt.Sprintf("%s: %s %s %v %v", i.Summary, status, resolution, i.Labels, i.Sprints))
		for _, c := range i.Comments {
			out = append(out, "  "+plain(c.Body))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// plain takes out of a text what differs from run to run.
func plain(text string) string {
	for _, r := range []*regexp.Regexp{times, keys, where} {
		text = r.ReplaceAllString(text, "…")
	}
	return text
}

// rests waits until two sweeps have passed without any write.
func (s *site) rests() {
	s.t.Helper()
	begin, writes := time.Now(), s.Writes()
	until(s.t, "nothing is written any more", func() error {
		if n := s.Writes(); n != writes {
			begin, writes = time.Now(), n
		}
		if rest := time.Since(begin); rest < 2500*time.Millisecond {
			return fmt.Errorf("the last write was %s ago", rest)
		}
		return nil
	})
}

// undisturbed is what the story leaves behind where nothing goes wrong.
func undisturbed(t *testing.T) string {
	t.Helper()
	s := newSite(t)
	a := s.replica()
	for _, act := range wholeStory() {
		must(t, act.do(s))
		until(t, act.name, func() error { return act.missing(s) })
	}
	s.rests()
	if code := a.end(); code != 0 {
		t.Errorf("after SIGTERM andon ends with status %d", code)
	}
	if sprint, _ := s.Sprint(s.seed.FutureSprint); sprint.State != jiratest.SprintFuture {
		t.Errorf("the planned sprint is %s", sprint.State)
	}
	return s.outcome()
}

// difference shows the lines that only one of two texts has, with how often.
func difference(want, got string) string {
	count := map[string]int{}
	for line := range strings.Lines(want + "\n") {
		count[line]--
	}
	for line := range strings.Lines(got + "\n") {
		count[line]++
	}
	var out []string
	for line, n := range count {
		if n != 0 {
			out = append(out, fmt.Sprintf("%+d %s", n, line))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "")
}
