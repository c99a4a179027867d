package rules

import (
	_ "embed" // the default playbook
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed playbook.yaml
var defaultPlaybook []byte

// Gate says what waits for a task.
type Gate string

// The gates.
const (
	// NoGate: nothing waits for the task.
	NoGate Gate = ""
	// ReturnToService: the system returns to service only when the task is done.
	ReturnToService Gate = "rts"
	// RootCause: planning is free again only when the task is closed.
	RootCause Gate = "rc"
)

// Entry is a task of the playbook.
type Entry struct {
	ID      string
	Title   string
	Purpose string
	Done    string
	Owner   string
	// Kinds are the kinds of disaster that get the task; none means all.
	Kinds []Kind
	Gate  Gate
}

// Playbook is the list of tasks that a disaster gets, in order.
type Playbook struct{ Entries []Entry }

// For are the entries that a disaster of the given kinds gets, in the playbook's order.
func (p Playbook) For(kinds []Kind) []Entry {
	var out []Entry
	for _, e := range p.Entries {
		if len(e.Kinds) == 0 || slices.ContainsFunc(e.Kinds, func(k Kind) bool { return slices.Contains(kinds, k) }) {
			out = append(out, e)
		}
	}
	return out
}

// RootCause is the entry whose closing ends the freeze.
func (p Playbook) RootCause() Entry {
	i := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.Gate == RootCause })
	if i < 0 {
		return Entry{}
	}
	return p.Entries[i]
}

// Entry finds an entry by its id.
func (p Playbook) Entry(id string) (Entry, bool) {
	i := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return p.Entries[i], true
}

// DefaultPlaybook is the playbook that andon carries with it.
func DefaultPlaybook() Playbook {
	p, err := ParsePlaybook(defaultPlaybook)
	if err != nil { // a test parses the embedded file, so this cannot happen in a build that passed it
		return Playbook{}
	}
	return p
}

// playbookFile is the YAML form of a playbook.
type playbookFile struct {
	Version int         `yaml:"version"`
	Tasks   []entryFile `yaml:"tasks"`
}

// entryFile is the YAML form of an entry.
type entryFile struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`
	Purpose string   `yaml:"purpose"`
	Done    string   `yaml:"done"`
	Owner   string   `yaml:"owner"`
	Kinds   kindList `yaml:"kinds"`
	Gate    string   `yaml:"gate"`
	line    int
}

// kindList reads `all`, one kind, or a list of kinds.
type kindList []string

// UnmarshalYAML accepts a scalar or a sequence.
func (k *kindList) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*k = kindList{n.Value}
		return nil
	}
	var list []string
	if err := n.Decode(&list); err != nil {
		return fmt.Errorf("kinds: %w", err)
	}
	*k = list
	return nil
}

const (
	maxPlaybookTasks = 50  // one bulk call creates 50 issues
	maxTitle         = 180 // with the key in front it stays under Jira's 255 for a summary
)

// ParsePlaybook reads a playbook in YAML and checks it. Its errors name the line and
// the key of every fault, not only of the first.
func ParsePlaybook(text []byte) (Playbook, error) {
	var file playbookFile
	dec := yaml.NewDecoder(strings.NewReader(string(text)))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return Playbook{}, fmt.Errorf("playbook: %w", err)
	}
	numberLines(text, &file)
	return checkPlaybook(file)
}

// numberLines notes for each task the line on which it begins.
func numberLines(text []byte, file *playbookFile) {
	var root yaml.Node
	if yaml.Unmarshal(text, &root) != nil || len(root.Content) == 0 {
		return // the strict decoding has already told what is wrong
	}
	top := root.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != "tasks" {
			continue
		}
		for j, n := range top.Content[i+1].Content {
			if j < len(file.Tasks) {
				file.Tasks[j].line = n.Line
			}
		}
	}
}

// checkPlaybook turns the file's form into a playbook and reports every fault.
func checkPlaybook(file playbookFile) (Playbook, error) {
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("playbook: line %d: "+format, append([]any{line}, args...)...))
	}
	if file.Version != 1 {
		fault(1, "version: must be 1, is %d", file.Version)
	}
	if len(file.Tasks) == 0 {
		fault(1, "tasks: must have at least the root-cause task")
	}
	if len(file.Tasks) > maxPlaybookTasks {
		fault(1, "tasks: at most %d, are %d", maxPlaybookTasks, len(file.Tasks))
	}
	var p Playbook
	lines := map[string]int{}
	causes := 0
	for _, t := range file.Tasks {
		e := checkEntry(t, fault)
		if first, twice := lines[e.ID]; twice {
			fault(t.line, "id: %q is already used on line %d", e.ID, first)
		}
		lines[e.ID] = t.line
		if e.Gate == RootCause {
			causes++
			if len(e.Kinds) > 0 {
				fault(t.line, "kinds: the root-cause task is for all kinds; leave the key out")
			}
		}
		p.Entries = append(p.Entries, e)
	}
	if len(file.Tasks) > 0 && causes != 1 {
		fault(1, "gate: exactly one task must have gate rc, are %d", causes)
	}
	if len(faults) > 0 {
		return Playbook{}, errors.Join(faults...)
	}
	return p, nil
}

var entryID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// checkEntry turns one task's form into an entry, reporting its faults.
func checkEntry(t entryFile, fault func(line int, format string, args ...any)) Entry {
	if !entryID.MatchString(t.ID) {
		fault(t.line, "id: %q must be 1 to 40 lower-case letters, digits and dashes, and begin with a letter", t.ID)
	}
	title := strings.TrimSpace(t.Title)
	if title == "" || len([]rune(title)) > maxTitle || strings.ContainsAny(title, "\r\n") {
		fault(t.line, "title: must be one line of 1 to %d characters", maxTitle)
	}
	if strings.TrimSpace(t.Done) == "" {
		fault(t.line, "done: must say when the task is done")
	}
	e := Entry{ID: t.ID, Title: title, Purpose: strings.TrimSpace(t.Purpose), Done: strings.TrimSpace(t.Done), Owner: strings.TrimSpace(t.Owner)}
	switch g := Gate(t.Gate); g {
	case NoGate, ReturnToService, RootCause:
		e.Gate = g
	default:
		fault(t.line, "gate: %q must be rts, rc or left out", t.Gate)
	}
	for _, k := range t.Kinds {
		switch {
		case k == "all" && len(t.Kinds) == 1:
		case slices.Contains(Kinds(), Kind(k)):
			e.Kinds = append(e.Kinds, Kind(k))
		default:
			fault(t.line, "kinds: %q must be all, or a list of security, data, accidental", k)
		}
	}
	return e
}
