package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/rules"
	"andon/webhook/queue"
)

// plant is a fault that is put into andon to see whether the simulation finds it.
type plant struct {
	name string
	// permissions is true where the fault needs the preventive freeze.
	permissions bool
	// often is an act that happens more often, so that the fault shows sooner.
	often  func(s *sim) (string, error)
	decide func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan
	wire   func(s *sim, next http.RoundTripper) http.RoundTripper
	line   func(s *sim, q queue.Queue) queue.Queue
}

// mostSeeds is within how many seeds each planted fault has to be found.
const mostSeeds = 1000

// TestSimulationFindsPlantedFaults puts one fault at a time into andon and plays seeds
// until an invariant is broken that holds for the same seed without the fault.
func TestSimulationFindsPlantedFaults(t *testing.T) {
	t.Parallel()
	all := slices.Concat(plantsOfDecisions(), plantsOfAuthority(), plantsOfActions(), plantsOfPlumbing())
	if len(all) < 20 {
		t.Errorf("only %d faults are planted", len(all))
	}
	for i, p := range all {
		if os.Getenv("ANDON_TEST_PLANTED") != "all" && i%underRaceOneIn != 0 {
			continue // .ci/run plants all of them; that alone takes minutes
		}
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if os.Getenv("ANDON_TEST_SEEDS") == "" {
				p.often = often()[p.name]
			}
			for number := uint64(1); number <= mostSeeds; number++ {
				if found := p.found(t, number); found != "" {
					t.Logf("found by seed %d: %s", number, found)
					return
				}
			}
			t.Errorf("not found within %d seeds", mostSeeds)
		})
	}
}

// found plays a seed with the fault and, where something breaks, without it.
func (p plant) found(t *testing.T, number uint64) string {
	t.Helper()
	with := newSim(t, number, p)
	if with.play(); len(with.faults) == 0 {
		return ""
	}
	without := newSim(t, number, plant{permissions: p.permissions, often: p.often})
	if without.play(); len(without.faults) > 0 {
		return ""
	}
	return with.faults[0]
}

// change is a plant that decides on other facts.
func change(name string, do func(f *rules.Facts)) plant {
	return plant{name: name, decide: func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan {
		f.Disasters = slices.Clone(f.Disasters)
		do(&f)
		return decide(f)
	}}
}

// without is a plant that leaves actions out of plans.
func without(name string, drop func(a rules.Action) bool) plant {
	return plant{name: name, decide: func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan {
		for range 20 {
			p := decide(f)
			kept := slices.DeleteFunc(slices.Clone(p.Actions), drop)
			if len(kept) == len(p.Actions) || len(kept) > 0 {
				p.Actions = kept
				return p
			}
			for _, a := range p.Actions { // as if it had been refused, so that the rest goes on
				f = rules.Failing(f, a, rules.Failure{Text: "left out"})
			}
		}
		return decide(f)
	}}
}

// plantsOfDecisions are wrong views of what there is.
func plantsOfDecisions() []plant {
	each := func(do func(d *rules.Disaster)) func(f *rules.Facts) {
		return func(f *rules.Facts) {
			for i := range f.Disasters {
				do(&f.Disasters[i])
			}
		}
	}
	causes := func(d *rules.Disaster, category rules.Category) {
		d.Tasks = slices.Clone(d.Tasks)
		for k := range d.Tasks {
			if d.Tasks[k].Entry == "root-cause" {
				d.Tasks[k].Status.Category = category
			}
		}
	}
	return []plant{
		change("an old label declares", func(f *rules.Facts) { f.Settings.MaxAge = 10000 * time.Hour }),
		change("a refused resolution frees planning", func(f *rules.Facts) { f.Settings.RefusedResolutions = nil }),
		change("a root cause that was begun is closed", each(func(d *rules.Disaster) {
			if slices.ContainsFunc(d.Tasks, func(t rules.Task) bool {
				return t.Entry == "root-cause" && t.Status.Category == rules.CategoryInProgress
			}) {
				causes(d, rules.CategoryDone)
			}
		})),
		change("what cannot be read is over", func(f *rules.Facts) {
			f.Memory.Disasters = nil
			f.Disasters = slices.DeleteFunc(f.Disasters, func(d rules.Disaster) bool { return d.Unreadable != "" })
		}),
		change("every board is ours", func(f *rules.Facts) {
			f.Boards = slices.Clone(f.Boards)
			for i := range f.Boards {
				f.Boards[i].ProjectID = f.Project.ID
			}
		}),
		change("every future sprint was created in the freeze", each(func(d *rules.Disaster) {
			d.Record.Baseline.Sprint, d.Record.Baseline.Since = 0, time.Time{}
		})),
		change("what was told is forgotten", each(func(d *rules.Disaster) { d.Record.Told = nil })),
		change("a relapse is overlooked", each(func(d *rules.Disaster) {
			if d.Record.Released != nil {
				causes(d, rules.CategoryDone)
			}
		})),
		change("a closed root cause is overlooked", each(func(d *rules.Disaster) { causes(d, rules.CategoryNew) })),
		change("a rehearsal is real", func(f *rules.Facts) { f.Settings.Labels.Rehearsal = "nothing" }),
		change("the gate to service is always open", each(func(d *rules.Disaster) {
			d.Tasks = slices.Clone(d.Tasks)
			for k := range d.Tasks {
				if d.Tasks[k].Entry != "root-cause" {
					d.Tasks[k].Status.Category = rules.CategoryDone
				}
			}
		})),
	}
}

// plantsOfAuthority let others decide.
func plantsOfAuthority() []plant {
	return []plant{
		change("everybody is a Product Owner", func(f *rules.Facts) {
			f.People.ProductOwners = slices.Clone(f.People.ProductOwners)
			for _, d := range f.Disasters {
				f.People.ProductOwners = append(f.People.ProductOwners, d.Creator)
				for _, c := range d.History {
					f.People.ProductOwners = append(f.People.ProductOwners, c.By)
				}
			}
		}),
		change("andon's own account decides", func(f *rules.Facts) {
			f.People.ProductOwners, f.Self = append(slices.Clone(f.People.ProductOwners), f.Self), rules.Person{ID: "nobody"}
		}),
		change("anybody takes a declaration back", func(f *rules.Facts) {
			for i := range f.Disasters {
				d := &f.Disasters[i]
				d.History = slices.Clone(d.History)
				for k, c := range d.History {
					if len(c.Removed) > 0 && len(f.People.ProductOwners) > 0 {
						d.History[k].By = f.People.ProductOwners[0]
					}
				}
			}
		}),
	}
}

// plantsOfActions leave out or reorder what has to be done.
func plantsOfActions() []plant {
	is := func(key string) func(a rules.Action) bool {
		return func(a rules.Action) bool { return strings.HasPrefix(a.Key(), key) }
	}
	remembered := func(f rules.Facts, p rules.Plan) rules.Facts {
		for _, a := range p.Actions {
			f = rules.Effect(f, a, rules.Result{})
		}
		return f
	}
	restore := func(p plant) plant { p.permissions = true; return p }
	return []plant{
		{name: "sprints are undone and never remembered", decide: func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan {
			p := decide(f)
			for i := 0; p.Stage == rules.StageRemember && i < 5; i++ {
				f = remembered(f, p)
				p = decide(f)
			}
			return p
		}},
		{name: "sprints are undone before they are remembered", decide: func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan {
			p := decide(f)
			if p.Stage != rules.StageRemember {
				return p
			}
			if next := decide(remembered(f, p)); next.Stage == rules.StageStop {
				p.Actions = slices.Concat(next.Actions, p.Actions)
			}
			return p
		}},
		without("the project's list is not written", is("remember-project/")),
		without("a label that was taken off is not put back", is("labels/")),
		without("a sprint that was created stays", is("delete-sprint/")),
		without("issues that were planned stay", is("put-back/")),
		without("a task is left out", is("create-tasks/")),
		restore(without("the permissions are not given back", is("restore-scheme/"))),
		restore(without("the copy of the permissions stays", is("drop-scheme/"))),
		restore(plant{name: "the wrong permissions are given back", decide: func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan {
			p := decide(f)
			p.Actions = slices.Clone(p.Actions)
			for i, a := range p.Actions {
				if r, ok := a.(rules.RestoreScheme); ok {
					r.Original = rules.SchemeRef{ID: 0}
					p.Actions[i] = r
				}
			}
			return p
		}}),
	}
}

// answer makes an answer to a call.
func answer(req *http.Request, status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Status: fmt.Sprint(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}
}

// instead is a plant in the way to Jira.
func instead(name string, do func(s *sim, next http.RoundTripper, req *http.Request) (*http.Response, error)) plant {
	return plant{name: name, wire: func(s *sim, next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) { return do(s, next, req) })
	}}
}

// plantsOfPlumbing are in the calls to Jira and in the queue.
func plantsOfPlumbing() []plant {
	ends := func(req *http.Request, method, end string) bool {
		return req.Method == method && strings.HasSuffix(req.URL.Path, end)
	}
	return []plant{
		instead("tasks are created twice", func(_ *sim, next http.RoundTripper, req *http.Request) (*http.Response, error) {
			if ends(req, "POST", "/issue/bulk") {
				again := req.Clone(req.Context())
				body, err := io.ReadAll(req.Body)
				if err != nil {
					return nil, err
				}
				req.Body, again.Body = io.NopCloser(strings.NewReader(string(body))), io.NopCloser(strings.NewReader(string(body)))
				resp, err := next.RoundTrip(req)
				if err == nil {
					if _, err := next.RoundTrip(again); err != nil {
						return nil, err
					}
				}
				return resp, err
			}
			return next.RoundTrip(req)
		}),
		instead("nobody looks whether a comment is there already", func(_ *sim, next http.RoundTripper, req *http.Request) (*http.Response, error) {
			if ends(req, "GET", "/comment") {
				return answer(req, 200, `{"startAt":0,"maxResults":100,"total":0,"comments":[]}`), nil
			}
			if fields := req.URL.Query().Get("fields"); ends(req, "GET", "") && strings.Contains(fields, "comment") {
				req = req.Clone(req.Context())
				q := req.URL.Query()
				q.Set("fields", strings.ReplaceAll(fields, "comment", "summary"))
				req.URL.RawQuery = q.Encode()
			}
			return next.RoundTrip(req)
		}),
		instead("a write that failed counts as done", func(_ *sim, next http.RoundTripper, req *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(req)
			if req.Method == "PUT" && (err != nil || resp.StatusCode >= 400) {
				return answer(req, 204, ""), nil //nolint:nilerr // the planted fault
			}
			return resp, err
		}),
		instead("a role that cannot be read is empty", func(s *sim, next http.RoundTripper, req *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(req)
			if req.Method == "GET" && strings.Contains(req.URL.Path, "/role/") && (err != nil || resp.StatusCode >= 400) {
				return answer(req, 200, `{"id":10100,"name":"Product Owner","actors":[]}`), nil //nolint:nilerr // the planted fault
			}
			return resp, err
		}),
		instead("an issue is read once and believed for ever", stale),
		{name: "nobody looks without a webhook", line: func(_ *sim, q queue.Queue) queue.Queue { return sleepy{q} }},
	}
}

// stale answers every look at an issue as the first one was answered.
func stale(s *sim, next http.RoundTripper, req *http.Request) (*http.Response, error) {
	if req.Method != "GET" || !strings.HasPrefix(req.URL.Path, "/rest/api/2/issue/") || strings.Count(req.URL.Path, "/") != 5 {
		return next.RoundTrip(req)
	}
	if old, ok := s.cache[req.URL.String()]; ok {
		return answer(req, 200, old), nil
	}
	resp, err := next.RoundTrip(req)
	if err == nil && resp.StatusCode == 200 {
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		s.cache[req.URL.String()] = string(body)
		return answer(req, 200, string(body)), nil
	}
	return resp, err
}

// sleepy is a queue that takes no sweep.
type sleepy struct{ queue.Queue }

// Add implements queue.Queue.
func (q sleepy) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	if key == sweepKey {
		return nil
	}
	return q.Queue.Add(ctx, key, delay, notes...)
}
