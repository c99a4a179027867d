package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
)

type wireComment struct {
	ID         flexID         `json:"id"`
	Author     *wireUser      `json:"author"`
	Body       prose          `json:"body"`
	Created    stamp          `json:"created"`
	Updated    stamp          `json:"updated"`
	Properties []wireProperty `json:"properties"`
}

func (w wireComment) comment() Comment {
	cm := Comment{ID: string(w.ID), Author: userOf(w.Author), Body: string(w.Body), Created: w.Created.Time, Updated: w.Updated.Time}
	for _, p := range w.Properties {
		if cm.Properties == nil {
			cm.Properties = map[string]json.RawMessage{}
		}
		cm.Properties[p.Key] = p.Value
	}
	return cm
}

// Comments lists all comments of the issue that we may see, oldest first.
func (c *Client) Comments(ctx context.Context, idOrKey string) ([]Comment, error) {
	const route = platform + "issue/{}/comment"
	query := param("orderBy", "created")
	query.Set("expand", "properties")
	wires, err := collect(route, func(w wireComment) string { return string(w.ID) }, func(start int) (page[wireComment], error) {
		var wire struct {
			window
			Comments []wireComment `json:"comments"`
		}
		if err := c.get(ctx, &wire, pageAt(query, start, 100), route, issueArg(idOrKey)); err != nil {
			return page[wireComment]{}, err
		}
		return pageOf(wire.window, wire.Comments), present(route, "comments", wire.Comments)
	})
	if err != nil {
		return nil, err
	}
	comments := make([]Comment, 0, len(wires))
	for _, w := range wires {
		comments = append(comments, w.comment())
	}
	slices.SortStableFunc(comments, func(a, b Comment) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(flexID(a.ID).num(), flexID(b.ID).num()))
	})
	return comments, nil
}

// AddComment adds a comment in wiki markup. A mark in properties lets it be recognised later, also after an error with
// MaybeExecuted.
func (c *Client) AddComment(ctx context.Context, idOrKey, body string, properties map[string]any) (Comment, error) {
	wire := struct {
		Body       string         `json:"body"`
		Properties []wireProperty `json:"properties,omitempty"`
	}{Body: body}
	var bad *Error
	if wire.Properties, bad = wireProperties(properties); bad != nil {
		return Comment{}, bad
	}
	return c.writeComment(ctx, call{method: http.MethodPost, route: platform + "issue/{}/comment", args: []arg{issueArg(idOrKey)}, body: wire})
}

// UpdateComment replaces the text of a comment in place, without mail on Cloud.
func (c *Client) UpdateComment(ctx context.Context, idOrKey, commentID, body string) (Comment, error) {
	quiet, err := c.quiet(ctx, true)
	if err != nil {
		return Comment{}, err
	}
	return c.writeComment(ctx, call{method: http.MethodPut, route: platform + "issue/{}/comment/{}",
		args: []arg{issueArg(idOrKey), idArg(commentID)}, query: quiet, body: map[string]string{"body": body}})
}

func (c *Client) writeComment(ctx context.Context, r call) (Comment, error) {
	var wire wireComment
	r.out = &wire
	if err := c.do(ctx, r); err != nil {
		return Comment{}, err
	}
	if wire.ID == "" {
		return Comment{}, malformed(r.method, r.route, true, "written, but the answer holds no comment id")
	}
	return wire.comment(), nil
}

// DeleteComment deletes the comment.
func (c *Client) DeleteComment(ctx context.Context, idOrKey, commentID string) error {
	return c.remove(ctx, nil, platform+"issue/{}/comment/{}", issueArg(idOrKey), idArg(commentID))
}
