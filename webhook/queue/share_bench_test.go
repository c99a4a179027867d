package queue

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"andon/webhook/queue/queuetest"
)

// BenchmarkShared measures hints that 32 senders leave at once: each alone, and sharing round
// trips.
func BenchmarkShared(b *testing.B) {
	for _, how := range []string{"alone", "shared"} {
		b.Run(how, func(b *testing.B) {
			q, err := Open(queuetest.Start(b).URL(), RedisOptions{})
			if err != nil {
				b.Fatal(err)
			}
			var n atomic.Int64
			b.SetParallelism(16)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				key := fmt.Sprint("project:", n.Add(1))
				for pb.Next() {
					var err error
					if how == "shared" {
						err = q.Add(context.Background(), key, 0)
					} else {
						_, err = q.run(context.Background(), q.scripts.add, key, millis(0))
					}
					if err != nil {
						b.Error(err)
					}
				}
			})
			if err := q.Close(); err != nil {
				b.Error(err)
			}
		})
	}
}
