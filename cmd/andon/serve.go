package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"

	"andon/cmd/andon/internal/tracing"
)

const serveHelp = `Receive Jira's webhooks and look after its projects, until told to stop.

Set at least these, each directly or as ..._FILE naming a file that holds the value:

  ANDON_JIRA_URL        https://your-site.atlassian.net, or your Data Center's address
  ANDON_JIRA_EMAIL      the account of the token (leave it out for a bearer token)
  ANDON_JIRA_TOKEN      its API token, or a personal access token
  ANDON_WEBHOOK_SECRET  the secret of the webhook in Jira (or ANDON_WEBHOOK_PATH_TOKEN)
  ANDON_REDIS_URL       the Redis for the work queue; leave it out for a single replica

Then create a webhook in Jira's administration: address https://YOUR-HOST/webhooks/jira,
that secret, the events of issues, sprints and boards, no JQL filter on labels, and the
body included. /healthz, /readyz and /metrics are served beside it.

All settings:

`

// serveCommand runs andon for a real Jira.
func serveCommand(environ []string) *cobra.Command {
	c := &cobra.Command{
		Use: "serve", Short: "Receive Jira's webhooks and look after its projects", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := Load(environ)
			if err != nil {
				return usageError{err}
			}
			return serve(cmd.Context(), cfg, environ, cmd.ErrOrStderr())
		},
	}
	c.SetHelpFunc(func(c *cobra.Command, args []string) { // put together only for who asks: a start does without
		c.Long = serveHelp + SettingsHelp()
		c.Parent().HelpFunc()(c, args)
	})
	return c
}

// serve runs until ctx ends.
func serve(ctx context.Context, cfg Config, environ []string, logTo io.Writer) error {
	log := newLogger(cfg, logTo)
	traces, err := tracing.Open(ctx, environ, version, time.Now, log)
	if err != nil {
		return usageError{err}
	}
	a, err := newApp(cfg, appOptions{log: log, trace: traces})
	if err != nil {
		return err
	}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	main, metrics, err := listen(ctx, cfg)
	if err != nil {
		return err
	}
	log.InfoContext(ctx, "andon serves", "version", version, "listen", main.Addr().String(), "jira", cfg.JiraURL, "queue", a.queueKind, "traces", traces != nil, "settings", cfg)
	if cfg.DryRun {
		log.WarnContext(ctx, "dry run: nothing will be written to Jira")
	}
	defer leanOnce(environ, log)()
	err = a.run(ctx, main, metrics)
	log.InfoContext(context.WithoutCancel(ctx), "andon stopped", "error", err)
	return err
}

// listen opens the addresses, so that a fault shows before anything else begins.
func listen(ctx context.Context, cfg Config) (main, metrics net.Listener, err error) {
	var lc net.ListenConfig
	if main, err = lc.Listen(ctx, "tcp", cfg.Listen); err != nil {
		return nil, nil, fmt.Errorf("ANDON_LISTEN: %w", err)
	}
	if cfg.MetricsListen == "" {
		return main, nil, nil
	}
	if metrics, err = lc.Listen(ctx, "tcp", cfg.MetricsListen); err != nil {
		return nil, nil, fmt.Errorf("ANDON_METRICS_LISTEN: %w", err)
	}
	return main, metrics, nil
}

// newLogger makes the logger that the settings ask for.
func newLogger(cfg Config, to io.Writer) *slog.Logger {
	opt := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(to, opt))
	}
	return slog.New(slog.NewJSONHandler(to, opt))
}

// quietLogger is for commands whose own words are what counts: it logs what goes wrong.
func quietLogger(cfg Config, to io.Writer) *slog.Logger {
	cfg.LogLevel, cfg.LogFormat = max(cfg.LogLevel, slog.LevelError), "text"
	return newLogger(cfg, to)
}

// readNamed reads the file that a setting names; without one there is nothing.
func readNamed(setting, path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return text, nil
}
