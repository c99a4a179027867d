package main

import (
	"andon/jira/jiratest"
)

// trouble decides what goes wrong with a call. It is asked while that call is on its way.
func (s *sim) trouble(c jiratest.Call) *jiratest.Fault {
	if s.now.late {
		return nil
	}
	if f := s.forbidden(c); f != nil {
		return f
	}
	if !s.odds(s.weather.trouble) {
		return nil
	}
	kinds := []struct {
		name  string
		fault jiratest.Fault
	}{
		{"lost before", jiratest.Fault{Kind: jiratest.FaultReset}},
		{"answer lost", jiratest.Fault{Kind: jiratest.FaultReset, After: true}},
		{"500 before", jiratest.Fault{Kind: jiratest.FaultStatus, Status: 500}},
		{"503 before", jiratest.Fault{Kind: jiratest.FaultStatus, Status: 503}},
		{"502 after", jiratest.Fault{Kind: jiratest.FaultStatus, Status: 502, After: true}},
		{"504 after", jiratest.Fault{Kind: jiratest.FaultStatus, Status: 504, After: true}},
		{"429", jiratest.Fault{Kind: jiratest.FaultLimited, Reason: jiratest.ReasonBurst, RetryAfter: 2}},
		{"HTML", jiratest.Fault{Kind: jiratest.FaultHTML}},
		{"cut answer", jiratest.Fault{Kind: jiratest.FaultTruncate, After: true}},
	}
	k := kinds[s.rng.IntN(len(kinds))]
	s.figures.by[k.name]++
	s.say("%s: %s %s", k.name, c.Method, c.Path)
	if c.Write {
		s.restless++
		s.now.life.r.faulty = true
	}
	return &k.fault
}
