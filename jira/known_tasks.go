package jira

import "slices"

// noteTask notes a task that was created without a link to its disaster.
func (k *Known) noteTask(disaster, task string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.unlinked == nil || len(k.unlinked) >= maxNoted {
		k.unlinked = map[string][]string{}
	}
	k.unlinked[disaster] = append(k.unlinked[disaster], task)
}

// tasksOf are the tasks that this process created without a link to a disaster.
func (k *Known) tasksOf(disaster string) []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Clone(k.unlinked[disaster])
}
