package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"andon/jira/jiratest"
	"andon/rules"
)

// schemeCrash is one pull of the plug in the course of an exchange of permission schemes.
type schemeCrash struct {
	*world
	at    int
	after bool
	calls int
	down  bool
	// points are the calls at which a crash leaves another Jira behind.
	points []int
}

// newSchemeCrash makes a world that dies at one call. Two schemes may have one name in
// it, so that a second copy would not be refused.
func newSchemeCrash(t *testing.T, flavour jiratest.Flavour, at int, after bool) *schemeCrash {
	t.Helper()
	s := &schemeCrash{world: newWorld(t, flavour, "ANDON_FREEZE=permissions"), at: at, after: after}
	s.jira.SetKnobs(func(k *jiratest.Knobs) { k.SchemeNamesShared = true })
	s.settle()
	hook := func(c jiratest.Call) error {
		if s.calls++; s.calls == s.at {
			s.down = true
		}
		if c.Write || allCrashes() {
			s.points = append(s.points, s.calls)
		}
		if s.down {
			return errPulled
		}
		return nil
	}
	if after {
		s.jira.AfterCalls(hook)
	} else {
		s.jira.BeforeCalls(hook)
	}
	return s
}

// allCrashes says whether every single call is tried, which takes some minutes.
func allCrashes() bool { return os.Getenv("ANDON_TEST_CRASHES") == "all" }

// step lets andon work until it dies or is done; then an act happens while nobody is
// there, and a new andon goes on with an empty memory.
func (s *schemeCrash) step(meanwhile func()) {
	s.t.Helper()
	s.settleUntil(func() bool { return s.down })
	s.wayBack()
	meanwhile()
	if s.down {
		s.down = false
		s.boot()
		s.settle()
	}
}

// wayBack checks what must hold at every moment: whoever finds the copy in use also
// finds which scheme is the project's own, in the list on the project and in the copy.
func (s *schemeCrash) wayBack() {
	s.t.Helper()
	raw, _ := s.jira.ProjectProperty("SHOP", "andon")
	var box struct{ Data struct{ Swap rules.Swap } }
	if err := json.Unmarshal(raw, &box); raw != nil && err != nil {
		s.t.Fatal(err)
	}
	swap, p := box.Data.Swap, s.project()
	for _, scheme := range s.jira.Schemes() {
		original, ours := rules.CopyOf(scheme.Description, fmt.Sprint(p.ID))
		switch {
		case ours && swap.State != rules.SwapNone && scheme.ID == swap.Original.ID:
			s.t.Errorf("call %d: the copy is recorded as the original", s.at)
		case ours && original != 0:
			s.t.Errorf("call %d: the copy names %d as the original", s.at, original)
		case ours && scheme.ID == p.SchemeID && (swap.State == rules.SwapNone || swap.Original.ID != 0):
			s.t.Errorf("call %d: the copy is in use, and the list on the project says %+v", s.at, swap)
		}
	}
}

func (s *schemeCrash) project() jiratest.Project {
	p, _ := s.jira.Project("SHOP")
	return p
}

// taken checks that the copy is in use, and that there is no other.
func (s *schemeCrash) taken() {
	s.t.Helper()
	copies := s.ours()
	if len(copies) != 1 || s.project().SchemeID != copies[0].ID {
		s.t.Errorf("call %d: planning is frozen, the project uses scheme %d, and the copies are %v", s.at, s.project().SchemeID, copies)
	}
}

// original checks that the project uses its own scheme, untouched, and no copy is left.
func (s *schemeCrash) original(before string) {
	s.t.Helper()
	if left := s.ours(); s.project().SchemeID != 0 || len(left) > 0 {
		s.t.Errorf("call %d: planning is free, the project uses scheme %d, and the copies are %v", s.at, s.project().SchemeID, left)
	}
	if now := s.ownScheme(); now != before {
		s.t.Errorf("call %d: the project's own scheme was changed", s.at)
	}
}

// ours are andon's copies.
func (s *schemeCrash) ours() []jiratest.PermissionScheme {
	var out []jiratest.PermissionScheme
	for _, scheme := range s.jira.Schemes() {
		if strings.HasPrefix(scheme.Name, "andon freeze") {
			out = append(out, scheme)
		}
	}
	return out
}

// ownScheme is the project's own scheme in letters.
func (s *schemeCrash) ownScheme() string { return fmt.Sprintf("%+v", s.jira.Schemes()[0]) }

// play declares and releases, and checks on the way. The act happens at the crash, if
// that comes before the release.
func (s *schemeCrash) play(meanwhile func()) {
	s.t.Helper()
	before := s.ownScheme()
	s.must(s.jira.As("po@example.com").AddLabel(s.seed.Issues[5], "disaster"))
	crashed := false
	s.step(func() {
		if crashed = s.down && meanwhile != nil; crashed {
			meanwhile()
		}
	})
	if !crashed {
		s.taken()
		s.must(s.jira.As("dev@example.com").Transition(s.cause(s.seed.Issues[5]), "Done", "Done"))
		s.step(func() {})
	}
	s.original(before)
	s.at = -1
	s.quiet()
}

// sweepCrashes plays a story with a crash before and after each write of it, or every
// so many-th. A crash at a read leaves the same Jira behind as one at the write before.
func sweepCrashes(t *testing.T, stride int, play func(s *schemeCrash)) {
	t.Helper()
	for _, flavour := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		calm := newSchemeCrash(t, flavour, 0, false)
		calm.play(nil)
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v/after the effect %v", flavour, after), func(t *testing.T) {
				t.Parallel()
				for i, at := range calm.points {
					if i%stride != 0 && !allCrashes() {
						continue
					}
					if play(newSchemeCrash(t, flavour, at, after)); t.Failed() {
						return
					}
				}
			})
		}
	}
}

func TestACrashAtAnyCallLeavesNoPermissionSchemeBehind(t *testing.T) {
	sweepCrashes(t, 1, func(s *schemeCrash) { s.play(nil) })
}

func TestADeclarationThatIsTakenBackAfterACrashLeavesNoPermissionSchemeBehind(t *testing.T) {
	sweepCrashes(t, 3, func(s *schemeCrash) {
		s.play(func() { s.must(s.jira.As("po@example.com").RemoveLabel(s.seed.Issues[5], "disaster")) })
	})
}

func TestASettingThatIsTurnedOffAfterACrashLeavesNoPermissionSchemeBehind(t *testing.T) {
	sweepCrashes(t, 3, func(s *schemeCrash) { s.play(func() { s.env["ANDON_FREEZE"] = "react" }) })
}
