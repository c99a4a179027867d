package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// classify is the one place that says what an answer means. It returns nil for a success that looks like JSON or is empty.
func (d *doer) classify(resp *http.Response, body []byte) *Error {
	html := looksLikeHTML(resp.Header, body)
	if resp.StatusCode/100 == 2 && !html {
		return nil
	}
	hide := d.redactor()
	body = []byte(hide(string(body)))
	e := &Error{Status: resp.StatusCode, body: body}
	if resp.StatusCode/100 == 2 {
		e.Kind, e.Executed = KindMalformed, ExecutedMaybe
		e.Messages = []string{"HTML instead of JSON" + titled(body) + "; a login page or a proxy may be in the way"}
		return e
	}
	e.Kind, e.Executed = kindOfStatus(resp.StatusCode)
	if e.Kind == KindRateLimited || e.Kind == KindUnavailable {
		e.Wait = waitFor(resp.Header, d.cfg.Now())
	}
	e.Reason = hide(reasonOf(resp.Header))
	switch {
	case e.Kind == KindRedirect:
		e.Messages = []string{redirectHint(hide(resp.Header.Get("Location")))}
	case html:
		e.Messages = []string{"HTML answer" + titled(body)}
	default:
		e.Messages, e.Fields = readRefusal(body)
	}
	return e
}

func kindOfStatus(status int) (Kind, Executed) {
	switch status {
	case http.StatusUnauthorized:
		return KindUnauthorized, ExecutedNo
	case http.StatusForbidden:
		return KindForbidden, ExecutedNo
	case http.StatusNotFound:
		return KindNotFound, ExecutedNo
	case http.StatusConflict:
		return KindConflict, ExecutedNo
	case http.StatusGone:
		return KindGone, ExecutedNo
	case http.StatusRequestEntityTooLarge:
		return KindTooLarge, ExecutedNo
	case http.StatusTooManyRequests:
		return KindRateLimited, ExecutedNo
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return KindUnavailable, ExecutedMaybe
	}
	switch {
	case status >= 500:
		return KindUnavailable, ExecutedMaybe
	case status >= 400:
		return KindInvalid, ExecutedNo
	case status >= 300:
		return KindRedirect, ExecutedMaybe
	default:
		return KindMalformed, ExecutedMaybe
	}
}

// reasonOf reads the machine-readable cause: of a rate limit on Cloud, of a refused login on either product.
func reasonOf(h http.Header) string {
	for _, name := range []string{"RateLimit-Reason", "X-Authentication-Denied-Reason", "X-Seraph-LoginReason"} {
		// The second one goes on with "; login-url=...".
		if v, _, _ := strings.Cut(h.Get(name), ";"); strings.TrimSpace(v) != "" && v != "OK" {
			return clip(oneLine(v), 60)
		}
	}
	return ""
}

// redirectHint names where the redirect points to, without the query: login redirects carry tokens there.
func redirectHint(location string) string {
	to := ""
	if u, err := url.Parse(location); err == nil && u.Host != "" {
		to = " to " + u.Scheme + "://" + u.Host + u.Path
	} else if err == nil && u.Path != "" {
		to = " to " + u.Path
	}
	return clip(oneLine("redirect"+to), 150) + "; not followed. Check the base URL (scheme, context path) and whether single sign-on stands before the REST API"
}

func looksLikeHTML(h http.Header, body []byte) bool {
	start := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(start) == 0 {
		return false
	}
	return start[0] == '<' || strings.HasPrefix(h.Get("Content-Type"), "text/html") && start[0] != '{' && start[0] != '['
}

var titlePattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`) })

// titled returns the words with which a page's title is cited, or nothing.
func titled(body []byte) string {
	m := titlePattern().FindSubmatch(body[:min(len(body), 64<<10)])
	if m == nil {
		return ""
	}
	if t := clip(oneLine(string(m[1])), 80); t != "" {
		return fmt.Sprintf(" titled %q", t)
	}
	return ""
}

// readRefusal reads the shapes in which Jira and what stands before it say no: errorMessages and errors (an object, or an
// array of texts or objects), message, or application/problem+json.
func readRefusal(body []byte) ([]string, map[string]string) {
	var wire struct {
		ErrorMessages json.RawMessage `json:"errorMessages"`
		Errors        json.RawMessage `json:"errors"`
		Message       json.RawMessage `json:"message"`
		ErrorMessage  json.RawMessage `json:"errorMessage"`
		Title         json.RawMessage `json:"title"`
		Detail        json.RawMessage `json:"detail"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		if text := clip(oneLine(string(body)), 150); text != "" {
			return []string{text}, nil
		}
		return nil, nil
	}
	var messages []string
	for _, raw := range []json.RawMessage{wire.ErrorMessages, wire.Message, wire.ErrorMessage, wire.Title, wire.Detail} {
		messages = append(messages, texts(raw, 2)...)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(wire.Errors, &object) != nil {
		return tidied(append(messages, texts(wire.Errors, 2)...)), nil
	}
	fields := make(map[string]string, len(object))
	for name, raw := range object {
		fields[clip(oneLine(name), 80)] = clip(strings.Join(texts(raw, 2), "; "), maxText)
	}
	if len(fields) == 0 {
		fields = nil
	}
	return tidied(messages), fields
}

// texts collects what a person can read in raw: a text, a list of texts, or the message of an object. Lists in lists are
// followed depth levels down.
func texts(raw json.RawMessage, depth int) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var list []json.RawMessage
	if depth > 0 && json.Unmarshal(raw, &list) == nil {
		var out []string
		for _, element := range list[:min(len(list), 10)] {
			out = append(out, texts(element, depth-1)...)
		}
		return out
	}
	type reasons struct {
		ErrorMessages []string          `json:"errorMessages"`
		Errors        map[string]string `json:"errors"`
	}
	var object struct {
		reasons
		Message       string  `json:"message"`
		Title         string  `json:"title"`
		ElementErrors reasons `json:"elementErrors"` // of a bulk create
	}
	if json.Unmarshal(raw, &object) != nil {
		return nil
	}
	out := []string{object.Message, object.Title}
	for _, r := range []reasons{object.reasons, object.ElementErrors} {
		out = append(out, r.ErrorMessages...)
		for _, name := range slices.Sorted(maps.Keys(r.Errors)) {
			out = append(out, name+": "+r.Errors[name])
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func tidied(messages []string) []string {
	for i, m := range messages {
		messages[i] = clip(oneLine(m), maxText)
	}
	return slices.DeleteFunc(slices.Compact(messages), func(m string) bool { return m == "" })
}

// redactor removes our own credentials from what the other side says, before anything of it is shortened.
func (d *doer) redactor() func(string) string {
	_, encoded, _ := strings.Cut(d.auth, " ")
	return strings.NewReplacer(encoded, "[redacted]", d.cfg.Token, "[redacted]").Replace
}

// oneLine makes s safe for a log line: blanks for control characters and line breaks, nothing for invisible ones.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	return strings.Join(strings.Fields(s), " ")
}

// clip shortens s to at most n runes.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return string(runes[:n-1]) + "…"
}
