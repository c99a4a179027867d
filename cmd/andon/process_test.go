package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// runAsProgram makes this test binary be andon itself, so that the tests of whole
// processes need no second build and run with the race detector where the tests do.
const runAsProgram = "TEST_BINARY_IS_ANDON"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// deadline is how long a test waits for what another process does.
const deadline = 30 * time.Second

// process is one andon process.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	gone chan struct{}

	mu   sync.Mutex
	said bytes.Buffer // output and errors
}

// Write keeps what the process says.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(b)
}

// text is what the process has said so far.
func (p *process) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// launch starts a process with nothing in its environment but what is given.
func launch(t *testing.T, environ []string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: exec.Command(self, args...), gone: make(chan struct{})}
	p.cmd.Env = append([]string{runAsProgram + "=1", "HOME=" + t.TempDir()}, environ...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.gone)
		if err := p.cmd.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
			t.Errorf("wait for %v: %v", args, err)
		}
	}()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("%v said:\n%s", args, p.text())
		}
	})
	return p
}

// kill ends the process without any warning, and waits until it is gone.
func (p *process) kill() {
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Errorf("kill: %v", err)
	}
	<-p.gone
}

// end asks the process to stop and gives its exit status.
func (p *process) end() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatalf("SIGTERM: %v", err)
	}
	return p.status()
}

// status waits for the end of the process and gives its exit status.
func (p *process) status() int {
	p.t.Helper()
	select {
	case <-p.gone:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(deadline):
		p.t.Fatal("the process does not end")
		return -1
	}
}

// hears waits for a line that f takes and gives what f makes of it.
func (p *process) hears(what string, f func(line string) string) string {
	p.t.Helper()
	var found string
	until(p.t, what, func() error {
		select {
		case <-p.gone:
			p.t.Fatalf("%s: the process has ended:\n%s", what, p.text())
		default:
		}
		lines := bufio.NewScanner(strings.NewReader(p.text()))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if found = f(lines.Text()); found != "" {
				return nil
			}
		}
		return fmt.Errorf("not in:\n%s", p.text())
	})
	return found
}

// until looks again and again, until nothing is missing.
func until(t *testing.T, what string, missing func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := missing()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s: still not so after %s: %v", what, deadline, err)
		}
	}
}

// jiraProcess is a simulated Jira in a process of its own.
type jiraProcess struct {
	*process
	url   string
	cloud bool
}

// launchJira starts "demo --jira-only".
func launchJira(t *testing.T, flavour string) *jiraProcess {
	t.Helper()
	j := &jiraProcess{cloud: flavour == "cloud", process: launch(t, nil, "demo", "--jira-only", "--flavour", flavour, "--jira-listen", "127.0.0.1:0")}
	j.url = j.hears("the address of the simulated Jira", func(line string) string { return after(line, "jira: ") })
	return j
}

// after is the rest of a line that begins with prefix.
func after(line, prefix string) string {
	rest, _ := strings.CutPrefix(line, prefix)
	if rest == line {
		return ""
	}
	return rest
}

// ask makes a call as a person and decodes the answer into v.
func (j *jiraProcess) ask(who, method, path, body string, v any) error {
	req, err := http.NewRequest(method, j.url+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	if j.cloud {
		who += "@example.com"
	}
	req.SetBasicAuth(who, demoPassword)
	req.Header.Set("Content-Type", "application/json")
	res, err := new(http.Client).Do(req) // not the default one, which an andon in this process changes
	if err != nil {
		return err
	}
	text, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", method, path, res.Status, text)
	}
	if v == nil {
		return nil
	}
	return json.Unmarshal(text, v)
}

// must makes a call that has to be taken.
func (j *jiraProcess) must(who, method, path, body string, v any) {
	j.t.Helper()
	if err := j.ask(who, method, path, body, v); err != nil {
		j.t.Fatal(err)
	}
}

// label adds a label as a person.
func (j *jiraProcess) label(who, key, label string) {
	j.t.Helper()
	j.must(who, http.MethodPut, "/rest/api/2/issue/"+key, fmt.Sprintf(`{"update":{"labels":[{"add":%q}]}}`, label), nil)
}

// plan creates a sprint on the board of SHOP and gives its id.
func (j *jiraProcess) plan(name string) int64 {
	j.t.Helper()
	var made struct{ ID int64 }
	j.must("sm", http.MethodPost, "/rest/agile/1.0/sprint", fmt.Sprintf(`{"name":%q,"originBoardId":1}`, name), &made)
	return made.ID
}

// serveEnv are the settings for an andon that looks after this Jira.
func (j *jiraProcess) serveEnv(more ...string) []string {
	email := "andon"
	if j.cloud {
		email = "andon@example.com"
	}
	return append([]string{"ANDON_JIRA_URL=" + j.url, "ANDON_JIRA_EMAIL=" + email, "ANDON_JIRA_TOKEN=" + demoPassword, "ANDON_LISTEN=127.0.0.1:0",
		"ANDON_WEBHOOK_SECRET=" + hintSecret, "ANDON_WEBHOOK_PATH_TOKEN=" + hintSecret, "ANDON_RESYNC=1s", "ANDON_SWEEP=1s", "ANDON_JIRA_RPS=200"}, more...)
}

// andonProcess is an andon in a process of its own.
type andonProcess struct {
	*process
	url string
}

// launchAndon starts "serve" and learns from its log where it listens.
func launchAndon(t *testing.T, environ []string) *andonProcess {
	t.Helper()
	a := &andonProcess{process: launch(t, environ, "serve")}
	a.url = "http://" + a.hears("andon's address", func(line string) string {
		var log struct{ Msg, Listen string }
		if json.Unmarshal([]byte(line), &log) != nil || log.Msg != "andon serves" {
			return ""
		}
		return log.Listen
	})
	return a
}

// register makes the simulated Jira send its webhooks to andon.
func (j *jiraProcess) register(a *andonProcess) {
	j.t.Helper()
	path, hook := "/rest/webhooks/1.0/webhook", map[string]any{"name": "andon", "url": a.url + "/webhooks/jira", "secret": hintSecret, "events": webhookEvents()}
	if !j.cloud {
		path, hook["url"] = "/rest/jira-webhook/1.0/webhooks", a.url+"/webhooks/jira/"+hintSecret
	}
	body, err := json.Marshal(hook)
	if err != nil {
		j.t.Fatal(err)
	}
	j.must("andon", http.MethodPost, path, string(body), nil)
}

// redisProcess starts a redis-server on a socket and gives its address. Where there is
// none the test is left out, unless everything is required.
func redisProcess(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
			t.Fatal("redis-server is required here and missing")
		}
		t.Skip("there is no redis-server")
	}
	dir, err := os.MkdirTemp("", "andon") //nolint:usetesting // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	cmd := exec.Command(program, "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(cmd.Process.Kill(), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
			t.Error(err)
		}
	})
	until(t, "redis-server listens", func() error { _, err := os.Stat(socket); return err })
	return "unix://" + socket
}
