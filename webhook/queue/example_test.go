package queue_test

import (
	"context"
	"fmt"
	"time"

	"andon/webhook/queue"
)

// Three hints about one project, one about another: two runs.
func Example() {
	q := queue.NewMemory(time.Now, queue.MemoryOptions{})
	ctx, cancel := context.WithCancel(context.Background())
	for _, hint := range []struct{ key, issue string }{
		{"project:SHOP", "10001"}, {"project:SHOP", "10002"}, {"project:SHOP", "10001"}, {"project:TOOL", "10007"},
	} {
		if err := q.Add(ctx, hint.key, 0, hint.issue); err != nil {
			fmt.Println(err)
		}
	}
	err := queue.Run(ctx, q, queue.RunOptions{Workers: 1}, func(_ context.Context, it queue.Item) (time.Duration, error) {
		fmt.Println(it.Key, it.Notes)
		if it.Key == "project:TOOL" {
			cancel()
		}
		return 0, nil // look at it again only when somebody asks
	})
	fmt.Println(err, q.Close())
	// Output:
	// project:SHOP [10002 10001]
	// project:TOOL [10007]
	// <nil> <nil>
}

// A handler asks right before it writes whether it may still.
func ExampleHeld() {
	handle := func(ctx context.Context, it queue.Item) (time.Duration, error) {
		if err := queue.Held(ctx); err != nil {
			return 0, err // somebody else has the project now
		}
		fmt.Println("close the sprint of", it.Key)
		return time.Minute, nil
	}
	again, err := handle(context.Background(), queue.Item{Key: "project:SHOP"})
	fmt.Println(again, err)
	// Output:
	// close the sprint of project:SHOP
	// 1m0s <nil>
}
