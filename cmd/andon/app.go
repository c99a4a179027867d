package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"andon/cmd/andon/internal/tracing"
	"andon/jira"
	"andon/rules"
	"andon/webhook"
	"andon/webhook/queue"
	"andon/webhook/shelf"
)

const (
	// sweepKey is the key of the look through the whole site.
	sweepKey = "sweep"
	// watchEvery is how often a replica takes over which projects the others watch.
	watchEvery = 2 * time.Second
)

// appOptions are what the program's surroundings decide and settings do not.
type appOptions struct {
	log     *slog.Logger
	observe func(jira.Pass)
	// now is the clock; the system's where it is nil.
	now func() time.Time
	// transport carries the calls to Jira; the network's where it is nil.
	transport http.RoundTripper
	// sleep waits before a call is repeated; a timer's where it is nil.
	sleep func(ctx context.Context, d time.Duration) error
	// carry hands messages to channels; the network's where it is nil.
	carry carrier
	// sideBySide bounds the reads at once; 0 is the default.
	sideBySide int
	// queue is shared with other replicas in one process; what the settings say where it is nil.
	queue queue.Queue
	// shelf is shared likewise; what the settings say where it is nil.
	shelf shelf.Shelf
	// spread tells pauses between tries apart; chance where it is nil.
	spread func() float64
	// decide stands between facts and plans, for tests that must see a fault found; the
	// rules' own where it is nil.
	decide func(rules.Facts) rules.Plan
	// trace follows the work; nothing is traced where it is nil.
	trace *tracing.Tracer
}

// app is andon put together.
type app struct {
	cfg        Config
	log        *slog.Logger
	now        func() time.Time
	queue      queue.Queue
	queueKind  string
	known      *jira.Known
	client     *jira.Client
	reconciler *jira.Reconciler
	server     *webhook.Server
	metrics    *metrics
	status     *status
	registry   *prometheus.Registry
	trace      *tracing.Tracer
}

// newApp puts andon together. Nothing is sent and nothing listens yet.
func newApp(cfg Config, opt appOptions) (*app, error) {
	a := &app{cfg: cfg, log: opt.log, now: opt.now, trace: opt.trace}
	if a.now == nil {
		a.now = time.Now
	}
	a.registry = prometheus.NewRegistry()
	a.metrics = newMetrics(a.registry, a.now, max(10*time.Minute, 5*cfg.Resync))
	a.known = jira.NewKnown(a.now)
	for _, step := range []func() error{func() error { return a.openQueue(opt) }, a.traceQueue, func() error { return a.openJira(opt) }, func() error { return a.openStatus(opt) },
		func() error { return a.makeReconciler(opt) }, func() error { return a.makeServer(a.registry) }} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// openQueue chooses the queue: Redis where one is configured, else this process' memory.
func (a *app) openQueue(opt appOptions) error {
	if opt.queue != nil {
		a.queue, a.queueKind = opt.queue, "shared in this process"
		return nil
	}
	if a.cfg.RedisURL == "" {
		a.queue, a.queueKind = queue.NewMemory(a.now, queue.MemoryOptions{Lease: a.cfg.Lease}), "embedded: single replica, memory only"
		return nil
	}
	queue.LogTo(a.log)
	q, err := queue.Open(a.cfg.RedisURL.Reveal(), queue.RedisOptions{Lease: a.cfg.Lease})
	if err != nil {
		return fmt.Errorf("ANDON_REDIS_URL: %w", err)
	}
	a.queue, a.queueKind = q, "redis"
	return nil
}

// traceQueue lets traces pass through the queue.
func (a *app) traceQueue() error {
	a.queue = a.trace.Queue(a.queue)
	return nil
}

// openJira makes the client.
func (a *app) openJira(opt appOptions) error {
	opt.log = a.log
	c, err := newClient(a.cfg, opt, a.now, func(c *jira.Config) {
		c.Observe, c.Waited, c.Trace = a.metrics.jiraCall, a.metrics.jiraWait, a.trace.Begin()
	})
	if err != nil {
		return err
	}
	a.client = c
	return nil
}

// newClient makes a client for the Jira of the settings, which watch may have watched. In a
// dry run it writes nothing.
func newClient(cfg Config, opt appOptions, now func() time.Time, watch func(*jira.Config)) (*jira.Client, error) {
	spread := opt.spread
	if spread == nil {
		spread = rand.Float64
	}
	conf := jira.Config{
		BaseURL: cfg.JiraURL, Email: cfg.JiraEmail, Token: cfg.JiraToken.Reveal(), UserAgent: "andon/" + version,
		Timeout: cfg.JiraTimeout, Budget: jira.Budget{PerSecond: cfg.JiraRPS, Burst: max(20, int(2*cfg.JiraRPS))},
		Base: opt.transport, Sleep: opt.sleep, Now: now, Rand: spread, Logger: opt.log,
	}
	if watch != nil {
		watch(&conf)
	}
	c, err := jira.NewClient(conf)
	if err != nil {
		return nil, fmt.Errorf("connect to Jira: %w", err)
	}
	if cfg.DryRun {
		c = c.ReadOnly()
	}
	return c, nil
}

// makeReconciler makes what brings projects to where the rules say they should be.
func (a *app) makeReconciler(opt appOptions) error {
	settings, err := a.cfg.ruleSettings()
	if err != nil {
		return err
	}
	open := newChannels
	if opt.carry != nil {
		open = func(cfg Config) ([]channel, error) { return channelsBy(cfg, opt.carry) }
	}
	channels, err := open(a.cfg)
	if err != nil {
		return err
	}
	byName := map[string]jira.Channel{}
	settings.Channels, settings.ChannelNames = []string{jira.MailChannel}, map[string]string{}
	for _, c := range channels {
		byName[c.id], settings.ChannelNames[c.id] = c, c.Name()
		settings.Channels = append(settings.Channels, c.id)
	}
	signer, err := jira.NewSigner(a.cfg.RecordSecrets()...)
	if err != nil {
		return fmt.Errorf("ANDON_RECORD_SECRET: %w", err)
	}
	a.reconciler = jira.NewReconciler(a.client, a.queue, a.known, jira.Options{
		Settings: settings, ScrumMasterRole: a.cfg.SMRole, StakeholderRole: a.cfg.StakeholderRole, Channels: byName, TaskFields: a.cfg.TaskFields,
		ProductOwners: a.cfg.ProductOwners, Projects: a.cfg.Projects, BoardsFor: a.cfg.Boards.For,
		Page: a.cfg.pageLink(), Signer: signer, Now: a.now, Sweep: a.cfg.Sweep, SideBySide: opt.sideBySide, Logger: a.log, Decide: opt.decide, Trace: a.trace.Begin(), Relieve: queue.Relieve,
		Observe: func(p jira.Pass) {
			a.metrics.pass(p, a.now())
			if a.status != nil {
				a.status.keeper.Pass(context.Background(), p)
			}
			if opt.observe != nil {
				opt.observe(p)
			}
		},
	})
	return nil
}

// ruleSettings are the settings as far as decisions depend on them.
func (c Config) ruleSettings() (rules.Settings, error) {
	s := rules.DefaultSettings()
	text, err := readNamed("ANDON_PLAYBOOK", c.Playbook)
	if err != nil {
		return s, err
	}
	if text != nil {
		if s.Playbook, err = rules.ParsePlaybook(text); err != nil {
			return s, fmt.Errorf("ANDON_PLAYBOOK %s: %w", c.Playbook, err)
		}
	}
	if text, err = readNamed("ANDON_NOTICE_TEMPLATES", c.NoticeTemplates); err != nil {
		return s, err
	}
	if text != nil {
		if s.Texts, err = rules.ParseTexts(string(text)); err != nil {
			return s, fmt.Errorf("ANDON_NOTICE_TEMPLATES %s: %w", c.NoticeTemplates, err)
		}
	}
	s.Labels, s.MaxAge = c.Labels(), c.DeclarationMaxAge
	s.RefusedResolutions, s.ProductOwnerRole, s.Resync = c.RefusedResolutions, c.PORole, c.Resync
	s.OwnersAccept, s.EvidenceNeeded, s.RestoredNeeded = c.RootCauseAcceptance == "po", c.RootCauseEvidence, c.ReleaseRequires == "restored"
	s.Freeze = rules.FreezeMode(c.Freeze)
	base, byKind := c.SLA()
	s.RecoverySLA, s.RecoverySLAByKind = base, map[rules.Kind]time.Duration{}
	for kind, d := range byKind {
		s.RecoverySLAByKind[rules.Kind(kind)] = d
	}
	return s, nil
}

// makeServer makes the receiver.
func (a *app) makeServer(registry *prometheus.Registry) error {
	s, err := webhook.New(webhook.Config{
		Secrets: a.cfg.WebhookSecret.Reveal(), PathToken: a.cfg.WebhookPathToken.Reveal(), Labels: a.cfg.Labels().All(),
		MetricsOnMain: a.cfg.MetricsListen == "", MaxConns: a.cfg.MaxConnections,
	}, webhook.Deps{
		Hints: a.queue, Known: a.known, Log: a.log, Registry: registry, Now: a.now, Status: a.status.handler(), Trace: a.trace.Begin(),
		Checks: []webhook.Check{
			{Name: "queue", Do: a.queue.Ping},
			{Name: "jira", Do: func(ctx context.Context) error { _, err := a.client.Myself(ctx); return err }},
		},
	})
	if err != nil {
		return err
	}
	a.server = s
	return nil
}

// run serves and works until ctx ends; then it stops taking, finishes or gives back
// what is under way, and closes the queue.
func (a *app) run(ctx context.Context, main, metrics net.Listener) error {
	g, gctx := errgroup.WithContext(ctx)
	main, err := secured(a.cfg, a.server.Limit(main))
	if err != nil {
		return errors.Join(err, a.queue.Close(), a.status.close())
	}
	a.serveOn(gctx, g, a.server.HTTPServer(main.Addr().String()), main)
	if metrics != nil {
		srv := a.server.HTTPServer(metrics.Addr().String())
		srv.Handler = metricsOnly(a.server.MetricsHandler())
		a.serveOn(gctx, g, srv, metrics)
	}
	g.Go(func() error { return a.work(gctx) })
	g.Go(func() error { a.follow(gctx); return nil })
	if a.status != nil {
		g.Go(func() error { a.status.tidy(gctx); return nil })
	}
	err = g.Wait()
	return errors.Join(err, a.queue.Close(), a.status.close(), a.trace.Close(ctx))
}

// metricsOnly serves nothing but the metrics.
func metricsOnly(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h)
	return mux
}

// serveOn serves until ctx ends, and then lets requests under way finish.
func (a *app) serveOn(ctx context.Context, g *errgroup.Group, srv *http.Server, l net.Listener) {
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve on %s: %w", l.Addr(), err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		a.server.Drain()
		a.status.end()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), max(a.cfg.ShutdownGrace, time.Second))
		defer cancel()
		switch err := srv.Shutdown(end); {
		case errors.Is(err, context.DeadlineExceeded): // connections that have said nothing yet are no work
			a.log.WarnContext(end, "connections were still open at the end of the grace", "listen", l.Addr().String())
			return srv.Close()
		case err != nil:
			return errors.Join(fmt.Errorf("shut down %s: %w", l.Addr(), err), srv.Close())
		}
		return nil
	})
}

// work takes keys off the queue and looks after them. Before each write the lease is
// asked for, so that a worker that was paused does not write on what another has taken.
func (a *app) work(ctx context.Context) error {
	if err := a.queue.Add(ctx, sweepKey, 0); err != nil {
		a.log.WarnContext(ctx, "the first sweep could not be queued; it is tried again", "error", err)
	}
	return queue.Run(ctx, a.queue, queue.RunOptions{Workers: a.cfg.Workers, Grace: a.cfg.ShutdownGrace, Now: a.now, Log: a.log, Observe: a.metrics.queueEvent},
		func(ctx context.Context, it queue.Item) (time.Duration, error) {
			ctx, end := a.trace.Look(ctx, it)
			ctx = jira.WithWriteGuard(ctx, func() error { return queue.Held(ctx) })
			again, err := a.reconciler.Handle(ctx, it.Key, it.Notes)
			end(err)
			return again, err
		})
}

// follow keeps this replica's view of the watched projects in step with the others',
// and makes sure that the sweep is on the queue even if the queue has lost everything.
func (a *app) follow(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			a.followOnce(ctx)
		}
	}
}

// followOnce is one step of follow. A queue that watches nothing while this replica
// does has probably lost its memory, so the site is swept at once.
func (a *app) followOnce(ctx context.Context) {
	pinned, err := a.queue.Pinned(ctx)
	delay := a.cfg.Sweep
	switch {
	case err != nil:
		a.log.DebugContext(ctx, "the watched projects cannot be read", "error", err)
		a.metrics.queueStats(queue.Stats{}, err)
		return
	case len(pinned) == 0 && len(a.known.WatchedProjects()) > 0:
		delay = 0
	default:
		a.known.ReplaceWatched(pinned)
		a.metrics.disasters.keep(pinned)
	}
	if err := a.queue.Add(ctx, sweepKey, delay); err != nil {
		a.log.DebugContext(ctx, "the sweep cannot be queued", "error", err)
	}
	stats, err := a.queue.Stats(ctx)
	a.metrics.queueStats(stats, err)
}
