package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds on what is stored for a key.
const (
	MaxNotes = 64  // notes waiting on one key; beyond it the oldest are dropped
	MaxKey   = 256 // bytes in a key or in the name of a pin
	MaxNote  = 128 // bytes in a note
)

var (
	// ErrLost says that the item is no longer the caller's: its lease ran out and was given to another, it was finished
	// already, or the queue forgot everything.
	ErrLost = errors.New("the lease is lost")
	// ErrUnavailable says that the store cannot be used now (it is down, slow, full, read-only, refuses the password);
	// nothing is known about the effect of the call. The same call may succeed later.
	ErrUnavailable = errors.New("the queue is unavailable")
	// ErrClosed says that Close was called. Add's error is an ErrUnavailable as well.
	ErrClosed = errors.New("the queue is closed")
	// ErrInvalid says that a key, a note or a name cannot be stored; the same call will never succeed.
	ErrInvalid = errors.New("not a valid key, note or name")
)

// Item is one key handed to a worker under a lease.
type Item struct {
	Key   string
	Notes []string      // what was noted on the key, oldest first
	Token int64         // tells this lease from every other
	Tries int           // failed runs in a row before this one
	Late  time.Duration // how long the key had been due when it was taken
	Lease time.Duration // how long it is ours, from Take or Extend on
}

// Outcome says how a run ended.
type Outcome struct {
	Again  time.Duration // due again after this time; 0: not again
	Failed bool          // counts a try, and keeps the notes for the next run
	Hold   bool          // no Add brings the key forward before Again
}

// Stats are figures about the queue at one moment.
type Stats struct {
	Waiting  int           // keys that wait, due or not
	Due      int           // of these, keys that are due
	InFlight int           // keys that are being worked on
	Oldest   time.Duration // how long the oldest due key has been due
}

// Queue is a keyed work queue. All methods may be called at once from many goroutines.
//
// Every method but Take returns within the deadline of its context, or a few seconds if that has none.
type Queue interface {
	// Add asks for a run of key after delay (rounded up to a millisecond; negative: now) and leaves notes for it.
	// Errors: ErrInvalid, ErrUnavailable.
	Add(ctx context.Context, key string, delay time.Duration, notes ...string) error
	// Take waits until a key is due and hands it over under a lease. The key that has been due longest comes first.
	// Errors: the context's, ErrUnavailable (at once, without waiting for better times), ErrClosed.
	Take(ctx context.Context) (Item, error)
	// Extend makes the lease full again. Errors: ErrLost, ErrUnavailable.
	Extend(ctx context.Context, it Item) error
	// Done ends the run. Errors: ErrLost, ErrUnavailable.
	Done(ctx context.Context, it Item, o Outcome) error
	// Return gives the item back untouched: due now, its notes on it, no try counted. Errors: ErrLost, ErrUnavailable.
	Return(ctx context.Context, it Item) error
	// Pin puts a name into a small set that all processes share. Errors: ErrInvalid, ErrUnavailable.
	Pin(ctx context.Context, name string) error
	// Unpin takes a name out of it. Errors: ErrInvalid, ErrUnavailable.
	Unpin(ctx context.Context, name string) error
	// Pinned lists the set, sorted. Errors: ErrUnavailable.
	Pinned(ctx context.Context) ([]string, error)
	// Stats counts. Errors: ErrUnavailable.
	Stats(ctx context.Context) (Stats, error)
	// Ping asks whether the store answers. Errors: ErrUnavailable.
	Ping(ctx context.Context) error
	// Close frees what the queue holds, and makes a waiting Take return ErrClosed. What is stored stays stored.
	Close() error
}

// valid refuses what cannot be stored as it is. The message quotes nothing: the text may be a stranger's.
func valid(what, s string, limit int) error {
	switch {
	case s == "" || len(s) > limit:
		return fmt.Errorf("%w: a %s has 1 to %d bytes, this one has %d", ErrInvalid, what, limit, len(s))
	case !utf8.ValidString(s) || strings.ContainsAny(s, "\r\n\x00"):
		return fmt.Errorf("%w: a %s is UTF-8 without line breaks and zero bytes", ErrInvalid, what)
	}
	return nil
}

func validAdd(key string, notes []string) error {
	if err := valid("key", key, MaxKey); err != nil {
		return err
	}
	for _, note := range notes {
		if err := valid("note", note, MaxNote); err != nil {
			return err
		}
	}
	return nil
}

// millis rounds up, so that nothing is due too early; negative times are none.
func millis(d time.Duration) int64 {
	if d <= 0 {
		return 0
	}
	ms := d.Milliseconds()
	if d%time.Millisecond != 0 {
		ms++
	}
	return ms
}

// merge joins notes: older ones first, a note that comes again counts as new, the oldest beyond MaxNotes are dropped.
func merge(older, newer []string) []string {
	all := append(append([]string(nil), older...), newer...)
	seen := make(map[string]bool, len(all))
	from := len(all)
	for i := len(all) - 1; i >= 0 && len(all)-from < MaxNotes; i-- {
		if note := all[i]; !seen[note] {
			seen[note] = true
			from--
			all[from] = note
		}
	}
	return all[from:]
}
