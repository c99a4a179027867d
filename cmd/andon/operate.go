package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
)

// wantedHook is how andon's webhook should be by the settings.
func wantedHook(cfg Config) hook.Want {
	w := hook.Want{Public: strings.TrimRight(cfg.PublicURL, "/"), Token: cfg.WebhookPathToken.Reveal()}
	if len(cfg.WebhookSecret) > 0 {
		w.Secret = cfg.WebhookSecret[0].Reveal()
	}
	return w
}

// observer is a reconciler that looks at projects as a running andon does, and cannot write.
func observer(cfg Config, client *jira.Client, opt appOptions, now func() time.Time) (*jira.Reconciler, error) {
	a := &app{cfg: cfg, log: opt.log, now: now, client: client.ReadOnly(), known: jira.NewKnown(now)}
	if err := a.makeReconciler(opt); err != nil {
		return nil, err
	}
	return a.reconciler, nil
}

// certificateTimeout bounds the look at a certificate.
const certificateTimeout = 10 * time.Second

// certificateOf looks at the certificate of Jira's host; nil where its address has no TLS. A
// connection of its own tells what the client's does not: an end that is near.
func certificateOf(cfg Config) func(ctx context.Context) (*x509.Certificate, error) {
	u, err := url.Parse(cfg.JiraURL)
	if err != nil || u.Scheme != "https" {
		return nil
	}
	return func(ctx context.Context) (cert *x509.Certificate, err error) {
		if proxy, proxyErr := http.ProxyFromEnvironment(&http.Request{URL: u}); proxyErr != nil || proxy != nil {
			return nil, errors.New("there is a proxy in between")
		}
		ctx, cancel := context.WithTimeout(ctx, certificateTimeout)
		defer cancel()
		port := u.Port()
		if port == "" {
			port = "443"
		}
		conn, err := (&tls.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
		if err != nil {
			return nil, fmt.Errorf("connect to %s: %w", u.Host, err)
		}
		defer func() { err = errors.Join(err, conn.Close()) }()
		secure, ok := conn.(*tls.Conn)
		if !ok || len(secure.ConnectionState().PeerCertificates) == 0 {
			return nil, errors.New("no certificate was shown")
		}
		return secure.ConnectionState().PeerCertificates[0], nil
	}
}
