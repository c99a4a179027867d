package webhook

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/bits"
)

// maxDepth limits the nesting of a body. Jira's own payloads stay below 12; the limit keeps a hostile one from growing the stack.
const maxDepth = 64

var (
	errSyntax = errors.New("not valid JSON")
	errDepth  = errors.New("nested too deeply")
)

// scanner reads JSON where it lies, without building anything: the caller asks for what it wants and skips the rest, and
// everything passed over is checked for being JSON. Asking for the wrong kind of value skips that value and says no, so a payload
// of an unexpected form is never an error. After the first fault every call says no and err holds the fault.
type scanner struct {
	data  []byte
	pos   int
	depth int
	err   error
}

// container is where a scanner stands inside an object or an array.
type container struct{ started bool }

func (s *scanner) fail(err error) bool {
	if s.err == nil {
		s.err = err
	}
	return false
}

// peek returns the next byte that is not white space, without taking it; 0 at the end or after a fault.
func (s *scanner) peek() byte {
	if s.err != nil {
		return 0
	}
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take consumes c if it comes next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c || s.err != nil {
		return false
	}
	s.pos++
	return true
}

// object enters an object. Any other value is skipped, and the answer is no.
func (s *scanner) object() bool { return s.enter('{') }

// array enters an array. Any other value is skipped, and the answer is no.
func (s *scanner) array() bool { return s.enter('[') }

func (s *scanner) enter(open byte) bool {
	if s.peek() != open {
		s.skip()
		return false
	}
	s.pos++
	if s.depth++; s.depth > maxDepth {
		return s.fail(errDepth)
	}
	return true
}

// key moves to the next member of the object entered, and returns its name; no at the end of the object.
func (s *scanner) key(c *container) ([]byte, bool) {
	if !s.next(c, '}') {
		return nil, false
	}
	if s.peek() != '"' {
		return nil, s.fail(errSyntax)
	}
	name, ok := s.text()
	if !ok {
		return nil, false
	}
	if !s.take(':') {
		return nil, s.fail(errSyntax)
	}
	return name, true
}

// next moves to the next element of the container entered; no at its end.
func (s *scanner) next(c *container, end byte) bool {
	if s.err != nil {
		return false
	}
	if s.take(end) {
		s.depth--
		return false
	}
	if c.started && !s.take(',') {
		return s.fail(errSyntax)
	}
	if c.started && s.peek() == end { // a comma before the end
		return s.fail(errSyntax)
	}
	c.started = true
	return true
}

// text returns a string's content, which lies in the body unless it had to be unescaped. Any other value is skipped.
func (s *scanner) text() ([]byte, bool) {
	if s.peek() != '"' {
		s.skip()
		return nil, false
	}
	start := s.pos
	escaped := s.skipString()
	if s.err != nil {
		return nil, false
	}
	if !escaped {
		return s.data[start+1 : s.pos-1], true
	}
	var plain string
	if err := json.Unmarshal(s.data[start:s.pos], &plain); err != nil {
		return nil, s.fail(errSyntax)
	}
	return []byte(plain), true
}

// scalar returns a string's content or a number as it is written: Jira writes the same id as either. Any other value is skipped.
func (s *scanner) scalar() ([]byte, bool) {
	c := s.peek()
	if c == '"' {
		return s.text()
	}
	start := s.pos
	s.skip()
	if s.err != nil || (c != '-' && (c < '0' || c > '9')) {
		return nil, false
	}
	return s.data[start:s.pos], true
}

// skip passes over one value, checking it.
func (s *scanner) skip() {
	switch c := s.peek(); c {
	case '{':
		s.skipObject()
	case '[':
		s.skipArray()
	case '"':
		s.skipString()
	case 't':
		s.literal("true")
	case 'f':
		s.literal("false")
	case 'n':
		s.literal("null")
	default:
		s.skipNumber()
	}
}

func (s *scanner) skipObject() {
	var c container
	s.enter('{')
	for s.next(&c, '}') {
		if s.peek() != '"' {
			s.fail(errSyntax)
			return
		}
		s.skipString()
		if !s.take(':') {
			s.fail(errSyntax)
			return
		}
		s.skip()
	}
}

func (s *scanner) skipArray() {
	var c container
	s.enter('[')
	for s.next(&c, ']') {
		s.skip()
	}
}

func (s *scanner) literal(word string) {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		s.fail(errSyntax)
		return
	}
	s.pos += len(word)
}

// Eight bytes at a time: each constant repeats one byte eight times.
const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	quotes = '"' * ones
	slants = '\\' * ones
	blanks = ' ' * ones
)

// skipString passes over a string, which must come next, and tells whether it holds an escape. Strings are most of a payload, so
// plain text is passed eight bytes at a time until a quote, a backslash or a control character.
func (s *scanner) skipString() (escaped bool) {
	d, i := s.data, s.pos+1
	for {
		for ; len(d)-i >= 8; i += 8 {
			x := binary.LittleEndian.Uint64(d[i:])
			hit := (((x ^ quotes) - ones) | ((x ^ slants) - ones) | (x - blanks)) &^ x & highs
			if hit != 0 {
				i += bits.TrailingZeros64(hit) >> 3
				break
			}
		}
		if i >= len(d) {
			s.fail(errSyntax)
			return escaped
		}
		switch c := d[i]; {
		case c == '"':
			s.pos = i + 1
			return escaped
		case c == '\\':
			escaped = true
			n := escapeLen(d[i:])
			if n == 0 {
				s.fail(errSyntax)
				return escaped
			}
			i += n
		case c < ' ':
			s.fail(errSyntax)
			return escaped
		default:
			i++
		}
	}
}

// escapeLen returns the length of the escape that d begins with, 0 if it is none.
func escapeLen(d []byte) int {
	if len(d) < 2 {
		return 0
	}
	switch d[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(d) < 6 {
			return 0
		}
		for _, c := range d[2:6] {
			if !isHex(c) {
				return 0
			}
		}
		return 6
	}
	return 0
}

func isHex(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (s *scanner) skipNumber() {
	s.takeByte('-')
	if !s.takeByte('0') && s.digits() == 0 {
		s.fail(errSyntax)
		return
	}
	if s.takeByte('.') && s.digits() == 0 {
		s.fail(errSyntax)
		return
	}
	if s.takeByte('e') || s.takeByte('E') {
		if !s.takeByte('+') {
			s.takeByte('-')
		}
		if s.digits() == 0 {
			s.fail(errSyntax)
		}
	}
}

// takeByte is take without passing over white space.
func (s *scanner) takeByte(c byte) bool {
	if s.err != nil || s.pos >= len(s.data) || s.data[s.pos] != c {
		return false
	}
	s.pos++
	return true
}

func (s *scanner) digits() (n int) {
	for s.pos < len(s.data) && isDigit(s.data[s.pos]) {
		s.pos++
		n++
	}
	return n
}

// end tells whether nothing but white space is left.
func (s *scanner) end() bool {
	if s.err != nil {
		return false
	}
	s.peek()
	return s.pos == len(s.data)
}
