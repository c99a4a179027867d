package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"andon/rules"
)

// Deadlines are the times within which a disaster has to be recovered from.
type Deadlines struct {
	// Base is for every disaster whose kind has no deadline of its own; 0 for none.
	Base time.Duration
	// Kinds are the deadlines of kinds, by the kind's name.
	Kinds map[string]time.Duration
}

// Decode reads a duration, or several separated by commas of which each but one begins
// with its kind: 4h,security=2h,data=8h.
func (d *Deadlines) Decode(value string) error {
	*d = Deadlines{}
	items, err := splitList(value)
	if err != nil {
		return err
	}
	base := false
	for _, item := range items {
		kind, text, named := strings.Cut(item, "=")
		if !named {
			kind, text = "", item
		}
		kind = strings.TrimSpace(kind)
		duration, err := time.ParseDuration(strings.TrimSpace(text))
		_, twice := d.Kinds[kind]
		switch {
		case err != nil:
			return err
		case named && kind == "":
			return fmt.Errorf("%q names no kind", item)
		case twice || !named && base:
			return fmt.Errorf("%q is the second one of its kind", item)
		case !named:
			d.Base, base = duration, true
			continue
		}
		if d.Kinds == nil {
			d.Kinds = make(map[string]time.Duration)
		}
		d.Kinds[kind] = duration
	}
	if base && d.Base == 0 {
		return errors.New("0 is no deadline")
	}
	return nil
}

// String is the setting as it could be given.
func (d Deadlines) String() string {
	var items []string
	if d.Base != 0 {
		items = append(items, d.Base.String())
	}
	for _, kind := range slices.Sorted(maps.Keys(d.Kinds)) {
		items = append(items, kind+"="+d.Kinds[kind].String())
	}
	return strings.Join(items, ",")
}

// SLA are the times within which a disaster has to be recovered from: for any kind, 0
// where there is none, and by the name of the kind. The caller owns the map.
func (c Config) SLA() (base time.Duration, byKind map[string]time.Duration) {
	return c.RecoverySLA.Base, maps.Clone(c.RecoverySLA.Kinds)
}

// The range of a deadline. Shorter ones would be over before anybody has read of the
// disaster, longer ones are slips of the hand.
const (
	minSLA = time.Minute
	maxSLA = 720 * time.Hour
)

// checkRecovery judges when a disaster is late and when it is over.
func checkRecovery(c Config) Faults {
	faults := checkSLA(c.RecoverySLA)
	if c.RootCauseAcceptance != "" && c.RootCauseAcceptance != "po" {
		faults = append(faults, Fault{"ANDON_ROOT_CAUSE_ACCEPTANCE", fmt.Sprintf("is %q", c.RootCauseAcceptance), "write po, or leave it empty"})
	}
	if c.ReleaseRequires != "" && c.ReleaseRequires != "restored" {
		faults = append(faults, Fault{"ANDON_RELEASE_REQUIRES", fmt.Sprintf("is %q", c.ReleaseRequires), "write restored, or leave it empty"})
	}
	if f := rules.FreezeMode(c.Freeze); f != rules.FreezeReact && f != rules.FreezePermissions {
		faults = append(faults, Fault{"ANDON_FREEZE", fmt.Sprintf("is %q", c.Freeze), "write react or permissions"})
	}
	return append(faults, checkTaskFields(c.TaskFields)...)
}

// checkSLA judges kinds and lengths of the deadlines.
func checkSLA(d Deadlines) Faults {
	const name = "ANDON_RECOVERY_SLA"
	var faults Faults
	length := func(what string, got time.Duration) {
		if got < minSLA || got > maxSLA {
			faults = append(faults, Fault{name, fmt.Sprintf("is %v%s", got, what), fmt.Sprintf("it has to lie between %v and %v", minSLA, maxSLA)})
		}
	}
	if d.Base != 0 {
		length("", d.Base)
	}
	known := []string{string(rules.Security), string(rules.Data), string(rules.Accidental)}
	for _, kind := range slices.Sorted(maps.Keys(d.Kinds)) {
		if !slices.Contains(known, kind) {
			faults = append(faults, Fault{name, fmt.Sprintf("names the kind %q", kind), "name one of the kinds " + strings.Join(known, ", ")})
			continue
		}
		length(" for "+kind, d.Kinds[kind])
	}
	return faults
}

// TaskFields are values for fields that a site requires of new tasks, by the field's id,
// as Jira's REST interface takes them.
type TaskFields map[string]json.RawMessage

// maxTaskFields is more than any form needs, and keeps an accident out of each request.
const maxTaskFields = 32 << 10

// Decode reads a JSON object. A field that is there twice is a fault: which of the two
// was meant?
func (f *TaskFields) Decode(value string) error {
	*f = nil
	if len(value) > maxTaskFields {
		return fmt.Errorf("longer than %d bytes", maxTaskFields)
	}
	dec := json.NewDecoder(strings.NewReader(value))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	fields := make(TaskFields)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		id, _ := key.(string) // the decoder takes nothing else as a key
		if _, twice := fields[id]; twice {
			return fmt.Errorf("field %q is there twice", id)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, raw); err != nil {
			return err
		}
		fields[id] = compact.Bytes()
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON object")
	}
	if len(fields) > 0 {
		*f = fields
	}
	return nil
}

// String is the setting as it could be given.
func (f TaskFields) String() string {
	if len(f) == 0 {
		return ""
	}
	items := make([]string, 0, len(f))
	for _, id := range slices.Sorted(maps.Keys(f)) {
		items = append(items, fmt.Sprintf("%q:%s", id, f[id]))
	}
	return "{" + strings.Join(items, ",") + "}"
}

// fieldID is the form of the ids that Jira gives its own and the site's fields, which are at most 255 long.
var fieldID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`) })

// checkTaskFields sees that nothing is given that andon itself has to decide.
func checkTaskFields(f TaskFields) Faults {
	const name, want = "ANDON_TASK_FIELDS", `write ids of fields and their values, such as {"customfield_10050":"high"}`
	var faults Faults
	for _, id := range slices.Sorted(maps.Keys(f)) {
		switch {
		case len(id) > 255 || !fieldID().MatchString(id):
			faults = append(faults, Fault{name, fmt.Sprintf("names %q, which is not the id of a field", id), want})
		case slices.ContainsFunc(ownFields(), func(own string) bool { return strings.EqualFold(own, id) }):
			faults = append(faults, Fault{name, fmt.Sprintf("names %q, which andon itself sets", id), "leave that field out"})
		case !json.Valid(f[id]) || string(f[id]) == "null":
			faults = append(faults, Fault{name, fmt.Sprintf("gives the field %q no value", id), want})
		}
	}
	return faults
}

// ownFields make a task a task of andon's.
func ownFields() []string {
	return []string{"project", "issuetype", "parent", "summary", "description"}
}
