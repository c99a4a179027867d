package main

import "fmt"

// checkNotify judges the addresses at which people are told, without ever printing one:
// the whole address is a secret.
func checkNotify(c Config) Faults {
	var faults Faults
	seen := make(map[Secret]bool)
	for i, address := range c.NotifyURLs {
		_, problem := parseTarget(address.Reveal())
		if problem == nil && seen[address] {
			problem = &targetFault{"is there twice", "name each address once"}
		}
		if problem != nil {
			faults = append(faults, Fault{"ANDON_NOTIFY_URLS", fmt.Sprintf("address %d %s (its value is not shown)", i+1, problem.found), problem.want})
		}
		seen[address] = true
	}
	return faults
}
