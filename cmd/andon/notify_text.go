package main

import (
	"mime"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// maxTitle is the longest title in bytes.
const maxTitle = 200

// shape makes a message fit a service: what the service shows as its title, if it shows
// one at all, and a text that is not longer than it takes. Parts of both are other
// people's words, so in a chat nothing in them must call for people or become markup.
func (t target) shape(title, text string) (string, types.Params) {
	title = clip(oneLine(title), maxTitle)
	text = strings.TrimSpace(strings.Map(printable, text))
	switch {
	case t.service == webhookService && !t.single:
	case t.service == mailService:
		title = mime.QEncoding.Encode("utf-8", title) // a header is ASCII
	case t.service == "slack":
		title, text = slackText(title), slackText(text)
	default:
		title, text = uncall(title), uncall(text)
	}
	if t.single || !titled(t.service) {
		return clip(strings.TrimSpace(title+"\n\n"+text), maxText(t.service)), types.Params{}
	}
	if text == "" {
		text = title
	}
	return clip(text, maxText(t.service)), types.Params{types.TitleKey: title}
}

// titled says whether a service shows a title of its own. Others drop it or refuse it.
func titled(service string) bool {
	switch service {
	case webhookService, mailService, "slack", "teams", "discord", "lark", "ntfy", "gotify", "pushover", "pushbullet", "bark", "join", "opsgenie":
		return true
	}
	return false
}

// maxText is the longest text in bytes that a service takes, with something to spare.
func maxText(service string) int {
	switch service {
	case "pushover":
		return 1000
	case "wecom":
		return 2000
	}
	return 3500
}

// printable drops characters that do not belong into a text.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// oneLine makes a text one line: a line break in a title would begin another header.
func oneLine(text string) string { return strings.Join(strings.Fields(strings.Map(spaced, text)), " ") }

// spaced makes a control character a blank.
func spaced(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// clip cuts a text to a number of bytes, never within a character.
func clip(text string, most int) string {
	const dots = "…"
	if len(text) <= most {
		return text
	}
	end := most - len(dots)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimSpace(text[:end]) + dots
}

// callForAll is how chats are asked to alert everybody: @all, @channel, @here, @everyone and
// @**all** for most, <users/all> and <at …> for some.
var callForAll = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)@(all\b|channel\b|here\b|everyone\b|room\b|\*\*)|<(users/|at\b|[!@#])`)
})

// uncall sets a joiner, which nobody sees, behind the first character of a call.
func uncall(text string) string {
	return callForAll().ReplaceAllStringFunc(text, func(found string) string { return found[:1] + "\u2060" + found[1:] })
}

// slackText escapes the three characters with which Slack's own markup begins.
func slackText(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
