package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// simSeeds is how many seeds are played without being asked for more.
const simSeeds = 60

// seeds reads the seeds that are asked for.
func seeds(t *testing.T) (first, n uint64) {
	t.Helper()
	first, n = 1, simSeeds
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
	first, n := seeds(t)
	sum := figures{by: map[string]int{}}
	bad := 0
	for number := first; number < first+n && bad < 5; number++ {
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
	row("seeds", int(seeds)) //nolint:gosec // a count
	row("acts of people", f.acts)
	row("calls to Jira", f.calls)
	for _, kind := range slices.Sorted(func(yield func(string) bool) {
		for k := range f.by {
			if !yield(k) {
				return
			}
		}
	}) {
		row(kind, f.by[kind])
	}
	row("invariants checked", f.checks)
	row("violations", bad)
	return strings.Join(rows, "\n")
}
