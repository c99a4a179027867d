package jira

import (
	"testing"
	"time"
)

// A clock that is set back must not stop a replica from asking for what it has forgotten.
func TestTheClockMayJumpBetweenTwoPortionsOfARecall(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	k := NewKnown(func() time.Time { return now })
	if n := k.recallPortion(); n != recallPortion {
		t.Fatalf("%d projects at the start", n)
	}
	for _, step := range []struct {
		by   time.Duration
		want int
	}{{time.Second, 0}, {-time.Hour, recallPortion}, {10 * time.Second, 5}, {time.Hour, recallPortion}} {
		now = now.Add(step.by)
		if n := k.recallPortion(); n != step.want {
			t.Errorf("%d projects after %v, want %d", n, step.by, step.want)
		}
	}
}
