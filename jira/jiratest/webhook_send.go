package jiratest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// take removes the next due delivery from the queue; nil when none is due. The
// lock is held.
func (j *Jira) take() *Delivery {
	now, first, pick := j.now(), -1, -1
	for i, d := range j.hooks.queue {
		if d.Due.After(now) {
			continue
		}
		if first < 0 {
			first = i
		}
		if d.skip == 0 {
			pick = i
			break
		}
	}
	if pick < 0 {
		pick = first // only ones that wait for later ones, and there are none
	}
	if pick < 0 {
		return nil
	}
	for _, d := range j.hooks.queue[:pick] {
		if d.skip > 0 && !d.Due.After(now) {
			d.skip--
		}
	}
	d := j.hooks.queue[pick]
	j.hooks.queue = slices.Delete(j.hooks.queue, pick, pick+1)
	d.State = DeliveryInFlight
	j.hooks.inFlight++
	return d
}

// attempt sends one delivery and settles what becomes of it.
func (j *Jira) attempt(ctx context.Context, d *Delivery) {
	j.mu.Lock()
	client, copied := j.hooks.client, d.clone()
	j.mu.Unlock()
	a := Attempt{}
	status, err := j.post(ctx, client, copied)
	a.Status = status
	if err != nil {
		a.Err = err.Error()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	a.At = j.now()
	d.Attempts = append(d.Attempts, a)
	j.hooks.inFlight--
	j.settle(d, a, ctx.Err() != nil)
	j.hooks.notify()
}

// settle: success is 2xx. Cloud tries again after 408, 409, 425, 429, 5xx and
// no answer at all, five times, 5 to 15 minutes apart; events that come after
// half an hour of nothing but failure get one attempt. Data Center never tries again.
func (j *Jira) settle(d *Delivery, a Attempt, interrupted bool) {
	if a.Status >= 200 && a.Status < 300 {
		d.State = DeliveryDone
		delete(j.hooks.failing, d.WebhookID)
		return
	}
	if interrupted && a.Status == 0 {
		d.State, d.Attempts = DeliveryWaiting, d.Attempts[:len(d.Attempts)-1]
		j.hooks.queue = slices.Insert(j.hooks.queue, 0, d) // the deliverer was stopped: as if never tried
		return
	}
	since, failing := j.hooks.failing[d.WebhookID]
	if !failing {
		since = a.At
		j.hooks.failing[d.WebhookID] = since
	}
	d.State = DeliveryFailed
	if !j.cloud() || !retried(a.Status) || len(d.Attempts) > maxWebhookRetries || d.Attempts[0].At.Sub(since) >= 30*time.Minute {
		return
	}
	d.State = DeliveryWaiting
	d.Due = a.At.Add(time.Duration(5+(d.ID*7+int64(len(d.Attempts))*3)%11) * time.Minute)
	j.hooks.queue = append(j.hooks.queue, d)
}

func retried(status int) bool {
	return status == 0 || status >= 500 || slices.Contains([]int{408, 409, 425, 429}, status)
}

// post makes the HTTP request of one attempt.
func (j *Jira) post(ctx context.Context, client *http.Client, d Delivery) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		return 0, fmt.Errorf("deliver webhook %d: %w", d.ID, err)
	}
	j.hookHeaders(req.Header, d)
	res, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("deliver webhook %d: %w", d.ID, err)
	}
	_, copyErr := io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20))
	if err := errors.Join(copyErr, res.Body.Close()); err != nil {
		return res.StatusCode, fmt.Errorf("read the answer to webhook %d: %w", d.ID, err)
	}
	return res.StatusCode, nil
}

func (j *Jira) hookHeaders(h http.Header, d Delivery) {
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("User-Agent", "Atlassian Webhook HTTP Client")
	if d.Signature != "" {
		h.Set("X-Hub-Signature", d.Signature)
	}
	h.Set("X-Atlassian-Webhook-Identifier", d.Identifier)
	if !j.cloud() {
		return
	}
	flow := "Primary"
	if d.Secondary {
		flow = "Secondary"
	}
	h.Set("X-Atlassian-Webhook-Flow", flow)
	retry := len(d.Attempts)
	if d.Duplicate && retry == 0 {
		retry = 1 // an at-least-once repetition looks like a retry
	}
	if retry > 0 || j.Knobs().RetryHeaderZero {
		h.Set("X-Atlassian-Webhook-Retry", strconv.Itoa(retry))
	}
}
