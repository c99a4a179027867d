package jira

import (
	"context"
	"net/http"
)

const siteRoles = platform + "role"

// SiteRoles maps the names of the site's project roles to their ids.
func (c *Client) SiteRoles(ctx context.Context) (map[string]int64, error) {
	var wires []struct {
		ID   flexID `json:"id"`
		Name string `json:"name"`
	}
	if err := c.get(ctx, &wires, nil, siteRoles); err != nil {
		return nil, err
	}
	roles := make(map[string]int64, len(wires))
	for _, w := range wires {
		roles[w.Name] = w.ID.num()
	}
	return roles, present(siteRoles, "roles", wires)
}

// CreateRole makes a project role for the whole site: every company-managed project has it
// then, with nobody in it. It needs Administer Jira.
func (c *Client) CreateRole(ctx context.Context, name, description string) (int64, error) {
	var wire struct {
		ID flexID `json:"id"`
	}
	if err := c.post(ctx, map[string]string{"name": name, "description": description}, &wire, siteRoles); err != nil {
		return 0, err
	}
	if wire.ID.num() <= 0 {
		return 0, malformed(http.MethodPost, siteRoles, true, "made, but the answer holds no id")
	}
	return wire.ID.num(), nil
}
