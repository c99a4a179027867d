package jira

import (
	"strings"

	"andon/rules"
)

// maxToldKnown bounds how many notices a process remembers; what the records say counts.
const maxToldKnown = 10_000

// wasTold says whether this process has handed a notice to its channel.
func (k *Known) wasTold(key string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.told[key]
}

// setTold notes that a channel has taken a notice.
func (k *Known) setTold(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.told) >= maxToldKnown {
		clear(k.told)
	}
	k.told[key] = true
}

// toldOn are the references of the notices on a disaster that this process has handed out.
func (k *Known) toldOn(disaster string) []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	var refs []string
	for _, key := range sortedKeys(k.told) {
		if ref, ours := strings.CutPrefix(key, rules.Notify{Disaster: disaster}.Key()); ours {
			refs = append(refs, ref)
		}
	}
	return refs
}
