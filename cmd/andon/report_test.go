package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/cmd/andon/internal/retell"
	"andon/jira/jiratest"
	"andon/rules"
)

// minutes is so many minutes.
func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// eachFlavour runs a test on Jira Cloud and on Data Center.
func eachFlavour(t *testing.T, test func(t *testing.T, f jiratest.Flavour)) {
	t.Helper()
	for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(fmt.Sprint(f), func(t *testing.T) { test(t, f) })
	}
}

func TestTheReportOfADisaster(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		before := w.jira.Writes()
		for _, format := range []string{"markdown", "html", "json", "wiki", "svg"} {
			got := w.command("report", issue, "--format", format).fine(t)
			if format == "markdown" {
				like(t, "report/"+strings.ToLower(fmt.Sprint(f))+".md", got.out)
			}
			for _, want := range map[string][]string{
				"markdown": {"| Cause category | architecture |", "| Time to restore | 1 h 30 min |", "| Margin | 2 h 30 min left |"},
				"html":     {"<svg ", "Back in service", "<td>architecture</td>"},
				"json":     {`"causes"`, `"toRestore"`}, "wiki": {"|Cause category|architecture|", "andon ref report."}, "svg": {"<svg ", "<style>"},
			}[format] {
				if want == "Back in service" {
					want = "the system is back in service"
				}
				if !strings.Contains(strings.ToLower(got.out), strings.ToLower(want)) {
					t.Errorf("%s lacks %q:\n%s", format, want, got.out)
				}
			}
		}
		if n := w.jira.Writes() - before; n != 0 {
			t.Errorf("a report wrote %d times to Jira", n)
		}
	})
}

func TestAReportIsPostedOnceAndThenReplaced(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		w.command("report", issue, "--post").fine(t)
		w.says(issue, "h3. Report: Disaster "+issue, 1)
		w.says(issue, "|Planning frozen for|1 h 30 min so far|", 1)
		w.clock.Advance(minutes(60))
		w.command("report", issue, "--post").fine(t)
		w.says(issue, "h3. Report: Disaster "+issue, 1)
		w.says(issue, "|Planning frozen for|2 h 30 min so far|", 1)
		for _, err := range w.settle() {
			t.Errorf("a look failed: %v", err)
		}
		w.quiet()
	})
}

func TestAPostedReportOfAnOwnTemplateIsFoundAgain(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	tmpl := filepath.Join(t.TempDir(), "mine.tmpl")
	w.must(os.WriteFile(tmpl, []byte("Mine: {{.Title}}"), 0o600))
	for range 2 {
		w.command("report", issue, "--post", "--template", tmpl).fine(t)
	}
	w.says(issue, "Mine: Disaster "+issue, 1)
}

func TestWhatCannotBePostedIsSaid(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	w.command("report", issue, "--post", "--out", "x").ends(t, 2, "say one of the two")
	w.command("report", "--project", "SHOP", "--post").ends(t, 2, "of one disaster")
	w.env["ANDON_DRY_RUN"] = "true"
	before := w.jira.Writes()
	w.command("report", issue, "--post").ends(t, 2, "ANDON_DRY_RUN is set")
	if n := w.jira.Writes() - before; n != 0 {
		t.Errorf("it wrote %d times", n)
	}
}

func TestTheSummaryOfAProjectFindsItsPast(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		po, dev := w.jira.As("po@example.com"), w.jira.As("dev@example.com")
		w.clock.Advance(minutes(600))
		w.after(dev.Transition(w.cause(issue), "Done", "Done"))
		id, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, "Next")
		w.after(err)
		w.after(w.jira.As("sm@example.com").StartSprint(id, minutes(14*24*60)))
		w.after(po.RemoveLabel(issue, "disaster")) // nothing but its tasks finds it now
		w.after(po.AddLabel(w.seed.Issues[4], "disaster-security"))
		w.after(po.AddLabel(w.seed.Issues[3], "disaster"))
		w.after(po.RemoveLabel(w.seed.Issues[3], "disaster")) // a false alarm
		w.after(dev.AddLabel(w.seed.Issues[2], "disaster"))   // proposed
		w.after(po.AddLabel(w.seed.Issues[1], "disaster", "disaster-rehearsal"))
		w.boot() // an andon that remembers nothing
		got := w.command("report", "--project", "shop", "--format", "json").fine(t)
		var s retell.Summary
		if err := json.Unmarshal([]byte(got.out), &s); err != nil {
			t.Fatal(err)
		}
		if s.Count != 2 || s.Open != 1 || s.Restored != 1 || s.Median.Round(time.Minute) != minutes(90) {
			t.Errorf("count %d, open %d, restored %d, median %s", s.Count, s.Open, s.Restored, s.Median)
		}
		left := map[string]int{}
		for _, c := range s.LeftOut {
			left[c.Name] = c.N
		}
		if left["withdrawn"] != 1 || left["proposed"] != 1 || left["rehearsal"] != 1 {
			t.Errorf("left out: %v", left)
		}
		for _, format := range []string{"markdown", "html", "wiki", "svg"} {
			if got := w.command("report", "--project", "SHOP", "--format", format).fine(t); !strings.Contains(got.out, issue) {
				t.Errorf("%s lacks %s", format, issue)
			}
		}
	})
}

func TestAHiddenDisasterIsReportedByTheKeyThatItHad(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		w.must(w.jira.Hide(issue, "andon@example.com"))
		got := w.command("report", issue, "--format", "json").fine(t)
		var r rules.Report
		if err := json.Unmarshal([]byte(got.out), &r); err != nil {
			t.Fatal(err)
		}
		if !r.Unreadable || !r.Frozen || r.Times.Frozen < minutes(90) {
			t.Errorf("told: %+v", r)
		}
		w.command("report", issue, "--post").ends(t, 1, "cannot be posted")
	})
}

func TestAReportIntoAFileHasItsPictureBesideIt(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	file := filepath.Join(t.TempDir(), "the report (1).md")
	if got := w.command("report", issue, "--out", file).fine(t); got.out != "" {
		t.Errorf("it printed %q", got.out)
	}
	text, err := os.ReadFile(file)
	w.must(err)
	if !strings.Contains(string(text), "![Timeline](the%20report%20%281%29.svg)") {
		t.Errorf("the picture is not referred to:\n%s", text)
	}
	svg, err := os.ReadFile(strings.TrimSuffix(file, ".md") + ".svg")
	w.must(err)
	if !strings.HasPrefix(string(svg), "<svg ") {
		t.Errorf("the picture is %.40q", svg)
	}
}

func TestCallsOfReportThatAreWrong(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.tmpl")
	w.must(os.WriteFile(bad, []byte("{{.Nope}}"), 0o600))
	for _, test := range []struct {
		words  string
		status int
		args   []string
	}{
		{"name one issue or one project", 2, nil},
		{"name one issue or one project", 2, []string{issue, "SHOP-2"}},
		{"name one issue or one project", 2, []string{issue, "--project", "SHOP"}},
		{"is no key of an issue", 2, []string{"../../x"}},
		{"is no key of a project", 2, []string{"--project", "no key"}},
		{"say markdown, html, json, wiki or svg", 2, []string{issue, "--format", "pdf"}},
		{"json has no template", 2, []string{issue, "--format", "json", "--template", bad}},
		{"template:", 2, []string{issue, "--template", bad}},
		{"no such file", 2, []string{issue, "--template", filepath.Join(dir, "none")}},
		{"no such file", 2, []string{issue, "--from", filepath.Join(dir, "none")}},
		{"no such file", 1, []string{issue, "--out", filepath.Join(dir, "none", "x")}},
		{"unknown flag", 2, []string{issue, "--nope"}},
		{"is no disaster", 1, []string{w.seed.Issues[0]}},
		{"jira does not show SHOP-9999", 1, []string{"SHOP-9999"}},
		{"jira does not show project NOPE to andon's account", 1, []string{"--project", "NOPE"}},
		{"jira shows neither NOPE-1 nor project NOPE", 1, []string{"NOPE-1"}},
	} {
		t.Run(test.words, func(t *testing.T) {
			w.command(append([]string{"report"}, test.args...)...).ends(t, test.status, test.words)
		})
	}
	delete(w.env, "ANDON_JIRA_URL")
	w.command("report", issue).ends(t, 2, "ANDON_JIRA_URL")
}

func TestAProjectThatIsNotLookedAfterIsNotReported(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	w.env["ANDON_PROJECTS"] = "BLOG"
	w.command("report", issue).ends(t, 2, "ANDON_PROJECTS does not name it")
}

func TestHostileWordsInAReport(t *testing.T) {
	const cruel = `<script>alert(1)</script> {html}x{html} [~admin] |a| ![i](http://evil.example)`
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w := newWorld(t, f)
		issue, err := w.jira.As("dev@example.com").CreateIssue(jiratest.NewIssue{Project: "SHOP", Type: "Task", Summary: cruel})
		w.must(err)
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		if got := w.command("report", issue, "--format", "html").fine(t); strings.Contains(got.out, "<script") {
			t.Error("the page holds a script")
		}
		if got := w.command("report", issue).fine(t); strings.Contains(got.out, "![i]") && !strings.Contains(got.out, `\!\[i\]`) {
			t.Errorf("the Markdown holds a picture:\n%s", got.out)
		}
		w.command("report", issue, "--post").fine(t)
		w.says(issue, "{html}", 0)
	})
}

func TestTheHelpOfReport(t *testing.T) {
	like(t, "report/help.txt", commandWith(t, nil, appOptions{}, "report", "--help").fine(t).out)
	if got := commandWith(t, nil, appOptions{}, "report", "--print-template").fine(t); got.out != retell.Template() {
		t.Error("it prints another template")
	}
}

func TestADisasterThatWasMovedIsReportedByItsNewKey(t *testing.T) {
	eachFlavour(t, func(t *testing.T, f jiratest.Flavour) {
		w, issue := told(t, f)
		moved, err := w.jira.Move("lead@example.com", issue, "BLOG")
		w.must(err)
		got := w.command("report", moved.Key).fine(t)
		if !strings.Contains(got.out, "| Project | SHOP |") || !strings.Contains(got.out, "# Disaster "+moved.Key) {
			t.Errorf("told:\n%s", got.out)
		}
	})
}

func TestReportsOfWhatDoesNotCount(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	po, dev := w.jira.As("po@example.com"), w.jira.As("dev@example.com")
	proposed, rejected, rehearsed, withdrawn := w.seed.Issues[5], w.seed.Issues[4], w.seed.Issues[3], w.seed.Issues[2]
	w.after(dev.AddLabel(proposed, "disaster"))
	w.after(dev.AddLabel(rejected, "disaster"))
	w.after(po.RemoveLabel(rejected, "disaster"))
	w.after(po.AddLabel(rehearsed, "disaster", "disaster-rehearsal"))
	w.after(po.AddLabel(withdrawn, "disaster"))
	w.clock.Advance(minutes(30))
	w.after(po.RemoveLabel(withdrawn, "disaster"))
	for issue, want := range map[string]string{proposed: "It is proposed and not declared", rejected: "The proposal was rejected", rehearsed: "It is a rehearsal", withdrawn: "The declaration was withdrawn"} {
		got := w.command("report", issue).fine(t)
		if !strings.Contains(got.out, want) || strings.Contains(got.out, "Time to restore") {
			t.Errorf("%q is missing, or a figure counts it:\n%s", want, got.out)
		}
	}
}

func TestAReportToldTwiceIsTheSame(t *testing.T) {
	w, issue := told(t, jiratest.Cloud)
	file := filepath.Join(t.TempDir(), "facts.json")
	w.command("plan", issue, "--facts", file).fine(t)
	first := commandWith(t, nil, appOptions{}, "report", issue, "--from", file, "--format", "html").fine(t)
	if second := commandWith(t, nil, appOptions{}, "report", issue, "--from", file, "--format", "html").fine(t); second.out != first.out {
		t.Error("the same facts give another report")
	}
}
