package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Settings that make a call fail soon when the server is gone: a webhook must be answered before its sender gives up.
// go-redis' own would try for two seconds. Parameters of the URL win over them.
const (
	dialTimeout = time.Second
	ioTimeout   = 2 * time.Second
	dialTries   = 1
	retries     = 1
)

// Open returns the queue on the server, Sentinel or cluster that the URL names; the package comment lists the forms.
// It does no I/O, so that a process can start before its Redis does. Errors never repeat a URL with a password in it.
func Open(rawURL string, opt RedisOptions) (*Redis, error) {
	client, err := Connect(rawURL)
	if err != nil {
		return nil, err
	}
	r, err := NewRedis(client, opt)
	if err != nil {
		return nil, errors.Join(err, client.Close())
	}
	return r, nil
}

// CheckURL says whether [Open] would take the URL, without any I/O. The error never repeats a URL with a password in it.
func CheckURL(rawURL string) error {
	client, err := Connect(rawURL)
	if err != nil {
		return err
	}
	return client.Close()
}

// Connect returns a client for the server, Sentinel or cluster that the URL names, with the
// time limits of the queue, for what else is kept there. It does no I/O; whoever asks for it
// closes it. Errors never repeat a URL with a password in it.
func Connect(rawURL string) (redis.UniversalClient, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, badURL(rawURL, err)
	}
	params := u.Query()
	isCluster := params.Get("cluster") == "true"
	if params.Has("cluster") && !isCluster && params.Get("cluster") != "false" {
		return nil, errors.New("queue: Redis URL: cluster must be true or false")
	}
	params.Del("cluster")
	u.RawQuery = params.Encode()
	var client redis.UniversalClient
	switch {
	case params.Get("master_name") != "":
		client, err = sentinel(u.String())
	case isCluster || params.Has("addr"):
		client, err = cluster(u.String())
	default:
		client, err = single(u.String())
	}
	if err != nil {
		return nil, badURL(rawURL, err)
	}
	return client, nil
}

func single(rawURL string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(rawURL)
	if err != nil {
		return nil, err
	}
	or(&o.DialTimeout, dialTimeout)
	or(&o.ReadTimeout, ioTimeout)
	or(&o.WriteTimeout, ioTimeout)
	or(&o.PoolTimeout, dialTimeout)
	or(&o.MaxRetries, retries)
	or(&o.DialerRetries, dialTries)
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return redis.NewClient(o), nil
}

func sentinel(rawURL string) (redis.UniversalClient, error) {
	o, err := redis.ParseFailoverURL(rawURL)
	if err != nil {
		return nil, err
	}
	or(&o.DialTimeout, dialTimeout)
	or(&o.ReadTimeout, ioTimeout)
	or(&o.WriteTimeout, ioTimeout)
	or(&o.PoolTimeout, dialTimeout)
	or(&o.MaxRetries, retries)
	or(&o.DialerRetries, dialTries)
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	return redis.NewFailoverClient(o), nil
}

func cluster(rawURL string) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(rawURL)
	if err != nil {
		return nil, err
	}
	or(&o.DialTimeout, dialTimeout)
	or(&o.ReadTimeout, ioTimeout)
	or(&o.WriteTimeout, ioTimeout)
	or(&o.PoolTimeout, dialTimeout)
	or(&o.MaxRetries, retries)
	or(&o.DialerRetries, dialTries)
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return redis.NewClusterClient(o), nil
}

// or sets what the URL did not.
func or[T comparable](field *T, fallback T) {
	var zero T
	if *field == zero {
		*field = fallback
	}
}

// badURL explains a URL that is not understood. A mistyped password can land in any part of it, and so in the parser's
// words: those are passed on only when the URL cannot hold one.
func badURL(rawURL string, err error) error {
	if strings.Contains(rawURL, "@") || strings.Contains(strings.ToLower(rawURL), "pass") {
		return errors.New("queue: the Redis URL is not understood: want redis://user:password@host:port/db or one of the other" +
			" documented forms, with special characters in user and password written as %XX")
	}
	var parse *url.Error
	if errors.As(err, &parse) {
		err = parse.Err
	}
	return fmt.Errorf("queue: the Redis URL is not understood: %w", err)
}

// LogTo sends the messages of go-redis (connections lost and found) to log, at debug level, instead of standard error.
// It changes a setting of the whole process, which go-redis keeps for itself: only package main, and tests, should call
// it, and once.
func LogTo(log *slog.Logger) {
	redis.SetLogger(redisLog{log})
}

type redisLog struct{ log *slog.Logger }

func (l redisLog) Printf(ctx context.Context, format string, v ...any) {
	l.log.DebugContext(ctx, "redis client", "message", fmt.Sprintf(format, v...))
}
