package rules

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCancelledGoal(t *testing.T) {
	for _, test := range []struct {
		name, key, goal, want string
	}{
		{"an empty goal", "SHOP-7", "", "CANCELLED by SHOP-7:"},
		{"a goal", "SHOP-7", "sell more", "CANCELLED by SHOP-7: sell more"},
		{"a goal that is marked already", "SHOP-7", "CANCELLED by SHOP-7: sell more", "CANCELLED by SHOP-7: sell more"},
		{"a goal that another disaster marked", "SHOP-9", "CANCELLED by SHOP-7: sell more", "CANCELLED by SHOP-9: sell more"},
		{"a goal with a pile of marks", "SHOP-9", "CANCELLED by A-1: CANCELLED by B_2-3:x", "CANCELLED by SHOP-9: x"},
		{"a goal with white space before the mark", "SHOP-9", " \tCANCELLED by SHOP-7: x", "CANCELLED by SHOP-9: x"},
		{"a goal that only speaks of it", "SHOP-7", "not CANCELLED by SHOP-7: x", "CANCELLED by SHOP-7: not CANCELLED by SHOP-7: x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := cancelledGoal(test.key, test.goal); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestGoalsGoThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		goal := strings.TrimSpace(rapid.String().Draw(t, "goal"))
		got := cancelledGoal("SHOP-7", goal)
		if !strings.HasPrefix(got, "CANCELLED by SHOP-7:") || utf8.RuneCountInString(got) > maxGoal {
			t.Fatalf("%q became %q", goal, got)
		}
		if again := cancelledGoal("SHOP-7", got); again != got {
			t.Fatalf("marking twice gives %q, then %q", got, again)
		}
		if short := utf8.RuneCountInString(goal) < 200; short && plainGoal(goal) == goal && plainGoal(got) != goal {
			t.Fatalf("%q came back as %q", goal, plainGoal(got))
		}
	})
}

func FuzzGoalMarks(f *testing.F) {
	for _, s := range []string{"", "x", "CANCELLED by A-1: x", "CANCELLED by A-1:CANCELLED by A-1:", "CANCELLED by :", strings.Repeat("x", 400), "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, goal string) {
		once := cancelledGoal("SHOP-7", goal)
		if utf8.RuneCountInString(once) > maxGoal || cancelledGoal("SHOP-7", once) != once || goalMark.MatchString(plainGoal(once)) {
			t.Errorf("%q became %q", goal, once)
		}
	})
}

func TestHasRef(t *testing.T) {
	for _, test := range []struct {
		name, body, ref string
		want            bool
	}{
		{"at the end", "text\n\nandon ref status.100", "status.100", true},
		{"before other words", "andon ref status.100 and more", "status.100", true},
		{"inside markup", "{color:grey}andon ref status.100{color}", "status.100", true},
		{"a longer number", "andon ref status.1001", "status.100", false},
		{"a longer reference", "andon ref released.100.1.1", "released.100.1", false},
		{"a reference that goes on with a dash", "andon ref kind.100-x", "kind.100", false},
		{"another one first", "andon ref status.1001\nandon ref status.100", "status.100", true},
		{"no reference", "status.100", "status.100", false},
		{"an empty body", "", "status.100", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := HasRef(test.body, test.ref); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func FuzzHasRef(f *testing.F) {
	f.Add("andon ref status.100", "status.100")
	f.Add("", "")
	f.Add("andon ref ", "x")
	f.Fuzz(func(t *testing.T, body, raw string) {
		ref := makeRef(raw)
		if !HasRef(body+"\n\n"+refLine(ref), ref) {
			t.Errorf("the reference %q at the end is not found", ref)
		}
		if !strings.Contains(body, refLine(ref)) && HasRef(body, ref) {
			t.Errorf("the reference %q is found where it is not: %q", ref, body)
		}
		if HasRef(refLine(ref+"0"), ref) || HasRef(refLine(ref)+".1", ref) {
			t.Errorf("a longer reference is taken for %q", ref)
		}
	})
}

func TestReferencesHoldNothingThatCouldBeMarkup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "parts")
		kept := append([]string(nil), parts...)
		ref := makeRef(parts...)
		for i := range ref {
			if !refChar(ref[i]) {
				t.Fatalf("%q holds %q", ref, ref[i])
			}
		}
		for i := range parts {
			if parts[i] != kept[i] {
				t.Fatalf("the parts were changed")
			}
		}
	})
	for name, want := range map[string]string{"Won't Do": "cause.won-t-do.7", "(done)": "cause.done.7", "Done -- twice!": "cause.done-twice.7", "----": "cause..7", "完了": "cause..7"} {
		if got := makeRef("Cause", name, "7"); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}

func TestEveryCommentCarriesItsReference(t *testing.T) {
	w := newWorld()
	w.settings.RecoverySLA = 1
	for _, act := range []string{
		"dev labels SHOP-100 disaster", "po labels SHOP-100 disaster-data", "dev starts sprint 11", "dev labels SHOP-100 disaster-security system-offline",
		"po labels SHOP-100 system-restored", "dev closes root-cause of SHOP-100 as Won't Do", "dev unlabels SHOP-100 disaster disaster-data disaster-security",
		"dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100", "po unlabels SHOP-100 disaster disaster-data disaster-security",
	} {
		w.scene(t, act)
	}
	if len(w.issues["100"].bodies) < 8 {
		t.Fatalf("only %d comments", len(w.issues["100"].bodies))
	}
	for ref, body := range w.issues["100"].bodies {
		if !HasRef(body, ref) || !strings.HasSuffix(body, "\n\n"+refLine(ref)) && !strings.HasSuffix(body, "\n\n"+refLine(decidedRef(ref))) {
			t.Errorf("the comment does not end with its reference %q: %s", ref, body)
		}
	}
}
