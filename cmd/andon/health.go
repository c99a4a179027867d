package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthTimeout bounds the question whether a process is alive.
const healthTimeout = 3 * time.Second

// healthCommand asks a running andon whether it is alive. A container without a shell
// or curl checks its health with it.
func healthCommand(environ []string) *cobra.Command {
	return &cobra.Command{
		Use: "healthcheck", Short: "Ask a running andon on this machine whether it is alive", Args: cobra.NoArgs,
		Long: "Ask the andon that listens on ANDON_LISTEN whether it is alive. The exit status is 0 if it is.\nThis is the health check of the container image.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			address, err := healthAddress(environ)
			if err != nil {
				return usageError{err}
			}
			return healthcheck(cmd.Context(), address)
		},
	}
}

// healthAddress is where to ask, from nothing but ANDON_LISTEN and whether there is TLS: a
// health check must not need secrets.
func healthAddress(environ []string) (string, error) {
	env := parseEnviron(environ)
	listen, scheme := env["ANDON_LISTEN"], "http"
	if env["ANDON_TLS_CERT"] != "" {
		scheme = "https"
	}
	if listen == "" {
		listen = ":8080"
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("ANDON_LISTEN: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port), nil
}

// healthcheck asks.
func healthcheck(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("health of %s: %w", address, err)
	}
	client := &http.Client{Timeout: healthTimeout, Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: healthTLS()}}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("health of %s: %w", address, err)
	}
	if resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("health of %s: it answers %s", address, resp.Status)
	}
	return errors.Join(err, resp.Body.Close())
}
