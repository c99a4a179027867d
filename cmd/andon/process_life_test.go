package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// shop is what the tests look at in the simulated Jira.
type shop struct {
	sprints  map[int64]string // id to state
	goals    map[int64]string
	tasks    int
	statuses int // comments that are status comments
	comments int
}

// look reads the state of SHOP and of its sixth issue by REST.
func (j *jiraProcess) look() (shop, error) {
	s := shop{sprints: map[int64]string{}, goals: map[int64]string{}}
	var board struct {
		Values []struct {
			ID          int64
			State, Goal string
		}
	}
	if err := j.ask("po", http.MethodGet, "/rest/agile/1.0/board/1/sprint", "", &board); err != nil {
		return s, err
	}
	for _, v := range board.Values {
		s.sprints[v.ID], s.goals[v.ID] = v.State, v.Goal
	}
	var issue struct {
		Fields struct {
			Subtasks []struct{ Key string }
			Comment  struct{ Comments []struct{ Body string } }
		}
	}
	if err := j.ask("po", http.MethodGet, "/rest/api/2/issue/SHOP-6", "", &issue); err != nil {
		return s, err
	}
	s.tasks, s.comments = len(issue.Fields.Subtasks), len(issue.Fields.Comment.Comments)
	for _, c := range issue.Fields.Comment.Comments {
		if strings.HasPrefix(c.Body, "h3. Disaster SHOP-6") {
			s.statuses++
		}
	}
	return s, nil
}

// stopped waits until the line has stopped: the sprint cancelled, the tasks there, the
// status told; each exactly once, whatever has happened to the process meanwhile.
func (j *jiraProcess) stopped() {
	j.t.Helper()
	until(j.t, "the line stops", func() error {
		s, err := j.look()
		switch {
		case err != nil:
			return err
		case s.sprints[1] != "closed" || !strings.HasPrefix(s.goals[1], "CANCELLED by SHOP-6"):
			return fmt.Errorf("sprint 1 is %s, %q", s.sprints[1], s.goals[1])
		case s.tasks != 9 || s.statuses != 1:
			return fmt.Errorf("%d tasks, %d status comments", s.tasks, s.statuses)
		}
		return nil
	})
}

// undone waits until a sprint is gone.
func (j *jiraProcess) undone(id int64) {
	j.t.Helper()
	until(j.t, "the sprint is undone", func() error {
		s, err := j.look()
		if state, there := s.sprints[id]; there {
			return errors.Join(err, fmt.Errorf("sprint %d is %s", id, state))
		}
		return err
	})
}

// once expects that nothing was made twice.
func (j *jiraProcess) once() {
	j.t.Helper()
	s, err := j.look()
	if err != nil || s.tasks != 9 || s.statuses != 1 {
		j.t.Errorf("%d tasks, %d status comments, %v", s.tasks, s.statuses, err)
	}
}

func TestAProcessLooksAfterAJiraInAnother(t *testing.T) {
	for _, flavour := range []string{"cloud", "datacenter"} {
		t.Run(flavour, func(t *testing.T) {
			t.Parallel()
			j := launchJira(t, flavour)
			a := launchAndon(t, j.serveEnv())
			j.register(a)
			until(t, "andon is ready", func() error { return answers(a.url+"/readyz", http.StatusOK, `"ready":true`) })
			j.label("dev", "SHOP-5", "disaster")
			j.label("po", "SHOP-6", "disaster")
			j.stopped()
			j.undone(j.plan("Business as usual"))
			if code := a.end(); code != 0 {
				t.Errorf("after SIGTERM andon ends with status %d", code)
			}
			if strings.Contains(a.text(), hintSecret) || strings.Contains(a.text(), `"`+demoPassword+`"`) {
				t.Error("a secret is in the log")
			}
			j.once()
			if code := j.end(); code != 0 {
				t.Errorf("after SIGTERM the demo ends with status %d", code)
			}
		})
	}
}

// answers expects a status and a text of an address.
func answers(url string, status int, text string) error {
	res, err := new(http.Client).Get(url)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode != status || !strings.Contains(string(body), text) {
		return fmt.Errorf("%s: %s: %s", url, res.Status, body)
	}
	return nil
}

func TestWhatHappensWhileNobodyServesIsFoundWithoutWebhooks(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv())
	j.register(a) // the next process listens elsewhere and hears nothing
	j.label("po", "SHOP-6", "disaster")
	j.stopped()
	a.kill()
	id := j.plan("Behind its back")
	launchAndon(t, j.serveEnv())
	j.undone(id)
	j.once()
}

// struck waits until a fault of the simulated Jira has struck.
func (j *jiraProcess) struck() {
	j.t.Helper()
	until(j.t, "andon is in the middle of its work", func() error {
		var faults []struct{ Struck int }
		err := j.ask("andon", http.MethodGet, "/_sim/faults", "", &faults)
		if len(faults) == 1 && faults[0].Struck > 0 {
			return err
		}
		return errors.Join(err, fmt.Errorf("faults: %+v", faults))
	})
}

func TestAProcessThatIsKilledInTheMiddleLeavesNothingTwice(t *testing.T) {
	for name, fault := range map[string]string{
		"before the sprint is closed":  `{"method":"POST","path":"/rest/agile/1.0/sprint/1","kind":"hang"}`,
		"after the sprint is closed":   `{"method":"POST","path":"/rest/agile/1.0/sprint/1","kind":"hang","after":true}`,
		"before the tasks are created": `{"method":"POST","path":"/rest/api/2/issue/bulk","kind":"hang"}`,
		"after the tasks are created":  `{"method":"POST","path":"/rest/api/2/issue/bulk","kind":"hang","after":true}`,
		"after the status is told":     `{"method":"POST","path":"/rest/api/2/issue/*/comment","kind":"hang","after":true}`,
	} {
		for _, keep := range []string{"memory", "redis"} {
			t.Run(name+", queue in "+keep, func(t *testing.T) {
				var more []string
				if keep == "redis" {
					more = []string{"ANDON_REDIS_URL=" + redisProcess(t), "ANDON_LEASE=2s"}
				}
				t.Parallel()
				j := launchJira(t, "cloud")
				j.must("andon", http.MethodPost, "/_sim/faults", fault, nil)
				a := launchAndon(t, j.serveEnv(more...))
				j.register(a)
				j.label("po", "SHOP-6", "disaster")
				j.struck()
				a.kill()
				b := launchAndon(t, j.serveEnv(more...))
				j.stopped()
				j.undone(j.plan("Business as usual"))
				j.once()
				if code := b.end(); code != 0 {
					t.Errorf("after SIGTERM andon ends with status %d", code)
				}
			})
		}
	}
}

func TestAProcessThatIsToldToStopFinishesWhatItDoes(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	j.must("andon", http.MethodPost, "/_sim/faults", `{"method":"POST","path":"/rest/agile/1.0/sprint/1","kind":"delay","delay":"1s","after":true}`, nil)
	a := launchAndon(t, j.serveEnv())
	j.register(a)
	j.label("po", "SHOP-6", "disaster")
	j.struck()
	if code := a.end(); code != 0 {
		t.Fatalf("after SIGTERM in the middle andon ends with status %d", code)
	}
	j.stopped() // nobody serves any more: it was finished
}

func TestAProcessWithoutGraceGivesItsWorkBack(t *testing.T) {
	redis := redisProcess(t)
	t.Parallel()
	j := launchJira(t, "cloud")
	j.must("andon", http.MethodPost, "/_sim/faults", `{"method":"POST","path":"/rest/api/2/issue/bulk","kind":"hang","after":true}`, nil)
	// More than the five seconds for which Go's server waits for a connection that has said nothing yet.
	env := j.serveEnv("ANDON_REDIS_URL="+redis, "ANDON_LEASE=10m", "ANDON_SHUTDOWN_GRACE=6s", "ANDON_SWEEP=1h")
	a := launchAndon(t, env)
	j.register(a)
	j.label("po", "SHOP-6", "disaster")
	j.struck()
	if code := a.end(); code != 0 {
		t.Fatalf("after SIGTERM andon ends with status %d", code)
	}
	launchAndon(t, env) // the lease would hold it up for ten minutes
	j.stopped()
	j.once()
}
