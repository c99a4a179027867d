package jiratest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Person acts on the site as one account. Every act is a REST call that goes
// through the same code as one from outside, permissions, changelog, events
// and webhooks included; only faults and rate limits pass it by, and it is not
// among Calls.
type Person struct {
	j   *Jira
	ref string
}

// As gives a handle to act as an account (e-mail, name or id). An unknown one
// fails at the first act.
func (j *Jira) As(ref string) *Person { return &Person{j: j, ref: ref} }

// Do makes one call; path starts with "/rest/". Body is marshalled unless it
// is nil or a json.RawMessage. A refusal is an *Error with Jira's status and
// messages; the answer comes back in both cases.
func (p *Person) Do(method, path string, body any) (json.RawMessage, error) {
	p.j.mu.Lock()
	u := p.j.findUser(p.ref)
	p.j.mu.Unlock()
	if u == nil {
		return nil, refuse(http.StatusUnauthorized, "no user %s", p.ref)
	}
	var raw []byte
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		raw = b
	}
	ctx := context.WithValue(context.Background(), insideKey{}, u)
	req, err := http.NewRequestWithContext(ctx, method, "http://inside"+strings.TrimSuffix(p.j.opt.ContextPath, "/")+path, bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header.Set("Content-Type", "application/json")
	rec := &memory{header: http.Header{}}
	p.j.ServeHTTP(rec, req)
	if rec.status < 300 {
		return rec.body.Bytes(), nil
	}
	e := &Error{Status: rec.status}
	var shape struct {
		ErrorMessages []string
		Errors        json.RawMessage
	}
	if json.Unmarshal(rec.body.Bytes(), &shape) != nil || shape.ErrorMessages == nil {
		e.Messages = []string{rec.body.String()}
		return rec.body.Bytes(), e
	}
	e.Messages = shape.ErrorMessages
	if json.Unmarshal(shape.Errors, &e.Fields) != nil {
		e.Messages = append(e.Messages, string(shape.Errors))
	}
	return rec.body.Bytes(), e
}

// memory is a ResponseWriter that keeps the answer.
type memory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header gives the answer's header.
func (m *memory) Header() http.Header { return m.header }

// WriteHeader keeps the first status.
func (m *memory) WriteHeader(status int) {
	if m.status == 0 {
		m.status = status
	}
}

// Write adds to the body.
func (m *memory) Write(b []byte) (int, error) {
	m.WriteHeader(http.StatusOK)
	return m.body.Write(b)
}

func (p *Person) do(method, path string, body any) error {
	_, err := p.Do(method, path, body)
	return err
}

const issuePath = "/rest/api/2/issue/"

// Edit sets fields of an issue, as in the "fields" of REST's edit.
func (p *Person) Edit(key string, fields map[string]any) error {
	return p.do(http.MethodPut, issuePath+key, obj{"fields": fields})
}

func (p *Person) labels(key, verb string, labels []string) error {
	ops := make([]obj, len(labels))
	for i, l := range labels {
		ops[i] = obj{verb: l}
	}
	return p.do(http.MethodPut, issuePath+key, obj{"update": obj{"labels": ops}})
}

// AddLabel adds labels to an issue in one edit.
func (p *Person) AddLabel(key string, labels ...string) error { return p.labels(key, "add", labels) }

// RemoveLabel takes labels off an issue in one edit.
func (p *Person) RemoveLabel(key string, labels ...string) error {
	return p.labels(key, "remove", labels)
}

// Transition takes a transition named by its name, its id or the status it
// leads to. A resolution is given where the transition's screen has one.
func (p *Person) Transition(key, to string, resolution ...string) error {
	raw, err := p.Do(http.MethodGet, issuePath+key+"/transitions", nil)
	if err != nil {
		return err
	}
	var list struct {
		Transitions []struct {
			ID, Name string
			To       struct{ Name string }
		}
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return fmt.Errorf("transitions of %s: %w", key, err)
	}
	id := ""
	for _, t := range list.Transitions {
		if id == "" && (t.ID == to || strings.EqualFold(t.Name, to) || strings.EqualFold(t.To.Name, to)) {
			id = t.ID
		}
	}
	if id == "" {
		return refuse(http.StatusBadRequest, "%s has no transition %q now", key, to)
	}
	body := obj{"transition": obj{"id": id}}
	if len(resolution) > 0 {
		body["fields"] = obj{"resolution": obj{"name": resolution[0]}}
	}
	return p.do(http.MethodPost, issuePath+key+"/transitions", body)
}

// NewIssue is an issue that a person creates.
type NewIssue struct {
	Project     string
	Type        string // name; default "Task"
	Summary     string
	Description string
	Labels      []string
	Parent      string // key
}

// CreateIssue creates an issue and gives its key.
func (p *Person) CreateIssue(n NewIssue) (string, error) {
	if n.Type == "" {
		n.Type = "Task"
	}
	fields := obj{"project": obj{"key": n.Project}, "issuetype": obj{"name": n.Type}, "summary": n.Summary}
	if n.Description != "" {
		fields["description"] = n.Description
	}
	if len(n.Labels) > 0 {
		fields["labels"] = n.Labels
	}
	if n.Parent != "" {
		fields["parent"] = obj{"key": n.Parent}
	}
	raw, err := p.Do(http.MethodPost, "/rest/api/2/issue", obj{"fields": fields})
	if err != nil {
		return "", err
	}
	var made struct{ Key string }
	if err := json.Unmarshal(raw, &made); err != nil {
		return "", fmt.Errorf("create issue in %s: %w", n.Project, err)
	}
	return made.Key, nil
}

// DeleteIssue deletes an issue with its sub-tasks.
func (p *Person) DeleteIssue(key string) error {
	return p.do(http.MethodDelete, issuePath+key+"?deleteSubtasks=true", nil)
}

// Comment comments on an issue and gives the comment's id.
func (p *Person) Comment(key, body string) (string, error) {
	raw, err := p.Do(http.MethodPost, issuePath+key+"/comment", obj{"body": body})
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	if err := json.Unmarshal(raw, &made); err != nil {
		return "", fmt.Errorf("comment on %s: %w", key, err)
	}
	return made.ID, nil
}

// SetProperty sets an entity property of an issue.
func (p *Person) SetProperty(key, property string, value any) error {
	return p.do(http.MethodPut, issuePath+key+"/properties/"+url.PathEscape(property), value)
}

// Link links two issues: from is the one of which the type's outward name is
// said ("from blocks to").
func (p *Person) Link(linkType, from, to string) error {
	return p.do(http.MethodPost, "/rest/api/2/issueLink", obj{"type": obj{"name": linkType}, "inwardIssue": obj{"key": from}, "outwardIssue": obj{"key": to}})
}
