package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// tale is what the field's own words say of one disaster with its system: it goes on
// from the oracle, which knows planning alone, and shares no code with the rules.
type tale struct {
	oracle
	marks     map[string]oracleLabel // the labels on the system that are on
	restored  bool                   // the return to service is in force
	must      bool                   // it was taken back after the release
	back      bool                   // a Product Owner took it off since the last look
	withdrawn bool
	rejected  bool // a Product Owner took a proposal off
}

// newTale is the tale of an issue on which nothing has happened.
func newTale() tale {
	return tale{oracle: oracle{on: map[string]oracleLabel{}}, marks: map[string]oracleLabel{}}
}

// copied is a tale that can go on by itself.
func (s tale) copied() tale {
	s.on, s.marks = maps.Clone(s.on), maps.Clone(s.marks)
	if s.rehearsal != nil {
		r := *s.rehearsal
		s.rehearsal = &r
	}
	return s
}

// adds tells of a label.
func (s *tale) adds(who, label string, now time.Time) {
	switch {
	case label == "sprint-resume": // says nothing of the disaster
		return
	case !strings.HasPrefix(label, "system-"):
		s.add(who, label, now)
		s.rejected = s.rejected && label == "disaster-rehearsal"
		return
	}
	if _, there := s.marks[label]; !there {
		s.marks[label] = oracleLabel{by: who, at: now}
	}
}

// takes tells that a label is off.
func (s *tale) takes(who, label string, now time.Time) {
	if label == "sprint-resume" {
		return
	}
	if !strings.HasPrefix(label, "system-") {
		was, asked, on := s.open, s.proposes(), len(s.on)
		s.take(who, label, now)
		s.withdrawn = s.withdrawn || was && !s.open
		if len(s.on) < on {
			s.rejected = !was && asked && len(s.on) == 0 && who == po.ID
		}
		return
	}
	if label != "system-restored" || !s.restored {
		if who == po.ID || !s.open && !s.released || label != s.mode() { // else the removal is undone
			delete(s.marks, label)
		}
		return
	}
	if who == po.ID { // anybody else's removal is undone
		delete(s.marks, label)
		s.back = true
	}
}

// settle is what andon sees at a look.
func (s *tale) settle(w *world, running bool) {
	if s.released && !s.resumed && running {
		s.resumed = true
	}
	if s.open || s.released {
		s.judge(w)
	}
	if s.released && !s.resumed && !s.takenOff && (s.root == "open" || s.root == "refused" || s.must) {
		s.open, s.released = true, false
		if len(s.on) == 0 {
			s.on[s.last] = oracleLabel{by: andon.ID, at: w.now}
		}
	}
	if !s.open && s.declares(w.now) {
		s.oracle = oracle{on: s.on, rehearsal: s.rehearsal, open: true, declared: true, root: "open"}
		s.restored, s.must, s.back, s.withdrawn = false, false, false, false
		delete(s.marks, "system-restored") // there are no tasks yet, so nothing can be done
		s.judge(w)
	}
	if s.open && s.root == "" {
		s.root = "open"
	}
	if s.open && s.root == "closed" && (s.restored || !s.must) {
		s.open, s.released, s.takenOff, s.ended, s.must = false, true, false, w.now, false
	}
}

// judge is what becomes of the labels on the system.
func (s *tale) judge(w *world) {
	if s.back {
		s.restored, s.back = false, false
		s.must = s.must || s.released && !s.resumed
	}
	for label, l := range s.marks {
		if l.by != po.ID {
			delete(s.marks, label)
		}
	}
	if _, on := s.marks["system-restored"]; on && !s.restored {
		if s.restored = taleGate(w, s.kinds(w)); !s.restored {
			delete(s.marks, "system-restored")
		}
	}
	if m := s.mode(); m != "" {
		for _, other := range []string{"system-maintenance", "system-offline"} {
			if other != m {
				delete(s.marks, other)
			}
		}
	}
}

// kinds are the kinds that a Product Owner has set; they only grow, so the record tells.
func (s *tale) kinds(w *world) []Kind {
	rec, _ := w.recordOf("100")
	return rec.Kinds
}

// taleGate says whether every task that the return to service waits for is done. The
// entries stand here as the field lists them.
func taleGate(w *world, kinds []Kind) bool {
	entries := []string{"restore-data", "deploy", "dns", "verify", "consult"}
	if slices.Contains(kinds, Data) {
		entries = append(entries, "salvage", "reconcile", "integrity")
	}
	if slices.Contains(kinds, Security) {
		entries = append(entries, "rotate", "weakness")
	}
	rec, _ := w.recordOf("100")
	for _, e := range entries {
		if i := w.task("100", e); i == nil || i.mark.Round != rec.Round || i.Status.Category != CategoryDone {
			return false
		}
	}
	return true
}

// mode is the latest system mode.
func (s *tale) mode() string {
	best := ""
	for label, l := range s.marks {
		if label != "system-restored" && (best == "" || l.at.After(s.marks[best].at)) {
			best = label
		}
	}
	return best
}

// phase is the phase that the tale has come to.
func (s *tale) phase() Phase {
	switch {
	case s.open && s.restored:
		return PhaseInvestigating
	case s.open:
		return PhaseRecovering
	case s.released:
		return PhaseResolved
	case s.rehearses():
		return PhaseRehearsal
	case len(s.on) > 0 && s.proposes():
		return PhaseProposed
	case s.withdrawn:
		return PhaseWithdrawn
	case s.rejected:
		return PhaseRejected
	}
	return PhaseNone
}

// proposes says whether somebody who may not declare asks for it. What was on when a
// disaster ended belongs to that one.
func (s *tale) proposes() bool {
	for _, l := range s.on {
		over := !s.ended.IsZero() && (s.gap.Before(s.ended) || l.at.Before(s.gap))
		if l.by == dev.ID && !over && !l.spent && !s.rehearsing(l) {
			return true
		}
	}
	return false
}

// rehearses says whether a dry run is asked for.
func (s *tale) rehearses() bool {
	for _, l := range s.on {
		over := !s.ended.IsZero() && (s.gap.Before(s.ended) || l.at.Before(s.gap))
		if l.by != andon.ID && !over && s.rehearsing(l) {
			return true
		}
	}
	return false
}

// key is the tale without its times.
func (s *tale) key() string {
	var on []string
	for label, l := range s.on {
		over := !s.ended.IsZero() && (s.gap.Before(s.ended) || l.at.Before(s.gap))
		on = append(on, fmt.Sprint(label, l.by, over, l.spent, s.rehearsing(l)))
	}
	for label, l := range s.marks {
		on = append(on, label+l.by)
	}
	slices.Sort(on)
	return fmt.Sprint(on, s.open, s.released, s.resumed, s.takenOff, s.root, s.restored, s.must, s.withdrawn, s.rejected, s.last)
}
