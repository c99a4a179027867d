package tracing

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"andon/webhook/queue"
)

// receiver is a collector of traces.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	service string
	spans   []*spans.Span
}

// newReceiver listens for traces and makes the environment name it.
func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		raw, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		var export collector.ExportTraceServiceRequest
		if err := proto.Unmarshal(raw, &export); err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, rs := range export.ResourceSpans {
			for _, a := range rs.Resource.Attributes {
				if a.Key == "service.name" {
					r.service = a.Value.GetStringValue()
				}
			}
			for _, ss := range rs.ScopeSpans {
				r.spans = append(r.spans, ss.Spans...)
			}
		}
	}))
	t.Cleanup(r.Close)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", r.URL)
	return r
}

// open makes a tracer that sends to a receiver.
func open(t *testing.T) (*Tracer, *receiver) {
	t.Helper()
	r := newReceiver(t)
	tr, err := Open(t.Context(), []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + r.URL}, "1.2.3", time.Now, slog.New(slog.DiscardHandler))
	if err != nil || tr == nil {
		t.Fatalf("%v, %v", tr, err)
	}
	return tr, r
}

// named are the spans of a name.
func (r *receiver) named(name string) []*spans.Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*spans.Span
	for _, s := range r.spans {
		if s.Name == name {
			out = append(out, s)
		}
	}
	return out
}

func TestTracesAreThereOnlyWhereTheEnvironmentAsksForThem(t *testing.T) {
	for _, c := range []struct {
		name, environ string
		on            bool
		fault         string
	}{
		{"nothing is set", "", false, ""},
		{"an endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", true, ""},
		{"an endpoint for traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318/v1/traces", true, ""},
		{"the exporter by name", "OTEL_TRACES_EXPORTER=otlp", true, ""},
		{"an exporter of none", "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", false, ""},
		{"all of it switched off", "OTEL_SDK_DISABLED=TRUE OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", false, ""},
		{"not switched off", "OTEL_SDK_DISABLED=false OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", true, ""},
		{"an empty endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT=", false, ""},
		{"another exporter", "OTEL_TRACES_EXPORTER=zipkin", false, "OTEL_TRACES_EXPORTER"},
		{"another protocol", "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc", false, "http/protobuf"},
		{"another protocol for traces", "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc", false, "http/protobuf"},
		{"another protocol, but switched off", "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_PROTOCOL=grpc", false, ""},
		{"a name alone", "OTEL_SERVICE_NAME=andon", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, err := Open(t.Context(), strings.Fields(c.environ), "1.2.3", time.Now, slog.New(slog.DiscardHandler))
			if (tr != nil) != c.on || (err != nil) != (c.fault != "") || err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Errorf("on: %t, %v", tr != nil, err)
			}
			if err := tr.Close(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWithoutATracerThereIsNothingInTheWay(t *testing.T) {
	var none *Tracer
	q := queue.NewMemory(time.Now, queue.MemoryOptions{})
	if none.Begin() != nil || none.Queue(q) != queue.Queue(q) || none.Close(t.Context()) != nil {
		t.Error("a tracer that is not there does something")
	}
	ctx, end := none.Look(t.Context(), queue.Item{Key: "project:SHOP"})
	end(errors.New("some fault"))
	if ctx != t.Context() {
		t.Error("the context was changed")
	}
}

func TestALookGoesOnWithTheWebhookThatAskedForIt(t *testing.T) {
	tr, r := open(t)
	q := tr.Queue(queue.NewMemory(time.Now, queue.MemoryOptions{}))
	for range 2 {
		ctx, end := tr.Begin()(t.Context(), "webhook")
		if err := q.Add(ctx, "project:SHOP", 0, "10005"); err != nil {
			t.Fatal(err)
		}
		end(nil, slog.String("andon.outcome", "queued"), slog.Int("status", 202), slog.Bool("good", true))
	}
	it, err := q.Take(t.Context())
	if err != nil || len(it.Notes) != 3 || it.Notes[len(it.Notes)-1] != "10005" {
		t.Fatalf("%v %v", it.Notes, err)
	}
	ctx, end := tr.Look(t.Context(), it)
	_, endCall := tr.Begin()(ctx, "jira GET rest/api/2/issue/{}")
	endCall(errors.New("token: abc"), slog.Int("http.response.status_code", 503))
	end(nil)
	if err := tr.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	hooks, adds, looks, calls := r.named("webhook"), r.named("queue add"), r.named("look"), r.named("jira GET rest/api/2/issue/{}")
	if len(hooks) != 2 || len(adds) != 2 || len(looks) != 1 || len(calls) != 1 || r.service != "andon" {
		t.Fatalf("%d %d %d %d of %q", len(hooks), len(adds), len(looks), len(calls), r.service)
	}
	look := looks[0]
	if string(look.ParentSpanId) != string(adds[1].SpanId) || len(look.Links) != 1 || string(look.Links[0].SpanId) != string(adds[0].SpanId) {
		t.Errorf("the look has parent %x and links %v", look.ParentSpanId, look.Links)
	}
	if string(calls[0].TraceId) != string(hooks[1].TraceId) || string(calls[0].ParentSpanId) != string(look.SpanId) {
		t.Error("the call is not part of the webhook's trace")
	}
	if got := []spans.Span_SpanKind{hooks[0].Kind, adds[0].Kind, look.Kind, calls[0].Kind}; got[0] != spans.Span_SPAN_KIND_SERVER ||
		got[1] != spans.Span_SPAN_KIND_PRODUCER || got[2] != spans.Span_SPAN_KIND_CONSUMER || got[3] != spans.Span_SPAN_KIND_CLIENT {
		t.Errorf("the kinds are %v", got)
	}
	if calls[0].Status.Code != spans.Status_STATUS_CODE_ERROR || strings.Contains(calls[0].String(), "abc") {
		t.Errorf("the fault shows as %v", calls[0])
	}
}

// The queue keeps few notes on a key, and those that name issues matter more.
func TestAKeyCarriesFewTraces(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	tr, _ := open(t)
	tr.now = func() time.Time { return now }
	q := tr.Queue(queue.NewMemory(time.Now, queue.MemoryOptions{}))
	add := func() {
		ctx, end := tr.Begin()(t.Context(), "webhook")
		defer end(nil)
		if err := q.Add(ctx, "project:SHOP", 0); err != nil {
			t.Fatal(err)
		}
	}
	take := func() int {
		it, err := q.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Done(t.Context(), it, queue.Outcome{}); err != nil {
			t.Fatal(err)
		}
		return len(it.Notes)
	}
	for range 20 {
		add()
	}
	if n := take(); n != maxCarried {
		t.Errorf("the key carried %d traces", n)
	}
	add()
	if n := take(); n != 1 {
		t.Errorf("after it was taken the key carried %d traces", n)
	}
	for range 20 {
		add()
	}
	now = now.Add(2 * carriedFor)
	add()
	if n := take(); n != maxCarried+1 {
		t.Errorf("after a while the key carried %d traces", n)
	}
}

func TestWhatNobodyTracesCarriesNothing(t *testing.T) {
	tr, r := open(t)
	q := tr.Queue(queue.NewMemory(time.Now, queue.MemoryOptions{}))
	if err := q.Add(t.Context(), "sweep", 0); err != nil {
		t.Fatal(err)
	}
	it, err := q.Take(t.Context())
	if err != nil || len(it.Notes) != 0 {
		t.Errorf("%v, %v", it.Notes, err)
	}
	_, end := tr.Look(t.Context(), queue.Item{Key: "sweep", Notes: []string{"10005", "trace:", "trace:00-zz", "trace:00-00000000000000000000000000000000-0000000000000000-01"}})
	end(nil)
	if err := tr.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if looks := r.named("look"); len(looks) != 1 || len(looks[0].ParentSpanId) != 0 || len(looks[0].Links) != 0 {
		t.Errorf("the look goes on with something: %v", looks)
	}
}

func TestACollectorThatIsAwayStopsNothing(t *testing.T) {
	r := newReceiver(t)
	r.Close()
	tr, err := Open(t.Context(), []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + r.URL}, "1.2.3", time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, end := tr.Begin()(t.Context(), "look")
	end(nil)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_ = tr.Close(ended) // whatever it says, it comes back
}
