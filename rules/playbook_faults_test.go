package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestManyFaultsAreToldAtOnceInTheirOrder(t *testing.T) {
	text := `version: 3
owner: me
tasks:
  - id: Bad Id
    title: ""
    done: y
    gate: soon
    kinds: [data, fire, data]
  - hello
  - id: cause
    id: again
    title: [x]
    gate: rc
    kinds: data
  - id: cause
    title: "a\tb"
    done: {}
`
	want := []string{
		"playbook: line 2: owner: unknown key; known are version, tasks",
		"playbook: line 1: version: must be 1",
		"playbook: line 5: title: must not be empty",
		`playbook: line 4: id: "Bad Id" must be 1 to 40 lower-case letters, digits and dashes, and begin with a letter`,
		`playbook: line 7: gate: "soon" must be rts, rc or left out`,
		`playbook: line 8: kinds: "fire" must be all, or a list of security, data, accidental`,
		`playbook: line 8: kinds: "data" is there twice`,
		"playbook: line 9: tasks: must hold keys and values: id, title, purpose, done, owner, kinds, gate",
		"playbook: line 11: id: is there twice",
		"playbook: line 12: title: must be plain text",
		"playbook: line 10: done: is missing",
		"playbook: line 14: kinds: the root-cause task is for all kinds; leave the key out",
		"playbook: line 17: done: must be plain text",
		`playbook: line 15: id: "cause" is already used on line 10`,
		"playbook: line 16: title: must be one line of at most 180 characters",
	}
	p, err := ParsePlaybook([]byte(text))
	if err == nil || len(p.Entries) > 0 {
		t.Fatalf("accepted as %+v", p)
	}
	got := strings.Split(err.Error(), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("fault %d differs; got\n%s\nwant\n%s", i+1, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// playbookYAML writes a playbook down, as an operator would.
func playbookYAML(p Playbook) string {
	var b strings.Builder
	b.WriteString("version: 1\ntasks:\n")
	for _, e := range p.Entries {
		fmt.Fprintf(&b, "  - id: %s\n    title: %q\n    done: %q\n", e.ID, e.Title, e.Done)
		for key, text := range map[string]string{"purpose": e.Purpose, "owner": e.Owner, "gate": string(e.Gate)} {
			if text != "" {
				fmt.Fprintf(&b, "    %s: %q\n", key, text)
			}
		}
		if len(e.Kinds) > 0 {
			fmt.Fprintf(&b, "    kinds: %s\n", strings.ReplaceAll(fmt.Sprint(e.Kinds), " ", ", "))
		}
	}
	return b.String()
}

// randomPlaybook is any playbook that is in order.
func randomPlaybook(t *rapid.T) Playbook {
	ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9-]{0,39}`), 1, 50, rapid.ID[string]).Draw(t, "ids")
	words := rapid.StringMatching(`[A-Za-z0-9äß{}:#'-]{1,9}( [A-Za-z0-9&*!|%-]{1,9}){0,6}`)
	cause := rapid.IntRange(0, len(ids)-1).Draw(t, "root cause")
	var p Playbook
	for i, id := range ids {
		e := Entry{ID: id, Title: words.Draw(t, "title"), Done: words.Draw(t, "done"), Gate: RootCause}
		if rapid.Bool().Draw(t, "more") {
			e.Purpose, e.Owner = words.Draw(t, "purpose"), words.Draw(t, "owner")
		}
		if i != cause {
			e.Gate = rapid.SampledFrom([]Gate{NoGate, ReturnToService}).Draw(t, "gate")
			e.Kinds = rapid.SliceOfNDistinct(rapid.SampledFrom(Kinds()), 0, 3, rapid.ID[Kind]).Draw(t, "kinds")
		}
		p.Entries = append(p.Entries, e)
	}
	return p
}

func TestAnyPlaybookInOrderIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := randomPlaybook(t)
		got, err := ParsePlaybook([]byte(playbookYAML(want)))
		if err != nil {
			t.Fatalf("%v\n%s", err, playbookYAML(want))
		}
		for i, e := range want.Entries {
			g := got.Entries[i]
			if g.ID != e.ID || g.Title != e.Title || g.Purpose != e.Purpose || g.Done != e.Done || g.Owner != e.Owner || g.Gate != e.Gate || !slices.Equal(g.Kinds, e.Kinds) {
				t.Fatalf("task %d: got %+v, want %+v", i, g, e)
			}
		}
		if cause := got.RootCause(); cause.Gate != RootCause || len(got.Entries) != len(want.Entries) {
			t.Fatalf("%d tasks, root cause %+v", len(got.Entries), cause)
		}
	})
}

func TestEveryKindGetsTheRootCauseAndOnlyWhatIsForIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPlaybook(t)
		kinds := rapid.SliceOfNDistinct(rapid.SampledFrom(Kinds()), 0, 3, rapid.ID[Kind]).Draw(t, "of the disaster")
		var got []string
		for _, e := range p.For(kinds) {
			got = append(got, e.ID)
		}
		if !slices.Contains(got, p.RootCause().ID) {
			t.Fatalf("%v lacks the root cause", got)
		}
		next := 0
		for _, e := range p.Entries {
			wanted := len(e.Kinds) == 0
			for _, k := range kinds {
				wanted = wanted || slices.Contains(e.Kinds, k)
			}
			if has := next < len(got) && got[next] == e.ID; has != wanted {
				t.Fatalf("%s for %v: wanted %v, got %v", e.ID, kinds, wanted, has)
			} else if has {
				next++
			}
		}
		if next != len(got) {
			t.Fatalf("%v holds more than the playbook", got)
		}
	})
}

func TestALimitIsExactlyWhereItIsSaidToBe(t *testing.T) {
	task := func(id, title, purpose string) string {
		return fmt.Sprintf("  - id: %s\n    title: %s\n    done: y\n    purpose: %s\n", id, title, purpose)
	}
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(task("t"+itoa(i), "x", "y"))
		}
		return b.String()
	}
	for _, test := range []struct {
		name, text string
		ok         bool
	}{
		{"an id of 40 characters", task("a"+strings.Repeat("b", 39), "x", "y"), true},
		{"an id of 41 characters", task("a"+strings.Repeat("b", 40), "x", "y"), false},
		{"an id that begins with a digit", task("1a", "x", "y"), false},
		{"an id that begins with a dash", task("-a", "x", "y"), false},
		{"a title of 180 characters of two bytes each", task("a", strings.Repeat("ü", 180), "y"), true},
		{"a title of 181 characters", task("a", strings.Repeat("ü", 181), "y"), false},
		{"a purpose of 4000 characters", task("a", "x", strings.Repeat("ü", 4000)), true},
		{"a purpose of 4001 characters", task("a", "x", strings.Repeat("ü", 4001)), false},
		{"50 tasks", many(49), true},
		{"51 tasks", many(50), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := ParsePlaybook([]byte(minimal + test.text)); (err == nil) != test.ok {
				t.Errorf("accepted %v, want %v: %v", err == nil, test.ok, err)
			}
		})
	}
}
