package jira

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"andon/rules"
)

// A creation whose answer was lost may take effect after andon has looked, found nothing
// and created the same again. Jira takes no key by which it could refuse the second one,
// so what is there twice is taken back as soon as it is seen.

// twin is a task that may be there twice.
type twin struct{ id, entry string }

// doublesOf are the issues that hang on a disaster, are called like one of its tasks and
// are younger.
func doublesOf(i Issue, rec rules.Record) []twin {
	refs := slices.Concat(i.Subtasks, linkedIssues(i))
	named := map[string]string{} // task id -> entry
	for entry, id := range rec.Tasks {
		named[id] = entry
	}
	var out []twin
	for _, ref := range refs {
		if named[ref.ID] != "" {
			continue
		}
		k := slices.IndexFunc(refs, func(o IssueRef) bool {
			return named[o.ID] != "" && o.Summary == ref.Summary && number(o.ID) < number(ref.ID)
		})
		if k >= 0 {
			out = append(out, twin{id: ref.ID, entry: named[refs[k].ID]})
		}
	}
	return out
}

// takeBack deletes the doubles of tasks that nobody has touched yet, and those of comments.
func (r *Reconciler) takeBack(ctx context.Context, l *look, f rules.Facts) error {
	for _, d := range f.Disasters {
		if err := r.takeBackComments(ctx, l, d); err != nil {
			return fmt.Errorf("take back a double comment of %s: %w", d.Key, err)
		}
		if d.RecordState != rules.RecordValid || r.known.muted("doubles of "+d.ID) {
			continue
		}
		for _, twice := range doublesOf(l.read[d.ID], d.Record) {
			if err := r.dropDouble(ctx, l, d, twice); err != nil {
				return fmt.Errorf("take back a double task of %s: %w", d.Key, err)
			}
		}
	}
	return nil
}

// dropDouble deletes one if it is andon's own, for the same entry and declaration, and
// as it was created. What somebody works on stays.
func (r *Reconciler) dropDouble(ctx context.Context, l *look, d rules.Disaster, twice twin) error {
	t, err := l.task(ctx, &d, twice.id, "")
	if err != nil || t == nil {
		return err
	}
	if t.Entry != twice.entry || t.Round != d.Record.Round || t.Status.Category != rules.CategoryNew || t.Assignee.ID != "" {
		return nil
	}
	return r.tookBack(ctx, r.c.DeleteIssue(ctx, twice.id, false), "doubles of "+d.ID, "a task", "Delete Issues",
		slog.String("disaster", d.Key), slog.String("task", t.Key))
}

// tookBack says what came of deleting a double. Where Jira refuses for good, the doubles of
// this sort are left alone for a while; an error is one that may pass.
func (r *Reconciler) tookBack(ctx context.Context, err error, sort, thing, right string, which ...slog.Attr) error {
	switch {
	case err == nil:
		r.log.LogAttrs(ctx, slog.LevelInfo, thing+" that was there twice is taken back", which...)
	case IsNotFound(err), IsReadOnly(err):
	case hopeless(err):
		r.known.setMute(sort)
		r.log.LogAttrs(ctx, slog.LevelWarn, thing+" is there twice and cannot be deleted; "+right+" lets andon do it", append(which, slog.String("why", words(err)))...)
	default:
		return err
	}
	return nil
}
