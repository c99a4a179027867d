package siege

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// deadline is how long a test waits for what another process does. Nothing is measured
// by it: a machine that is slow only takes longer.
const deadline = 90 * time.Second

// binary is the environment variable with the path of the program under test, for a run
// against a binary that was built elsewhere.
const binary = "ANDON_TEST_BINARY"

func TestMain(m *testing.M) { os.Exit(withBinary(m)) }

// withBinary builds the program once and runs the tests.
func withBinary(m *testing.M) int {
	if os.Getenv(binary) != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "siege")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "andon")
	if said, err := exec.Command("go", "build", "-o", path, "andon/cmd/andon").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build andon: %v\n%s", err, said)
		return 1
	}
	if err := os.Setenv(binary, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// until looks again and again, until nothing is missing.
func until(t testing.TB, what string, missing func() error) {
	t.Helper()
	end := time.NewTimer(deadline)
	defer end.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := missing()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-end.C:
			t.Fatalf("%s: still not so after %s: %v", what, deadline, err)
		}
	}
}

// must fails the test.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
