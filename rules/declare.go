package rules

import (
	"fmt"
	"slices"
	"time"
)

// declare opens the record of a newly declared disaster.
func (w *work) declare(c *dossier, j Judgement) {
	next := Record{Version: RecordVersion, Issue: c.d.ID, Project: w.f.Project.ID, Key: c.d.Key, Round: lastRound(c.d) + 1, Said: proposals(c.d.Said)}
	if c.live {
		next.Round, next.Said, next.Comment = max(next.Round, c.rec.Round+1), union(c.rec.Said, next.Said), c.rec.Comment
		if c.rec.Resumed.IsZero() && !w.running(c) { // what was cancelled before still waits
			next.Sprints, next.Returned, next.Merged, next.Successors = c.rec.Sprints, c.rec.Returned, c.rec.Merged, c.rec.Successors
			next.Told = slices.Clone(c.rec.Told) // and what people have heard of it is no news
		}
	}
	next.Masters = slices.Clone(w.f.People.ScrumMasters)
	next.Declared = Declaration{By: j.By.By, Label: j.By.Label, At: j.By.At, Change: j.By.Change, Judged: w.f.Now, Source: w.f.People.Source}
	c.rec = next
	c.rec.Baseline = w.baseline(c, 1)
	for _, s := range w.f.Sprints {
		if scope := scopeFor(w.f, s, c.d.ID); s.State == SprintActive && !scope.In {
			c.rec.Left = append(c.rec.Left, LeftAlone{ID: s.ID, Name: s.Name, Why: scope.Reason.Text})
		}
	}
	c.live, c.mustRemember = true, true
	w.goOn(c)
}

// baseline is what stands now, as the freeze begins or comes back. What was spared is
// spared further while it runs.
func (w *work) baseline(c *dossier, number int) Baseline {
	b := Baseline{Number: number, Since: w.f.Now, Sprint: highestSprint(w.f), Board: highestBoard(w.f), Boards: boardsInScope(w.f)}
	for _, s := range w.f.Sprints {
		switch {
		case s.State != SprintActive:
		case slices.Contains(c.rec.Baseline.Spared, s.ID):
			b.Spared = append(b.Spared, s.ID)
		case scopeFor(w.f, s, c.d.ID).In:
			b.Active = append(b.Active, s.ID)
		}
	}
	return b
}

// rebuild makes a lost or forged record anew from what Jira still shows. Nobody can
// prove any more what stood at the declaration, so the sprints of now are spared.
func (w *work) rebuild(c *dossier, by Attribution, round int) {
	c.rec = Record{
		Version: RecordVersion, Issue: c.d.ID, Project: w.f.Project.ID, Key: c.d.Key, Round: round, Rebuilt: w.f.Now,
		Declared: Declaration{By: by.By, Label: by.Label, At: by.At, Change: by.Change, Judged: w.f.Now, Source: "rebuilt"},
	}
	for _, s := range w.f.Sprints {
		if s.State == SprintActive {
			c.rec.Baseline.Spared = append(c.rec.Baseline.Spared, s.ID)
		}
	}
	c.rec.Baseline = w.baseline(c, 1)
	c.live, c.mustRemember = true, true
	w.notice(Reason{Code: "record-rebuilt", Text: fmt.Sprintf("andon's record on %s was missing or changed by somebody else; it was made anew, and sprints that run now are left alone", c.d.Key)})
	w.goOn(c)
}

// proof finds the act by which a Product Owner declared, at whatever time: the first
// addition of a disaster label by one of them since one of them last took all off, or
// since the given moment. Over tells that one took all off after it. Without a proof it
// gives the creation of the issue, for want of anything better.
func (w *work) proof(d Disaster, since time.Time) (by Attribution, over, proved bool) {
	declaring := w.f.Settings.Labels.Declaring()
	by = Attribution{Label: w.f.Settings.Labels.Disaster, At: d.Created}
	note := func(label string, c LabelChange) {
		if (!proved || over) && w.f.mayDecide(c.By) && !c.At.Before(since) {
			by, over, proved = Attribution{Label: label, By: c.By, At: c.At, Change: c.ID}, false, true
		}
	}
	for _, l := range before(d, 0).Labels {
		if contains(declaring, l) {
			note(l, LabelChange{By: d.Creator, At: d.Created})
		}
	}
	empty := gaps(d, declaring)
	for i, c := range d.History {
		for _, l := range c.Added {
			if contains(declaring, l) {
				note(l, c)
			}
		}
		if slices.Contains(empty, i) && w.f.mayDecide(c.By) {
			over = proved
		}
	}
	return by, over, proved
}
