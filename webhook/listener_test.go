package webhook

import (
	"errors"
	"net"
	"testing"
	"testing/synctest"
)

// fakeListener hands out what is put into it.
type fakeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newFakeListener(n int) *fakeListener {
	l := &fakeListener{conns: make(chan net.Conn, n), closed: make(chan struct{})}
	for range n {
		a, _ := net.Pipe()
		l.conns <- a
	}
	return l
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

func TestConnectionsAreLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := LimitListener(newFakeListener(3), 2)
		first, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Accept(); err != nil {
			t.Fatal(err)
		}
		third := make(chan error)
		go func() {
			_, err := l.Accept()
			third <- err
		}()
		synctest.Wait()
		select {
		case err := <-third:
			t.Fatalf("a third connection is accepted beside two: %v", err)
		default:
		}
		for range 2 { // closing twice frees one place only
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := <-third; err != nil {
			t.Errorf("after one was closed: %v", err)
		}
		go func() {
			_, err := l.Accept()
			third <- err
		}()
		synctest.Wait()
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-third; !errors.Is(err, net.ErrClosed) {
			t.Errorf("a waiting Accept ends with %v, want %v", err, net.ErrClosed)
		}
	})
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
