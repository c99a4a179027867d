package queue_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/webhook/queue"
)

func TestAKeyIsDeliveredOnceWithItsNotes(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "project:SHOP", 0, "10001", "10002")
		it := take(t, b, "project:SHOP")
		if diff := cmp.Diff([]string{"10001", "10002"}, it.Notes); diff != "" {
			t.Error(diff)
		}
		if it.Tries != 0 || it.Token == 0 || it.Lease != w.lease {
			t.Errorf("%+v, want no tries, a token and the lease", it)
		}
		counts(t, a, 0, 0, 1)
		done(t, b, it, queue.Outcome{})
		empty(t, a)
	})
}

func TestABurstOfAddsIsOneRun(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		for range 20 {
			add(t, a, "k", 0)
			add(t, b, "k", 0)
		}
		counts(t, a, 1, 1, 0)
		done(t, a, take(t, a, "k"), queue.Outcome{})
		empty(t, b)
	})
}

func TestAddsDuringARunAreOneRunMore(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		it := take(t, b, "k")
		for range 5 {
			add(t, a, "k", 0)
		}
		counts(t, a, 0, 0, 1)
		done(t, b, it, queue.Outcome{})
		counts(t, a, 1, 1, 0)
		done(t, a, take(t, a, "k"), queue.Outcome{})
		empty(t, a)
	})
}

func TestTheEarliestTimeWins(t *testing.T) {
	tests := []struct {
		name   string
		delays []int // in units, added in this order
		want   int
	}{
		{"a delay is kept", []int{3}, 3},
		{"a later add postpones nothing", []int{2, 5}, 2},
		{"an earlier add brings forward", []int{5, 2}, 2},
		{"now is the earliest", []int{5, 3, 0, 2}, 0},
		{"a time in the past is now", []int{5, -1}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			everywhere(t, func(t *testing.T, w world) {
				a, b := w.pair()
				start := time.Now()
				for _, d := range tt.delays {
					add(t, a, "k", time.Duration(d)*w.unit)
				}
				it := take(t, b, "k")
				w.waited(t, start, time.Duration(tt.want)*w.unit)
				done(t, b, it, queue.Outcome{})
				empty(t, a)
			})
		})
	}
}

// waited checks how long something took: exactly in virtual time, at least (to the millisecond) in real time.
func (w world) waited(t *testing.T, start time.Time, want time.Duration) {
	t.Helper()
	got := time.Since(start)
	if w.virtual && got != want || got < want-2*time.Millisecond {
		t.Errorf("waited %v, want %v", got, want)
	}
}

func TestTheEarliestTimeWinsDuringARunToo(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		for _, tt := range []struct{ again, first, second, want int }{
			{again: 4, first: 2, second: 6, want: 2},
			{again: 1, first: 2, second: 6, want: 1},
			{again: 0, first: 6, second: 2, want: 2},
			{again: 3, first: 0, second: 0, want: 0},
		} {
			add(t, a, "k", 0)
			it := take(t, a, "k")
			start := time.Now()
			add(t, a, "k", time.Duration(tt.first)*w.unit)
			add(t, a, "k", time.Duration(tt.second)*w.unit)
			done(t, a, it, queue.Outcome{Again: time.Duration(tt.again) * w.unit})
			it = take(t, a, "k")
			w.waited(t, start, time.Duration(tt.want)*w.unit)
			done(t, a, it, queue.Outcome{})
			empty(t, a)
		}
	})
}

func TestWhatHasBeenDueLongestComesFirst(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		for i, key := range []string{"e", "b", "d", "a", "c"} {
			add(t, a, key, time.Duration(i+1)*w.unit)
		}
		add(t, a, "last", 6*w.unit)
		done(t, a, take(t, a, "e"), queue.Outcome{Again: 10 * w.unit})
		for _, key := range []string{"b", "d", "a", "c", "last", "e"} {
			done(t, a, take(t, a, key), queue.Outcome{})
		}
	})
}

func TestKeysAreIndependent(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "a", 0)
		first := take(t, a, "a")
		add(t, a, "b", 0)
		second := take(t, b, "b")
		counts(t, a, 0, 0, 2)
		done(t, b, second, queue.Outcome{})
		counts(t, a, 0, 0, 1)
		done(t, a, first, queue.Outcome{})
		empty(t, b)
	})
}

func TestDoneSaysWhetherAndWhenAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		add(t, a, "k", 0)
		it := take(t, a, "k")
		start := time.Now()
		done(t, a, it, queue.Outcome{Again: 2 * w.unit})
		it = take(t, a, "k")
		w.waited(t, start, 2*w.unit)
		done(t, a, it, queue.Outcome{})
		empty(t, a)
	})
}

func TestFailuresAreCountedUntilASuccess(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		for tries := range 4 {
			it := take(t, b, "k")
			if it.Tries != tries {
				t.Fatalf("%d tries, want %d", it.Tries, tries)
			}
			done(t, b, it, queue.Outcome{Failed: true, Again: w.unit})
		}
		done(t, a, take(t, a, "k"), queue.Outcome{Again: w.unit})
		if it := take(t, a, "k"); it.Tries != 0 {
			t.Errorf("%d tries after a success, want 0", it.Tries)
		}
	})
}

func TestAFailureThatIsNotTriedAgainIsRemembered(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		add(t, a, "k", 0, "note")
		done(t, a, take(t, a, "k"), queue.Outcome{Failed: true})
		empty(t, a)
		add(t, a, "k", 0)
		it := take(t, a, "k")
		if it.Tries != 1 || len(it.Notes) != 1 {
			t.Errorf("%+v, want one try and the note", it)
		}
	})
}

func TestAHeldKeyIsNotBroughtForward(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0)
		it := take(t, a, "k")
		add(t, b, "k", 0, "during")
		start := time.Now()
		done(t, a, it, queue.Outcome{Failed: true, Again: 3 * w.unit, Hold: true})
		add(t, b, "k", 0, "after")
		counts(t, a, 1, 0, 0)
		it = take(t, b, "k")
		w.waited(t, start, 3*w.unit)
		if diff := cmp.Diff([]string{"during", "after"}, it.Notes); diff != "" {
			t.Error(diff)
		}
		done(t, b, it, queue.Outcome{Again: 5 * w.unit})
		add(t, a, "k", 0)
		counts(t, a, 1, 1, 0)
	})
}

func TestReturnGivesBackUntouched(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0, "one")
		done(t, a, take(t, a, "k"), queue.Outcome{Failed: true, Again: w.unit})
		it := take(t, a, "k")
		add(t, b, "k", 5*w.unit, "two")
		ok(t, a.Return(context.Background(), it))
		counts(t, a, 1, 1, 0)
		it = take(t, b, "k")
		if it.Tries != 1 {
			t.Errorf("%d tries, want still 1", it.Tries)
		}
		if diff := cmp.Diff([]string{"one", "two"}, it.Notes); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNotesBelongToTheNextRunAndComeBackFromAFailedOne(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		add(t, a, "k", 0, "one", "two")
		it := take(t, b, "k")
		add(t, a, "k", 0, "three", "one")
		done(t, b, it, queue.Outcome{Failed: true, Again: w.unit})
		it = take(t, b, "k")
		if diff := cmp.Diff([]string{"two", "three", "one"}, it.Notes); diff != "" {
			t.Error(diff)
		}
		add(t, a, "k", 0, "four")
		done(t, b, it, queue.Outcome{})
		it = take(t, b, "k")
		if diff := cmp.Diff([]string{"four"}, it.Notes); diff != "" {
			t.Error(diff)
		}
		done(t, b, it, queue.Outcome{})
		add(t, a, "k", 0)
		if it := take(t, b, "k"); len(it.Notes) != 0 {
			t.Errorf("notes %v, want none", it.Notes)
		}
	})
}

func TestNotesAreBounded(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, _ := w.pair()
		var want []string
		for i := range queue.MaxNotes + 10 {
			note := fmt.Sprintf("%s-%d", strings.Repeat("é", 50), i)
			add(t, a, "k", 0, note)
			want = append(want, note)
		}
		it := take(t, a, "k")
		if diff := cmp.Diff(want[10:], it.Notes); diff != "" {
			t.Fatal(diff)
		}
		add(t, a, "k", 0, "new")
		done(t, a, it, queue.Outcome{Failed: true, Again: w.unit})
		if diff := cmp.Diff(append(want[11:], "new"), take(t, a, "k").Notes); diff != "" {
			t.Error(diff)
		}
		add(t, a, "many", 0, want...)
		if diff := cmp.Diff(want[10:], take(t, a, "many").Notes); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPinsAreASharedSet(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		ctx := context.Background()
		for _, name := range []string{"SHOP", "BLOG", "SHOP"} {
			ok(t, a.Pin(ctx, name))
		}
		if diff := cmp.Diff([]string{"BLOG", "SHOP"}, must(b.Pinned(ctx))); diff != "" {
			t.Error(diff)
		}
		ok(t, b.Unpin(ctx, "SHOP"))
		ok(t, b.Unpin(ctx, "NONE"))
		if diff := cmp.Diff([]string{"BLOG"}, must(a.Pinned(ctx))); diff != "" {
			t.Error(diff)
		}
		empty(t, a)
	})
}

func TestStatsTellHowLateWorkIs(t *testing.T) {
	everywhere(t, func(t *testing.T, w world) {
		a, b := w.pair()
		ok(t, a.Ping(context.Background()))
		add(t, a, "old", 0)
		add(t, a, "later", noPoll)
		add(t, a, "soon", 3*w.unit)
		add(t, b, "now", 0) // after "old", so that it is not taken for it
		done(t, b, takeAny(t, b), queue.Outcome{Again: 2 * w.unit})
		left := takeAny(t, b)
		done(t, b, left, queue.Outcome{Again: 4 * w.unit})
		if s := stats(t, a); s.Waiting != 4 || s.Due != 0 || s.Oldest != 0 {
			t.Errorf("%+v, want 4 waiting, none due", s)
		}
		start := time.Now()
		first := takeAny(t, b)
		second := takeAny(t, b)
		if !w.virtual {
			return
		}
		w.waited(t, start, 3*w.unit)
		ok(t, a.Return(context.Background(), first))
		time.Sleep(10 * w.unit)
		s := stats(t, a)
		if want := (queue.Stats{Waiting: 3, Due: 2, InFlight: 1, Oldest: 10 * w.unit}); s != want {
			t.Errorf("%+v, want %+v", s, want)
		}
		if it := takeAny(t, b); it.Late != 10*w.unit {
			t.Errorf("late by %v, want %v", it.Late, 10*w.unit)
		}
		done(t, b, second, queue.Outcome{})
	})
}

func takeAny(t testing.TB, q queue.Queue) queue.Item {
	t.Helper()
	it, err := q.Take(context.Background())
	ok(t, err)
	return it
}
