package jiratest

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"andon/jira/jiratest/apispec"
)

func TestEveryUnconfirmedFactIsAKnobOrExplained(t *testing.T) {
	for _, u := range AllUnconfirmed() {
		if (u.Knob == "") == (u.Outside == "") || (u.Knob == "") != (u.Turn == nil) || u.Fact == "" {
			t.Errorf("%q needs either a knob that can be turned or a reason why there is none", u.Fact)
		}
		if u.Knob == "" {
			continue
		}
		field, there := reflect.TypeFor[Knobs]().FieldByName(u.Knob)
		if !there {
			t.Errorf("%q: there is no knob %s", u.Fact, u.Knob)
			continue
		}
		for _, f := range []Flavour{Cloud, DataCenter} {
			if u.Only != "" && (u.Only == "Cloud") != (f == Cloud) {
				continue
			}
			before, after := DefaultKnobs(f), DefaultKnobs(f)
			u.Turn(&after)
			if reflect.DeepEqual(reflect.ValueOf(before).FieldByIndex(field.Index).Interface(), reflect.ValueOf(after).FieldByIndex(field.Index).Interface()) {
				t.Errorf("%q: turning %s changes nothing on %s", u.Fact, u.Knob, f)
			}
		}
	}
}

// facts are the collected facts about Jira, which are not part of this repository.
func facts(t *testing.T) string {
	t.Helper()
	shared, err := apispec.Shared()
	if err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(shared, "jira-f*.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 && os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the collected facts are required")
	}
	if shared == "" || len(found) == 0 {
		t.Skip("the collected facts are not at hand")
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEveryMarkInTheFactsIsListed looks for each "[R]" and each thing not found.
func TestEveryMarkInTheFactsIsListed(t *testing.T) {
	text := facts(t)
	_, body, _ := strings.Cut(text, "\n## 1. ")
	covered := body
	for _, u := range AllUnconfirmed() {
		if u.Quote == "" {
			continue
		}
		if !strings.Contains(body, u.Quote) {
			t.Errorf("the facts do not say %q", u.Quote)
		}
		covered = strings.ReplaceAll(covered, u.Quote, "")
	}
	for _, mark := range []string{"[R]", "[R:"} {
		for rest := covered; ; {
			before, after, found := strings.Cut(rest, mark)
			if !found {
				break
			}
			t.Errorf("not listed: ...%s%s", before[max(0, len(before)-90):], mark)
			rest = after
		}
	}
	_, missing, _ := strings.Cut(body, "## 13. Not found\n")
	for _, item := range strings.Split(missing, ";") {
		listed := false
		for _, u := range notFound() {
			listed = listed || strings.Contains(item, u.Quote)
		}
		if !listed {
			t.Errorf("not found, and not listed: %s", item)
		}
	}
}
