// Package tracing shows where the time goes: from a webhook over the queue to the look at
// a project and each call to Jira, as traces of OpenTelemetry. It is on where the standard
// variables OTEL_* ask for it; everywhere else andon knows of it only as a function that
// is nil.
package tracing

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// closeTime bounds how long the last spans may take to be sent. A collector that does not
// answer must not keep andon from stopping.
const closeTime = 3 * time.Second

// Tracer makes spans. A nil one makes none.
type Tracer struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
	now      func() time.Time
}

// Open makes a tracer as the environment asks for it, nil where it asks for none. The SDK
// itself reads what else the standard defines, such as headers, time-outs and samplers.
func Open(ctx context.Context, environ []string, version string, now func() time.Time, log *slog.Logger) (*Tracer, error) {
	env := variables(environ)
	on, err := wanted(env)
	if err != nil || !on {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces cannot be sent", "error", err) }))
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	name := env["OTEL_SERVICE_NAME"]
	if name == "" {
		name = "andon"
	}
	what, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithFromEnv(),
		resource.WithAttributes(attribute.String("service.name", name), attribute.String("service.version", version)))
	if err != nil {
		return nil, fmt.Errorf("traces: OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(what))
	return &Tracer{provider: provider, tracer: provider.Tracer("andon", trace.WithInstrumentationVersion(version)), now: now}, nil
}

// wanted says whether the environment asks for traces.
func wanted(env map[string]string) (bool, error) {
	if strings.EqualFold(env["OTEL_SDK_DISABLED"], "true") {
		return false, nil
	}
	exporter, endpoint := env["OTEL_TRACES_EXPORTER"], env["OTEL_EXPORTER_OTLP_ENDPOINT"]+env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
	switch exporter {
	case "none":
		return false, nil
	case "", "otlp":
	default:
		return false, fmt.Errorf("OTEL_TRACES_EXPORTER is %q: andon knows otlp and none", exporter)
	}
	if exporter == "" && endpoint == "" {
		return false, nil
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"} {
		if p := env[name]; p != "" && p != "http/protobuf" {
			return false, fmt.Errorf("%s is %q: andon speaks http/protobuf, on port 4318 of most collectors", name, p)
		}
	}
	return true, nil
}

// variables are those of OpenTelemetry; one that is empty counts as unset, as the standard
// has it.
func variables(environ []string) map[string]string {
	env := map[string]string{}
	for _, v := range environ {
		if name, value, ok := strings.Cut(v, "="); ok && strings.HasPrefix(name, "OTEL_") {
			env[name] = strings.TrimSpace(value)
		}
	}
	return env
}

// Close sends what is left.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("send the last traces: %w", err)
	}
	return nil
}

// Begin begins a span. It is what packages jira and webhook call without knowing it; nil
// where there is no tracer.
func (t *Tracer) Begin() func(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
	if t == nil {
		return nil
	}
	return func(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
		return t.begin(ctx, name, attrs)
	}
}

// begin begins a span and gives what ends it. The words of an error stay out of it: they
// may be Jira's, who may repeat what was sent. The log has them.
func (t *Tracer) begin(ctx context.Context, name string, attrs []slog.Attr, more ...trace.SpanStartOption) (context.Context, func(error, ...slog.Attr)) {
	options := append(more, trace.WithSpanKind(kindOf(name)), trace.WithTimestamp(t.now()), trace.WithAttributes(attributes(attrs)...))
	ctx, span := t.tracer.Start(ctx, name, options...)
	return ctx, func(err error, attrs ...slog.Attr) {
		span.SetAttributes(attributes(attrs)...)
		if err != nil {
			span.SetStatus(codes.Error, "see the log")
		}
		span.End(trace.WithTimestamp(t.now()))
	}
}

// kindOf is the kind of a span of that name.
func kindOf(name string) trace.SpanKind {
	switch {
	case name == "webhook":
		return trace.SpanKindServer
	case name == queueSpan:
		return trace.SpanKindProducer
	case name == lookSpan:
		return trace.SpanKindConsumer
	case strings.HasPrefix(name, "jira "):
		return trace.SpanKindClient
	}
	return trace.SpanKindInternal
}

// attributes puts attributes into OpenTelemetry's form.
func attributes(attrs []slog.Attr) []attribute.KeyValue {
	out := make([]attribute.KeyValue, 0, len(attrs))
	for _, a := range attrs {
		switch a.Value.Kind() {
		case slog.KindInt64:
			out = append(out, attribute.Int64(a.Key, a.Value.Int64()))
		case slog.KindBool:
			out = append(out, attribute.Bool(a.Key, a.Value.Bool()))
		default:
			out = append(out, attribute.String(a.Key, a.Value.String()))
		}
	}
	return out
}
