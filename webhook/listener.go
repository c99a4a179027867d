package webhook

import (
	"io"
	"net"
	"sync"
	"time"
)

// Limits on saying goodbye to a connection that is one too many.
const (
	partings = 64              // connections told at one time that there are too many; further ones are closed without a word
	partTime = 2 * time.Second // for the peer to take the answer
	partRead = 64 << 10        // bytes of what the peer has sent already that are read
)

// refusal is the whole answer to a connection that is one too many.
const refusal = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: " + retryAfter + "\r\nContent-Type: application/json; charset=utf-8\r\n" +
	"Cache-Control: no-store\r\nConnection: close\r\nContent-Length: 33\r\n\r\n" + `{"error":"too many connections"}` + "\n"

// LimitListener serves at most n connections at one time from l. One more is told at once to come again, and closed: its sender
// knows, which it would not if it waited in the kernel's queue until it gave up. Together with the time limits of
// [Server.HTTPServer] this bounds what a flood of connections can hold. Below TLS the answer is no handshake, which a sender takes
// for a failed connection and comes again, too.
func LimitListener(l net.Listener, n int) net.Listener { return limited(l, n, func() {}) }

// Limit is [LimitListener] with the server's limit, and counts in the metrics who is sent away.
func (s *Server) Limit(l net.Listener) net.Listener {
	return limited(l, s.cfg.MaxConns, s.metrics.refused.Inc)
}

func limited(l net.Listener, n int, refused func()) net.Listener {
	return &limitedListener{Listener: l, slots: make(chan struct{}, n), partings: make(chan struct{}, partings), refused: refused}
}

type limitedListener struct {
	net.Listener
	slots    chan struct{} // one entry for each open connection
	partings chan struct{} // one for each that is told that there are too many
	refused  func()
}

func (l *limitedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.slots <- struct{}{}:
			return &limitedConn{Conn: conn, release: sync.OnceFunc(func() { <-l.slots })}, nil
		default:
			l.refuse(conn)
		}
	}
}

// refuse sends a connection away. A flood must not hold more by being refused than it would by being served.
func (l *limitedListener) refuse(conn net.Conn) {
	l.refused()
	select {
	case l.partings <- struct{}{}:
		go func() {
			defer func() { <-l.partings }()
			part(conn)
		}()
	default:
		_ = conn.Close()
	}
}

// part says why, once the peer has begun to ask: many do not expect an answer before. Then it reads a little of what was sent, since
// closing with data unread would destroy the answer on its way.
func part(conn net.Conn) {
	defer func() { _ = conn.Close() }() // nobody can do anything about it
	defer time.AfterFunc(partTime, func() { _ = conn.Close() }).Stop()
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		return
	}
	if _, err := io.WriteString(conn, refusal); err != nil {
		return
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() != nil {
		return
	}
	if _, err := io.CopyN(io.Discard, conn, partRead); err != nil {
		return // the peer has closed, as it should
	}
}

type limitedConn struct {
	net.Conn
	release func()
}

func (c *limitedConn) Close() error {
	defer c.release()
	return c.Conn.Close()
}
