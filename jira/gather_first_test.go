package jira_test

import (
	"net/http"
	"strings"
	"testing"

	"andon/jira"
)

// lastAnswer lets what matches wait until Jira has answered 400 to something else, and that
// to be seen first.
type lastAnswer struct {
	next   http.RoundTripper
	of     string
	others chan struct{}
}

func (l lastAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, l.of) {
		resp, err := l.next.RoundTrip(r)
		if err == nil && resp.StatusCode == http.StatusBadRequest {
			select {
			case l.others <- struct{}{}:
			default:
			}
		}
		return resp, err
	}
	select {
	case <-l.others:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return l.next.RoundTrip(r)
}

func TestAHintForAProjectThatIsNotShownIsLetGoWhateverIsAnsweredFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		for _, project := range []string{"NOPE", "BLOG2"} {
			for range 20 {
				r := newRig(t, s, func(o *jira.Options) { o.SideBySide = 16 })
				slow := lastAnswer{next: inMemory{s.Jira}, of: "/project/" + project, others: make(chan struct{}, 1)}
				r.restart(s.over(t, "andon", slow))
				if again, err := r.rec.Handle(t.Context(), "project:"+project, []string{"999999"}); err != nil || again != 0 {
					t.Fatalf("due again after %v, %v", again, err)
				}
			}
		}
	})
}
