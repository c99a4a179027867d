package jira

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
)

// FuzzAnswers hands every kind of answer that andon reads to its decoder. What decodes may
// be nonsense, but it has to be nonsense of a known form.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"state":"ACTIVE","name":"x","startDate":"2020-07-30T21:13:24.588Z","originBoardId":"9"}`, `{"id":"1","type":"simple","location":{"projectId":2}}`,
		`{"type":"atlassian-user-role-actor","name":"fred","actorUser":{"accountId":"a"}}`, `{"type":"atlassian-group-role-actor","actorGroup":{"name":"g","groupId":"1"}}`,
		`{"issues":[{"id":"1","key":"A-1"}],"errors":[{"status":400,"elementErrors":{"errors":{"f":"x"}},"failedElementNumber":-1}]}`,
		`{"id":0,"permissions":[{"id":1,"permission":"P","holder":{"type":"group","parameter":"g"}}]}`, `{"accountId":"a","active":"true","displayName":"\u202e"}`,
		`{"id":"1","body":{"type":"doc"},"author":null,"created":1492070429}`, `{"startAt":0,"total":-1,"isLast":"no","values":[null]}`, `null`, `[]`, `{"id":{}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var sprint wireSprint
		if json.Unmarshal(raw, &sprint) == nil && sprint.sprint().State != strings.ToLower(sprint.State) {
			t.Errorf("a state is not in small letters: %q", sprint.State)
		}
		var board wireBoard
		if json.Unmarshal(raw, &board) == nil {
			if l := board.board().Location; l != nil && l.ProjectID == "" && l.ProjectKey == "" {
				t.Error("a board is located in a project without a name")
			}
		}
		var actor wireActor
		if json.Unmarshal(raw, &actor) == nil {
			if a, ok := actor.actor(); ok && (a.User == nil) == (a.Group == nil) {
				t.Errorf("an actor is both a user and a group, or neither: %+v", a)
			}
		}
		var bulk wireBulk
		if json.Unmarshal(raw, &bulk) == nil {
			results := make([]CreateResult, 3)
			if e := bulk.spread("route", results); e == nil {
				for i, r := range results {
					if (r.Err == nil) == (r.ID == "") {
						t.Errorf("task %d was neither created nor refused, or both: %+v", i, r)
					}
				}
			}
		}
		var scheme wireScheme
		if json.Unmarshal(raw, &scheme) == nil && len(scheme.scheme().Grants) != len(scheme.Permissions) {
			t.Error("a grant got lost")
		}
		var user wireUser
		if json.Unmarshal(raw, &user) == nil {
			for _, flavour := range []Flavour{Cloud, DataCenter} {
				if m := Mention(user.user(), flavour); strings.ContainsFunc(m, unicode.IsControl) {
					t.Errorf("a mention holds control characters: %q", m)
				}
			}
		}
		var comment wireComment
		if json.Unmarshal(raw, &comment) == nil {
			comment.comment()
		}
		var listed wirePage[wireProject]
		if json.Unmarshal(raw, &listed) == nil {
			for _, p := range listed.Values {
				p.project().SubtaskTypes()
			}
		}
	})
}

// FuzzHeaders hands over headers of an answer. A wait is never negative and never so long
// that andon would be put to sleep, and what people are told is one short line.
func FuzzHeaders(f *testing.F) {
	f.Add("1", "2026-01-01T01:01:01Z", "Thu, 01 Jan 2026 00:00:00 GMT", "https://sso.example.com/login?token=x", "jira-burst-based")
	f.Add("-1", "9223372036854775807", "", "//evil.example", "AUTHENTICATION_DENIED; login-url=x")
	f.Add("99999999999999999999", "-9223372036854775808", "x", "\x00\n", "\x1b[31m")
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, after, reset, date, location, reason string) {
		h := http.Header{"Retry-After": {after}, "X-Ratelimit-Reset": {reset}, "Date": {date}, "Ratelimit-Reason": {reason}}
		if d := waitFor(h, now); d < 0 || d > 25*time.Hour {
			t.Errorf("wait %s", d)
		}
		for _, said := range []string{redirectHint(location), reasonOf(h)} {
			if len(said) > 1000 || strings.ContainsFunc(said, unicode.IsControl) {
				t.Errorf("people are told %q", said)
			}
		}
		if hint := redirectHint(location); strings.Contains(hint, "?") && !strings.Contains(location, "%3") && !strings.Contains(location, "%") {
			t.Errorf("a query is told: %q of %q", hint, location)
		}
	})
}
