package webhook

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// BenchmarkRelevantWithRedis measures events that matter with the queue that they are left on, each alone and from many
// senders at once. The yardstick is the floor with one bare round trip to the same server for each event.
func BenchmarkRelevantWithRedis(b *testing.B) {
	q, err := queue.Open(queuetest.Start(b).URL(), queue.RedisOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer q.Close()
	relevant, err := New(testConfig(), Deps{Hints: q, Known: fakeKnown{watched: []string{"SHOP"}}, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range benchSizes {
		body := benchPayload(size.bytes)
		for _, at := range []struct {
			name string
			http.Handler
		}{{"floor", floor()}, {"floor_and_round_trip", withRoundTrip(floor(), q)}, {"relevant", relevant}} {
			b.Run(size.name+"/"+at.name+"/alone", func(b *testing.B) {
				b.ReportAllocs()
				send := benchSender(b, at, body)
				for b.Loop() {
					send()
				}
			})
			b.Run(size.name+"/"+at.name+"/32_at_once", func(b *testing.B) {
				b.ReportAllocs()
				b.SetParallelism(16)
				b.RunParallel(func(pb *testing.PB) {
					send := benchSender(b, at, body)
					for pb.Next() {
						send()
					}
				})
			})
		}
	}
}

// withRoundTrip asks Redis whether it is there before it answers: a round trip that does nothing.
func withRoundTrip(h http.Handler, q queue.Queue) http.Handler {
	e := echo.New()
	e.POST(signedPath, func(c echo.Context) error {
		if err := q.Ping(context.WithoutCancel(c.Request().Context())); err != nil {
			return err
		}
		h.ServeHTTP(c.Response(), c.Request())
		return nil
	})
	return e
}

// benchSender gives a function that has a handler serve one event.
func benchSender(b *testing.B, h http.Handler, body string) func() {
	b.Helper()
	w, r := &blankWriter{header: http.Header{}}, bytes.NewReader(nil)
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, signedPath, io.NopCloser(r))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("X-Hub-Signature", sign(testSecret, body))
	text := []byte(body)
	return func() {
		r.Reset(text)
		clear(w.header)
		h.ServeHTTP(w, req)
		if w.status/100 != 2 {
			b.Errorf("answered %d", w.status)
		}
	}
}
