package rules

import (
	"slices"
	"strings"
	"testing"
)

// bodies are the comments on an issue whose references begin so.
func bodies(w *world, prefix string) []string {
	var out []string
	for _, ref := range sortedNames(w.issues["100"].bodies) {
		if strings.HasPrefix(ref, prefix+".") {
			out = append(out, w.issues["100"].bodies[ref])
		}
	}
	return out
}

func TestLabelsThatOnlyAProductOwnerMaySet(t *testing.T) {
	tests := []struct {
		name    string
		who     Person
		label   string
		stays   bool
		comment string
	}{
		{
			name:  "the Product Owner sets the system offline",
			who:   po,
			label: "system-offline",
			stays: true,
		},
		{
			name:  "the Product Owner sets maintenance",
			who:   po,
			label: "system-maintenance",
			stays: true,
		},
		{
			name:  "the Product Owner sets read-only",
			who:   po,
			label: "system-read-only",
			stays: true,
		},
		{
			name:  "the Product Owner names the alternate system",
			who:   po,
			label: "system-alternate",
			stays: true,
		},
		{
			name:    "a developer sets the system offline",
			who:     dev,
			label:   "system-offline",
			comment: "Dev Eloper is no Product Owner of this project",
		},
		{
			name:    "the Scrum Master sets maintenance",
			who:     sm,
			label:   "system-maintenance",
			comment: "Sam Master is no Product Owner of this project",
		},
		{
			name:    "a program returns the system to service",
			who:     robot,
			label:   "system-restored",
			comment: "Automation is no Product Owner of this project",
		},
		{
			name:    "somebody uses andon's own account",
			who:     andon,
			label:   "system-restored",
			comment: "it was set with andon's own account, which never decides",
		},
		{
			name:    "a developer wants the sprint resumed",
			who:     dev,
			label:   "sprint-resume",
			comment: "Dev Eloper is no Product Owner of this project",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.add(test.who, "100", test.label)
			w.look(t)
			settled(t, w)
			if got := slices.Contains(w.issues["100"].Labels, test.label); got != test.stays {
				t.Errorf("the label is on: %v", got)
			}
			said := strings.Join(bodies(w, "not-an-owner"), "\n")
			if test.stays && said != "" || !strings.Contains(said, test.comment) {
				t.Errorf("said %q, want %q", said, test.comment)
			}
		})
	}
}

func TestTheLatestModeCounts(t *testing.T) {
	tests := []struct {
		name string
		acts []string
		mode string
		on   []string
	}{
		{
			name: "one mode",
			acts: []string{"po labels SHOP-100 system-offline"},
			mode: "system-offline",
			on:   []string{"system-offline"},
		},
		{
			name: "a second mode takes the first one off",
			acts: []string{"po labels SHOP-100 system-offline", "po labels SHOP-100 system-read-only"},
			mode: "system-read-only",
			on:   []string{"system-read-only"},
		},
		{
			name: "back to the first",
			acts: []string{"po labels SHOP-100 system-offline", "po labels SHOP-100 system-read-only", "po labels SHOP-100 system-offline"},
			mode: "system-offline",
			on:   []string{"system-offline"},
		},
		{
			name: "somebody else's mode does not count",
			acts: []string{"po labels SHOP-100 system-offline", "dev labels SHOP-100 system-read-only"},
			mode: "system-offline",
			on:   []string{"system-offline"},
		},
		{
			name: "a mode that is taken off is not in force",
			acts: []string{"po labels SHOP-100 system-offline", "po unlabels SHOP-100 system-offline"},
			mode: "",
			on:   nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			for _, act := range test.acts {
				w.play(t, act)
				w.look(t)
			}
			settled(t, w)
			var on []string
			for _, l := range w.issues["100"].Labels {
				if strings.HasPrefix(l, "system-") {
					on = append(on, l)
				}
			}
			if !slices.Equal(on, test.on) {
				t.Errorf("on are %v, want %v", on, test.on)
			}
			status := bodies(w, "status")[0]
			if want := "*System mode:* " + orElse(test.mode, "not set"); !strings.Contains(status, want) {
				t.Errorf("the status lacks %q:\n%s", want, status)
			}
		})
	}
}

func TestTheGateOfTheReturnToService(t *testing.T) {
	gate := []string{"restore-data", "deploy", "dns", "verify", "consult"}
	tests := []struct {
		name     string
		close    []string
		as       string
		remove   string
		restored bool
		missing  []string
	}{
		{
			name:    "nothing is done",
			missing: []string{"Restore the data", "Deploy a known-good build", "Switch DNS", "Test before", "Record the consultation"},
		},
		{
			name:     "everything is done",
			close:    gate,
			as:       "Done",
			restored: true,
		},
		{
			name:     "tasks that do not apply count as done",
			close:    gate,
			as:       "Won't Do",
			restored: true,
		},
		{
			name:    "one task is open",
			close:   []string{"restore-data", "deploy", "dns", "consult"},
			as:      "Done",
			missing: []string{"Test before return to service"},
		},
		{
			name:    "tasks without a gate are not waited for, those with one are",
			close:   []string{"inform", "contain", "evidence", "root-cause-not"},
			as:      "Done",
			missing: []string{"Restore the data", "Record the consultation"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			for _, entry := range test.close {
				w.closeTask("100", entry, test.as)
			}
			w.look(t)
			w.add(po, "100", "system-restored")
			p := w.look(t)
			settled(t, w)
			want := PhaseRecovering
			if test.restored {
				want = PhaseInvestigating
			}
			if got := stateOf(t, p.plan, "100").Phase; got != want {
				t.Errorf("the phase is %s, want %s", got, want)
			}
			if got := slices.Contains(w.issues["100"].Labels, "system-restored"); got != test.restored {
				t.Errorf("the label is on: %v", got)
			}
			said := strings.Join(bodies(w, "not-ready"), "\n")
			for _, m := range test.missing {
				if !strings.Contains(said, m) {
					t.Errorf("%q is not said to be missing:\n%s", m, said)
				}
			}
			if len(test.missing) > 0 && strings.Count(said, "\n* SHOP-") != 5-len(slices.DeleteFunc(slices.Clone(test.close), func(s string) bool { return !slices.Contains(gate, s) })) {
				t.Errorf("the list is not what is missing:\n%s", said)
			}
		})
	}
}

func TestTheGateOfARelapseAsksForTheKindsOfTheRelapse(t *testing.T) {
	tests := []struct {
		name  string
		kind  bool
		phase Phase
	}{
		{"without a kind everything is done", false, PhaseInvestigating},
		{"the tasks of a kind that was set while planning was free are missing", true, PhaseRecovering},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.play(t, "dev closes gate of SHOP-100")
			w.closeTask("100", "root-cause", "Done")
			w.look(t)
			if test.kind {
				w.add(po, "100", "disaster-accidental")
				w.look(t)
			}
			w.add(po, "100", "system-restored")
			w.reopenTask("100", "root-cause")
			p := w.look(t)
			settled(t, w)
			if s := stateOf(t, p.plan, "100"); s.Phase != test.phase || !s.Frozen {
				t.Errorf("the phase is %s, frozen %v; want %s", s.Phase, s.Frozen, test.phase)
			}
			said := strings.Join(bodies(w, "not-ready"), "\n")
			if test.kind != (strings.Contains(said, "Roll back or disable the change") && strings.Contains(said, "Put an interim guard in place")) {
				t.Errorf("said %q", said)
			}
			if on := slices.Contains(w.issues["100"].Labels, "system-restored"); on == test.kind {
				t.Errorf("the label is on: %v", on)
			}
		})
	}
}

func TestADeletedTaskOfTheGateIsMissing(t *testing.T) {
	w := declaredWorld(t)
	for _, e := range []string{"restore-data", "deploy", "dns", "consult"} {
		w.closeTask("100", e, "Done")
	}
	w.deleteTask("100", "verify")
	w.refuse["create-tasks/"] = Failure{Text: "no", Final: true}
	w.add(po, "100", "system-restored")
	w.look(t)
	if said := strings.Join(bodies(w, "not-ready"), ""); !strings.Contains(said, "Test before return to service \\(there is no such task\\)") {
		t.Errorf("said %q", said)
	}
}

func TestWhoTakesBackTheReturnToService(t *testing.T) {
	tests := []struct {
		name  string
		acts  []string
		phase Phase
		on    bool
	}{
		{
			name:  "nobody",
			phase: PhaseInvestigating,
			on:    true,
		},
		{
			name:  "the Product Owner",
			acts:  []string{"po unlabels SHOP-100 system-restored"},
			phase: PhaseRecovering,
			on:    false,
		},
		{
			name:  "a developer, in vain",
			acts:  []string{"dev unlabels SHOP-100 system-restored"},
			phase: PhaseInvestigating,
			on:    true,
		},
		{
			name:  "a developer who sets it again before andon looks changes nothing",
			acts:  []string{"& dev unlabels SHOP-100 system-restored", "dev labels SHOP-100 system-restored"},
			phase: PhaseInvestigating,
			on:    true,
		},
		{
			name:  "the Product Owner, and a developer sets it again before andon looks",
			acts:  []string{"& po unlabels SHOP-100 system-restored", "dev labels SHOP-100 system-restored"},
			phase: PhaseRecovering,
			on:    false,
		},
		{
			name:  "the Product Owner, who sets it again before andon looks",
			acts:  []string{"& po unlabels SHOP-100 system-restored", "po labels SHOP-100 system-restored"},
			phase: PhaseInvestigating,
			on:    true,
		},
		{
			name:  "andon put it back, then the Product Owner takes it off",
			acts:  []string{"dev unlabels SHOP-100 system-restored", "po unlabels SHOP-100 system-restored"},
			phase: PhaseRecovering,
			on:    false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.play(t, "dev closes gate of SHOP-100")
			w.play(t, "po labels SHOP-100 system-restored")
			w.look(t)
			for _, act := range test.acts {
				later, silent := strings.CutPrefix(act, "& ")
				w.play(t, later)
				if !silent {
					w.look(t)
				}
			}
			p := w.look(t)
			settled(t, w)
			if s := stateOf(t, p.plan, "100"); s.Phase != test.phase || !s.Frozen {
				t.Errorf("the phase is %s, want %s", s.Phase, test.phase)
			}
			if got := slices.Contains(w.issues["100"].Labels, "system-restored"); got != test.on {
				t.Errorf("the label is on: %v, want %v", got, test.on)
			}
		})
	}
}

func TestAFightOverALabelFillsNothing(t *testing.T) {
	w := declaredWorld(t)
	for range 20 {
		w.add(robot, "100", "system-offline")
		w.look(t)
		w.take(robot, "100", "disaster")
		w.look(t)
	}
	if n := len(bodies(w, "not-an-owner")); n != maxExplained {
		t.Errorf("%d comments on the mode, want %d", n, maxExplained)
	}
	if n := len(bodies(w, "put-back")); n != maxExplained {
		t.Errorf("%d comments on the label put back, want %d", n, maxExplained)
	}
	if l := w.issues["100"].Labels; !slices.Equal(l, []string{"disaster"}) {
		t.Errorf("the labels are %v", l)
	}
	if rec, _ := w.recordOf("100"); len(rec.Said) > 2*maxExplained {
		t.Errorf("the record has grown to %d references", len(rec.Said))
	}
}
