package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// simSeeds is how many seeds are played without being asked for more.
const simSeeds = 60

// seeds reads the seeds that are asked for.
func seeds(t *testing.T) (first, n uint64) {
	t.Helper()
	first, n = 1, less(uint64(simSeeds))
	for name, to := range map[string]*uint64{"ANDON_TEST_SEED": &first, "ANDON_TEST_SEEDS": &n} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		v, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		*to = v
	}
	if os.Getenv("ANDON_TEST_SEED") != "" && os.Getenv("ANDON_TEST_SEEDS") == "" {
		n = 1
	}
	return first, n
}

// TestSimulation plays seeds and prints what was played. ANDON_TEST_SEEDS plays more of
// them, ANDON_TEST_SEED begins with another one, alone if no number is given.
func TestSimulation(t *testing.T) {
	t.Parallel()
	first, n := seeds(t)
	sum := figures{by: map[string]int{}}
	bad := 0
	for number := first; number < first+n && bad < 20; number++ {
		s := newSim(t, number, plant{})
		s.play()
		sum.add(s.figures)
		if len(s.faults) > 0 {
			bad++
			t.Errorf("seed %d:\n%s", number, strings.Join(s.story, "\n"))
			if os.Getenv("ANDON_TEST_TRACE") != "" {
				t.Log(strings.Join(s.trace, "\n"))
			}
		}
	}
	t.Log("\n" + sum.table(n, bad))
	sum.hand(t)
	if n >= simSeeds && os.Getenv("ANDON_TEST_FIGURES") == "" { // else the sum is another's
		sum.complete(t)
	}
}

// complete sees that what a run is made of did happen in it.
func (f figures) complete(t *testing.T) {
	t.Helper()
	for _, kind := range []string{"429", "403", "503 before", "502 after", "effect after the retry", "permission lost for a while", "clock set by an hour", "answer lost", "HTML", "cut answer", "crash between calls", "crash after a call", "clock jumps",
		"webhook lost", "webhook doubled", "webhook late", "webhook reordered", "search lags", "queue flushed"} {
		if f.by[kind] == 0 {
			t.Errorf("nothing of the kind %q happened", kind)
		}
	}
	if f.checks < 1000 || f.acts < 100 {
		t.Errorf("only %d checks and %d acts", f.checks, f.acts)
	}
}

// add adds the figures of a seed.
func (f *figures) add(o figures) {
	f.acts, f.calls, f.checks = f.acts+o.acts, f.calls+o.calls, f.checks+o.checks
	for kind, n := range o.by {
		f.by[kind] += n
	}
}

// table shows the figures.
func (f figures) table(seeds uint64, bad int) string {
	rows := []string{"| what | how many |", "|---|---|"}
	row := func(what string, n int) { rows = append(rows, fmt.Sprintf("| %s | %d |", what, n)) }
	row("seeds", int(seeds))
	row("acts of people", f.acts)
	row("calls to Jira", f.calls)
	for _, kind := range sortedNames(f.by) {
		row(kind, f.by[kind])
	}
	row("invariants checked", f.checks)
	row("violations", bad)
	return strings.Join(rows, "\n")
}

// TestASeedReplaysExactly plays seeds twice and compares every call, act and fault.
func TestASeedReplaysExactly(t *testing.T) {
	t.Parallel()
	n := less(uint64(8))
	if os.Getenv("ANDON_TEST_SEEDS") != "" {
		n = 100
	}
	for number := uint64(1); number <= n; number++ {
		first, second := newSim(t, number, plant{}), newSim(t, number, plant{})
		first.play()
		second.play()
		if first.mark() == second.mark() {
			continue
		}
		for i := range min(len(first.trace), len(second.trace)) {
			if first.trace[i] != second.trace[i] {
				t.Errorf("seed %d differs at line %d:\n%s\n%s", number, i, first.trace[i], second.trace[i])
				break
			}
		}
	}
}
