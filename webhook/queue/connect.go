package queue

import "github.com/redis/go-redis/v9"

// Connect returns a client for the server, Sentinel or cluster that the URL names, with the
// time limits of the queue, for what else is kept there. It does no I/O; whoever asks for it
// closes it. Errors never repeat a URL with a password in it.
func Connect(rawURL string) (redis.UniversalClient, error) { return connect(rawURL) }
