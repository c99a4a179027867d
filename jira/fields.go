package jira

import (
	"context"
)

// Field is a field of the site. Type is the kind of a custom field, "" for Jira's own.
type Field struct {
	ID     string
	Name   string
	Custom bool
	Type   string
}

// sprintFieldType marks the one custom field that holds an issue's sprints. Its id differs from site to site and its
// name can be changed.
const sprintFieldType = "com.pyxis.greenhopper.jira:gh-sprint"

// Fields lists the fields of the site that we may see.
func (c *Client) Fields(ctx context.Context) ([]Field, error) {
	var wires []struct {
		ID     string   `json:"id"`
		Name   string   `json:"name"`
		Custom flexBool `json:"custom"`
		Schema struct {
			Custom string `json:"custom"`
		} `json:"schema"`
	}
	const route = platform + "field"
	if err := c.get(ctx, &wires, nil, route); err != nil {
		return nil, err
	}
	fields := make([]Field, 0, len(wires))
	for _, w := range wires {
		fields = append(fields, Field{ID: w.ID, Name: w.Name, Custom: bool(w.Custom), Type: w.Schema.Custom})
	}
	return fields, present(route, "fields", wires)
}

// SprintFieldID is the id under which changelogs name the Sprint field, for example "customfield_10020", or "" when the
// site has none. It is remembered after the first success.
func (c *Client) SprintFieldID(ctx context.Context) (string, error) {
	return c.shared.sprint.get(func() (string, error) {
		fields, err := c.Fields(ctx)
		for _, f := range fields {
			if f.Type == sprintFieldType {
				return f.ID, nil
			}
		}
		return "", err
	})
}

// CreateMeta lists the fields of the screen on which issues of the type are created in the project.
func (c *Client) CreateMeta(ctx context.Context, projectKeyOrID, issueTypeID string) ([]FieldMeta, error) {
	const route = platform + "issue/createmeta/{}/issuetypes/{}"
	wires, err := collect(route, func(w wireFieldMeta) string { return w.meta().ID }, func(start int) (page[wireFieldMeta], error) {
		var wire struct {
			window
			Fields []wireFieldMeta `json:"fields"` // Cloud
			Values []wireFieldMeta `json:"values"` // Data Center
		}
		if err := c.get(ctx, &wire, pageAt(nil, start, 100), route, projectArg(projectKeyOrID), idArg(issueTypeID)); err != nil {
			return page[wireFieldMeta]{}, err
		}
		values := wire.Fields
		if values == nil {
			values = wire.Values
		}
		return pageOf(wire.window, values), present(route, "fields", values)
	})
	if err != nil {
		return nil, err
	}
	var out []FieldMeta
	for _, w := range wires {
		out = append(out, w.meta())
	}
	return out, nil
}
