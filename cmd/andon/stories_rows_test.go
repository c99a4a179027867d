package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"andon/rules"
)

// toldOnBoth are the names of the stories that are told on both products.
func toldOnBoth(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/stories/*.story")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	var names []string
	for _, path := range paths {
		s, err := readScript(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.flavours) == 2 {
			names = append(names, s.name)
		}
	}
	return names
}

func TestEachRowOfTheLabelTableHasItsTwoStories(t *testing.T) {
	t.Parallel()
	names := toldOnBoth(t)
	for _, label := range rules.DefaultLabels().All() {
		for _, who := range []string{"the-owner", "somebody-else"} {
			if want := "label-" + label + "-by-" + who; !slices.Contains(names, want) {
				t.Errorf("no story %s, told on both products", want)
			}
		}
	}
	for _, want := range []string{
		"removal-of-the-last-label-by-the-owner-while-proposed",
		"removal-of-the-last-label-by-the-owner-after-declaration",
		"removal-of-the-last-label-by-somebody-else-while-proposed",
		"removal-of-the-last-label-by-somebody-else",
		"removal-of-system-restored-by-the-owner",
		"removal-of-system-restored-by-somebody-else",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("no story %s, told on both products", want)
		}
	}
}

func TestEachGateHasItsStories(t *testing.T) {
	t.Parallel()
	names := toldOnBoth(t)
	for _, e := range rules.DefaultPlaybook().Entries {
		if e.Gate == "" {
			continue
		}
		for _, what := range []string{"passes", "refuses", "option-"} {
			prefix := "gate-" + string(e.Gate) + "-" + what
			if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, prefix) }) {
				t.Errorf("no story %s…, told on both products", prefix)
			}
		}
	}
	for _, option := range []string{"acceptance", "evidence", "release-requires-restored", "refused-resolutions"} {
		if want := "gate-rc-option-" + option; !slices.Contains(names, want) {
			t.Errorf("no story %s, told on both products", want)
		}
	}
}
