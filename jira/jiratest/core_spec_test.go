package jiratest

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"andon/jira/jiratest/apispec"
)

// theCourt holds what the tables of steps and the conformance suite hear from a
// Cloud site against Atlassian's description of the API; nil where that is not at
// hand.
var theCourt = sync.OnceValues(func() (*apispec.Court, error) {
	spec, err := apispec.Find()
	if spec == nil || err != nil {
		return nil, err
	}
	return apispec.NewCourt(spec), nil
})

// checkSpec holds an exchange against the description. A call that is refused need
// not fit: many tests make it wrong on purpose. One that is accepted has to, or the
// site would let pass what Jira does not know.
func (j *Jira) checkSpec(t *testing.T, x apispec.Exchange) {
	t.Helper()
	court, err := theCourt()
	if err != nil {
		t.Fatalf("Atlassian's API description: %v", err)
	}
	last, _ := j.LastCall()
	if court == nil || j.Flavour() != Cloud || last.Planted || strings.HasPrefix(x.Target, adminPrefix) {
		return
	}
	x.Header = http.Header{"Content-Type": {"application/json"}}
	v, err := court.Judge(x)
	if err != nil {
		t.Errorf("%s %s: %v", x.Method, x.Target, err)
	}
	for _, f := range v.Findings {
		if f.Side == "answer" || x.Status < http.StatusBadRequest {
			t.Errorf("not as Atlassian describes: %s (%s, status %d)", f, x.Target, x.Status)
		}
	}
}
