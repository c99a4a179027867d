package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// writeLimit ends a stream to a browser that has stopped reading.
const writeLimit = 10 * time.Second

// overviewEvents is the stream of the overview.
func (p *Page) overviewEvents(w http.ResponseWriter, r *http.Request) {
	if !p.mayOverview(r) {
		p.notFound(w, r)
		return
	}
	p.stream(w, r, func(ctx context.Context) (string, error) {
		_, version, err := p.read(ctx)
		return version, err
	})
}

// disasterEvents is the stream of a disaster's page.
func (p *Page) disasterEvents(w http.ResponseWriter, r *http.Request) {
	project, issue := r.PathValue("project"), r.PathValue("issue")
	if !plainID(project) || !plainID(issue) || !p.mayDisaster(r, project, issue) {
		p.notFound(w, r)
		return
	}
	p.stream(w, r, func(ctx context.Context) (string, error) {
		_, version, _, err := p.readOne(ctx, project, issue)
		return version, err
	})
}

// stream sends an event for each new version, the present one at once, until the browser
// goes, the stream is old or the page is closed. The browser then opens another.
func (p *Page) stream(w http.ResponseWriter, r *http.Request, version func(context.Context) (string, error)) {
	select {
	case p.streams <- struct{}{}:
		defer func() { <-p.streams }()
	default:
		w.Header().Set("Retry-After", "30")
		http.Error(w, "too many live pages; this one shows what was seen when it was opened", http.StatusServiceUnavailable)
		return
	}
	changed, stop := p.deps.Shelf.Changes()
	defer stop()
	Stream(w, r, StreamOptions{Changed: changed, Version: version, Done: p.done, Now: p.deps.Now, Heartbeat: p.cfg.Heartbeat, Life: p.cfg.StreamLife})
}

// StreamOptions say what a stream tells, and how long.
type StreamOptions struct {
	// Changed tells when to look at the version again.
	Changed <-chan struct{}
	// Version names the present state; an error says that it cannot be told just now.
	Version func(context.Context) (string, error)
	// Done ends the stream.
	Done <-chan struct{}
	// Now is the system's clock, with which the deadlines of connections are compared.
	Now func() time.Time
	// Heartbeat is the time between signs of life, Life the age at which the stream ends.
	Heartbeat, Life time.Duration
}

// Stream serves server-sent events that say only which version of a page is the present
// one, as the script of this package expects them.
func Stream(w http.ResponseWriter, r *http.Request, opt StreamOptions) {
	out, err := openStream(w, opt.Now)
	if err != nil {
		return
	}
	beat, end := time.NewTicker(opt.Heartbeat), time.NewTimer(opt.Life)
	defer beat.Stop()
	defer end.Stop()
	for last := ""; ; {
		if v, err := opt.Version(r.Context()); err == nil && v != last {
			if out.send("data: "+v+"\n\n") != nil {
				return
			}
			last = v
		}
		select {
		case <-opt.Changed:
		case <-beat.C: // keeps proxies from cutting the line, and looks in case a call was lost
			if out.send(": here\n\n") != nil {
				return
			}
		case <-end.C:
			return
		case <-opt.Done:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// streamWriter writes events at once, each with a time limit of its own.
type streamWriter struct {
	w    http.ResponseWriter
	ctrl *http.ResponseController
	now  func() time.Time
}

// openStream begins a stream: the server's time limits are for short answers and end here,
// and no proxy may hold events back.
func openStream(w http.ResponseWriter, now func() time.Time) (streamWriter, error) {
	s := streamWriter{w: w, ctrl: http.NewResponseController(w), now: now}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	if err := s.ctrl.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return s, fmt.Errorf("open a stream: %w", err)
	}
	w.WriteHeader(http.StatusOK)
	return s, s.send("retry: 3000\n\n")
}

// send writes and does not wait for more.
func (s streamWriter) send(text string) error {
	if err := s.ctrl.SetWriteDeadline(s.now().Add(writeLimit)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("write to a stream: %w", err)
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return fmt.Errorf("write to a stream: %w", err)
	}
	return s.ctrl.Flush()
}
