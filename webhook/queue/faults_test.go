package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// These tests break a real redis-server.

func openOn(t *testing.T, s *queuetest.Server, opt queue.RedisOptions) *queue.Redis {
	t.Helper()
	if opt.Lease == 0 {
		opt.Lease = time.Minute
	}
	return closing(t, must(queue.Open(s.URL(), opt)))
}

// eventually repeats a call until it works; a server that starts needs a moment.
func eventually(t *testing.T, what string, call func(ctx context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		err := call(ctx)
		if err == nil {
			return
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// unavailable fails unless the error is one that the webhook answers with 503.
func unavailable(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, queue.ErrUnavailable) || errors.Is(err, queue.ErrLost) {
		t.Errorf("%s: %v, want ErrUnavailable", what, err)
	}
}

func TestAServerThatIsDownIsUnavailableAtOnce(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	add(t, q, "k", 0)
	it := take(t, q, "k")
	s.Kill()
	ctx := context.Background()
	_, errTake := q.Take(ctx)
	_, errStats := q.Stats(ctx)
	_, errPins := q.Pinned(ctx)
	for what, err := range map[string]error{
		"take": errTake, "stats": errStats, "pinned": errPins,
		"add": q.Add(ctx, "k", 0), "extend": q.Extend(ctx, it), "return": q.Return(ctx, it),
		"done": q.Done(ctx, it, queue.Outcome{}), "ping": q.Ping(ctx), "pin": q.Pin(ctx, "k"), "unpin": q.Unpin(ctx, "k"),
	} {
		unavailable(t, what, err)
	}
}

func TestAServerThatHangsIsUnavailableByTheDeadline(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	add(t, q, "k", 0)
	s.Freeze()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := q.Add(ctx, "other", 0)
	unavailable(t, "add", err)
	if ctx.Err() == nil {
		t.Error("gave up before the deadline")
	}
	s.Thaw()
	take(t, q, "k")
}

func TestARestartWithoutMemoryForgets(t *testing.T) {
	s := queuetest.Start(t)
	a, b := openOn(t, s, queue.RedisOptions{Poll: noPoll}), openOn(t, s, queue.RedisOptions{})
	add(t, a, "old", 0)
	it := take(t, a, "old")
	add(t, a, "waiting", time.Hour)
	s.Kill()
	s.Restart()
	eventually(t, "ping", b.Ping)
	lost(t, b, it)
	empty(t, b)
	// The sleeper's connection died with the server; a new subscription wakes it, or the poll.
	got := takeLater(t.Context(), b)
	eventually(t, "add", func(ctx context.Context) error { return a.Add(ctx, "new", 0) })
	if r := <-got; r.err != nil || r.item.Key != "new" {
		// The first Take may still have met the dead connection.
		unavailable(t, "take", r.err)
		take(t, b, "new")
	}
}

func TestARestartWithMemoryForgetsNothing(t *testing.T) {
	s := queuetest.Start(t, "--appendonly", "yes", "--appendfsync", "always")
	a, b := openOn(t, s, queue.RedisOptions{}), openOn(t, s, queue.RedisOptions{})
	add(t, a, "held", 0, "note")
	held := take(t, a, "held")
	add(t, a, "held", 0, "second")
	add(t, a, "waits", 0, "third")
	ok(t, a.Pin(t.Context(), "SHOP"))
	s.Kill()
	s.Restart()
	eventually(t, "ping", b.Ping)
	counts(t, b, 1, 1, 1)
	if diff := cmp.Diff([]string{"third"}, take(t, b, "waits").Notes); diff != "" {
		t.Error(diff)
	}
	done(t, b, held, queue.Outcome{})
	if diff := cmp.Diff([]string{"second"}, take(t, b, "held").Notes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"SHOP"}, must(b.Pinned(t.Context()))); diff != "" {
		t.Error(diff)
	}
}

func TestASleeperOutlivesARestart(t *testing.T) {
	s := queuetest.Start(t)
	a, b := openOn(t, s, queue.RedisOptions{}), openOn(t, s, queue.RedisOptions{Poll: noPoll})
	add(t, a, "before", 0)
	take(t, b, "before")
	got := takeLater(t.Context(), b)
	awaitSubscriber(t, s)
	s.Kill()
	s.Restart()
	// Nobody polls here: only the subscription, renewed by itself, can have woken it.
	eventually(t, "add", func(ctx context.Context) error { return a.Add(ctx, "after", 0) })
	r := <-got
	if r.err != nil { // it was woken while the server was down
		unavailable(t, "take", r.err)
		r.item = take(t, b, "after")
	}
	if r.item.Key != "after" {
		t.Errorf("took %q", r.item.Key)
	}
}

func awaitSubscriber(t *testing.T, s *queuetest.Server) {
	t.Helper()
	c := s.Client()
	eventually(t, "subscriber", func(ctx context.Context) error {
		subs, err := c.PubSubNumSub(ctx, "{andon}:wake").Result()
		if err == nil && subs["{andon}:wake"] == 0 {
			err = errors.New("nobody listens")
		}
		return err
	})
}

func TestAFlushForgetsAndFencesOffWhatWasHeld(t *testing.T) {
	s := queuetest.Start(t)
	a, b := openOn(t, s, queue.RedisOptions{}), openOn(t, s, queue.RedisOptions{})
	add(t, a, "k", 0)
	old := take(t, a, "k")
	ok(t, s.Client().FlushAll(t.Context()).Err())
	empty(t, a)
	lost(t, a, old)
	add(t, b, "k", 0)
	it := take(t, b, "k")
	lost(t, a, old)
	done(t, b, it, queue.Outcome{})
	empty(t, a)
}

func TestScriptsAreSentAgainWhenTheServerForgotThem(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	forget := func() { ok(t, s.Client().ScriptFlush(t.Context()).Err()) }
	add(t, q, "k", 0, "note")
	forget()
	add(t, q, "k", 0)
	forget()
	it := take(t, q, "k")
	forget()
	ok(t, q.Extend(t.Context(), it))
	forget()
	counts(t, q, 0, 0, 1)
	forget()
	done(t, q, it, queue.Outcome{})
	empty(t, q)
}

func TestAFullServerRefusesWorkAndLetsItsWorkBeDone(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{Lease: 200 * time.Millisecond})
	c := s.Client()
	for _, key := range []string{"a", "b", "c"} {
		add(t, q, key, 0, "note on "+key)
	}
	dead := takeAny(t, q)
	ok(t, c.ConfigSet(t.Context(), "maxmemory", "1").Err())
	err := q.Add(t.Context(), "d", 0)
	unavailable(t, "add", err)
	if !strings.Contains(fmt.Sprint(err), "OOM") {
		t.Errorf("%v, want the server's own words in it", err)
	}
	var got []string
	for len(got) < 3 { // the third is what the dead worker lost
		it := takeAny(t, q)
		ok(t, q.Extend(t.Context(), it))
		got = append(got, it.Key)
		if it.Key == dead.Key && it.Tries == 0 {
			t.Errorf("%+v, want a try counted", it)
		}
		done(t, q, it, queue.Outcome{})
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"a", "b", "c"}, got); diff != "" {
		t.Error(diff)
	}
	empty(t, q)
	ok(t, c.ConfigSet(t.Context(), "maxmemory", "0").Err())
	add(t, q, "d", 0)
	take(t, q, "d")
}

func TestAReadOnlyServerIsUnavailable(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	add(t, q, "k", 0)
	add(t, q, "due", 0)
	it := takeAny(t, q)
	ok(t, s.Client().ReplicaOf(t.Context(), "127.0.0.1", "1").Err())
	unavailable(t, "add", q.Add(t.Context(), "k", 0))
	unavailable(t, "done", q.Done(t.Context(), it, queue.Outcome{}))
	unavailable(t, "pin", q.Pin(t.Context(), "k"))
	_, err := q.Take(t.Context())
	unavailable(t, "take", err)
	ok(t, s.Client().ReplicaOf(t.Context(), "no", "one").Err())
	done(t, q, it, queue.Outcome{})
	takeAny(t, q)
}

func TestAWrongPasswordIsUnavailableAndIsNotTold(t *testing.T) {
	s := queuetest.Start(t, "--requirepass", "right-secret")
	q := closing(t, must(queue.Open("unix://:wrong-secret@"+s.Socket(), queue.RedisOptions{})))
	err := q.Add(t.Context(), "k", 0)
	unavailable(t, "add", err)
	if strings.Contains(fmt.Sprint(err), "secret") {
		t.Errorf("%v tells the password", err)
	}
	q = closing(t, must(queue.Open("unix://:right-secret@"+s.Socket(), queue.RedisOptions{})))
	add(t, q, "k", 0)
}

func TestTheDocumentedRightsAreEnough(t *testing.T) {
	s := queuetest.Start(t)
	rights := strings.Fields("on >secret ~{andon}:* &{andon}:* +@read +@write +@scripting +@connection +@pubsub +time")
	args := []any{"ACL", "SETUSER", "andon"}
	for _, r := range rights {
		args = append(args, r)
	}
	ok(t, s.Client().Do(t.Context(), args...).Err())
	q := closing(t, must(queue.Open("unix://andon:secret@"+s.Socket(), queue.RedisOptions{})))
	add(t, q, "k", 0, "note")
	it := take(t, q, "k")
	ok(t, q.Extend(t.Context(), it))
	done(t, q, it, queue.Outcome{Failed: true, Again: time.Millisecond, Hold: true})
	ok(t, q.Return(t.Context(), take(t, q, "k")))
	counts(t, q, 1, 1, 0)
	ok(t, q.Pin(t.Context(), "k"))
	must(q.Pinned(t.Context()))
	awaitSubscriber(t, s)
}

func TestNothingIsLeftBehind(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	for i := range 20 {
		key := fmt.Sprint("k", i)
		add(t, q, key, 0, "note")
		add(t, q, key, 0, "another")
		it := take(t, q, key)
		add(t, q, key, 0, "third")
		done(t, q, it, queue.Outcome{Failed: true, Hold: true, Again: time.Millisecond})
		done(t, q, take(t, q, key), queue.Outcome{})
	}
	keys := must(s.Client().Keys(t.Context(), "*").Result())
	if diff := cmp.Diff([]string{"{andon}:clock"}, keys); diff != "" {
		t.Error(diff)
	}
}

func TestRunsOfWhichOnlyTheMarkIsLeftComeBack(t *testing.T) {
	s := queuetest.Start(t)
	q := openOn(t, s, queue.RedisOptions{})
	c := s.Client()
	for _, evicted := range []string{"lease", "holder", "due"} {
		add(t, q, "k", 0, "note")
		it := take(t, q, "k")
		add(t, q, "other", 0)
		ok(t, c.Del(t.Context(), "{andon}:"+evicted).Err())
		if evicted == "holder" {
			lost(t, q, it)
			ok(t, c.ZAdd(t.Context(), "{andon}:lease", redis.Z{Score: 1, Member: fmt.Sprint(it.Token)}).Err()) // it ran out
		}
		add(t, q, "k", 0)
		if evicted == "due" { // the one case in which work is forgotten
			done(t, q, it, queue.Outcome{})
			done(t, q, take(t, q, "k"), queue.Outcome{})
			continue
		}
		got := map[string]bool{}
		for range 2 {
			it := takeAny(t, q)
			got[it.Key] = true
			done(t, q, it, queue.Outcome{})
		}
		if !got["k"] || !got["other"] {
			t.Errorf("without %s: got %v, want k and other", evicted, got)
		}
		empty(t, q)
	}
}
