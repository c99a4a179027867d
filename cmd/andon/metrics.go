package main

import (
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"andon/jira"
	"andon/webhook/queue"
)

// metrics are the figures of the program. No label takes a key of an issue or project,
// so that their number stays small on any site.
type metrics struct {
	calls     *prometheus.HistogramVec
	passes    *prometheus.CounterVec
	actions   *prometheus.CounterVec
	lastGood  prometheus.Gauge
	lastSweep prometheus.Gauge
	waits     *prometheus.HistogramVec
	runs      *prometheus.CounterVec
	runTime   prometheus.Histogram
	up        prometheus.Gauge
	waiting   prometheus.Gauge
	due       prometheus.Gauge
	inFlight  prometheus.Gauge
	oldest    prometheus.Gauge
	told      *toldMetrics
	disasters *disasterGauge
	now       func() time.Time
}

// newMetrics makes and registers them. forget is how long a project counts as last seen
// although this process, unlike others, does not look at it any more.
func newMetrics(reg *prometheus.Registry, now func() time.Time, forget time.Duration) *metrics {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	m := &metrics{
		calls:     histogram("andon_jira_request_duration_seconds", "Calls to Jira by route, method and status (0: no answer).", prometheus.DefBuckets, "route", "method", "status"),
		waits:     histogram("andon_jira_wait_seconds", "Waits before a call to Jira, by reason: budget (ANDON_JIRA_RPS), rate_limit (Jira asked for it), retry (Jira failed).", waitBuckets(), "reason"),
		passes:    counter("andon_reconciles_total", "Looks at a project, by what came of them.", "outcome"),
		actions:   counter("andon_actions_total", "Actions carried out, by kind.", "action"),
		lastGood:  gauge("andon_last_successful_reconcile_timestamp_seconds", "When a look at a project last succeeded, in seconds since 1970; 0 if none has since the start."),
		lastSweep: gauge("andon_last_successful_sweep_timestamp_seconds", "When a look through the whole site last succeeded, in seconds since 1970; 0 if none has since the start."),
		runs:      counter("andon_queue_runs_total", "Keys taken off the queue, by what became of them; lost: the lease was lost, unavailable: the queue could not be reached.", "outcome"),
		runTime: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "andon_reconcile_duration_seconds",
			Help: "How long the work on a key took.", Buckets: []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}}),
		up:        gauge("andon_queue_up", "1 while the queue answers, 0 while it does not."),
		waiting:   gauge("andon_queue_waiting", "Keys that wait on the queue."),
		due:       gauge("andon_queue_due", "Keys that wait and are due."),
		inFlight:  gauge("andon_queue_in_flight", "Keys that are being worked on."),
		oldest:    gauge("andon_queue_oldest_due_seconds", "How long the oldest due key has been due."),
		told:      newToldMetrics(),
		disasters: newDisasterGauge(now, forget),
		now:       now,
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "andon_build_info", Help: "Always 1; the labels tell what runs.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()}})
	build.Set(1)
	m.up.Set(1)
	reg.MustRegister(m.calls, m.waits, m.passes, m.actions, m.lastGood, m.lastSweep, m.runs, m.runTime, m.up, m.waiting, m.due, m.inFlight, m.oldest, m.disasters, build)
	m.told.register(reg)
	m.zero()
	return m
}

// zero brings series into being before anything happens, since a counter that appears with
// its first event shows no increase.
func (m *metrics) zero() {
	for _, outcome := range []string{"idle", "changed", "refused", "failed"} {
		m.passes.WithLabelValues(outcome)
	}
	for _, k := range []queue.Kind{queue.Done, queue.Failed, queue.Lost, queue.Returned, queue.Unavailable} {
		m.runs.WithLabelValues(k.String())
	}
	for _, a := range actionKinds() {
		m.actions.WithLabelValues(actionKind(a))
	}
	for _, reason := range []string{jira.WaitBudget, jira.WaitRateLimit, jira.WaitRetry} {
		m.waits.WithLabelValues(reason)
	}
}

// counter makes a counter with labels.
func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

// histogram makes a histogram with labels.
func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// waitBuckets reach from a pause between two calls to the hour that a quota may take.
func waitBuckets() []float64 { return []float64{.05, .1, .25, .5, 1, 2, 5, 15, 60, 300, 900, 3600} }

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
	}
	m.told.pass(p)
	m.disasters.set(p)
}

// jiraWait counts one wait before a call to Jira.
func (m *metrics) jiraWait(reason string, d time.Duration) {
	m.waits.WithLabelValues(reason).Observe(d.Seconds())
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
	if e.Kind == queue.Done && e.Item.Key == sweepKey {
		m.lastSweep.Set(float64(m.now().Unix()))
	}
	if e.Kind == queue.Unavailable {
		m.up.Set(0)
	}
}

// queueStats shows how full the queue is, if it could tell.
func (m *metrics) queueStats(s queue.Stats, err error) {
	if err != nil {
		m.up.Set(0)
		return
	}
	m.up.Set(1)
	m.waiting.Set(float64(s.Waiting))
	m.due.Set(float64(s.Due))
	m.inFlight.Set(float64(s.InFlight))
	m.oldest.Set(s.Oldest.Seconds())
}
