package jira

import (
	"testing"
	"time"

	"andon/rules"
)

func TestTheMovesOfAnIssueAreReadByTheirIDs(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3600))
	one := func(i ChangeItem) []Change {
		return []Change{{ID: "7", Author: &User{AccountID: "sm"}, Created: at, Items: []ChangeItem{{Field: "Rank"}, i}}}
	}
	move := func(from, to []int64) []rules.SprintMove {
		return []rules.SprintMove{{ID: "7", At: at.UTC(), By: rules.Person{ID: "sm"}, From: from, To: to}}
	}
	for _, c := range []struct {
		name  string
		field string
		item  ChangeItem
		want  []rules.SprintMove
	}{
		{"closed ones accumulate", "customfield_10020", ChangeItem{Field: "Sprint", FieldID: "customfield_10020", From: "38", To: "38, 40"}, move([]int64{38}, []int64{38, 40})},
		{"names with commas do not matter", "customfield_10020", ChangeItem{Field: "Sprint", FieldID: "customfield_10020", FromString: "", To: "40", ToString: "One, two, three"}, move(nil, []int64{40})},
		{"the field may have another name", "customfield_10020", ChangeItem{Field: "Iteration", FieldID: "customfield_10020", From: "40"}, move([]int64{40}, nil)},
		{"Data Center may leave out the field's id", "customfield_10020", ChangeItem{Field: "Sprint", From: "40", To: "41"}, move([]int64{40}, []int64{41})},
		{"where nobody knows the field the name has to do", "", ChangeItem{Field: "Sprint", FieldID: "customfield_99", To: "41"}, move(nil, []int64{41})},
		{"another field of that name is another field", "customfield_10020", ChangeItem{Field: "Sprint", FieldID: "customfield_99", To: "41"}, nil},
		{"nonsense is no sprint", "customfield_10020", ChangeItem{FieldID: "customfield_10020", From: "x, -4", To: ", 41,"}, move(nil, []int64{41})},
	} {
		equal(t, c.name, c.want, sprintMoves(one(c.item), c.field))
	}
}

func TestAQuietIssueIsKnownUntilItChanges(t *testing.T) {
	k, at := NewKnown(newFakeClock().Now), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	k.setQuiet("10000", map[string]quietIssue{"1": {updated: at, since: at, planned: rules.Planned{Key: "SHOP-1"}}})
	for _, c := range []struct {
		name           string
		project, issue string
		updated, since time.Time
		known          bool
	}{
		{"as it was", "10000", "1", at, at, true},
		{"changed since", "10000", "1", at.Add(time.Second), at, false},
		{"for a freeze that began at another time", "10000", "1", at, at.Add(-time.Second), false},
		{"another issue", "10000", "2", at, at, false},
		{"another project", "20000", "1", at, at, false},
	} {
		if p, ok := k.quietAt(c.project, c.issue, c.updated, c.since); ok != c.known || ok && p.Key != "SHOP-1" {
			t.Errorf("%s: known %v", c.name, ok)
		}
	}
	k.setQuiet("10000", nil)
	if _, ok := k.quietAt("10000", "1", at, at); ok {
		t.Error("what a look did not find is known further")
	}
}
