package webhook

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

// Hints takes the keys of what should be looked at. Add returns nil only when the key is stored; adding one that waits already
// changes nothing but its notes.
type Hints interface {
	Add(ctx context.Context, key string, delay time.Duration, notes ...string) error
}

// Deps are what a Server works with.
type Deps struct {
	Hints    Hints
	Known    Known
	Checks   []Check              // for /readyz
	Log      *slog.Logger         // nil: nothing is logged
	Registry *prometheus.Registry // nil: one of its own
	Status   http.Handler         // the status page, for /status and below; nil: there is none
	Now      func() time.Time     // for durations and for the age of what is kept; must be set
	Trace    Trace                // nil: nothing is traced
}

// Trace begins a piece of work that a trace should show. It gives the context for whatever is part of it, and a function that ends
// it with what came of it. Only genuine webhooks are traced: whoever cannot sign must not be able to fill a store of traces.
type Trace func(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(err error, attrs ...slog.Attr))

// begin is Trace where nothing may be traced.
func (t Trace) begin(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
	if t == nil {
		return ctx, func(error, ...slog.Attr) {}
	}
	return t(ctx, name, attrs...)
}

// Server receives webhooks. It is an http.Handler; use HTTPServer to serve it with time limits.
type Server struct {
	cfg     Config
	deps    Deps
	echo    *echo.Echo
	labels  labelSet
	bodies  *bodies
	signed  *verifier
	token   pathToken
	probe   *probe
	metrics *metrics
	headers []header
	strict  []string // the value of Strict-Transport-Security
	idStart string
	idCount atomic.Uint64

	refused throttle // log lines about bad signatures and tokens
	invalid throttle // about bodies that are no events
	failing throttle // about hints that could not be stored
	shed    throttle // about requests refused for want of memory
}

// New checks the settings and returns a Server. The error names every fault in cfg, and never a secret.
func New(cfg Config, deps Deps) (*Server, error) {
	cfg = cfg.withDefaults()
	if err := errors.Join(cfg.validate(), deps.validate()); err != nil {
		return nil, fmt.Errorf("set up the webhook receiver: %w", err)
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	if deps.Registry == nil {
		deps.Registry = prometheus.NewRegistry()
	}
	s := &Server{
		cfg: cfg, deps: deps,
		labels: labelSet{},
		bodies: newBodies(cfg.MaxHeld, cfg.MaxBody),
		signed: newVerifier(cfg.Secrets),
		token:  newPathToken(cfg.PathToken),
		probe:  newProbe(deps.Checks, cfg, deps.Now, deps.Log),
		headers: []header{
			{"Cache-Control", []string{"no-store"}},
			{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}},
			{"Referrer-Policy", []string{"no-referrer"}},
			{"X-Content-Type-Options", []string{"nosniff"}},
		},
		strict: []string{"max-age=31536000"},
	}
	for _, label := range cfg.Labels {
		s.labels[label] = struct{}{}
	}
	for _, t := range []*throttle{&s.refused, &s.invalid, &s.failing, &s.shed} {
		t.every, t.now, t.log = cfg.LogEvery, deps.Now, deps.Log
	}
	var err error
	if s.metrics, err = newMetrics(deps.Registry, func() float64 { return float64(s.bodies.lent.Load()) }); err != nil {
		return nil, err
	}
	var id [4]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("choose a start for request ids: %w", err)
	}
	s.idStart = hex.EncodeToString(id[:]) + "-"
	s.routes()
	return s, nil
}

func (d Deps) validate() error {
	var faults []error
	if d.Hints == nil || d.Known == nil || d.Now == nil {
		faults = append(faults, errors.New("Hints, Known and Now must be given"))
	}
	seen := map[string]bool{}
	for _, c := range d.Checks {
		if c.Name == "" || c.Do == nil || seen[c.Name] {
			faults = append(faults, fmt.Errorf("readiness check %q: needs a name of its own and a function", c.Name))
		}
		seen[c.Name] = true
	}
	return errors.Join(faults...)
}

func (s *Server) routes() {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard) // everything worth a line is logged through slog
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = s.httpError
	e.POST("/webhooks/jira", s.receiveSigned)
	e.POST("/webhooks/jira/:token", s.receiveToken)
	get := func(path string, h echo.HandlerFunc) { e.Match([]string{http.MethodGet, http.MethodHead}, path, h) }
	get("/", s.front)
	get("/healthz", s.health)
	get("/readyz", s.ready)
	if s.cfg.MetricsOnMain {
		get("/metrics", echo.WrapHandler(s.metrics.handler))
	}
	if s.deps.Status != nil {
		for _, path := range []string{"/status", "/status/*"} {
			e.Match([]string{http.MethodGet, http.MethodHead, http.MethodPost}, path, echo.WrapHandler(s.deps.Status))
		}
	}
	s.echo = e
}

// MetricsHandler serves the metrics of Deps.Registry, for a listener that is not open to everybody.
func (s *Server) MetricsHandler() http.Handler { return s.metrics.handler }

// Drain makes /readyz say no from now on, so that a load balancer sends new requests elsewhere before a shutdown. Webhooks that
// still come are received.
func (s *Server) Drain() { s.probe.draining.Store(true) }

// HTTPServer returns a server for s with all time limits set, since net/http sets none. Serve it on a listener wrapped by
// [Server.Limit].
func (s *Server) HTTPServer(listen string) *http.Server {
	return &http.Server{
		Addr:              listen,
		Handler:           s,
		ReadHeaderTimeout: s.cfg.HeaderTimeout,
		ReadTimeout:       s.cfg.ReadTimeout,
		WriteTimeout:      s.cfg.WriteTimeout,
		IdleTimeout:       s.cfg.IdleTimeout,
		MaxHeaderBytes:    s.cfg.MaxHeader,
		ConnContext:       withConn,
		ErrorLog:          slog.NewLogLogger(s.deps.Log.Handler(), slog.LevelDebug),
	}
}

func (s *Server) front(c echo.Context) error {
	return c.String(http.StatusOK, "andon: see /healthz and /readyz; webhooks go to /webhooks/jira\n")
}

func (s *Server) health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (s *Server) ready(c echo.Context) error {
	state := s.probe.ask(c.Request().Context())
	if !state.Ready {
		return c.JSON(http.StatusServiceUnavailable, state)
	}
	return c.JSON(http.StatusOK, state)
}
