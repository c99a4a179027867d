package rules

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// Notify tells people outside the issue, over one channel.
type Notify struct {
	Disaster string
	// Channel is the name of the channel, as in the settings, and Name the one for people.
	Channel string
	Name    string
	// Ref means "once" for the channel.
	Ref   string
	Title string
	Text  string
	// OnProject is true where the project keeps that it was sent, since the issue cannot.
	OnProject bool
	// Ends is true where the notice tells that the disaster freezes nothing any more.
	Ends bool
}

// Key implements [Action].
func (a Notify) Key() string { return "notify/" + a.Disaster + "/" + a.Ref }

// Line implements [Action].
func (a Notify) Line() string { return "tell over " + orElse(a.Name, a.Channel) + ": " + a.Title }

// maxTold bounds how many sent notices a record keeps; the oldest are forgotten first,
// but never one that is still news, or it would be sent again.
const maxTold = 200

// maxViolations is how many of the latest violations are news, so that an automation
// that goes on and on fills neither the channels nor the record.
const maxViolations = 20

// news is something that people outside the issue should hear of.
type news struct {
	ref    string
	at     time.Time
	kind   NoticeKind
	notice Notice
}

// news asks for a notice over every channel. What is older than a label may be is not
// news any more: a channel that was added later does not hear the whole story at once,
// and neither does anybody after a record had to be made anew. What a channel has been
// owed since it was news stays news, however long the channel fails.
func (w *work) news(c *dossier, n news) {
	if !c.rec.Rebuilt.IsZero() && n.at.Before(c.rec.Rebuilt) {
		return
	}
	for _, channel := range w.f.Settings.Channels {
		ref := fingerprint(channel + "\n" + n.ref)
		if w.f.Now.Sub(n.at) > w.f.Settings.MaxAge && !slices.Contains(c.rec.Owed, ref) {
			continue
		}
		c.fresh = append(c.fresh, ref)
		if !c.anchored(w.f) || slices.Contains(c.rec.Told, ref) {
			continue
		}
		notice := n.notice
		notice.Key, notice.Summary, notice.Project = c.d.Key, printable(c.d.Summary, maxForeign), w.f.Project.Key
		notice.Link, notice.At, notice.Kinds = w.f.Site.BaseURL+"/browse/"+c.d.Key, when(n.at), kindNames(c.rec.Kinds)
		title, text := w.f.Settings.Texts.Render(n.kind, notice)
		w.notes = append(w.notes, Notify{Disaster: c.d.ID, Channel: channel, Name: w.f.Settings.channelName(channel), Ref: ref, Title: title, Text: text,
			Ends: n.kind == NoticeReleased || n.kind == NoticeWithdrawn})
	}
}

// tellStory asks for the notices on what has happened to a declared disaster.
func (w *work) tellStory(c *dossier) {
	r := c.rec
	w.news(c, news{ref: makeRef("declared", itoa(r.Round)), at: r.Declared.At, kind: NoticeDeclared, notice: Notice{By: plainName(r.Declared.By), Cancelled: cancelled(r)}})
	for _, m := range r.Modes {
		w.news(c, news{ref: makeRef("mode", m.Label, m.Change), at: m.At, kind: NoticeMode, notice: Notice{By: plainName(m.By), Label: printable(m.Label, maxForeign)}})
	}
	if r.Restored != nil {
		w.news(c, news{ref: makeRef("restored", r.Restored.Change), at: r.Restored.At, kind: NoticeRestored, notice: Notice{By: plainName(r.Restored.By)}})
	}
	for _, s := range violations(r) {
		if !s.Undone.IsZero() && !s.Mute {
			w.news(c, news{ref: makeRef("violation", itoa(int(s.ID)), itoa(s.Times)), at: s.Undone, kind: NoticeViolation,
				notice: Notice{Sprint: s.ID, Name: printable(s.Name, maxForeign), Why: s.Why.words()}})
		}
	}
	w.returnedNews(c)
	w.tellEnd(c)
	c.forgetTold()
	w.owe(c)
	maps.DeleteFunc(c.rec.Untold, func(channel string, _ time.Time) bool { // nothing waits for it any more
		return !slices.ContainsFunc(w.notes, func(a Action) bool {
			n, is := a.(Notify)
			return is && n.Disaster == c.d.ID && n.Channel == channel
		})
	})
}

// tellEnd asks for the notices on the end of a freeze, and on its coming back.
func (w *work) tellEnd(c *dossier) {
	r, others := c.rec, w.otherFreezes(*c)
	number := itoa(r.Round) + "." + itoa(r.Baseline.Number)
	if r.Baseline.Number > 1 {
		w.news(c, news{ref: makeRef("relapse", number), at: r.Baseline.Since, kind: NoticeRelapse})
	}
	if closed := c.state.Cause; closed.State == CauseClosed && r.Released == nil && r.Withdrawn == nil {
		w.tellWaiting(c, number, closed.Task)
	}
	switch {
	case r.Order != nil && w.f.Now.Sub(r.Order.At) <= w.f.Settings.MaxAge:
		w.tellOrder(c, *r.Order)
	case r.Released != nil && r.Order == nil:
		w.news(c, news{ref: makeRef("released", number), at: r.Released.At, kind: NoticeReleased, notice: Notice{Others: others, Recovering: r.Restored == nil}})
	}
	if r.Withdrawn != nil {
		w.news(c, news{ref: makeRef("withdrawn", itoa(r.Round)), at: r.Withdrawn.At, kind: NoticeWithdrawn, notice: Notice{By: plainName(r.Withdrawn.By), Others: others}})
	}
}

// owe notes the news that a channel did not take, so that it is still news when the
// channel works again after days.
func (w *work) owe(c *dossier) {
	var owed []string
	for _, ref := range c.fresh {
		_, failed := w.f.Failed[Notify{Disaster: c.d.ID, Ref: ref}.Key()]
		if !slices.Contains(c.rec.Told, ref) && (failed || slices.Contains(c.rec.Owed, ref)) {
			owed = append(owed, ref)
		}
	}
	c.rec.Owed = owed
}

// tellWaiting asks for the notice on a root cause whose end does not end the freeze. One
// that was closed before the freeze came back is no news.
func (w *work) tellWaiting(c *dossier, number string, cause Task) {
	at := cause.ClosedAt
	switch {
	case c.rec.Baseline.Number > 1 && at.Before(c.rec.Baseline.Since):
		return
	case at.IsZero(): // an importer may leave no history
		at = w.f.Now
	}
	w.news(c, news{ref: makeRef("cause-closed", number, cause.ID, strconv.FormatInt(cause.ClosedAt.Unix(), 10)), at: at, kind: NoticeCause})
}

// tellHeld asks for the notice that an open disaster cannot be read any more. Nothing can
// be written on it, so only the ways beside Jira are left, and the project keeps that
// they were used.
func (w *work) tellHeld(c *dossier) {
	notice := Notice{Key: orElse(c.d.Key, w.f.Project.Key+", issue "+c.d.ID), Project: w.f.Project.Key, At: when(w.f.Now), Link: w.f.Site.BaseURL + "/browse/" + w.f.Project.Key}
	for _, channel := range w.f.Settings.Channels {
		if channel == MailChannel {
			continue
		}
		ref := fingerprint(channel + "\n" + makeRef("unreadable", c.d.ID))
		w.heldNews = append(w.heldNews, ref)
		if slices.Contains(w.f.Memory.Told, ref) {
			continue
		}
		title, text := w.f.Settings.Texts.Render(NoticeUnreadable, notice)
		w.notes = append(w.notes, Notify{Disaster: c.d.ID, Channel: channel, Name: w.f.Settings.channelName(channel), Ref: ref, Title: title, Text: text, OnProject: true})
	}
}

// plainName is a person's name as one line of plain text.
func plainName(p Person) string { return printable(nameOf(p), maxForeign) }

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
