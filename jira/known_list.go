package jira

import (
	"slices"
	"time"
)

// seenList is a project's list of open disasters as this process saw or wrote it last.
type seenList struct {
	at  time.Time
	ids []string
}

// next is the moment that the next list carries: later than this one's whatever the
// clocks of two replicas say, so that it can be told which list came first.
func (m projectMemory) next(now time.Time) time.Time {
	if now.After(m.At) {
		return now
	}
	return m.At.Add(time.Millisecond)
}

// setList notes the list after a look.
func (k *Known) setList(projectKey string, list projectMemory) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lists == nil {
		k.lists = map[string]seenList{}
	}
	k.lists[projectKey] = seenList{at: list.At, ids: slices.Clone(list.Disasters)}
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
