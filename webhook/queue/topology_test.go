package queue_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

// story uses every script once, which shows that a topology accepts their keys.
func story(t *testing.T, a, b queue.Queue) {
	t.Helper()
	ctx := t.Context()
	got := takeLater(ctx, b)
	add(t, a, "k", 0, "note")
	r := <-got
	ok(t, r.err)
	if diff := cmp.Diff([]string{"note"}, r.item.Notes); diff != "" {
		t.Error(diff)
	}
	ok(t, b.Extend(ctx, r.item))
	done(t, b, r.item, queue.Outcome{Failed: true, Again: time.Millisecond, Hold: true})
	ok(t, a.Return(ctx, take(t, a, "k")))
	counts(t, b, 1, 1, 0)
	ok(t, a.Pin(ctx, "SHOP"))
	if diff := cmp.Diff([]string{"SHOP"}, must(b.Pinned(ctx))); diff != "" {
		t.Error(diff)
	}
}

func TestOnACluster(t *testing.T) {
	port := queuetest.FreePort(t)
	s := queuetest.Start(t, "--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", fmt.Sprint(queuetest.FreePort(t)))
	c := s.Client()
	ok(t, c.ClusterAddSlotsRange(t.Context(), 0, 16383).Err())
	eventually(t, "cluster", func(ctx context.Context) error {
		info, err := c.ClusterInfo(ctx).Result()
		if err == nil && !strings.Contains(info, "cluster_state:ok") {
			err = errors.New("not ready")
		}
		return err
	})
	for name, url := range map[string]string{
		"by one address": fmt.Sprintf("redis://127.0.0.1:%d?cluster=true", port),
		"by several":     fmt.Sprintf("redis://127.0.0.1:%d?addr=127.0.0.1:%d", port, port),
	} {
		t.Run(name, func(t *testing.T) {
			open := func() queue.Queue {
				return closing(t, must(queue.Open(url, queue.RedisOptions{Prefix: name})))
			}
			story(t, open(), open())
		})
	}
}

func TestThroughASentinel(t *testing.T) {
	ports := []int{queuetest.FreePort(t), queuetest.FreePort(t), queuetest.FreePort(t)}
	master := queuetest.Start(t, "--port", fmt.Sprint(ports[0]), "--bind", "127.0.0.1")
	replica := queuetest.Start(t, "--port", fmt.Sprint(ports[1]), "--bind", "127.0.0.1", "--replicaof", fmt.Sprintf("127.0.0.1 %d", ports[0]),
		"--repl-diskless-sync-delay", "0")
	ok(t, master.Client().ConfigSet(t.Context(), "repl-diskless-sync-delay", "0").Err())
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	ok(t, os.WriteFile(conf, fmt.Appendf(nil, "port %d\nbind 127.0.0.1\nsentinel monitor mymaster 127.0.0.1 %d 1\n", ports[2], ports[0]), 0o600))
	sentinel := queuetest.StartSentinel(t, conf)
	url := fmt.Sprintf("redis://127.0.0.1:%d/0?master_name=mymaster", ports[2])
	a := closing(t, must(queue.Open(url, queue.RedisOptions{})))
	b := closing(t, must(queue.Open(url, queue.RedisOptions{})))
	story(t, a, b)

	eventually(t, "replica", func(ctx context.Context) error {
		n, err := replica.Client().Exists(ctx, "{andon}:due").Result()
		if err == nil && n == 0 {
			err = errors.New("not there yet")
		}
		return err
	})
	// The sentinel must know the replica before it can hand over to it.
	eventually(t, "failover", func(ctx context.Context) error {
		return sentinel.Client().Do(ctx, "SENTINEL", "FAILOVER", "mymaster").Err()
	})
	eventually(t, "add on the new master", func(ctx context.Context) error {
		if role := must(replica.Client().Do(ctx, "ROLE").Slice()); role[0] != "master" {
			return errors.New("not yet master")
		}
		return a.Add(ctx, "k", 0)
	})
	var it queue.Item
	eventually(t, "take from the new master", func(ctx context.Context) (err error) {
		it, err = b.Take(ctx)
		return err
	})
	if it.Key != "k" || it.Tries != 1 {
		t.Errorf("%+v, want k with its failed run", it)
	}
}
