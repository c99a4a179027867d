package scale

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"andon/webhook/queue"
)

// measure runs a site in virtual time. All replicas share one queue in memory.
func measure(t *testing.T, sz size) outcome {
	t.Helper()
	var out outcome
	synctest.Test(t, func(t *testing.T) {
		shared := queue.NewMemory(time.Now, queue.MemoryOptions{})
		s := newSite(t, sz, func() queue.Queue { return shared })
		out = s.run(func() { time.Sleep(20 * time.Minute) }) // what a start costs is over
	})
	return out
}

// sizes are the sites of the table: one disaster alone, and many at once with one, two and four
// replicas, then with a larger budget. tenth makes all of it a tenth.
func sizes(tenth int) []size {
	var out []size
	for _, at := range []struct {
		disasters, replicas int
		perSecond           float64
	}{{1, 1, 10}, {100, 1, 10}, {100, 2, 10}, {100, 4, 10}, {100, 1, 40}, {100, 4, 40}} {
		out = append(out, size{projects: 10_000 / tenth, boards: 200 / tenth, disasters: max(1, at.disasters/tenth), replicas: at.replicas, unfinished: 40, perSecond: at.perSecond, hasty: true})
	}
	return out
}

func TestScaleInFull(t *testing.T) {
	tenth := map[string]int{"full": 1, "tenth": 10}[os.Getenv("ANDON_SCALE")]
	if tenth == 0 {
		return // takes minutes; the small sites below assert the same
	}
	var text strings.Builder
	text.WriteString(siteHead)
	for _, sz := range sizes(tenth) {
		out := measure(t, sz)
		out.exact(t, sz)
		if err := out.row(&text, sz); err != nil {
			t.Fatal(err)
		}
	}
	floods(t, &text, "events/s", measure, inFlood(tenth))
	floods(t, &text, "events/s, on a Redis", onRedis, onOneRedis(tenth))
	text.WriteString("\n" + growthHead)
	for _, g := range growths(tenth) {
		if err := g.row(t, &text); err != nil {
			t.Fatal(err)
		}
	}
	t.Log("\n" + text.String())
}

func TestManyDisastersAtOnceAreAllCarriedOut(t *testing.T) {
	for _, replicas := range []int{1, 2} {
		sz := size{projects: 30, boards: 12, disasters: 10, replicas: replicas, unfinished: 5, perSecond: 10}
		out := measure(t, sz)
		out.exact(t, sz)
		if out.limited != 0 {
			t.Errorf("%d replicas: Jira refused %d calls", replicas, out.limited)
		}
	}
}

func TestAllLinesAreStoppedBeforeTheBudgetIsSpentOnAnythingElse(t *testing.T) {
	sz := size{projects: 60, boards: 50, disasters: 40, replicas: 1, unfinished: 5, perSecond: 10}
	out := measure(t, sz)
	if len(out.stopped) != sz.disasters {
		t.Fatalf("%d of %d lines were stopped", len(out.stopped), sz.disasters)
	}
	// Six reads, the scope, the record and the closing; and a few calls that went out before there was a debt.
	if each := float64(out.early) / float64(sz.disasters); each > 9.5 {
		t.Errorf("%.1f calls a disaster before the last line was stopped", each)
	}
	if each := float64(out.calls) / float64(sz.disasters); each > 14.5 {
		t.Errorf("%.1f calls a disaster in all", each)
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

func TestAFloodOfEventsKeepsNoDisasterWaiting(t *testing.T) {
	for _, replicas := range []int{1, 2} {
		sz := size{projects: 60, boards: 24, disasters: 12, open: 3, replicas: replicas, unfinished: 5, perSecond: 20, warm: 5}
		calm := measure(t, sz)
		sz.events = rate
		out := measure(t, sz)
		out.exact(t, sz)
		if out.limited != 0 || out.keys > sz.most() {
			t.Errorf("%d replicas: Jira refused %d calls, the queue held %d keys, at most %d are right", replicas, out.limited, out.keys, sz.most())
		}
		// Each event that was kept explains one look, and that is nine calls at most.
		t.Logf("%d replicas: %d and %d calls, %d and %d events kept, %d keys", replicas, calm.calls, out.calls, calm.kept, out.kept, out.keys)
		if more, kept := out.calls-calm.calls, out.kept-calm.kept; kept < 20 || more > 9*kept {
			t.Errorf("%d replicas: %d more events were kept, and %d more calls made", replicas, kept, more)
		}
	}
}
