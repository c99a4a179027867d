package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"andon/jira"
	"andon/rules"
)

// toldMetrics count what happens once: by the replica that saw it happen, so that they
// are added up over replicas.
type toldMetrics struct {
	declared   *prometheus.CounterVec
	withdrawn  prometheus.Counter
	restored   *prometheus.HistogramVec
	cause      *prometheus.HistogramVec
	violations *prometheus.CounterVec
}

// The values of the label kind of violations.
const (
	violationCreated = "sprint_created"
	violationStarted = "sprint_started"
	violationPlanned = "issues_planned"
)

// newToldMetrics makes them.
func newToldMetrics() *toldMetrics {
	m := &toldMetrics{
		declared:   counter("andon_disasters_declared_total", "Disasters declared, by kind.", "kind"),
		withdrawn:  prometheus.NewCounter(prometheus.CounterOpts{Name: "andon_disasters_withdrawn_total", Help: "Disasters that a Product Owner has withdrawn."}),
		restored:   histogram("andon_time_to_restore_seconds", "Time from the declaration to the return to service, by kind.", lifeBuckets(), "kind"),
		cause:      histogram("andon_time_to_root_cause_seconds", "Time from the declaration to the end of the freeze by a closed root cause, by kind.", lifeBuckets(), "kind"),
		violations: counter("andon_violations_total", "Acts of planning in a freeze that were undone, by kind.", "kind"),
	}
	for _, kind := range kindLabels() {
		m.declared.WithLabelValues(kind)
		m.restored.WithLabelValues(kind)
		m.cause.WithLabelValues(kind)
	}
	for _, kind := range []string{violationCreated, violationStarted, violationPlanned} {
		m.violations.WithLabelValues(kind)
	}
	return m
}

// lifeBuckets reach from a quarter of an hour to four weeks.
func lifeBuckets() []float64 {
	var buckets []float64
	for _, d := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour,
		12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 72 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 28 * 24 * time.Hour} {
		buckets = append(buckets, d.Seconds())
	}
	return buckets
}

// register makes them known.
func (m *toldMetrics) register(reg *prometheus.Registry) {
	reg.MustRegister(m.declared, m.withdrawn, m.restored, m.cause, m.violations)
}

// pass counts what a look has brought about. Only records that this very look has written
// count: what another replica has written was counted there.
func (m *toldMetrics) pass(p jira.Pass) {
	wrote := map[string]bool{}
	for _, a := range p.Done {
		if r, ok := a.(rules.Remember); ok {
			wrote[r.Disaster] = true
		}
		if kind := violationKind(a); kind != "" {
			m.violations.WithLabelValues(kind).Inc()
		}
	}
	for _, d := range p.Facts.Disasters {
		if wrote[d.ID] && d.Record.Rebuilt.IsZero() {
			before, _ := disasterOf(p.Before, d.ID)
			m.ended(p.Facts, before.Record, d)
		}
	}
}

// ended counts the events that a record tells and the one before did not.
func (m *toldMetrics) ended(f rules.Facts, before rules.Record, d rules.Disaster) {
	now, kind := d.Record, kindLabel(f, d)
	since := func(t time.Time) float64 { return max(t.Sub(now.Declared.At), 0).Seconds() }
	if before.Round != now.Round {
		before = rules.Record{}
		m.declared.WithLabelValues(kind).Inc()
	}
	if before.Withdrawn == nil && now.Withdrawn != nil {
		m.withdrawn.Inc()
		return
	}
	if before.Restored == nil && now.Restored != nil {
		m.restored.WithLabelValues(kind).Observe(since(now.Restored.At))
	}
	if before.Released == nil && now.Released != nil {
		m.cause.WithLabelValues(kind).Observe(since(now.Released.At))
	}
}

// violationKind is the kind of the violation that an action undoes, empty if it undoes none.
func violationKind(a rules.Action) string {
	switch a := a.(type) {
	case rules.DeleteSprint:
		return violationCreated
	case rules.CancelSprint:
		switch a.Why {
		case rules.StartedInFreeze:
			return violationStarted
		case rules.CreatedInFreeze:
			return violationCreated
		case rules.AtDeclaration:
		}
	case rules.PutBack:
		return violationPlanned
	}
	return ""
}
