package main

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// traceStore is a collector of traces.
type traceStore struct {
	*httptest.Server
	mu  sync.Mutex
	all map[string]*spans.Span // by id
	raw strings.Builder
}

// newTraceStore listens.
func newTraceStore(t *testing.T) *traceStore {
	t.Helper()
	s := &traceStore{all: map[string]*spans.Span{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		raw, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		var export collector.ExportTraceServiceRequest
		if err := proto.Unmarshal(raw, &export); err != nil || req.URL.Path != "/v1/traces" {
			t.Errorf("%s: %v", req.URL.Path, err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.raw.WriteString(export.String())
		for _, rs := range export.ResourceSpans {
			for _, ss := range rs.ScopeSpans {
				for _, span := range ss.Spans {
					s.all[hex.EncodeToString(span.SpanId)] = span
				}
			}
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// lines are the chains of names from the root to each span, with the action of an act.
func (s *traceStore) lines() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, span := range s.all {
		var chain []string
		for at := span; at != nil; at = s.all[hex.EncodeToString(at.ParentSpanId)] {
			name := at.Name
			for _, a := range at.Attributes {
				if a.Key == "andon.action" {
					name += " " + a.Value.GetStringValue()
				}
			}
			chain = append(chain, name)
		}
		slices.Reverse(chain)
		if line := strings.Join(chain, " > "); !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

// A declaration is one trace from Jira's webhook over Redis to each call that it caused.
func TestADeclarationIsOneTrace(t *testing.T) {
	t.Parallel()
	redis, store := redisProcess(t), newTraceStore(t)
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv("ANDON_REDIS_URL="+redis, "ANDON_SWEEP=1h", "OTEL_EXPORTER_OTLP_ENDPOINT="+store.URL, "OTEL_SERVICE_NAME=andon-test", "OTEL_BSP_SCHEDULE_DELAY=50"))
	j.register(a)
	until(t, "the first sweep is over, which might find the label before the webhook is heard", func() error {
		if lines := store.lines(); !slices.Contains(lines, "look") {
			return fmt.Errorf("there is no look among %q", lines)
		}
		return nil
	})
	j.label("po", "SHOP-6", "disaster")
	j.stopped()
	if status := a.end(); status != 0 {
		t.Errorf("andon ended with %d", status)
	}
	lines := store.lines()
	for _, want := range []string{
		"webhook > queue add > look > gather > jira POST rest/api/2/search/jql",
		"webhook > queue add > look > decide",
		"webhook > queue add > look > apply > act cancel-sprint/10005/1 > jira POST rest/agile/1.0/sprint/{}",
		"webhook > queue add > look > apply > act create-tasks/",
		"webhook > queue add > look > apply > act status/10005 > jira POST rest/api/2/issue/{}/comment",
		"look > jira ",
	} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
			t.Errorf("no trace has %s", want)
		}
	}
	if t.Failed() {
		t.Logf("the traces:\n%s", strings.Join(lines, "\n"))
	}
	for _, secret := range []string{hintSecret, demoPassword, j.url, "Orders disappear", "Basic ", "h3."} {
		if strings.Contains(store.raw.String(), secret) {
			t.Errorf("%q is in the traces", secret)
		}
	}
	if !strings.Contains(store.raw.String(), "andon-test") {
		t.Error("the traces do not name the service as they were told to")
	}
}

func TestTracesThatCannotBeSentAsAskedStopTheStart(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	p := launch(t, j.serveEnv("OTEL_TRACES_EXPORTER=zipkin"), "serve")
	if status := p.status(); status != 2 || !strings.Contains(p.text(), "OTEL_TRACES_EXPORTER") {
		t.Errorf("status %d", status)
	}
}
