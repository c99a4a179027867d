package jira

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/rules"
)

func signer(t *testing.T, secrets ...string) Signer {
	t.Helper()
	s, err := NewSigner(secrets...)
	noError(t, err)
	return s
}

// aRecord is a record with something in every part.
func aRecord() rules.Record {
	at := time.Date(2026, 3, 2, 9, 0, 0, 123_000_000, time.UTC)
	return rules.Record{
		Version: rules.RecordVersion, Issue: "10005", Project: "10000", Round: 2,
		Declared: rules.Declaration{By: rules.Person{ID: "po", Name: "Paula <Owner> & \u2028 co"}, Label: "disaster", At: at, Change: "7", Judged: at.Add(time.Second), Source: "role"},
		Kinds:    []rules.Kind{rules.Data},
		Baseline: rules.Baseline{Number: 1, Since: at, Sprint: 12, Boards: []int64{1, 3}, Active: []int64{10}},
		Sprints:  []rules.SprintRecord{{ID: 10, Name: "SHOP 7", Goal: "sell", Board: 1, Start: at, Why: rules.AtDeclaration, At: at, Issues: []string{"101", "102"}, Done: 3}},
		Tasks:    map[string]string{"root-cause": "201", "inform": "200"},
		Comment:  "900", StatusHash: "abcd", Said: []string{"violation.10005.created.4"},
		Modes: []rules.Act{{Label: "system-offline", By: rules.Person{ID: "po"}, At: at, Change: "8"}},
	}
}

func TestARecordComesBackAsItWasSealed(t *testing.T) {
	s := signer(t, "secret-one")
	raw, err := s.SealRecord(aRecord())
	noError(t, err)
	got, state := s.OpenRecord(raw, "10005")
	equal(t, "state", rules.RecordValid, state)
	equal(t, "record", aRecord(), got)
}

func TestJiraMayStoreTheJSONInAnotherOrderAndSpacing(t *testing.T) {
	s := signer(t, "secret-one")
	raw, err := s.SealRecord(aRecord())
	noError(t, err)
	var loose map[string]any
	noError(t, json.Unmarshal(raw, &loose))
	stored, err := json.MarshalIndent(loose, "  ", "\t") // sorts the keys
	noError(t, err)
	got, state := s.OpenRecord(stored, "10005")
	equal(t, "state", rules.RecordValid, state)
	equal(t, "record", aRecord(), got)
}

func TestARecordIsBelievedOnlyAsAndonWroteItForThisIssue(t *testing.T) {
	s := signer(t, "secret-one")
	sealedBy := func(s Signer, change func(*rules.Record)) json.RawMessage {
		r := aRecord()
		if change != nil {
			change(&r)
		}
		raw, err := s.SealRecord(r)
		noError(t, err)
		return raw
	}
	good := string(sealedBy(s, nil))
	for _, c := range []struct {
		name string
		raw  string
		want rules.RecordState
	}{
		{"nothing is there", "", rules.RecordAbsent},
		{"a null is there", "null", rules.RecordAbsent},
		{"it is as it was written", good, rules.RecordValid},
		{"a clone carried it over", string(sealedBy(s, func(r *rules.Record) { r.Issue = "10006" })), rules.RecordVoid},
		{"another secret sealed it", string(sealedBy(signer(t, "secret-two"), nil)), rules.RecordDamaged},
		{"somebody changed the project", strings.Replace(good, `"project":"10000"`, `"project":"10001"`, 1), rules.RecordDamaged},
		{"somebody took a sprint's name", strings.Replace(good, "SHOP 7", "SHOP 8", 1), rules.RecordDamaged},
		{"somebody added a release", strings.Replace(good, `"comment"`, `"released":{"at":"2026-03-02T09:00:00Z"},"comment"`, 1), rules.RecordDamaged},
		{"the seal is gone", strings.Replace(good, `"mac"`, `"m"`, 1), rules.RecordDamaged},
		{"the seal is no hexadecimal number", `{"v":1,"data":{},"mac":"zz"}`, rules.RecordDamaged},
		{"the seal is empty", `{"v":1,"data":{},"mac":""}`, rules.RecordDamaged},
		{"it is a text", `"andon"`, rules.RecordDamaged},
		{"it is a list", `[1,2]`, rules.RecordDamaged},
		{"it is cut off", good[:len(good)/2], rules.RecordDamaged},
		{"the data are of another form", `{"v":1,"data":[1],"mac":"00"}`, rules.RecordDamaged},
		{"a later version wrote it", strings.Replace(good, `"v":1,"data"`, `"v":99,"data"`, 1), rules.RecordNewer},
		{"a later version wrote it in a form of its own", `{"v":2,"data":"?","mac":""}`, rules.RecordNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, state := s.OpenRecord(json.RawMessage(c.raw), "10005")
			equal(t, "state", c.want, state)
			if state != rules.RecordValid {
				equal(t, "record", rules.Record{}, got)
			}
		})
	}
}

func TestSecretsCanBeReplaced(t *testing.T) {
	old := signer(t, "old-secret")
	raw, err := old.SealRecord(aRecord())
	noError(t, err)
	both := signer(t, "new-secret", "old-secret")
	if _, state := both.OpenRecord(raw, "10005"); state != rules.RecordValid {
		t.Errorf("with the old secret still accepted the record is %v", state)
	}
	again, err := both.SealRecord(aRecord())
	noError(t, err)
	if _, state := signer(t, "new-secret").OpenRecord(again, "10005"); state != rules.RecordValid {
		t.Errorf("what the first secret sealed is %v", state)
	}
	if _, state := old.OpenRecord(again, "10005"); state != rules.RecordDamaged {
		t.Errorf("the old secret alone still opens what the new one sealed: %v", state)
	}
}

func TestASignerNeedsASecret(t *testing.T) {
	for name, secrets := range map[string][]string{"none": nil, "an empty one": {""}, "an empty one behind a good one": {"good", ""}} {
		if _, err := NewSigner(secrets...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestKindsOfRecordsAreNotExchangeable(t *testing.T) {
	s := signer(t, "secret-one")
	raw, err := s.seal("project", projectMemory{Project: "10000", Disasters: []string{"10005"}})
	noError(t, err)
	var m projectMemory
	if err := s.open("record", raw, &m); err == nil {
		t.Error("a project's record was opened as an issue's")
	}
	noError(t, s.open("project", raw, &m))
	equal(t, "disasters", []string{"10005"}, m.Disasters)
}

func TestARecordFitsIntoAnEntityProperty(t *testing.T) {
	s := signer(t, "secret-one")
	for _, issues := range []int{10, 2000, 20000} {
		r := aRecord()
		r.Sprints[0].Issues = nil
		for i := range issues {
			r.Sprints[0].Issues = append(r.Sprints[0].Issues, fmt.Sprint(100000+i))
		}
		for i := range 500 {
			r.Said = append(r.Said, fmt.Sprintf("violation.10005.created.%d", i))
		}
		raw, err := s.SealRecord(r)
		noError(t, err)
		if len(raw) > 32768 {
			t.Errorf("%d issues: %d characters, Jira takes 32768", issues, len(raw))
		}
		got, state := s.OpenRecord(raw, "10005")
		equal(t, "state", rules.RecordValid, state)
		if kept := len(got.Sprints[0].Issues) + got.Sprints[0].Cut; kept != issues {
			t.Errorf("%d issues: %d are accounted for", issues, kept)
		}
		equal(t, "the first issues are kept", r.Sprints[0].Issues[:10], got.Sprints[0].Issues[:10])
		equal(t, "the latest comment is remembered", r.Said[len(r.Said)-1], got.Said[len(got.Said)-1])
		equal(t, "comments remembered", maxSaid, len(got.Said))
		equal(t, "the caller's record is untouched", issues, len(r.Sprints[0].Issues))
	}
}

func TestAFullRecordOfALongFightFits(t *testing.T) {
	s, at := signer(t, "secret-one"), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	r := aRecord()
	for i := range 60 {
		person := rules.Person{ID: fmt.Sprintf("712020:%036d", i), Name: strings.Repeat("<&>", 20)}
		sp := rules.SprintRecord{ID: int64(100 + i), Name: strings.Repeat("n", 30), Goal: strings.Repeat("<g>", 200), Board: 1, Start: at, End: at, Why: rules.CreatedInFreeze, At: at, Undone: at, Times: 1}
		back := rules.Returned{Sprint: 11, By: person, At: at, Last: at, Undone: at, Times: 3}
		for k := range 70 {
			sp.Issues, back.Issues = append(sp.Issues, fmt.Sprint(10000+k)), append(back.Issues, fmt.Sprint(20000+k))
		}
		r.Sprints, r.Returned = append(r.Sprints, sp), append(r.Returned, back)
		r.Said, r.Told = append(r.Said, fmt.Sprintf("planned.10005.11.20000.%d", i)), append(r.Told, fmt.Sprintf("%016d", i))
	}
	r.Merged = &rules.Merged{Sprints: 400, Puts: 300, Issues: slices.Clone(r.Returned[0].Issues)}
	whole := len(r.Sprints) + len(r.Returned)
	raw, err := s.SealRecord(r)
	noError(t, err)
	if len(raw) > 32768 {
		t.Errorf("%d characters, Jira takes 32768", len(raw))
	}
	got, state := s.OpenRecord(raw, "10005")
	equal(t, "state", rules.RecordValid, state)
	equal(t, "violations accounted for", whole+700, len(got.Sprints)+len(got.Returned)+got.Merged.Sprints+got.Merged.Puts)
	equal(t, "what the declaration cancelled", rules.AtDeclaration, got.Sprints[0].Why)
	for _, b := range got.Returned {
		equal(t, "issues accounted for", 70, len(b.Issues)+b.Cut)
	}
	equal(t, "the caller's record is untouched", 70, len(r.Returned[0].Issues))
	equal(t, "and so is what was merged", 70, len(r.Merged.Issues))
}

func TestARecordThatCannotBeShortenedIsAnError(t *testing.T) {
	r := aRecord()
	r.Declared.Label = strings.Repeat("x", 40000)
	if _, err := signer(t, "secret-one").SealRecord(r); err == nil || !strings.Contains(err.Error(), "do not fit") {
		t.Errorf("error %v", err)
	}
}

func FuzzOpenRecord(f *testing.F) {
	s, err := NewSigner("secret-one")
	if err != nil {
		f.Fatal(err)
	}
	raw, err := s.SealRecord(aRecord())
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(raw))
	f.Add([]byte(`{"v":1,"data":{"issue":"10005"},"mac":"00"}`))
	f.Add([]byte(`{"v":2}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, state := s.OpenRecord(b, "10005")
		if state != rules.RecordValid {
			return
		}
		again, err := s.SealRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		if got, state := s.OpenRecord(again, "10005"); state != rules.RecordValid || got.Issue != "10005" {
			t.Fatalf("what was believed is not believed when it is written again: %v", state)
		}
	})
}

func TestMomentsThatWereTakenBackMakeRoomForTheRest(t *testing.T) {
	r := aRecord()
	for i := range 1000 {
		at := r.Declared.At.Add(time.Duration(i) * time.Hour)
		r.Past = append(r.Past, rules.Turn{Code: rules.StepFrozen, At: at}, rules.Turn{Code: rules.StepUnfrozen, At: at.Add(time.Minute)})
	}
	raw, err := signer(t, "a-secret-for-tests").SealRecord(r)
	noError(t, err)
	back, state := signer(t, "a-secret-for-tests").OpenRecord(raw, r.Issue)
	if state != rules.RecordValid || len(back.Past) == 0 || len(back.Past) >= 2000 || !back.Past[len(back.Past)-1].At.Equal(r.Past[1999].At) {
		t.Errorf("%d moments are left, the record is %v", len(back.Past), state)
	}
	if len(raw) > maxProperty {
		t.Errorf("%d characters", len(raw))
	}
}
