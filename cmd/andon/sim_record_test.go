package main

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

// recordOf is the record as andon wrote it last.
func recordOf(g *saga) rules.Record {
	if g.rec == nil {
		return rules.Record{}
	}
	return *g.rec
}

// wroteRecord holds a record that andon writes against what happened: each step in it
// needs an act of somebody who may take it.
func (s *sim) wroteRecord(r *request) {
	if !r.before.isIssue || !strings.HasSuffix(r.path, "/properties/andon") {
		return
	}
	var box struct{ Data rules.Record }
	if err := json.Unmarshal(r.body, &box); err != nil {
		s.wrong("a record that cannot be read: %v", err)
		return
	}
	g, rec := s.truth.saga(itoa(r.before.issue.ID)), box.Data
	old := recordOf(g)
	same := old.Round == rec.Round && old.Declared.Change == rec.Declared.Change && old.Declared.Label == rec.Declared.Label
	known := same && g.rec != nil
	g.rec = &rec
	switch {
	case r.late: // an older one, by which nothing is decided anew
		g.straggle(s.truth.seq, old, known)
	case !rec.Rebuilt.IsZero() && !known:
		s.check(g.everOpen || g.spoiled > 0, "a record is made anew on %s, which never had one", r.before.issue.Key)
	case !known:
		s.newDeclaration(r, g, old)
	}
	if g.spoiled == 0 && !r.late {
		s.steps(r, g, old, known)
	}
	g.spoiled, g.everOpen, g.writer = 0, g.everOpen || g.open(), r.life.r
	if !g.open() {
		g.ended = s.truth.seq
	}
}

// straggle notes the sprints of which only a late record tells: whoever has read the record before it came
// writes over it, and finds the sprint anew.
func (g *saga) straggle(seq int, old rules.Record, known bool) {
	g.late = seq
	for _, e := range g.rec.Sprints {
		if known && slices.ContainsFunc(old.Sprints, func(o rules.SprintRecord) bool { return o.ID == e.ID }) {
			continue
		}
		if g.straggled == nil {
			g.straggled = map[int64]int{}
		}
		g.straggled[e.ID] = seq
	}
}

// newDeclaration checks the authority of a declaration.
func (s *sim) newDeclaration(r *request, g *saga, old rules.Record) {
	key := r.before.issue.Key
	a, found := g.declaredAct()
	if !s.check(found, "the declaration on %s names an act that never was", key) {
		return
	}
	s.check(slices.Contains(declaring(), a.label), "the label %s declares on %s", a.label, key)
	s.check(a.by != s.truth.bot, "andon's own account declares on %s", key)
	s.check(s.truth.everOwner(a.by, a.seq), "%s is declared by somebody who has not been a Product Owner since", key)
	_, still := g.on(s.truth.seq, declaring())[a.label]
	was := slices.ContainsFunc(g.acts, func(o labelAct) bool { return !o.on && o.label == a.label && o.seq > r.life.r.since })
	s.check(still || was, "the label that declares was off %s before andon looked", key)
	s.check(r.life.r.began.Sub(a.at) <= 24*time.Hour+soon || g.gone, "a label from before declares on %s", key)
	s.check(g.moved < a.seq || g.moved > r.life.r.since, "a label from another project declares on %s", key)
	if old.Round > 0 && g.pure() {
		seq := 0
		if i := slices.IndexFunc(g.acts, func(o labelAct) bool { return o.on && o.change == old.Declared.Change && o.label == old.Declared.Label }); i >= 0 {
			seq = g.acts[i].seq
		}
		s.check(g.empty(seq, a.seq), "%s is declared again though its labels were never all off", key)
	}
	if rehearsed, on := g.on(a.seq, []string{"disaster-rehearsal"})["disaster-rehearsal"]; on && rehearsed.seq <= a.seq {
		_, stays := g.on(r.life.r.since, []string{"disaster-rehearsal"})["disaster-rehearsal"]
		s.check(!stays, "a rehearsal on %s becomes real", key)
	}
}

// steps checks what has changed from one record to the next.
func (s *sim) steps(r *request, g *saga, old rules.Record, known bool) {
	rec, since, key := *g.rec, r.life.r.since, r.before.issue.Key
	if rec.Withdrawn != nil && (!known || old.Withdrawn == nil) {
		byOwner := slices.ContainsFunc(g.gapsOf(g.declaredSeq()), func(a labelAct) bool { return s.truth.everOwner(a.by, a.seq) })
		s.check(byOwner, "%s is withdrawn, and no Product Owner has taken the labels off", key)
	}
	if rec.Released != nil && (!known || old.Released == nil) {
		s.check(s.truth.causeWas(g, since, true), "%s is released, and the root cause was not closed when andon looked", key)
	}
	if known && old.Released != nil && rec.Released == nil && rec.Round == old.Round {
		reopened := s.truth.causeWas(g, since, false) || rec.MustRestore || old.MustRestore
		s.check(reopened && old.Resumed.IsZero(), "the freeze of %s comes back, and nobody has opened the root cause again", key)
	}
	if rec.Restored != nil && (!known || old.Restored == nil) {
		s.check(s.ownersLabel(g, *rec.Restored), "%s returns to service without a Product Owner's label", key)
		s.check(s.gatePassed(g, since), "%s returns to service though tasks of that gate are open", key)
	}
	if rec.MustRestore && !old.MustRestore {
		taken := slices.ContainsFunc(g.acts, func(a labelAct) bool { return !a.on && a.label == "system-restored" && s.truth.everOwner(a.by, a.seq) })
		s.check(taken, "the return to service of %s is taken back by nobody who may", key)
	}
	for _, m := range rec.Modes {
		s.check(s.ownersLabel(g, m), "the mode %s of %s was set by nobody who may", m.Label, key)
	}
	anew := g.lateSince(since) && !rec.Rebuilt.IsZero() && old.Rebuilt.IsZero() // the old one came late, after andon had read that there is none
	crossed := r.life.r.doubled && g.writer != r.life.r                         // the queue has forgotten a lease, and both have read the record before
	for _, e := range old.Sprints {
		at, straggled := g.straggled[e.ID] // Jira knows no write that depends on what is there
		kept := !known || rec.Merged != nil || anew || crossed || straggled && at >= since || slices.ContainsFunc(rec.Sprints, func(o rules.SprintRecord) bool { return o.ID == e.ID })
		s.check(kept, "the record of %s forgets sprint %d", key, e.ID)
	}
}

// ownersLabel says whether a Product Owner has set a label.
func (s *sim) ownersLabel(g *saga, act rules.Act) bool {
	return slices.ContainsFunc(g.acts, func(a labelAct) bool {
		return a.on && a.label == act.Label && a.change == act.Change && s.truth.everOwner(a.by, a.seq)
	})
}

// gatePassed says whether every task of the gate to service was done at some moment
// since andon began to look.
func (s *sim) gatePassed(g *saga, since int) bool {
	for _, e := range rules.DefaultPlaybook().For(g.rec.Kinds) {
		if e.Gate != rules.ReturnToService {
			continue
		}
		done := slices.ContainsFunc(s.jira.Issues(""), func(i jiratest.Issue) bool {
			m, ours := s.truth.markOf(i)
			return ours && m.Disaster == g.id && m.Entry == e.ID && m.Round == g.rec.Round && was(s.truth.tasks[i.ID], since, func(st taskState) bool { return st.done })
		})
		if !done && s.truth.seq == since {
			return false
		}
		if !done && !s.touchedSince(since) {
			return false
		}
	}
	return true
}

// touchedSince says whether a task was deleted since, so that nobody can tell any more.
func (s *sim) touchedSince(since int) bool {
	return slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return g.gone && s.truth.touched[number64(g.id)] > since })
}

// schemeWritten checks the writes on permission schemes and on the project.
func (s *sim) schemeWritten(c jiratest.Call, r *request, b *moment) {
	switch _, pattern, _ := strings.Cut(c.Route, " "); pattern {
	case "/rest/api/2/permissionscheme":
		var in struct{ Name string }
		s.check(json.Unmarshal(r.body, &in) == nil && isCopy(in.Name), "andon creates the permission scheme %q", in.Name)
	case "/rest/api/2/permissionscheme/{scheme}":
		s.check(isCopy(b.scheme.Name), "andon changes or deletes the permission scheme %q", b.scheme.Name)
	case "/rest/api/2/project/{project}/permissionscheme":
		s.assigned(c, r)
	case "/rest/api/2/project/{project}/properties/{property}":
		s.check(s.onShop(c.Path), "andon writes on another project: %s", c.Path)
	case "/rest/api/2/issue/{issue}/comment", "/rest/api/2/issue/{issue}/notify", "/rest/api/2/issueLink":
	default:
		s.check(false, "andon does what it never should: %s %s", c.Method, c.Path)
	}
}

// assigned checks that the project gets andon's copy in a freeze alone, and otherwise
// its own scheme.
func (s *sim) assigned(c jiratest.Call, r *request) {
	var in struct{ ID int64 }
	if err := json.Unmarshal(r.body, &in); err != nil {
		s.wrong("an assignment that cannot be read: %s", r.body)
	}
	s.check(s.onShop(c.Path), "andon changes the permission scheme of another project: %s", c.Path)
	// Jira knows no assignment that depends on what is there: what an administrator gives the
	// project between andon's question and its assignment is lost.
	if b := r.before; b.using == s.truth.scheme && b.asked >= 0 && b.asked != b.using {
		s.truth.scheme = in.ID
		if slices.ContainsFunc(s.jira.Schemes(), func(x jiratest.PermissionScheme) bool { return x.ID == in.ID && isCopy(x.Name) }) {
			s.truth.scheme = b.asked
		}
	}
	for _, scheme := range s.jira.Schemes() {
		switch copied := isCopy(scheme.Name); {
		case scheme.ID != in.ID:
		case copied:
			s.check(r.late || s.truth.anyOpen() || s.anySpoiled(), "the permissions are taken away though nothing is frozen")
		default:
			s.check(scheme.ID == s.truth.scheme, "the project gets the permission scheme %q, which is not its own", scheme.Name)
			held := slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return g.open() && g.pure() && !s.mayEnd(g, r.life.r.since) })
			s.check(r.late || !held, "the permissions are given back though planning is frozen")
		}
	}
}

// isCopy says whether a permission scheme has the name of one of andon's copies.
func isCopy(name string) bool { return strings.HasPrefix(name, "andon freeze") }

// mayEnd says whether the freeze of a disaster might have been over when andon looked.
func (s *sim) mayEnd(g *saga, since int) bool {
	return s.truth.causeWas(g, since, true) || slices.ContainsFunc(g.gapsOf(g.declaredSeq()), func(a labelAct) bool { return s.truth.everOwner(a.by, a.seq) })
}

// anySpoiled says whether somebody else has written over a record.
func (s *sim) anySpoiled() bool {
	return slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return !g.pure() })
}

// number64 reads an id.
func number64(id string) int64 {
	n := int64(0)
	for _, c := range id {
		n = 10*n + int64(c-'0')
	}
	return n
}
