package jira

import (
	"context"

	"andon/rules"
)

// Survey reads what a decision about the project would rest on, and what a rehearsal asks
// beside it: people, rights, what stands in the sprints that a declaration would cancel,
// and the permission scheme where it would be exchanged. Nothing is decided or written.
func (r *Reconciler) Survey(ctx context.Context, projectKey string) (rules.Facts, error) {
	facts, l, err := r.gather(ctx, projectKey, nil)
	if err != nil {
		return rules.Facts{}, err
	}
	wants := rules.Wants{People: true, Outlook: true, Scheme: facts.Settings.Freeze == rules.FreezePermissions && !facts.Project.TeamManaged}
	for _, s := range facts.Sprints {
		if s.State == rules.SprintActive && rules.ScopeOf(facts, s).In {
			wants.Scopes = append(wants.Scopes, s.ID)
		}
	}
	return l.fulfil(ctx, facts, wants)
}
