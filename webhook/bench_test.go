package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// noHints stores nothing, so that the receiver alone is measured.
type noHints struct{}

func (noHints) Add(context.Context, string, time.Duration, ...string) error { return nil }

// floor is the least that any receiver does: echo, the body read whole, its signature verified.
func floor() http.Handler {
	e := echo.New()
	e.POST(signedPath, func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		h := hmac.New(sha256.New, []byte(testSecret))
		h.Write(body)
		claimed, err := hex.DecodeString(strings.TrimPrefix(c.Request().Header.Get("X-Hub-Signature"), "sha256="))
		if err != nil || !hmac.Equal(claimed, h.Sum(nil)) {
			return c.NoContent(http.StatusUnauthorized)
		}
		return c.NoContent(http.StatusNoContent)
	})
	return e
}

func benchServer(b *testing.B, known Known) *Server {
	b.Helper()
	s, err := New(testConfig(), Deps{Hints: noHints{}, Known: known, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// benchPayload is an issue event of about n bytes, in the form and the proportions that Jira sends: users with their pictures, links
// to everything, custom fields that are null, a long description.
func benchPayload(n int) string {
	person := func(role string) string {
		return `"` + role + `":{"self":"https://jira.example/rest/api/2/user?accountId=5c5f880629be9642ba529340","accountId":"5c5f880629be9642ba529340",` +
			`"avatarUrls":{"48x48":"https://avatar.example/5c5f880629be9642ba529340?size=48&s=48","24x24":"https://avatar.example/5c5f880629be9642ba529340?size=24&s=24"},` +
			`"displayName":"Test User","active":true,"timeZone":"America/Los_Angeles"}`
	}
	var fields strings.Builder
	fields.WriteString(inShop + `,"labels":["ui","backend"],` + person("creator"))
	for i := 0; fields.Len() < n-1300; i++ {
		switch i % 4 {
		case 0, 1:
			fmt.Fprintf(&fields, `,"customfield_%d":null`, 10000+i)
		case 2:
			fmt.Fprintf(&fields, `,"customfield_%d":{"self":"https://jira.example/rest/api/2/customFieldOption/%d","value":"Choice","id":"%d"}`, 10000+i, i, i)
		case 3:
			fields.WriteString(`,` + person(fmt.Sprintf("customfield_%d", 10000+i)))
		}
	}
	return issueEvent(updated, fields.String(), items(item("status", "To Do", "In Progress")))
}

var benchSizes = [...]struct {
	name  string
	bytes int
}{{"3KB", 3 << 10}, {"9KB", 9 << 10}, {"40KB", 40 << 10}}

func benchHandlers(b *testing.B) []struct {
	name string
	http.Handler
} {
	return []struct {
		name string
		http.Handler
	}{
		{"floor", floor()},
		{"irrelevant", benchServer(b, fakeKnown{watched: []string{"OTHER"}})},
		{"relevant", benchServer(b, fakeKnown{watched: []string{"SHOP"}})},
	}
}

// blankWriter is an http.ResponseWriter that costs nothing.
type blankWriter struct {
	header http.Header
	status int
}

func (w *blankWriter) Header() http.Header         { return w.header }
func (w *blankWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w *blankWriter) WriteHeader(status int)      { w.status = status }

// BenchmarkReceiver measures the handlers alone, without net/http and the network.
func BenchmarkReceiver(b *testing.B) {
	for _, size := range benchSizes {
		body := benchPayload(size.bytes)
		for _, h := range benchHandlers(b) {
			b.Run(size.name+"/"+h.name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				w := &blankWriter{header: http.Header{}}
				r := bytes.NewReader(nil)
				req, err := http.NewRequestWithContext(b.Context(), "POST", signedPath, io.NopCloser(r))
				if err != nil {
					b.Fatal(err)
				}
				req.Header.Set("X-Hub-Signature", sign(testSecret, body))
				text := []byte(body)
				for b.Loop() {
					r.Reset(text)
					clear(w.header)
					h.ServeHTTP(w, req)
				}
				if w.status/100 != 2 {
					b.Fatalf("answered %d", w.status)
				}
			})
		}
	}
}

// BenchmarkWire measures over a real connection: client and server share the processor, so that the differences count, not the sums.
func BenchmarkWire(b *testing.B) {
	for _, size := range benchSizes {
		body := benchPayload(size.bytes)
		request := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: andon\r\nX-Hub-Signature: %s\r\nContent-Length: %d\r\n\r\n%s", signedPath, sign(testSecret, body), len(body), body)
		for _, h := range benchHandlers(b) {
			b.Run(size.name+"/"+h.name, func(b *testing.B) {
				b.ReportAllocs()
				conn := wire(b, h)
				answer := make([]byte, 4096)
				for b.Loop() {
					if _, err := conn.Write(request); err != nil {
						b.Fatal(err)
					}
					if n, err := conn.Read(answer); err != nil || !bytes.HasPrefix(answer[:n], []byte("HTTP/1.1 20")) {
						b.Fatalf("%q, %v", answer[:n], err)
					}
				}
			})
		}
	}
}

func wire(b *testing.B, h http.Handler) net.Conn {
	b.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	var d net.Dialer
	conn, err := d.DialContext(b.Context(), "tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		conn.Close()
		srv.Close()
		<-done
	})
	return conn
}

// BenchmarkWaiting measures what a request holds whose body does not come.
func BenchmarkWaiting(b *testing.B) {
	const crowd = 500
	s := benchServer(b, fakeKnown{})
	first := wire(b, s)
	text := []byte("POST " + signedPath + " HTTP/1.1\r\nHost: andon\r\nX-Hub-Signature: sha256=" + strings.Repeat("0", 64) + "\r\nContent-Length: 9000\r\n\r\n{")
	var before, held runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		var d net.Dialer
		var conns []net.Conn
		for range crowd {
			conn, err := d.DialContext(b.Context(), "tcp", first.RemoteAddr().String())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := conn.Write(text); err != nil {
				b.Fatal(err)
			}
			conns = append(conns, conn)
		}
		for s.bodies.lent.Load() < crowd*firstBody {
			runtime.Gosched()
		}
		runtime.GC()
		runtime.ReadMemStats(&held)
		b.ReportMetric((float64(held.StackInuse)-float64(before.StackInuse))/crowd, "stack-B/request")
		b.ReportMetric((float64(held.HeapAlloc)-float64(before.HeapAlloc))/crowd, "heap-B/request") // the client's part included
		for _, conn := range conns {
			conn.Close()
		}
		for s.bodies.lent.Load() > 0 {
			runtime.Gosched()
		}
	}
}

// BenchmarkParts measures what an event costs beyond the floor: the byte search that drops most, and the reading of the others.
func BenchmarkParts(b *testing.B) {
	l := labelsOf(testConfig().Labels...)
	for _, size := range benchSizes {
		body := []byte(benchPayload(size.bytes))
		b.Run(size.name+"/search", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			known := fakeKnown{watched: []string{"OTHER"}}
			for b.Loop() {
				if !l.canDrop(body, known) && len(body) >= readFrom {
					b.Fatal("not dropped")
				}
			}
		})
		b.Run(size.name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if ev, err := l.parse(body); err != nil || string(ev.projectKey) != "SHOP" {
					b.Fatal(err)
				}
			}
		})
	}
}
