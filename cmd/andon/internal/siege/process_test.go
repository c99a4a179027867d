package siege

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// andon is one replica: a process that can be killed and started again with the same
// settings. Each start listens on a port of its own.
type andon struct {
	t   testing.TB
	env []string

	mu   sync.Mutex // guards what follows, since the balancer looks for who lives
	cmd  *exec.Cmd
	gone chan struct{}
	url  string
	said *bytes.Buffer
}

// Write keeps what the process says.
func (a *andon) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said.Write(p)
}

// text is what all lives of the replica have said.
func (a *andon) text() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said.String()
}

// address is where it listens, or nothing while it does not.
func (a *andon) address() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.url
}

// pid is the number of its process.
func (a *andon) pid() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.cmd.Process.Pid
}

// newAndon makes a replica that does not run yet.
func newAndon(t testing.TB, env []string) *andon {
	t.Helper()
	a := &andon{t: t, env: append([]string{"HOME=" + t.TempDir()}, env...), said: &bytes.Buffer{}}
	t.Cleanup(func() {
		a.kill()
		if t.Failed() {
			text := a.text()
			t.Logf("andon said:\n…%s", text[max(0, len(text)-6000):])
		}
	})
	return a
}

// start begins a life and waits until it listens.
func (a *andon) start() {
	a.t.Helper()
	from := len(a.text())
	cmd := exec.Command(os.Getenv(binary), "serve")
	cmd.Env, cmd.Stdout, cmd.Stderr = a.env, a, a
	must(a.t, cmd.Start())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if err := cmd.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
			a.t.Errorf("wait for andon: %v", err)
		}
	}()
	a.mu.Lock()
	a.cmd, a.gone = cmd, gone
	a.mu.Unlock()
	until(a.t, "andon listens", func() error {
		select {
		case <-gone:
			a.t.Fatalf("andon has ended:\n%s", a.text()[from:])
		default:
		}
		for line := range strings.Lines(a.text()[from:]) {
			var log struct{ Msg, Listen string }
			if json.Unmarshal([]byte(line), &log) == nil && log.Msg == "andon serves" {
				a.mu.Lock()
				a.url = "http://" + log.Listen
				a.mu.Unlock()
				return nil
			}
		}
		return errors.New("not yet")
	})
}

// kill ends it like a power cut (kill -9) and waits until it is gone.
func (a *andon) kill() {
	a.t.Helper()
	a.mu.Lock()
	cmd, gone := a.cmd, a.gone
	a.url = ""
	a.mu.Unlock()
	if cmd == nil {
		return
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		a.t.Errorf("kill andon: %v", err)
	}
	<-gone
}

// signal sends a signal to the process.
func (a *andon) signal(s syscall.Signal) {
	a.t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.cmd.Process.Signal(s); err != nil {
		a.t.Errorf("%v: %v", s, err)
	}
}

// end asks it to stop and gives its exit status.
func (a *andon) end() int {
	a.t.Helper()
	a.signal(syscall.SIGTERM)
	select {
	case <-a.gone:
		a.mu.Lock()
		a.url = ""
		a.mu.Unlock()
		return a.cmd.ProcessState.ExitCode()
	case <-time.After(deadline):
		a.t.Fatal("andon does not end")
		return -1
	}
}

// hears waits for a text in the log.
func (a *andon) hears(text string) {
	a.t.Helper()
	until(a.t, fmt.Sprintf("andon says %q", text), func() error {
		if !strings.Contains(a.text(), text) {
			return errors.New("not said")
		}
		return nil
	})
}
