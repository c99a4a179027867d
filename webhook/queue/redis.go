package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// callTimeout ends a step on Redis whose context has no earlier end.
const callTimeout = 3 * time.Second

// RedisOptions are the settings of a Redis queue; the zero value is the default.
type RedisOptions struct {
	Prefix string        // of all keys; default "{andon}"; braces are put around it when it has none
	Lease  time.Duration // how long a worker may be silent before its key is given to another; default 30 s
	Poll   time.Duration // how often to look although nobody called (pub/sub may lose a message); default 2 s
}

// Redis is the queue on a Redis server, Sentinel or cluster.
type Redis struct {
	client  redis.UniversalClient
	lease   time.Duration
	poll    time.Duration
	pins    string
	channel string
	scripts scripts
	wake    *waker
	share   sharer
	closed  chan struct{}

	mu        sync.Mutex
	spare     []int64       // tokens of Takes that had no answer: they may hold a key
	pubsub    *redis.PubSub // nil until the first Take: who only adds need not listen
	listening chan struct{} // closed when the listener has ended
	isClosed  bool
}

var _ Queue = (*Redis)(nil)

// NewRedis returns the queue on a client that was made elsewhere, and that the queue closes from now on.
// It does no I/O. The client should have ContextTimeoutEnabled, or deadlines mean nothing to it; see [Open].
func NewRedis(client redis.UniversalClient, opt RedisOptions) (*Redis, error) {
	prefix, err := hashTag(cmp.Or(opt.Prefix, "{andon}"))
	if err != nil {
		return nil, err
	}
	r := &Redis{
		client:  client,
		lease:   cmp.Or(opt.Lease, 30*time.Second),
		poll:    cmp.Or(opt.Poll, 2*time.Second),
		pins:    prefix + ":pins",
		channel: prefix + ":wake",
		wake:    newWaker(),
		closed:  make(chan struct{}),
	}
	r.share.send = r.addAll
	if r.lease < time.Millisecond || r.poll < time.Millisecond {
		return nil, fmt.Errorf("queue: lease %v and poll %v must be at least a millisecond", r.lease, r.poll)
	}
	var keys []string
	for _, name := range []string{"due", "lease", "holder", "busy", "tries", "notes", "held", "hold", "clock"} {
		keys = append(keys, prefix+":"+name)
	}
	r.scripts = newScripts(keys, r.channel)
	return r, nil
}

// hashTag makes sure that a cluster keeps all keys with the prefix together.
func hashTag(prefix string) (string, error) {
	if !strings.ContainsAny(prefix, "{}") {
		return "{" + prefix + "}", nil
	}
	_, rest, _ := strings.Cut(prefix, "{")
	tag, _, found := strings.Cut(rest, "}")
	if tag == "" || !found {
		return "", fmt.Errorf("queue: prefix %q has no hash tag: want {name}", prefix)
	}
	return prefix, nil
}

// Add implements Queue in one round trip, which hints that come at the same time share.
func (r *Redis) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	if err := validAdd(key, notes); err != nil {
		return err
	}
	args := make([]any, 0, 2+len(notes))
	args = append(args, key, millis(delay))
	for _, note := range notes {
		args = append(args, note)
	}
	return r.wrap("add", key, r.share.carry(ctx, args))
}

// Take implements Queue.
func (r *Redis) Take(ctx context.Context) (Item, error) {
	r.listen(ctx)
	return r.wake.take(ctx, r.closed, r.poll, r.takeOnce)
}

// takeOnce runs to its end even if the caller has given up by then: an answer that nobody reads would lock a key up for
// a whole lease. A call without an answer is made again with the same token, for the same reason.
func (r *Redis) takeOnce() (Item, time.Duration, error) {
	token := r.token()
	reply, err := r.run(context.Background(), r.scripts.take, token, millis(r.lease))
	if err != nil {
		r.keep(token)
		return Item{}, 0, r.wrap("take", "", err)
	}
	f := fields{values: reply}
	if len(reply) == 1 {
		r.keep(token)
		next := f.int()
		if f.err == nil && next < 0 {
			return Item{}, -1, nil
		}
		return Item{}, time.Duration(next) * time.Millisecond, r.wrap("take", "", f.err)
	}
	it := Item{Key: f.str(), Token: token, Lease: r.lease}
	it.Late = time.Duration(f.int()) * time.Millisecond
	it.Tries = int(f.int())
	if notes := f.str(); notes != "" {
		it.Notes = strings.Split(notes, "\n")
	}
	return it, 0, r.wrap("take", "", f.err)
}

// token returns one that is unlike any other, over restarts and flushes too, or one whose fate is not known.
func (r *Redis) token() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.spare); n > 0 {
		token := r.spare[n-1]
		r.spare = r.spare[:n-1]
		return token
	}
	return rand.Int64()
}

func (r *Redis) keep(token int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spare = append(r.spare, token)
}

// Extend implements Queue.
func (r *Redis) Extend(ctx context.Context, it Item) error {
	reply, err := r.run(ctx, r.scripts.extend, it.Token, it.Key, millis(r.lease))
	return r.held("extend", it.Key, reply, err)
}

// Done implements Queue.
func (r *Redis) Done(ctx context.Context, it Item, o Outcome) error {
	how, hold := "ok", "0"
	if o.Failed {
		how = "failed"
	}
	if o.Hold {
		hold = "1"
	}
	reply, err := r.run(ctx, r.scripts.done, it.Token, it.Key, how, millis(o.Again), hold)
	return r.held("finish", it.Key, reply, err)
}

// Return implements Queue.
func (r *Redis) Return(ctx context.Context, it Item) error {
	reply, err := r.run(ctx, r.scripts.done, it.Token, it.Key, "returned", 0, "0")
	return r.held("give back", it.Key, reply, err)
}

// Pin implements Queue.
func (r *Redis) Pin(ctx context.Context, name string) error {
	if err := valid("name", name, MaxKey); err != nil {
		return err
	}
	return r.wrap("pin", name, r.client.SAdd(ctx, r.pins, name).Err())
}

// Unpin implements Queue.
func (r *Redis) Unpin(ctx context.Context, name string) error {
	if err := valid("name", name, MaxKey); err != nil {
		return err
	}
	return r.wrap("unpin", name, r.client.SRem(ctx, r.pins, name).Err())
}

// Pinned implements Queue.
func (r *Redis) Pinned(ctx context.Context) ([]string, error) {
	names, err := r.client.SMembers(ctx, r.pins).Result()
	slices.Sort(names)
	return names, r.wrap("list pins", "", err)
}

// Stats implements Queue.
func (r *Redis) Stats(ctx context.Context) (Stats, error) {
	reply, err := r.run(ctx, r.scripts.stats)
	if err != nil {
		return Stats{}, r.wrap("count", "", err)
	}
	f := fields{values: reply}
	s := Stats{Waiting: int(f.int()), Due: int(f.int()), InFlight: int(f.int())}
	s.Oldest = time.Duration(f.int()) * time.Millisecond
	return s, r.wrap("count", "", f.err)
}

// Ping implements Queue.
func (r *Redis) Ping(ctx context.Context) error {
	return r.wrap("ping", "", r.client.Ping(ctx).Err())
}

// Close implements Queue; it closes the client.
func (r *Redis) Close() error {
	r.mu.Lock()
	if r.isClosed {
		r.mu.Unlock()
		return nil
	}
	r.isClosed = true
	close(r.closed)
	pubsub, listening := r.pubsub, r.listening
	r.mu.Unlock()
	var err error
	if pubsub != nil {
		err = pubsub.Close()
		<-listening
	}
	if err = errors.Join(err, r.client.Close()); err != nil {
		return fmt.Errorf("close the queue: %w", err)
	}
	return nil
}
