package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/jira/jiratest"
)

// site is the simulated Jira of the demo, served over HTTP.
type site struct {
	*jiratest.Jira
	seed   jiratest.Demo
	url    string
	client *http.Client
}

// newSite makes and seeds a site.
func newSite(flavour string) (*site, error) {
	f := jiratest.Cloud
	switch {
	case oneOf(flavour, "cloud"):
	case oneOf(flavour, "datacenter", "dc", "server"):
		f = jiratest.DataCenter
	default:
		return nil, fmt.Errorf("--flavour %q: say cloud or datacenter", flavour)
	}
	j := jiratest.New(jiratest.Options{Flavour: f, Now: time.Now, Admin: true})
	seed, err := jiratest.SeedDemo(j)
	if err != nil {
		return nil, err
	}
	return &site{Jira: j, seed: seed, client: &http.Client{Timeout: 10 * time.Second}}, nil
}

// cloud says whether the site plays Jira Cloud.
func (s *site) cloud() bool { return s.Flavour() == jiratest.Cloud }

// demoPassword is everybody's API token on Cloud and password on Data Center.
const demoPassword = "demo"

// login is the name by which a person signs in: the e-mail address on Cloud, the user
// name on Data Center.
func (s *site) login(name string) string {
	if s.cloud() {
		return name + "@example.com"
	}
	return name
}

// serve answers on a listener and delivers webhooks until ctx ends.
func (s *site) serve(ctx context.Context, g *errgroup.Group, l net.Listener) {
	s.url = "http://" + l.Addr().String()
	s.SetBaseURL(s.url)
	s.StartWebhooks(ctx, nil)
	srv := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 2 * time.Minute, IdleTimeout: time.Minute}
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("simulated Jira: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		s.Stop()
		return srv.Close()
	})
}

// as makes a REST call as a person, the way anybody could with curl.
func (s *site) as(ctx context.Context, name, method, path string, body, answer any) error {
	var payload []byte
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		payload = raw
	}
	status, text, err := s.call(ctx, name, method, path, payload)
	// The people of the story act faster than people do; Jira has its limits for one issue.
	for try := 0; err == nil && status == http.StatusTooManyRequests && try < 5; try++ {
		if err = pause(ctx, time.Second); err == nil {
			status, text, err = s.call(ctx, name, method, path, payload)
		}
	}
	if err != nil {
		return fmt.Errorf("%s %s as %s: %w", method, path, name, err)
	}
	if status >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s as %s: %d: %s", method, path, name, status, text)
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(text, answer); err != nil {
		return fmt.Errorf("%s %s as %s: %w", method, path, name, err)
	}
	return nil
}

// call makes one request as a person and reads the answer with its status.
func (s *site) call(ctx context.Context, name, method, path string, payload []byte) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(payload))
	if err != nil {
		return 0, nil, err
	}
	req.SetBasicAuth(s.login(name), demoPassword)
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, text, errors.Join(err, resp.Body.Close())
}

// pause waits, unless the story is over.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
