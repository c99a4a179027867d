package jiratest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// States of a delivery.
const (
	DeliveryWaiting   = "waiting"   // not attempted yet, or to be attempted again
	DeliveryInFlight  = "in flight" // an attempt is under way
	DeliveryDone      = "delivered" // answered with 2xx
	DeliveryFailed    = "failed"    // refused, or given up
	DeliveryLost      = "lost"      // thrown away on request, or too large
	maxWebhookBody    = 25 << 20    // Cloud drops larger bodies
	maxWebhookRetries = 5
)

// Attempt is one try to deliver. Status is 0 when there was no answer.
type Attempt struct {
	At     time.Time
	Status int
	Err    string
}

// Delivery is one webhook event on its way to one registered webhook.
type Delivery struct {
	ID         int64
	Identifier string // X-Atlassian-Webhook-Identifier, the same over retries and duplicates
	WebhookID  int64
	Event      string
	URL        string
	Body       []byte
	Signature  string // X-Hub-Signature; "" without a secret
	Secondary  bool
	Duplicate  bool // a second copy, made on request
	State      string
	Due        time.Time
	Attempts   []Attempt

	skip int // how many later ones go first
}

func (d *Delivery) clone() Delivery {
	c := *d
	c.Attempts = slices.Clone(d.Attempts)
	return c
}

// Fate is what happens to a delivery on request, see SetFate.
type Fate struct {
	Lose   bool          // never sent
	Copies int           // sent this many times more, with the same identifier
	Delay  time.Duration // not before this much later
	Behind int           // this many later deliveries go first
}

// hookState is the outgoing side of webhooks. It is guarded by the site's lock.
type hookState struct {
	queue    []*Delivery // waiting, in order
	log      []*Delivery // all there ever were
	fate     func(Delivery) Fate
	failing  map[int64]time.Time // webhook id -> failing without a break since
	inFlight int
	changed  chan struct{} // closed and replaced whenever something changes
	stop     context.CancelFunc
	stopped  chan struct{}
	client   *http.Client
}

// newHookState has connections of its own: those of net/http's default transport are closed
// whenever a server of httptest ends, whoever uses them.
func newHookState() hookState {
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}
	return hookState{failing: map[int64]time.Time{}, changed: make(chan struct{}), client: client}
}

func (h *hookState) notify() {
	close(h.changed)
	h.changed = make(chan struct{})
}

// SetFate decides by script what becomes of each delivery; f is called once
// for each one, in order, and must not call the site. Nil delivers everything.
func (j *Jira) SetFate(f func(Delivery) Fate) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.hooks.fate = f
}

// deliver queues an event for the registered webhooks; the lock is held.
func (j *Jira) deliver(e Event) {
	for _, h := range sorted(j.webhooks) {
		if !h.Enabled || !slices.Contains(h.Events, e.Name) || !j.hookWants(h, e) {
			continue
		}
		j.enqueue(h, e, j.payload(e))
	}
	if e.Name == "jira:issue_created" && j.knobs.SubtaskLinkEvents && e.Issue.ParentID != 0 && j.types[e.Issue.TypeID].Subtask {
		link := &Link{ID: e.Issue.ID, TypeID: subtaskLinkType, Source: e.Issue.ParentID, Dest: e.Issue.ID}
		j.deliver(Event{Name: "issuelink_created", At: e.At, Actor: e.Actor, Link: link, Secondary: true})
	}
}

// hookWants evaluates the JQL filter, which counts for issue-related events only.
func (j *Jira) hookWants(h *Webhook, e Event) bool {
	if h.JQL == "" || e.Issue == nil || !issueRelated(e.Name) {
		return true
	}
	match, err := j.matchJQL(h.JQL, e.Issue, nil)
	return err == nil && match
}

func issueRelated(event string) bool {
	for _, prefix := range []string{"jira:issue_", "issue_property_", "comment_", "worklog_", "attachment_"} {
		if strings.HasPrefix(event, prefix) {
			return true
		}
	}
	return false
}

func (j *Jira) enqueue(h *Webhook, e Event, body []byte) {
	if h.ExcludeBody {
		body = []byte{}
	}
	n := j.next("delivery", 1)
	d := &Delivery{ID: n, Identifier: fmt.Sprintf("%08x-0000-4000-8000-%012x", 0xa0d00000+h.ID, n), WebhookID: h.ID, Event: e.Name,
		URL: j.expandURL(h.URL, e), Body: body, Secondary: e.Secondary, State: DeliveryWaiting, Due: j.now()}
	if h.Secret != "" {
		d.Signature = Sign(h.Secret, body)
	}
	var f Fate
	if j.hooks.fate != nil {
		f = j.hooks.fate(d.clone())
	}
	d.Due, d.skip = d.Due.Add(f.Delay), f.Behind
	j.hooks.log = append(j.hooks.log, d)
	if f.Lose || len(body) > maxWebhookBody {
		d.State = DeliveryLost
		return
	}
	j.hooks.queue = append(j.hooks.queue, d)
	for range f.Copies {
		c := d.clone()
		c.ID, c.Duplicate, c.skip = j.next("delivery", 1), true, 0
		j.hooks.log = append(j.hooks.log, &c)
		j.hooks.queue = append(j.hooks.queue, &c)
	}
	j.hooks.notify()
}

// expandURL puts values into the address: {issue.key}, before Data Center 10
// ${issue.key}. What the event does not have stays as it is.
func (j *Jira) expandURL(address string, e Event) string {
	values := map[string]string{}
	if e.Issue != nil {
		values["issue.id"], values["issue.key"] = ids(e.Issue.ID), e.Issue.Key
		if p := j.projects[e.Issue.ProjectID]; p != nil {
			values["project.id"], values["project.key"] = ids(p.ID), p.Key
		}
	}
	if e.Project != nil {
		values["project.id"], values["project.key"] = ids(e.Project.ID), e.Project.Key
	}
	if e.Sprint != nil {
		values["sprint.id"] = ids(e.Sprint.ID)
	}
	if e.Board != nil {
		values["board.id"] = ids(e.Board.ID)
	}
	if e.Comment != nil {
		values["comment.id"] = ids(e.Comment.ID)
	}
	mark := "{"
	if j.oldWebhooks() {
		mark = "${"
	}
	for k, v := range values {
		address = strings.ReplaceAll(address, mark+k+"}", url.QueryEscape(v))
	}
	return address
}

// Deliveries are all deliveries so far in order of their making.
func (j *Jira) Deliveries() []Delivery {
	j.mu.Lock()
	defer j.mu.Unlock()
	return clones(j.hooks.log)
}

// Pending are the deliveries that wait, due or not.
func (j *Jira) Pending() []Delivery {
	j.mu.Lock()
	defer j.mu.Unlock()
	return clones(j.hooks.queue)
}

func clones(in []*Delivery) []Delivery {
	out := make([]Delivery, len(in))
	for i, d := range in {
		out[i] = d.clone()
	}
	return out
}
