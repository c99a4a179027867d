package shelf_test

import (
	"log/slog"
	"testing"

	"go.uber.org/goleak"

	"andon/webhook/queue"
)

func TestMain(m *testing.M) {
	queue.LogTo(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m)
}
