package queue

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Inspection is what a Redis says about itself.
type Inspection struct {
	// Version is the server's version, Policy what it throws away when its memory is full
	// (maxmemory-policy). Both are empty where the server does not tell.
	Version string
	Policy  string
	// Limited is true where its memory is limited, so that the policy matters.
	Limited bool
	// Took is how long the server took to answer.
	Took time.Duration
}

// Inspect asks the Redis of a URL whether it answers, and how it is set up. Errors never
// repeat a URL with a password in it.
func Inspect(ctx context.Context, rawURL string, now func() time.Time) (in Inspection, err error) {
	client, err := Connect(rawURL)
	if err != nil {
		return Inspection{}, err
	}
	defer func() { err = errors.Join(err, client.Close()) }()
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	began := now()
	if err := client.Ping(ctx).Err(); err != nil {
		return in, fmt.Errorf("ping Redis: %w", err)
	}
	in.Took = now().Sub(began)
	text, infoErr := client.Info(ctx).Result()
	if infoErr != nil {
		return in, nil // a managed Redis may forbid INFO; that it answers is what counts
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		name, value, _ := strings.Cut(strings.TrimSpace(lines.Text()), ":")
		switch name {
		case "redis_version":
			in.Version = value
		case "maxmemory_policy":
			in.Policy = value
		case "maxmemory":
			in.Limited = value != "0"
		}
	}
	if err := lines.Err(); err != nil {
		return in, fmt.Errorf("read Redis' INFO: %w", err)
	}
	return in, nil
}
