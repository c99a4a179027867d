package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// firstCells are the names in the first column of the table under a heading of the README.
func firstCells(t *testing.T, heading string) []string {
	t.Helper()
	_, part, ok := strings.Cut(readme(t), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("the README has no part %q", heading)
	}
	part, _, _ = strings.Cut(part, "\n## ")
	var out []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(part, -1) {
		out = append(out, m[1])
	}
	return out
}

func TestTheReadmeListsTheLabelsOfTheCode(t *testing.T) {
	if got, want := firstCells(t, "The labels"), DefaultLabels().All(); !slices.Equal(got, want) {
		t.Errorf("the README has %v, the code %v", got, want)
	}
}

func TestTheReadmeListsTheGatesOfTheCode(t *testing.T) {
	if got, want := firstCells(t, "The gates"), []string{string(ReturnToService), string(RootCause)}; !slices.Equal(got, want) {
		t.Errorf("the README has %v, the code %v", got, want)
	}
	for _, e := range DefaultPlaybook().Entries {
		if e.Gate != NoGate && !slices.Contains(firstCells(t, "The gates"), string(e.Gate)) {
			t.Errorf("the README does not know the gate %q of %s", e.Gate, e.ID)
		}
	}
}

func TestTheReadmeListsTheStagesInTheirOrder(t *testing.T) {
	var want []string
	for _, s := range []Stage{StageRemember, StageStop, StageScheme, StageTasks, StageResume, StageTell, StageRecord, StageNotify, StageTidy} {
		want = append(want, string(s))
	}
	if got := firstCells(t, "What a plan looks like"); !slices.Equal(got, want) {
		t.Errorf("the README has %v, the code %v", got, want)
	}
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.add(po, "100", "disaster")
	f, last := w.facts(), -1
	for range maxRounds {
		p := Decide(f)
		if !p.Wants.Empty() {
			f = w.fulfil(f, p.Wants)
			continue
		}
		if p.Stage == StageNone {
			break
		}
		at := slices.Index(want, string(p.Stage))
		if at < 0 {
			t.Fatalf("the README does not know the stage %q", p.Stage)
		}
		if p.Stage != StageRecord && at < last {
			t.Errorf("%q comes after %q", p.Stage, want[last])
		}
		last = max(last, at)
		for _, a := range p.Actions {
			f = Effect(f, a, w.apply(t, a))
		}
	}
	if want[last] != string(StageNotify) { // nothing is tidied up before the end
		t.Errorf("a declaration went only as far as %q", want[last])
	}
}

// TestWhatTheReadmeSaysNeverThaws plays what the README lists as thawing nothing.
func TestWhatTheReadmeSaysNeverThaws(t *testing.T) {
	_, part, _ := strings.Cut(readme(t), "These never do: ")
	part, _, _ = strings.Cut(strings.Join(strings.Fields(part), " "), ".")
	plays := map[string][]string{
		"time":                  {"time passes 2400h"},
		"a restart":             {"andon restarts"},
		"a record that is lost": {"andon loses SHOP-100"},
		"an issue that is deleted, hidden or moved":     {"dev hides SHOP-100"},
		"a root-cause task that is deleted":             {"dev deletes task root-cause of SHOP-100"},
		"a declaring Product Owner who leaves the role": {"owners: sm"},
		"another disaster that is resolved":             {"dev opens SHOP-200", "po labels SHOP-200 disaster", "dev closes root-cause of SHOP-200"},
		"the status of the disaster issue itself":       nil,
		"a Jira that does not answer":                   nil, // no look takes place then
		"Product Owners who cannot be read":             {"jira hides the owners", "dev unlabels SHOP-100 disaster"},
	}
	for _, what := range strings.Split(part, "; ") {
		acts, known := plays[what]
		if !known {
			t.Errorf("nobody has tried whether %q thaws", what)
			continue
		}
		t.Run(what, func(t *testing.T) {
			w := declaredWorld(t)
			if what == "the status of the disaster issue itself" {
				w.issues["100"].Status = Status{Name: "Closed", Category: CategoryDone}
			}
			for _, act := range acts {
				w.play(t, act)
				w.look(t)
			}
			if p := w.look(t); !p.plan.Frozen {
				t.Errorf("planning is free: %+v", p.plan.States)
			}
		})
	}
}
