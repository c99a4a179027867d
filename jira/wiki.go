package jira

import (
	"strings"
	"unicode"
)

// wikiMarks are the characters to which the wiki renderer gives a meaning, and which a backslash before them takes away.
// The parentheses are for the emoticons such as (x) and :), the question mark for ??citations??.
const wikiMarks = "{}[]()*_+-^~|!#?"

// EscapeWiki returns s as one line of plain text that Jira's wiki renderer shows as it stands: no markup, no macro, no
// mention, no link, no image, no emoticon comes of it. Line breaks become blanks; control characters, characters that
// turn the direction of writing, and invisible ones go. A backslash is shown as a look-alike, because two in a row are a
// line break and one would undo the next escape.
func EscapeWiki(s string) string {
	var b strings.Builder
	var last rune
	for i, r := range visible(s) {
		switch {
		case r == '\\':
			r = '＼'
		case strings.ContainsRune(wikiMarks, r),
			r == '.' && opensLine(b.String()), // "h1. " and "bq. " at the start of a line
			r == '/' && last == ':',           // "https://" would become a link
			r == ':' && strings.HasSuffix(strings.ToLower(b.String()), "mailto"),
			i > 0 && last == ':' && strings.ContainsRune("DPp", r): // :D and :P
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// opensLine reports whether a dot after start would make a heading or a quotation of the line.
func opensLine(start string) bool {
	switch strings.ToLower(start) {
	case "h1", "h2", "h3", "h4", "h5", "h6", "bq":
		return true
	}
	return false
}

// visible is s on one line, with single blanks and only characters that can be seen.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Other_Default_Ignorable_Code_Point):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// Mention returns the markup that mentions u, and so notifies them. For a user without a usable id it is the escaped
// display name: text from a name must never mint a mention of somebody else.
func Mention(u User, f Flavour) string {
	id := "accountid:" + u.AccountID
	if f != Cloud {
		id = u.Name
	}
	if id == "" || id == "accountid:" || !plainID(id) {
		return EscapeWiki(u.DisplayName)
	}
	return "[~" + id + "]"
}

// plainID reports whether an id can stand in a mention without leaving it. Login names may be e-mail addresses.
func plainID(id string) bool {
	return len(id) <= 255 && !strings.ContainsFunc(id, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(":-_.@+", r)
	})
}
