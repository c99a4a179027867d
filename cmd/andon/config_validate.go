package main

import (
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// Validate finds everything that is wrong with the settings, whether they come from an
// environment or from code. The error is of type [Faults].
func (c Config) Validate() error {
	if faults := c.faults(); len(faults) > 0 {
		return faults
	}
	return nil
}

// faults runs all checks, in the order in which the README lists the settings.
func (c Config) faults() Faults {
	var faults Faults
	spec := reflect.ValueOf(c)
	for _, s := range settings() {
		value := spec.FieldByIndex(s.index)
		if s.required && value.IsZero() {
			faults = append(faults, Fault{s.name, "is not set", "it is required: " + s.desc})
		}
		if fault := s.outOfRange(value); fault != nil {
			faults = append(faults, *fault)
		}
	}
	for _, check := range []func(Config) Faults{
		checkJira, checkWebhook, checkRecord, checkAddresses, checkTLS, checkRedis, checkPublic, checkPage,
		checkScope, checkPlaybook, checkTemplates, checkRecovery, checkRoles, checkNotify, checkLabels, checkLog,
	} {
		faults = append(faults, check(c)...)
	}
	return faults
}

// outOfRange compares a number or a duration with the range that its tags name.
func (s setting) outOfRange(value reflect.Value) *Fault {
	if s.min == "" && s.max == "" {
		return nil
	}
	var v float64
	switch value.Kind() {
	case reflect.Float64:
		v = value.Float()
	default:
		v = float64(value.Int())
	}
	if v >= s.bound(s.min) && v <= s.bound(s.max) { // so written that NaN is out of range
		return nil
	}
	return &Fault{s.name, fmt.Sprintf("is %v", value), fmt.Sprintf("it has to lie between %s and %s", s.min, s.max)}
}

// bound is the number that a min or max tag stands for.
func (s setting) bound(text string) float64 {
	if s.field.Type == reflect.TypeFor[time.Duration]() {
		d, _ := time.ParseDuration(text) // a test parses all tags
		return float64(d)
	}
	f, _ := strconv.ParseFloat(text, 64) // likewise
	return f
}

// maxPlaybook keeps a file that was named by mistake out of memory.
const maxPlaybook = 1 << 20

// checkPlaybook sees that the file is there. What is in it is judged where it is read.
func checkPlaybook(c Config) Faults {
	if c.Playbook == "" {
		return nil
	}
	if problem := fileProblem(c.Playbook, maxPlaybook); problem != "" {
		return Faults{{"ANDON_PLAYBOOK", problem, "name a readable YAML file, or leave it empty for the built-in playbook"}}
	}
	return nil
}

// checkTemplates sees that the file is there. What is in it is judged where it is read.
func checkTemplates(c Config) Faults {
	if c.NoticeTemplates == "" {
		return nil
	}
	if problem := fileProblem(c.NoticeTemplates, maxPlaybook); problem != "" {
		return Faults{{"ANDON_NOTICE_TEMPLATES", problem, "name a readable file, or leave it empty for the built-in texts"}}
	}
	return nil
}

// checkLog sees that the log's form is one of the two.
func checkLog(c Config) Faults {
	if c.LogFormat == "json" || c.LogFormat == "text" {
		return nil
	}
	return Faults{{"ANDON_LOG_FORMAT", fmt.Sprintf("is %q", c.LogFormat), "write json or text"}}
}
