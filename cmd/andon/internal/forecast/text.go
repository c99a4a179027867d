package forecast

import (
	"fmt"
	"strings"
	"time"

	"andon/rules"
)

// Text is the forecast for a terminal. With texts, what would be written is shown too.
// What is foreign in it is one line of characters that can be seen.
func (o Forecast) Text(texts bool) string {
	var b strings.Builder
	about := "project " + o.Project
	if o.Key != "" || o.Issue != "" {
		about = orKey(o.Key, o.Issue) + " in project " + o.Project
	}
	from := "Jira"
	if o.Source == "file" {
		from = "a facts file"
	}
	fmt.Fprintf(&b, "Plan for %s, from %s as of %s. Nothing was written.\n", rules.Printable(about), from, stamp(o.At))
	for i, s := range o.Scenes {
		s.text(&b, i, o.Issue, texts)
	}
	list(&b, "\nCould not be read:", o.Unread)
	list(&b, "\nAndon's account lacks:", o.Permissions)
	if o.PermissionsRead && len(o.Permissions) == 0 {
		b.WriteString("\nAndon's account has every permission that it needs.\n")
	}
	return b.String()
}

// text is one scene.
func (s Scene) text(b *strings.Builder, i int, issue string, texts bool) {
	switch {
	case s.If != "":
		fmt.Fprintf(b, "\n== What if %s\n", s.If)
	case i == 0:
		b.WriteString("\n== As things stand\n")
	}
	if len(s.Actions) == 0 {
		b.WriteString("\nAndon would do nothing.\n")
	} else {
		b.WriteString("\nAndon would, in this order:\n")
	}
	stage := ""
	for n, a := range s.Actions {
		if a.Stage != stage {
			fmt.Fprintf(b, "  %s\n", a.Stage)
			stage = a.Stage
		}
		fmt.Fprintf(b, "    %2d. %s\n", n+1, a.Line)
		if texts && a.Text != "" {
			for line := range strings.Lines(a.Text) {
				fmt.Fprintf(b, "        | %s\n", rules.Printable(line))
			}
		}
	}
	b.WriteString("\nThen:\n")
	planning := "free"
	if s.Frozen {
		planning = "frozen"
	}
	fmt.Fprintf(b, "  Planning is %s.\n", planning)
	for _, st := range s.States {
		st.text(b, issue)
	}
	s.rest(b)
}

// rest is what follows the states.
func (s Scene) rest(b *strings.Builder) {
	for _, g := range s.Gates {
		how := "holds"
		if g.Passed {
			how = "is passed"
		}
		fmt.Fprintf(b, "  Gate %s %s: %s\n", g.Gate, how, rules.Printable(g.Why))
		for _, w := range g.Waits {
			fmt.Fprintf(b, "    waits for %s\n", rules.Printable(w))
		}
	}
	for _, t := range s.Trouble {
		fmt.Fprintf(b, "  Needs a human: %s\n", rules.Printable(t))
	}
	if s.Next != "" {
		fmt.Fprintf(b, "  Next: %s\n", rules.Printable(s.Next))
	}
	for _, n := range s.Notices {
		fmt.Fprintf(b, "  Note: %s\n", n.Text)
	}
	if s.Again > 0 {
		fmt.Fprintf(b, "  Looked at again within %s.\n", s.Again.Round(time.Second))
	}
}

// text is where a disaster stands, and why. Issues that are none are told of only where
// they were asked for.
func (st State) text(b *strings.Builder, issue string) {
	if st.Phase == string(rules.PhaseNone) && st.Issue != issue {
		return
	}
	phase := st.Phase
	if phase == string(rules.PhaseNone) {
		phase = "no disaster"
	}
	fmt.Fprintf(b, "  %s is %s.\n", rules.Printable(orKey(st.Key, st.Issue)), phase)
	st.Reason.text(b, "because")
	if st.Cause != nil {
		st.Cause.text(b, "root cause:")
	}
}

// text is a reason with its evidence.
func (r Reason) text(b *strings.Builder, word string) {
	if r.Text == "" {
		return
	}
	fmt.Fprintf(b, "    %s %s\n", word, r.Text)
	for _, e := range r.Evidence {
		change := ""
		if e.Change != "" {
			change = " (change " + rules.Printable(e.Change) + ")"
		}
		fmt.Fprintf(b, "      %s, %s: %s%s\n", stamp(e.When), e.Who, e.What, change)
	}
}

// list is a heading with what stands below it, nothing where there is nothing.
func list(b *strings.Builder, head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	b.WriteString(head + "\n")
	for _, l := range lines {
		fmt.Fprintf(b, "  %s\n", rules.Printable(l))
	}
}

// orKey is an issue's key, or its id where nobody knows the key.
func orKey(key, id string) string {
	if key == "" {
		return "issue " + id
	}
	return key
}

// stamp is a moment for people.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }
