package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"andon/jira/jiratest"
)

const (
	slowClients = 2000
	steadyRate  = 1000 // events a second
)

// service is a whole program that is measured: what to start, and its settings.
type service struct {
	name string
	args []string
	env  func(addr, jira, redis string) []string
}

// services are andon and the least that uses the same libraries.
func services() []service {
	return []service{
		{"minimal", nil, func(addr, jira, redis string) []string {
			return []string{"LISTEN=" + addr, "JIRA_URL=" + jira, "REDIS_URL=" + redis, "SECRET=" + secret}
		}},
		{"andon", []string{"serve"}, func(addr, jira, redis string) []string {
			return []string{"ANDON_LISTEN=" + addr, "ANDON_JIRA_URL=" + jira, "ANDON_JIRA_EMAIL=andon@example.com", "ANDON_JIRA_TOKEN=demo",
				"ANDON_WEBHOOK_SECRET=" + secret, "ANDON_REDIS_URL=" + redis}
		}},
	}
}

// weight is what a program took in one round.
type weight struct {
	size             float64       // MB of the file
	ready            time.Duration // from its start to the first good answer of /readyz
	idle, busy, slow float64       // MiB
	file             float64       // of idle, MiB: the program's own file
	cut              int           // slow clients that were cut
	cutAfter         time.Duration // when the last of them was
	taken, wanted    int           // events under the steady load
	p99              float64       // µs of those
}

// footprint measures whole programs.
func (l *lab) footprint(ctx context.Context) (string, error) {
	paths := make(map[string]string)
	var err error
	if paths["andon"], err = l.build(ctx, "andon", ".", "./cmd/andon"); err != nil {
		return "", err
	}
	if paths["minimal"], err = l.peer(ctx, "minimal"); err != nil {
		return "", err
	}
	site, err := startJira(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = site.Close() }()
	all := make(map[string][]weight)
	for n := range l.pick(1, 3) {
		for _, s := range services() {
			l.say("  round %d, %s", n+1, s.name)
			w, err := l.weigh(ctx, s, paths[s.name], site.url)
			if err != nil {
				return "", fmt.Errorf("%s: %w", s.name, err)
			}
			all[s.name] = append(all[s.name], w)
		}
	}
	t := table{head: []string{"program", "size", "start to ready", "idle, of it its own file", "at 1,000 events/s", "its p99", "with 2,000 slow clients", "cut"}}
	for _, s := range services() {
		t.add(weightRow(s.name, all[s.name])...)
	}
	return fmt.Sprintf("%s, Redis %s; medians of %d round(s) in turns, memory is resident.\n\n%s\n"+
		"Goals: ready within 50 ms, 20 MiB idle, 40 MiB at 1,000 events/s of 9 KB, one of fifty of which matters, 40 MiB more for slow clients, and\n"+
		"those cut within 10 s. What is resident of a program's own file the kernel can drop and read again;\n"+
		"andon itself gives back, half a second after its start, what only the start has needed. minimal is an echo handler with go-redis and go-jira that asks both before it listens; echo's own Start sets no\n"+
		"time limits, so that it never cuts a slow client. Jira is the simulated one, in the process that measures.\n",
		machine(), redisVersion(), l.pick(1, 3), t.String()), nil
}

// weightRow is a line of the table.
func weightRow(name string, all []weight) []string {
	pick := func(of func(weight) float64) float64 {
		var values []float64
		for _, w := range all {
			values = append(values, of(w))
		}
		return median(values)
	}
	mib := func(of func(weight) float64) string { return fmt.Sprintf("%.1f MiB", pick(of)) }
	cut := fmt.Sprintf("%.0f, the last after %.1f s", pick(func(w weight) float64 { return float64(w.cut) }), pick(func(w weight) float64 { return w.cutAfter.Seconds() }))
	if pick(func(w weight) float64 { return float64(w.cut) }) == 0 {
		cut = "none"
	}
	return []string{
		name, fmt.Sprintf("%.1f MB", pick(func(w weight) float64 { return w.size })),
		millis(time.Duration(pick(func(w weight) float64 { return float64(w.ready) }))),
		mib(func(w weight) float64 { return w.idle }) + ", " + mib(func(w weight) float64 { return w.file }),
		mib(func(w weight) float64 { return w.busy }) + fmt.Sprintf(" (%.0f %% taken)", 100*pick(func(w weight) float64 { return float64(w.taken) / float64(max(w.wanted, 1)) })),
		micros(pick(func(w weight) float64 { return w.p99 })),
		mib(func(w weight) float64 { return w.slow }) + fmt.Sprintf(", %.1f more than idle", pick(func(w weight) float64 { return w.slow - w.idle })), cut,
	}
}

// weigh is one round of one program, on a Redis of its own.
func (l *lab) weigh(ctx context.Context, s service, path, jira string) (weight, error) {
	var w weight
	info, err := os.Stat(path)
	if err != nil {
		return w, fmt.Errorf("look at the program: %w", err)
	}
	w.size = float64(info.Size()) / 1e6
	server, redis, err := startRedis(ctx)
	if err != nil {
		return w, err
	}
	defer server.end()
	var starts []float64
	for range l.pick(3, 7) { // the median, since the first start after a build reads the file
		p, took, err := startService(ctx, s, path, jira, redis)
		if err != nil {
			return w, err
		}
		p.end()
		starts = append(starts, float64(took))
	}
	w.ready = time.Duration(median(starts))
	p, _, err := startService(ctx, s, path, jira, redis)
	if err != nil {
		return w, err
	}
	defer p.end()
	return w, l.burden(ctx, p, &w)
}

// burden measures the memory of a program that does nothing, much, and is kept waiting.
func (l *lab) burden(ctx context.Context, p *process, w *weight) error {
	<-time.After(time.Duration(l.pick(1, 5)) * time.Second)
	var err error
	if w.idle, err = p.resident(); err != nil {
		return err
	}
	if w.file, err = p.ofFile(); err != nil {
		return err
	}
	d := time.Duration(l.pick(3, 15)) * time.Second
	w.wanted = int(steadyRate * d.Seconds())
	w.busy, err = p.peak(func() error {
		took, err := pace(ctx, p.addr, mixture(p.addr), crowd, steadyRate, d)
		w.taken, w.p99 = len(took), percentile(took, 99)
		return err
	})
	if err != nil {
		return err
	}
	w.slow, err = p.peak(func() error { return keepWaiting(ctx, p.addr, w) })
	return err
}

// startService starts a program and gives how long it took until it was ready.
func startService(ctx context.Context, s service, path, jira, redis string) (*process, time.Duration, error) {
	return serving(ctx, "/readyz", func(addr string) (*process, error) { return begin(ctx, s.env(addr, jira, redis), path, s.args...) })
}

// peak gives the most memory that the process has while a function runs.
func (p *process) peak(do func() error) (float64, error) {
	ended := make(chan error, 1)
	go func() { ended <- do() }()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	most := 0.0
	for {
		now, err := p.resident()
		most = max(most, now)
		if err != nil {
			return most, errors.Join(err, <-ended)
		}
		select {
		case err := <-ended:
			return most, err
		case <-tick.C:
		}
	}
}

// mixture are events of 9 KB, one of fifty of which says that the label was set.
func mixture(addr string) func(n int) []byte {
	body := generated(9 << 10)
	labelled := strings.Replace(body, `"labels":["ui",`, `"labels":["disaster",`, 1)
	labelled = strings.Replace(labelled, `"items":[{"field":"status"`, `"items":[{"field":"labels","fieldtype":"jira","fieldId":"labels","fromString":"","toString":"disaster"},{"field":"status"`, 1)
	usual, rare := request(addr, []byte(body)), request(addr, []byte(labelled))
	return func(n int) []byte {
		if n%50 == 0 {
			return rare
		}
		return usual
	}
}

// keepWaiting opens many connections, sends the beginning of a webhook over each and then nothing, until all are cut or
// it is clear that they will not be.
func keepWaiting(ctx context.Context, addr string, w *weight) error {
	const givenUp = 14 * time.Second
	lines, err := dial(ctx, addr, slowClients)
	if err != nil {
		return err
	}
	defer hangUp(lines)
	text := []byte("POST " + path + " HTTP/1.1\r\nHost: andon\r\nX-Hub-Signature: sha256=" + strings.Repeat("0", 64) + "\r\nContent-Length: 100000\r\n\r\n{")
	begun := time.Now()
	var mu sync.Mutex
	return together(lines, func(_ int, l line) error {
		if err := l.SetReadDeadline(begun.Add(givenUp)); err != nil {
			return fmt.Errorf("set a time limit: %w", err)
		}
		if _, err := l.Write(text); err != nil {
			return fmt.Errorf("send: %w", err)
		}
		for {
			_, err := l.answers.Discard(1)
			var late net.Error
			switch {
			case err == nil:
				continue // it is told why
			case errors.As(err, &late) && late.Timeout():
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			w.cut++
			w.cutAfter = max(w.cutAfter, time.Since(begun))
			return nil
		}
	})
}

// simulated is a Jira on a port of its own.
type simulated struct {
	*http.Server
	url string
}

// startJira serves a Jira with the demo's seed.
func startJira(ctx context.Context) (*simulated, error) {
	j := jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: time.Now})
	if _, err := jiratest.SeedDemo(j); err != nil {
		return nil, fmt.Errorf("seed Jira: %w", err)
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen as Jira: %w", err)
	}
	s := &simulated{Server: &http.Server{Handler: j, ReadHeaderTimeout: time.Minute}, url: "http://" + listener.Addr().String()}
	j.SetBaseURL(s.url)
	go func() { _ = s.Serve(listener) }() // until Close
	return s, nil
}
