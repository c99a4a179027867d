// Program minimal is what somebody would write in an afternoon with echo, go-redis and go-jira: it proves that Redis and
// Jira are there, verifies webhooks and keeps a hint of each. Settings are in LISTEN, REDIS_URL, JIRA_URL and SECRET.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	gojira "github.com/andygrunwald/go-jira"
	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "minimal:", err)
		os.Exit(1)
	}
}

func serve() error {
	opt, err := redis.ParseURL(os.Getenv("REDIS_URL"))
	if err != nil {
		return err
	}
	store := redis.NewClient(opt)
	if err := store.Ping(context.Background()).Err(); err != nil {
		return fmt.Errorf("reach Redis: %w", err)
	}
	auth := gojira.BasicAuthTransport{Username: "andon@example.com", Password: "demo"}
	client, err := gojira.NewClient(auth.Client(), os.Getenv("JIRA_URL"))
	if err != nil {
		return err
	}
	if _, _, err := client.User.GetSelf(); err != nil {
		return fmt.Errorf("reach Jira: %w", err)
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/readyz", func(c echo.Context) error { return c.NoContent(http.StatusOK) })
	e.POST("/webhooks/jira", func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		mac := hmac.New(sha256.New, []byte(os.Getenv("SECRET")))
		mac.Write(body)
		claimed, err := hex.DecodeString(strings.TrimPrefix(c.Request().Header.Get("X-Hub-Signature"), "sha256="))
		if err != nil || !hmac.Equal(claimed, mac.Sum(nil)) {
			return c.NoContent(http.StatusUnauthorized)
		}
		if err := store.Set(c.Request().Context(), "hint", "10001", 0).Err(); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
	return e.Start(os.Getenv("LISTEN"))
}
