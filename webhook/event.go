package webhook

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

var (
	errNoObject = errors.New("not a JSON object")
	errNotUTF8  = errors.New("not UTF-8")
)

// kind is what an event is about, as far as it makes a difference here.
type kind int

const (
	kindOther     kind = iota // means nothing to andon, or is not known
	kindIssue                 // jira:issue_created, jira:issue_deleted
	kindUpdate                // jira:issue_updated, the only one whose changelog says what happened
	kindProperty              // issue_property_*
	kindSprint                // sprint_*
	kindBoard                 // board_created, board_updated, board_configuration_changed
	kindBoardGone             // board_deleted
	kindProject               // project_*
)

// kindOf sorts an event by its name (developer.atlassian.com, "Webhooks", webhook events). Comments, work logs, attachments, links,
// users, versions, filters and names never heard of are kindOther: they decide nothing.
func kindOf(name []byte) kind {
	switch string(name) {
	case "jira:issue_updated":
		return kindUpdate
	case "jira:issue_created", "jira:issue_deleted":
		return kindIssue
	case "issue_property_set", "issue_property_deleted":
		return kindProperty
	case "sprint_created", "sprint_updated", "sprint_started", "sprint_closed", "sprint_deleted":
		return kindSprint
	case "board_created", "board_updated", "board_configuration_changed":
		return kindBoard
	case "board_deleted":
		return kindBoardGone
	}
	if bytes.HasPrefix(name, []byte("project_")) {
		return kindProject
	}
	return kindOther
}

// event is what a payload says, as far as it helps to tell which project to look at. Everything in it is somebody else's claim and
// may be empty or nonsense; the slices lie in the body. Of a member that stands twice, the first counts.
type event struct {
	kind       kind
	named      bool   // the payload has a webhookEvent
	issueID    []byte // issue.id
	issueKey   []byte // issue.key
	projectKey []byte // issue.fields.project.key, or project.key of a project event
	parentID   []byte // issue.fields.parent.id
	sprintOf   []byte // sprint.originBoardId, the board a sprint belongs to
	boardID    []byte // board.id, or configuration.id of a board_configuration_changed
	located    []byte // the project key in a board's location
	oldKey     []byte // the issue's key before a move
	newKey     []byte // and after it
	labelled   bool   // a configured label is on the issue, was taken off it, or was put on it
	matters    bool   // the changelog names a change that can matter
}

// labelSet holds the names of the labels that andon acts on.
type labelSet map[string]struct{}

func (l labelSet) has(label []byte) bool {
	_, ok := l[string(label)]
	return ok
}

// hasAny looks for a whole label in a changelog's list, which is separated by blanks since labels hold none.
func (l labelSet) hasAny(list []byte) bool {
	for word := range bytes.FieldsSeq(list) {
		if l.has(word) {
			return true
		}
	}
	return false
}

// parse reads a whole payload.
func (l labelSet) parse(body []byte) (event, error) {
	var ev event
	if !utf8.Valid(body) {
		return ev, errNotUTF8
	}
	s := scanner{data: body}
	if s.peek() != '{' {
		return ev, errNoObject
	}
	p := payload{scanner: s, labels: l, ev: &ev}
	p.members()
	if p.err == nil && !p.end() {
		p.fail(errSyntax)
	}
	return ev, p.err
}

// payload reads the members of a webhook's body into an event.
type payload struct {
	scanner
	labels labelSet
	ev     *event
}

func (p *payload) members() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		switch string(name) {
		case "webhookEvent":
			if v, ok := p.text(); ok && !p.ev.named {
				p.ev.named, p.ev.kind = true, kindOf(v)
			}
		case "issue":
			p.issue()
		case "changelog":
			p.changelog()
		case "sprint":
			p.sprint()
		case "board", "configuration":
			p.board()
		case "project":
			p.project()
		default:
			p.skip()
		}
	}
}

// set keeps the first value.
func set(field *[]byte, v []byte, ok bool) {
	if ok && *field == nil {
		*field = v
	}
}

func (p *payload) setText(field *[]byte) {
	v, ok := p.text()
	set(field, v, ok)
}

func (p *payload) setScalar(field *[]byte) {
	v, ok := p.scalar()
	set(field, v, ok)
}

func (p *payload) issue() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		switch string(name) {
		case "id":
			p.setScalar(&p.ev.issueID)
		case "key":
			p.setText(&p.ev.issueKey)
		case "fields":
			p.fields()
		default:
			p.skip()
		}
	}
}

func (p *payload) fields() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		switch string(name) {
		case "project":
			p.project()
		case "labels":
			p.issueLabels()
		case "parent":
			p.parent()
		default:
			p.skip()
		}
	}
}

func (p *payload) issueLabels() {
	var c container
	for ok := p.array(); ok && p.next(&c, ']'); {
		if v, ok := p.text(); ok && p.labels.has(v) {
			p.ev.labelled = true
		}
	}
}

func (p *payload) project() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		if string(name) == "key" {
			p.setText(&p.ev.projectKey)
		} else {
			p.skip()
		}
	}
}

func (p *payload) parent() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		if string(name) == "id" {
			p.setScalar(&p.ev.parentID)
		} else {
			p.skip()
		}
	}
}

func (p *payload) sprint() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		if string(name) == "originBoardId" {
			p.setScalar(&p.ev.sprintOf)
		} else {
			p.skip()
		}
	}
}

func (p *payload) board() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		switch string(name) {
		case "id":
			p.setScalar(&p.ev.boardID)
		case "location":
			p.location()
		default:
			p.skip()
		}
	}
}

// location reads where a board lives: REST calls the key projectKey, a board_configuration_changed event calls it key.
func (p *payload) location() {
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		switch string(name) {
		case "key", "projectKey":
			p.setText(&p.ev.located)
		default:
			p.skip()
		}
	}
}
