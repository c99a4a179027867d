package rules

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

const (
	// clockSlack is how far andon's clock and Jira's may be apart without harm.
	clockSlack = 5 * time.Minute
	// maxGoal keeps the goal under the limit that Jira is known to take.
	maxGoal = 255
)

// goalMark recognises the mark at the beginning of a cancelled sprint's goal.
var goalMark = regexp.MustCompile(`^CANCELLED by [A-Za-z0-9_]+-[0-9]+:[ \t]*`)

// cancelledGoal is the goal of a cancelled sprint: the mark, then the old goal, so that
// reports can tell a cancelled sprint from a finished one. Cancelling again does not
// pile up marks.
func cancelledGoal(key, goal string) string {
	return cut(strings.TrimSpace(fmt.Sprintf("CANCELLED by %s: %s", key, strings.TrimSpace(plainGoal(goal)))), maxGoal)
}

// plainGoal is the goal without andon's marks. White space before a mark is somebody's
// slip of the hand and does not hide it.
func plainGoal(goal string) string {
	for {
		marked := strings.TrimSpace(goal)
		if !goalMark.MatchString(marked) {
			return goal
		}
		goal = goalMark.ReplaceAllString(marked, "")
	}
}

// refLine is the last line of every comment of andon. It is how andon finds its own
// comment again after a crash, so it is made of the action's key alone.
func refLine(ref string) string { return "andon ref " + ref }

// HasRef says whether a comment carries the given reference, so that it is the one
// that andon was about to write. Jira may have changed the markup around it, so only
// the words count.
func HasRef(body, ref string) bool {
	want := refLine(ref)
	for rest := body; ; {
		i := strings.Index(rest, want)
		if i < 0 {
			return false
		}
		rest = rest[i+len(want):]
		if rest == "" || !refChar(rest[0]) {
			return true
		}
	}
}

// refChar says whether a character can be part of a reference.
func refChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-'
}

// makeRef joins the parts of a reference; they are reduced to what a reference may
// hold, so that wiki markup cannot change it. Several dashes together, and those at the
// ends of a part, could be read as a rule or as struck text.
func makeRef(parts ...string) string {
	clean := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		words := strings.FieldsFunc(strings.Map(clean, p), func(r rune) bool { return r == '-' })
		out[i] = strings.Join(words, "-")
	}
	return strings.Join(out, ".")
}
