package rules

import (
	"testing"
	"time"
)

func TestRecordsThatCannotBeBelieved(t *testing.T) {
	const rebuilt = "Paula Owner declared the disaster with the label disaster"
	const nobody = "andon's record on SHOP-100 is gone, and no Product Owner of now ever set a disaster label on it; planning stays frozen, and nothing is undone"
	const newer = "andon's record on SHOP-100 was written by a later version; nothing is guessed, the last known state holds"
	const unread = "the open disaster with id 100 cannot be read (Jira answers 404): it may be deleted, hidden or moved out of reach; planning stays frozen until an operator releases it"
	people := Wants{People: true}
	state := func(s RecordState) func(*world) { return func(w *world) { w.issues["100"].state = s } }
	forgotten := func(w *world) { w.memory, w.kept, w.seen = nil, nil, map[string]bool{} }
	all := func(acts ...func(*world)) func(*world) {
		return func(w *world) {
			for _, a := range acts {
				a(w)
			}
		}
	}
	lost := func(w *world) { w.issues["100"].record, w.issues["100"].state = nil, RecordAbsent }
	hidden := func(w *world) { w.issues["100"].hidden = true }
	strangers := func(w *world) { w.owners = []Person{sm} }
	untasked := func(w *world) {
		for id, i := range w.issues {
			if i.mark != nil {
				delete(w.issues, id)
			}
		}
	}
	again := assessment{phase: PhaseRecovering, frozen: true, code: "declared", text: rebuilt, acts: l("remember/100"), wants: people}
	held := func(code, text string, wants Wants) assessment {
		return assessment{phase: PhaseUnreadable, frozen: true, code: code, text: text, wants: wants}
	}
	// What was put into sprints is looked for still, by what the project keeps.
	enforced := Wants{Planned: PlannedWant{Sprints: []int64{11, 12}, Since: start.Add(time.Second)}}
	tests := []struct {
		name string
		act  func(*world)
		want assessment
	}{
		{"a lost record of a listed disaster is made anew", lost, again},
		{"a damaged one too", state(RecordDamaged), again},
		{"a void one too", state(RecordVoid), again},
		{"its tasks alone prove that andon has acted", all(lost, forgotten), again},
		{"the list alone proves it too", all(lost, untasked), again},
		{"without list and tasks the fresh label is simply judged again", all(lost, forgotten, untasked), again},
		{"without list and tasks an old label is history", all(lost, forgotten, untasked, func(w *world) { w.tick(2 * maxAge) }),
			assessment{phase: PhaseNone, settled: true, code: "label-from-before", text: "the label disaster is from 2026-03-02 09:00:01, older than 24h0m0s: history"}},
		{"what the process saw frozen holds where nobody can prove it", all(lost, strangers, func(w *world) { w.memory, w.kept = nil, nil }), held("record-lost", nobody, people)},
		{"while the owners cannot be read a lost record holds", all(lost, func(w *world) { w.unreadable = "403" }),
			held("record-lost", "andon's record on SHOP-100 is gone, and it is not known yet who the Product Owners are (403); planning stays frozen", people)},
		{"a record of a later version holds", state(RecordNewer), held("record-newer", newer, Wants{})},
		{"a record of a later version that nobody remembers is shown, not obeyed", all(state(RecordNewer), forgotten),
			assessment{phase: PhaseUnreadable, code: "record-newer", text: newer}},
		{"where the list cannot be written it might be open", all(state(RecordNewer), forgotten, func(w *world) { w.writable = false }), held("record-newer", newer, Wants{})},
		{"a hidden issue holds", hidden, held("issue-unreadable", unread, enforced)},
		{"a hidden issue holds by the list alone", all(hidden, func(w *world) { w.seen = map[string]bool{} }), held("issue-unreadable", unread, enforced)},
		{"a hidden issue holds by what the process saw alone", all(hidden, func(w *world) { w.memory, w.kept = nil, nil }),
			assessment{phase: PhaseUnreadable, frozen: true, code: "issue-unreadable", text: unread, acts: l("remember-project/10000")}},
		{"a deleted issue holds like a hidden one", func(w *world) { delete(w.issues, "100") }, held("issue-unreadable", unread, enforced)},
		{"a moved issue keeps its freeze here", func(w *world) { w.moveTo("100", "20000") },
			assessment{phase: PhaseRecovering, frozen: true, code: "declared", text: rebuilt, acts: l("status/100"),
				wants: Wants{Planned: PlannedWant{Sprints: []int64{11, 12}, Since: start.Add(time.Second)}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			test.act(w)
			f := w.facts()
			if len(f.Disasters) == 0 {
				t.Fatalf("nobody looks at the issue")
			}
			assessed(t, w, f, test.want)
		})
	}
}

func TestTwoDisastersEndOneByOne(t *testing.T) {
	w := newWorld()
	w.issue("200", dev)
	w.add(po, "100", "disaster")
	w.add(po, "200", "disaster-data")
	w.look(t)
	steps := []struct {
		name          string
		act           func()
		first, second Phase
		frozen        bool
	}{
		{"both are open", func() {}, PhaseRecovering, PhaseRecovering, true},
		{"the first one's root cause is closed", func() { w.closeTask("100", "root-cause", "Done") }, PhaseResolved, PhaseRecovering, true},
		{"a sprint that is started is undone for the second", func() { w.sprint(40, "too early", SprintActive, 1) }, PhaseResolved, PhaseRecovering, true},
		{"the first one relapses", func() { w.reopenTask("100", "root-cause") }, PhaseRecovering, PhaseRecovering, true},
		{"the second is withdrawn", func() { w.take(po, "200", "disaster-data") }, PhaseRecovering, PhaseWithdrawn, true},
		{"the first is closed again", func() { w.closeTask("100", "root-cause", "Done") }, PhaseResolved, PhaseWithdrawn, false},
		{"a new sprint runs", func() { w.sprint(41, "next", SprintActive, 1) }, PhaseResolved, PhaseWithdrawn, false},
		{"the root cause is opened too late", func() { w.reopenTask("100", "root-cause") }, PhaseResolved, PhaseWithdrawn, false},
		{"the second is declared anew", func() { w.tick(time.Minute); w.add(po, "200", "disaster-data") }, PhaseResolved, PhaseRecovering, true},
	}
	phases := map[string]Phase{}
	for _, s := range steps {
		s.act()
		p := w.look(t)
		for _, state := range p.plan.States {
			phases[state.ID] = state.Phase
		}
		if phases["100"] != s.first || phases["200"] != s.second || p.plan.Frozen != s.frozen {
			t.Errorf("%s: got %s and %s, frozen %v; want %s and %s, %v", s.name, phases["100"], phases["200"], p.plan.Frozen, s.first, s.second, s.frozen)
		}
	}
	if w.find(40).State != SprintClosed || w.find(41).State != SprintClosed {
		t.Errorf("sprint 40 is %s, 41 is %s after the declaration anew", w.find(40).State, w.find(41).State)
	}
}
