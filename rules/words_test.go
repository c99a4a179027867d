package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestActionsHaveKeysAndWords(t *testing.T) {
	tests := []struct {
		action    Action
		key, line string
	}{
		{Remember{Disaster: "100", Why: "what stands"}, "remember/100", "remember on the issue: what stands"},
		{RememberProject{Project: "1"}, "remember-project/1", "remember on the project: no open disaster"},
		{RememberProject{Project: "1", Disasters: []string{"100", "200"}}, "remember-project/1", "remember on the project: open disasters 100, 200"},
		{CancelSprint{Disaster: "100", Sprint: 7, Name: "S", Why: AtDeclaration}, "cancel-sprint/100/7", `cancel sprint 7 "S" (it was active when the disaster was declared)`},
		{CancelSprint{Disaster: "100", Sprint: 7, Name: "S", Why: StartedInFreeze}, "cancel-sprint/100/7", `cancel sprint 7 "S" (it was started while planning is frozen)`},
		{CancelSprint{Disaster: "100", Sprint: 7, Name: "S", Why: "else"}, "cancel-sprint/100/7", `cancel sprint 7 "S" (else)`},
		{DeleteSprint{Disaster: "100", Sprint: 7, Name: "S"}, "delete-sprint/100/7", `delete sprint 7 "S" (it was created while planning is frozen)`},
		{CreateTasks{Disaster: "100", DisasterKey: "K-1", Round: 2, Tasks: []NewTask{{Entry: "a", Summary: "A"}, {Entry: "b", Summary: "B"}}},
			"create-tasks/100/2/a+b", "create 2 sub-tasks of K-1: a, b"},
		{CreateTasks{Disaster: "100", DisasterKey: "K-1", Round: 1, Linked: true, Tasks: []NewTask{{Entry: "a", Summary: "A"}}},
			"create-tasks/100/1/a", "create 1 linked tasks of K-1: a"},
		{WriteStatus{Disaster: "100"}, "status/100", "write the status comment"},
		{WriteStatus{Disaster: "100", Comment: "5"}, "status/100", "update the status comment"},
		{Say{Disaster: "100", Ref: "r.1", About: "a thing"}, "say/100/r.1", "comment: a thing"},
		{EditLabels{Disaster: "100", Add: []string{"a"}, Remove: []string{"b", "c"}, Why: "so"}, "labels/100/+a/-b-c", "put back a and take off b, c: so"},
		{EditLabels{Disaster: "100", Remove: []string{"b"}, Why: "so"}, "labels/100/+/-b", "take off b: so"},
		{Notify{Disaster: "100", Channel: "chat", Ref: "abc", Title: "T"}, "notify/100/abc", "tell over chat: T"},
	}
	for _, test := range tests {
		t.Run(test.key, func(t *testing.T) {
			if got := test.action.Key(); got != test.key {
				t.Errorf("key %q, want %q", got, test.key)
			}
			if got := test.action.Line(); got != test.line {
				t.Errorf("line %q, want %q", got, test.line)
			}
		})
	}
}

func TestSmallWords(t *testing.T) {
	long := time.Date(2026, 3, 2, 10, 0, 0, 0, time.FixedZone("x", 3600))
	for _, test := range []struct{ got, want string }{
		{when(time.Time{}), "an unknown time"},
		{when(long), "2026-03-02 09:00 UTC"},
		{plural(0, "sprint"), "0 sprints"},
		{plural(1, "sprint"), "1 sprint"},
		{plural(2, "sprint"), "2 sprints"},
		{isAre(1), " is"},
		{isAre(2), " are"},
		{cut("abc", 3), "abc"},
		{cut("abcd", 3), "ab\u2026"},
		{cut("a bc", 3), "a\u2026"},
		{upperFirst(""), ""},
		{upperFirst("the"), "The"},
		{orElse("", "x"), "x"},
		{orElse("y", "x"), "y"},
		{blankBefore(""), ""},
		{blankBefore("x"), " x"},
		{nameOf(Person{ID: "i", Username: "u", Name: "n"}), "n"},
		{nameOf(Person{ID: "i", Username: "u"}), "u"},
		{nameOf(Person{ID: "i"}), "i"},
		{nameOf(Person{}), "an unknown account"},
		{span(90 * time.Minute), "1 h 30 min"},
		{span(4 * time.Hour), "4 h"},
		{span(20 * time.Minute), "20 min"},
		{span(72 * time.Hour), "3 days"},
		{span(49 * time.Hour), "49 h"},
		{actWords("cancel-sprint/100/7"), "close sprint 7"},
		{actWords("delete-sprint/100/7"), "delete sprint 7"},
		{actWords("create-tasks/100/1/a"), "create tasks of the playbook"},
		{actWords("labels/100/+a/-"), "change the labels"},
		{actWords("remember/100"), "store andon's record on this issue (so no sprint is cancelled)"},
		{actWords("say/100/x"), "say"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestIDsAreOrderedByNumber(t *testing.T) {
	ids := []string{"100", "99", "1000", "99"}
	slices.SortFunc(ids, compareIDs)
	if !slices.Equal(ids, []string{"99", "99", "100", "1000"}) {
		t.Errorf("got %v", ids)
	}
	if compareIDs("a", "b") >= 0 || compareIDs("b", "a") <= 0 || compareIDs("a", "a") != 0 {
		t.Error("what is no number is ordered as text")
	}
}

func TestRefusedResolutions(t *testing.T) {
	s := DefaultSettings()
	for name, want := range map[string]bool{
		"Won't Do": true, "won\u2019t do": true, " WON'T FIX ": true, "Duplicate": true, "Cannot Reproduce": true,
		"Done": false, "Fixed": false, "": false, "Won't": false,
	} {
		if got := s.refuses(name); got != want {
			t.Errorf("%q is refused: %v, want %v", name, got, want)
		}
	}
}

func TestLabelsHaveTheirPlaces(t *testing.T) {
	labels := DefaultLabels()
	all := labels.All()
	if len(all) != 11 {
		t.Errorf("%d labels: %v", len(all), all)
	}
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	if len(slices.Compact(sorted)) != len(all) {
		t.Errorf("a label is there twice: %v", all)
	}
	for label, kind := range map[string]Kind{"disaster": "", "disaster-security": Security, "disaster-data": Data, "disaster-accidental": Accidental, "other": ""} {
		if got := labels.Kind(label); got != kind {
			t.Errorf("%s sets %q, want %q", label, got, kind)
		}
	}
}

func TestTaskTypes(t *testing.T) {
	for _, test := range []struct {
		name    string
		typ     IssueType
		subtask string
		linked  bool
	}{
		{"a story gets sub-tasks", IssueType{ID: "1"}, "5", false},
		{"a sub-task gets linked tasks", IssueType{ID: "5", Subtask: true, Level: -1}, "5", true},
		{"an epic gets linked tasks", IssueType{ID: "9", Level: 1}, "5", true},
		{"a project without sub-tasks gets linked tasks", IssueType{ID: "1"}, "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			w.project.Subtask.ID = test.subtask
			w.issues["100"].Type = test.typ
			w.add(po, "100", "disaster")
			for _, a := range w.look(t).acts {
				if c, ok := a.(CreateTasks); ok && (c.Linked != test.linked || test.linked && c.Type != "3" || !test.linked && c.Type != "5") {
					t.Errorf("linked %v, type %s", c.Linked, c.Type)
				}
			}
			settled(t, w)
			w.closeTask("100", "root-cause", "Done")
			if p := w.look(t); p.plan.Frozen {
				t.Error("planning is still frozen")
			}
		})
	}
}

func TestALinkedTaskStaysWhenItsDisasterMoves(t *testing.T) {
	w := newWorld()
	w.project.Subtask.ID = ""
	w.add(po, "100", "disaster")
	w.look(t)
	w.moveTo("100", "20000")
	w.closeTask("100", "root-cause", "Done")
	if p := w.look(t); p.plan.Frozen {
		t.Errorf("the linked root-cause task was closed: %+v", p.plan.States)
	}
}

func TestTheOptionsOfTheRootCause(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*world, *Task)
		frozen bool
		says   string
	}{
		{"closed by somebody else", func(w *world, task *Task) { w.settings.OwnersAccept, task.ClosedBy = true, dev }, true, "was not closed by a Product Owner"},
		{"closed by the Product Owner", func(w *world, task *Task) { w.settings.OwnersAccept, task.ClosedBy = true, po }, false, ""},
		{"closed while the owners cannot be read", func(w *world, task *Task) { w.settings.OwnersAccept, task.ClosedBy, w.unreadable = true, po, "404" }, true, ""},
		{"closed without a word", func(w *world, _ *Task) { w.settings.EvidenceNeeded = true }, true, "nobody has written anything"},
		{"closed without prevention", func(w *world, task *Task) { w.settings.EvidenceNeeded, task.HumanText = true, true }, true, "no prevention issue is linked"},
		{"closed with evidence", func(w *world, task *Task) {
			w.settings.EvidenceNeeded, task.HumanText, task.Prevention = true, true, []string{"SHOP-9"}
		}, false, ""},
		{"closed before the return to service", func(w *world, _ *Task) { w.settings.RestoredNeeded = true }, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.closeTask("100", "root-cause", "Done")
			f := w.facts()
			var root *Task
			for k := range f.Disasters[0].Tasks {
				if f.Disasters[0].Tasks[k].Entry == "root-cause" {
					root = &f.Disasters[0].Tasks[k]
				}
			}
			root.ClosedAt = w.now
			test.change(w, root)
			f.Settings = w.settings
			p := decided(w, f)
			if p.Frozen != test.frozen {
				t.Errorf("frozen %v, %+v", p.Frozen, p.States)
			}
			said := ""
			for _, a := range p.Actions {
				if s, ok := a.(Say); ok {
					said += s.Body
				}
			}
			if !strings.Contains(said, test.says) || test.says == "" && strings.Contains(said, "does not count") {
				t.Errorf("said %q, want %q in it", said, test.says)
			}
		})
	}
}

func TestEmptyPlans(t *testing.T) {
	if !(Plan{}).Empty() || (Plan{Actions: []Action{Say{}}}).Empty() || (Plan{Wants: Wants{People: true}}).Empty() {
		t.Error("a plan is empty without actions and wants only")
	}
	if p := Decide(Facts{Settings: DefaultSettings()}); !p.Empty() || p.Frozen || p.Watched || p.Again != 0 || p.Stage != StageNone {
		t.Errorf("a project without disasters: %+v", p)
	}
}
