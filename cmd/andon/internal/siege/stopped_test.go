package siege

import (
	"fmt"
	"syscall"
	"testing"

	"andon/jira/jiratest"
	"andon/webhook/queue/queuetest"
)

// One replica stands still in the middle of a call to Jira, for longer than its lease.
// Another takes over and brings everything to its end. Then the first goes on where it
// stood: it has to notice that the lease is gone and to leave everything as it is.
func TestAReplicaThatStoodStillForMoreThanItsLeaseDoesNoHarm(t *testing.T) {
	for _, fault := range []jiratest.Fault{
		{Method: "POST", Path: "/rest/agile/1.0/sprint/*"},
		{Method: "POST", Path: "/rest/agile/1.0/sprint/*", After: true},
		{Method: "POST", Path: "/rest/api/2/issue/bulk"},
		{Method: "POST", Path: "/rest/api/2/issue/bulk", After: true},
		{Method: "POST", Path: "/rest/api/2/issue/*/comment"},
		{Method: "POST", Path: "/rest/api/2/issue/*/comment", After: true},
		{Method: "PUT", Path: "/rest/api/2/issue/*/properties/*", After: true},
	} {
		t.Run(fmt.Sprintf("at %s, after its effect %v", fault.Path, fault.After), func(t *testing.T) {
			r := queuetest.Start(t)
			t.Parallel()
			s := newSite(t)
			fault.Kind = jiratest.FaultHang
			_, err := s.Fail(fault)
			must(t, err)
			first := s.replica("ANDON_REDIS_URL=" + r.URL())
			s.declare()
			s.struck()
			first.signal(syscall.SIGSTOP)
			second := s.replica("ANDON_REDIS_URL=" + r.URL())
			second.hears(`"msg":"done"`) // it can have the work only once the lease has run out
			until(t, "the second replica brings it to its end", s.missing)
			first.signal(syscall.SIGCONT)
			first.hears("lease lost")
			s.frozen()
			s.rests()
			if err := s.missing(); err != nil {
				t.Error(err)
			}
			for _, a := range []*andon{first, second} {
				if code := a.end(); code != 0 {
					t.Errorf("after SIGTERM andon ends with status %d", code)
				}
			}
		})
	}
}
