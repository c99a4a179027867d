package main

import (
	"fmt"
	"strings"
)

// hints are commands to go on with.
func (s *site) hints(andon string) string {
	return fmt.Sprintf(`
Play on. In another terminal, for example:

  # the Product Owner declares another disaster
  curl -su %[2]s:%[3]s -X PUT -H 'Content-Type: application/json' %[1]s/rest/api/2/issue/%[4]s \
    -d '{"update":{"labels":[{"add":"disaster-security"}]}}'

  # the issue with its labels, sub-tasks and comments
  curl -su %[2]s:%[3]s '%[1]s/rest/api/2/issue/%[4]s?fields=labels,status,subtasks,comment'

  # the sprints of SHOP
  curl -su %[2]s:%[3]s %[1]s/rest/agile/1.0/board/%[5]d/sprint

  # the Scrum Master creates a sprint
  curl -su %[7]s:%[3]s -H 'Content-Type: application/json' %[1]s/rest/agile/1.0/sprint \
    -d '{"name":"Business as usual","originBoardId":%[5]d}'

  # what the simulated Jira holds, has sent and can be made to do: faults, delays, a clock
  curl -s %[1]s/_sim/

  # andon itself
  curl -s %[6]s/readyz
  curl -s %[6]s/metrics

Stop with Ctrl-C.
`, s.url, s.login("po"), demoPassword, s.seed.Issues[1], s.seed.ShopBoard, andon, s.login("sm"))
}

const (
	hintSecret = "0123456789abcdef" // an example on the terminal, for a Jira that is a toy
	hintAndon  = "127.0.0.1:8080"
)

// hintsJiraOnly are commands to begin with where there is only the simulated Jira.
func (s *site) hintsJiraOnly() string {
	setting, call := "ANDON_WEBHOOK_SECRET", s.hintHookCloud()
	if !s.cloud() {
		setting, call = "ANDON_WEBHOOK_PATH_TOKEN", s.hintHookDC()
	}
	return fmt.Sprintf(`Only the simulated Jira is served. Point an andon at it, for example:

  ANDON_JIRA_URL=%[1]s ANDON_JIRA_EMAIL=%[2]s ANDON_JIRA_TOKEN=%[3]s \
  %[4]s=%[5]s ANDON_LISTEN=%[6]s andon serve

and register its webhook:

  curl -su %[2]s:%[3]s -H 'Content-Type: application/json' %[1]s%[7]s

Stop with Ctrl-C.
`, s.url, s.login("andon"), demoPassword, setting, hintSecret, hintAndon, call)
}

// hintHookCloud is the address and body of a registration with a secret.
func (s *site) hintHookCloud() string {
	return fmt.Sprintf(`/rest/webhooks/1.0/webhook \
    -d '{"name":"andon","url":"http://%s/webhooks/jira","secret":"%s","events":["%s"]}'`,
		hintAndon, hintSecret, strings.Join(webhookEvents(), `","`))
}

// hintHookDC is the same where REST cannot set a secret: the address is one.
func (s *site) hintHookDC() string {
	return fmt.Sprintf(`/rest/jira-webhook/1.0/webhooks \
    -d '{"name":"andon","url":"http://%s/webhooks/jira/%s","events":["%s"]}'`,
		hintAndon, hintSecret, strings.Join(webhookEvents(), `","`))
}
