package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// What the README shows of the demo is what the demo says, in this order.
func TestTheReadmeShowsWhatTheDemoSays(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(raw), "```text\n")
	shown, _, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatal("README.md shows nothing of the demo")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*deadline)
	defer cancel()
	var said, log bytes.Buffer
	if code := run(ctx, []string{"demo", "--exit", "--jira-listen", "127.0.0.1:0", "--andon-listen", "127.0.0.1:0", "--play-listen", ""}, nil, &said, &log); code != 0 {
		t.Fatalf("status %d: %s", code, log.String())
	}
	left := said.String()
	for _, part := range strings.Split(shown, "…\n") {
		_, after, found := strings.Cut(left, part)
		if !found {
			t.Fatalf("the demo does not say:\n%sbut:\n%s", part, left)
		}
		left = after
	}
}
