package queue_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// onEach benches each implementation; "ping" in its place is one bare round trip, the floor of those on a server.
func onEach(b *testing.B, bench func(b *testing.B, q queue.Queue)) {
	b.Run("memory", func(b *testing.B) {
		q := queue.NewMemory(time.Now, queue.MemoryOptions{})
		bench(b, q)
		_ = q.Close()
	})
	b.Run("miniredis", func(b *testing.B) {
		_, client := queuetest.Mini(b)
		q := must(queue.NewRedis(client(), queue.RedisOptions{}))
		bench(b, q)
		_ = q.Close()
	})
	b.Run("redis-server", func(b *testing.B) {
		q := must(queue.Open(queuetest.Start(b).URL(), queue.RedisOptions{}))
		bench(b, q)
		_ = q.Close()
	})
}

func BenchmarkPing(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		for b.Loop() {
			ok(b, q.Ping(context.Background()))
		}
	})
}

func BenchmarkAddNewKey(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		i := 0
		for b.Loop() {
			i++
			add(b, q, fmt.Sprint("project:", i), 0, "10001")
		}
	})
}

// A burst: all but the first change nothing.
func BenchmarkAddWaitingKey(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		for b.Loop() {
			add(b, q, "project:SHOP", 0)
		}
	})
}

func BenchmarkAddInParallel(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		var n atomic.Int64
		b.RunParallel(func(pb *testing.PB) {
			key := fmt.Sprint("project:", n.Add(1))
			for pb.Next() {
				add(b, q, key, 0)
			}
		})
	})
}

func BenchmarkTakeDone(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		add(b, q, "project:SHOP", 0)
		for b.Loop() {
			it := takeAny(b, q)
			done(b, q, it, queue.Outcome{})
			b.StopTimer()
			add(b, q, "project:SHOP", 0)
			b.StartTimer()
		}
	})
}

// From Add to the start of the handler, with a worker that waits. Reported: the median and the 99th percentile.
func BenchmarkHandOver(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		ctx, cancel := context.WithCancel(context.Background())
		taken, ended := make(chan time.Time), make(chan error)
		go func() {
			ended <- queue.Run(ctx, q, queue.RunOptions{Workers: 2}, func(context.Context, queue.Item) (time.Duration, error) {
				taken <- time.Now()
				return 0, nil
			})
		}()
		var waits []time.Duration
		i := 0
		for b.Loop() {
			i++
			start := time.Now()
			add(b, q, fmt.Sprint(i), 0)
			waits = append(waits, (<-taken).Sub(start))
		}
		cancel()
		ok(b, <-ended)
		slices.Sort(waits)
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds()), "p99-µs")
	})
}

// A hundred hints for ten projects while the workers are busy: reported is how many runs they cost.
func BenchmarkBurst(b *testing.B) {
	onEach(b, func(b *testing.B, q queue.Queue) {
		runs := 0
		for b.Loop() {
			for i := range 100 {
				add(b, q, fmt.Sprint("project:", i%10), 0, "10001")
			}
			for range 10 {
				done(b, q, takeAny(b, q), queue.Outcome{})
				runs++
			}
		}
		b.ReportMetric(float64(runs)/float64(b.N), "runs/burst")
	})
}

// How many empty runs a second one process gets through, by the number of its workers.
func BenchmarkWorkers(b *testing.B) {
	for _, workers := range []int{1, 4, 16} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			onEach(b, func(b *testing.B, q queue.Queue) {
				for i := range b.N {
					add(b, q, fmt.Sprint(i), 0)
				}
				ctx, cancel := context.WithCancel(context.Background())
				ended := make(chan error)
				left := atomic.Int64{}
				left.Store(int64(b.N))
				b.ResetTimer()
				go func() {
					ended <- queue.Run(ctx, q, queue.RunOptions{Workers: workers}, func(context.Context, queue.Item) (time.Duration, error) {
						if left.Add(-1) == 0 {
							cancel()
						}
						return 0, nil
					})
				}()
				ok(b, <-ended)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
			})
		})
	}
}
