package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
)

const demoHelp = `See andon at work, with nothing installed and no Jira.

The demo starts a simulated Jira and andon in one process. They talk as they would in
real life: REST over HTTP one way, signed webhooks the other way. It then plays a story
as the people in it, tells it as it happens, and goes on serving so that you can play on:
in a browser on the playground, or with curl (it prints commands to copy). Andon's status
page is served as well. The playground signs nobody in and is for this machine alone.

The people, each with the API token "demo": po@example.com (Product Owner of SHOP),
sm@example.com (Scrum Master), dev@example.com (developer), lead@example.com (lead),
andon@example.com (andon's own account).
With --flavour datacenter they sign in as po, sm, dev, lead and andon, with the password
"demo".

Settings such as ANDON_RESYNC or ANDON_REDIS_URL are taken from the environment as in
"andon serve"; those that name the Jira are the demo's own.

Examples:

  andon demo                     tell the story, then serve
  andon demo --exit              tell the story; the exit status is 0 if every step was seen
  andon demo --no-story          only serve: click through the story on the playground
  andon demo --jira-only         only the simulated Jira, for an andon of your own: it
                                 prints the settings and the webhook that this one needs`

// demoFlags are the options of the demo.
type demoFlags struct {
	exit, noStory, jiraOnly, verbose bool
	flavour, jiraListen, andonListen string
	playListen                       string
}

// demoCommand shows andon at work.
func demoCommand(environ []string) *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use: "demo", Short: "See andon at work on a simulated Jira", Long: demoHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.exit && (f.noStory || f.jiraOnly) {
				return usageError{errors.New("--exit needs the story; leave out --no-story and --jira-only")}
			}
			return demo(cmd.Context(), f, environ, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&f.exit, "exit", false, "end after the story, with status 0 only if every step was seen in the simulated Jira")
	cmd.Flags().BoolVar(&f.noStory, "no-story", false, "only serve")
	cmd.Flags().BoolVar(&f.jiraOnly, "jira-only", false, "serve only the simulated Jira")
	cmd.Flags().BoolVar(&f.verbose, "verbose", false, "show andon's log")
	cmd.Flags().StringVar(&f.flavour, "flavour", "cloud", "simulate Jira cloud or datacenter")
	cmd.Flags().StringVar(&f.jiraListen, "jira-listen", "127.0.0.1:8081", "address of the simulated Jira; port 0 takes a free one")
	cmd.Flags().StringVar(&f.andonListen, "andon-listen", "127.0.0.1:8080", "address of andon; port 0 takes a free one")
	cmd.Flags().StringVar(&f.playListen, "play-listen", "127.0.0.1:8082", "address of the playground, on this machine; port 0 takes a free one, empty: no playground")
	return cmd
}

// demo runs the demo until the story has ended (with --exit) or ctx ends.
func demo(ctx context.Context, f demoFlags, environ []string, out, errOut io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	site, err := newSite(f.flavour)
	if err != nil {
		return usageError{err}
	}
	jiraAt, andonAt, err := demoListeners(ctx, f)
	if err != nil {
		return err
	}
	playAt, err := playListen(ctx, f)
	if err != nil {
		return errors.Join(err, closeAll(jiraAt, andonAt))
	}
	g, gctx := errgroup.WithContext(ctx)
	site.serve(gctx, g, jiraAt)
	fmt.Fprintf(out, "jira: %s\n", site.url)
	if f.jiraOnly {
		fmt.Fprintf(out, "\n%s", site.hintsJiraOnly())
		return g.Wait()
	}
	fmt.Fprintf(out, "andon: http://%s\n", andonAt.Addr())
	a, told, err := demoApp(gctx, f, site, andonAt.Addr(), environ, errOut)
	if err != nil {
		return err
	}
	board, err := newPlay(site, a, told, playAt, a.log)
	if err != nil {
		return err
	}
	if board != nil {
		fmt.Fprintf(out, "playground: %s\n", board.address())
	}
	fmt.Fprintln(out)
	board.serve(gctx, g)
	g.Go(func() error { return a.run(gctx, andonAt, nil) })
	g.Go(func() error {
		if f.exit {
			defer cancel()
		}
		if !f.noStory {
			s := &story{site: site, app: a, told: told, out: out}
			if err := s.play(gctx); err != nil {
				return err
			}
		}
		if !f.exit {
			fmt.Fprint(out, board.hint(a.cfg)+site.hints("http://"+andonAt.Addr().String()))
		}
		return nil
	})
	return g.Wait()
}

// demoListeners opens the addresses of both.
func demoListeners(ctx context.Context, f demoFlags) (jiraAt, andonAt net.Listener, err error) {
	var lc net.ListenConfig
	if jiraAt, err = lc.Listen(ctx, "tcp", f.jiraListen); err != nil {
		return nil, nil, fmt.Errorf("--jira-listen: %w (choose another address, or port 0)", err)
	}
	if f.jiraOnly {
		return jiraAt, nil, nil
	}
	if andonAt, err = lc.Listen(ctx, "tcp", f.andonListen); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("--andon-listen: %w (choose another address, or port 0)", err), jiraAt.Close())
	}
	return jiraAt, andonAt, nil
}

// closeAll closes the listeners that were opened.
func closeAll(all ...net.Listener) error {
	var faults []error
	for _, l := range all {
		if l != nil {
			faults = append(faults, l.Close())
		}
	}
	return errors.Join(faults...)
}

// demoApp puts an andon together that looks after the simulated site, and registers its
// webhook there.
func demoApp(ctx context.Context, f demoFlags, s *site, at net.Addr, environ []string, errOut io.Writer) (*app, *teller, error) {
	cfg, err := demoConfig(environ, s, at)
	if err != nil {
		return nil, nil, usageError{err}
	}
	log := slog.New(slog.DiscardHandler)
	if f.verbose {
		log = newLogger(cfg, errOut)
	}
	told := &teller{}
	a, err := newApp(cfg, appOptions{log: log, observe: told.observed})
	if err != nil {
		return nil, nil, err
	}
	hook := jira.Webhook{Name: "andon", URL: "http://" + at.String() + "/webhooks/jira", Enabled: true, Events: webhookEvents()}
	if s.cloud() {
		hook.Secret = cfg.WebhookSecret.Reveal()[0]
	} else { // Data Center's REST cannot set a secret, so the address itself is one
		hook.URL += "/" + cfg.WebhookPathToken.Reveal()
	}
	if _, err := a.client.CreateWebhook(ctx, hook); err != nil {
		return nil, nil, fmt.Errorf("register the webhook: %w", err)
	}
	return a, told, nil
}

// webhookEvents are the events that andon wants to hear of.
func webhookEvents() []string {
	return hook.Events()
}

// demoConfig are the settings of the environment, with the demo's own where they name
// the Jira, and quicker looks where nothing else is set.
func demoConfig(environ []string, s *site, at net.Addr) (Config, error) {
	env := parseEnviron(environ)
	secret, err := randomSecret()
	if err != nil {
		return Config{}, err
	}
	for name, value := range map[string]string{"ANDON_RESYNC": "5s", "ANDON_SWEEP": "5s", "ANDON_WEBHOOK_SECRET": secret, "ANDON_WEBHOOK_PATH_TOKEN": secret, "ANDON_JIRA_RPS": "100",
		"ANDON_PAGE_SECRET": secret, "ANDON_PAGE_TOKEN": "demo-" + secret[:12], "ANDON_PUBLIC_URL": "http://" + at.String(), "ANDON_RECOVERY_SLA": "4h"} {
		if env[name] == "" && env[name+"_FILE"] == "" {
			env[name] = value
		}
	}
	for _, name := range []string{"ANDON_JIRA_TOKEN_FILE", "ANDON_METRICS_LISTEN"} {
		delete(env, name)
	}
	env["ANDON_JIRA_URL"], env["ANDON_JIRA_EMAIL"], env["ANDON_JIRA_TOKEN"], env["ANDON_LISTEN"] = s.url, s.login("andon"), demoPassword, at.String()
	var list []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		list = append(list, name+"="+env[name])
	}
	return Load(list)
}

// randomSecret is a secret for this run only.
func randomSecret() (string, error) {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("choose a secret: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// oneOf says whether a word is among others, without regard to case.
func oneOf(word string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, word) })
}
