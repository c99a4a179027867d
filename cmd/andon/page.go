package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"andon/cmd/andon/internal/picture"
	"andon/cmd/andon/internal/views"
	"andon/rules"
	"andon/webhook/page"
	"andon/webhook/queue"
	"andon/webhook/shelf"
)

// tidyEvery is how often the shelf of the status page is tidied.
const tidyEvery = time.Hour

// status is the status page with what it needs. Without settings for it, it is nil and
// there is none.
type status struct {
	shelf  shelf.Shelf
	keeper *views.Keeper
	page   *page.Page
}

// openStatus makes the status page, if one is asked for.
func (a *app) openStatus(opt appOptions) error {
	if !a.cfg.pageOn() {
		return nil
	}
	s := &status{shelf: opt.shelf}
	if s.shelf == nil {
		var err error
		if s.shelf, err = a.openShelf(); err != nil {
			return err
		}
	}
	s.keeper = &views.Keeper{Shelf: s.shelf, Now: a.now, Log: a.log, Picture: func(r rules.Report) string { return picture.Draw(r, picture.Options{}) }}
	base, secure := a.cfg.publicPath()
	var err error
	s.page, err = page.New(page.Config{Secrets: a.cfg.PageSecret.Reveal(), Tokens: a.cfg.PageToken.Reveal(), Base: base, Secure: secure, Style: picture.Style()},
		page.Deps{Shelf: s.shelf, Now: a.now, Log: a.log})
	if err != nil {
		return err
	}
	a.status = s
	return nil
}

// openShelf chooses where the page's values are kept: with the queue.
func (a *app) openShelf() (shelf.Shelf, error) {
	if a.cfg.RedisURL == "" {
		return shelf.NewMemory(), nil
	}
	client, err := queue.Connect(a.cfg.RedisURL.Reveal())
	if err != nil {
		return nil, fmt.Errorf("ANDON_REDIS_URL: %w", err)
	}
	return shelf.NewRedis(client, shelf.RedisOptions{}), nil
}

// pageLink gives the address of a disaster's page, for people who read the issue; nil
// where there is no page or nobody knows where it is.
func (c Config) pageLink() func(project, issue string) string {
	if len(c.PageSecret) == 0 || c.PublicURL == "" {
		return nil
	}
	return func(project, issue string) string {
		return page.Link(c.PublicURL, c.PageSecret[0].Reveal(), project, issue)
	}
}

// handler is the page for the receiver, nil for none.
func (s *status) handler() http.Handler {
	if s == nil {
		return nil
	}
	return s.page
}

// tidy tidies the shelf now and then.
func (s *status) tidy(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		s.keeper.Tidy(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// end ends the streams of open pages, so that the server can shut down.
func (s *status) end() {
	if s != nil {
		s.page.Close()
	}
}

// close frees the shelf.
func (s *status) close() error {
	if s == nil {
		return nil
	}
	return s.shelf.Close()
}
