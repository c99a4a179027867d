package jira

import (
	"encoding/json"
	"testing"
	"time"

	"andon/rules"
)

func TestEachProjectHasOneRecordOnAnIssue(t *testing.T) {
	signer, err := NewSigner("a secret for tests alone")
	if err != nil {
		t.Fatal(err)
	}
	sealedFor := func(project string, over bool) json.RawMessage {
		r := rules.Record{Version: 1, Issue: "5", Project: project}
		if over {
			r.Withdrawn = &rules.Ending{At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		}
		raw, err := signer.SealRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	const here, old = "200", "100"
	for _, c := range []struct {
		name          string
		first, second json.RawMessage
		in            string // the project where the issue is
		property      string
		state         rules.RecordState
		foreign       bool
	}{
		{"nothing yet", nil, nil, here, RecordProperty, rules.RecordAbsent, false},
		{"its own record", sealedFor(here, false), nil, here, RecordProperty, rules.RecordValid, false},
		{"the open one of the project it came from", sealedFor(old, false), nil, here, MovedProperty, rules.RecordAbsent, true},
		{"the one of a disaster that is over there", sealedFor(old, true), nil, here, RecordProperty, rules.RecordValid, false},
		{"both are open", sealedFor(old, false), sealedFor(here, false), here, MovedProperty, rules.RecordValid, true},
		{"the old one is over by now", sealedFor(old, true), sealedFor(here, false), here, MovedProperty, rules.RecordValid, false},
		{"our own beside the one of the project it went to", sealedFor(here, false), sealedFor(old, false), old, RecordProperty, rules.RecordValid, true},
		{"two others are open", sealedFor(old, false), sealedFor("300", false), here, RecordProperty, rules.RecordValid, false},
		{"the issue is elsewhere", sealedFor(old, false), nil, old, RecordProperty, rules.RecordValid, false},
		{"somebody wrote garbage there", json.RawMessage(`{"who":"cares"}`), nil, here, RecordProperty, rules.RecordDamaged, false},
		{"a later version wrote the second one", sealedFor(old, false), json.RawMessage(`{"v":99}`), here, RecordProperty, rules.RecordValid, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := Issue{ID: "5", ProjectID: c.in, Properties: map[string]json.RawMessage{RecordProperty: c.first, MovedProperty: c.second}}
			got := signer.slotOf(i, here)
			equal(t, "property", c.property, got.property)
			equal(t, "state", c.state, got.state)
			equal(t, "foreign", c.foreign, got.foreign)
		})
	}
}
