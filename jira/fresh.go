package jira

import (
	"maps"
	"slices"
)

// fresh are the ids of the issues that a search has to see as they are now. The index of
// Cloud lags behind and forgets for a moment what has just changed; the issues that matter
// are those of which a webhook told, the candidates, and those that the caller names.
func (l *look) fresh(more ...string) []string {
	var ids []string
	for _, id := range slices.Concat(l.notes, slices.Sorted(maps.Keys(l.read)), more) {
		if number(id) > 0 && !slices.Contains(ids, id) && len(ids) < maxReconcile {
			ids = append(ids, id)
		}
	}
	return ids
}

// movedIn are the issues that the last look saw put into sprints during a freeze. Not all
// are taken out at once, so a search that forgets one of them would let it stay there.
func (k *Known) movedIn(projectID string) []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Clone(k.moved[projectID])
}

// setMoved replaces them.
func (k *Known) setMoved(projectID string, issues []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.moved == nil {
		k.moved = map[string][]string{}
	}
	k.moved[projectID] = issues
}
