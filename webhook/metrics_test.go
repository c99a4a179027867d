package webhook

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	rig.post(relevant)
	rig.post(issueEvent(updated, labelled, items(item("Key", "BLOG-3", "SHOP-41"))))
	rig.post(`{"webhookEvent":"user_created"}`)
	rig.do("POST", signedPath, relevant)
	w := httptest.NewRecorder()
	rig.MetricsHandler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`andon_webhook_requests_total{outcome="queued"} 2`, `andon_webhook_requests_total{outcome="dropped"} 1`,
		`andon_webhook_requests_total{outcome="unauthorized"} 1`, `andon_webhook_requests_total{outcome="invalid"} 0`,
		`andon_webhook_requests_total{outcome="too_large"} 0`, `andon_webhook_requests_total{outcome="unavailable"} 0`,
		`andon_webhook_requests_total{outcome="shed"} 0`, `andon_webhook_requests_total{outcome="incomplete"} 0`,
		`andon_webhook_requests_total{outcome="panic"} 0`, `andon_webhook_duration_seconds_count 4`,
		`andon_webhook_queue_duration_seconds_count 2`, `andon_webhook_hints_total 3`, `andon_webhook_requests_in_flight 0`,
		`andon_webhook_body_bytes_held 0`, `andon_webhook_connections_refused_total 0`,
	} {
		if !strings.Contains(w.Body.String(), want+"\n") {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Contains(w.Body.String(), "canary") || strings.Contains(w.Body.String(), "SHOP") {
		t.Error("the metrics hold a secret or a key")
	}
	families, err := rig.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		counter, total := f.GetType().String() == "COUNTER", strings.HasSuffix(f.GetName(), "_total")
		if counter != total || !strings.HasPrefix(f.GetName(), "andon_webhook_") || !strings.HasSuffix(f.GetHelp(), ".") {
			t.Errorf("%s (%s): %s", f.GetName(), f.GetType(), f.GetHelp())
		}
	}
}

func TestMetricsStandBesideTheWebhooksOnlyWhenAskedTo(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.MetricsOnMain = true
	if w := newRig(t, cfg, fakeKnown{}).do("GET", "/metrics", ""); w.Code != 200 || !strings.Contains(w.Body.String(), "andon_webhook_") {
		t.Errorf("/metrics: %d", w.Code)
	}
}

func TestARegistryOfItsOwn(t *testing.T) {
	t.Parallel()
	for range 2 { // twice: no registry is shared behind the scenes
		s, err := New(testConfig(), Deps{Hints: &fakeHints{}, Known: fakeKnown{}, Now: newClock().now})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("POST", tokenPath, strings.NewReader("no event"))) // logs to nobody
		s.MetricsHandler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
		if !strings.Contains(w.Body.String(), `outcome="invalid"} 1`) {
			t.Error("the metrics of a registry of its own are not served")
		}
	}
}
