package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// lapse is something that befalls a replica before one call to Jira, and at no other.
type lapse struct {
	name string
	do   func(s *sim, l *life)
}

// lapses are what each call is dealt.
func lapses() []lapse {
	return []lapse{
		// The lease runs out, the other replica does all there is to do, and only then
		// the first one goes on.
		{"the lease runs out", func(s *sim, l *life) {
			s.clock.Advance(s.cfg.Lease + time.Second)
			s.held = l.r
			s.figures.by["lease ran out at a call"]++
		}},
		{"the queue forgets everything", func(s *sim, _ *life) {
			s.flush()
			s.figures.by["queue flushed"]++
		}},
		{"the replica dies", func(s *sim, l *life) {
			l.over, l.r.dead = true, true
			s.restless++
			s.figures.by["crash between calls"]++
		}},
		{"the clock is set back by an hour", func(s *sim, l *life) {
			l.r.skew = -time.Hour
			s.figures.by["clock set by an hour"]++
		}},
		{"the clock is set forward by an hour", func(s *sim, l *life) {
			l.r.skew = time.Hour
			s.figures.by["clock set by an hour"]++
		}},
	}
}

// lapsed counts a call, and lets the lapse happen where it is due.
func (s *sim) lapsed(l *life) {
	if s.lapse == nil {
		return
	}
	if s.stands++; s.stands == s.lapseAt {
		s.say("%s is about to make call %d, and %s", l.r.name, s.stands, s.lapse.name)
		s.lapse.do(s, l)
	}
}

// lifecycle are the acts of a whole story, one after the other.
func (s *sim) lifecycle() []func() error {
	issue, seed := s.targets[0], s.world.seed
	cause := func(to string, how ...string) func() error {
		return func() error {
			for _, task := range s.tasksOf(issue) {
				if strings.HasSuffix(task.Summary, rootCauseTitle) {
					return s.person("dev").Transition(task.Key, to, how...)
				}
			}
			return nil
		}
	}
	return []func() error{
		func() error { return s.person("dev").AddLabel(issue, "disaster") },
		func() error { return s.person("po").AddLabel(issue, "disaster-data") },
		func() error { return s.person("sm").MoveToSprint(seed.FutureSprint, seed.Issues[1]) },
		func() error { _, err := s.person("sm").CreateSprint(seed.ShopBoard, "Habit"); return err },
		func() error { return s.person("sm").StartSprint(seed.FutureSprint, fortnight) },
		func() error { return s.person("dev").RemoveLabel(issue, "disaster", "disaster-data") },
		func() error { return s.person("po").AddLabel(issue, "system-offline") },
		cause("Done", "Done"),
		cause("To Do"),
		cause("Done", "Done"),
		func() error { return s.person("po").AddLabel(issue, "sprint-resume") },
	}
}

// whole plays the lifecycle with one lapse, and holds every rest against what happened.
// It gives the number of calls.
func (s *sim) whole(what lapse, at int) int {
	s.weather = weather{calm: true}
	for _, r := range s.crew {
		r.skew = 0
	}
	s.settle()
	s.lapse, s.lapseAt, s.stands = &what, at, 0
	for _, act := range s.lifecycle() {
		if err := act(); err != nil {
			s.say("%v", err) // where the permissions are taken away
		}
		s.figures.acts++
		s.truth.read()
		s.drain()
		if s.held != nil { // nothing else is left: now the one whose lease ran out goes on
			s.held = nil
			s.drain()
		}
		if s.settle(); len(s.faults) == 0 {
			s.atRest()
		}
		if len(s.faults) > 0 {
			break
		}
	}
	s.lapse = nil
	if len(s.faults) == 0 {
		s.quiet()
	}
	for _, r := range s.crew {
		r.end("the end")
	}
	return s.stands
}

// lapseStride is how many calls the short run leaves out between two that it tries.
const lapseStride = 2999

// TestAnythingMayLapseAtEachCall plays a whole story with two replicas again and again,
// each time with another lapse before another call. ANDON_TEST_CALLS=1 tries each call.
func TestAnythingMayLapseAtEachCall(t *testing.T) {
	t.Parallel()
	every := lapseStride
	if asked := everyOf(t, "ANDON_TEST_CALLS"); asked > 0 {
		every = asked
	}
	for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		for _, freeze := range []string{"react", "permissions"} {
			t.Run(fmt.Sprintf("%v/%s", f, freeze), func(t *testing.T) {
				t.Parallel()
				lapseEverywhere(t, f, freeze, every)
			})
		}
	}
}

// lapseEverywhere tries each lapse at every so many-th call.
func lapseEverywhere(t *testing.T, f jiratest.Flavour, freeze string, every int) {
	t.Helper()
	number := uint64(1) // the first seed that plays on such a site
	for ; ; number++ {
		if s := newSim(t, number, plant{}); s.jira.Flavour() == f && s.cfg.Freeze == freeze {
			break
		}
	}
	sum, runs, bad := figures{by: map[string]int{}}, 0, 0
	total := newSim(t, number, plant{}).whole(lapse{}, 0)
	for k, what := range lapses() {
		if every == lapseStride && k%4 != int(number)%4 {
			continue // each of the short runs tries another lapse
		}
		for at := 1 + 37*k%every; at <= total; at += every {
			s := newSim(t, number, plant{})
			s.whole(what, at)
			runs++
			sum.add(s.figures)
			if len(s.faults) > 0 {
				bad++
				t.Errorf("call %d of %d, %s:\n%s", at, total, what.name, strings.Join(s.story, "\n"))
			}
		}
	}
	t.Logf("%d runs\n%s", runs, sum.table(1, bad))
}
