package rules

import (
	"fmt"
	"slices"
	"strings"
)

// maxLinked is how many issues a link names, so that browsers and proxies take it.
const maxLinked = 50

// whatWaits lists what waits when planning is free again: what the sprints left behind, the
// issues that went back, and what is to prevent the next time, each with a link that
// shows what of it is still open on the day it is followed.
func (w *work) whatWaits(c dossier) string {
	var lines []string
	for _, s := range c.rec.Sprints {
		if slices.ContainsFunc(c.rec.Successors, func(o Successor) bool { return o.Of == s.ID && !o.Filled.IsZero() }) {
			continue // its plan is back
		}
		line := fmt.Sprintf("* Sprint %d \"%s\" (%s): %s", s.ID, EscapeWiki(s.Name), s.Why.words(), plural(len(s.Issues)+s.Cut, "unfinished issue"))
		switch { // a closed sprint keeps its issues for ever, a deleted one keeps nothing
		case len(s.Issues)+s.Cut == 0:
		case s.Why == CreatedInFreeze:
			line += w.openOnes("id in ("+someOf(s.Issues)+")", " of the first "+itoa(maxLinked), len(s.Issues) > maxLinked)
		default:
			line += w.openOnes(fmt.Sprintf("sprint = %d", s.ID), "", false)
		}
		lines = append(lines, line)
	}
	if ids, more := sentBack(c.rec); len(ids)+more > 0 {
		were := "were put into a sprint in the freeze and went back"
		if len(ids)+more == 1 {
			were = "was put into a sprint in the freeze and went back"
		}
		line := fmt.Sprintf("* %s that %s", plural(len(ids)+more, "issue"), were)
		if len(ids) > 0 {
			line += w.openOnes("id in ("+someOf(ids)+")", " of the first "+itoa(maxLinked), len(ids) > maxLinked)
		}
		lines = append(lines, line)
	}
	if key := c.state.Cause.Task.Key; key != "" && c.rec.Released != nil {
		lines = append(lines, "* What is to prevent the next time: the issues that are linked to "+key+w.link("show them", `issue in linkedIssues("`+key+`")`))
	}
	if len(lines) == 0 {
		return ""
	}
	return "\nWhat waits:\n" + strings.Join(lines, "\n") + nextLine(w.resumeHint(c))
}

// nextLine sets a sentence off as a paragraph of its own.
func nextLine(s string) string {
	if s == "" {
		return ""
	}
	return "\n\n" + strings.TrimSpace(s)
}

// openOnes is a link to those of some issues that are not done.
func (w *work) openOnes(jql, some string, cut bool) string {
	if !cut {
		some = ""
	}
	return w.link("show what"+some+" is still open", jql+" AND statusCategory != Done ORDER BY Rank ASC")
}

// link is a link to a search, behind a text. Nothing foreign is in it: ids and keys alone.
func (w *work) link(text, jql string) string {
	return fmt.Sprintf(" ([%s|%s/issues/?jql=%s])", text, w.f.Site.BaseURL, percent(jql))
}

// percent escapes text for the query of an address.
func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// someOf lists the first of some ids.
func someOf(ids []string) string { return strings.Join(ids[:min(len(ids), maxLinked)], ", ") }

// sentBack are the issues that were put into a sprint in the freeze, each once, and how
// many more there were whose ids the record could not keep.
func sentBack(r Record) (ids []string, more int) {
	for _, b := range r.Returned {
		ids, more = union(ids, b.Issues), more+b.Cut
	}
	if r.Merged != nil {
		ids, more = union(ids, r.Merged.Issues), more+r.Merged.Cut
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" }), more
}
