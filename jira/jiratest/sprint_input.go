package jiratest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// sprintInput is the body of a sprint's creation or update. has tells which
// fields were there at all, null included.
type sprintInput struct {
	has         map[string]bool
	name        string
	goal        string
	state       string
	start, end  time.Time
	origin      int64
	auto        bool
	synced      bool
	destination int64
}

func parseSprint(c *call) (sprintInput, *Error) {
	var raws map[string]json.RawMessage
	if err := c.decode(&raws); err != nil {
		return sprintInput{}, err
	}
	in := sprintInput{has: map[string]bool{}}
	read := func(key string, into any) *Error {
		v, there := raws[key]
		if !there {
			return nil
		}
		in.has[key] = true
		if err := json.Unmarshal(v, into); err != nil {
			return refuseField(key, "The value of '%s' is not valid.", key)
		}
		return nil
	}
	var start, end string
	err := cmpErr(read("name", &in.name), read("goal", &in.goal), read("state", &in.state), read("startDate", &start), read("endDate", &end),
		read("originBoardId", &in.origin), read("autoStartStop", &in.auto), read("incompleteIssuesDestinationId", &in.destination), read("synced", &in.synced))
	if err != nil {
		return in, err
	}
	in.name = strings.TrimSpace(in.name)
	if in.start, err = sprintDate("startDate", start); err != nil {
		return in, err
	}
	in.end, err = sprintDate("endDate", end)
	return in, err
}

// sprintDate takes what Jira takes: ISO 8601 with or without fraction and colon.
func sprintDate(field, s string) (time.Time, *Error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Millisecond), nil
		}
	}
	return time.Time{}, refuseField(field, "The date '%s' is not a valid ISO 8601 date.", s)
}

func (j *Jira) checkSprintName(name string) *Error {
	if name == "" {
		return refuseField("name", "The sprint name must not be empty.")
	}
	if utf8.RuneCountInString(name) > j.knobs.SprintNameMax {
		return refuseField("name", "The sprint name must be at most %d characters long.", j.knobs.SprintNameMax)
	}
	return nil
}

// checkSprintGoal refuses a goal that is longer than the site takes, if it minds.
func (j *Jira) checkSprintGoal(goal string) *Error {
	if n := j.knobs.SprintGoalMax; n > 0 && utf8.RuneCountInString(goal) > n {
		return refuseField("goal", "The sprint goal must be at most %d characters long.", n)
	}
	return nil
}

func checkDates(start, end time.Time) *Error {
	if !start.IsZero() && !end.IsZero() && !end.After(start) {
		return refuseField("endDate", "The end date of a sprint must be after its start date.")
	}
	return nil
}

// createSprint makes a future sprint (Agile REST, "Create sprint").
func (j *Jira) createSprint(c *call) reply {
	in, err := parseSprint(c)
	if err != nil {
		return failed(err)
	}
	s, err := j.addSprint(c.user, in)
	if err != nil {
		return failed(err)
	}
	return created(j.sprintJSON(s))
}

func (j *Jira) addSprint(u *User, in sprintInput) (*Sprint, *Error) {
	if in.origin == 0 {
		return nil, refuseField("originBoardId", "The origin board id is required.")
	}
	b := j.boards[in.origin]
	if b == nil || !j.seesBoard(u, b) {
		return nil, errBoardMissing()
	}
	if !b.hasSprints() {
		return nil, refuse(http.StatusBadRequest, "The board does not support sprints")
	}
	if err := cmpErr(j.checkSprintName(in.name), j.checkSprintGoal(in.goal), checkDates(in.start, in.end)); err != nil {
		return nil, err
	}
	if err := j.mayManage(u, sorted(j.boardNeeds(b))); err != nil {
		return nil, err
	}
	s := &Sprint{ID: j.next("sprint", 1), Name: in.name, Goal: in.goal, State: SprintFuture, Start: in.start, End: in.end,
		Created: j.now(), OriginBoardID: b.ID, Properties: map[string]json.RawMessage{}}
	if !j.cloud() {
		s.AutoStartStop, s.Destination = in.auto, in.destination
	}
	j.sprints[s.ID] = s
	j.emit(Event{Name: "sprint_created", Actor: who(u), Sprint: s.clone()})
	return s, nil
}
