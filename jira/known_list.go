package jira

import (
	"slices"
	"time"
)

// seenList is a project's list of open disasters as this process saw it last.
type seenList struct {
	at  time.Time
	ids []string
}

// setList notes the list after a look, with the moment of that look.
func (k *Known) setList(projectKey string, ids []string, at time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lists == nil {
		k.lists = map[string]seenList{}
	}
	k.lists[projectKey] = seenList{at: at, ids: slices.Clone(ids)}
}

// struckOff says whether a disaster stood on the project's list at this process' last
// look and does not any more on a list that andon has written since: another replica has
// seen its story end. A list that somebody else deleted, changed or put back as it once
// was says nothing.
func (k *Known) struckOff(projectKey, id string, now projectMemory) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	seen := k.lists[projectKey]
	return slices.Contains(seen.ids, id) && !slices.Contains(now.Disasters, id) && now.At.After(seen.at)
}
