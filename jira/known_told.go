package jira

import (
	"strings"
	"time"

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

// channelRest is how long a channel that failed is left alone.
const channelRest = 30 * time.Second

// rest leaves a channel alone for a moment.
func (k *Known) rest(channel string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.rests == nil {
		k.rests = map[string]time.Time{}
	}
	k.rests[channel] = k.now().Add(channelRest)
}

// resting says whether a channel failed a moment ago.
func (k *Known) resting(channel string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.now().Before(k.rests[channel])
}
