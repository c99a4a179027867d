package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"andon/jira/jiratest/apispec"
)

// docket counts what was judged, by the row of the table that it belongs to.
type docket struct {
	mu   sync.Mutex
	rows map[string]*docketRow
}

type docketRow struct{ exchanges, violations int }

// note takes a verdict down.
func (d *docket) note(v apispec.Verdict) {
	by := "nobody"
	switch {
	case v.Own:
		by = "Atlassian; the answer by us"
	case v.Described:
		by = "Atlassian"
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	name := fmt.Sprintf("| `%s` | %s |", v.Operation, by)
	if d.rows == nil {
		d.rows = map[string]*docketRow{}
	}
	if d.rows[name] == nil {
		d.rows[name] = &docketRow{}
	}
	d.rows[name].exchanges++
	d.rows[name].violations += len(v.Findings)
}

// table is the part of README.md.
func (d *docket) table() string {
	var lines []string
	for name, n := range d.rows {
		lines = append(lines, fmt.Sprintf("%s %d | %d |\n", name, n.exchanges, n.violations))
	}
	slices.Sort(lines)
	return "| Call | Described by | Exchanges judged, at the last count | Violations |\n|---|---|---|---|\n" + strings.Join(lines, "")
}

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
	var d docket
	vocabulary := words()
	for i, s := range allScripts(t) {
		for _, f := range s.flavours {
			if i%step == 0 {
				for _, fault := range s.playIn(t, f, vocabulary, func(st *tale) { st.w.judge = d.note }) {
					t.Error(fault)
				}
			}
		}
	}
	readme := partOfREADME(t, "endpoints")
	if update {
		readme.write(d.table())
		return
	}
	for name, n := range d.rows {
		if n.violations > 0 {
			t.Errorf("%s: %d violations", name, n.violations)
		}
		if !strings.Contains(readme.part, name) {
			t.Errorf("README.md of the simulated Jira lacks %s: run ANDON_TEST_UPDATE=1 go test -run TestTheTableOfEndpointsIsCurrent ./cmd/andon", name)
		}
	}
	if !strings.Contains(readme.part, " | 0 |\n") || strings.Count(readme.part, " | 0 |\n") != strings.Count(readme.part, "| `") {
		t.Error("README.md of the simulated Jira tells of violations")
	}
}

// section is a generated part of the README.md of the simulated Jira.
type section struct {
	t                   *testing.T
	before, part, after string
}

const simulatedREADME = "../../jira/jiratest/README.md"

// partOfREADME reads a part.
func partOfREADME(t *testing.T, name string) section {
	t.Helper()
	text, err := os.ReadFile(simulatedREADME)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->\n"
	before, rest, found := strings.Cut(string(text), begin)
	part, after, found2 := strings.Cut(rest, end)
	if !found || !found2 {
		t.Fatalf("README.md has no place for the %s", name)
	}
	return section{t: t, before: before + begin, part: part, after: end + after}
}

// write replaces it.
func (s section) write(part string) {
	s.t.Helper()
	if err := os.WriteFile(simulatedREADME, []byte(s.before+part+s.after), 0o600); err != nil {
		s.t.Fatal(err)
	}
}
