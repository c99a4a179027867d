package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"andon/jira"
)

const (
	// notifyTimeout is the longest wait for one channel, mailTimeout that for a mail server.
	// The next look at the project waits for it, so it is short.
	notifyTimeout = 4 * time.Second
	mailTimeout   = 10 * time.Second
	// notifyAtOnce is how many messages one channel carries at the same time, those
	// included that nobody waits for any more.
	notifyAtOnce = 4
	// maxAnswer is as much of a channel's answer as is read.
	maxAnswer = 64 << 10
)

// channel is one place outside Jira where people are told.
type channel struct {
	number int
	target target
	// id is the same wherever in the list the address stands.
	id      string
	timeout time.Duration
	slots   chan struct{}
	// carry hands a message over; the library does.
	carry carrier
}

// carrier hands a message to the place that a target names.
type carrier func(t target, message string, params types.Params) error

var _ jira.Channel = channel{}

// newChannels are the channels that the settings name, in their order. Nothing is sent
// yet. To be called once, before anything is sent. The error is of type [Faults] and
// shows no address.
func newChannels(cfg Config) ([]channel, error) {
	channels, err := channelsBy(cfg, target.deliver)
	if len(channels) > 0 {
		boundDefaultClient()
	}
	return channels, err
}

// channelsBy are the channels over which somebody carries the messages.
func channelsBy(cfg Config, carry carrier) ([]channel, error) {
	if faults := checkNotify(cfg); len(faults) > 0 {
		return nil, faults
	}
	channels := make([]channel, 0, len(cfg.NotifyURLs))
	for i, address := range cfg.NotifyURLs {
		t, problem := parseTarget(address.Reveal())
		if problem != nil { // said above
			continue
		}
		channels = append(channels, channel{number: i + 1, id: channelID(cfg, t.service, address.Reveal()), target: t, timeout: t.patience(), slots: make(chan struct{}, notifyAtOnce), carry: carry})
	}
	return channels, nil
}

// patience is how long to wait for a message to be taken.
func (t target) patience() time.Duration {
	if t.service == mailService {
		return mailTimeout
	}
	return notifyTimeout
}

// channelID is how the record in Jira knows a channel, so that another order of the list
// tells no news again. It is keyed, since a plain hash of an address with a password in
// it could be guessed by whoever reads the record.
func channelID(cfg Config, service, address string) string {
	var key string
	if secrets := cfg.RecordSecrets(); len(secrets) > 0 {
		key = secrets[0]
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("andon channel\n" + address))
	return service + "-" + hex.EncodeToString(mac.Sum(nil)[:6])
}

// Name tells the channel from the others: its place in ANDON_NOTIFY_URLS and its
// service, such as "1 slack". It gives away nothing of the address.
func (c channel) Name() string { return fmt.Sprintf("%d %s", c.number, c.target.service) }

// Send tells one message and waits until the channel has taken it, for as long as its service is worth.
// An error shows neither the address nor what is secret in it; it may come although the
// message is taken later, so a repetition can tell it twice.
//
// The library takes no context: what it does goes on by itself after ctx has ended. It
// ends with the time-outs of its own connections; should a server hold one of them open
// for ever, only so many messages of this channel wait at once, and no other channel
// waits for it.
func (c channel) Send(ctx context.Context, title, text string) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	if ctx.Err() != nil {
		return fmt.Errorf("notify by %s: %w", c.Name(), ctx.Err())
	}
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("notify by %s: %d earlier messages are still under way: %w", c.Name(), notifyAtOnce, ctx.Err())
	}
	sent := make(chan error, 1)
	go func() {
		defer func() { <-c.slots }()
		message, params := c.target.shape(title, text)
		sent <- c.carry(c.target, message, params)
	}()
	select {
	case err := <-sent:
		if err == nil {
			return nil
		}
		// Not wrapped: what the library says may hold the address.
		return fmt.Errorf("notify by %s: %s", c.Name(), c.target.scrub(err.Error()))
	case <-ctx.Done():
		return fmt.Errorf("notify by %s: no answer yet: %w", c.Name(), ctx.Err())
	}
}

// deliver hands a message to the library. Each message gets a service of its own, since
// some keep the last message's title in theirs.
func (t target) deliver(message string, params types.Params) error {
	return guarded(func() error {
		service, err := t.open()
		if err != nil {
			return err
		}
		bind(service)
		return service.Send(message, &params)
	})
}

// guarded makes an error of a panic in the library: some of its services fall over when
// they cannot connect, or on an address that they did not expect.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the library failed: %v", p)
		}
	}()
	return do()
}

// silence takes what the library would log: addresses, answers and other people's words.
type silence struct{}

// Print drops what it is given.
func (silence) Print(...any) {}

// Printf drops what it is given.
func (silence) Printf(string, ...any) {}

// Println drops what it is given.
func (silence) Println(...any) {}

// boundDefaultClient gives net/http's default client the limits that it lacks: the
// library sends most messages through it, without a context, and hands in no other.
// Nothing else in this process uses that client for long requests. It is done once, since
// others may be using the client by then.
var boundDefaultClient = sync.OnceFunc(func() {
	*http.DefaultClient = boundClient() //nolint:forbidigo // see above
})

// boundClient waits and reads only so long, goes nowhere else, and shares the process's
// connections.
func boundClient() http.Client {
	return http.Client{
		Timeout:       notifyTimeout,
		Transport:     shortAnswers{http.DefaultTransport}, //nolint:forbidigo // the client has a time-out
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}
}

// bind hands the bound client to services that make connections of their own: those
// would stay open after each message, and know nothing of a proxy.
func bind(service types.Service) {
	switch s := service.(type) {
	case interface{ SetHTTPClient(client *http.Client) }:
		client := boundClient()
		s.SetHTTPClient(&client)
	case interface{ GetHTTPClient() *http.Client }:
		if own := s.GetHTTPClient(); own != nil {
			*own = boundClient()
		}
	}
}

// errRedirect is why a redirection is not followed: what is behind it is not what the
// operator wrote, and a POST would become a GET that succeeds without telling anybody.
var errRedirect = errors.New("the address redirects to another one")

// shortAnswers reads no more of an answer than somebody would look at.
type shortAnswers struct{ base http.RoundTripper }

// RoundTrip sends the request and cuts the answer's body.
func (s shortAnswers) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := s.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, maxAnswer), res.Body}
	return res, nil
}
