package shelf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// callTimeout ends a call whose context has no earlier end.
	callTimeout = 3 * time.Second
	// listenEvery is how often a silent subscription is tested.
	listenEvery = 3 * time.Second
)

// RedisOptions are the settings of a shelf on Redis; the zero value is the default.
type RedisOptions struct {
	// Prefix begins all names in Redis; default "{andon}", as the queue's.
	Prefix string
}

// Redis is a shelf on a Redis server, Sentinel or cluster, shared by all processes there.
// The values lie in one hash and never run out: who puts them there takes them off.
type Redis struct {
	client  redis.UniversalClient
	key     string
	channel string
	put     *redis.Script
	del     *redis.Script
	bell    bell

	mu        sync.Mutex
	pubsub    *redis.PubSub // nil until somebody listens
	listening chan struct{} // closed when the listener has ended
	closed    bool
}

var _ Shelf = (*Redis)(nil)

// The writes tell the others only of what is new, in the same step: a change that is told
// before it is there would be overlooked for ever.
const (
	putScript = `local old = redis.call('HGET', KEYS[1], ARGV[2])
if old == ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('PUBLISH', ARGV[1], '')
return 1`
	delScript = `if redis.call('HDEL', KEYS[1], ARGV[2]) == 1 then redis.call('PUBLISH', ARGV[1], '') end
return 1`
)

// NewRedis returns a shelf on a client that was made elsewhere, and that the shelf closes
// from now on. It does no I/O.
func NewRedis(client redis.UniversalClient, opt RedisOptions) *Redis {
	prefix := cmp.Or(opt.Prefix, "{andon}")
	return &Redis{
		client: client, key: prefix + ":shelf", channel: prefix + ":shelf:changed",
		put: redis.NewScript(putScript), del: redis.NewScript(delScript),
	}
}

// Put implements [Shelf].
func (r *Redis) Put(ctx context.Context, name string, value []byte) error {
	if err := valid(name, value); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return wrap("put on the shelf", r.put.Run(ctx, r.client, []string{r.key}, r.channel, name, value).Err())
}

// Delete implements [Shelf].
func (r *Redis) Delete(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return wrap("take off the shelf", r.del.Run(ctx, r.client, []string{r.key}, r.channel, name).Err())
}

// Get implements [Shelf].
func (r *Redis) Get(ctx context.Context, name string) ([]byte, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	v, err := r.client.HGet(ctx, r.key, name).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	return v, err == nil, wrap("read the shelf", err)
}

// All implements [Shelf].
func (r *Redis) All(ctx context.Context) (map[string][]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	all, err := r.client.HGetAll(ctx, r.key).Result()
	if err != nil {
		return nil, wrap("read the shelf", err)
	}
	out := make(map[string][]byte, len(all))
	for name, v := range all {
		out[name] = []byte(v)
	}
	return out, nil
}

// Changes implements [Shelf].
func (r *Redis) Changes() (<-chan struct{}, func()) {
	changed, stop := r.bell.listen()
	r.subscribe()
	return changed, stop
}

// subscribe listens to the other processes. A dead connection is dialled again by go-redis,
// and a new subscription counts as a change, since one may have been missed.
func (r *Redis) subscribe() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pubsub != nil || r.closed {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	r.pubsub = r.client.Subscribe(ctx, r.channel)
	r.listening = make(chan struct{})
	calls := r.pubsub.ChannelWithSubscriptions(redis.WithChannelHealthCheckInterval(listenEvery))
	go func() {
		defer close(r.listening)
		for range calls {
			r.bell.ring()
		}
	}()
}

// Close implements [Shelf].
func (r *Redis) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	var err error
	if r.pubsub != nil {
		err = r.pubsub.Close()
		<-r.listening
	}
	return errors.Join(err, r.client.Close())
}

// wrap says what was attempted, and that any failure of the store is one that may pass.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
}
