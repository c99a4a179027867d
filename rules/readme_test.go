package rules

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readme is this folder's README.
func readme(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestTheReadmeKnowsEveryPhase(t *testing.T) {
	text := readme(t)
	var rows []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| (free|frozen|last known) \\|").FindAllStringSubmatch(text, -1) {
		rows = append(rows, m[1])
	}
	var want []string
	for _, p := range Phases() {
		want = append(want, string(p))
	}
	if !slices.Equal(rows, want) {
		t.Errorf("the table has the phases %v, the code %v", rows, want)
	}
	inDiagram := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^ {4}(\S+) --> ([a-z]+)`).FindAllStringSubmatch(text, -1) {
		inDiagram[m[1]], inDiagram[m[2]] = true, true
	}
	delete(inDiagram, "[*]")
	for _, p := range want {
		if !inDiagram[p] {
			t.Errorf("the diagram lacks %s", p)
		}
		delete(inDiagram, p)
	}
	for p := range inDiagram {
		t.Errorf("the diagram has %s, which the code does not know", p)
	}
}

func TestTheReadmeKnowsEveryStage(t *testing.T) {
	text := readme(t)
	for _, s := range []Stage{StageRemember, StageStop, StageScheme, StageTasks, StageResume, StageTell, StageRecord, StageNotify, StageTidy} {
		if !strings.Contains(text, "| `"+string(s)+"` |") {
			t.Errorf("the README lacks the stage %q", s)
		}
	}
}

func TestTheReadmeSaysWhatFreezes(t *testing.T) {
	text := readme(t)
	for phase, w := range phasesSeen(t) {
		m := regexp.MustCompile("(?m)^\\| `" + string(phase) + "` \\| (free|frozen|last known) \\|").FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("no row for %s", phase)
		}
		if want := map[string]bool{"free": false, "frozen": true, "last known": true}[m[1]]; w != want {
			t.Errorf("%s: the README says %s, andon's freeze is %v", phase, m[1], w)
		}
	}
}

// phasesSeen plays through all phases and says which of them freeze.
func phasesSeen(t *testing.T) map[Phase]bool {
	t.Helper()
	seen := map[Phase]bool{}
	w := newWorld()
	for _, act := range []string{
		"dev labels SHOP-100 other", "dev labels SHOP-100 disaster-security", "po unlabels SHOP-100 disaster-security", "dev labels SHOP-100 disaster disaster-rehearsal", "dev unlabels SHOP-100 disaster disaster-rehearsal", "dev labels SHOP-100 disaster",
		"po labels SHOP-100 disaster-data", "dev hides SHOP-100", "dev shows SHOP-100", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored",
		"dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100", "po unlabels SHOP-100 disaster disaster-data",
	} {
		w.play(t, act)
		for _, s := range w.look(t).plan.States {
			seen[s.Phase] = s.Frozen
		}
	}
	seen[PhaseNone] = false
	if len(seen) != len(Phases()) {
		t.Errorf("only %d of %d phases were seen: %v", len(seen), len(Phases()), seen)
	}
	return seen
}

func TestEveryStepInTheDiagramCanBeTaken(t *testing.T) {
	steps := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^ {4}([a-z]+) --> ([a-z]+)`).FindAllStringSubmatch(readme(t), -1) {
		steps[m[1]+" "+m[2]] = false
	}
	for _, acts := range [][]string{
		{"dev labels SHOP-100 disaster", "dev unlabels SHOP-100 disaster"},
		{"dev labels SHOP-100 disaster", "po unlabels SHOP-100 disaster", "dev labels SHOP-100 disaster", "po unlabels SHOP-100 disaster", "po labels SHOP-100 disaster"},
		{"dev labels SHOP-100 disaster", "po unlabels SHOP-100 disaster", "time passes 25h"},
		{"dev labels SHOP-100 disaster disaster-rehearsal", "dev unlabels SHOP-100 disaster-rehearsal"},
		{"dev labels SHOP-100 disaster", "po labels SHOP-100 disaster-data", "dev hides SHOP-100", "dev shows SHOP-100"},
		{"po labels SHOP-100 disaster", "dev hides SHOP-100", "operator releases SHOP-100", "dev shows SHOP-100"},
		{"po labels SHOP-100 disaster", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored", "dev hides SHOP-100", "dev shows SHOP-100",
			"po unlabels SHOP-100 system-restored", "po labels SHOP-100 system-restored", "dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100"},
		{"po labels SHOP-100 disaster", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored", "po unlabels SHOP-100 disaster", "dev labels SHOP-100 disaster"},
		{"po labels SHOP-100 disaster", "po unlabels SHOP-100 disaster", "po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100"},
	} {
		w, last := newWorld(), PhaseNone
		for _, act := range acts {
			w.play(t, act)
			now := PhaseNone
			for _, s := range w.look(t).plan.States {
				now = s.Phase
			}
			step := string(last) + " " + string(now)
			if _, drawn := steps[step]; !drawn && last != now {
				t.Errorf("after %q the phase went from %s to %s, which the diagram does not show", act, last, now)
			}
			steps[step] = true
			last = now
		}
	}
	for step, taken := range steps {
		if !taken {
			t.Errorf("the diagram shows %q, which no story took", step)
		}
	}
}
