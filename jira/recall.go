package jira

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// recall finds the projects whose own property tells of an open disaster. No search can
// find one whose issue was deleted or hidden, so an andon that starts with an empty
// memory asks every project once; afterwards it remembers by itself.
func (r *Reconciler) recall(ctx context.Context) ([]string, error) {
	if r.known.hasRecalled() {
		return nil, nil
	}
	projects, err := r.c.Projects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the projects: %w", err)
	}
	projects = slices.DeleteFunc(projects, func(p Project) bool { return !r.wanted(p.Key) })
	open := make([]bool, len(projects))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.opt.SideBySide)
	for i, p := range projects {
		g.Go(func() error {
			raw, found, err := r.c.ProjectProperty(gctx, p.Key, RecordProperty)
			switch {
			case refusedByJira(err):
				return nil // where the account may not, the disasters' own records have to do
			case err != nil:
				return fmt.Errorf("read the property of project %s: %w", p.Key, err)
			}
			var m projectMemory
			open[i] = found && (r.opt.Signer.open("project", rules.RecordVersion, raw, &m) != nil || len(m.Disasters) > 0)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var keys []string
	for i, p := range projects {
		if open[i] {
			keys = append(keys, p.Key)
		}
	}
	r.known.setRecalled()
	return keys, nil
}

// pointBack sees to it that the project from which an open disaster was moved away is
// looked after. Its label is found where the issue is now, its freeze is there.
func (r *Reconciler) pointBack(ctx context.Context, l *look) error {
	for _, id := range slices.Sorted(maps.Keys(l.read)) {
		rec, state := r.opt.Signer.OpenRecord(l.read[id].Properties[RecordProperty], id)
		if state != rules.RecordValid || rec.Project == l.facts.Project.ID || rec.Withdrawn != nil || rec.Released != nil {
			continue
		}
		p, err := r.c.Project(ctx, rec.Project)
		switch {
		case ignoreGone(err) != nil:
			return fmt.Errorf("project of the disaster %s: %w", l.read[id].Key, err)
		case err != nil || r.known.Watched(p.Key):
			continue
		}
		if err := r.hint(ctx, p.Key, id); err != nil {
			return err
		}
	}
	return nil
}
