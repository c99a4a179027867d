package picture

import (
	"fmt"
	"html"
	"strings"
	"time"
	"unicode"

	"andon/rules"
)

// The measures of a picture, in units of its own; it grows and shrinks as a whole.
const (
	width     = 760
	left      = 96 // where the lanes begin
	right     = width - 24
	laneTop   = 26
	laneHigh  = 26
	laneGap   = 6
	barHigh   = 20
	markSpace = 42 // the least distance of two marks
	lineHigh  = 18
	maxLegend = 60 // steps that the legend names
	charWide  = 7  // about the width of a letter
)

// Options say what a picture is for.
type Options struct {
	// Standalone adds a style of its own, for a picture that is a file.
	Standalone bool
	// Legend adds the list of steps, where nothing beside the picture has it.
	Legend bool
}

// Draw draws the timeline of a report. A report without a timeline gives an empty text.
func Draw(r rules.Report, opt Options) string {
	if len(r.Bars)+len(r.Steps) == 0 {
		return ""
	}
	c := canvas{r: r, axis: newAxis(r)}
	c.lanes()
	c.marks()
	c.ticks()
	if opt.Legend {
		c.legend()
	}
	return c.svg(opt)
}

// canvas is a picture in the making.
type canvas struct {
	r    rules.Report
	axis axis
	b    strings.Builder
	// y is how far down it has been drawn.
	y int
}

// put draws one element. What is foreign has to be escaped before.
func (c *canvas) put(format string, args ...any) { fmt.Fprintf(&c.b, format+"\n", args...) }

// text draws a text.
func (c *canvas) text(class, anchor string, x, y int, s string) {
	c.put(`<text class="%s" x="%d" y="%d" text-anchor="%s">%s</text>`, class, x, y, anchor, escape(s))
}

// svg puts the picture together.
func (c *canvas) svg(opt Options) string {
	return frame("andon-"+digits(c.r.Issue), "Timeline of the disaster "+name(c.r), Words(c.r), c.b.String(), c.y+10, opt)
}

// name is the disaster's key, or its id where Jira does not show it.
func name(r rules.Report) string {
	if r.Key == "" {
		return "with id " + r.Issue
	}
	return r.Key
}

// Words tell the picture to those who cannot see it.
func Words(r rules.Report) string {
	var b strings.Builder
	for _, bar := range r.Bars {
		b.WriteString(barWords(r, bar) + " ")
	}
	fmt.Fprintf(&b, "%d steps.", len(r.Steps))
	return b.String()
}

// barWords tell one bar.
func barWords(r rules.Report, bar rules.Bar) string {
	if bar.To.IsZero() {
		return fmt.Sprintf("%s: since %s, for %s so far.", bar.Text, stampOf(bar.From), Span(r.At.Sub(bar.From)))
	}
	return fmt.Sprintf("%s: from %s to %s, for %s.", bar.Text, stampOf(bar.From), stampOf(bar.To), Span(bar.To.Sub(bar.From)))
}

// stampOf is a moment for people.
func stampOf(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") + " UTC" }

// Span is a length of time for people, in the two largest units.
func Span(d time.Duration) string {
	d = max(d, 0).Round(time.Minute)
	days, hours, minutes := int(d/(24*time.Hour)), int(d%(24*time.Hour)/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case days > 0 && hours > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case days > 0:
		return fmt.Sprintf("%d d", days)
	case hours > 0 && minutes > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	case hours > 0:
		return fmt.Sprintf("%d h", hours)
	}
	return fmt.Sprintf("%d min", minutes)
}

// escape makes foreign text harmless in a picture. What XML cannot hold at all, and what
// turns the writing direction, is left out.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == 0xFFFE || c == 0xFFFF {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// digits keeps what an id may be made of.
func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, s)
}

// cut shortens a text to so many letters.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:max(n-1, 0)])) + "\u2026"
}
