package tracing

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"andon/webhook/queue"
)

const (
	queueSpan = "queue add"
	lookSpan  = "look"
	// notePrefix marks a note that carries a trace. Whoever reads notes for ids of issues
	// passes it over.
	notePrefix = "trace:"
	// maxCarried is how many traces one key carries at a time: the queue keeps few notes,
	// and those that name issues matter more.
	maxCarried = 4
	// carriedFor is when a key may carry traces again, though it was taken elsewhere.
	carriedFor = time.Minute
)

// tracedQueue lets traces pass through a queue: the span of whoever adds a key goes along
// as a note, and the look at the key goes on with it.
type tracedQueue struct {
	queue.Queue
	tracer *Tracer

	mu      sync.Mutex
	carried map[string]carried
}

// carried counts the traces that were left on a key.
type carried struct {
	count int
	since time.Time
}

// Queue lets traces pass through q; without a tracer it is q itself.
func (t *Tracer) Queue(q queue.Queue) queue.Queue {
	if t == nil {
		return q
	}
	return &tracedQueue{Queue: q, tracer: t, carried: map[string]carried{}}
}

// Add is the queue's. Keys that nobody traces, such as those of the clock, carry nothing.
func (q *tracedQueue) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return q.Queue.Add(ctx, key, delay, notes...)
	}
	ctx, end := q.tracer.begin(ctx, queueSpan, []slog.Attr{slog.String("andon.key", key)})
	if note := noteOf(ctx); note != "" && q.mayCarry(key) {
		notes = append([]string{note}, notes...) // first, so that it is the first to be dropped
	}
	err := q.Queue.Add(ctx, key, delay, notes...)
	end(err)
	return err
}

// Take is the queue's.
func (q *tracedQueue) Take(ctx context.Context) (queue.Item, error) {
	it, err := q.Queue.Take(ctx)
	if err == nil {
		q.mu.Lock()
		delete(q.carried, it.Key)
		q.mu.Unlock()
	}
	return it, err
}

// mayCarry says whether a key may carry one more trace.
func (q *tracedQueue) mayCarry(key string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	now, c := q.tracer.now(), q.carried[key]
	if now.Sub(c.since) > carriedFor {
		c = carried{since: now}
	}
	c.count++
	q.carried[key] = c
	return c.count <= maxCarried
}

// noteOf is the note that carries the span of ctx, empty where it is not recorded.
func noteOf(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ""
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return notePrefix + carrier.Get("traceparent")
}

// Look begins the span of the work on a key. It goes on with the latest trace that the key
// carries and is linked to the others: one look answers many webhooks.
func (t *Tracer) Look(ctx context.Context, it queue.Item) (context.Context, func(error, ...slog.Attr)) {
	if t == nil {
		return ctx, func(error, ...slog.Attr) {}
	}
	var links []trace.Link
	var parent trace.SpanContext
	for _, note := range it.Notes {
		sc := spanOf(note)
		if !sc.IsValid() {
			continue
		}
		if parent.IsValid() {
			links = append(links, trace.Link{SpanContext: parent})
		}
		parent = sc
	}
	if parent.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, parent)
	}
	attrs := []slog.Attr{slog.String("andon.key", it.Key), slog.Int("andon.tries", it.Tries)}
	if project, ok := strings.CutPrefix(it.Key, "project:"); ok {
		attrs = append(attrs, slog.String("andon.project", project))
	}
	return t.begin(ctx, lookSpan, attrs, trace.WithLinks(links...))
}

// spanOf is the span that a note carries, an invalid one where it carries none.
func spanOf(note string) trace.SpanContext {
	text, ok := strings.CutPrefix(note, notePrefix)
	if !ok {
		return trace.SpanContext{}
	}
	ctx := propagation.TraceContext{}.Extract(context.Background(), propagation.MapCarrier{"traceparent": text})
	return trace.SpanContextFromContext(ctx)
}
