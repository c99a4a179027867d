package apispec

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Court judges exchanges, many at once, remembers those that it has seen, and counts.
type Court struct {
	spec *Spec
	mu   sync.Mutex
	seen map[[sha256.Size]byte]Verdict
	tale map[string]*Count
}

// Count says how often an operation was judged.
type Count struct {
	Operation string
	Described bool
	Exchanges int // in which the call, or the call and its answer, were judged
	Excused   int
	Findings  int
}

// NewCourt is a court that goes by a description.
func NewCourt(s *Spec) *Court {
	return &Court{spec: s, seen: map[[sha256.Size]byte]Verdict{}, tale: map[string]*Count{}}
}

// Judge holds an exchange against the description.
func (c *Court) Judge(x Exchange) (Verdict, error) {
	key := x.key()
	c.mu.Lock()
	v, known := c.seen[key]
	c.mu.Unlock()
	if !known {
		var err error
		if v, err = c.spec.Judge(x); err != nil {
			return v, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[key] = v
	n := c.tale[v.Operation]
	if n == nil {
		n = &Count{Operation: v.Operation, Described: v.Described}
		c.tale[v.Operation] = n
	}
	n.Exchanges++
	n.Excused += len(v.Excused)
	n.Findings += len(v.Findings)
	return v, nil
}

// Counts are the operations that were judged, by name.
func (c *Court) Counts() []Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Count
	for _, name := range slices.Sorted(maps.Keys(c.tale)) {
		out = append(out, *c.tale[name])
	}
	return out
}

// key tells exchanges apart that could be judged differently.
func (x Exchange) key() [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %v %s %d %s\n%d\n", x.Method, x.Target, x.DataCenter, x.Header.Get("Content-Type"), x.Status, x.Answer.Get("Content-Type"), len(x.Body))
	h.Write(x.Body)
	h.Write(x.Text)
	return [sha256.Size]byte(h.Sum(nil))
}
