package rules

import (
	"fmt"
	"slices"
	"time"
)

// Order is an operator's order to end the freeze of a disaster whose issue nobody can
// read any more. It is given by hand, outside Jira's labels, and holds for one
// declaration alone.
type Order struct {
	// Disaster is the id of the issue.
	Disaster string `json:"disaster"`
	// Round is the declaration that is meant, 0 where the project kept no record of it.
	Round int `json:"round,omitempty"`
	// At is when it was given, By by whom, in the operator's own words.
	At time.Time `json:"at"`
	By string    `json:"by"`
	// Reason is why, in the operator's own words.
	Reason string `json:"reason"`
}

// byOperator is the reason code of a disaster that an operator has released.
const byOperator = "released-by-operator"

// orderFor finds the order that ends the freeze of an issue. With a record it has to mean
// that very declaration: an order never reaches one that came after it.
func (w *work) orderFor(d Disaster) (Order, bool) {
	known := d.RecordState == RecordValid && d.Record.Project == w.f.Project.ID
	return w.orderOn(d.ID, d.Record.Round, d.Record.Declared.At, known)
}

// orderOn is orderFor by what is known of a declaration.
func (w *work) orderOn(issue string, round int, declared time.Time, known bool) (Order, bool) {
	i := slices.IndexFunc(w.f.Memory.Orders, func(o Order) bool {
		switch {
		case o.Disaster != issue:
			return false
		case !known || o.Round == 0:
			return o.Round == 0 && (!known || !declared.After(o.At))
		}
		return o.Round == round
	})
	if i < 0 {
		return Order{}, false
	}
	return w.f.Memory.Orders[i], true
}

// reason is the order in words.
func (o Order) reason(what string) Reason {
	return Reason{Code: byOperator, Text: fmt.Sprintf("%s was released by an operator (%s) at %s: %s", what, printable(o.By, maxForeign), when(o.At), printable(o.Reason, maxForeign)),
		Evidence: []Evidence{{Who: Person{Name: o.By}, When: o.At, What: "released it by hand: " + o.Reason}}}
}

// obeyUnread ends the freeze of an issue that cannot be read, on an operator's order.
// Nothing can be noted on the issue itself; the order stays on the project for the day on
// which it can be read again.
func (w *work) obeyUnread(c *dossier, o Order) {
	why := o.reason("the disaster with id " + c.d.ID + ", which cannot be read,")
	c.live, c.kept = false, false
	c.state.Phase, c.state.Frozen, c.state.Settled, c.state.Reason = PhaseResolved, false, true, why
	w.notice(why)
	if w.tellOrder(c, o) && w.f.Now.Sub(o.At) <= w.f.Settings.MaxAge {
		c.untold, c.state.Settled = true, false
	}
}

// obey ends the freeze of an issue that can be read again, if an operator has released it
// meanwhile, and says whether that is so. The freeze does not come back by itself; a
// Product Owner may declare anew.
func (w *work) obey(c *dossier) bool {
	if c.rec.Released != nil {
		return false
	}
	o, ordered := w.orderOn(c.d.ID, c.rec.Round, c.rec.Declared.At, true)
	if !ordered {
		return false
	}
	c.rec.Order, c.rec.Released, c.rec.MustRestore = &o, &Ending{At: o.At, Change: lastChange(c.d)}, false
	c.mustRemember = true
	w.notice(o.reason("the disaster " + c.d.Key))
	w.resolved(c)
	w.say(c, w.endNote(*c))
	return true
}

// tellOrder asks for the notice that an operator has ended a freeze. The project keeps
// that it was told, since it is mostly told while the issue cannot be read. It says whether
// a channel has not taken it yet.
func (w *work) tellOrder(c *dossier, o Order) (waits bool) {
	notice := Notice{Key: orElse(c.d.Key, w.f.Project.Key+", issue "+c.d.ID), Project: w.f.Project.Key, At: when(o.At), By: printable(o.By, maxForeign),
		Why: printable(o.Reason, maxForeign), Others: w.otherFreezes(*c), Link: w.f.Site.BaseURL + "/browse/" + w.f.Project.Key}
	for _, channel := range w.f.Settings.Channels {
		if channel == MailChannel {
			continue
		}
		ref := o.ref(channel)
		w.heldNews = append(w.heldNews, ref)
		if slices.Contains(w.f.Memory.Told, ref) {
			continue
		}
		waits = true
		title, text := w.f.Settings.Texts.Render(NoticeOperator, notice)
		w.notes = append(w.notes, Notify{Disaster: c.d.ID, Channel: channel, Name: w.f.Settings.channelName(channel), Ref: ref, Title: title, Text: text, OnProject: true, Ends: true})
	}
	return waits
}

// ref means "once" for the notice on an order over a channel.
func (o Order) ref(channel string) string {
	return fingerprint(channel + "\n" + makeRef("operator", o.Disaster, itoa(o.Round)))
}

// keepsTold says whether the project has to go on keeping that something was told: about
// an issue that cannot be read now, or about an order.
func (w *work) keepsTold(ref string) bool {
	return slices.Contains(w.heldNews, ref) || slices.ContainsFunc(w.f.Memory.Orders, func(o Order) bool {
		return slices.ContainsFunc(w.f.Settings.Channels, func(channel string) bool { return o.ref(channel) == ref })
	})
}

// keepOrdered are the kept records of disasters that were released by order and cannot be
// read: by them an order is known to mean this very declaration, and what was undone in
// the dark is told and waits when the issue can be read again.
func (w *work) keepOrdered() []Record {
	var out []Record
	for _, r := range w.f.Memory.Kept {
		_, ordered := w.orderOn(r.Issue, r.Round, r.Declared.At, true)
		taken := slices.ContainsFunc(w.cases, func(c dossier) bool {
			return c.d.ID == r.Issue && c.d.Unreadable == "" && (c.d.RecordState != RecordValid || c.d.Record.Order != nil)
		})
		if ordered && !taken && r.Project == w.f.Project.ID {
			out = append(out, r)
		}
	}
	return out
}

// endNote tells on the issue that its freeze is over.
func (w *work) endNote(c dossier) Say {
	if c.rec.Order != nil {
		return w.orderNote(c)
	}
	return w.releaseNote(c)
}

// orderNote tells on the issue who has ended its freeze, and why.
func (w *work) orderNote(c dossier) Say {
	free := "*Planning is free.*"
	if others := w.otherFreezes(c); others != "" {
		free = "*This disaster no longer freezes planning*, but " + others + " still does."
	}
	return comment(c.d, "an operator has released the disaster", fmt.Sprintf(
		"%s*An operator ended this disaster's freeze* at %s, while this issue could not be read. Released by: %s. Reason: %s. %s "+
			"The freeze does not come back by itself. To declare again, a Product Owner takes all disaster labels off and sets one again. The root-cause task is still worth closing.\n%s",
		mentions(w.f.Site, c.rec.Masters), when(c.rec.Order.At), foreign(c.rec.Order.By), foreign(c.rec.Order.Reason), free, w.whatWaits(c)),
		"operator", c.d.ID, itoa(c.rec.Round))
}
