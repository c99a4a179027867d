package webhook

import (
	"bytes"
	"strconv"
)

// Known answers what the receiver must know about projects. It is asked for nearly every event, so an answer comes from memory,
// without I/O; a wrong or an old one costs a look too much or the wait for the next look round the site.
type Known interface {
	// Watched tells whether a disaster is open, or was closed a short while ago, in the project.
	Watched(projectKey string) bool
	// ProjectOfBoard names the project a board is located in, if that has been found out before.
	ProjectOfBoard(boardID int64) (projectKey string, ok bool)
}

// The keys that are left with Hints.
const (
	prefixProject = "project:"
	prefixBoard   = "board:"
	prefixIssue   = "issue:"
	keySweep      = "sweep"
)

// hint is one key for the queue, with the issues to be looked at even if a search does not show them yet.
type hint struct {
	key   string
	notes []string
}

// decide tells what to look at after an event; nothing means that the event cannot matter.
func decide(ev *event, known Known) []hint {
	switch ev.kind {
	case kindIssue, kindUpdate:
		return decideIssue(ev, known)
	case kindProperty:
		return watchedOnly(known, issueProject(ev), notes(ev))
	case kindSprint:
		return decideSprint(ev, known)
	case kindBoard:
		// The board may have been moved just now, so what is known of it is not asked.
		if id, ok := numericID(ev.boardID); ok {
			return []hint{{key: prefixBoard + id}}
		}
		return []hint{{key: keySweep}}
	case kindBoardGone:
		return watchedOnly(known, boardProject(ev, known), nil)
	case kindProject:
		return watchedOnly(known, projectKey(ev.projectKey), nil)
	case kindOther:
	}
	return nil
}

// decideIssue: in a watched project every change counts but those that cannot matter; elsewhere only what has to do with a label
// of andon's. A moved issue concerns the project it left as well.
func decideIssue(ev *event, known Known) []hint {
	if ev.kind == kindUpdate && !ev.matters {
		return nil
	}
	now, before := issueProject(ev), projectOfKey(ev.oldKey)
	if !ev.labelled && !watched(known, now) && !watched(known, before) {
		return nil
	}
	notes := notes(ev)
	var hints []hint
	if now != "" {
		hints = append(hints, hint{prefixProject + now, notes})
	}
	if before != "" && before != now {
		hints = append(hints, hint{prefixProject + before, notes})
	}
	if now == "" {
		if id, ok := numericID(ev.issueID); ok {
			hints = append(hints, hint{prefixIssue + id, nil})
		}
	}
	return hints
}

// decideSprint: a sprint event names neither project nor person, only the board the sprint was made on.
func decideSprint(ev *event, known Known) []hint {
	id, ok := numericID(ev.sprintOf)
	if !ok {
		return []hint{{key: keySweep}}
	}
	if project := cachedProject(id, known); project != "" {
		return watchedOnly(known, project, nil)
	}
	return []hint{{key: prefixBoard + id}}
}

func watched(known Known, project string) bool { return project != "" && known.Watched(project) }

func watchedOnly(known Known, project string, notes []string) []hint {
	if !watched(known, project) {
		return nil
	}
	return []hint{{prefixProject + project, notes}}
}

// issueProject names the issue's project: as the payload says, else from the issue's key. It is empty if neither is sound.
func issueProject(ev *event) string {
	if key := projectKey(ev.projectKey); key != "" {
		return key
	}
	if key := projectOfKey(ev.issueKey); key != "" {
		return key
	}
	return projectOfKey(ev.newKey)
}

// boardProject names the project of the board in an event, empty if it is not known.
func boardProject(ev *event, known Known) string {
	if key := projectKey(ev.located); key != "" {
		return key
	}
	id, ok := numericID(ev.boardID)
	if !ok {
		return ""
	}
	return cachedProject(id, known)
}

// cachedProject names the project of a board as it was found before, empty if it was not.
func cachedProject(boardID string, known Known) string {
	id, err := strconv.ParseInt(boardID, 10, 64)
	if err != nil { // larger than Jira can count
		return ""
	}
	key, ok := known.ProjectOfBoard(id)
	if !ok {
		return ""
	}
	return key
}

// notes are the issue itself and its parent.
func notes(ev *event) []string {
	var ids []string
	for _, raw := range [...][]byte{ev.issueID, ev.parentID} {
		if id, ok := numericID(raw); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// projectKey returns a sound project key, else nothing. Jira's default pattern is two or more of A-Z with digits and underscores
// after the first; Data Center lets an administrator choose another ("Changing the project key format"), so any letter passes
// after the first. What passes can become part of a queue key and of a URL.
func projectKey(raw []byte) string {
	if !soundProjectKey(raw) {
		return ""
	}
	return string(raw)
}

func soundProjectKey(raw []byte) bool {
	if len(raw) == 0 || len(raw) > 255 || raw[0] < 'A' || raw[0] > 'Z' {
		return false
	}
	for _, c := range raw {
		if !isDigit(c) && c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// projectOfKey returns the project's part of an issue key such as SHOP-12, else nothing.
func projectOfKey(raw []byte) string { return projectKey(keyPrefix(raw)) }

// keyPrefix returns what stands before the number of an issue key, nil if it is none.
func keyPrefix(raw []byte) []byte {
	dash := bytes.LastIndexByte(raw, '-')
	if dash < 0 {
		return nil
	}
	if _, ok := numericID(raw[dash+1:]); !ok {
		return nil
	}
	return raw[:dash]
}

// numericID returns an id that is a decimal number of at most 19 digits, as every id of Jira is.
func numericID(raw []byte) (string, bool) {
	if len(raw) == 0 || len(raw) > 19 {
		return "", false
	}
	for _, c := range raw {
		if !isDigit(c) {
			return "", false
		}
	}
	return string(raw), true
}
