package picture

import (
	"fmt"
	"slices"

	"andon/rules"
)

// lane is a row of bars.
type lane struct{ code, title string }

// lanes draws a row for each sort of bar that there is.
func (c *canvas) lanes() {
	c.y = laneTop
	for _, l := range []lane{{rules.BarRecovery, "Recovery"}, {rules.BarMode, "System"}, {rules.BarFreeze, "Planning"}} {
		bars := slices.DeleteFunc(slices.Clone(c.r.Bars), func(b rules.Bar) bool { return b.Code != l.code })
		if len(bars) == 0 {
			continue
		}
		c.text("andon-label", "end", left-10, c.y+barHigh-5, l.title)
		c.put(`<rect class="andon-lane" x="%d" y="%d" width="%d" height="%d"/>`, left, c.y, right-left, barHigh)
		for _, b := range bars {
			c.bar(l, b)
		}
		c.y += laneHigh + laneGap
	}
	c.limits()
}

// bar draws one stretch. What goes on has an open end.
func (c *canvas) bar(l lane, b rules.Bar) {
	from, to, class := c.axis.x(b.From), right, "andon-bar andon-"+l.code
	if b.To.IsZero() {
		class += " andon-open"
	} else {
		to = c.axis.x(b.To)
	}
	wide := max(to-from, 3)
	from = min(from, right-3)
	c.put(`<g><title>%s</title><rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="3"/>`, escape(barWords(c.r, b)), class, from, c.y, wide, barHigh)
	if room := (wide - 12) / charWide; room >= 4 {
		c.text("andon-inside", "start", from+6, c.y+barHigh-6, cut(barText(l, b), room))
	}
	c.put("</g>")
}

// barText is what stands in a bar.
func barText(l lane, b rules.Bar) string {
	if l.code == rules.BarFreeze {
		return "frozen"
	}
	return b.Text
}

// limits draws the end of the recovery time, and now where something goes on.
func (c *canvas) limits() {
	line := func(class, word string, x int) {
		c.put(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, class, x, laneTop-6, x, c.y)
		anchor := "middle"
		if x > right-20 {
			anchor = "end"
		}
		c.text("andon-small", anchor, x, laneTop-10, word)
	}
	due := c.r.Times.Due
	shown := !due.IsZero() && !due.After(c.axis.to)
	if shown {
		line("andon-due", "due", c.axis.x(due))
	}
	if c.axis.open && !(shown && c.axis.x(due) > right-60) {
		line("andon-now", "now", right)
	}
}

// cluster are steps that stand too near to each other to have marks of their own.
type cluster struct{ x, first, last int }

// clusters puts steps together until every mark has room.
func (c *canvas) clusters() []cluster {
	var out []cluster
	for i, s := range c.r.Steps {
		x := c.axis.x(s.At)
		if n := len(out); n > 0 && x-out[n-1].x < markSpace {
			out[n-1].last = i
			continue
		}
		out = append(out, cluster{x: x, first: i, last: i})
	}
	return out
}

// label is the number of a mark, or the first and the last of several.
func (m cluster) label() string {
	if m.first == m.last {
		return fmt.Sprint(m.first + 1)
	}
	return fmt.Sprintf("%d\u2013%d", m.first+1, m.last+1)
}

// marks draws the steps as numbers on a line.
func (c *canvas) marks() {
	middle := c.y + 12
	c.text("andon-label", "end", left-10, middle+4, "Steps")
	c.put(`<line class="andon-axis" x1="%d" y1="%d" x2="%d" y2="%d"/>`, left, middle, right, middle)
	for _, m := range c.clusters() {
		label := m.label()
		wide := max(len([]rune(label))*charWide+8, 18)
		x := min(max(m.x, left+wide/2), width-4-wide/2)
		c.put(`<g><title>%s</title><rect class="andon-mark andon-%s" x="%d" y="%d" width="%d" height="18" rx="9"/>`, escape(c.told(m)), tone(c.r.Steps[m.first:m.last+1]), x-wide/2, middle-9, wide)
		c.text("andon-number", "middle", x, middle+4, label)
		c.put("</g>")
	}
	c.y = middle + 16
}

// told is what the steps of a mark are, for a pointer that rests on it.
func (c *canvas) told(m cluster) string {
	const most = 12
	text := ""
	for i := m.first; i <= min(m.last, m.first+most-1); i++ {
		s := c.r.Steps[i]
		text += fmt.Sprintf("%d. %s: %s. ", i+1, stampOf(s.At), s.Text)
	}
	if more := m.last - m.first + 1 - most; more > 0 {
		text += fmt.Sprintf("%d more.", more)
	}
	return text
}

// tone is how a mark looks: the gravest of its steps decides.
func tone(steps []rules.Step) string {
	has := func(codes ...string) bool {
		return slices.ContainsFunc(steps, func(s rules.Step) bool { return slices.Contains(codes, s.Code) })
	}
	switch {
	case has(rules.StepViolation, rules.StepFight, rules.StepRelapse, rules.StepRestoredOff, "sla-100"):
		return "bad"
	case has(rules.StepDeclared, rules.StepCancelled, "sla-75", "sla-50"):
		return "grave"
	case has(rules.StepRestored, rules.StepUnfrozen, rules.StepCauseClosed, rules.StepResumed, rules.StepWithdrawn):
		return "good"
	}
	return "plain"
}

// ticks draws the axis with its times. The date stands where the day changes.
func (c *canvas) ticks() {
	top := c.y
	day := ""
	daily := c.axis.step() >= steps()[11]
	for _, t := range c.axis.ticks() {
		x := c.axis.x(t)
		c.put(`<line class="andon-axis" x1="%d" y1="%d" x2="%d" y2="%d"/>`, x, top, x, top+5)
		anchor := "middle"
		switch {
		case x > right-20:
			anchor = "end"
		case x < left+8:
			anchor = "start"
		}
		today := t.Format("2 Jan")
		if daily {
			c.text("andon-small", anchor, x, top+18, today)
			continue
		}
		c.text("andon-small", anchor, x, top+18, t.Format("15:04"))
		if today != day {
			c.text("andon-small", anchor, x, top+32, today)
			day = today
		}
	}
	c.text("andon-small", "end", left-10, top+18, "UTC")
	c.y = top + 34
}

// legend lists the steps by their numbers.
func (c *canvas) legend() {
	c.y += 8
	for i, s := range c.r.Steps[:min(len(c.r.Steps), maxLegend)] {
		c.y += lineHigh
		c.text("andon-number", "end", 26, c.y, fmt.Sprint(i+1))
		c.text("andon-small", "start", 36, c.y, s.At.UTC().Format("2 Jan 15:04"))
		c.text("andon-line", "start", 118, c.y, cut(s.Text, (right-118)/charWide))
	}
	if more := len(c.r.Steps) - maxLegend; more > 0 {
		c.y += lineHigh
		c.text("andon-line", "start", 118, c.y, fmt.Sprintf("and %d more", more))
	}
	c.y += 6
}
