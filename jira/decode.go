package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// stamp is a moment in any of the forms in which Jira's APIs write one: with a zone of four digits without a colon
// (platform), RFC 3339 (agile), or a number of seconds or milliseconds since 1970 (bulk changelog). Null, "" and a
// missing field are the zero time; anything else unreadable is an error, since a wrong time decides things.
type stamp struct{ time.Time }

func (s *stamp) UnmarshalJSON(raw []byte) error {
	t, err := parseStamp(raw)
	if err != nil {
		return err
	}
	s.Time = t
	return nil
}

// ptr is nil for the zero time.
func (s *stamp) ptr() *time.Time {
	if s == nil || s.IsZero() {
		return nil
	}
	t := s.Time
	return &t
}

// latestSeconds parts epoch seconds from milliseconds: as seconds it lies in the year 5138, as milliseconds in 1973.
const latestSeconds = 100_000_000_000

func parseStamp(raw []byte) (time.Time, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" || string(raw) == `""` {
		return time.Time{}, nil
	}
	if raw[0] != '"' {
		return parseEpoch(string(raw))
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return time.Time{}, fmt.Errorf("time: %w", err)
	}
	text = strings.TrimSpace(text)
	for _, layout := range []string{
		"2006-01-02T15:04:05.999999999-0700", time.RFC3339Nano, "2006-01-02T15:04:05.999999999-07", time.DateOnly,
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return parseEpoch(text)
}

func parseEpoch(text string) (time.Time, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= 1e15) { // NaN too
		return time.Time{}, fmt.Errorf("time: cannot read %q", clip(oneLine(text), 40))
	}
	if n < latestSeconds {
		n *= 1000
	}
	return time.UnixMilli(int64(n)).UTC(), nil
}

// flexID is an id that some answers write as a string and others as a number.
type flexID string

func (id *flexID) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		*id = ""
		return nil
	}
	if len(raw) > 0 && raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return fmt.Errorf("id: %w", err)
		}
		*id = flexID(text)
		return nil
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		return fmt.Errorf("id: neither text nor whole number: %q", clip(oneLine(string(raw)), 40))
	}
	*id = flexID(strconv.FormatInt(n, 10))
	return nil
}

// num is the id as a number; 0 when it is none.
func (id flexID) num() int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// flexBool reads true, "true" and what is missing. Data Center writes some flags as text.
type flexBool bool

func (b *flexBool) UnmarshalJSON(raw []byte) error {
	switch strings.ToLower(strings.Trim(string(raw), `"`)) {
	case "true":
		*b = true
	case "false", "null", "":
		*b = false
	default:
		return fmt.Errorf("flag: cannot read %q", clip(oneLine(string(raw)), 40))
	}
	return nil
}

// prose is a text that may come as a document tree (Atlassian Document Format) although version 2 was asked for; then
// its texts are put together. What is neither is no reason to lose the whole issue.
type prose string

func (p *prose) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*p = prose(text)
		return nil
	}
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	var b strings.Builder
	collectText(&b, doc)
	*p = prose(strings.TrimSpace(b.String()))
	return nil
}

// collectText writes the texts below node in order, a line for each paragraph.
func collectText(b *strings.Builder, node any) {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			collectText(b, child)
		}
	case map[string]any:
		if text, ok := n["text"].(string); ok {
			b.WriteString(text)
		}
		collectText(b, n["content"])
		if kind, _ := n["type"].(string); kind == "paragraph" || kind == "heading" {
			b.WriteByte('\n')
		}
	}
}
