package queue

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// MemoryOptions are the settings of a Memory queue; the zero value is the default.
type MemoryOptions struct {
	Lease time.Duration // how long a worker may be silent before its key is given to another; default 30 s
}

// Memory is the queue inside one process. It starts empty, and starts no goroutine.
type Memory struct {
	now    func() time.Time
	start  time.Time // due times count from here, and so follow the monotonic clock if now has one
	lease  time.Duration
	wake   *waker
	closed chan struct{}
	once   sync.Once

	mu      sync.Mutex
	entries map[string]*entry
	due     entryHeap // what waits, by due time
	leased  entryHeap // what is in flight, by the end of the lease
	token   int64
	pins    map[string]bool
}

var _ Queue = (*Memory)(nil)

// NewMemory returns an empty queue. now is the clock, time.Now in a real program; waiting uses the timers of package time,
// so that a clock of another speed wakes nobody.
func NewMemory(now func() time.Time, opt MemoryOptions) *Memory {
	return &Memory{
		now:     now,
		start:   now(),
		lease:   cmp.Or(opt.Lease, 30*time.Second),
		wake:    newWaker(),
		closed:  make(chan struct{}),
		entries: make(map[string]*entry),
		pins:    make(map[string]bool),
	}
}

// lock is the beginning of every method: it takes the lock and reads the clock, in milliseconds.
func (m *Memory) lock(ctx context.Context, what string) (now int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
	}
	m.mu.Lock()
	select {
	case <-m.closed:
		m.mu.Unlock()
		return 0, fmt.Errorf("%s: %w: %w", what, ErrUnavailable, ErrClosed)
	default:
		return m.now().Sub(m.start).Milliseconds(), nil
	}
}

// Add implements Queue.
func (m *Memory) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	if err := validAdd(key, notes); err != nil {
		return err
	}
	now, err := m.lock(ctx, "add")
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil {
		e = &entry{key: key, state: idle, again: never}
		m.entries[key] = e
	}
	if len(notes) > 0 {
		e.notes = merge(e.notes, notes)
	}
	at := now + millis(delay)
	if e.state == inFlight {
		e.again = min(e.again, at)
		return nil
	}
	m.schedule(e, max(at, e.hold))
	return nil
}

// schedule makes an entry wait; the earlier time wins.
func (m *Memory) schedule(e *entry, at int64) {
	switch {
	case e.state == idle:
		e.state, e.at = waiting, at
		heap.Push(&m.due, e)
	case at < e.at:
		e.at = at
		heap.Fix(&m.due, e.index)
	default:
		return
	}
	if m.due[0] == e {
		m.wake.signal()
	}
}

// Take implements Queue.
func (m *Memory) Take(ctx context.Context) (Item, error) {
	return m.wake.take(ctx, m.closed, 0, m.takeOnce)
}

func (m *Memory) takeOnce() (Item, time.Duration, error) {
	now, err := m.lock(context.Background(), "take")
	if err != nil {
		return Item{}, 0, err
	}
	defer m.mu.Unlock()
	for len(m.leased) > 0 && m.leased[0].at <= now {
		e := m.leased[0]
		at := e.at
		again := m.release(e)
		e.giveBack()
		e.tries++
		m.schedule(e, min(again, at))
	}
	if len(m.due) == 0 || m.due[0].at > now {
		return Item{}, m.next(now), nil
	}
	e := heap.Pop(&m.due).(*entry)
	late := now - e.at
	m.token++
	e.state, e.token, e.at, e.hold = inFlight, m.token, now+millis(m.lease), 0
	e.held, e.notes = e.notes, nil
	heap.Push(&m.leased, e)
	return Item{
		Key: e.key, Notes: slices.Clone(e.held), Token: e.token, Tries: e.tries,
		Late: time.Duration(late) * time.Millisecond, Lease: m.lease,
	}, 0, nil
}

// next says how long until a key is due or a lease ends; negative: never.
func (m *Memory) next(now int64) time.Duration {
	at := never
	if len(m.due) > 0 {
		at = m.due[0].at
	}
	if len(m.leased) > 0 {
		at = min(at, m.leased[0].at)
	}
	if at == never {
		return -1
	}
	return time.Duration(at-now) * time.Millisecond
}

// release ends a lease and says when the key was asked to run again.
func (m *Memory) release(e *entry) (again int64) {
	heap.Remove(&m.leased, e.index)
	again = e.again
	e.state, e.token, e.again = idle, 0, never
	return again
}

// holder locks and finds the entry that the item still holds.
func (m *Memory) holder(ctx context.Context, what string, it Item) (*entry, int64, error) {
	now, err := m.lock(ctx, what)
	if err != nil {
		return nil, 0, err
	}
	e := m.entries[it.Key]
	if e == nil || e.state != inFlight || e.token != it.Token {
		m.mu.Unlock()
		return nil, 0, fmt.Errorf("%s %q: %w", what, it.Key, ErrLost)
	}
	return e, now, nil
}

// Extend implements Queue.
func (m *Memory) Extend(ctx context.Context, it Item) error {
	e, now, err := m.holder(ctx, "extend", it)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	e.at = now + millis(m.lease)
	heap.Fix(&m.leased, e.index)
	return nil
}

// Done implements Queue.
func (m *Memory) Done(ctx context.Context, it Item, o Outcome) error {
	e, now, err := m.holder(ctx, "finish", it)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	at := m.release(e)
	if o.Failed {
		e.giveBack()
		e.tries++
	} else {
		e.held, e.tries = nil, 0
	}
	if wait := millis(o.Again); wait > 0 {
		at = min(at, now+wait)
		if o.Hold {
			e.hold = now + wait
			at = e.hold
		}
	}
	m.settle(e, at)
	return nil
}

// Return implements Queue.
func (m *Memory) Return(ctx context.Context, it Item) error {
	e, now, err := m.holder(ctx, "give back", it)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	m.release(e)
	e.giveBack()
	m.settle(e, now)
	return nil
}

// settle makes a finished entry wait until at, or forgets it if there is nothing to remember.
func (m *Memory) settle(e *entry, at int64) {
	if at != never {
		m.schedule(e, at)
	} else if e.tries == 0 && len(e.notes) == 0 {
		delete(m.entries, e.key)
	}
}

// Pin implements Queue.
func (m *Memory) Pin(ctx context.Context, name string) error {
	return m.pin(ctx, "pin", name, func() { m.pins[name] = true })
}

// Unpin implements Queue.
func (m *Memory) Unpin(ctx context.Context, name string) error {
	return m.pin(ctx, "unpin", name, func() { delete(m.pins, name) })
}

func (m *Memory) pin(ctx context.Context, what, name string, change func()) error {
	if err := valid("name", name, MaxKey); err != nil {
		return err
	}
	if _, err := m.lock(ctx, what); err != nil {
		return err
	}
	defer m.mu.Unlock()
	change()
	return nil
}

// Pinned implements Queue.
func (m *Memory) Pinned(ctx context.Context) ([]string, error) {
	if _, err := m.lock(ctx, "list pins"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.pins)), nil
}

// Stats implements Queue; it walks over all keys.
func (m *Memory) Stats(ctx context.Context) (Stats, error) {
	now, err := m.lock(ctx, "count")
	if err != nil {
		return Stats{}, err
	}
	defer m.mu.Unlock()
	s := Stats{Waiting: len(m.due), InFlight: len(m.leased)}
	for _, e := range m.due {
		if e.at <= now {
			s.Due++
			s.Oldest = max(s.Oldest, time.Duration(now-e.at)*time.Millisecond)
		}
	}
	return s, nil
}

// Ping implements Queue.
func (m *Memory) Ping(ctx context.Context) error {
	if _, err := m.lock(ctx, "ping"); err != nil {
		return err
	}
	m.mu.Unlock()
	return nil
}

// Close implements Queue. What is stored is gone with the process.
func (m *Memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}
