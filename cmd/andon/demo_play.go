package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/cmd/andon/internal/playground"
	"andon/jira"
	"andon/jira/jiratest"
)

// play is the playground of the demo. Without one it is nil, and everything is quiet.
type play struct {
	*playground.Playground
	at net.Listener
}

// playListen opens the playground's address; there is none where nobody could click.
func playListen(ctx context.Context, f demoFlags) (net.Listener, error) {
	if f.exit || f.jiraOnly || f.playListen == "" {
		return nil, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", f.playListen)
	if err != nil {
		return nil, fmt.Errorf("--play-listen: %w (choose another address, or port 0)", err)
	}
	if a, is := l.Addr().(*net.TCPAddr); !is || !a.IP.IsLoopback() {
		return nil, errors.Join(usageError{errors.New("--play-listen: the playground signs nobody in, so it is for this machine alone; take 127.0.0.1")}, l.Close())
	}
	return l, nil
}

// newPlay makes the playground for a site and the andon that looks after it.
func newPlay(s *site, a *app, told *teller, at net.Listener, log *slog.Logger) (*play, error) {
	if at == nil {
		return nil, nil
	}
	overview, token := "", ""
	if len(a.cfg.PageToken) > 0 {
		overview, token = strings.TrimRight(a.cfg.PublicURL, "/")+"/status", a.cfg.PageToken[0].Reveal()
	}
	labels := a.cfg.Labels()
	p, err := playground.New(playground.Options{
		Call: s.as, Project: "SHOP", Board: s.seed.ShopBoard, Labels: labels.All(), Log: s.lines, Planning: told.planning,
		PageLink: a.cfg.pageLink(), Overview: overview, Token: token, Now: time.Now, Logger: log,
	})
	if err != nil {
		return nil, err
	}
	s.AfterCalls(func(c jiratest.Call) error {
		if c.Write {
			p.Wake()
		}
		return nil
	})
	told.wake = p.Wake
	return &play{p, at}, nil
}

// lines are what has happened on the site, for people.
func (s *site) lines() []playground.Line {
	names := map[string]string{}
	name := func(id string) string {
		if _, known := names[id]; !known {
			u, _ := s.User(id)
			names[id] = u.DisplayName
		}
		return names[id]
	}
	var out []playground.Line
	for _, e := range s.Events() {
		if l, ok := playground.Tell(e, name); ok {
			out = append(out, l)
		}
	}
	return out
}

// planning is how andon saw the planning of SHOP at its last look.
func (t *teller) planning() playground.Planning {
	t.mu.Lock()
	defer t.mu.Unlock()
	return playground.Planning{Frozen: t.frozen, Phase: t.phase}
}

// serve serves the playground until ctx ends.
func (p *play) serve(ctx context.Context, g *errgroup.Group) {
	if p == nil {
		return
	}
	srv := &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute}
	g.Go(func() error { p.Run(ctx); return nil })
	g.Go(func() error {
		if err := srv.Serve(p.at); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("playground: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		return srv.Close()
	})
}

// address is where people find the playground.
func (p *play) address() string { return "http://" + p.at.Addr().String() + "/" }

// hint leads to the playground and the status page.
func (p *play) hint(c Config) string {
	if p == nil {
		return ""
	}
	text := "\nClick on, in a browser:\n\n  playground   " + p.address() + "\n"
	if len(c.PageToken) > 0 {
		text += fmt.Sprintf("  status page  %s/status  (token: %s)\n", strings.TrimRight(c.PublicURL, "/"), c.PageToken[0].Reveal())
	}
	return text
}

// observed tells the story and the playground what andon did.
func (t *teller) observed(p jira.Pass) {
	t.pass(p)
	if t.wake != nil {
		t.wake()
	}
}
