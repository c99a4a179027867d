package jira

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// ExtendedAdministration is the attribute of a Data Center's permission scheme that says whether the administrators of
// a project may also change its workflows and screens.
const ExtendedAdministration = "ADMINISTER_PROJECTS.extended.enabled"

const schemeAttributeRoute = platform + "permissionscheme/{}/attribute/{}"

// SchemeAttribute reads an attribute of a permission scheme. Only Data Center has them; found is false where there is
// no such attribute, and where the release is too old to have any.
func (c *Client) SchemeAttribute(ctx context.Context, id int64, key string) (value string, found bool, err error) {
	var wire struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
	err = c.get(ctx, &wire, nil, schemeAttributeRoute, schemeArg(id), nameArg(key))
	switch {
	case IsNotFound(err):
		return "", false, nil
	case err != nil:
		return "", false, err
	}
	return wire.Value, true, notNull(schemeAttributeRoute, "attribute", wire.Key)
}

// SetSchemeAttribute writes an attribute of a permission scheme, as plain text. Needs Administer Jira.
func (c *Client) SetSchemeAttribute(ctx context.Context, id int64, key, value string) error {
	r := call{method: http.MethodPut, route: schemeAttributeRoute, args: []arg{schemeArg(id), nameArg(key)}}
	path, bad := r.path()
	if bad != nil {
		return bad
	}
	req, err := c.api.NewRawRequestWithContext(withRoute(ctx, r.route), r.method, path, strings.NewReader(value))
	if err != nil {
		return &Error{Kind: KindInvalid, Method: r.method, Path: r.route, Executed: ExecutedNo, Err: fmt.Errorf("build request: %w", err)}
	}
	req.Header.Set("Content-Type", "text/plain")
	resp, err := c.api.Do(req, nil)
	return c.understood(req, resp, err)
}
