package jira

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAnIssueIsCreatedWithItsMark(t *testing.T) {
	j := newFake(t, Cloud).on("POST /rest/api/2/issue", reply{status: 201, body: `{"id":"10000","key":"ED-24","self":"x"}`})
	id, key, err := j.client().CreateIssue(t.Context(), NewIssue{
		ProjectID: "10", TypeID: "3", ParentID: "7", Summary: "Root cause", Description: "text", Labels: []string{"andon"},
		Extra:      map[string]json.RawMessage{"customfield_1": json.RawMessage(`{"value":"x"}`)},
		Update:     map[string]json.RawMessage{"issuelinks": json.RawMessage(`[{"add":{}}]`)},
		Properties: map[string]any{"b": 2, "a": map[string]string{"step": "root-cause"}},
	})
	noError(t, err)
	equal(t, "id and key", "10000 ED-24", id+" "+key)
	j.wantCalls(`POST /rest/api/2/issue {"fields":{"customfield_1":{"value":"x"},"description":"text","issuetype":{"id":"3"},"labels":["andon"],"parent":{"id":"7"},"project":{"id":"10"},"summary":"Root cause"},` +
		`"update":{"issuelinks":[{"add":{}}]},"properties":[{"key":"a","value":{"step":"root-cause"}},{"key":"b","value":2}]}`)
}

func TestEmptyPartsOfANewIssueAreNotSent(t *testing.T) {
	j := newFake(t, Cloud).on("POST /rest/api/2/issue", reply{status: 201, body: `{"id":10000,"key":"ED-24"}`})
	_, _, err := j.client().CreateIssue(t.Context(), NewIssue{ProjectID: "10", TypeID: "3", Summary: "s"})
	noError(t, err)
	j.wantCalls(`POST /rest/api/2/issue {"fields":{"issuetype":{"id":"3"},"project":{"id":"10"},"summary":"s"}}`)
}

func TestACreatedIssueWithoutAnIDWasStillCreated(t *testing.T) {
	for _, body := range []string{"", "{}", `{"id":`} {
		_, _, err := newFake(t, Cloud).on("POST /rest/api/2/issue", reply{status: 201, body: body}).client().
			CreateIssue(t.Context(), NewIssue{ProjectID: "10", TypeID: "3", Summary: "s"})
		e := wantKind(t, err, KindMalformed)
		equal(t, "Executed", ExecutedYes, e.Executed)
	}
}

func news(n int) []NewIssue {
	out := make([]NewIssue, n)
	for i := range out {
		out[i] = NewIssue{ProjectID: "1", TypeID: "2", Summary: fmt.Sprint("s", i)}
	}
	return out
}

func created(from, to int) string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf(`{"id":"%d","key":"A-%d"}`, i, i))
	}
	return strings.Join(out, ",")
}

func failedElement(n int, text string) string {
	return fmt.Sprintf(`{"status":400,"elementErrors":{"errorMessages":[],"errors":{"labels":%q}},"failedElementNumber":%d}`, text, n)
}

// outcomes writes results as "id" or "kind/executed".
func outcomes(results []CreateResult) string {
	var out []string
	for _, r := range results {
		if r.Err != nil {
			out = append(out, string(r.Err.Kind)+"/"+string(r.Err.Executed))
			continue
		}
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

func TestBulkResultsBelongToTheirIssues(t *testing.T) {
	tests := []struct {
		name  string
		reply reply
		want  string
		fails Kind
	}{
		{"all created", reply{status: 201, body: `{"issues":[` + created(1, 4) + `],"errors":[]}`}, "1 2 3", ""},
		{"the first failed", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[` + failedElement(0, "no") + `]}`}, "invalid/no 1 2", ""},
		{"the middle one failed", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[` + failedElement(1, "no") + `]}`}, "1 invalid/no 2", ""},
		{"two failed, named in reverse", reply{status: 201, body: `{"issues":[` + created(1, 2) + `],"errors":[` + failedElement(2, "c") + `,` + failedElement(0, "a") + `]}`}, "invalid/no 1 invalid/no", ""},
		{"all failed, with 400", fails(400, `{"issues":[],"errors":[`+failedElement(0, "a")+`,`+failedElement(1, "b")+`,`+failedElement(2, "c")+`]}`), "invalid/no invalid/no invalid/no", ""},
		{"an element that broke inside Jira", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[{"status":500,"failedElementNumber":2}]}`}, "1 2 unavailable/maybe", ""},
		{"an element without a status", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[{"failedElementNumber":2}]}`}, "1 2 invalid/no", ""},
		{"refused as a whole", fails(400, sentences("no project")), "invalid/no invalid/no invalid/no", KindInvalid},
		{"refused as a whole by a limit", fails(413, ""), "too-large/no too-large/no too-large/no", KindTooLarge},
		{"connection lost", reply{err: readError()}, "unavailable/maybe unavailable/maybe unavailable/maybe", KindUnavailable},
		{"numbers that do not add up", reply{status: 201, body: `{"issues":[` + created(1, 2) + `],"errors":[]}`}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
		{"a number out of range", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[` + failedElement(3, "x") + `]}`}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
		{"a number twice", reply{status: 201, body: `{"issues":[` + created(1, 2) + `],"errors":[` + failedElement(1, "x") + `,` + failedElement(1, "x") + `]}`}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
		{"no number", reply{status: 201, body: `{"issues":[` + created(1, 3) + `],"errors":[{"status":400}]}`}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
		{"an issue without an id", reply{status: 201, body: `{"issues":[` + created(1, 3) + `,{}],"errors":[]}`}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
		{"empty", reply{status: 201}, "malformed/yes malformed/yes malformed/yes", KindMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("POST /rest/api/2/issue/bulk", tt.reply)
			got, err := j.client().CreateIssues(t.Context(), news(3))
			equal(t, "results", tt.want, outcomes(got))
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
				return
			}
			noError(t, err)
		})
	}
}

func TestTheElementsOwnWordsAreKept(t *testing.T) {
	j := newFake(t, Cloud).on("POST /rest/api/2/issue/bulk", reply{status: 201, body: `{"issues":[],"errors":[` + failedElement(0, "Field 'labels' cannot be set.") + `]}`})
	got, err := j.client().CreateIssues(t.Context(), news(1))
	noError(t, err)
	equal(t, "fields", map[string]string{"labels": "Field 'labels' cannot be set."}, got[0].Err.Fields)
	equal(t, "status", 400, got[0].Err.Status)
}

func TestIssuesAreCreatedInBatchesAndAFailedBatchStopsTheRest(t *testing.T) {
	const bulk = "POST /rest/api/2/issue/bulk"
	j := newFake(t, Cloud).on(bulk, reply{status: 201, body: `{"issues":[` + created(1, 51) + `],"errors":[]}`}, reply{status: 201, body: `{"issues":[` + created(51, 61) + `],"errors":[]}`})
	got, err := j.client().CreateIssues(t.Context(), news(60))
	noError(t, err)
	equal(t, "last", "60", got[59].ID)
	equal(t, "calls", 2, len(j.calls()))

	j = newFake(t, Cloud).on(bulk, reply{status: 201, body: `{"issues":[` + created(1, 51) + `],"errors":[]}`}, fails(500, ""))
	got, err = j.client().CreateIssues(t.Context(), news(120))
	wantKind(t, err, KindUnavailable)
	equal(t, "results", 120, len(got))
	equal(t, "the first batch stands", "50", got[49].ID)
	equal(t, "the second may have happened", ExecutedMaybe, got[50].Err.Executed)
	equal(t, "the third was never sent", ExecutedNo, got[119].Err.Executed)
	equal(t, "calls", 2, len(j.calls()))
}

func TestNothingToCreateIsNoCall(t *testing.T) {
	j := newFake(t, Cloud)
	got, err := j.client().CreateIssues(t.Context(), nil)
	noError(t, err)
	equal(t, "results", 0, len(got))
	j.wantCalls()
}

func TestAPropertyThatJiraWouldNotStoreIsRefusedBeforeSending(t *testing.T) {
	j := newFake(t, Cloud)
	c := j.client()
	big := strings.Repeat("ä", propertyLimit)
	_, _, err := c.CreateIssue(t.Context(), NewIssue{Summary: "s", Properties: map[string]any{"k": big}})
	e := wantKind(t, err, KindTooLarge)
	equal(t, "Executed", ExecutedNo, e.Executed)
	_, err = c.CreateIssues(t.Context(), []NewIssue{{Summary: "s", Properties: map[string]any{"k": func() {}}}})
	wantKind(t, err, KindInvalid)
	wantKind(t, c.SetIssueProperty(t.Context(), "1", "k", big), KindTooLarge)
	wantKind(t, c.SetProjectProperty(t.Context(), "A", "k", make(chan int)), KindInvalid)
	_, err = c.AddComment(t.Context(), "1", "b", map[string]any{"k": big})
	wantKind(t, err, KindTooLarge)
	j.wantCalls()
	if errors.Is(err, ErrReadOnly) {
		t.Error("mistaken for read-only")
	}
}
