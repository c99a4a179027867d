package jira_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"andon/jira/jiratest"
)

// What is left of the look may take minutes where many lines are stopped at once. What people
// do meanwhile is heard of.
func TestAProjectIsWatchedFromTheStopOfItsLineOn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		asked := 0
		r.restart(s.over(t, "andon", listener{inMemory{s}, func(req *http.Request) {
			if req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, "/comment") {
				asked++
				if !r.known.Watched("SHOP") || !slices.Contains(r.queue.pinned, "SHOP") {
					t.Error("the project is not watched yet when the status comment is written")
				}
			}
		}}))
		r.declare()
		r.cancelled()
		want(t, "status comments", 1, asked)
	})
}

// listener hears of each request.
type listener struct {
	next  http.RoundTripper
	heard func(*http.Request)
}

func (l listener) RoundTrip(req *http.Request) (*http.Response, error) {
	l.heard(req)
	return l.next.RoundTrip(req)
}

func TestAWatchThatFailsEarlyIsTriedAgain(t *testing.T) {
	r := newRig(t, newSite(t, jiratest.Cloud))
	must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
	r.queue.fail = errors.New("the queue is away")
	if _, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id}); err == nil {
		t.Error("nobody hears that the queue does not work")
	}
	r.cancelled()
	r.queue.fail = nil
	r.look()
	want(t, "watched projects", 1, len(r.queue.pinned))
}
