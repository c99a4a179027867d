package rules

import (
	"strings"
	"unicode"
)

// maxForeign is the longest piece of foreign text that is repeated in a comment.
const maxForeign = 200

// maxText is the longest text of the operator's own playbook that is repeated.
const maxText = 4000

// EscapeWiki makes foreign text harmless inside Jira's wiki markup: it stays one line
// of plain text, whatever macros, links, mentions, tables or images it tries to be.
// Both products render wiki markup in REST API version 2.
func EscapeWiki(s string) string { return escape(printable(s, maxForeign)) }

// escapeLong is [EscapeWiki] for texts that are longer than a name or a summary.
func escapeLong(s string) string { return escape(printable(s, maxText)) }

// escape escapes one line of text. Where a backslash would not do, the character is
// written as an HTML entity, which Jira shows as the character itself.
func escape(s string) string {
	r := []rune(s)
	var b strings.Builder
	for i, c := range r {
		switch {
		case entity(r, i):
			b.WriteString("&#" + itoa(int(c)) + ";")
		case strings.ContainsRune("{}[]|!<>@()", c), strings.ContainsRune("*_+-^~?#", c) && !inWord(r, i):
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// entity says whether a character has to be written as an entity: a backslash, which
// escapes, or breaks the line where there are two; an ampersand, which could spell any
// other character; the colon of a bare address, which becomes a link by itself; what
// begins a smiley; and the dot of "h1." or "bq." at the beginning.
func entity(r []rune, i int) bool {
	switch r[i] {
	case '\\', '&':
		return true
	case ':':
		return i+1 < len(r) && strings.ContainsRune("/\\()DPp", r[i+1]) || endsWithFold(r[:i], "mailto")
	case ';':
		return i+1 < len(r) && strings.ContainsRune("()", r[i+1])
	case '.':
		return blockMark(string(r[:i]))
	}
	return false
}

// blockMark says whether text is the word that begins a heading or a quotation.
func blockMark(s string) bool {
	s = strings.ToLower(s)
	return s == "bq" || len(s) == 2 && s[0] == 'h' && s[1] >= '0' && s[1] <= '9'
}

// inWord says whether a character stands between letters or digits, where phrase
// markup has no meaning.
func inWord(r []rune, i int) bool {
	return i > 0 && i+1 < len(r) && wordRune(r[i-1]) && wordRune(r[i+1])
}

// wordRune says whether a character is part of a word.
func wordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// endsWithFold says whether text ends with a word, without regard to case.
func endsWithFold(r []rune, word string) bool {
	n := len([]rune(word))
	return len(r) >= n && strings.EqualFold(string(r[len(r)-n:]), word)
}

// printable makes text one line of characters that can be seen: control characters,
// characters that turn the writing direction and those without width are taken out,
// and long text is cut to n characters.
func printable(s string, n int) string {
	var b strings.Builder
	for _, c := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case unicode.IsSpace(c) || c == '\u2028' || c == '\u2029':
			b.WriteByte(' ')
		case unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Co, c):
		default:
			b.WriteRune(c)
		}
	}
	return cut(strings.Join(strings.Fields(b.String()), " "), n)
}

// foreign is foreign text ready for a comment; empty text is shown as such.
func foreign(s string) string { return orElse(EscapeWiki(s), "\\(empty)") }

// mention names a person so that Jira tells them, where the account can be named.
func mention(site Site, p Person) string {
	switch {
	case site.Flavour == Cloud && p.ID != "" && plainID(p.ID):
		return "[~accountid:" + p.ID + "]"
	case site.Flavour != Cloud && p.Username != "" && plainID(p.Username):
		return "[~" + p.Username + "]"
	}
	return EscapeWiki(nameOf(p))
}

// plainID says whether an account id or login can stand in a mention as it is.
func plainID(s string) bool {
	for _, c := range s {
		if !wordRune(c) && !strings.ContainsRune("-_.:@+", c) {
			return false
		}
	}
	return true
}

// person is a person's name for a comment, without telling them.
func person(p Person) string { return EscapeWiki(nameOf(p)) }
