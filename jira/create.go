package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// bulkSize is how many issues Jira creates in one call at most.
const bulkSize = 50

// NewIssue is an issue to create. Empty parts are not sent, so that a create screen without, say, labels can be served.
type NewIssue struct {
	ProjectID   string
	TypeID      string
	ParentID    string
	Summary     string
	Description string // wiki markup
	Labels      []string
	// Extra are further fields, by field id, as they are.
	Extra map[string]json.RawMessage
	// Update are update verbs, by field id, for example {"issuelinks":[{"add":{...}}]}.
	Update map[string]json.RawMessage
	// Properties are entity properties, set in the same call: the issue never exists without its mark.
	Properties map[string]any
}

// CreateResult belongs to the NewIssue at the same place: ID and Key, or Err. A whole batch that got no usable answer has
// the same Err everywhere; when that error's Executed is not "no", look before creating again.
type CreateResult struct {
	ID  string
	Key string
	Err *Error
}

type wireNewIssue struct {
	Fields     map[string]any             `json:"fields"`
	Update     map[string]json.RawMessage `json:"update,omitempty"`
	Properties []wireProperty             `json:"properties,omitempty"`
}

type wireProperty struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

func (n NewIssue) wire() (wireNewIssue, *Error) {
	fields := map[string]any{}
	for id, value := range n.Extra {
		fields[id] = value
	}
	for name, id := range map[string]string{"project": n.ProjectID, "issuetype": n.TypeID, "parent": n.ParentID} {
		if id != "" {
			fields[name] = map[string]string{"id": id}
		}
	}
	fields["summary"] = n.Summary
	if n.Description != "" {
		fields["description"] = n.Description
	}
	if len(n.Labels) > 0 {
		fields["labels"] = n.Labels
	}
	properties, bad := wireProperties(n.Properties)
	return wireNewIssue{Fields: fields, Update: n.Update, Properties: properties}, bad
}

// wireProperties is the list form of properties, in the order of their keys.
func wireProperties(properties map[string]any) ([]wireProperty, *Error) {
	var out []wireProperty
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		value, bad := propertyValue(key, properties[key])
		if bad != nil {
			return nil, bad
		}
		out = append(out, wireProperty{Key: key, Value: value})
	}
	return out, nil
}

// CreateIssue creates one issue. After an error with MaybeExecuted, look for the issue before trying again: Jira has no
// idempotency key.
func (c *Client) CreateIssue(ctx context.Context, issue NewIssue) (id, key string, err error) {
	body, bad := issue.wire()
	if bad != nil {
		return "", "", bad
	}
	var wire wireCreated
	const route = platform + "issue"
	if err := c.post(ctx, body, &wire, route); err != nil {
		return "", "", err
	}
	if wire.ID == "" {
		return "", "", malformed(http.MethodPost, route, true, "created, but the answer holds no id")
	}
	return string(wire.ID), wire.Key, nil
}

type wireCreated struct {
	ID  flexID `json:"id"`
	Key string `json:"key"`
}

// CreateIssues creates issues in batches. There are always as many results as issues. The error is set when a call as a
// whole failed; results before it stand, and what was never sent has an Err that says "no" to Executed.
func (c *Client) CreateIssues(ctx context.Context, issues []NewIssue) ([]CreateResult, error) {
	results := make([]CreateResult, len(issues))
	for start := 0; start < len(issues); start += bulkSize {
		end := min(start+bulkSize, len(issues))
		e := c.createBatch(ctx, issues[start:end], results[start:end])
		if e == nil {
			continue
		}
		for i := start; i < end; i++ {
			results[i] = CreateResult{Err: e}
		}
		for i := end; i < len(issues); i++ {
			results[i].Err = &Error{Kind: e.Kind, Executed: ExecutedNo, Wait: e.Wait, Method: e.Method, Path: e.Path,
				Messages: []string{"not sent: an earlier batch failed"}}
		}
		return results, e
	}
	return results, nil
}

type wireBulk struct {
	Issues []wireCreated `json:"issues"`
	Errors []wireFailed  `json:"errors"`
}

type wireFailed struct {
	Status              int             `json:"status"`
	ElementErrors       json.RawMessage `json:"elementErrors"`
	FailedElementNumber *int            `json:"failedElementNumber"`
}

// createBatch fills results, or returns the error of the call as a whole.
func (c *Client) createBatch(ctx context.Context, issues []NewIssue, results []CreateResult) *Error {
	const route = platform + "issue/bulk"
	var body struct {
		IssueUpdates []wireNewIssue `json:"issueUpdates"`
	}
	for _, n := range issues {
		w, bad := n.wire()
		if bad != nil {
			return bad
		}
		body.IssueUpdates = append(body.IssueUpdates, w)
	}
	var wire wireBulk
	if err := c.post(ctx, body, &wire, route); err != nil {
		// When every element failed, the refusal comes with status 400 and the same shape.
		e, _ := asError(err)
		if e.Kind != KindInvalid || json.Unmarshal(e.body, &wire) != nil || len(wire.Errors) != len(issues) {
			return e
		}
	}
	return wire.spread(route, results)
}

// spread gives each element its part of the answer. The list of created issues is shorter than what was sent and only in
// the same order, so the numbers of the failed ones decide which is which; if these do not add up, nothing is guessed.
func (w wireBulk) spread(route string, results []CreateResult) *Error {
	for _, f := range w.Errors {
		n := f.FailedElementNumber
		if n == nil || *n < 0 || *n >= len(results) || results[*n].Err != nil {
			return malformed(http.MethodPost, route, true, "bulk answer: no sense in the numbers of the failed elements")
		}
		messages, fields := readRefusal(f.ElementErrors)
		kind, executed := kindOfStatus(cmp.Or(f.Status, http.StatusBadRequest))
		results[*n].Err = &Error{Kind: kind, Status: f.Status, Messages: messages, Fields: fields, Executed: executed,
			Method: http.MethodPost, Path: route}
	}
	if len(w.Issues)+len(w.Errors) != len(results) {
		return malformed(http.MethodPost, route, true, "bulk answer: %d created and %d failed of %d", len(w.Issues), len(w.Errors), len(results))
	}
	next := 0
	for i := range results {
		if results[i].Err != nil {
			continue
		}
		created := w.Issues[next]
		next++
		if created.ID == "" {
			return malformed(http.MethodPost, route, true, "bulk answer: an issue without an id")
		}
		results[i].ID, results[i].Key = string(created.ID), created.Key
	}
	return nil
}
