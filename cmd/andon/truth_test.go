package main

import (
	"net/http"
	"sync"

	"andon/jira/jiratest"
	"andon/jira/jiratest/apispec"
)

// theCourt holds what andon and the simulated Jira say to each other against
// Atlassian's description of the API; nil where the description is not at hand.
// Loading it takes a second, so all tests share one.
var theCourt = sync.OnceValues(func() (*apispec.Court, error) {
	spec, err := apispec.Find()
	if spec == nil || err != nil {
		return nil, err
	}
	return apispec.NewCourt(spec), nil
})

// judged puts the court between andon and Jira.
func (w *world) judged(base http.RoundTripper) http.RoundTripper {
	w.t.Helper()
	court, err := theCourt()
	if err != nil {
		w.t.Fatal(err)
	}
	if court == nil {
		return base
	}
	planted := func() bool {
		last, _ := w.jira.LastCall()
		return last.Planted || last.Status == 0 || w.between != nil || w.spoil != nil
	}
	return &apispec.Transport{Base: base, Court: court, DataCenter: w.jira.Flavour() == jiratest.DataCenter, Planted: planted,
		Report: func(f apispec.Finding) { w.t.Errorf("not as Atlassian describes: %s", f) },
		Judged: func(v apispec.Verdict) {
			if w.judge != nil {
				w.judge(v)
			}
		}}
}
