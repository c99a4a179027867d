package playground

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"
	"time"
)

// show is what the page is given.
type show struct {
	Board
	Now      time.Time
	Version  string
	Player   string
	People   []person
	Hint     Hint
	News     string
	Labels   []string
	Project  string
	Overview string
	Token    string
}

// show shows the page.
func (p *Playground) show(w http.ResponseWriter, r *http.Request) {
	b, version, err := p.board(r.Context())
	if err != nil { // before the first reading
		if err = p.refresh(r.Context()); err == nil {
			b, version, err = p.board(r.Context())
		}
	}
	if err != nil {
		p.opt.Logger.DebugContext(r.Context(), "the playground cannot read the board", "error", err)
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the simulated Jira cannot be read just now; load the page again", http.StatusServiceUnavailable)
		return
	}
	s := show{Board: b, Now: p.opt.Now().UTC(), Version: version, Player: player(r), People: people(), Hint: b.hint(), News: b.news(),
		Labels: p.opt.Labels, Project: p.opt.Project, Overview: p.opt.Overview, Token: p.opt.Token}
	var page bytes.Buffer
	if err := p.templates.ExecuteTemplate(&page, "playground", s); err != nil {
		p.opt.Logger.ErrorContext(r.Context(), "the playground could not be shown", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if _, err := w.Write(page.Bytes()); err != nil {
		p.opt.Logger.DebugContext(r.Context(), "an answer could not be written", "error", err)
	}
}

// news is what a screen reader is told: how planning stands, and the last thing that happened.
func (b Board) news() string {
	news := "Planning is free."
	if b.Planning.Frozen {
		news = "Planning is frozen."
	}
	if b.Refused != "" {
		return news + " Refused: " + b.Refused
	}
	if len(b.Log) > 0 {
		news += " " + b.Log[0].Who + " " + b.Log[0].Text + "."
	}
	return news
}

// words are the functions of the template.
func words() template.FuncMap {
	return template.FuncMap{
		"clocktime": func(t time.Time) string { return t.UTC().Format("15:04:05") },
		"rest":      func(all []Issue) []Issue { return slices.DeleteFunc(slices.Clone(all), Issue.Stopped) },
		"row":       func(i Issue, s show, sprint int64) row { return row{Issue: i, Show: s, Sprint: sprint} },
		"open": func(s []Sprint) []Sprint {
			return slices.DeleteFunc(slices.Clone(s), func(x Sprint) bool { return x.State == "closed" })
		},
		"closed": func(s []Sprint) []Sprint {
			return slices.DeleteFunc(slices.Clone(s), func(x Sprint) bool { return x.State != "closed" })
		},
	}
}

// Disasters are the issues that are shown before all others, each with its sprint.
func (b Board) Disasters() []row {
	var out []row
	for _, s := range append(slices.Clone(b.Sprints), Sprint{Issues: b.Backlog}) {
		for _, i := range s.Issues {
			if i.Stopped() {
				out = append(out, row{Issue: i, Sprint: s.ID})
			}
		}
	}
	return out
}

// row is an issue in its place.
type row struct {
	Issue  Issue
	Show   show
	Sprint int64
}
