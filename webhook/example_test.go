package webhook_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"andon/webhook"
)

// printer is a queue that only tells what it would keep.
type printer struct{}

func (printer) Add(_ context.Context, key string, _ time.Duration, notes ...string) error {
	fmt.Println("look at", key, notes)
	return nil
}

// nothing knows no project.
type nothing struct{}

func (nothing) Watched(string) bool                 { return false }
func (nothing) ProjectOfBoard(int64) (string, bool) { return "", false }

func ExampleNew() {
	server, err := webhook.New(webhook.Config{
		PathToken: "an-unguessable-path", // for a Jira that cannot sign; else Secrets
		Labels:    []string{"disaster"},
	}, webhook.Deps{Hints: printer{}, Known: nothing{}, Now: time.Now})
	if err != nil {
		fmt.Println(err)
		return
	}
	// server.HTTPServer(listen).Serve(server.Limit(listener)) would serve it.

	const event = `{"webhookEvent":"jira:issue_created","issue":{"id":"10001","key":"SHOP-1","fields":{"labels":["disaster"],"project":{"key":"SHOP"}}}}`
	for _, path := range []string{"/webhooks/jira/an-unguessable-path", "/webhooks/jira"} {
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, path, strings.NewReader(event)))
		fmt.Println(answer.Code)
	}
	// Output:
	// look at project:SHOP [10001]
	// 202
	// 401
}

func ExampleLimitListener() {
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	limited := webhook.LimitListener(l, 4096)
	fmt.Println(limited.Addr().Network(), limited.Close())
	// Output: tcp <nil>
}
