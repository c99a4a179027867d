// Package shelf keeps small named values for whoever shows them: what the worker saw last is
// put on it, and the status page reads it, perhaps in another process. It knows neither what
// the values mean nor who reads them.
//
// A shelf may forget everything: whoever puts values there does so again at the next look.
package shelf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Bounds on what is kept.
const (
	MaxName  = 256       // bytes in a name
	MaxValue = 512 << 10 // bytes in a value
)

var (
	// ErrUnavailable says that the store cannot be used now; the same call may succeed later.
	ErrUnavailable = errors.New("the shelf is unavailable")
	// ErrInvalid says that a name or a value cannot be kept; the same call will never succeed.
	ErrInvalid = errors.New("not a valid name or value")
)

// Shelf keeps values by name. All methods may be called at once from many goroutines, and
// return within the deadline of their context, or a few seconds if that has none.
type Shelf interface {
	// Put keeps a value, instead of one of the same name. Errors: ErrInvalid, ErrUnavailable.
	Put(ctx context.Context, name string, value []byte) error
	// Delete forgets a value; one that is not there is no error. Errors: ErrUnavailable.
	Delete(ctx context.Context, name string) error
	// Get gives a value, and whether it is there. Errors: ErrUnavailable.
	Get(ctx context.Context, name string) ([]byte, bool, error)
	// All gives all values by name. Errors: ErrUnavailable.
	All(ctx context.Context) (map[string][]byte, error)
	// Changes gives a channel that holds something after values have changed, here or in
	// another process. Several changes may be told as one, and some may be told that are
	// none. Stop ends it; calling it twice is fine.
	Changes() (changed <-chan struct{}, stop func())
	// Close frees what the shelf holds. What is kept stays kept, if the store outlives it.
	Close() error
}

// valid refuses what cannot be kept. The message quotes nothing: the text may be a stranger's.
func valid(name string, value []byte) error {
	switch {
	case name == "" || len(name) > MaxName:
		return fmt.Errorf("%w: a name has 1 to %d bytes, this one has %d", ErrInvalid, MaxName, len(name))
	case !utf8.ValidString(name) || strings.ContainsAny(name, "\r\n\x00"):
		return fmt.Errorf("%w: a name is UTF-8 without line breaks and zero bytes", ErrInvalid)
	case len(value) > MaxValue:
		return fmt.Errorf("%w: a value has up to %d bytes, this one has %d", ErrInvalid, MaxValue, len(value))
	}
	return nil
}

// bell wakes everybody who listens.
type bell struct {
	mu        sync.Mutex
	listeners map[chan struct{}]struct{}
}

// listen adds a listener.
func (b *bell) listen() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners == nil {
		b.listeners = map[chan struct{}]struct{}{}
	}
	b.listeners[ch] = struct{}{}
	return ch, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, ch)
	}
}

// ring wakes all listeners; who has not yet looked since the last ring needs no second one.
func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ch := range b.listeners {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}
