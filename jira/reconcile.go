package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"andon/rules"
)

// maxStages is more stages than any story needs; a plan that never becomes empty is a
// fault that must not become a loop of writes.
const maxStages = 40

// Queue takes the keys that have to be looked at. It is the work queue as far as the
// reconciler needs it.
type Queue interface {
	// Add makes a key due after the delay; notes are ids of issues that a search may
	// not show yet.
	Add(ctx context.Context, key string, delay time.Duration, notes ...string) error
	// Pin and Unpin keep the set of watched projects that all replicas share.
	Pin(ctx context.Context, name string) error
	Unpin(ctx context.Context, name string) error
	// Pinned is that set.
	Pinned(ctx context.Context) ([]string, error)
}

// Options are the settings of a reconciler.
type Options struct {
	Settings rules.Settings
	// ScrumMasterRole is the name of the role whose members follow the sub-tasks.
	ScrumMasterRole string
	// StakeholderRole is the name of the role that Jira itself tells by mail.
	StakeholderRole string
	// Channels are the other ways of telling people, by the names in Settings.Channels.
	Channels map[string]Channel
	// TaskFields are fields that every task gets, for screens that require them.
	TaskFields map[string]json.RawMessage
	// ProductOwners are account ids, keys, names or addresses that decide instead of
	// the members of a role.
	ProductOwners []string
	// Projects are the keys of the only projects to look after; none means all.
	Projects []string
	// BoardsFor are the ids of the boards that the operator names for a project, none for
	// the boards located in it; nil names none.
	BoardsFor func(projectKey string) []int64
	// Page gives the address of the status page of a disaster, by the ids of its project and
	// issue; nil where there is none.
	Page func(project, issue string) string
	// Signer seals andon's records.
	Signer Signer
	// Now is the clock.
	Now func() time.Time
	// Sweep is the interval between two looks through the whole site while nothing is
	// open.
	Sweep time.Duration
	// SideBySide bounds how many reads of one look are on their way at once; default 16.
	// With 1 the order of the calls is always the same.
	SideBySide int
	Logger     *slog.Logger
	// Observe is told about every pass, for metrics and for people who watch.
	Observe func(Pass)
	// Relieve is told, with the context of Handle, when the line is stopped and what is left of a
	// look is not urgent: somebody else may take up the next key meanwhile. Nobody is told where
	// it is nil.
	Relieve func(context.Context)
	// Trace follows the parts of a look; nothing is traced where it is nil.
	Trace Trace
	// Decide stands between facts and plans; rules.Decide where it is nil. Only tests set
	// it, to plant faults.
	Decide func(rules.Facts) rules.Plan
}

// Channel tells people outside Jira.
type Channel interface {
	// Send delivers one notice. Its error names neither address nor secret.
	Send(ctx context.Context, title, text string) error
}

// MailChannel is the name of the channel that goes through Jira's own mail.
const MailChannel = rules.MailChannel

// Pass is one look at a project and what came of it.
type Pass struct {
	Project string
	// Plan is the last plan: the states of the disasters, and why.
	Plan rules.Plan
	// Before is what was read first, before anything was done.
	Before rules.Facts
	// Facts are what the last plan was decided on; zero where nothing could be read.
	Facts rules.Facts
	// Done are the actions that were carried out, in order.
	Done []rules.Action
	// Failed are the actions that were not.
	Failed map[string]rules.Failure
	Err    error
}

// Reconciler brings projects to where the rules say they should be.
type Reconciler struct {
	c     *Client
	q     Queue
	opt   Options
	known *Known
	log   *slog.Logger
}

// NewReconciler makes a reconciler.
func NewReconciler(c *Client, q Queue, known *Known, opt Options) *Reconciler {
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	if opt.SideBySide <= 0 {
		opt.SideBySide = 16
	}
	if opt.Observe == nil {
		opt.Observe = func(Pass) {}
	}
	if opt.Relieve == nil {
		opt.Relieve = func(context.Context) {}
	}
	if opt.Decide == nil {
		opt.Decide = rules.Decide
	}
	return &Reconciler{c: c, q: q, opt: opt, known: known, log: opt.Logger}
}

// Handle looks after one key of the queue. It tells when the key is due again without
// a hint, 0 for not by itself.
func (r *Reconciler) Handle(ctx context.Context, key string, notes []string) (time.Duration, error) {
	kind, id, _ := strings.Cut(key, ":")
	switch kind {
	case "project":
		return r.Project(ctx, id, notes)
	case "board":
		return 0, r.board(ctx, number(id))
	case "issue":
		return 0, r.issueKey(ctx, id)
	case "sweep":
		return r.sweep(ctx)
	}
	r.log.WarnContext(ctx, "a key that means nothing was on the queue", "key", key)
	return 0, nil
}

// Project looks at a project and carries out what the rules decide, stage by stage,
// until there is nothing left to do.
func (r *Reconciler) Project(ctx context.Context, projectKey string, notes []string) (time.Duration, error) {
	if !r.wanted(projectKey) {
		return 0, nil
	}
	ctx = withSubject(ctx, slog.String("project", projectKey))
	issues, glance := r.sortNotes(projectKey, notes)
	if glance {
		if pass, same := r.glance(ctx, projectKey); same {
			r.opt.Observe(*pass)
			return again(pass), nil
		}
	}
	facts, l, err := r.traced(r.hurried(ctx, projectKey, issues), projectKey, issues)
	if err != nil {
		r.opt.Observe(Pass{Project: projectKey, Err: err})
		if _, proof := r.c.Myself(ctx); IsNotFound(err) && proof != nil {
			return 0, fmt.Errorf("project %s cannot be read, and it cannot be proved who we are: %w", projectKey, proof)
		}
		if IsNotFound(err) && !r.known.Watched(projectKey) {
			r.log.InfoContext(ctx, "a hint named a project that cannot be read", "project", projectKey)
			return 0, nil
		}
		return 0, err
	}
	pass := Pass{Project: facts.Project.Key, Before: facts}
	a := &applier{look: l, pass: &pass, checks: r.known.owedFor(projectKey)}
	for range maxStages {
		pass.Plan = r.decide(ctx, facts)
		if !pass.Plan.Wants.Empty() {
			if facts, err = l.fulfil(l.asking(ctx, &pass), facts, pass.Plan.Wants); err != nil {
				break
			}
			continue
		}
		if len(pass.Plan.Actions) == 0 {
			break
		}
		if err = l.prove(l.asking(ctx, &pass)); err != nil {
			break
		}
		if pass.Plan.Watched && !pass.stillToStop() {
			r.watchEarly(ctx, facts.Project.Key, l.key)
		}
		if facts, err = a.apply(ctx, facts, pass.Plan); err != nil {
			break
		}
	}
	facts = a.settle(ctx, facts)
	if backErr := r.pointBack(ctx, l); backErr != nil {
		err = errors.Join(err, backErr)
	}
	if err == nil {
		err = r.takeBack(ctx, l, facts)
	}
	if err == nil && !pass.Plan.Empty() {
		err = fmt.Errorf("project %s: after %d stages there is still something to do: %s", projectKey, maxStages, describe(pass.Plan))
	}
	return r.finish(ctx, facts, l, &pass, errors.Join(append(a.later, err)...))
}

// describe names the actions of a plan.
func describe(p rules.Plan) string {
	var keys []string
	for _, a := range p.Actions {
		keys = append(keys, a.Key())
	}
	return strings.Join(keys, ", ")
}

// finish notes what was seen, and says when to look again.
func (r *Reconciler) finish(ctx context.Context, facts rules.Facts, l *look, pass *Pass, err error) (time.Duration, error) {
	pass.Facts, pass.Failed, pass.Err = facts, facts.Failed, err
	r.remember(facts, l, pass)
	r.known.setPressing(facts.Project.Key, pass.stillToStop())
	r.keepView(facts, l, pass, err)
	r.tell(ctx, pass)
	r.opt.Observe(*pass)
	if watchErr := r.watch(ctx, facts.Project.Key, l.key, pass.Plan.Watched); watchErr != nil {
		err = errors.Join(err, watchErr)
	}
	if err != nil {
		return 0, fmt.Errorf("project %s: %w", facts.Project.Key, err)
	}
	return again(pass), nil
}

// again says when to look again. What could not be done for want of a channel or of a
// human's help is tried again then, even if nothing else asks for it.
func again(p *Pass) time.Duration {
	if len(p.Failed) > 0 && p.Plan.Again == 0 {
		return retryLater
	}
	return p.Plan.Again
}

// retryLater is when something that was refused is tried again.
const retryLater = time.Minute

// remember notes in memory which disasters are open and which issues are settled.
func (r *Reconciler) remember(facts rules.Facts, l *look, pass *Pass) {
	open := map[string]openOne{}
	for _, s := range pass.Plan.States {
		switch i, read := l.read[s.ID]; {
		case !s.Settled:
			open[s.ID] = openOne{frozen: s.Frozen && !s.Doubted && (noted(facts, s.ID) || s.Phase == rules.PhaseUnreadable), doubted: s.Doubted}
		case read && pass.Err == nil && len(pass.Failed) == 0 && len(pass.Done) == 0:
			r.known.setSettled(s.ID, i.Updated)
		}
	}
	r.known.setOpen(facts.Project.Key, open)
	r.known.setList(facts.Project.Key, l.list)
}

// noted says whether Jira holds the record of a disaster. A declaration that could not
// be noted before its issue vanished has stopped nothing, and nobody else knows of it.
func noted(facts rules.Facts, id string) bool {
	return slices.ContainsFunc(facts.Disasters, func(d rules.Disaster) bool { return d.ID == id && d.RecordState == rules.RecordValid })
}

// watch keeps the set of projects that deserve attention, here and on the queue. A
// project that is known under an old key as well is watched under both.
func (r *Reconciler) watch(ctx context.Context, key, alias string, watched bool) error {
	keys := []string{key}
	if alias != key {
		keys = append(keys, alias)
	}
	for _, k := range keys {
		was := r.known.Watched(k)
		r.known.SetWatched(k, watched)
		switch {
		case watched:
			if err := r.q.Pin(ctx, k); err != nil {
				return fmt.Errorf("watch project %s: %w", k, err)
			}
		case was:
			if err := r.q.Unpin(ctx, k); err != nil {
				return fmt.Errorf("stop watching project %s: %w", k, err)
			}
		}
	}
	return nil
}

// watchEarly watches a project once its line is stopped: what is left of the look may wait for
// the request budget, and what people do meanwhile must not wait for the next look.
func (r *Reconciler) watchEarly(ctx context.Context, key, alias string) {
	if r.known.Watched(key) {
		return
	}
	if err := r.watch(ctx, key, alias, true); err != nil {
		r.log.DebugContext(ctx, "it is tried again at the end of the look", "error", err)
	}
}

// tell logs what was done, what could not be done, and what people should hear of.
func (r *Reconciler) tell(ctx context.Context, p *Pass) {
	for _, a := range p.Done {
		r.log.LogAttrs(ctx, slog.LevelInfo, "done", append(actionAttrs(p.Facts, a.Key()), slog.String("project", p.Project), slog.String("what", a.Line()))...)
	}
	for key, f := range p.Failed {
		r.log.LogAttrs(ctx, slog.LevelWarn, "not done", append(actionAttrs(p.Facts, key), slog.String("project", p.Project), slog.String("why", f.Text), slog.Bool("final", f.Final))...)
	}
	for _, n := range p.Plan.Notices { // the same one again and again would hide the others
		level := slog.LevelDebug
		if r.known.news(p.Project + " " + n.Code + " " + n.Text) {
			level = slog.LevelInfo
		}
		r.log.Log(ctx, level, "notice", "project", p.Project, "code", n.Code, "what", n.Text)
	}
}

// wanted says whether the operator wants the project looked after.
func (r *Reconciler) wanted(projectKey string) bool {
	if len(r.opt.Projects) == 0 {
		return true
	}
	for _, p := range r.opt.Projects {
		if strings.EqualFold(p, projectKey) {
			return true
		}
	}
	return false
}
