package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// writes counts what was done of one sort.
func writes(p pass, sort string) int {
	n := 0
	for _, a := range p.acts {
		if strings.HasPrefix(a.Key(), sort+"/") {
			n++
		}
	}
	return n
}

func TestAForbiddenWriteDoesNotMakeTheStatusFlicker(t *testing.T) {
	for _, refused := range []string{"notify/", "say/", "cancel-sprint/", "create-tasks/", "labels/", "remember-project/"} {
		t.Run(refused, func(t *testing.T) {
			w := newWorld()
			w.settings.Channels = []string{"chat"}
			w.settings.RecoverySLA = time.Hour
			w.refuse[refused] = Failure{Text: "forbidden", Final: true}
			w.add(po, "100", "disaster")
			w.add(dev, "100", "system-offline")
			w.tick(31 * time.Minute)
			w.look(t)
			w.look(t)
			for range 3 {
				w.tick(time.Minute)
				if p := w.look(t); writes(p, "status") > 0 {
					t.Errorf("nothing has happened, and the status is written again: %v", p.lines)
				}
			}
		})
	}
}

func TestAStormOfViolationsIsToldWithoutEnd(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat", "mail", "pager"}
	w.add(po, "100", "disaster")
	w.look(t)
	for n := range 80 {
		w.tick(time.Minute)
		w.sprint(int64(200+n), fmt.Sprintf("storm %d", n), SprintFuture, 1, "105")
		w.look(t)
	}
	seen := map[string]bool{}
	for _, key := range w.done {
		if strings.HasPrefix(key, "notify/") && seen[key] {
			t.Fatalf("%s was told twice", key)
		}
		seen[key] = true
	}
	if rec, _ := w.recordOf("100"); len(rec.Told) > maxTold {
		t.Errorf("the record holds %d notices, more than %d", len(rec.Told), maxTold)
	}
	if p := w.look(t); len(p.acts) > 0 {
		t.Errorf("a look without news still does %v", p.lines)
	}
}

func TestAStormOfViolationsInOneLookEndsToo(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat", "mail", "pager"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(time.Minute)
	for n := range 80 {
		w.sprint(int64(200+n), fmt.Sprintf("storm %d", n), SprintFuture, 1, "105")
	}
	w.look(t)
	if told := w.issues["100"].told; !slices.Contains(told, "chat: SHOP-100: disaster declared, planning is frozen") || len(told) > 3*(maxViolations+1) {
		t.Errorf("told %d notices", len(told))
	}
	settled(t, w)
}

func TestWhoTookOffTheReturnIsJudgedOnce(t *testing.T) {
	w := declaredWorld(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.play(t, "po labels SHOP-100 system-restored")
	w.look(t)
	w.take(dev, "100", "system-restored")
	w.look(t)
	w.owners = []Person{po, dev} // the one whose removal was undone becomes a Product Owner
	w.tick(time.Hour)
	p := w.look(t)
	if rec, _ := w.recordOf("100"); rec.Restored == nil || p.plan.States[0].Phase != PhaseInvestigating {
		t.Errorf("an old removal counts anew: %s, %v", p.plan.States[0].Phase, p.lines)
	}
	w.take(dev, "100", "system-restored")
	if p := w.look(t); p.plan.States[0].Phase != PhaseRecovering {
		t.Errorf("the removal by the new Product Owner does not count: %s", p.plan.States[0].Phase)
	}
}

func TestTheNextStepIsTheOneThatIsMissing(t *testing.T) {
	tests := []struct {
		name string
		set  func(s *Settings)
		acts []string
		want string
	}{
		{"while the team recovers", nil, nil, "the team works the 5 tasks that the return to service waits for; then a Product Owner returns"},
		{"a root cause given up on", nil, []string{"dev closes root-cause of SHOP-100 as Won't Do"}, "closes it with the cause written down"},
		{
			"a closing that only a Product Owner may do", func(s *Settings) { s.OwnersAccept = true },
			[]string{"dev closes root-cause of SHOP-100"}, "a Product Owner closes",
		},
		{
			"a closing without a text", func(s *Settings) { s.EvidenceNeeded = true },
			[]string{"dev closes root-cause of SHOP-100"}, "closes it with the cause written down",
		},
		{
			"a return to service that planning waits for", func(s *Settings) { s.RestoredNeeded = true },
			[]string{"dev closes root-cause of SHOP-100"}, "a Product Owner returns the system to service with the label system-restored",
		},
		{
			"a return to service that was taken back", nil,
			[]string{"dev closes gate of SHOP-100", "po labels SHOP-100 system-restored", "dev closes root-cause of SHOP-100", "po unlabels SHOP-100 system-restored"},
			"a Product Owner returns the system to service with the label system-restored",
		},
		{"after the release", nil, []string{"dev closes root-cause of SHOP-100"}, "Until a sprint is started, opening the root-cause task again"},
		{"after a new sprint", nil, []string{"dev closes root-cause of SHOP-100", "dev starts sprint 11"}, "a new sprint has been started"},
		{"after the withdrawal", nil, []string{"po unlabels SHOP-100 disaster"}, "the team plans the next sprint."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			if test.set != nil {
				test.set(&w.settings)
			}
			w.add(po, "100", "disaster")
			w.look(t)
			for _, act := range test.acts {
				w.play(t, act)
				w.look(t)
			}
			_, next, _ := strings.Cut(w.issues["100"].bodies["status.100"], "*Next:* ")
			if !strings.Contains(next, test.want) {
				t.Errorf("next is %q, want %q", next, test.want)
			}
		})
	}
}

func TestARehearsalNamesTheChannels(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat", "mail"}
	w.label(po, "100", []string{"disaster", "disaster-rehearsal"}, nil)
	p := w.look(t)
	if len(p.acts) != 1 {
		t.Fatalf("a rehearsal writes one comment, not %v", p.lines)
	}
	for _, want := range []string{"\n* over chat\n", "\n* over mail\n"} {
		if body := p.acts[0].(Say).Body; !strings.Contains(body, want) {
			t.Errorf("the plan does not say %q:\n%s", want, body)
		}
	}
}
