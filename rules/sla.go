package rules

import (
	"fmt"
	"slices"
	"time"
)

// slaSteps are the parts of the recovery time at which people are told, in percent.
func slaSteps() []int { return []int{50, 75, 100} }

// SLA is the recovery time for a disaster of the given kinds, 0 for none: the one set
// for the kind, else the one for every disaster. Of several kinds the strictest counts.
func (s Settings) SLA(kinds []Kind) time.Duration {
	best := time.Duration(0)
	for _, k := range kinds {
		d, own := s.RecoverySLAByKind[k]
		if !own {
			d = s.RecoverySLA
		}
		if d > 0 && (best == 0 || d < best) {
			best = d
		}
	}
	if len(kinds) == 0 {
		return s.RecoverySLA
	}
	return best
}

// clock is how the recovery time stands: from the declaration to the return to service.
type clock struct {
	allowed time.Duration
	used    time.Duration
	// step is the last of the steps that has been reached, 0 for none.
	step int
	// due is when the time is over.
	due time.Time
	// next is when the next step is reached, zero if there is none or the clock stands.
	next time.Time
}

// slaClock reads the clock of a disaster; without a recovery time there is none.
func (w *work) slaClock(c *dossier) (clock, bool) {
	k := clock{allowed: w.f.Settings.SLA(c.rec.Kinds)}
	if k.allowed <= 0 {
		return k, false
	}
	begin, end := c.rec.Declared.At, w.f.Now
	if c.rec.Restored != nil {
		end = c.rec.Restored.At
	}
	k.used, k.due = max(end.Sub(begin), 0), begin.Add(k.allowed)
	for _, s := range slaSteps() {
		at := begin.Add(k.allowed * time.Duration(s) / 100)
		switch {
		case !end.Before(at):
			k.step = s
		case k.next.IsZero() && c.rec.Restored == nil:
			k.next = at
		}
	}
	return k, true
}

// percent is the used part of the recovery time.
func (k clock) percent() int { return int(k.used * 100 / k.allowed) }

// watchClock tells people when a step of the recovery time is reached, each once. Steps
// that were missed while andon was away are not told one by one.
func (w *work) watchClock(c *dossier) {
	k, ok := w.slaClock(c)
	if !ok || c.rec.Restored != nil {
		return
	}
	if !k.next.IsZero() {
		w.lookAt(k.next)
	}
	if k.step == 0 {
		return
	}
	about := fmt.Sprintf("%d %% of the recovery time is used", k.step)
	text := fmt.Sprintf("*%d %% of the recovery time is used.* It ends at %s, %s after the declaration. The system has not returned to service.", k.step, when(k.due), span(k.allowed))
	if k.step >= 100 {
		about = "the recovery time is over"
		text = fmt.Sprintf("*The recovery time is over* since %s (%s after the declaration). The system has not returned to service.", when(k.due), span(k.allowed))
	}
	ref := []string{"sla", c.d.ID, itoa(c.rec.Round), itoa(k.step)}
	w.sayTo(c, about, text, ref...)
	w.news(c, news{ref: makeRef(ref...), at: c.rec.Declared.At.Add(k.allowed * time.Duration(k.step) / 100), kind: NoticeSLA,
		notice: Notice{Percent: k.step, Allowed: span(k.allowed), Due: when(k.due)}})
}

// watchAge escalates the age of a freeze: once a day after the return to service,
// because a freeze never thaws by itself.
func (w *work) watchAge(c *dossier) {
	if c.rec.Restored == nil {
		return
	}
	const day = 24 * time.Hour
	since, event := c.rec.Restored.At, "the return to service"
	if c.rec.Baseline.Number > 1 && c.rec.Baseline.Since.After(since) {
		since, event = c.rec.Baseline.Since, "it was frozen again"
	}
	days := int(w.f.Now.Sub(since) / day)
	w.lookAt(since.Add(day * time.Duration(days+1)))
	if days < 1 {
		return
	}
	w.sayTo(c, "planning is still frozen", fmt.Sprintf("*Planning has been frozen for %s since %s*, because %s.", plural(days, "day"), event, EscapeWiki(c.state.Cause.Reason.Text)),
		"age", c.d.ID, itoa(c.rec.Round), itoa(c.rec.Baseline.Number), itoa(days))
}

// sayTo writes a comment that mentions the Product Owners and Scrum Masters.
func (w *work) sayTo(c *dossier, about, text string, ref ...string) {
	s := comment(c.d, about, text, ref...)
	if !c.anchored(w.f) || contains(c.rec.Said, s.Ref) {
		return
	}
	if !w.f.People.Read && w.f.People.Unreadable == "" {
		w.needPeople()
		return
	}
	w.say(c, comment(c.d, about, w.addressed()+text, ref...))
}

// addressed names the Product Owners and Scrum Masters at the head of a comment.
func (w *work) addressed() string {
	everybody := append(slices.Clone(w.f.People.ProductOwners), w.f.People.ScrumMasters...)
	return mentions(w.f.Site, slices.DeleteFunc(everybody, func(p Person) bool { return p.ID == w.f.Self.ID }))
}

// lookAt makes sure that the project is looked at again at a moment.
func (w *work) lookAt(t time.Time) {
	if w.again.IsZero() || t.Before(w.again) {
		w.again = t
	}
}

// span is a duration for people: "4 h", "1 h 30 min", "2 days".
func span(d time.Duration) string {
	d = d.Round(time.Minute)
	switch h, m := int(d/time.Hour), int(d%time.Hour/time.Minute); {
	case h >= 48 && h%24 == 0 && m == 0:
		return itoa(h/24) + " days"
	case h == 0:
		return itoa(m) + " min"
	case m == 0:
		return itoa(h) + " h"
	default:
		return itoa(h) + " h " + itoa(m) + " min"
	}
}
