package jira

import (
	"encoding/json"
	"fmt"
	"slices"

	"andon/rules"
)

// sealMemory encodes what the project remembers. Where it would not fit, the kept records
// are shortened like those on the issues.
func (s Signer) sealMemory(m projectMemory) (json.RawMessage, error) {
	m.Kept = slices.Clone(m.Kept)
	for i := range m.Kept {
		m.Kept[i] = copied(m.Kept[i])
	}
	for {
		raw, err := s.seal("project", m)
		if err != nil || len(raw) <= maxProperty {
			return raw, err
		}
		if !slices.ContainsFunc(indexes(m.Kept), func(i int) bool { return shorten(&m.Kept[i]) }) {
			return nil, fmt.Errorf("memory of project %s: %d characters do not fit into an entity property", m.Project, len(raw))
		}
	}
}

// indexes are the places of a list.
func indexes(list []rules.Record) []int {
	out := make([]int, len(list))
	for i := range list {
		out[i] = i
	}
	return out
}

// copied is a record whose lists can be shortened without changing the original.
func copied(r rules.Record) rules.Record {
	r.Sprints, r.Returned = slices.Clone(r.Sprints), slices.Clone(r.Returned)
	return r
}
