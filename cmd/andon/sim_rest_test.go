package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

// atRest is what was seen at the last moment of rest.
type atRest struct {
	plans   map[string]jira.Pass
	cancels map[int64]int
	// undone counts the sprints that andon has undone.
	undone int
	// noted is when home was noted.
	noted time.Time
	// home are the issues that stood in no open sprint of the project when planning was
	// first seen frozen.
	home map[int64]bool
}

// atRest holds a settled site against what happened: what should have been done has
// been done, exactly once.
func (s *sim) atRest() {
	s.truth.read()
	frozen, doubt := false, false
	for _, g := range s.truth.all() {
		doubt = doubt || s.forgotten(g)
		if i, _ := s.jira.Issue(g.id); !s.unseen(g) {
			s.obligations(g, i)
			s.tasksOnce(g, i)
			s.commentsOnce(g, i)
		}
		frozen = frozen || s.holds(g)
	}
	p, looked := s.rest.plans["SHOP"]
	if s.check(looked || !frozen, "nobody has looked at the project") && looked && !doubt {
		s.check(p.Plan.Frozen == frozen, "planning is frozen: %v; by what happened: %v", p.Plan.Frozen, frozen)
	}
	s.stopped(frozen)
	s.scheme(frozen)
}

// listed says whether an issue that nobody can read any more is still on the project's
// list. It was taken away just when its story ended, and then the freeze holds.
func (s *sim) listed(g *saga) bool {
	raw, _ := s.jira.ProjectProperty("SHOP", "andon")
	return g.rec != nil && s.unseen(g) && strings.Contains(string(raw), `"`+g.id+`"`)
}

// holds says whether a disaster freezes planning.
func (s *sim) holds(g *saga) bool { return g.open() || s.listed(g) }

// forgotten deals with a declaration of which nothing was left before all of it was
// noted: its record was spoiled or its issue taken away in the middle of the first
// looks, before the project's own list told of it. An andon that has not seen it judges
// anew, or knows nothing of it; one that has holds the freeze. It says whether both are
// right.
func (s *sim) forgotten(g *saga) bool {
	raw, _ := s.jira.ProjectProperty("SHOP", "andon")
	if strings.Contains(string(raw), `"`+g.id+`"`) {
		g.listed = s.truth.seq
		return false
	}
	unseen := s.unseen(g)
	if g.open() && !g.pure() && g.listed == 0 {
		g.rec = nil
		return unseen
	}
	return unseen && (g.rec == nil && s.ownerSaid(g) || g.open() && g.listed == 0)
}

// obligations checks what andon must have done about one issue.
func (s *sim) obligations(g *saga, i jiratest.Issue) {
	t := s.truth
	on := g.on(t.seq, declaring())
	if !g.open() {
		for _, label := range sortedNames(on) {
			s.mustDeclare(g, i, on[label])
		}
	}
	if g.rec == nil || !g.pure() {
		return
	}
	if g.open() && g.rec.Rebuilt.IsZero() {
		for _, gap := range g.gapsOf(g.declaredSeq()) {
			back := slices.ContainsFunc(g.acts, func(a labelAct) bool { return a.on && a.by == t.bot && a.seq > gap.seq })
			s.check(back || !t.alwaysOwner(gap.by, gap.seq), "%s: a Product Owner has taken the declaration back, and planning is frozen", i.Key)
		}
		s.check(len(on) > 0, "%s: the disaster label is off, and was not put back", i.Key)
	}
	if g.open() {
		s.foreignLabels(g, i)
	}
	if len(t.causes(g)) == 0 {
		return
	}
	closed := !t.causeWas(g, t.seq, false)
	if g.open() && (g.rec.Restored != nil || !g.rec.MustRestore) {
		s.check(!closed, "%s: the root cause is closed, and planning is frozen", i.Key)
	}
	stands := !slices.ContainsFunc(g.gapsOf(g.declaredSeq()), func(a labelAct) bool { return t.everOwner(a.by, a.seq) })
	if g.rec.Released != nil && g.rec.Resumed.IsZero() && stands {
		s.check(closed, "%s: the root cause is open again, and planning is free", i.Key)
	}
}

// foreignLabels checks that no label of a Product Owner's stands there by another hand.
func (s *sim) foreignLabels(g *saga, i jiratest.Issue) {
	on := g.on(s.truth.seq, []string{"system-offline", "system-read-only", "system-restored", "sprint-resume"})
	for _, label := range sortedNames(on) {
		a := on[label]
		s.check(a.by == s.truth.bot || s.truth.everOwner(a.by, a.seq) || a.seq < g.declaredSeq(), "%s carries %s, set by somebody who may not", i.Key, label)
	}
}

// mustDeclare checks that a Product Owner's label has declared.
func (s *sim) mustDeclare(g *saga, i jiratest.Issue, a labelAct) {
	p, _ := s.jira.Project("SHOP")
	t := s.truth
	fresh := s.clock.now.Sub(a.at) < 23*time.Hour
	again := g.rec == nil && g.pure() || g.empty(g.ended, a.seq) && g.ended < a.seq
	rehearsed := slices.ContainsFunc(g.acts, func(o labelAct) bool { return o.label == "disaster-rehearsal" })
	if a.by == t.bot || !t.alwaysOwner(a.by, a.seq) || !fresh || !again || rehearsed || g.moved > a.seq || i.ProjectID != p.ID || !g.pure() {
		return
	}
	s.check(false, "%s: a Product Owner has set the label %s, and planning is free", i.Key, a.label)
}

// tasksOnce checks that an open disaster has each task of the playbook once, and that
// none ever has one twice.
func (s *sim) tasksOnce(g *saga, i jiratest.Issue) {
	count := map[string]int{}
	for _, task := range s.jira.Subtasks(i.Key) {
		if m, ours := s.truth.markOf(task); ours && m.Disaster == g.id {
			count[fmt.Sprint(m.Round, " ", m.Entry)]++
		}
	}
	for _, name := range sortedNames(count) {
		s.check(count[name] == 1, "%s has %d tasks %s", i.Key, count[name], name)
	}
	p, _ := s.jira.Project("SHOP")
	if !g.open() || i.ProjectID != p.ID || i.ParentID != 0 {
		return
	}
	for _, e := range rules.DefaultPlaybook().For(g.rec.Kinds) {
		name := fmt.Sprint(g.rec.Round, " ", e.ID)
		s.check(count[name] == 1, "%s has no task %s", i.Key, name)
	}
}

var simRef = regexp.MustCompile(`andon ref ([a-z0-9.-]+)`)

// commentsOnce checks that there is one status comment, and each other one once.
func (s *sim) commentsOnce(g *saga, i jiratest.Issue) {
	status, seen := 0, map[string]int{}
	for _, c := range i.Comments {
		if c.Author != s.truth.bot {
			continue
		}
		if strings.HasPrefix(c.Body, "h3. Disaster") {
			status++
		}
		for _, m := range simRef.FindAllStringSubmatch(c.Body, -1) {
			seen[m[1]]++
		}
	}
	// Nothing is written on an issue that was moved away before, and has lost its record since.
	left := g.rec == nil || g.moved > 0 && !g.pure()
	s.check(status == 1 || left && status == 0, "%s has %d status comments", i.Key, status)
	// No search shows an issue whose proposal was taken back, so that nobody finds a comment that lands on it afterwards.
	late := 0
	if g.rec == nil && len(g.on(s.truth.seq, declaring())) == 0 {
		late = s.figures.by["double comment by a late effect"]
	}
	for _, ref := range sortedNames(seen) {
		s.check(seen[ref] == 1 || seen[ref] <= 1+late, "%s has %d comments %s", i.Key, seen[ref], ref)
	}
}

// stopped checks that in a freeze no sprint of the project runs, none was created, and
// nothing was planned.
func (s *sim) stopped(frozen bool) {
	if !frozen {
		s.rest.home = nil
		return
	}
	since, spared := time.Time{}, map[int64]bool{}
	highest := int64(0)
	for _, g := range s.truth.all() {
		if !s.enforced(g) {
			continue
		}
		if g.rec.Baseline.Since.After(s.rest.noted) || g.rec.Baseline.Number == 1 && g.rec.Declared.At.After(s.rest.noted) {
			s.rest.home = nil // the freeze has begun anew: what was planned before stays
		}
		if b := g.rec.Baseline; since.IsZero() || b.Since.Before(since) {
			since, highest = b.Since, b.Sprint
		}
		for _, id := range g.rec.Baseline.Spared {
			spared[id] = true
		}
	}
	if since.IsZero() {
		return // planning is frozen by what nobody can read, on whose account nothing is undone
	}
	for _, sp := range s.jira.Sprints() {
		if s.shopBoard(sp.OriginBoardID) && !spared[sp.ID] {
			s.check(sp.State != jiratest.SprintActive, "sprint %d %q runs in the freeze", sp.ID, sp.Name)
			s.check(sp.State != jiratest.SprintFuture || sp.ID <= highest || !s.truth.sprints[sp.ID].at.After(since), "sprint %d %q was created in the freeze", sp.ID, sp.Name)
		}
	}
	s.planned(spared)
}

// enforced says whether a disaster is open and readable, with its record. One without
// freezes planning, too, but nothing is undone on its account.
func (s *sim) enforced(g *saga) bool {
	return g.open() && g.pure() && !s.unseen(g)
}

// planned checks that what was in no sprint at the beginning is in none.
func (s *sim) planned(spared map[int64]bool) {
	first := s.rest.home == nil
	if first {
		s.rest.home, s.rest.noted = map[int64]bool{}, s.clock.now
	}
	for _, i := range s.jira.Issues("SHOP") {
		_, marked := i.Properties["andon.task"]
		inside := false
		for _, id := range i.Sprints {
			sp, ok := s.jira.Sprint(id)
			inside = inside || ok && !spared[id] && sp.State != jiratest.SprintClosed && s.shopBoard(sp.OriginBoardID)
		}
		if first {
			s.rest.home[i.ID] = !inside
		}
		if s.rest.home[i.ID] && i.ParentID == 0 && len(i.HiddenFrom) == 0 && !marked && s.truth.saga(itoa(i.ID)).rec == nil {
			s.check(!inside || s.backHome(i), "%s was put into a sprint in the freeze", i.Key)
		}
	}
}

// backHome says whether an issue is in the sprint in which it stood when a freeze began. Whoever
// has taken it out of there and puts it back has planned nothing.
func (s *sim) backHome(i jiratest.Issue) bool {
	for _, g := range s.truth.all() {
		if !s.enforced(g) || g.rec.Baseline.Number != 1 {
			continue
		}
		for _, h := range i.History {
			k := slices.IndexFunc(h.Items, func(c jiratest.Item) bool { return c.Field == "Sprint" })
			if k < 0 || !h.Created.After(g.rec.Declared.At) {
				continue
			}
			if from := h.Items[k].From; from != nil && len(i.Sprints) > 0 && slices.Contains(strings.Split(*from, ", "), itoa(i.Sprints[len(i.Sprints)-1])) {
				return true
			}
			break // only the first move since tells where it stood
		}
	}
	return false
}

// scheme checks that the project uses its own permission scheme while planning is free,
// and that no copy is left.
func (s *sim) scheme(frozen bool) {
	p, _ := s.jira.Project("SHOP")
	var copies []string
	for _, scheme := range s.jira.Schemes() {
		if isCopy(scheme.Name) {
			copies = append(copies, scheme.Name)
		}
	}
	if !frozen {
		s.check(p.SchemeID == s.truth.scheme && len(copies) == 0, "planning is free, the project uses permission scheme %d instead of %d, and there are copies %v", p.SchemeID, s.truth.scheme, copies)
		return
	}
	// One more that came late is used by nobody, and goes with the other one.
	s.check(len(copies) <= 1+s.figures.by["double copy of a scheme by a late effect"], "there are %d copies of the permission scheme", len(copies))
}

// quiet checks that a settled system writes nothing, nor does one that knows nothing.
func (s *sim) quiet() {
	s.weather = weather{calm: true}
	s.apart()
	for _, what := range []string{"a settled system", "a settled system after a restart"} {
		before, told := s.wrote, len(s.post.all())
		from := len(s.trace)
		s.hint()
		s.silent(what, s.wrote-before, from)
		s.check(len(s.post.all()) == told, "%s is told of", what)
		if len(s.faults) > 0 {
			return
		}
		s.clock.Advance(time.Minute)
		for _, r := range s.crew {
			r.end("everything restarts at rest")
		}
		s.flush()
		s.drain()
	}
}

// apart has each replica look by itself. Of what no search and no list shows any more only that
// replica knows which has seen it while they did, and what is left to be done about it waits
// until that one looks, whatever the other one has looked at. Nothing else may be left.
func (s *sim) apart() {
	for i, r := range s.crew {
		s.held = s.crew[(i+1)%len(s.crew)]
		before, left, told, from := s.wrote, s.left, len(s.post.all()), len(s.trace)
		lost := slices.ContainsFunc(s.truth.all(), s.vanished)
		s.hint()
		s.silent("a settled system at a look of "+r.name, s.wrote-before-(s.left-left), from)
		s.check(lost || len(s.post.all()) == told, "a settled system is told of at a look of %s", r.name)
	}
	s.held = nil
}

// silent checks that nothing was written, and shows what was.
func (s *sim) silent(what string, writes, from int) {
	if s.check(writes == 0, "%s is written to %d times", what, writes) {
		return
	}
	for _, line := range s.trace[from:] {
		if strings.Contains(line, " PUT ") || strings.Contains(line, " POST ") || strings.Contains(line, " DELETE ") {
			s.story = append(s.story, "  "+line[:min(len(line), 300)])
		}
	}
}

// leftOver says whether a write is one for which only a replica that remembers can see the
// need: the words and the record of a proposal or a story that is over, on an issue without a
// disaster label or in another project, which no search for the project shows, and the list
// that is to name a disaster whose issue has vanished.
func (s *sim) leftOver(c jiratest.Call, r *request) bool {
	switch _, pattern, _ := strings.Cut(c.Route, " "); pattern {
	case "/rest/api/2/project/{project}/properties/{property}":
		return slices.ContainsFunc(s.truth.all(), s.vanished)
	case "/rest/api/2/issue/{issue}/comment/{comment}", "/rest/api/2/issue/{issue}/properties/{property}":
		g, i := s.truth.saga(itoa(r.before.issue.ID)), r.before.issue
		p, _ := s.jira.Project("SHOP")
		shown := i.ProjectID == p.ID && len(g.on(s.truth.seq, declaring())) > 0
		// A sprint was started since: what people do to the tasks of such a story shows on the tasks alone.
		over := g.rec != nil && !g.rec.Resumed.IsZero()
		return c.Method == "PUT" && (!shown || over) && !g.open() && g.pure()
	}
	return false
}

// vanished says whether the issue of an open disaster was taken away before the project's
// list named it.
func (s *sim) vanished(g *saga) bool { return g.open() && s.unseen(g) && g.listed == 0 }

// hint has everything looked at.
func (s *sim) hint() {
	for _, key := range []string{"project:SHOP", "project:BLOG", sweepKey} {
		s.must(s.memory.Add(s.t.Context(), key, 0))
	}
	s.drain()
}

// probe asks the site itself whether planning is free: a sprint that is created now
// stays, or goes.
func (s *sim) probe() {
	frozen := slices.ContainsFunc(s.truth.all(), s.holds)
	id, err := s.jira.As("andon@example.com").CreateSprint(s.world.seed.ShopBoard, "Is it free")
	if err != nil {
		return
	}
	s.truth.read()
	s.truth.sprints[id] = birth{seq: s.truth.seq, by: "people", at: s.clock.now}
	s.say("somebody creates sprint %d to see whether planning is free", id)
	s.settle()
	_, there := s.jira.Sprint(id)
	// By a clock that is an hour ahead the freeze has not begun yet.
	ahead := slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return s.enforced(g) && g.rec.Baseline.Since.After(s.truth.sprints[id].at) })
	if (slices.ContainsFunc(s.truth.all(), s.enforced) || !frozen) && !ahead {
		s.check(there == !frozen, "planning is frozen by what happened: %v; a sprint that is created stays: %v", frozen, there)
	}
}
