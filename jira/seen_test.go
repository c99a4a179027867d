package jira

import (
	"testing"
	"time"
)

// A task is closed between the moment in which it is read and the search that tells of it again.
func TestOfTwoSightingsInOneLookTheEarlierCounts(t *testing.T) {
	read := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, order := range [][]time.Duration{{0, time.Second}, {time.Second, 0}} {
		var s sightings
		for _, d := range order {
			s.note("10001", read.Add(d))
		}
		if at := s.issues()["10001"]; !at.Equal(read) {
			t.Errorf("noted in the order %v it was seen at %v, want %v", order, at, read)
		}
	}
}
