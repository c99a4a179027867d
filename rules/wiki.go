package rules

import (
	"strings"
	"unicode"
)

// maxForeign is the longest piece of foreign text that is repeated in a comment.
const maxForeign = 200

// EscapeWiki makes foreign text harmless inside Jira's wiki markup: it stays one line
// of plain text, whatever macros, links, mentions, tables or images it tries to be.
// Both products render wiki markup in REST API version 2.
func EscapeWiki(s string) string {
	r := []rune(printable(s))
	var b strings.Builder
	for i, c := range r {
		switch {
		case c == '\\':
			b.WriteString("&#92;") // a backslash escapes and two break the line
		case c == ':' && i+1 < len(r) && r[i+1] == '/' || c == ':' && endsWithFold(r[:i], "mailto"):
			b.WriteString("&#58;") // a bare address becomes a link by itself
		case strings.ContainsRune("{}[]|!<>@", c):
			b.WriteByte('\\')
			b.WriteRune(c)
		case strings.ContainsRune("*_+-^~?#(", c) && !inWord(r, i):
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
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
// and long text is cut.
func printable(s string) string {
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
	return cut(strings.Join(strings.Fields(b.String()), " "), maxForeign)
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
