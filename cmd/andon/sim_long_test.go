package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A long run plays its seeds in processes of their own, one for each processor: in each
// of them one thing happens at a time, so that a second processor would only be waited for.
const (
	// shortRun is how many seeds are played without being asked for more.
	shortRun = 6
	// chunk is how many seeds a process plays.
	chunk = 100
	// lastCall is how long before the test's own deadline no chunk is begun any more.
	lastCall = 90 * time.Second
)

// longRun is what the processes of a long run share.
type longRun struct {
	t        *testing.T
	mu       sync.Mutex
	next     uint64
	end      uint64
	step     uint64
	sum      figures
	played   uint64
	bad      int
	deadline time.Time
}

// TestLongRun plays as many seeds as ANDON_TEST_LONG says, from ANDON_TEST_SEED on, on
// all processors, and prints the table. Where the test's own -timeout comes first, it
// stops in time and says how many it has played.
func TestLongRun(t *testing.T) {
	t.Parallel()
	r := &longRun{t: t, next: 1, sum: figures{by: map[string]int{}}, step: shortRun / 2}
	n := uint64(shortRun)
	if text := os.Getenv("ANDON_TEST_LONG"); text != "" {
		var err error
		if n, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("ANDON_TEST_LONG: %v", err)
		}
		r.next, _ = seeds(t)
		r.step = chunk
	}
	r.end = r.next + n
	if limit, ok := t.Deadline(); ok {
		r.deadline = limit.Add(-lastCall)
	}
	began := time.Now()
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(r.work)
	}
	wg.Wait()
	spent := time.Since(began).Round(time.Second)
	t.Logf("\n%s\n| time on %d processors | %s |", r.sum.table(r.played, r.bad), runtime.NumCPU(), spent)
	if r.played == 0 {
		t.Error("no seed was played")
	}
	if r.played >= simSeeds {
		r.sum.complete(t)
	}
}

// work plays chunks until none is left, or until it is time to stop.
func (r *longRun) work() {
	for {
		r.mu.Lock()
		from, n := r.next, min(r.step, r.end-r.next)
		late := !r.deadline.IsZero() && time.Until(r.deadline) < 0
		r.next += n
		r.mu.Unlock()
		if n == 0 || late {
			return
		}
		f, bad, err := r.chunk(from, n)
		r.mu.Lock()
		switch {
		case err != nil:
			r.t.Errorf("seeds from %d: %v", from, err)
		default:
			r.sum.add(f)
			r.played, r.bad = r.played+n, r.bad+bad
		}
		r.mu.Unlock()
	}
}

// chunk plays seeds in a process of its own.
func (r *longRun) chunk(from, n uint64) (figures, int, error) {
	path := filepath.Join(r.t.TempDir(), "figures")
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Hour)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestSimulation$", "-test.v", "-test.timeout", "0")
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOGC=400", "GODEBUG=asyncpreemptoff=1", fmt.Sprintf("ANDON_TEST_SEED=%d", from), fmt.Sprintf("ANDON_TEST_SEEDS=%d", n), "ANDON_TEST_FIGURES="+path)
	out, err := cmd.CombinedOutput()
	bad := strings.Count(string(out), ": seed ")
	if err != nil {
		r.t.Errorf("%s", out)
	}
	raw, readErr := os.ReadFile(path)
	if readErr != nil {
		return figures{}, bad, errors.Join(err, readErr)
	}
	var kept keptFigures
	if err := json.Unmarshal(raw, &kept); err != nil {
		return figures{}, bad, fmt.Errorf("read the figures: %w", err)
	}
	return kept.figures(), bad, nil
}

// keptFigures are the figures as one process hands them to another.
type keptFigures struct {
	Acts, Calls, Checks int
	By                  map[string]int
}

func (k keptFigures) figures() figures {
	return figures{acts: k.Acts, calls: k.Calls, checks: k.Checks, by: k.By}
}

// hand writes the figures where the process that asked for them reads them.
func (f figures) hand(t *testing.T) {
	t.Helper()
	path := os.Getenv("ANDON_TEST_FIGURES")
	if path == "" {
		return
	}
	raw, err := json.Marshal(keptFigures{Acts: f.acts, Calls: f.calls, Checks: f.checks, By: f.by})
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		t.Errorf("hand over the figures: %v", err)
	}
}
