package jira

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// sprintPermissions are the keys that the copy leaves out. The last two are those of
// Data Center; where a site does not know them, no scheme grants them.
func sprintPermissions() []string {
	return []string{"MANAGE_SPRINTS_PERMISSION", "START_STOP_SPRINTS_PERMISSION", "EDIT_SPRINT_NAME_AND_GOAL_PERMISSION"}
}

// frozenGrants are the grants of the copy: those of the original without the sprint
// permissions, and those for andon's own account.
func frozenGrants(original []Grant, self string) (grants []Grant, taken bool) {
	var own []Grant
	for _, permission := range sprintPermissions() {
		if slices.ContainsFunc(original, func(g Grant) bool { return g.Permission == permission }) {
			own = append(own, Grant{Permission: permission, Holder: Holder{Type: "user", Parameter: self}})
		}
	}
	for _, g := range original {
		if !slices.Contains(sprintPermissions(), g.Permission) {
			grants = append(grants, g)
		}
	}
	return append(grants, own...), len(own) > 0
}

// swapScheme has the project use the copy. Each step looks first whether it has been
// done, so that whoever died between two of them is followed by somebody who goes on.
func (a *applier) swapScheme(ctx context.Context, s rules.SwapScheme) (rules.SchemeRef, error) {
	ref, err := a.trySwap(ctx, s)
	return ref, a.look.r.proved(ctx, err)
}

func (a *applier) trySwap(ctx context.Context, s rules.SwapScheme) (rules.SchemeRef, error) {
	c := a.look.r.c
	now, err := c.ProjectPermissionScheme(ctx, s.Project)
	switch f := schemeFacts(now, s.Project); {
	case err != nil:
		return rules.SchemeRef{}, fmt.Errorf("permission scheme of the project: %w", err)
	case f.Copy:
		return f.Present, nil
	case now.ID != s.Original.ID:
		return rules.SchemeRef{}, fmt.Errorf("the project's permission scheme %w", errMoved)
	}
	grants, taken := frozenGrants(now.Grants, a.look.facts.Self.ID)
	if !taken {
		return rules.SchemeRef{}, fmt.Errorf("%w: %q lets nobody manage sprints", errScheme, now.Name)
	}
	made, err := a.copyScheme(ctx, s, PermissionScheme{Name: s.Name, Description: s.Description, Grants: grants})
	if err != nil {
		return rules.SchemeRef{}, fmt.Errorf("copy the permission scheme: %w", err)
	}
	if err := a.copyAttributes(ctx, now.ID, made.ID); err != nil {
		return rules.SchemeRef{}, fmt.Errorf("copy the attributes of the permission scheme: %w", err)
	}
	// Making the copy has taken a while, and Jira knows no assignment that depends on what is there.
	switch now, err = c.ProjectPermissionScheme(ctx, s.Project); {
	case err != nil:
		return rules.SchemeRef{}, fmt.Errorf("permission scheme of the project: %w", err)
	case now.ID != s.Original.ID && now.ID != made.ID:
		return rules.SchemeRef{}, fmt.Errorf("the project's permission scheme %w", errMoved)
	}
	if err := c.AssignPermissionScheme(ctx, s.Project, made.ID); err != nil {
		return rules.SchemeRef{}, fmt.Errorf("assign the copy of the permission scheme: %w", err)
	}
	return made, nil
}

// copyScheme makes the copy, or takes one that was made before and never used; its
// grants may be out of date. Two workers may both have found none: the lowest id counts,
// and the other one is deleted in the end.
func (a *applier) copyScheme(ctx context.Context, s rules.SwapScheme, want PermissionScheme) (rules.SchemeRef, error) {
	made, err := a.copies(ctx, s.Project)
	if err != nil {
		return rules.SchemeRef{}, err
	}
	if len(made) == 0 {
		if _, err := a.look.r.c.CreatePermissionScheme(ctx, want); err != nil {
			return rules.SchemeRef{}, err
		}
		if made, err = a.copies(ctx, s.Project); err != nil {
			return rules.SchemeRef{}, err
		}
		if len(made) == 0 {
			return rules.SchemeRef{}, fmt.Errorf("the copy %w", errMoved)
		}
	}
	first := made[0]
	has, err := a.look.r.c.PermissionScheme(ctx, first.ID)
	if err != nil {
		return rules.SchemeRef{}, err
	}
	if has.Description != want.Description || !sameGrants(a.look.site.Flavour, has.Grants, want.Grants) {
		want.ID, want.Name = first.ID, first.Name
		if err := a.renewCopy(ctx, want); err != nil {
			return rules.SchemeRef{}, err
		}
	}
	return rules.SchemeRef{ID: first.ID, Name: first.Name}, nil
}

// renewCopy brings a copy from before up to date, unless somebody has given it to a
// project of his own.
func (a *applier) renewCopy(ctx context.Context, want PermissionScheme) error {
	users, err := a.schemeUsers(ctx, []PermissionScheme{want})
	if err != nil {
		return err
	}
	if len(users) > 0 {
		return fmt.Errorf("%w: the copy %q is still in use by %s", errScheme, want.Name, joined(users))
	}
	return a.look.r.c.ReplacePermissionScheme(ctx, want)
}

// sameGrants compares what schemes grant, in whatever order.
func sameGrants(f Flavour, x, y []Grant) bool {
	set := func(grants []Grant) map[string]bool {
		out := map[string]bool{}
		for _, g := range grants {
			h := holderFor(f, g.Holder)
			out[g.Permission+" "+h.Type+" "+h.Parameter+h.Value] = true
		}
		return out
	}
	left, right := set(x), set(y)
	for k := range right {
		if !left[k] {
			return false
		}
	}
	return len(left) == len(right)
}

// copies are andon's own schemes for a project, the lowest id first.
func (a *applier) copies(ctx context.Context, project string) ([]PermissionScheme, error) {
	all, err := a.look.r.c.SchemeNames(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the permission schemes: %w", err)
	}
	own := slices.DeleteFunc(all, func(s PermissionScheme) bool { return !schemeFacts(s, project).Copy })
	slices.SortFunc(own, func(x, y PermissionScheme) int { return cmp.Compare(x.ID, y.ID) })
	return own, nil
}

// copyAttributes copies what Data Center keeps beside the grants.
func (a *applier) copyAttributes(ctx context.Context, from, to int64) error {
	if a.look.site.Flavour != DataCenter {
		return nil
	}
	value, found, err := a.look.r.c.SchemeAttribute(ctx, from, ExtendedAdministration)
	if err != nil || !found {
		return err
	}
	return a.look.r.c.SetSchemeAttribute(ctx, to, ExtendedAdministration, value)
}

// restoreScheme gives the project its own scheme back. What somebody else has chosen
// meanwhile stays.
func (a *applier) restoreScheme(ctx context.Context, r rules.RestoreScheme) error {
	return a.look.r.proved(ctx, a.tryRestore(ctx, r))
}

func (a *applier) tryRestore(ctx context.Context, r rules.RestoreScheme) error {
	now, err := a.look.r.c.ProjectPermissionScheme(ctx, r.Project)
	switch {
	case err != nil:
		return fmt.Errorf("permission scheme of the project: %w", err)
	case now.ID == r.Original.ID:
		return nil
	case now.ID != r.Copy.ID && !schemeFacts(now, r.Project).Copy:
		return fmt.Errorf("the project's permission scheme %w", errMoved)
	}
	if err := a.look.r.c.AssignPermissionScheme(ctx, r.Project, r.Original.ID); err != nil {
		return fmt.Errorf("assign the project's own permission scheme: %w", err)
	}
	return nil
}

// dropScheme deletes andon's copies for the project. It asks every project first, since
// nobody says what becomes of a project whose scheme is deleted.
func (a *applier) dropScheme(ctx context.Context, d rules.DropScheme) error {
	return a.look.r.proved(ctx, a.tryDrop(ctx, d))
}

func (a *applier) tryDrop(ctx context.Context, d rules.DropScheme) error {
	own, err := a.copies(ctx, d.Project)
	if err != nil || len(own) == 0 {
		return err
	}
	if a.look.r.known.muted("schemes of " + d.Project) {
		return fmt.Errorf("%w: a copy is still in use", errScheme)
	}
	users, err := a.schemeUsers(ctx, own)
	switch {
	case err != nil:
		return err
	case len(users) > 0:
		a.look.r.known.setMute("schemes of " + d.Project)
		return fmt.Errorf("%w: a copy is still in use by %s", errScheme, joined(users))
	}
	for _, s := range own {
		if err := a.look.r.c.DeletePermissionScheme(ctx, s.ID); err != nil && !IsNotFound(err) {
			return fmt.Errorf("delete the permission scheme %d %q: %w", s.ID, s.Name, err)
		}
	}
	return nil
}

// schemeUsers are the keys of the projects that use one of the schemes.
func (a *applier) schemeUsers(ctx context.Context, schemes []PermissionScheme) ([]string, error) {
	projects, err := a.look.r.c.Projects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the projects: %w", err)
	}
	uses := make([]bool, len(projects))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(a.look.r.opt.SideBySide)
	for i, p := range projects {
		if p.Simplified {
			continue
		}
		g.Go(func() error {
			s, err := a.look.r.c.ProjectPermissionScheme(gctx, p.Key)
			uses[i] = err == nil && slices.ContainsFunc(schemes, func(o PermissionScheme) bool { return o.ID == s.ID })
			if err == nil || IsNotFound(err) || IsInvalid(err) { // gone, or without a scheme
				return nil
			}
			return fmt.Errorf("permission scheme of project %s: %w", p.Key, err)
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var users []string
	for i, p := range projects {
		if uses[i] {
			users = append(users, p.Key)
		}
	}
	return users, nil
}
