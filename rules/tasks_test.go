package rules

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// everybodys are the tasks that every disaster gets.
func everybodys() []string {
	return l("inform", "contain", "evidence", "restore-data", "deploy", "dns", "verify", "consult", "root-cause")
}

// tasksOf are tasks of SHOP-100 as andon created them.
func tasksOf(entries ...string) []Task {
	var out []Task
	for i, e := range entries {
		out = append(out, Task{ID: itoa(500 + i), Key: "SHOP-" + itoa(500+i), Entry: e, Round: 1, ProjectID: "10000", ParentID: "100", Status: Status{Name: "To Do", Category: CategoryNew}})
	}
	return out
}

// created are the tasks that a decision creates, none where it creates none.
func created(f Facts) (CreateTasks, []string) {
	for _, a := range Decide(f).Actions {
		if c, ok := a.(CreateTasks); ok {
			var ids []string
			for _, n := range c.Tasks {
				ids = append(ids, n.Entry)
			}
			return c, ids
		}
	}
	return CreateTasks{}, nil
}

func TestWhichTasksAreCreated(t *testing.T) {
	without := func(gone ...string) []string {
		return slices.DeleteFunc(everybodys(), func(e string) bool { return slices.Contains(gone, e) })
	}
	tests := []struct {
		name   string
		change func(*Facts, *Disaster)
		want   []string
	}{
		{"all of them at first", func(*Facts, *Disaster) {}, everybodys()},
		{"none where all are there", func(_ *Facts, d *Disaster) { d.Tasks = tasksOf(everybodys()...) }, nil},
		{"one that somebody deleted", func(_ *Facts, d *Disaster) { d.Tasks = tasksOf(without("verify")...) }, l("verify")},
		{"several that were deleted, in the playbook's order", func(_ *Facts, d *Disaster) { d.Tasks = tasksOf(without("root-cause", "dns", "inform")...) }, l("inform", "dns", "root-cause")},
		{"none for one that was closed", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[0].Status.Category = CategoryDone
		}, nil},
		{"none for one that was closed as not applying", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[3].Status.Category, d.Tasks[3].Resolution = CategoryDone, "Won't Do"
		}, nil},
		{"none for one that is there twice", func(_ *Facts, d *Disaster) { d.Tasks = append(tasksOf(everybodys()...), tasksOf("inform")...) }, nil},
		{"one that was moved to another project", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[1].ProjectID = "20000"
		}, l("contain")},
		{"one that was given another parent", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[1].ParentID = "300"
		}, l("contain")},
		{"one that was made an issue of its own", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[1].ParentID = ""
		}, l("contain")},
		{"all of them for a second declaration", func(_ *Facts, d *Disaster) { d.Record.Round, d.Tasks = 2, tasksOf(everybodys()...) }, everybodys()},
		{"linked ones count without a parent", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			for i := range d.Tasks {
				d.Tasks[i].Linked, d.Tasks[i].ParentID = true, ""
			}
		}, nil},
		{"a linked one that left the project", func(_ *Facts, d *Disaster) {
			d.Tasks = tasksOf(everybodys()...)
			d.Tasks[8].Linked, d.Tasks[8].ParentID, d.Tasks[8].ProjectID = true, "", "20000"
		}, l("root-cause")},
		{"those of a kind that was set later", func(_ *Facts, d *Disaster) {
			d.Tasks, d.Record.Kinds = tasksOf(everybodys()...), []Kind{Data}
		}, l("stop-writers", "salvage", "reconcile", "integrity")},
		{"those of two kinds", func(_ *Facts, d *Disaster) {
			d.Tasks, d.Record.Kinds = tasksOf(everybodys()...), []Kind{Security, Accidental}
		}, l("isolate", "rotate", "weakness", "trigger", "roll-back", "guard")},
		{"those of the operator's own playbook", func(f *Facts, _ *Disaster) {
			f.Settings.Playbook = Playbook{Entries: []Entry{{ID: "call", Title: "Call", Done: "d"}, {ID: "cause", Title: "Find", Done: "d", Gate: RootCause}}}
		}, l("call", "cause")},
		{"none for a disaster that is in another project now", func(_ *Facts, d *Disaster) { d.ProjectID = "20000" }, nil},
		{"none while the label is off without a trace", func(_ *Facts, d *Disaster) { d.Labels = nil }, nil},
		{"none for an issue that cannot be read", func(_ *Facts, d *Disaster) { d.Unreadable = "404" }, nil},
		{"none for a record of a later version", func(_ *Facts, d *Disaster) { d.RecordState = RecordNewer }, nil},
		{"none for a record of another project", func(_ *Facts, d *Disaster) { d.Record.Project = "20000" }, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := frozenFacts()
			test.change(&f, &f.Disasters[0])
			if _, got := created(f); !slices.Equal(got, test.want) {
				t.Errorf("creates %v, want %v", got, test.want)
			}
		})
	}
}

func TestARefusedCreationIsNotTriedAgainInTheSamePass(t *testing.T) {
	f := frozenFacts()
	a, _ := created(f)
	if _, got := created(Failing(f, a, Failure{Text: "403"})); got != nil {
		t.Errorf("creates %v", got)
	}
}

func TestWhatACreationSays(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Facts)
		typ    string
		linked bool
	}{
		{"sub-tasks of a standard issue", func(*Facts) {}, "5", false},
		{"linked tasks of a sub-task", func(f *Facts) { f.Disasters[0].Type.Subtask = true }, "3", true},
		{"linked tasks of an epic", func(f *Facts) { f.Disasters[0].Type.Level = 1 }, "3", true},
		{"linked tasks of what stands above an epic", func(f *Facts) { f.Disasters[0].Type.Level = 3 }, "3", true},
		{"linked tasks where the project has no sub-tasks", func(f *Facts) { f.Project.Subtask = IssueType{} }, "3", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := frozenFacts()
			f.Disasters[0].Record.Round = 3
			test.change(&f)
			a, _ := created(f)
			if a.Disaster != "100" || a.DisasterKey != "SHOP-100" || a.Round != 3 || a.Project != "10000" || a.Type != test.typ || a.Linked != test.linked {
				t.Errorf("got %+v", a)
			}
			for i, e := range f.Settings.Playbook.For(nil) {
				n := a.Tasks[i]
				if n.Entry != e.ID || n.Gate != e.Gate || n.Summary != "SHOP-100: "+e.Title || !strings.HasSuffix(n.Description, "Disaster: SHOP-100") {
					t.Errorf("%s: got %+v", e.ID, n)
				}
			}
		})
	}
}

func TestWhatATaskTellsWhoeverOpensIt(t *testing.T) {
	d := Disaster{Key: "SHOP-100"}
	for _, test := range []struct {
		name  string
		entry Entry
		want  string
	}{
		{"everything", Entry{Purpose: "Why.", Done: "When.", Owner: "Who", Gate: ReturnToService},
			"*Purpose:* Why.\n\n*Done when:* When.\n\n*Usually taken by:* Who\n\nThe system returns to service only when this task is done.\n\nA task that does not apply is closed with a resolution that says so. Disaster: SHOP-100"},
		{"the root cause", Entry{Done: "When.", Gate: RootCause},
			"*Done when:* When.\n\nSprint planning is free again only when this task is closed.\n\nA task that does not apply is closed with a resolution that says so. Disaster: SHOP-100"},
		{"a task for which nothing waits", Entry{Done: "When."},
			"*Done when:* When.\n\nA task that does not apply is closed with a resolution that says so. Disaster: SHOP-100"},
		{"texts that would be markup", Entry{Purpose: "{code}", Done: "[a|b]", Owner: "h1. x\nh1. y"},
			"*Purpose:* \\{code\\}\n\n*Done when:* \\[a\\|b\\]\n\n*Usually taken by:* h1&#46; x h1. y\n\nA task that does not apply is closed with a resolution that says so. Disaster: SHOP-100"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := describe(d, test.entry); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestASummaryFitsIntoJira(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[A-Z][A-Z0-9_]{1,50}-[1-9][0-9]{0,9}`).Draw(t, "key")
		title := rapid.StringN(1, 300, -1).Draw(t, "title")
		got := TaskSummary(key, title)
		if n := utf8.RuneCountInString(got); n > 255 {
			t.Fatalf("%d characters", n)
		}
		if !strings.HasPrefix(got, key+":") {
			t.Fatalf("%q does not begin with the key %s", got, key)
		}
		if short := utf8.RuneCountInString(title) <= 180; short && got != key+": "+title {
			t.Fatalf("a title that the playbook accepts was changed to %q", got)
		}
	})
}

func TestEveryTaskIsCreatedExactlyOnceWhateverIsThere(t *testing.T) {
	all := DefaultPlaybook().Entries
	rapid.Check(t, func(t *rapid.T) {
		f := frozenFacts()
		d := &f.Disasters[0]
		d.Record.Kinds = rapid.SliceOfNDistinct(rapid.SampledFrom(Kinds()), 0, 3, rapid.ID[Kind]).Draw(t, "kinds")
		for i := range rapid.IntRange(0, 25).Draw(t, "there") {
			d.Tasks = append(d.Tasks, Task{ID: itoa(500 + i), Entry: rapid.SampledFrom(all).Draw(t, "entry").ID, Round: rapid.IntRange(0, 2).Draw(t, "round"),
				ProjectID: rapid.SampledFrom(l("10000", "10000", "20000")).Draw(t, "project"), ParentID: rapid.SampledFrom(l("100", "100", "300")).Draw(t, "parent"),
				Linked: rapid.Bool().Draw(t, "linked"), Status: Status{Category: CategoryNew}})
		}
		before := f.Disasters[0]
		a, ids := created(f)
		for _, id := range ids {
			if _, there := taskOf(f, before, 1, id); there {
				t.Fatalf("%s is created although it is there", id)
			}
		}
		f = Effect(f, a, predicted(f, a))
		for _, e := range f.Settings.Playbook.For(before.Record.Kinds) {
			if _, ok := taskOf(f, f.Disasters[0], 1, e.ID); !ok {
				t.Fatalf("%s is still missing after the creation of %v", e.ID, ids)
			}
		}
		if _, again := created(f); again != nil {
			t.Fatalf("a second decision creates %v again", again)
		}
	})
}
