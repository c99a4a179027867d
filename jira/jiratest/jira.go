package jiratest

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Options for New. The zero value is a Cloud site with a clock of its own.
type Options struct {
	Flavour Flavour
	// Now is the clock. Nil gives a deterministic clock that starts on
	// 2026-01-05 at 09:00 UTC and moves one second with every write.
	Now func() time.Time
	// BaseURL is the site's own address as in serverInfo, without a slash at the
	// end. SetBaseURL changes it once a test server's address is known.
	BaseURL string
	// ContextPath is where the site is mounted, for example "/jira".
	ContextPath string
	// Version is serverInfo's version; default "1001.0.0-SNAPSHOT" on Cloud and
	// "10.3.5" on Data Center.
	Version string
	// CloudID names the gateway path "/ex/jira/<CloudID>", at which a Cloud site
	// answers too.
	CloudID string
	// Knobs choose unconfirmed behaviour; nil means the flavour's defaults.
	Knobs *Knobs
	// Admin serves /_sim/, with which a person with curl sets faults and knobs,
	// looks at the world and moves the clock. It has no login: off by default.
	Admin bool
}

// Jira is a simulated site. It is an http.Handler and safe for concurrent use.
type Jira struct {
	opt   Options
	mux   *router
	jql   map[string]jqlField // fields of queries, never changed
	knobs Knobs

	mu sync.Mutex // guards everything below
	store
	baseURL      string
	writes       int
	clock        time.Time     // of the built-in clock
	offset       time.Duration // by which Advance has moved the clock
	calls        []Call
	events       []Event
	notices      []Notice
	searches     int
	failedLogins map[string]int // by login name
	index        index
	agileState
}

// store is everything a site keeps.
type store struct {
	users       map[string]*User
	userOrder   []string
	groups      map[string]*Group
	global      map[string][]string // global permission -> group names
	projects    map[int64]*Project
	roles       map[int64]*Role
	types       map[int64]*IssueType
	statuses    map[int64]*Status
	resolutions map[int64]*Named
	priorities  map[int64]*Named
	linkTypes   map[int64]*LinkType
	schemes     map[int64]*PermissionScheme
	boards      map[int64]*Board
	sprints     map[int64]*Sprint
	issues      map[int64]*Issue
	links       map[int64]*Link
	webhooks    map[int64]*Webhook
	custom      map[string]string // custom field id -> name
	rank        []int64           // issue ids in rank order
	counters    map[string]int64
}

// SprintField is the id of the Sprint custom field on the simulated site.
const SprintField = "customfield_10020"

// New gives an empty site with the built-in issue types, statuses,
// resolutions, priorities, link types, roles and the default permission scheme.
func New(opt Options) *Jira {
	j := &Jira{opt: opt, jql: jqlFields(), clock: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	j.store = store{
		users: map[string]*User{}, groups: map[string]*Group{}, global: map[string][]string{},
		projects: map[int64]*Project{}, roles: map[int64]*Role{}, types: map[int64]*IssueType{},
		statuses: map[int64]*Status{}, resolutions: map[int64]*Named{}, priorities: map[int64]*Named{},
		linkTypes: map[int64]*LinkType{}, schemes: map[int64]*PermissionScheme{},
		boards: map[int64]*Board{}, sprints: map[int64]*Sprint{}, issues: map[int64]*Issue{},
		links: map[int64]*Link{}, webhooks: map[int64]*Webhook{}, counters: map[string]int64{}, custom: map[string]string{SprintField: "Sprint"},
	}
	j.knobs = defaultKnobs(opt.Flavour)
	if opt.Knobs != nil {
		j.knobs = *opt.Knobs
	}
	if j.opt.Version == "" {
		j.opt.Version = "1001.0.0-SNAPSHOT"
		if opt.Flavour == DataCenter {
			j.opt.Version = "10.3.5"
		}
	}
	if j.opt.CloudID == "" {
		j.opt.CloudID = "11111111-2222-4333-8444-555555555555"
	}
	j.baseURL = strings.TrimSuffix(opt.BaseURL, "/")
	if j.baseURL == "" {
		j.baseURL = "https://example.atlassian.net"
		if opt.Flavour == DataCenter {
			j.baseURL = "https://jira.example.com"
		}
	}
	j.failedLogins = map[string]int{}
	j.initAgile()
	j.builtIns()
	j.mux = j.routes()
	return j
}

// SetBaseURL tells the site its own address (serverInfo, self links), usually
// that of the test server in front of it.
func (j *Jira) SetBaseURL(u string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.baseURL = strings.TrimSuffix(u, "/")
}

// BaseURL is the site's own address.
func (j *Jira) BaseURL() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.baseURL
}

// Knobs are the present knobs.
func (j *Jira) Knobs() Knobs {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.knobs
}

// SetKnobs changes knobs: it calls f with the present ones.
func (j *Jira) SetKnobs(f func(*Knobs)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.knobs)
}

// DefaultKnobs are the knobs that New uses for a flavour.
func DefaultKnobs(f Flavour) Knobs { return defaultKnobs(f) }

// Flavour tells which product the site simulates.
func (j *Jira) Flavour() Flavour { return j.opt.Flavour }

func (j *Jira) cloud() bool { return j.opt.Flavour == Cloud }

// now is the site's time, in UTC with milliseconds.
func (j *Jira) now() time.Time {
	t := j.clock
	if j.opt.Now != nil {
		t = j.opt.Now()
	}
	return t.Add(j.offset).UTC().Truncate(time.Millisecond)
}

// wrote counts one write and moves the built-in clock.
func (j *Jira) wrote() {
	j.writes++
	j.clock = j.clock.Add(time.Second)
}

// next gives the next id of a kind; the first one is first.
func (j *Jira) next(kind string, first int64) int64 {
	n, ok := j.counters[kind]
	if !ok {
		n = first - 1
	}
	n++
	j.counters[kind] = n
	return n
}

// self joins a path under the site's address, as in self links.
func (j *Jira) self(path string) string {
	if j.knobs.SelfBase != "" {
		return strings.TrimSuffix(j.knobs.SelfBase, "/") + path
	}
	return j.baseURL + path
}

// sorted gives a map's values in order of id, so that no answer depends on map order.
func sorted[T any](m map[int64]*T) []*T {
	keys := make([]int64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]*T, len(keys))
	for i, k := range keys {
		out[i] = m[k]
	}
	return out
}
