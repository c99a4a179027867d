package jiratest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	hooksPath   = "/rest/webhooks/1.0/webhook"
	hooksPathDC = "/rest/jira-webhook/1.0/webhooks"
	jqlSection  = "issue-related-events-section"
)

// webhookRoutes are the registration of admin webhooks: one address on Cloud
// and before Data Center 10, another one since; and the dynamic webhooks of
// apps, which an API token may not use.
func (j *Jira) webhookRoutes() []route {
	base, show := hooksPath, j.hookJSON
	if !j.cloud() && !j.oldWebhooks() {
		base, show = hooksPathDC, j.hookJSONDC
	}
	rs := []route{
		{"GET " + base, func(c *call) reply { return j.listHooks(c, show) }},
		{"POST " + base, func(c *call) reply { return j.registerHook(c, show) }},
		{"GET " + base + "/{hook}", func(c *call) reply { return j.getHook(c, show) }},
		{"PUT " + base + "/{hook}", func(c *call) reply { return j.updateHook(c, show) }},
		{"DELETE " + base + "/{hook}", j.deleteHook},
	}
	if j.cloud() {
		for _, m := range []string{"GET ", "POST ", "DELETE "} {
			rs = append(rs, route{m + "/rest/api/2/webhook", dynamicHooks})
		}
		rs = append(rs, route{"PUT /rest/api/2/webhook/refresh", dynamicHooks})
	}
	for i, r := range rs {
		rs[i].handle = j.hookAdmin(r.handle)
	}
	return rs
}

// oldWebhooks tells whether the site is a Data Center before version 10.
func (j *Jira) oldWebhooks() bool {
	major, _, _ := strings.Cut(j.opt.Version, ".")
	n, err := strconv.Atoi(major)
	return !j.cloud() && err == nil && n < 10
}

func dynamicHooks(*call) reply {
	return failed(refuse(http.StatusForbidden, "Only Connect and OAuth 2.0 apps can use this operation"))
}

func (j *Jira) hookAdmin(h handler) handler {
	return func(c *call) reply {
		switch {
		case c.gateway && j.knobs.WebhooksNotByGateway:
			return noResource(c)
		case c.user == nil:
			return failed(errUnauthorized(j.opt.Flavour))
		case !j.admin(c.user, Administer) && !strings.HasPrefix(c.req.URL.Path, "/rest/api/"):
			return failed(refuse(http.StatusForbidden, "You are not authorized to perform this action. Administrator privileges are required."))
		}
		return h(c)
	}
}

// hookInput is the body of a registration in all its dialects.
type hookInput struct {
	Name          *string           `json:"name"`
	URL           *string           `json:"url"`
	Events        []string          `json:"events"`
	Filters       map[string]string `json:"filters"`
	ExcludeBody   *bool             `json:"excludeBody"`
	Enabled       *bool             `json:"enabled"`
	Secret        *string           `json:"secret"`
	Active        json.RawMessage   `json:"active"`
	Configuration map[string]string `json:"configuration"`
}

func (j *Jira) listHooks(_ *call, show func(*Webhook) obj) reply {
	out := []obj{}
	for _, h := range sorted(j.webhooks) {
		out = append(out, show(h))
	}
	return ok(out)
}

func (j *Jira) hookByPath(c *call) (*Webhook, *Error) {
	if h := j.webhooks[number(c.path("hook"))]; h != nil {
		return h, nil
	}
	return nil, refuse(http.StatusNotFound, "Webhook with id %s does not exist.", c.path("hook"))
}

func (j *Jira) getHook(c *call, show func(*Webhook) obj) reply {
	h, err := j.hookByPath(c)
	if err != nil {
		return failed(err)
	}
	return ok(show(h))
}

func (j *Jira) registerHook(c *call, show func(*Webhook) obj) reply {
	var in hookInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	h := &Webhook{Enabled: true, Created: j.now()}
	if err := j.fillHook(c, h, in); err != nil {
		return failed(err)
	}
	h.ID = j.next("webhook", 1)
	j.webhooks[h.ID] = h
	return created(show(h))
}

func (j *Jira) updateHook(c *call, show func(*Webhook) obj) reply {
	h, err := j.hookByPath(c)
	if err != nil {
		return failed(err)
	}
	var in hookInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	next := *h
	if err := j.fillHook(c, &next, in); err != nil {
		return failed(err)
	}
	*h = next
	return ok(show(h))
}

func (j *Jira) deleteHook(c *call) reply {
	h, err := j.hookByPath(c)
	if err != nil {
		return failed(err)
	}
	delete(j.webhooks, h.ID)
	return noContent()
}

// fillHook applies a body to a webhook and checks the result. A secret is
// write-only and, by REST, Cloud's alone.
func (j *Jira) fillHook(c *call, h *Webhook, in hookInput) *Error {
	set(&h.Name, in.Name)
	set(&h.URL, in.URL)
	set(&h.ExcludeBody, in.ExcludeBody)
	set(&h.Enabled, in.Enabled)
	if in.Events != nil {
		h.Events = slices.Clone(in.Events)
	}
	if in.Filters != nil {
		h.JQL = in.Filters[jqlSection]
	}
	if j.cloud() {
		set(&h.Secret, in.Secret)
	}
	if len(in.Active) > 0 {
		h.Enabled = strings.Trim(string(in.Active), `"`) == "true"
	}
	if v, there := in.Configuration["EXCLUDE_BODY"]; there {
		h.ExcludeBody = v == "true"
	}
	if v, there := in.Configuration["FILTERS"]; there {
		h.JQL = v
	}
	h.UpdatedBy, h.Updated = who(c.user), j.now()
	return j.checkHook(h)
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func (j *Jira) checkHook(h *Webhook) *Error {
	if strings.TrimSpace(h.Name) == "" {
		return refuseField("name", "The webhook name must not be empty.")
	}
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "", "$", "").Replace(h.URL))
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || j.knobs.WebhookHTTPSOnly) {
		return refuseField("url", "The webhook URL is not valid.")
	}
	for _, e := range h.Events {
		if !knownEvent(e) {
			return refuseField("events", "The event '%s' is not known.", e)
		}
	}
	if h.JQL != "" {
		if _, err := parseJQL(h.JQL); err != nil {
			return refuse(http.StatusBadRequest, "The JQL filter is not valid: %s", err.Error())
		}
	}
	return nil
}

// knownEvent knows the events that Atlassian lists.
func knownEvent(e string) bool {
	for _, prefix := range []string{"jira:issue_", "jira:version_", "issue_property_", "comment_", "attachment_", "worklog_", "jira:worklog_",
		"issuelink_", "sprint_", "board_", "project_", "user_", "option_", "filter_", "issuetype_"} {
		if strings.HasPrefix(e, prefix) {
			return true
		}
	}
	return false
}

func (j *Jira) hookJSON(h *Webhook) obj {
	o := obj{"name": h.Name, "url": h.URL, "events": append([]string{}, h.Events...), "excludeBody": h.ExcludeBody, "enabled": h.Enabled,
		"filters": obj{jqlSection: h.JQL}, "self": j.self(hooksPath + "/" + ids(h.ID)), "lastUpdated": h.Updated.UnixMilli(),
		"lastUpdatedUser": h.UpdatedBy, "lastUpdatedDisplayName": j.nameOfUser(h.UpdatedBy)}
	if j.cloud() {
		o["isSigned"] = h.Secret != ""
	}
	return o
}

func (j *Jira) hookJSONDC(h *Webhook) obj {
	return obj{"id": h.ID, "name": h.Name, "url": h.URL, "events": append([]string{}, h.Events...), "active": h.Enabled,
		"configuration": obj{"EXCLUDE_BODY": strconv.FormatBool(h.ExcludeBody), "FILTERS": h.JQL}, "scopeType": "global",
		"createdDate": h.Created.UnixMilli(), "updatedDate": h.Updated.UnixMilli(), "sslVerificationRequired": true, "statistics": obj{}}
}

// AddWebhook registers a webhook as an administrator does on the settings
// page, where a secret can be set on Data Center too. It is enabled whatever
// Enabled says; the id is given by the site.
func (j *Jira) AddWebhook(h Webhook) (Webhook, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if h.Name == "" {
		h.Name = "webhook"
	}
	h.Enabled, h.Created, h.Updated = true, j.now(), j.now()
	if err := j.checkHook(&h); err != nil {
		return Webhook{}, err
	}
	h.ID = j.next("webhook", 1)
	j.webhooks[h.ID] = &h
	return h, nil
}

// Webhooks are the registered webhooks in order of id, secrets included.
func (j *Jira) Webhooks() []Webhook {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Webhook
	for _, h := range sorted(j.webhooks) {
		out = append(out, *h)
	}
	return out
}
