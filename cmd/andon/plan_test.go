package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"andon/cmd/andon/internal/forecast"
	"andon/jira/jiratest"
)

// planned reads a plan as JSON.
func planned(t *testing.T, got said) forecast.Forecast {
	t.Helper()
	var f forecast.Forecast
	if err := json.Unmarshal([]byte(got.out), &f); err != nil {
		t.Fatalf("%v in %s", err, got.out)
	}
	return f
}

// actionKeys are the actions of a scene.
func actionKeys(s forecast.Scene) string {
	var out []string
	for _, a := range s.Actions {
		out = append(out, a.Key)
	}
	return strings.Join(out, " ")
}

func TestThePlanOfADeclarationIsWhatThenHappens(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w := newWorld(t, f)
		issue := w.seed.Issues[5]
		before := w.jira.Writes()
		plan := planned(t, w.command("plan", issue, "--as-declared", "--kind", "data", "--json").fine(t))
		if n := w.jira.Writes() - before; n != 0 {
			t.Fatalf("a plan wrote %d times to Jira", n)
		}
		if len(plan.Scenes) != 2 || len(plan.Scenes[0].Actions) != 0 || plan.Scenes[0].Frozen || !plan.Scenes[1].Frozen {
			t.Fatalf("the scenes are %+v", plan.Scenes)
		}
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster-data"))
		var done []string
		for _, p := range w.passes {
			for _, a := range p.Done {
				done = append(done, a.Key())
			}
		}
		if got, want := actionKeys(plan.Scenes[1]), strings.Join(done, " "); got != want {
			t.Errorf("planned: %s\nhappened: %s", got, want)
		}
	})
}

func TestPlansInWords(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		like(t, "plan/"+strings.ToLower(fmt.Sprint(f))+".txt", w.command("plan", issue, "--task-closed", "root-cause").fine(t).out)
	})
	w := newWorld(t, jiratest.Cloud)
	issue := w.seed.Issues[5]
	like(t, "plan/nothing.txt", w.command("plan", issue).fine(t).out)
	like(t, "plan/whole-life.txt", w.command("plan", issue, "--as-declared", "--label", "+system-restored by po", "--task-closed", "rts", "--label", "+system-restored by po",
		"--task-closed", "root-cause=Won't Do", "--task-closed", "root-cause").fine(t).out)
	like(t, "plan/texts.txt", w.command("plan", issue, "--label", "+disaster by dev", "--label", "-disaster by po", "--texts").fine(t).out)
}

func TestAPlanFromAFileIsThePlanFromJira(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		file := filepath.Join(t.TempDir(), "facts.json")
		what := []string{"--json", "--task-closed", "root-cause", "--label", "-system-restored by dev"}
		live := planned(t, w.command(append([]string{"plan", issue, "--facts", file}, what...)...).fine(t))
		kept := planned(t, commandWith(t, nil, appOptions{}, append([]string{"plan", issue, "--from", file}, what...)...).fine(t))
		for i := range live.Scenes {
			if got, want := actionKeys(kept.Scenes[i]), actionKeys(live.Scenes[i]); got != want {
				t.Errorf("scene %d from the file: %s\nfrom Jira: %s", i, got, want)
			}
		}
		if kept.Source != "file" || live.Source != "jira" {
			t.Errorf("the sources are %q and %q", kept.Source, live.Source)
		}
		raw, err := os.ReadFile(file)
		w.must(err)
		for _, secret := range []string{testSecret, "demo\"", "andon@example.com"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("the file holds %q", secret)
			}
		}
	})
}

func TestARedactedFileNamesNobodyAndPlansTheSame(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		dir := t.TempDir()
		file := filepath.Join(dir, "facts.json")
		w.command("plan", issue, "--facts", file, "--redact").fine(t)
		raw, err := os.ReadFile(file)
		w.must(err)
		for _, word := range []string{"Paula", "Dana", "Sam Master", "Leo", "SHOP", "BLOG", "Orders disappear", "example.com/", "Sprint 7", testSecret} {
			if strings.Contains(string(raw), word) {
				t.Errorf("the file holds %q", word)
			}
		}
		live := planned(t, w.command("plan", issue, "--json", "--task-closed", "root-cause").fine(t))
		kept := planned(t, commandWith(t, nil, appOptions{}, "plan", "--from", file, "--json", "--task-closed", "root-cause").fine(t))
		if len(kept.Scenes) != 2 || kept.Scenes[1].Frozen != live.Scenes[1].Frozen || kept.Scenes[1].States[0].Phase != live.Scenes[1].States[0].Phase {
			t.Errorf("the redacted file gives %+v", kept.Scenes)
		}
		if got, want := actionKeys(kept.Scenes[1]), actionKeys(live.Scenes[1]); got != want {
			t.Errorf("redacted: %s\nas it is: %s", got, want)
		}
	})
}

func TestAPlanSaysWhatAndonMayNot(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w := newWorld(t, f)
		issue := w.seed.Issues[5]
		w.must(w.jira.SetPermission("SHOP", "MANAGE_SPRINTS_PERMISSION", "sm@example.com"))
		got := w.command("plan", issue, "--as-declared").fine(t)
		if !strings.Contains(got.out, "Manage Sprints in project SHOP: without it sprints cannot be cancelled or deleted") {
			t.Errorf("the missing permission is not told:\n%s", got.out)
		}
	})
}

func TestAnAutomationFightingTheFreezeIsInThePlan(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	id, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, "Too early")
	w.must(err)
	plan := planned(t, w.command("plan", issue, "--json").fine(t))
	if !slices.ContainsFunc(plan.Scenes[0].Actions, func(a forecast.Action) bool { return strings.HasPrefix(a.Key, "delete-sprint/") }) {
		t.Errorf("sprint %d is not deleted by the plan: %s", id, actionKeys(plan.Scenes[0]))
	}
	w.sprintIs(id, jiratest.SprintFuture)
}

func TestWhatAFileDoesNotTellIsSaid(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	issue := w.seed.Issues[5]
	file := filepath.Join(t.TempDir(), "facts.json")
	w.command("plan", issue, "--facts", file).fine(t)
	raw, err := os.ReadFile(file)
	w.must(err)
	var f map[string]any
	w.must(json.Unmarshal(raw, &f))
	facts, _ := f["facts"].(map[string]any)
	for _, s := range facts["Sprints"].([]any) {
		s.(map[string]any)["ScopeRead"] = false
	}
	raw, err = json.Marshal(f)
	w.must(err)
	w.must(os.WriteFile(file, raw, 0o600))
	got := commandWith(t, nil, appOptions{}, "plan", issue, "--from", file, "--as-declared")
	got.ends(t, 1, "the issues of sprint 1 (the facts file does not tell)")
	if !strings.Contains(got.out, "Could not be read:") || !strings.Contains(got.out, "cancel sprint 1") {
		t.Errorf("the plan is not shown all the same:\n%s", got.out)
	}
}

func TestCallsOfPlanThatAreWrong(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	dir := t.TempDir()
	file := filepath.Join(dir, "facts.json")
	w.command("plan", issue, "--facts", file).fine(t)
	junk := filepath.Join(dir, "junk.json")
	w.must(os.WriteFile(junk, []byte(`{"kind":"andon facts","version":1,"facts":{"Nope":1}}`), 0o600))
	for _, test := range []struct {
		words  string
		status int
		args   []string
	}{
		{"name one issue", 2, nil},
		{"name one issue", 2, []string{issue, issue}},
		{"is no key of an issue", 2, []string{"shop"}},
		{"--redact is about the file of --facts", 2, []string{issue, "--redact"}},
		{"--kind is the kind of --as-declared", 2, []string{issue, "--kind", "data"}},
		{"say security, data or accidental", 2, []string{issue, "--as-declared", "--kind", "flood"}},
		{"say ENTRY or ENTRY=RESOLUTION", 2, []string{issue, "--task-closed", "=x"}},
		{`say "+LABEL by po"`, 2, []string{issue, "--label", "disaster"}},
		{`has no task "nope"; there are: inform`, 2, []string{issue, "--task-closed", "nope"}},
		{"invalid argument", 2, []string{issue, "--as-declared=perhaps"}},
		{"no such file", 2, []string{issue, "--from", filepath.Join(dir, "none")}},
		{`unknown field "Nope"`, 2, []string{issue, "--from", junk}},
		{"issue SHOP-99 is not among the facts", 2, []string{"SHOP-99", "--from", file}},
		{"no such file", 1, []string{issue, "--facts", filepath.Join(dir, "none", "x")}},
		{"jira does not show SHOP-9999", 1, []string{"SHOP-9999"}},
	} {
		t.Run(test.words, func(t *testing.T) {
			w.command(append([]string{"plan"}, test.args...)...).ends(t, test.status, test.words)
		})
	}
}

func TestAPlanOfAHiddenDisasterHoldsTheFreeze(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		w.must(w.jira.Hide(issue, "andon@example.com"))
		plan := planned(t, w.command("plan", issue, "--json").fine(t))
		if s := plan.Scenes[0]; !s.Frozen || s.States[0].Phase != "unreadable" {
			t.Errorf("the plan is %+v", s)
		}
		w.command("plan", issue, "--as-declared").ends(t, 2, "Jira does not show the issue")
	})
}

func TestHostileWordsInAPlanStayOnTheirLine(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	issue, err := w.jira.As("dev@example.com").CreateIssue(jiratest.NewIssue{Project: "SHOP", Summary: "x \x1b[31m\u202e {html}"})
	w.must(err)
	w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
	got := w.command("plan", issue, "--texts", "--task-closed", "root-cause").fine(t)
	if strings.ContainsAny(got.out, "\x1b\u202e") {
		t.Error("what steers a terminal is printed")
	}
}

func TestTheHelpOfPlan(t *testing.T) {
	like(t, "plan/help.txt", commandWith(t, nil, appOptions{}, "plan", "--help").fine(t).out)
}

func TestADeclarationThatIsSaidToBeNoneIsNone(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	if plan := planned(t, w.command("plan", w.seed.Issues[5], "--as-declared=false", "--json").fine(t)); len(plan.Scenes) != 1 {
		t.Errorf("the scenes are %+v", plan.Scenes)
	}
}

func TestFactsGoToStandardOutputInsteadOfThePlan(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	got := w.command("plan", issue, "--facts", "-").fine(t)
	file := filepath.Join(t.TempDir(), "facts.json")
	w.must(os.WriteFile(file, []byte(got.out), 0o600))
	if plan := planned(t, commandWith(t, nil, appOptions{}, "plan", "--from", file, "--json").fine(t)); plan.Key != issue {
		t.Errorf("the facts are about %q", plan.Key)
	}
	report := commandWith(t, nil, appOptions{}, "report", issue, "--from", file).fine(t)
	if !strings.Contains(report.out, "# Disaster "+issue) {
		t.Errorf("a report from the file:\n%s", report.out)
	}
}

func TestAPlanWhileJiraIsAwayEndsWithWords(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	w.between = func(rw http.ResponseWriter, _ *http.Request) bool {
		rw.WriteHeader(http.StatusUnauthorized)
		return true
	}
	w.command("plan", issue).ends(t, 1, "401")
	w.command("plan", issue).ends(t, 1, "andon doctor")
	w.command("report", issue).ends(t, 1, "401")
	w.command("report", "--project", "SHOP").ends(t, 1, "401")
}
