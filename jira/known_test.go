package jira

import (
	"sync"
	"testing"
	"time"
)

func TestWatchedProjectsAreThoseThatWereSet(t *testing.T) {
	k := NewKnown(newFakeClock().Now)
	equal(t, "watched at first", false, k.Watched("SHOP"))
	k.SetWatched("SHOP", true)
	k.SetWatched("BLOG", true)
	k.SetWatched("BLOG", false)
	equal(t, "watched", []string{"SHOP"}, k.WatchedProjects())
	k.ReplaceWatched([]string{"OPS", "BLOG"})
	equal(t, "watched by the others", []string{"BLOG", "OPS"}, k.WatchedProjects())
	equal(t, "SHOP is no longer watched", false, k.Watched("SHOP"))
}

func TestABoardIsBelievedForAWhile(t *testing.T) {
	clock := newFakeClock()
	k := NewKnown(clock.Now)
	k.setBoard(Board{ID: 1, Location: &Location{ProjectKey: "SHOP"}})
	k.setBoard(Board{ID: 2})
	for _, c := range []struct {
		board int64
		key   string
		known bool
	}{{1, "SHOP", true}, {2, "", true}, {3, "", false}} {
		key, ok := k.ProjectOfBoard(c.board)
		equal(t, "project", c.key, key)
		equal(t, "known", c.known, ok)
	}
	noError(t, clock.Sleep(t.Context(), boardLife+time.Second))
	if _, ok := k.ProjectOfBoard(1); ok {
		t.Error("a board is believed after its time")
	}
}

func TestABoardIsForgottenWhenItChanges(t *testing.T) {
	k := NewKnown(newFakeClock().Now)
	k.setBoard(Board{ID: 1, Location: &Location{ProjectKey: "SHOP"}})
	k.forgetBoard(1)
	if _, ok := k.ProjectOfBoard(1); ok {
		t.Error("a board that has changed is still believed")
	}
}

func TestOpenDisastersAreRememberedByProject(t *testing.T) {
	k := NewKnown(newFakeClock().Now)
	k.setOpen("SHOP", map[string]openOne{"10005": {frozen: true}, "10004": {}, "10003": {doubted: true}})
	equal(t, "open", []string{"10003", "10004", "10005"}, k.openOf("SHOP"))
	equal(t, "frozen", true, k.wasFrozen("SHOP", "10005"))
	equal(t, "only proposed", false, k.wasFrozen("SHOP", "10004"))
	equal(t, "only held", false, k.wasFrozen("SHOP", "10003"))
	equal(t, "held", true, k.wasDoubted("SHOP", "10003"))
	equal(t, "more than held", false, k.wasDoubted("SHOP", "10005"))
	equal(t, "unknown", false, k.wasFrozen("SHOP", "1"))
	equal(t, "other project", false, k.wasFrozen("BLOG", "10005"))
	k.setOpen("SHOP", nil)
	equal(t, "open in the end", 0, len(k.openOf("SHOP")))
}

func TestAnIssueIsSettledOnlyAsItWas(t *testing.T) {
	clock := newFakeClock()
	k := NewKnown(clock.Now)
	at := clock.Now()
	equal(t, "at first", false, k.settledAt("1", at))
	k.setSettled("1", at)
	equal(t, "as it was", true, k.settledAt("1", at))
	equal(t, "touched since", false, k.settledAt("1", at.Add(time.Second)))
}

func TestARefusedPropertyIsLeftAloneForAWhile(t *testing.T) {
	clock := newFakeClock()
	k := NewKnown(clock.Now)
	equal(t, "at first", false, k.muted("10000"))
	k.setMute("10000")
	equal(t, "after a refusal", true, k.muted("10000"))
	equal(t, "another project", false, k.muted("10001"))
	noError(t, clock.Sleep(t.Context(), 2*time.Hour))
	equal(t, "later", false, k.muted("10000"))
}

func TestProjectsToRecallAreListedOnce(t *testing.T) {
	k := NewKnown(newFakeClock().Now)
	if _, _, listed := k.toRecall(); listed {
		t.Error("listed before anybody asked")
	}
	k.setToRecall([]string{"SHOP"}, 0)
	pending, _, listed := k.toRecall()
	equal(t, "listed", true, listed)
	equal(t, "pending", []string{"SHOP"}, pending)
}

func TestManyMayRememberAtOnce(t *testing.T) {
	k := NewKnown(newFakeClock().Now)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 50 {
				id := int64(i*100 + n)
				k.setBoard(Board{ID: id, Location: &Location{ProjectKey: "SHOP"}})
				if key, ok := k.ProjectOfBoard(id); !ok || key != "SHOP" {
					t.Errorf("board %d is in %q, known %v", id, key, ok)
				}
				k.SetWatched("SHOP", n%2 == 0)
				k.setOpen("SHOP", map[string]openOne{"1": {frozen: true}})
				k.setSettled("1", time.Time{})
				_ = k.WatchedProjects()
			}
		})
	}
	wg.Wait()
	equal(t, "open", []string{"1"}, k.openOf("SHOP"))
}

func TestAClockThatIsSetBackHoldsUpNoRecall(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	k := NewKnown(func() time.Time { return now })
	for _, step := range []struct {
		what    string
		by      time.Duration
		portion int
	}{
		{"the first portion", 0, recallPortion},
		{"at once after it", 0, 0},
		{"a minute later", time.Minute, 15},
		{"an hour back", -time.Hour, recallPortion},
		{"four seconds later", 4 * time.Second, 1},
		{"a second later", time.Second, 0},
		{"ten seconds after the last portion", 9 * time.Second, 2},
		{"an hour later", time.Hour, recallPortion},
	} {
		now = now.Add(step.by)
		if got := k.recallPortion(); got != step.portion {
			t.Errorf("%s: want %d, got %d", step.what, step.portion, got)
		}
	}
}
