package queue

import "math"

// never is later than any time.
const never = int64(math.MaxInt64)

type state int

const (
	idle     state = iota // only remembered: tries or notes
	waiting               // in the heap of due keys
	inFlight              // in the heap of leases
)

// entry is all that Memory knows about a key. Times are milliseconds since the queue's start.
type entry struct {
	key   string
	state state
	at    int64 // when it is due, or when its lease ends
	index int   // its place in the heap it is in
	token int64 // of the lease
	again int64 // when to run it after this run
	hold  int64 // not due before this
	tries int
	notes []string // for the next run
	held  []string // given to the run in flight
}

// giveBack leaves the notes of a run that came to nothing for the next one.
func (e *entry) giveBack() {
	if len(e.held) > 0 {
		e.notes, e.held = merge(e.held, e.notes), nil
	}
}

// entryHeap is a heap.Interface: the earliest first, and of equals the first by name, as in a sorted set of Redis.
type entryHeap []*entry

func (h entryHeap) Len() int { return len(h) }

func (h entryHeap) Less(i, j int) bool {
	if h[i].at != h[j].at {
		return h[i].at < h[j].at
	}
	return h[i].key < h[j].key
}

func (h entryHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push implements heap.Interface.
func (h *entryHeap) Push(x any) {
	e := x.(*entry)
	e.index = len(*h)
	*h = append(*h, e)
}

// Pop implements heap.Interface.
func (h *entryHeap) Pop() any {
	old := *h
	e := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return e
}
