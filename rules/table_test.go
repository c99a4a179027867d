package rules

import (
	"slices"
	"strings"
	"testing"
)

// row is a row of the field's table of labels: what a label does in a situation.
type row struct {
	name   string
	before []string // acts with a look after each
	who    string
	label  string
	phase  Phase
	frozen bool
	on     bool   // whether the label is on afterwards
	says   string // the beginning of the reference of a comment that is written, if any
	kinds  []Kind
}

func TestTheTableOfLabels(t *testing.T) {
	declared := []string{"po labels SHOP-100 disaster"}
	rows := []row{
		{
			name:  "disaster by the Product Owner declares",
			who:   "po",
			label: "disaster",
			phase: PhaseRecovering, frozen: true, on: true, says: "status",
		},
		{
			name:  "disaster by anybody else proposes",
			who:   "dev",
			label: "disaster",
			phase: PhaseProposed, on: true, says: "proposed",
		},
		{
			name:  "disaster-security by the Product Owner declares and sets the kind",
			who:   "po",
			label: "disaster-security",
			phase: PhaseRecovering, frozen: true, on: true, says: "status", kinds: []Kind{Security},
		},
		{
			name:  "disaster-data by the Product Owner declares and sets the kind",
			who:   "po",
			label: "disaster-data",
			phase: PhaseRecovering, frozen: true, on: true, says: "status", kinds: []Kind{Data},
		},
		{
			name:  "disaster-accidental by the Product Owner declares and sets the kind",
			who:   "po",
			label: "disaster-accidental",
			phase: PhaseRecovering, frozen: true, on: true, says: "status", kinds: []Kind{Accidental},
		},
		{
			name:  "disaster-security by anybody else proposes",
			who:   "dev",
			label: "disaster-security",
			phase: PhaseProposed, on: true, says: "proposed",
		},
		{
			name:  "disaster-data by a program proposes",
			who:   "robot",
			label: "disaster-data",
			phase: PhaseProposed, on: true, says: "proposed",
		},
		{
			name:  "disaster-accidental by the Scrum Master proposes",
			who:   "sm",
			label: "disaster-accidental",
			phase: PhaseProposed, on: true, says: "proposed",
		},
		{
			name:   "disaster-data by the Product Owner confirms a proposal",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "po",
			label:  "disaster-data",
			phase:  PhaseRecovering, frozen: true, on: true, says: "status", kinds: []Kind{Data},
		},
		{
			name:   "disaster by the Product Owner confirms a proposal of a kind, but not the kind",
			before: []string{"dev labels SHOP-100 disaster-data"},
			who:    "po",
			label:  "disaster",
			phase:  PhaseRecovering, frozen: true, on: true, says: "kind",
		},
		{
			name:   "a kind by the Product Owner on a declared disaster sets the kind",
			before: declared,
			who:    "po",
			label:  "disaster-security",
			phase:  PhaseRecovering, frozen: true, on: true, kinds: []Kind{Security},
		},
		{
			name:   "a kind by anybody else on a declared disaster is proposed",
			before: declared,
			who:    "dev",
			label:  "disaster-security",
			phase:  PhaseRecovering, frozen: true, on: true, says: "kind",
		},
		{
			name:  "a system mode without a disaster is nobody's business",
			who:   "dev",
			label: "system-offline",
			phase: PhaseNone, on: true,
		},
		{
			name:   "a system mode on a proposal is nobody's business yet",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "dev",
			label:  "system-offline",
			phase:  PhaseProposed, on: true,
		},
		{
			name:   "system-offline by the Product Owner sets the mode",
			before: declared,
			who:    "po",
			label:  "system-offline",
			phase:  PhaseRecovering, frozen: true, on: true,
		},
		{
			name:   "system-maintenance by anybody else is taken off",
			before: declared,
			who:    "dev",
			label:  "system-maintenance",
			phase:  PhaseRecovering, frozen: true, says: "not-an-owner",
		},
		{
			name:   "system-restored by the Product Owner too early is taken off with a list",
			before: declared,
			who:    "po",
			label:  "system-restored",
			phase:  PhaseRecovering, frozen: true, says: "not-ready",
		},
		{
			name:   "system-restored by the Product Owner in time returns to service",
			before: append(slices.Clone(declared), "dev closes gate of SHOP-100"),
			who:    "po",
			label:  "system-restored",
			phase:  PhaseInvestigating, frozen: true, on: true,
		},
		{
			name:   "system-restored by anybody else is taken off, gate or no gate",
			before: append(slices.Clone(declared), "dev closes gate of SHOP-100"),
			who:    "dev",
			label:  "system-restored",
			phase:  PhaseRecovering, frozen: true, says: "not-an-owner",
		},
		{
			name:   "sprint-resume by anybody else is taken off",
			before: declared,
			who:    "dev",
			label:  "sprint-resume",
			phase:  PhaseRecovering, frozen: true, says: "not-an-owner",
		},
		{
			name:   "disaster-rehearsal on a declared disaster changes nothing any more",
			before: declared,
			who:    "po",
			label:  "disaster-rehearsal",
			phase:  PhaseRecovering, frozen: true, on: true,
		},
		{
			name:   "disaster-rehearsal by the Product Owner on a proposal shows the plan",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "po",
			label:  "disaster-rehearsal",
			phase:  PhaseRehearsal, on: true, says: "rehearsal",
		},
		{
			name:   "disaster-rehearsal by the proposer shows the plan",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "dev",
			label:  "disaster-rehearsal",
			phase:  PhaseRehearsal, on: true, says: "rehearsal",
		},
		{
			name:  "any other label is nobody's business",
			who:   "po",
			label: "urgent",
			phase: PhaseNone, on: true,
		},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			w := newWorld()
			for _, act := range r.before {
				w.play(t, act)
				w.look(t)
			}
			known := len(w.issues["100"].comments)
			w.play(t, r.who+" labels SHOP-100 "+r.label)
			p := w.look(t)
			phase := PhaseNone
			for _, s := range p.plan.States {
				phase = s.Phase
			}
			if phase != r.phase || p.plan.Frozen != r.frozen {
				t.Errorf("the phase is %s, frozen %v; want %s, %v", phase, p.plan.Frozen, r.phase, r.frozen)
			}
			if got := slices.Contains(w.issues["100"].Labels, r.label); got != r.on {
				t.Errorf("the label is on: %v, want %v", got, r.on)
			}
			said := w.issues["100"].comments[known:]
			if r.says == "" && len(said) > 0 || r.says != "" && !slices.ContainsFunc(said, func(ref string) bool { return strings.HasPrefix(ref, r.says+".") }) {
				t.Errorf("new comments %v, want %q", said, r.says)
			}
			if rec, _ := w.recordOf("100"); !slices.Equal(rec.Kinds, r.kinds) {
				t.Errorf("kinds %v, want %v", rec.Kinds, r.kinds)
			}
			cancelled := w.find(10).State == SprintClosed
			if cancelled != r.frozen {
				t.Errorf("the sprint is %s", w.find(10).State)
			}
			settled(t, w)
		})
	}
}

// removal is what taking off the last disaster label does.
type removal struct {
	name   string
	before []string
	who    string
	phase  Phase
	frozen bool
	on     bool
	says   string
}

func TestTakingOffTheLastLabel(t *testing.T) {
	rows := []removal{
		{
			name:   "by the Product Owner while only proposed: rejected",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "po",
			phase:  PhaseRejected,
			says:   "decided",
		},
		{
			name:   "by the proposer while only proposed: taken back",
			before: []string{"dev labels SHOP-100 disaster"},
			who:    "dev",
			phase:  PhaseNone,
			says:   "decided",
		},
		{
			name:   "by the Product Owner after the declaration: withdrawn",
			before: []string{"po labels SHOP-100 disaster"},
			who:    "po",
			phase:  PhaseWithdrawn,
			says:   "withdrawn",
		},
		{
			name:   "by anybody else after the declaration: put back",
			before: []string{"po labels SHOP-100 disaster"},
			who:    "dev",
			phase:  PhaseRecovering, frozen: true, on: true,
			says: "put-back",
		},
		{
			name:   "by a program after the declaration: put back",
			before: []string{"po labels SHOP-100 disaster"},
			who:    "robot",
			phase:  PhaseRecovering, frozen: true, on: true,
			says: "put-back",
		},
		{
			name:   "by andon's own account: put back",
			before: []string{"po labels SHOP-100 disaster"},
			who:    "andon",
			phase:  PhaseRecovering, frozen: true, on: true,
			says: "put-back",
		},
		{
			name:   "by the Product Owner after the return to service: withdrawn",
			before: []string{"po labels SHOP-100 disaster", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored"},
			who:    "po",
			phase:  PhaseWithdrawn,
			says:   "withdrawn",
		},
		{
			name:   "by the Product Owner after the release: nothing changes",
			before: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
			who:    "po",
			phase:  PhaseNone,
		},
		{
			name:   "by anybody else after the release: nothing changes",
			before: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
			who:    "dev",
			phase:  PhaseNone,
		},
		{
			name:   "by the Product Owner after somebody else tried: withdrawn",
			before: []string{"po labels SHOP-100 disaster", "dev unlabels SHOP-100 disaster"},
			who:    "po",
			phase:  PhaseWithdrawn,
			says:   "withdrawn",
		},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			w := newWorld()
			for _, act := range r.before {
				w.play(t, act)
				w.look(t)
			}
			known := len(w.issues["100"].comments)
			w.play(t, r.who+" unlabels SHOP-100 disaster")
			p := w.look(t)
			phase := PhaseNone
			for _, s := range p.plan.States {
				phase = s.Phase
			}
			resolved := phase == PhaseResolved && r.phase == PhaseNone // its open tasks still show the issue
			if phase != r.phase && !resolved || p.plan.Frozen != r.frozen {
				t.Errorf("the phase is %s, frozen %v; want %s, %v", phase, p.plan.Frozen, r.phase, r.frozen)
			}
			if got := slices.Contains(w.issues["100"].Labels, "disaster"); got != r.on {
				t.Errorf("the label is on: %v, want %v", got, r.on)
			}
			said := w.issues["100"].comments[known:]
			if r.says == "" && len(said) > 0 || r.says != "" && !slices.ContainsFunc(said, func(ref string) bool { return strings.HasPrefix(ref, r.says+".") }) {
				t.Errorf("new comments %v, want %q", said, r.says)
			}
			settled(t, w)
		})
	}
}
