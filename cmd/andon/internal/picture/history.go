package picture

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/rules"
)

// The measures of a history. Its names are longer than those of a timeline's lanes.
const (
	historyLeft = 190
	historyEnd  = width - 110 // the longest bar ends here, with its time beside it
	maxHistory  = 40          // disasters that a history shows, the latest ones
)

// History draws the time to restore of one disaster after the other, the oldest on top:
// whether the team gets faster is seen at a glance. What is not back in service yet has an
// open end. Disasters that count in no figure, or whose times nobody knows, are left out;
// without any other the text is empty.
func History(project string, all []rules.Report, opt Options) string {
	shown := slices.DeleteFunc(slices.Clone(all), func(r rules.Report) bool {
		return !r.Times.Counts || r.Times.Declared.IsZero() || r.Unreadable
	})
	slices.SortStableFunc(shown, func(a, b rules.Report) int { return a.Times.Declared.Compare(b.Times.Declared) })
	if left := len(shown) - maxHistory; left > 0 {
		shown = shown[left:]
	}
	if len(shown) == 0 {
		return ""
	}
	h := history{longest: time.Minute}
	for _, r := range shown {
		h.longest = max(h.longest, restoreTime(r), r.Times.Allowed)
	}
	c, words := canvas{y: 8}, make([]string, 0, len(shown))
	for _, r := range shown {
		h.row(&c, r)
		words = append(words, historyWords(r))
	}
	title := "Time to restore of the disasters of " + project
	return frame("andon-history", title, strings.Join(words, " "), c.b.String(), c.y+10, opt)
}

// history is the scale of a history.
type history struct{ longest time.Duration }

// x is the place of a length of time.
func (h history) x(d time.Duration) int {
	return historyLeft + int(float64(max(d, 0))/float64(h.longest)*float64(historyEnd-historyLeft))
}

// row draws one disaster, with a line where its recovery time ends.
func (h history) row(c *canvas, r rules.Report) {
	class, took := "andon-plain", restoreTime(r)
	switch {
	case r.Times.Allowed > 0 && took > r.Times.Allowed:
		class = "andon-bad"
	case r.Times.Allowed > 0:
		class = "andon-good"
	}
	said := Span(took)
	if r.Times.Restored.IsZero() {
		class, said = class+" andon-open", said+", open"
	}
	c.text("andon-label", "end", historyLeft-10, c.y+barHigh-5, r.Times.Declared.UTC().Format("2006-01-02")+" "+cut(name(r), 14))
	c.put(`<g><title>%s</title><rect class="andon-bar %s" x="%d" y="%d" width="%d" height="%d" rx="3"/></g>`,
		escape(historyWords(r)), class, historyLeft, c.y, max(h.x(took)-historyLeft, 3), barHigh)
	if r.Times.Allowed > 0 {
		x := h.x(r.Times.Allowed)
		c.put(`<line class="andon-due" x1="%d" y1="%d" x2="%d" y2="%d"/>`, x, c.y-2, x, c.y+barHigh+2)
	}
	c.text("andon-small", "start", max(h.x(took), historyLeft+3)+8, c.y+barHigh-5, said)
	c.y += laneHigh
}

// restoreTime is how long a disaster took to restore, or has taken so far.
func restoreTime(r rules.Report) time.Duration {
	if r.Times.Restored.IsZero() {
		return max(r.At.Sub(r.Times.Declared), 0)
	}
	return r.Times.ToRestore
}

// historyWords tell one disaster to those who cannot see it.
func historyWords(r rules.Report) string {
	text := fmt.Sprintf("%s, declared %s: %s to restore", name(r), stampOf(r.Times.Declared), Span(restoreTime(r)))
	if r.Times.Restored.IsZero() {
		text = fmt.Sprintf("%s, declared %s: open for %s so far", name(r), stampOf(r.Times.Declared), Span(restoreTime(r)))
	}
	if r.Times.Allowed > 0 {
		text += ", allowed " + Span(r.Times.Allowed)
	}
	return text + "."
}

// frame puts a picture together. The identifier has to be one already; the other texts are
// made harmless here.
func frame(id, title, words, shapes string, high int, opt Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="andon-picture" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title %s-desc">`+"\n", width, high, id, id)
	fmt.Fprintf(&b, "<title id=\"%s-title\">%s</title>\n", id, escape(title))
	fmt.Fprintf(&b, "<desc id=\"%s-desc\">%s</desc>\n", id, escape(words))
	if opt.Standalone {
		fmt.Fprintf(&b, "<style>\n%s</style>\n<rect class=\"andon-paper\" width=\"%d\" height=\"%d\"/>\n", Style(), width, high)
	}
	b.WriteString(shapes)
	b.WriteString("</svg>\n")
	return b.String()
}
