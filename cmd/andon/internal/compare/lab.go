package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// patience is how long a process may take to start.
const patience = 30 * time.Second

// lab is where things are measured: a folder for what is built, and the processes that run.
type lab struct {
	opt      options
	progress io.Writer
	dir      string
}

func newLab(opt options, progress io.Writer) (*lab, error) {
	dir, err := os.MkdirTemp("", "compare")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	return &lab{opt: opt, progress: progress, dir: dir}, nil
}

func (l *lab) close() error { return os.RemoveAll(l.dir) }

// say tells whoever waits how far it is.
func (l *lab) say(format string, args ...any) {
	_, _ = fmt.Fprintf(l.progress, format+"\n", args...)
}

// pick is one of two figures: that for a quick look, or the real one.
func (l *lab) pick(quick, full int) int {
	if l.opt.quick {
		return quick
	}
	return full
}

// build compiles a package as it is released and gives the path of the program.
func (l *lab) build(ctx context.Context, name, in, pkg string) (string, error) {
	path := filepath.Join(l.dir, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, pkg) // #nosec G204 -- our own packages
	cmd.Dir, cmd.Env = in, append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w: %s", name, err, said)
	}
	return path, nil
}

// peer compiles one of the other programs. They are a module of their own, so that andon does not depend on what it is
// only compared with.
func (l *lab) peer(ctx context.Context, name string) (string, error) {
	return l.build(ctx, name, filepath.Join("cmd", "andon", "internal", "compare", "testdata", "peers"), "./"+name)
}

// process is a program that is measured from outside.
type process struct {
	cmd  *exec.Cmd
	said bytes.Buffer
	gone chan error
	addr string
}

// begin starts a program.
func begin(ctx context.Context, env []string, path string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, path, args...), gone: make(chan error, 1)} // #nosec G204 -- our own programs
	p.cmd.Env, p.cmd.Stderr, p.cmd.Stdout = append(os.Environ(), env...), &p.said, &p.said
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	go func() { p.gone <- p.cmd.Wait() }()
	return p, nil
}

// end stops a program and waits for it.
func (p *process) end() {
	_ = p.cmd.Process.Kill()
	<-p.gone //nolint:errcheck // it was killed, and says so
}

// child starts this program again as a server of the kind, on an address of its own.
func child(ctx context.Context, kind, redis string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	p, _, err := serving(ctx, "/measure", func(addr string) (*process, error) { return begin(ctx, nil, self, serveWord, kind, addr, redis) })
	return p, err
}

// serving starts a server on an address of its own, waits until a page is there, and gives how long that took.
func serving(ctx context.Context, page string, start func(addr string) (*process, error)) (*process, time.Duration, error) {
	addr, err := freeAddr(ctx)
	if err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	p, err := start(addr)
	if err != nil {
		return nil, 0, err
	}
	p.addr = addr
	if err := p.answers(ctx, page); err != nil {
		p.end()
		return nil, 0, err
	}
	return p, time.Since(begun), nil
}

// answers waits until a page is there.
func (p *process) answers(ctx context.Context, page string) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		select {
		case err := <-p.gone:
			p.gone <- err
			return fmt.Errorf("it has ended: %w: %s", errors.Join(err, errors.New("too early")), p.said.String())
		default:
		}
		status, _, err := fetch(ctx, "http://"+p.addr+page)
		if err == nil && status == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("it does not answer within %v", patience)
}

// fetch gets a page.
func fetch(ctx context.Context, url string) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, raw, errors.Join(err, res.Body.Close())
}

// memory is what a server of ours says about its allocations.
type memory struct{ Count, Bytes uint64 }

func (p *process) memory(ctx context.Context) (memory, error) {
	_, raw, err := fetch(ctx, "http://"+p.addr+"/measure")
	if err != nil {
		return memory{}, fmt.Errorf("ask for the allocations: %w", err)
	}
	var m memory
	if err := json.Unmarshal(raw, &m); err != nil {
		return memory{}, fmt.Errorf("read the allocations: %w", err)
	}
	return m, nil
}

// cpu is the processor time that all threads of the process have used.
func (p *process) cpu() (time.Duration, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.cmd.Process.Pid))
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("no times of the process (this needs Linux): %w", errors.Join(err, os.ErrNotExist))
	}
	var sum time.Duration
	for _, f := range files {
		raw, err := os.ReadFile(f) // #nosec G304 -- a file of the kernel
		if err != nil {
			continue // the thread has ended
		}
		first, _, _ := strings.Cut(string(raw), " ")
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read %s: %w", f, err)
		}
		sum += time.Duration(n)
	}
	return sum, nil
}

// resident is the memory of the process in MiB, the pages of its file included.
func (p *process) resident() (float64, error) { return p.memoryOf("VmRSS:") }

// ofFile is the part of it that is the program's own file, which the kernel can drop and read again.
func (p *process) ofFile() (float64, error) { return p.memoryOf("RssFile:") }

// memoryOf reads one of the kernel's figures.
func (p *process) memoryOf(figure string) (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read the memory of the process (this needs Linux): %w", err)
	}
	_, rest, _ := strings.Cut(string(raw), figure)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0, fmt.Errorf("the kernel does not tell %s", figure)
	}
	kb, err := strconv.ParseFloat(words[0], 64)
	return kb / 1024, err
}

// freeAddr is an address on which nobody listens.
func freeAddr(ctx context.Context) (string, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// startRedis starts a server without persistence and gives its address.
func startRedis(ctx context.Context) (*process, string, error) {
	addr, err := freeAddr(ctx)
	if err != nil {
		return nil, "", err
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, "", fmt.Errorf("read the address %s: %w", addr, err)
	}
	p, err := begin(ctx, nil, "redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
	if err != nil {
		return nil, "", err
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		if conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr); err == nil {
			return p, "redis://" + addr, conn.Close()
		}
	}
	p.end()
	return nil, "", errors.New("redis-server does not listen")
}
