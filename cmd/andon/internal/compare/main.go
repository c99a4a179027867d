// Program compare measures andon beside the least that any program would need for the same work, and beside what a
// user would pick instead, in turns within one run, and prints tables in Markdown: ratios count, since times depend on
// the machine. It is a program and not a test, because a time is never a reason to fail.
//
//	go run ./cmd/andon/internal/compare --help
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
)

const help = `Compare andon with the floor and with other programs, and print the tables.

Usage:
  go run ./cmd/andon/internal/compare [--only PART[,PART]] [--quick] [--write] [--recorded DIR]

Parts:
  receiver   webhooks of 3, 9 and 40 KB: CPU time, allocations and the 99th percentile of an event,
             against an echo handler that only reads the body and verifies its signature,
             and against Node's http and Express where node and npm are there
  footprint  size, start, and memory when idle, at 1,000 events/s and with 2,000 slow clients,
             against a minimal program of echo, go-redis and go-jira
  queue      hand-over, throughput and bursts, against bare Redis commands and asynq
  scale      large sites in virtual time, and on a real Redis: runs the tests of ../scale that print the tables

Servers run as processes of their own and are measured in turns; each figure is the median of all
rounds, each ratio the median of the rounds' ratios. Client, servers and Redis share the machine, so
that CPU time is that of the server's process alone.

Examples:
  go run ./cmd/andon/internal/compare                     # everything, about 40 minutes
  go run ./cmd/andon/internal/compare --quick             # a look, a few minutes
  go run ./cmd/andon/internal/compare --only receiver     # one part
  go run ./cmd/andon/internal/compare --write             # also put the tables into the documentation

--write fills webhook/README.md (receiver, footprint, queue) and jira/README.md (scale) between the
lines <!-- compare:begin PART --> and <!-- compare:end PART -->. Run it on a quiet machine.

Needs go and redis-server. The modules of the other programs are in testdata/peers, with a go.mod of
their own, and are fetched by go when first built. --recorded names a folder with recorded webhooks
(*.json, searched with its folders); the one next to each size is used, generated ones elsewhere.

Exit status: 0 measured, 1 something could not be measured, 2 the command line is wrong.
`

// options are what the command line says.
type options struct {
	parts    []string
	quick    bool
	write    bool
	recorded string
}

// parts are the names of what can be measured, in their order.
func parts() []string { return []string{"receiver", "footprint", "queue", "scale"} }

// errUsage says that the command line is wrong.
var errUsage = errors.New("usage")

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, complain io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(args) > 0 && args[0] == serveWord {
		return status(serve(ctx, args[1:], out), complain)
	}
	opt, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(out, help)
		return status(err, complain)
	}
	if err == nil {
		err = compare(ctx, opt, out, complain)
	}
	return status(err, complain)
}

// status gives the exit status for an error, and says it.
func status(err error, complain io.Writer) int {
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintln(complain, "compare:", err)
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

// parse reads the command line.
func parse(args []string) (options, error) {
	var opt options
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	only := flags.String("only", "", "")
	flags.BoolVar(&opt.quick, "quick", false, "")
	flags.BoolVar(&opt.write, "write", false, "")
	flags.StringVar(&opt.recorded, "recorded", "../shared/webhooks", "")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return opt, err
		}
		return opt, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return opt, fmt.Errorf("%w: %q is not an option; see --help", errUsage, flags.Arg(0))
	}
	opt.parts = parts()
	if *only != "" {
		opt.parts = strings.Split(*only, ",")
	}
	for _, p := range opt.parts {
		if !slices.Contains(parts(), p) {
			return opt, fmt.Errorf("%w: there is no part %q; there are %s", errUsage, p, strings.Join(parts(), ", "))
		}
	}
	return opt, nil
}

// compare measures the parts one after the other. One that fails does not keep the others from being measured.
func compare(ctx context.Context, opt options, out, progress io.Writer) error {
	l, err := newLab(opt, progress)
	if err != nil {
		return err
	}
	var failed []error
	for _, part := range opt.parts {
		text, err := l.measure(ctx, part)
		if err != nil {
			failed = append(failed, fmt.Errorf("measure %s: %w", part, err))
			continue
		}
		if _, err := fmt.Fprintf(out, "## %s\n\n%s\n", part, text); err != nil {
			return errors.Join(err, l.close())
		}
		if opt.write {
			failed = append(failed, fill(pageOf(part), part, text))
		}
	}
	return errors.Join(append(failed, l.close())...)
}

// measure does one part and gives its tables.
func (l *lab) measure(ctx context.Context, part string) (string, error) {
	l.say("%s …", part)
	switch part {
	case "receiver":
		return l.receiver(ctx)
	case "footprint":
		return l.footprint(ctx)
	case "queue":
		return l.queue(ctx)
	default:
		return l.scale(ctx)
	}
}
