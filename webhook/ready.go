package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// Check is one thing that must work for andon to be of use.
type Check struct {
	Name string                          // a plain word, shown to whoever asks: redis, jira
	Do   func(ctx context.Context) error // nil if it works; must end when ctx does. The error is logged, never shown
}

// The words for the state of a check. They say nothing about hosts or reasons, since anybody can read them.
const (
	wordOK       = "ok"
	wordFailed   = "failed"
	wordTimedOut = "timed out"
	wordStopping = "stopping"
)

// readiness is the answer of /readyz.
type readiness struct {
	Ready  bool              `json:"ready"`
	Checks map[string]string `json:"checks"`
}

// probe runs the readiness checks, at most once in a while, however often it is asked: each check costs Redis or Jira a call, and
// the question is open to everybody.
type probe struct {
	checks  []*check
	timeout time.Duration
	every   time.Duration
	now     func() time.Time
	log     *slog.Logger

	mu       sync.Mutex
	round    *round // the last one, or the one that is running
	draining atomic.Bool
}

// round is one run of all checks.
type round struct {
	done   chan struct{} // closed at the end
	at     time.Time     // the end; for the probe's lock
	result readiness     // to be read after done
}

// check is a Check with what is known of it.
type check struct {
	Check
	running atomic.Bool // a check that does not end is not started a second time
	last    string      // the last word, to log changes only; for the round that runs
}

func newProbe(checks []Check, cfg Config, now func() time.Time, log *slog.Logger) *probe {
	p := &probe{timeout: cfg.CheckTimeout, every: cfg.CheckEvery, now: now, log: log}
	for _, c := range checks {
		p.checks = append(p.checks, &check{Check: c, last: wordOK})
	}
	return p
}

// ask returns the state as of a short while ago.
func (p *probe) ask(ctx context.Context) readiness {
	if p.draining.Load() {
		return readiness{Checks: map[string]string{"andon": wordStopping}}
	}
	r := p.current()
	select {
	case <-r.done:
		return r.result
	case <-ctx.Done(): // the asker has gone
		return readiness{Checks: map[string]string{"andon": wordTimedOut}}
	}
}

// current returns the round whose result is fresh enough, starting one if need be.
func (p *probe) current() *round {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r := p.round; r != nil && (r.at.IsZero() || p.now().Sub(r.at) < p.every) {
		return r
	}
	r := &round{done: make(chan struct{})}
	p.round = r
	go p.run(r)
	return r
}

// run asks all checks side by side. It does not end with the request that started it, since others wait for it as well.
func (p *probe) run(r *round) {
	words := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, c := range p.checks {
		wg.Go(func() {
			word, err := p.one(c)
			p.note(c, word, err)
			mu.Lock()
			words[c.Name] = word
			mu.Unlock()
		})
	}
	wg.Wait()
	r.result = readiness{Ready: true, Checks: words}
	for word := range maps.Values(words) {
		r.result.Ready = r.result.Ready && word == wordOK
	}
	p.mu.Lock()
	r.at = p.now()
	p.mu.Unlock()
	close(r.done)
}

// note logs a change, with the reason that the answer leaves out.
func (p *probe) note(c *check, word string, err error) {
	switch {
	case word == c.last:
	case err == nil:
		p.log.Info("readiness check works again", "check", c.Name)
	default:
		p.log.Warn("readiness check fails", "check", c.Name, "state", word, "error", err)
	}
	c.last = word
}

var errStillRunning = errors.New("an earlier run of this check has not ended")

// one runs a check and does not wait longer than the time limit, even if the check does not keep to it.
func (p *probe) one(c *check) (word string, err error) {
	if !c.running.CompareAndSwap(false, true) {
		return wordTimedOut, errStillRunning
	}
	ctx, cancel := context.WithTimeout(context.Background(), p.timeout)
	result := make(chan error, 1)
	go func() {
		defer cancel()
		err := c.safely(ctx)
		c.running.Store(false)
		result <- err
	}()
	select {
	case err = <-result:
	case <-ctx.Done():
		select {
		case err = <-result: // ended in the same moment
		default:
			err = ctx.Err()
		}
	}
	switch {
	case err == nil:
		return wordOK, nil
	case errors.Is(err, context.DeadlineExceeded):
		return wordTimedOut, err
	}
	return wordFailed, err
}

// safely turns a panic of a check into its failure: it runs on a goroutine of its own, where nobody else would catch it.
func (c *check) safely(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("check %s panicked: %T", c.Name, v)
		}
	}()
	return c.Do(ctx)
}
