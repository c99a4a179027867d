package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
	"andon/webhook/queue"
)

// The simulation plays people, programs, networks and two replicas of andon against each
// other, all of it decided by one seed. It runs in one thread of events on a clock of its
// own: a replica stands still before each call to Jira until it is its turn again, and in
// between anything may happen. A seed that fails prints its story; played again it does
// the same to the last call.

// sim is one seed while it is played.
type sim struct {
	*world
	number uint64
	rng    *rand.Rand
	cfg    Config
	memory *queue.Memory
	// leases are until when the keys are held that somebody works on or has died with.
	leases map[int64]time.Time
	crew   []*replica
	truth  *truth
	rest   atRest
	bug    plant
	// targets are the ids of the issues around which the story turns.
	targets []string
	names   int
	weather weather
	// now is the call that is on its way to Jira.
	now *request
	// late are the writes that will take effect after all.
	late []straggler
	// lost is what andon may not do at the moment; pained is true once it noticed.
	lost   *loss
	pained bool
	// lapse is what happens at the lapseAt-th of the calls, of which stands counts those
	// that were about to be made; held is a replica that stands still meanwhile.
	lapse           *lapse
	lapseAt, stands int
	held            *replica
	// wrote counts andon's writes, restless the breaks after which telling twice is no fault.
	wrote, restless int
	// left counts those of the writes for which only a replica that remembers can see the need.
	left int
	// failed counts the looks that failed.
	failed  int
	letters map[letter]telling
	story   []string
	trace   []string
	// cache is what a planted fault keeps.
	cache   map[string]string
	faults  []string
	figures figures
}

// figures are what the table shows.
type figures struct {
	acts, calls, checks int
	by                  map[string]int
}

// weather is how badly a seed goes on.
type weather struct {
	trouble, crash, jump, flush, late, loss, leap float64
	calm                                          bool
}

// newSim sets the scene for a seed.
func newSim(t testing.TB, number uint64, bug plant) *sim {
	s := &sim{number: number, rng: rand.New(rand.NewPCG(number, 0x616e646f6e)), bug: bug, letters: map[letter]telling{}, leases: map[int64]time.Time{}, cache: map[string]string{}}
	s.figures.by = map[string]int{}
	flavour := []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter}[s.rng.IntN(2)]
	settings := []string{"ANDON_SWEEP=1m", "ANDON_JIRA_RPS=500", "ANDON_NOTIFY_URLS=https://ops.example.com/hook"}
	if bug.permissions || s.rng.IntN(3) == 0 {
		settings = append(settings, "ANDON_FREEZE=permissions")
	}
	s.world = newWorld(t, flavour, settings...)
	var environ []string
	for name, value := range s.env {
		environ = append(environ, name+"="+value)
	}
	slices.Sort(environ)
	cfg, err := Load(environ)
	s.must(err)
	s.cfg = cfg
	s.jira.SetKnobs(func(k *jiratest.Knobs) {
		k.SchemeNamesShared, k.CloneCopiesProperties, k.CloneKeepsSprint = s.flip(), s.flip(), s.flip()
		k.DeleteSilent, k.SchemeShort = s.flip(), s.flip()
	})
	s.targets = []string{s.idOf(s.world.seed.Issues[5]), s.idOf(s.world.seed.Issues[2])}
	s.weather = []weather{{calm: true}, {trouble: 0.02}, {trouble: 0.02, crash: 0.01}, {trouble: 0.08, crash: 0.02, jump: 0.01, flush: 0.003}, {crash: 0.03, jump: 0.02},
		{late: 0.05}, {loss: 0.01}, {leap: 0.01, jump: 0.005}, {trouble: 0.02, crash: 0.01, late: 0.02, loss: 0.005, leap: 0.005}}[s.rng.IntN(9)]
	s.truth = newTruth(s)
	s.rest = atRest{plans: map[string]jira.Pass{}, cancels: map[int64]int{}}
	s.memory = queue.NewMemory(s.clock.Now, queue.MemoryOptions{Lease: cfg.Lease})
	s.jira.SetTrouble(s.trouble)
	s.jira.AfterCalls(s.answered)
	s.jira.SetWebhookClient(&http.Client{Transport: roundTrip(s.receive)})
	for i := range 2 {
		s.crew = append(s.crew, &replica{s: s, name: []string{"A", "B"}[i]})
		if !s.weather.calm && s.odds(0.3) { // as far apart as clocks may be without harm
			s.crew[i].skew = pick(s, -2*time.Minute, -20*time.Second, 20*time.Second, 2*time.Minute)
			s.figures.by["clock off"]++
		}
		s.crew[i].boot()
	}
	s.say("Jira %v, freeze %s, weather %+v, clocks off by %s and %s", flavour, cfg.Freeze, s.weather, s.crew[0].skew, s.crew[1].skew)
	return s
}

// flip tosses a coin.
func (s *sim) flip() bool { return s.rng.IntN(2) == 0 }

// odds says whether something happens that happens so often.
func (s *sim) odds(p float64) bool { return s.rng.Float64() < p }

// idOf is the id of an issue, which stays when the key does not.
func (s *sim) idOf(key string) string {
	i, _ := s.jira.Issue(key)
	return itoa(i.ID)
}

// say adds a line to the story.
func (s *sim) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	s.story = append(s.story, s.clock.now.Format("02 15:04:05 ")+line)
	s.note(line)
}

// note adds a line to the trace.
func (s *sim) note(line string) { s.trace = append(s.trace, line) }

// wrong notes a violation.
func (s *sim) wrong(format string, args ...any) {
	fault := fmt.Sprintf(format, args...)
	s.faults = append(s.faults, fault)
	s.say("VIOLATION: %s", fault)
}

// check counts an invariant and notes where it does not hold.
func (s *sim) check(ok bool, format string, args ...any) bool {
	s.figures.checks++
	if !ok {
		s.wrong(format, args...)
	}
	return ok
}

// mark is the trace in one number.
func (s *sim) mark() uint64 {
	h := fnv.New64a()
	for _, line := range s.trace {
		fmt.Fprintln(h, line)
	}
	return h.Sum64()
}

// play plays a seed to its end, or to its first violation.
func (s *sim) play() {
	for range 2 + s.rng.IntN(4) {
		s.round()
		if s.settle(); len(s.faults) > 0 {
			break
		}
		if s.atRest(); len(s.faults) > 0 {
			break
		}
	}
	if len(s.faults) == 0 {
		s.quiet()
	}
	if len(s.faults) == 0 {
		s.probe()
	}
	for _, r := range s.crew {
		r.end("the end")
	}
}

// round lets people act while andon works and things go wrong.
func (s *sim) round() {
	s.weatherOn()
	acts := 1 + s.rng.IntN(6)
	for steps := 0; steps < 400 && len(s.faults) == 0; steps++ {
		switch {
		case acts > 0 && s.odds(0.06):
			acts--
			s.act()
		case !s.step():
			if acts == 0 {
				return
			}
			acts--
			s.act()
		}
	}
}

// weatherOn sets the webhooks' fate and the lag of the search for a round.
func (s *sim) weatherOn() {
	odds := jiratest.Odds{}
	lag := 0
	if !s.weather.calm {
		odds = jiratest.Odds{Lose: 0.3 * s.rng.Float64(), Duplicate: 0.2 * s.rng.Float64(), Reorder: 0.3 * s.rng.Float64(), Delay: 0.3 * s.rng.Float64()}
		if s.odds(0.1) {
			odds.Lose = 1
		}
		lag = []int{0, 0, 3, 10}[s.rng.IntN(4)]
	}
	fate := jiratest.SeededFate(s.rng.Uint64(), odds)
	s.jira.SetFate(func(d jiratest.Delivery) jiratest.Fate {
		f := fate(d)
		for kind, is := range map[string]bool{"webhook lost": f.Lose, "webhook doubled": f.Copies > 0, "webhook reordered": f.Behind > 0, "webhook late": f.Delay > 0} {
			if is {
				s.figures.by[kind]++
			}
		}
		return f
	})
	if lag > 0 {
		s.figures.by["search lags"]++
	}
	s.jira.SetKnobs(func(k *jiratest.Knobs) { k.IndexLagWrites = lag })
}

// due says whether a key is due, or a lease has run out.
func (s *sim) due() bool {
	stats, err := s.memory.Stats(s.t.Context())
	s.must(err)
	return stats.Due > 0 || slices.ContainsFunc(sortedTokens(s.leases), func(token int64) bool { return !s.clock.now.Before(s.leases[token]) })
}

// sortedTokens are the leases in order.
func sortedTokens(leases map[int64]time.Time) []int64 { return slices.Sorted(maps.Keys(leases)) }

// step does one thing that can be done now; it says false where there is nothing.
func (s *sim) step() bool {
	deliver := func() bool { _, ok := s.jira.DeliverNext(s.t.Context()); return ok }
	can := []func() bool{deliver}
	for _, r := range s.crew {
		switch {
		case r == s.held:
		case r.dead:
			can = append(can, r.boot)
		case r.busy:
			can = append(can, r.wait, r.wait, r.wait)
		case s.due():
			can = append(can, r.take)
		}
	}
	if !s.weather.calm {
		s.misfortune()
	}
	s.land(false)
	first := s.rng.IntN(len(can))
	for i := range can {
		if can[(first+i)%len(can)]() {
			s.truth.read()
			return true
		}
	}
	return false
}

// misfortune is what may go wrong between any two calls.
func (s *sim) misfortune() {
	w := s.weather
	switch {
	case s.odds(w.crash / 3):
		s.crew[s.rng.IntN(len(s.crew))].crash()
	case s.odds(w.jump):
		d := []time.Duration{2 * time.Second, 20 * time.Second, 40 * time.Second, 2 * time.Minute, 20 * time.Minute}[s.rng.IntN(5)]
		s.clock.Advance(d)
		s.figures.by["clock jumps"]++
		s.say("%s pass in the middle of the work", d)
	case s.odds(w.leap):
		s.leap()
	case s.odds(w.loss):
		s.lose()
	case s.odds(w.flush):
		s.figures.by["queue flushed"]++
		s.flush()
	}
}

// leap sets the clock of a replica an hour wrong, or right again.
func (s *sim) leap() {
	r := s.crew[s.rng.IntN(len(s.crew))]
	r.skew = pick(s, -time.Hour, time.Hour, 0)
	s.figures.by["clock set by an hour"]++
	s.say("the clock of %s is off by %s", r.name, r.skew)
}

// flush makes the queue forget everything, as a Redis that lost its memory.
func (s *sim) flush() {
	s.memory, s.leases = queue.NewMemory(s.clock.Now, queue.MemoryOptions{Lease: s.cfg.Lease}), map[int64]time.Time{}
	s.restless++
	s.say("the queue forgets everything")
}

// settle ends all misfortune and waits for one resync after the last lease has run out.
func (s *sim) settle() {
	calm := s.weather
	s.weather = weather{calm: true}
	s.jira.SetFate(nil)
	s.jira.SetKnobs(func(k *jiratest.Knobs) { k.IndexLagWrites = 0 })
	s.jira.CatchUp()
	s.say("people and faults rest")
	s.land(true)
	s.restored()
	for i := range 3 {
		wrote, failed := s.wrote, s.failed
		s.clock.Advance(62 * time.Second)
		for _, r := range s.crew {
			if !r.dead {
				r.app.followOnce(s.t.Context())
			}
		}
		if s.drain(); len(s.faults) > 0 {
			return
		}
		if i > 0 && s.wrote == wrote && s.failed == failed && len(s.leases) == 0 {
			break // a third look would find what the second one has found
		}
	}
	s.weather = calm
}

// drain works until nothing is due.
func (s *sim) drain() {
	for range 6000 {
		if !s.step() {
			return
		}
		if len(s.faults) > 0 {
			return
		}
	}
	s.wrong("the system does not settle: %s", strings.Join(s.trace[max(0, len(s.trace)-12):], " | "))
}

// options are what a replica is made with.
func (s *sim) options(l *life) appOptions {
	opt := appOptions{log: slog.New(slog.DiscardHandler), now: func() time.Time { return s.clock.Now().Add(l.r.skew) }, transport: s.wire(l), sideBySide: 1, queue: s.line(l), spread: func() float64 { return 0.5 },
		sleep:   func(_ context.Context, d time.Duration) error { s.clock.Advance(d); return nil },
		carry:   l.carry,
		observe: func(p jira.Pass) { s.looked(l, p) },
	}
	if s.bug.decide != nil {
		opt.decide = func(f rules.Facts) rules.Plan { return s.bug.decide(f, rules.Decide) }
	}
	return opt
}
