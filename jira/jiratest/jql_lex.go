package jiratest

import (
	"net/http"
	"strings"
)

// token of JQL: a word or quoted string (text), or an operator or bracket (op).
type token struct {
	text   string
	op     string
	quoted bool
	pos    int
}

func errJQL(pos int, format string, args ...any) *Error {
	e := refuse(http.StatusBadRequest, format, args...)
	e.Messages[0] = "Error in the JQL Query: " + e.Messages[0] + " (line 1, character " + ids(int64(pos+1)) + ")"
	return e
}

func lexJQL(s string) ([]token, *Error) {
	var out []token
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			i++
		case c == '"' || c == '\'':
			text, n, ok := unquote(s[i:])
			if !ok {
				return nil, errJQL(i, "The quoted string '%s' has not been completed.", s[i+1:])
			}
			out = append(out, token{text: text, quoted: true, pos: i})
			i += n
		case strings.IndexByte("(),", c) >= 0:
			out = append(out, token{op: string(c), pos: i})
			i++
		case strings.IndexByte("=!<>~&|", c) >= 0:
			n := 1
			for i+n < len(s) && strings.IndexByte("=~&|", s[i+n]) >= 0 && n < 2 {
				n++
			}
			out = append(out, token{op: s[i : i+n], pos: i})
			i += n
		default:
			n := 0
			for i+n < len(s) && strings.IndexByte(" \t\r\n(),=!<>~&|\"'", s[i+n]) < 0 {
				n++
			}
			out = append(out, token{text: s[i : i+n], pos: i})
			i += n
		}
	}
	return out, nil
}

// unquote reads a quoted string with backslash escapes; n is its length with quotes.
func unquote(s string) (text string, n int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] == s[0]:
			return b.String(), i + 1, true
		default:
			b.WriteByte(s[i])
		}
	}
	return "", 0, false
}
