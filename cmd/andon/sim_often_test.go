package main

import (
	"strings"
	"time"
)

// often are acts that the short run lets happen more often where a planted fault shows in
// few stories. A long run, with ANDON_TEST_SEEDS, finds every fault without.
func often() map[string]func(s *sim) (string, error) {
	return map[string]func(s *sim) (string, error){
		"an old label declares":                 (*sim).actWaitLong,
		"a root cause that was begun is closed": (*sim).actBeginCause,
		"the gate to service is always open":    (*sim).actRestored,
		"a relapse is overlooked":               (*sim).actCause,
		"a refused resolution frees planning":   (*sim).actCause,
		"a role that cannot be read is empty":   (*sim).actLabel,
		"issues that were planned stay":         (*sim).actPut,
		"a rehearsal is real":                   (*sim).actRehearse,
	}
}

func (s *sim) actWaitLong() (string, error) {
	s.clock.Advance(25 * time.Hour)
	return "25 hours pass", nil
}

func (s *sim) actRestored() (string, error) {
	id := s.target()
	return "po adds system-restored to " + s.key(id), s.person("po").AddLabel(id, "system-restored")
}

func (s *sim) actBeginCause() (string, error) {
	for _, task := range s.tasksOf(s.targets[0]) {
		if strings.HasSuffix(task.Summary, rootCauseTitle) {
			return "dev begins " + task.Summary, s.person("dev").Transition(task.Key, "In Progress")
		}
	}
	return "there is no root cause to begin", nil
}

func (s *sim) actRehearse() (string, error) {
	id := s.target()
	return "po rehearses on " + s.key(id), s.person("po").AddLabel(id, "disaster-rehearsal", "disaster")
}
