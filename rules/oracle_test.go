package rules

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// oracle says what the field's own words say about one issue, told act by act. It
// shares no code with the rules and looks at no history: it watches.
type oracle struct {
	on        map[string]oracleLabel // the declaring labels that are on
	rehearsal *oracleLabel
	open      bool // declared, not withdrawn, root cause not closed
	declared  bool // there is or was a declaration
	released  bool
	resumed   bool
	takenOff  bool // a Product Owner took the last label off since the declaration
	gap       time.Time
	ended     time.Time
	last      string // the label that was taken off last
	root      string // "", "open", "closed" or "refused"
}

// oracleLabel is a label that is on.
type oracleLabel struct {
	by    string
	at    time.Time
	spent bool
}

// maxAge is written out here, so that the setting cannot drift unseen.
const maxAge = 24 * time.Hour

// rehearsing says whether a label is on for a rehearsal only.
func (o *oracle) rehearsing(l oracleLabel) bool {
	r := o.rehearsal
	return r != nil && (!r.at.After(l.at) || r.by == l.by || r.by == po.ID)
}

// add tells the oracle of a label.
func (o *oracle) add(who, label string, now time.Time) {
	if label == "disaster-rehearsal" {
		if o.rehearsal == nil {
			o.rehearsal = &oracleLabel{by: who, at: now}
		}
		return
	}
	if _, there := o.on[label]; !there {
		o.on[label] = oracleLabel{by: who, at: now}
	}
}

// take tells the oracle that a label is off; it says whether it was the last one.
func (o *oracle) take(who, label string, now time.Time) {
	if label == "disaster-rehearsal" {
		for name, l := range o.on {
			l.spent = l.spent || o.rehearsing(l)
			o.on[name] = l
		}
		o.rehearsal = nil
		return
	}
	if _, there := o.on[label]; !there {
		return
	}
	old := o.on[label]
	delete(o.on, label)
	if len(o.on) > 0 {
		return
	}
	o.gap, o.last = now, label
	switch {
	case who == po.ID && o.open:
		o.open, o.released, o.ended = false, false, now
	case who == po.ID:
		o.takenOff = true
	case o.open:
		old.by, old.at = andon.ID, now
		o.on[label] = old // andon puts it back
	}
}

// settle is what andon sees at a look. Running tells of a sprint of the project that
// runs, others whether another disaster was open before this look.
func (o *oracle) settle(now time.Time, running, others bool) {
	if o.released && !o.resumed && running && !others {
		o.resumed = true
	}
	if o.released && !o.resumed && !o.takenOff && (o.root == "open" || o.root == "refused") {
		o.open, o.released = true, false
		if len(o.on) == 0 { // somebody else took it off in the meantime
			o.on[o.last] = oracleLabel{by: andon.ID, at: now}
		}
	}
	if !o.open && o.declares(now) {
		*o = oracle{on: o.on, rehearsal: o.rehearsal, open: true, declared: true, root: "open"}
	}
	if o.open && o.root == "" {
		o.root = "open" // andon creates it again
	}
	if o.open && o.root == "closed" {
		o.open, o.released, o.takenOff, o.ended = false, true, false, now
	}
}

// declares says whether a label is on that declares.
func (o *oracle) declares(now time.Time) bool {
	for _, l := range o.on {
		over := !o.ended.IsZero() && (o.gap.Before(o.ended) || l.at.Before(o.gap))
		if l.by == po.ID && !l.spent && !o.rehearsing(l) && now.Sub(l.at) <= maxAge && !over {
			return true
		}
	}
	return false
}

// watcher acts on the model and tells the oracles, with a look after every act.
type watcher struct {
	w       *world
	oracles map[string]*oracle
	sprint  int64
}

func (a *watcher) issue(t *rapid.T) string {
	return rapid.SampledFrom([]string{"100", "200"}).Draw(t, "issue")
}

func (a *watcher) who(t *rapid.T) Person {
	return rapid.SampledFrom([]Person{po, po, dev}).Draw(t, "who")
}

func (a *watcher) name(t *rapid.T) string {
	return rapid.SampledFrom([]string{"disaster", "disaster", "disaster-data", "disaster-rehearsal"}).Draw(t, "label")
}

func (a *watcher) add(t *rapid.T) {
	who, id, label := a.who(t), a.issue(t), a.name(t)
	a.w.add(who, id, label)
	a.oracles[id].add(who.ID, label, a.w.now)
}

func (a *watcher) take(t *rapid.T) {
	who, id, label := a.who(t), a.issue(t), a.name(t)
	a.w.take(who, id, label)
	a.oracles[id].take(who.ID, label, a.w.now)
}

func (a *watcher) root(t *rapid.T) {
	id := a.issue(t)
	rec, _ := a.w.recordOf(id)
	if task := a.w.task(id, "root-cause"); task == nil || task.mark.Round != rec.Round {
		return
	}
	switch act := rapid.SampledFrom([]string{"closed", "closed", "refused", "open", "deleted"}).Draw(t, "root cause"); act {
	case "closed":
		a.w.closeTask(id, "root-cause", "Done")
		a.oracles[id].root = act
	case "refused":
		a.w.closeTask(id, "root-cause", "Won't Do")
		a.oracles[id].root = act
	case "open":
		a.w.reopenTask(id, "root-cause")
		a.oracles[id].root = act
	case "deleted":
		a.w.deleteTask(id, "root-cause")
		a.oracles[id].root = ""
	}
}

func (a *watcher) plan(t *rapid.T) {
	if rapid.Bool().Draw(t, "create") {
		a.sprint++
		a.w.tick(time.Second)
		a.w.sprint(100+a.sprint, fmt.Sprintf("new %d", a.sprint), SprintFuture, 1, "105")
		return
	}
	for _, s := range a.w.sprints {
		if s.State == SprintFuture && s.Board == 1 {
			s.State = SprintActive
			return
		}
	}
}

// check looks and compares with the oracles.
func (a *watcher) check(t *rapid.T) {
	running := slices.ContainsFunc(a.w.sprints, func(s *wsprint) bool { return s.Board == 1 && s.State == SprintActive })
	open := 0
	for _, o := range a.oracles {
		if o.open {
			open++
		}
	}
	for _, o := range a.oracles {
		others := open > 1 || open == 1 && !o.open
		o.settle(a.w.now, running, others)
	}
	p := a.w.look(t)
	want := false
	for _, s := range p.plan.States {
		if o := a.oracles[s.ID]; o.open != s.Frozen {
			t.Fatalf("issue %s: frozen is %v, want %v; phase %s: %s", s.ID, s.Frozen, o.open, s.Phase, s.Reason.Text)
		}
	}
	for _, o := range a.oracles {
		want = want || o.open
	}
	if p.plan.Frozen != want {
		t.Fatalf("frozen is %v, want %v", p.plan.Frozen, want)
	}
}

func TestPlanningIsFrozenExactlyWhenTheFieldSaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &watcher{w: newWorld(), oracles: map[string]*oracle{}}
		a.w.issue("200", dev)
		for _, id := range []string{"100", "200"} {
			a.oracles[id] = &oracle{on: map[string]oracleLabel{}}
		}
		t.Repeat(map[string]func(*rapid.T){
			"add a label":   a.add,
			"take a label":  a.take,
			"root cause":    a.root,
			"plan":          a.plan,
			"a day goes by": func(t *rapid.T) { a.w.tick(25 * time.Hour) },
			"":              a.check,
		})
	})
}
