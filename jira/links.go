package jira

import "context"

// LinkTypes lists the kinds of links the site knows.
func (c *Client) LinkTypes(ctx context.Context) ([]LinkType, error) {
	var wire struct {
		IssueLinkTypes []wireLinkType `json:"issueLinkTypes"`
	}
	const route = platform + "issueLinkType"
	if err := c.get(ctx, &wire, nil, route); err != nil {
		return nil, err
	}
	var types []LinkType
	for _, w := range wire.IssueLinkTypes {
		types = append(types, w.linkType())
	}
	return types, present(route, "link types", wire.IssueLinkTypes)
}

// Link links two issues (ids or keys): the inward one then shows the type's outward text, as in "inward blocks outward".
// The same link twice is no error and stays one link.
func (c *Client) Link(ctx context.Context, t LinkType, inward, outward string) error {
	const route = platform + "issueLink"
	in, err := refTo(inward)
	if err != nil {
		return err
	}
	out, err := refTo(outward)
	if err != nil {
		return err
	}
	kind := map[string]string{"id": t.ID}
	if t.ID == "" {
		kind = map[string]string{"name": t.Name}
	}
	return c.post(ctx, map[string]any{"type": kind, "inwardIssue": in, "outwardIssue": out}, nil, route)
}

// refTo names an issue in a body by id or key, whichever it is.
func refTo(idOrKey string) (map[string]string, error) {
	a := issueArg(idOrKey)
	if a.err != nil {
		return nil, refuse("link: %w", a.err)
	}
	if idPattern().MatchString(idOrKey) {
		return map[string]string{"id": idOrKey}, nil
	}
	return map[string]string{"key": idOrKey}, nil
}

// RemoteLink is a link from an issue to a page elsewhere. GlobalID is required: by it, writing again changes the link
// instead of adding one more.
type RemoteLink struct {
	GlobalID     string
	URL          string
	Title        string
	Summary      string
	Relationship string
}

// UpsertRemoteLink adds the link or replaces the one with the same GlobalID; parts left empty are cleared.
func (c *Client) UpsertRemoteLink(ctx context.Context, idOrKey string, l RemoteLink) error {
	if l.GlobalID == "" || l.URL == "" || l.Title == "" {
		return refuse("remote link: global id, URL and title are required")
	}
	object := map[string]string{"url": l.URL, "title": l.Title}
	if l.Summary != "" {
		object["summary"] = l.Summary
	}
	body := map[string]any{"globalId": l.GlobalID, "object": object}
	if l.Relationship != "" {
		body["relationship"] = l.Relationship
	}
	return c.post(ctx, body, nil, platform+"issue/{}/remotelink", issueArg(idOrKey))
}

// DeleteRemoteLink deletes the link with that GlobalID; one that is not there is no error.
func (c *Client) DeleteRemoteLink(ctx context.Context, idOrKey, globalID string) error {
	if globalID == "" {
		return refuse("remote link: the global id is required") // without one Jira deletes all
	}
	err := c.remove(ctx, param("globalId", globalID), platform+"issue/{}/remotelink", issueArg(idOrKey))
	if IsNotFound(err) {
		return nil
	}
	return err
}
