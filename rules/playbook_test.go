package rules

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheDefaultPlaybookIsTheOneOfTheField(t *testing.T) {
	type row struct {
		ID, Title string
		Kinds     []Kind
		Gate      Gate
	}
	want := []row{
		{"inform", "Inform stakeholders and developers", nil, NoGate},
		{"contain", "Put the system into maintenance, read-only or offline", nil, NoGate},
		{"evidence", "Open the timeline and preserve evidence", nil, NoGate},
		{"restore-data", "Restore the data to another environment", nil, ReturnToService},
		{"deploy", "Deploy a known-good build to that environment", nil, ReturnToService},
		{"dns", "Switch DNS or traffic to that environment", nil, ReturnToService},
		{"verify", "Test before return to service", nil, ReturnToService},
		{"consult", "Record the consultation for return to service", nil, ReturnToService},
		{"isolate", "Isolate hosts, block indicators, suspend accounts", []Kind{Security}, NoGate},
		{"rotate", "Rotate credentials, keys, tokens and sessions", []Kind{Security}, ReturnToService},
		{"weakness", "Remove or patch the exploited weakness", []Kind{Security}, ReturnToService},
		{"stop-writers", "Stop writers and destructive jobs", []Kind{Data}, NoGate},
		{"salvage", "Copy the damaged data before touching it", []Kind{Data}, ReturnToService},
		{"reconcile", "Reconcile lost changes", []Kind{Data}, ReturnToService},
		{"integrity", "Run data-integrity tests", []Kind{Data}, ReturnToService},
		{"trigger", "Identify the triggering change and stop deployments", []Kind{Accidental}, NoGate},
		{"roll-back", "Roll back or disable the change", []Kind{Accidental}, ReturnToService},
		{"guard", "Put an interim guard in place", []Kind{Accidental}, ReturnToService},
		{"root-cause", "Investigate the root cause", nil, RootCause},
	}
	var got []row
	for _, e := range DefaultPlaybook().Entries {
		got = append(got, row{e.ID, e.Title, e.Kinds, e.Gate})
		if e.Purpose == "" || e.Done == "" || e.Owner == "" {
			t.Errorf("%s lacks purpose, done or owner", e.ID)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the embedded playbook differs (-want +got):\n%s", diff)
	}
}

func TestTheRootCauseAsksForWhatTheFieldAsksFor(t *testing.T) {
	done := DefaultPlaybook().RootCause().Done
	for _, word := range []string{"malicious dependency", "side effect of a feature", "architecture", "human or process", "infrastructure", "narrative", "evidence",
		"at least one linked prevention action", "not people"} {
		if !strings.Contains(done, word) {
			t.Errorf("%q is not asked for", word)
		}
	}
	text := describe(Disaster{Key: "SHOP-7"}, DefaultPlaybook().RootCause())
	if !strings.Contains(text, "not people.") {
		t.Errorf("the description is cut: %s", text)
	}
}

func TestEntriesForKinds(t *testing.T) {
	ids := func(kinds ...Kind) []string {
		var out []string
		for _, e := range DefaultPlaybook().For(kinds) {
			out = append(out, e.ID)
		}
		return out
	}
	common := []string{"inform", "contain", "evidence", "restore-data", "deploy", "dns", "verify", "consult"}
	tests := []struct {
		name  string
		kinds []Kind
		want  []string
	}{
		{"no kind gets what is for all", nil, nil},
		{"security", []Kind{Security}, []string{"isolate", "rotate", "weakness"}},
		{"data", []Kind{Data}, []string{"stop-writers", "salvage", "reconcile", "integrity"}},
		{"accidental", []Kind{Accidental}, []string{"trigger", "roll-back", "guard"}},
		{"two kinds in the playbook's order", []Kind{Accidental, Security}, []string{"isolate", "rotate", "weakness", "trigger", "roll-back", "guard"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := append(append(slices.Clone(common), test.want...), "root-cause")
			if got := ids(test.kinds...); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestFindingEntries(t *testing.T) {
	p := DefaultPlaybook()
	if e, ok := p.Entry("dns"); !ok || e.ID != "dns" {
		t.Errorf("dns: %+v, %v", e, ok)
	}
	if _, ok := p.Entry("nothing"); ok {
		t.Error("an entry that is not there was found")
	}
	if got := (Playbook{}).RootCause(); got.ID != "" {
		t.Errorf("an empty playbook has the root cause %+v", got)
	}
}

// minimal is the smallest playbook.
const minimal = "version: 1\ntasks:\n  - id: rc\n    title: Find the cause\n    done: It is known.\n    gate: rc\n"

func TestParsePlaybookAcceptsEveryForm(t *testing.T) {
	tests := []struct {
		name, text string
		kinds      []Kind
	}{
		{"no kinds", "", nil},
		{"the word all", "    kinds: all\n", nil},
		{"one kind", "    kinds: data\n", []Kind{Data}},
		{"a list", "    kinds: [security, accidental]\n", []Kind{Security, Accidental}},
		{"an anchor", "    kinds: &k [data]\n    owner: &o Developers\n", []Kind{Data}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := ParsePlaybook([]byte(minimal + "  - id: more\n    title: ' Do more '\n    done: Done.\n    gate: rts\n" + test.text))
			if err != nil {
				t.Fatal(err)
			}
			e := p.Entries[1]
			if e.ID != "more" || e.Title != "Do more" || e.Done != "Done." || e.Gate != ReturnToService || !slices.Equal(e.Kinds, test.kinds) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestParsePlaybookFollowsAliases(t *testing.T) {
	p, err := ParsePlaybook([]byte(minimal + "  - id: one\n    title: &t One\n    done: &d Done.\n    kinds: &k [data]\n  - id: two\n    title: *t\n    done: *d\n    kinds: *k\n"))
	if err != nil {
		t.Fatal(err)
	}
	if e := p.Entries[2]; e.Title != "One" || !slices.Equal(e.Kinds, []Kind{Data}) {
		t.Errorf("got %+v", e)
	}
}

func TestParsePlaybookNamesLineAndKeyOfEveryFault(t *testing.T) {
	more := func(lines string) string { return minimal + "  - id: more\n" + lines }
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an empty file", "", []string{"playbook: line 1: version: the file is empty"}},
		{"only a comment", "# nothing\n", []string{"playbook: line 1: version: the file is empty"}},
		{"no YAML", "version: [", []string{"line 1"}},
		{"a bare word", "hello", []string{"playbook: line 1: version: must hold keys and values: version, tasks"}},
		{"no version", strings.Replace(minimal, "version: 1\n", "", 1), []string{"playbook: line 1: version: must be 1"}},
		{"another version", strings.Replace(minimal, "1", "2", 1), []string{"playbook: line 1: version: must be 1"}},
		{"no tasks", "version: 1\n", []string{"playbook: line 1: tasks: must be a list with at least the root-cause task"}},
		{"no task", "version: 1\ntasks: []\n", []string{"playbook: line 2: tasks: must be a list with at least the root-cause task"}},
		{"tasks that are no list", "version: 1\ntasks: all\n", []string{"playbook: line 2: tasks: must be a list"}},
		{"an unknown key at the top", "version: 1\nname: x\n" + minimal[len("version: 1\n"):], []string{"playbook: line 2: name: unknown key; known are version, tasks"}},
		{"an unknown key of a task", more("    title: x\n    done: y\n    colour: red\n"), []string{"playbook: line 10: colour: unknown key"}},
		{"a key twice", more("    title: x\n    title: y\n    done: z\n"), []string{"playbook: line 9: title: is there twice"}},
		{"a task that is a word", minimal + "  - hello\n", []string{"playbook: line 7: tasks: must hold keys and values"}},
		{"no id", minimal + "  - title: x\n    done: y\n", []string{`playbook: line 7: id: "" must be 1 to 40 lower-case letters`}},
		{"a bad id", minimal + "  - id: No Good\n    title: x\n    done: y\n", []string{`playbook: line 7: id: "No Good" must be`}},
		{"a long id", minimal + "  - id: a" + strings.Repeat("b", 40) + "\n    title: x\n    done: y\n", []string{"playbook: line 7: id:"}},
		{"an id twice", minimal + "  - title: x\n    done: y\n    id: rc\n", []string{`playbook: line 9: id: "rc" is already used on line 3`}},
		{"no title", more("    done: y\n"), []string{"playbook: line 7: title: is missing"}},
		{"an empty title", more("    title: ''\n    done: y\n"), []string{"playbook: line 8: title: must not be empty"}},
		{"a long title", more("    title: " + strings.Repeat("x", 181) + "\n    done: y\n"), []string{"playbook: line 8: title: must be one line of at most 180 characters"}},
		{"a title of two lines", more("    title: \"x\\ny\"\n    done: y\n"), []string{"playbook: line 8: title: must be one line"}},
		{"a title that is a list", more("    title: [x]\n    done: y\n"), []string{"playbook: line 8: title: must be plain text"}},
		{"no done", more("    title: x\n"), []string{"playbook: line 7: done: is missing"}},
		{"an empty done", more("    title: x\n    done: ' '\n"), []string{"playbook: line 9: done: must not be empty"}},
		{"a purpose without end", more("    title: x\n    done: y\n    purpose: " + strings.Repeat("x", 4001) + "\n"), []string{"playbook: line 10: purpose: must have at most 4000 characters"}},
		{"an unknown gate", more("    title: x\n    done: y\n    gate: later\n"), []string{`playbook: line 10: gate: "later" must be rts, rc or left out`}},
		{"an empty gate", more("    title: x\n    done: y\n    gate: ''\n"), []string{`playbook: line 10: gate: "" must be rts, rc or left out`}},
		{"no root cause", "version: 1\ntasks:\n  - {id: a, title: x, done: y}\n", []string{"playbook: line 3: gate: exactly one task must have gate rc, are 0"}},
		{"two root causes", more("    title: x\n    done: y\n    gate: rc\n"), []string{"playbook: line 3: gate: exactly one task must have gate rc, are 2"}},
		{"a root cause for one kind", minimal + "    kinds: data\n", []string{"playbook: line 7: kinds: the root-cause task is for all kinds; leave the key out"}},
		{"an unknown kind", more("    title: x\n    done: y\n    kinds: fire\n"), []string{`playbook: line 10: kinds: "fire" must be all, or a list of security, data, accidental`}},
		{"all beside a kind", more("    title: x\n    done: y\n    kinds: [all, data]\n"), []string{`playbook: line 10: kinds: "all" must be all, or a list`}},
		{"a kind twice", more("    title: x\n    done: y\n    kinds: [data, data]\n"), []string{`playbook: line 10: kinds: "data" is there twice`}},
		{"no kind", more("    title: x\n    done: y\n    kinds: []\n"), []string{"playbook: line 10: kinds: must not be empty"}},
		{"kinds as keys", more("    title: x\n    done: y\n    kinds: {data: data}\n"), []string{"playbook: line 10: kinds:"}},
		{"two documents", minimal + "---\nversion: 1\n", []string{"tasks: only one YAML document is read"}},
		{"several faults at once", more("    gate: x\n    kinds: y\n"), []string{"line 7: title: is missing", "line 7: done: is missing", "line 8: gate:", "line 9: kinds:"}},
		{"too many tasks", minimal + strings.Repeat("  - {}\n", 50), []string{"playbook: line 3: tasks: at most 50, are 51"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := ParsePlaybook([]byte(test.text))
			if err == nil {
				t.Fatalf("accepted as %+v", p)
			}
			if len(p.Entries) > 0 {
				t.Errorf("a faulty playbook is given back: %+v", p)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got\n%v\nwant %q in it", err, want)
				}
			}
		})
	}
}

func FuzzParsePlaybook(f *testing.F) {
	raw, err := os.ReadFile("playbook.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(raw), minimal, "", "a: &a [*a]", "<<: {}", "- - -", "version: 1\ntasks: *x", "? {}\n: 1", "!!binary x", "tasks:\n- &x {id: *x}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePlaybook([]byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "playbook: ") {
				t.Errorf("the error does not say what it is about: %v", err)
			}
			return
		}
		causes := 0
		seen := map[string]bool{}
		for _, e := range p.Entries {
			if e.Gate == RootCause {
				causes++
			}
			if seen[e.ID] || e.Title == "" || e.Done == "" || len(TaskSummary("SHOP-1", e.Title)) == 0 || strings.ContainsAny(e.Title, "\r\n") {
				t.Errorf("accepted the entry %+v", e)
			}
			seen[e.ID] = true
		}
		if causes != 1 || len(p.Entries) > maxPlaybookTasks {
			t.Errorf("accepted %d root causes among %d tasks", causes, len(p.Entries))
		}
	})
}
