package main

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/rules"

	"github.com/google/go-cmp/cmp"
)

func TestDeadlines(t *testing.T) {
	tests := []struct {
		name, value string
		base        time.Duration
		kinds       map[string]time.Duration
	}{
		{"none", "", 0, nil},
		{"one for all", "4h", 4 * time.Hour, nil},
		{"one for all and others by kind", "4h,security=2h, data = 8h", 4 * time.Hour, map[string]time.Duration{"security": 2 * time.Hour, "data": 8 * time.Hour}},
		{"only for a kind", "accidental=90m", 0, map[string]time.Duration{"accidental": 90 * time.Minute}},
		{"in any order", "data=1h,30m", 30 * time.Minute, map[string]time.Duration{"data": time.Hour}},
		{"the shortest and the longest", "1m,data=720h", time.Minute, map[string]time.Duration{"data": 720 * time.Hour}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base, kinds := mustLoad(t, goodEnv("ANDON_RECOVERY_SLA="+tt.value)).SLA()
			if base != tt.base {
				t.Errorf("base %v, want %v", base, tt.base)
			}
			if diff := cmp.Diff(tt.kinds, kinds); diff != "" {
				t.Errorf("by kind (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeadlinesAreHandedOutAsACopy(t *testing.T) {
	c := mustLoad(t, goodEnv("ANDON_RECOVERY_SLA=4h,data=8h"))
	_, kinds := c.SLA()
	kinds["data"] = 0
	if _, again := c.SLA(); again["data"] != 8*time.Hour {
		t.Error("whoever reads the deadlines can change them")
	}
}

func TestFaultsOfRecovery(t *testing.T) {
	const sla = "ANDON_RECOVERY_SLA"
	tests := []struct{ name, env, want string }{
		{"a deadline without a unit", sla + "=4", sla + ` is "4"`},
		{"no deadline at all", sla + "=0", sla + ` is "0"`},
		{"two for all", sla + "=4h,5h", sla + ` is "4h,5h"`},
		{"two for a kind", sla + "=data=4h,data=5h", sla + ` is "data=4h,data=5h"`},
		{"one for a kind without a name", sla + "==4h", sla + ` is "=4h"`},
		{"a kind without a deadline", sla + "=data=", sla + ` is "data="`},
		{"an empty item", sla + "=4h,,data=5h", sla + " has an empty item"},
		{"too short a deadline", sla + "=59s", sla + " is 59s"},
		{"a negative deadline", sla + "=-4h", sla + " is -4h0m0s"},
		{"too long a deadline", sla + "=721h", sla + " is 721h0m0s"},
		{"too short a deadline for a kind", sla + "=4h,data=0s,security=1s", sla + " is 0s for data\n" + sla + " is 1s for security"},
		{"an unknown kind", sla + "=4h,fire=2h", sla + ` names the kind "fire"`},
		{"a kind in capitals", sla + "=Data=2h", sla + ` names the kind "Data"`},
		{"somebody else's acceptance", "ANDON_ROOT_CAUSE_ACCEPTANCE=sm", `ANDON_ROOT_CAUSE_ACCEPTANCE is "sm"`},
		{"evidence that is no truth", "ANDON_ROOT_CAUSE_EVIDENCE=much", `ANDON_ROOT_CAUSE_EVIDENCE is "much"`},
		{"another condition of release", "ANDON_RELEASE_REQUIRES=verified", `ANDON_RELEASE_REQUIRES is "verified"`},
		{"another way of freezing", "ANDON_FREEZE=ice", `ANDON_FREEZE is "ice"`},
		{"a way of freezing in capitals", "ANDON_FREEZE=Permissions", `ANDON_FREEZE is "Permissions"`},
		{"a blank role of stakeholders", "ANDON_STAKEHOLDER_ROLE= ", "ANDON_STAKEHOLDER_ROLE is empty"},
		{"stakeholders who decide", "ANDON_STAKEHOLDER_ROLE=Product owner", "ANDON_STAKEHOLDER_ROLE is the same as ANDON_PO_ROLE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := faultsOf(t, goodEnv(tt.env)); got != tt.want {
				t.Errorf("%s\n got %q\nwant %q", tt.env, got, tt.want)
			}
		})
	}
}

func TestOptionsOfRecovery(t *testing.T) {
	c := mustLoad(t, goodEnv())
	if c.RootCauseAcceptance != "" || c.RootCauseEvidence || c.ReleaseRequires != "" || c.StakeholderRole != "Stakeholder" || c.TaskFields != nil || c.NotifyURLs != nil {
		t.Errorf("something is on by default:\n%v", c)
	}
	c = mustLoad(t, goodEnv("ANDON_ROOT_CAUSE_ACCEPTANCE=po", "ANDON_ROOT_CAUSE_EVIDENCE=true", "ANDON_RELEASE_REQUIRES=restored", "ANDON_STAKEHOLDER_ROLE=Board"))
	if c.RootCauseAcceptance != "po" || !c.RootCauseEvidence || c.ReleaseRequires != "restored" || c.StakeholderRole != "Board" {
		t.Errorf("options were read wrongly:\n%v", c)
	}
}

func TestAFreezeOnlyUndoesUnlessTheOperatorSaysOtherwise(t *testing.T) {
	for env, want := range map[string]rules.FreezeMode{
		"ANDON_FREEZE=": rules.FreezeReact, "ANDON_FREEZE=react": rules.FreezeReact, "ANDON_FREEZE=permissions": rules.FreezePermissions,
	} {
		s, err := mustLoad(t, goodEnv(env)).ruleSettings()
		if err != nil || s.Freeze != want {
			t.Errorf("%s gives %q, %v", env, s.Freeze, err)
		}
	}
}

func TestTaskFields(t *testing.T) {
	c := mustLoad(t, goodEnv("ANDON_TASK_FIELDS= {\"customfield_10050\" : {\"value\": \"a<b\"},\n\"priority\":{\"id\":\"3\"},\"customfield_1\":[1, 2.50]} "))
	want := TaskFields{
		"customfield_10050": json.RawMessage(`{"value":"a<b"}`), "priority": json.RawMessage(`{"id":"3"}`), "customfield_1": json.RawMessage(`[1,2.50]`),
	}
	if diff := cmp.Diff(want, c.TaskFields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if got := c.TaskFields.String(); got != `{"customfield_1":[1,2.50],"customfield_10050":{"value":"a<b"},"priority":{"id":"3"}}` {
		t.Errorf("shown as %s", got)
	}
	if c = mustLoad(t, goodEnv("ANDON_TASK_FIELDS={}")); c.TaskFields != nil || c.TaskFields.String() != "" {
		t.Errorf("an empty object is no fields: %v", c.TaskFields)
	}
}

func TestFaultsOfTaskFields(t *testing.T) {
	const name = "ANDON_TASK_FIELDS"
	tests := []struct{ name, value, want string }{
		{"no JSON", "high", ` is "high"`},
		{"a list", `["a"]`, ` is "[\"a\"]"`},
		{"an open object", `{"a":1`, ` is "{\"a\":1"`},
		{"a comma at the end", `{"a":1,}`, ` is "{\"a\":1,}"`},
		{"a value that is none", `{"a":high}`, ` is "{\"a\":high}"`},
		{"something after it", `{"a":1} {}`, ` is "{\"a\":1} {}"`},
		{"a field twice", `{"a":1,"a":2}`, ` is "{\"a\":1,\"a\":2}"`},
		{"a field without a value", `{"a":null}`, ` gives the field "a" no value`},
		{"a field by its name", `{"Story Points":1}`, ` names "Story Points", which is not the id of a field`},
		{"a field without an id", `{"":1}`, ` names "", which is not the id of a field`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := faultsOf(t, goodEnv(name+"="+tt.value)); got != name+tt.want {
				t.Errorf("got %q, want %q", got, name+tt.want)
			}
		})
	}
	for _, own := range []string{"project", "issuetype", "parent", "summary", "Summary", "description"} {
		want := name + ` names "` + own + `", which andon itself sets`
		if got := faultsOf(t, goodEnv(name+`={"`+own+`":"x"}`)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	long := `{"a":"` + strings.Repeat("x", maxTaskFields) + `"}`
	if got := faultsOf(t, goodEnv(name+"="+long)); !strings.HasPrefix(got, name+" is ") {
		t.Errorf("%d bytes are taken", len(long))
	}
}

// FuzzDeadlines sees that whatever is read means the same when it is written again.
func FuzzDeadlines(f *testing.F) {
	for _, value := range []string{"4h", "4h,security=2h,data=8h", "data=1h,30m", "=1h", "1h,", "-1ns", "data==1h"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		var first, again Deadlines
		if err := first.Decode(value); err != nil {
			return
		}
		if err := again.Decode(first.String()); err != nil {
			t.Fatalf("%q is read, %q is not: %v", value, first, err)
		}
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%q: %#v became %#v", value, first, again)
		}
		if faults := checkSLA(first); len(faults) == 0 {
			for _, d := range append(slices.Collect(maps.Values(first.Kinds)), max(first.Base, minSLA)) {
				if d < minSLA || d > maxSLA {
					t.Errorf("%q: %v is taken", value, d)
				}
			}
		}
	})
}

// FuzzTaskFields is the same for the fields.
func FuzzTaskFields(f *testing.F) {
	for _, value := range []string{`{"customfield_10050":"high"}`, `{"a":{"b":[1,null,"\u003c"]}}`, `{}`, `{"a":1}x`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `{"\ud800":1}`} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		var first, again TaskFields
		if err := first.Decode(value); err != nil {
			return
		}
		if !json.Valid([]byte(value)) {
			t.Fatalf("%q is taken, but is no JSON", value)
		}
		if len(checkTaskFields(first)) > 0 {
			return
		}
		text := first.String()
		if text == "" {
			text = "{}"
		}
		if err := again.Decode(text); err != nil {
			t.Fatalf("%q is read, %q is not: %v", value, text, err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("%q (-first +again):\n%s", value, diff)
		}
	})
}
