package picture

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/rules"
)

var update = flag.Bool("update", false, "write the pictures into testdata; look at them before committing")

// start is when every disaster begins.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// at is a moment so many minutes later.
func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

const hostile = "</text><script>alert(1)</script> &amp; \"'<!-- ]]> \x00\x1b[31m\u202e\u2028 {html} \xff日本語"

// step makes a step.
func step(minutes int, code, text string) rules.Step {
	return rules.Step{At: at(minutes), Code: code, Text: text}
}

// whole is a life that has ended.
func whole() rules.Report {
	return rules.Report{At: at(3000), Issue: "100", Key: "SHOP-6", Times: rules.Times{Due: at(240)},
		Bars: []rules.Bar{
			{Code: rules.BarRecovery, Text: "Recovery", From: at(0), To: at(135)},
			{Code: rules.BarMode, Text: "system-maintenance", From: at(20), To: at(120)},
			{Code: rules.BarMode, Text: "system-alternate", From: at(120)},
			{Code: rules.BarFreeze, Text: "Planning is frozen", From: at(0), To: at(1700)},
			{Code: rules.BarFreeze, Text: "Planning is frozen", From: at(1900), To: at(2200)},
		},
		Steps: []rules.Step{
			step(0, rules.StepDeclared, "Paula Owner declared the disaster with the label disaster"),
			step(0, rules.StepCancelled, `Sprint 10 "SHOP 1" was cancelled: 2 unfinished, 0 done`),
			step(20, rules.StepMode, "Paula Owner set the system mode system-maintenance"),
			step(50, rules.StepViolation, `While planning was frozen, sprint 11 "SHOP 2" was started`),
			step(120, "sla-50", "50 % of the recovery time was used"),
			step(135, rules.StepRestored, "Paula Owner returned the system to service"),
			step(1700, rules.StepUnfrozen, "This disaster stopped freezing planning"),
			step(1900, rules.StepRelapse, "Planning was frozen again"),
			step(2200, rules.StepCauseClosed, "The root-cause task SHOP-19 was closed"),
			step(2200, rules.StepUnfrozen, "This disaster stopped freezing planning"),
			step(2300, rules.StepResumed, "A new sprint was started"),
		}}
}

// running is one that goes on.
func running() rules.Report {
	r := whole()
	r.At, r.Steps = at(100), r.Steps[:4]
	r.Bars = []rules.Bar{{Code: rules.BarRecovery, Text: "Recovery", From: at(0)}, {Code: rules.BarMode, Text: "system-maintenance", From: at(20)}, {Code: rules.BarFreeze, Text: "Planning is frozen", From: at(0)}}
	return r
}

// crowded has a step a minute, and goes on for days.
func crowded() rules.Report {
	r := running()
	r.At, r.Steps = at(4000), r.Steps[:1]
	for i := range 90 {
		r.Steps = append(r.Steps, step(30+i, rules.StepViolation, fmt.Sprintf("While planning was frozen, sprint %d was started", i)))
	}
	r.Steps = append(r.Steps, step(3990, rules.StepMode, "Paula Owner set the system mode system-alternate"))
	return r
}

// cruel is full of what tries to be something else.
func cruel() rules.Report {
	r := running()
	r.Key, r.Issue = hostile, `1"><b>`
	for i := range r.Steps {
		r.Steps[i].Text = hostile
	}
	for i := range r.Bars {
		r.Bars[i].Text = hostile
	}
	return r
}

// hidden is a disaster that Jira does not show.
func hidden() rules.Report {
	return rules.Report{At: at(120), Issue: "100", Steps: []rules.Step{step(0, rules.StepDeclared, "Paula Owner declared the disaster with the label disaster")},
		Bars: []rules.Bar{{Code: rules.BarFreeze, Text: "Planning is frozen", From: at(0)}}}
}

// reports are those of the goldens.
func reports() map[string]rules.Report {
	moment := running()
	moment.At = at(0)
	moment.Bars, moment.Steps = moment.Bars[:1], moment.Steps[:1]
	return map[string]rules.Report{"whole": whole(), "running": running(), "crowded": crowded(), "hostile": cruel(), "hidden": hidden(), "just-now": moment}
}

func TestPictures(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			got := Draw(r, Options{Standalone: true, Legend: true})
			file := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the picture is not the one in %s; -update writes it", file)
			}
		})
	}
}

// elements reads a picture as strictly as a browser that takes it for a file.
func elements(t interface{ Fatalf(string, ...any) }, svg string) map[string]int {
	seen := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return seen
		}
		if err != nil {
			t.Fatalf("it is no XML: %v\n%s", err, svg)
		}
		if e, is := tok.(xml.StartElement); is {
			seen[e.Name.Local]++
			for _, a := range e.Attr {
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(a.Name.Local, "href") {
					t.Fatalf("an element %s has the attribute %s", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
}

func TestAPictureIsWellFormedAndHoldsNothingForeign(t *testing.T) {
	known := []string{"svg", "title", "desc", "style", "rect", "g", "text", "line"}
	for name, r := range reports() {
		for _, opt := range []Options{{}, {Standalone: true}, {Legend: true}} {
			for e := range elements(t, Draw(r, opt)) {
				if !slices.Contains(known, e) {
					t.Errorf("%s holds the element %s", name, e)
				}
			}
		}
	}
}

func TestThePictureIsTheSameEachTime(t *testing.T) {
	for name, r := range reports() {
		if first, again := Draw(r, Options{Legend: true}), Draw(r, Options{Legend: true}); first != again {
			t.Errorf("%s is drawn in two ways", name)
		}
	}
}

func TestAReportWithoutATimelineHasNoPicture(t *testing.T) {
	if got := Draw(rules.Report{Issue: "1", Key: "A-1", Phase: rules.PhaseProposed}, Options{Standalone: true}); got != "" {
		t.Errorf("it is %s", got)
	}
}

func TestOnlyAFileHasAStyleOfItsOwn(t *testing.T) {
	if got := Draw(whole(), Options{}); strings.Contains(got, "<style") || strings.Contains(got, "style=") {
		t.Error("a picture in a page brings a style, which a strict page would refuse")
	}
	if got := Draw(whole(), Options{Standalone: true}); !strings.Contains(got, "prefers-color-scheme: dark") {
		t.Error("a file does not fit dark")
	}
}

func TestThePictureIsToldInWords(t *testing.T) {
	got := Draw(running(), Options{})
	for _, want := range []string{
		`role="img"`, `aria-labelledby="andon-100-title andon-100-desc"`, `<title id="andon-100-title">Timeline of the disaster SHOP-6</title>`,
		"Recovery: since 2 Mar 2026 09:00 UTC, for 1 h 40 min so far.", "4 steps.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if got := Draw(hidden(), Options{}); !strings.Contains(got, "Timeline of the disaster with id 100") {
		t.Error("a hidden disaster is not named by its id")
	}
}

func TestWhatGoesOnReachesToNow(t *testing.T) {
	if got := Draw(running(), Options{}); !strings.Contains(got, ">now</text>") || !strings.Contains(got, "andon-open") {
		t.Error("now is not marked")
	}
	over := whole()
	over.Bars = slices.DeleteFunc(over.Bars, func(b rules.Bar) bool { return b.To.IsZero() })
	if got := Draw(over, Options{}); strings.Contains(got, ">now</text>") || strings.Contains(got, "andon-open") {
		t.Error("now is marked although everything is over")
	}
}

func TestTheEndOfTheRecoveryTimeIsMarkedOnceItIsInSight(t *testing.T) {
	if got := Draw(whole(), Options{}); !strings.Contains(got, "andon-due") {
		t.Error("it is not marked")
	}
	if got := Draw(running(), Options{}); strings.Contains(got, "andon-due") {
		t.Error("it is marked although it is to come")
	}
}

func TestTheLegendEnds(t *testing.T) {
	got := Draw(crowded(), Options{Legend: true})
	if !strings.Contains(got, "and 32 more") {
		t.Error("the rest is not counted")
	}
}

func TestSpansForPeople(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "0 min", 0: "0 min", 20 * time.Minute: "20 min", time.Hour: "1 h", 90 * time.Minute: "1 h 30 min",
		24 * time.Hour: "1 d", 26 * time.Hour: "1 d 2 h", 49 * time.Hour: "2 d 1 h",
	} {
		if got := Span(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

// drawn draws a report with anything in it.
func drawn(t *rapid.T) rules.Report {
	minute := rapid.IntRange(0, rapid.SampledFrom([]int{1, 90, 5000, 500000}).Draw(t, "reach"))
	codes := rapid.SampledFrom([]string{rules.StepDeclared, rules.StepViolation, rules.StepRestored, "else"})
	r := rules.Report{At: at(rapid.IntRange(0, 600000).Draw(t, "now")), Issue: "7", Key: rapid.String().Draw(t, "key")}
	for range rapid.IntRange(0, 80).Draw(t, "steps") {
		r.Steps = append(r.Steps, step(minute.Draw(t, "at"), codes.Draw(t, "code"), rapid.String().Draw(t, "text")))
	}
	slices.SortStableFunc(r.Steps, func(a, b rules.Step) int { return a.At.Compare(b.At) })
	for range rapid.IntRange(0, 6).Draw(t, "bars") {
		b := rules.Bar{Code: rapid.SampledFrom([]string{rules.BarRecovery, rules.BarMode, rules.BarFreeze}).Draw(t, "sort"), Text: rapid.String().Draw(t, "bar"), From: at(minute.Draw(t, "from"))}
		if rapid.Bool().Draw(t, "over") {
			b.To = b.From.Add(time.Duration(minute.Draw(t, "long")) * time.Minute)
		}
		r.Bars = append(r.Bars, b)
	}
	return r
}

func TestAnyReportMakesAReadablePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawn(t)
		svg := Draw(r, Options{Standalone: true, Legend: true})
		if svg == "" {
			return
		}
		elements(t, svg)
		c := canvas{r: r, axis: newAxis(r)}
		for i, m := range c.clusters() {
			if i > 0 && m.x-c.clusters()[i-1].x < markSpace {
				t.Fatalf("marks %d and %d stand on each other", i-1, i)
			}
			if m.x < left || m.x > right {
				t.Fatalf("mark %d stands at %d, off the axis", i, m.x)
			}
		}
		if n := len(c.axis.ticks()); n > maxTicks+1 {
			t.Fatalf("%d ticks from %s to %s", n, c.axis.from, c.axis.to)
		}
	})
}
