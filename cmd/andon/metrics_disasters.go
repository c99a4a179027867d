package main

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"andon/jira"
	"andon/rules"
)

// disasterGauge shows how the disasters stand in all projects that this process has
// looked at. Replicas share the work, and each sees every project now and then: their
// figures are not to be added up, the highest one counts.
type disasterGauge struct {
	open, frozen, oldest, frozenTime, margin, part, idle *prometheus.Desc

	now    func() time.Time
	forget time.Duration

	mu      sync.Mutex
	seen    map[string]sight
	total   float64   // seconds that projects have been seen frozen
	counted time.Time // up to when total is right
}

// sight is what was last seen of a project.
type sight struct {
	at    time.Time
	plan  rules.Plan
	facts rules.Facts
	// since is when the oldest freeze of the project began, zero where planning is free.
	since time.Time
}

// newDisasterGauge makes the collector.
func newDisasterGauge(now func() time.Time, forget time.Duration) *disasterGauge {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help+" as last seen by this process.", labels, nil)
	}
	return &disasterGauge{
		open:       desc("andon_disasters", "Disasters by phase and kind (several: more than one, unspecified: none set),", "phase", "kind"),
		frozen:     desc("andon_planning_frozen_projects", "Projects whose planning is frozen,"),
		oldest:     desc("andon_planning_frozen_oldest_seconds", "Age of the oldest freeze that goes on, 0 where planning is free,"),
		frozenTime: desc("andon_planning_frozen_seconds_total", "Time for which planning was frozen, added up over projects,"),
		margin:     desc("andon_sla_margin_seconds", "Least time that is left of the recovery time of a disaster without a return to service, negative once it is over,"),
		part:       desc("andon_sla_margin_ratio", "Least part that is left of such a recovery time, 1 at the declaration and 0 at its end,"),
		idle:       desc("andon_disasters_unattended", "Disasters that freeze planning and have open tasks but none in progress,"),
		now:        now, forget: forget, seen: map[string]sight{},
	}
}

// set notes what came of a look; only what deserves attention is kept. A look that failed
// shows nothing new, and ends nothing.
func (g *disasterGauge) set(p jira.Pass) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.advance()
	old, known := g.seen[p.Project]
	switch {
	case p.Err != nil && known:
		old.at = now
		g.seen[p.Project] = old
	case p.Err != nil:
	case !p.Plan.Watched && !p.Plan.Frozen:
		delete(g.seen, p.Project)
	default:
		g.seen[p.Project] = sight{at: now, plan: p.Plan, facts: p.Facts, since: frozenSince(p, old.since, now)}
	}
}

// frozenSince is when the oldest freeze of a project began, as the records tell it; where
// none can be read, when it was first seen.
func frozenSince(p jira.Pass, before, now time.Time) time.Time {
	if !p.Plan.Frozen {
		return time.Time{}
	}
	var since time.Time
	for _, s := range p.Plan.States {
		d, ok := disasterOf(p.Facts, s.ID)
		if at := d.Record.Baseline.Since; s.Frozen && ok && !at.IsZero() && (since.IsZero() || at.Before(since)) {
			since = at
		}
	}
	switch {
	case !since.IsZero():
		return since
	case !before.IsZero():
		return before
	}
	return now
}

// disasterOf finds a disaster in the facts.
func disasterOf(f rules.Facts, id string) (rules.Disaster, bool) {
	for _, d := range f.Disasters {
		if d.ID == id {
			return d, true
		}
	}
	return rules.Disaster{}, false
}

// keep forgets the projects that no replica watches any more, and those that others have
// looked after for so long that what was seen here is old.
func (g *disasterGauge) keep(watched []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, still := g.advance(), map[string]bool{}
	for _, p := range watched {
		still[p] = true
	}
	for project, s := range g.seen {
		if age := now.Sub(s.at); age > g.forget || !still[project] && age > watchEvery {
			delete(g.seen, project)
		}
	}
}

// advance counts the frozen time up to now.
func (g *disasterGauge) advance() time.Time {
	now := g.now()
	if passed := now.Sub(g.counted); !g.counted.IsZero() && passed > 0 {
		for _, s := range g.seen {
			if !s.since.IsZero() {
				g.total += passed.Seconds()
			}
		}
	}
	g.counted = now
	return now
}

// Describe implements [prometheus.Collector].
func (g *disasterGauge) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.open, g.frozen, g.oldest, g.frozenTime, g.margin, g.part, g.idle} {
		ch <- d
	}
}

// Collect implements [prometheus.Collector].
func (g *disasterGauge) Collect(ch chan<- prometheus.Metric) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.advance()
	all := summary{count: map[[2]string]int{}}
	for _, s := range g.seen {
		all.add(s, now)
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	for _, phase := range rules.Phases() {
		for _, kind := range kindLabels() {
			if phase != rules.PhaseNone {
				gauge(g.open, float64(all.count[[2]string{string(phase), kind}]), string(phase), kind)
			}
		}
	}
	gauge(g.frozen, float64(all.frozen))
	gauge(g.oldest, all.oldest.Seconds())
	gauge(g.idle, float64(all.idle))
	ch <- prometheus.MustNewConstMetric(g.frozenTime, prometheus.CounterValue, g.total)
	if all.clocks > 0 {
		gauge(g.margin, all.margin.Seconds())
		gauge(g.part, all.part)
	}
}

// summary is what the figures show of all projects together.
type summary struct {
	count  map[[2]string]int // by phase and kind
	frozen int
	oldest time.Duration
	idle   int
	clocks int // recovery times that run
	margin time.Duration
	part   float64
}

// add takes a project in.
func (a *summary) add(s sight, now time.Time) {
	if !s.since.IsZero() {
		a.frozen++
		a.oldest = max(a.oldest, now.Sub(s.since))
	}
	for _, state := range s.plan.States {
		d, _ := disasterOf(s.facts, state.ID)
		a.count[[2]string{string(state.Phase), kindLabel(s.facts, d)}]++
		if state.Frozen && unattended(d) {
			a.idle++
		}
		allowed := s.facts.Settings.SLA(d.Record.Kinds)
		if state.Phase != rules.PhaseRecovering || allowed <= 0 || d.Record.Declared.At.IsZero() {
			continue
		}
		left := allowed - now.Sub(d.Record.Declared.At)
		if a.clocks++; a.clocks == 1 || left < a.margin {
			a.margin = left
		}
		if part := left.Seconds() / allowed.Seconds(); a.clocks == 1 || part < a.part {
			a.part = part
		}
	}
}

// unattended says whether a disaster's tasks wait for somebody to begin.
func unattended(d rules.Disaster) bool {
	open := false
	for _, t := range d.Tasks {
		switch t.Status.Category {
		case rules.CategoryInProgress:
			return false
		case rules.CategoryNew, rules.CategoryUndefined:
			open = true
		case rules.CategoryDone:
		}
	}
	return open
}

// kindLabels are the values of the label kind.
func kindLabels() []string {
	labels := []string{"unspecified"}
	for _, k := range rules.Kinds() {
		labels = append(labels, string(k))
	}
	return append(labels, "several")
}

// kindLabel is the kind of a disaster, for a label: as it was set, or as it is proposed.
func kindLabel(f rules.Facts, d rules.Disaster) string {
	kinds := d.Record.Kinds
	if d.RecordState != rules.RecordValid {
		kinds = nil
		for _, label := range d.Labels {
			if k := f.Settings.Labels.Kind(label); k != "" {
				kinds = append(kinds, k)
			}
		}
	}
	switch len(kinds) {
	case 0:
		return "unspecified"
	case 1:
		return string(kinds[0])
	}
	return "several"
}
