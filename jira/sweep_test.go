package jira_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// swept sweeps and gives the projects that were queued.
func (r *rig) swept() []string {
	r.t.Helper()
	r.queue.added = nil
	_, err := r.rec.Handle(r.t.Context(), "sweep", nil)
	must(r.t, err)
	var out []string
	for _, key := range r.queue.added {
		out = append(out, strings.TrimPrefix(key, "project:"))
	}
	slices.Sort(out)
	return out
}

func TestASweepOfASiteWithNothingWrongQueuesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		want(t, "queued", "", strings.Join(r.swept(), ","))
		r.ResetCalls()
		r.swept()
		searches := r.Count("POST /rest/api/2/search/jql") + r.Count("POST /rest/api/2/search")
		want(t, "searches", 1, searches)
		want(t, "calls, who we are having been proved a moment ago", 1, len(r.Calls()))
	})
}

func TestWhatASweepFinds(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name string
		do   func(r *rig)
		want string
	}{
		{"a new label", func(r *rig) { must(r.t, r.As("dev@example.com").AddLabel(r.issue, "disaster")) }, "SHOP"},
		{"an open disaster that nobody has touched for long", func(r *rig) { r.declare(); r.restart(r.client); r.Advance(30 * day) }, "SHOP"},
		{"an open disaster whose label is gone", func(r *rig) {
			r.declare()
			r.restart(r.client)
			must(r.t, r.As("dev@example.com").RemoveLabel(r.issue, "disaster"))
		}, "SHOP"},
		{"a project that this process watches", func(r *rig) { r.known.SetWatched("BLOG", true) }, "BLOG"},
		{"a project that another process watches", func(r *rig) { must(r.t, r.queue.Pin(r.t.Context(), "BLOG")) }, "BLOG"},
		{"a project whose property tells of an open disaster that is gone", func(r *rig) {
			r.declare()
			must(r.t, r.As("andon@example.com").DeleteIssue(r.issue))
			r.restart(r.client)
		}, "SHOP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := newRig(t, s)
				c.do(r)
				want(t, "queued", c.want, strings.Join(r.swept(), ","))
			})
		})
	}
}

func TestLabelsOfYearsAreLookedAtOnceAtMost(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		for _, key := range r.demo.Issues[:5] {
			must(t, r.As("po@example.com").AddLabel(key, "disaster"))
		}
		r.Advance(400 * 24 * time.Hour)
		before := r.Writes()
		for range 3 {
			for _, p := range r.swept() {
				_, err := r.rec.Handle(t.Context(), "project:"+p, nil)
				must(t, err)
			}
		}
		want(t, "queued in the end", "", strings.Join(r.swept(), ","))
		want(t, "writes", 0, r.Writes()-before)
		r.running()
	})
}

func TestTheNextSweepIsSoonerWhileSomethingIsOpen(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		calm, err := r.rec.Handle(t.Context(), "sweep", nil)
		must(t, err)
		want(t, "with nothing open", 3*time.Minute, calm)
		must(t, r.queue.Pin(t.Context(), "SHOP"))
		busy, err := r.rec.Handle(t.Context(), "sweep", nil)
		must(t, err)
		want(t, "with something open", time.Minute, busy)
	})
}

func TestASweepWithoutAValidTokenIsAnErrorAndNoEmptySite(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		must(t, r.RevokeTokens("andon@example.com"))
		if _, err := r.rec.Handle(t.Context(), "sweep", nil); err == nil {
			t.Error("an expired token was taken for an empty site")
		}
	})
}

func TestAJiraThatDoesNotKnowTheSearchForOwnTasksIsAskedForLabels(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		for _, path := range []string{"/rest/api/2/search", "/rest/api/2/search/jql"} {
			r.fault(jiratest.Fault{Method: "POST", Path: path, Kind: jiratest.FaultStatus, Status: 400, Body: `{"errorMessages":["Field 'creator' does not exist"],"errors":{}}`})
		}
		want(t, "queued", "SHOP", strings.Join(r.swept(), ","))
	})
}
