package main

import (
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"andon/rules"
)

// disasterGauge counts open disasters by phase and frozen projects, over all projects
// that this process has looked at.
type disasterGauge struct {
	open   *prometheus.Desc
	frozen *prometheus.Desc
	mu     sync.Mutex
	plans  map[string]rules.Plan
}

// newDisasterGauge makes the collector.
func newDisasterGauge() *disasterGauge {
	return &disasterGauge{
		open:   prometheus.NewDesc("andon_disasters", "Disasters by phase, as last seen by this process.", []string{"phase"}, nil),
		frozen: prometheus.NewDesc("andon_planning_frozen_projects", "Projects whose planning is frozen, as last seen by this process.", nil, nil),
		plans:  map[string]rules.Plan{},
	}
}

// set notes what was seen of a project; only what is open is kept.
func (g *disasterGauge) set(project string, p rules.Plan) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !p.Watched && !p.Frozen {
		delete(g.plans, project)
		return
	}
	g.plans[project] = p
}

// Describe implements [prometheus.Collector].
func (g *disasterGauge) Describe(ch chan<- *prometheus.Desc) {
	ch <- g.open
	ch <- g.frozen
}

// Collect implements [prometheus.Collector].
func (g *disasterGauge) Collect(ch chan<- prometheus.Metric) {
	g.mu.Lock()
	defer g.mu.Unlock()
	phases, frozen := map[rules.Phase]int{}, 0
	for _, p := range g.plans {
		if p.Frozen {
			frozen++
		}
		for _, s := range p.States {
			phases[s.Phase]++
		}
	}
	for _, phase := range rules.Phases() {
		if phase != rules.PhaseNone {
			ch <- prometheus.MustNewConstMetric(g.open, prometheus.GaugeValue, float64(phases[phase]), string(phase))
		}
	}
	ch <- prometheus.MustNewConstMetric(g.frozen, prometheus.GaugeValue, float64(frozen))
}
