package main

import (
	"os"
	"strings"
	"testing"
)

const (
	readme        = "../../README.md"
	settingsBegin = "<!-- settings:begin -->\n"
	settingsEnd   = "<!-- settings:end -->"
)

// With ANDON_TEST_UPDATE=1 the table is written instead of compared.
func TestReadmeListsTheSettings(t *testing.T) {
	raw, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), settingsBegin)
	table, after, closed := strings.Cut(rest, settingsEnd)
	if !ok || !closed {
		t.Fatalf("README.md has no %q and %q", settingsBegin, settingsEnd)
	}
	want := SettingsTable()
	if table == want {
		return
	}
	if os.Getenv("ANDON_TEST_UPDATE") != "1" {
		t.Fatalf("README.md's table of settings is not the one that the code makes; ANDON_TEST_UPDATE=1 writes it:\n%s", want)
	}
	if err := os.WriteFile(readme, []byte(before+settingsBegin+want+settingsEnd+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsTableHasARowForEachSetting(t *testing.T) {
	table := SettingsTable()
	for _, want := range []string{
		"| `ANDON_JIRA_TOKEN` (secret) | **required** | API token",
		"| `ANDON_RESYNC` | `1m` | How often a project with an open disaster is checked without any webhook. Between 1s and 15m. |",
		"| `ANDON_METRICS_LISTEN` |  | Address",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is missing in:\n%s", want, table)
		}
	}
	if got, want := strings.Count(table, "\n"), len(settings())+2; got != want {
		t.Errorf("%d lines for %d settings", got, len(settings()))
	}
	if got := cell("a|b"); got != `a\|b` {
		t.Errorf("a bar would end the cell: %q", got)
	}
}

func TestSettingsHelpNamesEverySetting(t *testing.T) {
	help := SettingsHelp()
	for _, s := range settings() {
		if !strings.Contains(help, "  "+s.name+"\n") {
			t.Errorf("%s is missing", s.name)
		}
	}
	for _, want := range []string{"Default: 1m\n", "Required.\n", "_FILE="} {
		if !strings.Contains(help, want) {
			t.Errorf("%q is missing in:\n%s", want, help)
		}
	}
}
