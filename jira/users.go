package jira

import (
	"context"
	"fmt"
	"net/url"
	"strings"
)

// UserBy finds the one user that a person named by account id, user key, login name or
// e-mail address, as such things stand in settings. found is false where there is no
// such user or the name fits several.
func (c *Client) UserBy(ctx context.Context, ref string) (u User, found bool, err error) {
	flavour, err := c.flavour(ctx)
	if err != nil {
		return User{}, false, err
	}
	switch {
	case strings.Contains(ref, "@") && flavour == Cloud:
		return c.searchUser(ctx, param("query", ref), ref)
	case strings.Contains(ref, "@"):
		if u, found, err = c.userWith(ctx, param("username", ref)); found || err != nil {
			return u, found, err
		}
		return c.searchUser(ctx, param("username", ref), ref)
	case flavour == Cloud:
		return c.userWith(ctx, param("accountId", ref))
	}
	if u, found, err = c.userWith(ctx, param("username", ref)); found || err != nil {
		return u, found, err
	}
	return c.userWith(ctx, param("key", ref))
}

// userWith reads the user with an id; a user that is not there is not an error.
func (c *Client) userWith(ctx context.Context, query url.Values) (User, bool, error) {
	var wire wireUser
	err := c.get(ctx, &wire, query, platform+"user")
	switch {
	case IsNotFound(err):
		return User{}, false, nil
	case err != nil:
		return User{}, false, fmt.Errorf("read a user: %w", err)
	}
	u := wire.user()
	return u, u.ID() != "", nil
}

// searchUser finds the one user who fits. Cloud often hides the e-mail address even
// from a search that found the user by it, so a single answer without one fits too.
func (c *Client) searchUser(ctx context.Context, query url.Values, ref string) (User, bool, error) {
	var wires []wireUser
	if err := c.get(ctx, &wires, query, platform+"user/search"); err != nil {
		return User{}, false, fmt.Errorf("search a user: %w", err)
	}
	for _, w := range wires {
		if u := w.user(); u.Matches(ref) {
			return u, true, nil
		}
	}
	if len(wires) == 1 && wires[0].user().Email == "" {
		u := wires[0].user()
		return u, u.ID() != "", nil
	}
	return User{}, false, nil
}
