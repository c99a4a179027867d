package retell

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"andon/rules"
)

var update = flag.Bool("update", false, "write the reports into testdata; read the difference before committing")

// start is when every disaster begins.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// at is a moment so many minutes later.
func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

const hostile = "*b* <script>alert(1)</script> [l|http://evil.example] {html}x{html} | a ||b|| ![i](http://evil.example/x.png) [~admin] @all &lt; `c` \n# h1\n\x1b[31m\u202e www.evil.example {{.}} 日本語 \xff"

var po = rules.Person{ID: "po", Name: "Paula Owner"}

// resolved is a life that has ended well.
func resolved() rules.Report {
	return rules.Report{
		At: at(3000), Project: "SHOP", Issue: "100", Key: "SHOP-6", Summary: "The shop is down", URL: "https://jira.example.com/browse/SHOP-6", Round: 1,
		Phase: rules.PhaseResolved, Headline: "resolved, the root cause is closed", Reason: "the root-cause task SHOP-19 is closed", Next: "Nothing; a new sprint has been started.",
		Kinds: []rules.Kind{rules.Data}, Causes: []string{"architecture"}, Declared: &rules.Declaration{By: po, Label: "disaster", At: at(0)},
		Times: rules.Times{Declared: at(0), Restored: at(135), CauseClosed: at(1700), Unfrozen: at(1700), Resumed: at(2300), Allowed: 4 * time.Hour, Due: at(240),
			ToRestore: 135 * time.Minute, ToCause: 1700 * time.Minute, Frozen: 1700 * time.Minute, Margin: 105 * time.Minute, Counts: true},
		Steps: []rules.Step{{At: at(0), Code: rules.StepDeclared, Text: "Paula Owner declared the disaster with the label disaster", By: po},
			{At: at(135), Code: rules.StepRestored, Text: "Paula Owner returned the system to service", By: po}, {At: at(1700), Code: rules.StepUnfrozen, Text: "This disaster stopped freezing planning"}},
		Bars: []rules.Bar{{Code: rules.BarRecovery, Text: "Recovery", From: at(0), To: at(135)}, {Code: rules.BarFreeze, Text: "Planning is frozen", From: at(0), To: at(1700)}},
		Tasks: []rules.TaskReport{{Entry: "dns", Title: "Switch DNS", Gate: rules.ReturnToService, Key: "SHOP-8", URL: "https://jira.example.com/browse/SHOP-8", Status: "Done", Category: rules.CategoryDone, Resolution: "Done", Assignee: "Dana", Done: true},
			{Entry: "root-cause", Title: "Investigate the root cause", Gate: rules.RootCause, Missing: true}},
		Gates:      []rules.GateReport{{Gate: rules.ReturnToService, Passed: true, Why: "the system is back in service"}, {Gate: rules.RootCause, Why: "the root-cause task is in status To Do", Waits: []string{"SHOP-19"}}},
		Violations: []rules.Violation{{What: `sprint 11 "SHOP 2" was started`, At: at(50), Undone: at(50), Times: 2}, {What: "3 issues were put into sprint 12", At: at(60), By: po}},
		Earlier:    4,
		Sprints:    []rules.SprintRecord{{ID: 10, Name: "SHOP 1", Why: rules.AtDeclaration, Undone: at(0), Issues: []string{"1", "2"}, Done: 3}},
		Left:       []rules.LeftAlone{{ID: 12, Name: "BLOG 1", Why: "its board is located in project BLOG"}},
		Trouble:    []string{"Jira refused to close sprint 13: no permission."},
	}
}

// open is one that goes on.
func open() rules.Report {
	r := resolved()
	r.At, r.Phase, r.Headline, r.Frozen, r.Kinds, r.Causes = at(300), rules.PhaseRecovering, "recovering, planning is frozen", true, nil, nil
	r.Times = rules.Times{Declared: at(0), Allowed: 4 * time.Hour, Due: at(240), Frozen: 300 * time.Minute, Margin: -time.Hour, Counts: true}
	r.Bars = []rules.Bar{{Code: rules.BarRecovery, Text: "Recovery", From: at(0)}}
	return r
}

// cruel is full of what tries to be something else.
func cruel() rules.Report {
	r := open()
	r.Summary, r.Headline, r.Reason, r.Next, r.Key = hostile, hostile, hostile, hostile, hostile
	r.Project, r.Causes, r.URL = hostile, []string{hostile}, "javascript:alert(1)"
	for i := range r.Steps {
		r.Steps[i].Text = hostile
	}
	for i := range r.Tasks {
		r.Tasks[i].Title, r.Tasks[i].Status, r.Tasks[i].Assignee, r.Tasks[i].Missing, r.Tasks[i].Key = hostile, hostile, hostile, false, hostile
		r.Tasks[i].URL = "https://jira.example.com/browse/x)|<b>\"'](http://evil.example)"
	}
	for i := range r.Gates {
		r.Gates[i].Why, r.Gates[i].Waits = hostile, []string{hostile}
	}
	for i := range r.Violations {
		r.Violations[i].What, r.Violations[i].By.Name = hostile, hostile
	}
	r.Sprints[0].Name, r.Left[0].Name, r.Left[0].Why, r.Trouble = hostile, hostile, hostile, []string{hostile}
	return r
}

// withdrawn, hidden and proposed are lives of which little can be told.
func withdrawn() rules.Report {
	return rules.Report{At: at(300), Project: "SHOP", Issue: "100", Key: "SHOP-6", Phase: rules.PhaseWithdrawn, Headline: "withdrawn", Times: rules.Times{Declared: at(0), Unfrozen: at(40), Withdrawn: at(40)}}
}

func hidden() rules.Report {
	return rules.Report{At: at(300), Project: "SHOP", Issue: "100", Phase: rules.PhaseUnreadable, Headline: "unreadable, planning is frozen", Frozen: true, Unreadable: true,
		Times: rules.Times{Declared: at(0), Frozen: 300 * time.Minute, Counts: true}}
}

func proposed() rules.Report {
	return rules.Report{At: at(300), Project: "SHOP", Issue: "100", Key: "SHOP-6", Phase: rules.PhaseProposed, Headline: "proposed"}
}

// lives are the reports of the goldens.
func lives() map[string]rules.Report {
	return map[string]rules.Report{"resolved": resolved(), "open": open(), "hostile": cruel(), "withdrawn": withdrawn(), "hidden": hidden(), "proposed": proposed()}
}

// written is a report in a format.
func written(t *testing.T, r rules.Report, f Format, tmpl string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Disaster(&b, r, f, tmpl, "report.svg"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// golden compares with a file, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-file +now):\n%s", name, diff)
	}
}

func TestReports(t *testing.T) {
	for name, r := range lives() {
		for _, f := range []Format{Markdown, HTML, Wiki, JSON} {
			t.Run(name+" as "+string(f), func(t *testing.T) {
				golden(t, name+"."+map[Format]string{Markdown: "md", HTML: "html", Wiki: "wiki", JSON: "json"}[f], written(t, r, f, ""))
			})
		}
	}
}

func TestSummaries(t *testing.T) {
	for _, f := range []Format{Markdown, HTML, Wiki, JSON} {
		var b bytes.Buffer
		if err := Project(&b, Summarise("SHOP", at(9000), several()), f, "", ""); err != nil {
			t.Fatal(err)
		}
		golden(t, "project."+map[Format]string{Markdown: "md", HTML: "html", Wiki: "wiki", JSON: "json"}[f], b.String())
	}
}

// several are the disasters of a project.
func several() []rules.Report {
	second := resolved()
	second.Key, second.Kinds, second.Causes = "SHOP-50", []rules.Kind{rules.Data, rules.Security}, nil
	second.Times.Declared, second.Times.ToRestore, second.Times.Margin = at(60*24*40), 5*time.Hour, -time.Hour
	return []rules.Report{second, resolved(), open(), hidden(), withdrawn(), proposed()}
}

func TestWhatCountsInASummary(t *testing.T) {
	s := Summarise("SHOP", at(9000), several())
	if s.Count != 4 || s.Open != 2 || s.Restored != 2 || s.Late != 2 {
		t.Errorf("count %d, open %d, restored %d, late %d", s.Count, s.Open, s.Restored, s.Late)
	}
	if s.Median != (135*time.Minute+5*time.Hour)/2 || s.Best != 135*time.Minute || s.Worst != 5*time.Hour {
		t.Errorf("median %s, best %s, worst %s", s.Median, s.Best, s.Worst)
	}
	if diff := cmp.Diff([]Count{{"proposed", 1}, {"withdrawn", 1}}, s.LeftOut); diff != "" {
		t.Errorf("left out: %s", diff)
	}
	if diff := cmp.Diff([]Count{{"data", 2}, {notSet, 2}, {"security", 1}}, s.Kinds); diff != "" {
		t.Errorf("kinds: %s", diff)
	}
	if diff := cmp.Diff([]Month{{"2026-03", 3, 1, 135 * time.Minute}, {"2026-04", 1, 1, 5 * time.Hour}}, s.Months); diff != "" {
		t.Errorf("months: %s", diff)
	}
}

func TestAProjectWithoutDisasters(t *testing.T) {
	for _, f := range []Format{Markdown, HTML, Wiki, JSON} {
		var b bytes.Buffer
		if err := Project(&b, Summarise("SHOP", at(0), nil), f, "", ""); err != nil || b.Len() == 0 {
			t.Errorf("%s: %v, %d bytes", f, err, b.Len())
		}
	}
}

func TestMedians(t *testing.T) {
	for want, times := range map[time.Duration][]time.Duration{3: {5, 1, 3}, 2: {1, 3}, 7: {7}} {
		if got := median(times); got != want {
			t.Errorf("the median of %v is %d", times, got)
		}
	}
}

func TestHostileWordsStayWords(t *testing.T) {
	page := written(t, cruel(), HTML, "")
	for _, never := range []string{"<script", "javascript:", "<b>", "\x1b", "\u202e"} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	text := written(t, cruel(), Markdown, "")
	for _, never := range []string{"<script", "[l", "![i", "(http://evil", "\n# h1", "`c`", "javascript:", " www.evil", "@all", "\x1b"} {
		if strings.Contains(strings.NewReplacer(`\[`, "", `\<`, "", `\!`, "", "\\`", "").Replace(text), never) {
			t.Errorf("the Markdown holds %q", never)
		}
	}
	note := written(t, cruel(), Wiki, "")
	for _, never := range []string{"{html}", "[~admin]", "||b||", "[l|", "<script", "\x1b"} {
		if strings.Contains(strings.ReplaceAll(note, `\<`, ""), never) {
			t.Errorf("the comment holds %q", never)
		}
	}
	if strings.Count(note, "andon ref ") != 1 {
		t.Error("the comment has not exactly one mark")
	}
}

// A table of Markdown has as many cells in each row as in its head, whatever is in them.
func TestAnyTextStaysInItsCell(t *testing.T) {
	bar := regexp.MustCompile(`(^|[^\\])\|`)
	rapid.Check(t, func(t *rapid.T) {
		r := resolved()
		r.Steps[0].Text = rapid.String().Draw(t, "text")
		var b bytes.Buffer
		if err := Disaster(&b, r, Markdown, "", ""); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if strings.HasPrefix(line, "| 1 |") && len(bar.FindAllString(line, -1)) != 4 {
				t.Fatalf("the row has other cells: %s", line)
			}
		}
	})
}

func TestEscapingMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain words, 3.5 and a-b": "plain words, 3.5 and a-b", "# x": `\# x`, "- x": `\- x`, "1. x": `1\. x`, "a|b": `a\|b`, `a\b`: `a\\b`,
		"*x* _y_ ~z~": `\*x\* \_y\_ \~z\~`, "http://x.y": `http\://x.y`, "www.x.y": `www\.x.y`, "a@b": "a@\u200bb", "<!-- x -->": `\<\!-- x --\>`, "a\nb": "a b",
	} {
		if got := EscapeMarkdown(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestOwnTemplates(t *testing.T) {
	tests := []struct {
		name, tmpl string
		format     Format
		want, bad  string
	}{
		{name: "the whole file is the template", tmpl: "Key {{.Key}}", format: Markdown, want: "Key SHOP-6"},
		{name: "a block for the format", tmpl: `{{define "disaster-markdown"}}M {{.Key}}{{end}}{{define "disaster-html"}}<p>{{.Key}}</p>{{end}}`, format: HTML, want: "<p>SHOP-6</p>"},
		{name: "no block for the format", tmpl: `{{define "disaster-html"}}x{{end}}`, format: Markdown, bad: `it has no block "disaster-markdown"`},
		{name: "no block for the page", tmpl: `{{define "disaster-markdown"}}x{{end}}`, format: HTML, bad: `it has no block "disaster-html"`},
		{name: "it cannot be parsed", tmpl: "{{.Key", format: Markdown, bad: "template:"},
		{name: "the page cannot be parsed", tmpl: "{{.Key", format: HTML, bad: "template:"},
		{name: "it asks for what is not there", tmpl: "{{.Nope}}", format: Wiki, bad: "template:"},
		{name: "it never ends", tmpl: `{{define "x"}}{{range .Steps}}{{template "x" $}}{{end}}{{printf "%100000d" 1}}{{end}}{{range .Steps}}{{printf "%9000000d" 1}}{{end}}`, format: Markdown, bad: "it writes more than"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := Disaster(&b, resolved(), test.format, test.tmpl, "")
			switch {
			case test.bad == "" && (err != nil || b.String() != test.want):
				t.Errorf("got %q, %v", b.String(), err)
			case test.bad != "" && (err == nil || !strings.Contains(err.Error(), test.bad)):
				t.Errorf("got %v, want %q", err, test.bad)
			}
		})
	}
}

func TestAnOwnTemplateForAPageEscapesToo(t *testing.T) {
	r := resolved()
	r.Summary = "<b>x</b>"
	if got := written(t, r, HTML, "<p>{{.Summary}}</p>"); got != "<p>&lt;b&gt;x&lt;/b&gt;</p>" {
		t.Errorf("got %s", got)
	}
	if got := written(t, r, Markdown, "{{.Summary}}"); got != `\<b\>x\</b\>` {
		t.Errorf("got %s", got)
	}
}

func TestTheBuiltInTemplateCanBeReplacedByItself(t *testing.T) {
	for _, f := range []Format{Markdown, HTML, Wiki} {
		if written(t, resolved(), f, "") != written(t, resolved(), f, Template()) {
			t.Errorf("%s is another one", f)
		}
	}
}

func TestACommentStaysShortEnough(t *testing.T) {
	r := resolved()
	for i := range 1000 {
		r.Steps = append(r.Steps, rules.Step{At: at(i), Code: rules.StepViolation, Text: strings.Repeat("long words ", 15)})
		r.Violations = append(r.Violations, rules.Violation{At: at(i), What: strings.Repeat("long words ", 15)})
	}
	if got := written(t, r, Wiki, ""); len(got) > 32000 || !strings.Contains(got, "and 943 more") {
		t.Errorf("%d characters", len(got))
	}
	for i := range r.Steps {
		r.Steps[i].Text = strings.Repeat("{very} *long* ", 150)
	}
	if got := written(t, r, Wiki, ""); len(got) > 32000 || !strings.Contains(got, "more|") || !strings.Contains(got, "andon ref report.100") {
		t.Errorf("%d characters with long texts", len(got))
	}
	if got := written(t, r, Wiki, strings.Repeat("x", 40000)+"{{.Ref}}"); len(got) < 40000 {
		t.Error("a template that is too long by itself does not end")
	}
}

func TestAPictureAlone(t *testing.T) {
	if got := written(t, resolved(), SVG, ""); !strings.HasPrefix(got, "<svg ") {
		t.Errorf("got %s", got)
	}
	var b bytes.Buffer
	if err := Disaster(&b, proposed(), SVG, "", ""); err == nil {
		t.Error("there is a picture of nothing")
	}
	if err := Project(&b, Summary{}, SVG, "", ""); !errors.Is(err, ErrNoHistory) || b.Len() > 0 {
		t.Errorf("a project without disasters: %v, %s", err, b.String())
	}
	if err := Project(&b, Summarise("SHOP", at(9000), several()), SVG, "", ""); err != nil || !strings.HasPrefix(b.String(), "<svg ") {
		t.Errorf("a project: %v, %s", err, b.String())
	}
	b.Reset()
	if err := Project(&b, Summarise("SHOP", at(9000), several()), Markdown, "", "shop.svg"); err != nil || !strings.Contains(b.String(), "](shop.svg)") {
		t.Errorf("a project in Markdown: %v, %s", err, b.String())
	}
}

func TestJSONIsTheReport(t *testing.T) {
	var back rules.Report
	if err := json.Unmarshal([]byte(written(t, resolved(), JSON, "")), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(resolved(), back); diff != "" {
		t.Error(diff)
	}
}

func TestLinksThatAreNotSafeAreNone(t *testing.T) {
	for _, bad := range []string{"", "javascript:alert(1)", "//evil.example", "data:text/html,x", "file:///etc/passwd", "http://", ":", "ftp://x/y"} {
		for _, f := range []Format{Markdown, HTML, Wiki} {
			if got := link(bad, f); got != "" {
				t.Errorf("%q becomes %q", bad, got)
			}
		}
	}
	if got := link("https://x.y/a b)>|", Markdown); got != "https://x.y/a%20b%29%3E%7C" {
		t.Errorf("got %q", got)
	}
}
