package jira

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"andon/rules"
)

// board finds the project of a board of which an event told, and looks at that project
// if it is watched. A board in no project may show the issues of any, so every watched
// project is looked at.
func (r *Reconciler) board(ctx context.Context, id int64) error {
	if id <= 0 {
		r.log.WarnContext(ctx, "a hint named no board")
		return nil
	}
	r.known.forgetBoard(id)
	b, err := r.c.Board(ctx, id)
	switch {
	case ignoreGone(err) != nil:
		return fmt.Errorf("project of board %d: %w", id, err)
	case err == nil:
		r.known.setBoard(b)
		if b.Location != nil {
			if !r.known.Watched(b.Location.ProjectKey) {
				return nil
			}
			return r.hint(ctx, b.Location.ProjectKey, lookNote)
		}
	}
	for _, p := range r.known.WatchedProjects() {
		if err := r.hint(ctx, p, lookNote); err != nil {
			return err
		}
	}
	return nil
}

// hint queues a project.
func (r *Reconciler) hint(ctx context.Context, projectKey string, notes ...string) error {
	if err := r.q.Add(ctx, "project:"+projectKey, 0, notes...); err != nil {
		return fmt.Errorf("queue project %s: %w", projectKey, err)
	}
	return nil
}

// issueKey finds the project of an issue of which an event told no more than the id.
func (r *Reconciler) issueKey(ctx context.Context, id string) error {
	i, err := r.c.Issue(ctx, id, IssueQuery{Fields: []string{"project", "labels"}})
	switch {
	case IsNotFound(err) || IsForbidden(err):
		return nil // gone; if it was an open disaster, its project's own look finds out
	case err != nil:
		return fmt.Errorf("project of issue %s: %w", id, err)
	}
	return r.hint(ctx, i.ProjectKey, i.ID)
}

// sweep looks through the whole site with one search, for what no webhook told: new
// labels, and disasters that are still open. Nothing depends on the queue's memory.
func (r *Reconciler) sweep(ctx context.Context) (time.Duration, error) {
	pinned, err := r.q.Pinned(ctx)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	properties := r.sweepProperties(ctx)
	issues, err := r.candidatesOfSite(ctx, properties)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	due := map[string][]string{}
	for _, p := range slices.Concat(pinned, r.known.WatchedProjects()) {
		due[p] = nil
	}
	for _, i := range issues {
		if r.deserves(i, len(properties) > 0) {
			due[i.ProjectKey] = append(due[i.ProjectKey], i.ID)
		}
	}
	recalled, recallErr := r.recall(ctx)
	for _, p := range recalled {
		due[p] = append(due[p], lookNote)
	}
	projects := slices.DeleteFunc(slices.Sorted(maps.Keys(due)), func(p string) bool { return p == "" || !r.wanted(p) })
	for _, p := range projects {
		if err := r.hint(ctx, p, seenNotes(due[p])...); err != nil {
			return 0, fmt.Errorf("sweep: %w", err)
		}
	}
	if recallErr != nil {
		return 0, fmt.Errorf("sweep: %w", recallErr)
	}
	r.survey(ctx)
	r.log.DebugContext(ctx, "swept the site", "issues", len(issues), "projects", len(projects))
	if len(pinned) > 0 {
		return min(r.opt.Settings.Resync, r.opt.Sweep), nil
	}
	return r.opt.Sweep, nil
}

// candidatesOfSite searches the whole site, and proves meanwhile who we are: to a visitor
// every site is empty.
func (r *Reconciler) candidatesOfSite(ctx context.Context, properties []string) ([]Issue, error) {
	began := r.opt.Now()
	var issues []Issue
	g, gctx := r.crew(ctx)
	g.Go(func() error { _, err := r.whoWeAre(gctx); return err })
	g.Go(func() (err error) {
		issues, err = r.searchCandidates(gctx, "", SearchQuery{Fields: []string{"project", "labels", "parent", "updated", "summary"}, Properties: properties})
		return err
	})
	g.Go(func() error { r.learnSprintField(gctx); return nil })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	r.known.setSwept(began, issues)
	return issues, nil
}

// learnSprintField learns once which field holds the sprints. Without it a look takes longer
// and decides the same.
func (r *Reconciler) learnSprintField(ctx context.Context) {
	if _, err := r.c.SprintFieldID(ctx); err != nil {
		r.log.DebugContext(ctx, "the sprint field is not known yet", "why", err)
	}
}

// sweepProperties asks for our records along with the search where that costs nothing.
func (r *Reconciler) sweepProperties(ctx context.Context) []string {
	if info, err := r.c.Server(ctx); err == nil && info.Flavour == Cloud {
		return recordProperties()
	}
	return nil
}

// deserves says whether an issue that the sweep found may need something: it is one of
// our open tasks, it was touched lately, its record tells of an open disaster, or
// nobody has looked at it as it is now. Where records were asked for along with the
// search, an old label without one is history.
func (r *Reconciler) deserves(i Issue, asked bool) bool {
	if !r.calling(i.Labels) {
		return fromPlaybook(r.opt.Settings.Playbook, i.Summary)
	}
	if r.known.settledAt(i.ID, i.Updated) {
		return false
	}
	some := false
	for _, property := range recordProperties() {
		raw, has := i.Properties[property]
		if !has {
			continue
		}
		some = true
		rec, state := r.opt.Signer.OpenRecord(raw, i.ID)
		if state != rules.RecordValid || rec.Withdrawn == nil && (rec.Released == nil || rec.Resumed.IsZero()) {
			return true
		}
	}
	return !some && !asked || r.recent(i)
}

// fromPlaybook says whether a summary is that of a task of the playbook.
func fromPlaybook(p rules.Playbook, summary string) bool {
	return slices.ContainsFunc(p.Entries, func(e rules.Entry) bool { return strings.HasSuffix(summary, e.Title) })
}

// recent says whether an issue was touched so lately that a label on it may be new.
func (r *Reconciler) recent(i Issue) bool {
	return r.opt.Now().Sub(i.Updated) <= r.opt.Settings.MaxAge+time.Hour
}
