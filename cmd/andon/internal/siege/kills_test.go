package siege

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/webhook/queue/queuetest"
)

// points is how many times something is killed or stopped, over all runs.
func points(t *testing.T) int { return setting(t, "ANDON_TEST_KILLS", 24) }

// setting reads a number from the environment.
func setting(t testing.TB, name string, fallback int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return fallback
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// siege is one run of the story during which something is killed at each act.
type siege struct {
	*site
	rng   *rand.Rand
	redis *queuetest.Server
	crew  []*andon
	log   []string
}

// say notes what is done, for a run that fails.
func (s *siege) say(format string, args ...any) { s.log = append(s.log, fmt.Sprintf(format, args...)) }

// wait lets up to so much time pass.
func (s *siege) wait(most time.Duration) {
	d := time.Duration(s.rng.Int64N(int64(most)))
	s.say("after %s", d.Round(time.Millisecond))
	<-time.After(d)
}

// strike does something bad at a moment that the seed chooses.
func (s *siege) strike() {
	n := s.rng.IntN(len(s.crew))
	victim := s.crew[n]
	s.wait(600 * time.Millisecond)
	switch lot := s.rng.IntN(20); {
	case lot < 11:
		s.say("replica %d is killed", n)
		victim.kill()
		s.wait(300 * time.Millisecond)
		victim.start()
	case lot < 15: // the others take its lease away, and then it goes on where it stood
		s.say("replica %d is stopped for more than its lease", n)
		victim.signal(syscall.SIGSTOP)
		<-time.After(2500 * time.Millisecond)
		victim.signal(syscall.SIGCONT)
	case lot < 17:
		s.say("everybody is killed")
		for _, a := range s.crew {
			a.kill()
		}
		for _, a := range s.crew {
			a.start()
		}
	case lot < 18:
		s.say("Redis is killed and comes back empty")
		s.redis.Kill()
		s.wait(300 * time.Millisecond)
		s.redis.Restart()
	case lot < 19:
		s.say("Redis is flushed")
		do(s.t, s.redis, "FLUSHALL")
	default:
		s.say("Redis is killed together with replica %d", n)
		s.redis.Kill()
		victim.kill()
		s.redis.Restart()
		victim.start()
	}
}

// play plays the story, with a strike after each act.
func (s *siege) play() int {
	struck := 0
	for _, act := range wholeStory() {
		s.say("%s", act.name)
		must(s.t, act.do(s.site))
		s.strike()
		struck++
		until(s.t, act.name, func() error { return act.missing(s.site) })
	}
	return struck
}

// Two and three processes share a Redis, and at points that the seed chooses one or all
// of them, or Redis, are killed or stopped. ANDON_TEST_KILLS=200 is the long run.
func TestProcessesKilledAtAnyPointLeaveWhatAnUndisturbedRunLeaves(t *testing.T) {
	queuetest.Start(t) // leaves the test out where there is none
	t.Parallel()
	want := undisturbed(t)
	first := uint64(setting(t, "ANDON_TEST_SEED", 1))
	runs := (points(t) + len(wholeStory()) - 1) / len(wholeStory())
	for run := range runs {
		seed := first + uint64(run)
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			s := &siege{site: newSite(t), rng: rand.New(rand.NewPCG(seed, 0)), redis: queuetest.Start(t)}
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("ANDON_TEST_SEED=%d ANDON_TEST_KILLS=1; what happened:\n%s", seed, strings.Join(s.log, "\n"))
				}
			})
			// A Jira that takes its time is hit in the middle more often.
			_, err := s.Fail(jiratest.Fault{Kind: jiratest.FaultDelay, Delay: jiratest.Duration(15 * time.Millisecond), Times: -1})
			must(t, err)
			for range 2 + s.rng.IntN(2) {
				s.crew = append(s.crew, s.replica("ANDON_REDIS_URL="+s.redis.URL()))
			}
			struck := s.play()
			s.rests()
			if got := s.outcome(); got != want {
				t.Errorf("the end differs from the undisturbed one:\n%s", difference(want, got))
			}
			t.Logf("%d strikes, %d calls to Jira, %d of them writes", struck, len(s.Calls()), s.Writes())
		})
	}
}
