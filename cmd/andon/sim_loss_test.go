package main

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// loss is something that andon's account may not do for a while.
type loss struct {
	name   string
	routes []string
}

// losses are the permissions that an administrator may take away, by the calls that
// Jira refuses then.
func losses() []loss {
	return []loss{
		{"comment", []string{"POST /rest/api/2/issue/{issue}/comment"}},
		{"edit its comments", []string{"PUT /rest/api/2/issue/{issue}/comment/{comment}"}},
		{"delete its comments", []string{"DELETE /rest/api/2/issue/{issue}/comment/{comment}"}},
		{"edit issues", []string{"PUT /rest/api/2/issue/{issue}", "PUT /rest/api/2/issue/{issue}/properties/{property}",
			"POST /rest/agile/1.0/backlog/issue", "POST /rest/agile/1.0/backlog/{board}/issue", "POST /rest/agile/1.0/sprint/{sprint}/issue"}},
		{"create issues", []string{"POST /rest/api/2/issue/bulk", "POST /rest/api/2/issue"}},
		{"manage sprints", []string{"POST /rest/agile/1.0/sprint", "POST /rest/agile/1.0/sprint/{sprint}", "PUT /rest/agile/1.0/sprint/{sprint}", "DELETE /rest/agile/1.0/sprint/{sprint}"}},
		{"administer the project", []string{"PUT /rest/api/2/project/{project}/properties/{property}"}},
		{"administer Jira", []string{"POST /rest/api/2/permissionscheme", "PUT /rest/api/2/permissionscheme/{scheme}", "DELETE /rest/api/2/permissionscheme/{scheme}",
			"PUT /rest/api/2/project/{project}/permissionscheme"}},
		{"see the sprints' issues", []string{"GET /rest/agile/1.0/sprint/{sprint}/issue"}},
		{"see the roles", []string{"GET /rest/api/2/project/{project}/role/{role}"}},
	}
}

// lose takes a permission away from andon's account, or gives it back.
func (s *sim) lose() {
	if s.lost != nil {
		s.say("andon may %s again", s.lost.name)
		s.lost = nil
		return
	}
	all := losses()
	s.lost, s.pained = &all[s.rng.IntN(len(all))], true
	s.figures.by["permission lost for a while"]++
	s.restless++
	s.say("andon may not %s any more", s.lost.name)
}

// forbidden is Jira's answer where andon's account may not.
func (s *sim) forbidden(c jiratest.Call) *jiratest.Fault {
	if s.lost == nil || !slices.Contains(s.lost.routes, c.Route) {
		return nil
	}
	s.figures.by["403"]++
	s.restless++
	s.now.life.r.faulty = true
	if strings.Contains(c.Route, "/project/{project}/properties/") {
		s.now.life.refused = s.clock.now
	}
	return &jiratest.Fault{Kind: jiratest.FaultStatus, Status: http.StatusForbidden, Body: `{"errorMessages":["You do not have the permission for this."],"errors":{}}`}
}

// longestSulk is longer than andon leaves something alone that was refused, by a clock
// that may have been an hour ahead.
const longestSulk = 3*time.Hour + time.Minute

// restored gives back what was lost and lets the time pass for which andon does not try.
func (s *sim) restored() {
	if s.lost != nil {
		s.lose()
	}
	if s.pained {
		s.clock.Advance(longestSulk)
		s.pained = false
	}
}
