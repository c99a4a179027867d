package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

const (
	maxPlaybookTasks = 50  // one bulk call creates 50 issues
	maxTitle         = 180 // with the key in front it stays under Jira's 255 for a summary
)

// entryID is what a task may be called.
var entryID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// ParsePlaybook reads a playbook in YAML and checks it. Its errors name the line and
// the key of every fault, not only of the first.
func ParsePlaybook(text []byte) (Playbook, error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var root, more yaml.Node
	switch err := dec.Decode(&root); {
	case errors.Is(err, io.EOF):
		return Playbook{}, errors.New("playbook: line 1: version: the file is empty")
	case err != nil:
		return Playbook{}, fmt.Errorf("playbook: %w", err)
	}
	p := &playbookReader{lines: map[string]int{}}
	p.file(root.Content[0])
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		p.fault(more.Line, "tasks", "only one YAML document is read; take out what follows the first one")
	}
	if len(p.faults) > 0 {
		return Playbook{}, errors.Join(p.faults...)
	}
	return p.book, nil
}

// playbookReader collects the playbook and its faults.
type playbookReader struct {
	book   Playbook
	faults []error
	lines  map[string]int // by entry id
	causes int
}

// fault notes what is wrong with a key.
func (p *playbookReader) fault(line int, key, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("playbook: line %d: %s: %s", max(line, 1), key, fmt.Sprintf(format, args...)))
}

// fields gives a mapping's values by key; keys that are unknown or used twice are
// faults.
func (p *playbookReader) fields(n *yaml.Node, what string, known ...string) (map[string]*yaml.Node, bool) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		p.fault(n.Line, what, "must hold keys and values: %s", strings.Join(known, ", "))
		return nil, false
	}
	out := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch _, twice := out[key.Value]; {
		case !slices.Contains(known, key.Value):
			p.fault(key.Line, key.Value, "unknown key; known are %s", strings.Join(known, ", "))
		case twice:
			p.fault(key.Line, key.Value, "is there twice")
		default:
			out[key.Value] = resolve(n.Content[i+1])
		}
	}
	return out, true
}

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// file reads the whole file.
func (p *playbookReader) file(n *yaml.Node) {
	f, ok := p.fields(n, "version", "version", "tasks")
	if !ok {
		return
	}
	if v := f["version"]; v == nil || v.Value != "1" {
		p.fault(lineOf(v, n), "version", "must be 1")
	}
	tasks := f["tasks"]
	if tasks == nil || tasks.Kind != yaml.SequenceNode || len(tasks.Content) == 0 {
		p.fault(lineOf(tasks, n), "tasks", "must be a list with at least the root-cause task")
		return
	}
	if len(tasks.Content) > maxPlaybookTasks {
		p.fault(tasks.Line, "tasks", "at most %d, are %d", maxPlaybookTasks, len(tasks.Content))
	}
	for _, t := range tasks.Content {
		p.entry(t)
	}
	if p.causes != 1 {
		p.fault(tasks.Line, "gate", "exactly one task must have gate rc, are %d", p.causes)
	}
}

// lineOf is the line of a value, or of what should hold it.
func lineOf(n, parent *yaml.Node) int {
	if n == nil {
		return parent.Line
	}
	return n.Line
}

// entry reads one task.
func (p *playbookReader) entry(n *yaml.Node) {
	f, ok := p.fields(n, "tasks", "id", "title", "purpose", "done", "owner", "kinds", "gate")
	if !ok {
		return
	}
	line := resolve(n).Line
	e := Entry{
		ID: p.text(f, "id", line, false), Title: p.text(f, "title", line, true), Purpose: p.text(f, "purpose", line, false),
		Done: p.text(f, "done", line, true), Owner: p.text(f, "owner", line, false),
	}
	if !entryID.MatchString(e.ID) {
		p.fault(lineOf(f["id"], n), "id", "%q must be 1 to 40 lower-case letters, digits and dashes, and begin with a letter", e.ID)
	} else if first, twice := p.lines[e.ID]; twice {
		p.fault(lineOf(f["id"], n), "id", "%q is already used on line %d", e.ID, first)
	}
	p.lines[e.ID] = lineOf(f["id"], n)
	if len([]rune(e.Title)) > maxTitle || strings.ContainsFunc(e.Title, unicode.IsControl) {
		p.fault(lineOf(f["title"], n), "title", "must be one line of at most %d characters", maxTitle)
	}
	e.Gate = p.gate(f["gate"])
	e.Kinds = p.kinds(f["kinds"])
	if e.Gate == RootCause {
		p.causes++
		if len(e.Kinds) > 0 {
			p.fault(f["kinds"].Line, "kinds", "the root-cause task is for all kinds; leave the key out")
		}
	}
	p.book.Entries = append(p.book.Entries, e)
}

// text reads a value that is plain text.
func (p *playbookReader) text(f map[string]*yaml.Node, key string, line int, needed bool) string {
	n := f[key]
	switch {
	case n == nil && needed:
		p.fault(line, key, "is missing")
		return ""
	case n == nil:
		return ""
	case n.Kind != yaml.ScalarNode:
		p.fault(n.Line, key, "must be plain text")
		return ""
	}
	text := strings.TrimSpace(n.Value)
	switch {
	case needed && text == "":
		p.fault(n.Line, key, "must not be empty")
	case len([]rune(text)) > maxText:
		p.fault(n.Line, key, "must have at most %d characters", maxText)
	}
	return text
}

// gate reads what waits for a task.
func (p *playbookReader) gate(n *yaml.Node) Gate {
	if n == nil {
		return NoGate
	}
	switch g := Gate(n.Value); g {
	case ReturnToService, RootCause:
		return g
	case NoGate:
	}
	p.fault(n.Line, "gate", "%q must be rts, rc or left out", n.Value)
	return NoGate
}

// kinds reads `all`, one kind, or a list of kinds.
func (p *playbookReader) kinds(n *yaml.Node) []Kind {
	if n == nil || n.Kind == yaml.ScalarNode && n.Value == "all" {
		return nil
	}
	list := n.Content
	if n.Kind == yaml.ScalarNode {
		list = []*yaml.Node{n}
	}
	var out []Kind
	for _, item := range list {
		k := Kind(resolve(item).Value)
		switch {
		case n.Kind == yaml.MappingNode || !slices.Contains(Kinds(), k):
			p.fault(item.Line, "kinds", "%q must be all, or a list of security, data, accidental", k)
		case slices.Contains(out, k):
			p.fault(item.Line, "kinds", "%q is there twice", k)
		default:
			out = append(out, k)
		}
	}
	if len(list) == 0 {
		p.fault(n.Line, "kinds", "must not be empty; leave the key out for all kinds")
	}
	return out
}
