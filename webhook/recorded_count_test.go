package webhook

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestTheTableOfPayloadsIsCurrent counts the recorded payloads by source and outcome in
// a watched project, as README.md of the simulated Jira does.
func TestTheTableOfPayloadsIsCurrent(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("| Recorded by | Payloads | A hint to look at a project | To look at a board | Dropped | Rejected |\n|---|---|---|---|---|---|\n")
	all := recordedVerdicts()
	for _, source := range slices.Sorted(maps.Keys(all)) {
		project, board, dropped, rejected := 0, 0, 0, 0
		for _, v := range all[source] {
			switch {
			case strings.Contains(v.watched, "project:"):
				project++
			case strings.Contains(v.watched, "board:"):
				board++
			case v.watched == "204":
				dropped++
			default:
				rejected++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n", source, len(all[source]), project, board, dropped, rejected)
	}
	text, err := os.ReadFile("../jira/jiratest/README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), b.String()) {
		t.Errorf("README.md should have the table\n%s", b.String())
	}
}
