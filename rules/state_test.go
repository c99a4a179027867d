package rules

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// causeTask is a root-cause task of the first declaration of SHOP-100.
func causeTask(id string, change func(*Task)) Task {
	t := Task{ID: id, Key: "SHOP-" + id, Entry: "root-cause", Round: 1, ProjectID: "10000", ParentID: "100", Status: Status{Name: "To Do", Category: CategoryNew}}
	if change != nil {
		change(&t)
	}
	return t
}

// done closes a task with a resolution.
func done(resolution string) func(*Task) {
	return func(t *Task) { t.Status, t.Resolution = Status{Name: "Done", Category: CategoryDone}, resolution }
}

func TestHowTheRootCauseStands(t *testing.T) {
	const missing = "there is no root-cause task on the issue; without one the root cause cannot be closed"
	const closed = "the root-cause task SHOP-9 is closed"
	both := func(a, b func(*Task)) func(*Task) { return func(t *Task) { a(t); b(t) } }
	linked := func(project string) func(*Task) {
		return func(t *Task) { t.Linked, t.ParentID, t.ProjectID = true, "", project }
	}
	tests := []struct {
		name  string
		tasks []Task
		state ClosureState
		id    string
		code  string
		text  string
	}{
		{"there is no task at all", nil, CauseMissing, "", "root-cause-missing", missing},
		{"there are other tasks only", []Task{causeTask("9", func(t *Task) { t.Entry = "verify"; done("Done")(t) })}, CauseMissing, "", "root-cause-missing", missing},
		{"it is not begun", []Task{causeTask("9", nil)}, CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status To Do"},
		{"it is worked on", []Task{causeTask("9", func(t *Task) { t.Status = Status{Name: "In Arbeit", Category: CategoryInProgress} })},
			CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status In Arbeit"},
		{"it is in a status without a category", []Task{causeTask("9", func(t *Task) { t.Status = Status{Name: "Done", Category: CategoryUndefined} })},
			CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status Done"},
		{"it was resolved, but its status is not done", []Task{causeTask("9", func(t *Task) { t.Resolution = "Done" })},
			CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status To Do"},
		{"it is done", []Task{causeTask("9", done("Done"))}, CauseClosed, "9", "root-cause-closed", closed},
		{"it is done without a resolution", []Task{causeTask("9", done(""))}, CauseClosed, "9", "root-cause-closed", closed},
		{"it is done with a resolution that nobody refuses", []Task{causeTask("9", done("Won't Dodge"))}, CauseClosed, "9", "root-cause-closed", closed},
		{"it will not be done", []Task{causeTask("9", done("Won't Do"))}, CauseRefused, "9", "root-cause-refused",
			"the root-cause task SHOP-9 was closed as Won't Do, which does not tell the root cause"},
		{"it will not be done, in other letters", []Task{causeTask("9", done(" WON\u2019T DO "))}, CauseRefused, "9", "root-cause-refused",
			"the root-cause task SHOP-9 was closed as  WON\u2019T DO , which does not tell the root cause"},
		{"it is a duplicate", []Task{causeTask("9", done("Duplicate"))}, CauseRefused, "9", "root-cause-refused",
			"the root-cause task SHOP-9 was closed as Duplicate, which does not tell the root cause"},
		{"it cannot be reproduced", []Task{causeTask("9", done("cannot reproduce"))}, CauseRefused, "9", "root-cause-refused",
			"the root-cause task SHOP-9 was closed as cannot reproduce, which does not tell the root cause"},
		{"it belongs to an earlier declaration", []Task{causeTask("9", both(done("Done"), func(t *Task) { t.Round = 0 }))}, CauseMissing, "", "root-cause-missing", missing},
		{"it belongs to a later declaration", []Task{causeTask("9", both(done("Done"), func(t *Task) { t.Round = 2 }))}, CauseMissing, "", "root-cause-missing", missing},
		{"it was moved under another issue", []Task{causeTask("9", both(done("Done"), func(t *Task) { t.ParentID = "101" }))}, CauseMissing, "", "root-cause-missing", missing},
		{"it became an issue of its own", []Task{causeTask("9", both(done("Done"), func(t *Task) { t.ParentID = "" }))}, CauseMissing, "", "root-cause-missing", missing},
		{"it was moved to another project", []Task{causeTask("9", both(done("Done"), func(t *Task) { t.ProjectID = "20000" }))}, CauseMissing, "", "root-cause-missing", missing},
		{"it is linked and done", []Task{causeTask("9", both(done("Done"), linked("10000")))}, CauseClosed, "9", "root-cause-closed", closed},
		{"it is linked and was moved to another project", []Task{causeTask("9", both(done("Done"), linked("20000")))}, CauseMissing, "", "root-cause-missing", missing},
		{"of two the older one counts, though the younger one is closed", []Task{causeTask("10", done("Done")), causeTask("9", nil)},
			CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status To Do"},
		{"of two the older one counts, though the younger one is open", []Task{causeTask("9", done("Done")), causeTask("10", nil)}, CauseClosed, "9", "root-cause-closed", closed},
		{"where the older one was moved away the younger one counts", []Task{causeTask("8", both(done("Done"), func(t *Task) { t.ParentID = "7" })), causeTask("9", nil)},
			CauseOpen, "9", "root-cause-open", "the root-cause task SHOP-9 is in status To Do"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := candidate(l("disaster"))
			d.Tasks = test.tasks
			got := closure(judgeFacts(), d, 1)
			if got.State != test.state || got.Task.ID != test.id || got.Reason.Code != test.code || got.Reason.Text != test.text {
				t.Errorf("got %s by task %q, %s: %s", got.State, got.Task.ID, got.Reason.Code, got.Reason.Text)
			}
		})
	}
}

func TestWithoutARootCauseEntryNothingIsEverClosed(t *testing.T) {
	f, d := judgeFacts(), candidate(l("disaster"))
	f.Settings.Playbook.Entries = slices.DeleteFunc(slices.Clone(f.Settings.Playbook.Entries), func(e Entry) bool { return e.Gate == RootCause })
	d.Tasks = []Task{causeTask("9", done("Done"))}
	if got := closure(f, d, 1); got.State != CauseMissing {
		t.Errorf("got %s: %s", got.State, got.Reason.Text)
	}
}

func TestOnlyTheOperatorsResolutionsAreRefused(t *testing.T) {
	f, d := judgeFacts(), candidate(l("disaster"))
	f.Settings.RefusedResolutions = []string{"Abgelehnt"}
	for resolution, want := range map[string]ClosureState{"Abgelehnt": CauseRefused, "ABGELEHNT": CauseRefused, "Won't Do": CauseClosed, "": CauseClosed} {
		d.Tasks = []Task{causeTask("9", done(resolution))}
		if got := closure(f, d, 1); got.State != want {
			t.Errorf("%q: got %s, want %s", resolution, got.State, want)
		}
	}
}

func TestWhereATaskBelongs(t *testing.T) {
	tests := []struct {
		name     string
		linked   bool
		parent   string
		task     string // where the task is
		disaster string // where the disaster is
		want     bool
	}{
		{"a sub-task beside its disaster", false, "100", "10000", "10000", true},
		{"a sub-task that moved with its disaster", false, "100", "20000", "20000", true},
		{"a sub-task that stayed behind, which Jira does not do", false, "100", "10000", "20000", false},
		{"a sub-task of another issue", false, "101", "10000", "10000", false},
		{"a linked task beside its disaster", true, "", "10000", "10000", true},
		{"a linked task that stayed while the disaster moved", true, "", "10000", "20000", true},
		{"a linked task that went the same way as the disaster", true, "", "20000", "20000", true},
		{"a linked task that moved away alone", true, "", "20000", "10000", false},
		{"a linked task that went another way", true, "", "30000", "20000", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := candidate(l("disaster"))
			d.ProjectID = test.disaster
			if got := belongs(judgeFacts(), d, Task{ParentID: test.parent, ProjectID: test.task, Linked: test.linked}); got != test.want {
				t.Errorf("belongs: %v, want %v", got, test.want)
			}
		})
	}
}

func TestOfSeveralTasksTheOldestThatBelongsCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, want := candidate(l("disaster")), map[string]int{}
		for i := range rapid.IntRange(0, 12).Draw(t, "tasks") {
			id := rapid.IntRange(1, 200).Draw(t, "id")*20 + i
			task := causeTask(itoa(id), func(k *Task) {
				k.Entry = rapid.SampledFrom([]string{"root-cause", "verify", "dns"}).Draw(t, "entry")
				k.Round = rapid.IntRange(0, 2).Draw(t, "round")
				k.ParentID = rapid.SampledFrom([]string{"100", "100", "101"}).Draw(t, "parent")
			})
			d.Tasks = append(d.Tasks, task)
			if old, ok := want[task.Entry]; task.Round == 1 && task.ParentID == "100" && (!ok || id < old) {
				want[task.Entry] = id
			}
		}
		ids := map[string]string{}
		for entry, id := range want {
			ids[entry] = itoa(id)
		}
		if got := taskIDs(judgeFacts(), d, 1); !maps.Equal(got, ids) || len(ids) == 0 && got != nil {
			t.Fatalf("got %v, want %v of %+v", got, ids, d.Tasks)
		}
		for _, entry := range []string{"root-cause", "verify", "dns", "inform"} {
			task, ok := taskOf(judgeFacts(), d, 1, entry)
			if task.ID != ids[entry] || ok != (ids[entry] != "") {
				t.Fatalf("%s: got %q, %v, want %q", entry, task.ID, ok, ids[entry])
			}
		}
	})
}

func TestPhasesAreToldInTheOrderOfADisastersLife(t *testing.T) {
	want := []Phase{"none", "proposed", "rejected", "rehearsal", "recovering", "investigating", "resolved", "withdrawn", "unreadable"}
	if got := Phases(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
