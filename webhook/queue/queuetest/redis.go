// Package queuetest starts Redis servers for tests: a real one as a child process, and one inside the test.
package queuetest

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Server is a redis-server process of the test's own. It listens on a socket in a folder of its own, without a port.
type Server struct {
	t    testing.TB
	dir  string
	args []string
	cmd  *exec.Cmd
	out  *tail
}

// Start runs redis-server until the test ends, with more arguments in the form of its command line. Without the program
// the test is skipped, or fails if ANDON_TEST_REQUIRE=1.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	return start(t, append([]string{"--save", ""}, args...)...)
}

// StartSentinel does the same with a sentinel, whose settings are in a file that it rewrites.
func StartSentinel(t testing.TB, conf string) *Server {
	t.Helper()
	return start(t, conf, "--sentinel")
}

func start(t testing.TB, args ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
			t.Fatalf("redis-server is required: %v", err)
		}
		t.Skip("no redis-server in PATH")
	}
	dir, err := os.MkdirTemp("", "redis") // not t.TempDir: the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, dir: dir, args: args, out: &tail{}}
	t.Cleanup(func() {
		s.Kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s.Restart()
	return s
}

// Socket is the path of the server's socket.
func (s *Server) Socket() string { return filepath.Join(s.dir, "r.sock") }

// URL is the address of the server.
func (s *Server) URL() string { return "unix://" + s.Socket() }

// Client returns a client that closes with the test.
func (s *Server) Client() *redis.Client {
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: s.Socket(), DisableIdentity: true, MaintNotificationsConfig: quiet()})
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// Restart starts the server (again) and waits until it answers. What it wrote to disk (see --appendonly) it still knows.
func (s *Server) Restart() {
	s.t.Helper()
	args := slices.Concat(s.args, []string{"--unixsocket", s.Socket(), "--dir", s.dir})
	if !slices.Contains(s.args, "--port") && !slices.Contains(s.args, "--sentinel") {
		args = append(args, "--port", "0")
	}
	s.cmd = exec.Command("redis-server", args...)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("start redis-server: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for !s.answers(ctx) {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			s.t.Fatalf("redis-server does not answer:\n%s", s.out)
		}
	}
}

func (s *Server) answers(ctx context.Context) bool {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", s.Socket())
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	answer := make([]byte, 5)
	if _, err := io.WriteString(conn, "PING\r\n"); err != nil {
		return false
	}
	_, err = io.ReadFull(conn, answer)
	// A server that wants a password is up as well; one that still loads its data is not.
	return err == nil && (string(answer) == "+PONG" || strings.HasPrefix(string(answer), "-NOAU"))
}

// Kill ends the server like a power cut (kill -9). It may be dead already.
func (s *Server) Kill() {
	s.t.Helper()
	if s.cmd == nil {
		return
	}
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Errorf("kill redis-server: %v", err)
	}
	_ = s.cmd.Wait() // "killed" is what was wanted
	s.cmd = nil
}

// Freeze stops the server without ending it (SIGSTOP): connections stay open and nothing answers.
func (s *Server) Freeze() { s.signal(syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatalf("signal redis-server: %v", err)
	}
}

// FreePort returns a loopback port that nobody uses at the moment, for the modes of Redis that need one.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// Mini returns a Redis inside the test, and what makes clients of it, which the caller closes. It has no port, and works in
// a bubble of testing/synctest, where its clock is the bubble's.
func Mini(t testing.TB) (*miniredis.Miniredis, func() *redis.Client) {
	t.Helper()
	m := miniredis.NewMiniRedis()
	m.ClockTTL(true)
	t.Cleanup(m.Close)
	return m, func() *redis.Client {
		return redis.NewClient(&redis.Options{
			Dialer:                   func(context.Context, string, string) (net.Conn, error) { return m.Dial() },
			ContextTimeoutEnabled:    true,
			MaxRetries:               1,
			DialerRetries:            1,
			DisableIdentity:          true,
			MaintNotificationsConfig: quiet(),
		})
	}
}

func quiet() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// tail keeps what the server said last.
type tail struct{ text []byte }

// Write implements io.Writer; exec calls it from one goroutine, since both outputs are the same writer.
func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if extra := len(t.text) - 1<<14; extra > 0 {
		t.text = t.text[extra:]
	}
	return len(p), nil
}

// String returns it.
func (t *tail) String() string { return string(t.text) }
