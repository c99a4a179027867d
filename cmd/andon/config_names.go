package main

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"andon/rules"
)

// checkScope judges which projects and boards are looked after.
func checkScope(c Config) Faults {
	var faults Faults
	for _, key := range c.Projects {
		if !projectKey().MatchString(key) {
			faults = append(faults, Fault{"ANDON_PROJECTS", fmt.Sprintf("names %q", key), "write keys of projects in capitals, such as SHOP,BLOG"})
		}
	}
	for _, b := range c.Boards {
		if b.ID <= 0 {
			faults = append(faults, Fault{"ANDON_BOARDS", fmt.Sprintf("names board %d", b.ID), "write the numbers from the boards' addresses"})
		}
	}
	return faults
}

// projectKey is Jira's own rule for the key of a project.
var projectKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9_]+$`) })

// checkRoles judges the names of the project roles. The one of the Product Owner must
// not be any other: the right to decide would pass on without anyone's intention.
func checkRoles(c Config) Faults {
	var faults Faults
	for _, role := range []struct{ variable, name string }{
		{"ANDON_PO_ROLE", c.PORole}, {"ANDON_SM_ROLE", c.SMRole}, {"ANDON_STAKEHOLDER_ROLE", c.StakeholderRole},
	} {
		if problem := nameProblem(role.name); problem != "" {
			faults = append(faults, Fault{role.variable, problem, "write the name of a project role"})
		}
	}
	for _, role := range []struct{ variable, name string }{
		{"ANDON_SM_ROLE", c.SMRole}, {"ANDON_STAKEHOLDER_ROLE", c.StakeholderRole},
	} {
		if strings.EqualFold(role.name, c.PORole) {
			faults = append(faults, Fault{role.variable, "is the same as ANDON_PO_ROLE", "name another role"})
		}
	}
	return faults
}

// nameProblem says what is wrong with a name that people gave in Jira.
func nameProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "is empty"
	case name != strings.TrimSpace(name):
		return "begins or ends with a blank"
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Sprintf("is longer than %d characters", maxName)
	case strings.ContainsFunc(name, unicode.IsControl):
		return "contains a control character"
	}
	return ""
}

// maxName is the longest label that Jira takes; names of roles are no longer either.
const maxName = 255

// labelSetting is one label with the variable that sets it.
type labelSetting struct{ variable, label string }

// labels are all labels with their variables, in the order of the README.
func (c Config) labels() []labelSetting {
	return []labelSetting{
		{"ANDON_LABEL_DISASTER", c.LabelDisaster},
		{"ANDON_LABEL_DISASTER_SECURITY", c.LabelSecurity},
		{"ANDON_LABEL_DISASTER_DATA", c.LabelData},
		{"ANDON_LABEL_DISASTER_ACCIDENTAL", c.LabelAccidental},
		{"ANDON_LABEL_DISASTER_REHEARSAL", c.LabelRehearsal},
		{"ANDON_LABEL_SYSTEM_MAINTENANCE", c.LabelMaintenance},
		{"ANDON_LABEL_SYSTEM_READ_ONLY", c.LabelReadOnly},
		{"ANDON_LABEL_SYSTEM_OFFLINE", c.LabelOffline},
		{"ANDON_LABEL_SYSTEM_ALTERNATE", c.LabelAlternate},
		{"ANDON_LABEL_SYSTEM_RESTORED", c.LabelRestored},
		{"ANDON_LABEL_SPRINT_RESUME", c.LabelResume},
	}
}

// Labels are the labels as the rules know them.
func (c Config) Labels() rules.Labels {
	return rules.Labels{
		Disaster: c.LabelDisaster, Security: c.LabelSecurity, Data: c.LabelData, Accidental: c.LabelAccidental,
		Maintenance: c.LabelMaintenance, ReadOnly: c.LabelReadOnly, Offline: c.LabelOffline, Alternate: c.LabelAlternate,
		Restored: c.LabelRestored, Resume: c.LabelResume, Rehearsal: c.LabelRehearsal,
	}
}

// checkLabels judges the labels. They have to differ by more than case: Jira compares
// labels to the letter, but people and its search do not.
func checkLabels(c Config) Faults {
	var faults Faults
	owner := make(map[string]string)
	for _, l := range c.labels() {
		problem := nameProblem(l.label)
		if problem == "" && strings.ContainsFunc(l.label, unicode.IsSpace) {
			problem = "contains a blank, which Jira does not take in a label"
		}
		if problem != "" {
			faults = append(faults, Fault{l.variable, problem, "write one word of at most 255 characters, such as disaster"})
			continue
		}
		folded := strings.ToLower(l.label)
		if first, taken := owner[folded]; taken {
			faults = append(faults, Fault{l.variable, fmt.Sprintf("is %q, which is the label of %s too", l.label, first), "give every label a name of its own"})
			continue
		}
		owner[folded] = l.variable
	}
	return faults
}
