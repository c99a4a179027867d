package jira

import "andon/rules"

// MovedProperty holds the record of a disaster that was moved into another project and
// declared there anew, while its old project's freeze still rests on the first record.
const MovedProperty = "andon.moved"

// recordProperties are the properties that may hold a record.
func recordProperties() []string { return []string{RecordProperty, MovedProperty} }

// slot is where a project's record on an issue is, and what is there.
type slot struct {
	property string
	record   rules.Record
	state    rules.RecordState
	// foreign is true where the other property holds another project's open disaster.
	foreign bool
}

// openElsewhere says whether the slot holds an open disaster of a project other than the given one.
func (s slot) openElsewhere(project string) bool {
	return s.state == rules.RecordValid && s.record.Project != project && s.record.Withdrawn == nil && s.record.Released == nil
}

// slotOf finds the record of a project on an issue. Each project has at most one; the
// second property comes into use only where the first one holds the open disaster of the
// project that the issue was moved from.
func (s Signer) slotOf(i Issue, project string) slot {
	at := func(property string) slot {
		rec, state := s.OpenRecord(i.Properties[property], i.ID)
		return slot{property: property, record: rec, state: state}
	}
	ours := func(s slot) bool { return s.state == rules.RecordValid && s.record.Project == project }
	first, second := at(RecordProperty), at(MovedProperty)
	switch {
	case ours(first):
		first.foreign = second.openElsewhere(project)
		return first
	case ours(second):
		second.foreign = first.openElsewhere(project)
		return second
	case first.openElsewhere(project) && i.ProjectID == project && !second.openElsewhere(project) && second.state != rules.RecordNewer:
		return slot{property: MovedProperty, foreign: true} // free for the new project
	}
	return first
}
