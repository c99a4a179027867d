package webhook

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

const (
	firstBody = 512      // bytes: what a request holds before it has sent more
	smallBody = 4 << 10  // bytes: a sprint event fits
	usualBody = 64 << 10 // bytes: nearly every issue event fits
)

var (
	errTooLarge = errors.New("body too large")
	errBusy     = errors.New("too many bodies at once")
)

// bodies lends the memory that request bodies are read into. What is lent is bounded over all requests, and a request is lent more
// only as it sends more, so that slow senders hold little and cannot hold what they only announced.
type bodies struct {
	max   int64        // bytes one body may have
	limit int64        // bytes lent at one time, over all requests
	lent  atomic.Int64 // bytes
	first sync.Pool    // of *[]byte, firstBody long
	small sync.Pool    // of *[]byte, smallBody long
	usual sync.Pool    // of *[]byte, usualBody long
}

func newBodies(limit, largest int64) *bodies {
	b := &bodies{max: largest, limit: limit}
	b.first.New = func() any { p := make([]byte, firstBody); return &p }
	b.small.New = func() any { p := make([]byte, smallBody); return &p }
	b.usual.New = func() any { p := make([]byte, usualBody); return &p }
	return b
}

// borrow returns a buffer of n bytes, errBusy if too much is lent already.
func (b *bodies) borrow(n int) (*[]byte, error) {
	if b.lent.Add(int64(n)) > b.limit {
		b.lent.Add(-int64(n))
		return nil, errBusy
	}
	if pool := b.pool(n); pool != nil {
		return pool.Get().(*[]byte), nil
	}
	p := make([]byte, n)
	return &p, nil
}

// pool is where buffers of n bytes are kept, nil for sizes that are too rare to keep.
func (b *bodies) pool(n int) *sync.Pool {
	switch n {
	case firstBody:
		return &b.first
	case smallBody:
		return &b.small
	case usualBody:
		return &b.usual
	}
	return nil
}

// giveBack takes a buffer that nobody reads any more.
func (b *bodies) giveBack(p *[]byte) {
	b.lent.Add(-int64(len(*p)))
	if pool := b.pool(len(*p)); pool != nil {
		pool.Put(p)
	}
}

// read reads a whole body. The content lies in the buffer, which the caller gives back; on an error there is nothing to give back.
func (b *bodies) read(r io.Reader) (content []byte, buf *[]byte, err error) {
	buf, err = b.borrow(firstBody)
	if err != nil {
		return nil, nil, err
	}
	n := 0
	for {
		if n == len(*buf) {
			if buf, err = b.grow(buf); err != nil {
				return nil, nil, err
			}
		}
		k, err := r.Read((*buf)[n:])
		n += k
		switch {
		case int64(n) > b.max:
			err = errTooLarge
		case errors.Is(err, io.EOF):
			return (*buf)[:n], buf, nil
		}
		if err != nil {
			b.giveBack(buf)
			return nil, nil, err
		}
	}
}

// skipped is how much of a body nobody wants is read, in bytes. What net/http would read, it reads with a buffer of 8 KB
// for each request.
const skipped = 256 << 10

// skip reads a body that nobody wants, up to a limit, in little memory.
func (b *bodies) skip(r io.Reader) error {
	buf, err := b.borrow(firstBody)
	if err != nil {
		return err
	}
	defer b.giveBack(buf)
	for n := 0; err == nil && n < skipped; {
		var k int
		k, err = r.Read(*buf)
		n += k
	}
	return err
}

// grow exchanges a full buffer for a larger one with the same content. On an error the old one has been given back.
func (b *bodies) grow(full *[]byte) (*[]byte, error) {
	defer b.giveBack(full)
	n := len(*full)
	var size int64
	switch {
	case n < smallBody:
		size = smallBody
	case n < usualBody:
		size = usualBody
	default:
		size = min(int64(n)*4, b.max+1) // one more byte tells a body of exactly max from a larger one
	}
	larger, err := b.borrow(int(size))
	if err != nil {
		return nil, err
	}
	copy(*larger, *full)
	return larger, nil
}
