package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"andon/webhook/queue"
)

// figures are those of one round of a queue; testdata/peers/asynq prints the same.
type figures struct {
	Handover []float64       // µs from added to taken
	Rate     map[int]float64 // keys a second, by workers
	Runs     int             // for a burst of adds to one key
	Adds     float64         // adds a second in that burst
	Seen     bool            // a run began after the last add
}

const (
	burstAdds = 1000
	burstKey  = "project:SHOP"
	burstWork = 10 * time.Millisecond
)

// workerCounts are those of the table.
func workerCounts() []int { return []int{1, 4, 16} }

// subject is a queue that is measured.
type subject struct {
	name  string
	round func(ctx context.Context, address string) (figures, error)
}

// queue measures the queues in turns, each on an empty Redis.
func (l *lab) queue(ctx context.Context) (string, error) {
	asynq, err := l.peer(ctx, "asynq")
	if err != nil {
		return "", err
	}
	handovers, tasks := l.pick(50, 500), l.pick(300, 3000)
	subjects := []subject{
		{"bare Redis (ZADD, BZPOPMIN, DEL)", func(ctx context.Context, address string) (figures, error) {
			return rounds(ctx, address, handovers, tasks, bare)
		}},
		{"andon", func(ctx context.Context, address string) (figures, error) {
			return rounds(ctx, address, handovers, tasks, ours)
		}},
		{"asynq 0.26.0", func(ctx context.Context, address string) (figures, error) {
			return theirs(ctx, asynq, address, l.pick(3, 10), tasks)
		}},
	}
	all := make(map[string][]figures)
	for n := range l.pick(1, 5) {
		for _, s := range subjects {
			l.say("  round %d, %s", n+1, s.name)
			f, err := fresh(ctx, s)
			if err != nil {
				return "", fmt.Errorf("%s: %w", s.name, err)
			}
			all[s.name] = append(all[s.name], f)
		}
	}
	t := table{head: []string{"queue", "added to taken, median", "99th", "1 worker", "4 workers", "16 workers", "1,000 adds of one key", "runs of it", "a run after the last add"}}
	for _, s := range subjects {
		t.add(queueRow(s.name, all[s.name])...)
	}
	return fmt.Sprintf("%s, Redis %s; medians of %d round(s) in turns; keys a second.\n\n%s\n"+
		"The bare commands are the least that a queue of keys needs: one to add, one to take, one to say that it is done; they know no leases, no\n"+
		"notes and no later tries. In the burst each run takes %v. asynq keeps one task of an id and refuses the same id while it runs, so that\n"+
		"what is added in that time has no run of its own. It asks for tasks once a second when there were none (its default), which shows in\n"+
		"its hand-over.\n",
		machine(), redisVersion(), l.pick(1, 5), t.String(), burstWork), nil
}

// fresh measures one round on a Redis of its own.
func fresh(ctx context.Context, s subject) (figures, error) {
	server, address, err := startRedis(ctx)
	if err != nil {
		return figures{}, err
	}
	defer server.end()
	return s.round(ctx, address)
}

// queueRow is a line of the table.
func queueRow(name string, all []figures) []string {
	pick := func(of func(figures) float64) float64 {
		var values []float64
		for _, f := range all {
			values = append(values, of(f))
		}
		return median(values)
	}
	row := []string{
		name,
		micros(pick(func(f figures) float64 { return median(f.Handover) })),
		micros(pick(func(f figures) float64 { return percentile(f.Handover, 99) })),
	}
	for _, n := range workerCounts() {
		row = append(row, fmt.Sprintf("%.0f", pick(func(f figures) float64 { return f.Rate[n] })))
	}
	seen := "yes"
	for _, f := range all {
		if !f.Seen {
			seen = "not always"
		}
	}
	return append(row, fmt.Sprintf("%.0f/s", pick(func(f figures) float64 { return f.Adds })),
		fmt.Sprintf("%.0f", pick(func(f figures) float64 { return float64(f.Runs) })), seen)
}

// keyed is a queue of keys as this program uses one.
type keyed struct {
	add  func(ctx context.Context, key string) error
	work func(ctx context.Context, workers int, handle func(key string)) error // until ctx ends
	end  func() error
}

// ours is andon's queue.
func ours(address string) (keyed, error) {
	q, err := queue.Open(address, queue.RedisOptions{})
	if err != nil {
		return keyed{}, err
	}
	return keyed{
		add: func(ctx context.Context, key string) error { return q.Add(ctx, key, 0, "10001") },
		work: func(ctx context.Context, workers int, handle func(string)) error {
			return queue.Run(ctx, q, queue.RunOptions{Workers: workers}, func(_ context.Context, it queue.Item) (time.Duration, error) {
				handle(it.Key)
				return 0, nil
			})
		},
		end: q.Close,
	}, nil
}

// bare is the least that does the same in good times.
func bare(address string) (keyed, error) {
	opt, err := redis.ParseURL(address)
	if err != nil {
		return keyed{}, fmt.Errorf("read the address of Redis: %w", err)
	}
	opt.PoolSize, opt.ContextTimeoutEnabled = 32, true
	client := redis.NewClient(opt)
	return keyed{
		add: func(ctx context.Context, key string) error {
			return client.ZAdd(ctx, "due", redis.Z{Score: float64(time.Now().UnixMilli()), Member: key}).Err()
		},
		work: func(ctx context.Context, workers int, handle func(string)) error {
			return together(make([]line, workers), func(int, line) error { return pop(ctx, client, handle) })
		},
		end: client.Close,
	}, nil
}

// pop is one worker of the bare queue.
func pop(ctx context.Context, client *redis.Client, handle func(string)) error {
	for ctx.Err() == nil {
		it, err := client.BZPopMin(ctx, time.Second, "due").Result()
		if errors.Is(err, redis.Nil) || ctx.Err() != nil {
			continue
		}
		if err != nil {
			return fmt.Errorf("take: %w", err)
		}
		key, _ := it.Member.(string)
		handle(key)
		if err := client.Del(context.WithoutCancel(ctx), "lease:"+key).Err(); err != nil {
			return fmt.Errorf("done: %w", err)
		}
	}
	return nil
}

// theirs has another program measure itself.
func theirs(ctx context.Context, path, address string, handovers, tasks int) (figures, error) {
	var f figures
	raw, err := exec.CommandContext(ctx, path, address, strconv.Itoa(handovers), strconv.Itoa(tasks)).Output() // #nosec G204 -- our own program
	if err != nil {
		return f, fmt.Errorf("run it: %w", err)
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return f, fmt.Errorf("read its figures: %w", err)
	}
	return f, nil
}

// rounds measures a queue once.
func rounds(ctx context.Context, address string, handovers, tasks int, open func(string) (keyed, error)) (figures, error) {
	f := figures{Rate: map[int]float64{}}
	q, err := open(address)
	if err != nil {
		return f, err
	}
	defer func() { _ = q.end() }()
	if f.Handover, err = handover(ctx, q, handovers); err != nil {
		return f, err
	}
	for _, n := range workerCounts() {
		if f.Rate[n], err = throughput(ctx, q, n, tasks); err != nil {
			return f, err
		}
	}
	return f, burst(ctx, q, &f)
}

// at runs workers while a function does its part.
func (q keyed) at(ctx context.Context, workers int, handle func(string), do func() error) error {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- q.work(ctx, workers, handle) }()
	err := do()
	stop()
	return errors.Join(err, <-ended)
}

// handover adds one key at a time to a queue that is empty.
func handover(ctx context.Context, q keyed, n int) ([]float64, error) {
	taken := make(chan time.Time, 1)
	var took []float64
	err := q.at(ctx, 4, func(string) { taken <- time.Now() }, func() error {
		for i := range n {
			begin := time.Now()
			if err := q.add(ctx, fmt.Sprint("project:", i)); err != nil {
				return err
			}
			select {
			case at := <-taken:
				took = append(took, float64(at.Sub(begin).Microseconds()))
			case <-time.After(patience):
				return errors.New("nothing was taken")
			}
		}
		return nil
	})
	return took, err
}

// throughput works off what waits.
func throughput(ctx context.Context, q keyed, workers, n int) (float64, error) {
	for i := range n {
		if err := q.add(ctx, fmt.Sprint("project:", i)); err != nil {
			return 0, err
		}
	}
	var done atomic.Int64
	all := make(chan struct{})
	begin := time.Now()
	var took time.Duration
	err := q.at(ctx, workers, func(string) {
		if done.Add(1) == int64(n) {
			close(all)
		}
	}, func() error {
		select {
		case <-all:
			took = time.Since(begin)
			return nil
		case <-time.After(patience):
			return fmt.Errorf("%d of %d keys were taken", done.Load(), n)
		}
	})
	return float64(n) / max(took.Seconds(), 1e-9), err
}

// burst adds one key again and again while it is worked on.
func burst(ctx context.Context, q keyed, f *figures) error {
	var runs, last atomic.Int64
	handle := func(string) {
		runs.Add(1)
		last.Store(time.Now().UnixNano())
		<-time.After(burstWork)
	}
	err := q.at(ctx, 4, handle, func() error {
		begin := time.Now()
		var final time.Time
		for range burstAdds {
			final = time.Now()
			if err := q.add(ctx, burstKey); err != nil {
				return err
			}
		}
		f.Adds = burstAdds / time.Since(begin).Seconds()
		<-time.After(time.Second)
		f.Seen = last.Load() >= final.UnixNano()
		return nil
	})
	f.Runs = int(runs.Load())
	return err
}
