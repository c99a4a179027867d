package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// Anybody who may edit the issue can write andon's record. Whatever stands there: nothing
// is cancelled that nobody declared, and no freeze ends because of it.

// forgeries are versions of a record in which one thing each was changed, without the
// secret. They come with a name for people.
func forgeries(t *testing.T, record json.RawMessage) map[string]any {
	t.Helper()
	out := map[string]any{
		"null": nil, "a text": "andon", "a number": 1, "a list": []any{record}, "an empty object": map[string]any{}, "a flag": true,
		"the record as a text": string(record), "the record in a record": map[string]any{"v": 1, "data": record, "mac": ""},
		"a record of 32 KB":   map[string]any{"v": 1, "data": map[string]any{"issue": strings.Repeat("x", 32_000)}, "mac": strings.Repeat("0", 64)},
		"a number too long":   json.RawMessage(`{"v":1e999,"data":{},"mac":""}`),
		"a negative version":  json.RawMessage(`{"v":-1,"data":{},"mac":""}`),
		"a deep one":          json.RawMessage(strings.Repeat(`{"data":`, 900) + "1" + strings.Repeat("}", 900)),
		"a released disaster": json.RawMessage(`{"v":1,"data":{"v":1,"issue":"10005","released":{"at":"2026-03-02T09:00:00Z"}},"mac":"00"}`),
	}
	var whole map[string]any
	decoder := json.NewDecoder(bytes.NewReader(record))
	decoder.UseNumber()
	if err := decoder.Decode(&whole); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	keep := func(name string) {
		raw, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = json.RawMessage(raw)
	}
	walk = func(path string, v any) {
		object, is := v.(map[string]any)
		if !is {
			return
		}
		for _, k := range slices.Sorted(maps.Keys(object)) {
			old := object[k]
			walk(path+"/"+k, old)
			delete(object, k)
			keep("without " + path + "/" + k)
			object[k] = forged(old)
			keep("another " + path + "/" + k)
			object[k] = old
		}
	}
	walk("", whole)
	return out
}

// forged is another value of the same type.
func forged(v any) any {
	switch v := v.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return at.Add(-48 * time.Hour).Format(time.RFC3339)
		}
		return v + "0"
	case json.Number:
		return v + "0"
	case bool:
		return !v
	case []any:
		return append(slices.Clone(v), v...)
	}
	return nil
}

// tamper writes something over the record as a developer, and looks. It says whether Jira
// took it.
func (d *deceived) tamper(name string, value any) bool {
	d.t.Helper()
	if d.jira.As("dev@example.com").SetProperty(d.seed.Issues[5], "andon", value) != nil {
		return false
	}
	d.clock.Advance(2 * time.Minute)
	d.boot()
	for _, err := range d.look() {
		d.t.Errorf("%s: %v", name, err)
	}
	d.holds(name)
	return true
}

func TestNoForgedRecordEndsAFreezeOrCancelsAnything(t *testing.T) {
	t.Parallel()
	eachDeceived(t, func(t *testing.T, d *deceived) {
		record, _ := d.jira.Property(d.seed.Issues[5], "andon")
		all, taken := forgeries(t, record), 0
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if d.tamper(name, all[name]) {
				taken++
			}
		}
		if taken < 60 || len(all)-taken > 3 {
			t.Errorf("Jira took only %d of %d forgeries", taken, len(all))
		}
		d.after(d.jira.As("dev@example.com").Transition(d.cause(d.seed.Issues[5]), "Done", "Done"))
		d.says(d.seed.Issues[5], "*Planning is free again.*", 1)
	})
}

func TestAForgedRecordDeclaresNothing(t *testing.T) {
	t.Parallel()
	eachDeceived(t, func(t *testing.T, d *deceived) {
		record, _ := d.jira.Property(d.seed.Issues[5], "andon")
		w := newWorld(t, d.jira.Flavour())
		before, dev := w.jira.DumpProject("BLOG"), w.jira.As("dev@example.com")
		w.after(dev.AddLabel(w.seed.Issues[4], "disaster"))
		all := forgeries(t, record)
		all["the whole record of another issue"] = record
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if dev.SetProperty(w.seed.Issues[4], "andon", all[name]) != nil {
				continue // Jira itself does not take it
			}
			w.clock.Advance(time.Minute)
			w.sweep()
			for _, err := range w.settle() {
				t.Errorf("%s: %v", name, err)
			}
			w.sprintIs(w.seed.ActiveSprint, jiratest.SprintActive)
			w.tasksAre(w.seed.Issues[4], 0)
		}
		if !sameWorld(before, w.jira.DumpProject("BLOG")) {
			t.Error("something of project BLOG was touched")
		}
	})
}

// Every record that andon ever wrote carries a good seal. Whoever kept an old one can put
// it back.
func TestAnOldRecordThatIsPutBackEndsNoFreezeAndCancelsNothing(t *testing.T) {
	t.Parallel()
	bothFlavours(t, func(t *testing.T, w *world) {
		issue, po, dev := w.seed.Issues[5], w.jira.As("po@example.com"), w.jira.As("dev@example.com")
		var old []json.RawMessage
		w.heard = func(req *http.Request) {
			if req.Method != http.MethodPut || !strings.Contains(req.URL.Path, "/issue/") || !strings.HasSuffix(req.URL.Path, "/properties/andon") {
				return
			}
			raw, err := io.ReadAll(req.Body)
			w.must(err)
			req.Body = io.NopCloser(bytes.NewReader(raw))
			old = append(old, raw)
		}
		w.after(po.AddLabel(issue, "disaster"))
		w.after(dev.Transition(w.cause(issue), "Done", "Done"))
		w.says(issue, "*Planning is free again.*", 1)
		released := len(old)
		w.after(po.RemoveLabel(issue, "disaster"))
		id, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, "SHOP Sprint 9")
		w.after(err)
		w.after(w.jira.As("sm@example.com").StartSprint(id, fortnight))
		replay := func(n int, state string) {
			t.Helper()
			w.must(dev.SetProperty(issue, "andon", old[n]))
			w.clock.Advance(2 * time.Minute)
			w.boot()
			for _, err := range w.settle() {
				t.Errorf("record %d of %d: %v", n, len(old), err)
			}
			if w.sprintIs(id, state); t.Failed() {
				t.Fatalf("record %d of %d was put back", n, len(old))
			}
		}
		step := 1
		if underRace {
			step = underRaceStories // they are alike in what runs side by side
		}
		for n := 0; n < released; n += step {
			replay(n, jiratest.SprintActive)
		}
		w.after(po.AddLabel(issue, "disaster"))
		w.cancelledBy(id, issue)
		for n, known := 0, len(old); n < known; n += step { // each look adds to them
			replay(n, jiratest.SprintClosed)
			again, err := w.jira.As("sm@example.com").CreateSprint(w.seed.ShopBoard, fmt.Sprint("Try ", n))
			w.after(err)
			if _, there := w.jira.Sprint(again); there {
				t.Errorf("record %d of %d, put back, ends the freeze", n, len(old))
			}
		}
	})
}
