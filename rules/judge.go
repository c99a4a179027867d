package rules

import (
	"fmt"
	"slices"
	"time"
)

// Verdict is what the labels of an issue amount to.
type Verdict string

// The verdicts.
const (
	// NoDisaster: the issue carries no disaster label that counts.
	NoDisaster Verdict = "none"
	// History: the labels are from before; nobody acted on them in time.
	History Verdict = "history"
	// Proposed: somebody who may not declare asks for it.
	Proposed Verdict = "proposed"
	// Declared: the Product Owner declares.
	Declared Verdict = "declared"
	// Rehearsal: a dry run is asked for.
	Rehearsal Verdict = "rehearsal"
	// Undecided: it cannot be proved now who may decide, or who did it.
	Undecided Verdict = "undecided"
)

// Judgement is a verdict with its proof.
type Judgement struct {
	Verdict Verdict
	// By is whose label led to the verdict.
	By     Attribution
	Reason Reason
}

// ownersUnreadable is the reason code where nobody can say who the Product Owners are.
const ownersUnreadable = "owners-unreadable"

// Judge tells what the disaster labels of an issue amount to. An issue that was a
// disaster before and whose story has ended (withdrawn, or released) can become one
// again only after all its disaster labels have been off.
func Judge(f Facts, d Disaster) Judgement {
	if d.ProjectID != f.Project.ID {
		return Judgement{Verdict: NoDisaster, Reason: Reason{Code: "in-other-project", Text: "the issue is in another project; only that one's Product Owner could declare it, anew"}}
	}
	var best Judgement
	for _, label := range f.Settings.Labels.Declaring() {
		at, ok := Attribute(d, label)
		if !ok {
			if contains(d.Labels, label) {
				best = stronger(best, Judgement{Verdict: Undecided, By: Attribution{Label: label}, Reason: Reason{
					Code: "history-contradicts", Text: fmt.Sprintf("Jira shows the label %s but its history says that it was taken off; looking again", label)}})
			}
			continue
		}
		best = stronger(best, judgeLabel(f, d, at))
	}
	if best.Verdict == "" {
		return Judgement{Verdict: NoDisaster, Reason: Reason{Code: "no-label", Text: "no disaster label is on the issue"}}
	}
	return best
}

// stronger is the verdict that counts more; among equal ones the earlier act, but of
// rehearsals the later one, so that each new label is answered.
func stronger(a, b Judgement) Judgement {
	switch ra, rb := rank(a.Verdict), rank(b.Verdict); {
	case rb > ra:
		return b
	case ra == rb && b.Verdict == Rehearsal && b.By.At.After(a.By.At):
		return b
	case ra > rb || b.Verdict == Rehearsal || a.By.At.IsZero() || !b.By.At.Before(a.By.At):
		return a
	}
	return b
}

// rank orders the verdicts: a proof that the Product Owner declares beats everything,
// and what cannot be decided beats what is only asked for.
func rank(v Verdict) int {
	switch v {
	case Declared:
		return 6
	case Rehearsal:
		return 5
	case Undecided:
		return 4
	case Proposed:
		return 3
	case History:
		return 2
	case NoDisaster:
		return 1
	}
	return 0
}

// judgeLabel judges one disaster label that is on the issue.
func judgeLabel(f Facts, d Disaster, at Attribution) Judgement {
	ev := []Evidence{{Who: at.By, When: at.At, What: "added the label " + at.Label, Change: at.Change}}
	verdict := func(v Verdict, code, format string, args ...any) Judgement {
		return Judgement{Verdict: v, By: at, Reason: Reason{Code: code, Text: fmt.Sprintf(format, args...), Evidence: ev}}
	}
	if end, over := ended(d); over {
		c, ok := emptied(d, f.Settings.Labels.Declaring())
		// a clock that was behind Jira's may have set the end before the declaration
		if !ok || !end.precedes(d, c) || !c.At.After(d.Record.Declared.At) || at.At.Before(c.At) {
			return verdict(NoDisaster, "story-ended", "the label %s belongs to a disaster that has ended", at.Label)
		}
	}
	if !d.Moved.IsZero() && at.At.Before(d.Moved) {
		return verdict(History, "label-from-elsewhere", "the label %s was set before the issue came to this project: history", at.Label)
	}
	if age := f.Now.Sub(at.At); age > f.Settings.MaxAge {
		return verdict(History, "label-from-before", "the label %s is from %s, older than %s: history", at.Label, at.At.UTC().Format(time.DateTime), f.Settings.MaxAge)
	}
	if at.By.ID == f.Self.ID {
		return verdict(History, "own-account", "the label %s was set with andon's own account, which never decides", at.Label)
	}
	rehearsing, spent := rehearsal(f, d, at)
	switch {
	case rehearsing:
		return verdict(Rehearsal, "rehearsal", "%s asks for a rehearsal: nothing is written but one comment", nameOf(at.By))
	case spent:
		return verdict(History, "rehearsed", "the label %s was set for a rehearsal; to declare, take it off and set it again", at.Label)
	case !f.People.Read || f.People.Unreadable != "":
		return verdict(Undecided, ownersUnreadable, "it cannot be read who the Product Owners are (%s); nothing changes until it can", orElse(f.People.Unreadable, "not asked yet"))
	case f.mayDecide(at.By) && answered(d, at):
		return verdict(Proposed, "proposed-before", "%s proposed with the label %s before being a Product Owner; to declare, take it off and set it again", nameOf(at.By), at.Label)
	case f.mayDecide(at.By):
		return verdict(Declared, "declared-by-product-owner", "%s, Product Owner, added the label %s", nameOf(at.By), at.Label)
	case at.By.App:
		return verdict(Proposed, "added-by-app", "%s added the label %s; a program is not the Product Owner", nameOf(at.By), at.Label)
	}
	return verdict(Proposed, "added-by-other", "%s added the label %s and is not a Product Owner of the project", nameOf(at.By), at.Label)
}

// answered says whether andon is known to have answered a label as a proposal. It was
// judged then; a role that its author got later declares nothing by itself.
func answered(d Disaster, at Attribution) bool {
	c := dossier{d: d}
	return c.said(proposalRef(d, at))
}

// ended tells how the story that the record tells ended, if it did.
func ended(d Disaster) (Ending, bool) {
	switch {
	case d.RecordState != RecordValid:
		return Ending{}, false
	case d.Record.Withdrawn != nil:
		return *d.Record.Withdrawn, true
	case d.Record.Released != nil:
		return *d.Record.Released, true
	}
	return Ending{}, false
}

// precedes says whether an ending came before a change of labels: by Jira's order where
// that is known, for a label that is set while andon's clock is ahead must not be missed.
func (e Ending) precedes(d Disaster, c LabelChange) bool {
	if e.Change == "" {
		return !c.At.Before(e.At)
	}
	return slices.IndexFunc(d.History, func(h LabelChange) bool { return h.ID == c.ID }) >= after(d, e.Change, e.At)
}

// lastChange is the id of the last change of an issue's labels, empty for none.
func lastChange(d Disaster) string {
	if len(d.History) == 0 {
		return ""
	}
	return d.History[len(d.History)-1].ID
}

// rehearsal tells whether a disaster label was set for a rehearsal that still runs, or
// for one that is over. The rehearsal label counts where it was on the issue when the
// disaster label came, or where the same person or a Product Owner added it later;
// somebody else cannot turn a declaration into a rehearsal.
func rehearsal(f Facts, d Disaster, at Attribution) (running, spent bool) {
	label := f.Settings.Labels.Rehearsal
	counts := func(r Attribution) bool {
		return !r.At.After(at.At) || r.By.ID == at.By.ID || f.mayDecide(r.By)
	}
	if r, ok := Attribute(d, label); ok && counts(r) {
		return true, false
	}
	for i := after(d, at.Change, at.At); i < len(d.History); i++ {
		if contains(d.History[i].Removed, label) {
			if r, ok := Attribute(before(d, i), label); ok && counts(r) {
				return false, true
			}
		}
	}
	return false, false
}
