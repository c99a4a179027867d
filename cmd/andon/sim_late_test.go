package main

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
)

// straggler is a write whose answer never came, and which takes effect after whatever
// andon did about that.
type straggler struct {
	r   *request
	req *http.Request
	// at is how many calls were made when it lands.
	at int
}

// longestWay is how many calls a straggler may be behind.
const longestWay = 40

// straggles says whether a call is lost on its way, to arrive later.
func (s *sim) straggles(l *life, req *http.Request, body []byte) bool {
	if req.Method == http.MethodGet || strings.Contains(req.URL.Path, "/search") || !s.odds(s.weather.late) {
		return false
	}
	late := &request{life: l, method: req.Method, path: req.URL.Path, body: body, late: true}
	if id, ok := strings.CutPrefix(late.path, "/rest/agile/1.0/sprint/"); ok && late.method == http.MethodDelete {
		late.meant = s.createdInFreeze(number64(id))
	}
	s.late = append(s.late, straggler{r: late, req: req.Clone(s.t.Context()), at: s.figures.calls + 1 + s.rng.IntN(longestWay)})
	s.figures.by["effect after the retry"]++
	s.restless++
	l.r.faulty = true
	s.say("%s %s is on its way, and %s hears nothing of it", req.Method, req.URL.Path, l.r.name)
	return true
}

// land lets the stragglers take effect whose time has come, or all of them.
func (s *sim) land(all bool) {
	for i := 0; i < len(s.late); i++ {
		g := s.late[i]
		if !all && g.at > s.figures.calls {
			continue
		}
		s.late = slices.Delete(s.late, i, i+1)
		i--
		s.truth.read()
		g.req.Body = io.NopCloser(bytes.NewReader(g.r.body))
		before := s.now
		s.now = g.r
		s.now.before = s.look(s.now)
		status := 0
		if resp, err := s.jira.Transport().RoundTrip(g.req); err == nil {
			status = resp.StatusCode
		}
		if status == http.StatusCreated {
			s.doubled()
		}
		s.now = before
		s.truth.read()
		s.restless++
		s.say("late: %s %s %d", g.r.method, g.r.path, status)
	}
}

// doubled counts what landed after its retry and so may be there twice until andon has taken
// it back.
func (s *sim) doubled() {
	switch {
	case strings.HasSuffix(s.now.path, "/comment"):
		s.figures.by["double comment by a late effect"]++
	case strings.HasSuffix(s.now.path, "/issue/bulk"):
		s.figures.by["double tasks by a late effect"]++
	case strings.HasSuffix(s.now.path, "/permissionscheme"):
		s.figures.by["double copy of a scheme by a late effect"]++
	}
}
