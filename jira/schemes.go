package jira

import (
	"context"
	"net/http"
)

// Holder is who has a permission: a type such as "projectRole", "group" or "user", and which one. Value is the stable
// form (on Cloud the id of a group, whose Parameter is only its name).
type Holder struct {
	Type      string
	Parameter string
	Value     string
}

// Grant gives one permission to one holder.
type Grant struct {
	ID         int64
	Permission string
	Holder     Holder
}

// PermissionScheme says who may do what in the projects that use it; one scheme can serve many projects. Team-managed
// projects have none. The default scheme has the id 0. Scheme attributes of Data Center are not part of it.
type PermissionScheme struct {
	ID          int64
	Name        string
	Description string
	Grants      []Grant
}

type wireScheme struct {
	ID          flexID      `json:"id,omitempty"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	Permissions []wireGrant `json:"permissions"`
}

type wireGrant struct {
	ID         flexID     `json:"id,omitempty"`
	Permission string     `json:"permission"`
	Holder     wireHolder `json:"holder"`
}

type wireHolder struct {
	Type      string `json:"type"`
	Parameter string `json:"parameter,omitempty"`
	Value     string `json:"value,omitempty"`
}

func (w wireScheme) scheme() PermissionScheme {
	s := PermissionScheme{ID: w.ID.num(), Name: w.Name, Description: w.Description}
	for _, g := range w.Permissions {
		s.Grants = append(s.Grants, Grant{ID: g.ID.num(), Permission: g.Permission, Holder: Holder(g.Holder)})
	}
	return s
}

const (
	schemesRoute       = platform + "permissionscheme"
	schemeRoute        = platform + "permissionscheme/{}"
	projectSchemeRoute = platform + "project/{}/permissionscheme"
)

// PermissionSchemes lists the site's schemes with their grants.
func (c *Client) PermissionSchemes(ctx context.Context) ([]PermissionScheme, error) {
	var wire struct {
		PermissionSchemes []wireScheme `json:"permissionSchemes"`
	}
	if err := c.get(ctx, &wire, param("expand", "permissions"), schemesRoute); err != nil {
		return nil, err
	}
	var schemes []PermissionScheme
	for _, w := range wire.PermissionSchemes {
		schemes = append(schemes, w.scheme())
	}
	return schemes, present(schemesRoute, "permission schemes", wire.PermissionSchemes)
}

// SchemeNames lists the site's schemes without asking for their grants, which can be very many.
func (c *Client) SchemeNames(ctx context.Context) ([]PermissionScheme, error) {
	var wire struct {
		PermissionSchemes []wireScheme `json:"permissionSchemes"`
	}
	if err := c.get(ctx, &wire, nil, schemesRoute); err != nil {
		return nil, err
	}
	var schemes []PermissionScheme
	for _, w := range wire.PermissionSchemes {
		schemes = append(schemes, PermissionScheme{ID: w.ID.num(), Name: w.Name, Description: w.Description})
	}
	return schemes, present(schemesRoute, "permission schemes", wire.PermissionSchemes)
}

// PermissionScheme reads one scheme with its grants.
func (c *Client) PermissionScheme(ctx context.Context, id int64) (PermissionScheme, error) {
	return c.readScheme(ctx, schemeRoute, schemeArg(id))
}

// ProjectPermissionScheme reads the scheme that the project uses now, with its grants.
func (c *Client) ProjectPermissionScheme(ctx context.Context, projectKeyOrID string) (PermissionScheme, error) {
	return c.readScheme(ctx, projectSchemeRoute, projectArg(projectKeyOrID))
}

func (c *Client) readScheme(ctx context.Context, route string, of arg) (PermissionScheme, error) {
	var wire wireScheme
	if err := c.get(ctx, &wire, param("expand", "permissions"), route, of); err != nil {
		return PermissionScheme{}, err
	}
	if err := notNull(route, "permission scheme", string(wire.ID)); err != nil {
		return PermissionScheme{}, err
	}
	// Without the grants a copy would take every right from everybody.
	return wire.scheme(), present(route, "grants", wire.Permissions)
}

// CreatePermissionScheme creates a scheme with name, description and grants of s; ids in s are ignored. Needs Administer
// Jira. A name that exists is refused.
func (c *Client) CreatePermissionScheme(ctx context.Context, s PermissionScheme) (PermissionScheme, error) {
	f, err := c.flavour(ctx)
	if err != nil {
		return PermissionScheme{}, err
	}
	var wire wireScheme
	if err := c.do(ctx, call{method: http.MethodPost, route: schemesRoute, query: param("expand", "permissions"), body: schemeBodyOf(f, s), out: &wire}); err != nil {
		return PermissionScheme{}, err
	}
	if wire.ID == "" {
		return PermissionScheme{}, malformed(http.MethodPost, schemesRoute, true, "created, but the answer holds no scheme id")
	}
	return wire.scheme(), nil
}

// schemeBodyOf is a scheme as it is sent to be created or replaced.
func schemeBodyOf(f Flavour, s PermissionScheme) wireScheme {
	body := wireScheme{Name: s.Name, Description: s.Description, Permissions: []wireGrant{}}
	for _, g := range s.Grants {
		body.Permissions = append(body.Permissions, wireGrant{Permission: g.Permission, Holder: holderFor(f, g.Holder)})
	}
	return body
}

// ReplacePermissionScheme gives the scheme with the id of s the name, description and grants of s. Needs Administer Jira.
func (c *Client) ReplacePermissionScheme(ctx context.Context, s PermissionScheme) error {
	f, err := c.flavour(ctx)
	if err != nil {
		return err
	}
	return c.put(ctx, schemeBodyOf(f, s), schemeRoute, schemeArg(s.ID))
}

// holderFor names the holder once: on Cloud by the stable value, on Data Center, which has none, by the parameter.
func holderFor(f Flavour, h Holder) wireHolder {
	switch {
	case f == Cloud && h.Value != "":
		return wireHolder{Type: h.Type, Value: h.Value}
	case h.Parameter == "":
		return wireHolder{Type: h.Type, Parameter: h.Value}
	default:
		return wireHolder{Type: h.Type, Parameter: h.Parameter}
	}
}

// AssignPermissionScheme makes the project use the scheme. Needs Administer Jira; refused on Free plans and for
// team-managed projects.
func (c *Client) AssignPermissionScheme(ctx context.Context, projectKeyOrID string, id int64) error {
	if a := schemeArg(id); a.err != nil {
		return refuse("assign permission scheme: %w", a.err)
	}
	return c.put(ctx, map[string]int64{"id": id}, projectSchemeRoute, projectArg(projectKeyOrID))
}

// DeletePermissionScheme deletes a scheme. Make sure that no project uses it.
func (c *Client) DeletePermissionScheme(ctx context.Context, id int64) error {
	return c.remove(ctx, nil, schemeRoute, schemeArg(id))
}
