package rules

import (
	"strings"
	"testing"
	"time"
)

func TestTheRecoveryTime(t *testing.T) {
	tests := []struct {
		name  string
		all   time.Duration
		kinds map[Kind]time.Duration
		set   []Kind
		want  time.Duration
	}{
		{
			name: "none",
			want: 0,
		},
		{
			name: "one for all",
			all:  time.Hour,
			set:  []Kind{Data},
			want: time.Hour,
		},
		{
			name:  "a kind's own",
			kinds: map[Kind]time.Duration{Data: 2 * time.Hour},
			set:   []Kind{Data},
			want:  2 * time.Hour,
		},
		{
			name:  "a kind that is not set",
			kinds: map[Kind]time.Duration{Data: 2 * time.Hour},
			set:   []Kind{Security},
			want:  0,
		},
		{
			name:  "the strictest of two kinds",
			kinds: map[Kind]time.Duration{Data: 2 * time.Hour, Security: time.Hour},
			set:   []Kind{Security, Data},
			want:  time.Hour,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := DefaultSettings()
			s.RecoverySLA, s.RecoverySLAByKind = test.all, test.kinds
			if got := s.SLA(test.set); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAndonLooksAgainWhenAStepIsReached(t *testing.T) {
	w := newWorld()
	w.settings.RecoverySLA = 100 * time.Second
	w.add(po, "100", "disaster")
	begin := w.now
	for _, step := range []struct {
		after time.Duration
		again time.Duration
	}{
		{0, 50 * time.Second},
		{45 * time.Second, 5 * time.Second},
		{50 * time.Second, 25 * time.Second},
		{76 * time.Second, 24 * time.Second},
		{100 * time.Second, time.Minute},
	} {
		w.now = begin.Add(step.after)
		if p := w.look(t); p.plan.Again != step.again {
			t.Errorf("after %s andon looks again in %s, want %s", step.after, p.plan.Again, step.again)
		}
	}
	if n := len(bodies(w, "sla")); n != 3 {
		t.Errorf("%d comments, want one for each step", n)
	}
}

func TestStepsThatWereMissedAreNotToldOneByOne(t *testing.T) {
	w := newWorld()
	w.settings.RecoverySLA = time.Hour
	w.add(po, "100", "disaster")
	w.look(t)
	w.tick(5 * time.Hour)
	w.look(t)
	if got := bodies(w, "sla"); len(got) != 1 || !strings.Contains(got[0], "*The recovery time is over* since 2026-03-02 10:00 UTC") {
		t.Errorf("said %q", got)
	}
}

func TestTheAgeOfAFreezeIsToldOnceADay(t *testing.T) {
	w := declaredWorld(t)
	w.play(t, "dev closes gate of SHOP-100")
	w.play(t, "po labels SHOP-100 system-restored")
	w.look(t)
	for range 72 {
		w.tick(time.Hour)
		w.look(t)
	}
	if got := bodies(w, "age"); len(got) != 3 {
		t.Errorf("%d comments in three days: %q", len(got), got)
	}
}
