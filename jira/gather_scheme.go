package jira

import (
	"context"
	"errors"
	"fmt"

	"andon/rules"
)

// errScheme is the reason where the permission scheme cannot be exchanged, whatever is tried.
var errScheme = errors.New("permission scheme")

// permissionScheme reads which scheme the project uses. That it cannot be read is a fact
// of its own, since nothing else may wait for it.
func (l *look) permissionScheme(ctx context.Context) (rules.Scheme, error) {
	s, err := l.r.c.ProjectPermissionScheme(ctx, l.facts.Project.ID)
	if err = l.r.proved(ctx, err); err == nil {
		return schemeFacts(s, l.facts.Project.ID), nil
	}
	if KindOf(err) == KindCancelled || IsUnauthorized(err) || IsRateLimited(err) {
		return rules.Scheme{}, fmt.Errorf("permission scheme of the project: %w", err)
	}
	refused := l.absent(err) || hopeless(err)
	l.r.log.WarnContext(ctx, "the project's permission scheme cannot be read", "project", l.key, "why", words(err))
	return rules.Scheme{Read: true, Unreadable: words(err), Passing: !refused}, nil
}

// proved turns a 401 into a clear no where Jira still knows who we are: some releases
// answer so to accounts that are no administrators.
func (r *Reconciler) proved(ctx context.Context, err error) error {
	if !IsUnauthorized(err) {
		return err
	}
	if _, proof := r.c.Myself(ctx); proof != nil {
		return proof
	}
	return fmt.Errorf("%w: Jira answers 401: %s", errScheme, words(err))
}

// schemeFacts are the facts of a scheme.
func schemeFacts(s PermissionScheme, project string) rules.Scheme {
	out := rules.Scheme{Read: true, Present: rules.SchemeRef{ID: s.ID, Name: s.Name}}
	if original, ours := rules.CopyOf(s.Description, project); ours {
		out.Copy, out.Original = true, rules.SchemeRef{ID: original}
	}
	out.Foreign = !out.Copy && rules.CopyOfAny(s.Description)
	return out
}
