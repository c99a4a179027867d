package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// proposal asks the Product Owner to decide on somebody else's label.
func (w *work) proposal(d Disaster, j Judgement) Say {
	l := w.f.Settings.Labels
	others := slices.DeleteFunc(l.Declaring(), func(s string) bool { return contains(d.Labels, s) })
	how := fmt.Sprintf("take the label %s off and set it again", EscapeWiki(j.By.Label))
	if len(others) > 0 {
		how = fmt.Sprintf("add one of the labels %s (or %s)", escapeAll(others), how)
	}
	return comment(d, "a disaster is proposed, the Product Owner is asked", fmt.Sprintf(
		"*A disaster is proposed.* %s added the label %s. Only a Product Owner of this project declares a disaster, so nothing has been touched.\n\n%s, please decide:\n* To declare it, %s. %s, and planning would be frozen until the root cause is closed.\n* To reject it, take the label off.",
		person(j.By.By), EscapeWiki(j.By.Label), w.owners(), how, w.blastRadius(d)), proposalParts(d, j.By)...)
}

// blastRadius says which sprints a declaration would cancel, and which it would not.
func (w *work) blastRadius(d Disaster) string {
	var cancels, leaves []string
	for _, s := range w.f.Sprints {
		name := fmt.Sprintf("sprint %d \"%s\"", s.ID, EscapeWiki(s.Name))
		switch {
		case s.State != SprintActive:
		case scopeFor(w.f, s, d.ID).In:
			cancels = append(cancels, name)
		default:
			leaves = append(leaves, name)
		}
	}
	text := "No sprint runs that would be cancelled"
	if len(cancels) > 0 {
		text = upperFirst(strings.Join(cancels, ", ")) + " would be cancelled"
	}
	if len(leaves) > 0 {
		text += ", " + strings.Join(leaves, ", ") + " of others left alone"
	}
	return text
}

// proposalRef is the reference of the answer to a proposal.
func proposalRef(d Disaster, at Attribution) string { return makeRef(proposalParts(d, at)...) }

// proposalParts are what that reference is made of.
func proposalParts(d Disaster, at Attribution) []string {
	return []string{"proposed", d.ID, changeRef(at)}
}

// undecided tells that a label waits because nobody can say who the Product Owners are.
// On the worst day silence would be the worst answer.
func (w *work) undecided(d Disaster, j Judgement) Say {
	return comment(d, "a label waits, since the Product Owners cannot be read", fmt.Sprintf(
		"*The label %s waits.* %s added it, and andon cannot tell who the Product Owners of this project are: %s. Nothing has been touched. Andon tries again at every look, until the label is %s old.",
		EscapeWiki(j.By.Label), person(j.By.By), EscapeWiki(w.f.People.Unreadable), span(w.f.Settings.MaxAge)), "undecided", d.ID, changeRef(j.By))
}

// proposals are the references among all that are answers to proposals.
func proposals(refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool {
		return !strings.HasPrefix(ref, "proposed.") && !strings.HasPrefix(ref, "decided.")
	})
}

// decidedRef is the reference that the answer to a proposal carries once it was decided.
func decidedRef(proposed string) string {
	return "decided." + strings.TrimPrefix(proposed, "proposed.")
}

// decided is the new text of the answer to a proposal: what was asked there is asked no
// more, so that nobody acts on it later.
func (w *work) decided(d Disaster, at Attribution, what string) Say {
	ref := proposalRef(d, at)
	s := comment(d, "a proposal is decided", fmt.Sprintf("*A disaster was proposed.* %s added the label %s at %s. %s\n\n%s",
		person(at.By), EscapeWiki(at.Label), when(at.At), what, refLine(ref)), strings.Split(decidedRef(ref), ".")...)
	s.Replaces = ref
	return s
}

// declaredProposals says on the proposals that came before a declaration that they have
// been confirmed.
func (w *work) declaredProposals(c *dossier) {
	by := c.rec.Declared
	for _, ref := range proposals(c.rec.Said) {
		at, ok := proposedBy(w.f.Settings.Labels, c.d, ref)
		if !ok || contains(c.rec.Said, decidedRef(ref)) || at.At.After(by.At) {
			continue
		}
		w.say(c, w.decided(c.d, at, fmt.Sprintf("%s, Product Owner, *declared* the disaster with the label %s at %s.", person(by.By), EscapeWiki(by.Label), when(by.At))))
	}
}

// proposedBy finds the act that a comment on a proposal answers.
func proposedBy(l Labels, d Disaster, ref string) (Attribution, bool) {
	if ref == proposalRef(d, Attribution{}) {
		for _, label := range before(d, 0).Labels {
			if contains(l.Declaring(), label) {
				return Attribution{Label: label, By: d.Creator, At: d.Created}, true
			}
		}
	}
	for _, h := range d.History {
		if ref != proposalRef(d, Attribution{Change: h.ID}) {
			continue
		}
		for _, label := range h.Added {
			if contains(l.Declaring(), label) {
				return Attribution{Label: label, By: h.By, At: h.At, Change: h.ID}, true
			}
		}
	}
	return Attribution{}, false
}

// unproposed looks whether a proposal was taken off a moment ago: by a Product Owner it
// is rejected, by anybody else it is taken back. The comment that asked for a decision
// says so from then on. What is older than a label may be is history.
func (w *work) unproposed(c *dossier) {
	declaring := w.f.Settings.Labels.Declaring()
	all := gaps(c.d, declaring)
	if len(all) == 0 || all[len(all)-1] < 0 || slices.ContainsFunc(declaring, func(l string) bool { return contains(c.d.Labels, l) }) {
		return
	}
	i := all[len(all)-1]
	off := c.d.History[i]
	if w.f.Now.Sub(off.At) > w.f.Settings.MaxAge {
		return
	}
	past := w.f
	past.Now = off.At.Add(-time.Millisecond)
	j := Judge(past, before(c.d, i))
	switch {
	case j.Verdict == Undecided && j.Reason.Code == ownersUnreadable:
		w.needPeople()
		c.state.Settled = w.f.People.Unreadable != ""
		return
	case j.Verdict != Proposed:
		return
	}
	verb, what := "took the proposal back", "%s *took the proposal back* at %s. Nothing has been touched."
	if w.f.mayDecide(off.By) {
		verb, what = "rejected the proposal", "%s, Product Owner, *rejected* the proposal at %s. Nothing has been touched."
		if c.state.Phase == PhaseNone {
			c.state.Phase = PhaseRejected
		}
	}
	if c.state.Phase == PhaseNone || c.state.Phase == PhaseRejected {
		c.state.Reason = Reason{Code: "proposal-over", Text: nameOf(off.By) + " " + verb,
			Evidence: []Evidence{{Who: off.By, When: off.At, What: "took off the last disaster label", Change: off.ID}}}
	}
	if ref := proposalRef(c.d, j.By); !w.unsaid(c, ref) && c.said(ref) {
		w.sayOnce(c, w.decided(c.d, j.By, fmt.Sprintf(what, person(off.By), when(off.At))))
	}
}

// said says whether a comment is known to stand on the issue.
func (c *dossier) said(ref string) bool {
	return contains(c.d.Record.Said, ref) || contains(c.d.Said, ref)
}

// saidRead says whether it is known which comments stand on the issue.
func (w *work) saidRead(c *dossier) bool { return c.d.SaidRead || c.live && c.anchored(w.f) }
