package siege

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// slowProxy stands before a Redis and hands everything on, later.
type slowProxy struct {
	address string
	delay   atomic.Int64 // nanoseconds for each piece, in each direction
	pieces  atomic.Int64 // so many were delayed
}

// newSlowProxy listens on a port and hands on to a socket until the test ends.
func newSlowProxy(t testing.TB, socket string) *slowProxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &slowProxy{address: l.Addr().String()}
	over := make(chan struct{})
	t.Cleanup(func() { close(over); l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			out, err := net.Dial("unix", socket)
			if err != nil {
				in.Close()
				continue
			}
			go p.carry(in, out, over)
			go p.carry(out, in, over)
		}
	}()
	return p
}

// carry hands on what comes from one side, piece by piece.
func (p *slowProxy) carry(from, to net.Conn, over <-chan struct{}) {
	defer from.Close()
	defer to.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		if n > 0 {
			if late := time.Duration(p.delay.Load()); late > 0 {
				p.pieces.Add(1)
				select {
				case <-time.After(late):
				case <-over:
					return
				}
			}
			if _, err := to.Write(piece[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
