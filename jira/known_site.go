package jira

import (
	"slices"
	"sync"
	"time"
)

const (
	// selfLife is how long it is believed who we are. What Jira hides makes a look doubtful,
	// and a doubtful look asks again; see [look.prove].
	selfLife = time.Minute
	// roleLife is how long the ids of roles are kept. Who has a role is never kept, and the
	// answer that tells it names the role.
	roleLife = time.Hour
)

// siteMemory is what one process remembers of the site to save calls. Nothing in it decides:
// it says what to ask for early, and what need not be asked twice within a minute.
type siteMemory struct {
	mu    sync.RWMutex
	self  User
	until time.Time
	roles map[string]int64
	fresh time.Time
	swept map[string][]Issue
	at    time.Time
	views map[string]view
	owed  map[string][]check

	projects      map[string]Project
	parts         []Project // of the list that is being read
	large         bool
	projectsUntil time.Time
	nextSurvey    time.Time
	recalled      time.Time
}

// whoWeAre is the account that Jira took us for a moment ago.
func (k *Known) whoWeAre() (User, bool) {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	return k.site.self, k.now().Before(k.site.until)
}

// setSelf notes who we are; a user without an id is nobody.
func (k *Known) setSelf(u User) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	k.site.self, k.site.until = u, k.now().Add(selfLife)
	if u.ID() == "" {
		k.site.until = time.Time{}
	}
}

// roleIDs are the ids of the roles of the project that was asked last. On most sites they
// are every project's.
func (k *Known) roleIDs() map[string]int64 {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	if k.now().Before(k.site.fresh) {
		return k.site.roles
	}
	return nil
}

// setRoleIDs notes the ids of roles; nil forgets them.
func (k *Known) setRoleIDs(roles map[string]int64) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	k.site.roles, k.site.fresh = roles, k.now().Add(roleLife)
}

// setSwept notes what a sweep has found in the whole site.
func (k *Known) setSwept(at time.Time, issues []Issue) {
	byProject := map[string][]Issue{}
	for _, i := range issues {
		byProject[i.ProjectKey] = append(byProject[i.ProjectKey], i)
	}
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	k.site.swept, k.site.at = byProject, at
}

// sweptIn is what this process' last sweep found in a project, if it is not older than life.
func (k *Known) sweptIn(projectKey string, life time.Duration) ([]Issue, bool) {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	if k.site.swept == nil || k.now().Sub(k.site.at) > life {
		return nil, false
	}
	return slices.Clone(k.site.swept[projectKey]), true
}

// boardsIn are the boards with sprints that are known to be located in a project.
func (k *Known) boardsIn(projectKey string) []int64 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	var ids []int64
	for id, b := range k.boards {
		if b.project == projectKey && b.kind != "kanban" && !k.now().After(b.until) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// owedFor are the checks that an earlier look at a project could not make.
func (k *Known) owedFor(projectKey string) []check {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	return slices.Clone(k.site.owed[projectKey])
}

// setOwed notes the checks that are still to be made.
func (k *Known) setOwed(projectKey string, checks []check) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	if len(checks) == 0 {
		delete(k.site.owed, projectKey)
		return
	}
	if k.site.owed == nil {
		k.site.owed = map[string][]check{}
	}
	k.site.owed[projectKey] = checks
}

// boardElsewhere is a board that was located in another project a while ago. Only that is
// believed of it, since it makes andon leave the board's sprints alone.
func (k *Known) boardElsewhere(id int64, projectKey string) (Board, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	b, ok := k.boards[id]
	return b.board, ok && b.project != "" && b.project != projectKey && !k.now().After(b.until)
}
