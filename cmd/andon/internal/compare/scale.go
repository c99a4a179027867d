package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// scale has the tests of large sites print their tables. All but those on a real Redis run in virtual time, in which
// figures do not depend on the machine.
func (l *lab) scale(ctx context.Context) (string, error) {
	size := "full"
	if l.opt.quick {
		size = "tenth"
	}
	cmd := exec.CommandContext(ctx, "go", "test", "./cmd/andon/internal/scale", "-run", "^TestScaleInFull$", "-count=1", "-v", "-timeout=60m")
	cmd.Env = append(os.Environ(), "ANDON_SCALE="+size)
	said, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("run the large sites: %w: %s", err, said)
	}
	tables := tablesIn(string(said))
	if tables == "" {
		return "", errors.New("the tests printed no table")
	}
	return fmt.Sprintf("In virtual time, %s, with webhooks through the real receivers; each call takes 150 ms, and Jira refuses bursts as Cloud does. The\n"+
		"second table has a flood of events beside the declarations: 98 of 100 mean nothing to andon, and the others are changes in projects with\n"+
		"boards. The third is the same in real time, with each replica on a connection of its own to one redis-server; it has a tenth of the\n"+
		"projects, lest the simulated Jira be what is measured.\n\n%s\n"+
		"Each replica of the second and third table may make 10 calls a second. Looks are those that were finished from the declarations to the last\n"+
		"status comment, events those that were answered in that time and the moment before; kept are those of which andon stored a hint (202). In\n"+
		"all runs every line was stopped once, and every disaster got its nine tasks and one status comment; else there would be no table.\n\n"+
		"The growth is the slope of the line through the logarithms, by least squares: what a figure is multiplied by where the first column is\n"+
		"multiplied by ten. Memory is the growth of the heap from the declarations to the end, the simulated Jira's part included.\n",
		map[string]string{"full": "in full size", "tenth": "a tenth of the full size"}[size], tables), nil
}

// tablesIn are the tables in what tests have printed, with an empty line between them.
func tablesIn(said string) string {
	var out strings.Builder
	inside := false
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "|") {
			if !inside && out.Len() > 0 {
				out.WriteString("\n")
			}
			out.WriteString(line + "\n")
		}
		inside = strings.HasPrefix(line, "|")
	}
	return out.String()
}
