package siege

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"andon/webhook/queue/queuetest"
)

// attack is one kind of load: run is called by so many at once, again and again, until
// the context ends; it says how many requests or connections it made.
type attack struct {
	senders int
	run     func(ctx context.Context, url string, n int) int
}

// events sends webhooks over kept connections.
func events(body func(n int) string, signed bool) func(context.Context, string, int) int {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	return func(ctx context.Context, url string, n int) int {
		text := body(n)
		signature := "sha256=" + strings.Repeat("0", 64)
		if signed {
			signature = sign(text)
		}
		if _, _, err := postBy(ctx, client, url, text, signature); err != nil {
			return 0
		}
		return 1
	}
}

// held sends a text over a connection of its own, and then holds it until it is cut.
func held(text string) func(context.Context, string, int) int {
	return func(ctx context.Context, url string, _ int) int {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			return 0
		}
		defer conn.Close()
		defer context.AfterFunc(ctx, func() { conn.Close() })()
		if _, err := io.WriteString(conn, text); err != nil {
			return 0
		}
		_, _ = io.Copy(io.Discard, conn)
		return 1
	}
}

// attacks are what is measured, in the order of the table.
func attacks(t testing.TB) ([]string, map[string]attack) {
	t.Helper()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, err := z.Write(make([]byte, 64<<20))
	must(t, err)
	must(t, z.Close())
	huge := strings.Repeat("x", 3<<20)
	head := "POST /webhooks/jira HTTP/1.1\r\nHost: andon\r\n"
	return []string{"nothing", "irrelevant events", "relevant events", "forged events", "bodies of 3 MB", "gzip bombs", "2000 idle connections", "2000 slow heads", "2000 slow bodies", "4000 connections"},
		map[string]attack{
			"nothing":           {0, nil},
			"irrelevant events": {16, events(irrelevant, true)},
			"relevant events":   {16, events(func(n int) string { return relevant(fmt.Sprint("PROJ", n%100), n) }, true)},
			"forged events":     {16, events(irrelevant, false)},
			"bodies of 3 MB":    {8, events(func(int) string { return huge }, true)},
			"gzip bombs": {8, held(head + "Connection: close\r\nContent-Encoding: gzip\r\nX-Hub-Signature: sha256=" + strings.Repeat("0", 64) +
				fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n", bomb.Len()) + bomb.String())},
			"2000 idle connections": {2000, held("")},
			"2000 slow heads":       {2000, held(head + "X-Slow: ")},
			"2000 slow bodies":      {2000, held(head + "X-Hub-Signature: sha256=" + strings.Repeat("0", 64) + "\r\nContent-Length: 100000\r\n\r\n{")},
			"4000 connections":      {4000, held("")},
		}
}

// resident is the memory of a process in MB.
func resident(t testing.TB, a *andon) float64 {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", a.pid()))
	must(t, err)
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(raw)
	if m == nil {
		t.Fatal("no VmRSS")
	}
	kb, err := strconv.Atoi(string(m[1]))
	must(t, err)
	return float64(kb) / 1024
}

// honest sends an event every ten milliseconds over connections of its own, as Jira does,
// until the context ends, and gives how long those took that were answered with 202, in
// order, and how many were not.
func honest(ctx context.Context, s *site, url string) (took []time.Duration, others int) {
	body := s.hint()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			slices.Sort(took)
			return took, others
		case <-tick.C:
		}
		begin := time.Now()
		one, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		status, _, err := postAlone(one, url, body, sign(body))
		cancel()
		if err == nil && status == 202 {
			took = append(took, time.Since(begin))
		} else {
			others++
		}
	}
}

// length is how long each part is measured: ANDON_TEST_LOAD, or a moment.
func length(t testing.TB) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(os.Getenv("ANDON_TEST_LOAD"))
	if err != nil {
		return 300 * time.Millisecond
	}
	return d
}

// assail runs an attack for a while and gives how much was sent.
func assail(at attack, url string, d time.Duration, meanwhile func(ctx context.Context)) int64 {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	var sent atomic.Int64
	var wg sync.WaitGroup
	for sender := range at.senders {
		wg.Go(func() {
			for n := sender; ctx.Err() == nil; n += at.senders {
				sent.Add(int64(at.run(ctx, url, n)))
			}
		})
	}
	meanwhile(ctx)
	wg.Wait()
	return sent.Load()
}

// BenchmarkLoad measures how honest webhooks fare under each attack, and what andon
// holds before, under and after it. Time and memory are reported, never judged:
//
//	ANDON_TEST_LOAD=20s go test -run '^$' -bench Load -benchtime 1x ./cmd/andon/internal/siege
func BenchmarkLoad(b *testing.B) {
	names, all := attacks(b)
	for _, name := range names {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			s, r := newSite(b), queuetest.Start(b)
			a := s.replica("ANDON_REDIS_URL="+r.URL(), "ANDON_SWEEP=1h")
			s.declare()
			until(b, "the line stops", s.missing)
			<-time.After(time.Second) // by then andon has given back what only its start needed
			for b.Loop() {
				var took []time.Duration
				var others int
				under, before := 0.0, resident(b, a)
				d := length(b)
				sent := assail(all[name], a.address(), d, func(ctx context.Context) {
					watched := make(chan struct{})
					go func() {
						defer close(watched)
						for tick := time.NewTicker(50 * time.Millisecond); ctx.Err() == nil; <-tick.C {
							under = max(under, resident(b, a))
						}
					}()
					took, others = honest(ctx, s, a.address())
					<-watched
				})
				if len(took) > 0 {
					b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
					b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
				}
				b.ReportMetric(float64(len(took)), "honest")
				b.ReportMetric(float64(others), "sent-away")
				b.ReportMetric(float64(sent)/d.Seconds(), "attacks/s")
				b.ReportMetric(before, "before-MB")
				b.ReportMetric(under, "under-MB")
				b.ReportMetric(resident(b, a), "after-MB")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

// BenchmarkSoak floods with a mix of everything for ten times ANDON_TEST_LOAD and reports
// memory and goroutines at each tenth, for whoever looks whether they grow.
func BenchmarkSoak(b *testing.B) {
	names, all := attacks(b)
	s, r := newSite(b), queuetest.Start(b)
	a := s.replica("ANDON_REDIS_URL=" + r.URL())
	s.declare()
	for b.Loop() {
		for tenth := range 10 {
			sent := int64(0)
			for _, name := range names[1:] {
				at := all[name]
				at.senders = min(at.senders, 200)
				sent += assail(at, a.address(), length(b)/time.Duration(len(names)-1), func(ctx context.Context) { <-ctx.Done() })
			}
			b.Logf("after %s: %d requests and connections, %.1f MB, %d goroutines", time.Duration(tenth+1)*length(b), sent, resident(b, a), figure(b, a, "go_goroutines"))
		}
	}
	until(b, "the line has stopped", s.missing)
	b.ReportMetric(0, "ns/op")
}
