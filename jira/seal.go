package jira

import (
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

// maxSaid bounds the list of comments already written; the oldest are forgotten first.
const maxSaid = 200

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

// sealed is the form in which a record is stored.
type sealed struct {
	Version int             `json:"v"`
	Data    json.RawMessage `json:"data"`
	MAC     string          `json:"mac"`
}

// mac is the HMAC over a record's canonical text: what our own encoder makes of the
// decoded value, since Jira may store JSON in another order or spacing.
func mac(key []byte, what string, canonical []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(what + "\n"))
	m.Write(canonical)
	return m.Sum(nil)
}

// seal encodes and signs a value; what tells kinds of records apart.
func (s Signer) seal(what string, v any) (json.RawMessage, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", what, err)
	}
	out, err := json.Marshal(sealed{Version: rules.RecordVersion, Data: data, MAC: hex.EncodeToString(mac(s.keys[0], what, data))})
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
func (s Signer) open(what string, raw json.RawMessage, v any) error {
	var box sealed
	if err := json.Unmarshal(raw, &box); err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	if box.Version > rules.RecordVersion {
		return fmt.Errorf("%s: %w", what, errNewer)
	}
	if err := json.Unmarshal(box.Data, v); err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	canonical, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	got, err := hex.DecodeString(box.MAC)
	if err != nil || !slices.ContainsFunc(s.keys, func(k []byte) bool { return hmac.Equal(got, mac(k, what, canonical)) }) {
		return fmt.Errorf("%s: %w", what, errDamaged)
	}
	return nil
}

// SealRecord encodes a disaster's record for the property. Where it would not fit, the
// least important parts are left out and counted.
func (s Signer) SealRecord(r rules.Record) (json.RawMessage, error) {
	if len(r.Said) > maxSaid {
		r.Said = r.Said[len(r.Said)-maxSaid:]
	}
	r.Sprints, r.Returned = slices.Clone(r.Sprints), slices.Clone(r.Returned)
	if r.Merged != nil {
		m := *r.Merged
		r.Merged = &m
	}
	for {
		raw, err := s.seal("record", r)
		if err != nil || len(raw) <= maxProperty {
			return raw, err
		}
		if !shorten(&r) {
			return nil, fmt.Errorf("record of issue %s: %d characters do not fit into an entity property", r.Issue, len(raw))
		}
	}
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
	// Swap is the exchange of the project's permission scheme, if there is one.
	Swap rules.Swap `json:"swap,omitzero"`
	// Told are the notices on disasters that cannot be read.
	Told []string `json:"told,omitempty"`
	// Kept are the records of the open disasters as far as the freeze needs them.
	Kept []rules.Record `json:"kept,omitempty"`
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
