package jira

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// recall finds the projects whose own property tells of an open disaster. No search can
// find one whose issue was deleted or hidden, so an andon that starts with an empty
// memory asks every project once; afterwards it remembers by itself.
//
// A large site is asked in portions, one a sweep, so that this never holds up the rest; its
// projects are listed in such portions, too.
func (r *Reconciler) recall(ctx context.Context) ([]string, error) {
	portion := r.known.recallPortion()
	pending, err := r.toRecall(ctx, portion)
	if err != nil {
		return nil, err
	}
	now := pending[:min(len(pending), portion)]
	strange := len(now) > 0 && r.known.roleIDs() == nil
	open := make([]bool, len(now))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.opt.SideBySide)
	for i, key := range now {
		g.Go(func() (err error) { open[i], err = r.recallsOpen(gctx, key); return err })
	}
	if strange {
		g.Go(func() error { r.learnRoles(gctx, now[0]); return nil })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	r.known.setPending(pending[len(now):])
	var keys []string
	for i, key := range now {
		if open[i] {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

const (
	// recallPortion is how many projects one sweep asks at most.
	recallPortion = 100
	// recallEvery is how much time is left to each in the long run: 900 an hour, so that a
	// large site that is asked whole after a restart keeps its hourly points for work.
	recallEvery = 4 * time.Second
)

// toRecall are projects that are still to be asked, at least as many as wanted, as far as there are so
// many. The list of a large site is read as it is needed.
func (r *Reconciler) toRecall(ctx context.Context, wanted int) ([]string, error) {
	pending, next, listed := r.known.toRecall()
	for !listed && len(pending) < wanted {
		part, err := r.c.projectsFrom(ctx, next)
		if err != nil {
			return nil, fmt.Errorf("list the projects: %w", err)
		}
		for _, p := range part.projects {
			if err := projectArg(p.Key).err; err != nil { // nothing of such an answer is kept
				return nil, fmt.Errorf("list the projects: %w", err)
			}
			if r.wanted(p.Key) && !slices.Contains(pending, p.Key) {
				pending = append(pending, p.Key)
			}
		}
		r.known.addProjects(part)
		next, listed = part.next, part.next == 0
		r.known.setToRecall(pending, next)
	}
	return pending, nil
}

// recallPortion is how many projects may be asked now. By a clock that was set back nobody
// knows how long ago the last portion was, so it counts as long ago.
func (k *Known) recallPortion() int {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	now, n := k.now(), recallPortion
	if since := now.Sub(k.site.recalled); !k.site.recalled.IsZero() && since >= 0 {
		n = min(n, int(since/recallEvery))
	}
	if n > 0 {
		k.site.recalled = now
	}
	return n
}

// recallsOpen says whether a project's property tells of an open disaster, or cannot be
// understood. Where the account may not read it, the disasters' own records have to do.
func (r *Reconciler) recallsOpen(ctx context.Context, key string) (bool, error) {
	raw, found, err := r.c.ProjectProperty(ctx, key, RecordProperty)
	switch {
	case refusedByJira(err):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read the property of project %s: %w", key, err)
	}
	var m projectMemory
	return found && (r.opt.Signer.open("project", raw, &m) != nil || len(m.Disasters) > 0 || m.Swap.State != rules.SwapNone), nil
}

// pointBack sees to it that the project from which a disaster was moved away is looked
// after while it is open or may come back. Its label is found where the issue is now,
// its freeze is there.
func (r *Reconciler) pointBack(ctx context.Context, l *look) error {
	for _, id := range slices.Sorted(maps.Keys(l.read)) {
		for _, property := range recordProperties() {
			rec, state := r.opt.Signer.OpenRecord(l.read[id].Properties[property], id)
			over := rec.Withdrawn != nil || rec.Released != nil && !rec.Resumed.IsZero()
			if state != rules.RecordValid || rec.Project == l.facts.Project.ID || over {
				continue
			}
			if err := r.pointTo(ctx, l, rec.Project, l.read[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// pointTo hints at the project of a disaster. One that is looked after for something else does not know of a disaster
// that it has released and that was moved away: it is on no list, and no search in the project finds it. So the project
// where the issue is now tells of it each time; any other one only where nobody looks after the project.
func (r *Reconciler) pointTo(ctx context.Context, l *look, project string, disaster Issue) error {
	p, err := r.c.Project(ctx, project)
	if err := l.present(err); err != nil {
		return fmt.Errorf("project of the disaster %s: %w", disaster.Key, err)
	}
	if p.Key == "" { // a project that Jira does not show cannot be looked at
		return nil
	}
	if here := disaster.ProjectID == l.facts.Project.ID; !here && r.known.Watched(p.Key) {
		return nil // else two projects could tell each other for ever
	}
	return r.hint(ctx, p.Key, seenNotes([]string{disaster.ID})...)
}

// learnRoles learns the ids of roles from one project, since on most sites they are every
// project's. Without them the first declaration asks for them itself.
func (r *Reconciler) learnRoles(ctx context.Context, projectKey string) {
	roles, err := r.c.ProjectRoles(ctx, projectKey)
	if err != nil {
		r.log.DebugContext(ctx, "the ids of the roles are not known yet", "why", err)
		return
	}
	r.known.setRoleIDs(roles)
}
