package jira

import (
	"context"

	"andon/rules"
)

// linkPage puts the link to a disaster's status page on its issue. By its name, doing so
// again changes the link instead of adding one more.
func (a *applier) linkPage(ctx context.Context, l rules.LinkPage) error {
	return a.look.r.c.UpsertRemoteLink(ctx, l.Disaster, RemoteLink{GlobalID: l.Name, URL: l.URL, Title: l.Title, Relationship: "andon"})
}
