package rules

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawRecord draws a record with anything in it.
func drawRecord(t *rapid.T) Record {
	at := func(name string) time.Time {
		return start.Add(time.Duration(rapid.IntRange(0, 10000).Draw(t, name)) * time.Second)
	}
	texts := rapid.SliceOfN(rapid.StringMatching(`[a-z0-9.]{1,8}`), 0, 3)
	ids := rapid.SliceOfN(rapid.Int64Range(1, 99), 0, 3)
	people := rapid.SampledFrom([]Person{po, dev, sm, robot})
	act := func(name string) Act {
		return Act{Label: name, By: people.Draw(t, name+" by"), At: at(name), Change: rapid.StringMatching(`[0-9]{0,4}`).Draw(t, "change")}
	}
	r := Record{Version: RecordVersion, Issue: "100", Project: "10000", Round: rapid.IntRange(1, 5).Draw(t, "round"),
		Declared: Declaration{By: people.Draw(t, "by"), Label: "disaster", At: at("declared"), Judged: at("judged"), Source: "role"},
		Baseline: Baseline{Number: 1, Since: at("since"), Sprint: 9, Boards: ids.Draw(t, "boards"), Active: ids.Draw(t, "active"), Spared: ids.Draw(t, "spared")},
		Told:     texts.Draw(t, "told"), Said: texts.Draw(t, "said"), Comment: rapid.StringMatching(`[0-9]{0,3}`).Draw(t, "comment")}
	for _, id := range ids.Draw(t, "sprints") {
		r.Sprints = append(r.Sprints, SprintRecord{ID: id, Name: "s", Why: StartedInFreeze, At: at("at"), Issues: texts.Draw(t, "issues"), Times: 1})
		r.Left = append(r.Left, LeftAlone{ID: id, Name: "s", Why: "theirs"})
		r.Modes = append(r.Modes, act("system-offline"))
		r.Masters = append(r.Masters, people.Draw(t, "master"))
		r.Kinds = append(r.Kinds, Data)
	}
	if rapid.Bool().Draw(t, "acts") {
		restored, resume := act("system-restored"), act("sprint-resume")
		r.Restored, r.Resume, r.Tasks = &restored, &resume, map[string]string{"root-cause": "9", "dns": "8"}
	}
	if rapid.Bool().Draw(t, "over") {
		r.Withdrawn, r.Released = &Ending{At: at("withdrawn"), By: po}, &Ending{At: at("released")}
	}
	return r
}

// scribble changes everything that can be reached from a value without copying it.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			scribble(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.ValueOf("scribbled"))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				scribble(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("scribbled")
	case reflect.Int, reflect.Int64:
		v.SetInt(-1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
	}
}

func TestScribblingOnACloneLeavesTheRecordAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		kept, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("encode: %v", err)
		}
		c := r.clone()
		if diff := cmp.Diff(r, c); diff != "" {
			t.Fatalf("the clone tells something else:\n%s", diff)
		}
		scribble(reflect.ValueOf(&c).Elem())
		if now, err := json.Marshal(r); err != nil || string(now) != string(kept) {
			t.Fatalf("the record shares something with its clone:\n%s\n%s (%v)", kept, now, err)
		}
	})
}

func TestEveryRecordComesBackFromStorage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("encode: %v", err)
		}
		var back Record
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatalf("decode: %v", err)
		}
		if !sameRecord(r, back) || !sameRecord(back, r) {
			t.Fatalf("it is not the same any more:\n%s", cmp.Diff(r, back))
		}
		back.Round++
		if sameRecord(r, back) {
			t.Fatalf("another round goes unnoticed")
		}
	})
}

func TestASprintIsFoundInTheRecordByItsID(t *testing.T) {
	r := Record{Sprints: []SprintRecord{{ID: 7, Name: "seven"}, {ID: 8, Name: "eight"}, {ID: 7, Name: "seven again"}}}
	for id, name := range map[int64]string{7: "seven", 8: "eight", 9: "", 0: ""} {
		s, ok := r.sprint(id)
		if s.Name != name || ok != (name != "") {
			t.Errorf("sprint %d: got %q, %v", id, s.Name, ok)
		}
	}
}

func TestARecordHoldsNothingThatIsNotThere(t *testing.T) {
	raw, err := json.Marshal(Record{Version: RecordVersion, Issue: "100", Project: "10000", Baseline: Baseline{Number: 1, Since: start}, Declared: Declaration{By: Person{ID: "po"}, Label: "disaster", At: start, Judged: start}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"v":1,"issue":"100","project":"10000","declared":{"by":{"id":"po"},"label":"disaster","at":"2026-03-02T09:00:00Z","judged":"2026-03-02T09:00:00Z"},` +
		`"baseline":{"n":1,"since":"2026-03-02T09:00:00Z","sprint":0}}`
	if string(raw) != want {
		t.Errorf("got  %s\nwant %s", raw, want)
	}
}

func TestARecordThatCannotBeEncodedIsNeverTheSame(t *testing.T) {
	broken := Record{Rebuilt: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)} // JSON knows no such year
	if sameRecord(broken, broken) || sameRecord(Record{}, broken) || sameRecord(broken, Record{}) {
		t.Error("what cannot be written is taken for written")
	}
}
