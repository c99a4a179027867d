package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// scale has the tests of large sites print their tables: they run in virtual time, in which figures do not depend on
// the machine.
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
	return fmt.Sprintf("In virtual time, %s; each call takes 150 ms, and Jira refuses bursts as Cloud does.\n\n%s\n"+
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
