package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"andon/cmd/andon/internal/forecast"
	"andon/cmd/andon/internal/snapshot"
	"andon/jira"
	"andon/rules"
)

// issueKey is the form of an issue's key.
var issueKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9_]+-[1-9][0-9]*$`) })

// lookAt says what a command looks at.
type lookAt struct {
	// issue is the key of an issue; project is one of a project, with its past.
	issue, project string
	// from is the facts file, empty for Jira.
	from string
	// writes is true where a comment is to be posted.
	writes bool
}

// seen is a project as it was seen, in Jira or in a facts file.
type seen struct {
	facts rules.Facts
	// issue is the id of the issue that was asked for.
	issue string
	// view reads more, nil for a file.
	view *jira.View
}

// look reads what a command is about. Jira is asked through the gate that refuses writes,
// unless something is to be posted.
func look(ctx context.Context, environ []string, at lookAt, opt appOptions) (seen, error) {
	if at.from != "" {
		return lookIntoFile(at)
	}
	cfg, err := Load(environ)
	if err != nil {
		return seen{}, usageError{err}
	}
	if at.writes && cfg.DryRun {
		return seen{}, usageError{errors.New("--post: ANDON_DRY_RUN is set, so nothing is written")}
	}
	cfg.DryRun, cfg.RedisURL = !at.writes, "" // a look needs no queue
	a, err := newApp(cfg, opt)
	if err != nil {
		return seen{}, err
	}
	s, err := a.look(ctx, at)
	return s, errors.Join(err, a.queue.Close())
}

// look reads an issue's project, or a project with everything past.
func (a *app) look(ctx context.Context, at lookAt) (seen, error) {
	project, issues := at.project, []string(nil)
	var issue string
	if at.issue != "" {
		var err error
		project, issue, err = a.reconciler.Home(ctx, at.issue)
		switch {
		case jira.IsNotFound(err): // it may be an open disaster that Jira does not show
			project, issue = at.issue[:strings.LastIndex(at.issue, "-")], ""
		case err != nil:
			return seen{}, err
		default:
			issues = []string{issue}
		}
	} else {
		var err error
		if issues, err = a.reconciler.Past(ctx, project); err != nil {
			return seen{}, err
		}
	}
	if len(a.cfg.Projects) > 0 && !slices.ContainsFunc(a.cfg.Projects, func(p string) bool { return strings.EqualFold(p, project) }) {
		return seen{}, usageError{fmt.Errorf("andon does not look after project %s: ANDON_PROJECTS does not name it", project)}
	}
	view, err := a.reconciler.View(ctx, project, issues...)
	switch {
	case at.issue == "" && (jira.IsNotFound(err) || jira.IsInvalid(err)):
		return seen{}, fmt.Errorf("jira does not show project %s to andon's account: check the key, or give the account Browse Projects there: %w", project, err)
	case jira.IsNotFound(err) && at.issue != "":
		return seen{}, fmt.Errorf("jira shows neither %s nor project %s to andon's account", at.issue, project)
	case err != nil:
		return seen{}, err
	}
	if at.issue != "" && issue == "" {
		if issue = keptIssue(view.Facts, at.issue); issue == "" {
			return seen{}, fmt.Errorf("jira does not show %s to andon's account, and no open disaster of project %s is known by that key", at.issue, project)
		}
	}
	return seen{facts: view.Facts, issue: issue, view: view}, nil
}

// keptIssue finds an open disaster that Jira does not show by the key that it had.
func keptIssue(f rules.Facts, key string) string {
	for _, r := range f.Memory.Kept {
		if r.Key == key {
			return r.Issue
		}
	}
	return ""
}

// lookIntoFile reads a facts file.
func lookIntoFile(at lookAt) (seen, error) {
	file, err := os.Open(at.from)
	if err != nil {
		return seen{}, usageError{fmt.Errorf("--from: %w", err)}
	}
	f, err := snapshot.Read(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return seen{}, usageError{fmt.Errorf("--from %s: %w", at.from, err)}
	}
	s := seen{facts: f.Facts, issue: f.Issue}
	switch {
	case at.project != "" && !strings.EqualFold(at.project, f.Facts.Project.Key):
		return s, usageError{fmt.Errorf("--from %s: the facts are of project %s", at.from, f.Facts.Project.Key)}
	case at.issue == "":
		return s, nil
	}
	for _, d := range f.Facts.Disasters {
		if d.Key == at.issue {
			s.issue = d.ID
			return s, nil
		}
	}
	if s.issue = keptIssue(f.Facts, at.issue); s.issue == "" {
		return s, usageError{fmt.Errorf("--from %s: issue %s is not among the facts", at.from, at.issue)}
	}
	return s, nil
}

// read reads what a decision wants.
func (s seen) read(ctx context.Context, f rules.Facts, w rules.Wants) (rules.Facts, []string, error) {
	if s.view == nil {
		f, unread := forecast.FromFile(f, w)
		return f, unread, nil
	}
	f, err := s.view.Fulfil(ctx, f, w)
	return f, nil, err
}

// settled gives the facts with everything that the rules want for what they tell.
func (s seen) settled(ctx context.Context) (rules.Facts, error) {
	f := s.facts
	for range maxWishes {
		w := rules.Decide(f).Wants
		if w.Empty() {
			break
		}
		var err error
		if f, _, err = s.read(ctx, f, w); err != nil {
			return f, err
		}
	}
	return f, nil
}

// maxWishes is more often than a decision ever wants more.
const maxWishes = 20

// quietly is for a command that is not the server: what went wrong is told on standard
// error, and nothing else.
func quietly(opt appOptions, to io.Writer) appOptions {
	if opt.log == nil {
		opt.log = slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	return opt
}

// keyArgument judges the key of an issue as somebody typed it.
func keyArgument(arg string) (string, error) {
	key := strings.ToUpper(strings.TrimSpace(arg))
	if !issueKey().MatchString(key) {
		return "", usageError{fmt.Errorf("%q is no key of an issue, such as SHOP-6", arg)}
	}
	return key, nil
}

// writeFile writes a file that only its owner may read, or to standard output for "-" and for
// no name.
func writeFile(path string, stdout io.Writer, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(stdout)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // the user names the file
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
