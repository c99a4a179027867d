package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/cmd/andon/internal/install"
	"andon/jira"
	"andon/webhook/queue"
)

const installHelp = `Register andon's webhook at Jira, or repair the one that is there.

It shows what it will do first, and asks. Doing it twice changes nothing. What Jira lets
nobody do by REST is printed as numbered steps for the administration page.

  ANDON_PUBLIC_URL           andon's own address as Jira sees it (required here)
  ANDON_WEBHOOK_SECRET       what Jira Cloud signs with
  ANDON_WEBHOOK_PATH_TOKEN   the unguessable end of the address, for Data Center: it takes
                             a secret only on its administration page

andon's account needs Administer Jira for this, and only for this: take it away afterwards,
unless ANDON_FREEZE=permissions.

Examples:

  andon install --dry-run              show what would be done, and do nothing
  andon install                        show it, ask, do it
  andon install --yes --create-role    do it without asking, and make the project role
                                       of ANDON_PO_ROLE where there is none
  andon install --resign --yes         set the secret anew after it was changed

The exit status is 0 if everything is as it should be, 1 if something is left to people or
went wrong, and 2 for a wrong call or wrong settings.`

const uninstallHelp = `Remove andon's webhook from Jira, and with --purge all that andon noted there.

It shows what it will do first, and asks. Only the webhook that leads to ANDON_PUBLIC_URL
is removed; another andon's is left alone. Tasks, comments and labels stay: they are the
team's history. Stop andon first.

With --purge andon's own properties go too: the list of open disasters on each project, the
record on each disaster issue and the mark on each task. It refuses where planning is
frozen, since the record is what ends the freeze and brings the cancelled sprint back.

Examples:

  andon uninstall --dry-run            show what would be done, and do nothing
  andon uninstall --yes                remove the webhook
  andon uninstall --purge --yes        leave nothing, in all projects
  andon uninstall --purge --project SHOP --yes

The exit status is 0 if nothing is left, 1 if something is left to people or went wrong,
and 2 for a wrong call or wrong settings.`

// asking is how a command gets leave to change something.
type asking struct{ yes, dry bool }

// flags adds the flags.
func (a *asking) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.yes, "yes", false, "do it without asking")
	cmd.Flags().BoolVar(&a.dry, "dry-run", false, "show what would be done, and do nothing")
}

// errLeftToPeople is the end of a command that could not do everything itself.
var errLeftToPeople = errors.New("the steps above are left to do by hand")

// errPublicURL is the fault of a call that needs andon's own address.
var errPublicURL = errors.New("ANDON_PUBLIC_URL is not set: set it to andon's own address as Jira sees it, such as https://andon.example.com")

// installCommand registers the webhook.
func installCommand(environ []string) *cobra.Command {
	var ask asking
	var resign, role bool
	cmd := &cobra.Command{
		Use: "install", Short: "Register andon's webhook at Jira, or repair it", Args: cobra.NoArgs, Long: installHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, client, err := operatorsClient(environ, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			o := install.Order{Want: wantedHook(cfg), Resign: resign}
			if role {
				o.Role = cfg.PORole
			}
			plan, err := install.Install(cmd.Context(), client, o)
			if err != nil {
				return err
			}
			if strings.HasPrefix(o.Want.Public, "http://") {
				plan.Notes = append(plan.Notes, "ANDON_PUBLIC_URL is not https: Jira Cloud sends nowhere else, and what comes over http can be read on the way")
			}
			done, err := ask.carryOut(cmd, plan, cfg.DryRun)
			if err != nil || !done {
				return err
			}
			return install.Check(cmd.Context(), client, o)
		},
	}
	ask.flags(cmd)
	cmd.Flags().BoolVar(&resign, "resign", false, "set the webhook's secret anew")
	cmd.Flags().BoolVar(&role, "create-role", false, "make the project role of ANDON_PO_ROLE where there is none")
	return cmd
}

// uninstallCommand removes the webhook, and andon's notes if asked.
func uninstallCommand(environ []string) *cobra.Command {
	var ask asking
	var o install.Removal
	var only string
	cmd := &cobra.Command{
		Use: "uninstall", Short: "Remove andon's webhook from Jira, and its notes if asked", Args: cobra.NoArgs, Long: uninstallHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, client, err := operatorsClient(environ, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			o.Want, o.Projects = wantedHook(cfg), cfg.Projects
			o.Progress = func(text string) { fmt.Fprintln(cmd.ErrOrStderr(), text) }
			switch {
			case only != "" && !projectKey().MatchString(only):
				return usageError{fmt.Errorf("--project %q is not the key of a project (see: andon uninstall --help)", only)}
			case (only != "" || o.Force) && !o.Purge:
				return usageError{errors.New("--project and --force go with --purge (see: andon uninstall --help)")}
			case only != "":
				o.Projects = []string{only}
			}
			reconciler, err := observer(cfg, client, appOptions{log: quietLogger(cfg, cmd.ErrOrStderr())}, time.Now)
			if err != nil {
				return err
			}
			plan, err := install.Uninstall(cmd.Context(), client, reconciler, o)
			if err != nil {
				return err
			}
			_, err = ask.carryOut(cmd, plan, cfg.DryRun)
			return err
		},
	}
	ask.flags(cmd)
	cmd.Flags().BoolVar(&o.Purge, "purge", false, "also remove andon's own properties from projects and issues")
	cmd.Flags().StringVar(&only, "project", "", "purge this project alone")
	cmd.Flags().BoolVar(&o.Force, "force", false, "purge although planning is frozen: andon forgets the disaster and what waits for resumption")
	return cmd
}

// operatorsClient reads the settings of a command that needs andon's own address, and makes
// its client.
func operatorsClient(environ []string, logTo io.Writer) (Config, *jira.Client, error) {
	cfg, err := Load(environ)
	switch {
	case err != nil:
		return cfg, nil, usageError{err}
	case cfg.PublicURL == "":
		return cfg, nil, usageError{errPublicURL}
	}
	client, err := newClient(cfg, appOptions{log: quietLogger(cfg, logTo)}, time.Now, nil)
	return cfg, client, err
}

// carryOut shows a plan, asks, and does it. It says whether everything is done.
func (a asking) carryOut(cmd *cobra.Command, p install.Plan, dry bool) (done bool, err error) {
	out := cmd.OutOrStdout()
	if err := p.Show(out, "To do:"); err != nil {
		return false, err
	}
	var left error
	if len(p.Manual) > 0 {
		left = errLeftToPeople
	}
	switch {
	case len(p.Steps) == 0:
		text := "Nothing to do."
		if left != nil {
			text = "Nothing that andon could do itself."
		}
		_, err := fmt.Fprintln(out, text)
		return left == nil, errors.Join(left, err)
	case a.dry || dry:
		_, err := fmt.Fprintln(out, "Dry run: nothing has been done.")
		return false, err
	case !a.yes:
		if err := agreed(cmd.InOrStdin(), out); err != nil {
			return false, err
		}
	}
	if err := p.Run(cmd.Context(), out); err != nil {
		return false, err
	}
	return left == nil, left
}

// agreed asks on a terminal. Nobody can answer anywhere else, so --yes is needed there.
func agreed(in io.Reader, out io.Writer) error {
	f, is := in.(*os.File)
	if is {
		info, err := f.Stat()
		is = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	if !is {
		return usageError{errors.New("nothing has been done: this is no terminal, so add --yes to do it")}
	}
	if _, err := fmt.Fprint(out, "Do it? [y/N] "); err != nil {
		return err
	}
	answer, err := bufio.NewReader(f).ReadString('\n')
	switch {
	case errors.Is(err, io.EOF) && answer == "":
		return usageError{errors.New("nothing has been done: nobody answers, so add --yes to do it")}
	case err != nil && !errors.Is(err, io.EOF):
		return fmt.Errorf("read the answer: %w", err)
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return errors.New("nothing has been done: the answer was no")
}

// hintAt has a running andon that shares a Redis look at a project at once. It is a
// courtesy: without it the next look comes by itself.
func hintAt(ctx context.Context, cfg Config, project string) error {
	if cfg.RedisURL == "" {
		return nil
	}
	q, err := queue.Open(cfg.RedisURL.Reveal(), queue.RedisOptions{Lease: cfg.Lease})
	if err != nil {
		return err
	}
	return errors.Join(q.Add(ctx, "project:"+project, 0), q.Close())
}
