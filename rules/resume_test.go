package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// resumable is a world whose sprint 10 had eight days left when it was cancelled, and
// whose planning is free again.
func resumable(t *testing.T, end string) *world {
	t.Helper()
	w := newWorld()
	w.find(10).issues = []string{"101", "102", "104"}
	w.find(10).Start, w.find(10).End = start.Add(-6*24*time.Hour), start.Add(8*24*time.Hour)
	w.scene(t, "po labels SHOP-100 disaster")
	w.scene(t, end)
	return w
}

// named are the sprints of a name that are not closed.
func named(w *world, name string) []*wsprint {
	var out []*wsprint
	for _, s := range w.sprints {
		if s.Name == name && s.State != SprintClosed {
			out = append(out, s)
		}
	}
	return out
}

// onlyNamed is the one sprint of a name that is not closed.
func onlyNamed(t *testing.T, w *world, name string) *wsprint {
	t.Helper()
	all := named(w, name)
	if len(all) != 1 {
		t.Fatalf("there are %d open sprints %q, want one", len(all), name)
	}
	return all[0]
}

const (
	causeClosed = "dev closes root-cause of SHOP-100"
	withdrawn   = "po unlabels SHOP-100 disaster"
	resumes     = "po labels SHOP-100 sprint-resume"
)

func TestTheSuccessorTakesUpWhereTheSprintWasCancelled(t *testing.T) {
	for name, end := range map[string]string{"after the release": causeClosed, "after a withdrawal": withdrawn} {
		t.Run(name, func(t *testing.T) {
			w := resumable(t, end)
			w.finished = []string{"102"}
			w.scene(t, resumes)
			s := onlyNamed(t, w, "SHOP 1")
			if s.State != SprintFuture || s.Board != 1 || s.Goal != "sell more" || !slices.Equal(s.issues, []string{"101", "104"}) {
				t.Errorf("the successor is %s on board %d with goal %q and %v", s.State, s.Board, s.Goal, s.issues)
			}
			if s.End.Sub(s.Start) != 8*24*time.Hour || s.Start.Before(start) {
				t.Errorf("it goes from %v to %v, and eight days were left", s.Start, s.End)
			}
			said := strings.Join(bodies(w, "resumed"), "\n")
			for _, want := range []string{"follows sprint 10: 2 open issues, 8 days left; 1 left out", "Nothing was started"} {
				if !strings.Contains(said, want) {
					t.Errorf("%q is missing in %q", want, said)
				}
			}
			settled(t, w)
		})
	}
}

func TestWhatGoesIntoTheSuccessor(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(w *world)
		want   []string
	}{
		{"everything, in the old order", func(*world) {}, []string{"101", "102", "104"}},
		{"nothing that is done since", func(w *world) { w.finished = []string{"101", "104"} }, []string{"102"}},
		{"nothing that is planned elsewhere by now", func(w *world) { w.find(11).issues = append(w.find(11).issues, "102") }, []string{"101", "104"}},
		{"nothing at all where everything is done", func(w *world) { w.finished = []string{"101", "102", "104"} }, nil},
		{"nothing that cannot be read", func(w *world) { w.find(10).issues = []string{"104"} }, []string{"104"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := resumable(t, causeClosed)
			c.change(w)
			w.scene(t, resumes)
			if s := onlyNamed(t, w, "SHOP 1"); !slices.Equal(s.issues, c.want) {
				t.Errorf("got %v, want %v", s.issues, c.want)
			}
			settled(t, w)
		})
	}
}

func TestWhenThereIsNoSuccessor(t *testing.T) {
	for _, c := range []struct {
		name string
		acts []string
	}{
		{"as long as planning is frozen", []string{"po labels SHOP-100 disaster", resumes}},
		{"while another disaster freezes planning", []string{"po labels SHOP-100 disaster", "po labels SHOP-200 disaster", causeClosed, resumes}},
		{"for anybody but the Product Owner", []string{"po labels SHOP-100 disaster", causeClosed, "dev labels SHOP-100 sprint-resume"}},
		{"for andon's own account", []string{"po labels SHOP-100 disaster", causeClosed, "andon labels SHOP-100 sprint-resume"}},
		{"for a wish that was taken back in the freeze", []string{"po labels SHOP-100 disaster", resumes, "po unlabels SHOP-100 sprint-resume", causeClosed}},
		{"for a wish from before the declaration", []string{"po labels SHOP-100 sprint-resume", "po labels SHOP-100 disaster", causeClosed}},
		{"after a rehearsal", []string{"po labels SHOP-100 disaster-rehearsal disaster", resumes}},
		{"after a proposal", []string{"dev labels SHOP-100 disaster", resumes}},
		{"while nobody can say who the Product Owners are", []string{"po labels SHOP-100 disaster", causeClosed, "jira hides the owners", resumes}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			w.issue("200", dev)
			for _, act := range c.acts {
				w.play(t, act)
				w.look(t)
			}
			w.look(t)
			if n := len(named(w, "SHOP 1")); n > 0 && w.find(10).State != SprintActive {
				t.Errorf("there are %d successors", n)
			}
			if rec, _ := w.recordOf("100"); len(rec.Successors) > 0 {
				t.Errorf("remembered %+v", rec.Successors)
			}
		})
	}
}

func TestAWishInTheFreezeIsFulfilledAtTheRelease(t *testing.T) {
	w := newWorld()
	w.scene(t, "po labels SHOP-100 disaster")
	w.scene(t, resumes)
	w.scene(t, causeClosed)
	w.look(t)
	onlyNamed(t, w, "SHOP 1")
	settled(t, w)
}

func TestASecondWishMakesNoSecondSuccessor(t *testing.T) {
	w := resumable(t, causeClosed)
	for _, act := range []string{resumes, "po unlabels SHOP-100 sprint-resume", "andon restarts", resumes} {
		w.scene(t, act)
	}
	onlyNamed(t, w, "SHOP 1")
	if n := len(bodies(w, "resumed")); n != 1 {
		t.Errorf("it was told %d times", n)
	}
	settled(t, w)
}

func TestASuccessorBelongsToTheTeamOnceItIsFilled(t *testing.T) {
	w := resumable(t, causeClosed)
	w.scene(t, resumes)
	s := onlyNamed(t, w, "SHOP 1")
	s.issues = []string{"102"}
	settled(t, w)
	s.State = SprintActive
	w.look(t)
	if rec, _ := w.recordOf("100"); rec.Resumed.IsZero() {
		t.Error("the start of the successor is no resumption")
	}
	w.sprints = slices.DeleteFunc(w.sprints, func(o *wsprint) bool { return o == s })
	if settled(t, w); len(named(w, "SHOP 1")) > 0 {
		t.Error("a deleted successor was made again")
	}
}

func TestEverySprintThatWasCancelledGetsASuccessor(t *testing.T) {
	w := newWorld()
	w.scene(t, "po labels SHOP-100 disaster")
	w.scene(t, "dev creates sprint 20")
	w.scene(t, "dev starts sprint 11")
	w.scene(t, causeClosed)
	w.scene(t, resumes)
	onlyNamed(t, w, "SHOP 1")
	onlyNamed(t, w, "SHOP 2")
	if n := len(named(w, "Sprint 20")); n > 0 {
		t.Error("what was created in the freeze is not made again")
	}
	settled(t, w)
}

func TestASuccessorThatWasMadeIsNotMadeAgainAfterANewDeclaration(t *testing.T) {
	w := resumable(t, withdrawn)
	w.scene(t, resumes)
	first := onlyNamed(t, w, "SHOP 1")
	w.scene(t, "po unlabels SHOP-100 sprint-resume")
	w.scene(t, "po labels SHOP-100 disaster")
	w.scene(t, causeClosed)
	w.scene(t, resumes)
	if again := onlyNamed(t, w, "SHOP 1"); again.ID != first.ID {
		t.Errorf("sprint %d was made beside %d", again.ID, first.ID)
	}
	settled(t, w)
}

func TestNamesAndDaysOfASuccessor(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name       string
		old        SprintRecord
		wantName   string
		wantDays   int
		wantedGoal string
	}{
		{"a begun day counts", SprintRecord{Name: "A", End: start.Add(day + time.Hour), Undone: start}, "A", 2, ""},
		{"an hour is a day", SprintRecord{Name: "A", End: start.Add(time.Hour), Undone: start}, "A", 1, ""},
		{"an overdue sprint has none left", SprintRecord{Name: "A", End: start.Add(-time.Hour), Undone: start}, "A", 0, ""},
		{"a sprint without an end neither", SprintRecord{Name: "A", Undone: start}, "A", 0, ""},
		{"a long name is cut", SprintRecord{Name: strings.Repeat("ä", 40), Undone: start}, strings.Repeat("ä", 29) + "…", 0, ""},
		{"an empty name is none", SprintRecord{Name: " \t", Goal: "g", Undone: start}, "Sprint", 0, "g"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &work{}
			got := w.successor(&dossier{}, c.old, Successor{Asked: start})
			days := int(got.End.Sub(got.Start) / day)
			if got.Name != c.wantName || days != c.wantDays || got.Goal != c.wantedGoal || days == 0 && !got.Start.IsZero() {
				t.Errorf("got %q, %d days from %v, goal %q", got.Name, days, got.Start, got.Goal)
			}
		})
	}
}

func TestACrashAtAnyActOfAResumptionHeals(t *testing.T) {
	for most := range 12 {
		w := resumable(t, causeClosed)
		w.play(t, resumes)
		w.lookUntil(t, most)
		w.seen = map[string]bool{}
		w.look(t)
		if s := onlyNamed(t, w, "SHOP 1"); !slices.Equal(s.issues, []string{"101", "102", "104"}) {
			t.Errorf("after %d acts and a restart it holds %v", most, s.issues)
		}
		if said := strings.Join(bodies(w, "resumed"), "\n"); !strings.Contains(said, "3 open issues, 8 days left\n") {
			t.Errorf("after %d acts and a restart it says %q", most, said)
		}
		settled(t, w)
	}
}

func TestARefusedSuccessorIsNamedAndTriedAgain(t *testing.T) {
	for _, sort := range []string{"create-sprint/", "fill-sprint/"} {
		w := resumable(t, causeClosed)
		w.refuse[sort] = Failure{Text: "no permission", Final: true}
		w.play(t, resumes)
		p := w.look(t)
		if body := w.issues["100"].bodies["status.100"]; !strings.Contains(body, "*Needs a human:* Jira refused to") || !strings.Contains(body, "the successor of sprint 10: no permission") || !p.plan.Watched {
			t.Errorf("%s: watched %v\n%s", sort, p.plan.Watched, body)
		}
		w.refuse = map[string]Failure{}
		w.look(t)
		if s := onlyNamed(t, w, "SHOP 1"); len(s.issues) != 3 {
			t.Errorf("%s: it holds %v", sort, s.issues)
		}
		settled(t, w)
	}
}

func TestAnyOrderOfWishesAndFreezesMakesOneSuccessorAtMost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld()
		for _, act := range rapid.SliceOfN(rapid.SampledFrom([]string{"disaster", "-disaster", "sprint-resume", "-sprint-resume", "close", "restart", "sprint-resume by dev"}), 1, 14).Draw(rt, "acts") {
			switch label, off := strings.CutPrefix(act, "-"); {
			case off:
				w.take(po, "100", label)
			case act == "close":
				w.closeTask("100", "root-cause", "Done")
			case act == "restart":
				w.seen = map[string]bool{}
			case strings.HasSuffix(act, "dev"):
				w.add(dev, "100", "sprint-resume")
			default:
				w.add(po, "100", act)
			}
			p := w.look(rt)
			if n := len(named(w, "SHOP 1")); n > 1 {
				rt.Fatalf("there are %d", n)
			}
			if again := w.look(rt); len(again.acts) > 0 {
				rt.Fatalf("%v is done at a second look, after %v", again.lines, p.lines)
			}
		}
	})
}

func TestAWishIsNeverPassedOverInSilence(t *testing.T) {
	for _, c := range []struct {
		name string
		acts []string
		want string
	}{
		{"in the freeze it is noted", []string{"po labels SHOP-100 disaster", resumes}, "resume-noted."},
		{"where this disaster cancelled nothing it says so", []string{"po labels SHOP-100 disaster", "po labels SHOP-200 disaster", causeClosed,
			"dev closes root-cause of SHOP-200", "po labels SHOP-200 sprint-resume"}, "resume-nothing."},
		{"a developer's from before the declaration is taken off", []string{"dev labels SHOP-100 sprint-resume", "po labels SHOP-100 disaster"}, "not-an-owner."},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			w.issue("200", dev)
			for _, act := range c.acts {
				w.play(t, act)
				w.look(t)
			}
			n := 0
			for _, id := range []string{"100", "200"} {
				for ref := range w.issues[id].bodies {
					if strings.HasPrefix(ref, c.want) {
						n++
					}
				}
			}
			if n != 1 {
				t.Errorf("it was answered %d times", n)
			}
			settled(t, w)
		})
	}
}

// twoFreezes is a world in which one disaster was withdrawn and its successor is asked
// for, in the moment in which the root cause of the other one is closed.
func twoFreezes(t *testing.T, withdrawn, other string) *world {
	t.Helper()
	w := newWorld()
	w.issue("200", dev)
	for _, act := range []string{"po labels " + withdrawn + " disaster", "po labels " + other + " disaster", "po unlabels " + withdrawn + " disaster"} {
		w.scene(t, act)
	}
	w.play(t, "dev closes root-cause of "+other)
	w.play(t, "po labels "+withdrawn+" sprint-resume")
	return w
}

func TestTheEndOfTheOtherFreezeIsNotedBeforeASuccessorIsMade(t *testing.T) {
	for _, c := range []struct{ withdrawn, other, id string }{{"SHOP-100", "SHOP-200", "200"}, {"SHOP-200", "SHOP-100", "100"}} {
		all := twoFreezes(t, c.withdrawn, c.other).look(t)
		if !slices.ContainsFunc(all.acts, func(a Action) bool { _, is := a.(CreateSprint); return is }) {
			t.Fatalf("no successor is made:\n%s", strings.Join(all.lines, "\n"))
		}
		if said := strings.Join(all.lines, "\n"); strings.Contains(said, "the wish for a successor is noted") {
			t.Errorf("people are told that the wish has to wait:\n%s", said)
		}
		for n := range len(all.acts) + 1 { // andon may die after any act, and the root cause be opened again
			w := twoFreezes(t, c.withdrawn, c.other)
			w.lookUntil(t, n)
			made := len(named(w, "SHOP 1"))
			if rec, _ := w.recordOf(c.id); made > 0 && rec.open() {
				t.Errorf("after %d acts there is a successor, and no record says that the freeze of %s is over", n, c.other)
			}
			w.scene(t, "dev reopens root-cause of "+c.other)
			if left := len(named(w, "SHOP 1")); left != made {
				t.Errorf("after %d acts there were %d successors, and %d are left of them in the new freeze of %s", n, made, left, c.other)
			}
			settled(t, w)
		}
	}
}

func TestASuccessorWaitsForTheNoteOfTheEnd(t *testing.T) {
	for _, how := range []string{"for a moment", "for good"} {
		w := twoFreezes(t, "SHOP-200", "SHOP-100")
		w.play(t, "jira refuses remember/100 "+how)
		w.look(t)
		if w.look(t); len(named(w, "SHOP 1")) != 0 {
			t.Errorf("refused %s: there is a successor, and no record says that the other freeze is over", how)
		}
		w.scene(t, "jira allows everything")
		onlyNamed(t, w, "SHOP 1")
		settled(t, w)
	}
}
