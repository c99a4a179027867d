package scale

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// measure runs a site in virtual time.
func measure(t *testing.T, sz size) outcome {
	t.Helper()
	var out outcome
	synctest.Test(t, func(t *testing.T) { out = newSite(t, sz).run() })
	return out
}

// sizes are the sites of the table: one alone, a large one, with two and four replicas, and
// tenfold in each direction.
func sizes() []size {
	return []size{
		{projects: 1000, boards: 20, disasters: 1, replicas: 1, unfinished: 40, perSecond: 10},
		{projects: 1000, boards: 20, disasters: 10, replicas: 1, unfinished: 40, perSecond: 10},
		{projects: 10_000, boards: 200, disasters: 1, replicas: 1, unfinished: 40, perSecond: 10},
		{projects: 10_000, boards: 200, disasters: 100, replicas: 1, unfinished: 40, perSecond: 10},
		{projects: 10_000, boards: 200, disasters: 100, replicas: 2, unfinished: 40, perSecond: 10},
		{projects: 10_000, boards: 200, disasters: 100, replicas: 4, unfinished: 40, perSecond: 10},
		{projects: 10_000, boards: 200, disasters: 100, replicas: 4, unfinished: 40, perSecond: 40},
	}
}

func TestScaleInFull(t *testing.T) {
	if os.Getenv("ANDON_SCALE") != "full" {
		return // takes minutes; the small sites below assert the same
	}
	var table strings.Builder
	table.WriteString("| projects | boards | disasters | replicas | calls/s allowed | median | 99th | all done | calls each | 429 | deepest |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, sz := range sizes() {
		out := measure(t, sz)
		if len(out.stopped) != sz.disasters {
			t.Fatalf("%d of %d lines were stopped", len(out.stopped), sz.disasters)
		}
		if err := out.row(&table, sz); err != nil {
			t.Fatal(err)
		}
	}
	t.Log("\n" + table.String())
}

func TestManyDisastersAtOnceAreAllCarriedOut(t *testing.T) {
	for _, replicas := range []int{1, 2} {
		sz := size{projects: 30, boards: 12, disasters: 10, replicas: replicas, unfinished: 5, perSecond: 10}
		out := measure(t, sz)
		if len(out.stopped) != 10 || out.tasks != 90 || out.comments != 10 {
			t.Errorf("%d replicas: %d lines stopped, %d tasks, %d comments", replicas, len(out.stopped), out.tasks, out.comments)
		}
		if out.limited != 0 {
			t.Errorf("%d replicas: Jira refused %d calls", replicas, out.limited)
		}
	}
}

func TestWhatADisasterCostsDoesNotGrowWithTheSite(t *testing.T) {
	small := measure(t, size{projects: 10, boards: 5, disasters: 1, replicas: 1, unfinished: 5, perSecond: 10})
	large := measure(t, size{projects: 100, boards: 50, disasters: 1, replicas: 1, unfinished: 50, perSecond: 10})
	if small.calls != large.calls {
		t.Errorf("calls: %d on a small site, %d on one ten times as large", small.calls, large.calls)
	}
	for _, out := range []outcome{small, large} {
		if got := out.at(99); got > 4*latency+10*time.Millisecond {
			t.Errorf("a line was stopped after %v, want four round trips", got)
		}
	}
}
