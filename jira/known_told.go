package jira

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
