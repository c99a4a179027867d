package jira

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/rules"
)

// Keys of the entity properties in which andon keeps what Jira has no field for.
const (
	// RecordProperty is the property of a disaster issue, and of a project.
	RecordProperty = "andon"
	// TaskProperty marks a task that andon created.
	TaskProperty = "andon.task"
	// CommentProperty marks a comment that andon wrote.
	CommentProperty = "andon.comment"
)

// maxProperty keeps a record under the 32,768 characters that Jira takes for the value
// of an entity property.
const maxProperty = 32000

// Signer seals andon's own records with an HMAC, since anybody who may edit an issue
// may also write its properties. The first key seals, all keys open, so that keys can
// be changed without a moment in which records are not believed.
type Signer struct{ keys [][]byte }

// NewSigner makes a signer from one or more secrets, the current one first.
func NewSigner(secrets ...string) (Signer, error) {
	var s Signer
	for _, secret := range secrets {
		if secret == "" {
			return Signer{}, errors.New("record secret: must not be empty")
		}
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte("andon record key"))
		s.keys = append(s.keys, mac.Sum(nil))
	}
	if len(s.keys) == 0 {
		return Signer{}, errors.New("record secret: at least one is needed")
	}
	return s, nil
}

// sealed is the form in which a record is stored. It stays the same in every version:
// so a record of a later version can be told from one that somebody made up.
type sealed struct {
	Version int             `json:"v"`
	Data    json.RawMessage `json:"data"`
	MAC     string          `json:"mac"`
}

// mac is the HMAC over the kind, version and canonical text of a record.
func mac(key []byte, what string, version int, canonical []byte) []byte {
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "%s\n%d\n", what, version)
	m.Write(canonical)
	return m.Sum(nil)
}

// canonical is the same text for the same value: Jira may store JSON in another order
// or spacing than it was given.
func canonical(raw json.RawMessage) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	return json.Marshal(v)
}

// seal encodes and signs a value; what tells kinds of records apart.
func (s Signer) seal(what string, version int, v any) (json.RawMessage, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", what, err)
	}
	text, err := canonical(data)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", what, err)
	}
	out, err := json.Marshal(sealed{Version: version, Data: data, MAC: hex.EncodeToString(mac(s.keys[0], what, version, text))})
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", what, err)
	}
	return out, nil
}

// errDamaged is the reason for not believing a record.
var errDamaged = errors.New("changed by somebody else, or sealed with another secret")

// errNewer is the reason for not understanding a record.
var errNewer = errors.New("written by a later version")

// open verifies and decodes a value into v, which must be a pointer to what was sealed.
func (s Signer) open(what string, version int, raw json.RawMessage, v any) error {
	var box sealed
	if err := json.Unmarshal(raw, &box); err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	text, err := canonical(box.Data)
	if err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	got, err := hex.DecodeString(box.MAC)
	if err != nil || !slices.ContainsFunc(s.keys, func(k []byte) bool { return hmac.Equal(got, mac(k, what, box.Version, text)) }) {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	if box.Version > version {
		return fmt.Errorf("%s: %w", what, errNewer)
	}
	if err := json.Unmarshal(box.Data, v); err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	return nil
}

// OpenRecord reads the record of an issue and says how far it can be believed.
func (s Signer) OpenRecord(raw json.RawMessage, issueID string) (rules.Record, rules.RecordState) {
	if len(raw) == 0 || string(raw) == "null" {
		return rules.Record{}, rules.RecordAbsent
	}
	var r rules.Record
	switch err := s.open("record", raw, &r); {
	case errors.Is(err, errNewer):
		return rules.Record{}, rules.RecordNewer
	case err != nil:
		return rules.Record{}, rules.RecordDamaged
	case r.Issue != issueID:
		return rules.Record{}, rules.RecordVoid
	}
	return r, rules.RecordValid
}

// projectMemory is the record on a project.
type projectMemory struct {
	Project   string    `json:"project"`
	Disasters []string  `json:"disasters"`
	At        time.Time `json:"at"`
}

// sealMemory encodes the record of a project.
func (s Signer) sealMemory(m projectMemory) (json.RawMessage, error) {
	if m.Disasters == nil {
		m.Disasters = []string{} // so that Jira has no null to drop
	}
	return s.seal("project", rules.RecordVersion, m)
}

// openMemory reads the record of a project. One that was copied from another project is
// as good as damaged.
func (s Signer) openMemory(raw json.RawMessage, projectID string) (projectMemory, error) {
	var m projectMemory
	if err := s.open("project", rules.RecordVersion, raw, &m); err != nil {
		return projectMemory{}, err
	}
	if m.Project != projectID {
		return projectMemory{}, fmt.Errorf("project: %w", errDamaged)
	}
	return m, nil
}

// taskMark is the mark on a task that andon created.
type taskMark struct {
	Disaster string `json:"disaster"`
	Entry    string `json:"entry"`
	Round    int    `json:"round"`
	// Linked is true for a task that was created as a linked issue. One that was
	// created as a sub-task and is none any more was converted, and no longer ours.
	Linked bool `json:"linked,omitempty"`
}
