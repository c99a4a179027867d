package jiratest

import (
	"slices"
	"strings"
)

// commit writes one changelog entry for items that really changed, moves the
// update date, tells the index and emits jira:issue_updated. Without items
// nothing happens.
func (j *Jira) commit(u *User, is *Issue, typeName string, items []Item) {
	if len(items) == 0 {
		return
	}
	ch := Change{ID: j.next("change", 10000), Author: who(u), Created: j.now(), Items: items}
	is.History = append(is.History, ch)
	is.Updated = ch.Created
	j.touch(is)
	j.emit(Event{Name: "jira:issue_updated", TypeName: typeName, Actor: who(u), Issue: is.clone(), Change: &ch})
}

// fieldItem is a change of a field whose values have no ids.
func fieldItem(field, from, to string) Item {
	return Item{Field: field, FieldType: "jira", FieldID: field, FromString: orNil(from), ToString: orNil(to)}
}

// refItem is a change of a field whose values have ids and names.
func refItem(field, from, fromName, to, toName string) Item {
	return Item{Field: field, FieldType: "jira", FieldID: field, From: orNil(from), FromString: orNil(fromName), To: orNil(to), ToString: orNil(toName)}
}

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// labelsItem has whole sets separated by single spaces, and empty strings (not
// null) for the empty set.
func labelsItem(from, to []string) Item {
	return Item{Field: "labels", FieldType: "jira", FieldID: "labels", FromString: ptr(strings.Join(from, " ")), ToString: ptr(strings.Join(to, " "))}
}

// sprintItem has the ids joined by ", " on both sides; empty is "", not null.
func (j *Jira) sprintItem(from, to []int64) Item {
	join := func(list []int64) (string, string) {
		var nums, names []string
		for _, id := range list {
			nums = append(nums, ids(id))
			if s := j.sprints[id]; s != nil {
				names = append(names, s.Name)
			}
		}
		return strings.Join(nums, ", "), strings.Join(names, ", ")
	}
	f, fs := join(from)
	t, ts := join(to)
	return Item{Field: "Sprint", FieldType: "custom", FieldID: SprintField, From: &f, FromString: &fs, To: &t, ToString: &ts}
}

// withSprint gives the Sprint field's value after a move: closed sprints stay,
// the open one is replaced by sprint (0: by none, which is the backlog).
func (j *Jira) withSprint(old []int64, sprint int64) []int64 {
	var out []int64
	for _, id := range old {
		if s := j.sprints[id]; s != nil && s.State == SprintClosed && id != sprint {
			out = append(out, id)
		}
	}
	if sprint != 0 {
		out = append(out, sprint)
	}
	return out
}

// setSprint moves an issue into a sprint (0: backlog) and gives the changelog
// item; ok is false when that changes nothing. The caller commits.
func (j *Jira) setSprint(is *Issue, sprint int64) (Item, bool) {
	to := j.withSprint(is.Sprints, sprint)
	if slices.Equal(to, is.Sprints) {
		return Item{}, false
	}
	item := j.sprintItem(is.Sprints, to)
	is.Sprints = to
	return item, true
}
