package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func works(context.Context) error { return nil }

// readyz asks, and returns the status and the words.
func (r *rig) readyz(t *testing.T) (int, readiness) {
	t.Helper()
	w := r.do("GET", "/readyz", "")
	var state readiness
	if err := json.Unmarshal(w.Body.Bytes(), &state); err != nil {
		t.Fatalf("/readyz says %q: %v", w.Body, err)
	}
	if strings.Contains(w.Body.String(), "10.0.0.1") {
		t.Errorf("/readyz tells the reason: %s", w.Body)
	}
	return w.Code, state
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	refused := func(context.Context) error { return errors.New("dial tcp 10.0.0.1:6379: refused") }
	late := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	crash := func(context.Context) error { panic("10.0.0.1") }
	for _, tt := range []struct {
		name   string
		checks []Check
		status int
		words  map[string]string
	}{
		{"nothing to check", nil, 200, map[string]string{}},
		{"all work", []Check{{"redis", works}, {"jira", works}}, 200, map[string]string{"redis": "ok", "jira": "ok"}},
		{"one fails", []Check{{"redis", refused}, {"jira", works}}, 503, map[string]string{"redis": "failed", "jira": "ok"}},
		{"one is late", []Check{{"redis", works}, {"jira", late}}, 503, map[string]string{"redis": "ok", "jira": "timed out"}},
		{"one panics", []Check{{"redis", crash}, {"jira", works}}, 503, map[string]string{"redis": "failed", "jira": "ok"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				rig := newRig(t, testConfig(), fakeKnown{}, tt.checks...)
				status, state := rig.readyz(t)
				if status != tt.status || state.Ready != (status == 200) || !reflect.DeepEqual(state.Checks, tt.words) {
					t.Errorf("%d %+v, want %d %v", status, state, tt.status, tt.words)
				}
				if logged := rig.log.String(); strings.Contains(logged, "readiness check fails") != (status == 503) {
					t.Errorf("logged %q", logged)
				}
			})
		})
	}
}

func TestChecksRunSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func(ctx context.Context) error { return sleep(ctx, 1500*time.Millisecond) }
		rig := newRig(t, testConfig(), fakeKnown{}, Check{"a", slow}, Check{"b", slow}, Check{"c", slow})
		start := time.Now()
		if status, _ := rig.readyz(t); status != 200 || time.Since(start) != 1500*time.Millisecond {
			t.Errorf("three checks of 1.5 s: %d after %s", status, time.Since(start))
		}
	})
}

// sleep waits in the bubble's time.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestAFloodOfQuestionsCostsOneCheck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		rig := newRig(t, testConfig(), fakeKnown{}, Check{"jira", func(ctx context.Context) error {
			asked.Add(1)
			return sleep(ctx, time.Second)
		}})
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() { rig.readyz(t) })
		}
		wg.Wait()
		rig.clock.move(999 * time.Millisecond)
		rig.readyz(t)
		if n := asked.Load(); n != 1 {
			t.Errorf("101 questions within a second: %d checks", n)
		}
		rig.clock.move(time.Millisecond)
		rig.readyz(t)
		if n := asked.Load(); n != 2 {
			t.Errorf("after a second: %d checks, want 2", n)
		}
	})
}

func TestACheckThatNeverEndsIsNotStartedTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var started atomic.Int32
		release := make(chan struct{})
		rig := newRig(t, testConfig(), fakeKnown{}, Check{"stuck", func(context.Context) error {
			started.Add(1)
			<-release
			return nil
		}})
		for range 3 {
			if status, state := rig.readyz(t); status != 503 || state.Checks["stuck"] != "timed out" {
				t.Errorf("a check that never ends: %d %+v", status, state)
			}
			rig.clock.move(time.Minute)
		}
		if n := started.Load(); n != 1 {
			t.Errorf("started %d times", n)
		}
		if n := strings.Count(rig.log.String(), "readiness check fails"); n != 1 {
			t.Errorf("logged %d times", n)
		}
		close(release)
		synctest.Wait()
		if status, _ := rig.readyz(t); status != 200 || !strings.Contains(rig.log.String(), "works again") {
			t.Errorf("after it ended: %d, log %s", status, rig.log)
		}
	})
}

func TestWhoeverStopsAskingIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rig := newRig(t, testConfig(), fakeKnown{}, Check{"slow", func(ctx context.Context) error { return sleep(ctx, time.Second) }})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		w := httptest.NewRecorder()
		rig.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/readyz", nil))
		if time.Since(start) != 100*time.Millisecond || w.Code != 503 {
			t.Errorf("%d after %s", w.Code, time.Since(start))
		}
		if status, _ := rig.readyz(t); status != 200 || time.Since(start) != time.Second {
			t.Errorf("the round that was left alone: %d after %s", status, time.Since(start))
		}
	})
}

func TestDraining(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{}, Check{"jira", works})
	rig.Drain()
	if status, state := rig.readyz(t); status != 503 || state.Ready || state.Checks["andon"] != "stopping" {
		t.Errorf("while stopping: %d %+v", status, state)
	}
	if w := rig.do("GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("while stopping, /healthz says %d", w.Code)
	}
	if got := rig.post(relevant); got != "202 board:9" {
		t.Errorf("while stopping, a webhook gets %q", got)
	}
}
