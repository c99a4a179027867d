package queue

import "time"

// Kind tells the events of [Run] apart.
type Kind int

// What can happen to an item, or to Run itself. Taken is followed by exactly one of the others but Unavailable.
const (
	Taken       Kind = iota + 1 // a handler begins
	Done                        // it succeeded
	Failed                      // it returned an error, panicked, or took too long; the key is due again
	Lost                        // the lease was lost, during the run or at its end: somebody else has the key, or will
	Returned                    // given back at shutdown
	Unavailable                 // Take could not reach the store; there is no item
)

// String returns the kind in lower case, as a label for metrics.
func (k Kind) String() string {
	switch k {
	case Taken:
		return "taken"
	case Done:
		return "done"
	case Failed:
		return "failed"
	case Lost:
		return "lost"
	case Returned:
		return "returned"
	case Unavailable:
		return "unavailable"
	}
	return "unknown"
}

// Event is what Run tells an observer.
type Event struct {
	Kind  Kind
	Item  Item
	Took  time.Duration // how long the handler ran; zero without RunOptions.Now, and for Taken and Unavailable
	Again time.Duration // when the key is due again because of this run; zero: not
	Err   error         // the handler's or the store's; nil for Taken, Done, Returned
}
