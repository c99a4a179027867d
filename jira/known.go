package jira

import (
	"sync"
	"time"
)

// boardLife is how long it is believed where a board is located. Boards move rarely,
// and a decision never rests on this memory alone.
const boardLife = time.Hour

// Known is what one process remembers between its looks at Jira: which projects
// deserve attention, and where boards are located. It only saves work; everything in
// it may be forgotten at any moment.
type Known struct {
	now      func() time.Time
	mu       sync.RWMutex
	watched  map[string]bool
	boards   map[int64]knownBoard
	open     map[string]map[string]openOne    // project key -> ids of open disasters, and what was seen of them
	settled  map[string]time.Time             // issue id -> its last update when nothing was left to do
	mute     map[string]time.Time             // project id -> until when its property is not written
	quiet    map[string]map[string]quietIssue // project id -> issue id -> what was read of it
	moved    map[string][]string              // project id -> issues that were put into sprints during its freeze
	noted    map[string]bool                  // notices that the log has told
	located  bool                             // the site tells where boards are located
	listed   bool                             // all projects are listed that are to be asked for open disasters
	next     int                              // where the list of those goes on
	pending  []string                         // projects still to be asked for open disasters
	unlinked map[string][]string              // disaster id -> tasks that were created without a link to it
	rests    map[string]time.Time             // channel -> until when it is left alone
	lists    map[string]seenList              // project key -> its list of open disasters
	told     map[string]bool                  // notices that a channel has taken, by the action's key
	pressing map[string]bool                  // project key -> a look ended before the line was stopped
	site     siteMemory
}

// knownBoard is a board with the moment until which it is believed.
type knownBoard struct {
	project string
	kind    string
	board   Board
	until   time.Time
}

// openOne is an open disaster as it was last looked at: whether it freezes planning, or is
// only held frozen, without a proof.
type openOne struct{ frozen, doubted bool }

// NewKnown makes an empty memory.
func NewKnown(now func() time.Time) *Known {
	return &Known{now: now, watched: map[string]bool{}, boards: map[int64]knownBoard{},
		open: map[string]map[string]openOne{}, settled: map[string]time.Time{}, mute: map[string]time.Time{}, told: map[string]bool{},
		quiet: map[string]map[string]quietIssue{}}
}

// Watched says whether hints about the project's issues and sprints matter.
func (k *Known) Watched(projectKey string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.watched[projectKey]
}

// SetWatched notes whether a project deserves attention.
func (k *Known) SetWatched(projectKey string, watched bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if watched {
		k.watched[projectKey] = true
		return
	}
	delete(k.watched, projectKey)
}

// ReplaceWatched takes over the set that all replicas share.
func (k *Known) ReplaceWatched(projectKeys []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.watched = make(map[string]bool, len(projectKeys))
	for _, p := range projectKeys {
		k.watched[p] = true
	}
}

// WatchedProjects are the keys of the projects that deserve attention.
func (k *Known) WatchedProjects() []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return sortedKeys(k.watched)
}

// ProjectOfBoard tells in which project a board is located, if that is known; an empty
// key means that it is located in none.
func (k *Known) ProjectOfBoard(boardID int64) (projectKey string, ok bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	b, ok := k.boards[boardID]
	if !ok || k.now().After(b.until) {
		return "", false
	}
	return b.project, true
}

// setBoard notes where a board is located.
func (k *Known) setBoard(b Board) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kb := knownBoard{until: k.now().Add(boardLife), kind: b.Type, board: b}
	if b.Location != nil {
		kb.project = b.Location.ProjectKey
	}
	k.boards[b.ID] = kb
}

// setToRecall notes which projects are still to be asked for open disasters, and where the
// list of them goes on, 0 where it was read to its end.
func (k *Known) setToRecall(projects []string, next int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pending, k.next, k.listed = projects, next, next == 0
}

// setPending notes which of the listed projects are still to be asked for open disasters.
func (k *Known) setPending(projects []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pending = projects
}

// toRecall are the projects that are still to be asked, where the list of them goes on, and
// whether it has been read to its end since this process began.
func (k *Known) toRecall() (projects []string, next int, listed bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.pending, k.next, k.listed
}

// maxNoted bounds the notices that are remembered; beyond it some are told once more.
const maxNoted = 10_000

// news says whether a notice is told for the first time.
func (k *Known) news(text string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.noted[text] {
		return false
	}
	if k.noted == nil || len(k.noted) >= maxNoted {
		k.noted = map[string]bool{}
	}
	k.noted[text] = true
	return true
}

// setLocated notes that the site tells where boards are located.
func (k *Known) setLocated() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.located = true
}

// locates says whether the site has told of any board where it is located. A Data
// Center that never does is too old to.
func (k *Known) locates() bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.located
}

// forgetBoard is for an event that says that a board has changed.
func (k *Known) forgetBoard(boardID int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.boards, boardID)
}

// openOf are the open disasters of a project that this process has seen.
func (k *Known) openOf(projectKey string) []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return sortedKeys(k.open[projectKey])
}

// wasFrozen says whether a disaster froze planning when it was last looked at.
func (k *Known) wasFrozen(projectKey, id string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.open[projectKey][id].frozen
}

// wasDoubted says whether a disaster was only held frozen when it was last looked at.
func (k *Known) wasDoubted(projectKey, id string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.open[projectKey][id].doubted
}

// setOpen notes the open disasters of a project.
func (k *Known) setOpen(projectKey string, ids map[string]openOne) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open[projectKey] = ids
}

// settledAt tells whether an issue was found settled at its present state.
func (k *Known) settledAt(issueID string, updated time.Time) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	at, ok := k.settled[issueID]
	return ok && at.Equal(updated)
}

// setSettled notes that nothing was left to do for an issue as it is.
func (k *Known) setSettled(issueID string, updated time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.settled[issueID] = updated
}

// muted says whether a project's property was refused a while ago.
func (k *Known) muted(projectID string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.now().Before(k.mute[projectID])
}

// setMute leaves what Jira has refused, such as a project's property, alone for [muteFor].
func (k *Known) setMute(what string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.mute[what] = k.now().Add(muteFor)
}
