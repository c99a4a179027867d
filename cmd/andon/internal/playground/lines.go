package playground

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"andon/jira/jiratest"
)

// Tell says for people what an event in the simulated Jira was, with the names that are
// given for accounts. It says false for what is of no interest: the properties in which
// andon remembers, for example.
func Tell(e jiratest.Event, name func(id string) string) (Line, bool) {
	l := Line{At: e.At, Who: name(e.Actor), Andon: name(e.Actor) == "Andon"}
	switch {
	case e.Name == "jira:issue_created":
		l.Text = fmt.Sprintf("created %s %q", e.Issue.Key, e.Issue.Summary)
		if e.Issue.ParentID != 0 {
			l.key, l.fold = e.Issue.Key, "created %s"
		}
	case e.Name == "jira:issue_deleted":
		l.Text = "deleted " + e.Issue.Key
	case e.Name == "comment_created" && e.Comment != nil && e.Issue != nil:
		l.Text = "commented on " + e.Issue.Key + ": " + firstWords(e.Comment.Body)
	case e.Change != nil && e.Issue != nil:
		l.Text = changed(e.Issue.Key, *e.Change)
		if before, after, once := strings.Cut(l.Text, e.Issue.Key); once && !strings.Contains(l.Text, "label") {
			l.key, l.fold = e.Issue.Key, before+"%s"+after
		}
	case e.Sprint != nil:
		l.Text = sprinted(e)
	}
	return l, l.Text != ""
}

// changed says what a change of an issue was.
func changed(key string, c jiratest.Change) string {
	var said []string
	as := ""
	for _, i := range c.Items {
		from, to := value(i.FromString), value(i.ToString)
		switch i.Field {
		case "labels":
			said = append(said, labelled(key, strings.Fields(from), strings.Fields(to))...)
		case "status":
			said = append(said, fmt.Sprintf("moved %s from %s to %s", key, from, to))
		case "Sprint":
			said = append(said, planned(key, from, to))
		case "resolution":
			if to != "" {
				as = " as " + to
			}
		}
	}
	text := strings.Join(said, ", ")
	if text != "" {
		text += as
	}
	return text
}

// labelled says which labels came and went.
func labelled(key string, from, to []string) []string {
	var said []string
	for _, l := range to {
		if !contains(from, l) {
			said = append(said, "put the label "+l+" on "+key)
		}
	}
	for _, l := range from {
		if !contains(to, l) {
			said = append(said, "took the label "+l+" off "+key)
		}
	}
	return said
}

// planned says where an issue was put.
func planned(key, from, to string) string {
	if to == "" || strings.HasPrefix(from, to) {
		return "put " + key + " back into the backlog"
	}
	parts := strings.Split(to, ", ")
	return "put " + key + " into " + parts[len(parts)-1]
}

// sprinted says what became of a sprint.
func sprinted(e jiratest.Event) string {
	s := e.Sprint
	switch e.Name {
	case "sprint_created":
		return fmt.Sprintf("created sprint %q", s.Name)
	case "sprint_started":
		return fmt.Sprintf("started sprint %q", s.Name)
	case "sprint_deleted":
		return fmt.Sprintf("deleted sprint %q", s.Name)
	case "sprint_closed":
		if strings.HasPrefix(s.Goal, "CANCELLED") {
			return fmt.Sprintf("cancelled sprint %q", s.Name)
		}
		return fmt.Sprintf("closed sprint %q", s.Name)
	}
	return ""
}

// mention is the markup with which somebody is called.
var mention = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[~[^\]]*\]`) })

// firstWords are the first words of a comment without its markup.
func firstWords(body string) string {
	for line := range strings.Lines(body) {
		line = mention().ReplaceAllString(line, "")
		line = strings.NewReplacer("*", "", "\\", "", "h3. ", "", "{", "", "}", "").Replace(strings.TrimSpace(line))
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if r := []rune(line); len(r) > 120 {
			return string(r[:119]) + "…"
		}
		return line
	}
	return ""
}

// value is a text that may not be there.
func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// contains says whether a word is in a list.
func contains(list []string, word string) bool {
	for _, l := range list {
		if l == word {
			return true
		}
	}
	return false
}
