package rules

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// contains says whether a label is among the labels, compared to the letter.
func contains(labels []string, label string) bool { return slices.Contains(labels, label) }

// orElse is s, or other where s is empty.
func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// nameOf is a person's name for plain text.
func nameOf(p Person) string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Username != "":
		return p.Username
	case p.ID != "":
		return p.ID
	}
	return "an unknown account"
}

// when writes a time for people; always UTC, since readers sit in many zones.
func when(t time.Time) string {
	if t.IsZero() {
		return "an unknown time"
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}

// plural is "1 sprint" or "2 sprints".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(n) + " " + noun + "s"
}

// cut shortens text to at most n characters, with an ellipsis where it was longer.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "\u2026"
}

// itoa is n in digits.
func itoa(n int) string { return strconv.Itoa(n) }
