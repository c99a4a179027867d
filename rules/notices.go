package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// say asks for a comment on a disaster with a record, unless the record tells that it
// has been written. As long as Jira does not hold the record, nothing is said.
func (w *work) say(c *dossier, s Say) {
	if c.kept || !c.anchored(w.f) || slices.Contains(c.rec.Said, s.Ref) || slices.ContainsFunc(c.says, func(o Say) bool { return o.Ref == s.Ref }) {
		return
	}
	c.says = append(c.says, s)
}

// sayOnce asks for a comment on an issue that has no open record: what has been said is
// read from the comments themselves, so that a proposal leaves nothing but a comment.
func (w *work) sayOnce(c *dossier, s Say) {
	if s.Ref != "" && w.unsaid(c, s.Ref) {
		c.says = append(c.says, s)
	}
}

// unsaid says whether a comment has not been written yet, as far as that is known; if
// it is not, the issue's comments are asked for.
func (w *work) unsaid(c *dossier, ref string) bool {
	switch {
	case c.said(ref):
		return false
	case !w.saidRead(c):
		w.wants.Said = append(w.wants.Said, c.d.ID)
		return false
	}
	return true
}

// unremembered tells on the issue that a declaration cannot be carried out, because
// Jira does not let andon store the record without which nothing may be undone.
func (w *work) unremembered() {
	for i := range w.cases {
		c := &w.cases[i]
		why, failed := w.f.Failed[Remember{Disaster: c.d.ID}.Key()]
		if !c.live || !c.mustRemember || c.anchored(w.f) || !failed || !why.Final {
			continue
		}
		w.sayOnce(c, comment(c.d, "the declaration cannot be carried out", fmt.Sprintf(
			"*The declaration cannot be carried out.* Jira refused to store andon's record on this issue: %s. Without it no sprint is cancelled and no task is created. Give andon's account the permission to edit this issue; andon tries again at every look.",
			foreign(why.Text)), "not-stored", c.d.ID, itoa(c.rec.Round)))
	}
}

// comment builds a comment with its reference.
func comment(d Disaster, about, text string, ref ...string) Say {
	r := makeRef(ref...)
	return Say{Disaster: d.ID, Ref: r, About: about, Body: text + "\n\n" + refLine(r)}
}

// owners names the people who may decide, so that Jira tells them.
func (w *work) owners() string {
	names := make([]string, 0, len(w.f.People.ProductOwners))
	for _, p := range w.f.People.ProductOwners {
		if w.f.mayDecide(p) { // a program in the role may not, and is not asked
			names = append(names, mention(w.f.Site, p))
		}
	}
	if len(names) == 0 {
		return "the Product Owner"
	}
	return strings.Join(names, ", ")
}

// mentions names people so that Jira tells them, at the head of a text.
func mentions(site Site, people []Person) string {
	out := ""
	for _, p := range people {
		out += mention(site, p) + " "
	}
	return out
}

// changeRef identifies the act that a comment answers, so that the same act is answered once.
func changeRef(at Attribution) string { return orElse(at.Change, "creation") }

// issueClosed answers that somebody closed the disaster issue itself too early.
func (w *work) issueClosed(c dossier) Say {
	return comment(c.d, "closing the issue decides nothing", fmt.Sprintf(
		"*This issue was closed, and planning stays frozen.* The issue's own status decides nothing. Planning is free again when the root-cause task %s is closed.",
		c.state.Cause.Task.Key), "issue-closed", c.d.ID, itoa(c.rec.Round))
}

// kindProposed answers somebody who set a kind without being a Product Owner.
func (w *work) kindProposed(d Disaster, at Attribution) Say {
	return comment(d, "a kind is proposed, the Product Owner is asked", fmt.Sprintf(
		"%s added the label %s. Only a Product Owner sets the kind of a disaster, so no tasks were added. %s: to confirm, take the label off and set it again.",
		person(at.By), EscapeWiki(at.Label), w.owners()), "kind", d.ID, string(w.f.Settings.Labels.Kind(at.Label)), changeRef(at))
}

// putBack answers somebody who took off the last disaster label of a declared disaster.
func (w *work) putBack(d Disaster, c LabelChange, labels []string) Say {
	who := "Somebody"
	if c.By.ID != "" {
		who = person(c.By)
	}
	return comment(d, "the disaster label is put back", fmt.Sprintf(
		"%s took off the last disaster label. Only a Product Owner withdraws a declared disaster, so andon put %s back. Planning stays frozen. %s: to withdraw a false alarm, take the label off yourself.",
		who, escapeAll(labels), w.owners()), "put-back", d.ID, orElse(c.ID, "unknown"))
}

// refusedCause answers a root-cause task that was closed in a way that does not count.
func (w *work) refusedCause(c dossier) Say {
	t, what := c.state.Cause.Task, "write down the cause"
	switch c.state.Cause.Reason.Code {
	case "root-cause-not-accepted":
		what = "ask a Product Owner to close it"
	case "root-cause-no-prevention":
		what = "link at least one prevention issue"
	}
	ref := []string{"cause-refused", c.d.ID, t.ID, orElse(t.Resolution, "none")}
	if !t.ClosedAt.IsZero() {
		ref = append(ref, strconv.FormatInt(t.ClosedAt.Unix(), 10))
	}
	if code := c.state.Cause.Reason.Code; code != "root-cause-refused" { // one closing may lack several things, one after the other
		ref = append(ref, code)
	}
	return comment(c.d, "the root-cause task does not count as closed", fmt.Sprintf(
		"*The root-cause task does not count as closed:* %s. Planning stays frozen. Open the task again, %s, and close it with a resolution that tells so.",
		EscapeWiki(c.state.Cause.Reason.Text), what), ref...)
}

// notAnOwner answers somebody who set a label that only a Product Owner may set.
func (w *work) notAnOwner(d Disaster, at Attribution) Say {
	who := person(at.By) + " is no Product Owner of this project"
	if at.By.ID == w.f.Self.ID {
		who = "it was set with andon's own account, which never decides"
	}
	return comment(d, "a label is taken off again", fmt.Sprintf(
		"The label %s was taken off again: %s. %s may set it.", EscapeWiki(at.Label), who, w.owners()), "not-an-owner", d.ID, at.Label, changeRef(at))
}

// notReady answers a return to service that comes too early.
func (w *work) notReady(d Disaster, at Attribution, missing []string) Say {
	lines := make([]string, len(missing))
	for i, m := range missing {
		lines[i] = "* " + EscapeWiki(m)
	}
	return comment(d, "the return to service is refused", fmt.Sprintf(
		"*The system cannot return to service yet*, so the label %s was taken off again. Still open:\n%s\n\nA task that does not apply is closed with a resolution that says so. %s: when all of these are done, set the label again.",
		EscapeWiki(at.Label), strings.Join(lines, "\n"), w.owners()), "not-ready", d.ID, changeRef(at))
}

// restoredBack answers somebody who took off the return to service.
func (w *work) restoredBack(d Disaster, off LabelChange) Say {
	who := "Somebody"
	if off.By.ID != "" {
		who = person(off.By)
	}
	return comment(d, "the return to service stands", fmt.Sprintf(
		"%s took off the label %s. Only a Product Owner takes back the return to service, so andon put it back. %s may take it off.",
		who, EscapeWiki(w.f.Settings.Labels.Restored), w.owners()), "restored-back", d.ID, orElse(off.ID, "unknown"))
}

// violation tells what was undone in the freeze.
func (w *work) violation(c dossier, e SprintRecord) Say {
	what, did := "was started", "cancelled it again"
	if e.Why == CreatedInFreeze {
		what, did = "was created", "deleted it"
	}
	held := "it held no unfinished issue"
	if n := len(e.Issues) + e.Cut; n > 0 {
		held = "its " + plural(n, "unfinished issue") + isAre(n) + " remembered for the resumption"
	}
	return comment(c.d, "a sprint was undone", fmt.Sprintf(
		"Sprint %d \"%s\" %s while planning is frozen. Andon %s at %s; %s. Jira does not tell who did it. %s",
		e.ID, EscapeWiki(e.Name), what, did, when(e.Undone), held, w.wayOut(c)), "violation", c.d.ID, string(e.Why), itoa(int(e.ID)))
}

// isAre follows a counted noun.
func isAre(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}

// relapse tells that the freeze is back.
func (w *work) relapse(c dossier) Say {
	why := fmt.Sprintf("The root-cause task%s is open again", blankBefore(c.state.Cause.Task.Key))
	if c.rec.MustRestore {
		why = "A Product Owner took back the return to service"
	}
	return comment(c.d, "planning is frozen again", mentions(w.f.Site, c.rec.Masters)+why+", and no new sprint has been started since. *Planning is frozen again.*",
		"relapse", c.d.ID, itoa(c.rec.Round), itoa(c.rec.Baseline.Number))
}

// blankBefore sets a word off from what comes before it.
func blankBefore(s string) string {
	if s == "" {
		return s
	}
	return " " + s
}

// releaseNote tells that planning is free and what waits.
func (w *work) releaseNote(c dossier) Say {
	others := w.otherFreezes(c)
	head := "*Planning is free again.*"
	if others != "" {
		head = "*This disaster no longer freezes planning*, but " + others + " still does."
	}
	if c.rec.Restored == nil {
		head += " *Recovery is still open*: no Product Owner has returned the system to service."
	}
	return comment(c.d, "planning is free again", fmt.Sprintf("%s%s %s.\n%s",
		mentions(w.f.Site, c.rec.Masters), head, EscapeWiki(upperFirst(c.state.Cause.Reason.Text)), w.whatWaits(c)), "released", c.d.ID, itoa(c.rec.Round), itoa(c.rec.Baseline.Number))
}

// withdrawal tells that the declaration was taken back.
func (w *work) withdrawal(c dossier) Say {
	free := "Planning is free again."
	if others := w.otherFreezes(c); others != "" {
		free = "It no longer freezes planning, but " + others + " still does."
	}
	return comment(c.d, "the disaster is withdrawn", fmt.Sprintf(
		"%s*The disaster is withdrawn.* %s took off the last disaster label. %s Tasks that are still open can be closed; Jira cannot open a cancelled sprint again by itself.\n%s",
		mentions(w.f.Site, c.rec.Masters), person(c.rec.Withdrawn.By), free, w.whatWaits(c)), "withdrawn", c.d.ID, itoa(c.rec.Round))
}

// declaredAgain tells that a disaster whose earlier story was over is declared anew; the
// status comment alone, edited far above, would be overlooked.
func (w *work) declaredAgain(c dossier) Say {
	return comment(c.d, "the disaster is declared again", fmt.Sprintf(
		"%s*The disaster is declared again.* %s added the label %s at %s. Planning is frozen; the status comment shows how things stand.",
		mentions(w.f.Site, c.rec.Masters), person(c.rec.Declared.By), EscapeWiki(c.rec.Declared.Label), when(c.rec.Declared.At)), "declared-again", c.d.ID, itoa(c.rec.Round))
}

// freezes says whether a disaster freezes planning, also where this decision has not
// come to it yet.
func (w *work) freezes(o dossier) bool {
	if o.state.Phase != PhaseNone {
		return o.state.Frozen
	}
	return w.stillOpen(o.d)
}

// otherFreezes names the other disasters that freeze planning.
func (w *work) otherFreezes(c dossier) string {
	var keys []string
	for _, o := range w.cases {
		if o.d.ID != c.d.ID && w.freezes(o) {
			keys = append(keys, orElse(o.d.Key, "the issue with id "+o.d.ID))
		}
	}
	return strings.Join(keys, ", ")
}

// escapeAll lists labels for a comment.
func escapeAll(labels []string) string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = EscapeWiki(l)
	}
	return strings.Join(out, ", ")
}

// upperFirst begins a sentence.
func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
