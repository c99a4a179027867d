package rules

import (
	_ "embed" // the default playbook
	"slices"
)

//go:embed playbook.yaml
var defaultPlaybook []byte

// Gate says what waits for a task.
type Gate string

// The gates.
const (
	// NoGate: nothing waits for the task.
	NoGate Gate = ""
	// ReturnToService: the system returns to service only when the task is done.
	ReturnToService Gate = "rts"
	// RootCause: planning is free again only when the task is closed.
	RootCause Gate = "rc"
)

// Entry is a task of the playbook.
type Entry struct {
	ID      string
	Title   string
	Purpose string
	Done    string
	Owner   string
	// Kinds are the kinds of disaster that get the task; none means all.
	Kinds []Kind
	Gate  Gate
}

// Playbook is the list of tasks that a disaster gets, in order.
type Playbook struct{ Entries []Entry }

// For are the entries that a disaster of the given kinds gets, in the playbook's order.
func (p Playbook) For(kinds []Kind) []Entry {
	var out []Entry
	for _, e := range p.Entries {
		if len(e.Kinds) == 0 || slices.ContainsFunc(e.Kinds, func(k Kind) bool { return slices.Contains(kinds, k) }) {
			out = append(out, e)
		}
	}
	return out
}

// RootCause is the entry whose closing ends the freeze.
func (p Playbook) RootCause() Entry {
	i := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.Gate == RootCause })
	if i < 0 {
		return Entry{}
	}
	return p.Entries[i]
}

// Entry finds an entry by its id.
func (p Playbook) Entry(id string) (Entry, bool) {
	i := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return p.Entries[i], true
}

// DefaultPlaybook is the playbook that andon carries with it.
func DefaultPlaybook() Playbook {
	p, err := ParsePlaybook(defaultPlaybook)
	if err != nil { // a test parses the embedded file, so this cannot happen in a build that passed it
		return Playbook{}
	}
	return p
}
