package house

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// The budgets, in lines.
const (
	maxFile        = 400
	medianFile     = 150
	maxFunction    = 80
	mostFunctions  = 40 // nine functions of ten
	medianFunction = 12
)

// fileRule reports files that are too long.
func fileRule(r repo) []string {
	var bad []string
	var lines []int
	for _, s := range r.code {
		if s.lines > maxFile {
			bad = append(bad, fmt.Sprintf("%s: %d lines, at most %d", s.path, s.lines, maxFile))
		}
		if !s.test {
			lines = append(lines, s.lines)
		}
	}
	if got := quantile(lines, 0.5); got > medianFile {
		bad = append(bad, fmt.Sprintf("the median of all files is %d lines, at most %d", got, medianFile))
	}
	return bad
}

// functionRule reports functions outside tests that are too long.
func functionRule(r repo) []string {
	var bad []string
	var lengths []int
	for _, s := range r.product() {
		for _, f := range functions(s) {
			n := r.fset.Position(f.End()).Line - r.fset.Position(f.Pos()).Line + 1
			lengths = append(lengths, n)
			if n > maxFunction {
				bad = append(bad, r.at(f.Pos(), "%s has %d lines, at most %d", f.Name.Name, n, maxFunction))
			}
		}
	}
	if got := quantile(lengths, 0.5); got > medianFunction {
		bad = append(bad, fmt.Sprintf("the median of all functions is %d lines, at most %d", got, medianFunction))
	}
	if got := quantile(lengths, 0.9); got > mostFunctions {
		bad = append(bad, fmt.Sprintf("nine of ten functions have up to %d lines, at most %d", got, mostFunctions))
	}
	return bad
}

// quantile is the value at a share of the sorted values, 0 of none.
func quantile(values []int, share float64) int {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(share*float64(len(sorted)-1))]
}

// stories counts the lines of the stories in plain text below a folder, and of those of
// the whole program.
func stories(r repo, dir string) int {
	n := 0
	for _, p := range r.paths {
		if !strings.HasSuffix(p, ".story") || !strings.HasPrefix(p, dir) && !strings.HasPrefix(p, "cmd/") {
			continue
		}
		if raw, err := fs.ReadFile(r.fsys, p); err == nil {
			n += content(string(raw), "#")
		}
	}
	return n
}

// ratioRule reports too few lines of tests for the lines of code, over all and in rules.
// Blank lines and comments count for neither. Stories in plain text are tests of the
// folder that they lie in, those of the whole program tests of the rules too.
func ratioRule(r repo) []string {
	var bad []string
	for _, part := range []struct {
		name, dir string
		least     float64
	}{
		{"all packages", "", 1.0},
		{"rules", "rules", 2.0},
	} {
		var code, tests int
		for _, s := range r.code {
			switch {
			case part.dir != "" && s.dir != part.dir && !strings.HasPrefix(s.dir, part.dir+"/"):
			case s.test:
				tests += s.content
			default:
				code += s.content
			}
		}
		tests += stories(r, part.dir)
		if float64(tests) < part.least*float64(code) {
			bad = append(bad, fmt.Sprintf("%s: %d lines of tests for %d lines of code, at least %.1f a line", part.name, tests, code, part.least))
		}
	}
	return bad
}
