package jira

import (
	"maps"
	"sync"
	"time"
)

// sightings are what a look has read, for later glances.
type sightings struct {
	mu     sync.Mutex
	issue  map[string]time.Time
	sprint map[int64]string
}

// note notes an issue as it was. Of two moments in one look the earlier counts: what was
// decided rests on it, and a change in between must not pass for seen.
func (s *sightings) note(id string, updated time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.issue == nil {
		s.issue = map[string]time.Time{}
	}
	if old, ok := s.issue[id]; !ok || updated.Before(old) {
		s.issue[id] = updated
	}
}

// board notes the sprints of a board.
func (s *sightings) board(id int64, list []Sprint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sprint == nil {
		s.sprint = map[int64]string{}
	}
	s.sprint[id] = printOf(list)
}

// issues are the issues as they were.
func (s *sightings) issues() map[string]time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.issue)
}

// boards are the sprints of the boards as they were.
func (s *sightings) boards() map[int64]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.sprint)
}
