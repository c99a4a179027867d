package picture

import (
	"time"

	"andon/rules"
)

// axis turns moments into places.
type axis struct {
	from, to time.Time
	// open is true while something goes on, so that the right end is now.
	open bool
}

// newAxis spans everything on the timeline. What goes on reaches to the moment of the facts.
func newAxis(r rules.Report) axis {
	var a axis
	note := func(t time.Time) {
		if t.IsZero() {
			return
		}
		if a.from.IsZero() || t.Before(a.from) {
			a.from = t
		}
		if t.After(a.to) {
			a.to = t
		}
	}
	for _, s := range r.Steps {
		note(s.At)
	}
	for _, b := range r.Bars {
		note(b.From)
		note(b.To)
		if b.To.IsZero() {
			a.open = true
			note(r.At)
		}
	}
	if a.to.Sub(a.from) < time.Minute {
		a.to = a.from.Add(time.Minute)
	}
	return a
}

// x is the place of a moment.
func (a axis) x(t time.Time) int {
	part := float64(t.Sub(a.from)) / float64(a.to.Sub(a.from))
	return left + int(min(max(part, 0), 1)*float64(right-left))
}

// steps are the distances that ticks may have.
func steps() []time.Duration {
	const m, h, d = time.Minute, time.Hour, 24 * time.Hour
	return []time.Duration{m, 2 * m, 5 * m, 10 * m, 15 * m, 30 * m, h, 2 * h, 3 * h, 6 * h, 12 * h, d, 2 * d, 7 * d, 14 * d, 28 * d, 91 * d, 365 * d}
}

// maxTicks is how many ticks have room.
const maxTicks = 8

// step is the least distance at which the ticks have room.
func (a axis) step() time.Duration {
	span := a.to.Sub(a.from)
	for _, s := range steps() {
		if span/s < maxTicks {
			return s
		}
	}
	return (span / maxTicks).Truncate(24*time.Hour) + 24*time.Hour
}

// ticks are round moments on the axis.
func (a axis) ticks() []time.Time {
	step := a.step()
	var out []time.Time
	t := a.from.UTC().Truncate(step)
	for ; !t.After(a.to); t = t.Add(step) {
		if !t.Before(a.from) {
			out = append(out, t)
		}
	}
	return out
}
