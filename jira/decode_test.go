package jira

import (
	"encoding/json"
	"testing"
	"time"
)

func TestTimesInEveryFormJiraWrites(t *testing.T) {
	tests := []struct{ raw, want string }{
		{`"2019-02-16T13:12:10.037-0800"`, "2019-02-16T21:12:10.037Z"},
		{`"2019-02-16T13:12:10.037+0000"`, "2019-02-16T13:12:10.037Z"},
		{`"2019-02-16T13:12:10-0800"`, "2019-02-16T21:12:10Z"},
		{`"2020-07-30T21:13:24.588Z"`, "2020-07-30T21:13:24.588Z"},
		{`"2015-04-11T15:22:00.000+10:00"`, "2015-04-11T05:22:00Z"},
		{`"2015-04-11T15:22:00+10"`, "2015-04-11T05:22:00Z"},
		{`"2015-04-11"`, "2015-04-11T00:00:00Z"},
		{`1492070429`, "2017-04-13T08:00:29Z"},
		{`1492070429123`, "2017-04-13T08:00:29.123Z"},
		{`"1492070429"`, "2017-04-13T08:00:29Z"},
		{`1.49207042e9`, "2017-04-13T08:00:20Z"},
		{`0`, "1970-01-01T00:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.raw, func(t *testing.T) {
			var got stamp
			noError(t, json.Unmarshal([]byte(tt.raw), &got))
			equal(t, "time", moment(t, tt.want), got.Time)
		})
	}
	for _, nothing := range []string{`null`, `""`} {
		var s struct{ T stamp }
		noError(t, json.Unmarshal([]byte(`{"T":`+nothing+`}`), &s))
		equal(t, "zero", true, s.T.IsZero())
		equal(t, "no time", (*time.Time)(nil), s.T.ptr())
	}
	for _, bad := range []string{`"yesterday"`, `-1`, `1e300`, `true`, `{}`, `[]`, `"2019-02-30T13:12:10.037-0800"`, `"NaN"`} {
		var got stamp
		if err := json.Unmarshal([]byte(bad), &got); err == nil {
			t.Errorf("%s was read as %v", bad, got)
		}
	}
}

func TestIDsAsTextOrNumber(t *testing.T) {
	for raw, want := range map[string]flexID{`"10040"`: "10040", `10040`: "10040", `null`: "", `""`: "", `"ABC"`: "ABC", `-1`: "-1"} {
		var got flexID
		noError(t, json.Unmarshal([]byte(raw), &got))
		equal(t, raw, want, got)
	}
	for _, bad := range []string{`1.5`, `true`, `{}`, `1e3`, `99999999999999999999`} {
		var got flexID
		if err := json.Unmarshal([]byte(bad), &got); err == nil {
			t.Errorf("%s was read as %q", bad, got)
		}
	}
	equal(t, "number of a text", int64(0), flexID("ABC").num())
}

func TestFlagsAsTextOrBool(t *testing.T) {
	for raw, want := range map[string]flexBool{`true`: true, `"true"`: true, `false`: false, `"false"`: false, `null`: false, `""`: false} {
		got := !want
		noError(t, json.Unmarshal([]byte(raw), &got))
		equal(t, raw, want, got)
	}
	var got flexBool
	if err := json.Unmarshal([]byte(`"perhaps"`), &got); err == nil {
		t.Error(`"perhaps" was read`)
	}
}

func TestProseComesAsTextOrAsADocument(t *testing.T) {
	const doc = `{"version":1,"type":"doc","content":[
		{"type":"paragraph","content":[{"type":"text","text":"Line "},{"type":"text","text":"one"}]},
		{"type":"paragraph","content":[{"type":"text","text":"Line two"}]}]}`
	for raw, want := range map[string]prose{`"plain"`: "plain", `null`: "", doc: "Line one\nLine two", `7`: "", `[]`: ""} {
		var got prose
		noError(t, json.Unmarshal([]byte(raw), &got))
		equal(t, raw, want, got)
	}
}

func FuzzStamp(f *testing.F) {
	for _, seed := range []string{`"2019-02-16T13:12:10.037-0800"`, `"2020-07-30T21:13:24.588Z"`, `1492070429`, `null`, `""`, `"x"`, ` 1`, `1e15`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		at, err := parseStamp([]byte(raw))
		if err != nil {
			return
		}
		// What is read can be written and read again as the same moment.
		if at.Year() < 0 || at.Year() > 9999 {
			return
		}
		again, err := parseStamp([]byte(`"` + at.Format("2006-01-02T15:04:05.999999999-0700") + `"`))
		if err != nil || !again.Equal(at) {
			t.Fatalf("%q: %v read again as %v (%v)", raw, at, again, err)
		}
	})
}

func FuzzChangelog(f *testing.F) {
	f.Add([]byte(`{"startAt":0,"maxResults":1,"total":1,"histories":[{"id":"1","author":{"accountId":"a"},"created":"2019-02-16T13:12:10.037-0800","items":[{"field":"labels","from":null,"fromString":"","to":null,"toString":"disaster"}]}]}`))
	f.Add([]byte(`{"total":2,"histories":[{"id":7,"created":1492070429,"items":null},{"id":"6","created":1492070429}]}`))
	f.Add([]byte(`{"histories":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var w wireChangelog
		if json.Unmarshal(raw, &w) != nil {
			return
		}
		changes := sortedChanges(w.Histories)
		if w.whole() && len(changes) < *w.Total {
			t.Fatalf("%d of %d changes called whole", len(changes), *w.Total)
		}
		for i := 1; i < len(changes); i++ {
			if changes[i].Created.Before(changes[i-1].Created) {
				t.Fatalf("not sorted: %v", changes)
			}
		}
	})
}

func FuzzIssue(f *testing.F) {
	f.Add([]byte(`{"id":"1","key":"A-1","fields":{"labels":["x"],"description":{"type":"doc"},"parent":{"id":"2"},"issuelinks":[{"id":1,"inwardIssue":{"id":3}}]}}`))
	f.Add([]byte(`{"id":1,"fields":null,"properties":{"andon":{}}}`))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		var w wireIssue
		if json.Unmarshal(raw, &w) == nil {
			w.issue()
		}
	})
}
