package webhook

import (
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// outcome is what became of a webhook, and the value of the label of that name.
type outcome int

const (
	outcomeQueued       outcome = iota // the hint is stored
	outcomeDropped                     // means nothing to andon
	outcomeUnauthorized                // signature or path token
	outcomeInvalid                     // no Jira event
	outcomeTooLarge
	outcomeIncomplete  // the body stopped or took too long
	outcomeUnavailable // the hint could not be stored
	outcomeShed        // too many bodies held at once
	outcomePanic
	outcomes // how many there are
)

func (o outcome) String() string {
	return [outcomes]string{"queued", "dropped", "unauthorized", "invalid", "too_large", "incomplete", "unavailable", "shed", "panic"}[o]
}

// metrics are the receiver's own. No label takes a value from a request, so nobody can make them grow.
type metrics struct {
	handler  http.Handler
	received [outcomes]prometheus.Counter
	seconds  prometheus.Histogram
	inFlight prometheus.Gauge
	hints    prometheus.Counter
	storing  prometheus.Histogram
	lastGood prometheus.Gauge
	refused  prometheus.Counter
}

// metricName prefixes a name, as all of andon's metrics are.
func metricName(name string) string { return "andon_webhook_" + name }

func newMetrics(reg *prometheus.Registry, held func() float64) (*metrics, error) {
	received := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: metricName("requests_total"), Help: "Webhooks received, by what became of them.",
	}, []string{"outcome"})
	m := &metrics{
		handler: promhttp.HandlerFor(reg, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: metricName("duration_seconds"), Help: "Time from a webhook's head to its answer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}),
		storing: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: metricName("queue_duration_seconds"), Help: "Time that storing a webhook's hints took, failed attempts included.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5},
		}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: metricName("requests_in_flight"), Help: "Webhooks being received now.",
		}),
		hints: prometheus.NewCounter(prometheus.CounterOpts{
			Name: metricName("hints_total"), Help: "Hints stored on the queue; one webhook may leave several.",
		}),
		lastGood: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: metricName("last_genuine_timestamp_seconds"), Help: "When a webhook with a good signature or path token last came, in seconds since 1970; 0 if none has since the start.",
		}),
	}
	m.refused = prometheus.NewCounter(prometheus.CounterOpts{
		Name: metricName("connections_refused_total"), Help: "Connections sent away because too many were open.",
	})
	heldNow := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: metricName("body_bytes_held"), Help: "Memory that bodies being received hold now.",
	}, held)
	for _, c := range []prometheus.Collector{received, m.seconds, m.storing, m.inFlight, m.hints, m.lastGood, m.refused, heldNow} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register the receiver's metrics: %w", err)
		}
	}
	for o := range outcomes {
		m.received[o] = received.WithLabelValues(o.String())
	}
	return m, nil
}
