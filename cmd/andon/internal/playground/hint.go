package playground

import (
	"slices"
	"strings"
)

// Hint says what to try next, with a button that does it.
type Hint struct {
	Text   string
	Button string
	// As is who does it; the others are the form's fields.
	As, Act, Key, Label, Name, To, Resolution string
	Sprint                                    int64
}

// hint says what to try next, from how the board stands. It tells the story of a disaster
// once, and then over again with another issue.
func (b Board) hint() Hint {
	d, found := b.current()
	if !found {
		return b.propose()
	}
	cause, hasCause := causeOf(d)
	switch {
	case !hasCause:
		return Hint{Text: "Dana may only propose: nothing has stopped. The Product Owner decides.", Button: "As Paula: declare a data disaster",
			As: Owner, Act: "label", Key: d.Key, Label: "disaster-data"}
	case !cause.Done() && !b.tried("created sprint"):
		return Hint{Text: "The sprint is cancelled, the tasks are there, planning is frozen. Try to plan all the same, and watch the log.",
			Button: "As Sam: create a sprint", As: Master, Act: "sprint", Name: "Business as usual"}
	case !cause.Done() && d.Open() > 1:
		return Hint{Text: "The new sprint was deleted again. Now the team recovers: it works the tasks until the system can return to service.",
			Button: "As Dana: finish the recovery tasks", As: Developer, Act: "finish", Key: d.Key}
	case !d.Has("system-restored") && !cause.Done():
		return Hint{Text: "The recovery tasks are done. The Product Owner returns the system to service.", Button: "As Paula: system-restored",
			As: Owner, Act: "label", Key: d.Key, Label: "system-restored"}
	case !cause.Done():
		return Hint{Text: "The system is back, and planning is still frozen: until the root cause is closed.", Button: "As Dana: close the root cause",
			As: Developer, Act: "move", Key: cause.Key, To: "done", Resolution: "Done"}
	case !d.Has("sprint-resume"):
		return Hint{Text: "Planning is free again. The Product Owner wants the cancelled sprint back.", Button: "As Paula: sprint-resume",
			As: Owner, Act: "label", Key: d.Key, Label: "sprint-resume"}
	}
	for _, s := range b.Sprints {
		if s.State == "future" && len(s.Issues) > 1 {
			return Hint{Text: "The sprint has a successor with what was left. Starting it is the team's.", Button: "As Sam: start " + s.Name, As: Master, Act: "start", Sprint: s.ID}
		}
	}
	return Hint{Text: "Andon makes the successor of the cancelled sprint. One moment."}
}

// current is the disaster that the story is about: the latest that is not over. A story is
// over once a sprint runs after its root cause was closed.
func (b Board) current() (Issue, bool) {
	running := slices.ContainsFunc(b.Sprints, func(s Sprint) bool { return s.State == "active" })
	for _, i := range b.all() {
		cause, declared := causeOf(i)
		if i.Disaster() && (!declared || !cause.Done() || !running) {
			return i, true
		}
	}
	return Issue{}, false
}

// propose begins a story with an issue that is in no disaster yet, a bug if there is one.
func (b Board) propose() Hint {
	var best Issue
	for _, i := range b.all() {
		free := !i.Disaster() && !i.Done() && i.Type != "Epic"
		if free && (best.Key == "" || i.Type == "Bug" && (best.Type != "Bug" || strings.Contains(i.Summary, "disappear"))) {
			best = i
		}
	}
	if best.Key == "" {
		return Hint{Text: "Every issue has had its disaster. Start the demo anew for more."}
	}
	return Hint{Text: "Dana, a developer, finds that " + best.Key + " (" + best.Summary + ") is getting serious.",
		Button: "As Dana: label it disaster", As: Developer, Act: "label", Key: best.Key, Label: "disaster"}
}

// causeOf is the root-cause task of a disaster.
func causeOf(i Issue) (Issue, bool) {
	for _, t := range i.Tasks {
		if rootCause(t) {
			return t, true
		}
	}
	return Issue{}, false
}

// tried says whether a person has done something since andon cancelled a sprint.
func (b Board) tried(what string) bool {
	for _, l := range b.Log { // the latest first
		switch {
		case l.Andon && strings.HasPrefix(l.Text, "cancelled sprint"):
			return false
		case !l.Andon && strings.HasPrefix(l.Text, what):
			return true
		}
	}
	return false
}
