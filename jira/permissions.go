package jira

import (
	"context"
	"net/http"
	"net/url"
)

// Permissions reports which of the permissions we have in the project; keys that this Jira does not know are false.
// With an empty projectKey it is asked what we have anywhere.
//
// It is a forecast only: permissions that depend on an issue's data may say yes here and no in the act.
func (c *Client) Permissions(ctx context.Context, projectKey string, keys ...string) (map[string]bool, error) {
	have := make(map[string]bool, len(keys))
	for _, k := range keys {
		have[k] = false
	}
	asked := keys
	for len(asked) > 0 {
		err := c.askPermissions(ctx, projectKey, asked, have)
		if err == nil {
			return have, nil
		}
		// Cloud refuses the whole call for one unknown key and names it. Without any progress the refusal stands.
		known := dropKeys(asked, unrecognised(err))
		if len(known) == len(asked) {
			return nil, err
		}
		asked = known
	}
	return have, nil
}

func (c *Client) askPermissions(ctx context.Context, projectKey string, keys []string, have map[string]bool) error {
	query := url.Values{"permissions": {joined(keys)}}
	if projectKey != "" {
		if a := projectArg(projectKey); a.err != nil {
			return refuse("permissions: %w", a.err)
		}
		name := "projectKey"
		if idPattern().MatchString(projectKey) {
			name = "projectId"
		}
		query.Set(name, projectKey)
	}
	var wire struct {
		Permissions map[string]struct {
			HavePermission flexBool `json:"havePermission"`
		} `json:"permissions"`
	}
	const route = platform + "mypermissions"
	if err := c.get(ctx, &wire, query, route); err != nil {
		return err
	}
	if wire.Permissions == nil {
		return malformed(http.MethodGet, route, false, "the answer holds no permissions")
	}
	for _, k := range keys {
		have[k] = bool(wire.Permissions[k].HavePermission) // Data Center answers with all of them
	}
	return nil
}

// unrecognised are the fields that a 400 complains about.
func unrecognised(err error) map[string]string {
	if e, ok := asError(err); ok && e.Kind == KindInvalid {
		return e.Fields
	}
	return nil
}

func dropKeys(keys []string, bad map[string]string) []string {
	var out []string
	for _, k := range keys {
		if _, is := bad[k]; !is {
			out = append(out, k)
		}
	}
	return out
}
