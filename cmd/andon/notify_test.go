package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// leavesNothing sees that a test leaves nothing running.
func leavesNothing(t *testing.T) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
}

// hookServer is a webhook's server. It is closed before leavesNothing looks.
func hookServer(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	t.Helper()
	leavesNothing(t)
	srv := httptest.NewServer(handle)
	t.Cleanup(srv.Close)
	return srv
}

// oneChannel is the channel for one address.
func oneChannel(t *testing.T, address string) channel {
	t.Helper()
	channels, err := newChannels(Config{NotifyURLs: Secrets{Secret(address)}})
	if err != nil || len(channels) != 1 {
		t.Fatalf("%d channels, %v", len(channels), err)
	}
	return channels[0]
}

func TestAWebhookGetsTitleAndMessage(t *testing.T) {
	type seen struct {
		Method, Path, Query, Type, Header string
		Body                              map[string]string
	}
	var got seen
	srv := hookServer(t, func(_ http.ResponseWriter, r *http.Request) {
		got = seen{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Type: r.Header.Get("Content-Type"), Header: r.Header.Get("X-Key")}
		if err := json.NewDecoder(r.Body).Decode(&got.Body); err != nil {
			t.Error(err)
		}
	})
	host := strings.TrimPrefix(srv.URL, "http://")
	const title, text = "SHOP-1: disaster declared", "Sprint 7 is cancelled.\nhttps://jira.example.com/browse/SHOP-1?a=1&b=2 <all>"
	plain := map[string]string{"title": title, "message": text}
	tests := []struct {
		name, address string
		want          seen
	}{
		{"by its address alone", "http://" + host + "/in", seen{"POST", "/in", "", "application/json", "", plain}},
		{"with a query of its own", "http://" + host + "/in?sig=a%2Fb&sv=1.0", seen{"POST", "/in", "sig=a%2Fb&sv=1.0", "application/json", "", plain}},
		{"in the library's short form", "generic+http://" + host + "/in", seen{"POST", "/in", "", "application/json", "", plain}},
		{"in the library's long form", "generic://" + host + "/in?disabletls=yes", seen{"POST", "/in", "", "application/json", "", plain}},
		{"with other keys", "http://" + host + "/in?messagekey=text&titlekey=subject",
			seen{"POST", "/in", "", "application/json", "", map[string]string{"subject": title, "text": text}}},
		{"with a header and another field", "http://" + host + "/in?@X-Key=abc&$team=shop",
			seen{"POST", "/in", "", "application/json", "abc", map[string]string{"title": title, "message": text, "team": "shop"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got = seen{}
			if err := oneChannel(t, tt.address).Send(t.Context(), title, text); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFailingWebhookIsAnErrorWithoutItsAddress(t *testing.T) {
	tests := []struct {
		name   string
		handle http.HandlerFunc
		want   string
	}{
		{"an error of the server", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, canary, http.StatusInternalServerError) },
			"notify by 1 generic: failed to send notification to generic webhook: server returned unexpected response status code: 500 Internal Server Error"},
		{"a wrong address", http.NotFound,
			"notify by 1 generic: failed to send notification to generic webhook: server returned unexpected response status code: 404 Not Found"},
		{"a redirection", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere/"+canary, http.StatusFound)
		}, `notify by 1 generic: failed to send notification to generic webhook: sending HTTP request: Post "***": the address redirects to another one`},
		{"a connection that breaks", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			`notify by 1 generic: failed to send notification to generic webhook: sending HTTP request: Post "***": EOF`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := hookServer(t, tt.handle)
			err := oneChannel(t, srv.URL+"/"+canary+"?token="+canary).Send(t.Context(), "title", "text")
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	srv := hookServer(t, nil)
	c := oneChannel(t, srv.URL+"/"+canary)
	srv.Close()
	err := c.Send(t.Context(), "title", "text")
	if err == nil || !strings.Contains(err.Error(), "connection refused") || strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("got %v", err)
	}
}

// hangingServer is a server that answers only when it is released.
func hangingServer(t *testing.T) (srv *httptest.Server, arrived chan struct{}) {
	t.Helper()
	arrived = make(chan struct{}, 2*notifyAtOnce)
	release := make(chan struct{})
	srv = hookServer(t, func(http.ResponseWriter, *http.Request) { arrived <- struct{}{}; <-release })
	t.Cleanup(func() { close(release) })
	return srv, arrived
}

func TestSendEndsWithItsContextAlthoughTheLibraryDoesNot(t *testing.T) {
	srv, arrived := hangingServer(t)
	c := oneChannel(t, srv.URL+"/"+canary)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	err := c.Send(ctx, "title", "text")
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), canary) {
		t.Errorf("got %v", err)
	}
	if err := c.Send(ctx, "title", "text"); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	if len(arrived) > 0 {
		t.Error("something was sent although the context had ended before")
	}
}

func TestSendHasATimeOutOfItsOwn(t *testing.T) {
	srv, _ := hangingServer(t)
	c := oneChannel(t, srv.URL)
	if mail := (target{service: mailService}).patience(); c.timeout != 4*time.Second || mail != 10*time.Second {
		t.Errorf("the time-outs are %v, and %v for mail", c.timeout, mail)
	}
	c.timeout = time.Millisecond
	if err := c.Send(context.Background(), "title", "text"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestAHangingChannelHoldsOnlySoManyMessages(t *testing.T) {
	srv, arrived := hangingServer(t)
	c := oneChannel(t, srv.URL)
	ctx, cancel := context.WithCancel(t.Context())
	results := make(chan error, notifyAtOnce)
	for range notifyAtOnce {
		go func() { results <- c.Send(ctx, "title", "text") }()
	}
	for range notifyAtOnce {
		<-arrived
	}
	cancel()
	for range notifyAtOnce {
		if err := <-results; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	c.timeout = time.Millisecond
	err := c.Send(t.Context(), "title", "text")
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "4 earlier messages are still under way") {
		t.Errorf("got %v", err)
	}
	if len(arrived) > 0 {
		t.Error("one message more was sent")
	}
}

// An answer without an end would fill the memory.
func TestOfAnAnswerOnlyTheBeginningIsRead(t *testing.T) {
	srv := hookServer(t, func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(bytes.Repeat([]byte("x"), 4<<10)); err != nil {
				return
			}
		}
	})
	if err := oneChannel(t, srv.URL).Send(t.Context(), "title", "text"); err != nil {
		t.Error(err)
	}
}

func TestNamesOfChannels(t *testing.T) {
	channels, err := newChannels(Config{NotifyURLs: Secrets{
		"https://hooks.example.com/" + canary, "slack://hook:T00000000-B00000000-c4n4ry000000000000000000@webhook", "matrix://:" + canary + "@matrix.example.com/?rooms=%21a%3Aexample.com",
	}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range channels {
		names = append(names, c.Name())
	}
	if diff := cmp.Diff([]string{"1 generic", "2 slack", "3 matrix"}, names); diff != "" {
		t.Error(diff)
	}
	if none, err := newChannels(Config{}); err != nil || len(none) != 0 {
		t.Errorf("without addresses: %v, %v", none, err)
	}
}

func TestChannelsThatCannotBe(t *testing.T) {
	_, err := newChannels(Config{NotifyURLs: Secrets{"https://hooks.example.com/a", "nonsense://" + canary}})
	var faults Faults
	if !errors.As(err, &faults) || faults[0].Name != "ANDON_NOTIFY_URLS" || strings.Contains(err.Error(), canary) {
		t.Errorf("got %v", err)
	}
}

func TestTheLibraryLogsNothing(t *testing.T) {
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil))) // takes package log's output as well
	t.Cleanup(func() { slog.SetDefault(before) })
	srv := hookServer(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, canary) })
	c := oneChannel(t, srv.URL+"/"+canary)
	if err := c.Send(t.Context(), canary, canary); err != nil {
		t.Fatal(err)
	}
	srv.Close()
	if err := c.Send(t.Context(), canary, canary); err == nil {
		t.Error("no error from a server that is gone")
	}
	if out.Len() > 0 {
		t.Errorf("it was logged:\n%s", out.String())
	}
	var s silence
	s.Print(canary)
	s.Printf(canary)
	s.Println(canary)
	if out.Len() > 0 {
		t.Errorf("it was logged:\n%s", out.String())
	}
}
