package siege

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"andon/webhook/queue/queuetest"
)

// both starts two replicas at an address of Redis and plays a declaration.
func both(t *testing.T, s *site, url string) (a, b *andon) {
	t.Helper()
	a, b = s.replica("ANDON_REDIS_URL="+url), s.replica("ANDON_REDIS_URL="+url)
	for _, each := range []*andon{a, b} {
		until(t, "andon is ready", func() error { return answers(each.address()+"/readyz", http.StatusOK, `"ready":true`) })
	}
	s.declare()
	s.frozen()
	return a, b
}

func TestTwoReplicasShareACluster(t *testing.T) {
	port := queuetest.FreePort(t)
	r := queuetest.Start(t, "--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", fmt.Sprint(queuetest.FreePort(t)))
	t.Parallel()
	do(t, r, "CLUSTER", "ADDSLOTSRANGE", 0, 16383)
	until(t, "the cluster is up", func() error {
		info, err := r.Client().ClusterInfo(t.Context()).Result()
		if err == nil && !strings.Contains(info, "cluster_state:ok") {
			err = errors.New("not yet")
		}
		return err
	})
	a, b := both(t, newSite(t), fmt.Sprintf("redis://127.0.0.1:%d?cluster=true", port))
	for _, each := range []*andon{a, b} {
		if strings.Contains(each.text(), "CROSSSLOT") || strings.Contains(each.text(), "cannot be reached") {
			t.Error("the cluster does not take every call")
		}
	}
}

// The sentinel hands over to the replica of Redis while planning is frozen, and the old
// server is gone for good.
func TestTwoReplicasOutliveAFailover(t *testing.T) {
	ports := []int{queuetest.FreePort(t), queuetest.FreePort(t), queuetest.FreePort(t)}
	master := queuetest.Start(t, "--port", fmt.Sprint(ports[0]), "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0")
	t.Parallel()
	second := queuetest.Start(t, "--port", fmt.Sprint(ports[1]), "--bind", "127.0.0.1", "--replicaof", fmt.Sprintf("127.0.0.1 %d", ports[0]))
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	must(t, os.WriteFile(conf, fmt.Appendf(nil, "port %d\nbind 127.0.0.1\nsentinel monitor mymaster 127.0.0.1 %d 1\nsentinel down-after-milliseconds mymaster 500\n", ports[2], ports[0]), 0o600))
	sentinel := queuetest.StartSentinel(t, conf)
	s := newSite(t)
	a, _ := both(t, s, fmt.Sprintf("redis://127.0.0.1:%d/0?master_name=mymaster", ports[2]))
	until(t, "the sentinel knows the replica", func() error {
		known, err := sentinel.Client().Do(t.Context(), "SENTINEL", "REPLICAS", "mymaster").Slice()
		if err == nil && len(known) == 0 {
			err = errors.New("not yet")
		}
		return err
	})
	master.Kill()
	until(t, "the replica is the master", func() error {
		role, err := second.Client().Do(t.Context(), "ROLE").Slice()
		if err == nil && role[0] != "master" {
			err = fmt.Errorf("it is a %v", role[0])
		}
		return err
	})
	until(t, "andon is ready again", func() error { return answers(a.address()+"/readyz", http.StatusOK, `"ready":true`) })
	s.frozen()
	until(t, "the new master holds the queue", func() error { // a key waits or is being worked on, and is in one of the two sets
		n, err := second.Client().Exists(t.Context(), "{andon}:due", "{andon}:lease").Result()
		if err == nil && n == 0 {
			err = errors.New("it holds nothing")
		}
		return err
	})
}
