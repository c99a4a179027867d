// Command andon stops the line: it watches Jira for the label with which a Product Owner
// declares a disaster, cancels the sprint and freezes planning until the root cause is found.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"andon/jira"
)

// version is set by the linker for a release; nothing else changes it.
var version = "0.1.0-dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// run is the whole program as a function: it gives the exit status. 2 means that the
// call or the settings are wrong, 1 that something went wrong afterwards.
func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) int {
	return execute(ctx, rootCommand(environ), args, stdout, stderr)
}

// execute runs a command and gives the exit status.
func execute(ctx context.Context, root *cobra.Command, args []string, stdout, stderr io.Writer) int {
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"):
		fmt.Fprintln(stderr, "andon:", err)
		if !errors.As(err, &usage) {
			fmt.Fprintln(stderr, "See: andon --help")
		}
		return 2
	}
	fmt.Fprintln(stderr, "andon:", err)
	if k := jira.KindOf(err); k == jira.KindUnauthorized || k == jira.KindUnreachable {
		fmt.Fprintln(stderr, "See what is wrong and how to mend it: andon doctor")
	}
	return 1
}

// usageError is an error that the caller mends by calling differently.
type usageError struct{ error }

// Unwrap gives the error below.
func (e usageError) Unwrap() error { return e.error }

const rootHelp = `andon stops the line.

When the Product Owner labels a Jira issue "disaster", andon cancels the active sprint,
creates the recovery and root-cause sub-tasks, and blocks new sprint planning until the
root cause is closed. Everybody stays in Jira: the Product Owner decides with labels,
the team reports with sub-tasks.

See it work, with nothing installed and no Jira:

  andon demo

Put it to work for a real Jira (all settings come from the environment):

  andon doctor
  andon install
  andon serve --help`

// rootCommand puts the commands together.
func rootCommand(environ []string) *cobra.Command {
	root := &cobra.Command{
		Use: "andon", Short: "Stop the line: from a label in Jira to a frozen plan, and back", Long: rootHelp,
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w (see: %s --help)", err, cmd.CommandPath())}
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	grouped(root, "See it:", demoCommand(environ))
	grouped(root, "Put it to work:", doctorCommand(environ), installCommand(environ), serveCommand(environ), uninstallCommand(environ))
	grouped(root, "Ask it about a disaster:", planCommand(environ, appOptions{}), reportCommand(environ, appOptions{}), releaseCommand(environ))
	root.AddCommand(healthCommand(environ), versionCommand())
	return root
}

// grouped adds commands under a title of their own, so that the help shows first what
// comes first.
func grouped(root *cobra.Command, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: title, Title: title})
	for _, c := range commands {
		c.GroupID = title
		root.AddCommand(c)
	}
}

// versionCommand tells what runs.
func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Long: "Print andon's version, the revision that it was built from and the version of Go.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), versionText())
			return err
		},
	}
}

// versionText is the version with what the build noted about itself.
func versionText() string {
	text := "andon " + version
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			text += " (" + s.Value[:12] + ")"
		}
	}
	return text + " " + info.GoVersion
}
