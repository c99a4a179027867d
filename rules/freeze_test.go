package rules

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// frozenFacts are facts in which SHOP-100 has frozen planning for an hour: sprint 10 was
// active then, 50 was the highest id, board 1 was in scope.
func frozenFacts(sprints ...Sprint) Facts {
	f := newWorld().facts()
	f.Now = start.Add(time.Hour)
	f.People = People{Source: "role", Read: true, ProductOwners: []Person{po}}
	f.Boards = append(f.Boards, Board{ID: 4, Name: "simple", Type: "simple", ProjectID: "10000", ProjectKey: "SHOP"},
		Board{ID: 5, Unreadable: true}, Board{ID: 6, Name: "flow", Type: "kanban", ProjectID: "10000", ProjectKey: "SHOP"})
	f.Sprints, f.Disasters = sprints, []Disaster{frozenBy("100", start)}
	f.Memory.Disasters = []string{"100"}
	return f
}

// frozenBy is an issue whose record Jira holds and that has frozen planning since a moment.
func frozenBy(id string, since time.Time) Disaster {
	return Disaster{ID: id, Key: "SHOP-" + id, ProjectID: "10000", Creator: dev, Created: since, Labels: []string{"disaster"},
		History:     []LabelChange{{ID: "c" + id, At: since, By: po, Added: []string{"disaster"}}},
		RecordState: RecordValid,
		Record: Record{Version: RecordVersion, Issue: id, Project: "10000", Round: 1,
			Declared: Declaration{By: po, Label: "disaster", At: since, Change: "c" + id, Judged: since, Source: "role"},
			Baseline: Baseline{Number: 1, Since: since, Sprint: 50, Boards: []int64{1}, Active: []int64{10}}}}
}

// undoings says in short what a decision does about sprints: which scopes it wants, which
// sprints it remembers anew, and which it undoes.
func undoings(f Facts) []string {
	var out []string
	p := Decide(f)
	for _, id := range p.Wants.Scopes {
		out = append(out, fmt.Sprintf("read %d", id))
	}
	for _, a := range p.Actions {
		switch a := a.(type) {
		case Remember:
			i := slices.IndexFunc(f.Disasters, func(d Disaster) bool { return d.ID == a.Disaster })
			for _, s := range a.Record.Sprints {
				if old, ok := f.Disasters[i].Record.sprint(s.ID); (!ok || !cmp.Equal(old, s)) && p.Stage == StageRemember {
					out = append(out, fmt.Sprintf("remember %d (%s) on %s", s.ID, s.Why, a.Disaster))
				}
			}
		case CancelSprint:
			out = append(out, fmt.Sprintf("cancel %d for %s", a.Sprint, a.Disaster))
		case DeleteSprint:
			out = append(out, fmt.Sprintf("delete %d for %s", a.Sprint, a.Disaster))
		}
	}
	return out
}

// remembered gives the record of SHOP-100 an entry for a sprint.
func remembered(f Facts, id int64, why Undoing, issues ...string) Facts {
	return f.with("100", func(d *Disaster) {
		d.Record = d.Record.clone()
		d.Record.Sprints = append(d.Record.Sprints, SprintRecord{ID: id, Name: "old", Board: 1, Why: why, At: start, Issues: issues})
	})
}

func TestWhatIsDoneAboutASprintInAFreeze(t *testing.T) {
	active := func(id, board int64) Sprint {
		return Sprint{ID: id, Name: "s", State: SprintActive, Board: board, ScopeRead: true, Unfinished: []string{"1", "2"}}
	}
	future := func(id, board int64) Sprint { s := active(id, board); s.State = SprintFuture; return s }
	unread := func(s Sprint) Sprint { s.ScopeRead, s.Unfinished = false, nil; return s }
	holding := func(s Sprint, ids ...string) Sprint { s.HoldsDisaster = ids; return s }
	created := func(s Sprint, at time.Time) Sprint { s.Created = at; return s }
	tests := []struct {
		name   string
		sprint Sprint
		change func(Facts) Facts
		want   []string
	}{
		{"one that was active at the declaration is read first", unread(active(10, 1)), nil, l("read 10")},
		{"then it is remembered", active(10, 1), nil, l("remember 10 (declaration) on 100")},
		{"only then it is cancelled", active(10, 1), func(f Facts) Facts { return remembered(f, 10, AtDeclaration, "1", "2") }, l("cancel 10 for 100")},
		{"before it is cancelled it is read again in every pass", unread(active(10, 1)), func(f Facts) Facts { return remembered(f, 10, AtDeclaration, "1", "2") }, l("read 10")},
		{"one to which an issue came since it was remembered is remembered again", active(10, 1), func(f Facts) Facts { return remembered(f, 10, AtDeclaration, "1") }, l("remember 10 (declaration) on 100")},
		{"one that lost an issue since it was remembered is cancelled", active(10, 1), func(f Facts) Facts { return remembered(f, 10, AtDeclaration, "1", "2", "3") }, l("cancel 10 for 100")},
		{"one that was started since", active(20, 1), nil, l("remember 20 (started) on 100")},
		{"one that was created and started since", active(60, 1), nil, l("remember 60 (started) on 100")},
		{"one that was started on a team-managed board", active(60, 4), nil, l("remember 60 (started) on 100")},
		{"one that was started on another board of the project", active(60, 6), nil, l("remember 60 (started) on 100")},
		{"one that was planned before is left alone", future(50, 1), nil, nil},
		{"one that was created since is read first", unread(future(51, 1)), nil, l("read 51")},
		{"then it is remembered too", future(51, 1), nil, l("remember 51 (created) on 100")},
		{"only then it is deleted", future(51, 1), func(f Facts) Facts { return remembered(f, 51, CreatedInFreeze, "1", "2") }, l("delete 51 for 100")},
		{"before it is deleted it is read again in every pass", unread(future(51, 1)), func(f Facts) Facts { return remembered(f, 51, CreatedInFreeze, "1", "2") }, l("read 51")},
		{"one that was remembered as created and runs now is remembered as started", active(51, 1), func(f Facts) Facts { return remembered(f, 51, CreatedInFreeze, "1", "2") }, l("remember 51 (started) on 100")},
		{"one that was created on a board that came into scope later is left alone on Data Center", future(51, 4), nil, nil},
		{"Cloud's creation date convicts it there", created(future(51, 4), start.Add(time.Minute)), nil, l("remember 51 (created) on 100")},
		{"Cloud's creation date acquits a higher id", created(future(51, 1), start.Add(-time.Hour)), nil, nil},
		{"a creation date alone convicts nobody", created(future(49, 1), start.Add(time.Minute)), nil, nil},
		{"one of another project's board", active(20, 2), nil, nil},
		{"one of another project's board that holds the disaster", holding(active(10, 2), "100"), nil, nil},
		{"one of an unreadable board", active(20, 5), nil, nil},
		{"one of an unreadable board that was active at the declaration", active(10, 5), nil, nil},
		{"one of a board that nobody knows", active(20, 99), nil, nil},
		{"an orphaned one", active(10, 0), nil, nil},
		{"one of a personal board", active(20, 3), nil, nil},
		{"one of a personal board that held the disaster at the declaration", holding(active(10, 3), "100"), nil, l("remember 10 (declaration) on 100")},
		{"one of a personal board into which the disaster was put since", holding(active(20, 3), "100"), nil, nil},
		{"a personal sprint that held it then and holds it no more", active(10, 3), nil, nil},
		{"a personal future sprint that holds it", holding(future(51, 3), "100"), nil, nil},
		{"another project's board that the operator names", active(20, 2), func(f Facts) Facts { f.Settings.Boards = []int64{2}; return f }, l("remember 20 (started) on 100")},
		{"an unreadable board that the operator names", active(20, 5), func(f Facts) Facts { f.Settings.Boards = []int64{5}; return f }, l("remember 20 (started) on 100")},
		{"the project's own board that the operator leaves out", active(10, 1), func(f Facts) Facts { f.Settings.Boards = []int64{2}; return f }, nil},
		{"an orphaned one cannot be named", active(10, 0), func(f Facts) Facts { f.Settings.Boards = []int64{0}; return f }, nil},
		{"a spared one", active(20, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Baseline.Spared = []int64{20} })
		}, nil},
		{"a spared one, even where it was active", active(10, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Baseline.Spared = []int64{10} })
		}, nil},
		{"one that ran again after it was cancelled", active(10, 1), func(f Facts) Facts {
			return remembered(f, 10, AtDeclaration, "1", "2").with("100", func(d *Disaster) { d.Record.Sprints[0].Undone = start })
		}, l("remember 10 (started) on 100")},
		{"one whose issues cannot be read", func() Sprint { s := unread(active(10, 1)); s.ScopeUnreadable = "403"; return s }(), nil, nil},
		{"one whose issues cannot be read any more, though it is remembered", func() Sprint { s := unread(active(10, 1)); s.ScopeUnreadable = "403"; return s }(),
			func(f Facts) Facts { return remembered(f, 10, AtDeclaration, "1") }, nil},
		{"nothing while the history contradicts the labels", active(10, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Labels = nil })
		}, nil},
		{"nothing for a record that Jira has not stored", active(10, 1), func(f Facts) Facts {
			return remembered(f, 10, AtDeclaration, "1", "2").with("100", func(d *Disaster) { d.Unsaved = true })
		}, l("remember 10 (declaration) on 100")},
		{"nothing where the record cannot be written", active(10, 1), func(f Facts) Facts {
			return Failing(f, Remember{Disaster: "100"}, Failure{Text: "403", Final: true})
		}, nil},
		{"what is stored already is cancelled where the record cannot be written any more", active(10, 1), func(f Facts) Facts {
			return Failing(remembered(f, 10, AtDeclaration, "1", "2"), Remember{Disaster: "100"}, Failure{Text: "403"})
		}, l("cancel 10 for 100")},
		{"what Jira refused to cancel waits for the next look", active(10, 1), func(f Facts) Facts {
			return Failing(remembered(f, 10, AtDeclaration, "1", "2"), CancelSprint{Disaster: "100", Sprint: 10}, Failure{Text: "403"})
		}, nil},
		{"nothing after the withdrawal", active(10, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Withdrawn = &Ending{At: start.Add(time.Minute), By: po} })
		}, nil},
		{"nothing after the release", active(20, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) {
				d.Record.Released = &Ending{At: start.Add(time.Minute)}
				d.Tasks = []Task{{ID: "9", Key: "SHOP-9", Entry: "root-cause", Round: 1, ProjectID: "10000", ParentID: "100", Status: Status{Category: CategoryDone}}}
			})
		}, nil},
		{"nothing for an issue that cannot be read", active(10, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Unreadable = "404" })
		}, nil},
		{"nothing for a record of another project", active(10, 1), func(f Facts) Facts {
			return f.with("100", func(d *Disaster) { d.Record.Project = "20000" })
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := frozenFacts(test.sprint)
			if test.change != nil {
				f = test.change(f)
			}
			if got := undoings(f); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSprintsThatAreLeftAloneAreTold(t *testing.T) {
	for _, test := range []struct {
		name   string
		sprint Sprint
		code   string
	}{
		{"another project's", Sprint{ID: 20, State: SprintActive, Board: 2}, "board-of-other-project"},
		{"another project's future one is nobody's business", Sprint{ID: 20, State: SprintFuture, Board: 2}, ""},
		{"an unreadable board's", Sprint{ID: 20, State: SprintActive, Board: 5}, "board-unreadable"},
		{"a personal one", Sprint{ID: 20, State: SprintActive, Board: 3}, "board-of-nobody"},
		{"a personal one into which the disaster was put since", Sprint{ID: 20, State: SprintActive, Board: 3, HoldsDisaster: []string{"100"}}, "board-of-nobody"},
		{"an orphaned one", Sprint{ID: 20, State: SprintActive}, "no-origin-board"},
		{"one whose issues cannot be read", Sprint{ID: 20, State: SprintActive, Board: 1, ScopeUnreadable: "403"}, "scope-unreadable"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := Decide(frozenFacts(test.sprint))
			var codes []string
			for _, n := range p.Notices {
				codes = append(codes, n.Code)
			}
			if test.code == "" && len(codes) > 0 || test.code != "" && !slices.Equal(codes, []string{test.code}) {
				t.Errorf("told %q, want %q", codes, test.code)
			}
		})
	}
}

func TestTwoDisastersShareTheWork(t *testing.T) {
	s := Sprint{ID: 20, Name: "s", State: SprintActive, Board: 1, ScopeRead: true, Unfinished: []string{"1"}}
	personal := Sprint{ID: 10, Name: "p", State: SprintActive, Board: 3, HoldsDisaster: []string{"100", "200"}, ScopeRead: true}
	fail := func(f Facts, id string) Facts { return Failing(f, Remember{Disaster: id}, Failure{Text: "403"}) }
	for _, test := range []struct {
		name   string
		sprint Sprint
		change func(Facts) Facts
		want   []string
	}{
		{"the one declared first remembers, whatever its id", s, func(f Facts) Facts { return f }, l("remember 20 (started) on 200")},
		{"where its record cannot be written the other one does", s, func(f Facts) Facts { return fail(f, "200") }, l("remember 20 (started) on 100")},
		{"where neither can be written nothing is done", s, func(f Facts) Facts { return fail(fail(f, "100"), "200") }, nil},
		{"one whose label vanished without a trace leaves it to the other", s, func(f Facts) Facts {
			return f.with("200", func(d *Disaster) { d.Labels = nil })
		}, l("remember 20 (started) on 100")},
		{"one that is withdrawn leaves it to the other", s, func(f Facts) Facts {
			return f.with("200", func(d *Disaster) { d.Record.Withdrawn = &Ending{At: start.Add(time.Minute), By: po} })
		}, l("remember 20 (started) on 100")},
		{"what the first one spares the other one undoes", s, func(f Facts) Facts {
			return f.with("200", func(d *Disaster) { d.Record.Baseline.Spared = []int64{20} })
		}, l("remember 20 (started) on 100")},
		{"a personal sprint goes with the disaster that it held", personal, func(f Facts) Facts {
			return f.with("200", func(d *Disaster) { d.Record.Baseline.Active = nil })
		}, l("remember 10 (declaration) on 100")},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := frozenFacts(test.sprint)
			f.Disasters = append(f.Disasters, frozenBy("200", start.Add(-time.Hour)))
			f.Memory.Disasters = []string{"100", "200"}
			if got := undoings(test.change(f)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
