package queue_test

import (
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
)

func TestARedisTellsHowItIsSetUp(t *testing.T) {
	for name, args := range map[string][]string{
		"noeviction":  {"--maxmemory", "100mb", "--maxmemory-policy", "noeviction"},
		"allkeys-lru": {"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"},
	} {
		t.Run(name, func(t *testing.T) {
			s := queuetest.Start(t, args...)
			in, err := queue.Inspect(t.Context(), s.URL(), time.Now)
			if err != nil || in.Policy != name || !in.Limited || in.Version == "" {
				t.Errorf("it tells %+v, %v", in, err)
			}
			s.Kill()
			if _, err := queue.Inspect(t.Context(), s.URL(), time.Now); err == nil {
				t.Error("a dead server answers")
			}
		})
	}
}

func TestARedisThatTellsNothingStillAnswers(t *testing.T) {
	mini := miniredis.RunT(t)
	in, err := queue.Inspect(t.Context(), "redis://"+mini.Addr(), time.Now)
	if err != nil || in.Policy != "" {
		t.Errorf("it tells %+v, %v", in, err)
	}
	if _, err := queue.Inspect(t.Context(), "redis://:a secret word@nowhere:1:2", time.Now); err == nil || strings.Contains(err.Error(), "secret word") {
		t.Errorf("a wrong URL gives %v", err)
	}
}
