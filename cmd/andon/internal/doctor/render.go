package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	// width is the widest line of the table, so that it fits a terminal and a mail.
	width = 96
	// nameWidth is the column of the names; a longer name has a line of its own.
	nameWidth = 20
	// margin is what stands before the words of a check.
	margin = 2 + 8 + nameWidth + 2
)

// Table writes the report for people.
func (r Report) Table(out io.Writer) error {
	var b strings.Builder
	last := ""
	for _, c := range r.Checks {
		if c.Group != last {
			if last != "" {
				b.WriteString("\n")
			}
			b.WriteString(c.Group + "\n")
			last = c.Group
		}
		c.lines(&b)
	}
	fmt.Fprintf(&b, "\n%s\n", r.summary())
	_, err := io.WriteString(out, b.String())
	return err
}

// lines are the lines of one check: the verdict, what was seen, how to mend it.
func (c Check) lines(b *strings.Builder) {
	head := fmt.Sprintf("  %-8s%s", c.Verdict, pad(c.Name, nameWidth))
	if utf8.RuneCountInString(c.Name) > nameWidth {
		b.WriteString(strings.TrimRight(head, " ") + "\n")
		head = strings.Repeat(" ", margin-2)
	}
	for i, line := range wrap(c.Seen, width-margin) {
		if i > 0 {
			head = strings.Repeat(" ", margin-2)
		}
		b.WriteString(head + "  " + line + "\n")
	}
	if c.Mend == "" {
		return
	}
	for i, line := range wrap(c.Mend, width-margin-3) {
		arrow := "   "
		if i == 0 {
			arrow = "-> "
		}
		b.WriteString(strings.Repeat(" ", margin) + arrow + line + "\n")
	}
}

// pad fills a text up with blanks.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// wrap cuts a text into lines at its blanks. A word that is too long is left whole, so that
// an address can be copied.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= n:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// summary counts the verdicts in one line.
func (r Report) summary() string {
	text := fmt.Sprintf("%d ok, %d to look at, %d failed, %d cannot be known.", r.Count(OK), r.Count(Warn), r.Count(Fail), r.Count(Unknown))
	if r.Healthy() {
		return text
	}
	return text + "\nWhat failed stops andon from working; the lines with -> say how to mend it."
}

// JSON writes the report for programs.
func (r Report) JSON(out io.Writer) error {
	type counts struct {
		OK      int `json:"ok"`
		Warn    int `json:"warn"`
		Fail    int `json:"fail"`
		Unknown int `json:"unknown"`
	}
	if r.Checks == nil {
		r.Checks = []Check{}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Report
		Healthy bool   `json:"healthy"`
		Counts  counts `json:"counts"`
	}{r, r.Healthy(), counts{r.Count(OK), r.Count(Warn), r.Count(Fail), r.Count(Unknown)}})
}
