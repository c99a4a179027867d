package queue_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// cutter is a connection that dies right after a script was sent, so that its effect is there and its answer lost.
type cutter struct {
	net.Conn
	armed *atomic.Int64 // how many more scripts lose their answer
	cut   bool
}

func (c *cutter) Write(p []byte) (int, error) {
	if bytes.Contains(bytes.ToLower(p), []byte("\r\neval")) && c.armed.Add(-1) >= 0 {
		c.cut = true
	}
	return c.Conn.Write(p)
}

func (c *cutter) Read(p []byte) (int, error) {
	if !c.cut {
		return c.Conn.Read(p)
	}
	if _, err := c.Conn.Read(p); err == nil { // the server has done its work by now
		_ = c.Conn.Close()
	}
	return 0, io.EOF
}

// cutting returns a queue, and the number of scripts that lose their answer from now on.
func cutting(t *testing.T, retries int) (*queue.Redis, *atomic.Int64) {
	m, _ := queuetest.Mini(t)
	var armed atomic.Int64
	client := redis.NewClient(&redis.Options{
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			conn, err := m.Dial()
			return &cutter{Conn: conn, armed: &armed}, err
		},
		MaxRetries: retries, DialerRetries: 1, DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
	return closing(t, must(queue.NewRedis(client, queue.RedisOptions{Lease: time.Hour, Poll: noPoll}))), &armed
}

// warmUp makes the server know the scripts: from then on only their names are sent, and a lost answer is that of a run.
func warmUp(t *testing.T, q queue.Queue) {
	t.Helper()
	add(t, q, "warm up", 0)
	done(t, q, take(t, q, "warm up"), queue.Outcome{})
}

func TestAnItemWhoseDeliveryWasLostIsDeliveredAgain(t *testing.T) {
	for name, retries := range map[string]int{"go-redis tries again": 1, "the caller tries again": -1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, armed := cutting(t, retries)
				warmUp(t, q)
				add(t, q, "k", 0, "note")
				add(t, q, "other", time.Minute)
				start := time.Now()
				armed.Store(1)
				it, err := q.Take(t.Context())
				if retries < 0 {
					unavailable(t, "take", err)
					it, err = q.Take(t.Context())
				}
				ok(t, err)
				if it.Key != "k" || it.Tries != 0 || len(it.Notes) != 1 {
					t.Errorf("%+v, want k untried with its note", it)
				}
				if waited := time.Since(start); waited > time.Second {
					t.Errorf("waited %v, which smells of the lease", waited)
				}
				counts(t, q, 1, 0, 1)
				next := take(t, q, "other")
				if next.Token == it.Token {
					t.Error("a token was used twice")
				}
				done(t, q, it, queue.Outcome{})
				done(t, q, next, queue.Outcome{})
				empty(t, q)
			})
		})
	}
}

func TestAnAddWhoseAnswerWasLostIsOneRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, armed := cutting(t, 1)
		warmUp(t, q)
		armed.Store(1)
		add(t, q, "k", 0, "note")
		counts(t, q, 1, 1, 0)
		if it := take(t, q, "k"); len(it.Notes) != 1 {
			t.Errorf("%+v, want one note", it)
		}
	})
}

func TestADoneWhoseAnswerWasLostIsDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, armed := cutting(t, -1)
		warmUp(t, q)
		add(t, q, "k", 0)
		it := take(t, q, "k")
		ok(t, q.Extend(t.Context(), it))
		armed.Store(1)
		unavailable(t, "done", q.Done(t.Context(), it, queue.Outcome{Again: time.Minute}))
		lost(t, q, it)
		counts(t, q, 1, 0, 0)
	})
}

// The server's clock is set back or forth under a queue that lives.
func TestTheServersClockJumps(t *testing.T) {
	setup := func(t *testing.T) (q *queue.Redis, set func(d time.Duration)) {
		m, client := queuetest.Mini(t)
		start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		m.SetTime(start)
		q = closing(t, must(queue.NewRedis(client(), queue.RedisOptions{Lease: 30 * time.Second})))
		return q, func(d time.Duration) { m.SetTime(start.Add(d)) }
	}
	t.Run("back: what waits keeps its distance", func(t *testing.T) {
		q, set := setup(t)
		add(t, q, "held", 0)
		held := take(t, q, "held")
		add(t, q, "held", 10*time.Minute)
		add(t, q, "paused", 0)
		done(t, q, take(t, q, "paused"), queue.Outcome{Again: 40 * time.Minute, Hold: true})
		add(t, q, "now", 0)
		add(t, q, "later", 20*time.Minute)
		set(-time.Hour)
		add(t, q, "new", 0)
		done(t, q, take(t, q, "new"), queue.Outcome{})
		done(t, q, take(t, q, "now"), queue.Outcome{})
		ok(t, q.Extend(t.Context(), held))
		done(t, q, held, queue.Outcome{})
		add(t, q, "paused", 0)
		counts(t, q, 3, 0, 0)
		set(-50*time.Minute + time.Second)
		done(t, q, take(t, q, "held"), queue.Outcome{})
		counts(t, q, 2, 0, 0)
		set(-40*time.Minute + time.Second)
		done(t, q, take(t, q, "later"), queue.Outcome{})
		set(-20*time.Minute + time.Second)
		done(t, q, take(t, q, "paused"), queue.Outcome{})
		empty(t, q)
	})
	t.Run("back: a dead worker's lease still ends", func(t *testing.T) {
		q, set := setup(t)
		add(t, q, "k", 0)
		take(t, q, "k")
		add(t, q, "x", 0)
		set(-time.Hour)
		take(t, q, "x")
		set(-time.Hour + 31*time.Second)
		take(t, q, "k")
	})
	t.Run("forth: all is early and nothing is lost", func(t *testing.T) {
		q, set := setup(t)
		add(t, q, "k", 0)
		it := take(t, q, "k")
		add(t, q, "later", 20*time.Minute)
		set(time.Hour)
		got := map[string]bool{takeAny(t, q).Key: true, takeAny(t, q).Key: true}
		if !got["k"] || !got["later"] {
			t.Errorf("got %v, want both", got)
		}
		lost(t, q, it)
	})
}
