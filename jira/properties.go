package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// propertyLimit is the longest value of an entity property that Jira stores, in characters.
const propertyLimit = 32768

const (
	issueProperty   = platform + "issue/{}/properties/{}"
	projectProperty = platform + "project/{}/properties/{}"
)

// IssueProperty reads an entity property of the issue. Any editor of the issue can write it: check what you read.
//
// found is false when there is no such property, and also when there is no such issue (or we may not see it): Jira
// answers both with the same 404. Read the issue first where that matters; Issue reads properties along.
func (c *Client) IssueProperty(ctx context.Context, idOrKey, key string) (value json.RawMessage, found bool, err error) {
	return c.property(ctx, issueProperty, issueArg(idOrKey), nameArg(key))
}

// SetIssueProperty writes an entity property of the issue, replacing the old value. The last writer wins: there is no
// compare-and-swap.
func (c *Client) SetIssueProperty(ctx context.Context, idOrKey, key string, value any) error {
	return c.setProperty(ctx, issueProperty, value, issueArg(idOrKey), key)
}

// DeleteIssueProperty deletes an entity property of the issue; one that is not there is no error.
func (c *Client) DeleteIssueProperty(ctx context.Context, idOrKey, key string) error {
	return c.deleteProperty(ctx, issueProperty, issueArg(idOrKey), nameArg(key))
}

// ProjectProperty reads an entity property of the project; found is false for a missing project too.
func (c *Client) ProjectProperty(ctx context.Context, projectKeyOrID, key string) (value json.RawMessage, found bool, err error) {
	return c.property(ctx, projectProperty, projectArg(projectKeyOrID), nameArg(key))
}

// SetProjectProperty writes an entity property of the project, which needs Administer Projects.
func (c *Client) SetProjectProperty(ctx context.Context, projectKeyOrID, key string, value any) error {
	return c.setProperty(ctx, projectProperty, value, projectArg(projectKeyOrID), key)
}

// DeleteProjectProperty deletes an entity property of the project; one that is not there is no error.
func (c *Client) DeleteProjectProperty(ctx context.Context, projectKeyOrID, key string) error {
	return c.deleteProperty(ctx, projectProperty, projectArg(projectKeyOrID), nameArg(key))
}

func (c *Client) property(ctx context.Context, route string, args ...arg) (json.RawMessage, bool, error) {
	var wire wireProperty
	err := c.get(ctx, &wire, nil, route, args...)
	switch {
	case IsNotFound(err):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	if err := notNull(route, "property", wire.Key); err != nil {
		return nil, false, err
	}
	return wire.Value, true, nil
}

func (c *Client) setProperty(ctx context.Context, route string, value any, of arg, key string) error {
	raw, bad := propertyValue(key, value)
	if bad != nil {
		return bad
	}
	return c.put(ctx, raw, route, of, nameArg(key))
}

func (c *Client) deleteProperty(ctx context.Context, route string, args ...arg) error {
	err := c.remove(ctx, nil, route, args...)
	if IsNotFound(err) {
		return nil
	}
	return err
}

// propertyValue is the value as JSON, refused when Jira would not store it: after a silent cut a record is worthless.
func propertyValue(key string, value any) (json.RawMessage, *Error) {
	raw, err := rawJSON(value)
	if err != nil {
		return nil, refuse("property %s: %w", clip(key, 80), err)
	}
	if n := utf8.RuneCount(raw); n > propertyLimit {
		return nil, &Error{Kind: KindTooLarge, Executed: ExecutedNo,
			Err: fmt.Errorf("property %s: %d characters, Jira stores %d", clip(key, 80), n, propertyLimit)}
	}
	return raw, nil
}
