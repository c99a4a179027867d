package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"

	"andon/webhook"
	"andon/webhook/queue"
)

const (
	// serveWord makes this program one of the servers that are measured.
	serveWord = "serve-measured"
	// secret signs the webhooks; they never leave the machine.
	secret = "a-secret-for-measuring-only" // #nosec G101
	// path is where webhooks go.
	path = "/webhooks/jira"
)

// The kinds of servers.
const (
	kindFloor      = "floor"
	kindFloorRedis = "floor + round trip"
	kindIrrelevant = "andon, irrelevant"
	kindRelevant   = "andon, relevant"
)

// serve is the server of a kind. It runs until it is killed.
func serve(ctx context.Context, args []string, _ io.Writer) error {
	if len(args) != 3 {
		return fmt.Errorf("%w: %s wants a kind, an address and a Redis", errUsage, serveWord)
	}
	h, err := handler(args[0], args[2])
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", args[1])
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	srv := &http.Server{Handler: measured(h), ReadHeaderTimeout: time.Minute}
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// measured adds a page that tells the allocations so far.
func measured(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/measure" {
			h.ServeHTTP(w, r)
			return
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if err := json.NewEncoder(w).Encode(memory{m.Mallocs, m.TotalAlloc}); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
}

// watch knows the projects whose events matter: all, or none.
type watch bool

// Watched implements webhook.Known.
func (w watch) Watched(string) bool { return bool(w) }

// ProjectOfBoard implements webhook.Known.
func (watch) ProjectOfBoard(int64) (string, bool) { return "", false }

// handler makes what is measured.
func handler(kind, address string) (http.Handler, error) {
	switch kind {
	case kindFloor:
		return floor(func(context.Context) error { return nil }), nil
	case kindFloorRedis:
		opt, err := redis.ParseURL(address)
		if err != nil {
			return nil, fmt.Errorf("read the address of Redis: %w", err)
		}
		client := redis.NewClient(opt)
		return floor(func(ctx context.Context) error { return client.Set(ctx, "project:SHOP", "10001", 0).Err() }), nil
	case kindIrrelevant, kindRelevant:
		q, err := queue.Open(address, queue.RedisOptions{})
		if err != nil {
			return nil, err
		}
		return receiver(q, kind == kindRelevant)
	}
	return nil, fmt.Errorf("%w: there is no server %q", errUsage, kind)
}

// receiver is andon's own.
func receiver(hints webhook.Hints, watched watch) (http.Handler, error) {
	return webhook.New(webhook.Config{Secrets: []string{secret}, Labels: []string{"disaster", "planning-blocked"}},
		webhook.Deps{Hints: hints, Known: watched, Now: time.Now})
}

// floor is the least that a receiver does: echo, the body read whole, its signature verified; then store keeps it.
func floor(store func(context.Context) error) http.Handler {
	e := echo.New()
	e.POST(path, func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		claimed, err := hex.DecodeString(strings.TrimPrefix(c.Request().Header.Get("X-Hub-Signature"), "sha256="))
		if err != nil || !hmac.Equal(claimed, mac(body)) {
			return c.NoContent(http.StatusUnauthorized)
		}
		if err := store(c.Request().Context()); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
	return e
}

func mac(body []byte) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write(body)
	return h.Sum(nil)
}
