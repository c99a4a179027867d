package jira

import (
	"context"

	"andon/rules"
)

// linkPage puts the link to a disaster's status page on its issue. By its name, doing so
// again changes the link instead of adding one more. Without an address it is taken off.
func (a *applier) linkPage(ctx context.Context, l rules.LinkPage) error {
	if l.URL == "" {
		return a.look.r.c.DeleteRemoteLink(ctx, l.Disaster, l.Name)
	}
	return a.look.r.c.UpsertRemoteLink(ctx, l.Disaster, RemoteLink{GlobalID: l.Name, URL: l.URL, Title: l.Title, Relationship: "andon"})
}
