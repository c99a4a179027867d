package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestOneClassifierForEveryStatus(t *testing.T) {
	tests := []struct {
		status   int
		kind     Kind
		executed Executed
	}{
		{301, KindRedirect, ExecutedMaybe}, {302, KindRedirect, ExecutedMaybe}, {304, KindRedirect, ExecutedMaybe},
		{400, KindInvalid, ExecutedNo}, {401, KindUnauthorized, ExecutedNo}, {403, KindForbidden, ExecutedNo},
		{404, KindNotFound, ExecutedNo}, {405, KindInvalid, ExecutedNo}, {408, KindUnavailable, ExecutedMaybe},
		{409, KindConflict, ExecutedNo}, {410, KindGone, ExecutedNo}, {412, KindInvalid, ExecutedNo},
		{413, KindTooLarge, ExecutedNo}, {415, KindInvalid, ExecutedNo}, {422, KindInvalid, ExecutedNo},
		{425, KindUnavailable, ExecutedMaybe}, {429, KindRateLimited, ExecutedNo},
		{500, KindUnavailable, ExecutedMaybe}, {501, KindUnavailable, ExecutedMaybe}, {599, KindUnavailable, ExecutedMaybe},
		{100, KindMalformed, ExecutedMaybe},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			j := newFake(t, Cloud).on("POST /rest/agile/1.0/sprint/1", fails(tt.status, sentences("why")))
			_, err := j.client(func(c *Config) { c.MaxRetries = -1 }).CloseSprint(t.Context(), 1, "")
			e := wantKind(t, err, tt.kind)
			equal(t, "Executed", tt.executed, e.Executed)
			equal(t, "Status", tt.status, e.Status)
			equal(t, "Path", "rest/agile/1.0/sprint/1", e.Path)
		})
	}
}

func TestEveryShapeOfRefusalIsUnderstood(t *testing.T) {
	tests := []struct {
		name, body string
		messages   []string
		fields     map[string]string
	}{
		{"sentences", `{"errorMessages":["Field 'priority' is required"],"errors":{}}`, []string{"Field 'priority' is required"}, nil},
		{"fields", `{"errorMessages":[],"errors":{"labels":"Field 'labels' cannot be set."}}`, nil, map[string]string{"labels": "Field 'labels' cannot be set."}},
		{"both, and a status", `{"errorMessages":["a"],"errors":{"b":"c"},"status":400}`, []string{"a"}, map[string]string{"b": "c"}},
		{"a field with a list", `{"errors":{"b":["c","d"]}}`, nil, map[string]string{"b": "c; d"}},
		{"errors as a list of texts", `{"errors":["a","b"]}`, []string{"a", "b"}, nil},
		{"errors as a list of objects", `{"errors":[{"message":"a"},{"errorMessages":["b"]}]}`, []string{"a", "b"}, nil},
		{"errors of a bulk", `{"issues":[],"errors":[{"status":400,"elementErrors":{"errorMessages":["a"],"errors":{"b":"c"}},"failedElementNumber":0}]}`, []string{"a", "b: c"}, nil},
		{"sentences as one text", `{"errorMessages":"a"}`, []string{"a"}, nil},
		{"a message", `{"message":"Client must be authenticated","status-code":401}`, []string{"Client must be authenticated"}, nil},
		{"an errorMessage", `{"errorMessage":"a"}`, []string{"a"}, nil},
		{"application/problem+json", `{"type":"about:blank","title":"Bad Request","status":400,"detail":"Failed to convert 'id'"}`, []string{"Bad Request", "Failed to convert 'id'"}, nil},
		{"the same twice", `{"message":"a","errorMessage":"a"}`, []string{"a"}, nil},
		{"control characters", `{"errorMessages":["a\r\nINFO forged\u0000\u202e"]}`, []string{"a INFO forged"}, nil},
		{"nothing", ``, nil, nil},
		{"null", `null`, nil, nil},
		{"an empty object", `{}`, nil, nil},
		{"plain text", "upstream connect error\n", []string{"upstream connect error"}, nil},
		{"cut JSON", `{"errorMessages":["a"`, []string{`{"errorMessages":["a"`}, nil},
		{"a number", `{"message":7}`, nil, nil},
		{"lists in lists", `{"errors":[[["deep"]]]}`, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET /rest/api/2/myself", fails(400, tt.body))
			_, err := j.client().Myself(t.Context())
			e := wantKind(t, err, KindInvalid)
			equal(t, "Fields", tt.fields, e.Fields)
			equal(t, "Messages", strings.Join(tt.messages, "|"), strings.Join(e.Messages, "|"))
		})
	}
}

func TestHTMLIsReducedToItsTitle(t *testing.T) {
	page := "\ufeff <!DOCTYPE html><html><head><TITLE>\n Log in -\n Jira </TITLE></head><body>" + strings.Repeat("<p>noise</p>", 5000) + "</body></html>"
	tests := []struct {
		name   string
		reply  reply
		kind   Kind
		want   string
		forbid string
	}{
		{"with 200 it is no answer", ok(page), KindMalformed, `titled "Log in - Jira"`, "noise"},
		{"with 401", fails(401, page), KindUnauthorized, `titled "Log in - Jira"`, "noise"},
		{"with 503 of a proxy", fails(503, "<html><body>noise</body></html>"), KindUnavailable, "HTML answer", "noise"},
		{"by its content type only", reply{body: "Please log in", header: map[string]string{"Content-Type": "text/html"}}, KindMalformed, "HTML instead of JSON", "Please"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, DataCenter).on("GET /rest/api/2/myself", tt.reply)
			_, err := j.client().Myself(t.Context())
			wantKind(t, err, tt.kind)
			if text := err.Error(); !strings.Contains(text, tt.want) || strings.Contains(text, tt.forbid) {
				t.Errorf("want %q and not %q in %q", tt.want, tt.forbid, text)
			}
		})
	}
}

func TestJSONUnderAnHTMLContentTypeIsStillJSON(t *testing.T) {
	j := newFake(t, DataCenter).on("GET /rest/api/2/myself", reply{body: `{"key":"k"}`, header: map[string]string{"Content-Type": "text/html"}})
	u, err := j.client().Myself(t.Context())
	noError(t, err)
	equal(t, "key", "k", u.Key)
}

func TestErrorsAreShortAndHoldNoSecret(t *testing.T) {
	basic := strings.TrimPrefix(authorization(Config{Email: "bot@example.com", Token: testToken}), "Basic ")
	echo := testToken + " " + basic
	tests := []struct {
		name  string
		reply reply
	}{
		{"in a sentence", fails(400, sentences(echo))},
		{"in a field", fails(400, fieldError(echo, echo))},
		{"cut in the middle", fails(400, sentences(strings.Repeat("x", maxText-8)+testToken))},
		{"in plain text", fails(500, echo)},
		{"in a title", ok("<html><title>" + echo + "</title>")},
		{"in a redirect", reply{status: 302, header: map[string]string{"Location": "https://sso.test/" + testToken + "?t=" + basic}}},
		{"in a reason", reply{status: 403, header: map[string]string{"X-Authentication-Denied-Reason": testToken}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET /rest/api/2/issue/1", tt.reply)
			_, err := j.client().Issue(t.Context(), "1", IssueQuery{Properties: []string{"query-stays-out"}})
			text := fmt.Sprintf("%v %+v", err, err)
			for _, secret := range []string{testToken, testToken[:8], basic, basic[:20], "query-stays-out"} {
				if strings.Contains(text, secret) {
					t.Errorf("%q shows in %q", secret, text)
				}
			}
			if n := utf8.RuneCountInString(err.Error()); n > maxText {
				t.Errorf("%d characters long", n)
			}
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

func TestTheReasonIsKept(t *testing.T) {
	tests := []struct{ name, header, value, want string }{
		{"of a rate limit", "RateLimit-Reason", "jira-burst-based", "jira-burst-based"},
		{"of a captcha", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira.test/login.jsp", "CAPTCHA_CHALLENGE"},
		{"of a failed login", "X-Seraph-LoginReason", "AUTHENTICATED_FAILED", "AUTHENTICATED_FAILED"},
		{"not of a good login", "X-Seraph-LoginReason", "OK", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, DataCenter).on("GET /rest/api/2/myself", reply{status: 403, header: map[string]string{tt.header: tt.value}})
			_, err := j.client().Myself(t.Context())
			equal(t, "Reason", tt.want, wantKind(t, err, KindForbidden).Reason)
		})
	}
}

func TestTheTextOfAnError(t *testing.T) {
	tests := []struct {
		err  *Error
		want string
	}{
		{&Error{Kind: KindInvalid}, "jira: invalid"},
		{&Error{Kind: KindNotFound, Status: 404, Method: "GET", Path: "rest/api/2/issue/7", Messages: []string{"Issue does not exist"}},
			"jira GET rest/api/2/issue/7: not-found (404): Issue does not exist"},
		{&Error{Kind: KindInvalid, Status: 400, Messages: []string{"no"}, Fields: map[string]string{"b": "2", "a": "1"}},
			"jira: invalid (400): no; a: 1; b: 2"},
		{&Error{Kind: KindCancelled, Err: errors.New("lease lost")}, "jira: cancelled: lease lost"},
		{&Error{Kind: KindInvalid, Err: errors.New("two\nlines")}, "jira: invalid: two lines"},
	}
	for _, tt := range tests {
		equal(t, "text", tt.want, tt.err.Error())
	}
}

func TestQuestionsAboutAnError(t *testing.T) {
	of := func(k Kind) error { return fmt.Errorf("close sprint 7: %w", &Error{Kind: k, Executed: ExecutedNo}) }
	questions := map[Kind]func(error) bool{
		KindNotFound: IsNotFound, KindForbidden: IsForbidden, KindUnauthorized: IsUnauthorized, KindInvalid: IsInvalid,
		KindConflict: IsConflict, KindRateLimited: IsRateLimited, KindReadOnly: IsReadOnly, KindCancelled: IsCancelled,
	}
	temporary := map[Kind]bool{KindRateLimited: true, KindUnavailable: true, KindUnreachable: true, KindConflict: true,
		KindMalformed: true, KindCancelled: true, KindTooManyPages: true}
	all := []Kind{KindUnauthorized, KindForbidden, KindNotFound, KindInvalid, KindConflict, KindTooLarge, KindGone, KindRateLimited,
		KindUnavailable, KindUnreachable, KindMalformed, KindReadOnly, KindRedirect, KindCancelled, KindTooManyPages}
	for _, k := range all {
		equal(t, "KindOf", k, KindOf(of(k)))
		equal(t, "IsTemporary "+string(k), temporary[k], IsTemporary(of(k)))
		for asked, question := range questions {
			equal(t, fmt.Sprintf("%s asked of %s", asked, k), asked == k, question(of(k)))
		}
	}
	for _, err := range []error{nil, errors.New("something else"), context.Canceled} {
		equal(t, "KindOf", Kind(""), KindOf(err))
		equal(t, "IsTemporary", false, IsTemporary(err))
	}
	equal(t, "nothing failed", false, MaybeExecuted(nil))
	equal(t, "an unknown failure", true, MaybeExecuted(errors.New("?")))
	equal(t, "surely not", false, MaybeExecuted(of(KindInvalid)))
	equal(t, "perhaps", true, MaybeExecuted(&Error{Executed: ExecutedMaybe}))
	equal(t, "surely", true, MaybeExecuted(&Error{Executed: ExecutedYes}))
}

func TestAnErrorCarriesTheWaitForTheQueue(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/api/2/myself", limited("", "90"))
	_, err := j.client().Myself(t.Context())
	var waits interface{ RetryAfter() time.Duration } // what the queue asks for
	if !errors.As(fmt.Errorf("reconcile: %w", err), &waits) {
		t.Fatal("the queue would not see the wait")
	}
	equal(t, "wait", 90*time.Second, waits.RetryAfter())
}

func FuzzReadRefusal(f *testing.F) {
	for _, seed := range []string{sentences("a"), fieldError("a", "b"), `{"errors":[{"message":"x"}]}`, `{"title":"t","detail":["d"]}`, "<html>", "", "null", `{"errors":[[[[1]]]]}`, "\xff\xfe"} {
		f.Add([]byte(seed), http.StatusBadRequest)
	}
	d := &doer{cfg: Config{Token: testToken, Now: newFakeClock().Now}, auth: "Bearer " + testToken}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		e := d.classify(&http.Response{StatusCode: status, Header: http.Header{}}, body)
		if e == nil {
			if status/100 != 2 {
				t.Fatalf("status %d passed as a success", status)
			}
			return
		}
		text := e.Error()
		if utf8.RuneCountInString(text) > maxText || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n\x00") {
			t.Fatalf("bad error text %q", text)
		}
		if strings.Contains(text, testToken) {
			t.Fatalf("the token shows in %q", text)
		}
	})
}
