package install

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
	"andon/rules"
)

// Removal is what an operator wants to be rid of.
type Removal struct {
	Want hook.Want
	// Purge also removes andon's own properties from the projects and their issues.
	Purge bool
	// Projects are the only projects that are purged; none means all that can be seen.
	Projects []string
	// Force purges although planning is frozen.
	Force bool
	// Progress is told what is being looked at.
	Progress func(text string)
}

// Uninstall plans what leaves nothing of andon behind.
func Uninstall(ctx context.Context, c *jira.Client, r *jira.Reconciler, o Removal) (Plan, error) {
	var p Plan
	info, err := proved(ctx, c)
	if err != nil {
		return p, err
	}
	hooks, err := c.Webhooks(ctx)
	switch {
	case refused(err):
		p.Why, p.Manual = "andon's account may not administer Jira", []string{"As a Jira administrator open Administration, System, WebHooks, and delete the webhook at " + hook.Mask(o.Want.URL(info.Flavour)) + "."}
	case err != nil:
		return p, fmt.Errorf("list the webhooks: %w", err)
	}
	for _, h := range o.Want.Mine(hooks, info.Flavour) {
		p.remove(c, h, "it leads to this andon")
	}
	for _, h := range o.Want.Others(hooks, info.Flavour) {
		p.Notes = append(p.Notes, fmt.Sprintf("webhook %s %q leads to another andon, %s; it is left alone", h.ID, clean(h.Name), clean(hook.Mask(h.URL))))
	}
	if !o.Purge {
		p.Notes = append(p.Notes, "andon's own notes on projects and issues stay; andon uninstall --purge removes them, too")
		return p, nil
	}
	return p, p.purge(ctx, c, r, o)
}

// purge plans to remove andon's properties, project by project.
func (p *Plan) purge(ctx context.Context, c *jira.Client, r *jira.Reconciler, o Removal) error {
	keys := slices.Clone(o.Projects)
	if len(keys) == 0 {
		all, err := c.Projects(ctx)
		if err != nil {
			return fmt.Errorf("list the projects: %w", err)
		}
		for _, one := range all {
			keys = append(keys, one.Key)
		}
	}
	slices.Sort(keys)
	var frozen []error
	for i, key := range keys {
		o.Progress(fmt.Sprintf("looking at project %s (%d of %d)", key, i+1, len(keys)))
		if err := mayPurge(ctx, r, key, o.Force); err != nil {
			frozen = append(frozen, err)
			continue
		}
		left, err := r.Leftovers(ctx, key)
		if err != nil {
			return err
		}
		for _, l := range left {
			p.Steps = append(p.Steps, Step{What: fmt.Sprintf("remove the property %q from %s", l.Property, l.Key), Do: func(ctx context.Context) error { return c.RemoveLeftover(ctx, l) }})
		}
	}
	p.Notes = append(p.Notes, "stop andon first: while it runs, it notes what it sees again", "tasks, comments and labels stay: they are the team's history", "Redis keeps andon's keys, which begin with {andon}, until they are deleted there")
	return errors.Join(frozen...)
}

// mayPurge says why a project must not be purged now. With its notes gone, andon would not
// know a freeze any more, and whoever took the sprint permissions away could not give
// them back.
func mayPurge(ctx context.Context, r *jira.Reconciler, key string, force bool) error {
	f, err := r.Survey(ctx, key)
	if err != nil {
		return fmt.Errorf("look whether planning of %s is frozen: %w", key, err)
	}
	if r.SchemeTaken(f) {
		return fmt.Errorf("project %s uses andon's copy of its permission scheme, and its notes are the way back: end the freeze, or let andon run with ANDON_FREEZE=react until the project's own scheme is back; --force does not help here", key)
	}
	plan := rules.Decide(f)
	if !plan.Frozen || force {
		return nil
	}
	var by []string
	for _, s := range plan.States {
		if s.Frozen {
			by = append(by, orElse(s.Key, "issue "+s.ID))
		}
	}
	return fmt.Errorf("planning of %s is frozen by %s: close the root-cause task first; with --force andon forgets the disaster, the cancelled sprints and what waits for resumption", key, strings.Join(by, ", "))
}
