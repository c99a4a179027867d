package main

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"andon/jira"
	"andon/rules"
	"andon/webhook/queue"
)

// metrics are the figures of the program. No label takes a key of an issue or project,
// so that their number stays small on any site.
type metrics struct {
	calls     *prometheus.HistogramVec
	passes    *prometheus.CounterVec
	actions   *prometheus.CounterVec
	lastGood  prometheus.Gauge
	runs      *prometheus.CounterVec
	runTime   prometheus.Histogram
	waiting   prometheus.Gauge
	due       prometheus.Gauge
	inFlight  prometheus.Gauge
	oldest    prometheus.Gauge
	disasters *disasterGauge
}

// newMetrics makes and registers them.
func newMetrics(reg *prometheus.Registry) *metrics {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &metrics{
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "andon_jira_request_duration_seconds",
			Help: "Calls to Jira by route, method and status (0: no answer)."}, []string{"route", "method", "status"}),
		passes:  counter("andon_reconciles_total", "Looks at a project, by what came of them.", "outcome"),
		actions: counter("andon_actions_total", "Actions carried out, by kind.", "action"),
		lastGood: gauge("andon_last_successful_reconcile_timestamp_seconds",
			"When a look at a project last succeeded, in seconds since 1970."),
		runs: counter("andon_queue_runs_total", "Keys taken off the queue, by what became of them.", "outcome"),
		runTime: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "andon_reconcile_duration_seconds",
			Help: "How long the work on a key took.", Buckets: []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}}),
		waiting:   gauge("andon_queue_waiting", "Keys that wait on the queue."),
		due:       gauge("andon_queue_due", "Keys that wait and are due."),
		inFlight:  gauge("andon_queue_in_flight", "Keys that are being worked on."),
		oldest:    gauge("andon_queue_oldest_due_seconds", "How long the oldest due key has been due."),
		disasters: newDisasterGauge(),
	}
	reg.MustRegister(m.calls, m.passes, m.actions, m.lastGood, m.runs, m.runTime, m.waiting, m.due, m.inFlight, m.oldest, m.disasters)
	return m
}

// jiraCall counts one attempt of a call to Jira.
func (m *metrics) jiraCall(route, method string, status int, d time.Duration) {
	m.calls.WithLabelValues(route, method, strconv.Itoa(status)).Observe(d.Seconds())
}

// pass counts one look at a project.
func (m *metrics) pass(p jira.Pass, now time.Time) {
	outcome := "idle"
	switch {
	case p.Err != nil:
		outcome = "failed"
	case len(p.Failed) > 0:
		outcome = "refused"
	case len(p.Done) > 0:
		outcome = "changed"
	}
	m.passes.WithLabelValues(outcome).Inc()
	for _, a := range p.Done {
		m.actions.WithLabelValues(actionKind(a)).Inc()
	}
	if p.Err == nil {
		m.lastGood.Set(float64(now.Unix()))
		m.disasters.set(p.Project, p.Plan)
	}
}

// actionKind is the kind of an action, for a label.
func actionKind(a rules.Action) string {
	switch a.(type) {
	case rules.Remember:
		return "remember"
	case rules.RememberProject:
		return "remember_project"
	case rules.CancelSprint:
		return "cancel_sprint"
	case rules.DeleteSprint:
		return "delete_sprint"
	case rules.SwapScheme:
		return "swap_scheme"
	case rules.RestoreScheme:
		return "restore_scheme"
	case rules.DropScheme:
		return "drop_scheme"
	case rules.PutBack:
		return "put_back"
	case rules.CreateSprint:
		return "create_sprint"
	case rules.FillSprint:
		return "fill_sprint"
	case rules.Notify:
		return "notify"
	case rules.CreateTasks:
		return "create_tasks"
	case rules.LinkTasks:
		return "link_tasks"
	case rules.WriteStatus:
		return "write_status"
	case rules.LinkPage:
		return "link_page"
	case rules.Say:
		return "comment"
	case rules.EditLabels:
		return "edit_labels"
	}
	return "other"
}

// queueEvent counts what becomes of keys.
func (m *metrics) queueEvent(e queue.Event) {
	if e.Kind == queue.Taken {
		return
	}
	m.runs.WithLabelValues(e.Kind.String()).Inc()
	if e.Took > 0 {
		m.runTime.Observe(e.Took.Seconds())
	}
}

// queueStats shows how full the queue is.
func (m *metrics) queueStats(s queue.Stats) {
	m.waiting.Set(float64(s.Waiting))
	m.due.Set(float64(s.Due))
	m.inFlight.Set(float64(s.InFlight))
	m.oldest.Set(s.Oldest.Seconds())
}
