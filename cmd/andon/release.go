package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"andon/jira"
	"andon/rules"
)

const releaseHelp = `End the freeze of a disaster whose issue nobody can read any more.

A freeze ends in Jira: the team closes the root-cause task, or the Product Owner takes
the disaster label off. Where the issue was deleted or hidden, neither can be done, and
planning stays frozen for ever. This is the operator's way out, and only for that case:
it refuses for an issue that can be read.

The order is noted on the project, sealed, with your reason. A running andon obeys it at
its next look (at most ANDON_RESYNC later): planning is free, the project's own permission
scheme comes back, and the channels are told. If the issue can be read again one day, the
freeze does not come back by itself, and a comment there says who released it and why.
Doing it twice changes nothing.

  --disaster is the issue's id, as in the log line "the open disaster with id 10105 cannot
  be read"; its old key does as well where the project still knows it.

Examples:

  andon release --project SHOP --disaster 10105 --reason "the issue was deleted by mistake"
  andon release --project SHOP --disaster SHOP-6 --reason "moved to a closed space" --by "Olga, on call"

It reads the same settings as andon serve: at least ANDON_JIRA_URL, ANDON_JIRA_EMAIL,
ANDON_JIRA_TOKEN and the secrets with which the running andon seals its records.`

// releasing is what an operator asks for.
type releasing struct {
	project, disaster, reason, by string
	// unlisted is true where the operator insists although the project lists no such disaster.
	unlisted bool
}

// releaseCommand is the operator's way out.
func releaseCommand(environ []string) *cobra.Command {
	var r releasing
	cmd := &cobra.Command{
		Use: "release --project KEY --disaster ID --reason TEXT", Short: "End the freeze of a disaster that nobody can read any more", Args: cobra.NoArgs, Long: releaseHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := Load(environ)
			if err != nil {
				return usageError{err}
			}
			if r.by == "" {
				r.by = operator(environ)
			}
			if err := r.check(); err != nil {
				return usageError{fmt.Errorf("%w (see: andon release --help)", err)}
			}
			client, err := newClient(cfg, appOptions{log: newLogger(cfg, cmd.ErrOrStderr())}, time.Now, nil)
			if err != nil {
				return err
			}
			signer, err := jira.NewSigner(cfg.RecordSecrets()...)
			if err != nil {
				return fmt.Errorf("ANDON_RECORD_SECRET: %w", err)
			}
			if err := r.run(cmd.Context(), client, signer, time.Now, cmd.OutOrStdout(), cfg.Resync); err != nil {
				return err
			}
			if err := hintAt(cmd.Context(), cfg, r.project); err != nil {
				_, err = fmt.Fprintf(cmd.ErrOrStderr(), "The order is noted; a running andon could not be woken at once: %v\n", err)
				return err
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&r.project, "project", "", "key of the project whose planning is frozen")
	cmd.Flags().StringVar(&r.disaster, "disaster", "", "id of the issue, or its old key")
	cmd.Flags().StringVar(&r.reason, "reason", "", "why, for everybody to read")
	cmd.Flags().StringVar(&r.by, "by", "", "who you are, for everybody to read (default: the name of your login)")
	cmd.Flags().BoolVar(&r.unlisted, "unlisted", false, "go on although the project's list does not name the disaster")
	return cmd
}

// operator is the name of whoever called, as far as the environment tells.
func operator(environ []string) string {
	env := parseEnviron(environ)
	for _, name := range []string{"SUDO_USER", "USER", "LOGNAME"} {
		if env[name] != "" {
			return env[name]
		}
	}
	return "an operator"
}

// maxReason bounds reason and name: they go into a property and a comment.
const maxReason = 200

// check finds what is wrong with the call.
func (r releasing) check() error {
	var faults []error
	for _, f := range []struct{ flag, value string }{{"--project", r.project}, {"--disaster", r.disaster}, {"--reason", r.reason}} {
		if strings.TrimSpace(f.value) == "" {
			faults = append(faults, fmt.Errorf("%s is missing", f.flag))
		}
	}
	for _, f := range []struct{ flag, value string }{{"--reason", r.reason}, {"--by", r.by}} {
		if utf8.RuneCountInString(f.value) > maxReason || strings.ContainsFunc(f.value, unicode.IsControl) {
			faults = append(faults, fmt.Errorf("%s has to be one line of at most %d characters", f.flag, maxReason))
		}
	}
	if r.disaster != "" && !disasterName().MatchString(r.disaster) {
		faults = append(faults, fmt.Errorf("--disaster %q is neither the id nor the key of an issue", r.disaster))
	}
	return errors.Join(faults...)
}

// disasterName is the id or the key of an issue.
var disasterName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{1,19}|[A-Za-z][A-Za-z0-9_]*-[0-9]{1,19})$`) })

// run notes the order. Who we are is proved before and after the issue was not found: to
// a token that has ended, Jira shows nothing at all.
func (r releasing) run(ctx context.Context, c *jira.Client, signer jira.Signer, now func() time.Time, out io.Writer, resync time.Duration) error {
	if _, err := c.Myself(ctx); err != nil {
		return fmt.Errorf("sign in at Jira: %w", err)
	}
	project, err := c.Project(ctx, r.project)
	if err != nil {
		return fmt.Errorf("read project %s: %w", r.project, err)
	}
	open, err := c.OpenDisasters(ctx, signer, project.Key)
	if err != nil && !(r.unlisted && errors.Is(err, jira.ErrNotBelieved)) {
		return fmt.Errorf("read which disasters are open in %s: %w", project.Key, err)
	}
	d, err := r.find(open, project.Key)
	if err != nil {
		return err
	}
	if err := r.unread(ctx, c, d); err != nil {
		return err
	}
	o := rules.Order{Disaster: d.ID, Round: d.Round, At: now().UTC().Truncate(time.Millisecond), By: strings.TrimSpace(r.by), Reason: strings.TrimSpace(r.reason)}
	noted, added, err := c.Order(ctx, signer, project, o)
	switch {
	case jira.IsForbidden(err) || jira.IsNotFound(err) || jira.IsUnauthorized(err):
		return fmt.Errorf("%w; andon's account needs Administer Projects in %s", err, project.Key)
	case err != nil:
		return err
	}
	if !added {
		_, err = fmt.Fprintf(out, "Nothing to do: the disaster %s of project %s was released at %s by %s: %s\n", d.name(), project.Key, noted.At.Format(time.RFC3339), noted.By, noted.Reason)
		return err
	}
	_, err = fmt.Fprintf(out, "Released: the disaster %s of project %s no longer freezes planning.\nBy %s, because: %s\nA running andon obeys at its next look, at most %s from now, and tells the channels.\n",
		d.name(), project.Key, noted.By, noted.Reason, resync)
	return err
}

// found is the disaster that the operator means.
type found jira.OpenDisaster

// name is the disaster for people.
func (f found) name() string {
	if f.Key == "" {
		return f.ID
	}
	return f.Key + " (id " + f.ID + ")"
}

// find finds the disaster on the project's list.
func (r releasing) find(open []jira.OpenDisaster, project string) (found, error) {
	i := slices.IndexFunc(open, func(d jira.OpenDisaster) bool {
		return d.ID == r.disaster || d.Key != "" && strings.EqualFold(d.Key, r.disaster)
	})
	if i >= 0 {
		return found(open[i]), nil
	}
	if r.unlisted && !strings.Contains(r.disaster, "-") {
		return found{ID: r.disaster}, nil
	}
	names := make([]string, 0, len(open))
	for _, d := range open {
		names = append(names, found(d).name())
	}
	list := "it lists none"
	if len(names) > 0 {
		list = "it lists " + strings.Join(names, ", ")
	}
	if r.unlisted {
		return found{}, fmt.Errorf("with --unlisted, give the id of the issue rather than the key %s", r.disaster)
	}
	return found{}, fmt.Errorf("project %s has no open disaster %s on its list: %s; if planning is frozen all the same, because the list was lost, add --unlisted and give the id", project, r.disaster, list)
}

// unread makes sure that the issue really cannot be read.
func (r releasing) unread(ctx context.Context, c *jira.Client, d found) error {
	issue, err := c.Issue(ctx, d.ID, jira.IssueQuery{Fields: []string{"summary"}})
	switch {
	case err == nil:
		return fmt.Errorf("the issue %s can be read, so its freeze ends in Jira: the team closes the root-cause task, or the Product Owner takes the disaster label off", issue.Key)
	case !jira.IsNotFound(err) && !jira.IsForbidden(err):
		return fmt.Errorf("read the issue with id %s: %w", d.ID, err)
	}
	if _, err := c.Myself(ctx); err != nil {
		return fmt.Errorf("prove who we are, since Jira does not show the issue: %w", err)
	}
	return nil
}
