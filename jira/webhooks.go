package jira

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Webhook is a registration at Jira. Signed says whether Jira has a secret for it; Secret is only ever sent.
type Webhook struct {
	ID          string
	Name        string
	URL         string
	Events      []string
	JQL         string // filters issue events only
	ExcludeBody bool
	Enabled     bool
	Signed      bool
	Secret      string
}

// The two homes of webhook registrations, tried in this order where the first one may be missing.
const (
	hooksOld = "rest/webhooks/1.0/webhook"      // Cloud, and Data Center up to 9
	hooksNew = "rest/jira-webhook/1.0/webhooks" // Data Center from 10
)

// hookFilter is the one key under which a registration keeps its JQL.
const hookFilter = "issue-related-events-section"

type wireHook struct {
	ID            flexID                     `json:"id"`
	Self          string                     `json:"self"`
	Name          string                     `json:"name"`
	URL           string                     `json:"url"`
	Events        []string                   `json:"events"`
	Filters       map[string]json.RawMessage `json:"filters"`
	ExcludeBody   flexBool                   `json:"excludeBody"`
	Enabled       *flexBool                  `json:"enabled"`
	Active        *flexBool                  `json:"active"`
	IsSigned      flexBool                   `json:"isSigned"`
	Configuration map[string]json.RawMessage `json:"configuration"`
}

func (w wireHook) webhook() Webhook {
	h := Webhook{ID: string(w.ID), Name: w.Name, URL: w.URL, Events: w.Events, ExcludeBody: bool(w.ExcludeBody), Enabled: true,
		Signed: bool(w.IsSigned)}
	if h.ID == "" {
		h.ID = w.Self[strings.LastIndexByte(w.Self, '/')+1:]
	}
	for _, flag := range []*flexBool{w.Enabled, w.Active} {
		if flag != nil {
			h.Enabled = h.Enabled && bool(*flag)
		}
	}
	if f := texts(w.Filters[hookFilter], 0); len(f) > 0 {
		h.JQL = f[0]
	}
	if f := texts(w.Configuration["FILTERS"], 0); len(f) > 0 && f[0] != "" {
		h.JQL = f[0]
	}
	if x := texts(w.Configuration["EXCLUDE_BODY"], 0); len(x) > 0 && x[0] == "true" {
		h.ExcludeBody = true
	}
	return h
}

// Webhooks lists the registrations. Needs Administer Jira.
func (c *Client) Webhooks(ctx context.Context) ([]Webhook, error) {
	var hooks []Webhook
	err := c.onHooks(ctx, func(route string) error {
		var raw json.RawMessage
		if err := c.get(ctx, &raw, nil, route); err != nil {
			return err
		}
		wires, err := readHooks(raw)
		if err != nil {
			return malformed(http.MethodGet, route, false, "decode webhooks: %w", err)
		}
		hooks = make([]Webhook, 0, len(wires))
		for _, w := range wires {
			hooks = append(hooks, w.webhook())
		}
		return present(route, "webhooks", wires)
	})
	return hooks, err
}

// readHooks reads the list, bare or as the values of a page.
func readHooks(raw json.RawMessage) ([]wireHook, error) {
	var wires []wireHook
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		err := json.Unmarshal(raw, &wires)
		return wires, err
	}
	var wrapped struct {
		Values []wireHook `json:"values"`
	}
	err := json.Unmarshal(raw, &wrapped)
	return wrapped.Values, err
}

// CreateWebhook registers w (ID, Enabled and Signed are ignored). Data Center has no documented way to set a secret, and
// from version 10 none to set a filter, by REST: a registration that asks for one is refused here, rather than made
// without it; an administrator can make it on Jira's own page.
func (c *Client) CreateWebhook(ctx context.Context, w Webhook) (Webhook, error) {
	f, err := c.flavour(ctx)
	if err != nil {
		return Webhook{}, err
	}
	if f != Cloud && w.Secret != "" {
		return Webhook{}, refuse("webhook: Data Center takes a secret only on its administration page")
	}
	var wire wireHook
	err = c.onHooks(ctx, func(route string) error {
		body, bad := w.body(route)
		if bad != nil {
			return bad
		}
		return c.post(ctx, body, &wire, route)
	})
	if err != nil {
		return Webhook{}, err
	}
	made := wire.webhook()
	if made.ID == "" {
		return Webhook{}, malformed(http.MethodPost, hooksOld, true, "registered, but the answer holds no id")
	}
	return made, nil
}

func (w Webhook) body(route string) (map[string]any, *Error) {
	body := map[string]any{"name": w.Name, "url": w.URL, "events": w.Events}
	if route == hooksNew {
		if w.JQL != "" {
			return nil, refuse("webhook: this Data Center takes a filter only on its administration page")
		}
		exclude := "false"
		if w.ExcludeBody {
			exclude = "true"
		}
		body["configuration"] = map[string]string{"EXCLUDE_BODY": exclude}
		body["active"] = "true"
		return body, nil
	}
	filters := map[string]string{}
	if w.JQL != "" {
		filters[hookFilter] = w.JQL
	}
	body["filters"], body["excludeBody"] = filters, w.ExcludeBody
	if w.Secret != "" {
		body["secret"] = w.Secret
	}
	return body, nil
}

// UpdateWebhook makes a registration what w says, and enables it. The secret is changed only
// where one is given: it cannot be read, and Data Center takes none by REST.
func (c *Client) UpdateWebhook(ctx context.Context, w Webhook) error {
	f, err := c.flavour(ctx)
	if err != nil {
		return err
	}
	if f != Cloud && w.Secret != "" {
		return refuse("webhook: Data Center takes a secret only on its administration page")
	}
	return c.onHooks(ctx, func(route string) error {
		body, bad := w.body(route)
		if bad != nil {
			return bad
		}
		if route == hooksOld {
			body["enabled"] = true
			body["filters"] = map[string]string{hookFilter: w.JQL}
		} else if configuration, is := body["configuration"].(map[string]string); is {
			configuration["FILTERS"] = w.JQL
		}
		return c.do(ctx, call{method: http.MethodPut, route: route + "/{}", args: []arg{idArg(w.ID)}, body: body})
	})
}

// DeleteWebhook removes a registration; one that is gone already is no error.
func (c *Client) DeleteWebhook(ctx context.Context, id string) error {
	err := c.onHooks(ctx, func(route string) error { return c.remove(ctx, nil, route+"/{}", idArg(id)) })
	if IsNotFound(err) {
		return nil
	}
	return err
}

// onHooks runs f against the home of registrations that this Jira has. A Data Center whose version does not tell is
// asked at the new one first; "not there" (404, 405) then leads to the old one.
func (c *Client) onHooks(ctx context.Context, f func(route string) error) error {
	info, err := c.Server(ctx)
	if err != nil {
		return err
	}
	if info.Flavour == Cloud || len(info.VersionNumbers) > 0 && info.VersionNumbers[0] < 10 {
		return f(hooksOld)
	}
	err = f(hooksNew)
	if e, ok := asError(err); ok && (e.Status == http.StatusNotFound || e.Status == http.StatusMethodNotAllowed) {
		return f(hooksOld)
	}
	return err
}
