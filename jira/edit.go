package jira

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// IssueEdit changes an issue. Labels are added and removed by Jira itself, so that nobody else's label is lost to a
// read-modify-write; Fields are replaced as they are.
type IssueEdit struct {
	AddLabels    []string
	RemoveLabels []string
	Fields       map[string]any
	// Quiet asks Cloud not to send mail about it. Data Center would refuse the whole edit, so there it is not asked.
	Quiet bool
}

// EditIssue changes the issue. KindConflict means that somebody else wrote at the same time: read again and retry.
func (c *Client) EditIssue(ctx context.Context, idOrKey string, e IssueEdit) error {
	var verbs []map[string]string
	for _, l := range e.AddLabels {
		verbs = append(verbs, map[string]string{"add": l})
	}
	for _, l := range e.RemoveLabels {
		verbs = append(verbs, map[string]string{"remove": l})
	}
	body := map[string]any{}
	if len(verbs) > 0 {
		body["update"] = map[string]any{"labels": verbs}
	}
	if len(e.Fields) > 0 {
		body["fields"] = e.Fields
	}
	if len(body) == 0 {
		return nil
	}
	quiet, err := c.quiet(ctx, e.Quiet)
	if err != nil {
		return err
	}
	return c.do(ctx, call{method: http.MethodPut, route: platform + "issue/{}", args: []arg{issueArg(idOrKey)}, query: quiet, body: body})
}

// quiet is the query that suppresses mail, where it may be asked for.
func (c *Client) quiet(ctx context.Context, wanted bool) (url.Values, error) {
	if !wanted {
		return nil, nil
	}
	f, err := c.flavour(ctx)
	if err != nil || f != Cloud {
		return nil, err
	}
	return param("notifyUsers", "false"), nil
}

// DeleteIssue deletes the issue; when it has sub-tasks only if these may go as well.
func (c *Client) DeleteIssue(ctx context.Context, idOrKey string, withSubtasks bool) error {
	return c.remove(ctx, param("deleteSubtasks", strconv.FormatBool(withSubtasks)), platform+"issue/{}", issueArg(idOrKey))
}

// Transition is a move that the workflow offers us now.
type Transition struct {
	ID   string
	Name string
	To   Status
	// Fields are those of the transition's screen; only they may be set with it.
	Fields []FieldMeta
}

// Transitions lists the moves we may make now; none when we may make none.
func (c *Client) Transitions(ctx context.Context, idOrKey string) ([]Transition, error) {
	var wire struct {
		Transitions []struct {
			ID     flexID                   `json:"id"`
			Name   string                   `json:"name"`
			To     wireStatus               `json:"to"`
			Fields map[string]wireFieldMeta `json:"fields"`
		} `json:"transitions"`
	}
	const route = platform + "issue/{}/transitions"
	if err := c.get(ctx, &wire, param("expand", "transitions.fields"), route, issueArg(idOrKey)); err != nil {
		return nil, err
	}
	var out []Transition
	for _, w := range wire.Transitions {
		t := Transition{ID: string(w.ID), Name: w.Name, To: w.To.status()}
		for _, id := range slices.Sorted(maps.Keys(w.Fields)) {
			f := w.Fields[id]
			f.FieldID = id
			t.Fields = append(t.Fields, f.meta())
		}
		out = append(out, t)
	}
	return out, present(route, "transitions", wire.Transitions)
}

// Transition makes the move, setting fields of its screen. Jira answers KindInvalid when the move does not start from the
// present status (any more) or a field is not on the screen.
func (c *Client) Transition(ctx context.Context, idOrKey, transitionID string, fields map[string]any) error {
	const route = platform + "issue/{}/transitions"
	for _, a := range []arg{issueArg(idOrKey), idArg(transitionID)} {
		if a.err != nil {
			return &Error{Kind: KindInvalid, Method: http.MethodPost, Path: route, Executed: ExecutedNo, Err: a.err}
		}
	}
	body := map[string]any{"transition": map[string]string{"id": transitionID}}
	if len(fields) > 0 {
		body["fields"] = fields
	}
	_, err := c.api.Issue.DoTransitionWithPayloadWithContext(withRoute(ctx, route), idOrKey, body)
	return typedResult(http.MethodPost, route, err)
}

// typedResult finds our error in what one of go-jira's typed calls returns. Anything else means that it never reached the
// transport.
func typedResult(method, route string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := asError(err); ok {
		return e
	}
	return &Error{Kind: KindInvalid, Method: method, Path: route, Executed: ExecutedNo, Err: err}
}

// FieldMeta describes a field of a screen.
type FieldMeta struct {
	ID         string
	Name       string
	Required   bool
	HasDefault bool
	// Allowed are the allowed values as they are, if the field has a fixed list.
	Allowed []json.RawMessage
}

type wireFieldMeta struct {
	FieldID         string            `json:"fieldId"`
	Key             string            `json:"key"`
	Name            string            `json:"name"`
	Required        flexBool          `json:"required"`
	HasDefaultValue flexBool          `json:"hasDefaultValue"`
	AllowedValues   []json.RawMessage `json:"allowedValues"`
}

func (w wireFieldMeta) meta() FieldMeta {
	id := w.FieldID
	if id == "" {
		id = w.Key
	}
	return FieldMeta{ID: id, Name: w.Name, Required: bool(w.Required), HasDefault: bool(w.HasDefaultValue), Allowed: w.AllowedValues}
}
