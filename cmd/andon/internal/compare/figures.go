package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// percentile is the value below which that share of the values is, 0 of none.
func percentile(values []float64, percent int) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func median(values []float64) float64 { return percentile(values, 50) }

// ratio is the median of the quotients of two figures that were measured in the same rounds.
func ratio(values, floor []float64) float64 {
	var all []float64
	for i := range min(len(values), len(floor)) {
		if floor[i] > 0 {
			all = append(all, values[i]/floor[i])
		}
	}
	return median(all)
}

// table is what is printed.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// String is the table in Markdown.
func (t *table) String() string {
	var b strings.Builder
	b.WriteString("| " + strings.Join(t.head, " | ") + " |\n|" + strings.Repeat("---|", len(t.head)) + "\n")
	for _, row := range t.rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}

// machine says where the figures are from.
func machine() string {
	kernel := "unknown kernel"
	if raw, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		kernel = "kernel " + strings.TrimSpace(string(raw))
	}
	return fmt.Sprintf("Machine: %d cores, %s/%s, %s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), kernel)
}

// redisVersion is what the server says of itself.
func redisVersion() string {
	raw, err := exec.Command("redis-server", "--version").Output() //nolint:noctx // it answers at once
	if err != nil {
		return "unknown"
	}
	for word := range strings.FieldsSeq(string(raw)) {
		if v, ok := strings.CutPrefix(word, "v="); ok {
			return v
		}
	}
	return "unknown"
}

// pageOf is the page of the documentation that a part stands in.
func pageOf(part string) string {
	if part == "scale" {
		return "jira/README.md"
	}
	return "webhook/README.md"
}

// fill puts a text between the marks of its part.
func fill(page, part, text string) error {
	raw, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("fill in the tables of %s: %w", part, err)
	}
	filled, err := between(raw, part, text)
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	if err := os.WriteFile(page, filled, 0o600); err != nil {
		return fmt.Errorf("fill in the tables of %s: %w", part, err)
	}
	return nil
}

// between replaces what stands between the marks of a part.
func between(page []byte, part, text string) ([]byte, error) {
	begin, end := []byte("<!-- compare:begin "+part+" -->\n"), []byte("<!-- compare:end "+part+" -->")
	before, rest, found := bytes.Cut(page, begin)
	_, after, closed := bytes.Cut(rest, end)
	if !found || !closed {
		return nil, errors.New("the marks of " + part + " are missing")
	}
	return slices.Concat(before, begin, []byte(strings.TrimSpace(text)+"\n"), end, after), nil
}

// micros prints microseconds.
func micros(v float64) string { return fmt.Sprintf("%.0f µs", v) }

// millis prints milliseconds.
func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

// times prints a ratio.
func times(v float64) string { return fmt.Sprintf("%.2f", v) }
