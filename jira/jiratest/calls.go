package jiratest

// Call is one REST call that the site answered.
type Call struct {
	Method string
	Path   string
	Query  string
	Route  string // "METHOD pattern", "" when there is no such resource
	User   string // email of the caller, "" for anonymous
	Status int    // 0 when the connection was dropped
	Write  bool   // the route changes the world
	// Planted says that a fault gave the answer, so that it tells nothing of Jira.
	Planted bool `json:",omitempty"`
}

func (j *Jira) record(c *call, rep reply) {
	if c.inside {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	k := Call{Method: c.req.Method, Path: c.req.URL.Path, Query: c.req.URL.RawQuery, Route: c.route, Status: rep.status, Write: isWrite(c.route), Planted: rep.planted}
	if rep.drop {
		k.Status = 0
	}
	if c.user != nil {
		k.User = c.user.Email
	}
	j.calls = append(j.calls, k)
}

// Calls are the REST calls so far, in order; what people do by As is not among them.
func (j *Jira) Calls() []Call {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]Call(nil), j.calls...)
}

// LastCall is the latest of them; false before the first.
func (j *Jira) LastCall() (Call, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.calls) == 0 {
		return Call{}, false
	}
	return j.calls[len(j.calls)-1], true
}

// Count is the number of calls by route ("METHOD pattern").
func (j *Jira) Count(route string) int {
	n := 0
	for _, c := range j.Calls() {
		if c.Route == route {
			n++
		}
	}
	return n
}

// Writes is the number of REST calls that could have changed the world and
// were answered with success.
func (j *Jira) Writes() int {
	n := 0
	for _, c := range j.Calls() {
		if c.Write && c.Status >= 200 && c.Status < 300 {
			n++
		}
	}
	return n
}

// ResetCalls forgets the calls so far.
func (j *Jira) ResetCalls() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.calls = nil
}
