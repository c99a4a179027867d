// Package queue is a keyed work queue that any number of processes share.
//
// It holds keys, not messages. A key is a short string that says "look at this"; what it stands for is the caller's
// business. Work that is asked for ten times before anyone gets to it is done once.
//
// # What is promised
//
//   - Adding a key that waits changes nothing, except that the earlier of the two due times wins.
//   - Adding a key that is being worked on has it run once more afterwards, however often it is added: no wake-up is
//     lost, and none is doubled.
//   - One worker at a time has a key, over all processes, under a lease that ends unless it is extended. A worker that
//     dies or hangs loses the key when its lease runs out, and the next one gets it.
//   - Nobody but the holder can finish a key: each lease has a token of its own, and a late Done answers [ErrLost].
//   - A key can be due later, and becomes due by itself. Sleeping workers are woken at once by Add, from whichever process.
//   - Notes can be left on a key. They form a small set ([MaxNotes], the oldest go first), are delivered with the key,
//     and come back when the run failed, was given back, or its lease ran out. A note that is added during a run belongs
//     to the next one.
//   - A run can hold its key back (Outcome.Hold): then no Add brings it forward. That is for a server that said when to
//     come again; an ordinary back-off gives way to new hints.
//   - Failed runs in a row are counted per key, those whose lease ran out among them; success forgets them.
//
// # What is not promised
//
//   - The queue may forget everything: a Redis without persistence restarts empty, one that is flushed is empty, a
//     replica that takes over may be behind. Whoever uses it must be able to find its work again from the truth.
//   - A key may run more than once, and a lease cannot stop a paused process from finishing what it began. Work must be
//     idempotent. [Held] asks whether the lease still stands, right before something is written.
//
// # Implementations
//
// [Memory] serves one process. [Redis] serves many; all its keys share one hash tag, so that it works on a cluster, and all
// time is the server's. Both pass the same tests. [Run] is the worker pool on top of either.
//
// # Redis
//
// Redis 6.2 or newer. The steps are Lua scripts, sent again by themselves after a restart (NOSCRIPT). An account needs
// the rights "~{andon}:* &{andon}:* +@read +@write +@scripting +@connection +@pubsub +time". The server should not evict keys
// (maxmemory-policy noeviction): eviction loses work until it is found again. A server out of memory refuses Add and still
// lets the queue be worked empty. When its clock is set back, or a server with another clock takes over, all times move
// along with it; when it is set forth, keys are due early and leases end early.
//
// [Open] takes these URLs; options of go-redis can follow as parameters (pool_size=20&read_timeout=1s):
//
//	redis://[user:password@]host:6379/0                                one server
//	rediss://[user:password@]host:6379/0                               the same over TLS
//	unix://[user:password@]/path/to/redis.sock?db=0                    a local socket
//	redis://[suser:spassword@]sentinel1:26379/0?addr=sentinel2:26379&master_name=mymaster&username=user&password=password
//	                                                                   Sentinel; suser is known to the sentinels, user to the servers
//	redis://[user:password@]node1:6379?addr=node2:6379                 a cluster, by several of its nodes
//	redis://[user:password@]node1:6379?cluster=true                    a cluster, by one address
//
// go-redis keeps its logger in a variable of its own and writes to standard error. This package does not touch it by
// itself; a program calls [LogTo] once, when it starts.
package queue
