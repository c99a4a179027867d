package retell

import (
	_ "embed" // the built-in template
	"encoding/json"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"andon/cmd/andon/internal/picture"
	"andon/rules"
)

// Format is a form in which a report is written.
type Format string

// The formats.
const (
	Markdown Format = "markdown"
	HTML     Format = "html"
	Wiki     Format = "wiki"
	JSON     Format = "json"
	SVG      Format = "svg"
)

// Formats are all formats, for help.
func Formats() []Format { return []Format{Markdown, HTML, JSON, Wiki, SVG} }

//go:embed report.tmpl
var builtIn string

// Template is the built-in template, to begin one's own with.
func Template() string { return builtIn }

// ErrNoPicture is the reason where a report has no timeline to draw.
var ErrNoPicture = errors.New("there is no timeline to draw")

// ErrNoHistory is the reason where a project has no disaster to draw.
var ErrNoHistory = errors.New("there is no disaster to draw: none counts so far")

// Disaster writes the report of one disaster. The template is the text of one's own, empty
// for the built-in one; figure is where the picture stands, for Markdown, if it is kept.
func Disaster(w io.Writer, r rules.Report, f Format, tmpl, figure string) error {
	switch f {
	case JSON:
		return encode(w, r)
	case SVG:
		svg := picture.Draw(r, picture.Options{Standalone: true, Legend: true})
		if svg == "" {
			return ErrNoPicture
		}
		_, err := io.WriteString(w, svg)
		return err
	case Markdown, HTML, Wiki:
	}
	if f == Wiki {
		return comment(w, r, tmpl)
	}
	s := sheetOf(r, f)
	if f == Markdown {
		s.Figure = figure
	}
	if f == HTML {
		s.Picture = htmltemplate.HTML(picture.Draw(r, picture.Options{})) //nolint:gosec // drawn by us, with everything foreign escaped
		s.Style = htmltemplate.CSS(picture.Style())                       //nolint:gosec // our own
	}
	return execute(w, f, "disaster", tmpl, s)
}

// maxComment is how long a comment may be, a little less than Jira's own limit.
const maxComment = 32000

// comment writes a report as a comment. Where it would be too long for Jira, rows are left
// out and counted.
func comment(w io.Writer, r rules.Report, tmpl string) error {
	for rows := maxRows; ; rows /= 2 {
		s := sheetOf(r, Wiki)
		s.bound(rows)
		var text strings.Builder
		if err := execute(&text, Wiki, "disaster", tmpl, s); err != nil {
			return err
		}
		if rows == 0 || utf8.RuneCountInString(text.String()) <= maxComment {
			_, err := io.WriteString(w, text.String())
			return err
		}
	}
}

// Project writes the summary of a project's disasters; figure is where the picture stands,
// for Markdown, if it is kept.
func Project(w io.Writer, s Summary, f Format, tmpl, figure string) error {
	sheet := s.sheet(f)
	switch f {
	case JSON:
		return encode(w, s)
	case SVG:
		svg := s.Picture(picture.Options{Standalone: true})
		if svg == "" {
			return ErrNoHistory
		}
		_, err := io.WriteString(w, svg)
		return err
	case HTML:
		sheet.Picture = htmltemplate.HTML(s.Picture(picture.Options{})) //nolint:gosec // drawn by us, with everything foreign escaped
		sheet.Style = htmltemplate.CSS(picture.Style())                 //nolint:gosec // our own
	case Markdown:
		sheet.Figure = figure
	case Wiki:
	}
	return execute(w, f, "project", tmpl, sheet)
}

// encode writes JSON that people can read.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// maxOutput bounds what a template may write, so that a loop in one ends.
const maxOutput = 16 << 20

// execute runs the block of a template for a format and a subject, such as
// "disaster-markdown". A template without such a block is that block as a whole.
func execute(w io.Writer, f Format, subject, tmpl string, data any) error {
	if tmpl == "" {
		tmpl = builtIn
	}
	block := subject + "-" + string(f)
	out := &bounded{w: w, left: maxOutput}
	if f == HTML {
		t, err := htmltemplate.New("template").Parse(tmpl)
		if err != nil {
			return fmt.Errorf("template: %w", err)
		}
		switch own := t.Lookup(block); {
		case own != nil:
			t = own
		case t.Tree == nil || parse.IsEmptyTree(t.Tree.Root):
			return missingBlock(block)
		}
		return templateError(t.Execute(out, data))
	}
	t, err := template.New("template").Parse(tmpl)
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	switch own := t.Lookup(block); {
	case own != nil:
		t = own
	case t.Tree == nil || parse.IsEmptyTree(t.Root):
		return missingBlock(block)
	}
	return templateError(t.Execute(out, data))
}

// missingBlock says that a template is not for a format.
func missingBlock(block string) error {
	return fmt.Errorf("template: it has no block %q and nothing outside its blocks", block)
}

// templateError says that a template is at fault.
func templateError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("template: %w", err)
}

// bounded stops a template that writes without end.
type bounded struct {
	w    io.Writer
	left int
}

// Write implements [io.Writer].
func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, fmt.Errorf("it writes more than %d bytes", maxOutput)
	}
	b.left -= len(p)
	return b.w.Write(p)
}

// escaper makes text harmless in a format.
func escaper(f Format) func(string) string {
	switch f {
	case Markdown:
		return EscapeMarkdown
	case Wiki:
		return rules.EscapeWikiLong
	case HTML, JSON, SVG:
	}
	return clean // the page's template escapes by itself
}

// EscapeMarkdown makes foreign text harmless in Markdown: it stays one line of plain
// text, whatever headings, links, images, tables, HTML or mentions it tries to be.
func EscapeMarkdown(s string) string {
	s = clean(s)
	var b strings.Builder
	for i, c := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>|~&#!${}", c):
			b.WriteByte('\\')
		case c == ':' && strings.HasPrefix(s[i:], "://"), c == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www"):
			b.WriteByte('\\') // no link by itself
		case strings.ContainsRune("-+=", c) && strings.TrimSpace(s[:i]) == "":
			b.WriteByte('\\') // no list, no line
		case strings.ContainsRune(".)", c) && numeric(s[:i]):
			b.WriteByte('\\') // no numbered list
		}
		b.WriteRune(c)
		if c == '@' {
			b.WriteRune('\u200b') // names nobody
		}
	}
	return b.String()
}

// numeric says whether a text is digits alone.
func numeric(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// clean makes text one line of characters that can be seen.
func clean(s string) string { return rules.Printable(s) }
