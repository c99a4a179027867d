package queue

import (
	"context"
	"errors"
	"sync"

	"github.com/redis/go-redis/v9"
)

// maxShared bounds the hints that go to Redis in one round trip, so that a storm does not
// hold up Redis for everybody.
const maxShared = 128

// sharer lets hints that come at the same time share a round trip to Redis. Whoever finds
// nothing on its way goes at once and alone; who comes while it is away waits and goes with
// all the others next. Nobody is told that a hint is stored before Redis has said so.
type sharer struct {
	send func(context.Context, []*parcel)
	mu   sync.Mutex
	away bool
	wait []*parcel
}

// parcel is one hint on its way.
type parcel struct {
	args []any
	err  error
	done chan struct{} // closed with the answer; nil for who goes at once
}

// carry brings a hint to Redis. Who gives up earlier is told so; the hint may be stored all
// the same, and then costs a look too much.
func (s *sharer) carry(ctx context.Context, args []any) error {
	p := &parcel{args: args}
	s.mu.Lock()
	if s.away {
		p.done = make(chan struct{})
		s.wait = append(s.wait, p)
		s.mu.Unlock()
		select {
		case <-p.done:
			return p.err
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	s.away = true
	s.mu.Unlock()
	s.send(ctx, []*parcel{p})
	s.next(ctx)
	return p.err
}

// next sends what has come meanwhile. The first in line has its answer already; the others
// must not wait for what becomes of its request, so they travel on their own.
func (s *sharer) next(ctx context.Context) {
	batch := s.batch()
	if len(batch) == 0 {
		return
	}
	go func() {
		ctx := context.WithoutCancel(ctx)
		for ; len(batch) > 0; batch = s.batch() {
			s.send(ctx, batch)
			for _, p := range batch {
				close(p.done)
			}
		}
	}()
}

// batch takes those that wait; with none of them the way is free.
func (s *sharer) batch() []*parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(len(s.wait), maxShared)
	batch := s.wait[:n:n]
	s.wait = s.wait[n:]
	s.away = n > 0
	return batch
}

// addAll stores hints in one round trip and notes what became of each.
func (r *Redis) addAll(ctx context.Context, batch []*parcel) {
	if len(batch) == 1 {
		_, batch[0].err = r.run(ctx, r.scripts.add, batch[0].args...)
		return
	}
	within, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	pipe := r.client.Pipeline()
	replies := make([]*redis.Cmd, len(batch))
	for i, p := range batch {
		replies[i] = r.scripts.add.call(within, p.args...)
		_ = pipe.Process(within, replies[i]) // it is sent below; so far nothing can fail
	}
	_, sent := pipe.Exec(within)
	for i, p := range batch {
		p.err = replies[i].Err()
		if p.err == nil && sent != nil && !isReply(sent) {
			p.err = sent
		}
		if redis.HasErrorPrefix(p.err, "NOSCRIPT") { // a Redis that was restarted: say the script once more
			_, p.err = r.run(ctx, r.scripts.add, p.args...)
		}
	}
}

// isReply says whether an error is Redis' answer to one of the commands, which concerns no other.
func isReply(err error) bool {
	var answer redis.Error
	return errors.As(err, &answer)
}
