package main

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with the settings. It never holds a secret's value.
type Fault struct {
	Name  string // of the variable
	Found string // what is wrong, as the rest of a sentence that begins with the name
	Want  string // what to do about it
}

// Error says all three on one line.
func (f Fault) Error() string { return f.Name + " " + f.Found + ": " + f.Want }

// Faults is everything that is wrong with the settings.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	if len(f) == 1 {
		return f[0].Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d settings are wrong:", len(f))
	for _, fault := range f {
		b.WriteString("\n  " + fault.Error())
	}
	return b.String()
}

// Unwrap gives errors.As the single faults.
func (f Faults) Unwrap() []error {
	out := make([]error, 0, len(f))
	for _, fault := range f {
		out = append(out, fault)
	}
	return out
}

// join adds the faults of variables about which nothing was said yet: a value that
// could not be read is not reported as missing as well.
func (f Faults) join(more Faults) Faults {
	said := make(map[string]bool, len(f))
	for _, fault := range f {
		said[strings.TrimSuffix(fault.Name, fileSuffix)] = true
	}
	for _, fault := range more {
		if !said[fault.Name] {
			f = append(f, fault)
		}
	}
	return f
}
