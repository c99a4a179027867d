package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheTableOfEndpointsIsCurrent tells some stories, or all with ANDON_TEST_UPDATE=1,
// and looks for each call in the table of the simulated Jira's README.md.
func TestTheTableOfEndpointsIsCurrent(t *testing.T) {
	t.Parallel()
	court, err := theCourt()
	if err != nil {
		t.Fatal(err)
	}
	if court == nil && os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the description is required")
	}
	if court == nil {
		t.Skip("Atlassian's description is not at hand")
	}
	update, step := os.Getenv("ANDON_TEST_UPDATE") == "1", 30
	if update {
		step = 1
	}
	vocabulary := words()
	for i, s := range allScripts(t) {
		for _, f := range s.flavours {
			if i%step == 0 {
				for _, fault := range s.play(t, f, vocabulary) {
					t.Error(fault)
				}
			}
		}
	}
	const path, begin, end = "../../jira/jiratest/README.md", "<!-- endpoints -->\n", "<!-- end of endpoints -->\n"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), begin)
	old, after, found := strings.Cut(rest, end)
	if !found {
		t.Fatal("README.md has no place for the endpoints")
	}
	rows := map[string]string{}
	for _, n := range court.Counts() {
		described := "Atlassian"
		if !n.Described {
			described = "nobody"
		}
		if n.Findings > 0 {
			t.Errorf("%s: %d violations", n.Operation, n.Findings)
		}
		name := regexp.MustCompile(`/webhook/\d+`).ReplaceAllString(n.Operation, "/webhook/{}")
		rows[name] = fmt.Sprintf("| `%s` | %s | %d | 0 |\n", name, described, n.Exchanges)
		if !update && !strings.Contains(old, fmt.Sprintf("| `%s` | %s |", name, described)) {
			t.Logf("%s is not in the table of README.md yet: run ANDON_TEST_UPDATE=1 go test -run TestTheTableOfEndpointsIsCurrent ./cmd/andon", name)
		}
	}
	if !update {
		return
	}
	table := "| Call | Described by | Exchanges judged, at the last count | Violations |\n|---|---|---|---|\n"
	var lines []string
	for _, row := range rows {
		lines = append(lines, row)
	}
	slices.Sort(lines)
	if err := os.WriteFile(path, []byte(before+begin+table+strings.Join(lines, "")+end+after), 0o600); err != nil {
		t.Fatal(err)
	}
}
