package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// run executes a script and returns its answer as a list.
func (r *Redis) run(ctx context.Context, s script, args ...any) ([]any, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	cmd := s.call(ctx, args...)
	err := r.client.Process(ctx, cmd)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		cmd = s.tell(ctx, args...)
		err = r.client.Process(ctx, cmd)
	}
	if err != nil {
		return nil, err
	}
	reply := cmd.Val()
	if list, ok := reply.([]any); ok {
		return list, nil
	}
	return []any{reply}, nil
}

// wrap says what was attempted, and that any failure of the store is one that may pass.
func (r *Redis) wrap(what, key string, err error) error {
	if err == nil {
		return nil
	}
	if key != "" {
		what = fmt.Sprintf("%s %q", what, key)
	}
	if errors.Is(err, redis.ErrClosed) {
		err = ErrClosed
	}
	return fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
}

// held reads the answer of a script that works only for the holder of the key.
func (r *Redis) held(what, key string, reply []any, err error) error {
	f := fields{values: reply, err: err}
	if mine := f.int(); f.err == nil && mine == 0 {
		return fmt.Errorf("%s %q: %w", what, key, ErrLost)
	}
	return r.wrap(what, key, f.err)
}

// listen subscribes to the calls of other processes. A dead connection is dialled again by go-redis, and a new
// subscription counts as a call, since one may have been missed.
func (r *Redis) listen(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pubsub != nil || r.isClosed {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	r.pubsub = r.client.Subscribe(ctx, r.channel)
	r.listening = make(chan struct{})
	calls := r.pubsub.ChannelWithSubscriptions(redis.WithChannelHealthCheckInterval(r.poll + time.Second))
	go func() {
		defer close(r.listening)
		for range calls {
			r.wake.signal()
		}
	}()
}

// fields reads the values of an answer one after the other and keeps the first mistake.
type fields struct {
	values []any
	err    error
}

func (f *fields) next() any {
	if f.err != nil {
		return nil
	}
	if len(f.values) == 0 {
		f.err = errors.New("the answer of the script is too short")
		return nil
	}
	v := f.values[0]
	f.values = f.values[1:]
	return v
}

func (f *fields) int() int64 {
	n, ok := f.next().(int64)
	if !ok && f.err == nil {
		f.err = errors.New("the answer of the script is not a number")
	}
	return n
}

func (f *fields) str() string {
	s, ok := f.next().(string)
	if !ok && f.err == nil {
		f.err = errors.New("the answer of the script is not a text")
	}
	return s
}
