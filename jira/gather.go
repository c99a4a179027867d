package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// look is one look at a project: what has been read of it so far.
type look struct {
	r     *Reconciler
	key   string
	notes []string
	facts rules.Facts
	self  User
	site  ServerInfo
	found map[string]bool // ids of candidate issues
	read  map[string]Issue
	own   []Issue           // open issues that andon created and that are nobody's sub-tasks
	gone  map[string]string // ids of candidates that cannot be read, and why
	list  projectMemory     // what the project's property tells
	roles map[string]int64
	early early
	// projectKept is true where the project is what a list told a while ago.
	projectKept bool
	// rolesKept is true where the ids of the roles are another project's, as far as they were asked for.
	rolesKept bool
	// asked is true where a decision wanted more than issues and boards.
	asked bool
	seen  sightings
	// lastPlanned is the last search for issues that were put into sprints.
	lastPlanned rules.PlannedWant
	doubt       atomic.Bool // something was not there, or Jira hid it from us
}

// gather reads everything that a decision about a project needs. Every read that fails
// is an error, except where rules has a word for it. Nothing is believed before Jira
// has proved who we are: an expired token makes Cloud look like an empty Jira.
func (r *Reconciler) gather(ctx context.Context, projectKey string, notes []string) (rules.Facts, *look, error) {
	l := &look{r: r, key: projectKey, notes: notes, found: map[string]bool{}, read: map[string]Issue{}, gone: map[string]string{}}
	l.facts.Now = r.opt.Now().UTC().Truncate(time.Millisecond)
	l.facts.Settings = r.opt.Settings
	for _, step := range []func(context.Context) error{l.first, l.second, l.sprints, l.disasters, l.orders, l.nothing} {
		if err := step(ctx); err != nil {
			return rules.Facts{}, nil, fmt.Errorf("look at project %s: %w", projectKey, err)
		}
	}
	return l.facts, l, nil
}

// first reads side by side what needs nothing but the project's key.
func (l *look) first(ctx context.Context) error {
	g, gctx := l.r.crew(ctx)
	var project Project
	var boards []Board
	var labelled []Issue
	var memo projectMemory
	var memoProblem, projectProblem error
	issues := make([]Issue, len(l.notes))
	g.Go(func() (err error) { l.self, err = l.whoWeAre(gctx); return err })
	g.Go(func() (err error) { l.site, err = l.r.c.Server(gctx); return err })
	g.Go(func() error { project, projectProblem = l.projectOf(ctx); return projectProblem })
	g.Go(func() (err error) { boards, err = l.r.c.Boards(gctx, l.key); return l.present(err) })
	g.Go(func() (err error) { labelled, err = l.search(gctx); return err })
	g.Go(func() (err error) { memo, memoProblem, err = l.memory(gctx); return err })
	for i, id := range l.notes {
		g.Go(func() (err error) { issues[i], err = l.candidate(gctx, id); return l.present(err) })
	}
	if l.hopeful() {
		l.ahead(gctx, g, slices.Concat(l.earlyPeople(), l.earlyBoards())...)
	}
	if err := g.Wait(); err != nil {
		return plainest(err, projectProblem)
	}
	l.facts.Self = personOf(&l.self)
	l.facts.Site = rules.Site{BaseURL: l.site.BaseURL, Flavour: rules.Flavour(l.site.Flavour)}
	l.facts.Project = projectFacts(project)
	if l.r.opt.BoardsFor != nil {
		l.facts.Settings.Boards = l.r.opt.BoardsFor(project.Key)
	}
	l.facts.Memory = rules.ProjectMemory{Disasters: memo.Disasters, Writable: !l.r.known.muted(project.ID), Swap: memo.Swap, Told: memo.Told, Kept: memo.Kept,
		Damaged: errors.Is(memoProblem, errDamaged)}
	if errors.Is(memoProblem, errNewer) {
		l.facts.Memory.Unreadable = memoProblem.Error()
	}
	l.list = memo
	for _, i := range issues {
		if i.ID != "" {
			l.read[i.ID] = i
		}
	}
	l.noteFound(labelled)
	return l.boards(ctx, boards)
}

// search looks for the project's candidates: issues with a disaster label, and open
// tasks that andon created, whose parents are disasters even if a label was lost.
func (l *look) search(ctx context.Context) ([]Issue, error) {
	if issues, ok := l.r.known.sweptIn(l.key, l.r.opt.Sweep); ok && l.hopeful() {
		return issues, nil // the sweep has asked the same of the whole site a moment ago
	}
	issues, err := l.r.searchCandidates(ctx, "project = "+QuoteJQL(l.key)+" AND ", SearchQuery{
		Fields: []string{"labels", "parent", "updated", "summary"}, Reconcile: reconcilable(l.notes)})
	if err != nil {
		return nil, fmt.Errorf("search for disasters: %w", err)
	}
	return issues, nil
}

// searchCandidates searches for the issues that may concern andon. A Jira that does not
// understand the search for andon's own tasks is asked for the labels alone.
func (r *Reconciler) searchCandidates(ctx context.Context, scope string, q SearchQuery) ([]Issue, error) {
	labels := make([]string, 0, 5)
	for _, name := range append(r.opt.Settings.Labels.Declaring(), r.opt.Settings.Labels.Resume) {
		labels = append(labels, QuoteJQL(name))
	}
	labelled := "labels in (" + strings.Join(labels, ", ") + ")"
	q.JQL = scope + "(" + labelled + " OR (creator = currentUser() AND statusCategory != Done)) ORDER BY updated DESC"
	issues, err := r.c.Search(ctx, q)
	if IsInvalid(err) {
		q.JQL = scope + labelled + " ORDER BY updated DESC"
		issues, err = r.c.Search(ctx, q)
	}
	return issues, err
}

// reconcilable are the ids that Cloud can be asked to show as they are now.
func reconcilable(notes []string) []string {
	if len(notes) > 50 {
		return notes[:50]
	}
	return notes
}

// noteFound adds the candidates among issues that a search found.
func (l *look) noteFound(issues []Issue) {
	for _, i := range issues {
		if l.r.calling(i.Labels) {
			l.found[i.ID] = true
		} else if i.Parent != nil {
			l.found[i.Parent.ID] = true
		} else {
			l.own = append(l.own, i)
		}
	}
}

// calling says whether a label is among the labels that an issue without any record may
// be looked at for: one that declares, or the wish for a successor after a withdrawal.
func (r *Reconciler) calling(labels []string) bool {
	return r.declaring(labels) || slices.Contains(labels, r.opt.Settings.Labels.Resume)
}

// declaring says whether a disaster label is among the labels.
func (r *Reconciler) declaring(labels []string) bool {
	return slices.ContainsFunc(r.opt.Settings.Labels.Declaring(), func(d string) bool { return slices.Contains(labels, d) })
}

// memory reads the project's own property, and says why it is not believed.
func (l *look) memory(ctx context.Context) (m projectMemory, problem, err error) {
	raw, found, err := l.r.c.ProjectProperty(ctx, l.key, RecordProperty)
	switch {
	case IsForbidden(err) || IsUnauthorized(err):
		return projectMemory{}, nil, nil // the account may not; the disasters' own records are enough
	case err != nil:
		return projectMemory{}, nil, fmt.Errorf("read the project's property: %w", err)
	case !found:
		return projectMemory{}, nil, nil
	}
	if problem = l.r.opt.Signer.open("project", raw, &m); problem == nil {
		return m, nil, nil
	}
	if errors.Is(problem, errDamaged) {
		l.r.log.WarnContext(ctx, "the project's property is not believed", "project", l.key, "why", problem)
	}
	return projectMemory{}, problem, nil
}

// candidate reads an issue that may be a disaster. Its comments come along, since one may
// stand there twice.
func (l *look) candidate(ctx context.Context, id string) (Issue, error) {
	return l.issue(ctx, id, true)
}

// issue reads an issue with all that judging it needs.
func (l *look) issue(ctx context.Context, id string, comments bool) (Issue, error) {
	q := IssueQuery{Properties: append(recordProperties(), TaskProperty), History: true, Comments: comments || l.hopeful()}
	if l.hopeful() {
		q.SprintField, _ = l.r.c.shared.sprint.peek()
	}
	i, err := l.r.c.Issue(ctx, id, q)
	if err == nil && i.More.CommentsWhole && l.hopeful() {
		l.early.put("comments/"+i.ID, i.More.Comments)
	}
	return i, err
}

// ignoreGone lets pass that an issue cannot be read.
func ignoreGone(err error) error {
	if IsNotFound(err) || IsForbidden(err) {
		return nil
	}
	return err
}

// absent says whether Jira answered that something is not there or not for us. It makes
// the look doubtful: who we are is proved once more before anything is done, since a
// token that expires in the middle makes Cloud answer the same.
func (l *look) absent(err error) bool {
	gone := IsNotFound(err) || IsForbidden(err)
	if gone {
		l.doubt.Store(true)
	}
	return gone
}

// present lets pass that something is not there, such as the boards of a Jira without
// Software; any other error stays one.
func (l *look) present(err error) error {
	if l.absent(err) {
		return nil
	}
	return err
}

// nothing proves who we are once more where the look found no disaster at all: to a
// visitor whose token has just expired every project looks like that.
func (l *look) nothing(ctx context.Context) error {
	if len(l.facts.Disasters) == 0 {
		l.doubt.Store(true)
	}
	return l.prove(ctx)
}

// prove asks Jira once more who we are where something was not there.
func (l *look) prove(ctx context.Context) error {
	if !l.doubt.Swap(false) {
		return nil
	}
	if _, err := l.r.proveSelf(ctx); err != nil {
		return fmt.Errorf("prove who we are, since Jira did not show everything: %w", err)
	}
	return nil
}

// candidates reads the issues that were found or are remembered as open.
func (l *look) candidates(ctx context.Context) error {
	open := slices.Concat(l.list.Disasters, l.r.known.openOf(l.key))
	ids := slices.Sorted(maps.Keys(l.found))
	ids = append(ids, open...)
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { _, read := l.read[id]; return read })
	issues := make([]Issue, len(ids))
	errs := make([]error, len(ids))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(l.r.opt.SideBySide)
	for i, id := range ids {
		g.Go(func() error {
			issues[i], errs[i] = l.candidate(gctx, id)
			return l.present(errs[i])
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, id := range ids {
		switch {
		case errs[i] == nil:
			l.read[id] = issues[i]
		case slices.Contains(open, id):
			l.gone[id] = goneWords(errs[i])
		}
	}
	return nil
}

// goneWords says why an issue cannot be read.
func goneWords(err error) string {
	if IsForbidden(err) {
		return "Jira answers 403"
	}
	return "Jira answers 404"
}

// projectFacts are the facts of a project.
func projectFacts(p Project) rules.Project {
	out := rules.Project{ID: p.ID, Key: p.Key, Name: p.Name, Lead: personOf(p.Lead), TeamManaged: p.Simplified}
	for _, t := range p.IssueTypes {
		typ := rules.IssueType{ID: t.ID, Name: t.Name, Subtask: t.Subtask, Level: level(t)}
		switch {
		case t.Subtask && out.Subtask.ID == "":
			out.Subtask = typ
		case !t.Subtask && typ.Level == 0 && (out.Task.ID == "" || strings.EqualFold(t.Name, "Task") && !strings.EqualFold(out.Task.Name, "Task")):
			out.Task = typ
		}
	}
	return out
}

// level is the place of an issue type in the hierarchy; Data Center does not tell it,
// but its epics carry the product's name for them.
func level(t IssueType) int {
	switch {
	case t.Subtask:
		return -1
	case t.HierarchyLevel != 0:
		return t.HierarchyLevel
	case strings.EqualFold(t.Name, "Epic"):
		return 1
	}
	return 0
}

// personOf is the person behind a user.
func personOf(u *User) rules.Person {
	if u == nil {
		return rules.Person{}
	}
	p := rules.Person{ID: u.ID(), Name: u.DisplayName, App: u.AccountType == "app"}
	if u.AccountID == "" {
		p.Username = u.Name
	}
	return p
}

// sortedKeys are the keys of a set in order.
func sortedKeys[T any](set map[string]T) []string { return slices.Sorted(maps.Keys(set)) }

// number reads an id that Jira writes as a number.
func number(id string) int64 {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// markOf reads the mark on a task.
func markOf(i Issue) (taskMark, bool) {
	raw, ok := i.Properties[TaskProperty]
	if !ok {
		return taskMark{}, false
	}
	var m taskMark
	if err := json.Unmarshal(raw, &m); err != nil {
		return taskMark{}, false // somebody wrote something else there; it is no mark of ours
	}
	return m, m.Disaster != "" && m.Entry != ""
}
