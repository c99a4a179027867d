package jira

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ProjectRoles maps the names of the project's roles to their ids. It needs Administer Projects; without it Jira answers
// 404 or 401, which is not "no such role".
func (c *Client) ProjectRoles(ctx context.Context, projectKeyOrID string) (map[string]int64, error) {
	var wire map[string]string
	const route = platform + "project/{}/role"
	if err := c.get(ctx, &wire, nil, route, projectArg(projectKeyOrID)); err != nil {
		return nil, err
	}
	if wire == nil {
		return nil, malformed(http.MethodGet, route, false, "the answer holds no roles")
	}
	roles := make(map[string]int64, len(wire))
	for name, self := range wire {
		// The id is told only as the end of an address. The address itself is never followed.
		path, _, _ := strings.Cut(self, "?")
		id, err := strconv.ParseInt(path[strings.LastIndexByte(path, '/')+1:], 10, 64)
		if err != nil {
			return nil, malformed(http.MethodGet, route, false, "no id for role %q", clip(name, 60))
		}
		roles[name] = id
	}
	return roles, nil
}

type wireActor struct {
	Type        string    `json:"type"`
	Name        string    `json:"name"`
	DisplayName string    `json:"displayName"`
	ActorUser   *wireUser `json:"actorUser"`
	ActorGroup  *struct {
		Name    string `json:"name"`
		GroupID string `json:"groupId"`
	} `json:"actorGroup"`
}

// actor understands both forms: Cloud nests user or group, Data Center gives a name and the actor's type.
func (w wireActor) actor() (Actor, bool) {
	switch {
	case w.ActorUser != nil && w.ActorUser.user().ID() != "":
		u := w.ActorUser.user()
		if u.DisplayName == "" {
			u.DisplayName = w.DisplayName
		}
		return Actor{User: &u}, true
	case w.ActorGroup != nil:
		return Actor{Group: &Group{ID: w.ActorGroup.GroupID, Name: w.ActorGroup.Name}}, true
	case strings.Contains(w.Type, "group-role-actor") && w.Name != "":
		return Actor{Group: &Group{Name: w.Name}}, true
	case strings.Contains(w.Type, "user-role-actor") && w.Name != "":
		return Actor{User: &User{Name: w.Name, DisplayName: w.DisplayName}}, true
	}
	return Actor{}, false
}

// RoleActors lists who has the role in the project: users and groups, the groups not expanded. On Data Center a user is
// told by login name alone, without the key that Myself and histories carry. Actors of unknown kinds are left out.
func (c *Client) RoleActors(ctx context.Context, projectKeyOrID string, roleID int64) ([]Actor, error) {
	_, actors, err := c.role(ctx, projectKeyOrID, roleID)
	return actors, err
}

// role reads a role with its name, so that an id that was kept for a while is not taken for another role's.
func (c *Client) role(ctx context.Context, projectKeyOrID string, roleID int64) (name string, actors []Actor, err error) {
	var wire struct {
		ID     flexID      `json:"id"`
		Name   string      `json:"name"`
		Actors []wireActor `json:"actors"`
	}
	const route = platform + "project/{}/role/{}"
	if err := c.get(ctx, &wire, nil, route, projectArg(projectKeyOrID), numArg(roleID)); err != nil {
		return "", nil, err
	}
	for _, w := range wire.Actors {
		if a, ok := w.actor(); ok {
			actors = append(actors, a)
		}
	}
	return wire.Name, actors, notNull(route, "role", string(wire.ID))
}

// GroupMembers lists the active members of the group.
func (c *Client) GroupMembers(ctx context.Context, g Group) ([]User, error) {
	const route = platform + "group/member"
	query := url.Values{"groupId": {g.ID}}
	switch {
	case g.ID == "" && g.Name == "":
		return nil, refuse("group without id and name")
	case g.ID == "":
		query = url.Values{"groupname": {g.Name}}
	}
	wires, err := listAll(ctx, c, func(w wireUser) string { return w.user().ID() }, query, 50, route)
	if err != nil {
		return nil, err
	}
	var users []User
	for _, w := range wires {
		users = append(users, w.user())
	}
	return users, nil
}
