package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed assets
var files embed.FS

// asset is a file that the browser loads beside a page.
type asset struct {
	kind, version string
	body          []byte
}

// The files that pages load, with their types.
const (
	Script = "page.js"
	Style  = "page.css"
	Icon   = "icon.svg"
)

// loadAssets reads the files, adds to the style and names the contents.
func loadAssets(style string) (map[string]asset, error) {
	kinds := map[string]string{Script: "text/javascript; charset=utf-8", Style: "text/css; charset=utf-8", Icon: "image/svg+xml"}
	out := map[string]asset{}
	for name, kind := range kinds {
		body, err := Asset(name)
		if err != nil {
			return nil, err
		}
		if name == Style {
			body = append(body, style...)
		}
		sum := sha256.Sum256(body)
		out[name] = asset{kind: kind, version: hex.EncodeToString(sum[:6]), body: body}
	}
	return out, nil
}

// Asset gives a file that pages load: its style, or the script that keeps them up to date.
func Asset(name string) ([]byte, error) {
	body, err := files.ReadFile("assets/" + name)
	if err != nil {
		return nil, fmt.Errorf("read a file of the page: %w", err)
	}
	return body, nil
}

// asset serves a file. Its address changes with its contents, so it may be kept.
func (p *Page) asset(w http.ResponseWriter, r *http.Request) {
	a, there := p.assets[r.PathValue("name")]
	if !there {
		p.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Cache-Control", "public, max-age=86400")
	if r.URL.RawQuery != "v="+a.version {
		w.Header().Set("Cache-Control", "no-cache")
	}
	p.write(w, r, a.body)
}

// parse reads the templates.
func (p *Page) parse() (*template.Template, error) {
	t := template.New("page").Funcs(Functions()).Funcs(template.FuncMap{
		"path": func(parts ...string) string { return p.cfg.Base + root + strings.Join(parts, "") },
		"asset": func(name string) string {
			return p.cfg.Base + root + "/assets/" + name + "?v=" + p.assets[name].version
		},
		"page":    func(d Disaster) string { return p.cfg.Base + disasterPath(d.Project, d.Issue) },
		"picture": picture,
	})
	return t.ParseFS(files, "assets/*.html")
}

// render writes a page. It is made first and sent then, so that a fault shows as one.
func (p *Page) render(w http.ResponseWriter, r *http.Request, status int, name string, s show) {
	s.Now = p.deps.Now().UTC()
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, s); err != nil {
		p.deps.Log.ErrorContext(r.Context(), "a page could not be made", "page", name, "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	p.write(w, r, b.Bytes())
}

// write sends a body. A browser that has gone is nobody's fault.
func (p *Page) write(w http.ResponseWriter, r *http.Request, body []byte) {
	if _, err := w.Write(body); err != nil {
		p.deps.Log.DebugContext(r.Context(), "an answer could not be written", "error", err)
	}
}

// Functions are the words of templates for times.
func Functions() template.FuncMap {
	return template.FuncMap{
		"when":    func(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") },
		"machine": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"span":    func(from, to time.Time) string { return span(to.Sub(from)) },
		"seconds": func(from, to time.Time) int64 { return max(int64(to.Sub(from)/time.Second), 0) },
		"after":   func(a, b time.Time) bool { return a.After(b) },
		"clock":   func(from, now time.Time) running { return running{From: from, Now: now} },
		"clocks":  func(d Disaster, now time.Time) clocks { return clocks{Clocks: d.Clocks, Now: now} },
		"stop":    func(c Clock, now time.Time) time.Time { return c.stop(now) },
		"list":    func(items []string) string { return strings.Join(items, ", ") },
	}
}

// running is a clock that runs, for a template.
type running struct{ From, Now time.Time }

// clocks are clocks with the present moment, for a template.
type clocks struct {
	Clocks []Clock
	Now    time.Time
}

// stop is when the clock was stopped, or now.
func (c Clock) stop(now time.Time) time.Time {
	if c.End.IsZero() {
		return now
	}
	return c.End
}

// span is a length of time in the form in which the script goes on with it.
func span(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	days, h, m, s := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60, int(d/time.Second)%60
	switch {
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, h)
	case h > 0:
		return fmt.Sprintf("%d h %02d min", h, m)
	}
	return fmt.Sprintf("%d min %02d s", m, s)
}
