package main

import (
	"maps"
	"slices"

	"andon/jira/jiratest"
)

// declaring are the labels that declare.
func declaring() []string {
	return []string{"disaster", "disaster-security", "disaster-data", "disaster-accidental"}
}

// sortedNames are the keys of a map in order.
func sortedNames[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// on are the labels that were on the issue after an act.
func (g *saga) on(seq int, among []string) map[string]labelAct {
	on := map[string]labelAct{}
	for _, a := range g.acts {
		if a.seq > seq || !slices.Contains(among, a.label) {
			continue
		}
		if a.on {
			on[a.label] = a
		} else {
			delete(on, a.label)
		}
	}
	return on
}

// gapsOf are the acts that took the last declaring label off after an act; the later
// ones are acts of one edit.
func (g *saga) gapsOf(since int) []labelAct {
	var out []labelAct
	for i, a := range g.acts {
		last := i+1 == len(g.acts) || g.acts[i+1].seq != a.seq
		if a.seq <= since || !last {
			continue
		}
		if len(g.on(a.seq-1, declaring())) > 0 && len(g.on(a.seq, declaring())) == 0 {
			out = append(out, a)
		}
	}
	return out
}

// empty says whether no declaring label was on at some moment between two acts.
func (g *saga) empty(from, to int) bool {
	if len(g.on(from, declaring())) == 0 {
		return true
	}
	return slices.ContainsFunc(g.gapsOf(from), func(a labelAct) bool { return a.seq <= to })
}

// declaredAct is the act that a record names as the declaration.
func (g *saga) declaredAct() (labelAct, bool) {
	d := g.rec.Declared
	i := slices.IndexFunc(g.acts, func(a labelAct) bool { return a.on && a.label == d.Label && a.by == d.By.ID && a.change == d.Change })
	if i < 0 {
		return labelAct{}, false
	}
	return g.acts[i], true
}

// open says whether andon's last record tells of an open disaster.
func (g *saga) open() bool { return g.rec != nil && g.rec.Withdrawn == nil && g.rec.Released == nil }

// pure says whether nobody but andon has written the record.
func (g *saga) pure() bool { return g.spoiled == 0 }

// causes are the root-cause tasks of the present round, the one that counts first.
func (t *truth) causes(g *saga) []jiratest.Issue {
	var out []jiratest.Issue
	parent, ok := t.s.jira.Issue(g.id)
	if !ok || g.rec == nil {
		return nil
	}
	for _, i := range t.s.jira.Issues("") {
		m, ours := t.markOf(i)
		if ours && m.Disaster == g.id && m.Entry == "root-cause" && m.Round == g.rec.Round && i.ParentID == parent.ID {
			out = append(out, i)
		}
	}
	return out
}

// causeWas says whether the root-cause task was closed, or not, at any moment since an act.
func (t *truth) causeWas(g *saga, since int, closed bool) bool {
	all := t.causes(g)
	if len(all) == 0 {
		return !closed
	}
	return was(t.tasks[all[0].ID], since, func(st taskState) bool { return st.closed == closed })
}

// anyOpen says whether any record tells of an open disaster.
func (t *truth) anyOpen() bool { return slices.ContainsFunc(t.all(), (*saga).open) }

// rounds counts the declarations of which andon's records tell.
func (t *truth) rounds() int {
	n := 0
	for _, g := range t.all() {
		if g.rec != nil {
			n += g.rec.Round
		}
	}
	return n
}

// lateSince says whether an older record has come late since an act, after andon may have
// read the newer one.
func (g *saga) lateSince(seq int) bool { return g.late >= seq && g.late > 0 }

// spoil notes that somebody has written over the record of an issue.
func (t *truth) spoil(id string) {
	t.seq++
	t.saga(id).spoiled = t.seq
}

// cloned notes an issue to which the record of another one may have come along.
func (t *truth) cloned(id string) {
	if i, _ := t.s.jira.Issue(id); i.Properties["andon"] != nil {
		t.spoil(id)
	}
}
