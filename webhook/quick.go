package webhook

import "bytes"

// readFrom is the size in bytes up to which a payload is read as a whole at once: there, reading costs no more than searching.
const readFrom = 4 << 10

// canDrop tells by searching bytes, without reading the payload, that parse and decide would find nothing to do. It errs only
// towards reading, as long as Jira does not write plain ASCII letters as escapes; if it ever did, an event would be missed and its
// effect found at the next look round the site.
func (l labelSet) canDrop(body []byte, known Known) bool {
	if len(body) < readFrom {
		return false
	}
	name, ok := peekName(body)
	if !ok || body[len(bytes.TrimRight(body, " \t\r\n"))-1] != '}' {
		return false
	}
	switch kindOf(name) {
	case kindOther:
		return true
	case kindIssue, kindUpdate:
		return !l.mayBeLabelled(body) && !mayBeWatched(body, known)
	case kindProperty, kindSprint, kindBoard, kindBoardGone, kindProject:
	}
	return false
}

// peekName returns the name of the event if it comes before any object or list, as it does in all that Jira sends.
func peekName(body []byte) ([]byte, bool) {
	s := scanner{data: body}
	if s.peek() != '{' {
		return nil, false
	}
	s.object()
	var c container
	for {
		key, ok := s.key(&c)
		if !ok {
			return nil, false
		}
		if string(key) == "webhookEvent" {
			return s.text()
		}
		if next := s.peek(); next == '{' || next == '[' {
			return nil, false
		}
		s.skip()
	}
}

// search calls see with what follows each place where the JSON string lead+tail stands, until see says to stop. The search itself is
// for tail, which should begin with a letter that is rare in payloads: that makes it several times as fast as a search that
// begins with the quote.
func search(body []byte, lead, tail string, see func(after []byte) (stop bool)) bool {
	for pos := 0; ; {
		i := bytes.Index(body[pos:], []byte(tail))
		if i < 0 {
			return false
		}
		start := pos + i
		pos = start + len(tail)
		if bytes.HasSuffix(body[:start], []byte(lead)) && see(body[pos:]) {
			return true
		}
	}
}

// value returns a scanner at the value that follows a member's name; no if what was found is not a member's name.
func value(after []byte) (scanner, bool) {
	s := scanner{data: after}
	return s, s.take(':')
}

// mayBeLabelled looks at every list of labels, and at every changelog item about labels.
func (l labelSet) mayBeLabelled(body []byte) bool {
	return search(body, `"la`, `bels"`, func(after []byte) bool {
		s, ok := value(after)
		if !ok {
			return true // "field":"labels"
		}
		var c container
		for ok := s.array(); ok && s.next(&c, ']'); {
			if v, ok := s.text(); ok && l.has(v) {
				return true
			}
		}
		return s.err != nil
	})
}

// mayBeWatched looks at every member called key, of whatever it may be, and at a move's changelog item, which is called Key.
func mayBeWatched(body []byte, known Known) bool {
	if search(body, `"`, `Key"`, func([]byte) bool { return true }) {
		return true
	}
	var last []byte
	return search(body, `"`, `key"`, func(after []byte) bool {
		s, ok := value(after)
		if !ok {
			return false
		}
		key, ok := s.text()
		if !ok {
			return s.err != nil
		}
		if prefix := keyPrefix(key); prefix != nil {
			key = prefix
		}
		if bytes.Equal(key, last) || !soundProjectKey(key) {
			return false
		}
		last = key
		return known.Watched(string(key))
	})
}
