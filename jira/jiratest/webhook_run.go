package jiratest

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// SetWebhookClient sets the client with which webhooks are delivered. The
// default one waits ten seconds for an answer.
func (j *Jira) SetWebhookClient(c *http.Client) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.hooks.client = c
}

// DeliverNext makes the next due delivery by hand, before it returns. It is
// not for use while StartWebhooks' deliverer runs. ok is false when none is due.
func (j *Jira) DeliverNext(ctx context.Context) (d Delivery, ok bool) {
	j.mu.Lock()
	next := j.take()
	j.mu.Unlock()
	if next == nil {
		return Delivery{}, false
	}
	j.attempt(ctx, next)
	j.mu.Lock()
	defer j.mu.Unlock()
	return next.clone(), true
}

// DeliverAll makes all due deliveries one after the other, also those that
// become due by them, and returns how many attempts it made.
func (j *Jira) DeliverAll(ctx context.Context) int {
	n := 0
	for ctx.Err() == nil {
		if _, ok := j.DeliverNext(ctx); !ok {
			break
		}
		n++
	}
	return n
}

// StartWebhooks delivers webhooks in the background until Stop or the end of
// ctx, several at once as Jira does, so that their order is not kept. A nil
// client keeps the present one. It does nothing while a deliverer runs.
func (j *Jira) StartWebhooks(ctx context.Context, client *http.Client) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if client != nil {
		j.hooks.client = client
	}
	if j.hooks.stop != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	j.hooks.stop, j.hooks.stopped = cancel, make(chan struct{})
	go j.deliverLoop(ctx, max(j.knobs.WebhookConcurrency, 1), j.hooks.stopped)
}

// Stop ends the deliverer and waits for it; what is under way is cut off and
// counts as never tried.
func (j *Jira) Stop() {
	j.mu.Lock()
	stop, stopped := j.hooks.stop, j.hooks.stopped
	j.mu.Unlock()
	if stop == nil {
		return
	}
	stop()
	<-stopped
}

func (j *Jira) deliverLoop(ctx context.Context, workers int, stopped chan struct{}) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, workers)
	for ctx.Err() == nil {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			continue
		}
		d := j.awaitDue(ctx)
		if d == nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			j.attempt(ctx, d)
		})
	}
	wg.Wait()
	j.mu.Lock()
	j.hooks.stop = nil
	j.hooks.notify()
	j.mu.Unlock()
	close(stopped)
}

// awaitDue waits for a due delivery; nil when ctx ends first.
func (j *Jira) awaitDue(ctx context.Context) *Delivery {
	for {
		if ctx.Err() != nil {
			return nil
		}
		j.mu.Lock()
		d, changed, wait := j.take(), j.hooks.changed, j.untilDue()
		j.mu.Unlock()
		if d != nil {
			return d
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// untilDue is how long the earliest waiting delivery still waits, at most an hour.
func (j *Jira) untilDue() time.Duration {
	wait := time.Hour
	for _, d := range j.hooks.queue {
		wait = min(wait, d.Due.Sub(j.now()))
	}
	return max(wait, time.Millisecond)
}

// Flush waits until every delivery that is due has been made; later ones
// (delays, retries) are not waited for. Without a deliverer it makes them itself.
func (j *Jira) Flush(ctx context.Context) error {
	for {
		j.mu.Lock()
		running, changed := j.hooks.stop != nil, j.hooks.changed
		idle := j.hooks.inFlight == 0 && !j.anyDue()
		j.mu.Unlock()
		switch {
		case idle:
			return nil
		case !running:
			if j.DeliverAll(ctx) == 0 {
				return ctx.Err()
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

func (j *Jira) anyDue() bool {
	for _, d := range j.hooks.queue {
		if !d.Due.After(j.now()) {
			return true
		}
	}
	return false
}
