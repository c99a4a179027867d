package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/cmd/andon/internal/picture"
	"andon/cmd/andon/internal/retell"
	"andon/rules"
)

const reportHelp = `Write the report of a disaster: its timeline with a picture, its times against the recovery
time, tasks, gates, violations and what needs a human. Or, with --project, the summary of
all disasters of a project: how many, by kind and by cause, and the time to restore over
time. Proposed, rejected, rehearsed and withdrawn disasters count in no figure.

The category of a cause is a label on the root-cause task, or on the disaster itself:
cause-malicious-dependency, cause-feature-side-effect, cause-architecture,
cause-human-or-process, cause-infrastructure, or cause- and a word of your own.

Formats: markdown, html (one file with the picture in it), json, wiki (Jira's markup), svg
(the picture alone; of a project, the time to restore over time). With --format markdown and
--out FILE the picture is written beside the file, with .svg at its end. In JSON lengths of
time are in nanoseconds.

--template FILE replaces the built-in template, a Go template with a block for each form:
disaster-markdown, disaster-html, disaster-wiki, project-markdown, and so on. A file without
such a block is the template as a whole. --print-template prints the built-in one.

--post puts the report on the issue as one comment, which the next --post replaces. This is
the only thing that the command ever writes. Without it Jira is read through a gate that
refuses every write.

The settings are those of andon serve; Redis is not needed. With --from none are.

Exit status: 0 if the report was written, 1 if there is nothing to tell or something went
wrong, 2 if the call or a setting is wrong.`

const reportExamples = `  andon report SHOP-6
  andon report SHOP-6 --format html --out report.html
  andon report SHOP-6 --post
  andon report --project SHOP --format json
  andon report SHOP-6 --from facts.json
  andon report --print-template > mine.tmpl && andon report SHOP-6 --template mine.tmpl`

// reportFlags are what a call of the report command says.
type reportFlags struct {
	project, format, out, template, from string
	post, printTemplate                  bool
}

// reportCommand writes reports.
func reportCommand(environ []string, opt appOptions) *cobra.Command {
	var r reportFlags
	cmd := &cobra.Command{
		Use: "report [KEY]", Short: "Write the report of a disaster, or of all disasters of a project", Long: reportHelp, Example: reportExamples,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.run(cmd.Context(), args, environ, quietly(opt, cmd.ErrOrStderr()), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.project, "project", "", "summarise all disasters of the project with this `KEY`")
	f.StringVar(&r.format, "format", "markdown", "markdown, html, json, wiki or svg")
	f.StringVar(&r.out, "out", "", "write to `FILE` instead of standard output")
	f.StringVar(&r.template, "template", "", "use the template in `FILE`")
	f.BoolVar(&r.printTemplate, "print-template", false, "print the built-in template, and do nothing else")
	f.StringVar(&r.from, "from", "", "tell from the facts in `FILE` (see andon plan --facts) instead of from Jira")
	f.BoolVar(&r.post, "post", false, "put the report on the issue, as a comment that the next --post replaces")
	return cmd
}

// run writes a report.
func (r *reportFlags) run(ctx context.Context, args, environ []string, opt appOptions, out io.Writer) error {
	if r.printTemplate {
		_, err := io.WriteString(out, retell.Template())
		return err
	}
	at, err := r.subject(args)
	if err != nil {
		return err
	}
	tmpl, err := readNamed("--template", r.template)
	if err != nil {
		return usageError{err}
	}
	s, err := look(ctx, environ, at, opt)
	if err != nil {
		return err
	}
	facts, err := s.settled(ctx)
	if err != nil {
		return err
	}
	if at.project != "" {
		sum := retell.Summarise(facts.Project.Key, facts.Now, rules.Reports(facts))
		figure, err := r.keep(sum.Picture(picture.Options{Standalone: true}))
		if err != nil {
			return err
		}
		return writeReport(r.out, out, func(w io.Writer) error { return retell.Project(w, sum, retell.Format(r.format), string(tmpl), figure) })
	}
	told, ok := rules.Tell(facts, s.issue)
	if !ok {
		return fmt.Errorf("there is nothing to report: %s is no disaster (see: andon plan %s)", nameArg(at.issue, s.issue), nameArg(at.issue, s.issue))
	}
	if r.post {
		return r.publish(ctx, s, told, string(tmpl), out)
	}
	return r.write(told, string(tmpl), out)
}

// nameArg is how an issue was called.
func nameArg(key, id string) string {
	if key == "" {
		return "issue " + id
	}
	return key
}

// subject judges the call.
func (r *reportFlags) subject(args []string) (lookAt, error) {
	at := lookAt{project: strings.ToUpper(r.project), from: r.from, writes: r.post}
	bad := func(format string, args ...any) (lookAt, error) { return at, usageError{fmt.Errorf(format, args...)} }
	switch {
	case len(args) > 1, len(args) == 1 && r.project != "", len(args) == 0 && r.project == "" && r.from == "":
		return bad("name one issue or one project, such as: andon report SHOP-6, or: andon report --project SHOP")
	case r.project != "" && !projectKey().MatchString(at.project):
		return bad("--project %q is no key of a project, such as SHOP", r.project)
	case !slices.Contains(retell.Formats(), retell.Format(r.format)):
		return bad("--format %q: say markdown, html, json, wiki or svg", r.format)
	case r.template != "" && slices.Contains([]retell.Format{retell.JSON, retell.SVG}, retell.Format(r.format)) && !r.post:
		return bad("--template: %s has no template", r.format)
	case r.post && (r.project != "" || r.from != ""):
		return bad("--post puts the report of one disaster on its issue, from what is in Jira now")
	case r.post && r.out != "":
		return bad("--post and --out: say one of the two")
	}
	if len(args) == 0 {
		return at, nil
	}
	var err error
	at.issue, err = keyArgument(args[0])
	return at, err
}

// write writes the report, and for Markdown in a file the picture beside it.
func (r *reportFlags) write(told rules.Report, tmpl string, out io.Writer) error {
	figure, err := r.keep(picture.Draw(told, picture.Options{Standalone: true, Legend: true}))
	if err != nil {
		return err
	}
	return writeReport(r.out, out, func(w io.Writer) error { return retell.Disaster(w, told, retell.Format(r.format), tmpl, figure) })
}

// keep keeps the picture of a report in Markdown beside its file, and gives its address;
// other formats hold it themselves or are it.
func (r *reportFlags) keep(svg string) (string, error) {
	if retell.Format(r.format) != retell.Markdown || r.out == "" || r.out == "-" || svg == "" {
		return "", nil
	}
	path := strings.TrimSuffix(r.out, filepath.Ext(r.out)) + ".svg"
	if err := os.WriteFile(path, []byte(svg), 0o600); err != nil {
		return "", fmt.Errorf("--out: %w", err)
	}
	return strings.NewReplacer("(", "%28", ")", "%29").Replace(url.PathEscape(filepath.Base(path))), nil
}

// writeReport writes to the file that was named. A template at fault is a fault of the call.
func writeReport(path string, stdout io.Writer, write func(io.Writer) error) error {
	var text strings.Builder // a template that fails half-way leaves nothing half written
	switch err := write(&text); {
	case errors.Is(err, retell.ErrNoPicture), errors.Is(err, retell.ErrNoHistory):
		return err
	case err != nil:
		return usageError{err}
	}
	if err := writeFile(path, stdout, func(w io.Writer) error { _, err := io.WriteString(w, text.String()); return err }); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	return nil
}

// publish puts the report on the issue.
func (r *reportFlags) publish(ctx context.Context, s seen, told rules.Report, tmpl string, out io.Writer) error {
	if told.Unreadable || told.Key == "" {
		return fmt.Errorf("the report cannot be posted: Jira does not show the issue (%s)", told.Reason)
	}
	var body strings.Builder
	if err := retell.Disaster(&body, told, retell.Wiki, tmpl, ""); err != nil {
		return usageError{err}
	}
	ref := retell.Ref(told)
	text := body.String()
	if !rules.HasRef(text, ref) { // a template of one's own need not know of it
		text += "\n\nandon ref " + ref + "\n"
	}
	if err := s.view.Post(ctx, s.issue, ref, text); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "The report is on %s, as a comment that the next --post replaces.\n", told.Key)
	return err
}
