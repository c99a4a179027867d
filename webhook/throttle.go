package webhook

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// throttle writes at most one log line in a while: whoever can send requests could otherwise fill the log. What was left out is
// counted in the next line (and each request in the metrics).
type throttle struct {
	every time.Duration
	now   func() time.Time
	log   *slog.Logger

	mu     sync.Mutex
	last   time.Time
	silent int // lines left out since last
}

func (t *throttle) warn(ctx context.Context, message string, attrs ...slog.Attr) {
	t.mu.Lock()
	now := t.now()
	// A clock set back must not silence the log.
	if since := now.Sub(t.last); !t.last.IsZero() && since >= 0 && since < t.every {
		t.silent++
		t.mu.Unlock()
		return
	}
	left := t.silent
	t.last, t.silent = now, 0
	t.mu.Unlock()
	if left > 0 {
		attrs = append(attrs, slog.Int("others_not_logged", left))
	}
	t.log.LogAttrs(ctx, slog.LevelWarn, message, attrs...)
}
