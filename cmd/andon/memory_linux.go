package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// span is a range of addresses.
type span struct{ from, to uintptr }

// letGo gives back the memory of the program's own file, two thirds of which only the start
// has needed. What runs is there again at once, from the system's cache of the file. The
// system would do the same where memory is short; so operators see what andon needs.
func letGo() error {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("find the program's file: %w", err)
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("read the program's memory: %w", err)
	}
	defer func() { _ = f.Close() }()
	spans, err := untouched(f, program)
	if err != nil {
		return fmt.Errorf("read the program's memory: %w", err)
	}
	for _, s := range spans {
		if _, _, failed := syscall.Syscall(syscall.SYS_MADVISE, s.from, s.to-s.from, syscall.MADV_DONTNEED); failed != 0 {
			return fmt.Errorf("let memory go: %w", failed)
		}
	}
	return nil
}

// untouched finds in the text of /proc/PID/smaps where a file is mapped that nobody can write to, and
// nobody has: what differs from the file (relocations, a debugger's marks) would be lost.
func untouched(smaps io.Reader, file string) ([]span, error) {
	var found []span
	var at span
	candidate := false
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 2 {
			continue
		}
		if !strings.HasSuffix(f[0], ":") { // the head of a mapping
			_, err := fmt.Sscanf(f[0], "%x-%x", &at.from, &at.to)
			candidate = err == nil && len(f) > 5 && strings.Join(f[5:], " ") == file && strings.HasPrefix(f[1], "r-") && strings.HasSuffix(f[1], "p")
			continue
		}
		if candidate && f[0] == "Anonymous:" && f[1] == "0" {
			found = append(found, at)
		}
	}
	return found, lines.Err()
}
