package rules

import (
	"slices"
	"testing"
)

// doubled are facts in which a disaster has a task and a status comment.
func doubled() Facts {
	return Facts{Disasters: []Disaster{
		{ID: "7", Tasks: []Task{{ID: "12", Entry: "inform"}, {ID: "13", Entry: "contain"}}, Record: Record{Comment: "31", StatusHash: "abc"}},
		{ID: "8", Tasks: []Task{{ID: "12"}}, Record: Record{Comment: "31", StatusHash: "abc"}},
	}}
}

// taskIDsOf are the ids of a disaster's tasks.
func taskIDsOf(d Disaster) []string {
	var ids []string
	for _, t := range d.Tasks {
		ids = append(ids, t.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestATaskThatWasADoubleGivesWayToTheOtherOne(t *testing.T) {
	before := doubled()
	after := ReplaceTask(before, "7", "12", Task{ID: "9", Entry: "inform"})
	if got := taskIDsOf(after.Disasters[0]); !slices.Equal(got, []string{"13", "9"}) {
		t.Errorf("tasks %v", got)
	}
	if got := taskIDsOf(after.Disasters[1]); !slices.Equal(got, []string{"12"}) {
		t.Errorf("tasks of the other disaster %v", got)
	}
	if got := taskIDsOf(before.Disasters[0]); !slices.Equal(got, []string{"12", "13"}) {
		t.Errorf("the facts that were given are changed: %v", got)
	}
}

func TestATaskIsNotThereTwiceAfterItsDoubleGaveWay(t *testing.T) {
	f := ReplaceTask(doubled(), "7", "13", Task{ID: "12", Entry: "inform"})
	if got := taskIDsOf(f.Disasters[0]); !slices.Equal(got, []string{"12"}) {
		t.Errorf("tasks %v", got)
	}
}

func TestAStatusCommentThatWasADoubleIsWrittenAgainInTheOtherOne(t *testing.T) {
	before := doubled()
	after := ReplaceComment(before, "7", "31", "30")
	d := after.Disasters[0]
	if d.Record.Comment != "30" || d.Record.StatusHash != "" || !d.Unsaved {
		t.Errorf("record %+v, unsaved %v", d.Record, d.Unsaved)
	}
	if o := after.Disasters[1]; o.Record.Comment != "31" || o.Unsaved {
		t.Errorf("the other disaster: %+v", o.Record)
	}
	if before.Disasters[0].Record.Comment != "31" {
		t.Error("the facts that were given are changed")
	}
}

func TestAnotherCommentThatWasADoubleChangesNoStatus(t *testing.T) {
	d := ReplaceComment(doubled(), "7", "99", "30").Disasters[0]
	if d.Record.Comment != "31" || d.Record.StatusHash != "abc" || d.Unsaved {
		t.Errorf("record %+v, unsaved %v", d.Record, d.Unsaved)
	}
}
