package jiratest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// knobTable is the part of README.md that lists what is not sure.
func knobTable() string {
	var b strings.Builder
	b.WriteString("| Not sure | Knob, or why none |\n|---|---|\n")
	for _, u := range AllUnconfirmed() {
		how := u.Outside
		if u.Knob != "" {
			how = "`" + u.Knob + "`"
			if u.Only != "" {
				how += ", " + u.Only + " alone"
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", u.Fact, how)
	}
	return b.String()
}

func TestTheTableOfKnobsIsCurrent(t *testing.T) {
	const begin, end = "<!-- knobs -->\n", "<!-- end of knobs -->\n"
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	old, after, found2 := strings.Cut(rest, end)
	if !found || !found2 {
		t.Fatal("README.md has no place for the knobs")
	}
	if old == knobTable() {
		return
	}
	if os.Getenv("ANDON_TEST_UPDATE") == "1" {
		if err := os.WriteFile("README.md", []byte(before+begin+knobTable()+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Error("README.md lists other knobs: run ANDON_TEST_UPDATE=1 go test -run TestTheTableOfKnobsIsCurrent ./jira/jiratest")
}
