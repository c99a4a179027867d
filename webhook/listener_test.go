package webhook

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// fakeListener hands out what is put into it.
type fakeListener struct {
	conns  chan net.Conn
	peers  []net.Conn // the other ends, in order
	closed chan struct{}
}

func newFakeListener(n int) *fakeListener {
	l := &fakeListener{conns: make(chan net.Conn, n), closed: make(chan struct{})}
	for range n {
		l.offer()
	}
	return l
}

// offer brings one more connection.
func (l *fakeListener) offer() {
	a, b := net.Pipe()
	l.peers = append(l.peers, b)
	l.conns <- a
}

var errNoConn = errors.New("accept: too many open files")

func (l *fakeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		if c == nil {
			return nil, errNoConn
		}
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *fakeListener) Close() error   { close(l.closed); return nil }
func (l *fakeListener) Addr() net.Addr { return &net.TCPAddr{} }

// talkTo asks and reads what a connection is told until it is closed.
func talkTo(t *testing.T, conn net.Conn) string {
	t.Helper()
	if _, err := io.WriteString(conn, "G"); err != nil {
		t.Error(err)
	}
	said, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("read: %v", err)
	}
	return string(said)
}

func TestOneConnectionTooManyIsToldToComeAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake, refused := newFakeListener(3), 0
		l := limited(fake, 2, func() { refused++ })
		var open []net.Conn
		for range 2 {
			conn, err := l.Accept()
			if err != nil {
				t.Fatal(err)
			}
			open = append(open, conn)
		}
		next := make(chan error)
		go func() {
			_, err := l.Accept()
			next <- err
		}()
		resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(talkTo(t, fake.peers[2]))), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || !strings.Contains(string(body), "too many connections") {
			t.Errorf("the third is told %d %v %q, %v", resp.StatusCode, resp.Header, body, err)
		}
		synctest.Wait()
		if refused != 1 {
			t.Errorf("%d are counted as refused", refused)
		}
		for range 2 { // closing twice frees one place only
			if err := open[0].Close(); err != nil {
				t.Fatal(err)
			}
		}
		fake.offer()
		if err := <-next; err != nil {
			t.Errorf("after one was closed: %v", err)
		}
		go func() {
			_, err := l.Accept()
			next <- err
		}()
		fake.offer()
		talkTo(t, fake.peers[4])
		if refused != 2 {
			t.Errorf("%d are counted as refused", refused)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-next; !errors.Is(err, net.ErrClosed) {
			t.Errorf("a waiting Accept ends with %v, want %v", err, net.ErrClosed)
		}
	})
}

// Who says nothing, or does not take the answer, is cut, and of many at once most get none.
func TestAFloodHoldsLittleByBeingRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake, refused := newFakeListener(3*partings+1), 0
		l := limited(fake, 1, func() { refused++ })
		if _, err := l.Accept(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error)
		go func() {
			_, err := l.Accept()
			ended <- err
		}()
		synctest.Wait()
		if n := len(l.(*limitedListener).partings); n != partings || refused != 3*partings {
			t.Errorf("%d of %d are being told", n, refused)
		}
		time.Sleep(partTime)
		synctest.Wait()
		if n := len(l.(*limitedListener).partings); n != 0 {
			t.Errorf("%d are still being told after %s", n, partTime)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		<-ended
	})
}

func TestTheRefusalOnTheWire(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.MaxConns = 1
	rig := newRig(t, cfg, fakeKnown{})
	addr := startWire(t, rig)
	first := dial(t, addr)
	if _, err := io.WriteString(first, "GET /healthz HTTP/1.1\r\nHost: andon\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Read(make([]byte, 1)); err != nil { // it is being served
		t.Fatal(err)
	}
	for range 3 {
		if said := talk(t, addr, head(tokenPath, "Content-Length: 2\r\n\r\n{}")); said != refusal {
			t.Errorf("a second connection is told %q", said)
		}
	}
	w := httptest.NewRecorder()
	rig.MetricsHandler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "andon_webhook_connections_refused_total 3\n") {
		t.Errorf("three are not counted:\n%s", w.Body.String())
	}
}

func TestAFailedAcceptTakesNoPlace(t *testing.T) {
	t.Parallel()
	fake := newFakeListener(0)
	fake.conns = make(chan net.Conn, 4)
	for range 3 {
		fake.conns <- nil
	}
	good, _ := net.Pipe()
	fake.conns <- good
	l := LimitListener(fake, 1)
	for range 3 {
		if _, err := l.Accept(); !errors.Is(err, errNoConn) {
			t.Fatalf("accept: %v, want %v", err, errNoConn)
		}
	}
	if _, err := l.Accept(); err != nil {
		t.Errorf("after failed ones: %v", err)
	}
	if l.Addr() == nil {
		t.Error("no address")
	}
}
