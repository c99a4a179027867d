package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sameStory compares what two records tell.
func sameStory(t *testing.T, want, got Record) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the record tells something else (-want +got):\n%s", diff)
	}
}

// firstRecord is the record that the next decision wants to be written first.
func firstRecord(t *testing.T, w *world) Record {
	t.Helper()
	f := w.facts()
	for range 6 {
		p := Decide(f)
		if p.Wants.Empty() {
			if r, ok := slices.Concat(p.Actions, []Action{nil})[0].(Remember); ok && p.Stage == StageRemember {
				return r.Record
			}
			t.Fatalf("stage %q begins with %v", p.Stage, p.Actions)
		}
		f = w.fulfil(f, p.Wants)
	}
	t.Fatalf("it wants more and more")
	return Record{}
}

func TestWhatADeclarationRemembers(t *testing.T) {
	w := newWorld()
	w.sprint(13, "mine", SprintActive, 3, "300")
	w.sprint(14, "mine too", SprintActive, 3, "100", "301")
	w.sprint(15, "SHOP side", SprintActive, 1).Start = start
	w.add(po, "100", "disaster-data")
	w.tick(time.Minute)
	sameStory(t, Record{
		Version: RecordVersion, Issue: "100", Project: "10000", Key: "SHOP-100", Round: 1,
		Declared: Declaration{By: po, Label: "disaster-data", At: start.Add(time.Second), Change: "1001", Judged: w.now, Source: "role"},
		Kinds:    []Kind{Data},
		Baseline: Baseline{Number: 1, Since: w.now, Sprint: 15, Board: 3, Boards: []int64{1}, Active: []int64{10, 14, 15}},
		Sprints: []SprintRecord{
			{ID: 10, Name: "SHOP 1", Goal: "sell more", Board: 1, Why: AtDeclaration, At: w.now, Issues: []string{"101", "102"}},
			{ID: 14, Name: "mine too", Board: 3, Why: AtDeclaration, At: w.now, Issues: []string{"100", "301"}},
			{ID: 15, Name: "SHOP side", Board: 1, Start: start, Why: AtDeclaration, At: w.now},
		},
		Left: []LeftAlone{
			{ID: 12, Name: "BLOG 1", Why: `its origin board 2 "BLOG and SHOP" is located in project BLOG`},
			{ID: 13, Name: "mine", Why: `its origin board 3 "My own" is located in no project`},
		},
	}, firstRecord(t, w))
}

func TestADeclarationWithoutSprintsRemembersNone(t *testing.T) {
	w := newWorld()
	w.sprints, w.boards = nil, nil
	w.add(po, "100", "disaster")
	sameStory(t, Record{Version: RecordVersion, Issue: "100", Project: "10000", Key: "SHOP-100", Round: 1,
		Declared: Declaration{By: po, Label: "disaster", At: w.now, Change: "1001", Judged: w.now, Source: "role"},
		Baseline: Baseline{Number: 1, Since: w.now}}, firstRecord(t, w))
}

func TestWhatADeclarationAnewTakesAlong(t *testing.T) {
	again := func(w *world) {
		w.take(po, "100", "disaster")
		w.look(t)
		w.tick(time.Minute)
		w.add(po, "100", "disaster-security")
	}
	tests := []struct {
		name    string
		between func(*world)
		round   int
		sprints []int64
		whys    []Undoing
	}{
		{"what was cancelled before still waits", again, 2, []int64{10}, []Undoing{AtDeclaration}},
		{"what runs now is cancelled too", func(w *world) {
			again(w)
			w.find(11).State = SprintActive
		}, 2, []int64{11}, []Undoing{AtDeclaration}},
		{"tasks of a round that no record tells are counted", func(w *world) {
			for _, i := range w.issues {
				if i.mark != nil {
					i.mark.Round = 6
				}
			}
			again(w)
		}, 7, []int64{10}, []Undoing{AtDeclaration}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			old, _ := w.recordOf("100")
			test.between(w)
			r := firstRecord(t, w)
			var ids []int64
			var whys []Undoing
			for _, s := range r.Sprints {
				ids, whys = append(ids, s.ID), append(whys, s.Why)
			}
			if r.Round != test.round || !slices.Equal(ids, test.sprints) || !slices.Equal(whys, test.whys) {
				t.Errorf("round %d, sprints %v %v", r.Round, ids, whys)
			}
			if r.Comment != old.Comment || len(r.Said) == 0 || r.Withdrawn != nil || r.Released != nil || len(r.Modes) > 0 || r.Restored != nil {
				t.Errorf("taken along: %+v", r)
			}
			if r.Declared.Label != "disaster-security" || !slices.Equal(r.Kinds, []Kind{Security}) || !r.Declared.Judged.Equal(w.now) {
				t.Errorf("declared %+v of kinds %v", r.Declared, r.Kinds)
			}
		})
	}
}

func TestWhatPeopleHaveHeardOfIsNoNewsInADeclarationAnew(t *testing.T) {
	for _, test := range []struct {
		name  string
		while func(*world)
		taken bool
	}{
		{"a sprint that was undone still waits", func(*world) {}, true},
		{"nothing of it is taken along once another one runs", func(w *world) { w.find(11).State = SprintActive }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			w.settings.Channels = []string{"ops"}
			w.find(10).State = SprintActive // somebody opens it again
			w.look(t)
			heard, _ := w.recordOf("100")
			if len(heard.Told) == 0 {
				t.Fatal("nobody has heard of anything")
			}
			w.take(po, "100", "disaster")
			w.look(t)
			w.tick(time.Minute)
			w.add(po, "100", "disaster-security")
			test.while(w)
			if r := firstRecord(t, w); len(r.Told) > 0 != test.taken || test.taken && !slices.Contains(r.Told, heard.Told[len(heard.Told)-1]) {
				t.Errorf("told %v, of what was told before: %v", r.Told, heard.Told)
			}
		})
	}
}

func TestWhatARebuiltRecordTells(t *testing.T) {
	w := newWorld()
	w.add(dev, "100", "disaster")
	w.add(po, "100", "disaster-accidental")
	w.look(t)
	w.sprint(20, "started meanwhile", SprintActive, 1, "105")
	w.tick(time.Hour)
	w.issues["100"].state = RecordDamaged
	p := decided(w, w.facts())
	r, ok := p.Actions[0].(Remember)
	if !ok || p.Stage != StageRemember || len(p.Actions) != 1 {
		t.Fatalf("stage %q, %v", p.Stage, p.Actions)
	}
	tasks := r.Record.Tasks
	r.Record.Tasks = nil
	sameStory(t, Record{Version: RecordVersion, Issue: "100", Project: "10000", Key: "SHOP-100", Round: 1, Rebuilt: w.now,
		Declared: Declaration{By: po, Label: "disaster-accidental", At: start.Add(2 * time.Second), Change: "1002", Judged: w.now, Source: "rebuilt"},
		Kinds:    []Kind{Accidental},
		Baseline: Baseline{Number: 1, Since: w.now, Sprint: 20, Board: 3, Boards: []int64{1}, Spared: []int64{12, 20}},
	}, r.Record)
	if len(tasks) != 12 {
		t.Errorf("found are %d tasks", len(tasks))
	}
	const text = "andon's record on SHOP-100 was missing or changed by somebody else; it was made anew, and sprints that run now are left alone"
	if !slices.ContainsFunc(p.Notices, func(n Reason) bool { return n.Code == "record-rebuilt" && n.Text == text }) {
		t.Errorf("told is %+v", p.Notices)
	}
	w.look(t)
	if body := w.issues["100"].bodies["status.100"]; w.find(20).State != SprintActive || !strings.Contains(body, "was made anew at") {
		t.Errorf("the sprint is %s, the status says\n%s", w.find(20).State, body)
	}
}

func TestTheProofOfADeclaration(t *testing.T) {
	const d, data = "disaster", "disaster-data"
	tests := []struct {
		name   string
		d      Disaster
		by     string
		change string
		over   bool
		proved bool
	}{
		{"nobody ever set a label", candidate(nil), "", "", false, false},
		{"others set it", candidate(l(d), change("1", 1, dev, l(d), nil)), "", "", false, false},
		{"a Product Owner set it", candidate(l(d), change("1", 1, po, l(d), nil)), "po", "1", false, true},
		{"the first of a Product Owner's labels counts", candidate(l(d, data), change("1", 1, po, l(data), nil), change("2", 2, po, l(d), nil)), "po", "1", false, true},
		{"others' labels before it do not count", candidate(l(d, data), change("1", 1, dev, l(data), nil), change("2", 2, po, l(d), nil)), "po", "2", false, true},
		{"age does not matter", candidate(l(d), change("1", -60*24*90, po, l(d), nil)), "po", "1", false, true},
		{"somebody else took it off", candidate(nil, change("1", 1, po, l(d), nil), change("2", 2, dev, nil, l(d))), "po", "1", false, true},
		{"a Product Owner took it off", candidate(nil, change("1", 1, po, l(d), nil), change("2", 2, po, nil, l(d))), "po", "1", true, true},
		{"a Product Owner took one of two off", candidate(l(data), change("1", 1, po, l(d, data), nil), change("2", 2, po, nil, l(d))), "po", "1", false, true},
		{"a Product Owner took it off and set it again", candidate(l(d), change("1", 1, po, l(d), nil), change("2", 2, po, nil, l(d)), change("3", 3, po, l(d), nil)),
			"po", "3", false, true},
		{"a Product Owner took it off and somebody else set it again", candidate(l(d), change("1", 1, po, l(d), nil), change("2", 2, po, nil, l(d)), change("3", 3, dev, l(d), nil)),
			"po", "1", true, true},
		{"somebody else took it off and a Product Owner set it again", candidate(l(d), change("1", 1, po, l(d), nil), change("2", 2, dev, nil, l(d)), change("3", 3, po, l(d), nil)),
			"po", "1", false, true},
		{"others' label that a Product Owner took off", candidate(nil, change("1", 1, dev, l(d), nil), change("2", 2, po, nil, l(d))), "", "", false, false},
		{"it was there from the creation by a Product Owner", func() Disaster { d := candidate(l(d)); d.Creator = po; return d }(), "po", "", false, true},
		{"it was there from the creation by a Product Owner and was taken off", func() Disaster {
			d := candidate(nil, change("1", 1, po, nil, l(d)))
			d.Creator = po
			return d
		}(), "po", "", true, true},
		{"labels that declare nothing do not count", candidate(l("system-offline"), change("1", 1, po, l("system-offline", "disasters"), nil)), "", "", false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWork(judgeFacts())
			by, over, proved := w.proof(test.d, time.Time{})
			if by.By.ID != test.by || by.Change != test.change || over != test.over || proved != test.proved {
				t.Errorf("got %q by change %q, over %v, proved %v", by.By.ID, by.Change, over, proved)
			}
			if !proved && (!by.At.Equal(test.d.Created) || by.Label != "disaster") {
				t.Errorf("for want of a proof the creation counts, got %+v", by)
			}
		})
	}
}

func TestTheProofIsWhatWasWatched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := watchedHistory(t)
		over, proved, change, on := false, false, "", map[string]bool{}
		for _, n := range before(h.d, 0).Labels {
			on[n] = true // the creator is no Product Owner
		}
		for _, c := range h.d.History {
			had := on["disaster"] || on["disaster-data"]
			for _, n := range c.Removed {
				delete(on, n)
			}
			for _, n := range c.Added {
				on[n] = true
				if n != "other" && c.By.ID == "po" && (!proved || over) {
					proved, over, change = true, false, c.ID
				}
			}
			if had && !on["disaster"] && !on["disaster-data"] && c.By.ID == "po" {
				over = proved
			}
		}
		by, gotOver, gotProved := newWork(judgeFacts()).proof(h.d, time.Time{})
		if gotOver != over || gotProved != proved || by.Change != change {
			t.Fatalf("got change %q, over %v, proved %v; want %q, %v, %v of %+v", by.Change, gotOver, gotProved, change, over, proved, h.d.History)
		}
	})
}
