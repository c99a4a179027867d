package main

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

const (
	// minPart and minPiece are the least lengths of parts of an address, and of pieces
	// of a part, that are taken out of texts. Shorter ones are no secrets, and without
	// them nothing that is said could be read any more.
	minPart, minPiece = 4, 6
	// maxNotifyError is as much of an error as goes into a log.
	maxNotifyError = 300
)

// secretsOf are the parts of an address that must not be shown: each of its parts, as
// written and as meant, and the pieces of which a service may make an address of its own.
// The longest come first.
func secretsOf(raw string, u *url.URL) []string {
	password, _ := u.User.Password()
	parts := append([]string{u.Host, u.Hostname(), u.User.Username(), password, u.User.String(), u.Path, u.EscapedPath(), u.Fragment, u.RawQuery},
		strings.Split(u.Path, "/")...)
	for key, values := range u.Query() {
		parts = append(parts, key)
		parts = append(parts, values...)
	}
	secrets := []string{raw}
	for _, part := range parts {
		for _, form := range []string{part, url.QueryEscape(part), url.PathEscape(part)} {
			if len(form) >= minPart && !ordinary(form) {
				secrets = append(secrets, form)
			}
		}
		for _, piece := range strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(piece) >= minPiece && !ordinary(piece) {
				secrets = append(secrets, piece)
			}
		}
	}
	slices.SortFunc(secrets, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(secrets)
}

// ordinary says whether a word of an address is one that addresses share, so that it may
// be read in an error.
func ordinary(word string) bool {
	switch strings.ToLower(strings.Trim(word, "/")) {
	case "hook", "hooks", "webhook", "webhooks", "services", "template", "json", "title", "message", "channel", "host", "port",
		"disabletls", "scheme", "http", "https", "from", "fromaddress", "fromname", "toaddresses", "auth", "encryption", "usestarttls",
		"starttls", "requirestarttls", "timeout", "messagekey", "titlekey", "method", "post", "true", "false", "none", "plain", "login":
		return true
	}
	return false
}

// anyAddress is a URL of any kind inside a text.
var anyAddress = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://[^\s"'<>]*`) })

// anyQuoted is one word in quotation marks: the library puts what it was given there.
// Several words are what a server said.
var anyQuoted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"[^" ]+"`) })

// tokenLike is what looks like a token: long and, as is looked at apart, with a digit.
var tokenLike = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z0-9_+/=%-]{16,}`) })

// scrub takes everything out of a text that may be secret, and makes it one short line.
func (t target) scrub(text string) string {
	pairs := make([]string, 0, 2*len(t.secrets))
	for _, secret := range t.secrets {
		pairs = append(pairs, secret, mask)
	}
	text = strings.NewReplacer(pairs...).Replace(text)
	text = anyAddress().ReplaceAllString(text, mask)
	text = anyQuoted().ReplaceAllString(text, `"`+mask+`"`)
	text = tokenLike().ReplaceAllStringFunc(text, func(word string) string {
		if strings.ContainsAny(word, "0123456789") {
			return mask
		}
		return word
	})
	return clip(oneLine(text), maxNotifyError)
}
