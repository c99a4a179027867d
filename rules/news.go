package rules

import (
	"fmt"
	"slices"
	"time"
)

// Notify tells people outside the issue, over one channel.
type Notify struct {
	Disaster string
	// Channel is the name of the channel, as in the settings.
	Channel string
	// Ref means "once" for the channel.
	Ref   string
	Title string
	Text  string
	// Link is the address of the issue.
	Link string
}

// Key implements [Action].
func (a Notify) Key() string { return "notify/" + a.Disaster + "/" + a.Ref }

// Line implements [Action].
func (a Notify) Line() string { return "tell " + a.Channel + ": " + a.Title }

// maxTold bounds how many sent notices a record keeps; the oldest are forgotten first,
// but never one that is still news, or it would be sent again.
const maxTold = 200

// maxViolations is how many of the latest violations are news, so that an automation
// that goes on and on fills neither the channels nor the record.
const maxViolations = 20

// news is something that people outside the issue should hear of.
type news struct {
	ref   string
	at    time.Time
	title string
	text  string
}

// news asks for a notice over every channel. What is older than a label may be is not
// news any more: a channel that was added later does not hear the whole story at once,
// and neither does anybody after a record had to be made anew.
func (w *work) news(c *dossier, n news) {
	if w.f.Now.Sub(n.at) > w.f.Settings.MaxAge || !c.rec.Rebuilt.IsZero() && n.at.Before(c.rec.Rebuilt) {
		return
	}
	for _, channel := range w.f.Settings.Channels {
		ref := fingerprint(channel + "\n" + n.ref)
		c.fresh = append(c.fresh, ref)
		if !c.anchored(w.f) || slices.Contains(c.rec.Told, ref) {
			continue
		}
		w.notes = append(w.notes, Notify{Disaster: c.d.ID, Channel: channel, Ref: ref,
			Title: fmt.Sprintf("%s: %s", c.d.Key, n.title), Text: n.text + " " + oneLine(c.d.Summary), Link: w.f.Site.BaseURL + "/browse/" + c.d.Key})
	}
}

// oneLine is foreign text as a quotation in a notice.
func oneLine(summary string) string { return "(" + printable(summary, maxForeign) + ")" }

// tellStory asks for the notices on what has happened to a declared disaster.
func (w *work) tellStory(c *dossier) {
	r := c.rec
	w.news(c, news{ref: makeRef("declared", itoa(r.Round)), at: r.Declared.At, title: "disaster declared, planning is frozen",
		text: fmt.Sprintf("%s declared a disaster. %s cancelled, planning is frozen.", nameOf(r.Declared.By), upperFirst(cancelled(r)))})
	for _, m := range r.Modes {
		w.news(c, news{ref: makeRef("mode", m.Label, m.Change), at: m.At, title: "system mode is " + m.Label, text: fmt.Sprintf("%s set the system mode %s.", nameOf(m.By), m.Label)})
	}
	if r.Restored != nil {
		w.news(c, news{ref: makeRef("restored", r.Restored.Change), at: r.Restored.At, title: "back in service", text: fmt.Sprintf("%s returned the system to service.", nameOf(r.Restored.By))})
	}
	for _, s := range violations(r) {
		if !s.Undone.IsZero() && !s.Mute {
			w.news(c, news{ref: makeRef("violation", itoa(int(s.ID)), itoa(s.Times)), at: s.Undone, title: "a sprint was undone", text: fmt.Sprintf("Sprint %d was undone: %s.", s.ID, s.Why.words())})
		}
	}
	w.returnedNews(c)
	number := itoa(r.Round) + "." + itoa(r.Baseline.Number)
	if r.Baseline.Number > 1 {
		w.news(c, news{ref: makeRef("relapse", number), at: r.Baseline.Since, title: "planning is frozen again", text: "Planning is frozen again."})
	}
	if r.Released != nil {
		w.news(c, news{ref: makeRef("released", number), at: r.Released.At, title: "root cause closed, planning is free", text: "The root cause is closed. This disaster no longer freezes planning."})
	}
	if r.Withdrawn != nil {
		w.news(c, news{ref: makeRef("withdrawn", itoa(r.Round)), at: r.Withdrawn.At, title: "disaster withdrawn", text: fmt.Sprintf("%s took the declaration back. This disaster no longer freezes planning.", nameOf(r.Withdrawn.By))})
	}
	c.forgetTold()
}

// violations are the latest sprints that were started or created in the freeze.
func violations(r Record) []SprintRecord {
	all := slices.DeleteFunc(slices.Clone(r.Sprints), func(s SprintRecord) bool { return s.Why == AtDeclaration })
	return all[max(0, len(all)-maxViolations):]
}

// forgetTold drops the oldest notices from the record that are not news any more.
func (c *dossier) forgetTold() {
	spare := len(c.rec.Told) - maxTold
	c.rec.Told = slices.DeleteFunc(c.rec.Told, func(ref string) bool {
		if spare <= 0 || slices.Contains(c.fresh, ref) {
			return false
		}
		spare--
		return true
	})
}

// cancelled counts the sprints that the declaration cancelled.
func cancelled(r Record) string {
	n := 0
	for _, s := range r.Sprints {
		if s.Why == AtDeclaration {
			n++
		}
	}
	return plural(n, "sprint")
}
