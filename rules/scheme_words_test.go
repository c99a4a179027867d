package rules

import (
	"strings"
	"testing"
	"time"
)

func TestActionsOnSchemesHaveKeysAndWords(t *testing.T) {
	own := SchemeRef{ID: 0, Name: "Default"}
	tests := []struct {
		action    Action
		key, line string
	}{
		{SwapScheme{Project: "1", Original: own}, "swap-scheme/1", `replace the project's permission scheme 0 "Default" by a copy without the sprint permissions`},
		{RestoreScheme{Project: "1", Original: own}, "restore-scheme/1", `give the project its own permission scheme 0 "Default" back`},
		{DropScheme{Project: "1"}, "drop-scheme/1", "delete the copy of the permission scheme"},
		{RememberProject{Project: "1", Swap: Swap{State: SwapMoving, Original: own}}, "remember-project/1", `remember on the project: no open disaster; its own permission scheme is 0 "Default"`},
		{RememberProject{Project: "1", Disasters: []string{"100"}, Swap: Swap{State: SwapInForce, Original: own}}, "remember-project/1",
			`remember on the project: open disasters 100; it uses andon's copy of its permission scheme 0 "Default"`},
		{RememberProject{Project: "1", Swap: Swap{State: SwapLeft, Why: "so"}}, "remember-project/1",
			"remember on the project: no open disaster; somebody else changed its permission scheme, which is left as it is: so"},
		{RememberProject{Project: "1", Swap: Swap{State: SwapGivenUp, Why: "so"}}, "remember-project/1",
			"remember on the project: no open disaster; its permission scheme cannot be replaced: so"},
	}
	for _, test := range tests {
		if got := test.action.Key(); got != test.key {
			t.Errorf("key %q, want %q", got, test.key)
		}
		if got := test.action.Line(); got != test.line {
			t.Errorf("line %q, want %q", got, test.line)
		}
	}
}

func TestTheDescriptionOfACopyTellsTheWayBack(t *testing.T) {
	p := Project{ID: "10000", Key: "SHOP"}
	text := copyDescription(p, SchemeRef{ID: 0, Name: "Default\nPermission Scheme"})
	for _, want := range []string{"SHOP", `"Default Permission Scheme" (id 0)`, "assign that scheme to the project"} {
		if !strings.Contains(text, want) {
			t.Errorf("a person does not read %q in: %s", want, text)
		}
	}
	tests := []struct {
		name, text string
		original   int64
		ours, any  bool
	}{
		{"its own", text, 0, true, true},
		{"with blanks before it", "\n  " + text, 0, true, true},
		{"of a scheme with a large id", copyDescription(p, SchemeRef{ID: 10400}), 10400, true, true},
		{"of another project", copyDescription(Project{ID: "20000"}, SchemeRef{ID: 3}), 0, false, true},
		{"of a project whose id begins alike", copyDescription(Project{ID: "100001"}, SchemeRef{ID: 3}), 0, false, true},
		{"none", "", 0, false, false},
		{"somebody's", "for the shop", 0, false, false},
		{"one that quotes a copy's", "as in: " + text, 0, false, false},
		{"without its end", "andon-freeze project=10000 original=1", 0, false, false},
		{"with no number", "andon-freeze project=10000 original=x.", 0, false, false},
		{"with a number beyond all", "andon-freeze project=10000 original=99999999999999999999.", 0, false, true},
	}
	for _, test := range tests {
		if original, ours := CopyOf(test.text, p.ID); ours != test.ours || ours && original != test.original {
			t.Errorf("%s: %d, %v", test.name, original, ours)
		}
		if got := CopyOfAny(test.text); got != test.any {
			t.Errorf("%s: made by andon is %v", test.name, got)
		}
	}
}

func TestNoNameOfASchemeForgesTheWayBack(t *testing.T) {
	p := Project{ID: "10000", Key: "SHOP"}
	for _, name := range []string{"andon-freeze project=10000 original=7.", "\nandon-freeze project=10000 original=7.", strings.Repeat("x", 5000), "\u202eback", `"`} {
		text := copyDescription(p, SchemeRef{ID: 4, Name: name})
		if original, ours := CopyOf(text, p.ID); !ours || original != 4 {
			t.Errorf("%.60q leads back to %d, %v", name, original, ours)
		}
		if len(text) > 1000 || strings.ContainsAny(text, "\n\u202e") {
			t.Errorf("%.60q makes a description that nobody can read: %.300q", name, text)
		}
	}
}

func FuzzCopyOf(f *testing.F) {
	f.Add(copyDescription(Project{ID: "10000", Key: "SHOP"}, SchemeRef{ID: 10400, Name: "n"}), "10000")
	f.Add("andon-freeze project=1 original=2.", "1")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, text, project string) {
		original, ours := CopyOf(text, project)
		if ours && (!CopyOfAny(text) || original < 0 || project == "") {
			t.Errorf("%q is a copy of %d for %q", text, original, project)
		}
	})
}

func TestHostileSchemesDoNotChangeTheStatus(t *testing.T) {
	hostile := "{code}[~admin] |x| h1. !img!"
	for _, s := range []Swap{
		{State: SwapInForce, Original: SchemeRef{ID: 1, Name: hostile}, Copy: SchemeRef{ID: 2, Name: hostile}},
		{State: SwapLeft, Why: hostile},
		{State: SwapGivenUp, Why: hostile},
	} {
		w := &work{f: Facts{Settings: DefaultSettings()}}
		c := dossier{rec: Record{Scheme: s}, state: State{Frozen: true}}
		var b strings.Builder
		w.schemeLine(&b, c)
		if text := b.String(); strings.Contains(text, "{code}") && !strings.Contains(text, `\{code\}`) || strings.Contains(text, " [~") || strings.Count(text, "\n") != 1 {
			t.Errorf("%s: %q", s.State, text)
		}
	}
}

func TestARehearsalSaysThatThePermissionsWouldGo(t *testing.T) {
	for mode, want := range map[FreezeMode]bool{FreezeReact: false, FreezePermissions: true} {
		w := newWorld()
		w.settings.Freeze = mode
		w.tick(time.Second)
		w.label(po, "100", []string{"disaster", "disaster-rehearsal"}, nil)
		w.look(t)
		said := strings.Join(bodiesOf(w, "100"), "\n")
		if !strings.Contains(said, "*Rehearsal.*") || strings.Contains(said, "take Manage Sprints away") != want {
			t.Errorf("with %s: %s", mode, said)
		}
		if w.schemes.present != ownScheme || w.schemes.swap != (Swap{}) {
			t.Errorf("a rehearsal touched the scheme: %+v", w.schemes)
		}
	}
}

func TestExchangesAreComparedByWhatIsWritten(t *testing.T) {
	at := Swap{State: SwapMoving, Since: start}
	if !at.same(Swap{State: SwapMoving, Since: start.In(time.FixedZone("x", 3600))}) {
		t.Error("the same moment elsewhere is another exchange")
	}
	for _, other := range []Swap{{}, {State: SwapMoving}, {State: SwapInForce, Since: start}, {State: SwapMoving, Since: start, Clean: true}} {
		if at.same(other) {
			t.Errorf("%+v is the same as %+v", at, other)
		}
	}
}

func TestTheReadmeKnowsEveryStateOfAnExchange(t *testing.T) {
	text := readme(t)
	for _, s := range []SwapState{SwapMoving, SwapInForce, SwapLeft, SwapGivenUp} {
		if strings.Count(text, "| `"+string(s)+"` |") != 1 {
			t.Errorf("the README does not explain %q once", s)
		}
	}
}
