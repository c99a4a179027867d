package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// stateOf is the state of a disaster in a plan.
func stateOf(t *testing.T, p Plan, id string) State {
	t.Helper()
	for _, s := range p.States {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("the plan says nothing about %s", id)
	return State{}
}

// decided reads what is wanted until the plan says what to do.
func decided(w *world, f Facts) Plan {
	for range 5 {
		p := Decide(f)
		if p.Wants.Empty() {
			return p
		}
		f = w.fulfil(f, p.Wants)
	}
	return Plan{}
}

// declaredWorld is the world after a declaration and everything that follows from it.
func declaredWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(time.Minute)
	return w
}

func TestHardCases(t *testing.T) {
	tests := []struct {
		name   string
		change func(*testing.T, *world, *Facts)
		phase  Phase
		frozen bool
		code   string
		acts   []string // the beginnings of the keys of what is done next
		notice string
	}{
		{
			name:   "nothing has happened",
			change: func(*testing.T, *world, *Facts) {},
			phase:  PhaseRecovering, frozen: true, code: "declared", notice: "board-of-other-project",
		},
		{
			name: "an issue whose open record belongs to another project keeps that project's freeze only",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0].Record.Project, f.Memory.Disasters = "20000", nil
			},
			phase: PhaseNone, frozen: false, code: "moved-here", notice: "moved-here",
		},
		{
			name: "an issue whose ended record belongs to another project is judged like any other",
			change: func(_ *testing.T, w *world, f *Facts) {
				d := &f.Disasters[0]
				d.Record.Project, d.Record.Released = "20000", &Ending{At: w.now}
				f.Memory.Disasters = nil
			},
			phase: PhaseNone, frozen: false, code: "story-ended",
		},
		{
			name:   "a remembered disaster that nobody has read freezes",
			change: func(_ *testing.T, _ *world, f *Facts) { f.Disasters = nil },
			phase:  PhaseUnreadable, frozen: true, code: "issue-unreadable", notice: "issue-unreadable",
		},
		{
			name: "an issue that vanished without having been open freezes nothing",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0], f.Memory.Disasters = Disaster{ID: "100", Unreadable: "404"}, nil
			},
			phase: PhaseNone, frozen: false, code: "issue-gone",
		},
		{
			name: "an issue that vanished and was seen frozen holds, though the project's list is lost",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0], f.Memory.Disasters = Disaster{ID: "100", Unreadable: "404", WasFrozen: true}, nil
			},
			phase: PhaseUnreadable, frozen: true, code: "issue-unreadable", notice: "issue-unreadable",
		},
		{
			name:   "a record of a later version holds the freeze of a listed disaster, and nothing is done",
			change: func(_ *testing.T, _ *world, f *Facts) { f.Disasters[0].RecordState = RecordNewer },
			phase:  PhaseUnreadable, frozen: true, code: "record-newer", notice: "record-newer",
		},
		{
			name: "a record of a later version on an issue that is not listed freezes nothing",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0].RecordState, f.Memory.Disasters, f.Disasters[0].WasFrozen = RecordNewer, nil, false
			},
			phase: PhaseUnreadable, frozen: false, code: "record-newer", notice: "record-newer",
		},
		{
			name: "a record of a later version holds where there is no list to ask",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0].RecordState, f.Memory = RecordNewer, ProjectMemory{Unreadable: "404"}
			},
			phase: PhaseUnreadable, frozen: true, code: "record-newer", notice: "record-newer",
		},
		{
			name: "a label that is off without a trace in the history is put back by nobody, and nothing is undone",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0].Labels = nil
				f.Sprints[0].State = SprintActive
			},
			phase: PhaseRecovering, frozen: true, code: "declared", notice: "history-contradicts",
		},
		{
			name: "a sprint whose issues Jira does not list is not undone",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Sprints[0].State, f.Sprints[0].ScopeUnreadable = SprintActive, "400"
			},
			phase: PhaseRecovering, frozen: true, code: "declared", notice: "scope-unreadable",
		},
		{
			name: "a sprint that was started is remembered before anything else",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Sprints[0].State = SprintActive
			},
			phase: PhaseRecovering, frozen: true, code: "declared", acts: []string{"remember/100"},
		},
		{
			name: "two root-cause tasks: the older one is open, so the closed younger one frees nothing",
			change: func(_ *testing.T, w *world, f *Facts) {
				twin := Task{ID: "999999", Entry: "root-cause", Round: 1, ProjectID: w.project.ID, ParentID: "100", Status: Status{Category: CategoryDone}}
				f.Disasters[0].Tasks = append([]Task{twin}, f.Disasters[0].Tasks...)
			},
			phase: PhaseRecovering, frozen: true, code: "declared",
		},
		{
			name: "a root-cause task that was moved away is missing, whatever its state",
			change: func(_ *testing.T, _ *world, f *Facts) {
				for k := range f.Disasters[0].Tasks {
					if task := &f.Disasters[0].Tasks[k]; task.Entry == "root-cause" {
						task.ProjectID, task.Status.Category = "20000", CategoryDone
					}
				}
			},
			phase: PhaseRecovering, frozen: true, code: "declared", acts: []string{"create-tasks/100/1/root-cause"},
		},
		{
			name: "a root-cause task that hangs on another issue by now is missing",
			change: func(_ *testing.T, _ *world, f *Facts) {
				for k := range f.Disasters[0].Tasks {
					if task := &f.Disasters[0].Tasks[k]; task.Entry == "root-cause" {
						task.ParentID, task.Status.Category = "101", CategoryDone
					}
				}
			},
			phase: PhaseRecovering, frozen: true, code: "declared", acts: []string{"create-tasks/100/1/root-cause"},
		},
		{
			name: "tasks of an earlier declaration do not count",
			change: func(_ *testing.T, _ *world, f *Facts) {
				for k := range f.Disasters[0].Tasks {
					f.Disasters[0].Tasks[k].Round, f.Disasters[0].Tasks[k].Status.Category = 0, CategoryDone
				}
			},
			phase: PhaseRecovering, frozen: true, code: "declared", acts: []string{"create-tasks/100/1/inform+contain"},
		},
		{
			name: "a closed disaster issue decides nothing",
			change: func(_ *testing.T, _ *world, f *Facts) {
				f.Disasters[0].Status = Status{Name: "Done", Category: CategoryDone}
			},
			phase: PhaseRecovering, frozen: true, code: "declared",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			f := w.facts()
			test.change(t, w, &f)
			p := decided(w, f)
			s := stateOf(t, p, "100")
			if s.Phase != test.phase || s.Frozen != test.frozen || s.Reason.Code != test.code || p.Frozen != test.frozen {
				t.Errorf("got %s, frozen %v, %s: %s", s.Phase, s.Frozen, s.Reason.Code, s.Reason.Text)
			}
			noticed := slices.ContainsFunc(p.Notices, func(r Reason) bool { return r.Code == test.notice })
			if test.notice != "" && !noticed {
				t.Errorf("the log should tell of %s, got %+v", test.notice, p.Notices)
			}
			for i, a := range p.Actions {
				_, cancels := a.(CancelSprint)
				_, deletes := a.(DeleteSprint)
				if cancels || deletes {
					t.Errorf("undoes %s", a.Key())
				}
				if test.acts != nil && (i >= len(test.acts) || !strings.HasPrefix(a.Key(), test.acts[i])) {
					t.Errorf("does %s", a.Key())
				}
			}
			if len(p.Actions) < len(test.acts) {
				t.Errorf("does only %d of %v", len(p.Actions), test.acts)
			}
		})
	}
}

func TestALostRecordOfAResolvedDisasterStaysInPeace(t *testing.T) {
	w := declaredWorld(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.seen = map[string]bool{}
	w.issues["100"].state = RecordDamaged
	p := w.look(t)
	if len(p.acts) != 0 || stateOf(t, p.plan, "100").Phase != PhaseResolved || p.plan.Frozen {
		t.Errorf("did %v, %+v", p.lines, p.plan.States)
	}
	w.sprint(60, "next", SprintActive, 1)
	if p := w.look(t); len(p.acts) != 0 {
		t.Errorf("a running sprint made it act: %v", p.lines)
	}
}

func TestALostRecordOfAResolvedDisasterDoesNotStopANewDeclaration(t *testing.T) {
	w := declaredWorld(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.seen = map[string]bool{}
	w.issues["100"].state = RecordDamaged
	w.tick(time.Minute)
	w.take(po, "100", "disaster")
	w.add(po, "100", "disaster")
	p := w.look(t)
	rec, _ := w.recordOf("100")
	if stateOf(t, p.plan, "100").Phase != PhaseRecovering || rec.Round != 2 || !rec.Rebuilt.IsZero() {
		t.Errorf("round %d, rebuilt %v, %+v", rec.Round, rec.Rebuilt, p.plan.States)
	}
}

func TestALostRecordWithoutAProductOwnersWordIsNotRebuilt(t *testing.T) {
	w := declaredWorld(t)
	w.memory, w.seen, w.issues["100"].state = nil, map[string]bool{}, RecordDamaged
	w.owners = []Person{sm}
	p := w.look(t)
	if p.plan.Frozen || stateOf(t, p.plan, "100").Phase != PhaseProposed {
		t.Errorf("frozen %v, %+v", p.plan.Frozen, p.plan.States)
	}
}

func TestALostRecordIsKeptFrozenByWhatTheProcessSaw(t *testing.T) {
	w := declaredWorld(t)
	w.memory, w.writable, w.issues["100"].state = nil, false, RecordDamaged
	w.owners = []Person{sm}
	w.find(11).State = SprintActive
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); !s.Frozen || s.Phase != PhaseUnreadable || s.Reason.Code != "record-lost" || len(p.acts) > 0 {
		t.Errorf("got %+v, did %v", s, p.lines)
	}
	w.owners = []Person{po}
	if p := w.look(t); stateOf(t, p.plan, "100").Phase != PhaseRecovering || w.find(11).State != SprintActive {
		t.Errorf("rebuilt, the sprint of now should be spared: %v", p.lines)
	}
}

func TestALostRecordThatIsOnlyHeldProvesNoFreeze(t *testing.T) {
	w := declaredWorld(t)
	w.memory, w.kept, w.seen, w.issues["100"].state = nil, nil, map[string]bool{}, RecordDamaged
	w.owners, w.unreadable = []Person{sm}, "403"
	held := func(when string) {
		t.Helper()
		if p := w.look(t); !p.plan.Frozen || !stateOf(t, p.plan, "100").Doubted || len(p.acts) > 0 {
			t.Fatalf("%s it is not held: %+v, did %v", when, p.plan.States, p.lines)
		}
	}
	held("while the owners cannot be read")
	w.issues["100"].hidden = true
	held("once the issue is hidden as well")
	w.unreadable = ""
	held("while the issue is hidden")
	w.issues["100"].hidden = false
	if p := w.look(t); p.plan.Frozen || stateOf(t, p.plan, "100").Phase != PhaseProposed {
		t.Errorf("no Product Owner has declared it: frozen %v, %+v", p.plan.Frozen, p.plan.States)
	}
}

func TestALostRecordWaitsForTheOwners(t *testing.T) {
	w := declaredWorld(t)
	w.issues["100"].state, w.unreadable = RecordDamaged, "404"
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); !s.Frozen || s.Reason.Code != "record-lost" || len(p.acts) > 0 {
		t.Errorf("got %+v, did %v", s, p.lines)
	}
}

func TestAWithdrawalIsSeenThroughALostRecord(t *testing.T) {
	w := declaredWorld(t)
	w.issues["100"].state = RecordAbsent
	w.take(po, "100", "disaster")
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); s.Phase != PhaseWithdrawn || p.plan.Frozen || len(w.memory) > 0 {
		t.Errorf("got %+v, memory %v, did %v", s, w.memory, p.lines)
	}
}

func TestARemovalBySomebodyElseIsPutBackThroughALostRecord(t *testing.T) {
	w := declaredWorld(t)
	w.issues["100"].state = RecordAbsent
	w.take(dev, "100", "disaster")
	p := w.look(t)
	if !p.plan.Frozen || !slices.Contains(w.issues["100"].Labels, "disaster") {
		t.Errorf("labels %v, did %v", w.issues["100"].Labels, p.lines)
	}
}

func TestTheDeclarationOfARebuiltRecordIsTheProductOwners(t *testing.T) {
	w := newWorld()
	w.add(dev, "100", "disaster-data")
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(30 * time.Hour)
	w.add(dev, "100", "disaster-security")
	w.issues["100"].state = RecordDamaged
	w.look(t)
	rec, _ := w.recordOf("100")
	if rec.Declared.By.ID != "po" || rec.Declared.Label != "disaster" || rec.Declared.Source != "rebuilt" || rec.Rebuilt.IsZero() {
		t.Errorf("declared: %+v", rec.Declared)
	}
}

func TestAWithdrawnDisasterWhoseRecordIsLostIsNotRebuilt(t *testing.T) {
	w := declaredWorld(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.add(dev, "100", "disaster")
	w.seen, w.issues["100"].state = map[string]bool{}, RecordDamaged
	if p := w.look(t); p.plan.Frozen || stateOf(t, p.plan, "100").Phase != PhaseProposed {
		t.Errorf("frozen %v, %+v", p.plan.Frozen, p.plan.States)
	}
}

func TestARemovalThatWasAnsweredIsNotJudgedAgain(t *testing.T) {
	w := declaredWorld(t)
	w.take(dev, "100", "disaster")
	w.look(t)
	w.owners = []Person{po, dev} // he is promoted afterwards
	if p := w.look(t); !p.plan.Frozen || stateOf(t, p.plan, "100").Phase != PhaseRecovering {
		t.Errorf("an old removal withdraws: %+v", p.plan.States)
	}
}

func TestTheNextDeclarationCountsOnThoughItsTasksAreGone(t *testing.T) {
	w := declaredWorld(t)
	w.take(po, "100", "disaster")
	w.look(t)
	for id, i := range w.issues {
		if i.mark != nil {
			delete(w.issues, id)
		}
	}
	w.add(po, "100", "disaster")
	w.look(t)
	if rec, _ := w.recordOf("100"); rec.Round != 2 {
		t.Errorf("it is declaration %d, want 2", rec.Round)
	}
}

func TestNothingIsUndoneWhileLabelsAndHistoryContradict(t *testing.T) {
	w := newWorld()
	w.refuse["cancel-sprint/"] = Failure{Text: "no"}
	w.add(po, "100", "disaster")
	w.look(t)
	f := w.facts()
	f.Disasters[0].Labels = nil
	p := decided(w, f)
	if len(p.Actions) > 0 || !p.Frozen {
		t.Errorf("frozen %v, does %+v", p.Frozen, p.Actions)
	}
	if p := decided(w, w.facts()); len(p.Actions) != 1 || p.Stage != StageStop {
		t.Errorf("without the contradiction it would cancel: %+v", p.Actions)
	}
}
