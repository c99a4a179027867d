// Package install registers, checks, repairs and removes andon's webhook at Jira, and what
// belongs to it. Everything is planned before anything is done, so that it can be shown
// first; doing it twice changes nothing.
package install

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Step is one change.
type Step struct {
	// What says for people what it does. It holds no secret.
	What string
	// Do does it.
	Do func(ctx context.Context) error
}

// Plan is what is to be done, and what is left to people.
type Plan struct {
	// Found is what is good already.
	Found []string
	Steps []Step
	// Manual are the steps for Jira's own administration pages, in order, and Why the
	// reason why andon cannot do them.
	Why    string
	Manual []string
	// Notes are worth knowing.
	Notes []string
}

// Show writes the plan. Head introduces the steps.
func (p Plan) Show(out io.Writer, head string) error {
	var b strings.Builder
	for _, f := range p.Found {
		fmt.Fprintf(&b, "Good: %s\n", f)
	}
	if len(p.Steps) > 0 {
		b.WriteString(head + "\n")
	}
	for i, s := range p.Steps {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, s.What)
	}
	if len(p.Manual) > 0 {
		fmt.Fprintf(&b, "By hand, since %s:\n", p.Why)
	}
	for i, m := range p.Manual {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, m)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "Note: %s\n", n)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// Run does the steps in order and says of each that it is done. It ends at the first that
// fails; what is left is found again the next time.
func (p Plan) Run(ctx context.Context, out io.Writer) error {
	for i, s := range p.Steps {
		if err := s.Do(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.What, err)
		}
		if _, err := fmt.Fprintf(out, "  done %d. %s\n", i+1, s.What); err != nil {
			return err
		}
	}
	return nil
}
