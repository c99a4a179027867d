package scale

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"

	"andon/jira/jiratest"
)

const (
	// secret signs the webhooks, which never leave this process.
	secret = "a-secret-for-tests-only" // #nosec G101
	// address is where Jira believes andon to be.
	address = "http://andon.example/webhooks/jira"
)

// door is the way of the webhooks into the replicas: each goes to the next one's receiver, as
// by a load balancer.
type door struct {
	receivers []http.Handler
	next      atomic.Int64

	kept    atomic.Int64 // answered with 202
	dropped atomic.Int64 // with 204
	refused atomic.Int64 // with 503
	others  atomic.Int64
}

// RoundTrip brings a webhook to a replica, for Jira's client.
func (d *door) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	d.receivers[d.next.Add(1)%int64(len(d.receivers))].ServeHTTP(w, req)
	switch w.Code {
	case http.StatusAccepted:
		d.kept.Add(1)
	case http.StatusNoContent:
		d.dropped.Add(1)
	case http.StatusServiceUnavailable:
		d.refused.Add(1)
	default:
		d.others.Add(1)
	}
	return w.Result(), nil
}

// forget begins to count anew.
func (d *door) forget() {
	for _, n := range []*atomic.Int64{&d.kept, &d.dropped, &d.refused, &d.others} {
		n.Store(0)
	}
}

// event is a webhook that Jira has sent once.
type event struct {
	body      []byte
	signature string
}

// eventOf keeps what Jira has sent.
func eventOf(d jiratest.Delivery) event { return event{d.Body, d.Signature} }

// send sends an event again.
func (d *door) send(e event) error {
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(e.body))
	if err != nil {
		return fmt.Errorf("send an event: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature", e.signature)
	res, err := d.RoundTrip(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
