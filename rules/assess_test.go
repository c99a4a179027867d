package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// assessment is what a decision says about SHOP-100.
type assessment struct {
	phase   Phase
	frozen  bool
	settled bool
	code    string
	text    string
	acts    []string // the keys of everything that is done next
	wants   Wants    // what was asked for before anything was read
}

// assessed compares what is decided with what is wanted.
func assessed(t *testing.T, w *world, f Facts, want assessment) {
	t.Helper()
	first, p := Decide(f), decided(w, f)
	s := stateOf(t, p, "100")
	got := assessment{phase: s.Phase, frozen: s.Frozen, settled: s.Settled, code: s.Reason.Code, text: s.Reason.Text, wants: first.Wants}
	for _, a := range p.Actions {
		got.acts = append(got.acts, a.Key())
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(assessment{})); diff != "" {
		t.Errorf("decided otherwise (-want +got):\n%s", diff)
	}
	if p.Frozen != s.Frozen || p.Watched == s.Settled {
		t.Errorf("the plan is frozen %v and watched %v, its only disaster %v and settled %v", p.Frozen, p.Watched, s.Frozen, s.Settled)
	}
}

func TestWhatAFreshLabelBrings(t *testing.T) {
	both := Wants{People: true}
	tests := []struct {
		name string
		act  func(*world)
		want assessment
	}{
		{
			name: "no label brings nothing, and nothing is read",
			act:  func(w *world) { w.seen["100"] = true },
			want: assessment{phase: PhaseNone, settled: true, code: "no-label", text: "no disaster label is on the issue"},
		},
		{
			name: "the Product Owner's label is remembered before anything else",
			act:  func(w *world) { w.add(po, "100", "disaster") },
			want: assessment{phase: PhaseRecovering, frozen: true, code: "declared", text: "Paula Owner declared the disaster with the label disaster",
				acts: l("remember/100"), wants: both},
		},
		{
			name: "a developer's label brings one comment",
			act:  func(w *world) { w.add(dev, "100", "disaster") },
			want: assessment{phase: PhaseProposed, code: "added-by-other", text: "Dev Eloper added the label disaster and is not a Product Owner of the project",
				acts: l("say/100/proposed.100.1001"), wants: both},
		},
		{
			name: "the Scrum Master's label is a proposal like anybody's",
			act:  func(w *world) { w.add(sm, "100", "disaster-data") },
			want: assessment{phase: PhaseProposed, code: "added-by-other", text: "Sam Master added the label disaster-data and is not a Product Owner of the project",
				acts: l("say/100/proposed.100.1001"), wants: both},
		},
		{
			name: "a program's label is a proposal",
			act:  func(w *world) { w.add(robot, "100", "disaster") },
			want: assessment{phase: PhaseProposed, code: "added-by-app", text: "Automation added the label disaster; a program is not the Product Owner",
				acts: l("say/100/proposed.100.1001"), wants: both},
		},
		{
			name: "a label from before brings nothing, and nobody is asked for",
			act:  func(w *world) { w.add(po, "100", "disaster"); w.tick(maxAge + time.Second) },
			want: assessment{phase: PhaseNone, settled: true, code: "label-from-before", text: "the label disaster is from 2026-03-02 09:00:01, older than 24h0m0s: history"},
		},
		{
			name: "andon's own label brings nothing",
			act:  func(w *world) { w.add(andon, "100", "disaster") },
			want: assessment{phase: PhaseNone, settled: true, code: "own-account", text: "the label disaster was set with andon's own account, which never decides"},
		},
		{
			name: "while the owners cannot be read everything waits",
			act:  func(w *world) { w.add(po, "100", "disaster"); w.unreadable = "Jira answers 403" },
			want: assessment{phase: PhaseNone, code: "owners-unreadable", text: "it cannot be read who the Product Owners are (Jira answers 403); nothing changes until it can", acts: []string{"say/100/undecided.100.1001"}, wants: both},
		},
		{
			name: "a label against its history is looked at again",
			act: func(w *world) {
				w.add(po, "100", "disaster")
				w.take(po, "100", "disaster")
				w.issues["100"].Labels = l("disaster")
			},
			want: assessment{phase: PhaseNone, code: "history-contradicts", text: "Jira shows the label disaster but its history says that it was taken off; looking again", wants: both},
		},
		{
			name: "a label from before the issue was moved here is history",
			act:  func(w *world) { w.add(po, "100", "disaster"); w.tick(time.Minute); w.moveTo("100", w.project.ID) },
			want: assessment{phase: PhaseNone, settled: true, code: "label-from-elsewhere", text: "the label disaster was set before the issue came to this project: history"},
		},
		{
			name: "a rehearsal is settled but for its comment",
			act: func(w *world) {
				w.tick(time.Second)
				w.label(dev, "100", l("disaster", "disaster-rehearsal"), nil)
			},
			want: assessment{phase: PhaseRehearsal, settled: true, code: "rehearsal", text: "Dev Eloper asks for a rehearsal: nothing is written but one comment",
				acts: l("say/100/rehearsal.100.1001"), wants: Wants{Said: l("100")}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			test.act(w)
			assessed(t, w, w.facts(), test.want)
		})
	}
}

func TestAnAnsweredProposalStaysOne(t *testing.T) {
	const before = "Sam Master proposed with the label disaster before being a Product Owner; to declare, take it off and set it again"
	proposed := func(t *testing.T) *world {
		w := newWorld()
		w.add(sm, "100", "disaster")
		w.look(t)
		w.owners = []Person{po, sm}
		return w
	}
	tests := []struct {
		name   string
		act    func(*testing.T, *world)
		phase  Phase
		frozen bool
		code   string
		text   string
		by     string
	}{
		{"its author becomes Product Owner", func(*testing.T, *world) {}, PhaseProposed, false, "proposed-before", before, ""},
		{"its author becomes the only Product Owner", func(_ *testing.T, w *world) { w.owners = []Person{sm} }, PhaseProposed, false, "proposed-before", before, ""},
		{"andon restarts meanwhile", func(_ *testing.T, w *world) { w.seen = map[string]bool{} }, PhaseProposed, false, "proposed-before", before, ""},
		{"the new Product Owner adds another label", func(_ *testing.T, w *world) { w.add(sm, "100", "disaster-data") },
			PhaseRecovering, true, "declared", "Sam Master declared the disaster with the label disaster-data", "sm"},
		{"the old Product Owner adds another label", func(_ *testing.T, w *world) { w.add(po, "100", "disaster-security") },
			PhaseRecovering, true, "declared", "Paula Owner declared the disaster with the label disaster-security", "po"},
		{"the new Product Owner takes it off and sets it again", func(_ *testing.T, w *world) { w.take(sm, "100", "disaster"); w.add(sm, "100", "disaster") },
			PhaseRecovering, true, "declared", "Sam Master declared the disaster with the label disaster", "sm"},
		{"the old Product Owner takes it off and sets it again", func(_ *testing.T, w *world) { w.take(po, "100", "disaster"); w.add(po, "100", "disaster") },
			PhaseRecovering, true, "declared", "Paula Owner declared the disaster with the label disaster", "po"},
		{"it grows old", func(_ *testing.T, w *world) { w.tick(maxAge + time.Hour) }, PhaseNone, false, "label-from-before",
			"the label disaster is from 2026-03-02 09:00:01, older than 24h0m0s: history", ""},
		{"the answer is deleted, and nothing tells any more that it was given", func(_ *testing.T, w *world) { w.issues["100"].comments = nil },
			PhaseRecovering, true, "declared", "Sam Master declared the disaster with the label disaster", "sm"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := proposed(t)
			test.act(t, w)
			p := w.look(t)
			s := State{}
			if len(p.plan.States) > 0 {
				s = stateOf(t, p.plan, "100")
			}
			if s.Phase != test.phase || s.Frozen != test.frozen || s.Reason.Code != test.code || s.Reason.Text != test.text {
				t.Errorf("got %s, frozen %v, %s: %s", s.Phase, s.Frozen, s.Reason.Code, s.Reason.Text)
			}
			rec, _ := w.recordOf("100")
			if rec.Declared.By.ID != test.by {
				t.Errorf("declared by %q, want %q", rec.Declared.By.ID, test.by)
			}
			if again := len(bodies(w, "proposed")); test.by == "" && (again != 1 || len(p.acts) != 0) {
				t.Errorf("%d answers, did %v", again, p.lines)
			}
		})
	}
}

func TestADeclarationWaitsForWhatAndonHasSaid(t *testing.T) {
	w := newWorld()
	w.add(dev, "100", "disaster")
	w.owners = []Person{dev}
	f := w.fulfil(w.facts(), Wants{People: true})
	p := Decide(f)
	if diff := cmp.Diff(Wants{Said: []string{"100"}}, p.Wants); diff != "" || len(p.Actions) != 0 || p.Frozen || !p.Watched {
		t.Errorf("before andon's comments are read: frozen %v, watched %v, %d actions, wants\n%s", p.Frozen, p.Watched, len(p.Actions), diff)
	}
	for _, test := range []struct {
		name   string
		said   []string
		phase  Phase
		frozen bool
	}{
		{"nothing was said", nil, PhaseRecovering, true},
		{"something else was said", l("rehearsal.100.1001", "proposed.100.1002", "proposed.200.1001"), PhaseRecovering, true},
		{"it was answered as a proposal", l("status.100", "proposed.100.1001"), PhaseProposed, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := Decide(f.with("100", func(d *Disaster) { d.SaidRead, d.Said = true, test.said }))
			if s := stateOf(t, p, "100"); s.Phase != test.phase || s.Frozen != test.frozen || len(p.Wants.Said) > 0 {
				t.Errorf("got %s, frozen %v, wants %+v", s.Phase, s.Frozen, p.Wants)
			}
		})
	}
}

func TestAProposalFromTheCreationStaysOneToo(t *testing.T) {
	w := newWorld()
	w.issue("200", dev, "disaster")
	w.look(t)
	w.owners = []Person{dev}
	p := w.look(t)
	if s := stateOf(t, p.plan, "200"); s.Phase != PhaseProposed || s.Reason.Code != "proposed-before" || len(p.acts) != 0 {
		t.Errorf("got %s, %s, did %v", s.Phase, s.Reason.Code, p.lines)
	}
	w.add(dev, "200", "disaster-rehearsal")
	w.look(t)
	var said []string
	for ref, body := range w.issues["200"].bodies {
		if strings.HasPrefix(ref, "rehearsal.") {
			said = append(said, body)
		}
	}
	if len(said) != 1 || !strings.Contains(said[0], `cancel sprint 10 "SHOP 1"`) {
		t.Errorf("the rehearsal shows what a real declaration would bring, got %q", said)
	}
}

func TestAProposalAfterAWithdrawalIsRememberedInTheRecord(t *testing.T) {
	w := declaredWorld(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.add(dev, "100", "disaster-data")
	w.look(t)
	rec, _ := w.recordOf("100")
	ref := "proposed.100." + w.issues["100"].History[2].ID
	if !slices.Contains(rec.Said, ref) || rec.Withdrawn == nil {
		t.Fatalf("said %v, withdrawn %v", rec.Said, rec.Withdrawn)
	}
	w.issues["100"].comments = nil // the record tells, not the comments
	w.owners = []Person{dev}
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); s.Phase != PhaseProposed || s.Reason.Code != "proposed-before" || p.plan.Frozen || len(p.acts) != 0 {
		t.Errorf("got %s, %s, did %v", s.Phase, s.Reason.Code, p.lines)
	}
	w.add(po, "100", "disaster")
	w.owners = []Person{dev, po}
	if p := w.look(t); stateOf(t, p.plan, "100").Phase != PhaseRecovering {
		t.Errorf("the Product Owner's own label declares, got %+v", p.plan.States)
	}
}
