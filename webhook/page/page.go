// Package page is andon's status page: an overview of the disasters and a page for each,
// rendered on the server and kept up to date in the browser. It shows what lies on a shelf
// and never asks Jira.
//
// # Who may look
//
// A disaster's page opens with the link that [Link] makes. The link sets a cookie for that
// one page and leads on to an address without a secret. The overview, and from there every
// disaster, opens with a token: by a form, or as a bearer token. Everything else is not
// there. Other secrets and tokens in the settings end every older link and cookie.
//
// # How it stays up to date
//
// The page opens a stream of server-sent events, which say only that something has changed.
// A small script then fetches the page once more and puts in the parts that differ. Without
// the script the page is whole, as of when it was opened.
package page

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// root is the path of the overview; everything of the page is below it.
const root = "/status"

// minSecret is the least length of a secret or token.
const minSecret = 16

// Shelf is what the page reads.
type Shelf interface {
	// Get gives a value, and whether it is there.
	Get(ctx context.Context, name string) ([]byte, bool, error)
	// All gives all values by name.
	All(ctx context.Context) (map[string][]byte, error)
	// Changes tells that values have changed, until stop is called.
	Changes() (changed <-chan struct{}, stop func())
}

// Config says who may look, and how much at once.
type Config struct {
	// Secrets make the links to disasters; all of them open, so that one can replace another.
	Secrets []string
	// Tokens open the overview.
	Tokens []string
	// Base is what a proxy in front puts before every path, such as /andon; mostly empty.
	Base string
	// Secure is true where browsers come by https, be it through a proxy.
	Secure bool

	// Style is added to the page's own, for what the pictures need.
	Style string

	MaxStreams int           // live pages at one time; default 128
	Heartbeat  time.Duration // between signs of life on a stream; default 15 s
	StreamLife time.Duration // for which a stream goes on before the browser opens another; default 30 min
}

// Deps are what a Page works with.
type Deps struct {
	Shelf Shelf
	Now   func() time.Time
	Log   *slog.Logger // nil: nothing is logged
}

// Page serves the status page. It is an http.Handler for root and everything below.
type Page struct {
	cfg       Config
	deps      Deps
	mux       *http.ServeMux
	templates *template.Template
	assets    map[string]asset
	streams   chan struct{}
	guesses   *guesses
	done      chan struct{}
	close     sync.Once
}

// New checks the settings and returns a Page. The error names no secret.
func New(cfg Config, deps Deps) (*Page, error) {
	if err := cfg.validate(); err != nil {
		return nil, fmt.Errorf("set up the status page: %w", err)
	}
	if deps.Shelf == nil || deps.Now == nil {
		return nil, errors.New("set up the status page: Shelf and Now must be given")
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	cfg.MaxStreams = cmp.Or(cfg.MaxStreams, 128)
	cfg.Heartbeat = cmp.Or(cfg.Heartbeat, 15*time.Second)
	cfg.StreamLife = cmp.Or(cfg.StreamLife, 30*time.Minute)
	cfg.Base = strings.TrimRight(cfg.Base, "/")
	p := &Page{cfg: cfg, deps: deps, streams: make(chan struct{}, cfg.MaxStreams), guesses: newGuesses(deps.Now), done: make(chan struct{})}
	var err error
	if p.assets, err = loadAssets(cfg.Style); err != nil {
		return nil, err
	}
	if p.templates, err = p.parse(); err != nil {
		return nil, fmt.Errorf("templates of the status page: %w", err)
	}
	p.routes()
	return p, nil
}

// validate returns every fault; never a value.
func (c Config) validate() error {
	var faults []error
	if len(c.Secrets)+len(c.Tokens) == 0 {
		faults = append(faults, errors.New("neither a secret nor a token: nobody could look"))
	}
	for i, s := range append(append([]string(nil), c.Secrets...), c.Tokens...) {
		if len(s) < minSecret {
			faults = append(faults, fmt.Errorf("secret or token %d has %d characters, it needs at least %d", i+1, len(s), minSecret))
		}
	}
	if c.Base != "" && !strings.HasPrefix(c.Base, "/") {
		faults = append(faults, errors.New("the base is a path and begins with a slash"))
	}
	return errors.Join(faults...)
}

// String leaves the secrets out.
func (c Config) String() string {
	return fmt.Sprintf("page.Config{%d secrets, %d tokens}", len(c.Secrets), len(c.Tokens))
}

// GoString leaves the secrets out as well.
func (c Config) GoString() string { return c.String() }

// routes says what is where. What is not here is answered like what may not be seen.
func (p *Page) routes() {
	m := http.NewServeMux()
	m.HandleFunc("GET "+root, p.overview)
	m.HandleFunc("POST "+root, p.signIn)
	m.HandleFunc("GET "+root+"/events", p.overviewEvents)
	m.HandleFunc("GET "+root+"/d/{project}/{issue}", p.disaster)
	m.HandleFunc("GET "+root+"/d/{project}/{issue}/events", p.disasterEvents)
	m.HandleFunc("GET "+root+"/d/{project}/{issue}/{token}", p.open)
	m.HandleFunc("GET "+root+"/assets/{name}", p.asset)
	m.HandleFunc("/", p.notFound)
	p.mux = m
}

// ServeHTTP implements http.Handler.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.headers(w, r)
	p.mux.ServeHTTP(w, r)
}

// Close ends all streams, so that a server can shut down.
func (p *Page) Close() { p.close.Do(func() { close(p.done) }) }

// headers sets what every answer has. Nothing is loaded from elsewhere, nothing runs that is
// written into the page, and nobody puts the page into a frame.
func (p *Page) headers(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy("'none'"))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
	if r.TLS != nil || p.cfg.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// policy is the content security policy of a page whose forms go nowhere or to 'self'.
func policy(forms string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action " + forms
}
