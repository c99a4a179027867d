package rules

import (
	"fmt"
	"strconv"
)

// tellCause asks for the notices on the end of the root cause and of the freeze. They
// are one moment, unless planning waits for the return to service as well. Nobody is
// told that planning is free while another disaster still freezes it.
func (w *work) tellCause(c *dossier, number string) {
	if c.rec.Released == nil {
		w.tellWaiting(c, number)
		return
	}
	title, text := "root cause closed, planning is free", "The root cause is closed. This disaster no longer freezes planning."
	if others := w.otherFreezes(*c); others != "" {
		title, text = "root cause closed, planning stays frozen", fmt.Sprintf("The root cause is closed. This disaster no longer freezes planning, but %s still does.", others)
	}
	w.news(c, news{ref: makeRef("released", number), at: c.rec.Released.At, title: title, text: text})
}

// tellWaiting asks for the notice on a root cause whose end does not end the freeze. One
// that was closed before the freeze came back is no news.
func (w *work) tellWaiting(c *dossier, number string) {
	at := c.state.Cause.Task.ClosedAt
	if c.state.Cause.State != CauseClosed || c.rec.Baseline.Number > 1 && at.Before(c.rec.Baseline.Since) {
		return
	}
	w.news(c, news{ref: makeRef("cause-closed", number, strconv.FormatInt(at.Unix(), 10)), at: at, title: "root cause closed, planning waits for the return to service",
		text: "The root cause is closed. Planning stays frozen until a Product Owner returns the system to service."})
}
