// Program asynq measures that queue and prints the figures of one round as JSON:
//
//	asynq REDIS HANDOVERS TASKS
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/hibiken/asynq"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "asynq:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return errors.New("want an address, a number of hand-overs and one of tasks")
	}
	handovers, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	tasks, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	f, err := measure(args[0], handovers, tasks)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(f)
}

// figures are those of one round; compare reads them.
type figures struct {
	Handover []float64       // µs from added to taken
	Rate     map[int]float64 // tasks a second, by workers
	Runs     int             // for a burst of adds to one key
	Adds     float64         // adds a second in that burst
	Seen     bool            // a run began after the last add
}

// server starts workers.
func server(opt asynq.RedisConnOpt, workers int, handle asynq.HandlerFunc) (*asynq.Server, error) {
	s := asynq.NewServer(opt, asynq.Config{Concurrency: workers, LogLevel: asynq.FatalLevel})
	return s, s.Start(handle)
}

func measure(address string, handovers, tasks int) (figures, error) {
	var f figures
	opt, err := asynq.ParseRedisURI(address)
	if err != nil {
		return f, err
	}
	client := asynq.NewClient(opt)
	defer client.Close()
	if f.Handover, err = handover(opt, client, handovers); err != nil {
		return f, err
	}
	f.Rate = map[int]float64{}
	for _, workers := range []int{1, 4, 16} {
		if f.Rate[workers], err = throughput(opt, client, workers, tasks); err != nil {
			return f, err
		}
	}
	return f, burst(opt, client, &f)
}

// handover adds one task at a time to a queue that is empty.
func handover(opt asynq.RedisConnOpt, client *asynq.Client, n int) ([]float64, error) {
	taken := make(chan time.Time, 1)
	s, err := server(opt, 4, func(context.Context, *asynq.Task) error {
		taken <- time.Now()
		return nil
	})
	if err != nil {
		return nil, err
	}
	defer s.Shutdown()
	var took []float64
	for range n {
		begin := time.Now()
		if _, err := client.Enqueue(asynq.NewTask("hint", nil)); err != nil {
			return nil, err
		}
		took = append(took, float64((<-taken).Sub(begin).Microseconds()))
	}
	return took, nil
}

// throughput works off what waits.
func throughput(opt asynq.RedisConnOpt, client *asynq.Client, workers, n int) (float64, error) {
	for i := range n {
		if _, err := client.Enqueue(asynq.NewTask("hint", fmt.Append(nil, i))); err != nil {
			return 0, err
		}
	}
	var done atomic.Int64
	all := make(chan struct{})
	begin := time.Now()
	s, err := server(opt, workers, func(context.Context, *asynq.Task) error {
		if done.Add(1) == int64(n) {
			close(all)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	<-all
	took := time.Since(begin)
	s.Shutdown()
	return float64(n) / took.Seconds(), nil
}

// burst adds one key again and again while it is worked on.
func burst(opt asynq.RedisConnOpt, client *asynq.Client, f *figures) error {
	var runs, last atomic.Int64
	s, err := server(opt, 4, func(context.Context, *asynq.Task) error {
		runs.Add(1)
		last.Store(time.Now().UnixNano())
		<-time.After(10 * time.Millisecond)
		return nil
	})
	if err != nil {
		return err
	}
	begin := time.Now()
	var final time.Time
	for range 1000 {
		final = time.Now()
		if _, err := client.Enqueue(asynq.NewTask("hint", nil), asynq.TaskID("project:SHOP")); err != nil && !errors.Is(err, asynq.ErrTaskIDConflict) {
			return err
		}
	}
	f.Adds = 1000 / time.Since(begin).Seconds()
	<-time.After(3 * time.Second) // it looks every second
	s.Shutdown()
	f.Runs, f.Seen = int(runs.Load()), last.Load() >= final.UnixNano()
	return nil
}
