package rules

import (
	"slices"
	"strconv"
	"strings"
)

// Reports tells of every disaster that the facts know, by ascending id: open ones, past
// ones, proposals and rehearsals. It shows what [Decide] judges by and judges nothing
// itself.
func Reports(f Facts) []Report {
	w := weigh(f)
	var out []Report
	for _, c := range w.cases {
		if c.state.Phase != PhaseNone {
			out = append(out, w.report(c))
		}
	}
	return out
}

// Tell tells of one disaster, by the id of its issue. It says false where the facts know
// of no disaster on it.
func Tell(f Facts, issue string) (Report, bool) {
	all := Reports(f)
	i := slices.IndexFunc(all, func(r Report) bool { return r.Issue == issue })
	if i < 0 {
		return Report{}, false
	}
	return all[i], true
}

// report is what can be told about one disaster.
func (w *work) report(c dossier) Report {
	r := Report{
		At: w.f.Now, Project: w.f.Project.Key, Issue: c.d.ID, Key: c.d.Key, Summary: printable(c.d.Summary, maxForeign),
		Phase: c.state.Phase, Headline: headline(c), Reason: c.state.Reason.Text, Next: upperFirst(plain(w.next(c))),
		Frozen: c.state.Frozen, Unreadable: c.state.Phase == PhaseUnreadable, Trouble: w.troubles(c),
	}
	r.Causes = causesOf(c.state.Cause.Task.Labels, c.d.Labels)
	if c.d.Key != "" {
		r.URL = w.browse(c.d.Key)
	}
	switch {
	case r.Unreadable:
		r.Next = "Somebody lets andon's account see the issue again, or an operator releases the disaster by hand."
	case r.Phase == PhaseProposed:
		r.Next = "A Product Owner decides: declares the disaster with a label, or takes the label off."
	}
	if c.held && !c.kept || c.rec.Version == 0 {
		r.Times.Counts = counts(r.Phase)
		r.Times.CauseClosed = c.state.Cause.Task.ClosedAt
		return r
	}
	declared := c.rec.Declared
	r.Declared, r.Round, r.Kinds = &declared, c.rec.Round, slices.Clone(c.rec.Kinds)
	if m, ok := w.mode(&c); ok {
		r.Mode, r.ModeSince = m.Label, m.At
	}
	r.Sprints, r.Left = c.rec.clone().Sprints, slices.Clone(c.rec.Left)
	r.Times = w.times(c)
	r.Violations, r.Earlier = w.violationsOf(c)
	r.Tasks, r.Gates = w.tasksOf(c), w.gatesOf(c)
	r.Steps, r.Bars = w.steps(c), w.bars(c)
	return r
}

// browse is where a person opens an issue.
func (w *work) browse(key string) string { return w.f.Site.BaseURL + "/browse/" + key }

// counts says whether figures count a disaster in a phase. What was only asked for,
// tried out or taken back was none.
func counts(p Phase) bool {
	return slices.Contains([]Phase{PhaseRecovering, PhaseInvestigating, PhaseResolved, PhaseUnreadable}, p)
}

// troubles is what needs a human, as the status comment says it.
func (w *work) troubles(c dossier) []string {
	var b strings.Builder
	w.trouble(&b, c)
	var out []string
	for line := range strings.Lines(b.String()) {
		out = append(out, plain(strings.TrimPrefix(strings.TrimSpace(line), "*Needs a human:* ")))
	}
	if why := w.f.People.Unreadable; why != "" && c.ownersWait {
		out = append(out, "Andon cannot tell who the Product Owners are, so their labels wait: "+printable(why, maxForeign)+".")
	}
	return out
}

// plain gives back the text that [EscapeWiki] escaped, out of words that are otherwise
// without markup.
func plain(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "\\&")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		if s[0] == '\\' {
			s = s[1:]
			if s != "" { // what was escaped stands for itself, also another backslash
				b.WriteByte(s[0])
				s = s[1:]
			}
			continue
		}
		n, rest, ok := entityAt(s)
		b.WriteString(n)
		s = rest
		if !ok {
			b.WriteByte('&')
		}
	}
	return b.String() + s
}

// entityAt reads the character that an entity at the beginning of a text stands for.
func entityAt(s string) (char, rest string, ok bool) {
	digits, after, found := strings.Cut(strings.TrimPrefix(s, "&#"), ";")
	n, err := strconv.ParseInt(digits, 10, 32)
	if !strings.HasPrefix(s, "&#") || !found || err != nil {
		return "", s[1:], false
	}
	return string(rune(n)), after, true
}

// tasksOf are the tasks of a disaster as they stand: those of the playbook in its order,
// then those that the playbook no longer knows.
func (w *work) tasksOf(c dossier) []TaskReport {
	if c.kept {
		return nil // nobody knows
	}
	var out []TaskReport
	wanted := w.f.Settings.Playbook.For(c.rec.Kinds)
	for _, e := range w.f.Settings.Playbook.Entries {
		t, exists := taskOf(w.f, c.d, c.rec.Round, e.ID)
		switch {
		case exists:
			out = append(out, w.taskReport(c, e, t))
		case slices.ContainsFunc(wanted, func(o Entry) bool { return o.ID == e.ID }):
			out = append(out, TaskReport{Entry: e.ID, Title: e.Title, Gate: e.Gate, Missing: true})
		}
	}
	for _, t := range c.d.Tasks {
		if _, known := w.f.Settings.Playbook.Entry(t.Entry); !known && c.rec.Tasks[t.Entry] == t.ID {
			out = append(out, w.taskReport(c, Entry{ID: t.Entry, Title: printable(t.Summary, maxForeign)}, t))
		}
	}
	return out
}

// taskReport is one task as it stands.
func (w *work) taskReport(c dossier, e Entry, t Task) TaskReport {
	r := TaskReport{Entry: e.ID, Title: e.Title, Gate: e.Gate, Key: t.Key, URL: w.browse(t.Key), Status: printable(t.Status.Name, maxForeign),
		Category: t.Status.Category, Resolution: printable(t.Resolution, maxForeign), Done: t.Status.Category == CategoryDone}
	if t.Assignee.ID != "" {
		r.Assignee = plainName(t.Assignee)
	}
	if e.Gate == RootCause {
		r.Done = c.state.Cause.State == CauseClosed
	}
	return r
}

// gatesOf says how the two gates stand.
func (w *work) gatesOf(c dossier) []GateReport {
	if c.kept || c.state.Cause.State == "" {
		return nil
	}
	missing := w.gateRTS(&c)
	rts := GateReport{Gate: ReturnToService, Passed: len(missing) == 0, Why: gateWords(len(missing)), Waits: missing}
	if r := c.rec.Restored; r != nil {
		rts.Why = "the system is back in service since " + when(r.At) + ", by " + plainName(r.By)
		if len(missing) > 0 {
			rts.Why += "; " + plural(len(missing), "task") + " came or were opened after it"
		}
	}
	cause := GateReport{Gate: RootCause, Passed: c.rec.Released != nil || c.state.Cause.State == CauseClosed, Why: c.state.Cause.Reason.Text}
	if c.state.Cause.State != CauseClosed {
		cause.Waits = []string{orElse(c.state.Cause.Task.Key, w.f.Settings.Playbook.RootCause().Title)}
	}
	return []GateReport{rts, cause}
}

// EscapeWikiLong is [EscapeWiki] for texts that are longer than a name or a summary.
func EscapeWikiLong(s string) string { return escapeLong(s) }

// Printable makes text one line of characters that can be seen, for places that escape
// markup themselves.
func Printable(s string) string { return printable(s, maxText) }
