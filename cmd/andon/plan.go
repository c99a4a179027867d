package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"andon/cmd/andon/internal/forecast"
	"andon/cmd/andon/internal/snapshot"
	"andon/rules"
)

const planHelp = `Show what andon would do now about an issue's project, and why. Nothing is written.

The facts are read from Jira through a gate that refuses every write, or from a file with
--from. Each action is carried out in those facts alone, stage by stage, until nothing is
left. The plan shows where each disaster stands, the evidence, the actions in order, what
was wanted and could not be read, and what andon's account is not allowed to do.

What if? Say what somebody does first, as often as you like, in that order:

  --as-declared           a Product Owner declares the issue a disaster, with --kind too
  --task-closed ENTRY     the task of that entry of the playbook is closed; ENTRY=RESOLUTION
                          says how, and rts stands for all that the return to service waits for
  --label "+LABEL by po"  somebody adds a label or takes one off (-LABEL): po is a Product
                          Owner, dev is somebody else, anything else an account's id

With --facts FILE the facts are kept in a file, for a report of a fault or for later. No
secret is ever among them; --redact also replaces names, texts, labels and addresses, each
everywhere by the same. The words of a redacted file are others, so a plan from it may
write the status comment once more.

The settings are those of andon serve; Redis is not needed. With --from none are.

Exit status: 0 if everything was read, 1 if something was not or went wrong, 2 if the call
or a setting is wrong.`

const planExamples = `  andon plan SHOP-6
  andon plan SHOP-6 --as-declared --kind data
  andon plan SHOP-6 --as-declared --task-closed rts --label "+system-restored by po" --task-closed root-cause
  andon plan SHOP-6 --facts facts.json --redact
  andon plan --from facts.json --label "-disaster by dev" --json`

// planFlags are what a call of the plan command says.
type planFlags struct {
	from, facts  string
	redact, json bool
	texts        bool
	acts         []forecast.Act
	kinds        []string
}

// planCommand shows what andon would do.
func planCommand(environ []string, opt appOptions) *cobra.Command {
	var p planFlags
	cmd := &cobra.Command{
		Use: "plan KEY", Short: "Show what andon would do now about an issue, and why", Long: planHelp, Example: planExamples,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 0 && p.from == "" {
				return usageError{errors.New("name one issue, such as: andon plan SHOP-6")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.run(cmd.Context(), args, environ, quietly(opt, cmd.ErrOrStderr()), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.from, "from", "", "plan from the facts in `FILE` instead of from Jira")
	f.StringVar(&p.facts, "facts", "", "keep the facts in `FILE` (- for standard output, instead of the plan)")
	f.BoolVar(&p.redact, "redact", false, "replace names, texts, labels and addresses in that file")
	f.BoolVar(&p.json, "json", false, "print the plan as JSON")
	f.BoolVar(&p.texts, "texts", false, "show the texts that would be written, too")
	f.Var(&actFlag{acts: &p.acts, parse: func(string) (forecast.Act, error) { return forecast.Act{Declare: true}, nil }}, "as-declared", "what if a Product Owner declares the issue now")
	f.Lookup("as-declared").NoOptDefVal = "true"
	f.StringSliceVar(&p.kinds, "kind", nil, "the `KIND` of that declaration: security, data or accidental")
	f.Var(&actFlag{name: "ENTRY[=RESOLUTION]", acts: &p.acts, parse: forecast.ParseTask}, "task-closed", "what if the task of `ENTRY[=RESOLUTION]` is closed")
	f.Var(&actFlag{name: "±LABEL", acts: &p.acts, parse: forecast.ParseLabel}, "label", "what if somebody adds or takes off a `±LABEL [by WHOM]`")
	return cmd
}

// actFlag collects what-ifs of several flags in the order in which they were given.
type actFlag struct {
	name  string
	acts  *[]forecast.Act
	parse func(string) (forecast.Act, error)
}

// Set implements the flag's interface.
func (a *actFlag) Set(s string) error {
	if on, err := strconv.ParseBool(s); a.name == "" && (err != nil || !on) {
		return err // said to be not so
	}
	act, err := a.parse(s)
	if err == nil {
		*a.acts = append(*a.acts, act)
	}
	return err
}

// String implements the flag's interface.
func (a *actFlag) String() string { return "" }

// Type implements the flag's interface.
func (a *actFlag) Type() string {
	if a.name == "" {
		return "bool"
	}
	return a.name
}

// run makes and shows the plan.
func (p *planFlags) run(ctx context.Context, args, environ []string, opt appOptions, out io.Writer) error {
	at := lookAt{from: p.from}
	err := p.check()
	if err == nil && len(args) > 0 {
		at.issue, err = keyArgument(args[0])
	}
	if err != nil {
		return err
	}
	s, err := look(ctx, environ, at, opt)
	if err != nil {
		return err
	}
	if s.issue == "" && len(p.acts) > 0 {
		return usageError{errors.New("the facts name no issue: say which one the what-ifs are about")}
	}
	if s.view != nil {
		if s.facts, err = s.view.Fulfil(ctx, s.facts, p.wanted(s)); err != nil {
			return err
		}
	}
	if p.facts != "" {
		if err := p.keep(s, out); err != nil || p.facts == "-" {
			return err
		}
	}
	plan, err := forecast.Make(ctx, s.facts, s.issue, p.acts, s.read)
	plan.Source = "jira"
	if s.view == nil {
		plan.Source = "file"
	}
	if showErr := p.show(plan, out); showErr != nil {
		return showErr
	}
	switch {
	case err != nil && strings.HasPrefix(err.Error(), "what if: "):
		return usageError{err}
	case err != nil:
		return err
	case len(plan.Unread) > 0:
		return fmt.Errorf("not everything could be read: %s", strings.Join(plan.Unread, "; "))
	}
	return nil
}

// check judges flags that belong together.
func (p *planFlags) check() error {
	declares := slices.ContainsFunc(p.acts, func(a forecast.Act) bool { return a.Declare })
	switch {
	case p.redact && p.facts == "":
		return usageError{errors.New("--redact is about the file of --facts")}
	case len(p.kinds) > 0 && !declares:
		return usageError{errors.New("--kind is the kind of --as-declared")}
	}
	var kinds []rules.Kind
	for _, k := range p.kinds {
		if !slices.Contains(rules.Kinds(), rules.Kind(k)) {
			return usageError{fmt.Errorf("--kind %q: say security, data or accidental", k)}
		}
		kinds = append(kinds, rules.Kind(k))
	}
	for i := range p.acts {
		if p.acts[i].Declare {
			p.acts[i].Kinds = kinds
		}
	}
	return nil
}

// wanted is what is read beyond what a decision wants: the forecast of permissions, and
// for a file what a later what-if will want.
func (p *planFlags) wanted(s seen) rules.Wants {
	w := rules.Wants{People: true, Outlook: true}
	if p.facts == "" {
		return w
	}
	for _, sp := range s.facts.Sprints {
		if rules.ScopeOf(s.facts, sp).In {
			w.Scopes = append(w.Scopes, sp.ID)
		}
	}
	for _, d := range s.facts.Disasters {
		if d.Unreadable == "" && d.RecordState != rules.RecordValid {
			w.Said = append(w.Said, d.ID)
		}
	}
	w.Scheme = s.facts.Settings.Freeze == rules.FreezePermissions
	return w
}

// keep writes the facts file.
func (p *planFlags) keep(s seen, out io.Writer) error {
	file := snapshot.File{By: version, Issue: s.issue, Facts: s.facts}
	if p.redact {
		var err error
		if file, err = snapshot.Redact(file); err != nil {
			return err
		}
	}
	if err := writeFile(p.facts, out, func(w io.Writer) error { return snapshot.Write(w, file) }); err != nil {
		return fmt.Errorf("--facts: %w", err)
	}
	return nil
}

// show prints the plan.
func (p *planFlags) show(plan forecast.Forecast, out io.Writer) error {
	if p.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(plan)
	}
	_, err := io.WriteString(out, plan.Text(p.texts))
	return err
}
