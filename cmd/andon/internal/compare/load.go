package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// line is a kept connection to a server.
type line struct {
	net.Conn
	answers *bufio.Reader
}

// dial opens connections.
func dial(ctx context.Context, addr string, n int) ([]line, error) {
	var out []line
	for range n {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		if err != nil {
			hangUp(out)
			return nil, fmt.Errorf("connect to %s: %w", addr, err)
		}
		out = append(out, line{conn, bufio.NewReader(conn)})
	}
	return out, nil
}

func hangUp(lines []line) {
	for _, l := range lines {
		_ = l.Close()
	}
}

// send does one request.
func (l line) send(raw []byte) error {
	if _, err := l.Write(raw); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	res, err := http.ReadResponse(l.answers, nil)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("answered %s", res.Status)
	}
	return nil
}

// together runs a function for each line at once and gives one of the errors.
func together(lines []line, do func(n int, l line) error) error {
	errs := make(chan error, len(lines))
	var wait sync.WaitGroup
	for n, l := range lines {
		wait.Go(func() { errs <- do(n, l) })
	}
	wait.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// flood sends n requests as fast as they are answered, and gives how many were answered in a second.
func flood(ctx context.Context, addr string, raw []byte, conns, n int) (float64, error) {
	lines, err := dial(ctx, addr, conns)
	if err != nil {
		return 0, err
	}
	defer hangUp(lines)
	begin := time.Now()
	err = together(lines, func(_ int, l line) error {
		for range n / conns {
			if err := l.send(raw); err != nil {
				return err
			}
		}
		return nil
	})
	return float64(n/conns*conns) / time.Since(begin).Seconds(), err
}

// pace sends at a rate for a time, and gives how long each took in microseconds, from when it was due: one that waits
// for the answer to the one before has waited. The turns of the connections are spread over the interval.
func pace(ctx context.Context, addr string, raw func(n int) []byte, conns int, rate float64, d time.Duration) ([]float64, error) {
	lines, err := dial(ctx, addr, conns)
	if err != nil {
		return nil, err
	}
	defer hangUp(lines)
	var mu sync.Mutex
	var took []float64
	every := time.Duration(float64(conns) / rate * float64(time.Second))
	start := time.Now().Add(10 * time.Millisecond)
	err = together(lines, func(turn int, l line) error {
		var mine []float64
		due := start.Add(every * time.Duration(turn) / time.Duration(conns))
		for n := turn; due.Before(start.Add(d)) && ctx.Err() == nil; n += conns {
			<-time.After(time.Until(due))
			if err := l.send(raw(n)); err != nil {
				return err
			}
			mine = append(mine, float64(time.Since(due).Microseconds()))
			due = due.Add(every)
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, mine...)
		return nil
	})
	return took, err
}
