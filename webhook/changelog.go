package webhook

import "bytes"

// idle names the changelog fields that decide nothing for andon. A change of only these is dropped; every other field, a custom one
// or one never heard of, counts. They are compared without regard to case, since Jira itself is not of one mind ("Status", "status").
func idle(field []byte) bool {
	for _, name := range [...]string{
		"Rank",                 // dragging an issue up or down a list
		"Attachment",           // a file added or removed
		"Comment",              // a comment removed; adding one leaves no item at all
		"timespent",            // time tracking, one item for each counter that moved
		"timeestimate",         //
		"timeoriginalestimate", //
		"WorklogId",            // a work log edited or removed
		"WorklogTimeSpent",     //
	} {
		if bytes.EqualFold(field, []byte(name)) {
			return true
		}
	}
	return false
}

// changelog reads what a jira:issue_updated event says was changed. Without items (a comment, on Data Center) nothing was; items of
// an unknown form may be anything, so they count as a change.
func (p *payload) changelog() {
	switch p.peek() {
	case '{':
	case 'n':
		p.skip()
		return
	default:
		p.ev.matters = true
		p.skip()
		return
	}
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			return
		}
		if string(name) == "items" {
			p.items()
		} else {
			p.skip()
		}
	}
}

func (p *payload) items() {
	if first := p.peek(); first != '[' && first != 'n' {
		p.ev.matters = true
	}
	var c container
	for ok := p.array(); ok && p.next(&c, ']'); {
		p.item()
	}
}

func (p *payload) item() {
	var field, fieldID, from, to []byte
	var c container
	for ok := p.object(); ok; {
		var name []byte
		if name, ok = p.key(&c); !ok {
			break
		}
		switch string(name) {
		case "field":
			p.setText(&field)
		case "fieldId":
			p.setText(&fieldID)
		case "fromString":
			p.setText(&from)
		case "toString":
			p.setText(&to)
		default:
			p.skip()
		}
	}
	if !idle(field) {
		p.ev.matters = true
	}
	switch {
	case string(field) == "labels" || string(fieldID) == "labels":
		if p.labels.hasAny(from) || p.labels.hasAny(to) {
			p.ev.labelled = true
		}
	case string(field) == "Key": // a move to another project
		set(&p.ev.oldKey, from, from != nil)
		set(&p.ev.newKey, to, to != nil)
	}
}
