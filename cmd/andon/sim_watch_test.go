package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
)

// moment is what a write is about, as it was just before.
type moment struct {
	issue   jiratest.Issue
	isIssue bool
	sprint  jiratest.Sprint
	// scope are the unfinished issues of the sprint.
	scope  []string
	scheme jiratest.PermissionScheme
	// using is the permission scheme that the project used, asked what andon was told if
	// it has done nothing since but ask for it.
	using, asked int64
}

// look notes what a call is about.
func (s *sim) look(r *request) *moment {
	p, _ := s.jira.Project("SHOP")
	m := &moment{using: p.SchemeID, asked: r.life.r.asked}
	switch r.method + " " + r.path {
	case fmt.Sprintf("GET /rest/api/2/project/%d/permissionscheme", p.ID):
		r.life.r.asked = p.SchemeID
	case fmt.Sprintf("PUT /rest/api/2/project/%d/permissionscheme", p.ID):
	default:
		r.life.r.asked = -1
	}
	if r.method == "GET" {
		return m
	}
	parts := strings.Split(strings.TrimPrefix(r.path, "/rest/"), "/")
	if len(parts) < 4 {
		return m
	}
	id, _ := strconv.ParseInt(parts[3], 10, 64)
	switch parts[2] {
	case "issue":
		m.issue, m.isIssue = s.jira.Issue(parts[3])
	case "sprint":
		m.sprint, _ = s.jira.Sprint(id)
		m.scope = s.scopeOf(id)
	case "permissionscheme":
		for _, scheme := range s.jira.Schemes() {
			if scheme.ID == id {
				m.scheme = scheme
			}
		}
	}
	return m
}

// scopeOf are the ids of the unfinished issues of a sprint that andon can see, without
// sub-tasks.
func (s *sim) scopeOf(sprint int64) []string {
	var out []string
	for _, key := range s.jira.SprintIssues(sprint) {
		i, _ := s.jira.Issue(key)
		if _, category, _ := s.jira.StatusOf(key); category != jiratest.CategoryDone && i.ParentID == 0 && len(i.HiddenFrom) == 0 {
			out = append(out, itoa(i.ID))
		}
	}
	return out
}

// answered watches every call of andon that took effect.
func (s *sim) answered(c jiratest.Call) error {
	if !c.Write || c.Status < 200 || c.Status >= 300 {
		return nil
	}
	s.wrote++
	s.truth.read()
	r, b := s.now, s.now.before
	if s.leftOver(c, r) {
		s.left++
	}
	s.ours(c, r)
	switch _, pattern, _ := strings.Cut(c.Route, " "); pattern {
	case "/rest/api/2/issue/{issue}/properties/{property}":
		s.wroteRecord(r)
	case "/rest/agile/1.0/sprint/{sprint}":
		if c.Method == "DELETE" {
			s.deletedSprint(r, b.sprint)
		} else {
			s.changedSprint(r, b)
		}
	case "/rest/agile/1.0/sprint":
		s.createdSprint()
	case "/rest/agile/1.0/sprint/{sprint}/issue":
		s.movedIssues(r, b.sprint.ID)
	case "/rest/agile/1.0/backlog/issue", "/rest/agile/1.0/backlog/{board}/issue":
		s.movedIssues(r, 0)
	case "/rest/api/2/issue/{issue}":
		if c.Method == "DELETE" {
			_, marked := s.truth.markOf(b.issue)
			s.check(marked, "andon deletes issue %s, which it has not created", b.issue.Key)
		} else {
			s.editedLabels(r, b.issue)
		}
	case "/rest/api/2/issue/bulk", "/rest/api/2/issue":
		s.createdTasks(r)
	case "/rest/api/2/issue/{issue}/comment/{comment}":
		s.touchedComment(r, b.issue)
	default:
		s.schemeWritten(c, r, b)
	}
	return nil
}

// ours checks that a write concerns nothing of another project's.
func (s *sim) ours(c jiratest.Call, r *request) {
	if !r.before.isIssue || r.late {
		return
	}
	p, _ := s.jira.Project("SHOP")
	i := r.before.issue
	g := s.truth.saga(itoa(i.ID))
	m, marked := s.truth.markOf(i)
	asked := strings.Contains(c.Path, "/comment") && slices.ContainsFunc(g.acts, func(a labelAct) bool { return slices.Contains(declaring(), a.label) })
	known := asked || g.moved > r.life.r.since || g.rec != nil || g.spoiled > 0 || marked && s.truth.saga(m.Disaster).rec != nil
	s.check(i.ProjectID == p.ID || known, "andon writes on another project's issue %s: %s %s", i.Key, c.Method, c.Path)
}

// shopBoard says whether a board is located in the project.
func (s *sim) shopBoard(id int64) bool {
	b, ok := s.jira.Board(id)
	p, _ := s.jira.Project("SHOP")
	return ok && b.LocationID == p.ID
}

// onShop says whether the path of a call names the project.
func (s *sim) onShop(path string) bool {
	parts := strings.Split(path, "/")
	i := slices.Index(parts, "project")
	if i < 0 || i+1 == len(parts) {
		return false
	}
	p, ok := s.jira.Project(parts[i+1])
	return ok && p.Key == "SHOP"
}

// changedSprint checks the end of a sprint.
func (s *sim) changedSprint(r *request, b *moment) {
	var in struct{ State, Goal string }
	if err := json.Unmarshal(r.body, &in); err != nil || in.State != jiratest.SprintClosed {
		s.check(false, "andon changes sprint %d by %s", b.sprint.ID, r.body)
		return
	}
	mark, _, _ := strings.Cut(strings.TrimPrefix(in.Goal, "CANCELLED by "), ":")
	g := s.truth.saga(s.truth.ids[mark])
	s.check(s.shopBoard(b.sprint.OriginBoardID), "andon cancels sprint %d, whose board is not the project's", b.sprint.ID)
	s.check(s.ownerSaid(g), "andon cancels sprint %d on account of %s, on which no Product Owner has ever set a disaster label", b.sprint.ID, mark)
	s.check(b.sprint.State == jiratest.SprintActive, "andon cancels sprint %d, which is %s", b.sprint.ID, b.sprint.State)
	s.rest.cancels[b.sprint.ID]++
	s.rest.undone++
	s.check(s.rest.cancels[b.sprint.ID] <= 1+s.truth.starts[b.sprint.ID], "sprint %d is cancelled %d times and was started only %d times since", b.sprint.ID, s.rest.cancels[b.sprint.ID], s.truth.starts[b.sprint.ID])
	s.inForce(r, g, "cancels sprint "+itoa(b.sprint.ID))
	s.remembered(r, g, b)
}

// remembered checks that the record tells of a sprint and of what it held before andon
// began to look.
func (s *sim) remembered(r *request, g *saga, b *moment) {
	if !g.pure() || g.rec == nil || r.late {
		return
	}
	for _, e := range g.rec.Sprints {
		if e.ID != b.sprint.ID {
			continue
		}
		for _, id := range b.scope {
			n, _ := strconv.ParseInt(id, 10, 64)
			fresh := s.truth.touched[n] > r.life.r.since || s.jira.Knobs().IndexLagWrites > 0
			kept := slices.Contains(e.Issues, id) || s.unseen(g) && s.issueKept(b.sprint.ID, id)
			s.check(kept || e.Cut > 0 || fresh, "issue %s of sprint %d is not remembered", id, b.sprint.ID)
		}
		return
	}
	s.check(s.keptOnProject(b.sprint.ID), "sprint %d is undone and was not remembered before", b.sprint.ID)
}

// unseen says whether andon cannot read an issue.
func (s *sim) unseen(g *saga) bool {
	i, there := s.jira.Issue(g.id)
	return !there || len(i.HiddenFrom) > 0
}

// ownerSaid says whether a Product Owner has ever set a disaster label on an issue.
func (s *sim) ownerSaid(g *saga) bool {
	return slices.ContainsFunc(g.acts, func(a labelAct) bool {
		return a.on && slices.Contains(declaring(), a.label) && s.truth.everOwner(a.by, a.seq)
	})
}

// inForce checks that a disaster on whose account something is done was still one at
// some moment since andon began to look.
func (s *sim) inForce(r *request, g *saga, what string) {
	since := r.life.r.since
	if r.late {
		return
	}
	if !g.pure() || !s.check(g.rec != nil, "andon %s without a record of the disaster", what) || g.rec == nil {
		return
	}
	if g.lateSince(since) {
		return // an older record has come late, after andon had read the newer one
	}
	s.check(g.open(), "andon %s though the record says that the disaster is over", what)
	if s.unseen(g) {
		return // andon cannot see what people do there, and the freeze never ends by that
	}
	for _, a := range g.gapsOf(g.declaredSeq()) {
		off := a.seq <= since && len(g.on(since, declaring())) == 0 && s.truth.alwaysOwner(a.by, a.seq) && g.lastGap() == a.seq
		s.check(!off, "andon %s though a Product Owner has taken the declaration back", what)
	}
	if len(s.truth.causes(g)) > 0 && g.rec.Restored == nil && !g.rec.MustRestore && s.now.life.r.since == since {
		s.check(s.truth.causeWas(g, since, false), "andon %s though the root cause was closed before it looked", what)
	}
}

// declaredSeq is when the present declaration was made.
func (g *saga) declaredSeq() int {
	if g.rec == nil {
		return 0
	}
	a, _ := g.declaredAct()
	return a.seq
}

// lastGap is when the last declaring label went for the last time.
func (g *saga) lastGap() int {
	gaps := g.gapsOf(0)
	if len(gaps) == 0 {
		return 0
	}
	return gaps[len(gaps)-1].seq
}

// deletedSprint checks that a sprint was created in the freeze and is remembered, or is
// andon's own.
func (s *sim) deletedSprint(r *request, old jiratest.Sprint) {
	if s.truth.sprints[old.ID].by == s.truth.bot {
		return
	}
	s.rest.undone++
	s.check(old.State == jiratest.SprintFuture, "andon deletes sprint %d, which is %s", old.ID, old.State)
	s.check(s.shopBoard(old.OriginBoardID), "andon deletes sprint %d, whose board is not the project's", old.ID)
	// Jira knows no deletion that depends on a freeze: one that is on its way when the freeze ends cannot be called back.
	s.check(r.meant || s.createdInFreeze(old.ID), "andon deletes sprint %d %q, which was there before the freeze", old.ID, old.Name)
	for _, g := range s.truth.all() {
		for _, e := range recordOf(g).Sprints {
			if e.ID == old.ID {
				s.inForce(r, g, "deletes sprint "+itoa(old.ID))
				s.remembered(r, g, &moment{sprint: old, scope: r.before.scope})
				return
			}
		}
	}
	// A record that somebody has written over, or an older one that came late after andon had read the newer one, tells nothing.
	lost := slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return !g.pure() || g.lateSince(r.life.r.since) })
	s.check(s.keptOnProject(old.ID) || lost, "sprint %d is deleted and was not remembered before", old.ID)
}

// createdInFreeze says whether a sprint was created in a freeze that holds.
func (s *sim) createdInFreeze(id int64) bool {
	b, born := s.truth.sprints[id]
	return born && slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return (s.holds(g) || !g.pure()) && g.declaredSeq() < b.seq })
}

// createdSprint checks that a Product Owner asked for a successor while planning is free.
func (s *sim) createdSprint() {
	asked := slices.ContainsFunc(s.truth.all(), func(g *saga) bool {
		return slices.ContainsFunc(g.acts, func(a labelAct) bool { return a.on && a.label == "sprint-resume" && s.truth.everOwner(a.by, a.seq) })
	})
	s.check(asked, "andon creates a sprint for which no Product Owner has asked")
	s.check(!slices.ContainsFunc(s.truth.all(), func(g *saga) bool { return g.open() && g.pure() && !g.gone }), "andon creates a sprint while planning is frozen")
}

// movedIssues checks that only what was planned in a freeze goes back, and that only
// andon's own sprints are filled.
func (s *sim) movedIssues(r *request, to int64) {
	var in struct{ Issues []string }
	if err := json.Unmarshal(r.body, &in); err != nil {
		s.wrong("a move that cannot be read: %s", r.body)
	}
	p, _ := s.jira.Project("SHOP")
	if sprint, _ := s.jira.Sprint(to); to != 0 {
		s.check(s.shopBoard(sprint.OriginBoardID), "andon puts issues into sprint %d of another project", to)
	}
	filling := to != 0 && s.truth.sprints[to].by == s.truth.bot
	began := s.truth.seq
	for _, g := range s.truth.all() {
		if g.open() || !g.pure() {
			began = min(began, g.declaredSeq())
		}
	}
	if r.late {
		return
	}
	for _, ref := range in.Issues {
		i, _ := s.jira.Issue(ref)
		s.check(i.ProjectID == p.ID || s.truth.touched[i.ID] > r.life.r.since, "andon moves issue %s of another project", i.Key)
		put := slices.ContainsFunc(s.truth.moves[i.ID], func(seq int) bool { return seq > began })
		s.check(filling || put, "andon moves issue %s, which nobody has planned in a freeze", i.Key)
	}
}

// editedLabels checks that andon only takes off what others may not set, and only puts
// back what others may not take off.
func (s *sim) editedLabels(r *request, i jiratest.Issue) {
	var in struct {
		Update struct{ Labels []map[string]string }
		Fields map[string]any
	}
	if err := json.Unmarshal(r.body, &in); err != nil || len(in.Fields) > 0 {
		s.wrong("andon edits %s: %s", i.Key, r.body)
		return
	}
	g := s.truth.saga(itoa(i.ID))
	for _, verb := range in.Update.Labels {
		if l, ok := verb["remove"]; ok {
			s.check(!slices.Contains(declaring(), l), "andon takes the label %s off %s", l, i.Key)
		}
		if l, ok := verb["add"]; ok {
			had := slices.ContainsFunc(g.acts, func(a labelAct) bool { return a.label == l && a.on && a.by != s.truth.bot })
			s.check(had, "andon puts the label %s on %s, which nobody had set", l, i.Key)
		}
	}
}

// tasksBody is a call that creates tasks.
type tasksBody struct {
	IssueUpdates []struct {
		Fields struct {
			Parent struct{ ID string }
		}
	}
}

// createdTasks checks that tasks are created for an open disaster only.
func (s *sim) createdTasks(r *request) {
	var in tasksBody
	if err := json.Unmarshal(r.body, &in); err != nil || len(in.IssueUpdates) == 0 {
		return
	}
	s.inForce(r, s.truth.saga(in.IssueUpdates[0].Fields.Parent.ID), "creates tasks")
}

// touchedComment checks that only andon's own comments are changed.
func (s *sim) touchedComment(r *request, i jiratest.Issue) {
	id := r.path[strings.LastIndexByte(r.path, '/')+1:]
	for _, c := range i.Comments {
		if itoa(c.ID) == id {
			s.check(c.Author == s.truth.bot, "andon changes a comment that it has not written")
		}
	}
}

// looked keeps what a replica says after a look.
func (s *sim) looked(l *life, p jira.Pass) {
	if l.over {
		return
	}
	s.rest.plans[p.Project] = p
}

// soon is how far two moments may be apart that mean the same to people.
const soon = 10 * time.Minute
