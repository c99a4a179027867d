package queue_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"andon/webhook/queue"
)

// The queue is compared with the plainest model of it that one can think of, step by step, in virtual time.

type modelKey struct {
	name    string
	due     time.Time // zero: does not wait
	floor   time.Time
	again   time.Time // in flight: when to run once more; zero: not
	ends    time.Time // of the lease; zero: not in flight
	token   int64
	tries   int
	notes   []string
	holding []string
}

type model struct {
	lease time.Duration
	keys  map[string]*modelKey
}

func (m *model) key(name string) *modelKey {
	if m.keys[name] == nil {
		m.keys[name] = &modelKey{name: name}
	}
	return m.keys[name]
}

func (k *modelKey) inFlight() bool { return !k.ends.IsZero() }

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// note leaves notes the way one would do it by hand: take an old one out, put the new one behind.
func note(list, more []string) []string {
	list = slices.Clone(list)
	for _, n := range more {
		list = slices.DeleteFunc(list, func(old string) bool { return old == n })
		list = append(list, n)
	}
	return list[max(0, len(list)-queue.MaxNotes):]
}

func (m *model) add(name string, delay time.Duration, notes []string) {
	k := m.key(name)
	k.notes = note(k.notes, notes)
	at := time.Now().Add(delay)
	if k.inFlight() {
		k.again = sooner(k.again, at)
		return
	}
	if at.Before(k.floor) {
		at = k.floor
	}
	k.due = sooner(k.due, at)
}

// end takes a key out of flight; a run that came to nothing leaves its notes.
func (k *modelKey) end(worked bool) (again time.Time) {
	if !worked {
		k.notes = note(k.holding, k.notes)
	}
	again, k.again, k.ends, k.holding, k.token = k.again, time.Time{}, time.Time{}, nil, 0
	return again
}

func (m *model) done(k *modelKey, o queue.Outcome) {
	at := k.end(!o.Failed)
	k.tries++
	if !o.Failed {
		k.tries = 0
	}
	if o.Again > 0 {
		at = sooner(at, time.Now().Add(o.Again))
		if o.Hold {
			k.floor = time.Now().Add(o.Again)
			at = k.floor
		}
	}
	k.due = at
}

// expire gives keys back whose lease has run out by now, as Take does.
func (m *model) expire() {
	for _, k := range m.keys {
		if k.inFlight() && !k.ends.After(time.Now()) {
			ends := k.ends
			k.due = sooner(k.end(false), ends)
			k.tries++
		}
	}
}

// next is the key that Take must return, and when.
func (m *model) next() (first *modelKey, at time.Time) {
	for _, k := range m.keys {
		when := k.due
		if k.inFlight() {
			when = sooner(k.again, k.ends)
		}
		if when.IsZero() {
			continue
		}
		if k.inFlight() && when.Before(k.ends) {
			when = k.ends // it waits for the lease, and is then the longer due
		}
		if first == nil || m.before(k, when, first, at) {
			first, at = k, when
		}
	}
	return first, at
}

// before orders by due time, then by name. What is due already counts by its due time, not by when it can be had.
func (m *model) before(a *modelKey, atA time.Time, b *modelKey, atB time.Time) bool {
	now := time.Now()
	if pa, pb := atA.After(now), atB.After(now); pa != pb {
		return pb
	} else if pa && !atA.Equal(atB) {
		return atA.Before(atB)
	}
	dueA, dueB := a.dueIfFree(), b.dueIfFree()
	if !dueA.Equal(dueB) {
		return dueA.Before(dueB)
	}
	return a.name < b.name
}

func (k *modelKey) dueIfFree() time.Time {
	if k.inFlight() {
		return sooner(k.again, k.ends)
	}
	return k.due
}

func (m *model) counts() (s queue.Stats) {
	now := time.Now()
	for _, k := range m.keys {
		switch {
		case k.inFlight():
			s.InFlight++
		case !k.due.IsZero():
			s.Waiting++
			if !k.due.After(now) {
				s.Due++
				s.Oldest = max(s.Oldest, now.Sub(k.due))
			}
		}
	}
	return s
}

// machine drives a queue, seen by two processes, and the model with the same steps.
type machine struct {
	model
	queues [2]queue.Queue
	items  []queue.Item // all that were ever taken: those of old leases must be refused
}

func (c *machine) queue(t *rapid.T) queue.Queue {
	return c.queues[rapid.IntRange(0, 1).Draw(t, "process")]
}

func (c *machine) Add(t *rapid.T) {
	key := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key")
	delay := time.Duration(rapid.IntRange(0, 20).Draw(t, "delay")) * time.Second
	notes := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", "4", "5"}), 0, 3).Draw(t, "notes")
	add(t, c.queue(t), key, delay, notes...)
	c.add(key, delay, notes)
}

func (c *machine) Take(t *rapid.T) {
	want, at := c.next()
	if want == nil {
		t.Skip("it would wait for ever")
	}
	start := time.Now()
	it, err := c.queue(t).Take(context.Background())
	ok(t, err)
	if wait := max(at.Sub(start), 0); time.Since(start) != wait {
		t.Fatalf("waited %v, want %v", time.Since(start), wait)
	}
	c.expire()
	if it.Key != want.name {
		t.Fatalf("took %q, want %q", it.Key, want.name)
	}
	late := time.Since(want.due)
	if it.Tries != want.tries || it.Late != late {
		t.Fatalf("%+v, want %d tries, late by %v", it, want.tries, late)
	}
	if diff := cmp.Diff(append([]string(nil), want.notes...), it.Notes); diff != "" {
		t.Fatal(diff)
	}
	want.token, want.holding, want.notes = it.Token, want.notes, nil
	want.due, want.floor, want.ends = time.Time{}, time.Time{}, time.Now().Add(c.lease)
	c.items = append(c.items, it)
}

// item picks one that was taken at some time, and says whether it is still held.
func (c *machine) item(t *rapid.T) (queue.Item, *modelKey, bool) {
	if len(c.items) == 0 {
		t.Skip("nothing was taken yet")
	}
	it := c.items[len(c.items)-1-rapid.IntRange(0, min(3, len(c.items)-1)).Draw(t, "item")]
	k := c.key(it.Key)
	return it, k, k.inFlight() && k.token == it.Token
}

func fenced(t *rapid.T, err error, held bool) {
	t.Helper()
	if held != (err == nil) || !held && !errors.Is(err, queue.ErrLost) {
		t.Fatalf("held: %v, and the answer was %v", held, err)
	}
}

func (c *machine) Done(t *rapid.T) {
	it, k, held := c.item(t)
	o := queue.Outcome{
		Again:  time.Duration(rapid.IntRange(0, 20).Draw(t, "again")) * time.Second,
		Failed: rapid.Bool().Draw(t, "failed"),
		Hold:   rapid.Bool().Draw(t, "hold"),
	}
	fenced(t, c.queue(t).Done(context.Background(), it, o), held)
	if held {
		c.done(k, o)
	}
}

func (c *machine) Return(t *rapid.T) {
	it, k, held := c.item(t)
	fenced(t, c.queue(t).Return(context.Background(), it), held)
	if held {
		k.end(false)
		k.due = time.Now()
	}
}

func (c *machine) Extend(t *rapid.T) {
	it, k, held := c.item(t)
	fenced(t, c.queue(t).Extend(context.Background(), it), held)
	if held {
		k.ends = time.Now().Add(c.lease)
	}
}

func (c *machine) Wait(t *rapid.T) {
	time.Sleep(time.Duration(rapid.IntRange(1, 40).Draw(t, "seconds")) * time.Second)
}

// Check compares the counts after each step.
func (c *machine) Check(t *rapid.T) {
	if diff := cmp.Diff(c.counts(), stats(t, c.queues[0])); diff != "" {
		t.Fatal(diff)
	}
}

func TestTheQueueDoesWhatItsModelDoes(t *testing.T) {
	for name, newWorld := range map[string]func(*testing.T) world{"memory": memoryWorld, "miniredis": miniWorld} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				bubble(t, func(t *testing.T) {
					w := newWorld(t)
					c := &machine{model: model{lease: w.lease, keys: map[string]*modelKey{}}}
					c.queues[0], c.queues[1] = w.pair()
					rt.Repeat(map[string]func(*rapid.T){
						"add": c.Add, "add too": c.Add, "take": c.Take, "done": c.Done, "return": c.Return,
						"extend": c.Extend, "wait": c.Wait, "": c.Check,
					})
				})
			})
		})
	}
}

// bubble runs one case of a property in virtual time. The clock of rapid itself must be the real one, so it stays outside;
// what it throws to end a case is carried out to it.
func bubble(t *testing.T, body func(t *testing.T)) {
	var thrown any
	synctest.Test(t, func(t *testing.T) {
		defer func() { thrown = recover() }()
		body(t)
	})
	if thrown != nil {
		panic(thrown)
	}
}
