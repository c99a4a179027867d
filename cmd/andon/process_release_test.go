package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// listed says whether the project's list names open disasters.
func (j *jiraProcess) listed() error {
	var property struct {
		Value struct{ Data struct{ Disasters []string } }
	}
	if err := j.ask("andon", http.MethodGet, "/rest/api/2/project/SHOP/properties/andon", "", &property); err != nil {
		return err
	}
	if open := property.Value.Data.Disasters; len(open) > 0 {
		return fmt.Errorf("open are %v", open)
	}
	return nil
}

func TestARunningProcessObeysTheOperatorsOrder(t *testing.T) {
	t.Parallel()
	for _, flavour := range []string{"cloud", "datacenter"} {
		t.Run(flavour, func(t *testing.T) {
			t.Parallel()
			j := launchJira(t, flavour)
			env := j.serveEnv("ANDON_REDIS_URL="+redisProcess(t), "ANDON_RESYNC=15m", "ANDON_SWEEP=1h", "USER=olga")
			a := launchAndon(t, env)
			j.register(a)
			j.label("po", "SHOP-6", "disaster")
			j.stopped()
			j.must("lead", http.MethodDelete, "/rest/api/2/issue/SHOP-6?deleteSubtasks=true", "", nil)
			p := launch(t, env, "release", "--project", "SHOP", "--disaster", "SHOP-6", "--reason", "deleted by mistake")
			if p.status() != 0 {
				t.Fatalf("the release failed: %s", p.text())
			}
			a.hears("the order", func(line string) string { // at once: nothing else wakes it for a quarter of an hour
				var log struct{ Code, What string }
				if json.Unmarshal([]byte(line), &log) != nil || log.Code != "released-by-operator" || !strings.Contains(log.What, "olga") || !strings.Contains(log.What, "deleted by mistake") {
					return ""
				}
				return log.What
			})
			until(t, "the list is empty", j.listed)
			a.kill()
			b := launchAndon(t, j.serveEnv())
			j.register(b)
			until(t, "the other andon is ready", func() error { return answers(b.url+"/readyz", http.StatusOK, `"ready":true`) })
			id := j.plan("Business as usual")
			j.label("dev", "SHOP-1", "disaster") // something to look at, and to answer
			until(t, "the proposal is answered", func() error {
				var comments struct{ Total int }
				if err := j.ask("po", http.MethodGet, "/rest/api/2/issue/SHOP-1/comment", "", &comments); err != nil || comments.Total > 0 {
					return err
				}
				return errors.New("there is no comment")
			})
			var sprint struct{ State string }
			j.must("sm", http.MethodGet, fmt.Sprintf("/rest/agile/1.0/sprint/%d", id), "", &sprint)
			if sprint.State != "future" {
				t.Errorf("the sprint is %q", sprint.State)
			}
		})
	}
}
