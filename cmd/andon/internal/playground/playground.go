// Package playground is a small page on which a newcomer plays the people around a
// disaster: the board of the demo's project, the acts of each person, and what andon makes
// of them. It has no way of its own into the simulated Jira: it reads and acts by the same
// REST as everybody, as the person whom the player has chosen.
//
// It is for one's own machine: it answers only on loopback names, takes acts only from its
// own page, and signs nobody in.
package playground

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"time"

	"andon/webhook/page"
	"andon/webhook/shelf"
)

//go:embed assets
var files embed.FS

// The people whom one can play, by their logins.
const (
	Owner     = "po"
	Master    = "sm"
	Developer = "dev"
)

const (
	// glance is how often the board is read although nobody called.
	glance = time.Second
	// rest is the least time between two readings: an act of andon's is many calls.
	rest = 150 * time.Millisecond
	// heartbeat and life are those of the streams.
	heartbeat, life = 15 * time.Second, 30 * time.Minute
	// maxForm bounds the body of an act.
	maxForm = 16 << 10
	// boardName is the board on the shelf.
	boardName = "board"
)

// Caller makes a REST call to the simulated Jira as a person. The answer is read into the
// last argument, if it is not nil.
type Caller func(ctx context.Context, who, method, path string, body, answer any) error

// Options are what a Playground works with.
type Options struct {
	Call Caller
	// Project is the key of the project that is played with, Board its board.
	Project string
	Board   int64
	// Labels are those that decide, in the order in which they are offered.
	Labels []string
	// Log gives what has happened, oldest first.
	Log func() []Line
	// Planning says how andon sees the project's planning.
	Planning func() Planning
	// PageLink gives the address of a disaster's status page; nil for none.
	PageLink func(project, issue string) string
	// Overview is the address of the overview of the status page, Token what opens it.
	Overview, Token string
	Now             func() time.Time
	Logger          *slog.Logger
}

// Planning is how andon sees the project's planning.
type Planning struct {
	Frozen bool   `json:"frozen"`
	Phase  string `json:"phase,omitempty"`
}

// Playground serves the page. Run keeps it up to date.
type Playground struct {
	opt       Options
	mux       http.Handler
	templates *template.Template
	shelf     *shelf.Memory
	wake      chan struct{}
	done      chan struct{}
	said      refusals
}

// New makes a playground.
func New(opt Options) (*Playground, error) {
	p := &Playground{opt: opt, shelf: shelf.NewMemory(), wake: make(chan struct{}, 1), done: make(chan struct{}), said: refusals{now: opt.Now}}
	var err error
	p.templates, err = template.New("playground").Funcs(page.Functions()).Funcs(words()).ParseFS(files, "assets/*.html")
	if err != nil {
		return nil, fmt.Errorf("templates of the playground: %w", err)
	}
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", p.show)
	m.HandleFunc("POST /do", p.do)
	m.HandleFunc("GET /events", p.events)
	m.HandleFunc("GET /assets/{name}", p.asset)
	p.mux = http.NewCrossOriginProtection().Handler(m)
	return p, nil
}

// ServeHTTP implements http.Handler. A name that leads here from elsewhere is refused, or
// any web page could play by it.
func (p *Playground) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "+
		"frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	if !loopback(r.Host) {
		http.Error(w, "the playground answers on this machine's own names alone", http.StatusMisdirectedRequest)
		return
	}
	p.mux.ServeHTTP(w, r)
}

// loopback says whether a host is a name of this machine for itself.
func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// Wake says that something may have changed.
func (p *Playground) Wake() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Run reads the board whenever something may have changed, until ctx ends.
func (p *Playground) Run(ctx context.Context) {
	defer close(p.done)
	for {
		if err := p.refresh(ctx); err != nil && !errors.Is(err, context.Canceled) {
			p.opt.Logger.DebugContext(ctx, "the playground cannot read the board", "error", err)
		}
		if !wait(ctx, nil, rest) || !wait(ctx, p.wake, glance) {
			return
		}
	}
}

// wait waits for a call, or for a time; it says false when ctx has ended.
func wait(ctx context.Context, call <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-call:
	case <-timer.C:
	case <-ctx.Done():
		return false
	}
	return true
}

// refresh reads the board and keeps it.
func (p *Playground) refresh(ctx context.Context) error {
	b, err := p.read(ctx)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("keep the board: %w", err)
	}
	return p.shelf.Put(ctx, boardName, raw)
}

// events is the stream that says when the page has changed.
func (p *Playground) events(w http.ResponseWriter, r *http.Request) {
	changed, stop := p.shelf.Changes()
	defer stop()
	page.Stream(w, r, page.StreamOptions{Changed: changed, Done: p.done, Now: p.opt.Now, Heartbeat: heartbeat, Life: life,
		Version: func(ctx context.Context) (string, error) {
			_, version, err := p.board(ctx)
			return version, err
		}})
}

// asset serves the files beside the page: the status page's own, and one more.
func (p *Playground) asset(w http.ResponseWriter, r *http.Request) {
	kinds := map[string]string{page.Script: "text/javascript; charset=utf-8", page.Style: "text/css; charset=utf-8", "play.css": "text/css; charset=utf-8", page.Icon: "image/svg+xml"}
	name := r.PathValue("name")
	body, err := page.Asset(name)
	if err != nil {
		body, err = files.ReadFile("assets/" + name)
	}
	if err != nil || kinds[name] == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kinds[name])
	if _, err := w.Write(body); err != nil { //nolint:gosec // a file of our own, by a name that was looked up
		p.opt.Logger.DebugContext(r.Context(), "an answer could not be written", "error", err)
	}
}

// player is whom a request plays: the Product Owner, if nobody was chosen.
func player(r *http.Request) string {
	c, err := r.Cookie(playerCookie)
	if err != nil {
		return Owner
	}
	return known(c.Value)
}

// playerCookie remembers whom the player plays.
const playerCookie = "andon_player"

// known is a person whom one can play.
func known(who string) string {
	for _, p := range people() {
		if p.Login == who {
			return who
		}
	}
	return Owner
}

// person is somebody whom one can play.
type person struct{ Login, Name, Role, May string }

// people are all of them.
func people() []person {
	return []person{
		{Owner, "Paula", "Product Owner", "decides with labels"},
		{Master, "Sam", "Scrum Master", "plans sprints"},
		{Developer, "Dana", "developer", "proposes, and works the tasks"},
	}
}

// nameOf is how a person is called on the page.
func nameOf(who string) string {
	for _, p := range people() {
		if p.Login == who {
			return p.Name + ", " + p.Role
		}
	}
	return cmp.Or(who, "somebody")
}
