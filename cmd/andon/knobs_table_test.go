package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"andon/jira/jiratest"
)

// knobBook counts the stories that came out as they were written with a knob turned.
type knobBook struct {
	mu     sync.Mutex
	passed map[string]map[jiratest.Flavour]int // fact -> product -> stories
}

// newKnobBook makes one that writes the table into README.md in the end, if
// ANDON_TEST_UPDATE=1 asks for it.
func newKnobBook(t *testing.T) *knobBook {
	t.Helper()
	b := &knobBook{passed: map[string]map[jiratest.Flavour]int{}}
	if os.Getenv("ANDON_TEST_UPDATE") == "1" {
		t.Cleanup(func() {
			if !t.Failed() {
				partOfREADME(t, "stories passed").write(b.table())
			}
		})
	}
	return b
}

func (b *knobBook) note(u jiratest.Unconfirmed, f jiratest.Flavour, passed bool) {
	if !passed {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.passed[u.Fact] == nil {
		b.passed[u.Fact] = map[jiratest.Flavour]int{}
	}
	b.passed[u.Fact][f]++
}

// knobRow is how the row of a knob begins.
func knobRow(u jiratest.Unconfirmed) string { return fmt.Sprintf("| `%s` | %s | ", u.Knob, u.Fact) }

func (b *knobBook) table() string {
	var out strings.Builder
	out.WriteString("| Knob | What is turned round | Stories passed on Cloud, at the last count | On Data Center | Left out |\n|---|---|---|---|---|\n")
	for _, u := range jiratest.AllUnconfirmed() {
		if u.Knob == "" {
			continue
		}
		count := func(f jiratest.Flavour) string {
			if u.Only != "" && (u.Only == "Cloud") != (f == jiratest.Cloud) {
				return "not there"
			}
			return fmt.Sprint(b.passed[u.Fact][f])
		}
		left := "none"
		if names := otherwise()[u.Knob]; len(names) > 0 {
			left = strings.Join(names, ", ")
		}
		fmt.Fprintf(&out, "%s%s | %s | %s |\n", knobRow(u), count(jiratest.Cloud), count(jiratest.DataCenter), left)
	}
	return out.String()
}

func TestTheTableOfStoriesPassedHasEveryKnob(t *testing.T) {
	t.Parallel()
	part := partOfREADME(t, "stories passed").part
	rows := 0
	for _, u := range jiratest.AllUnconfirmed() {
		if u.Knob == "" {
			continue
		}
		rows++
		_, row, found := strings.Cut(part, knobRow(u))
		row, _, _ = strings.Cut(row, "\n")
		switch {
		case !found:
			t.Errorf("README.md of the simulated Jira lacks %s", u.Knob)
		case strings.HasPrefix(row, "0 |") || strings.Contains(row, "| 0 |"):
			t.Errorf("no story has passed with %s turned: %s", u.Knob, row)
		}
		for _, name := range otherwise()[u.Knob] {
			if !strings.Contains(row, name) {
				t.Errorf("README.md does not say that %s is left out with %s turned", name, u.Knob)
			}
		}
	}
	if got := strings.Count(part, "\n| `"); got != rows {
		t.Errorf("README.md has %d rows for %d knobs: run ANDON_TEST_KNOBS=all ANDON_TEST_UPDATE=1 go test -timeout 2h -run '^TestStoriesWith' ./cmd/andon", got, rows)
	}
}
