package jira

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const (
	cloudSearchPlace = "POST /rest/api/2/search/jql"
	dcSearchPlace    = "POST /rest/api/2/search"
)

// hits are found issues with the given ids.
func hits(from, to int) string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf(`{"id":"%d","key":"A-%d","fields":{"summary":"s"}}`, i, i))
	}
	return "[" + strings.Join(out, ",") + "]"
}

func found(issues []Issue) string {
	var out []string
	for _, i := range issues {
		out = append(out, i.ID)
	}
	return strings.Join(out, " ")
}

func TestCloudSearchFollowsTokens(t *testing.T) {
	j := newFake(t, Cloud).on(cloudSearchPlace,
		ok(`{"issues":`+hits(1, 3)+`,"isLast":false,"nextPageToken":"t1"}`),
		ok(`{"issues":`+hits(2, 5)+`,"isLast":false,"nextPageToken":"t2"}`), // pages shift
		ok(`{"issues":`+hits(5, 6)+`,"isLast":true}`))
	got, err := j.client().Search(t.Context(), SearchQuery{JQL: "project = A", Fields: []string{"summary"}, Properties: []string{"andon"}, Reconcile: []string{"3", "10001"}})
	noError(t, err)
	equal(t, "issues", "1 2 3 4 5", found(got))
	const head, tail = `POST /rest/api/2/search/jql {"jql":"project = A","fields":["summary"],"maxResults":100,"properties":["andon"],"reconcileIssues":[3,10001]`, `}`
	j.wantCalls(head+tail, head+`,"nextPageToken":"t1"`+tail, head+`,"nextPageToken":"t2"`+tail)
}

func TestCloudSearchAlwaysNamesItsFields(t *testing.T) {
	j := newFake(t, Cloud).on(cloudSearchPlace, ok(`{"issues":[]}`))
	_, err := j.client().Search(t.Context(), SearchQuery{JQL: "project = A"})
	noError(t, err)
	var body struct{ Fields []string }
	noError(t, json.Unmarshal([]byte(j.calls()[0].Body), &body))
	equal(t, "fields", issueFields(), body.Fields)
}

func TestCloudSearchDoesNotBelieveEverything(t *testing.T) {
	tests := []struct {
		name    string
		answers []reply
		want    string
		fails   Kind
	}{
		{"isLast but a token: goes on", []reply{ok(`{"issues":` + hits(1, 2) + `,"isLast":true,"nextPageToken":"t"}`), ok(`{"issues":` + hits(2, 3) + `,"isLast":true}`)}, "1 2", ""},
		{"isLast, a token and nothing more", []reply{ok(`{"issues":` + hits(1, 2) + `,"isLast":true,"nextPageToken":"t"}`), ok(`{"issues":[],"isLast":true,"nextPageToken":"u"}`)}, "1", ""},
		{"no isLast, no token: the end", []reply{ok(`{"issues":` + hits(1, 2) + `}`)}, "1", ""},
		{"an empty page in the middle", []reply{ok(`{"issues":[],"isLast":false,"nextPageToken":"t"}`), ok(`{"issues":` + hits(1, 2) + `,"isLast":true}`)}, "1", ""},
		{"not last, but no token", []reply{ok(`{"issues":` + hits(1, 2) + `,"isLast":false}`)}, "", KindTooManyPages},
		{"the same token for ever", []reply{ok(`{"issues":` + hits(1, 2) + `,"isLast":false,"nextPageToken":"t"}`)}, "", KindTooManyPages},
		{"an issue without an id", []reply{ok(`{"issues":[{"key":"A-1"}],"isLast":true}`)}, "", KindMalformed},
		{"removed", []reply{fails(410, sentences("The requested API has been removed."))}, "", KindGone},
		{"bad JQL", []reply{fails(400, sentences("Error in the JQL Query"))}, "", KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := newFake(t, Cloud).on(cloudSearchPlace, tt.answers...).client().Search(t.Context(), SearchQuery{JQL: "x"})
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
				return
			}
			noError(t, err)
			equal(t, "issues", tt.want, found(got))
		})
	}
}

func TestCloudSearchHasAPageCap(t *testing.T) {
	j := newFake(t, Cloud)
	n := 0
	answers := make([]reply, 0, maxPages+1)
	for range maxPages + 1 {
		n++
		answers = append(answers, ok(fmt.Sprintf(`{"issues":%s,"isLast":false,"nextPageToken":"t%d"}`, hits(n, n+1), n)))
	}
	_, err := j.on(cloudSearchPlace, answers...).client().Search(t.Context(), SearchQuery{JQL: "x"})
	wantKind(t, err, KindTooManyPages)
	equal(t, "calls", maxPages, len(j.calls()))
}

func TestALimitEndsTheSearch(t *testing.T) {
	for f, place := range map[Flavour]string{Cloud: cloudSearchPlace, DataCenter: dcSearchPlace} {
		j := newFake(t, f).on(place,
			ok(`{"issues":`+hits(1, 3)+`,"startAt":0,"total":9,"nextPageToken":"t1"}`),
			ok(`{"issues":`+hits(3, 5)+`,"startAt":2,"total":9,"nextPageToken":"t2"}`))
		got, err := j.client().Search(t.Context(), SearchQuery{JQL: "x", Limit: 3})
		noError(t, err)
		equal(t, string(f), "1 2 3", found(got))
		equal(t, "calls", 2, len(j.calls()))
	}
}

func TestWhatCloudWouldRefuseIsNotSent(t *testing.T) {
	j := newFake(t, Cloud)
	c := j.client()
	for _, q := range []SearchQuery{
		{JQL: "x", Reconcile: strings.Split(strings.Repeat("1,", 50)+"1", ",")},
		{JQL: "x", Reconcile: []string{"A-1"}},
		{JQL: "x", Properties: []string{"1", "2", "3", "4", "5", "6"}},
	} {
		_, err := c.Search(t.Context(), q)
		wantKind(t, err, KindInvalid)
	}
	j.wantCalls()
}

func TestDataCenterSearchIsPagedAndReadsPropertiesOneByOne(t *testing.T) {
	j := newFake(t, DataCenter).
		on(dcSearchPlace, ok(`{"startAt":0,"maxResults":2,"total":3,"issues":`+hits(1, 3)+`}`), ok(`{"startAt":2,"maxResults":2,"total":3,"issues":`+hits(3, 4)+`}`)).
		on("GET /rest/api/2/issue/1/properties/andon", ok(`{"key":"andon","value":{"v":1}}`)).
		on("GET /rest/api/2/issue/2/properties/andon", fails(404, "")).
		on("GET /rest/api/2/issue/3/properties/andon", ok(`{"key":"andon","value":null}`))
	got, err := j.client().Search(t.Context(), SearchQuery{JQL: "project = A", Fields: []string{"summary"}, Properties: []string{"andon"}, Reconcile: []string{"3"}})
	noError(t, err)
	equal(t, "issues", "1 2 3", found(got))
	equal(t, "property", `{"v":1}`, string(got[0].Properties["andon"]))
	equal(t, "none", 0, len(got[1].Properties))
	j.wantCalls(
		`POST /rest/api/2/search {"fields":["summary"],"jql":"project = A","maxResults":100,"startAt":0}`,
		`POST /rest/api/2/search {"fields":["summary"],"jql":"project = A","maxResults":100,"startAt":2}`,
		"GET /rest/api/2/issue/1/properties/andon", "GET /rest/api/2/issue/2/properties/andon", "GET /rest/api/2/issue/3/properties/andon")
}

func TestDataCenterSearchThatNeverAdvancesEnds(t *testing.T) {
	j := newFake(t, DataCenter).on(dcSearchPlace, ok(`{"startAt":0,"maxResults":0,"total":3,"issues":[]}`))
	_, err := j.client().Search(t.Context(), SearchQuery{JQL: "x"})
	wantKind(t, err, KindTooManyPages)
	equal(t, "calls", maxEmpty+1, len(j.calls()))
}

func TestSprintIssuesComeBySearch(t *testing.T) {
	j := newFake(t, Cloud).on(cloudSearchPlace, ok(`{"issues":`+hits(1, 3)+`,"isLast":true}`))
	got, err := j.client().SprintIssues(t.Context(), 37)
	noError(t, err)
	equal(t, "issues", "1 2", found(got))
	if body := j.calls()[0].Body; !strings.Contains(body, `"jql":"sprint = 37 ORDER BY Rank ASC"`) {
		t.Errorf("body %s", body)
	}
}

func TestQuoteJQL(t *testing.T) {
	for in, want := range map[string]string{
		`disaster`: `"disaster"`, `a "b" \c`: `"a \"b\" \\c"`, "a\nb\x00": `"a b "`, ``: `""`, `x" OR project = B OR "`: `"x\" OR project = B OR \""`,
	} {
		equal(t, in, want, QuoteJQL(in))
	}
}

func FuzzQuoteJQL(f *testing.F) {
	f.Add(`a"b\`)
	f.Add("\\\"")
	f.Fuzz(func(t *testing.T, s string) {
		q := QuoteJQL(s)
		inner := q[1 : len(q)-1]
		for i := 0; i < len(inner); i++ {
			switch inner[i] {
			case '\\':
				i++ // escapes the next
				if i == len(inner) {
					t.Fatalf("%q escapes its own closing quote", q)
				}
			case '"':
				t.Fatalf("%q ends early", q)
			}
		}
	})
}
