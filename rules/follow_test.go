package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestClosingTheIssueItselfDecidesNothing(t *testing.T) {
	const words = "*This issue was closed, and planning stays frozen.* The issue's own status decides nothing. Planning is free again when the root-cause task "
	closed := Status{Name: "Done", Category: CategoryDone}
	tests := []struct {
		name   string
		act    func(*testing.T, *world)
		said   int
		phase  Phase
		frozen bool
	}{
		{"an open issue draws no comment", func(*testing.T, *world) {}, 0, PhaseRecovering, true},
		{"a closed one draws one", func(_ *testing.T, w *world) { w.issues["100"].Status = closed }, 1, PhaseRecovering, true},
		{"closed, opened and closed again it draws one", func(t *testing.T, w *world) {
			for range 3 {
				w.issues["100"].Status = closed
				w.look(t)
				w.issues["100"].Status = Status{Name: "To Do", Category: CategoryNew}
				w.look(t)
			}
			w.issues["100"].Status = closed
		}, 1, PhaseRecovering, true},
		{"a status that is merely called so draws none", func(_ *testing.T, w *world) {
			w.issues["100"].Status = Status{Name: "Done", Category: CategoryInProgress}
		}, 0, PhaseRecovering, true},
		{"closed together with the root cause it is resolved", func(_ *testing.T, w *world) {
			w.issues["100"].Status = closed
			w.closeTask("100", "root-cause", "Done")
		}, 0, PhaseResolved, false},
		{"closed after the release it draws none", func(t *testing.T, w *world) {
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			w.issues["100"].Status = closed
		}, 0, PhaseResolved, false},
		{"closed with a root cause that was refused it draws the other comment only", func(_ *testing.T, w *world) {
			w.issues["100"].Status = closed
			w.closeTask("100", "root-cause", "Won't Do")
		}, 0, PhaseRecovering, true},
		{"closed while the release waits for the return to service it draws none", func(_ *testing.T, w *world) {
			w.settings.RestoredNeeded = true
			w.issues["100"].Status = closed
			w.closeTask("100", "root-cause", "Done")
		}, 0, PhaseRecovering, true},
		{"a relapse on a closed issue draws one", func(t *testing.T, w *world) {
			w.issues["100"].Status = closed
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			w.reopenTask("100", "root-cause")
		}, 1, PhaseRecovering, true},
		{"while there is no root-cause task it waits until there is one to name", func(t *testing.T, w *world) {
			w.refuse["create-tasks/"] = Failure{Text: "no"}
			w.deleteTask("100", "root-cause")
			w.issues["100"].Status = closed
			w.look(t)
			if n := len(bodies(w, "issue-closed")); n != 0 {
				t.Errorf("%d comments name a task that is not there", n)
			}
			w.refuse = map[string]Failure{}
		}, 1, PhaseRecovering, true},
		{"withdrawn it draws none", func(_ *testing.T, w *world) {
			w.issues["100"].Status = closed
			w.take(po, "100", "disaster")
		}, 0, PhaseWithdrawn, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			test.act(t, w)
			p := w.look(t)
			said := bodies(w, "issue-closed")
			if s := stateOf(t, p.plan, "100"); len(said) != test.said || s.Phase != test.phase || s.Frozen != test.frozen {
				t.Errorf("%d comments, %s, frozen %v; want %d, %s, %v", len(said), s.Phase, s.Frozen, test.said, test.phase, test.frozen)
			}
			for _, body := range said {
				if want := words + w.task("100", "root-cause").Key + " is closed.\n\nandon ref issue-closed.100.1"; body != want {
					t.Errorf("it says\n%s\nwant\n%s", body, want)
				}
			}
			if p := w.look(t); len(p.acts) != 0 {
				t.Errorf("a second look does %v", p.lines)
			}
		})
	}
}

func TestEachDeclarationAnswersTheClosingOfTheIssueOnce(t *testing.T) {
	w := declaredWorld(t)
	w.issues["100"].Status = Status{Name: "Done", Category: CategoryDone}
	w.look(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.add(po, "100", "disaster")
	w.look(t)
	w.look(t)
	var refs []string
	for _, ref := range w.issues["100"].comments {
		if strings.HasPrefix(ref, "issue-closed.") {
			refs = append(refs, ref)
		}
	}
	if diff := cmp.Diff(l("issue-closed.100.1", "issue-closed.100.2"), refs); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
}

func TestWhichClosingOfTheRootCauseIsAccepted(t *testing.T) {
	good := func(k *Task) { done("Done")(k); k.ClosedBy, k.HumanText, k.Prevention = po, true, l("SHOP-7") }
	with := func(change func(*Task)) Task { return causeTask("9", func(k *Task) { good(k); change(k) }) }
	accept, evidence, restored := func(s *Settings) { s.OwnersAccept = true }, func(s *Settings) { s.EvidenceNeeded = true }, func(s *Settings) { s.RestoredNeeded = true }
	none := func(*Settings) {}
	tests := []struct {
		name   string
		option func(*Settings)
		task   Task
		record func(*Record)
		hidden string
		state  ClosureState
		phase  Phase
		code   string
		text   string
	}{
		{"without options anybody's closing counts", none, with(func(k *Task) { k.ClosedBy, k.HumanText, k.Prevention = dev, false, nil }), nil, "", CauseClosed, PhaseResolved,
			"root-cause-closed", "the root-cause task SHOP-9 is closed"},
		{"a Product Owner's closing counts", accept, with(func(*Task) {}), nil, "", CauseClosed, PhaseResolved, "root-cause-closed", "the root-cause task SHOP-9 is closed"},
		{"a developer's closing is not accepted", accept, with(func(k *Task) { k.ClosedBy = dev }), nil, "", CauseRefused, PhaseRecovering, "root-cause-not-accepted",
			"the root-cause task SHOP-9 was not closed by a Product Owner, and only a Product Owner's closing counts here"},
		{"a closing by nobody known is not accepted", accept, with(func(k *Task) { k.ClosedBy = Person{} }), nil, "", CauseRefused, PhaseRecovering, "root-cause-not-accepted",
			"the root-cause task SHOP-9 was not closed by a Product Owner, and only a Product Owner's closing counts here"},
		{"andon's own closing is not accepted", accept, with(func(k *Task) { k.ClosedBy = andon }), nil, "", CauseRefused, PhaseRecovering, "root-cause-not-accepted",
			"the root-cause task SHOP-9 was not closed by a Product Owner, and only a Product Owner's closing counts here"},
		{"while the owners cannot be read the closing waits", accept, with(func(*Task) {}), nil, "403", CauseOpen, PhaseRecovering, "owners-unreadable",
			"it is not known yet whether a Product Owner closed the root-cause task SHOP-9"},
		{"a refused resolution needs no owner", accept, with(done("Duplicate")), nil, "403", CauseRefused, PhaseRecovering, "root-cause-refused",
			"the root-cause task SHOP-9 was closed as Duplicate, which does not tell the root cause"},
		{"what has led to a release is not judged again", accept, with(func(k *Task) { k.ClosedBy = dev }), func(r *Record) { r.Released = &Ending{At: start.Add(time.Minute)} }, "", CauseClosed, PhaseResolved,
			"root-cause-closed", "the root-cause task SHOP-9 is closed"},
		{"with text and prevention it counts", evidence, with(func(*Task) {}), nil, "", CauseClosed, PhaseResolved, "root-cause-closed", "the root-cause task SHOP-9 is closed"},
		{"without text it does not count", evidence, with(func(k *Task) { k.HumanText = false }), nil, "", CauseRefused, PhaseRecovering, "root-cause-no-text",
			"nobody has written anything on the root-cause task SHOP-9 since it was created"},
		{"without prevention it does not count", evidence, with(func(k *Task) { k.Prevention = nil }), nil, "", CauseRefused, PhaseRecovering, "root-cause-no-prevention",
			"no prevention issue is linked to the root-cause task SHOP-9"},
		{"without either the text is asked for first", evidence, with(func(k *Task) { k.HumanText, k.Prevention = false, nil }), nil, "", CauseRefused, PhaseRecovering, "root-cause-no-text",
			"nobody has written anything on the root-cause task SHOP-9 since it was created"},
		{"before the return to service it waits", restored, with(func(*Task) {}), nil, "", CauseClosed, PhaseRecovering, "waits-for-restored",
			"the root-cause task SHOP-9 is closed, and planning waits for the return to service"},
		{"after the return to service it frees", restored, with(func(*Task) {}), func(r *Record) { r.Restored = &Act{Label: "system-restored", By: po, At: start, Change: "c100"} }, "", CauseClosed,
			PhaseResolved, "root-cause-closed", "the root-cause task SHOP-9 is closed"},
		{"a return to service that was taken back after the release is waited for", none, with(func(*Task) {}), func(r *Record) { r.MustRestore = true }, "", CauseClosed, PhaseRecovering,
			"waits-for-restored", "the root-cause task SHOP-9 is closed, and planning waits for the return to service"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := frozenFacts()
			test.option(&f.Settings)
			f.People.Unreadable = test.hidden
			f = f.with("100", func(d *Disaster) {
				d.Tasks = []Task{test.task}
				if d.Record.Restored = nil; test.record != nil {
					test.record(&d.Record)
				}
				if d.Record.Restored != nil {
					d.Labels = append(slices.Clone(d.Labels), "system-restored")
				}
			})
			p := Decide(f)
			s := stateOf(t, p, "100")
			if s.Cause.State != test.state || s.Phase != test.phase || s.Cause.Reason.Code != test.code || s.Cause.Reason.Text != test.text {
				t.Errorf("got %s, %s, %s: %s", s.Cause.State, s.Phase, s.Cause.Reason.Code, s.Cause.Reason.Text)
			}
			if p.Frozen != (test.phase != PhaseResolved) {
				t.Errorf("frozen is %v", p.Frozen)
			}
		})
	}
}

func TestWhoTakesTheLastLabelOff(t *testing.T) {
	tests := []struct {
		name   string
		act    func(*world)
		phase  Phase
		code   string
		text   string
		labels []string
		said   string // the beginning of the references of what is said
	}{
		{"the Product Owner withdraws", func(w *world) { w.take(po, "100", "disaster") }, PhaseWithdrawn, "withdrawn",
			"Paula Owner, Product Owner, took the declaration back", nil, "withdrawn"},
		{"a developer's removal is undone", func(w *world) { w.take(dev, "100", "disaster") }, PhaseRecovering, "declared",
			"Paula Owner declared the disaster with the label disaster", l("disaster"), "put-back"},
		{"a program's removal is undone", func(w *world) { w.take(robot, "100", "disaster") }, PhaseRecovering, "declared",
			"Paula Owner declared the disaster with the label disaster", l("disaster"), "put-back"},
		{"an unknown account's removal is undone", func(w *world) { w.take(Person{}, "100", "disaster") }, PhaseRecovering, "declared",
			"Paula Owner declared the disaster with the label disaster", l("disaster"), "put-back"},
		{"a developer's exchange of labels is no removal", func(w *world) {
			w.tick(time.Second)
			w.label(dev, "100", l("disaster-data"), l("disaster"))
		}, PhaseRecovering, "declared", "Paula Owner declared the disaster with the label disaster", l("disaster-data"), "kind"},
		{"the Product Owner's exchange is no withdrawal", func(w *world) {
			w.tick(time.Second)
			w.label(po, "100", l("disaster-data"), l("disaster"))
		}, PhaseRecovering, "declared", "Paula Owner declared the disaster with the label disaster", l("disaster-data"), "status"},
		{"off and on again by a developer between two looks leaves all as it is", func(w *world) {
			w.take(dev, "100", "disaster")
			w.add(dev, "100", "disaster")
		}, PhaseRecovering, "declared", "Paula Owner declared the disaster with the label disaster", l("disaster"), "status"},
		{"off by the Product Owner and on by a developer is a withdrawal, and a proposal after it", func(w *world) {
			w.take(po, "100", "disaster")
			w.add(dev, "100", "disaster")
		}, PhaseProposed, "added-by-other", "Dev Eloper added the label disaster and is not a Product Owner of the project", l("disaster"), "proposed"},
		{"off by a developer and on by the Product Owner is no news", func(w *world) {
			w.take(dev, "100", "disaster")
			w.add(po, "100", "disaster")
		}, PhaseRecovering, "declared", "Paula Owner declared the disaster with the label disaster", l("disaster"), "status"},
		{"off by somebody who was Product Owner then and is none now is undone", func(w *world) {
			w.take(po, "100", "disaster")
			w.owners = []Person{sm}
		}, PhaseRecovering, "declared", "Paula Owner declared the disaster with the label disaster", l("disaster"), "put-back"},
		{"a Product Owner who leaves does not undo a declaration", func(w *world) { w.owners = []Person{sm} }, PhaseRecovering, "declared",
			"Paula Owner declared the disaster with the label disaster", l("disaster"), "status"},
		{"while the owners cannot be read nobody knows", func(w *world) { w.take(po, "100", "disaster"); w.unreadable = "403" }, PhaseRecovering, "declared",
			"Paula Owner declared the disaster with the label disaster", nil, "status"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			test.act(w)
			p := w.look(t)
			s := stateOf(t, p.plan, "100")
			if s.Phase != test.phase || s.Reason.Code != test.code || s.Reason.Text != test.text {
				t.Errorf("got %s, %s: %s", s.Phase, s.Reason.Code, s.Reason.Text)
			}
			if got := w.issues["100"].Labels; !slices.Equal(got, test.labels) {
				t.Errorf("the labels are %v, want %v", got, test.labels)
			}
			if len(bodies(w, test.said)) != 1 {
				t.Errorf("said is %v, and not %s once", w.issues["100"].comments, test.said)
			}
			if p := w.look(t); len(p.acts) != 0 {
				t.Errorf("a second look does %v", p.lines)
			}
		})
	}
}
