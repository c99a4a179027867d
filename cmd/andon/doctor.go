package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"andon/cmd/andon/internal/doctor"
	"andon/rules"
	"andon/webhook/queue"
)

const doctorHelp = `Check a real site before the worst day. It only reads; nothing is changed.

It looks at how Jira is reached (TLS, product, sign-in, clock), at andon's rights in each
project with what stops working without one, at who may declare a disaster, which boards
and sprints are whose, what a declaration would cancel right now, which fields the tasks
would lack, whether the webhook really arrives, and at Redis.

Each line has a verdict:

  ok       as it should be
  warn     andon works, but look at it
  unknown  nobody can say; the line tells how to look yourself
  fail     something will not work; the line tells how to mend it

The exit status is 0 if nothing failed, 1 if something did, and 2 for wrong settings.

Examples:

  andon doctor                       all projects that andon looks after
  andon doctor --project SHOP        one project
  andon doctor --json | jq '.checks[] | select(.verdict == "fail")'

It reads the same settings as andon serve, and ANDON_PUBLIC_URL, andon's own address as
Jira sees it, to compare the webhook with.`

// errUnhealthy is the end of a run that found something wrong; the report says what.
var errUnhealthy = errors.New("something is wrong with the site; the lines with -> say how to mend it")

// doctorCommand checks a site.
func doctorCommand(environ []string) *cobra.Command {
	var only string
	var asJSON bool
	most := 50
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check a site: rights, roles, boards, webhook, Redis; only reads", Args: cobra.NoArgs, Long: doctorHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := Load(environ)
			switch {
			case err != nil:
				return usageError{err}
			case most < 1:
				return usageError{errors.New("--most has to be at least 1 (see: andon doctor --help)")}
			case only != "" && !projectKey().MatchString(only):
				return usageError{fmt.Errorf("--project %q is not the key of a project (see: andon doctor --help)", only)}
			}
			p, err := patientOf(cfg, cmd.ErrOrStderr(), time.Now)
			if err != nil {
				return err
			}
			p.Only, p.Most = only, most
			report := doctor.Examine(cmd.Context(), p)
			write := report.Table
			if asJSON {
				write = report.JSON
			}
			if err := write(cmd.OutOrStdout()); err != nil {
				return err
			}
			if !report.Healthy() {
				return errUnhealthy
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&only, "project", "", "look at this project alone")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the report as JSON")
	cmd.Flags().IntVar(&most, "most", most, "look at so many projects at most")
	return cmd
}

// patientOf is the site of the settings. Progress goes to errors' stream, so that the
// report can be piped.
func patientOf(cfg Config, progress io.Writer, now func() time.Time) (doctor.Patient, error) {
	opt := appOptions{log: quietLogger(cfg, progress)}
	client, err := newClient(cfg, opt, now, nil)
	if err != nil {
		return doctor.Patient{}, err
	}
	reconciler, err := observer(cfg, client, opt, now)
	if err != nil {
		return doctor.Patient{}, err
	}
	p := doctor.Patient{
		Client: client, Reconciler: reconciler, URL: cfg.JiraURL, Email: cfg.JiraEmail, Hook: wantedHook(cfg),
		OwnerRole: cfg.PORole, MasterRole: cfg.SMRole, StakeholderRole: cfg.StakeholderRole, Projects: cfg.Projects,
		TaskFields: cfg.TaskFields, Freeze: rules.FreezeMode(cfg.Freeze), Certificate: certificateOf(cfg), Now: now, Most: 50,
		Progress: func(text string) { fmt.Fprintln(progress, text) },
	}
	if cfg.RedisURL != "" {
		queue.LogTo(opt.log)
		p.Redis = func(ctx context.Context) (queue.Inspection, error) {
			return queue.Inspect(ctx, cfg.RedisURL.Reveal(), now)
		}
	}
	return p, nil
}
