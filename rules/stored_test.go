package rules

import (
	"slices"
	"testing"
	"time"
)

// keeping is a disaster whose record knows sprint 11, and facts around it.
func keeping(change func(*dossier, *Sprint)) (*dossier, Facts, Sprint) {
	f := newWorld().facts()
	s := Sprint{ID: 11, Name: "SHOP 2", State: SprintActive, Board: 1, ScopeRead: true, Unfinished: []string{"103", "104"}}
	rec := Record{
		Version: 1,
		Issue:   "100",
		Project: f.Project.ID,
		Round:   1,
		Sprints: []SprintRecord{{ID: 11, Name: "SHOP 2", Board: 1, Why: StartedInFreeze, Issues: []string{"103", "104"}}},
	}
	c := &dossier{
		d:    Disaster{ID: "100", Key: "SHOP-100", ProjectID: f.Project.ID, Record: rec, RecordState: RecordValid},
		rec:  rec.clone(),
		live: true,
	}
	change(c, &s)
	return c, f, s
}

func TestASprintIsUndoneOnlyWhenJiraHoldsWhatItIs(t *testing.T) {
	tests := []struct {
		name   string
		change func(*dossier, *Sprint)
		want   bool
	}{
		{
			name:   "it holds it",
			change: func(*dossier, *Sprint) {},
			want:   true,
		},
		{
			name:   "it does not know the sprint",
			change: func(_ *dossier, s *Sprint) { s.ID = 12 },
			want:   false,
		},
		{
			name:   "the sprint was undone before, and runs again",
			change: func(c *dossier, _ *Sprint) { c.d.Record.Sprints[0].Undone = start },
			want:   false,
		},
		{
			name:   "the record in memory holds more than Jira's",
			change: func(c *dossier, _ *Sprint) { c.d.Unsaved = true },
			want:   false,
		},
		{
			name:   "the record is of another declaration",
			change: func(c *dossier, _ *Sprint) { c.rec.Round = 2 },
			want:   false,
		},
		{
			name:   "the record is of another project",
			change: func(c *dossier, _ *Sprint) { c.d.Record.Project = "20000" },
			want:   false,
		},
		{
			name:   "the record is not believed",
			change: func(c *dossier, _ *Sprint) { c.d.RecordState = RecordDamaged },
			want:   false,
		},
		{
			name:   "the scope was not read again, and an issue may have come in since",
			change: func(_ *dossier, s *Sprint) { s.ScopeRead, s.Unfinished = false, nil },
			want:   false,
		},
		{
			name:   "an issue came in since",
			change: func(_ *dossier, s *Sprint) { s.Unfinished = append(s.Unfinished, "105") },
			want:   false,
		},
		{
			name:   "an issue was finished since",
			change: func(_ *dossier, s *Sprint) { s.Unfinished = s.Unfinished[:1] },
			want:   true,
		},
		{
			name: "the record is full and counts the rest",
			change: func(c *dossier, s *Sprint) {
				c.d.Record.Sprints[0].Issues, c.d.Record.Sprints[0].Cut = []string{"103"}, 1
			},
			want: true,
		},
		{
			name: "the record is full and more came in",
			change: func(c *dossier, s *Sprint) {
				c.d.Record.Sprints[0].Issues, c.d.Record.Sprints[0].Cut = []string{"103"}, 1
				s.Unfinished = []string{"103", "104", "105"}
			},
			want: false,
		},
		{
			name: "a sprint to be deleted whose issues were read again",
			change: func(c *dossier, s *Sprint) {
				s.State, c.d.Record.Sprints[0].Why = SprintFuture, CreatedInFreeze
			},
			want: true,
		},
		{
			name: "a sprint to be deleted whose issues were not read again",
			change: func(c *dossier, s *Sprint) {
				s.State, s.ScopeRead, c.d.Record.Sprints[0].Why = SprintFuture, false, CreatedInFreeze
			},
			want: false,
		},
		{
			name:   "a sprint to be deleted that was remembered as started",
			change: func(_ *dossier, s *Sprint) { s.State = SprintFuture },
			want:   false,
		},
		{
			name:   "a sprint that was to be deleted and has been started",
			change: func(c *dossier, _ *Sprint) { c.d.Record.Sprints[0].Why = CreatedInFreeze },
			want:   false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, f, s := keeping(test.change)
			if got := c.stored(f, s); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestWhatIsRememberedOfASprint(t *testing.T) {
	tests := []struct {
		name   string
		change func(*dossier, *Sprint)
		why    Undoing
		want   SprintRecord
		wants  bool
	}{
		{
			name:   "a sprint seen for the first time",
			change: func(c *dossier, s *Sprint) { c.rec.Sprints, s.Done = nil, 3 },
			why:    StartedInFreeze,
			want:   SprintRecord{ID: 11, Why: StartedInFreeze, Issues: []string{"103", "104"}, Done: 3},
		},
		{
			name:   "a sprint whose issues have not been read",
			change: func(c *dossier, s *Sprint) { c.rec.Sprints, s.ScopeRead = nil, false },
			why:    StartedInFreeze,
			wants:  true,
		},
		{
			name: "a cancelled sprint that was opened again keeps its count and its issues",
			change: func(c *dossier, s *Sprint) {
				old := &c.rec.Sprints[0]
				old.Why, old.Undone, old.Times, old.Issues = AtDeclaration, start, 1, []string{"103", "109"}
			},
			why:  AtDeclaration,
			want: SprintRecord{ID: 11, Why: StartedInFreeze, Times: 1, Issues: []string{"103", "104", "109"}},
		},
		{
			name:   "a sprint that Jira refused to close keeps its reason",
			change: func(c *dossier, _ *Sprint) { c.rec.Sprints[0].Why = AtDeclaration },
			why:    StartedInFreeze,
			want:   SprintRecord{ID: 11, Why: AtDeclaration, Issues: []string{"103", "104"}},
		},
		{
			name:   "a sprint that was created and then started is a started one",
			change: func(c *dossier, _ *Sprint) { c.rec.Sprints[0].Why = CreatedInFreeze },
			why:    StartedInFreeze,
			want:   SprintRecord{ID: 11, Why: StartedInFreeze, Issues: []string{"103", "104"}},
		},
		{
			name: "the old goal is kept where the mark has pushed its end off",
			change: func(c *dossier, s *Sprint) {
				old := string(slices.Repeat([]byte("g"), 255))
				c.rec.Sprints[0].Goal, c.rec.Sprints[0].Undone = old, start
				s.Goal = cancelledGoal("SHOP-100", old)
			},
			why:  StartedInFreeze,
			want: SprintRecord{ID: 11, Why: StartedInFreeze, Issues: []string{"103", "104"}, Goal: string(slices.Repeat([]byte("g"), 255))},
		},
		{
			name:   "a goal is remembered without marks",
			change: func(c *dossier, s *Sprint) { c.rec.Sprints, s.Goal = nil, "CANCELLED by SHOP-9: sell" },
			why:    StartedInFreeze,
			want:   SprintRecord{ID: 11, Why: StartedInFreeze, Issues: []string{"103", "104"}, Goal: "sell"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, f, s := keeping(test.change)
			w := &work{f: f}
			w.keep(c, s, test.why)
			if test.wants {
				if !slices.Equal(w.wants.Scopes, []int64{11}) || len(c.rec.Sprints) != 0 || c.mustRemember {
					t.Errorf("wants %v, remembered %+v", w.wants.Scopes, c.rec.Sprints)
				}
				return
			}
			got, ok := c.rec.sprint(11)
			if !ok || !c.mustRemember || !got.At.Equal(f.Now) || !got.Undone.IsZero() || got.Board != 1 || got.Name != "SHOP 2" {
				t.Fatalf("remembered %+v", got)
			}
			if got.Why != test.want.Why || got.Times != test.want.Times || !slices.Equal(got.Issues, test.want.Issues) || got.Goal != test.want.Goal || got.Done != test.want.Done {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestWhenASprintCountsAsUndone(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Facts)
		want   bool
	}{
		{"it is gone from the lists", func(*Facts) {}, true},
		{"it is still there", func(f *Facts) { f.Sprints = append(f.Sprints, Sprint{ID: 60, State: SprintActive, Board: 1}) }, false},
		{"its board cannot be read", func(f *Facts) { f.Boards[0].Unreadable = true }, false},
		{"another board cannot be read", func(f *Facts) { f.Boards[1].Unreadable = true }, true},
		{"its board is gone", func(f *Facts) { f.Boards = f.Boards[1:] }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newWorld().facts()
			test.change(&f)
			w := &work{f: f}
			if got := w.undone(SprintRecord{ID: 60, Board: 1}); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestUnion(t *testing.T) {
	for _, test := range []struct{ first, second, want []string }{
		{nil, nil, nil},
		{[]string{"a"}, nil, []string{"a"}},
		{nil, []string{"a"}, []string{"a"}},
		{[]string{"b", "a"}, []string{"a", "c"}, []string{"b", "a", "c"}},
	} {
		if got := union(test.first, test.second); !slices.Equal(got, test.want) {
			t.Errorf("%v and %v give %v", test.first, test.second, got)
		}
	}
}

func TestAnotherDisasterKeepsTheSprintWhereTheFirstCannotBeWritten(t *testing.T) {
	w := declaredWorld(t)
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	w.tick(time.Minute)
	w.find(11).State = SprintActive
	w.refuse["remember/100"] = Failure{Text: "no", Final: true}
	w.look(t)
	if s := w.find(11); s.State != SprintClosed || s.Goal != "CANCELLED by SHOP-200:" {
		t.Errorf("the sprint is %s, goal %q", s.State, s.Goal)
	}
	first, _ := w.recordOf("100")
	second, _ := w.recordOf("200")
	if _, ok := first.sprint(11); ok {
		t.Error("the first record could not be written, and holds the sprint")
	}
	if e, ok := second.sprint(11); !ok || e.Why != StartedInFreeze {
		t.Errorf("the second record holds %+v", e)
	}
}

func TestADeclarationCancelsWhatARebuiltRecordSpares(t *testing.T) {
	w := declaredWorld(t)
	w.find(11).State = SprintActive
	w.issues["100"].state = RecordDamaged
	w.look(t)
	if w.find(11).State != SprintActive {
		t.Fatal("the rebuilt record should spare the sprint")
	}
	w.issue("200", dev)
	w.add(po, "200", "disaster")
	w.look(t)
	rec, _ := w.recordOf("200")
	if e, ok := rec.sprint(11); w.find(11).State != SprintClosed || !ok || e.Why != AtDeclaration {
		t.Errorf("the sprint is %s, remembered as %+v", w.find(11).State, e)
	}
}

func TestWhatWasSparedIsSparedThroughARelapse(t *testing.T) {
	w := declaredWorld(t)
	w.find(11).State = SprintActive
	w.issues["100"].state = RecordDamaged
	w.look(t)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.reopenTask("100", "root-cause")
	if p := w.look(t); !p.plan.Frozen || w.find(11).State != SprintActive {
		t.Errorf("frozen %v, sprint %s", p.plan.Frozen, w.find(11).State)
	}
}
